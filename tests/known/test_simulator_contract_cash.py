"""O7: when does the money of a contract come, if a part is paid beforehand and a part is kept back for a year?

The kit's parts are a deposit with the order, equal monthly instalments and a retention due a year after the first. All
customers pay on the day, so the weighted mean of the days is arithmetic; months are taken as a twelfth of a year.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.ledger import Ledger
from sim.model.policy import Policy
from sim.world import draw
from tests.findings import Findings
from tests.known.simulated import always_on, by_run, run
from tests.twin.worlds import LET_ALL_THROUGH, customers, one_behaviour, portfolio, scenario

CALM = {"calendar": "every_day", "seasonal": False, "habit": 0.0}
SOLD_DAYS, DAYS = 200, 700  # the last retention of the first 200 days is paid before the end
MONTH = 365.25 / 12
NET = 45


def contract(deposit: float, instalments: int, retention: float) -> float:
    """Weighted mean days from invoice to cash."""
    later = (instalments - 1) / 2 * MONTH
    return (1 - deposit - retention) * (NET + later) + retention * (NET + 12 * MONTH)


def days_to_cash(ledger: Ledger) -> np.ndarray:
    """Of all the money of the first orders, how many days after the invoice does a yuan come in? Per run."""
    receipts = ledger.entries[ledger.entries["kind"] == "receipt"]
    receipts = receipts[receipts["invoiced_on"] < ledger.first + SOLD_DAYS]
    invoices = ledger.entries[
        (ledger.entries["kind"] == "invoice") & (ledger.entries["invoiced_on"] < ledger.first + SOLD_DAYS)
    ]
    assert -receipts["amount_fen"].sum() == invoices["amount_fen"].sum()
    amount = -receipts["amount_fen"].to_numpy(dtype=float)
    days = (receipts["happened_on"] - receipts["invoiced_on"]).to_numpy(dtype=float)
    who = receipts["run"].to_numpy()
    return by_run(ledger, amount * days, who) / by_run(ledger, amount, who)


@pytest.mark.parametrize(
    ("deposit", "instalments", "retention"),
    [(0.0, 1, 0.0), (0.10, 2, 0.03), (0.10, 2, 0.0), (0.30, 6, 0.05)],
)
def test_o7_deposit_instalments_and_retention(
    deposit: float, instalments: int, retention: float, finding: Findings
):
    levers = {
        "terms.net_days": NET, "terms.instalments": instalments, "terms.deposit_bp": round(deposit * 10_000),
        "terms.retention_bp": round(retention * 10_000), "terms.deposit_or_nothing": True,
    }  # fmt: skip
    policy = Policy().with_levers(LET_ALL_THROUGH | levers)
    table = customers(40, order_sigma=0.0, default_bp_year=0, dispute_bp=0)
    people = portfolio(table, behaviours=one_behaviour(always_on(0)), in_force=policy)
    ledger = run(draw(people, scenario(DAYS, **CALM), seed=1, runs=4), policy)
    expected = contract(deposit, instalments, retention)
    told = f"days to cash: {deposit:.0%} deposit, {instalments} instalments from day {NET}, {retention:.0%} kept a year"
    found = finding.mean("O7", told, days_to_cash(ledger), expected=expected, unit="d")
    assert found.mean == pytest.approx(expected, abs=0.3)  # months have 28 to 31 days


def test_o7_three_percent_kept_back_cost_a_dozen_days():
    # The textbook's contract: 10 % 30 days before, 60 % after 45 days, 27 % after 150, 3 % after 515.
    days = 0.10 * -30 + 0.60 * 45 + 0.27 * 150 + 0.03 * 515
    without = (0.10 * -30 + 0.60 * 45 + 0.27 * 150) / 0.97
    assert (days, days - without) == pytest.approx((79.95, 13.46), abs=0.01)
    assert contract(0.10, 2, 0.03) - contract(0.10, 2, 0.0) == pytest.approx(0.03 * 11.5 * MONTH)
