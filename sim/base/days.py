"""How are days counted? As whole calendar days since 1970-01-01; dates are for people."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

Day = int
DayArray = NDArray[np.int32]

_EPOCH = date(1970, 1, 1).toordinal()
NEVER: Day = int(
    np.iinfo(np.int32).max
)  # later than any day; stands for "has not happened" inside the engine


def day_of(when: date | str) -> Day:
    """Which day number is this date (a `date` or `YYYY-MM-DD`)?"""
    if isinstance(when, str):
        when = date.fromisoformat(when)
    return when.toordinal() - _EPOCH


def date_of(day: Day) -> date:
    """Which date is this day number?"""
    return date.fromordinal(int(day) + _EPOCH)


def dates_of(days: NDArray[np.integer]) -> NDArray[np.datetime64]:
    """Which dates are these day numbers, as datetime64[D]?"""
    return np.asarray(days).astype("datetime64[D]")


def months_of(days: NDArray[np.integer]) -> NDArray[np.int64]:
    """In which calendar month (0 = January) does each day fall?"""
    return dates_of(days).astype("datetime64[M]").astype(np.int64) % 12
