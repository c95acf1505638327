"""Does each kind of task accept what is right, answer what is wrong, and keep its hints until they are asked for?"""

from __future__ import annotations

import dataclasses

import pytest

from sim.panels.labs import kinds
from sim.panels.labs.answers import question_of, setup_of, worked_out
from sim.panels.labs.declared import Comparison, Condition, Figure
from sim.panels.labs.goals import Reached, reached, sentence, state
from sim.panels.labs.kinds import ChoiceBox, GoalBox, NumberBox, OrderBox, shuffled
from sim.panels.labs.told import amount, prose, read_number
from sim.panels.labs.trial import example_question, tried
from sim.panels.live.compute import answer
from sim.panels.live.what_if import WhatIf
from sim.words import Words
from tests.unit.panels.lab_files import loaded


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    return loaded(tmp_path_factory.mktemp("lab"))


@pytest.fixture(params=["en", "zh"])
def words(request) -> Words:
    return Words(request.param)


def task_of(lab, name: str):
    return next(task for task in lab.tasks if task.id == name)


def test_a_wrong_option_gets_its_own_reply_and_the_right_one_the_explanation(lab, words):
    box = ChoiceBox(task_of(lab, "one"), 1, words)
    box.laid_out()
    box.check()
    assert box.progress.tries == 0
    box._radio.value = 0
    box.check()
    assert {"en": "too early", "zh": "回应"}[words.lang] in box.feedback.value
    assert not box.progress.is_solved
    box._radio.value = 1
    box.check()
    assert box.progress.is_solved
    assert {"en": "because", "zh": "因为"}[words.lang] in box.feedback.value


def test_of_several_right_options_all_are_needed(lab):
    box = ChoiceBox(task_of(lab, "many"), 2, Words("en"))
    box.laid_out()
    box._ticks[0].value = True
    box.check()
    assert "still missing: 1" in box.feedback.value
    box._ticks[1].value = box._ticks[2].value = True
    box.check()
    assert "bad" in box.feedback.value
    assert not box.progress.is_solved
    box._ticks[1].value = False
    box.check()
    assert box.progress.is_solved


def test_a_number_is_checked_within_its_tolerance_and_a_known_mistake_is_answered(lab, words):
    box = NumberBox(task_of(lab, "figure"), 3, words, lab)
    box.laid_out()
    for typed in ("", "about sixty"):
        box._field.value = typed
        box.check()
        assert box.progress.tries == 0
    box._field.value = "6.08"
    box.check()
    assert {"en": "turnover", "zh": "周转次数"}[words.lang] in box.feedback.value
    box._field.value = "75"
    box.check()
    assert {"en": "too high", "zh": "偏大"}[words.lang] in box.feedback.value
    box._field.value = "60"
    box.check()
    assert box.progress.is_solved
    assert "1,200,000 ÷ 7,300,000" in box.feedback.value


def test_what_is_entered_anew_is_not_answered_by_what_came_late(lab, monkeypatch):
    box = NumberBox(task_of(lab, "figure"), 3, Words("en"), lab)
    box.laid_out()
    waiting = []
    monkeypatch.setattr(kinds, "beside", lambda work, done, failed: waiting.append(lambda: done(work())))
    for typed in ("75", "60"):  # the first is still being worked at when the second is checked
        box._field.value = typed
        box.check()
    first, second = waiting
    second()
    assert box.progress.is_solved
    first()
    assert len(waiting) == 2
    assert "Right" in box.feedback.value
    assert box.progress.tries == 1


def test_hints_come_one_after_the_other_and_the_answer_only_after_a_try(lab):
    box = NumberBox(task_of(lab, "figure"), 3, Words("en"), lab)
    box.laid_out()
    assert box._hints.value == ""
    assert box.answer_button.layout.display == "none"
    box.hint()
    assert "first" in box._hints.value
    assert "second" not in box._hints.value
    box.hint()
    assert "second" in box._hints.value
    assert box.hint_button.layout.display == "none"
    box._field.value = "1"
    box.check()
    assert box.answer_button.layout.display == ""
    box.answer_button.click()
    assert box.progress.is_shown
    assert "60 days" in box.feedback.value
    box._field.value = "60"
    box.check()
    assert box.progress.key == "lab.task.state.hinted"


