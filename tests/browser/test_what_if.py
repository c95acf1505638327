"""Does the first lesson work where people open it: in JupyterLab and as a page, in both languages?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.visit import ROOT, Served, Visit, boxes, cut_off, foreign_words

PLACES = {"lab": ".jp-NotebookPanel", "show": "body"}
SLIDER = ".arlab-alternative-terms-net-days .noUi-handle"
FIGURES = ".arlab-differences table"
NET_DAYS = {
    "en": "Alternative: Payment term",
    "zh": "备选方案：信用期",
}  # what one slider is called when heard
PATIENCE = 120_000


def opened(visit: Visit, address: str) -> Visit:
    """The lesson with its first figures."""
    visit.page.goto(address)
    try:
        visit.page.wait_for_selector(FIGURES, timeout=PATIENCE)
    except Exception:
        visit.picture("not_opened")
        raise AssertionError(f"no figures: {visit.errors}") from None
    visit.page.wait_for_function("document.querySelectorAll('.arlab-panel .noUi-handle').length > 10")
    return visit


def settled(visit: Visit) -> None:
    """Wait until all runs are in."""
    visit.page.wait_for_function(
        "(numbers => numbers && numbers[0] === numbers[1])"
        "(document.querySelector('.arlab-progress').innerText.match(/[0-9]+/g))",
        timeout=PATIENCE,
    )
    visit.page.wait_for_timeout(300)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", ["lab", "show"])
def test_a_moved_slider_changes_the_figures(
    command: str, lang: str, serve: Callable[[str, str], Served], visit: Callable[[], Visit]
):
    lesson = opened(visit(), serve(command, lang).lesson("what_if"))
    settled(lesson)
    before, lines = lesson.text(FIGURES), drawn_lines(lesson)

    lesson.page.locator(SLIDER).focus()
    for _ in range(3):
        lesson.page.keyboard.press("ArrowLeft")
    lesson.page.wait_for_function(
        "before => document.querySelector('.arlab-differences table').innerText !== before", arg=before
    )
    settled(lesson)
    lesson.page.locator(".arlab-finding").scroll_into_view_if_needed()
    lesson.picture(f"what_if-{command}-{lang}")

    assert drawn_lines(lesson) != lines
    assert re.search(r"64\D+64", lesson.text(".arlab-progress"))
    assert foreign_words(lesson.text(PLACES[command]), lang) - code_words(lesson) == set()
    assert str(ROOT) not in lesson.page.locator(".arlab-panel").last.inner_text()
    assert lesson.page.locator(".arlab-file input").input_value() == "my_policies/policy.toml"
    assert {"en": "how customers take pressure", "zh": "客户对催收"}[lang] in lesson.text(".arlab-grounds")
    assert lesson.page.locator(".arlab-lever-name .arlab-basis-A").first.is_visible()
    assert cut_off(lesson) == []
    assert lesson.page.get_by_role("slider", name=NET_DAYS[lang], exact=True).count() == 1
    assert lesson.page.locator(".noUi-handle:not([aria-label])").count() == 0
    if lang == "zh":
        assert boxes(lesson) == []
    lesson.page.locator(FIGURES).scroll_into_view_if_needed()
    lesson.picture(f"what_if-{command}-{lang}-figures")
    if command == "lab":
        assert saved(lesson, ROOT / "notebooks" / lang / "what_if.ipynb")
    assert lesson.errors == []
    assert lesson.elsewhere == []


def saved(visit: Visit, path: Path) -> bool:
    """Does saving a lesson that was worked in leave its file as it was built?"""
    before = path.read_bytes()
    with visit.page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        visit.page.locator(
            ".jp-NotebookPanel .jp-Toolbar [data-jp-item-name=save] button, "
            ".jp-NotebookPanel .jp-Toolbar [data-jp-item-name=save] jp-button"
        ).first.click()
    return path.read_bytes() == before


def drawn_lines(visit: Visit) -> list[str]:
    """The shapes of all lines in the charts."""
    found = visit.page.evaluate(
        "[...document.querySelectorAll('.arlab-panel .bqplot path.line')].map(path => path.getAttribute('d'))"
    )
    assert found
    return list(found)


def code_words(visit: Visit) -> set[str]:
    """Words of folded code and of JupyterLab's own toolbar, which are not the lesson's."""
    parts = visit.page.locator(".jp-Placeholder, .jp-Toolbar, .jp-InputPrompt").all_inner_texts()
    return set(re.findall(r"[A-Za-z_]{3,}", " ".join(parts)))


def test_the_last_good_picture_stays_when_a_setting_is_refused(
    serve: Callable[[str, str], Served], visit: Callable[[], Visit]
):
    lesson = opened(visit(), serve("show", "en").lesson("what_if"))
    settled(lesson)
    before = lesson.text(FIGURES)
    lesson.page.locator(".arlab-alternative-terms-discount-bp .noUi-handle").focus()
    lesson.page.keyboard.press("ArrowRight")
    lesson.page.locator(".arlab-alternative-terms-discount-days .noUi-handle").focus()
    lesson.page.keyboard.press("End")
    lesson.page.wait_for_function("document.querySelector('.arlab-error').innerText.length > 10")
    lesson.picture("what_if-refused")
    assert "Discount period" in lesson.text(".arlab-error")
    assert len(lesson.text(FIGURES).splitlines()) == len(before.splitlines())
    assert lesson.errors == []


def test_stop_stops_and_run_again_goes_on(serve: Callable[[str, str], Served], visit: Callable[[], Visit]):
    lesson = opened(visit(), serve("show", "en").lesson("what_if"))
    lesson.page.locator(SLIDER).focus()
    lesson.page.keyboard.press("ArrowLeft")
    lesson.page.wait_for_function("document.querySelector('.arlab-progress').innerText.startsWith('1 ')")
    lesson.page.locator(".arlab-stop").click()
    lesson.page.wait_for_function("document.querySelector('.arlab-stop').innerText === 'Run again'")
    lesson.page.locator(".arlab-stop").click()
    settled(lesson)
    assert lesson.text(".arlab-stop") == "Run again"
    assert lesson.errors == []


def test_a_wrong_file_is_explained_beside_it_with_all_that_is_wrong(
    serve: Callable[[str, str], Served], visit: Callable[[], Visit], tmp_path: Path
):
    path = tmp_path / "wrong.toml"
    path.write_text("[terms]\nnet_days = 999\n[collection]\ncollectors = -4\n", encoding="utf-8")
    lesson = opened(visit(), serve("show", "zh").lesson("what_if"))
    lesson.page.locator(".arlab-file input").fill(str(path))
    lesson.page.keyboard.press("Tab")
    lesson.page.get_by_role("button", name="读取").click()
    lesson.page.wait_for_function("document.querySelector('.arlab-file-error').innerText.includes('999')")
    assert "催收人数" in lesson.text(".arlab-file-error")
    lesson.picture("what_if-wrong-file")
    settled(lesson)
    assert lesson.errors == []


def test_a_policy_can_be_saved_and_read_back(
    serve: Callable[[str, str], Served], visit: Callable[[], Visit], tmp_path
):
    path = tmp_path / "ours.toml"
    lesson = opened(visit(), serve("show", "en").lesson("what_if"))
    lesson.page.locator(".arlab-file input").fill(str(path))
    lesson.page.keyboard.press("Tab")
    lesson.page.get_by_role("button", name="Save").click()
    lesson.page.get_by_text(f"Saved: {path}").wait_for()
    path.write_text(path.read_text().replace("net_days = 60", "net_days = 95"))
    lesson.page.get_by_role("button", name="Load").click()
    lesson.page.get_by_text(f"Loaded: {path}").wait_for()
    assert lesson.text(".arlab-alternative-terms-net-days .widget-readout") == "95"
    assert lesson.errors == []
