"""How do figures scatter over the runs? Our own bands and intervals; nothing is bootstrapped by a plotting library."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measure import METRICS, Books, NotMeasurable, Periods
from sim.study.compare import interval
from sim.study.sweep import BAND

Floats = NDArray[np.float64]
DAYS_OF_A_MONTH = 20  # what is left of a month at either end of the time is not drawn when it is shorter


@dataclass(frozen=True, eq=False)
class Spread:
    """The middle of the runs and the band that holds 80 % of them, along an axis; NaN where no run knows."""

    low: Floats
    middle: Floats
    high: Floats

    @property
    def has_band(self) -> bool:
        """Is there more than one run behind it?"""
        return bool(np.nanmax(self.high - self.low, initial=0.0) > 0)


def spread(runs: Floats) -> Spread:
    """Of values of shape (runs, n): the middle and the band at each place."""
    values = np.asarray(runs, dtype=np.float64)
    known = np.isfinite(values).any(axis=0)
    found = np.full((3, values.shape[1]), np.nan)
    found[:, known] = np.nanpercentile(values[:, known], [BAND[0], 50.0, BAND[1]], axis=0)
    return Spread(*found)


@dataclass(frozen=True)
class Sure:
    """A mean over runs, and the 95 % interval that says how sure it is (NaN with a single run)."""

    mean: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Does the interval leave zero out?"""
        return self.low > 0 or self.high < 0


def sure(values: Floats) -> Sure:
    """The mean of the known values and its interval."""
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    if not len(known):
        return Sure(float("nan"), float("nan"), float("nan"))
    return Sure(float(known.mean()), *interval(known))


def drawn_months(books: Books) -> tuple[Periods, NDArray[np.bool_]]:
    """All months, and which of them are long enough to be drawn."""
    months = books.periods("month")
    is_long = months.days >= DAYS_OF_A_MONTH
    return months, is_long | ~is_long.any()


def monthly(books: Books, metric: str) -> Floats:
    """One figure month by month, shape (runs, drawn months); all NaN where the ledger cannot show it."""
    months, drawn = drawn_months(books)
    try:
        return np.asarray(METRICS[metric].of(books, months))[:, drawn]
    except NotMeasurable:
        return np.full((books.runs, int(drawn.sum())), np.nan)


def month_labels(books: Books) -> tuple[str, ...]:
    """The labels of the drawn months."""
    months, drawn = drawn_months(books)
    return tuple(label for label, is_drawn in zip(months.labels, drawn, strict=True) if is_drawn)
