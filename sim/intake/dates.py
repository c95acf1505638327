"""Which day does a text mean, if its column writes year, month and day in this order?

A column is read in one order as a whole. Which order that is, is decided in `sim.intake.orders` from evidence; here a
text is only read. Separators, month names, compact dates (20200210, also 20200210.0), Chinese dates and a time of day
after the date are all understood; the time of day is ignored.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER

DateOrder = Literal["ymd", "dmy", "mdy", "serial"]
DATE_ORDERS: tuple[DateOrder, ...] = get_args(DateOrder)
"""Year-month-day, day-month-year, month-day-year, and the day number of a spreadsheet."""

UNREAD = NEVER
"""Stands for a date that is blank or cannot be read."""

NOT_YET = frozenset(
    {"00000000", "0", "0000-00-00", "00.00.0000", "00/00/0000", "99991231", "9999-12-31", "31.12.9999"}
)
"""How ERP systems write "no date"."""

_FIRST_YEAR, _LAST_YEAR = 1970, 2100
_SERIAL_EPOCH, _FIRST_SERIAL, _LAST_SERIAL = 25_569, 20_000, 80_000  # 1970-01-01; 1954 to 2119
_TIME = r"(?:[T\s]\s*\d{1,2}:\d{2}.*)?"
_PARTS = rf"^(\d{{1,4}})\s*[-/.年\s]\s*(\d{{1,2}})\s*[-/.月\s]\s*(\d{{1,4}})\s*日?{_TIME}$"
_COMPACT = rf"^(\d{{8}})(?:\.0+)?{_TIME}$"
_DAY_NAME = rf"^(\d{{1,2}})[-/.\s]*([A-Za-z]{{3,9}})\.?[-/.,\s]*(\d{{4}}|\d{{2}}){_TIME}$"
_NAME_DAY = rf"^([A-Za-z]{{3,9}})\.?[-/.\s]*(\d{{1,2}})[-/.,\s]+(\d{{4}}|\d{{2}}){_TIME}$"
_SERIAL = r"^(\d{5})(?:\.\d+)?$"
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}  # fmt: skip

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class DateTexts:
    """The distinct texts of a date column, and which of them stands in each row (-1: blank)."""

    texts: tuple[str, ...]
    codes: Ints

    @property
    def counts(self) -> Ints:
        """In how many rows does each distinct text stand?"""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.texts))

    def by_row(self, days: Ints) -> Ints:
        """The day of each row from the day of each distinct text; UNREAD where blank."""
        return np.append(days, UNREAD)[self.codes]


def date_texts(values: "pd.Series[str]") -> DateTexts:
    """The distinct texts of a column, blanks and the ERP's own "no date" left aside."""
    codes, uniques = pd.factorize(values, sort=False)
    texts = [str(text) for text in uniques]
    keep = np.array([text not in NOT_YET and text != "" for text in texts], dtype=bool)
    renumber = np.where(keep, np.cumsum(keep) - 1, -1)
    codes = renumber[codes] if len(texts) else codes
    kept = tuple(text for text, kept_one in zip(texts, keep, strict=True) if kept_one)
    return DateTexts(kept, np.asarray(codes, dtype=np.int64))


def read_dates(texts: tuple[str, ...], order: DateOrder) -> Ints:
    """The day number of each text in this order; UNREAD where the text is no date in it."""
    series = pd.Series(list(texts), dtype="str")
    days = np.full(len(texts), UNREAD, dtype=np.int64)
    if len(texts) == 0:
        return days
    if order == "serial":
        found = series.str.extract(_SERIAL, expand=False)
        serial = _numbers(found)
        good = (serial >= _FIRST_SERIAL) & (serial <= _LAST_SERIAL)
        return np.where(good, serial - _SERIAL_EPOCH, UNREAD)
    for year, month, day in (_separated(series, order), _compact(series, order), *_named(series, order)):
        days = np.where(days == UNREAD, _day_numbers(year, month, day), days)
    return days


def _separated(series: "pd.Series[str]", order: DateOrder) -> tuple[Ints, Ints, Ints]:
    found = series.str.extract(_PARTS)
    digits = found.fillna("").map(len).to_numpy()
    first, second, third = (_numbers(found[column]) for column in range(3))
    if order == "ymd":
        good = np.where(digits[:, 0] == 2, digits[:, 2] == 2, (digits[:, 0] == 4) & (digits[:, 2] <= 2))
        year, month, day = _full_year(first, digits[:, 0]), second, third
    else:
        good = (digits[:, 0] <= 2) & ((digits[:, 2] == 4) | (digits[:, 2] == 2))
        year = _full_year(third, digits[:, 2])
        day, month = (first, second) if order == "dmy" else (second, first)
    return np.where(good, year, -1), month, day


def _compact(series: "pd.Series[str]", order: DateOrder) -> tuple[Ints, Ints, Ints]:
    number = _numbers(series.str.extract(_COMPACT, expand=False))
    if order == "ymd":
        return number // 10_000, number // 100 % 100, number % 100
    first, second = number // 1_000_000, number // 10_000 % 100
    day, month = (first, second) if order == "dmy" else (second, first)
    return np.where(number < 0, -1, number % 10_000), month, day


def _named(series: "pd.Series[str]", order: DateOrder) -> list[tuple[Ints, Ints, Ints]]:
    """Dates with the month's name: unmistakable, so they read the same in either order."""
    if order == "ymd":
        return []
    found = []
    for pattern, (at_day, at_name) in ((_DAY_NAME, (0, 1)), (_NAME_DAY, (1, 0))):
        parts = series.str.extract(pattern)
        names = parts[at_name].fillna("").str.lower().str.slice(0, 3)
        month: Ints = np.array([_MONTHS.get(name, -1) for name in names], dtype=np.int64)
        digits: Ints = np.array([len(text) for text in parts[2].fillna("")], dtype=np.int64)
        found.append((_full_year(_numbers(parts[2]), digits), month, _numbers(parts[at_day])))
    return found


def _full_year(year: Ints, digits: Ints) -> Ints:
    return np.where((digits == 2) & (year >= 0), np.where(year < 70, year + 2000, year + 1900), year)


def _day_numbers(year: Ints, month: Ints, day: Ints) -> Ints:
    good = (year >= _FIRST_YEAR) & (year <= _LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1)
    months = np.where(good, (year - 1970) * 12 + month - 1, 0)
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    good &= day <= after - first
    return np.where(good, first + day - 1, UNREAD)


def _numbers(texts: "pd.Series[str]") -> Ints:
    return pd.to_numeric(texts, errors="coerce").fillna(-1).to_numpy(dtype=np.int64)
