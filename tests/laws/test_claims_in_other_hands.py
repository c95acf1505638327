"""Do ledgers keep the laws, and runs stay independent, whoever looks after a claim and whatever was decided?"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import simulate
from sim.model.laws import broken_laws
from sim.model.ledger import TABLES
from sim.model.mechanisms import Mechanisms
from sim.model.policy import LEVERS, Policy
from sim.model.table_checks import check_tables
from sim.model.timeline import Action, Timeline
from sim.world import World, draw
from tests.twin.strategies import policies, portfolios, scenarios

SOONER = {
    "collection.stop_supply_days": (0, 5, 30),
    "collection.agency_days": (0, 5, 20),
    "collection.court_days": (0, 10, 40),
}
OURS = (
    "agency_checked", "payment_order", "preservation", "payment_plans", "diagnose", "tone", "channel", "training_days",
    "sharing", "recognition", "bonus_kind", "bonus_bp",
)  # fmt: skip


@st.composite
def harder(draw_: st.DrawFn) -> Policy:
    """Any core policy, with any of the harder means and of the levers about collectors."""
    changes: dict[str, Any] = {path: draw_(st.sampled_from(days)) for path, days in SOONER.items()}
    for name in OURS:
        lever = LEVERS[f"collection.{name}"]
        values = {"int": st.integers(lever.low, lever.high), "bool": st.booleans()}
        changes[lever.path] = draw_(
            values[lever.kind] if lever.kind in values else st.sampled_from(lever.choices)
        )
    return draw_(policies()).with_levers(changes)


@st.composite
def decisions(draw_: st.DrawFn, world: World) -> Action:
    """Any single decision."""
    day = draw_(st.integers(world.scenario.first, world.scenario.last))
    about: dict[str, Any] = draw_(st.sampled_from((
        {"move": "phone", "outcome": "reached"}, {"move": "visit"}, {"kind": "hold"}, {"kind": "release"},
        {"kind": "promise", "until": day + 6},
        {"kind": "promise", "until": day + 9, "amount_fen": 300_000, "chance_pct": 100},
        {"kind": "plan"}, {"kind": "plan", "instalments": 2, "down_bp": 0, "every_days": 7},
        {"kind": "limit", "amount_fen": 5_000_000}, {"kind": "guarantee"},
        {"kind": "dispute_settled", "credited_bp": 2_000},
        {"kind": "hand_over", "to": "agency"}, {"kind": "hand_over", "to": "court"},
        {"kind": "hand_over", "to": "payment_order"},
    )))  # fmt: skip
    customer = draw_(st.sampled_from(list(world.portfolio.column("customer"))))
    return Action(day=day, customer=customer, **about)


@st.composite
def lives(draw_: st.DrawFn) -> tuple[World, Timeline]:
    """A small world and all we may do in it."""
    mechanisms = draw_(st.sampled_from((Mechanisms(), Mechanisms(staff=True), Mechanisms.all_on())))
    scene = draw_(scenarios()).model_copy(update={"mechanisms": mechanisms})
    world = draw(draw_(portfolios()), scene, seed=draw_(st.integers(0, 10_000)), runs=2)
    change = draw_(st.integers(world.scenario.first, world.scenario.last))
    actions = tuple(draw_(st.lists(decisions(world), max_size=10)))
    return world, Timeline(policy=draw_(harder()), changes=((change, draw_(harder())),), actions=actions)


@pytest.mark.slow  # forty arbitrary companies, each read several times over
@given(lives())
@settings(max_examples=40)
def test_whoever_looks_after_a_claim_the_laws_of_bookkeeping_hold(life: tuple[World, Timeline]):
    ledger, _ = simulate(*life)
    check_tables(ledger)
    assert broken_laws(ledger) == []


@pytest.mark.slow  # each run is lived through by itself as well
@given(lives())
@settings(max_examples=15)
def test_runs_together_are_what_they_are_alone(life: tuple[World, Timeline]):
    world, timeline = life
    together = simulate(world, timeline)[0]
    for name in world.run_names:
        single = draw(world.portfolio, world.scenario, seed=world.seed, runs=1, first_run=name)
        alone = simulate(single, timeline)[0]
        for table in TABLES:
            rows = getattr(together, table)
            mine = rows[rows["run"] == name].reset_index(drop=True)
            pd.testing.assert_frame_equal(mine, getattr(alone, table).reset_index(drop=True), obj=table)


@pytest.mark.slow  # each life is lived through twice
@given(lives(), st.data())
@settings(max_examples=15)
def test_any_day_can_be_entered_again(life: tuple[World, Timeline], data: st.DataObject):
    world, timeline = life
    day = data.draw(st.integers(world.scenario.first + 1, world.scenario.last + 1))
    other = timeline.then(day, data.draw(harder()))
    once, again = (simulate(world, line)[0].known_by(day - 1) for line in (timeline, other))
    for table in TABLES:
        left, right = (getattr(ledger, table).reset_index(drop=True) for ledger in (once, again))
        pd.testing.assert_frame_equal(left, right, obj=table)
