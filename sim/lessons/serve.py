"""How does a learner open the lessons: in JupyterLab, or as pages without code?

Both run as a server of their own on this machine only (127.0.0.1), guarded by a token made anew at each start,
until Ctrl-C.
"""

from __future__ import annotations

import ipaddress
import os
import random
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.error import URLError

import click

from sim.base.errors import BadInput, Problem, Problems
from sim.base.places import IN_CLASS, NOTEBOOKS, ROOT
from sim.lessons.answers_folder import answers_folder
from sim.words import Language, Words

HOST = "127.0.0.1"
SITE = Path(__file__).resolve().parent / "site"
START_LESSON = "01_start_here"
TRAINERS_ROOM = "trainers_room"  # served as a page only when a trainer asks for it
LANGUAGES = ("en", "zh")
TABS = "workspaces"  # JupyterLab's name for the open tabs and their places
NOT_LENT = range(
    18_000, 28_000
)  # below what Linux, macOS and Windows lend to any program that asks for a port
SECONDS_TO_START = 90
SECONDS_TO_STOP = 8


@dataclass(frozen=True)
class Server:
    """What must be run, and where will it answer?"""

    host: str
    command: tuple[str, ...]
    environment: dict[str, str]
    port: int
    probe: str
    page: str
    log: Path

    @property
    def address(self) -> str:
        """The address a person opens; its token opens the door once, then a cookie does."""
        return f"{self.place}{self.page}?token={self.token}"

    @property
    def place(self) -> str:
        """The address without a page and without the token."""
        return f"http://{self.host}:{self.port}"

    @property
    def token(self) -> str:
        """What opens the door."""
        return self.environment["JUPYTER_TOKEN"]

    @property
    def room(self) -> str:
        """The address of the trainer's room, where pages are served to a trainer."""
        return f"{self.place}/{TRAINERS_ROOM}/{self.environment['ARLAB_LANG']}?token={self.token}"


def open_lab(lang: Language = "en", browser: bool = True, port: int | None = None) -> None:
    """Open JupyterLab on the start lesson and on no tab of last time, and keep it running until Ctrl-C.

    The tabs of last time would run all their lessons at once, without what was answered in them.
    """
    shutil.rmtree(state_folder(f"lab-{lang}") / TABS, ignore_errors=True)
    server = lab_server(lang, checked_port(lang, port))
    run(server, lang, Words(lang).say("lessons.serve.lab_ready", address=server.address), browser)


def open_pages(
    lang: Language = "en", browser: bool = True, port: int | None = None, trainer: bool = False
) -> None:
    """Open the lessons as pages without code, and keep them running until Ctrl-C; for a trainer, the room too."""
    ready = "lessons.serve.trainer_ready" if trainer else "lessons.serve.pages_ready"
    server = pages_server(lang, checked_port(lang, port), trainer)
    run(server, lang, Words(lang).say(ready, address=server.address, room=server.room), browser)


def open_to_class(
    lang: Language = "en",
    browser: bool = True,
    port: int | None = None,
    trainer: bool = False,
    address: str | None = None,
) -> None:
    """Open the lessons as pages to a class in the same network, and keep them running until Ctrl-C."""
    from sim.lessons.classroom import EASY_PORTS, class_code, own_address, spaced

    host = address or own_address()
    port = checked_port(lang, port, host, EASY_PORTS)
    server = pages_server(lang, port, trainer, str(host), class_code())
    words = Words(lang)
    said = words.say(
        "lessons.serve.class_ready", place=server.place, code=spaced(server.token), page=server.address
    )
    if trainer:
        said = "\n\n".join([said, words.say("lessons.serve.class_room", room=server.room)])
    run(server, lang, said, browser)


def lab_server(lang: str, port: int) -> Server:
    """Which JupyterLab opens the start lesson in this language?"""
    state = state_folder(f"lab-{lang}")
    command = [sys.executable, "-m", "jupyterlab", f"--config={SITE / 'lab' / 'config.py'}"]
    command += [f"--ServerApp.port={port}", f"--ServerApp.root_dir={ROOT}"]
    command += [f"--LabApp.app_settings_dir={SITE / 'lab' / lang}"]
    command += [
        f"--LabApp.user_settings_dir={state / 'settings'}",
        f"--LabApp.workspaces_dir={state / TABS}",
    ]
    page = f"/lab/tree/notebooks/{lang}/{START_LESSON}.ipynb"
    return Server(HOST, tuple(command), environment(lang), port, "/api", page, state / "server.log")


