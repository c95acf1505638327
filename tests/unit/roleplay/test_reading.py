"""What does an author hear of a slip? File, line, field and rule, of all of them at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.base.errors import BadInput
from sim.roleplay import reading
from sim.roleplay.reading import read_scenario, scenario_files, sound_scenarios
from sim.roleplay.scenario import Scenario, Text
from sim.words import LANGUAGES, Language, Words

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
        ("first: front", "first: nowhere", "roleplay.unknown_point"),
        ("first: front", "first: sold_out", "roleplay.first_is_ending"),
        ("portfolio: distributor", "portfolio: my_customers", "roleplay.unknown_portfolio"),
        ("segment: dealer", "segment: project", "roleplay.unknown_segment"),
        ("number: R04", "number: Case 4", "roleplay.number_pattern"),
        ("first: front", "first: Front-Desk", "roleplay.name_pattern"),
        ("marks: {tone: -2, opening: -1}", "marks: {asking: -2, opening: -1}", "roleplay.unknown_dimension"),
        ("- {do: plan}", "- {do: plan, percent: 20}", "roleplay.not_with"),
        ("- {do: hold}", "- {do: hold, instalments: 3}", "roleplay.not_with"),
        ("- {do: hold}", "- {do: hold, to: court}", "roleplay.hand_over_to"),
        ("- when: [repeated]", "- when: [trust < 400]", "roleplay.out_of_scale"),
        ("- when: [repeated]", "- when: [insight >= -1]", "roleplay.out_of_scale"),
        ("- when: [repeated]", "- when: [harsh < many]", "roleplay.no_condition"),
        ("patience: 13", "patience: 13\npatience: 14", "set_twice"),
        ("patience: 13", "patiense: 13", "roleplay.field_meant"),
        ("patience: 13", "patience: 13\nzzz: 13", "roleplay.no_such_field"),
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


def test_an_unsound_file_does_not_keep_the_others_from_being_played(
    changed: Changed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    changed(("difficulty: 3", "difficulty: 9"))
    good = next(path for path in scenario_files().values() if path.stem.startswith("05_"))
    (tmp_path / good.name).write_text(good.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr("sim.roleplay.reading.ROLEPLAYS", tmp_path)
    names, trouble = sound_scenarios()
    assert names == (good.stem,)
    assert trouble is not None
    assert [problem.rule for problem in trouble.problems] == ["at_most"]


def test_what_is_no_yaml_is_told_with_its_line(changed: Changed):
    path = changed(("patience: 13", "patience: [13"))
    at = line_of(path, "patience: [13")
    assert complaints(path) == {"roleplay.not_yaml_bracket": f"mine.yaml:{at}"}


@pytest.mark.parametrize(
    ("text", "slip", "line"),
    [
        ("a:\n\tb: 1\n", "_tab", 2),
        ("a: 1\nb 2\nc: 3\n", "_no_colon", 2),
        ("a: 1\n  b: 2\n", "_colon", 2),
        ("a: he said: no\n", "_colon", 1),
        ("a: [1, 2\nb: 3\nc: 4\n", "_bracket", 1),
        ("a: {en: x, zh: y\nb: 3\n", "_bracket", 1),
        ('a: "x\nb: 3\n', "_quote", 1),
        ('a: "x "y" z"\n', "_quote_within", 1),
        ("a: 'it's'\n", "_quote_within", 1),
        ("a:\n    b: 1\n  c: 2\n", "_indent", 3),
        ("a: >-\n  x\n b\nc: 1\n", "_indent", 3),
        ("a: 1\nb: ]\n", "_never_opened", 2),
        ("a: 1\nb: @x\n", "_sign", 2),
        ("a: 1\nb: *x\n", "_sign", 2),
        ('a: "x\\q"\n', "_backslash", 1),
        ("a: 1\n---\nb: 2\n", "", 2),
    ],
)
def test_usual_slips_of_yaml_are_told_in_the_authors_language(
    tmp_path: Path, text: str, slip: str, line: int
):
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_scenario(path)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.field) == (f"roleplay.not_yaml{slip}", f"mine.yaml:{line}")
    told = Words("zh").problem(problem)
    assert told.startswith(f"mine.yaml:{line}：此处不符合 YAML 格式")
    assert not re.search("[a-z]{3,}", told.removeprefix("mine.yaml"))


def said(path: Path, lang: Language = "en") -> list[str]:
    """What an author reads."""
    with pytest.raises(BadInput) as caught:
        read_scenario(path)
    return Words(lang).problems(caught.value).splitlines()


def test_a_misspelt_field_is_named_with_the_one_that_was_meant_and_nothing_else(changed: Changed):
    path = changed(("patience: 13", "patiense: 13"))
    assert said(path) == [
        f"mine.yaml:{line_of(path, 'patiense')} patiense: there is no such field here; did you mean patience?"
    ]
    path = changed(("      en: >-\n", "      eng: >-\n"))
    assert [line.rpartition(": ")[2] for line in said(path)] == [
        "there is no such field here; did you mean en?"
    ]


def test_a_misspelt_group_is_told_without_its_size(changed: Changed):
    (told,) = said(changed(("account:", "accounts:")))
    assert told.endswith("did you mean account?")


def test_a_misspelt_dimension_is_told_with_the_choices(changed: Changed):
    (told,) = said(changed(("marks: {tone: -2, opening: -1}", "marks: {asking: -2, opening: -1}")))
    assert "marks.asking: asking is not a dimension" in told
    assert "preparation, opening, diagnosis, ask," in told
    assert "[key]" not in told


def test_names_are_explained_in_words(changed: Changed):
    for slip, told in (
        (("- id: front\n", "- id: Front-Desk\n"), "small letters, digits and underscores"),
        (("number: R04", "number: Case 4"), "one capital letter and one to three digits"),
    ):
        assert any(told in line for line in said(changed(slip)))


def test_a_field_given_twice_is_told_with_the_value_given_last(changed: Changed):
    (told,) = said(changed(("patience: 13", "patience: 13\npatience: 14")))
    assert "value given here: 14" in told
    (told,) = said(changed(("patience: 13", "patience: 13\nminutes: {read: 1, talk: 1, debrief: 1}")))
    assert told.endswith("minutes: stands twice in the file; once is enough")


@pytest.mark.parametrize("first", ["nowhere", "sold_out"])
def test_a_wrong_beginning_is_one_slip_not_one_for_every_point(changed: Changed, first: str):
    assert len(said(changed(("first: front", f"first: {first}")))) == 1


def test_a_move_given_twice_is_told_where_it_stands_the_second_time(changed: Changed):
    path = changed()
    ids = re.findall(r"^      - id: (\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    path = changed((f"      - id: {ids[-1]}\n", f"      - id: {ids[0]}\n"))
    lines = path.read_text(encoding="utf-8").splitlines()
    second = [at for at, line in enumerate(lines, 1) if line == f"      - id: {ids[0]}"][1]
    assert any(line.startswith(f"mine.yaml:{second} ") and "more than once" in line for line in said(path))


def test_a_wrong_condition_is_told_with_examples_of_every_sort(changed: Changed):
    (told,) = said(changed(("- when: [repeated]", "- when: [trust is low]")))
    for example in (
        "trust < 35",
        "archetype is",
        "character is",
        "said MOVE",
        "not said MOVE",
        "harsh >= 1",
        "repeated",
    ):
        assert example in told
    (told,) = said(changed(("- when: [repeated]", "- when: [trust < 400]")))
    assert "from 0 to 100" in told


def test_sums_agreed_make_no_more_than_what_is_owed(changed: Changed):
    first = "            agrees:\n              pay:\n"
    path = changed((first, f"{first}                - {{amount: owed, on: 3}}\n"))
    (told,) = said(path)
    assert "agrees.pay: the sums agreed make" in told
    assert told.endswith("more than the 730,000 owed")


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("有钱不还的", "张总，", "欠着。"), "有钱不还的张总，欠着。"),
        (("他说：", "“下周！”", "就挂了……", "再打不接。"), "他说：“下周！”就挂了……再打不接。"),
        (("找 ABC", "Ltd 的", "人"), "找 ABC Ltd 的人"),
    ],
)
def test_chinese_lines_are_joined_without_a_gap(changed: Changed, lines: tuple[str, ...], joined: str):
    path = changed(("  zh: 有钱不还的张总", "  zh: >-" + "".join(f"\n    {line}" for line in lines)))
    assert read_scenario(path).title.zh == joined


def test_a_fact_beside_chinese_needs_no_gap_either():
    assert Text(en="He owes\n{owed}", zh="欠着 {owed} 不还").zh == "欠着{owed}不还"


def test_a_number_belongs_to_one_file_of_the_folder(
    delinquent: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("01_ours.yaml", "20_mine.yaml"):
        (tmp_path / name).write_text("# mine\nnumber: R04\n", encoding="utf-8")
    monkeypatch.setattr(reading, "ROLEPLAYS", tmp_path)
    (found,) = reading.number_taken(delinquent, tmp_path / "20_mine.yaml")
    assert (
        Words("en").problem(found).startswith("20_mine.yaml:2 number: the number R04 belongs to 01_ours.yaml")
    )
    assert reading.number_taken(delinquent, tmp_path.parent / "20_mine.yaml") == []


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(BadInput) as caught:
        read_scenario(tmp_path / "none.yaml")
    assert [problem.rule for problem in caught.value.problems] == ["file_unreadable"]
