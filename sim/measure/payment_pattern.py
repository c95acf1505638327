"""Which share of a month's sales is collected by which age? The one picture of paying that no season of sales bends.

DSO, count-back and ageing all move when sales move. The payment pattern follows sales of one time to their end, so it
moves only when customers pay differently.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.measure import formulas
from sim.measure.balances import OPEN_BOOKS
from sim.measure.books import Books
from sim.measure.periods import Periods, periods_between
from sim.measure.registry import Function, metric
from sim.measure.reports import grid, report

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

AGES = (30, 60, 90, 120)
MONTHS_AFTER = range(7)
PAID = ("receipt", "bill_received", "bill_bounced")
NEEDS = ("invoice", "receipt", "invoice_dates")


class Aged:
    """The entries on invoices issued within the ledger's days, with their age in days when they happened."""

    def __init__(self, books: Books):
        entries = books.ledger.entries
        invoiced = entries["invoiced_on"].to_numpy().astype(np.int64)
        rows = np.flatnonzero(books.in_ar & (invoiced >= books.ledger.first) & (invoiced != NEVER))
        undone = books.is_kind("reversal")
        self.run, self.amount = books.run_at[rows], books.amount[rows]
        self.invoiced, self.due = invoiced[rows], entries["due_on"].to_numpy()[rows].astype(np.int64)
        self.day = entries["happened_on"].to_numpy()[rows].astype(np.int64)
        self.sold = (books.is_kind("invoice", "credit_note") | (undone & (books.amount < 0)))[rows]
        self.written_off = books.is_kind("write_off")[rows]
        self.paid = (books.is_kind(*PAID) | (undone & (books.amount > 0)))[rows]

    @property
    def age(self) -> Ints:
        """Days since invoice of each entry."""
        return self.day - self.invoiced

    @property
    def late(self) -> Ints:
        """Days past due of each entry."""
        return self.day - self.due


def aged(books: Books) -> Aged:
    """The entries by age of their invoice."""
    return books.once("aged", lambda: Aged(books))


def _collected(days: int) -> Function:
    def share(books: Books, periods: Periods) -> Floats:
        """Of the sales that turned so many days old in the period, which share had been paid by then?"""
        rows = aged(books)
        young = rows.age <= days
        came, sold = rows.paid & young, rows.sold & young
        turned = rows.invoiced + days
        paid = -books.count(periods, rows.run[came], turned[came], rows.amount[came])
        return formulas.ratio(paid, books.count(periods, rows.run[sold], turned[sold], rows.amount[sold]))

    return share


for _days in AGES:
    metric(f"collected_{_days}", unit="share", better="high", needs=NEEDS, unknown="no_cohort")(
        _collected(_days)
    )


@report(
    "payment_pattern",
    {"cohort": "period", "age": "d", "sales": "fen", "collected": "share", "open": "share"},
    needs=(*OPEN_BOOKS,),
)
def payment_pattern(books: Books) -> pd.DataFrame:
    """Of each month's sales, which share was paid, and which was still open, 30, 60, 90 and 120 days after invoice?

    Unknown while the youngest invoice of the month has not reached the age. What is neither was credited for early
    payment or written off. Sales are net of credit notes.
    """
    rows, months = aged(books), _cohorts(books)
    known = np.stack([months.ends + days <= books.ledger.last for days in AGES], axis=-1)
    cells = [_sums(books, months, rows, rows.age <= days) for days in AGES]
    return _shares(books, months, {"age": AGES}, cells, known)


@report(
    "uncollected_balances",
    {"cohort": "period", "months_after": "count", "sales": "fen", "collected": "share", "open": "share"},
    needs=(*OPEN_BOOKS,),
)
def uncollected_balances(books: Books) -> pd.DataFrame:
    """Of each month's sales, which share was still open at its own end and at each month's end after it?

    The uncollected-balance percentages of Lewellen and Johnson.
    """
    rows, months = aged(books), _cohorts(books)
    at = np.arange(len(months))[:, None] + np.array(MONTHS_AFTER)
    last = np.minimum(at, len(months) - 1)
    cohort = months.of_day(rows.invoiced)
    cells = [
        _sums(books, months, rows, rows.day <= months.ends[last[cohort, after]]) for after in MONTHS_AFTER
    ]
    known = (at < len(months)) & months.complete[last]
    return _shares(books, months, {"months_after": MONTHS_AFTER}, cells, known)


def _cohorts(books: Books) -> Periods:
    return periods_between(books.ledger.first, books.ledger.last, "month")


def _sums(books: Books, months: Periods, rows: Aged, by_then: Bools) -> tuple[Ints, Ints, Ints]:
    """What was sold, paid and open by then, by month of invoice. Shape (runs, months) each."""
    chosen = (by_then & rows.sold, by_then & rows.paid, by_then)
    sold, paid, left = (
        books.count(months, rows.run[each], rows.invoiced[each], rows.amount[each]) for each in chosen
    )
    return sold, -paid, left


def _shares(
    books: Books,
    months: Periods,
    ages: Mapping[str, Sequence[int]],
    cells: list[tuple[Ints, Ints, Ints]],
    known: Bools,
) -> pd.DataFrame:
    sold, paid, left = (np.stack(each, axis=-1) for each in zip(*cells, strict=True))
    shares = {"collected": formulas.ratio(paid, sold), "open": formulas.ratio(left, sold)}
    seen = {name: np.where(known, share, np.nan) for name, share in shares.items()}
    return grid(books, {"cohort": months.labels, **ages}, {"sales": sold.astype(np.float64), **seen})
