"""On which days does a customer pay, and what has been waiting for its next pay day?"""

import numpy as np
from numpy.typing import NDArray

from sim.base.calendar import WorkCalendar
from sim.base.days import Day
from sim.model.behaviour import FIRST_LATENESS, hazard_table
from sim.model.portfolio import Portfolio

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
LONGEST_WAIT = 62
"""No pay day is further back than this."""


def pay_days(
    portfolio: Portfolio, first: Day, last: Day, calendar: WorkCalendar
) -> tuple[NDArray[np.bool_], Ints]:
    """Is it a pay day? Shape (kinds of pay day, days); and each customer's kind, shape (C,)."""
    days = np.arange(first, last + 1, dtype=np.int32)
    pairs = list(zip(portfolio.column("pay_rule"), portfolio.column("pay_anchor"), strict=True))
    kinds = sorted(set(pairs))
    table = np.array([_is_pay_day(str(rule), int(anchor), days, calendar) for rule, anchor in kinds])
    return table, np.array([kinds.index(pair) for pair in pairs], dtype=np.int32)


def _is_pay_day(rule: str, anchor: int, days: Ints, calendar: WorkCalendar) -> NDArray[np.bool_]:
    """On which days does a customer with this rule pay? A run that falls on a day off is held on the next workday."""
    wide = np.arange(days[0] - 40, days[-1] + 1, dtype=np.int32)
    if rule == "any":
        nominal = wide
    elif rule == "weekly":
        nominal = wide[(wide + 3) % 7 == anchor % 7]
    elif rule == "thirty_days":
        nominal = wide[wide % 30 == anchor % 30]
    else:
        dates = wide.astype("datetime64[D]")
        of_month = (dates - dates.astype("datetime64[M]")).astype(np.int64) + 1
        first = min(max(anchor, 1), 28)
        wanted = {first} if rule == "monthly" else {first, (first + 14) % 28 + 1}
        nominal = wide[np.isin(of_month, sorted(wanted))]
    held = np.zeros(len(days), dtype=np.bool_)
    actual = calendar.next_workday(nominal)
    actual = actual[(actual >= days[0]) & (actual <= days[-1])]
    held[actual - days[0]] = True
    return held


def waited(
    portfolio: Portfolio,
    first: Day,
    calendar: WorkCalendar,
    behaviour: NDArray[np.int8],
    invoiced_on: Ints,
    due_on: Ints,
    customer: Ints,
    season: Floats,
) -> Floats:
    """How far has each opening item's clock run since its customer's last pay day? What was ready then is paid.

    `behaviour` and `season` (of the LONGEST_WAIT days before `first`, oldest first) as in the payment clock.
    Shape (items,).
    """
    table, kind = pay_days(portfolio, first - LONGEST_WAIT, first - 1, calendar)
    since = (
        LONGEST_WAIT - 1 - np.argmax(table[:, ::-1], axis=1)
    )  # place of the last pay day before the first day
    last_pay = np.where(table.any(axis=1), since, -1)[kind][customer] + first - LONGEST_WAIT
    hazards = hazard_table(portfolio.behaviours)
    lead, pace = portfolio.column("lead_days")[customer], portfolio.column("pace")[customer]
    total = np.zeros(len(customer))
    for place, day in enumerate(range(first - LONGEST_WAIT, first)):
        runs = (day > last_pay) & (day > invoiced_on)
        late = np.clip(day - due_on.astype(np.int64) + lead - FIRST_LATENESS, 0, hazards.shape[1] - 1)
        total += np.where(runs, hazards[behaviour[customer], late] * season[place] * pace, 0.0)
    return total
