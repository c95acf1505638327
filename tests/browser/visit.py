"""How does a test look at a page as a person would, and what must hold on any page?"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sim.lessons.serve import START_LESSON
from tests.browser.quiet import PATIENCE, STILL, STILL_SHORTLY, until_quiet, until_told

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = Path(__file__).resolve().parent / "screenshots"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = {"127.0.0.1", ""}  # "" is data: and blob:
SECONDS_TO_START = 60
GLANCE = 60_000  # milliseconds in which the busiest machine has answered a click
INTO_VIEW = """selector => {
  const found = document.querySelector(selector);
  found?.scrollIntoView({block: 'center', behavior: 'instant'});
  return found !== null && found.isConnected && found.getClientRects().length > 0;
}"""

# Names that stay as they are in a Chinese text, and an English page's link to the Chinese one.
LATIN_IN_CHINESE = {"DSO", "English", "toml", "policy", "CEI", "work", "main", "my_policies"}
CHINESE_IN_ENGLISH = {"中文", "应收账款实训室"}


@dataclass
class Served:
    """A running `arlab lab` or `arlab show`."""

    process: subprocess.Popen[str]
    said: str
    address: str

    def lesson(self, name: str) -> str:
        """The address of another lesson than the first one."""
        address = re.sub(r"/start/(en|zh)", rf"/voila/render/\1/{name}.ipynb", self.address)
        return address.replace(f"{START_LESSON}.ipynb", f"{name}.ipynb")


def start(command: str, lang: str, *more: str, data: Path | None = None) -> Served:
    """Start the kit as a person would, and read the address from what it says; `data`: where it keeps its windows."""
    arlab = [sys.executable, "-u", "-c", "from sim.cli import main; main()"]
    words = [*arlab, command, "--lang", lang, "--no-browser", *more]
    kept = {"JUPYTER_DATA_DIR": str(data)} if data else {}
    process = subprocess.Popen(
        words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        env={**os.environ, **kept},
    )  # fmt: skip
    assert process.stdout is not None
    said = ""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        line = process.stdout.readline()
        said += line
        found = re.search(r"http://\S+", line)
        if found:
            return Served(process, said, found[0])
        if not line and process.poll() is not None:
            break
    process.kill()
    raise AssertionError(f"arlab {command} did not start:\n{said}")


def stop(served: Served) -> str:
    """Stop it as Ctrl-C would; what did it say last?"""
    served.process.terminate()
    try:
        rest, _ = served.process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        served.process.kill()
        raise
    return rest


@dataclass
class Visit:
    """A page, and everything that went wrong on it."""

    page: Any
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._asked)
        self.page.on("websocket", self._asked)

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _asked(self, request: Any) -> None:
        if (urlsplit(request.url).hostname or "") not in HERE:
            self.elsewhere.append(request.url)

    def picture(self, name: str) -> None:
        """Keep a screenshot for people to look at."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")

    def show(self, selector: str) -> None:
        """Bring the first place of this kind to the middle of the screen, found anew when a redraw took it away."""
        self.page.wait_for_function(INTO_VIEW, arg=selector, timeout=PATIENCE)

    def follow(self, link: str, address: str) -> Visit:
        """The lab to which this link of a lab leads, in a tab of its own; the page left behind is closed."""
        self.page.wait_for_selector(link, timeout=PATIENCE)
        with self.page.context.expect_page() as opening:
            self.page.locator(link).first.click()
        found = Visit(opening.value)
        found.page.wait_for_url(address, timeout=PATIENCE, wait_until="commit")
        found.page.wait_for_selector(".arlab-way", timeout=PATIENCE)
        self.page.goto("about:blank")
        return found

    def quiet(self) -> None:
        """Wait until nothing more comes of what was done last."""
        until_quiet(self.page)

    def told(self, still: int = STILL) -> None:
        """Wait until there is a first answer to what was done last; more runs may still come."""
        until_told(self.page, still)

    def text(self, selector: str) -> str:
        """The text a person sees there, once what was done last has been answered."""
        self.told(STILL_SHORTLY)
        return str(self.page.locator(selector).first.inner_text())

    def says(self, selector: str, *wanted: str | re.Pattern[str]) -> None:
        """Wait until the first place of this kind says all of this: what a person does is answered a little later."""
        from playwright.sync_api import expect

        for said in wanted:
            expect(self.page.locator(selector).first).to_contain_text(
                said, use_inner_text=True, timeout=GLANCE
            )

    def holds(self, condition: str) -> None:
        """Wait until this is true on the page."""
        self.page.wait_for_function(condition, timeout=GLANCE)

    def counts(self, selector: str, wanted: int) -> None:
        """Wait until there are so many places of this kind."""
        from playwright.sync_api import expect

        expect(self.page.locator(selector)).to_have_count(wanted, timeout=GLANCE)


def foreign_words(text: str, lang: str) -> set[str]:
    """Which words of a page are in the other language?"""
    if lang == "zh":
        return set(re.findall(r"[A-Za-z_]{3,}", text)) - LATIN_IN_CHINESE
    return set(re.findall(r"[\u4e00-\u9fff]+", text)) - CHINESE_IN_ENGLISH


MARK_CHINESE = """() => {
  let count = 0;
  for (const element of document.querySelectorAll('body *')) {
    if (['SCRIPT', 'STYLE', 'OPTION', 'TITLE'].includes(element.tagName) || !element.getClientRects().length) continue;
    const own = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('');
    const text = element.tagName === 'SELECT' ? element.selectedOptions[0]?.text ?? '' : own;
    const signs = (text.match(/[\\u4e00-\\u9fff]/g) || []).length;
    if (signs) element.setAttribute('data-chinese', `${count++}:${signs}:${text.trim().slice(0, 30)}`);
  }
  return count;
}"""


def boxes(visit: Visit) -> list[str]:
    """Which texts are drawn as boxes, because no font with Chinese glyphs reached them?"""
    from playwright.sync_api import Error

    assert visit.page.evaluate(MARK_CHINESE) > 0
    tools = visit.page.context.new_cdp_session(visit.page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    found = []
    for node in tools.send("DOM.querySelectorAll", {"nodeId": root, "selector": "[data-chinese]"})["nodeIds"]:
        try:
            attributes = tools.send("DOM.getAttributes", {"nodeId": node})["attributes"]
            fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        except Error as gone:
            if "Could not find node" not in str(gone):
                raise
            continue  # drawn anew meanwhile
        _, signs, text = attributes[attributes.index("data-chinese") + 1].split(":", 2)
        fit = [font for font in fonts if font["isCustomFont"] or has_chinese(font["familyName"])]
        drawn = sum(font["glyphCount"] for font in fit)
        if fonts and drawn < int(signs):
            found.append(text)
    return found


def has_chinese(family: str) -> bool:
    """Is this a font of the machine's own that holds Chinese?"""
    return not re.match(r"(Liberation|DejaVu)", family)


CUT_OFF = """() => [...document.querySelectorAll('.arlab-panel .widget-html-content, .arlab-panel th, .arlab-panel td, '
    + '.arlab-panel button, .arlab-panel .widget-label, .arlab-panel .widget-readout')]
  .filter(element => element.clientWidth && element.scrollWidth > element.clientWidth + 1)
  .map(element => element.innerText)"""


def cut_off(visit: Visit) -> list[str]:
    """Which labels do not fit their place?"""
    return list(visit.page.evaluate(CUT_OFF))
