"""Effect 7: a profitable company can run out of cash by growing."""

from __future__ import annotations

import pytest

from tests.effects.stage import Values, figures, policy, world
from tests.findings import Findings

EASY = {"terms.net_days": 90, "credit.limit_pct": 600}
"""Time and room for every order; not the preset `growth`, which pays commission on booked sales as well."""
FIGURES = ["credit_sales", "net_profit", "cash_low", "ruin", "ar"]


@pytest.fixture(scope="module")
def rush() -> tuple[Values, Values]:
    """A year of fast growing demand: as we are, and with longer terms and wider limits to take all of it."""
    where = world("growth_rush", runs=40)
    return figures(where, policy(), FIGURES), figures(where, policy(EASY), FIGURES)


@pytest.mark.slow  # two policies, each for forty years
def test_growing_faster_earns_more_and_leaves_less_in_the_till(
    rush: tuple[Values, Values], finding: Findings
):
    calm, fast = rush
    told = "growth rush, longer terms and wider limits against the one in force: change of "
    for metric, sign in (("credit_sales", 1), ("net_profit", 1), ("ar", 1), ("cash_low", -1)):
        change = fast[metric] - calm[metric]
        expected = "> 0" if sign > 0 else "< 0"
        found = finding.mean("effect-7", told + metric, change, expected=expected, unit="fen")
        assert found.low > 0.0 if sign > 0 else found.high < 0.0


@pytest.mark.slow  # the same
def test_companies_that_earn_money_and_run_out_of_cash(rush: tuple[Values, Values], finding: Findings):
    calm, fast = rush
    broke = [(each["ruin"] > 0) & (each["net_profit"] > 0) for each in (calm, fast)]
    told = "runs with a net profit that went beyond the overdraft limit, "
    seldom = finding.share("effect-7", told + "policy in force", broke[0], expected="hardly any")
    often = finding.share("effect-7", told + "longer terms and wider limits", broke[1], expected="more")
    assert often.low > seldom.high
