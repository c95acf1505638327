"""Do the laws hold with everything on: any mechanism, any lever, any times?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import Simulation, simulate
from sim.model.laws import broken_laws
from sim.model.ledger import TABLES, Ledger
from sim.model.mechanisms import Mechanisms
from sim.model.policy import LEVERS, Policy
from sim.model.regimes import REGIMES
from sim.model.scenario import Economy, Scenario
from sim.model.table_checks import check_tables
from sim.model.timeline import Timeline
from sim.world import World, draw
from tests.twin.worlds import customers, portfolio

LIVELY = portfolio(
    customers(
        10,
        segment=[
            "project",
            "dealer",
            "maker",
            "supermarket",
            "export",
            "dealer",
            "public",
            "micro",
            "maker",
            "other",
        ],
        pay_rule=["any", "weekly", "twice_monthly", "monthly", "thirty_days"] * 2,
        grade=["A", "B", "C", "D", "E"] * 2,
        group=["", "", "G1", "G1", "", "", "", "", "", ""],
        idle_months=["", "1,2", "", "", "", "", "", "", "", ""],
        instrument=["open_account"] * 4 + ["letter_of_credit", "collection"] + ["open_account"] * 4,
        is_large=[0, 0, 0, 1, 1, 0, 1, 0, 0, 0],
        default_bp_year=4_000,
        dispute_bp=1_500,
        order_median_fen=2_000_000,
    ),
    opening=[("c1", 50, 30, 700_000), ("c3", 90, 60, 2_500_000)],
)


@st.composite
def any_policies(draw_: st.DrawFn) -> Policy:
    """Any levers anywhere in their range, each moved with chance one half."""
    levers: dict[str, Any] = {}
    for path, lever in LEVERS.items():
        if not draw_(st.booleans()):
            continue
        if lever.kind == "int":
            levers[path] = draw_(st.sampled_from((lever.low, lever.high, (lever.low + lever.high) // 2)))
        elif lever.kind == "bool":
            levers[path] = draw_(st.booleans())
        else:
            levers[path] = draw_(st.sampled_from(lever.choices))
    net, early = levers.get("terms.net_days", 60), levers.get("terms.discount_days", 10)
    if early >= net:
        levers["terms.discount_bp"] = 0
    return Policy().with_levers(levers)


@st.composite
def whole_worlds(draw_: st.DrawFn) -> World:
    """Small worlds in any times, with any mechanisms."""
    chosen = {name: draw_(st.booleans()) for name in Mechanisms.model_fields}
    economy = Economy(
        regime=draw_(st.sampled_from(REGIMES)), from_day=draw_(st.integers(0, 120)), wanders=draw_(st.booleans()),
        growth_pct=draw_(st.sampled_from((-50, 0, 100))), biggest_fails_after=draw_(st.sampled_from((-1, 40))),
        payment_law_after=draw_(st.sampled_from((-1, 20))),
    )  # fmt: skip
    times = Scenario(
        start=date(2025, draw_(st.integers(1, 12)), 1), days=draw_(st.sampled_from((30, 130, 250))), economy=economy,
        mechanisms=Mechanisms(**chosen),
    )  # fmt: skip
    return draw(LIVELY, times, seed=draw_(st.integers(0, 1_000)), runs=2)


@given(st.data())
@settings(max_examples=25)
def test_every_ledger_of_the_whole_model_keeps_the_laws(data: st.DataObject):
    world = data.draw(whole_worlds())
    first = world.scenario.first
    timeline = Timeline(policy=data.draw(any_policies()), changes=((first + 25, data.draw(any_policies())),))
    ledger, _ = simulate(world, timeline)
    check_tables(ledger)
    assert broken_laws(ledger) == []


@given(st.data())
@settings(max_examples=10)
def test_runs_of_the_whole_model_lived_together_are_runs_lived_alone(data: st.DataObject):
    world, policy = data.draw(whole_worlds()), data.draw(any_policies())
    together = simulate(world, policy)[0]
    alone = simulate(draw(LIVELY, world.scenario, seed=world.seed, runs=1, first_run=1), policy)[0]
    for name in TABLES:
        table = getattr(together, name)
        mine = table[table["run"] == 1].reset_index(drop=True)
        other = getattr(alone, name).reset_index(drop=True)
        assert mine.equals(other), name


@given(st.data())
@settings(max_examples=10)
def test_the_whole_model_knows_nothing_of_the_days_to_come(data: st.DataObject):
    """Another policy from day 25 on leaves everything before that day as it was."""
    world, before, after = data.draw(whole_worlds()), data.draw(any_policies()), data.draw(any_policies())
    day = world.scenario.first + 25
    one = simulate(world, before)[0].known_by(day - 1)
    other = simulate(world, Timeline(policy=before, changes=((day, after),)))[0].known_by(day - 1)
    same(one, other, ("entries", "actions", "cash"))


@given(st.data())
@settings(max_examples=10)
def test_a_company_can_be_stopped_any_evening_and_lived_on(data: st.DataObject):
    """The ledger so far is what could be known by then, and living on ends where living through does."""
    world, policy = data.draw(whole_worlds()), data.draw(any_policies())
    day = world.scenario.first + data.draw(st.integers(0, world.scenario.days - 1))
    company = Simulation(world, policy)
    company.live_until(day)
    so_far = company.ledger()
    company.live_until(company.last)
    through = simulate(world, policy)[0]
    same(so_far, through.known_by(day), ("entries", "actions", "cash"))
    same(company.ledger(), through, TABLES)


def same(one: Ledger, other: Ledger, names: Iterable[str]) -> None:
    for name in names:
        left, right = (getattr(ledger, name).reset_index(drop=True) for ledger in (one, other))
        assert len(left) == len(right), name
        for column in left.columns:
            np.testing.assert_array_equal(
                left[column].to_numpy(), right[column].to_numpy(), err_msg=f"{name}.{column}"
            )
