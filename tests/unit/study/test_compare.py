"""Is a difference between two policies told with the doubt it deserves?"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.base.errors import BadInput
from sim.engine import simulate
from sim.measure import METRICS, measure
from sim.model.policy import Policy
from sim.study import compare
from sim.study.compare import (
    COLUMNS,
    HEADLINE,
    Outcome,
    differences,
    interval,
    interval_of_shares,
    joined,
    outcome,
)
from sim.words import Words
from sim.world import draw
from tests.twin.worlds import customers, portfolio, scenario

SHORT = Policy().with_levers({"terms.net_days": 30})
FEW = ("ar", "dso", "credit_sales", "days_late")


@pytest.fixture(scope="module")
def world():
    return draw(portfolio(customers(15)), scenario(120), seed=4, runs=5)


def of(**values):
    return Outcome({name: np.array(column, dtype=float) for name, column in values.items()})


def row(baseline, alternative, name="ar"):
    table = differences(of(**{name: baseline}), of(**{name: alternative})).table
    return table.set_index("metric").loc[name]


def test_the_interval_is_students_on_the_paired_differences():
    """Differences 1, 2, 3 and 6: mean 3, sd 2.16, t(3) = 3.182, half width 3.437."""
    found = row([10, 20, 30, 40], [11, 22, 33, 46])
    assert (found["baseline"], found["alternative"], found["difference"]) == (25, 28, 3)
    half = 3.182446 * np.sqrt(14 / 3) / 2
    assert (found["low"], found["high"]) == (pytest.approx(3 - half), pytest.approx(3 + half))
    assert (found["agree"], found["runs"], found["unit"]) == (1.0, 4, "fen")


def test_the_interval_is_scipys():
    values = np.random.default_rng(1).normal(3.0, 2.0, 40)
    expected = stats.ttest_1samp(values, 0.0).confidence_interval(0.95)
    assert interval(values) == (pytest.approx(expected.low), pytest.approx(expected.high))
    wide = stats.ttest_1samp(values, 0.0).confidence_interval(0.99)
    assert interval(values, 0.99) == (pytest.approx(wide.low), pytest.approx(wide.high))


def test_an_interval_covers_the_truth_as_often_as_it_says():
    draws = np.random.default_rng(2).exponential(1.0, (2_000, 20)) - np.random.default_rng(3).exponential(
        1.0, (2_000, 20)
    )
    ends = np.array([interval(values) for values in draws])
    covered = ((ends[:, 0] <= 0) & (ends[:, 1] >= 0)).mean()
    assert covered == pytest.approx(0.95, abs=0.03)


def test_runs_that_point_the_other_way_do_not_agree():
    assert row([0, 0, 0, 0], [5, 5, 5, -1])["agree"] == 0.75
    assert (
        row([0, 0, 0, 0], [-5, -5, 5, 0])["agree"] == 0.5
    )  # a run without change agrees with no change only


def test_one_run_tells_a_difference_and_no_interval():
    found = row([10], [12])
    assert found["difference"] == 2
    assert np.isnan([found["low"], found["high"]]).all()
    assert found["runs"] == 1


def test_what_is_unknown_under_one_policy_is_left_out_of_the_pair():
    found = row([1, np.nan, 3, 4], [2, 2, np.nan, 8])
    assert (found["runs"], found["difference"], found["baseline"]) == (2, 2.5, 2.5)


def test_what_is_unknown_in_all_runs_stays_unknown():
    found = row([np.nan, 1], [1, np.nan])
    numbers = ("baseline", "alternative", "difference", "low", "high", "agree")
    assert all(np.isnan(found[name]) for name in numbers)
    assert found["runs"] == 0


def test_what_only_one_policy_has_is_shown_there_without_a_difference():
    found = row([0.5, 0.7, np.nan], [np.nan, np.nan, np.nan])
    assert found["baseline"] == pytest.approx(0.6)
    assert all(np.isnan(found[name]) for name in ("alternative", "difference", "low", "high", "agree"))
    assert found["runs"] == 0


def test_identical_policies_differ_by_exactly_nothing(world):
    table = compare(world, Policy(), Policy()).table
    known = table[table["runs"] > 0]
    assert len(known) > 10
    assert (known[["difference", "low", "high"]] == 0.0).all(axis=None)
    assert (known["agree"] == 1.0).all()


def test_a_comparison_has_one_row_for_each_headline_figure(world):
    table = compare(world, Policy(), SHORT).table
    assert tuple(table.columns) == COLUMNS
    assert tuple(table["metric"]) == HEADLINE
    assert set(HEADLINE) <= set(METRICS)
    assert table["unit"].tolist() == [METRICS[name].unit for name in HEADLINE]


def test_a_comparison_pairs_run_with_run(world):
    """The same figures measured apart, run by run."""
    found = compare(world, Policy(), SHORT, FEW).table.set_index("metric")
    sides = []
    for policy in (Policy(), SHORT):
        measured = measure(simulate(world, policy)[0], FEW, every="all")
        sides.append({name: measured.values(name)["all"].to_numpy() for name in FEW})
    for name in FEW:
        change = sides[1][name] - sides[0][name]
        assert found.loc[name, "difference"] == pytest.approx(change.mean())
        assert (found.loc[name, "low"], found.loc[name, "high"]) == pytest.approx(interval(change))


def test_shorter_terms_shorten_the_dso(world):
    found = compare(world, Policy(), SHORT, ("dso",)).table.iloc[0]
    assert found["high"] < 0


def test_runs_added_in_batches_are_runs_compared_at_once(world):
    people, plan = world.portfolio, world.scenario
    parts = [
        outcome(draw(people, plan, seed=4, runs=count, first_run=first), SHORT, FEW)
        for first, count in ((0, 2), (2, 3))
    ]
    whole, together = outcome(world, SHORT, FEW), joined(parts)
    for name in FEW:
        np.testing.assert_array_equal(whole.values[name], together.values[name])


def test_a_company_without_orders_has_unknown_ratios_not_zeros():
    still = draw(portfolio(customers(2, orders_per_year=0.0)), scenario(30), runs=2)
    table = compare(still, Policy(), SHORT).table.set_index("metric")
    assert table.loc["credit_sales", "baseline"] == 0.0
    for name in ("dso", "overdue_ratio", "days_late", "bad_debt_ratio"):
        assert np.isnan(table.loc[name, "baseline"]), name


def test_an_unknown_figure_is_refused_by_name(world):
    with pytest.raises(BadInput) as caught:
        compare(world, Policy(), SHORT, ("dso", "dsoo"))
    assert "dsoo" in Words("en").problems(caught.value)


@pytest.mark.parametrize("hits", [0, 1, 9, 62, 64])
def test_shares_of_runs_differ_by_no_more_than_all_of_them(hits: int):
    before, after = np.zeros(64), np.repeat([1.0, 0.0], [hits, 64 - hits])
    low, high = interval_of_shares(before, after)
    assert -1.0 <= low <= hits / 64 <= high <= 1.0
    assert (low < high) == (hits > 0)  # 64 of 64 is no certainty either
    assert interval_of_shares(after, before) == pytest.approx((-high, -low))


def test_an_interval_of_shares_holds_the_truth_nineteen_times_of_twenty():
    luck = np.random.default_rng(90_115)
    held = []
    for _ in range(2_000):
        both = luck.random(40)
        low, high = interval_of_shares((both < 0.1) * 1.0, (both < luck.choice([0.1, 0.5], 40)) * 1.0)
        held.append(low <= 0.2 <= high)
    assert 0.93 <= np.mean(held) <= 0.98


def test_one_run_or_none_that_differs():
    assert np.isnan(interval_of_shares(np.ones(1), np.zeros(1))).all()
    assert interval_of_shares(np.ones(8), np.ones(8)) == (0.0, 0.0)
