"""When does each department work? The hours of the day, as SimPy events."""

from collections.abc import Generator

import simpy

from sim.base.calendar import WorkCalendar
from sim.base.days import Day

Shift = Generator[simpy.Event, Day, None]

SIX, NINE, TEN, ELEVEN, FOURTEEN, FIFTEEN, SIXTEEN, SEVENTEEN = 6, 9, 10, 11, 14, 15, 16, 17
HOURS = 24


class Timetable:
    """The company's clock: SimPy time is in whole hours since the first simulated day began.

    A department waits with `day = yield time.workdays(NINE)` and is told which day it is.
    """

    def __init__(self, calendar: WorkCalendar, first: Day, last: Day):
        self.env = simpy.Environment()
        self._first, self._days = first, last - first + 1
        worked = [calendar.is_workday(first + place) for place in range(self._days)]
        self._every_day = list(range(self._days + 1))
        self._workdays = _next_of(worked)

    def every_day(self, hour: int) -> simpy.Event:
        """The next time it is this hour."""
        return self._at(hour, self._every_day)

    def workdays(self, hour: int) -> simpy.Event:
        """The next time it is this hour of a working day."""
        return self._at(hour, self._workdays)

    def run(self) -> None:
        """Let all departments work until the evening of the last day."""
        self.env.run(until=self._days * HOURS)

    def _at(self, hour: int, days: list[int]) -> simpy.Event:
        now = int(self.env.now)
        place = days[min((now - hour) // HOURS + 1, self._days)]
        return self.env.timeout(place * HOURS + hour - now, self._first + place)


def _next_of(worked: list[bool]) -> list[int]:
    """From each place on, the first worked one; the end of all where there is none."""
    following = [len(worked)] * (len(worked) + 1)
    for place in range(len(worked) - 1, -1, -1):
        following[place] = place if worked[place] else following[place + 1]
    return following
