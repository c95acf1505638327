"""How many invoices are disputed, for how long, and how often is the customer right?"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.base.ordering import order_by
from sim.measure import formulas
from sim.measure.balances import OPEN_BOOKS
from sim.measure.books import Books
from sim.measure.periods import Periods
from sim.measure.registry import metric

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_ISSUED = ("invoice", "invoice_dates", "dispute_flags")


@dataclass(frozen=True)
class Disputes:
    """Disputes, one by one: run (position), document (position, -1 unknown), days (NEVER while open) and amounts."""

    run: Ints
    document: Ints
    opened_on: Ints
    settled_on: Ints
    disputed: Ints
    credited: Ints


def disputes_of(books: Books) -> Disputes:
    """All disputes. The n-th settlement on a document ends its n-th dispute."""
    return books.once("disputes", lambda: _disputes(books))


def _disputes(books: Books) -> Disputes:
    opened, settled = books.actions("dispute_opened"), books.actions("dispute_settled")
    pair = pairs(opened, settled)
    ended = pair >= 0
    run, code = books.run_index(opened), opened["document"].to_numpy()
    return Disputes(
        run=run,
        document=books.documents.find(run, code),
        opened_on=opened["happened_on"].to_numpy().astype(np.int64),
        settled_on=_picked(settled["happened_on"], pair, ended, NEVER),
        disputed=opened["amount_fen"].to_numpy(),
        credited=_picked(settled["amount_fen"], pair, ended, 0),
    )


def pairs(begins: pd.DataFrame, ends: pd.DataFrame) -> Ints:
    """Which end (position) belongs to each begin? The n-th to the n-th of the same account and document; -1 none."""
    count = len(begins)
    keys = [np.concatenate([begins[key], ends[key]]) for key in ("run", "customer", "document")]
    order = order_by(*keys, (np.arange(len(keys[0])) >= count).astype(np.int8))
    is_end = order >= count
    account = _fresh(*(key[order] for key in keys)).cumsum()
    place = np.arange(len(order))
    turn = place - np.maximum.accumulate(np.where(_fresh(account, is_end), place, 0))
    name = account * (len(order) + 1) + turn  # ascending, among begins and among ends
    begun, ended = name[~is_end], name[is_end]
    at = ended.searchsorted(begun)
    has_end = np.append(ended, -1)[at] == begun
    pair = np.full(count, -1, dtype=np.int64)
    pair[order[~is_end][has_end]] = order[is_end][at[has_end]] - count
    return pair


def _fresh(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    """In which rows of a sorted table does something new begin?"""
    fresh = np.ones(len(columns[0]), dtype=np.bool_)
    fresh[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return fresh


def _picked(column: "pd.Series[int]", at: Ints, known: NDArray[np.bool_], otherwise: int) -> Ints:
    values = np.full(len(at), otherwise, dtype=np.int64)
    values[known] = column.to_numpy()[at[known]]
    return values


@metric("dispute_rate", unit="share", better="low", needs=_ISSUED, unknown="no_invoices")
def dispute_rate(books: Books, periods: Periods) -> Floats:
    """Of the invoices issued in the period, which share (by number) has been disputed?

    Trap: the latest invoices have had little time to be disputed.
    """
    return _rate(books, periods, np.ones(len(books.documents), dtype=np.int64))


@metric("dispute_rate_amount", unit="share", better="low", needs=_ISSUED, unknown="no_invoices")
def dispute_rate_amount(books: Books, periods: Periods) -> Floats:
    """Of the invoices issued in the period, which share (by amount) has been disputed?"""
    return _rate(books, periods, books.documents.billed)


def _rate(books: Books, periods: Periods, weight: Ints) -> Floats:
    documents, which = books.documents, disputes_of(books).document
    disputed = np.zeros(len(documents), dtype=bool)
    disputed[which[which >= 0]] = True
    issued = documents.is_invoice
    run, day = documents.run, documents.invoiced_on
    part = books.count(periods, run[issued & disputed], day[issued & disputed], weight[issued & disputed])
    return formulas.ratio(part, books.count(periods, run[issued], day[issued], weight[issued]))


@metric("dispute_days", unit="d", better="low", needs=("disputes",), unknown="no_dispute_settled")
def dispute_days(books: Books, periods: Periods) -> Floats:
    """How many days did the disputes settled in the period take?

    Trap: those still open, often the hardest, are left out; read dispute_days_open beside it.
    """
    disputes = disputes_of(books)
    ended = disputes.settled_on != NEVER
    run, day = disputes.run[ended], disputes.settled_on[ended]
    took = books.count(periods, run, day, (disputes.settled_on - disputes.opened_on)[ended])
    return formulas.ratio(took, books.count(periods, run, day))


@metric("dispute_days_open", unit="d", better="low", needs=("disputes",), unknown="no_dispute_open")
def dispute_days_open(books: Books, periods: Periods) -> Floats:
    """How many days old are the disputes open at the end of the period, on average?"""
    disputes = disputes_of(books)
    found = np.full((books.runs, len(periods)), np.nan)
    for column, end in enumerate(periods.ends):
        mine = _open_on(disputes, int(end))
        run = disputes.run[mine]
        age = np.bincount(run, end - disputes.opened_on[mine], minlength=books.runs)
        found[:, column] = formulas.ratio(age, np.bincount(run, minlength=books.runs))
    return found


@metric("dispute_valid_share", unit="share", needs=("disputes", "credit_note"), unknown="no_dispute_settled")
def dispute_valid_share(books: Books, periods: Periods) -> Floats:
    """Of the money in the disputes settled in the period, which share was credited to the customer?"""
    disputes = disputes_of(books)
    ended = disputes.settled_on != NEVER
    run, day = disputes.run[ended], disputes.settled_on[ended]
    credited = books.count(periods, run, day, disputes.credited[ended])
    return formulas.ratio(credited, books.count(periods, run, day, disputes.disputed[ended]))


@metric("dso_undisputed", unit="d", better="low", needs=(*OPEN_BOOKS, "disputes"), unknown="no_sales")
def dso_undisputed(books: Books, periods: Periods) -> Floats:
    """What is DSO without the invoices that are in dispute at the end of the period?"""
    disputes, documents = disputes_of(books), books.documents
    stuck = np.zeros((books.runs, len(periods)), dtype=np.int64)
    for column, end in enumerate(periods.ends):
        which = np.unique(disputes.document[_open_on(disputes, int(end)) & (disputes.document >= 0)])
        owed = np.maximum(documents.open_at(int(periods.closing_at[column])), 0)
        np.add.at(stuck[:, column], documents.run[which], owed[which])
    balance = books.at_end(books.ar, periods) - stuck
    return formulas.dso(balance, books.total(books.sales, periods), periods.days)


def _open_on(disputes: Disputes, day: int) -> NDArray[np.bool_]:
    return (disputes.opened_on <= day) & (disputes.settled_on > day)
