"""On what policies does a person work in the studio, and how is a step taken back?

A draft holds lever values that may not fit together yet (a discount longer than the term while both are being moved):
only `policy` insists that they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from sim.model.policy import LEVERS, Policy
from sim.panels.parts.controls import SIDES

LADDER = "collection.ladder"
PATHS = (*(path for path in LEVERS if not path.startswith(("operations", "finance", "people"))), LADDER,
         *(path for path in LEVERS if path.startswith(("operations", "finance", "people"))))  # fmt: skip
"""Everything that is decided, in the order of the branches: all levers, and the ladder as one."""
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Draft:
    """One policy being worked on."""

    values: Mapping[str, Any]

    @classmethod
    def of(cls, policy: Policy) -> Draft:
        """This policy, to be worked on."""
        return cls({path: policy.value_of(path) for path in PATHS})

    def moved(self, path: str, value: Any) -> Draft:
        """The same with one lever moved."""
        return Draft({**self.values, path: value})

    def policy(self) -> Policy:
        """The policy. Raises BadInput with everything that does not fit together."""
        return Policy().with_levers(self.values)


@dataclass(frozen=True)
class Desk:
    """What lies on the table: both drafts, and the name each was last taken from ("" after a move by hand)."""

    baseline: Draft
    alternative: Draft
    names: tuple[str, str] = ("", "")

    def draft(self, side: str) -> Draft:
        """One side's draft."""
        return self.baseline if side == SIDES[0] else self.alternative

    def name(self, side: str) -> str:
        """What one side was taken from."""
        return self.names[SIDES.index(side)]

    def put(self, side: str, draft: Draft, name: str = "") -> Desk:
        """The same with another draft on one side."""
        first, second = self.names
        if side == SIDES[0]:
            return replace(self, baseline=draft, names=(name, second))
        return replace(self, alternative=draft, names=(first, name))

    @property
    def differing(self) -> tuple[str, ...]:
        """The paths on which both sides differ, in order."""
        return differing(self.baseline.values, self.alternative.values)


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """On which paths do these values differ?"""
    return tuple(path for path in PATHS if before[path] != after[path])


def changed_between(baseline: Policy, alternative: Policy) -> tuple[str, ...]:
    """On which paths do these policies differ?"""
    return differing(Draft.of(baseline).values, Draft.of(alternative).values)


class History(Generic[Kept]):
    """What was on the table before, and what was taken back."""

    def __init__(self, first: Kept, most: int = 200):
        self._done, self._undone, self._most = [first], list[Kept](), most

    @property
    def now(self) -> Kept:
        """What is on the table."""
        return self._done[-1]

    @property
    def can_undo(self) -> bool:
        """Is there a step to take back?"""
        return len(self._done) > 1

    @property
    def can_redo(self) -> bool:
        """Was a step taken back?"""
        return bool(self._undone)

    def keep(self, kept: Kept) -> None:
        """A step was taken; what was undone before is gone. The same once more is no step."""
        if kept == self.now:
            return
        self._done = [*self._done, kept][-self._most :]
        self._undone.clear()

    def undo(self) -> Kept:
        """Take the last step back."""
        if self.can_undo:
            self._undone.append(self._done.pop())
        return self.now

    def redo(self) -> Kept:
        """Take the step after all."""
        if self._undone:
            self._done.append(self._undone.pop())
        return self.now


def policy_paths(branch: str) -> Iterable[str]:
    """What is decided in one branch, in order."""
    return (path for path in PATHS if path.split(".", 1)[0] == branch)
