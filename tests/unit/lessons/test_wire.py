"""Does a broken message, or one of the older form, leave the server alone?"""

from __future__ import annotations

import asyncio
import struct
from types import SimpleNamespace

import pytest
import tornado.web
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1

from sim.lessons.pages import GUARDED
from sim.lessons.wire import FORM, Wire, is_message


def told(*carried: bytes) -> bytes:
    """A message as a page sends it."""
    return bytes(serialize_msg_to_ws_v1([b"{}", b"{}", b"{}", b"{}", *carried], "shell"))


@pytest.mark.parametrize("carried", [(), (b"one",), (b"one", b"", b"three")])
def test_what_a_page_sends_is_passed_on(carried: tuple[bytes, ...]):
    assert is_message(told(*carried))


@pytest.mark.parametrize(
    "sent",
    [
        "text",
        b"",
        b"\xff" * 8,
        b"\xff" * 400,
        struct.pack("<Q", 2**40) + bytes(64),
        struct.pack("!II", 2, 12) + b'{"header": {}}',  # the older form
        told()[:-1],
        told()[:20],
        struct.pack("<Q", 6) + bytes(200),
    ],
)
def test_what_claims_parts_that_it_has_not_is_not_counted(sent: str | bytes):
    assert not is_message(sent)
    closed: list[bool] = []
    Wire.on_message(SimpleNamespace(close=lambda: closed.append(True)), sent)
    assert closed == [True]


@pytest.mark.parametrize("offered", [{}, {"Sec-WebSocket-Protocol": "other"}])
def test_the_older_form_is_refused(offered: dict[str, str]):
    asked = SimpleNamespace(request=SimpleNamespace(headers=offered))
    with pytest.raises(tornado.web.HTTPError) as caught:
        asyncio.run(Wire.pre_get(asked))
    assert caught.value.status_code == 400


def test_the_pages_are_served_over_this_wire():
    assert Wire in GUARDED.values()
    assert FORM.startswith("v1.")
