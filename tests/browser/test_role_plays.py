"""Can a trainee lead a talk to its end on a page, by mouse and by keyboard, and see what it was worth?"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from sim.roleplay.players import PLAYERS, Choose
from sim.roleplay.reading import load_scenario_named, scenario_files
from sim.roleplay.rubric import score
from sim.roleplay.talk import Talk, begin
from sim.words import Words
from tests.browser.quiet import PATIENCE
from tests.browser.visit import Served, Visit, boxes, cut_off, foreign_words

SEED = 1  # what the page begins with


def opened(served: Served, visit: Visit, number: str, lang: str) -> Visit:
    """The page with this case chosen."""
    visit.page.goto(served.lesson("role_plays"), wait_until="commit", timeout=PATIENCE)
    visit.page.wait_for_selector(".arlab-which select option", state="attached", timeout=PATIENCE)
    scenario = load_scenario_named(number)
    visit.page.locator(".arlab-which select").select_option(
        index=list(scenario_files()).index(name_of(number))
    )
    visit.page.get_by_text(f"{number} · {scenario.title.said(lang)}", exact=True).first.wait_for()
    return visit


def name_of(number: str) -> str:
    return next(name for name in scenario_files() if load_scenario_named(name).number == number)


def lead(page: Visit, number: str, choose: Choose, *, keys: bool) -> Talk:
    """Lead the talk that this player would lead, by clicking or by typing numbers."""
    page.page.locator(".arlab-begin button, button.arlab-begin").first.click()
    page.page.wait_for_selector(".arlab-line-theirs")
    talk, luck = begin(load_scenario_named(number), SEED), random.Random(1)
    while talk.ending is None:
        move = choose(talk, luck)
        at = [each.id for each in talk.offered].index(move.id) + 1
        if keys:
            page.page.locator(".arlab-number input").press(str(at))
        else:
            page.page.locator(f"button.arlab-say-{at}").click()
        talk = talk.choose(move.id)
        wanted = 2 * len(talk.turns) + 1
        page.page.wait_for_function(f"document.querySelectorAll('.arlab-line').length === {wanted}")
    return talk


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("number", "player", "keys"), [("R04", "negotiator", False), ("R02", "bully", True)])
def test_a_talk_is_led_to_its_end(
    lang: str, number: str, player: str, keys: bool,
    serve: Callable[[str, str], Served], visit: Callable[[], Visit],
):  # fmt: skip
    page, words = opened(serve("show", lang), visit(), number, lang), Words(lang)
    page.picture(f"roleplay-{number}-card-{lang}")
    talk = lead(page, number, PLAYERS[player], keys=keys)
    told = score(talk)
    page.page.wait_for_selector(".arlab-ended")
    page.page.wait_for_selector(".arlab-after-box svg", timeout=PATIENCE)
    page.quiet()
    page.picture(f"roleplay-{number}-chat-{lang}")
    page.says(".arlab-total", words.number(told.total, 0))
    page.counts(".arlab-rubric tr", 8)
    page.counts(".arlab-after-box svg", 2)
    page.show(".arlab-rubric")
    page.picture(f"roleplay-{number}-score-{lang}")
    page.show(".arlab-after-box")
    page.picture(f"roleplay-{number}-after-{lang}")
    page.page.evaluate(
        "document.querySelectorAll('.arlab-talks details').forEach(each => { each.open = true; })"
    )
    page.quiet()
    assert foreign_words(page.text(".arlab-talks"), lang) == set()
    assert cut_off(page) == []
    assert boxes(page) == []
    assert page.errors == []
    assert page.elsewhere == []


def test_what_was_said_can_be_taken_back_and_played_again(
    serve: Callable[[str, str], Served], visit: Callable[[], Visit]
):
    page = opened(serve("show", "en"), visit(), "R04", "en")
    lead(page, "R04", PLAYERS["greedy"], keys=False)
    lines = page.page.locator(".arlab-line").count()
    page.page.locator("button.arlab-back").click()
    page.page.wait_for_function(f"document.querySelectorAll('.arlab-line').length === {lines - 2}")
    page.page.locator("button.arlab-say-1").click()
    page.page.wait_for_function(f"document.querySelectorAll('.arlab-line').length === {lines}")
    page.page.locator("button.arlab-again").click()
    page.page.wait_for_function("document.querySelectorAll('.arlab-line').length === 1")


PLACES = """() => ['.arlab-stage', '.arlab-line:first-child', '.arlab-moves', '.arlab-number input'].map(selector => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return [Math.round(box.top), Math.round(box.bottom)];
})"""
HIDDEN_MOVES = """() => {
  const moves = document.querySelector('.arlab-moves');
  return moves.scrollHeight - moves.clientHeight;
}"""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (820, 1180)])
def test_the_newest_line_and_all_moves_stay_in_sight_and_the_talk_in_its_place(
    lang: str, size: tuple[int, int], serve: Callable[[str, str], Served], visit: Callable[[], Visit]
):
    page = visit()
    page.page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(serve("show", lang), page, "R03", lang)
    page.page.locator("button.arlab-begin").click()
    page.page.wait_for_selector(".arlab-line-theirs")
    page.quiet()
    first, *_ = page.page.evaluate(PLACES)
    page.holds("document.activeElement.matches('.arlab-number input')")
    talk, luck = begin(load_scenario_named("R03"), SEED), random.Random(1)
    while talk.ending is None:
        stage, newest, moves, number = page.page.evaluate(PLACES)
        assert stage == first
        assert stage[0] >= 0
        assert all(bottom <= size[1] for _, bottom in (stage, newest, moves, number))
        assert newest[0] >= stage[0]
        assert page.page.evaluate(HIDDEN_MOVES) <= 1
        page.holds("document.activeElement.matches('.arlab-number input')")
        move = PLAYERS["negotiator"](talk, luck)
        page.page.keyboard.press(str([each.id for each in talk.offered].index(move.id) + 1))
        talk = talk.choose(move.id)
        page.quiet()
    page.holds("document.activeElement.closest('.arlab-ending') !== null")
    page.picture(f"roleplay-R03-end-{size[0]}-{lang}")
    assert page.errors == []


def test_the_card_is_unfolded_and_the_way_leads_back_to_the_cases(
    serve: Callable[[str, str], Served], visit: Callable[[], Visit]
):
    page = opened(serve("show", "en"), visit(), "R08", "en")
    page.page.locator("button.arlab-begin").click()
    page.page.wait_for_selector(".arlab-line-theirs")
    page.page.locator(".arlab-unfolded .arlab-card").wait_for(state="hidden")
    page.page.locator(".arlab-talk-card summary").click()
    page.page.locator(".arlab-unfolded .arlab-card").wait_for()
    page.picture("roleplay-R08-unfolded-en")
    page.page.locator(".arlab-talk-card summary").click()
    page.page.locator("button.arlab-cases").click()
    page.page.locator(".arlab-which select").wait_for()
    page.quiet()
    page.holds("document.activeElement.matches('.arlab-which select')")
    page.page.locator(".arlab-stage").wait_for(state="hidden")
