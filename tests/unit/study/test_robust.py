"""Does a trial of an assumption change what it should, and nothing for good?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.portfolio_files import load_portfolio
from sim.model.relationship import RELATIONSHIP
from sim.study.assumptions import Assumption, assumptions
from sim.study.robust import Case, assumed, mean_and_interval, tried, tried_here, verdict

PEOPLE = load_portfolio("manufacturer")
POLICY = PEOPLE.policy_in_force
CASE = Case(
    PEOPLE, "normal", POLICY, POLICY.with_levers({"terms.net_days": 45}), ("economic_profit",), runs=2
)


def known(key: str) -> Assumption:
    return next(one for one in assumptions(PEOPLE) if one.key == key)


@pytest.mark.parametrize("one", assumptions(PEOPLE), ids=lambda one: one.key)
@pytest.mark.parametrize("end", ["low", "high"])
def test_every_assumption_can_be_set_and_is_put_back(one: Assumption, end: str):
    value = getattr(one, end)
    if one.place == "model":
        before = getattr(one.group, one.field)
        with assumed(CASE, one, value) as changed:
            assert changed is CASE
            assert getattr(one.group, one.field) == pytest.approx(value)
            assert type(getattr(one.group, one.field)) is type(before)
        assert getattr(one.group, one.field) == before
    else:
        with assumed(CASE, one, value) as changed:
            people = changed.portfolio
        found = (
            getattr(people.company, one.field)
            if one.place == "company"
            else float(np.mean(people.column(one.field)))
        )
        assert found == pytest.approx(value, rel=0.05)
        again = next(same for same in assumptions(PEOPLE) if same.key == one.key)
        assert again.base == one.base


def test_a_figure_is_put_back_when_the_run_fails():
    one = known("relationship.churn_year")
    with pytest.raises(RuntimeError, match="on purpose"), assumed(CASE, one, one.high):
        raise RuntimeError("on purpose")
    assert one.base == RELATIONSHIP.churn_year


def test_what_is_tried_changes_the_difference_and_what_was_assumed_comes_first():
    base, low, high = tried_here(CASE, ["company.margin_bp"])
    assert (base.end, low.end, high.end) == ("base", "low", "high")
    values = [found.differences["economic_profit"][0] for found in (low, base, high)]
    assert values == sorted(values, reverse=True)  # fewer orders cost the more, the more each of them earns


def test_a_process_of_its_own_finds_the_same_and_leaves_our_figures_alone():
    key = "relationship.churn_year"
    here = list(tried_here(CASE, [key]))
    apart = list(tried(CASE, [key]))
    assert [found.key for found in apart] == ["", key, key]
    for one, other in zip(here, apart, strict=True):
        assert one.differences == other.differences
    assert apart[1].differences != apart[0].differences
    assert known(key).base == RELATIONSHIP.churn_year


def test_it_ends_when_it_is_stopped():
    assert list(tried(CASE, ["company.margin_bp"], lambda: True)) == []


@pytest.mark.parametrize(
    ("base", "ends", "said"),
    [
        ((5.0, 4.0, 6.0), [(4.0, 3.0, 5.0), (7.0, 6.0, 8.0)], "holds"),
        ((5.0, 4.0, 6.0), [(1.0, -1.0, 3.0), (7.0, 6.0, 8.0)], "weaker"),
        ((5.0, 4.0, 6.0), [(-2.0, -3.0, -1.0), (7.0, 6.0, 8.0)], "turns"),
        ((-5.0, -6.0, -4.0), [(-1.0, -2.0, -0.5), (-9.0, -9.5, -8.0)], "holds"),
        ((1.0, -1.0, 3.0), [(4.0, 3.0, 5.0), (7.0, 6.0, 8.0)], "unclear"),
        ((5.0, 4.0, 6.0), [(float("nan"),) * 3, (7.0, 6.0, 8.0)], "turns"),
    ],
)
def test_the_verdict_looks_at_the_sign_and_at_how_sure_it_is(base, ends, said):
    assert verdict(base, ends) == said


def test_the_mean_of_nothing_known_is_unknown():
    assert all(np.isnan(mean_and_interval(np.array([np.nan, np.nan]))))
    assert mean_and_interval(np.array([1.0, np.nan, 3.0]))[0] == 2.0
