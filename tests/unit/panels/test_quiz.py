"""Does the quiz ask what was chosen, judge every kind of answer, say why, and bring wrong ones again?"""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.panels.labs.opening import entry_of
from sim.panels.parts.look import safe
from sim.panels.quiz.numbers import typed_number
from sim.panels.quiz.rounds import Posed, Round, draw, fitting
from sim.panels.quiz.stage import QuizBox
from sim.panels.quiz.told import READ_AGAIN, ROLE_PLAYS, Told
from sim.training.quiz import Choice, Figure, Order, is_right, slip
from sim.training.reading import quizzes
from sim.words import LANGUAGES, Words

ALL = [posed for topic in quizzes() for posed in fitting(quizzes(), [topic], 0)]
FIGURES = [posed.question for posed in ALL if isinstance(posed.question, Figure)]
NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"


def right_answer(posed: Posed):
    question = posed.question
    if isinstance(question, Figure):
        return float(question.value)
    if isinstance(question, Order):
        return tuple(range(len(question.items)))
    return tuple(at for at, option in enumerate(question.options) if option.right)


def answer_rightly(box: QuizBox) -> None:
    """Fill in the right answer to the question that is asked, as a person does."""
    question, entry = box._question, box._entry
    if isinstance(question, Figure):
        entry._field.value = question.value
    elif isinstance(question, Order):
        for place in range(len(question.items)):
            for at in range(entry.order.index(place), place, -1):
                entry.move(at, -1)
    elif question.kind == "one":
        entry._radio.value = right_answer(Posed("", question))[0]
    else:
        for tick, at in zip(entry._ticks, entry.order, strict=False):
            tick.value = question.options[at].right


def test_only_what_was_chosen_is_asked():
    found = fitting(quizzes(), ["law", "cash"], 2)
    assert {posed.topic for posed in found} == {"law", "cash"}
    assert {posed.question.level for posed in found} == {2}


def test_topics_take_turns_and_nothing_is_asked_twice():
    played = draw(ALL, 9, seed=3)
    assert len({posed.topic for posed in played.posed}) == 9
    assert len({posed.question.id for posed in draw(ALL, 200, seed=3).posed}) == len(ALL)


def test_the_same_seed_asks_the_same_and_another_does_not():
    assert draw(ALL, 10, seed=1) == draw(ALL, 10, seed=1)
    assert draw(ALL, 10, seed=1).posed != draw(ALL, 10, seed=2).posed


def test_other_questions_come_before_those_already_seen():
    found = fitting(quizzes(), ["terms"], 0)
    seen = {posed.question.id for posed in draw(found, 5, seed=1).posed}
    second = [posed.question.id for posed in draw(found, len(found), seed=2, seen=seen).posed]
    assert set(second[: len(found) - 5]).isdisjoint(seen)
    assert set(second[len(found) - 5 :]) == seen


def test_right_answers_count_by_topic_and_wrong_ones_come_again():
    played = draw(ALL, 9, seed=5)
    for number, posed in enumerate(played.posed):
        right = right_answer(posed)
        wrong = right + 1e9 if isinstance(right, float) else ()
        played = played.answer(wrong if number < 2 else right)
    assert played.is_over
    assert played.right == 7
    assert sum(right for right, _ in played.by_topic().values()) == 7
    assert played.again(6).posed == played.posed[:2]


@pytest.mark.parametrize("posed", ALL, ids=lambda posed: posed.question.id)
def test_every_question_can_be_answered_rightly_on_screen(posed: Posed):
    for lang in LANGUAGES:
        box = QuizBox(lang, seed=1)
        box._begin(Round((posed,), 1))
        answer_rightly(box)
        box.go()
        assert box.played.right == 1
        assert safe(posed.question.explanation.said(lang)) in box._feedback.value
        box.go()
        assert box._result.layout.display == ""


@pytest.mark.parametrize("question", FIGURES, ids=lambda question: question.id)
def test_a_number_is_understood_with_its_unit_in_both_languages(question: Figure):
    for lang in LANGUAGES:
        unit = question.unit.said(lang)
        for typed in (question.value, f" {question.value} {unit}", f"{question.value}{unit}"):
            assert is_right(question, typed_number(question, typed, lang))
        assert typed_number(question, "much", lang) is None
        assert typed_number(question, "", lang) is None


def test_thousands_and_full_width_signs_are_understood():
    question = next(each for each in FIGURES if each.value == "330000")
    for typed in ("330,000", "33万", "33万元", "３３００００", "330k"):
        assert typed_number(question, typed, "zh") == 330_000
    in_millions = next(each for each in FIGURES if each.unit.en == "million yuan")
    assert typed_number(in_millions, "720万", "zh") == typed_number(in_millions, "7.2", "zh") == 7.2


def test_a_common_slip_gets_its_own_reply():
    told = Told(Words("en"))
    for question in FIGURES:
        for mistake in question.mistakes:
            assert slip(question, float(mistake.value)) == mistake
            assert told.replies(question, float(mistake.value)) != []


def test_each_wrong_option_is_answered_and_what_is_missing_counted():
    question = next(each.question for each in ALL if each.question.kind == "many")
    assert isinstance(question, Choice)
    wrong = next(at for at, option in enumerate(question.options) if not option.right)
    replies = Told(Words("en")).replies(question, (wrong,))
    assert len(replies) == 2
    assert str(sum(option.right for option in question.options)) in replies[-1]


def test_nothing_is_judged_before_there_is_an_answer():
    box = QuizBox("en", seed=1)
    box.start()
    while isinstance(box._question, Order):
        box._begin(draw(ALL, 10, box._next_seed()))
    box.go()
    assert box.played.given == ()
    assert "arlab-said-note" in box._feedback.value


def test_a_checked_answer_stays_and_the_same_button_goes_on():
    box = QuizBox("en", seed=1)
    box._begin(Round(tuple(ALL[:2]), 1))
    answer_rightly(box)
    assert box._go.description == "Check"
    box.go()
    assert box._go.description == "Next question"
    box.go()
    assert len(box.played.given) == 1
    answer_rightly(box)
    box.go()
    assert box._go.description == "Show the result"


def test_without_a_topic_nothing_begins():
    box = QuizBox("zh", seed=1)
    box._choosing._set_all(False)
    assert box._choosing._start.disabled
    box.start()
    assert box.played is None


def test_a_whole_quiz_in_each_language_ends_with_where_to_read_again():
    for lang in LANGUAGES:
        box = QuizBox(lang, seed=4)
        box.start()
        while box._result.layout.display == "none":
            answer_rightly(box)
            if box._question.kind == "number":
                box._entry._field.value = "-1"
            box.go()
            box.go()
        wrong = len(box.played.wrong)
        assert box._outcome.value.count("<details>") == wrong > 0
        assert box._outcome.value.count('target="_blank"') >= 1
        box.only_wrong()
        assert len(box.played.posed) == wrong


def test_every_topic_says_where_it_is_taught():
    assert set(READ_AGAIN) == set(quizzes())
    for name in {name for names in READ_AGAIN.values() for name in names}:
        assert name == ROLE_PLAYS or entry_of(name) is not None
        assert all((NOTEBOOKS / lang / f"{name}.ipynb").exists() for lang in LANGUAGES)
