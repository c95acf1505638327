"""How long does a person wait between a slider's release and the first new picture, in the browser?

Measured inside the page, from the key that moves the slider (a keyboard's press is a release at once) to the first
frame in which the alternative's lines are others. Every time another value, so nothing is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.browser.visit import CHROMIUM, FLAGS, start, stop

SLIDER = ".arlab-alternative-credit-hold-overdue-days .noUi-handle"
ROUNDS = 12
LAPTOP = {"width": 1366, "height": 768}
WATCH = """() => {
  const lines = () => [...document.querySelectorAll('.arlab-panel .bqplot path.line')]
    .map(path => path.getAttribute('d')).join();
  addEventListener('keydown', event => {
    if (!event.key.startsWith('Arrow')) return;
    const before = lines(), pressed = performance.now();
    const look = () => {
      if (lines() === before) requestAnimationFrame(look);
      else requestAnimationFrame(now => { window.waited.push(now - pressed); });
    };
    requestAnimationFrame(look);
  }, true);
  window.waited = [];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser here: {CHROMIUM} is missing")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.mark.parametrize("command", ["show", "lab"])
def test_slider_release_to_the_first_new_picture(benchmark: Any, browser: Any, command: str):
    """The median of `waited_ms` is the figure; the benchmark's own time holds the pauses too."""
    served = start(command, "en")
    try:
        page = browser.new_page(viewport=LAPTOP)
        waited = benchmark.pedantic(moves, args=(page, served.address), rounds=1)
        page.close()
    finally:
        stop(served)
    assert len(waited) == ROUNDS
    benchmark.extra_info.update(waited_ms=[round(ms) for ms in waited], median_ms=round(median(waited)))


def moves(page: Any, address: str) -> list[float]:
    """The milliseconds each of some moves took; the first two, which warm up, are left out."""
    page.goto(address)
    page.wait_for_selector(".arlab-differences table", timeout=90_000)
    settle(page)
    page.evaluate(WATCH)
    page.locator(SLIDER).focus()
    for done in range(1, ROUNDS + 3):
        page.keyboard.press("ArrowRight")
        page.wait_for_function("done => window.waited.length === done", arg=done, timeout=20_000)
        rest(page)
    return list(page.evaluate("window.waited"))[2:]


def rest(page: Any) -> None:
    """Stop the refining, so that every move begins at rest."""
    page.evaluate("document.querySelector('.arlab-stop').click()")
    page.wait_for_timeout(700)


def settle(page: Any) -> None:
    """Wait until all runs are in."""
    page.wait_for_function(
        "(numbers => numbers && numbers[0] === numbers[1])"
        "(document.querySelector('.arlab-progress').innerText.match(/[0-9]+/g))",
        timeout=60_000,
    )
