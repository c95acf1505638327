"""Same customers, same luck: does pressing harder, or an abler customer, ever make anyone pay later?

Orders and contacts are held fixed: limits and holds off, no ladder, contacts on dates only. Promises are in writing:
only then is a customer that never broke one at least as likely to keep the next, so that the claim is a theorem.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.base.days import NEVER
from sim.engine import simulate
from sim.model import moves
from sim.model.behaviour import ARCHETYPE_BEHAVIOURS
from sim.model.ledger import Ledger
from sim.model.policy import LadderStep, Policy
from sim.model.timeline import Action, Timeline
from sim.twin import simulate_plainly
from sim.world import World, draw
from tests.findings import Findings
from tests.twin.strategies import policies, portfolios, scenarios
from tests.twin.worlds import LET_ALL_THROUGH, customers, portfolio, scenario

Teller = Callable[[World, Timeline], Ledger]
TELLERS: dict[str, Teller] = {
    "engine": lambda world, line: simulate(world, line)[0],
    "twin": simulate_plainly,
}


def paid_on(ledger: Ledger) -> pd.Series:
    """On which day was each invoice paid (NEVER: not within the horizon)?"""
    entries = ledger.entries
    receipts = entries[entries["kind"] == "receipt"].set_index(["run", "against"])["happened_on"]
    billed = entries[entries["kind"].isin(["opening", "invoice"])].set_index(["run", "against"]).index
    assert receipts.index.is_unique
    return receipts.reindex(billed, fill_value=NEVER)


def assert_never_later(plain: Ledger, pressed: Ledger) -> None:
    before, after = paid_on(plain), paid_on(pressed)
    pd.testing.assert_frame_equal(plain.orders, pressed.orders)
    assert before.index.equals(after.index)
    assert (after <= before).all()


@st.composite
def pressed_timelines(draw_: st.DrawFn, world: World) -> Timeline:
    """Any policy that lets all orders through and contacts on dates only."""
    fixed = {**LET_ALL_THROUGH, "collection.promise_in_writing": True}
    policy = draw_(policies()).with_levers(fixed)
    names = list(world.portfolio.column("customer"))
    days = st.integers(world.scenario.first, world.scenario.last)
    contact = st.builds(
        Action, day=days, customer=st.sampled_from(names), move=st.sampled_from(moves.MOVE_NAMES)
    )
    return Timeline(policy=policy, actions=tuple(draw_(st.lists(contact, min_size=1, max_size=30))))


def raised(move: moves.Move, by: float) -> tuple[moves.Move, ...]:
    """All moves, one of them with greater effects."""
    stronger = replace(move, effects=tuple(effect * by for effect in move.effects))
    return tuple(stronger if each is move else each for each in moves.MOVES)


@pytest.mark.parametrize("teller", TELLERS)
@given(st.data())
@settings(max_examples=30)
def test_a_stronger_move_never_makes_an_invoice_paid_later(teller: str, data: st.DataObject):
    people = data.draw(portfolios())
    world = draw(people, data.draw(scenarios()), seed=data.draw(st.integers(0, 999)), runs=2)
    line = data.draw(pressed_timelines(world))
    used = sorted({action.move for action in line.actions})
    move = moves.MOVES[moves.MOVE_INDEX[data.draw(st.sampled_from(used))]]
    plain = TELLERS[teller](world, line)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moves, "MOVES", raised(move, data.draw(st.sampled_from((1.05, 1.5, 4.0)))))
        pressed = TELLERS[teller](world, line)
    assert_never_later(plain, pressed)


@pytest.mark.parametrize("teller", TELLERS)
@given(st.data())
@settings(max_examples=30)
def test_an_abler_customer_never_pays_an_invoice_later(teller: str, data: st.DataObject):
    people = data.draw(portfolios())
    when, seed = data.draw(scenarios()), data.draw(st.integers(0, 999))
    world = draw(people, when, seed=seed, runs=2)
    who = data.draw(st.integers(0, len(people) - 1))
    pace = people.column("pace").copy()
    pace[who] = pace[who] * 1.5 + 0.1
    abler = draw(replace(people, customers=people.customers.assign(pace=pace)), when, seed=seed, runs=2)
    line = data.draw(pressed_timelines(world))
    assert_never_later(TELLERS[teller](world, line), TELLERS[teller](abler, line))


def test_a_stronger_move_brings_payments_forward():
    # The theorem says "never later"; without this it would also hold for moves without any effect.
    world = draw(portfolio(customers(20)), scenario(200), seed=3, runs=2)
    weekly = range(world.scenario.first, world.scenario.last, 15)
    names = world.portfolio.column("customer")
    calls = tuple(Action(day=day, customer=str(name), move="email") for day in weekly for name in names)
    line = Timeline(policy=Policy().with_levers(LET_ALL_THROUGH), actions=calls)
    plain = simulate(world, line)[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moves, "MOVES", raised(moves.MOVES[moves.MOVE_INDEX["email"]], 2.0))
        pressed = simulate(world, line)[0]
    assert_never_later(plain, pressed)
    earlier = paid_on(pressed) < paid_on(plain)
    assert earlier.mean() > 0.1


def receivable_days(ledger: Ledger) -> np.ndarray:
    """Fen-days of receivables per run: every evening's balance, added up; shape (runs,)."""
    entries = ledger.entries[ledger.entries["kind"] != "recovery"]
    evenings = ledger.last + 1 - np.maximum(entries["happened_on"], ledger.first)
    return (entries["amount_fen"] * evenings).groupby(entries["run"]).sum().to_numpy(dtype=float)


def test_more_collectors_bring_payment_forward_in_total(finding: Findings):
    # With finite minutes this is no theorem for each invoice, so the paired difference over runs is asked.
    forgetful = tuple(b for b in ARCHETYPE_BEHAVIOURS if b.name in ("forgetful", "process"))
    world = draw(
        portfolio(customers(120, default_bp_year=0), behaviours=forgetful), scenario(240), seed=5, runs=24
    )
    ladder = tuple(LadderStep(days=days, move="phone") for days in (1, 8, 15, 22, 29))
    weighed = {}
    for collectors in (0, 1, 2):
        levers = LET_ALL_THROUGH | {"collection.ladder": ladder, "collection.collectors": collectors}
        levers["collection.minutes_per_day"] = 240
        weighed[collectors] = receivable_days(simulate(world, Policy().with_levers(levers))[0])
    for fewer, more in ((0, 1), (1, 2)):
        saved = weighed[fewer] - weighed[more]
        told = f"receivables saved by collectors {fewer} -> {more}, in yuan-days (99.9 %)"
        finding.mean("pairs", told, saved / 100, expected="> 0", confidence=0.999)
        low, high = stats.t.interval(0.999, len(saved) - 1, loc=saved.mean(), scale=stats.sem(saved))
        assert low > 0.0
        assert high - low < 2.0 * saved.mean()
