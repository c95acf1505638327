"""Effect 1: longer terms raise sales and receivables; profit has its best point in between."""

from __future__ import annotations

import numpy as np
import pytest

from tests.effects.stage import MILLION_YUAN, Values, policy, sweep, world
from tests.findings import Findings

NET_DAYS = (0, 30, 60, 90, 120, 150, 180)
CHOOSING = 10
"""The best term is chosen in these runs and judged in the others: a term is not best because it was lucky."""


@pytest.fixture(scope="module")
def terms() -> dict[int, Values]:
    # Two years: in the first, longer terms have not yet cost what they will.
    policies = {days: policy({"terms.net_days": days}) for days in NET_DAYS}
    return sweep(world(days=730, runs=30), policies, ["credit_sales", "ar", "economic_profit"])


@pytest.mark.slow  # seven terms, each for thirty times two years
@pytest.mark.parametrize("metric", ["credit_sales", "ar"])
def test_each_month_of_term_brings_sales_and_receivables(
    terms: dict[int, Values], metric: str, finding: Findings
):
    for shorter, longer in ((0, 60), (60, 120), (120, 180)):
        gained = terms[longer][metric] - terms[shorter][metric]
        told = f"net {shorter} -> {longer} days: change of {metric} in two years"
        assert finding.mean("effect-1", told, gained, expected="> 0", unit="fen").low > 0.0


@pytest.mark.slow  # the same
def test_profit_is_best_between_no_term_and_half_a_year(terms: dict[int, Values], finding: Findings):
    profit = {days: values["economic_profit"] for days, values in terms.items()}
    best = max(NET_DAYS, key=lambda days: profit[days][:CHOOSING].mean())
    finding("effect-1", f"best of {NET_DAYS} net days, chosen in {CHOOSING} runs of two years", best,
            expected="not the first or last", unit="d")  # fmt: skip
    for end in (NET_DAYS[0], NET_DAYS[-1]):
        lost = (profit[best] - profit[end])[CHOOSING:]
        told = f"economic profit of net {best} over net {end} days, in the other runs"
        assert finding.mean("effect-1", told, lost, expected="> 0", unit="fen").low > 0.0
    assert np.abs(profit[best]).mean() > MILLION_YUAN
