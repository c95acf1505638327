"""In which unit is an axis written, and how are its marks told? The same for live charts and stills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sim.intake.mapping import UNKNOWN_CURRENCY
from sim.words import Words
from sim.words.formats import calendar_month


@dataclass(frozen=True)
class Unit:
    """In which unit is an axis written, and how many of the figure's own units is one?"""

    label: str
    factor: float


def axis_unit(words: Words, unit: str, currency: str, largest: float) -> Unit:
    """The unit an axis of such values is written in: 万元 or 亿元, thousands or millions, days, percent."""
    if unit != "fen":
        return Unit(words.say(f"panel.unit.{unit}"), 0.01 if unit == "share" else 1.0)
    sizes = {"zh": (("yi", 1e8), ("wan", 1e4)), "en": (("m", 1e6), ("k", 1e3))}[words.lang]
    name, size = next(((name, size) for name, size in sizes if largest >= size * 100), ("one", 1.0))
    label = words.say(f"panel.money.{name}", currency=sign(words, currency)).strip()
    return Unit(label or words.say("panel.money.unknown"), size * 100)


def sign(words: Words, currency: str) -> str:
    """The currency as an axis names it: ¥, 元, $, 美元; nothing when none is known."""
    if currency == UNKNOWN_CURRENCY:
        return ""
    key = f"panel.currency.{currency}"
    return words.say(key) if words.has(key) else currency


def month_names(words: Words, labels: Sequence[str]) -> list[str]:
    """Short names of months (2025-03: Mar, 3月); the first and every January name their year below."""
    return [
        calendar_month(words.lang, label) + (f"\n{label[:4]}" if at == 0 or label.endswith("-01") else "")
        for at, label in enumerate(labels)
    ]


def month_starts(first: date, last: date) -> list[date]:
    """The first days of the months that begin within these days."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    found = [date(month // 12, month % 12 + 1, 1) for month in months]
    return [day for day in found if first <= day <= last]


def named(words: Words, key: str, otherwise: Any = "") -> str:
    """The words of a key, or something else when there are none."""
    return words.say(key) if words.has(key) else str(otherwise)


def policy_label(words: Words, name: str) -> str:
    """What is a policy called: a ready-made one by its name, any other as it was named."""
    for key in (f"policy.{name}.name", f"panel.side.{name}", f"plot.policy.{name}"):
        if words.has(key):
            return words.say(key)
    return name
