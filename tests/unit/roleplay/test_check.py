"""What does `arlab roleplay check` tell of files whose fields are sound? By file and line, and sound only what is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import arlab
from sim.roleplay.reading import ROLEPLAYS
from tests.unit.roleplay.conftest import NUMBER

Changed = Callable[..., Path]
BUILT_IN = ROLEPLAYS / "template.yaml"


def check(*files: Path, lang: str = "en", json_too: bool = False) -> Result:
    words = ["roleplay", "check", *map(str, files), "--talks", "20", *(["--json"] if json_too else [])]
    return CliRunner(env={"ARLAB_LANG": lang}).invoke(arlab, words)


@pytest.fixture
def silent(changed: Changed) -> Path:
    """A file whose fields are sound, with a reply that nobody can ever hear, and the number of the template."""
    return changed(
        (f"number: {NUMBER}", "number: T1"), ("- when: [repeated]", "- when: [trust < 1, trust > 99]")
    )


def test_a_reply_never_reached_is_told_with_its_line_and_the_file_is_not_called_sound(silent: Path):
    result = check(silent)
    lines = silent.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, 1) if "trust > 99" in line)
    assert result.exit_code == 2
    assert "the file is sound" not in result.stdout
    assert "mine.yaml: T1 " in result.stdout
    assert "the fields are sound" in result.stdout
    assert result.stderr.startswith(f"mine.yaml:{at} points[")
    assert "no talk ever reached" in result.stderr


def test_two_files_of_the_same_number_are_told_apart(silent: Path):
    result = check(BUILT_IN, silent, lang="zh")
    sound, fields = (line for line in result.stdout.splitlines() if "T1" in line)
    assert sound.startswith("template.yaml：T1")
    assert sound.endswith("文件无误。")
    assert fields.startswith("mine.yaml：T1")
    assert len([line for line in result.stdout.splitlines() if "标准谈判者" in line]) == 2
    rows = json.loads(check(BUILT_IN, silent, json_too=True).stdout)
    assert all(sum(row["endings"].values()) == row["talks"] == 20 for row in rows)
    assert [row["file"] for row in rows] == ["template.yaml"] * 4 + ["mine.yaml"] * 4


def test_slips_of_all_files_are_told_before_anything_is_tried(changed: Changed):
    result = check(changed(("patience: 13", "patiense: 13")), BUILT_IN)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean patience?" in result.stderr
