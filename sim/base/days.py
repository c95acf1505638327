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


def months_after(days: NDArray[np.integer], months: int) -> NDArray[np.int32]:
    """Which days are so many calendar months later? The 31st becomes the last of a shorter month."""
    if not months:
        return np.asarray(days).astype(np.int32)
    dates = dates_of(days)
    month = dates.astype("datetime64[M]")
    of_month = dates - month.astype("datetime64[D]")
    same_day = (month + months).astype("datetime64[D]") + of_month
    later: NDArray[np.int32] = np.minimum(same_day.astype(np.int64), month_ends(days, months)).astype(
        np.int32
    )
    return later


def month_ends(days: NDArray[np.integer], months: int = 0) -> NDArray[np.int32]:
    """Which are the last days of these days' months, or of the months so much later?"""
    following = dates_of(days).astype("datetime64[M]") + (months + 1)
    return (following.astype("datetime64[D]").astype(np.int64) - 1).astype(np.int32)
