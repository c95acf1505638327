"""How well was the talk led? Eight dimensions, five levels each; the case's decisive ones count twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from sim.roleplay.scenario import Dimension, Marks, Move
from sim.roleplay.talk import Talk, Turn

DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
LEAST, MOST = 1, 5
START: dict[Dimension, int] = {
    "preparation": 1, "opening": 1, "diagnosis": 1, "ask": 1, "commitment": 1, "tone": 3, "legality": 5, "record": 1,
}  # fmt: skip
"""What is shown by doing starts low; tone and legality are kept until they are spoilt."""
STANDARD_QUESTIONS = ("cause", "assumed", "moved", "file", "worth")
"""Asked after every talk, before the scenario's own."""
PASS = 60.0
"""From this score on a talk counts as won (assumption)."""


@dataclass(frozen=True)
class Score:
    """Level per dimension, the whole in per cent, and whether an unlawful move made it a fail."""

    levels: dict[Dimension, int]
    decisive: tuple[Dimension, ...]
    failed: bool

    @property
    def total(self) -> float:
        """0 to 100; a fail is 0."""
        if self.failed:
            return 0.0
        weights = {name: 2 if name in self.decisive else 1 for name in DIMENSIONS}
        reached = sum(weights[name] * (level - LEAST) for name, level in self.levels.items())
        return 100.0 * reached / ((MOST - LEAST) * sum(weights.values()))

    @property
    def won(self) -> bool:
        """Is it good enough?"""
        return self.total >= PASS


def score(talk: Talk) -> Score:
    """The score of a talk; a move earns its marks once."""
    levels: dict[Dimension, int] = dict(START)
    marks: list[Marks] = [turn.move.marks for turn in talk.turns if turn.repeats == 0]
    if talk.ending is not None:
        marks.append(talk.ending.marks)
    for given in marks:
        for name, change in given.items():
            levels[name] += change
    levels = {name: min(max(level, LEAST), MOST) for name, level in levels.items()}
    failed = talk.ending is not None and talk.ending.kind == "unlawful"
    return Score(levels, talk.scenario.decisive, failed)


def weight(turn: Turn, decisive: Iterable[str]) -> float:
    """How much did this turn matter? Marks (decisive ones twice) and what it did to trust, commitment and insight."""
    marks = sum(change * (2 if name in decisive else 1) for name, change in turn.move.marks.items())
    moved = {name: turn.after[name] - turn.before[name] for name in ("trust", "commitment", "insight")}
    return (0 if turn.repeats else marks) + sum(moved.values()) / 15.0


def moments(talk: Talk, most: int = 4) -> tuple[int, ...]:
    """Which turns mattered most, for good or ill? Their numbers in the order of the talk."""
    decisive = talk.scenario.decisive
    weighed = [(abs(weight(turn, decisive)), -number) for number, turn in enumerate(talk.turns)]
    # What ended the talk always belongs to it.
    chosen = {-number for _, number in sorted(weighed, reverse=True)[:most]}
    if talk.ending is not None and talk.turns and talk.ending.kind in ("unlawful", "broke_off"):
        chosen.add(len(talk.turns) - 1)
    return tuple(sorted(chosen))


def better(talk: Talk, turn: Turn) -> Move | None:
    """What would have been the better line at this point? None where the move was good."""
    return talk.scenario.move[turn.move.better] if turn.move.better else None
