"""How long do customers take to pay, and how late are they?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.measure import formulas, survival
from sim.measure.books import Books
from sim.measure.periods import Periods
from sim.measure.registry import metric

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KM_HORIZON_DAYS = 180
FREQUENCY_DAYS = 365
_NEEDS = ("invoice", "receipt", "invoice_dates")
_DUE_NEEDS = ("invoice", "receipt")


@dataclass(frozen=True)
class Payments:
    """Payments on invoices, one by one: run (position), day, amount, days since invoice, days since due."""

    run: Ints
    day: Ints
    amount: Ints
    age: Ints
    late: Ints

    def sums(self, books: Books, periods: Periods, of: Ints, only: NDArray[np.bool_] | None = None) -> Ints:
        """Sum a quantity over the payments of each period, shape (runs, periods)."""
        keep = slice(None) if only is None else only
        return books.count(periods, self.run[keep], self.day[keep], of[keep])


def payments_of(books: Books, *, face: bool = False) -> Payments:
    """All payments matched with an invoice. `face`: with the early-payment discount taken, at the invoice's face."""
    entries = books.ledger.entries
    invoiced, due = entries["invoiced_on"].to_numpy(), entries["due_on"].to_numpy()
    paying = books.is_kind("receipt", *(("discount",) if face else ()))
    rows = np.flatnonzero(paying & books.in_ar & (books.amount < 0) & (due != NEVER))
    day = entries["happened_on"].to_numpy()[rows].astype(np.int64)
    return Payments(
        run=books.run_at[rows],
        day=day,
        amount=-books.amount[rows],
        age=day - invoiced[rows],
        late=day - due[rows],
    )


def _weighted(books: Books, periods: Periods, paid: Payments, of: Ints) -> Floats:
    return formulas.ratio(paid.sums(books, periods, of * paid.amount), paid.sums(books, periods, paid.amount))


@metric("days_to_pay", unit="d", better="low", needs=_NEEDS, unknown="nothing_paid")
def days_to_pay(books: Books, periods: Periods) -> Floats:
    """How many days after the invoice did the money of this period come? Weighted by the cash paid.

    True days to pay. Each payment counts by its amount. Trap: invoices still open are left out, so it is too low
    while many are; see days_to_pay_km.
    """
    paid = payments_of(books)
    return _weighted(books, periods, paid, paid.age)


@metric("days_to_pay_face", unit="d", better="low", needs=(*_NEEDS, "discount"), unknown="nothing_paid")
def days_to_pay_face(books: Books, periods: Periods) -> Floats:
    """The same, weighted by the face amount: a payment less discount counts as the whole it settles."""
    paid = payments_of(books, face=True)
    return _weighted(books, periods, paid, paid.age)


@metric("days_to_pay_count", unit="d", better="low", needs=_NEEDS, unknown="nothing_paid")
def days_to_pay_count(books: Books, periods: Periods) -> Floats:
    """How many days after the invoice did a payment come, each counted once whatever its amount?"""
    paid = payments_of(books)
    return formulas.ratio(
        paid.sums(books, periods, paid.age), paid.sums(books, periods, np.ones_like(paid.age))
    )


@metric("days_late", unit="d", better="low", needs=_DUE_NEEDS, unknown="nothing_paid")
def days_late(books: Books, periods: Periods) -> Floats:
    """How many days after the due date did the money come? Early counts as negative, weighted by cash."""
    paid = payments_of(books)
    return _weighted(books, periods, paid, paid.late)


@metric("days_late_positive", unit="d", better="low", needs=_DUE_NEEDS, unknown="nothing_paid_late")
def days_late_positive(books: Books, periods: Periods) -> Floats:
    """How late was the money that came late? Payments after the due date only, weighted by cash."""
    paid = payments_of(books)
    late = paid.late > 0
    days = paid.sums(books, periods, paid.late * paid.amount, late)
    return formulas.ratio(days, paid.sums(books, periods, paid.amount, late))


@metric("late_share", unit="share", better="low", needs=_DUE_NEEDS, unknown="nothing_settled")
def late_share(books: Books, periods: Periods) -> Floats:
    """Of the invoices paid off in the period, which share (by number) was paid off after its due date?

    The day of the last payment counts. Invoices written off or credited away are not among them.
    """
    documents = books.documents
    paid = documents.is_paid
    run, day = documents.run[paid], documents.settled_on[paid]
    late = (day > documents.due_on[paid]).astype(np.int64)
    return formulas.ratio(books.count(periods, run, day, late), books.count(periods, run, day))


@metric("overdue_frequency", unit="share", better="low", needs=_DUE_NEEDS, unknown="nothing_settled")
def overdue_frequency(books: Books, periods: Periods) -> Floats:
    """Of the invoices paid off in the 365 days up to the end of the period, which share was paid late?"""
    documents = books.documents
    found = np.full((books.runs, len(periods)), np.nan)
    for column, end in enumerate(periods.ends):
        mine = (
            documents.is_paid & (documents.settled_on <= end) & (documents.settled_on > end - FREQUENCY_DAYS)
        )
        run = documents.run[mine]
        late = np.bincount(run, documents.settled_on[mine] > documents.due_on[mine], minlength=books.runs)
        found[:, column] = formulas.ratio(late, np.bincount(run, minlength=books.runs))
    return found


@metric("days_to_pay_km", unit="d", better="low", needs=(*_NEEDS, "open_items"), unknown="nothing_open")
def days_to_pay_km(books: Books, periods: Periods) -> Floats:
    """How many days until an invoice is paid off, counting those still open for as long as they were watched?

    Kaplan-Meier restricted mean, by number of invoices: each invoice is at risk on its days of age within the period,
    up to 180 days (or the longest age seen, if shorter). Fair while many are open. An invoice written off stays at
    risk to the end (it is never paid), one credited away leaves unpaid on that day.
    """
    curves = [_life_table(books, int(s), int(e)) for s, e in zip(periods.starts, periods.ends, strict=True)]
    return np.stack([survival.km_restricted_mean(at_risk, paid) for at_risk, paid in curves], axis=1)


def _life_table(books: Books, start: int, end: int) -> tuple[Ints, Ints]:
    """Open invoices and those paid off, by run and age, within a stretch of days. Shape (runs, ages)."""
    documents, width = books.documents, KM_HORIZON_DAYS + 2
    leaves = np.where(documents.is_written_off, NEVER, documents.settled_on)
    invoiced = documents.invoiced_on
    seen = (
        (documents.billed > 0)
        & (invoiced <= end)
        & (leaves >= start)
        & (invoiced != NEVER)
        & (leaves >= invoiced)
    )
    run, invoiced, leaves = documents.run[seen], invoiced[seen], leaves[seen]
    enters = np.maximum(start - invoiced, 0)
    exits = np.minimum(leaves, end) - invoiced
    paid = documents.is_paid[seen] & (leaves <= end) & (exits <= KM_HORIZON_DAYS)
    steps = np.zeros((books.runs, width + 1), dtype=np.int64)
    young = enters <= KM_HORIZON_DAYS
    np.add.at(steps, (run[young], enters[young]), 1)
    np.add.at(steps, (run[young], np.minimum(exits[young], KM_HORIZON_DAYS) + 1), -1)
    events = np.zeros((books.runs, width), dtype=np.int64)
    np.add.at(events, (run[paid], exits[paid]), 1)
    return np.cumsum(steps, axis=1)[:, :width], events
