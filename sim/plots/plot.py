"""What is a plot? Declared once: what it needs, what it measures, how it is told and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from sim.base.errors import BadInput, Problem, Problems
from sim.study.lives import Life, LifeAsked
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Kind = Literal["choice", "whole", "number", "text", "texts", "numbers"]
LARGE, TALL, LOW = (9.6, 4.9), (9.6, 5.9), (9.6, 4.1)
"""Figure sizes in inches; at 100 pixels an inch they fit the page of a 13-inch laptop."""


@dataclass(frozen=True)
class Argument:
    """One further thing that can be said of a plot. A `choice` can be offered to the reader as a control."""

    name: str
    kind: Kind
    default: Any
    choices: tuple[str, ...] = ()
    low: float = 0
    high: float = float("inf")

    def problem(self, value: Any) -> Problem | None:
        """What is wrong with this value? None: nothing."""
        if self.kind == "choice":
            fits, expected = value in self.choices, ", ".join(self.choices)
            return None if fits else Problem("not_a_choice", self.name, value, {"expected": expected})
        if self.kind in ("whole", "number"):
            kinds = int if self.kind == "whole" else (int, float)
            if isinstance(value, bool) or not isinstance(value, kinds):
                return Problem(
                    "not_whole_number" if self.kind == "whole" else "not_a_number", self.name, value
                )
            low, high = self.low, self.high
            return (
                None
                if low <= value <= high
                else Problem("out_of_range", self.name, value, {"low": low, "high": high})
            )
        if self.kind == "text":
            return None if isinstance(value, str) else Problem("not_text", self.name, value)
        each = str if self.kind == "texts" else (int, float, str)
        fits = isinstance(value, list | tuple) and all(isinstance(item, each) for item in value)
        return None if fits else Problem("not_a_list", self.name, value)


@dataclass(frozen=True)
class Told:
    """What does a picture show? `finding` is its title; `alt` tells it to who cannot see it; `shows` what is drawn."""

    finding: str
    alt: str
    shows: str


Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Plot:
    """One kind of picture. Words: `plot.NAME.name` and `.help`.

    `least`..`most`: how many policies it shows; `runs`, `days`, `policy`: what is lived when nothing else is said;
    `plan`: which lives it needs, when they are not simply one for each policy; `keep`: what is kept of each of them for
    `measure`, when it need not be the whole life.
    """

    name: str
    measure: Callable[[Sequence[Any], Arguments], Any]
    describe: Callable[[Any, Words], Told]
    draw: Callable[[Any, Words, Figure], Sequence[Axes]]
    least: int = 1
    most: int = 1
    runs: int = 20
    days: int | None = None
    policy: str = "as_is"
    size: tuple[float, float] = LARGE
    arguments: tuple[Argument, ...] = ()
    keep: Callable[[Life, Arguments], Any] | None = None
    plan: Callable[[tuple[LifeAsked, ...], Arguments], tuple[LifeAsked, ...]] | None = None

    @property
    def words_key(self) -> str:
        """Where its name (`.name`) and explanation (`.help`) stand in `sim/words`."""
        return f"plot.{self.name}"

    def checked(self, given: Arguments) -> dict[str, Any]:
        """All arguments, the given ones over the defaults. Raises BadInput with every problem found."""
        declared = {argument.name: argument for argument in self.arguments}
        problems = Problems()
        found: list[Problem] = []
        for name, value in given.items():
            if name not in declared:
                problems.add("unknown_field", name, value)
            elif (problem := declared[name].problem(value)) is not None:
                found.append(problem)
        if problems.found or found:
            raise BadInput([*problems.found, *found])
        return {name: given.get(name, argument.default) for name, argument in declared.items()}

    def needs(self, asked: tuple[LifeAsked, ...], arguments: Arguments) -> tuple[LifeAsked, ...]:
        """Which lives must be lived before it can be measured? Raises BadInput when there are too few or too many."""
        if not self.least <= len(asked) <= self.most:
            limits = {"low": self.least, "high": self.most}
            raise BadInput([Problem("out_of_range", "policies", len(asked), limits)])
        return asked if self.plan is None else self.plan(asked, arguments)


def told(words: Words, finding: str, *more: str, shows: str) -> Told:
    """A finding with what else a reader who does not see the picture must know."""
    alt = words.say("plot.alt.sentence", text=finding) + "".join(
        words.say("plot.alt.more", text=text) for text in more
    )
    return Told(finding, alt, shows)


def month_of_extreme(values: Any, *, lowest: bool) -> int | None:
    """At which place is the lowest (or highest) known value? None when none is known."""
    known = np.asarray(values, dtype=np.float64)
    if not np.isfinite(known).any():
        return None
    return int(np.nanargmin(known) if lowest else np.nanargmax(known))
