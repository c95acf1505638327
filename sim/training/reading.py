"""Which guides, cases and quizzes are there, and what is wrong with one of their files?"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TypeVar

from sim.base.errors import BadInput
from sim.base.places import EXERCISES
from sim.roleplay.reading import located, read_tree
from sim.roleplay.scenario import Part
from sim.training.cases import Case
from sim.training.guides import Guide, Sessions
from sim.training.quiz import Quiz

GUIDES, CASES, QUIZZES = EXERCISES / "guides", EXERCISES / "cases", EXERCISES / "quiz"
SESSIONS = "sessions"
TOPICS = (
    "measures", "credit_decision", "terms", "collection", "law", "cash", "risk_transfer", "people", "early_warning",
)  # fmt: skip
"""The order in which quizzes are offered; others follow."""
Kind = TypeVar("Kind", bound=Part)


def read_as(kind: type[Kind], path: Path) -> Kind:
    """The file as a thing of this kind. Raises BadInput naming file, line, field and rule of all that is wrong."""
    tree, lines, found = read_tree(path)
    if found:
        raise BadInput(found)
    try:
        return kind.checked(tree)
    except BadInput as bad:
        raise BadInput(located(bad.problems, path, lines)) from bad


@cache
def guides() -> dict[str, Guide]:
    """The guides by their names."""
    paths = [path for path in sorted(GUIDES.glob("*.yaml")) if path.stem != SESSIONS]
    return {path.stem: read_as(Guide, path) for path in paths}


@cache
def sessions() -> Sessions:
    """The ready session plans."""
    return read_as(Sessions, GUIDES / f"{SESSIONS}.yaml")


@cache
def lab_title(name: str, lang: str) -> str:
    """A lab's number and title."""
    tree = tomllib.loads((EXERCISES / "labs" / f"{name}.toml").read_text(encoding="utf-8-sig"))
    head = name.split("_", 1)[0]
    return f"{head.lstrip('0') if head.isdigit() else ''} {tree['title'][lang]}".strip()


@cache
def cases() -> dict[str, Case]:
    """The case studies by their numbers."""
    found = [read_as(Case, path) for path in sorted(CASES.glob("*.yaml"))]
    return {case.number: case for case in found}


@cache
def quizzes() -> dict[str, Quiz]:
    """The quizzes by their topics, in the order in which they are offered."""
    found = {quiz.topic: quiz for quiz in (read_as(Quiz, path) for path in sorted(QUIZZES.glob("*.yaml")))}
    return {
        topic: found[topic]
        for topic in (*(each for each in TOPICS if each in found), *(set(found) - set(TOPICS)))
    }