def test_items_are_shuffled_the_same_way_every_time_and_moved_one_place(lab):
    assert shuffled(5, "a") == shuffled(5, "a")
    assert all(shuffled(3, str(seed)) != [0, 1, 2] for seed in range(60))
    box = OrderBox(task_of(lab, "order"), 5, Words("en"), "lab")
    box.laid_out()
    box.order = [2, 0, 1]
    box.move(0, -1)
    assert box.order == [2, 0, 1]
    box.check()
    assert "0 of 3" in box.feedback.value
    box.move(0, 1)
    box.move(1, 1)
    assert box.order == [0, 1, 2]
    box.check()
    assert box.progress.is_solved


def test_a_goal_is_judged_by_the_panels_newest_answer(lab, words):
    panel = WhatIf(words.lang, setup=setup_of(lab))
    box = GoalBox(task_of(lab, "goal"), 4, words, lambda: panel.newest)
    box.laid_out()
    box.check()  # one run only: too early to say
    assert box.progress.tries == 0
    panel._show(answer(panel._question(), 2), 2)
    box.check()
    assert box.progress.is_solved  # 15 days less of terms
    panel._levers._inputs["alternative"]["terms.net_days"].value = 60
    panel._show(answer(panel._question(), 2), 2)
    box.check()
    assert {"en": "not kept", "zh": "未达到"}[words.lang] in box.feedback.value


def test_an_answer_to_another_question_is_not_judged(lab):
    panel = WhatIf("en", setup=setup_of(lab))
    assert panel.newest is not None
    panel.heard.clear()
    panel.current = dataclasses.replace(panel.current, question=question_of(lab, Comparison(policy="strict")))
    assert panel.newest is None


def test_a_bound_is_surely_kept_only_by_the_whole_interval():
    assert state((-12.0, -13.0, -11.0), -10.0, "difference_at_most") is Reached.SURELY
    assert state((-10.5, -12.0, -9.0), -10.0, "difference_at_most") is Reached.NEARLY
    assert state((-8.0, -9.0, -7.0), -10.0, "difference_at_most") is Reached.NOT
    assert state((float("nan"),) * 3, 0.0, "at_least") is Reached.NOT
    assert sentence("difference_at_most", -10) == "falls_at_least"
    assert sentence("difference_at_least", -10) == "falls_at_most"
    assert sentence("difference_at_least", 0) == "no_fall"


def test_a_condition_in_yuan_is_held_against_fen(lab):
    found = answer(question_of(lab, Comparison()), 2)
    condition = Condition(metric="ar", at_least=1.0, at_most=1e12)
    assert reached(Words("en"), condition, found).state is Reached.SURELY
    assert reached(Words("en"), Condition(metric="ar", at_least=1e12), found).state is Reached.NOT


def test_a_figure_of_the_simulator_comes_with_its_interval(lab):
    one = worked_out(lab, Figure(value="metric:dso"), 2)
    other = worked_out(lab, Figure(value="metric:dso", policy="as_is"), 2)
    gap = worked_out(lab, Figure(value="difference:dso"), 2)
    assert one.low < one.value < one.high
    assert gap.value == pytest.approx(one.value - other.value)
    money = worked_out(lab, Figure(value="metric:ar", policy="as_is"), 2)
    assert 1e6 < money.value < 1e9  # yuan


def test_what_a_lab_leaves_to_the_simulator_is_tried(lab):
    found = {one.what: one.holds for one in tried(lab)}
    assert found == {"prediction way": True, "prediction much": True, "task figure": True, "goal goal": False}
    goal = task_of(lab, "goal")  # reached before anything is moved: no task at all
    assert example_question(lab, goal).alternative.value_of("terms.net_days") == 40


def test_numbers_are_read_as_people_type_them():
    assert read_number("１８．５", "days", "zh") == 18.5
    assert read_number("37.2 %", "percent", "en") == pytest.approx(0.372)
    assert read_number("-1,200.5", "yuan", "en") == -1200.5
    assert read_number("120", "money", "zh") == 1_200_000
    assert read_number("120", "money", "en") == 120_000
    assert read_number("¥1.2m", "money", "en") == 1_200_000
    assert read_number("120万元", "money", "zh") == 1_200_000
    assert read_number("60 days", "days", "en") == 60
    for wrong in ("", "x", "1e5", "--3", "1 2 3 x"):
        assert read_number(wrong, "days", "en") is None


def test_texts_are_safe_and_may_be_bold():
    assert prose("**so** <b> *it*", "en") == "<strong>so</strong> &lt;b&gt; <em>it</em>"
    assert amount(Words("zh"), 1_200_000, "money") == "¥120.0万"
