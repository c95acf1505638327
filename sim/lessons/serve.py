"""How does a learner open the lessons: in JupyterLab, or as pages without code?

Both run as a server of their own on this machine only (127.0.0.1), guarded by a token made anew at each start,
until Ctrl-C.
"""

from __future__ import annotations

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
from sim.base.places import NOTEBOOKS, ROOT
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

    command: tuple[str, ...]
    environment: dict[str, str]
    port: int
    probe: str
    page: str
    log: Path

    @property
    def address(self) -> str:
        """The address a person opens; its token opens the door once, then a cookie does."""
        return f"http://{HOST}:{self.port}{self.page}?token={self.environment['JUPYTER_TOKEN']}"

    @property
    def room(self) -> str:
        """The address of the trainer's room, where pages are served to a trainer."""
        return self.address.replace("/start/", f"/{TRAINERS_ROOM}/")


def open_lab(lang: Language = "en", browser: bool = True, port: int | None = None) -> None:
    """Open JupyterLab on the start lesson and on no tab of last time, and keep it running until Ctrl-C.

    The tabs of last time would run all their lessons at once, without what was answered in them.
    """
    shutil.rmtree(state_folder(f"lab-{lang}") / TABS, ignore_errors=True)
    run(lab_server(lang, checked_port(lang, port)), lang, "lessons.serve.lab_ready", browser)


def open_pages(
    lang: Language = "en", browser: bool = True, port: int | None = None, trainer: bool = False
) -> None:
    """Open the lessons as pages without code, and keep them running until Ctrl-C; for a trainer, the room too."""
    ready = "lessons.serve.trainer_ready" if trainer else "lessons.serve.pages_ready"
    run(pages_server(lang, checked_port(lang, port), trainer), lang, ready, browser)


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
    return Server(tuple(command), environment(lang), port, "/api", page, state / "server.log")


def pages_server(lang: str, port: int, trainer: bool = False) -> Server:
    """Which server shows the lessons without code, this language first?"""
    command: tuple[str, ...] = (
        sys.executable,
        "-m",
        "sim.lessons.pages",
        "--lang",
        lang,
        "--port",
        str(port),
    )
    if trainer:
        command += ("--trainer",)
    log = state_folder("pages") / "server.log"
    return Server(command, environment(lang), port, "/site/site.css", f"/start/{lang}", log)


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


def checked_port(lang: str, port: int | None) -> int:
    """Which port is used: the wanted one when it is free, any free one when none was wanted?"""
    problems = Problems()
    if lang not in LANGUAGES:
        problems.add("serve.language", "--lang", lang, allowed=", ".join(LANGUAGES))
    elif not (NOTEBOOKS / lang / f"{START_LESSON}.ipynb").exists():
        problems.add("serve.lesson_missing", "notebook", f"notebooks/{lang}/{START_LESSON}.ipynb")
    if port is not None and not 1024 <= port <= 65535:
        problems.add("serve.port_range", "--port", port)
    elif port is not None and not is_free(port):
        problems.add("serve.port_taken", "--port", port)
    problems.stop_if_any()
    return port or free_port()


def is_free(port: int) -> bool:
    """May a server of ours listen on this port?"""
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Which port is free, and not one that a program beside us might be lent before the server has it?"""
    return next(port for port in random.sample(NOT_LENT, len(NOT_LENT)) if is_free(port))


def run(server: Server, lang: Language, ready: str, browser: bool) -> None:
    """Serve, say where, and stay until Ctrl-C."""
    with running(server):
        click.echo(Words(lang).say(ready, address=server.address, room=server.room))
        sys.stdout.flush()
        if browser:
            webbrowser.open(server.address)
    click.echo(Words(lang).say("lessons.serve.stopped"))


@contextmanager
def running(server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """Start the server, run the block once it answers, then stay until it ends or is told to stop."""
    with stop_signal_raises(), server.log.open("wb") as log:
        process = subprocess.Popen(
            server.command, env=server.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
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
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{server.port}{server.probe}", timeout=2):
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
