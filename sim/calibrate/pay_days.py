"""On which days does a customer pay, and is that a rule or chance?

A rule is believed when at least 8 of 10 of a customer's payment days fit it and chance would hardly ever do that
(binomial tail, corrected for all customers and all anchors tried). Payment days are counted, not invoices: one run
pays many.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc

from sim.base.calendar import CalendarName
from sim.base.days import NEVER
from sim.model.portfolio import PayRule

Ints = NDArray[np.int64]
FEWEST_DAYS = 10
_FITTING, _CHANCE = 0.8, 0.01
_ROLL = 3  # a run that falls on a day off is held up to so many days later
_NO_RULE: tuple[PayRule, int] = ("any", 0)
_WEEKEND_SHARE = 0.10  # of payments on Saturdays and Sundays; 2 in 7 when every day is a pay day


@dataclass(frozen=True)
class PayDays:
    """Each customer's rule and anchor, as the portfolio holds them, and the days between two pay days."""

    rule: tuple[PayRule, ...]
    anchor: tuple[int, ...]
    tested: int  # customers with enough payment days


def payment_calendar(paid_on: Ints) -> CalendarName:
    """Does money come in on weekends too?"""
    days = paid_on[paid_on != NEVER]
    weekend = ((days + 3) % 7 >= 5).mean() if len(days) else 0.0
    return "every_day" if weekend >= _WEEKEND_SHARE else "weekdays"


def find_pay_days(customer: Ints, paid_on: Ints, customers: int, calendar: CalendarName) -> PayDays:
    """The rule of every customer; "any" where none is proved."""
    paid = paid_on != NEVER
    pairs = np.unique(np.column_stack([customer[paid], paid_on[paid]]), axis=0)
    ends = np.searchsorted(pairs[:, 0], np.arange(customers + 1))
    rules: list[PayRule] = []
    anchors = []
    tested = 0
    for who in range(customers):
        days = pairs[ends[who] : ends[who + 1], 1]
        enough = len(days) >= FEWEST_DAYS
        tested += enough
        rule, anchor = _rule(days, calendar, customers) if enough else _NO_RULE
        rules.append(rule)
        anchors.append(anchor)
    return PayDays(tuple(rules), tuple(anchors), tested)


def _rule(days: Ints, calendar: CalendarName, customers: int) -> tuple[PayRule, int]:
    weekdays = np.bincount((days + 3) % 7, minlength=7)
    anchor = int(np.argmax(weekdays))
    a_week = 7 if calendar == "every_day" else 5
    if anchor < 5 and _is_no_chance(int(weekdays[anchor]), len(days), 1 / a_week, a_week * customers):
        return "weekly", anchor
    dates = days.astype("datetime64[D]")
    of_month = (dates - dates.astype("datetime64[M]")).astype(np.int64)
    by_date = np.bincount(of_month, minlength=31)
    window = np.array([by_date[np.arange(at, at + _ROLL + 1) % 31].sum() for at in range(31)])
    best = int(np.argmax(window))
    chance = (_ROLL + 1) / 31
    if _is_no_chance(int(window[best]), len(days), chance, 31 * customers):
        return "monthly", min(_first_filled(by_date, best) + 1, 28)
    pair = window[:28] + window[(np.arange(28) + 14) % 28]
    best = int(np.argmax(pair))
    if _is_no_chance(int(pair[best]), len(days), 2 * chance, 14 * customers):
        return "twice_monthly", _first_filled(by_date, best) + 1
    return _NO_RULE


def _first_filled(by_date: Ints, best: int) -> int:
    """The first date of the window on which anything was paid."""
    inside = [at % 31 for at in range(best, best + _ROLL + 1) if by_date[at % 31]]
    return inside[0] if inside else best


def _is_no_chance(fitting: int, days: int, chance: float, tries: int) -> bool:
    tail = float(bdtrc(fitting - 1, days, chance)) if fitting else 1.0
    return fitting >= _FITTING * days and tail * tries < _CHANCE


def pay_gaps(customer: Ints, paid_on: Ints, found: PayDays, calendar: CalendarName) -> Ints:
    """How many days of readiness does each payment gather: since the customer's last pay day?"""
    usual = {"weekly": 7, "twice_monthly": 15, "monthly": 30, "thirty_days": 30}
    by_customer = np.array([usual.get(rule, 0) for rule in found.rule], dtype=np.int64)
    gaps = by_customer[customer]
    monday = (paid_on + 3) % 7 == 0
    plain = np.where(monday & (calendar != "every_day"), 3, 1)
    return np.where(gaps > 0, gaps, plain)
