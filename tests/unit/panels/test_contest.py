"""Do plans compete on the same customers with the same luck, and are they told apart truly?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.ledger import Ledger
from sim.panels.contests import contest
from sim.panels.contests.contest import BATCHES, SUMS, Contest, Standing, standing
from sim.panels.contests.table import best, cell, mark, reach, table
from sim.panels.live.compute import portfolio_of
from sim.study.compare import Outcome
from sim.words import LANGUAGES, Words

NOW = portfolio_of("manufacturer").policy_in_force
FIGURES = ("credit_sales", "loss_left", "layer_cost", "collector_load")
INSURED = NOW.with_levers({"finance.insurance": "whole"})


@pytest.fixture(scope="module")
def short() -> Standing:
    # Two batches of the first two months: enough to see which figures move.
    return standing(Contest("manufacturer", "normal", (NOW, INSURED, NOW), FIGURES, days=60), 2)


def made(values: list[list[float]], figure: str = "economic_profit") -> Standing:
    """A standing of plans whose figure is known."""
    outcomes = tuple(Outcome({figure: np.array(plan)}) for plan in values)
    asked = Contest("manufacturer", "normal", (NOW,) * len(values), (figure,))
    return Standing(asked, len(values[0]), "CNY", outcomes)


def test_the_same_plan_twice_differs_in_nothing(short: Standing):
    assert {gap.difference for gap in short.gaps(2).values()} == {0.0}


def test_a_premium_is_a_cost_of_the_layers_and_moves_no_order(short: Standing):
    gaps = short.gaps(1)
    assert gaps["layer_cost"].difference > 0
    assert gaps["credit_sales"].difference == 0


def test_more_batches_are_more_runs_of_the_same_world(short: Standing):
    first = standing(short.contest, 1)
    assert first.runs == BATCHES[0]
    assert short.runs == sum(BATCHES[:2])
    for before, after in zip(first.outcomes, short.outcomes, strict=True):
        assert (before.values["credit_sales"] == after.values["credit_sales"][: first.runs]).all()


@pytest.mark.parametrize("name", SUMS)
def test_every_sum_adds_accounts_of_the_books(name: str, short_ledger: Ledger):
    known = set(short_ledger.balance["account"].unique())
    assert set(SUMS[name].plus) | set(SUMS[name].minus) <= known


@pytest.fixture(scope="module")
def short_ledger() -> Ledger:
    from sim.engine import simulate

    ledger, _ = simulate(contest.times("manufacturer", "normal", 60, 1, 0), NOW)
    return ledger


def test_the_worst_tenth_is_the_mean_of_the_largest_losses():
    losses = [float(value) for value in range(20)]
    assert made([losses, losses], "bad_debt").bad_runs(0, "bad_debt") == 18.5
    assert made([losses, losses]).bad_runs(0, "economic_profit") == 0.5


def test_a_clear_gain_is_good_and_an_unclear_one_is_neither():
    base = [100.0 * at for at in range(10)]
    up = made([base, [value + 50 + at % 2 for at, value in enumerate(base)], base[::-1]])
    assert mark(up.gaps(1)["economic_profit"])[1] == "good"
    assert mark(up.gaps(2)["economic_profit"])[1] == "unclear"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_finding_names_the_plan_that_is_ahead(lang: str):
    words = Words(lang)
    base = [1e8 * at for at in range(10)]
    found = made([base, [v + 1e8 for v in base], [v + 3e8 for v in base]])
    assert "third" in best(words, found, ["first", "second", "third"], "economic_profit")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_when_nothing_is_better_the_yardstick_is_named(lang: str):
    base = [1e8 * at for at in range(10)]
    found = made([base, [v - 1e8 for v in base]])
    said = best(Words(lang), found, ["first", "second"], "economic_profit")
    assert said.index("first") < said.index("second")


def test_the_table_has_a_row_for_each_plan_and_a_cell_for_each_figure(short: Standing):
    said = table(Words("en"), short, ["now", "insured", "again"], ["", "", ""])
    assert said.count("<tr") == 1 + 3
    assert said.count("<td>") == 3 * (1 + len(FIGURES))


def test_an_unknown_difference_is_said_to_be_unknown():
    found = made([[1.0] * 8, [float("nan")] * 8], "collector_load")
    gap = found.gaps(1)["collector_load"]
    assert "unknown" in cell(Words("en"), gap, reach([gap], False), "CNY", False)
