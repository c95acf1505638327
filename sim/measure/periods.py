"""Into which periods is a ledger's time cut, and how many days does each really cover?

A period cut by the ledger's first or last day is kept, counts only the days it covers and is marked (`complete` is
false): its DSO divides its own sales by its own days, so a short month gives a rough figure but not a wrong one.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day, dates_of

Every = Literal["month", "quarter", "year", "all"]
EVERY: tuple[Every, ...] = ("month", "quarter", "year", "all")
_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Periods:
    """Consecutive periods. `starts` and `ends` are day numbers, both included; all arrays have shape (periods,)."""

    first: Day
    labels: tuple[str, ...]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    complete: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def days(self) -> NDArray[np.int64]:
        """How many days does each period cover?"""
        return self.ends - self.starts + 1

    @cached_property
    def opening_at(self) -> NDArray[np.int64]:
        """Column of the day before each period in day matrices whose column 0 is the day before the first."""
        return self.starts - self.first

    @cached_property
    def closing_at(self) -> NDArray[np.int64]:
        """Column of the last day of each period in such matrices."""
        return self.ends - self.first + 1

    def of_day(self, days: NDArray[np.integer]) -> NDArray[np.int64]:
        """In which period (index) does each day fall? -1 for none."""
        at = np.searchsorted(self.starts, days, side="right") - 1
        inside = (at >= 0) & (np.asarray(days) <= self.ends[-1])
        return np.where(inside, at, -1).astype(np.int64)


def periods_between(first: Day, last: Day, every: Every = "month") -> Periods:
    """The periods of this length from the first to the last day, both included."""
    if every == "all":
        whole = np.array([first], dtype=np.int64), np.array([last], dtype=np.int64)
        return Periods(first, ("all",), *whole, np.array([True]))
    length = _MONTHS[every]
    months = dates_of(np.array([first, last])).astype("datetime64[M]").astype(np.int64)
    begins = np.arange(months[0] // length * length, months[1] + 1, length)
    edges = (
        np.append(begins, begins[-1] + length)
        .astype("datetime64[M]")
        .astype("datetime64[D]")
        .astype(np.int64)
    )
    starts, ends = np.maximum(edges[:-1], first), np.minimum(edges[1:] - 1, last)
    complete = (starts == edges[:-1]) & (ends == edges[1:] - 1)
    return Periods(first, tuple(_label(int(month), every) for month in begins), starts, ends, complete)


def _label(month: int, every: Every) -> str:
    year, of_year = 1970 + month // 12, month % 12
    if every == "year":
        return f"{year}"
    return f"{year}Q{of_year // 3 + 1}" if every == "quarter" else f"{year}-{of_year + 1:02d}"
