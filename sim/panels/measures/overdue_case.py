"""How many days is one invoice overdue, clause by clause? One case, worked with the kit's own formula.

The invoice may be paid in two parts, be disputed for a while, and be given a later due date. Each part is asked for by
itself; the dispute stops a second clock; the due date first agreed is kept beside the later one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.calendar import WorkCalendar
from sim.base.days import NEVER, Day, day_of
from sim.measure import formulas
from sim.measure.overdue_days import due_days, overdue_days, overdue_interest

CALENDAR = WorkCalendar("china", day_of("2024-01-01"), day_of("2028-12-31"))
OPEN = -1  # "has not been paid"
WHOLE_PCT = 100


@dataclass(frozen=True)
class Case:
    """One invoice and what happened to it. Days are counted from the invoice date unless they are called `_on`."""

    invoiced_on: Day
    amount_fen: int
    net_days: int = 30
    next_workday: bool = True
    pay_run_day: int = 0  # of the month; 0: the customer has no fixed day
    grace_days: int = 0
    part_pct: int = 0
    part_after: int = 0
    rest_after: int = OPEN
    disputed_after: int = 0
    disputed_days: int = 0
    extended_days: int = 0
    asked_after: int = 90


@dataclass(frozen=True)
class Part:
    """One part of the invoice: what became of it, and its overdue days in three readings."""

    name: str
    amount_fen: int
    settled_on: Day
    days: int
    days_ex_dispute: int
    days_original: int

    def is_open(self, on: Day) -> bool:
        """Is it still unpaid at the end of this day?"""
        return self.settled_on > on


@dataclass(frozen=True)
class Worked:
    """The case, worked out: the dates, the parts, and the figures of what is still open (NaN: nothing overdue)."""

    case: Case
    on: Day
    due_raw: Day
    due_first: Day
    due_on: Day
    dispute: tuple[Day, Day]
    parts: tuple[Part, ...]
    weighted: float
    weighted_ex_dispute: float
    weighted_original: float
    interest_fen: float


def work(case: Case) -> Worked:
    """How many days overdue is this invoice on the day asked?"""
    on = case.invoiced_on + case.asked_after
    raw = case.invoiced_on + case.net_days
    workdays = CALENDAR if case.next_workday else None
    pay_run = case.pay_run_day or None
    first = int(due_days([case.invoiced_on], [case.net_days], workdays=workdays, pay_run_day=pay_run)[0])
    due = first + case.extended_days
    begin = case.invoiced_on + case.disputed_after
    dispute = (begin, begin + case.disputed_days)
    parts = tuple(
        _part(name, amount, settled, case, on, due, first, dispute) for name, amount, settled in _split(case)
    )
    still = [part for part in parts if part.is_open(on)]
    amounts = [part.amount_fen for part in still if part.days > 0]
    ex_dispute, days = (
        [getattr(p, name) for p in still if p.days > 0] for name in ("days_ex_dispute", "days")
    )
    first_days = [(part.days_original, part.amount_fen) for part in still if part.days_original > 0]
    return Worked(
        case,
        on,
        raw,
        first,
        due,
        dispute,
        parts,
        weighted=formulas.weighted_mean(days, amounts),
        weighted_ex_dispute=formulas.weighted_mean(ex_dispute, amounts),
        weighted_original=formulas.weighted_mean([d for d, _ in first_days], [a for _, a in first_days]),
        interest_fen=float(overdue_interest(sum(part.days * part.amount_fen for part in parts))),
    )


def _split(case: Case) -> list[tuple[str, int, Day]]:
    """The parts with their amounts and days of payment; a part of nothing is none."""
    paid = case.amount_fen * case.part_pct // WHOLE_PCT
    rest_on = NEVER if case.rest_after == OPEN else case.invoiced_on + case.rest_after
    parts = [("part", paid, case.invoiced_on + case.part_after), ("rest", case.amount_fen - paid, rest_on)]
    return [each for each in parts if each[1] > 0]


def _part(
    name: str,
    amount: int,
    settled_on: Day,
    case: Case,
    on: Day,
    due: Day,
    first: Day,
    dispute: tuple[Day, Day],
) -> Part:
    frozen = frozen_days(dispute, due, min(settled_on, on))
    asked = {"settled_on": settled_on, "grace": case.grace_days}
    return Part(
        name,
        amount,
        settled_on,
        days=int(overdue_days(due, on, **asked)),
        days_ex_dispute=int(overdue_days(due, on, disputed=frozen, **asked)),
        days_original=int(overdue_days(first, on, **asked)),
    )


def frozen_days(dispute: tuple[Day, Day], due: Day, until: Day) -> int:
    """On how many days between the due date and this day was the invoice in dispute?"""
    return int(np.maximum(min(dispute[1], until) - max(dispute[0], due), 0))
