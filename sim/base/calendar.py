"""Which days are working days in China, and when is the next one?

The exceptions stand in `china_calendar.csv` (2018-2030): days off and worked weekends as published by
the State Council for past years, estimated from the statutory holidays for years not yet published.
"""

import csv
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day, day_of

CalendarName = Literal["china", "weekdays", "every_day"]
CALENDARS: tuple[CalendarName, ...] = ("every_day", "weekdays", "china")
"""All calendars; ledgers name theirs by its place here."""
FIRST_DAY: Day = day_of("2018-01-01")
LAST_DAY: Day = day_of("2030-12-31")


@cache
def _exceptions() -> tuple[frozenset[Day], frozenset[Day], tuple[Day, ...]]:
    """Days off, worked weekend days and the Spring Festival (lunar new year's day) of each year."""
    off, worked, new_years = set(), set(), []
    with files("sim.base").joinpath("china_calendar.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            day = day_of(row["date"])
            if row["kind"] == "holiday":
                off.add(day)
            elif row["kind"] == "makeup":
                worked.add(day)
            elif row["kind"] == "newyear":
                new_years.append(day)
    return frozenset(off), frozenset(worked), tuple(sorted(new_years))


def spring_festivals() -> tuple[Day, ...]:
    """On which day does each year's Spring Festival begin?"""
    return _exceptions()[2]


def is_workday(day: Day, calendar: CalendarName = "china") -> bool:
    """Is this day worked?"""
    if calendar == "every_day":
        return True
    weekday = (day + 3) % 7  # 1970-01-01 was a Thursday; 0 is Monday
    if calendar == "china":
        off, worked, _ = _exceptions()
        if day in off:
            return False
        if day in worked:
            return True
    return weekday < 5


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of a stretch of time, ready for look-ups by day number.

    Days outside `first`..`last` are not covered; the engine asks for a margin on both sides.
    """

    name: CalendarName
    first: Day
    last: Day

    @cached_property
    def worked(self) -> NDArray[np.bool_]:
        """Is the day worked? Shape (days,), index = day - first."""
        return np.array([is_workday(day, self.name) for day in range(self.first, self.last + 1)])

    @cached_property
    def _ordinals(self) -> NDArray[np.int32]:
        """How many working days end before each day? Shape (days,)."""
        return np.concatenate([[0], np.cumsum(self.worked)[:-1]]).astype(np.int32)

    @cached_property
    def _next_workdays(self) -> NDArray[np.int32]:
        """The first working day from each day on."""
        return self._pick(self._ordinals)

    @cached_property
    def _worked_by(self) -> NDArray[np.int32]:
        """How many working days end by each day, the first not counted: the place of the last of them."""
        return self._ordinals + self.worked - np.int32(1)

    @cached_property
    def _workdays(self) -> NDArray[np.int32]:
        """All working days as day numbers, ascending."""
        return (np.flatnonzero(self.worked) + self.first).astype(np.int32)

    def is_workday(self, day: Day) -> bool:
        """Is this day worked?"""
        return bool(self.worked[day - self.first])

    def next_workday(self, days: NDArray[np.int32]) -> NDArray[np.int32]:
        """The day itself if worked, else the first working day after it."""
        return self._next_workdays[days - self.first]

    def last_workday(self, days: NDArray[np.int32]) -> NDArray[np.int32]:
        """The day itself if worked, else the last working day before it."""
        return self._pick(self._worked_by[days - self.first])

    def after_workdays(self, day: Day, count: int) -> Day:
        """Which day is `count` working days after this day (1 = the next working day after it)?"""
        return int(self.each_after_workdays(np.array([day], dtype=np.int32), count)[0])

    def each_after_workdays(
        self, days: NDArray[np.int32] | Day, count: int | NDArray[np.integer]
    ) -> NDArray[np.int32]:
        """The same for many days."""
        return self._pick(self._worked_by[days - self.first] + count)

    def _pick(self, ordinals: NDArray[np.integer]) -> NDArray[np.int32]:
        return self._workdays.take(ordinals, mode="clip")
