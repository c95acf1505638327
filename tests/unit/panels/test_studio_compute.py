"""Are the studio's figures those of the panels, and do both sides of a dated change agree until its day?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.base.days import date_of
from sim.measure import METRICS
from sim.panels.live.compute import answer as panel_answer
from sim.panels.live.compute import portfolio_of
from sim.panels.live.question import Figures, Question
from sim.panels.studio.compute import (
    FIRST_CHARTS,
    FIRST_TABLE,
    StudioQuestion,
    answer,
    first_day_of_month,
    glance,
    whole_of,
)

POLICY = portfolio_of("manufacturer").policy_in_force
SHORTER = POLICY.with_levers({"terms.net_days": 30})


@pytest.fixture(scope="module")
def asked() -> StudioQuestion:
    return StudioQuestion("manufacturer", "core", POLICY, SHORTER, figures=Figures(FIRST_CHARTS, ()))


def test_the_studio_says_what_the_panel_says(asked):
    question = Question("manufacturer", "core", POLICY, SHORTER, figures=Figures(FIRST_CHARTS, FIRST_TABLE))
    found, panel = answer(asked, 2), panel_answer(question, 2)
    for name in FIRST_TABLE:
        assert found.differences[name] == panel.differences[name] or np.isnan(panel.differences[name].low), (
            name
        )
    for name in FIRST_CHARTS:
        np.testing.assert_array_equal(
            found.alternative.monthly[name], panel.alternative.monthly[name], err_msg=name
        )


def test_every_figure_there_is_is_known(asked):
    found = answer(asked, 1)
    assert set(found.differences) == set(METRICS)
    assert len(found.differences) == len(METRICS)


def test_a_later_beginning_leaves_the_months_before_as_they_were(asked):
    later = replace(asked, from_month=4)
    assert date_of(first_day_of_month(later, 4)).isoformat() == "2025-04-01"
    assert date_of(first_day_of_month(later, 1)).isoformat() == "2025-01-01"
    found = answer(later, 1)
    before, after = found.baseline.monthly["ar"][:1], found.alternative.monthly["ar"][:1]
    np.testing.assert_array_equal(before[:, :3], after[:, :3])
    assert (before[:, 3:] != after[:, 3:]).any()


def test_other_charts_are_another_question(asked):
    other = replace(asked, figures=Figures(("dso_countback", "churned"), ()))
    assert set(answer(other, 1).alternative.monthly) == {"dso_countback", "churned"}
    assert not asked.is_drawn_like(other)
    assert asked.is_drawn_like(replace(asked, alternative=POLICY))


def test_a_glance_shows_the_first_months_of_the_answer_to_come(asked):
    answer(asked, 1)
    other = replace(asked, alternative=POLICY.with_levers({"terms.net_days": 25}))
    seen = glance(other)
    assert seen is not None
    found = answer(other, 1).alternative
    for name in FIRST_CHARTS:
        months = seen.alternative.monthly[name].shape[1]
        np.testing.assert_array_equal(seen.alternative.monthly[name], found.monthly[name][:, :months])
    assert glance(other) is None


def test_another_policy_on_the_same_runs_is_the_same_as_asking_for_it(asked):
    found = answer(asked, 2)
    alone = whole_of(asked, SHORTER, ("ar", "economic_profit"), found.runs)
    for name, values in alone.values.items():
        np.testing.assert_array_equal(values, found.alternative.whole.values[name][: found.runs])
