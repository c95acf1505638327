"""Effect 10: commission on booked sales raises sales and bad debt."""

from __future__ import annotations

import pytest

from tests.effects.stage import Values, policy, sweep, world
from tests.findings import Findings

METRICS = ["credit_sales", "bad_debt", "bad_debt_ratio", "dso"]
WAYS = {
    "none": {},
    "booked": {"people.commission_kind": "booked"},
    "booked and pushed": {
        "people.commission_kind": "booked", "people.quarter_end_push": True, "people.override_by_sales": 50,
    },
    "booked, goal shared": {
        "people.commission_kind": "booked", "people.quarter_end_push": True, "people.override_by_sales": 50,
        "people.shared_scorecard_pct": 100,
    },
    "collected": {"people.commission_kind": "collected"},
}  # fmt: skip


@pytest.fixture(scope="module")
def paid() -> dict[str, Values]:
    policies = {name: policy(changes) for name, changes in WAYS.items()}
    # Failures are rare: it takes this many runs to see their change.
    return {str(name): values for name, values in sweep(world(runs=40), policies, METRICS).items()}


def change(paid: dict[str, Values], way: str, metric: str, of: str = "none"):
    return paid[way][metric] - paid[of][metric]


@pytest.mark.slow  # five policies, each for forty years
@pytest.mark.parametrize("way", ["booked", "booked and pushed"])
@pytest.mark.parametrize("metric", METRICS[:3])
def test_commission_on_booked_sales_raises(paid: dict[str, Values], way: str, metric: str, finding: Findings):
    told = f"change of {metric} by commission '{way}'"
    unit = "" if metric.endswith("ratio") else "fen"
    found = finding.mean("effect-10", told, change(paid, way, metric), expected="> 0", unit=unit)
    assert found.low > 0.0


@pytest.mark.slow  # the same
def test_push_and_override_leave_receivables_behind(paid: dict[str, Values], finding: Findings):
    more = change(paid, "booked and pushed", "dso", of="booked")
    assert (
        finding.mean("effect-10", "change of DSO by push and override", more, expected="> 0", unit="d").low
        > 0.0
    )


@pytest.mark.slow  # the same
def test_who_is_paid_on_cash_sells_less(paid: dict[str, Values], finding: Findings):
    fewer = change(paid, "collected", "credit_sales")
    told = "change of sales by commission on cash within 90 days"
    assert finding.mean("effect-10", told, fewer, expected="< 0", unit="fen").high < 0.0


@pytest.mark.slow  # the same
@pytest.mark.parametrize("metric", METRICS)
def test_a_shared_goal_takes_all_of_it_back(paid: dict[str, Values], metric: str):
    assert (change(paid, "booked, goal shared", metric) == 0.0).all()
