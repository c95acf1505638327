"""Floor 0: how is it said, in English and in Chinese? Words, formats, messages; the texts are data."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sim.base.errors import BadInput, Problem, Worded
from sim.words import formats
from sim.words.catalogue import LANGUAGES, Language, catalogue

__all__ = ["LANGUAGES", "Language", "Words"]


@dataclass(frozen=True)
class Words:
    """The kit's voice in one language. Cheap to make; the texts are read at first use."""

    lang: Language

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            allowed = {"allowed": ", ".join(LANGUAGES)}
            raise BadInput([Problem("unknown_language", "--lang", self.lang, allowed)])

    def has(self, key: str) -> bool:
        """Is there a text for this key?"""
        return key in catalogue()

    def say(self, key: str, /, **values: Any) -> str:
        """The text of this key, placeholders filled. Raises KeyError: unknown key, or a value is missing."""
        text = catalogue()[key][self.lang]
        return text.format_map(values) if "{" in text else text

    def number(self, x: Any, digits: int | None = None, *, signed: bool = False) -> str:
        """A number: `digits` decimals, or none when whole and two when not."""
        return (
            self._unknown() if formats.is_unknown(x) else formats.plain(self.lang, x, digits, signed=signed)
        )

    def money(self, fen: Any, currency: str = "CNY", *, exact: bool = False, signed: bool = False) -> str:
        """An amount of fen (or cents): compact (¥123.4万, ¥1.23m) or exact to the fen."""
        write = formats.exact_money if exact else formats.compact_money
        return self._unknown() if formats.is_unknown(fen) else write(self.lang, fen, currency, signed=signed)

    def percent(self, share: Any, digits: int = 1, *, signed: bool = False) -> str:
        """A share of one (0.123) as percent (12.3%)."""
        return (
            self._unknown()
            if formats.is_unknown(share)
            else formats.percent(self.lang, share, digits, signed=signed)
        )

    def days(self, x: Any, digits: int | None = None, *, signed: bool = False) -> str:
        """A number of days with its unit: 71.9 days, 71.9天."""
        return self.value(x, "d", digits=digits, signed=signed)

    def date(self, when: date | int | str | None) -> str:
        """A date (date, day number or YYYY-MM-DD): 3 Jan 2025, 2025年1月3日; NEVER is "not yet"."""
        if formats.is_unknown(when) or when is None:
            return self._unknown()
        return formats.calendar_date(self.lang, when) or self.say("format.never")

    def short_date(self, when: int) -> str:
        """A day number's date without its year, where the year is plain: 3 Jan, 1月3日."""
        return formats.calendar_day(self.lang, when)

    def period(self, label: str) -> str:
        """A period's label (2025-03, 2025Q1, 2025, all) for people: Mar 2025, 2025年3月."""
        return self.say("format.all_time") if label == "all" else formats.calendar_period(self.lang, label)

    def value(
        self, x: Any, unit: str, *, digits: int | None = None, currency: str = "CNY", signed: bool = False
    ) -> str:
        """A value with its unit (d, fen, share, times, count, min, person, bp, %): 71.9 days, ¥1.23m.

        `signed` is for differences: +¥1.23m, and +1.5 pp for a share.
        """
        if formats.is_unknown(x):
            return self._unknown()
        if unit == "fen":
            return self.money(x, currency, signed=signed)
        if unit == "share" and not signed:
            return self.percent(x, 1 if digits is None else digits)
        if unit == "share":  # a difference of shares is told in percentage points
            x, unit = formats.hundredfold(x), "points"
        if unit == "bp":  # hundredths of a percent are told in percent
            x = x / 100
        number = self.number(x, _digits(x, unit) if digits is None else digits, signed=signed)
        if not self.has(f"format.{unit}.many"):
            return number
        return self.say(f"format.{unit}.{'one' if number.lstrip('+-') == '1' else 'many'}", number=number)

    def interval(
        self,
        low: Any,
        high: Any,
        unit: str,
        *,
        digits: int | None = None,
        currency: str = "CNY",
        signed: bool = False,
    ) -> str:
        """A range with its unit: 0.9 to 1.5 days; unknown when an end is.

        Ends that would be shown alike get more decimals; if that does not tell them apart, one of them is enough.
        """
        if formats.is_unknown(low) or formats.is_unknown(high):
            return self._unknown()
        if unit == "share" and signed:
            low, high, unit = formats.hundredfold(low), formats.hundredfold(high), "points"
        if unit == "bp":
            low, high, unit = low / 100, high / 100, "%"
        if unit == "fen":
            first, last = (self.money(end, currency, signed=signed) for end in (low, high))
            return first if first == last else self.say("format.interval", low=first, high=last)
        decimals, is_wide = self._range_decimals(low, high, unit, digits, signed)
        last = self.value(high, unit, digits=decimals, signed=signed)
        if not is_wide:
            return last
        if unit in ("share", "%"):
            first = self.value(low, unit, digits=decimals, signed=signed)
        else:  # the unit once, after the second number
            first = self.number(low, decimals, signed=signed)
        return self.say("format.interval", low=first, high=last)

    def beside(
        self, x: Any, low: Any, high: Any, unit: str, *, currency: str = "CNY", signed: bool = False
    ) -> str:
        """A mean that stands beside its interval, with as many decimals: +5.0 beside +4.2 to +5.8."""
        known = not any(formats.is_unknown(number) for number in (x, low, high))
        if not known or unit in ("fen", "bp"):
            return self.value(x, unit, currency=currency, signed=signed)
        ends = low, high
        if unit == "share" and signed:
            ends, unit, x = (
                (formats.hundredfold(low), formats.hundredfold(high)),
                "points",
                formats.hundredfold(x),
            )
        decimals, _ = self._range_decimals(*ends, unit, None, signed)
        return self.value(x, unit, digits=decimals, signed=signed)

    def _range_decimals(
        self, low: Any, high: Any, unit: str, digits: int | None, signed: bool
    ) -> tuple[int, bool]:
        """How many decimals tell the two ends apart, and do they at all?"""
        if digits is None:
            digits = 1 if unit == "share" else max(_digits(low, unit) or 0, _digits(high, unit) or 0)
        for decimals in range(digits, digits + _MORE_DECIMALS + 1):
            first, last = (self.value(end, unit, digits=decimals, signed=signed) for end in (low, high))
            if first != last:
                return decimals, True
        return digits, False

    def listed(self, names: Iterable[str]) -> str:
        """Several names in a row: a, b, c; a、b、c."""
        return self.say("format.list_comma").join(names)

    def problems(self, bad: BadInput) -> str:
        """Everything that is wrong, one line each: field, value, rule."""
        return "\n".join(self.problem(found) for found in bad.problems)

    def problem(self, found: Problem) -> str:
        """One thing that is wrong. Never fails: a rule without words or values gets the general sentence."""
        shown = {name: self._shown(value) for name, value in found.placeholders.items()}
        shown["field"] = self.field(found.field)
        key = found.key if self.has(found.key) else "problem.not_valid"
        try:
            return self.say(key, **shown)
        except KeyError:
            return self.say("problem.not_valid", **shown)

    def field(self, path: str) -> str:
        """A field for people: a lever by its name and path, a file's field as it stands."""
        key = f"lever.{path.removeprefix('add.')}.name"
        return self.say("format.named_field", name=self.say(key), path=path) if self.has(key) else path

    def _shown(self, value: object) -> str:
        if formats.is_unknown(value):
            return self._unknown() if value is not None else ""
        if isinstance(value, Worded):
            return self.say(value.key)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float):
            return f"{value:g}"
        if isinstance(value, (list, tuple, set, frozenset)):
            return self.listed(self._shown(item) for item in value)
        text = str(value)
        return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"

    def _unknown(self) -> str:
        return self.say("format.unknown")


_LONGEST_VALUE = 500
_MORE_DECIMALS = 2
"""So many at most to tell the two ends of a range apart."""
_SMALL_POINTS = 0.1
"""A difference in percentage points below this needs two decimals, or it reads as none."""


def _digits(x: Any, unit: str) -> int | None:
    """How many decimals say enough, by unit? None: as the number needs."""
    if unit == "points":
        return 2 if 0 < abs(x) < _SMALL_POINTS else 1
    if unit == "times":
        return 2
    if math.isinf(x) or x == int(x):
        return 0
    if unit == "bp":
        return 1 if round(x, 1) == x else 2
    return {"d": 1, "count": 1, "min": 0, "person": 1, "%": 1, "index": 2}.get(unit)
