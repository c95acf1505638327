"""O2: what does growth alone do to DSO, when every customer always pays after 60 days?

Balance and sales of a company that grows evenly are sums of one geometric row: whole days give the same ratio as the
textbook's integrals. The textbook's growth of g is continuous (g / 365 a day), the scenario's percent count a year,
so 22 % in a year are a g of 19.9 %.
"""

from __future__ import annotations

import math

import pytest

from sim.measure import measure
from sim.model.ledger import Ledger
from sim.model.policy import Policy
from sim.world import draw
from tests.findings import Findings
from tests.known.simulated import always_on, assert_mean_is, run
from tests.twin.worlds import LET_ALL_THROUGH, customers, one_behaviour, portfolio, scenario

FREE = Policy().with_levers(LET_ALL_THROUGH)
CALM = {"calendar": "every_day", "seasonal": False, "habit": 0.0}
PAID_AFTER, YEAR, QUARTER = 60, 365, 92


def textbook(growth: float, window: int) -> float:
    """DSO on the sales of the last `window` days."""
    h = growth / 365.0
    return -math.expm1(-h * PAID_AFTER) / -math.expm1(-h * window) * window


def two_years(growth_pct: int, runs: int) -> Ledger:
    """2025 and 2026 of ten customers who always pay after 60 days."""
    table = customers(
        10,
        orders_per_year=1_800.0,
        order_sigma=0.0,
        order_median_fen=100_000,
        default_bp_year=0,
        dispute_bp=0,
    )
    people = portfolio(table, behaviours=one_behaviour(always_on(0)))
    return run(draw(people, scenario(730, growth_pct=growth_pct, **CALM), seed=1, runs=runs), FREE)


@pytest.mark.slow  # twenty times two years of 18,000 orders: DSO has to be known to one percent
@pytest.mark.parametrize(
    ("growth_pct", "growth", "yearly", "quarterly"),
    [(22, 0.2, 65.12, 60.49), (49, 0.4, 70.46, 60.98), (-18, -0.2, 55.10, 59.51)],
)
def test_o2_growth_alone_moves_dso(
    growth_pct: int, growth: float, yearly: float, quarterly: float, finding: Findings
):
    assert textbook(growth, 365) == pytest.approx(yearly, abs=0.005)
    assert textbook(growth, 90) == pytest.approx(quarterly, abs=0.005)
    continuous = math.log1p(growth_pct / 100)
    assert continuous == pytest.approx(growth, rel=0.01)
    ledger = two_years(growth_pct, runs=20)
    for every, label, window in (("year", "2026", YEAR), ("quarter", "2026Q4", QUARTER)):
        dso = measure(ledger, ["dso"], every=every).values("dso")[label].to_numpy()
        told = f"DSO on {window} days of sales that grow by {growth_pct} % a year, all paid after 60 days"
        expected = textbook(continuous, window)
        assert_mean_is(dso, expected, within=0.015, told=(finding, "O2", told, "d"))
    paid = measure(ledger, ["days_to_pay"], every="all").values("days_to_pay")["all"].to_numpy()
    assert (paid == PAID_AFTER).all()
