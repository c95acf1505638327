"""Does the policy studio work where people open it: in JupyterLab and as a page, in both languages?"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.panels.studio.files import MY_POLICIES
from tests.browser.quiet import PATIENCE
from tests.browser.visit import ROOT, Served, Visit, boxes, cut_off

LESSON = "12_policy_studio"
LINES = ".arlab-studio .bqplot path.line"
SLIDER = ".arlab-alternative-terms-net-days .noUi-handle"
NUMBER = ".arlab-alternative-terms-net-days .arlab-number input"
FIGURES = ".arlab-differences table"
SKIP = {"en": "Skip the prediction", "zh": "跳过预测"}
PAGES = {
    "en": ("Differences", "Why", "Assumptions", "My policies", "Report"),
    "zh": ("差异表", "原因", "假设", "我的政策", "报告"),
}
NET_DAYS = {"en": "Alternative: Payment term", "zh": "备选方案：信用期"}
SEARCH = {"en": "dispute", "zh": "争议"}
TRAINER = {"lab": (), "show": ("--trainer",)}  # one server of pages for all tests
NAME = "browser test policy"
CHANGED = f"""before => {{
  const now = [...document.querySelectorAll('{LINES}')].map(path => path.getAttribute('d'));
  return now.length > 0 && now.some((line, at) => line !== before[at]);
}}"""


@pytest.fixture
def clean() -> Iterator[Path]:
    """The file that a test keeps among my policies, gone afterwards."""
    path = MY_POLICIES / f"{NAME}.toml"
    yield path
    path.unlink(missing_ok=True)


def opened(visit: Visit, served: Served, lang: str) -> Visit:
    """The studio with its first charts."""
    # JupyterLab sometimes opens with a dialog of its own; Escape is what a person would press.
    dialog = visit.page.locator("dialog.jp-Dialog")
    visit.page.add_locator_handler(dialog, lambda: put_away(visit, lang))
    visit.page.goto(served.lesson(LESSON))
    visit.page.get_by_role("button", name=SKIP[lang]).wait_for(timeout=PATIENCE)
    visit.page.get_by_role("button", name=SKIP[lang]).click()
    visit.page.wait_for_selector(LINES, timeout=PATIENCE)
    visit.page.wait_for_selector(SLIDER, timeout=PATIENCE)
    return visit


def put_away(visit: Visit, lang: str) -> None:
    """Close JupyterLab's own dialog, and say in the report of the tests what it asked: its cause is not known yet."""
    warnings.warn(
        f"JupyterLab asked: {visit.page.locator('dialog.jp-Dialog').first.inner_text()}", stacklevel=1
    )
    visit.picture(f"dialog-{lang}")
    visit.page.keyboard.press("Escape")


def settled(visit: Visit) -> None:
    """Wait until all runs are in."""
    visit.page.wait_for_function(
        "(numbers => numbers && numbers[0] === numbers[1])"
        "(document.querySelector('.arlab-studio .arlab-progress')?.innerText.match(/[0-9]+/g))",
        timeout=PATIENCE,
    )
    visit.page.wait_for_timeout(300)


def turn_to(visit: Visit, page: str) -> None:
    """Open one of the studio's pages."""
    visit.page.locator(".arlab-pages").get_by_role("button", name=page, exact=True).click()
    visit.quiet()


def drawn_lines(visit: Visit) -> list[str]:
    """The shapes of all lines in the charts."""
    found = visit.page.evaluate(
        f"[...document.querySelectorAll('{LINES}')].map(path => path.getAttribute('d'))"
    )
    assert found
    return list(found)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", ["lab", "show"])
