"""What do the browser tests share: servers, a browser, and a page that remembers what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.visit import CHROMIUM, FLAGS, Served, Visit, start, stop

LAPTOP = {"width": 1366, "height": 768}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium of the machine, with a fresh profile."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser here: {CHROMIUM} is missing")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[[str, str], Served]]:
    """Starts `arlab COMMAND --lang LANG` once a module, and stops it afterwards."""
    running: dict[tuple[str, str], Served] = {}

    def get(command: str, lang: str) -> Served:
        if (command, lang) not in running:
            running[command, lang] = start(command, lang)
        return running[command, lang]

    yield get
    for served in running.values():
        stop(served)


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[[], Visit]]:
    """Opens a page without any cookies, on a laptop's screen."""
    contexts = []

    def get() -> Visit:
        contexts.append(browser.new_context(viewport=LAPTOP))
        return Visit(contexts[-1].new_page())

    yield get
    for context in contexts:
        context.close()
