"""When is a move offered, or a reply spoken? Conditions such as `trust < 35`, `said ask_year`, `character is proud`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

QUANTITIES = ("trust", "pressure", "commitment", "insight")
TONES = ("warm", "plain", "firm", "harsh")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_NUMBER = re.compile(r"(\w+)\s*(<=|>=|<|>)\s*(\d+)")
_ANY_NUMBER = re.compile(r"(\w+)\s*(?:<=|>=|<|>)\s*-?\d+(?:\.\d+)?")
_IS = re.compile(r"(character|archetype) is (not )?(\w+)")
_SAID = re.compile(r"(not )?said (\w+)")


@dataclass(frozen=True, slots=True)
class Facing:
    """What a condition can ask about: hidden state, temperament, what was said, and in which tones."""

    state: Mapping[str, float]
    character: str
    archetype: str
    said: Mapping[str, int]
    tones: Mapping[str, int]
    repeated: bool = False


@dataclass(frozen=True)
class Condition:
    """One condition, understood: which names it uses, and how it is tested."""

    text: str
    holds: Callable[[Facing], bool] = field(compare=False)
    move: str = ""
    character: str = ""
    archetype: str = ""


@lru_cache(maxsize=4096)
def understood(text: str) -> Condition | None:
    """The condition behind this text; None when it is none."""
    clean = " ".join(text.split())
    if clean == "repeated":
        return Condition(text, lambda facing: facing.repeated)
    if found := _NUMBER.fullmatch(clean):
        return _number(text, *found.groups())
    if found := _IS.fullmatch(clean):
        return _is(text, *found.groups())
    if found := _SAID.fullmatch(clean):
        negated, move = found.groups()
        wanted = not negated
        return Condition(text, lambda facing: (facing.said.get(move, 0) > 0) == wanted, move=move)
    return None


def _number(text: str, name: str, sign: str, bound: str) -> Condition | None:
    compare, limit = _COMPARE[sign], int(bound)
    if name in QUANTITIES and limit <= 100:
        return Condition(text, lambda facing: compare(facing.state[name], limit))
    if name in TONES:
        return Condition(text, lambda facing: compare(facing.tones.get(name, 0), limit))
    return None


def is_out_of_scale(text: str) -> bool:
    """Does it compare a quantity with a number that this quantity never takes: below 0, above 100, or not whole?"""
    found = _ANY_NUMBER.fullmatch(" ".join(text.split()))
    return found is not None and found[1] in QUANTITIES and understood(text) is None


def _is(text: str, what: str, negated: str | None, name: str) -> Condition:
    wanted = not negated
    if what == "character":
        return Condition(text, lambda facing: (facing.character == name) == wanted, character=name)
    return Condition(text, lambda facing: (facing.archetype == name) == wanted, archetype=name)


def all_hold(texts: tuple[str, ...], facing: Facing) -> bool:
    """Do all these conditions hold? What is no condition never holds; the check of the file says so."""
    for text in texts:
        condition = understood(text)
        if condition is None or not condition.holds(facing):
            return False
    return True
