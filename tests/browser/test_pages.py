"""Are the code-free pages closed to all but the lessons, and is nothing left over when a page is closed?"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tests.browser.visit import Served, Visit, boxes

SHOWN = ".arlab-nouns"
FONT_READY = "document.documentElement.classList.contains('arlab-font-ready')"


def at(served: Served, path: str) -> str:
    """Another address of the same server, without its token."""
    parts = urlsplit(served.address)
    return f"{parts.scheme}://{parts.netloc}{path}"


def test_without_its_token_the_door_stays_shut(
    serve: Callable[[str, str], Served], visit: Callable[[], Visit]
):
    stranger = visit()
    stranger.page.goto(at(serve("show", "zh"), "/voila/render/zh/under_the_bonnet.ipynb"))
    stranger.page.wait_for_function(FONT_READY)
    stranger.picture("login")
    stranger.says("body", "Please use the full address", "请使用完整的地址")
    assert boxes(stranger) == []
    assert stranger.elsewhere == []


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/voila/tree",
        "/voila/api/contents/",
        "/voila/files/en/under_the_bonnet.ipynb",
        "/voila/files/src/under_the_bonnet.py",
        "/voila/render/src/under_the_bonnet.ipynb",
        "/voila/render/../../pyproject.toml",
        "/site/../pages.py",
    ],
)
def test_nothing_but_lessons_is_served(
    path: str, serve: Callable[[str, str], Served], visit: Callable[[], Visit]
):
    served = serve("show", "zh")
    guest = visit()
    guest.page.request.get(served.address, max_redirects=0)
    answer = guest.page.request.get(at(served, path))
    assert answer.status in (403, 404)
    assert "import" not in answer.text()


def test_a_wrong_address_says_so_in_both_languages(
    serve: Callable[[str, str], Served], visit: Callable[[], Visit]
):
    served = serve("show", "zh")
    lost = visit()
    lost.page.request.get(served.address, max_redirects=0)
    lost.page.goto(at(served, "/nothing"))
    lost.page.wait_for_function(FONT_READY)
    lost.picture("not_found")
    lost.says("body", "There is no such page", "没有这个页面")
    assert boxes(lost) == []


def test_the_page_leads_to_its_other_language_and_its_kernel_ends_with_it(
    serve: Callable[[str, str], Served], visit: Callable[[], Visit]
):
    served = serve("show", "en")
    reader = visit()
    reader.page.goto(served.lesson("under_the_bonnet"))
    reader.page.wait_for_selector(SHOWN, timeout=60_000)
    wait_for_kernels(reader, served, 2)  # this page's, and the one kept ready for the next reader
    reader.page.locator("#arlab-other-language").click()
    reader.page.wait_for_selector("text=正在准备课程")
    reader.page.wait_for_function(FONT_READY)
    reader.picture("preparing")
    assert boxes(reader) == []
    reader.page.wait_for_selector(SHOWN, timeout=60_000)
    assert reader.page.title() == "模型是怎样运转的？"
    wait_for_kernels(reader, served, 2)  # the first page's has ended
    reader.page.goto("about:blank")
    wait_for_kernels(reader, served, 1)
    assert reader.errors == []
    assert reader.elsewhere == []


def wait_for_kernels(visit: Visit, served: Served, wanted: int) -> None:
    """Wait until the server keeps so many kernels. A busy one takes some seconds to end."""
    for _ in range(120):
        if kernels(served) == wanted:
            return
        visit.page.wait_for_timeout(500)
    raise AssertionError(f"{kernels(served)} kernels, not {wanted}")


def kernels(served: Served) -> int:
    """How many kernels does this server keep?"""
    table = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in table.splitlines()[1:]]
    servers = {row[0] for row in rows if row[1] == str(served.process.pid)}
    return sum(1 for row in rows if row[1] in servers and "ipykernel_launcher" in row[2])
