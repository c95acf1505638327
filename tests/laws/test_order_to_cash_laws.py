"""Do ledgers keep the laws whatever the terms and however our house works, and however runs are cut?"""

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
from sim.model.timeline import Timeline
from sim.world import World, draw
from tests.twin.strategies import policies, portfolios, scenarios

EDGY = {
    "terms.instalments": (1, 2, 5, 12),
    "terms.retention_bp": (0, 300, 1_000),
    "terms.deposit_bp": (0, 1_000, 5_000),
    "terms.bill_share_bp": (0, 5_000, 10_000),
    "terms.late_interest_bp_day": (0, 5),
    "terms.credit_charge_bp": (0, 100),
    "operations.automation_pct": (0, 100),
    "operations.report_lag_days": (0, 15),
}


@st.composite
def rich_policies(draw_: st.DrawFn) -> Policy:
    """Any policy of the core with any terms and operations."""
    core: Policy = draw_(policies())
    levers: dict[str, Any] = {"finance.discount_bills": draw_(st.booleans())}
    for path, lever in LEVERS.items():
        if lever.branch not in ("terms", "operations") or "discount" in path or path == "terms.net_days":
            continue
        if lever.kind == "int":
            some = st.sampled_from(EDGY[path]) if path in EDGY else st.integers(lever.low, lever.high)
            levers[path] = draw_(st.one_of(st.just(lever.default), some))
        elif lever.kind == "bool":
            levers[path] = draw_(st.booleans())
    return core.with_levers(levers)


@st.composite
def lived(draw_: st.DrawFn) -> tuple[Any, Any, Timeline, int]:
    """People, a scenario with orders that take their way (and perhaps all else), and a policy that changes once."""
    people, times = draw_(portfolios()), draw_(scenarios())
    mechanisms = draw_(st.sampled_from((Mechanisms(fulfilment=True), Mechanisms.all_on(), Mechanisms())))
    times = times.model_copy(update={"mechanisms": mechanisms})
    change = draw_(st.integers(times.first, times.last))
    timeline = Timeline(policy=draw_(rich_policies()), changes=((change, draw_(rich_policies())),))
    return people, times, timeline, draw_(st.integers(0, 999))


@pytest.mark.slow  # broken_laws reads each of forty arbitrary ledgers several times over
@given(lived())
@settings(max_examples=40)
def test_every_ledger_keeps_the_laws_whatever_the_terms(life: tuple[Any, Any, Timeline, int]):
    people, times, timeline, seed = life
    world: World = draw(people, times, seed=seed, runs=2)
    ledger, _ = simulate(world, timeline)
    check_tables(ledger)
    assert broken_laws(ledger) == []


@pytest.mark.slow  # each world is lived through three times
@given(lived())
@settings(max_examples=15)
def test_runs_in_two_parts_equal_runs_in_one(life: tuple[Any, Any, Timeline, int]):
    people, times, timeline, seed = life
    whole, _ = simulate(draw(people, times, seed=seed, runs=3), timeline)
    first, _ = simulate(draw(people, times, seed=seed, runs=1), timeline)
    second, _ = simulate(draw(people, times, seed=seed, runs=2, first_run=1), timeline)
    for name in TABLES:
        joined = pd.concat([getattr(first, name), getattr(second, name)], ignore_index=True)
        pd.testing.assert_frame_equal(getattr(whole, name), joined, obj=name)
