"""Are the figures made to look better than they are? Checks on what moves figures without moving money."""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.measure.balances import DUE_ON_A_DAY
from sim.measure.books import Books
from sim.measure.by_customer import failed_by
from sim.measure.periods import Periods
from sim.measure.registry import metric

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DEAD_AFTER_DAYS = 365
REBILLED_WITHIN_DAYS = 10
SAME_AMOUNT_SHARE = 0.01
"""A new invoice within 1 % of the credited amount is taken for the same claim."""


@metric("write_offs_deferred", unit="fen", better="low", needs=DUE_ON_A_DAY)
def write_offs_deferred(books: Books, periods: Periods) -> Floats:
    """How much stands in the books at the end of the period that is as good as lost?

    More than 365 days past the due date first agreed, or owed by a customer whose failure is known.
    """
    documents = books.documents
    found = np.zeros((books.runs, len(periods)))
    failed = failed_by(books, periods.ends)
    for at, end in enumerate(periods.ends):
        owed = np.maximum(documents.open_at(int(periods.closing_at[at])), 0)
        dead = end - documents.original_due_on > DEAD_AFTER_DAYS
        dead |= failed[documents.run, at, documents.customer]
        found[:, at] = np.bincount(documents.run[dead], owed[dead], minlength=books.runs)
    return found


@metric("reaged", unit="fen", better="low", needs=DUE_ON_A_DAY)
def reaged(books: Books, periods: Periods) -> Floats:
    """How much of what is owed at the end of the period has had its due date moved?"""
    documents = books.documents
    moved = documents.due_on > documents.original_due_on
    found = np.zeros((books.runs, len(periods)))
    for at, closing in enumerate(periods.closing_at):
        owed = np.maximum(documents.open_at(int(closing)), 0)
        found[:, at] = np.bincount(documents.run[moved], owed[moved], minlength=books.runs)
    return found


@metric("overdue_hidden", unit="fen", better="low", needs=DUE_ON_A_DAY)
def overdue_hidden(books: Books, periods: Periods) -> Floats:
    """How much is overdue at the end of the period by the due date first agreed, but not by the present one?"""
    first_agreed = books.at_end(books.past(1, "original_due_on"), periods)
    return (first_agreed - books.at_end(books.overdue, periods)).astype(np.float64)


@metric("credit_and_rebill", unit="count", better="low", needs=("invoice", "invoice_dates", "credit_note"))
def credit_and_rebill(books: Books, periods: Periods) -> Floats:
    """How many credit notes of the period were followed within ten days by a new invoice of the same amount?

    To the same customer, within one per cent: a claim made young again. Honest corrections look the same; ask.
    """
    entries = books.ledger.entries
    day, who = (entries[name].to_numpy().astype(np.int64) for name in ("happened_on", "customer"))
    credited = np.flatnonzero(books.is_kind("credit_note") & books.in_ar)
    bills = np.flatnonzero(books.is_kind("invoice") & books.in_ar & (day != NEVER))
    count, width = len(books.ledger.customers), 2**32
    key = (books.run_at * count + who) * width + day
    bills = bills[np.argsort(key[bills], kind="stable")]
    begin = np.searchsorted(key[bills], key[credited], side="left")
    end = np.searchsorted(key[bills], key[credited] + REBILLED_WITHIN_DAYS, side="right")
    amount = np.abs(books.amount)
    again = np.array(
        [
            _same(amount[credit], amount[bills[b:e]])
            for credit, b, e in zip(credited, begin, end, strict=True)
        ],
        dtype=bool,
    )
    chosen = credited[again]
    return books.count(periods, books.run_at[chosen], day[chosen]).astype(np.float64)


def _same(credited: int, billed: Ints) -> bool:
    return bool(np.any(np.abs(billed - credited) <= credited * SAME_AMOUNT_SHARE))
