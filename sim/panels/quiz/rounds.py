"""Which questions are asked in a round, how was each answered, and what came of it by topic?"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from sim.training.quiz import Choice, Figure, Order, Quiz, is_right

AnyQuestion = Choice | Figure | Order
Given = tuple[int, ...] | float


@dataclass(frozen=True)
class Posed:
    """A question, and the topic it belongs to."""

    topic: str
    question: AnyQuestion


@dataclass(frozen=True)
class Round:
    """The questions of one round and what was answered so far; never changed, `answer` gives the next one."""

    posed: tuple[Posed, ...]
    seed: int
    given: tuple[Given, ...] = ()

    @property
    def is_over(self) -> bool:
        """Has every question its answer?"""
        return len(self.given) == len(self.posed)

    def answer(self, given: Given) -> Round:
        """The round after this answer to the next open question."""
        return replace(self, given=(*self.given, given))

    @property
    def marks(self) -> tuple[bool, ...]:
        """Was each answered question answered rightly?"""
        pairs = zip(self.posed, self.given, strict=False)
        return tuple(is_right(posed.question, given) for posed, given in pairs)

    @property
    def right(self) -> int:
        """How many were answered rightly?"""
        return sum(self.marks)

    @property
    def wrong(self) -> tuple[Posed, ...]:
        """What was answered wrongly."""
        return tuple(posed for posed, is_so in zip(self.posed, self.marks, strict=False) if not is_so)

    def by_topic(self) -> dict[str, tuple[int, int]]:
        """Topic by topic: how many of how many were right?"""
        found: dict[str, tuple[int, int]] = {}
        for posed, is_so in zip(self.posed, self.marks, strict=False):
            right, asked = found.get(posed.topic, (0, 0))
            found[posed.topic] = (right + is_so, asked + 1)
        return found

    def again(self, seed: int) -> Round:
        """Only what was answered wrongly, its options in another order."""
        return Round(self.wrong, seed)


def fitting(quizzes: Mapping[str, Quiz], topics: Collection[str], level: int) -> list[Posed]:
    """All questions on these topics at this level; level 0 is any."""
    return [
        Posed(topic, question)
        for topic, quiz in quizzes.items()
        if topic in topics
        for question in quiz.questions
        if level in (0, question.level)
    ]


def draw(found: Sequence[Posed], number: int, seed: int, seen: Collection[str] = ()) -> Round:
    """So many of these questions, topics taking turns; what was seen before comes when nothing else is left."""
    stream = random.Random(seed)
    fresh = _taking_turns([posed for posed in found if posed.question.id not in seen], stream)
    known = _taking_turns([posed for posed in found if posed.question.id in seen], stream)
    return Round((*fresh, *known)[:number], seed)


def _taking_turns(found: Iterable[Posed], stream: random.Random) -> list[Posed]:
    """These questions in chance order, one of each topic before the second of any."""
    by_topic: dict[str, list[Posed]] = {}
    for posed in found:
        by_topic.setdefault(posed.topic, []).append(posed)
    piles = list(by_topic.values())
    stream.shuffle(piles)
    for pile in piles:
        stream.shuffle(pile)
    return [posed for turn in zip_longest(*piles) for posed in turn if posed is not None]
