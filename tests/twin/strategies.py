"""Which small worlds and which arbitrary policies does hypothesis draw?"""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from sim.model.behaviour import ARCHETYPE_BEHAVIOURS, Behaviour, Lateness
from sim.model.moves import ARCHETYPES, MOVE_NAMES
from sim.model.policy import LEVERS, LadderStep, Policy
from sim.model.portfolio import GRADES, PAY_RULES, SEGMENTS, Portfolio
from sim.model.scenario import Company, Economy, Scenario
from sim.model.timeline import Action, Timeline
from sim.twin.core import CORE_LEVERS
from sim.world import World, draw
from tests.twin.worlds import START, customers, portfolio

EDGY = {
    "terms.net_days": (0, 1, 30, 60),
    "terms.discount_bp": (0, 100, 500),
    "credit.limit_pct": (10, 100, 400),
    "credit.hold_overdue_days": (0, 5, 20),
    "credit.hold_overdue_fen": (0, 250_000, 5_000_000),  # one order of some customers, to the fen
    "collection.collectors": (0, 1, 2),
    "collection.minutes_per_day": (240, 400),  # 400 are two visits, to the minute
    "collection.write_off_days": (90, 105, 365),
    "finance.supplier_days": (0, 30),
    "finance.overdraft_days": (0, 20),
}
"""Values of levers that small worlds feel; other values of the range come as well."""


@st.composite
def lateness(draw_: st.DrawFn) -> Lateness:
    """Any kind of payer."""
    kind = draw_(st.sampled_from(("normal", "lognormal", "exponential", "table", "never")))
    centre = draw_(st.integers(1, 60))
    start = draw_(st.integers(-40, 20))
    unpaid = tuple(sorted(draw_(st.lists(st.floats(0.0, 1.0), min_size=2, max_size=20)), reverse=True))
    return Lateness(kind=kind, centre=float(centre), spread=draw_(st.sampled_from((0.5, 3.0))), start=start,
                    unpaid=unpaid if kind == "table" else ())  # fmt: skip


@st.composite
def behaviours(draw_: st.DrawFn) -> tuple[Behaviour, ...]:
    """The seven archetypes, or two kinds of payer of any form."""
    if draw_(st.booleans()):
        return ARCHETYPE_BEHAVIOURS
    kinds = [
        Behaviour(
            name=f"kind{number}",
            archetype=draw_(st.sampled_from(ARCHETYPES)),
            lateness=draw_(lateness()),
            missed_run=draw_(st.sampled_from((0.0, 0.4))),
            takes_discount=draw_(st.sampled_from((0.0, 0.5, 1.0))),
        )
        for number in range(2)
    ]
    return tuple(kinds)


