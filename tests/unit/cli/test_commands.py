"""Does the command `arlab` answer in the user's language, tell all that is wrong at once, and fail with a code?"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import COMMANDS, arlab
from sim.words.layout import width

ROOT = Path(__file__).resolve().parents[3]
NAMES = [command.name for command in COMMANDS]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def run(*arguments: object, lang: str = "en") -> Result:
    return CliRunner(env={"ARLAB_LANG": lang}).invoke(arlab, [str(argument) for argument in arguments])


def test_there_are_the_promised_commands():
    assert NAMES == [
        "lab",
        "show",
        "import",
        "measure",
        "fit",
        "simulate",
        "whatif",
        "report",
        "picture",
        "roleplay",
        "handout",
        "papers",
        "list",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_a_help_page_in_both_languages(name: str):
    english, chinese = run(name, "--help"), run(name, "--help", lang="zh")
    assert english.exit_code == chinese.exit_code == 0
    assert not CHINESE.search(english.stdout)
    assert CHINESE.search(chinese.stdout)
    assert max(width(line) for line in chinese.stdout.splitlines()[1:]) <= 80


@pytest.mark.parametrize("line", [("--lang", "zh", "list", "levers"), ("list", "levers", "--lang", "zh")])
def test_the_language_may_stand_before_or_after_the_command(line: tuple[str, ...]):
    assert "信用期" in run(*line).stdout


def test_a_bare_command_shows_what_there_is_and_is_no_success():
    bare = run(lang="zh")
    assert (bare.exit_code, bare.stdout) == (2, "")
    assert "用法：arlab" in bare.stderr


def test_all_that_is_wrong_is_told_at_once():
    done = run("simulate", "manufacturer", "--days", "0", "--runs", "many", "extra")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "--days: 0 is not between 1 and 3653",
        "--runs: many is not a whole number",
        "--policy: is missing",
        "--out: is missing",
        "extra: one argument too many",
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("lst",), "did you mean list?"),
        (("simulate", "--ploicy", "x"), "did you mean --policy?"),
        (("measure", "--as-of"), "--as-of: needs a value after it"),
        (("measure", "x", "--as-of", "31.3.2025"), "--as-of: 31.3.2025 is not a date"),
        (("measure", "x", "--every", "week"), "--every: week is not one of the choices"),
        (("--lang", "fr", "list", "levers"), "--lang: fr is not one of the choices: en, zh"),
        (("import", "/no/such.csv", "--out", "x"), "FILE: there is no file /no/such.csv"),
        (("list", "everything"), "WHAT: everything is not one of the choices"),
        (("lab", "--port", "80"), "--port: 80 is not between 1024 and 65535"),
        (("whatif", "nobody", "--baseline", "as_is", "--alternative", "strict"), "no portfolio named nobody"),
    ],
)
def test_what_a_person_got_wrong_is_said_in_a_sentence(line: tuple[str, ...], told: str):
    done = run(*line)
    assert done.exit_code == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert CHINESE.search(run(*line, lang="zh").stderr)


def test_both_wrong_policies_are_named_by_their_options():
    done = run("whatif", "manufacturer", "--baseline", "asis", "--alternative", "strct", "--scenario", "boom")
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        "--baseline",
        "--alternative",
        "scenario",
    ]


@pytest.mark.parametrize("what", ["portfolios", "policies", "scenarios", "levers"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_lists_are_for_people_and_for_programs(what: str, lang: str):
    told, rows = run("list", what, lang=lang), json.loads(run("list", what, "--json", lang=lang).stdout)
    assert told.exit_code == 0
    assert rows
    assert all(row["name"] in told.stdout and row["title"] for row in rows)
    assert all(bool(CHINESE.search(row["title"])) == (lang == "zh") for row in rows)


def test_a_lever_is_listed_with_range_default_and_basis():
    rows = {row["name"]: row for row in json.loads(run("list", "levers", "--json").stdout)}
    term = rows["terms.net_days"]
    assert (term["unit"], term["low"], term["high"], term["default"], term["basis"]) == ("d", 0, 180, 60, "R")
    assert rows["credit.limit_enforcement"]["choices"] == ["hold", "none"]


def test_a_failure_of_the_program_is_one_sentence_and_a_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def fail(_words: object) -> list[dict[str, object]]:
        raise RuntimeError("the roof is on fire")

    monkeypatch.setitem(sys.modules["sim.commands.listing"]._LISTS, "levers", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    done = run("list", "levers", "--json")
    (log,) = tmp_path.glob("arlab-*.log")
    assert (done.exit_code, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert str(log) in done.stderr
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_ctrl_c_ends_without_fuss(monkeypatch: pytest.MonkeyPatch):
    def interrupted(_words: object) -> list[dict[str, object]]:
        raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules["sim.commands.listing"]._LISTS, "levers", interrupted)
    done = run("list", "levers")
    assert (done.exit_code, done.stdout, done.stderr) == (130, "", "Stopped.\n")


def test_the_lessons_get_language_browser_and_port(monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr("sim.lessons.serve.open_lab", lambda *given: asked.append(given))
    monkeypatch.setattr("sim.lessons.serve.open_pages", lambda *given: asked.append(given))
    assert run("lab", "--lang", "zh", "--no-browser", "--port", "8899").exit_code == 0
    assert run("show").exit_code == 0
    assert run("show", "--trainer").exit_code == 0
    assert asked == [("zh", False, 8899), ("en", True, None, False), ("en", True, None, True)]


def test_the_pages_are_opened_to_a_class_only_on_demand(monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr("sim.lessons.serve.open_to_class", lambda *given: asked.append(given))
    assert run("show", "--class").exit_code == 0
    assert run("show", "--class", "--address", "192.168.1.20", "--trainer", "--port", "8001").exit_code == 0
    assert asked == [("en", True, None, False, None), ("en", True, 8001, True, "192.168.1.20")]
    alone = run("show", "--address", "192.168.1.20")
    assert alone.exit_code == 2
    assert "--class" in alone.stderr


# --- as a program of its own ------------------------------------------------------------------------------------


def python(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False
    )


def test_output_is_utf8_whatever_the_code_page():
    code = "from sim.cli import main; main()"
    done = python(code, "list", "policies", "--json", "--lang", "zh", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))[0]["title"] == "维持现状"


def test_the_help_page_waits_for_nothing_heavy():
    code = "import sim.cli, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = set(python(code).stdout.decode().split())
    assert not loaded & {"numpy", "pandas", "pydantic", "scipy", "simpy", "pyarrow", "babel", "IPython"}


def test_a_wrong_portfolio_does_not_hide_a_wrong_policy():
    done = run("whatif", "nobody", "--baseline", "as_is", "--alternative", "nothing")
    assert done.exit_code == 2
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["portfolio", "--alternative"]


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "make a portfolio from it first"), ("zh", "请先由它拟合出客户组合")]
)
def test_a_ledger_is_no_portfolio_and_the_way_is_shown(tmp_path: Path, lang: str, told: str):
    (tmp_path / "manifest.toml").write_text("", encoding="utf-8")
    done = run("whatif", tmp_path, "--baseline", "as_is", "--alternative", "strict", lang=lang)
    assert done.exit_code == 2
    assert told in done.stderr


def test_a_folder_is_no_export(tmp_path: Path):
    done = run("import", tmp_path, "--out", tmp_path / "ledger")
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [f"FILE: {tmp_path} is a folder; give the name of a file in it"]


def test_the_language_may_be_named_before_a_group_or_after_its_command():
    from click.testing import CliRunner

    from sim.cli import arlab

    said = [
        CliRunner().invoke(arlab, words).output
        for words in (["--lang", "zh", "roleplay", "--help"], ["roleplay", "--help", "--lang", "zh"])
    ]
    assert all("用法" in text for text in said)
