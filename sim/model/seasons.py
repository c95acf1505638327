"""How do orders and payments change over the year? By month, and around the moving Spring Festival."""

import numpy as np
from numpy.typing import NDArray

from sim.base.calendar import spring_festivals
from sim.base.days import months_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

FESTIVAL_BEFORE, FESTIVAL_AFTER = 28, 16
"""Days before and after new year's day in which its season holds (assumption; 20-35, 10-20)."""
PAYMENT_BEFORE, PAYMENT_AFTER = 1.45, 0.40
"""Debts are cleared before the festival and rest after it: multipliers of the payment hazard (assumption)."""
ORDERS_AROUND = 0.45
"""Orders of seasonal trades from a week before to the end of the festival (assumption)."""
ORDERS_BEFORE_DAYS = 7


def moving_payments(table: tuple[float, ...], days: Ints) -> Floats:
    """Multipliers of the payment hazard on each day: debts are cleared before the festival and rest after it."""
    return _moving(table, days, PAYMENT_BEFORE, PAYMENT_AFTER, FESTIVAL_BEFORE)


def moving_orders(table: tuple[float, ...], days: Ints) -> Floats:
    """Multipliers of a seasonal trade's orders on each day."""
    return _moving(table, days, ORDERS_AROUND, ORDERS_AROUND, ORDERS_BEFORE_DAYS)


def _moving(table: tuple[float, ...], days: Ints, before: float, after: float, before_days: int) -> Floats:
    """A monthly table whose January and February follow the festival's date instead of the calendar month.

    Outside the festival's season both months count as an average one; the mean of each year stays close to 1.
    """
    factor = np.array(table)[months_of(days)]
    factor[months_of(days) <= 1] = 1.0
    for new_year in spring_festivals():
        factor[(days >= new_year - before_days) & (days < new_year)] = before
        factor[(days >= new_year) & (days < new_year + FESTIVAL_AFTER)] = after
    return factor


def growth_path(growth_pct: int, days: int) -> Floats:
    """Demand on each day against the first, when it grows steadily by so many percent a year; shape (days,)."""
    return (1.0 + growth_pct / 100.0) ** (np.arange(days) / 365.0)
