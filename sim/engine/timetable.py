"""When does each department work? The hours of the day, as SimPy events."""

from collections.abc import Generator

import simpy

from sim.base.calendar import WorkCalendar
from sim.base.days import Day

Shift = Generator[simpy.Event, None, None]

SIX, NINE, TEN, ELEVEN, FOURTEEN, SIXTEEN, SEVENTEEN = 6, 9, 10, 11, 14, 16, 17


class Timetable:
    """The company's clock: SimPy time is in days since the first simulated day, hours are fractions."""

    def __init__(self, calendar: WorkCalendar, first: Day, last: Day):
        self.env = simpy.Environment()
        self.calendar, self.first, self.last = calendar, first, last
        self._ends_at = last - first + 1

    @property
    def today(self) -> Day:
        """The day number of this moment."""
        return self.first + int(self.env.now)

    def every_day(self, hour: int) -> simpy.Event:
        """The next time it is this hour."""
        return self._at(self._following(hour), hour)

    def workdays(self, hour: int) -> simpy.Event:
        """The next time it is this hour of a working day."""
        day = self._following(hour)
        while not self.calendar.is_workday(self.first + day):
            day += 1
        return self._at(day, hour)

    def run(self) -> None:
        """Let all departments work until the evening of the last day."""
        self.env.run(until=self._ends_at)

    def _following(self, hour: int) -> int:
        # In whole hours: adding up fractions may end a hair before ten, and ten must not come twice on one day.
        day, now = divmod(round(self.env.now * 24), 24)
        return day if now < hour else day + 1

    def _at(self, day: int, hour: int) -> simpy.Event:
        return self.env.timeout(day + hour / 24 - self.env.now)
