"""Does the first command work on a machine with only Python and pip, and explain itself where it cannot?"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import start


def test_an_old_python_can_read_it_far_enough_to_be_told(root: Path):
    ast.parse((root / "start.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_it_needs_nothing_but_the_standard_library(root: Path):
    tree = ast.parse((root / "start.py").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_an_old_python_is_told_so_in_both_languages(monkeypatch, capsys):
    monkeypatch.setattr(start.sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as stopped:
        start.main([])
    assert stopped.value.code == 1
    told = capsys.readouterr().err
    assert "Python 3.11 or newer is needed" in told
    assert "需要 Python 3.11" in told


def test_a_python_without_pip_is_told_how_to_get_it(monkeypatch, capsys):
    monkeypatch.setattr(start, "find_uv", lambda: None)
    monkeypatch.setattr(start, "answer", lambda *words: "")
    with pytest.raises(SystemExit):
        start.get_uv()
    assert "python3-pip" in capsys.readouterr().err


def test_a_failed_installation_is_no_traceback(monkeypatch, capsys):
    monkeypatch.setattr(start, "get_uv", lambda: "uv")
    monkeypatch.setattr(start, "settings", dict)
    monkeypatch.setattr(start, "run", lambda *words, **more: 2)
    with pytest.raises(SystemExit) as stopped:
        start.main(["test"])
    assert stopped.value.code == 1
    assert "安装失败" in capsys.readouterr().err


ALL_CORES = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ([], ["arlab", "lab"]),
        (["lab", "--lang", "zh"], ["arlab", "lab", "--lang", "zh"]),
        (["list", "levers"], ["arlab", "list", "levers"]),
        (["test"], ["pytest", *ALL_CORES]),
        (["test", "-k", "dso"], ["pytest", *ALL_CORES, "-k", "dso"]),
        (["test", "-n", "0"], ["pytest", "-n", "0"]),
    ],
)
def test_words_become_a_command_and_its_exit_code_comes_back(monkeypatch, tmp_path, words, command):
    monkeypatch.chdir(tmp_path)
    calls = []

    def run(*given, env=None, cwd=start.HERE):
        calls.append((list(given), cwd))
        return 0 if given[1] == "sync" else 7

    monkeypatch.setattr(start, "get_uv", lambda: "uv")
    monkeypatch.setattr(start, "settings", dict)
    monkeypatch.setattr(start, "run", run)
    assert start.main(words) == 7
    given, cwd = calls[1]
    assert given == ["uv", "run", "--no-sync", "--project", start.HERE, *command]
    assert cwd == (start.HERE if command[0] == "pytest" else tmp_path)


def test_an_installer_too_old_is_passed_over(monkeypatch, tmp_path):
    monkeypatch.setattr(start, "HERE", tmp_path)
    monkeypatch.setattr(start.shutil, "which", lambda name: "uv-on-path")
    monkeypatch.setattr(start, "answer", lambda *words: "uv 0.1.45")
    assert start.find_uv() is None
    monkeypatch.setattr(start, "answer", lambda *words: "uv 0.13.9 (x86_64)")
    assert start.find_uv() == "uv-on-path"


def test_a_nearer_mirror_set_for_pip_serves_the_installer_too(monkeypatch):
    mirror = "global.index-url='mirror'\n:env:.cert='other.pem'\nglobal.cert='ours.pem'\n"
    monkeypatch.setattr(start, "answer", lambda *words: mirror)
    for name in ("UV_DEFAULT_INDEX", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    env = start.settings()
    assert env["UV_DEFAULT_INDEX"] == "mirror"
    assert env["SSL_CERT_FILE"] == "other.pem"
    assert env["UV_PYTHON_DOWNLOADS"] == "never"


def test_what_the_user_set_for_uv_stays(monkeypatch):
    monkeypatch.setattr(start, "answer", lambda *words: "global.index-url='mirror'\n")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "mine")
    assert start.settings()["UV_DEFAULT_INDEX"] == "mine"


def test_the_environment_it_was_called_from_does_not_leak(monkeypatch):
    monkeypatch.setattr(start, "answer", lambda *words: "")
    monkeypatch.setenv("VIRTUAL_ENV", "elsewhere")
    assert "VIRTUAL_ENV" not in start.settings()


def test_an_exit_code_is_passed_on():
    assert start.run(sys.executable, "-c", "raise SystemExit(5)") == 5
