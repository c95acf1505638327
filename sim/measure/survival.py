"""How long until invoices are paid, when some are still open? Kaplan-Meier, on days.

The mean days of paid invoices leaves out those still open and is too short. Kaplan-Meier lets open invoices count for
as long as they were watched.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.measure.formulas import Floats


def km_curve(at_risk: NDArray[np.integer], paid: NDArray[np.integer]) -> Floats:
    """Which share is still unpaid after each day? Shape of the counts, last axis = age in days 0, 1, 2, ...

    `at_risk`: how many were open and watched on that day of age, `paid`: how many of them were paid on it. Payments
    come before censorings of the same day. A day with nobody at risk keeps the curve as it is.
    """
    hazard = np.divide(paid, at_risk, out=np.zeros(np.shape(paid)), where=at_risk > 0)
    return np.asarray(np.cumprod(1.0 - hazard, axis=-1), dtype=np.float64)


def km_restricted_mean(at_risk: NDArray[np.integer], paid: NDArray[np.integer]) -> Floats:
    """How many days until paid, on average, looking no further than the longest time watched?

    The area under the curve up to the last age with anybody at risk (or to where the curve is zero). NaN where
    nobody was watched. Shape of the counts without the last axis.
    """
    ages = np.arange(at_risk.shape[-1])
    longest = np.max(np.where(at_risk > 0, ages, -1), axis=-1)
    inside = ages < longest[..., None]
    area = np.sum(np.where(inside, km_curve(at_risk, paid), 0.0), axis=-1)
    return np.where(longest < 0, np.nan, area)


def life_table(days: ArrayLike, paid: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many were at risk and how many were paid on each day of age? From one duration and one flag per invoice."""
    ages, events = np.asarray(days, dtype=np.int64), np.asarray(paid, dtype=bool)
    size = int(ages.max()) + 1
    ended = np.bincount(ages, minlength=size)
    at_risk = np.cumsum(ended[::-1])[::-1]
    return at_risk.astype(np.int64), np.bincount(ages[events], minlength=size).astype(np.int64)
