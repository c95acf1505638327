"""Which labs are there, and what is wrong with a lab's file? Everything at once, by file and field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from sim.base.errors import BadInput, Problem
from sim.base.places import EXERCISES
from sim.panels.labs.checks import note_problems
from sim.panels.labs.declared import Declared

LABS = EXERCISES / "labs"
# The way through the labs, in the order in which one takes them.
ORDER = (
    "01_start_here", "02_dso", "03_who_gets_credit", "04_terms", "05_why_they_do_not_pay", "06_dunning_ladder",
    "07_pressure_and_relationship", "08_cash", "09_money_from_receivables", "10_people", "11_early_warning",
    "12_policy_studio", "under_the_bonnet",
)  # fmt: skip
KINDS = ("way", "choice", "number", "goal", "order")
BARE = {"not_valid", "too_few"}  # what a list is called too when one of its items is wrong

_PLAIN: dict[str, Any] = {"en": "-", "zh": "-"}
STAND_IN: dict[str, Any] = {
    "title": _PLAIN,
    "minutes": 30,
    "question": _PLAIN,
    "goals": [_PLAIN],
    "points": [_PLAIN],
    "trainer": {
        "timing": [{"minutes": 1, "what": _PLAIN}],
        "solution": _PLAIN,
        "wrong": [{"said": _PLAIN, "because": _PLAIN, "reply": _PLAIN}],
    },
}


def lab_names() -> tuple[str, ...]:
    """The labs whose file is there, in the order in which one takes them."""
    there = {path.stem for path in LABS.glob("*.toml")}
    return (*(name for name in ORDER if name in there), *sorted(there - set(ORDER)))


@cache
def load_lab(name: str) -> Declared:
    """The lab of this name. Raises BadInput with every problem of its file."""
    path = LABS / f"{name}.toml"
    if not path.is_file():
        known = {"known": ", ".join(lab_names())}
        raise BadInput([Problem("lab.unknown", "lab", name, known)])
    return read_lab(path)


def read_lab(path: Path) -> Declared:
    """The lab in this file. Raises BadInput naming the file and every field that is wrong."""
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadInput([Problem("file_unreadable", path.name, error.strerror or str(error))]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput([Problem("not_toml", path.name, str(error))]) from error
    try:
        lab = Declared.checked(tree)
    except BadInput as bad:
        raise BadInput([*located(bad.problems, path.name, tree), *further(bad, path.name, tree)]) from bad
    found = note_problems(lab)
    if found:
        raise BadInput(located(found, path.name, tree))
    return lab


def further(bad: BadInput, file: str, tree: Mapping[str, Any]) -> list[Problem]:
    """What else is wrong, in the parts that have the right form?"""
    sound = sound_parts(tree, [problem.field.split(".") for problem in bad.problems])
    try:
        found = note_problems(Declared.checked(sound))
    except BadInput:  # what is left does not make a lab
        return []
    standing_in = [name for name in STAND_IN if sound.get(name) is STAND_IN[name]]
    own = [problem for problem in found if problem.field.split(".")[0] not in standing_in]
    return located(own, file, sound)


def sound_parts(tree: Mapping[str, Any], wrong: list[list[str]]) -> dict[str, Any]:
    """The tree without the parts that are wrong, and with something plain where a lab cannot do without."""
    sound = dict(tree)
    for name in {path[0] for path in wrong}:
        items = tree.get(name)
        if isinstance(items, list) and all(isinstance(item, dict) and "id" in item for item in items):
            bad = {path[1] for path in wrong if path[0] == name and len(path) > 1}
            sound[name] = [item for number, item in enumerate(items) if str(number) not in bad]
        else:
            sound.pop(name, None)
    return {**STAND_IN, **sound}


def located(found: Iterable[Problem], file: str, tree: Mapping[str, Any]) -> list[Problem]:
    """These problems with the file's name in front, the items of lists called by their id or number."""
    problems = list(found)
    fields = [problem.field for problem in problems]
    told = [
        problem
        for problem in problems
        if not (problem.rule in BARE and any(other.startswith(f"{problem.field}.") for other in fields))
    ]
    return [replace(problem, field=f"{file}: {place(problem.field, tree)}") for problem in told]


def place(field: str, tree: Mapping[str, Any]) -> str:
    """A field's path for people: tasks[dso].options[2].reply instead of tasks.0.choice.options.1.reply."""
    said, here, was_item = "", tree, False
    parts = re.findall(r'"[^"]*"|[^.]+', field)
    for part in parts:
        if was_item and part in KINDS:  # the kind that pydantic puts into the path
            was_item = False
            continue
        if part.isdigit() and isinstance(here, list):
            here = here[int(part)] if int(part) < len(here) else {}
            name = here.get("id") if isinstance(here, Mapping) else None
            said += f"[{name or int(part) + 1}]"
            was_item = True
            continue
        here = here.get(part, {}) if isinstance(here, Mapping) else {}
        said += f".{part}" if said else part
        was_item = False
    return said
