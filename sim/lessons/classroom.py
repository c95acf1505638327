"""How do the lessons reach a class: at which address of this machine, and behind which code?

Trainees open the pages from tablets and laptops of their own. The code that a trainer's screen shows is the server's
token; the trainer's room opens on the serving machine only.
"""

from __future__ import annotations

import ipaddress
import secrets
import socket
import unicodedata
from typing import Any

import segno
import tornado.web
from jupyter_server.auth.identity import PasswordIdentityProvider
from jupyter_server.base.handlers import JupyterHandler
from voila.tornado.handler import TornadoVoilaHandler

CODE_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read for another one
CODE_LENGTH = 8
EASY_PORTS = (8000, 8080, 8888)  # short to type, tried in this order
SOMEWHERE = ("192.0.2.1", 9)  # an address that documents use (RFC 5737); nothing is sent to it
OWN_ADDRESS = "arlab_own_address"


def class_code() -> str:
    """Which code opens the pages to this class, and to no other?"""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


def spaced(code: str) -> str:
    """The code as it stands on a screen, in two halves."""
    return f"{code[: CODE_LENGTH // 2]} {code[CODE_LENGTH // 2 :]}"


def typed_code(typed: str) -> str:
    """Which code did a trainee mean, who may type capitals, spaces, a hyphen, or wide signs as in Chinese?"""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed).casefold() if sign not in " -_")


def own_address() -> str | None:
    """At which address do other machines of this network reach this one? None when it is in no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(SOMEWHERE)
            found = [probe.getsockname()[0]]
        except OSError:  # no way out, but there may be a network of its own
            found = named_addresses()
    return next((address for address in found if not ipaddress.ip_address(address).is_loopback), None)


def named_addresses() -> list[str]:
    """Which addresses does this machine's own name have?"""
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []


def picture_of(address: str) -> str:
    """The address as a QR code to scan, drawn as SVG."""
    return str(
        segno.make(address, error="m").svg_inline(border=2, dark="#1f2933", light="#ffffff", omitsize=True)
    )


class ClassDoor(PasswordIdentityProvider):
    """Lets in whoever types the code, in whichever way."""

    def process_login_form(self, handler: tornado.web.RequestHandler) -> Any:
        """Who has typed this? None when the code does not fit."""
        typed = typed_code(handler.get_argument("password", default="") or "")
        if self.token and secrets.compare_digest(typed.encode(), self.token.encode()):
            return self.generate_anonymous_user(handler)
        return None


def is_from_here(come_from: str | None, own: str) -> bool:
    """Does a request come from the machine that serves the pages at its own address?"""
    try:
        return come_from == own or ipaddress.ip_address(come_from or "").is_loopback
    except ValueError:
        return False


class FromHere(JupyterHandler):
    """Answers this machine only."""

    async def prepare(self, *, _redirect_to_login: bool = True) -> None:
        """Tell anybody else that there is no such page."""
        if not is_from_here(self.request.remote_ip, self.settings[OWN_ADDRESS]):
            raise tornado.web.HTTPError(404)
        await super().prepare()


class RoomPage(FromHere, TornadoVoilaHandler):
    """The trainer's room: solutions are not for the class."""


class ClassPage(FromHere):
    """What a trainer projects: the address, the code, the same to scan, and how many pages are open."""

    @tornado.web.authenticated
    def get(self) -> None:
        """Show it."""
        place = f"{self.request.protocol}://{self.request.host}"
        token = self.identity_provider.token
        shown = {"place": place, "code": spaced(token), "qr": picture_of(f"{place}/?token={token}")}
        self.finish(self.render_template("class.html", **shown))


class OpenPages(FromHere):
    """How many pages are open?"""

    @tornado.web.authenticated
    async def get(self) -> None:
        """Count the kernels somebody looks at."""
        kernels = self.kernel_manager.list_kernels()
        self.finish({"open": sum(1 for kernel in kernels if kernel["connections"] > 0)})
