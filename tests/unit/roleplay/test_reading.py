"""What does an author hear of a slip? File, line, field and rule, of all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.base.errors import BadInput
from sim.roleplay.reading import read_scenario
from sim.words import LANGUAGES, Words

Changed = Callable[..., Path]


def complaints(path: Path) -> dict[str, str]:
    """Rule and place of everything that is wrong, and the sentence said of it in English."""
    with pytest.raises(BadInput) as caught:
        read_scenario(path)
    for lang in LANGUAGES:
        assert Words(lang).problems(caught.value)
    return {problem.rule: problem.field for problem in caught.value.problems}


def line_of(path: Path, piece: str) -> int:
    return next(
        at for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if piece in line
    )


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("difficulty: 3", "difficulty: 9", "at_most"),
        ("difficulty: 3", "difficulty: hard", "not_whole_number"),
        ("cause: strategic", "cause: laziness", "not_a_choice"),
        ("today: 2026-09-10", "today: 10 September", "not_a_date"),
        ("today: 2026-09-10", "today: 2026-09-12", "roleplay.weekend"),
        ("first: front", "first: nowhere", "roleplay.unknown_place"),
        ("patience: 13", "patience: 13\npatience: 14", "set_twice"),
        ("patience: 13", "patiense: 13", "unknown_field"),
        ("better: front_appointment", "better: front_shout", "roleplay.better_what"),
        ("law: [bribery]", "law: [gravity]", "roleplay.unknown_law"),
        ("- when: [repeated]", "- when: [trust is low]", "roleplay.no_condition"),
        ("- when: [said front_shout]", "- when: [said front_whisper]", "roleplay.unknown_move"),
        ("现欠款{owed}", "现欠款{owd}", "roleplay.unknown_fact"),
        ("现欠款{owed}", "现欠款", "roleplay.facts_differ"),
        ("zh: 有钱不还的张总", "zh: ''", "empty_text"),
        ("{en: Collector, zh: 应收账款专员}", "{en: Collector, debts, zh: 应收账款专员}", "roleplay.stray_comma"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_line(changed: Changed, old: str, new: str, rule: str):
    path = changed((old, new))
    found = complaints(path)
    assert rule in found
    line = int(found[rule].split(":")[1].split()[0])
    assert found[rule].startswith("mine.yaml:")
    assert (
        0 <= line_of(path, new.split("\n")[-1].split("{owd}")[0]) - line <= 8
    )  # a long text is named by its first line


def test_all_slips_are_told_at_once(changed: Changed):
    path = changed(
        ("difficulty: 3", "difficulty: 9"),
        ("cause: strategic", "cause: laziness"),
        ("patience: 13", "patience: x"),
    )
    assert set(complaints(path)) == {"at_most", "not_a_choice", "not_whole_number"}


def test_what_is_no_yaml_is_told_with_its_line(changed: Changed):
    path = changed(("patience: 13", "patience: [13"))
    assert set(complaints(path)) == {"roleplay.not_yaml"}


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(BadInput) as caught:
        read_scenario(tmp_path / "none.yaml")
    assert [problem.rule for problem in caught.value.problems] == ["file_unreadable"]
