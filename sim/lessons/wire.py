"""Which messages of a page's kernel does the server take from a browser, and in which form?

A page speaks the newer of Jupyter's two forms. In it a message begins with how many parts it has; Voila and Jupyter
count so far whatever stands there, also in a message of the older form, and one page could hold up all others for ever.
"""

from __future__ import annotations

import tornado.web
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

FORM = "v1.kernel.websocket.jupyter.org"
NUMBER = 8  # bytes
PARTS = range(5, 1000)  # channel, header, parent, metadata, content, then what a message carries


class Wire(VoilaKernelWebsocketHandler):
    """The connection between a page and its kernel."""

    async def pre_get(self) -> None:
        """Refuse a browser, or a program, that speaks the older form. Raises HTTPError."""
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if FORM not in [form.strip() for form in offered.split(",")]:
            raise tornado.web.HTTPError(400)
        await super().pre_get()

    def on_message(self, ws_message: str | bytes) -> None:
        """Pass on what is a message; whoever sends something else is cut off."""
        if is_message(ws_message):
            super().on_message(ws_message)
        else:
            self.close()


def is_message(told: str | bytes) -> bool:
    """Does this have the parts that it says it has, in their order?"""
    if not isinstance(told, bytes) or len(told) < NUMBER:
        return False
    number = int.from_bytes(told[:NUMBER], "little")
    if number - 1 not in PARTS or len(told) < NUMBER * (number + 1):
        return False
    places = [int.from_bytes(told[NUMBER * at : NUMBER * (at + 1)], "little") for at in range(1, number + 1)]
    return places == sorted(places) and places[0] == NUMBER * (number + 1) and places[-1] == len(told)
