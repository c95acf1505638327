"""Does every lab open as a page in each language, and can a trainee walk through one from start to end?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from sim.panels.labs.loading import ORDER, load_lab
from tests.browser.drive import DRIVEN
from tests.browser.quiet import PATIENCE, STILL_SHORTLY
from tests.browser.visit import Served, Visit, boxes, cut_off

LANGUAGES = ("en", "zh")
# Names that stay in Latin letters in a Chinese text, and the few Chinese names in an English one.
LATIN = set(
    re.findall(
        r"\w+",
        "DSO CEI ADD Excel CSV PDF HTML TOML JSON ERP VAT CCC DPO DIO ECL LGD EAD HHI AUC ROC IFRS CAS CNY RMB "
        "English JupyterLab Python SimPy NumPy token net FOB Kaplan Meier Brier Gini Altman Wilson Little Erlang "
        "toml policy my_policies my_labs WAPE Ctrl",
    )
)
CHINESE_NAMES = {"中文", "应收账款实训室"}
SEEN = """() => {
  const skip = 'script, style, code, pre, svg, .arlab-bar, .arlab-switch, [lang=en], [data-other], .noUi-tooltip';
  const found = [];
  const walker = document.createTreeWalker(document.getElementById('rendered_cells'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const place = walker.currentNode.parentElement;
    if (!place.closest(skip) && (place.getClientRects().length || place.closest('option, details'))) {
      found.push(walker.currentNode.data);
    }
  }
  for (const said of document.querySelectorAll('#rendered_cells :is([title], [aria-label], [placeholder], img[alt])')) {
    if (!said.closest(skip) && said.getClientRects().length) {
      ['title', 'aria-label', 'placeholder', 'alt'].forEach(name => found.push(said.getAttribute(name) || ''));
    }
  }
  return found.join('\\n');
}"""


def of_the_other_language(text: str, lang: str, name: str = "") -> set[str]:
    """Which words on the page belong to the other language? Authors of a lab's sources keep their names."""
    if lang == "zh":
        text = re.sub(r"[\w./-]+\.(toml|html|csv|xlsx|ipynb|pdf|md|py)\b|https?://\S+", " ", text)
        return set(re.findall(r"[A-Za-z_]{3,}", text)) - LATIN - authors(name)
    return set(re.findall(r"[\u4e00-\u9fff]{2,}", text)) - CHINESE_NAMES


def authors(name: str) -> set[str]:
    """The names in a lab's list of sources."""
    sources = load_lab(name).sources if name in ORDER else ()
    return {word for source in sources for word in re.findall(r"[A-Z][a-z]+", source.zh)}


def opened(visit: Visit, served: Served, name: str) -> Visit:
    """The lab's page with its opening."""
    visit.page.goto(served.lesson(name), wait_until="commit")
    visit.page.wait_for_selector(".arlab-way", timeout=PATIENCE)
    visit.page.wait_for_selector(".arlab-summary", state="attached", timeout=PATIENCE)  # the last of them
    visit.told()
    return visit


def lifted(lesson: Visit, lang: str) -> None:
    """Skip the prediction, so that everything is in sight, and wait for the first answers."""
    skip = lesson.page.get_by_role("button", name={"en": "Skip the prediction", "zh": "跳过预测"}[lang])
    if skip.count():
        skip.first.click()
        lesson.page.wait_for_selector(".arlab-veil", state="detached", timeout=PATIENCE)
    lesson.told()


@pytest.mark.parametrize(
    ("lang", "name"),
    [(lang, name) for name in (*ORDER, "trainers_room") for lang in LANGUAGES if DRIVEN.get(name) != lang],
)
def test_a_page_speaks_one_language_and_nothing_is_cut_off(
    lang: str, name: str, serve: Callable[..., Served], visit: Callable[[], Visit]
):
    served = serve("show", lang, "--trainer")
    lesson = visit()
    if name == "trainers_room":
        lesson.page.goto(served.lesson(name), wait_until="commit")
        lesson.page.wait_for_selector(".arlab-room-body", timeout=PATIENCE)
    else:
        opened(lesson, served, name)
        lifted(lesson, lang)
    lesson.picture(f"lab-{name}-{lang}")
    assert of_the_other_language(lesson.page.evaluate(SEEN), lang, name) == set()
    assert cut_off(lesson) == []
    if lang == "zh":
        assert boxes(lesson) == []
    assert lesson.page.locator(".arlab-failed").count() == 0
    assert lesson.errors == []
    assert lesson.elsewhere == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_lab_is_done_from_start_to_end_with_the_keyboard(
    lang: str, serve: Callable[..., Served], visit: Callable[[], Visit]
):
    lesson = opened(visit(), serve("show", lang, "--trainer"), "04_terms")
    page = lesson.page
    assert page.locator(".arlab-veil").first.is_visible()
    form = page.locator(".arlab-card").first
    for group in form.locator(".arlab-group").all():
        group.locator("button, input").first.focus()
        page.keyboard.press("Space")
        lesson.told(STILL_SHORTLY)
    form.get_by_role("button", name={"en": "Commit to my prediction", "zh": "就这样预测"}[lang]).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".arlab-compare", timeout=PATIENCE)
    lesson.counts(".arlab-veil", 0)
    lesson.show(".arlab-verdicts")
    lesson.picture(f"lab-04_terms-{lang}-compared")

    number = page.locator(".arlab-task").filter(has=page.locator("input[type=text]")).first
    number.locator("input[type=text]").focus()
    page.keyboard.type("12345.6")
    page.keyboard.press("Enter")
    number.locator(".arlab-said-wrong").wait_for()
    hint = number.get_by_role("button", name=re.compile("Hint 1|提示 1"))
    hint.focus()
    page.keyboard.press("Enter")
    number.locator(".arlab-hint li").first.wait_for()
    number.get_by_role("button", name={"en": "Show the answer", "zh": "看答案"}[lang]).click()
    number.locator(".arlab-said-shown").wait_for(timeout=PATIENCE)
    lesson.show(".arlab-task:has(input[type=text])")
    lesson.picture(f"lab-04_terms-{lang}-task")

    lesson.says(".arlab-summary", {"en": "answer looked at", "zh": "看过答案"}[lang])
    with page.expect_download() as got:
        page.locator(".arlab-download").click()
    assert got.value.suggested_filename == f"04_terms-{lang}.html"
    assert page.locator(".arlab-task[role=group][aria-label]").count() == page.locator(".arlab-task").count()
    assert lesson.errors == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_term_of_the_glossary_is_explained_where_it_stands(
    lang: str, serve: Callable[..., Served], visit: Callable[[], Visit]
):
    lesson = opened(visit(), serve("show", lang, "--trainer"), "02_dso")
    lesson.page.wait_for_selector("abbr.arlab-term")
    terms = ".jp-RenderedMarkdown abbr.arlab-term"
    meanings = dict(
        lesson.page.eval_on_selector_all(terms, "all => all.map(e => [e.textContent, e.dataset.meaning])")
    )
    assert {"en": "Days sales outstanding", "zh": "应收账款周转天数"}[lang].lower() in meanings["DSO"].lower()
    assert len(meanings) > 3
    term = lesson.page.locator("abbr.arlab-term").first
    term.focus()
    lesson.says(".arlab-meaning", term.get_attribute("data-meaning"))
    is_on_top = """tip => {
      tip.style.pointerEvents = 'auto';
      const {left, right, bottom} = tip.getBoundingClientRect();
      return document.elementFromPoint((left + right) / 2, bottom - 2) === tip;
    }"""
    assert lesson.page.locator(".arlab-meaning").evaluate(is_on_top)
    lesson.picture(f"glossary-{lang}")


def test_the_list_leads_to_each_lab_a_lab_to_the_next_and_to_its_other_language(
    serve: Callable[..., Served], visit: Callable[[], Visit]
):
    start = visit()
    start.page.goto(serve("show", "en", "--trainer").address, wait_until="commit")
    start.page.wait_for_selector(".arlab-home", timeout=PATIENCE)
    links = start.page.eval_on_selector_all(".arlab-home a", "all => all.map(a => a.getAttribute('href'))")
    assert links == [f"{name}.ipynb" for name in ORDER]
    assert "trainers_room" not in start.page.content()
    second = start.follow(".arlab-home a[href^='02_dso']", "**/en/02_dso.ipynb*")
    third = second.follow(".arlab-after", f"**/en/{ORDER[2]}.ipynb*")
    chinese = third.follow(".arlab-switch", f"**/zh/{ORDER[2]}.ipynb*")
    chinese.says(".arlab-question", load_lab(ORDER[2]).question.zh)
    back = chinese.follow(".arlab-switch", f"**/en/{ORDER[2]}.ipynb*")
    assert back.page.locator(".arlab-before").get_attribute("href") == "02_dso.ipynb"
    for seen in (start, second, third, chinese, back):
        assert seen.errors == []
        assert seen.elsewhere == []
