"""Is a lab's file read as declared, and is everything that is wrong with it said at once, by file and field?"""

from __future__ import annotations

import pytest

from sim.base.errors import BadInput
from sim.panels.labs.arithmetic import NotArithmetic, is_sum, result, with_facts
from sim.panels.labs.loading import load_lab, read_lab
from sim.words import Words
from tests.unit.panels.lab_files import both, loaded, option, small_lab, task, written


def problems(folder, **changes) -> dict[str, str]:
    with pytest.raises(BadInput) as caught:
        loaded(folder, **changes)
    for lang in ("en", "zh"):
        assert "{" not in Words(lang).problems(caught.value)
    return {found.field: found.rule for found in caught.value.problems}


def test_a_small_lab_is_read_as_it_is_written(tmp_path):
    lab = loaded(tmp_path)
    assert [found.kind for found in lab.tasks] == ["choice", "choice", "number", "goal", "order"]
    assert lab.tasks[2].answer.facts == {"ar": 1_200_000, "sales": 7_300_000, "days": 365}
    assert lab.panel.alternative_levers == {"terms.net_days": 45}
    assert lab.question.said("zh") == "为什么？"


def test_every_problem_is_said_at_once_by_file_and_field(tmp_path):
    tree = small_lab(minutes=2)
    tree["panel"]["charts"] = ["ar", "dsoo"]
    tree["tasks"][0]["options"][1]["right"] = False
    tree["tasks"][2]["answer"]["formula"] = "ar / nothing"
    tree["tasks"][4]["kind"] = "sort"
    del tree["goals"]
    with pytest.raises(BadInput) as caught:
        read_lab(written(tmp_path, tree))
    said = {found.field: found.rule for found in caught.value.problems}
    assert said == {
        "lab.toml: minutes": "at_least",
        "lab.toml: goals": "missing",
        "lab.toml: tasks[order].kind": "not_a_choice",
        "lab.toml: panel.charts": "lab.no_such",
        "lab.toml: tasks[one].options": "lab.right_options",
        "lab.toml: tasks[figure].answer.formula": "lab.formula",
    }


def test_names_that_do_not_exist_are_named(tmp_path):
    panel = {"levers": ["terms.net_dayz"], "charts": ["ar", "dso"], "table": ["arr"], "baseline": "as_it_is",
             "portfolio": "nobody", "scenarios": ["perhaps"]}  # fmt: skip
    found = problems(tmp_path, panel=panel, tasks=[], predictions=[])
    fields = ("levers", "table", "baseline", "portfolio", "scenarios")
    assert found == {f"lab.toml: panel.{name}": "lab.no_such" for name in fields}


def test_a_lever_beyond_its_range_is_refused(tmp_path):
    panel = {**small_lab()["panel"], "alternative_levers": {"terms.net_days": 500}}
    assert problems(tmp_path, panel=panel) == {
        'lab.toml: panel.alternative_levers."terms.net_days"': "at_most"
    }


def test_each_language_stands_in_its_own_place(tmp_path):
    wrong = {
        "question": {"en": "为什么", "zh": "为什么"},
        "points": [both(zh="only plain English words here")],
    }
    assert problems(tmp_path, **wrong) == {
        "lab.toml: question.en": "lab.chinese_in_english",
        "lab.toml: points[1].zh": "lab.english_in_chinese",
    }


def test_a_goal_needs_a_panel_and_an_example_on_it(tmp_path):
    goal = task("goal", "g", conditions=[{"metric": "dso"}], example={"collection.collectors": 3})
    assert problems(tmp_path, tasks=[goal]) == {
        "lab.toml: tasks[g].conditions[1]": "lab.no_bound",
        'lab.toml: tasks[g].example."collection.collectors"': "lab.not_on_panel",
    }
    assert problems(tmp_path, tasks=[{**goal, "panel": "second"}])["lab.toml: tasks[g]"] == "lab.no_panel"


def test_a_wrong_number_that_would_be_taken_for_right_is_refused(tmp_path):
    near = task(
        "number", "n", unit="days", answer={"formula": "a", "a": 100},
        mistakes=[{"formula": "a", "a": 101, "reply": both()}],
    )  # fmt: skip
    assert problems(tmp_path, tasks=[near]) == {"lab.toml: tasks[n].mistakes[1]": "lab.mistake_is_right"}


def test_a_picture_that_cannot_be_drawn_is_refused(tmp_path):
    picture = {"id": "p", "plot": "ageing", "colour": "red"}
    assert "lab.toml: pictures[p].colour" in problems(tmp_path, pictures=[picture])
    assert loaded(tmp_path, pictures=[{"id": "p", "plot": "ageing", "as": "share"}]).pictures[0].args == {
        "as": "share"
    }


def test_two_tasks_of_one_name_and_two_right_options_are_refused(tmp_path):
    twice = [task("choice", "one", options=[option(True), option(True)])] * 2
    assert problems(tmp_path, tasks=twice) == {
        "lab.toml: tasks": "duplicate",
        "lab.toml: tasks[one].options": "lab.right_options",
    }


def test_a_lab_that_is_not_there_is_explained():
    with pytest.raises(BadInput) as caught:
        load_lab("13_nothing")
    assert caught.value.problems[0].rule == "lab.unknown"


def test_formulas_are_plain_arithmetic_and_nothing_else():
    assert result("(a + 2) * 3 - b / 4", {"a": 1, "b": 8}) == 7
    assert result("max(a, 2) ** 2", {"a": 3}) == 9
    assert result("-a", {"a": 3}) == -3
    for wrong in (
        "a +",
        "a.b",
        "a / 0",
        "open('x')",
        "[a]",
        "a if a else 1",
        "9 ** 9 ** 9",
        "unknown",
        "True",
    ):
        with pytest.raises(NotArithmetic):
            result(wrong, {"a": 1})


def test_a_formula_is_written_with_its_facts():
    assert with_facts("d / (1 - d) * 365 / days", {"d": 0.02, "days": 20}) == "0.02 ÷ (1 − 0.02) × 365 ÷ 20"
    assert with_facts("ar * 2", {"ar": 1_200_000}) == "1,200,000 × 2"
    assert with_facts("50 + 90000 * 0.025", {}) == "50 + 90,000 × 0.025"
    assert is_sum("2 * kept")
    assert not is_sum("kept")
