"""Do the ready plans fill their days, and is everything there that they name?"""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from sim.base.errors import BadInput
from sim.base.places import EXERCISES
from sim.panels.labs.loading import load_lab
from sim.panels.labs.timetables import shown
from sim.roleplay.reading import load_scenario_named
from sim.training.guides import DayPlan, Session, Sessions, Step
from sim.training.plans import known, needed, note_problems, plan_named, sound_plans, timed
from sim.training.reading import cases, quizzes
from sim.words import LANGUAGES, Language, Words

PLANS = {plan.id: plan for plan in sound_plans().sessions}
STEPS = [step for plan in PLANS.values() for day in plan.days for step in day.rows]
TEXT = {"en": "a", "zh": "甲"}


def a_plan(minutes: int, lab: str) -> Sessions:
    step = {"minutes": minutes, "what": TEXT, "method": TEXT, "outcome": TEXT}
    step["material"] = [{"kind": "lab", "id": lab}]
    day = DayPlan(start="09:00", total=60, rows=(Step.checked(step),))
    group = {"least": 2, "best": 3, "most": 4}
    plan = Session.checked({"id": "x", "title": TEXT, "suits": TEXT, "group": group, "days": [day]})
    return Sessions(title=plan.title, sessions=(plan,))


def test_there_are_plans_from_ninety_minutes_to_two_days_around_talks_and_around_labs():
    assert list(PLANS) == [
        "ninety_minutes", "half_day", "half_day_labs", "one_day", "one_day_labs", "two_days", "two_days_labs",
    ]  # fmt: skip
    assert [len(plan.days) for plan in PLANS.values()] == [1, 1, 1, 1, 1, 2, 2]


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: plan.id)
def test_every_plan_talks_and_asks(plan: Session):
    assert needed(plan, "roleplay")
    assert needed(plan, "quiz")
    assert needed(plan, "lab") or plan.id == "ninety_minutes"


OWN = EXERCISES / "own_plan.yaml"


def test_the_plan_to_copy_is_sound_and_holds_what_no_ready_plan_of_its_length_does():
    plan = plan_named(str(OWN))
    assert needed(plan, "lab") == ("10_people", "07_pressure_and_relationship")
    step = next(step for day in plan.days for step in day.rows if step.minutes >= 45)
    assert step.minutes >= load_lab(step.material[0].id).minutes


def test_all_that_is_wrong_with_an_own_plan_is_told_with_its_place(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    text = OWN.read_text(encoding="utf-8")
    path.write_text(
        text.replace("total: 150", "total: 200").replace("10_people", "99_nothing"), encoding="utf-8"
    )
    with pytest.raises(BadInput) as caught:
        plan_named(str(path))
    assert [problem.rule for problem in caught.value.problems] == ["plan.minutes", "plan.no_such"]
    assert all(problem.field.startswith("mine.yaml my_plan") for problem in caught.value.problems)
    path.write_text(text.replace("minutes: 15", "minutes: soon", 1), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        plan_named(str(path))
    assert [problem.field.split(" ")[0] for problem in caught.value.problems] == ["mine.yaml:24"]
    with pytest.raises(BadInput) as caught:
        plan_named(str(tmp_path / "not_there.yaml"))
    assert [problem.rule for problem in caught.value.problems] == ["file_unreadable"]


def test_what_may_be_named_is_there():
    assert set(known()["case"]) == set(cases())
    assert set(known()["quiz"]) == set(quizzes())
    assert all(load_scenario_named(number).number == number for number in known()["roleplay"])


def test_a_lab_gets_the_minutes_it_takes():
    for step in STEPS:
        labs = [load_lab(each.id) for each in step.material if each.kind == "lab"]
        assert step.minutes >= sum(lab.minutes for lab in labs), step.what.en


def test_a_role_play_gets_the_minutes_its_file_wants():
    for step in STEPS:
        played = [each.id for each in step.material if each.kind == "roleplay"]
        if len(played) == 1:  # more than one: their ledgers are looked at together
            assert step.minutes >= load_scenario_named(played[0]).minutes.total, step.what.en


def test_each_stretch_begins_when_the_one_before_it_ends():
    day = PLANS["one_day"].days[0]
    times = [(begins, ends) for begins, ends, _ in timed(day)]
    assert times[0] == ("09:00", "09:10")
    assert [ends for _, ends in times[:-1]] == [begins for begins, _ in times[1:]]
    assert times[-1][1] == "16:30"


def test_a_day_that_does_not_add_up_or_names_what_is_not_there_is_refused():
    with pytest.raises(BadInput) as caught:
        note_problems(a_plan(40, "99_nothing").sessions, known())
    assert [found.rule for found in caught.value.problems] == ["plan.minutes", "plan.no_such"]
    for lang in LANGUAGES:
        assert "99_nothing" in Words(lang).problems(caught.value)


def test_an_unknown_plan_is_told_which_there_are():
    with pytest.raises(BadInput) as caught:
        plan_named("three_days")
    assert "two_days_labs" in Words("en").problems(caught.value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_trainers_room_shows_every_plan_and_how_to_print_it(lang: Language):
    page = shown(Words(lang)).html
    for plan in PLANS.values():
        assert plan.title.said(lang) in unescape(page)
        assert f"arlab papers {plan.id} --lang {lang}" in page
    assert "01_start_here.ipynb" in page
    assert "role_plays.ipynb" in page
