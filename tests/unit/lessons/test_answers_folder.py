"""Has every server a private folder for answers, as long as it runs and no longer?"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import pytest

from sim.base.shared_answers import VARIABLE, publish
from sim.lessons import answers_folder as module
from sim.lessons.answers_folder import LEFT_OVER_SECONDS, PREFIX, answers_folder
from sim.lessons.serve import HOST, Server, free_port, running

SERVES = """
import http.server, os, sys
open(sys.argv[2], "w").write(os.environ["ARLAB_ANSWERS"])
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


@pytest.fixture(autouse=True)
def _own_place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_a_folder_is_private_and_goes_with_its_server(monkeypatch):
    with answers_folder() as first, answers_folder() as second:
        assert first != second
        folder = Path(first[VARIABLE])
        assert folder.is_dir()
        if os.name == "posix":
            assert folder.stat().st_mode & 0o777 == 0o700
        monkeypatch.setenv(VARIABLE, str(folder))
        publish("a", 1)
        assert (folder / "a").exists()
    assert not folder.exists()
    publish("a", 1)  # a kernel that is left over brings nothing back
    assert not folder.exists()


def test_a_server_is_told_its_folder_and_it_is_gone_after_the_server(tmp_path):
    port, told = free_port(), tmp_path / "told"
    command = (sys.executable, "-c", SERVES, str(port), str(told))
    server = Server(HOST, command, dict(os.environ), port, "/", "/", tmp_path / "server.log")
    with running(server) as process:
        folder = Path(told.read_text())
        assert folder.is_dir()
        assert folder.parent == tmp_path
        process.terminate()
    assert not folder.exists()


def test_a_server_starts_without_a_place_for_answers(monkeypatch):
    def full(**_):
        raise OSError("no room")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with answers_folder() as told:
        assert told == {VARIABLE: ""}


def test_what_a_killed_server_left_is_removed_and_a_running_ones_is_not(tmp_path):
    old, other = tmp_path / f"{PREFIX}old", tmp_path / "other"
    for folder in (old, other):
        folder.mkdir()
        (folder / "a").write_bytes(b"a")
        long_ago = time.time() - LEFT_OVER_SECONDS - 10
        os.utime(folder, (long_ago, long_ago))
    with answers_folder() as first:
        module.remove_left_over()
        assert Path(first[VARIABLE]).exists()
    assert other.exists()
    assert not old.exists()