def test_a_moved_slider_changes_the_figures_and_every_page_opens(
    command: str, lang: str, serve: Callable[..., Served], visit: Callable[[], Visit]
):
    studio = opened(visit(), serve(command, lang, *TRAINER[command]), lang)
    settled(studio)
    lines = drawn_lines(studio)
    studio.page.locator(SLIDER).focus()
    for _ in range(3):
        studio.page.keyboard.press("ArrowLeft")
    studio.page.wait_for_function(CHANGED, arg=lines, timeout=PATIENCE)
    settled(studio)
    studio.holds(f"document.querySelector('{NUMBER}').value === '45'")
    assert studio.page.get_by_role("slider", name=NET_DAYS[lang], exact=True).count() == 1
    assert studio.page.locator(".arlab-studio .noUi-handle:not([aria-label])").count() == 0
    studio.show(".arlab-finding")
    studio.picture(f"studio-{command}-{lang}")
    for page in PAGES[lang]:
        turn_to(studio, page)
        studio.picture(f"studio-{command}-{lang}-{page}")
        assert cut_off(studio) == [], page
    assert str(ROOT) not in studio.page.locator(".arlab-studio").inner_text()
    if lang == "zh":
        assert boxes(studio) == []
    assert studio.errors == []
    assert studio.elsewhere == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_levers_are_found_put_back_and_moves_undone(
    lang: str, serve: Callable[..., Served], visit: Callable[[], Visit]
):
    studio = opened(visit(), serve("show", lang, "--trainer"), lang)
    studio.page.locator(NUMBER).fill("45")
    studio.page.keyboard.press("Enter")
    studio.page.locator(".arlab-only-differing input").check()
    row = studio.page.locator(".arlab-reset-terms-net-days")
    row.wait_for()
    row.click()
    row.wait_for(state="detached")
    studio.page.locator(".arlab-undo").click()
    row.wait_for()
    studio.holds(f"document.querySelector('{NUMBER}').value === '45'")
    studio.page.locator(".arlab-only-differing input").uncheck()
    studio.page.locator(".arlab-search input").fill(SEARCH[lang])
    studio.page.wait_for_selector(".arlab-alternative-operations-dispute-desk")
    studio.says(".arlab-found", re.compile(r"\d+"))
    assert studio.errors == []


def test_the_last_good_picture_stays_when_a_setting_is_refused(
    serve: Callable[..., Served], visit: Callable[[], Visit]
):
    studio = opened(visit(), serve("show", "en", "--trainer"), "en")
    settled(studio)
    lines = drawn_lines(studio)
    studio.page.locator(".arlab-alternative-terms-discount-days .arlab-number input").fill("60")
    studio.page.keyboard.press("Enter")
    settled(studio)
    studio.page.locator(".arlab-alternative-terms-discount-bp .noUi-handle").focus()
    studio.page.keyboard.press("ArrowRight")
    studio.says(".arlab-error", "Discount period")
    assert len(drawn_lines(studio)) == len(lines)
    assert studio.errors == []


def test_stop_stops_and_run_again_goes_on(serve: Callable[..., Served], visit: Callable[[], Visit]):
    studio = opened(visit(), serve("show", "en", "--trainer"), "en")
    studio.page.locator(SLIDER).focus()
    studio.page.keyboard.press("ArrowLeft")
    studio.page.locator(".arlab-studio .arlab-stop", has_text="Stop").click()
    studio.page.locator(".arlab-studio .arlab-stop", has_text="Run again").click()
    settled(studio)
    studio.says(".arlab-studio .arlab-stop", "Run again")
    assert studio.errors == []


def test_a_policy_is_kept_taken_home_and_read_back_and_a_wrong_file_explained(
    serve: Callable[..., Served], visit: Callable[[], Visit], tmp_path: Path, clean: Path
):
    studio = opened(visit(), serve("show", "zh", "--trainer"), "zh")
    turn_to(studio, "我的政策")
    studio.page.locator(".arlab-policy-name input").fill(NAME)
    studio.page.get_by_role("button", name="保存备选方案").click()
    studio.page.get_by_text(f"my_policies/{clean.name}").first.wait_for()
    studio.page.locator(".arlab-shelf select").select_option(NAME)
    with studio.page.expect_download() as taken:
        studio.page.locator(".arlab-home a").click()
    home = tmp_path / "home.toml"
    taken.value.save_as(home)
    assert home.read_text(encoding="utf-8") == clean.read_text(encoding="utf-8")
    clean.write_text(
        home.read_text(encoding="utf-8").replace("net_days = 60", "net_days = 95"), encoding="utf-8"
    )
    studio.page.get_by_role("button", name="用作备选方案").click()
    studio.page.wait_for_function(f"document.querySelector('{NUMBER}').value === '95'")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[terms]\nnet_days = 999\n[collection]\ncollectors = -4\n", encoding="utf-8")
    with studio.page.expect_file_chooser() as asked:
        studio.page.get_by_role("button", name="上传政策文件").click()
    asked.value.set_files(wrong)
    studio.page.get_by_text("催收人数").filter(has_text="-4").first.wait_for()
    assert not (MY_POLICIES / "wrong.toml").exists()
    assert studio.errors == []


def test_why_is_told_in_parts_and_ticked_off(serve: Callable[..., Served], visit: Callable[[], Visit]):
    studio = opened(visit(), serve("show", "en", "--trainer"), "en")
    turn_to(studio, "Why")
    studio.page.get_by_role("button", name="by branch", exact=True).click()
    studio.page.locator(".arlab-why-go").click()
    studio.page.wait_for_selector(".arlab-waterfall-table", timeout=PATIENCE)
    studio.says(".arlab-waterfall-table", "All together")
    studio.counts(".arlab-tried .arlab-done", 1)
    studio.picture("studio-why")
    assert cut_off(studio) == []
    assert studio.errors == []
