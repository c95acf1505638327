"""How long does a person wait between a slider's release and the first new picture, and for a lesson to open?

Measured inside the page, from the key that moves the slider (a keyboard's press is a release at once) to the frame
after the one in which the first of the alternative's lines was drawn anew, be it for some months only (`first`), and to
the frame after the panel said that a whole run is drawn (`whole`): by then it is on the screen. Every time another
value, so nothing is remembered. Nothing polls meanwhile, for that would slow the kernel down.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from tests.browser.chromium import LAPTOP
from tests.browser.visit import Served, start, stop

SLIDER = ".arlab-alternative-credit-hold-overdue-days .noUi-handle"
ROUNDS = 12
OPENED = ("01_start_here", "12_policy_studio")
OPENINGS = 3
WATCH = """() => addEventListener('keydown', event => {
  if (!event.key.startsWith('Arrow')) return;
  const pressed = performance.now();
  const next = (where, what, is_it) => new Promise(resolve => {
    const watch = new MutationObserver(changes => {
      if (!changes.some(is_it)) return;
      watch.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - pressed));
    });
    where.forEach(node => watch.observe(node, what));
  });
  const lines = document.querySelectorAll('.arlab-panel .bqplot path.line');
  const progress = document.querySelectorAll('.arlab-progress');
  const drawn = next(lines, { attributeFilter: ['d'], attributeOldValue: true },
    change => change.target.getAttribute('d') !== change.oldValue);
  const said = next(progress, { childList: true, subtree: true },
    () => parseInt(progress[0].innerText) > 0);
  window.waited = Promise.all([drawn, said]);
}, true)"""


@pytest.mark.parametrize("command", ["show", "lab"])
def test_slider_release_to_the_first_new_picture(benchmark: Any, browser: Any, command: str, tmp_path: Path):
    """The median of the first picture is the figure; the benchmark's own time holds the pauses too."""
    served = start(command, "en", data=tmp_path)
    try:
        page = browser.new_page(viewport=LAPTOP)
        waited = benchmark.pedantic(moves, args=(page, served.lesson("12_policy_studio")), rounds=1)
        page.close()
    finally:
        stop(served)
    assert len(waited) == ROUNDS
    first, whole = zip(*waited, strict=True)
    benchmark.extra_info.update(
        waited_ms=[round(ms) for ms in first], median_ms=round(median(first)), whole_ms=round(median(whole))
    )


@pytest.mark.parametrize("command", ["show", "lab"])
def test_a_lesson_opens(benchmark: Any, browser: Any, command: str, tmp_path: Path):
    """From the address to the first words that a lesson's own code has written; the first opening warms up."""
    served = start(command, "en", data=tmp_path)
    try:
        found = benchmark.pedantic(openings, args=(browser, served), rounds=1)
    finally:
        stop(served)
    benchmark.extra_info.update({f"{name}_ms": round(median(waited)) for name, waited in found.items()})


def openings(browser: Any, served: Served) -> dict[str, list[float]]:
    """The milliseconds of each opening, by lesson."""
    found: dict[str, list[float]] = {}
    for name in OPENED:
        for number in range(OPENINGS + 1):
            page = browser.new_page(viewport=LAPTOP)
            begun = perf_counter()
            page.goto(f"{served.lesson(name)}&reset", wait_until="commit")  # JupyterLab forgets its open tabs
            page.wait_for_selector(".arlab-way", timeout=90_000)
            if number:
                found.setdefault(name, []).append(1000 * (perf_counter() - begun))
            page.goto("about:blank")
            page.close()
    return found


def moves(page: Any, address: str) -> list[tuple[float, float]]:
    """The milliseconds to each move's first and whole picture; the first two moves, which warm up, are left out."""
    page.goto(address)
    skip = page.get_by_role("button", name="Skip the prediction")
    skip.wait_for(timeout=90_000)
    skip.click()
    page.wait_for_selector(".arlab-studio .bqplot path.line", timeout=90_000)
    page.get_by_role("button", name="Credit", exact=True).click()
    page.wait_for_selector(SLIDER)
    settle(page)
    page.evaluate(WATCH)
    page.locator(SLIDER).focus()
    waited = []
    for _ in range(ROUNDS + 2):
        page.keyboard.press("ArrowRight")
        waited.append(tuple(page.evaluate("window.waited")))
        rest(page)
    return waited[2:]


def rest(page: Any) -> None:
    """Stop the refining, so that every move begins at rest."""
    page.evaluate("document.querySelector('.arlab-stop').click()")
    page.wait_for_timeout(700)


def settle(page: Any) -> None:
    """Wait until all runs are in."""
    page.wait_for_function(
        "(numbers => numbers && numbers[0] === numbers[1])"
        "(document.querySelector('.arlab-progress').innerText.match(/[0-9]+/g))",
        timeout=90_000,
    )
