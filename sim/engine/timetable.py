"""When does each department work? The hours of the day, as SimPy events."""

from collections.abc import Generator, Sequence

import numpy as np
import simpy

from sim.base.calendar import WorkCalendar
from sim.base.days import Day, dates_of

Shift = Generator[simpy.Event, Day, None]

SIX, NINE, TEN, ELEVEN, FOURTEEN, FIFTEEN, SIXTEEN, SEVENTEEN = 6, 9, 10, 11, 14, 15, 16, 17
HOURS = 24
THURSDAY = 3
"""Day 0, 1970-01-01, was one: so many days after a Monday."""


class Timetable:
    """The company's clock: SimPy time is in whole hours since the first simulated day began.

    A department waits with `day = yield time.workdays(NINE)` and is told which day it is.
    """

    def __init__(self, calendar: WorkCalendar, first: Day, last: Day):
        self.env = simpy.Environment()
        self._first, self._days = first, last - first + 1
        days = np.arange(first, last + 1)
        begins = dates_of(days).astype("datetime64[M]").astype("datetime64[D]") == dates_of(days)
        self._every_day = list(range(self._days + 1))
        self._workdays = _next_of([calendar.is_workday(int(day)) for day in days])
        self._months = _next_of([True, *begins[1:].tolist()])
        self._mondays = _next_of(((days + THURSDAY) % 7 == 0).tolist())
        self._awaited: dict[int, simpy.Event] = {}  # departments that wait for the same hour wait together

    def every_day(self, hour: int) -> simpy.Event:
        """The next time it is this hour."""
        return self._at(hour, self._every_day)

    def workdays(self, hour: int) -> simpy.Event:
        """The next time it is this hour of a working day."""
        return self._at(hour, self._workdays)

    def months(self, hour: int) -> simpy.Event:
        """The next first of a month at this hour; the first simulated day counts as one."""
        return self._at(hour, self._months)

    def mondays(self, hour: int) -> simpy.Event:
        """The next Monday at this hour."""
        return self._at(hour, self._mondays)

    def rhythm(self, chosen: Sequence[bool]) -> list[int]:
        """A department's own rhythm: is each day of the time one of its days?"""
        return _next_of(list(chosen))

    def by(self, rhythm: list[int], hour: int) -> simpy.Event:
        """The next day of this rhythm at this hour."""
        return self._at(hour, rhythm)

    def run(self) -> None:
        """Let all departments work until the evening of the last day."""
        self.run_until(self._first + self._days - 1)

    def run_until(self, day: Day) -> None:
        """Let all departments work until the evening of this day, which must not have come yet."""
        self.env.run(until=(day - self._first + 1) * HOURS)

    def _at(self, hour: int, days: list[int]) -> simpy.Event:
        now = int(self.env.now)
        place = days[(now - hour) // HOURS + 1]
        then = place * HOURS + hour
        event = self._awaited.get(then)
        if event is None:
            event = self._awaited[then] = self.env.timeout(then - now, self._first + place)
        return event


def _next_of(chosen: list[bool]) -> list[int]:
    """From each place on, the first chosen one; the end of all where there is none."""
    following = [len(chosen)] * (len(chosen) + 1)
    for place in range(len(chosen) - 1, -1, -1):
        following[place] = place if chosen[place] else following[place + 1]
    return following
