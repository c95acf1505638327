"""Is every lab whole: its file, its notebook in both languages, its answers, its place on the way?"""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import ipywidgets as widgets
import jupytext
import pytest

from sim.base.places import NOTEBOOKS
from sim.panels.labs.arithmetic import result
from sim.panels.labs.checks import walked
from sim.panels.labs.declared import Declared, GoalTask, NumberTask, Text
from sim.panels.labs.kinds import ChoiceBox, NumberBox, OrderBox
from sim.panels.labs.lab import Lab
from sim.panels.labs.loading import ORDER, lab_names, load_lab
from sim.panels.labs.opening import listed
from sim.panels.labs.told import factor, prose
from sim.panels.labs.trainer import room_parts
from sim.words import Words

LANGUAGES = ("en", "zh")
STUDIO = "12_policy_studio"  # whose panel of its own compares the predictions itself
NOT_OUR_SPELLING = {
    "en": (r"\baging\b", r"\bwriteoff", r"\bdunnings\b", r"\bemail\b", r"\bpast[- ]due balance"),
    "zh": ("帐", "其它", "拖欠率", r"(?<=[\u4e00-\u9fff])[,;!?](?=[\u4e00-\u9fff])"),
}
each_lab = pytest.mark.parametrize("name", lab_names())


class Quiet(Lab):
    """A lab whose panels are not lived."""

    def panel(self, name: str = "") -> widgets.Widget:
        assert self.declared.panel_named(name) is not None
        return widgets.HTML()


def calls(name: str) -> Counter[tuple[str, str]]:
    """What the notebook asks of its lab: (method, first argument)."""
    source = jupytext.read(NOTEBOOKS / "src" / f"{name}.py", fmt="py:percent")
    found: Counter[tuple[str, str]] = Counter()
    for cell in source.cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
                    found[node.func.attr, first] += 1
    return found


def test_every_lab_of_the_way_is_there_in_both_languages():
    assert set(lab_names()) == set(ORDER)
    for lang in LANGUAGES:
        assert [entry.name for entry in listed(lang)] == list(ORDER)


@each_lab
def test_its_file_is_in_order(name: str):
    lab = load_lab(name)
    assert 20 <= lab.minutes <= 40
    assert 3 <= len(lab.goals) <= 4
    assert 3 <= len(lab.points) <= 6
    assert lab.sources
    assert sum(step.minutes for step in lab.trainer.timing) == lab.minutes


@each_lab
def test_its_notebook_shows_every_part_once(name: str):
    lab, asked = load_lab(name), calls(name)
    wanted = {("opening", ""), ("closing", "")} | {("task", task.id) for task in lab.tasks}
    wanted |= {("picture", picture.id) for picture in lab.pictures}
    wanted |= {("predict", "")} if lab.predictions else set()
    assert {call: asked[call] for call in wanted} == dict.fromkeys(wanted, 1)
    if lab.predictions and not asked["panel", ""] and name != STUDIO:
        assert asked["compare", ""] == 1, "without a panel the predictions are compared by lab.compare()"
    assert not {call for call in asked if call[0] in ("task", "picture") and call not in wanted}


@each_lab
def test_its_right_answers_are_accepted_and_every_wrong_option_is_answered(name: str):
    for lang in LANGUAGES:
        lab = Quiet(name, lang)
        for task in lab.declared.tasks:
            lab.task(task.id)
            box = lab.tasks[task.id]
            if isinstance(box, ChoiceBox):
                check_choice(box, lang)
            elif isinstance(box, OrderBox):
                assert not box.progress.is_solved
                box.order = list(range(len(box.task.items)))
                box.check()
                assert box.progress.is_solved
            elif isinstance(box, NumberBox) and not box.task.answer.metric:
                check_number(box, lang)


