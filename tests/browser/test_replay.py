"""Does the desk's year play in a browser without flashing or jumping, and can a learner follow invoice and customer?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sim.words import Words
from tests.browser.quiet import PATIENCE
from tests.browser.visit import Served, Visit, boxes, cut_off, foreign_words

DATE = ".arlab-date b"
WATCH = """() => {
  window.seen = [];
  const box = document.querySelector('.arlab-stage-box');
  const places = () => ['.arlab-stage-box', '.arlab-card-orders .arlab-lines', '.arlab-card-money', '.arlab-months',
    '.arlab-day-slider', '.arlab-level-till'].map(name => {
      const found = document.querySelector(name).getBoundingClientRect();
      return [found.left, found.top, found.width, found.height].map(Math.round).join(' ');
    }).join(', ');
  new MutationObserver(() => {
    const date = document.querySelector('.arlab-date b');
    window.seen.push([performance.now(), date ? date.innerText : '', date ? places() : '']);
  }).observe(box, {childList: true, subtree: true, characterData: true});
}"""


def lesson(served: Served, page: Visit, lang: str) -> Visit:
    """Lab 1, with which the pages begin: its prediction skipped, all widgets there."""
    page.page.goto(served.address, wait_until="commit", timeout=PATIENCE)
    page.page.wait_for_selector(".arlab-home", timeout=PATIENCE)
    page.page.get_by_role("button", name=Words(lang).say("lab.predict.skip")).first.click()
    page.page.wait_for_selector(DATE, timeout=PATIENCE)
    return page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_year_plays_in_its_places(lang: str, serve: Callable[..., Served], visit: Callable[[], Visit]):
    desk = lesson(serve("show", lang, "--trainer"), visit(), lang)
    page, words = desk.page, Words(lang)
    desk.show(".arlab-replay-play")
    page.locator("select").filter(has_text=words.say("replay.speed.days", days=words.days(4))).select_option(
        label=words.say("replay.speed.days", days=words.days(4))
    )
    page.evaluate(WATCH)
    page.locator(".arlab-replay-play").click()
    page.wait_for_function("new Set(window.seen.map(row => row[1])).size >= 20", timeout=PATIENCE)
    desk.picture(f"replay-playing-{lang}")
    page.locator(".arlab-replay-play").click()
    page.wait_for_timeout(700)
    seen = page.evaluate("window.seen")
    assert all(date for _, date, _ in seen), "the page was empty for a moment"
    assert len({places for _, _, places in seen}) == 1, "something moved"
    stopped = desk.text(DATE)
    page.wait_for_timeout(1_000)
    assert desk.text(DATE) == stopped
    assert desk.errors == []
    assert desk.elsewhere == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_days_can_be_stepped_jumped_to_and_traced(
    lang: str, serve: Callable[..., Served], visit: Callable[[], Visit]
):
    desk = lesson(serve("show", lang, "--trainer"), visit(), lang)
    page, words = desk.page, Words(lang)
    first = desk.text(DATE)
    page.locator(".arlab-replay-forward").click()
    changed = f"document.querySelector('{DATE}').innerText !== "
    page.wait_for_function(changed + f"{first!r}")
    page.locator(".arlab-replay-back").click()
    page.wait_for_function(f"document.querySelector('{DATE}').innerText === {first!r}")
    page.locator(".arlab-day-slider .noUi-handle").focus()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(changed + f"{first!r}")
    desk.quiet()  # or the last of the moves would come after what is pressed next
    page.locator(".arlab-replay-next-go").click()
    page.locator(".arlab-replay-behind select").select_option(label=words.say("replay.behind.orders_held"))
    desk.quiet()
    desk.show(".arlab-stage")
    desk.picture(f"replay-rows-{lang}")
    desk.counts(".arlab-rows tbody tr", int(desk.text("[data-figure=orders_held] b")))
    stage = desk.text(".arlab-stage")
    assert foreign_words(stage, lang) == set()
    assert cut_off(desk) == []
    if lang == "zh":
        assert boxes(desk) == []
    assert desk.errors == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_invoice_and_a_customer_can_be_followed(
    lang: str, serve: Callable[..., Served], visit: Callable[[], Visit]
):
    desk = lesson(serve("show", lang, "--trainer"), visit(), lang)
    page, words = desk.page, Words(lang)
    first = desk.text(".arlab-path-head")
    page.locator(".arlab-path-kind select").select_option(label=words.say("path.kind.promise_broken"))
    page.wait_for_function("head => document.querySelector('.arlab-path-head').innerText !== head", arg=first)
    desk.quiet()
    covered = page.locator(".arlab-covered").count()
    page.locator(".arlab-path-next").click()
    page.wait_for_function(f"document.querySelectorAll('.arlab-covered').length === {covered - 1}")
    page.locator(".arlab-path-all").click()
    page.wait_for_selector(".arlab-step-receipt")
    desk.show(".arlab-path")
    desk.picture(f"invoice_path-{lang}")
    assert foreign_words(desk.text(".arlab-path"), lang) == set()

    page.locator(".arlab-find input").fill("M012")
    page.wait_for_function("document.querySelectorAll('.arlab-customers option').length === 1")
    page.wait_for_function("document.querySelector('.arlab-timeline-head b').innerText.includes('M012')")
    desk.show(".arlab-timeline")
    desk.picture(f"customer_timeline-{lang}")
    assert page.locator(".arlab-timeline title").count() > 10
    assert foreign_words(desk.text(".arlab-timeline-box"), lang) == set()
    assert cut_off(desk) == []
    assert desk.errors == []