def pages_server(
    lang: str, port: int, trainer: bool = False, host: str = HOST, code: str | None = None
) -> Server:
    """Which server shows the lessons without code, this language first; with a code, to a class?"""
    command = [sys.executable, "-m", "sim.lessons.pages", "--lang", lang, "--ip", host, "--port", str(port)]
    command += ["--trainer"] * trainer + ["--class"] * (code is not None)
    ours = environment(lang)
    page = f"/start/{lang}"
    if code is not None:
        ours |= {"JUPYTER_TOKEN": code, IN_CLASS: "1"}
        page = "/class"
    log = state_folder("pages") / "server.log"
    return Server(host, tuple(command), ours, port, "/site/site.css", page, log)


def environment(lang: str) -> dict[str, str]:
    """What do the server and its kernels inherit: all of ours, a fresh token, none of a person's Jupyter settings."""
    ours = {"JUPYTER_TOKEN": secrets.token_hex(16), "JUPYTER_NO_CONFIG": "1", "ARLAB_LANG": lang}
    ours["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, **ours, "PYTHONPATH": os.pathsep.join(paths)}


def state_folder(name: str) -> Path:
    """Where are window layouts and the server's log kept between starts?"""
    from jupyter_core.paths import jupyter_data_dir

    folder = Path(jupyter_data_dir()) / "receivables-lab" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def checked_port(lang: str, port: int | None, host: str | None = HOST, easy: tuple[int, ...] = ()) -> int:
    """Which port is used: the wanted one when it is free; when none was wanted an easy one, or any free one?"""
    problems = Problems()
    if host is None:
        problems.add("serve.no_network", "--address", "")
        host = HOST
    elif not is_ours(host):
        problems.add("serve.not_our_address", "--address", host)
        host = HOST
    if lang not in LANGUAGES:
        problems.add("serve.language", "--lang", lang, allowed=", ".join(LANGUAGES))
    elif not (NOTEBOOKS / lang / f"{START_LESSON}.ipynb").exists():
        problems.add("serve.lesson_missing", "notebook", f"notebooks/{lang}/{START_LESSON}.ipynb")
    if port is not None and not 1024 <= port <= 65535:
        problems.add("serve.port_range", "--port", port)
    elif port is not None and not is_free(port, host):
        problems.add("serve.port_taken", "--port", port)
    problems.stop_if_any()
    return port or next((each for each in easy if is_free(each, host)), 0) or free_port(host)


def is_ours(host: str) -> bool:
    """Is this an address of this machine?"""
    with socket.socket() as probe:
        try:
            probe.bind((str(ipaddress.IPv4Address(host)), 0))
        except (OSError, ValueError):
            return False
    return True


def is_free(port: int, host: str = HOST) -> bool:
    """May a server of ours listen on this port?"""
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(host: str = HOST) -> int:
    """Which port is free, and not one that a program beside us might be lent before the server has it?"""
    return next(port for port in random.sample(NOT_LENT, len(NOT_LENT)) if is_free(port, host))


def run(server: Server, lang: Language, ready: str, browser: bool) -> None:
    """Serve, say where, and stay until Ctrl-C."""
    with running(server):
        click.echo(ready)
        sys.stdout.flush()
        if browser:
            webbrowser.open(server.address)
    click.echo(Words(lang).say("lessons.serve.stopped"))


@contextmanager
def running(server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """Start the server, run the block once it answers, then stay until it ends or is told to stop."""
    with stop_signal_raises(), answers_folder() as answers, server.log.open("wb") as log:
        told = {**server.environment, **answers}
        process = subprocess.Popen(server.command, env=told, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            wait_until_up(server, process)
            yield process
            process.wait()
            if process.returncode > 0:
                raise ended(server)
        except KeyboardInterrupt:
            pass
        finally:
            stop(process)


def wait_until_up(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers.

    Raises BadInput with the end of its log when it stops, or does not answer in time.
    """
    deadline = time.monotonic() + SECONDS_TO_START
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({})
    )  # a company's proxy does not know us
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with opener.open(f"{server.place}{server.probe}", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise ended(server)


def ended(server: Server) -> BadInput:
    """What do we tell a person whose server ended by itself?"""
    tail = server.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
    return BadInput([Problem("serve.ended", "server", "\n".join(tail), {"log": str(server.log)})])


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server kindly, so that it ends its kernels; after a while, firmly."""
    if os.name == "nt":  # there terminate() is not kind, but Ctrl-C has reached the server already
        with suppress(subprocess.TimeoutExpired):
            process.wait(SECONDS_TO_STOP)
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def stop_signal_raises() -> Iterator[None]:
    """Within this block, being told to end (SIGTERM) is like Ctrl-C."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
