"""Do satisfied, leaving and pushed customers keep the laws of bookkeeping, however runs are cut?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import simulate
from sim.model.laws import broken_laws
from sim.model.ledger import TABLES
from sim.model.mechanisms import Mechanisms
from sim.model.policy import Policy
from sim.model.table_checks import check_tables
from sim.model.timeline import Timeline
from sim.world import World, draw
from tests.twin.strategies import portfolios, scenarios

REMEMBERING = Mechanisms(relationship=True, demand=True)


@st.composite
def houses(draw_: st.DrawFn) -> Policy:
    """How sales and collectors may be rewarded, and what the customer notices of it."""
    return Policy().with_levers(
        {
            "people.commission_kind": draw_(st.sampled_from(("none", "booked", "collected"))),
            "people.commission_bp": draw_(st.sampled_from((0, 200, 1_000))),
            "people.quarter_end_push": draw_(st.booleans()),
            "people.override_by_sales": draw_(st.sampled_from((0, 40, 100))),
            "people.shared_scorecard_pct": draw_(st.sampled_from((0, 50, 100))),
            "collection.tone": draw_(st.sampled_from(("friendly", "harsh"))),
            "collection.collectors": draw_(st.sampled_from((0, 1, 5))),
            "operations.competitiveness_pct": draw_(st.sampled_from((0, 50, 100))),
            "operations.service_pct": draw_(st.sampled_from((80, 95, 100))),
            "terms.net_days": draw_(st.sampled_from((0, 30, 60, 120))),
            "credit.limit_pct": draw_(st.sampled_from((20, 100, 400))),
        }
    )


@st.composite
def remembering(draw_: st.DrawFn, runs: int = 2) -> World:
    """A small world whose customers remember."""
    scene = draw_(scenarios()).model_copy(update={"mechanisms": REMEMBERING})
    return draw(draw_(portfolios()), scene, seed=draw_(st.integers(0, 999)), runs=runs)


@pytest.mark.slow  # broken_laws reads every ledger several times over
@given(remembering(), houses(), houses(), st.integers(0, 299))
@settings(max_examples=40)
def test_every_ledger_keeps_the_laws(world: World, first: Policy, then: Policy, turn: int):
    day = world.scenario.first + 1 + turn % max(world.scenario.days - 1, 1)
    changes = ((day, then),) if day <= world.scenario.last else ()
    ledger, truth = simulate(world, Timeline(policy=first, changes=changes))
    check_tables(ledger)
    assert broken_laws(ledger) == []
    people = truth.customers()
    assert people["trust"].between(0, 100).all()
    assert people["credibility"].between(0, 1).all()


@given(remembering(runs=3), houses())
@settings(max_examples=15)
def test_runs_one_by_one_equal_runs_together(world: World, policy: Policy):
    together, _ = simulate(world, policy)
    alone = [
        simulate(draw(world.portfolio, world.scenario, seed=world.seed, runs=1, first_run=run), policy)[0]
        for run in world.run_names
    ]
    for name in TABLES:
        joined = pd.concat([getattr(ledger, name) for ledger in alone], ignore_index=True)
        pd.testing.assert_frame_equal(getattr(together, name), joined, obj=name, check_categorical=False)


@given(remembering(), houses())
@settings(max_examples=15)
def test_nobody_leaves_twice_or_orders_after_leaving(world: World, policy: Policy):
    ledger, _ = simulate(world, policy)
    gone = ledger.actions[ledger.actions["kind"] == "churned"]
    assert not gone.duplicated(["run", "customer"]).any()
    left = gone.set_index(["run", "customer"])["happened_on"].rename("left")
    orders = ledger.orders.join(left, on=["run", "customer"], how="inner")
    assert (orders["wanted_on"] <= orders["left"]).all()
    read = ledger.actions[ledger.actions["kind"] == "satisfaction"]
    assert read["amount_fen"].between(0, 10_000).all()
    later = read.join(left, on=["run", "customer"], how="inner")
    assert (later["happened_on"] <= later["left"]).all()


@given(remembering(), houses())
@settings(max_examples=15)
def test_commission_is_never_taken_out_of_the_salesmans_pocket(world: World, policy: Policy):
    ledger, _ = simulate(world, policy)
    paid = ledger.cash.loc[ledger.cash["kind"] == "commission", "amount_fen"].to_numpy()
    assert (paid < 0).all()
    sold = -ledger.entries.loc[ledger.entries["kind"] == "invoice", "amount_fen"].sum()
    received = ledger.entries.loc[ledger.entries["kind"] == "receipt", "amount_fen"].sum()
    assert np.int64(paid.sum()) * 10_000 >= (sold + received) * policy.people.commission_bp - 10**6
