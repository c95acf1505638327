"""What do the browser tests share: servers, a browser, and a page that remembers what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import LAPTOP
from tests.browser.quiet import count_messages
from tests.browser.visit import GLANCE, Served, Visit, start, stop


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def pages() -> Iterator[Callable[..., Served]]:
    """Starts `arlab show --lang LANG` (and more options) once for all tests, and stops it afterwards."""
    running: dict[tuple[str, ...], Served] = {}

    def get(*words: str) -> Served:
        if words not in running:
            running[words] = start(*words)
        return running[words]

    yield get
    for served in running.values():
        stop(served)


@pytest.fixture
def serve(pages: Callable[..., Served], tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """A server for a test: that of the pages is shared, a JupyterLab is the test's own and remembers no tabs."""
    own: list[Served] = []

    def get(command: str, *words: str) -> Served:
        if command == "show":
            return pages(command, *words)
        own.append(start(command, *words, data=tmp_path))
        return own[-1]

    yield get
    for served in own:
        stop(served)


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[[], Visit]]:
    """Opens a page without any cookies, on a laptop's screen."""
    contexts = []

    def get() -> Visit:
        contexts.append(browser.new_context(viewport=LAPTOP))
        contexts[-1].set_default_timeout(GLANCE)
        count_messages(contexts[-1])
        return Visit(contexts[-1].new_page())

    yield get
    for context in contexts:
        for page in context.pages:
            page.goto(
                "about:blank"
            )  # a page that is left ends its kernel; one that is only closed here does not
        context.close()
