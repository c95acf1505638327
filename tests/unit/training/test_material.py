"""Is the training material whole, in both languages, and does every number in it work out?"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from sim.panels.labs.arithmetic import result
from sim.reports.training import workbook
from sim.roleplay.rules import texts_of
from sim.training.cases import Computed
from sim.training.quiz import Choice, Figure, Order, is_right, shuffled, slip
from sim.training.reading import cases, guides, quizzes, sessions
from sim.words import LANGUAGES, Words

QUESTIONS = [question for quiz in quizzes().values() for question in quiz.questions]


def rounded(computed: Computed) -> Decimal:
    """What the arithmetic gives, to the decimals that are printed."""
    digits = Decimal(computed.value).as_tuple().exponent
    found = Decimal(repr(result(computed.arithmetic, {})))
    return found.quantize(Decimal(1).scaleb(int(digits)))


@pytest.mark.parametrize("number", cases())
def test_every_figure_of_a_case_works_out(number: str):
    case = cases()[number]
    off = [each for each in case.figures() if rounded(each) != Decimal(each.value)]
    assert len(case.figures()) > 5
    assert off == []


@pytest.mark.parametrize("number", cases())
def test_a_case_hangs_together(number: str):
    case = cases()[number]
    questions = {each.id for each in case.questions}
    fields = {each.id: each for each in case.worksheet}
    assert {each.question for each in case.worksheet} <= questions
    assert [each.question for each in case.answers] == [each.id for each in case.questions]
    answered = {each.field for answer in case.answers for each in answer.computed}
    assert answered == {name for name, each in fields.items() if each.kind == "number"}
    assert sum(each.minutes for each in case.teaching.timing) == case.minutes


def test_the_four_cases_the_courses_need_are_there():
    assert {case.id for case in cases().values()} == {
        "ten_month_agent", "zero_risk", "profitable_out_of_cash", "flawed_calculator",
    }  # fmt: skip


def test_the_flawed_calculator_rewards_giving_up_as_planted():
    """In the sheet as handed out, writing off more lowers DSO and raises profit; that is the error to be found."""
    book = load_workbook(BytesIO(workbook("C4", Words("en"))))
    page = book.active
    assert page is not None
    typed = {
        cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value is not None
    }
    assert typed["C4"] == 1800

    def dso(write_off: float) -> float:
        return (17_100 + 7_200 + 3_600 + 2_400 - (write_off - 300)) / 120_000 * 365

    assert typed["C8"] == "=B8-(C4-B4)"
    assert typed["C10"] == "=SUM(C5:C8)"
    assert dso(2_700) < dso(1_800) < dso(300)
    assert len(cases()["C4"].planted) == 7
    assert len({each.sort for each in cases()["C4"].planted}) == 7


def test_there_are_sixty_questions_and_more_all_different():
    assert len(QUESTIONS) >= 60
    assert [name for name, times in Counter(each.id for each in QUESTIONS).items() if times > 1] == []
    assert {question.kind for question in QUESTIONS} == {"one", "many", "number", "order"}
    assert {question.level for question in QUESTIONS} == {1, 2, 3}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.id)
def test_a_question_has_its_answer_and_only_that(question: Choice | Figure | Order):
    if isinstance(question, Figure):
        value = float(question.value)
        computed = Computed(arithmetic=question.arithmetic, value=question.value)
        assert abs(rounded(computed) - Decimal(question.value)) == 0
        assert is_right(question, value)
        for mistake in question.mistakes:
            wrong = Computed(arithmetic=mistake.arithmetic, value=mistake.value)
            assert abs(rounded(wrong) - Decimal(mistake.value)) == 0
            assert not is_right(question, float(mistake.value))
            assert slip(question, float(mistake.value)) == mistake
    elif isinstance(question, Order):
        right = list(range(len(question.items)))
        assert is_right(question, right)
        assert not is_right(question, right[::-1])
        assert list(shuffled(question, 1)) != right
    else:
        right = [at for at, option in enumerate(question.options) if option.right]
        assert len(right) == 1 if question.kind == "one" else 1 <= len(right) <= len(question.options)
        assert is_right(question, right)
        assert all(option.right or option.reply is not None for option in question.options)
        assert sorted(shuffled(question, 7)) == list(range(len(question.options)))


@pytest.mark.parametrize(
    "material",
    [*guides().values(), sessions(), *cases().values(), *quizzes().values()],
    ids=lambda each: type(each).__name__,
)
def test_each_language_stands_where_it_belongs(material: object):
    for path, text in texts_of(material):
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in text.en), path
        assert (
            any("\u4e00" <= sign <= "\u9fff" for sign in text.zh) or text.en == text.zh or _short(text.zh)
        ), path


def _short(text: str) -> bool:
    """Signs and figures that both languages write alike, such as A or 12%."""
    return not any(word.isalpha() and len(word) > 4 for word in text.split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_guide_has_a_title_in_each_language(lang: str):
    assert {"facilitator", "write_your_own"} <= set(guides())
    assert all(guide.title.said(lang) for guide in guides().values())
