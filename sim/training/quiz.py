"""What does a quiz consist of, and is an answer right?"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from sim.roleplay.scenario import Many, Name, Part, Some, Text
from sim.training.cases import Number, Source


class Option(Part):
    """An answer to choose, and what to say to whoever chooses it wrongly."""

    text: Text
    right: bool = False
    reply: Text | None = None


class Slip(Part):
    """A number at which people arrive by a common mistake."""

    arithmetic: str
    value: Number
    reply: Text


class Asked(Part):
    """What every question has."""

    id: Name
    level: int = Field(ge=1, le=3)
    text: Text
    explanation: Text
    source: Source


class Choice(Asked):
    """One, or several, of these are right."""

    kind: Literal["one", "many"]
    options: Annotated[tuple[Option, ...], Field(strict=False, min_length=2)]


class Figure(Asked):
    """A number is wanted; so far from `value` it is still right."""

    kind: Literal["number"]
    value: Number
    tolerance: float = Field(ge=0)
    unit: Text
    arithmetic: str
    mistakes: Many[Slip] = ()


class Order(Asked):
    """These belong into the order in which they stand here."""

    kind: Literal["order"]
    items: Annotated[tuple[Text, ...], Field(strict=False, min_length=3)]


Question = Annotated[Choice | Figure | Order, Field(discriminator="kind")]


class Quiz(Part):
    """The questions on one topic."""

    topic: Name
    title: Text
    questions: Some[Question]


def is_right(question: Choice | Figure | Order, answer: Sequence[int] | float) -> bool:
    """Is this the answer? Chosen options or order of items by their places in the file; a number as it is."""
    if isinstance(question, Figure):
        assert isinstance(answer, (int, float))
        return abs(float(answer) - float(question.value)) <= question.tolerance + 1e-9
    assert not isinstance(answer, (int, float))
    if isinstance(question, Order):
        return list(answer) == list(range(len(question.items)))
    return set(answer) == {at for at, option in enumerate(question.options) if option.right}


def slip(question: Figure, answer: float) -> Slip | None:
    """Which common mistake gives this number?"""
    near = [each for each in question.mistakes if _away(each, answer) <= _reach(question, each)]
    return min(near, key=lambda each: _away(each, answer), default=None)


def _away(mistake: Slip, answer: float) -> float:
    return abs(answer - float(mistake.value))


def _reach(question: Figure, mistake: Slip) -> float:
    """How near must a number be to a mistake's, to be taken for it?"""
    return max(min(question.tolerance, abs(float(mistake.value) - float(question.value)) / 2), 1e-9)


def shuffled(question: Choice | Order, seed: int) -> tuple[int, ...]:
    """The places of the options or items in the order in which they are shown; never the right order itself."""
    count = len(question.items if isinstance(question, Order) else question.options)
    places = list(range(count))
    stream = random.Random(f"{question.id}:{seed}")
    stream.shuffle(places)
    while isinstance(question, Order) and places == sorted(places):
        stream.shuffle(places)
    return tuple(places)
