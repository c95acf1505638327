"""Are the lessons served on this machine only, behind a token, and are bad wishes explained?"""

from __future__ import annotations

import hashlib
import os
import runpy
import socket
from pathlib import Path

import pytest

from sim.base.errors import BadInput
from sim.lessons import serve
from sim.lessons.serve import HOST, NOT_LENT, SITE, checked_port, free_port, lab_server, pages_server

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _own_state(monkeypatch, tmp_path):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))


def test_a_taken_port_is_refused():
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BadInput) as caught:
            checked_port("en", port)
    assert [problem.rule for problem in caught.value.problems] == ["serve.port_taken"]


def test_all_wrong_wishes_are_named_at_once():
    with pytest.raises(BadInput) as caught:
        checked_port("fr", 80)
    assert [problem.rule for problem in caught.value.problems] == ["serve.language", "serve.port_range"]


def test_without_a_wish_a_port_is_found_that_is_free_and_lent_to_nobody(monkeypatch):
    assert checked_port("zh", None) in NOT_LENT
    monkeypatch.setattr(serve, "is_free", lambda port, host: port == NOT_LENT[7])
    assert checked_port("zh", None) == NOT_LENT[7]


@pytest.mark.parametrize("server_of", [lab_server, pages_server])
def test_each_start_has_a_token_of_its_own_that_no_process_list_shows(server_of):
    first, second = server_of("en", free_port()), server_of("en", free_port())
    tokens = {server.environment["JUPYTER_TOKEN"] for server in (first, second)}
    assert len(tokens) == 2
    assert not any(token in word for token in tokens for server in (first, second) for word in server.command)
    assert first.address.startswith(f"http://{HOST}:{first.port}/")


def test_a_persons_own_jupyter_settings_are_left_out():
    assert lab_server("en", 9000).environment["JUPYTER_NO_CONFIG"] == "1"
    assert lab_server("en", 9000).environment["PATH"] == os.environ["PATH"]


def test_jupyterlab_starts_without_the_tabs_of_last_time(monkeypatch):
    served = []
    monkeypatch.setattr(serve, "run", lambda server, *_: served.append(server))
    left = serve.state_folder("lab-en") / "workspaces" / "default.jupyterlab-workspace"
    left.parent.mkdir()
    left.write_text("{}", encoding="utf-8")
    serve.open_lab("en", browser=False)
    assert not left.exists()
    assert f"--LabApp.workspaces_dir={left.parent}" in served[0].command


def test_each_language_has_its_jupyterlab_settings():
    for lang in ("en", "zh"):
        assert (SITE / "lab" / lang / "overrides.json").is_file()
        assert (SITE / "lab" / lang / "page_config.json").is_file()


def test_the_fonts_are_those_that_the_tool_cut():
    tool = runpy.run_path(str(ROOT / "tools" / "fonts.py"))
    for path in (tool["OTF"], tool["WOFF2"]):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == tool["SHA256"][path.name]
        assert path.stat().st_size < 2 * 1024 * 1024
        assert path.with_name("OFL.txt").is_file()


def test_nothing_in_the_site_names_another_machine():
    for path in SITE.rglob("*"):
        if path.suffix in {".css", ".js", ".html", ".j2", ".json", ".py"}:
            text = path.read_text(encoding="utf-8")
            assert "http" not in text.replace("http-equiv", "").replace("https://openfontlicense.org", ""), (
                path
            )
