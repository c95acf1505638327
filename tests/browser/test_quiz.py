"""Can a learner play a quiz on a page to its end, by mouse and by keyboard alone, and hear why each answer is right?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sim.panels.quiz.rounds import AnyQuestion
from sim.training.quiz import Choice, Figure, Order
from sim.training.reading import quizzes
from sim.words import Words
from tests.browser.quiet import PATIENCE
from tests.browser.visit import Served, Visit, boxes, cut_off, foreign_words

FOCUSED = "document.activeElement.closest('{}') !== null"


def opened(served: Served, visit: Visit) -> Visit:
    """The page with the topics to choose from."""
    visit.page.goto(served.lesson("quiz"), wait_until="commit", timeout=PATIENCE)
    visit.page.wait_for_selector(".arlab-start", timeout=PATIENCE)
    visit.quiet()
    return visit


def asked(visit: Visit, lang: str) -> AnyQuestion:
    """The question on the page."""
    text = visit.text(".arlab-text")
    return next(
        each for quiz in quizzes().values() for each in quiz.questions if each.text.said(lang) == text
    )


def press(visit: Visit, name: str) -> None:
    visit.page.keyboard.press(name)
    visit.quiet()


def click(visit: Visit, selector: str) -> None:
    visit.page.locator(selector).first.click()
    visit.quiet()


def answer_by_clicking(visit: Visit, question: AnyQuestion, lang: str) -> None:
    """Give the right answer with the mouse."""
    if isinstance(question, Figure):
        visit.page.locator(".arlab-figure input").fill(question.value)
    elif isinstance(question, Choice):
        right = [option.text.said(lang) for option in question.options if option.right]
        for text in right:
            visit.page.locator(".arlab-options label:visible").filter(has_text=text).first.click()
    else:
        put_in_order(visit, question, lang)


def put_in_order(visit: Visit, question: Order, lang: str) -> None:
    """Carry each item up to its place."""
    for place, item in enumerate(question.items):
        items = [
            text.split(" ", 1)[1] for text in visit.page.locator(".arlab-item:visible").all_inner_texts()
        ]
        for at in range(items.index(item.said(lang)), place, -1):
            visit.page.locator(".arlab-up:visible").nth(at).click()
            visit.quiet()


def answer_by_keys(visit: Visit, question: AnyQuestion) -> None:
    """From the question's text on: Tab to the place of the answer, give some answer, check it."""
    press(visit, "Tab")
    if isinstance(question, Figure):
        visit.page.keyboard.type("0.001")
        press(visit, "Enter")
        return
    press(visit, "Space")
    for _ in range(2 * len(getattr(question, "options", ())) + 20):
        if visit.page.evaluate(FOCUSED.format(".arlab-go")):
            break
        press(visit, "Tab")
    press(visit, "Enter")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_quiz_is_played_to_its_end_by_clicking(
    lang: str, serve: Callable[[str, str], Served], visit: Callable[[], Visit]
):
    page, words = opened(serve("show", lang), visit()), Words(lang)
    page.picture(f"quiz-choice-{lang}")
    click(page, ".arlab-no-topic")
    page.holds("document.querySelector('.arlab-start').disabled")
    click(page, ".arlab-topic-collection input")
    click(page, ".arlab-start")
    kinds = set()
    for number in range(1, 11):
        question = asked(page, lang)
        page.says(".arlab-quiz-head", words.say("quiz.place", number=number, total=10))
        is_slip = isinstance(question, Figure) and number % 2 == 0
        if is_slip:
            page.page.locator(".arlab-figure input").fill(question.mistakes[0].value)
        else:
            answer_by_clicking(page, question, lang)
        page.quiet()
        click(page, ".arlab-go")
        page.page.wait_for_selector(".arlab-said-wrong" if is_slip else ".arlab-said-right")
        page.says(".arlab-feedback", question.explanation.said(lang))
        if question.kind not in kinds:
            page.picture(f"quiz-{question.kind}-{lang}")
        kinds.add(question.kind)
        click(page, ".arlab-go")
    assert kinds == {"one", "many", "number", "order"}
    page.picture(f"quiz-result-{lang}")
    page.says(".arlab-by-topic", words.say("quiz.result.topic"))
    page.counts(".arlab-by-topic tr", 2)
    assert foreign_words(page.text(".arlab-quiz"), lang) == set()
    assert cut_off(page) == []
    assert boxes(page) == []
    assert page.errors == []
    assert page.elsewhere == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_quiz_is_played_by_keyboard_alone_and_the_wrong_ones_once_more(
    lang: str, serve: Callable[[str, str], Served], visit: Callable[[], Visit]
):
    page = opened(serve("show", lang), visit())
    page.page.locator(".arlab-how-many input").fill("4")
    press(page, "Tab")
    page.holds(FOCUSED.format(".arlab-start"))
    press(page, "Enter")
    for _ in range(4):
        page.holds(FOCUSED.format(".arlab-rest"))
        answer_by_keys(page, asked(page, lang))
        page.page.wait_for_selector(".arlab-feedback [class^=arlab-said-]")
        page.holds(FOCUSED.format(".arlab-go"))
        press(page, "Enter")
    page.holds(FOCUSED.format(".arlab-rest"))
    wrong = page.page.locator(".arlab-quiz-result .arlab-mark-wrong").count()
    assert wrong == page.page.locator(".arlab-quiz-result details").count()
    if wrong:
        click(page, ".arlab-only-wrong")
        page.says(".arlab-quiz-head", Words(lang).say("quiz.place", number=1, total=wrong))
        click(page, ".arlab-leave")
    else:
        click(page, ".arlab-choose-again")
    page.page.locator(".arlab-topics").wait_for()
    assert page.errors == []