def check_choice(box: ChoiceBox, lang: str) -> None:
    right = {number for number, option in enumerate(box.task.options) if option.right}
    assert len(box.task.options) > 1
    for number, option in enumerate(box.task.options):
        if number not in right:
            choose(box, {number})
            box.check()
            assert not box.progress.is_solved
            assert prose(option.reply, lang) in box.feedback.value
    choose(box, right)
    box.check()
    assert box.progress.is_solved
    assert prose(box.task.explanation, lang) in box.feedback.value


def choose(box: ChoiceBox, numbers: set[int]) -> None:
    if not box.task.many:
        (box._radio.value,) = numbers
        return
    for number, tick in enumerate(box._ticks):
        tick.value = number in numbers


def check_number(box: NumberBox, lang: str) -> None:
    """Typed as a person would round it, the answer is right; each known mistake is not."""
    answer = result(box.task.answer.formula, box.task.answer.facts)
    for mistake in box.task.mistakes:
        if not mistake.metric:
            box._field.value = f"{result(mistake.formula, mistake.facts) / factor(box.task.unit, lang):.6g}"
            box.check()
            assert prose(mistake.reply, lang) in box.feedback.value
    assert not box.progress.is_solved
    typed = answer / factor(box.task.unit, lang)
    box._field.value = f"{typed:.4g}" if abs(typed) < 1000 else f"{typed:.0f}"
    box.check()
    assert box.progress.is_solved


@each_lab
def test_nothing_is_easier_than_it_should_be(name: str):
    """A number and a goal have hints; a goal has an example that the trial of the labs reaches it with."""
    lab = load_lab(name)
    assert 4 <= len(lab.tasks) <= 7
    for task in lab.tasks:
        if isinstance(task, NumberTask | GoalTask):  # a wrong choice gets its own reply
            assert task.hints, f"{task.id} has no hint"
        if isinstance(task, GoalTask):
            assert task.example or task.example_policy, f"{task.id} has no example"


@each_lab
@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_texts_are_spelt_as_in_the_glossary(name: str, lang: str):
    texts = [part.said(lang) for _, part in walked(load_lab(name)) if isinstance(part, Text)]
    notebook = (NOTEBOOKS / lang / f"{name}.ipynb").read_text(encoding="utf-8")
    wrong = [
        (spelling, text[:60])
        for spelling in NOT_OUR_SPELLING[lang]
        for text in [*texts, notebook]
        if re.search(spelling, text, re.IGNORECASE)
    ]
    assert not wrong


@each_lab
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_trainers_room_tells_of_it(name: str, lang: str):
    lab = load_lab(name)
    parts = room_parts(lab, Words(lang))
    said = "".join(part for part in parts if isinstance(part, str))
    for task in lab.tasks:
        assert prose(task.text, lang) in said
        assert prose(task.explanation, lang) in said
    for wrong in lab.trainer.wrong:
        assert prose(wrong.reply, lang) in said
    assert sum(not isinstance(part, str) for part in parts) == left_to_the_simulator(lab)


def left_to_the_simulator(lab: Declared) -> int:
    predicted = [item for item in lab.predictions if item.kind == "way"]
    predicted += [item for item in lab.predictions if item.kind == "number" and item.answer.metric]
    tasks = [
        task for task in lab.tasks if task.kind == "goal" or (task.kind == "number" and task.answer.metric)
    ]
    return len(predicted) + len(tasks) + sum(bool(figure.metric) for figure in lab.trainer.expected)


def test_the_trainers_room_is_open_to_trainers_only():
    from sim.lessons.pages import built_lessons

    served = {path.stem for path in built_lessons(trainer=False)}
    assert "trainers_room" not in served
    assert {path.stem for path in built_lessons(trainer=True)} - served == {"trainers_room"}
    for path in [*NOTEBOOKS.glob("en/*.ipynb"), *NOTEBOOKS.glob("zh/*.ipynb")]:
        if path.stem != "trainers_room":
            assert "trainers_room" not in Path(path).read_text(encoding="utf-8")