@st.composite
def portfolios(draw_: st.DrawFn) -> Portfolio:
    """Two to eight customers with everything that can happen happening often."""
    count = draw_(st.integers(2, 8))

    def each(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw_(st.lists(values, min_size=count, max_size=count))

    table = customers(
        count,
        segment=each(st.sampled_from(SEGMENTS)),
        grade=each(st.sampled_from((*GRADES, "A", "B"))),
        extra_net_days=each(st.sampled_from((0, -60, -15, 20))),
        orders_per_year=each(st.sampled_from((40.0, 120.0, 12.0, 0.0))),
        order_median_fen=each(st.sampled_from((1, 99, 250_000, 5_000_000, 80_000_000))),
        order_sigma=each(st.sampled_from((0.0, 0.8))),
        pay_rule=each(st.sampled_from(PAY_RULES)),
        pay_anchor=each(st.integers(0, 31)),
        lead_days=each(st.sampled_from((0, 0, 15, 60))),
        pace=each(st.sampled_from((1.0, 0.3, 3.7, 0.0))),
        default_bp_year=each(st.sampled_from((0, 0, 3_000, 10_000))),
        lgd_bp=each(st.sampled_from((0, 6_000, 10_000))),
        dispute_bp=each(st.sampled_from((0, 300, 5_000))),
        patience_days=each(st.sampled_from((0, 3, 10, 40))),
    )
    # Few different ages, so that many a step falls due on the same day and the collectors' day is too short.
    ages, amounts = (
        st.sampled_from((0, 10, 30, 45, 200)),
        st.one_of(st.just(250_000), st.integers(1, 10_000_000)),
    )
    items = st.tuples(st.sampled_from(list(table["customer"])), ages, st.sampled_from((0, 30, 60)), amounts)
    return portfolio(
        table,
        behaviours=draw_(behaviours()),
        opening=draw_(st.lists(items, max_size=12)),
        seasonal=draw_(st.booleans()),
    )


@st.composite
def scenarios(draw_: st.DrawFn) -> Scenario:
    """One to three hundred days from some day of 2025."""
    return Scenario(
        start=date.fromordinal(START.toordinal() + draw_(st.integers(0, 364))),
        days=draw_(st.one_of(st.integers(60, 200), st.sampled_from((1, 7, 300)))),
        calendar=draw_(st.sampled_from(("china", "weekdays", "every_day"))),
        seasonal=draw_(st.booleans()),
        habit=draw_(st.sampled_from((0.0, 0.6))),
        company=Company(
            opening_cash_days=draw_(st.sampled_from((0, 30))),
            margin_bp=draw_(st.sampled_from((0, 2_000))),
            bank_bp=draw_(st.sampled_from((0, 450, 5_000))),
            dispute_median_days=draw_(st.sampled_from((1, 12, 32))),
        ),
        economy=Economy(
            demand_pct=draw_(st.sampled_from((85, 100, 300))),
            payment_pct=draw_(st.sampled_from((80, 100))),
            default_pct=draw_(st.sampled_from((100, 1_000))),
            bank_extra_bp=draw_(st.sampled_from((0, 200, -1_000))),
        ),
    )


@st.composite
def worlds(draw_: st.DrawFn, runs: int = 2) -> World:
    """Small worlds of few runs."""
    return draw(draw_(portfolios()), draw_(scenarios()), seed=draw_(st.integers(0, 10_000)), runs=runs)


@st.composite
def ladders(draw_: st.DrawFn) -> tuple[LadderStep, ...]:
    """No step to six, in any moves, some only for larger amounts."""
    days = sorted(draw_(st.sets(st.integers(-20, 60), max_size=6)))
    least = st.sampled_from((0, 0, 0, 250_000, 5_000_000, 50_000_000))
    return tuple(
        LadderStep(days=day, move=draw_(st.sampled_from(MOVE_NAMES)), min_fen=draw_(least)) for day in days
    )


@st.composite
def policies(draw_: st.DrawFn) -> Policy:
    """Any policy of the core: its levers anywhere in their range, with a liking for values that small worlds feel."""
    levers: dict[str, Any] = {}
    for path, lever in LEVERS.items():
        if path not in CORE_LEVERS:
            continue
        if lever.kind == "int":
            anywhere = st.integers(lever.low, lever.high)
            levers[path] = draw_(
                st.one_of(st.sampled_from(EDGY[path]), anywhere) if path in EDGY else anywhere
            )
        elif lever.kind == "bool":
            levers[path] = draw_(st.booleans())
        else:
            levers[path] = draw_(st.sampled_from(lever.choices))
    if levers["terms.discount_days"] >= levers["terms.net_days"]:
        levers["terms.discount_days"] = max(0, levers["terms.net_days"] - 1)
    if levers["terms.net_days"] == 0:
        levers["terms.discount_bp"] = 0
    if draw_(st.booleans()):
        levers["collection.ladder"] = draw_(ladders())
        levers["collection.ladder_shift_days"] = draw_(st.sampled_from((0, -5, 10)))
    return Policy().with_levers(levers)


@st.composite
def timelines(draw_: st.DrawFn, world: World) -> Timeline:
    """A policy, perhaps another mid-way, and some dated contacts."""
    first, last = world.scenario.first, world.scenario.last
    change_days = sorted(draw_(st.sets(st.integers(first, last), max_size=2)))
    names = list(world.portfolio.column("customer"))
    action = st.builds(
        Action,
        day=st.integers(first, last),
        customer=st.sampled_from(names),
        move=st.sampled_from(MOVE_NAMES),
    )
    # The same move again on the twentieth day is the last that counts as a repeat.
    begins, who, move = (
        draw_(st.integers(first, last)),
        draw_(st.sampled_from(names)),
        draw_(st.sampled_from(MOVE_NAMES)),
    )
    gap = draw_(st.sampled_from((20, 21)))
    series = tuple(Action(day=day, customer=who, move=move) for day in range(begins, last, gap))
    return Timeline(
        policy=draw_(policies()),
        changes=tuple((day, draw_(policies())) for day in change_days),
        actions=series + tuple(draw_(st.lists(action, max_size=12))),
    )
