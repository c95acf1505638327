"""Does a score weigh what we know, is a grade the score's, and do grades wander as they should?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import fractional_matrix_power

from sim.model import scorecard as sc
from sim.model.portfolio import GRADES

UNKNOWN = np.nan
NORMALS = np.random.default_rng(7).standard_normal(40_000)


def blocks(**points):
    return np.array([[points.get(name, UNKNOWN) for name in sc.BLOCKS]])


# --- Score and grade ----------------------------------------------------------------------------------------------


def test_the_blocks_have_the_published_weights():
    weights = dict(zip(sc.BLOCKS, sc.SCORECARD.weights, strict=True))
    assert sum(weights.values()) == 100
    assert sum(sc.SCORECARD.weights[sc.FINANCIAL]) == 35
    assert (weights["history"], weights["identity"], weights["dependence"]) == (25, 10, 5)


def test_grades_are_those_of_the_portfolio():
    assert sc.GRADES == GRADES
    assert len(sc.BLOCKS) == len(sc.SCORECARD.weights)


def test_a_score_by_hand():
    known = blocks(**{**dict.fromkeys(sc.BLOCKS, 50), "history": 90})
    assert sc.score(known).tolist() == [60.0]  # 50 + 25 % of 40 more


def test_full_points_are_a_hundred_and_none_are_zero():
    assert sc.score(np.array([[100.0] * 10, [0.0] * 10])).tolist() == [100.0, 0.0]


def test_what_is_unknown_is_left_out_and_not_taken_for_nothing():
    known = blocks(history=80, identity=45)
    assert sc.score(known)[0] == pytest.approx((25 * 80 + 10 * 45) / 35)
    assert sc.known_share(known)[0] == pytest.approx(0.35)


def test_without_any_knowledge_there_is_no_grade():
    nothing = sc.score(blocks())
    assert np.isnan(nothing).all()
    assert sc.grade_of(nothing).tolist() == [sc.UNGRADED]
    assert sc.pd_of(sc.grade_of(nothing)).tolist() == [0.20]  # counts as the worst


def test_a_score_on_the_cut_off_has_the_better_grade():
    scores = [100, 80, 79.999, 60, 40, 20, 19.999, 0]
    assert [sc.GRADES[grade] for grade in sc.grade_of(scores)] == list("AABBCDEE")


@given(st.lists(st.integers(0, 100), min_size=10, max_size=10), st.integers(0, 9))
def test_more_points_in_a_block_never_make_a_worse_grade(points, which):
    better = list(points)
    better[which] = 100
    grades = sc.grade_of(sc.score(np.array([points, better], dtype=float)))
    assert grades[1] <= grades[0]


def test_other_weights_need_not_sum_to_a_hundred():
    card = dataclasses.replace(sc.SCORECARD, weights=tuple(2 * weight for weight in sc.SCORECARD.weights))
    some = np.arange(10.0)[None, :] * 10
    assert sc.score(some, card) == pytest.approx(sc.score(some))


# --- Points from facts --------------------------------------------------------------------------------------------


def test_points_lie_on_a_line_between_worst_and_best():
    assert sc.points([0.5, 0.8, 1.4, 2.0, 9.0], (0.8, 2.0)) == pytest.approx([0, 0, 50, 100, 100])
    assert sc.points([1.0, 0.6, 0.35], (0.85, 0.35)) == pytest.approx([0, 50, 100])
    assert np.isnan(sc.points([UNKNOWN], (0.0, 1.0))).all()


def test_payment_history_by_hand():
    # 30 d late of 60: 50 points; half late: 50; one of three promises broken: 66.7
    assert sc.history_points([0, 30, 90], [0, 0.5, 1], [0, 1, 5]) == pytest.approx(
        [100, 25 + 15 + 20 * 2 / 3, 0]
    )


def test_accounts_become_four_blocks_and_missing_ones_stay_missing():
    found = sc.financial_points([1.4, UNKNOWN], [0.6, 0.6], [0.03, 0.03], [10**7.7, 10**7.7])
    assert found[0] == pytest.approx([50, 50, 50, 50])
    assert np.isnan(found[1]).tolist() == [True, False, False, False]


# --- What we see --------------------------------------------------------------------------------------------------

AUDITED, NONE = sc.INFORMATION.index("audited"), sc.INFORMATION.index("none")


def seen(level, points=50.0):
    true = np.full((len(NORMALS), len(sc.BLOCKS)), points)
    return sc.measured_blocks(true, np.full(len(NORMALS), level), NORMALS)


@pytest.mark.parametrize(("level", "grades"), [(0, 1.0), (1, 0.7), (2, 0.3)])
def test_accounts_are_misread_by_so_many_grades(level, grades):
    errors = (seen(level) - 50.0) / sc.GRADE_POINTS
    assert errors[:, sc.FINANCIAL].std() == pytest.approx(grades, rel=0.03)
    assert not errors[:, : sc.FINANCIAL.start].any()
    assert not errors[:, sc.FINANCIAL.stop :].any()


def test_all_accounts_err_together():
    financial = seen(AUDITED)[:, sc.FINANCIAL]
    assert (financial == financial[:, :1]).all()


def test_better_information_makes_fewer_wrong_grades():
    wrong = [(sc.grade_of(sc.score(seen(level, 58.0))) != 2).mean() for level in (NONE, 1, AUDITED)]
    assert wrong[0] > wrong[1] > wrong[2]


def test_points_seen_stay_points():
    for points in (0.0, 100.0):
        assert seen(NONE, points).min() >= 0.0
        assert seen(NONE, points).max() <= 100.0


def test_reading_changes_nothing_of_the_truth():
    true = np.full((1, 10), 50.0)
    sc.measured_blocks(true, np.array([NONE]), np.array([2.0]))
    assert (true == 50.0).all()


# --- Grades, default, migration -----------------------------------------------------------------------------------


def test_a_grades_chance_of_failing_is_worth_the_middle_of_its_points():
    scores = sc.score_of_pd(sc.pd_of(np.arange(5)))
    assert scores == pytest.approx([90, 70, 50, 30, 10])
    assert sc.grade_of(scores).tolist() == [0, 1, 2, 3, 4]
    assert sc.score_of_pd([0.0, 1.0]).tolist() == [90.0, 10.0]


def test_the_year_fails_as_the_grades_say():
    year = sc.yearly_migration()
    assert year.sum(axis=1) == pytest.approx(np.ones(6))
    assert year[:5, 5] == pytest.approx(sc.pd_of(np.arange(5)))


def test_twelve_months_are_nearly_a_year():
    month, year = sc.monthly_migration(), sc.yearly_migration()
    assert month.min() >= 0.0
    assert month.sum(axis=1) == pytest.approx(np.ones(6))
    assert np.abs(np.linalg.matrix_power(month, 12) - year).max() < 3e-4


def test_the_root_is_that_of_scipy_but_for_the_clipping():
    root = fractional_matrix_power(sc.yearly_migration(), 1 / 12)
    assert root.min() < 0.0  # so clipping is needed
    assert np.abs(sc.monthly_migration() - root).max() < 1e-4


def test_default_is_the_end():
    assert sc.monthly_migration()[5].tolist() == [0, 0, 0, 0, 0, 1]


def test_nobody_writes_into_the_shared_matrix():
    with pytest.raises(ValueError, match="read-only"):
        sc.yearly_migration()[0, 0] = 1.0


@pytest.mark.parametrize("factor", [0.5, 1.0, 2.2, 3.5, 100.0])
def test_stress_moves_grades_down_and_leaves_rises_alone(factor):
    year = sc.yearly_migration()
    hard = sc.stressed(year, factor)
    assert hard.sum(axis=1) == pytest.approx(np.ones(6))
    assert hard.min() >= -1e-12
    assert np.tril(hard, -1) == pytest.approx(np.tril(year, -1))
    if factor <= 3.5:
        assert np.triu(hard, 1) == pytest.approx(factor * np.triu(year, 1))


def test_survivors_share_the_years_other_fates():
    alive = sc.of_survivors(sc.yearly_migration())
    assert alive.shape == (5, 5)
    assert alive.sum(axis=1) == pytest.approx(np.ones(5))
    assert alive[4, 4] == pytest.approx(0.666 / 0.80)


def test_grades_drawn_come_as_often_as_the_matrix_says():
    luck = (np.arange(100_000) + 0.5) / 100_000
    year = sc.yearly_migration()
    for grade in range(5):
        drawn = sc.next_grade(np.full(len(luck), grade), luck, year)
        assert np.bincount(drawn, minlength=6) / len(luck) == pytest.approx(year[grade], abs=2e-5)
