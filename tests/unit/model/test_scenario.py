"""Over which time, in which economy, and which policy on which day?"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sim.base.days import date_of, day_of
from sim.base.errors import BadInput
from sim.model.mechanisms import Mechanisms
from sim.model.policy import Policy
from sim.model.regimes import REGIMES, TABLE
from sim.model.scenario import (
    ORDER_SEASON,
    PAYMENT_SEASON,
    Company,
    Scenario,
    covers,
    load_scenario,
    scenario_names,
)
from sim.model.timeline import Action, Timeline
from sim.words import Words

LONG, SHORT = (Policy().with_levers({"terms.net_days": days}) for days in (90, 30))


def test_a_year_ends_on_its_last_day():
    scenario = Scenario(start=date(2025, 1, 1), days=365)
    assert (date_of(scenario.first), date_of(scenario.last)) == (date(2025, 1, 1), date(2025, 12, 31))
    assert Scenario(days=1).first == Scenario(days=1).last


@pytest.mark.parametrize("name", scenario_names())
def test_a_built_in_scenario_is_whole(name):
    scenario = load_scenario(name)
    assert scenario.name == name
    assert covers(scenario)


@pytest.mark.parametrize("name", sorted(set(REGIMES) - {"normal"}))
def test_bad_times_are_bad_in_every_way(name):
    normal, bad = TABLE["normal"], TABLE[name]
    assert bad.demand < normal.demand
    assert bad.payment < normal.payment
    assert bad.default > normal.default
    assert bad.cuts > normal.cuts


def test_only_the_core_does_without_mechanisms():
    assert not load_scenario("core").mechanisms.any_on
    for name in set(scenario_names()) - {"core"}:
        assert load_scenario(name).mechanisms == Mechanisms.all_on()


def test_an_unknown_scenario_names_the_known_ones():
    with pytest.raises(BadInput) as caught:
        load_scenario("boom")
    assert "tight_money" in Words("en").problems(caught.value)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"days": 0}, "at_least"),
        ({"days": 10.0}, "not_whole_number"),
        ({"start": "2025-01-01"}, "not_a_date"),
        ({"habit": 1.0}, "less_than"),
        ({"calendar": "mars"}, "not_a_choice"),
        ({"company": Company(), "economy": {"demand_pct": 5}}, "at_least"),
        ({"weather": "fine"}, "unknown_field"),
    ],
)
def test_a_wrong_scenario_is_told_by_field_and_rule(values, rule):
    with pytest.raises(BadInput) as caught:
        Scenario.checked(values)
    assert [problem.rule for problem in caught.value.problems] == [rule]
    assert Words("zh").problems(caught.value)


@pytest.mark.parametrize(
    ("start", "days", "known"),
    [
        ("2018-01-01", 365, True),
        ("2017-12-31", 365, False),
        ("2030-01-01", 365, True),
        ("2030-01-02", 365, False),
    ],
)
def test_the_chinese_calendar_must_know_every_day(start, days, known):
    scenario = Scenario(start=date.fromisoformat(start), days=days)
    assert covers(scenario) is known
    assert covers(scenario.model_copy(update={"calendar": "weekdays"}))


def test_seasons_move_orders_and_payments_within_the_year_not_its_total():
    for season in (PAYMENT_SEASON, *ORDER_SEASON.values()):
        assert len(season) == 12
        assert np.mean(season) == pytest.approx(1.0, abs=0.005)


def test_the_policy_of_a_day_is_the_last_one_begun():
    timeline = Timeline(policy=Policy(), changes=((100, LONG), (200, SHORT)))
    found = [timeline.policy_on(day).terms.net_days for day in (0, 99, 100, 199, 200, 10**6)]
    assert found == [60, 60, 90, 90, 30, 30]


def test_a_policy_alone_is_a_timeline_that_never_changes():
    assert Timeline.of(LONG).policy_on(day_of("2025-01-01")) is LONG
    timeline = Timeline(policy=LONG)
    assert Timeline.of(timeline) is timeline


@pytest.mark.parametrize("days", [(200, 100), (100, 100)])
def test_changes_of_policy_go_up_in_time(days):
    with pytest.raises(BadInput) as caught:
        Timeline.checked({"changes": tuple((day, LONG) for day in days)})
    assert [problem.rule for problem in caught.value.problems] == ["days_not_ascending"]


def test_a_dated_contact_names_a_move_that_exists():
    with pytest.raises(BadInput) as caught:
        Action.checked({"day": 3, "customer": "c0", "move": "shout"})
    assert [problem.field for problem in caught.value.problems] == ["move"]
