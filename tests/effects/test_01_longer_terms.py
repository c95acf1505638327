"""Effect 1: longer terms raise sales and receivables; profit has its best point in between.

Sales go on rising only while the company can pay its own suppliers: one that cannot delivers late, and loses the
customers that its terms had won. So sales are looked at in a company with money enough, and the other one beside it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from sim.model.portfolio import scenario_for
from sim.world import World, draw
from tests.effects.stage import MILLION_YUAN, Values, people, policy, sweep, world
from tests.findings import Findings

NET_DAYS = (0, 30, 60, 90, 120, 150, 180)
FIGURES = ["credit_sales", "ar", "economic_profit"]
RUNS, CHOOSING = 30, 10
"""The best term is chosen in these runs and judged in the others: a term is not best because it was lucky."""
TWO_YEARS = 730
"""In the first year longer terms have not yet cost what they will."""


def rich_world() -> World:
    """The same customers with the same luck, and a year's cost in the bank."""
    customers = people()
    company = customers.company.model_copy(update={"opening_cash_days": 365})
    customers = replace(customers, company=company)
    return draw(customers, scenario_for(customers, days=TWO_YEARS), seed=7, runs=RUNS)


def by_term(where: World, terms: tuple[int, ...]) -> dict[int, Values]:
    policies = {days: policy({"terms.net_days": days}) for days in terms}
    return {days: values for days, values in sweep(where, policies, FIGURES).items() if isinstance(days, int)}


@pytest.fixture(scope="module")
def poor() -> dict[int, Values]:
    """The company as it is."""
    return by_term(world(days=TWO_YEARS, runs=RUNS), NET_DAYS)


@pytest.fixture(scope="module")
def rich() -> dict[int, Values]:
    """The same with money enough."""
    return by_term(rich_world(), (0, 60, 120, 180))


@pytest.mark.slow  # four terms, each for thirty times two years
@pytest.mark.parametrize("metric", ["credit_sales", "ar"])
def test_each_two_months_of_term_bring_sales_and_receivables(
    rich: dict[int, Values], metric: str, finding: Findings
):
    for shorter, longer in pairwise(rich):
        gained = rich[longer][metric] - rich[shorter][metric]
        told = f"with money enough, net {shorter} -> {longer} days: change of {metric} in two years"
        assert finding.mean("effect-1", told, gained, expected="> 0", unit="fen").low > 0.0


@pytest.mark.slow  # seven terms, each for thirty times two years
def test_profit_is_best_between_no_term_and_half_a_year(poor: dict[int, Values], finding: Findings):
    profit = {days: values["economic_profit"] for days, values in poor.items()}
    best = max(NET_DAYS, key=lambda days: profit[days][:CHOOSING].mean())
    finding("effect-1", f"best of {NET_DAYS} net days, chosen in {CHOOSING} runs of two years", best,
            expected="not the first or last", unit="d")  # fmt: skip
    for end in (NET_DAYS[0], NET_DAYS[-1]):
        lost = (profit[best] - profit[end])[CHOOSING:]
        told = f"economic profit of net {best} over net {end} days, in the other runs"
        assert finding.mean("effect-1", told, lost, expected="> 0", unit="fen").low > 0.0
    assert profit[best].mean() > MILLION_YUAN


@pytest.mark.slow  # the same
def test_with_money_enough_profit_is_best_in_between_as_well(rich: dict[int, Values], finding: Findings):
    # Half a year of term costs more than it brings even where nobody is paid late for it.
    lost = rich[120]["economic_profit"] - rich[180]["economic_profit"]
    won = rich[60]["economic_profit"] - rich[0]["economic_profit"]
    told = "with money enough, economic profit of net {} over net {} days"
    assert finding.mean("effect-1", told.format(60, 0), won, expected="> 0", unit="fen").low > 0.0
    assert finding.mean("effect-1", told.format(120, 180), lost, expected="> 0", unit="fen").low > 0.0


@pytest.mark.slow  # the same
def test_who_cannot_pay_suppliers_loses_the_sales_that_terms_had_won(
    poor: dict[int, Values], rich: dict[int, Values], finding: Findings
):
    missed = rich[180]["credit_sales"] - poor[180]["credit_sales"]
    told = "net 180 days: sales with money enough over sales of the company as it is, two years"
    assert finding.mean("effect-1", told, missed, expected="> 0", unit="fen").low > 0.0
