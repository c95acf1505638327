"""Is a day's folder written whole, never over anything else, and is what went wrong said in a sentence?"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import arlab
from sim.commands import output
from sim.reports import papers
from sim.reports.papers import CARDS, EVERYBODY, KEYS, TRAINER
from sim.training.plans import sound_plans
from sim.words import LANGUAGES


def run(*arguments: object, lang: str = "en") -> Result:
    return CliRunner(env={"ARLAB_LANG": lang}).invoke(arlab, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("day") / "my_workshop"
    done = run("papers", "ninety_minutes", "--out", folder)
    assert done.exit_code == 0, done.stderr
    assert all(name in done.stdout for name in (TRAINER, EVERYBODY, CARDS, KEYS))
    return folder


def test_the_folder_holds_the_four_files_and_no_draft_is_left(printed: Path):
    assert {path.name for path in printed.iterdir()} == {TRAINER, EVERYBODY, CARDS, KEYS}
    assert [path.name for path in printed.parent.iterdir()] == ["my_workshop"]
    assert all(path.read_bytes().startswith(b"%PDF") for path in printed.iterdir())


def test_what_is_there_stays_unless_it_is_to_be_replaced(printed: Path):
    before = (printed / TRAINER).stat().st_mtime_ns
    refused = run("papers", "ninety_minutes", "--out", printed)
    assert (refused.exit_code, (printed / TRAINER).stat().st_mtime_ns) == (2, before)
    assert "--force" in refused.stderr
    again = run("papers", "ninety_minutes", "--out", printed, "--force", "--paper", "letter", lang="zh")
    assert again.exit_code == 0, again.stderr


def test_a_folder_of_other_things_is_never_touched(tmp_path: Path):
    (tmp_path / "thesis.docx").write_text("years of work")
    refused = run("papers", "half_day", "--out", tmp_path, "--force")
    assert refused.exit_code == 2
    assert "thesis.docx" in refused.stderr
    assert (tmp_path / "thesis.docx").exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_wrong_is_said_at_once_with_the_plans_there_are(tmp_path: Path, lang: str):
    (tmp_path / "file").write_text("")
    wrong = run("papers", "three_weeks", "--out", tmp_path / "file", lang=lang)
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "two_days_labs" in wrong.stderr
    assert len(wrong.stderr.splitlines()) == 2
    assert "Traceback" not in wrong.stderr


def test_nothing_is_left_when_the_work_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("out of paper")

    monkeypatch.setattr(papers, "papers", fails)
    failed = run("papers", "half_day", "--out", tmp_path / "day")
    assert failed.exit_code == 1
    assert "Traceback" not in failed.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_help_page_names_every_plan(lang: str):
    told = run("papers", "--help", lang=lang).stdout
    assert [plan.id for plan in sound_plans().sessions if plan.id not in told] == []


def test_the_files_are_those_by_which_a_folder_is_known():
    known = output._OURS["papers"]
    assert known[:4] == (TRAINER, EVERYBODY, CARDS, KEYS)
