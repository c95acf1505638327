"""Invoice by invoice: what was billed, when was it settled, how, and what was still open?

A document is what entries act against: an invoice, an opening item, or a payment or credit not yet matched (a document
of its own, with a negative balance: a credit).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.model.ledger import NO_DOCUMENT

if TYPE_CHECKING:
    from sim.measure.books import Books

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Documents:
    """All documents of all runs. Arrays of shape (documents,) unless said otherwise.

    `rows`: the entries that change what is open, by document and day, shape (rows,); `of_row` their document and
    `owed_change` what each adds to the positive part of its document's balance (credits are the rest).
    """

    run: Ints  # by position in ledger.runs
    code: Ints  # as in the ledger's column `document`
    customer: Ints
    invoiced_on: Ints
    due_on: Ints
    original_due_on: Ints
    billed: Ints  # invoice or opening amount
    is_invoice: NDArray[np.bool_]  # issued within the ledger's days
    settled_on: Ints  # day its balance came to zero for good; NEVER while open
    is_paid: NDArray[np.bool_]  # settled with the customer's money, nothing written off
    is_written_off: NDArray[np.bool_]
    rows: Ints
    of_row: Ints
    owed_change: Ints
    day_at: Ints  # column in the day matrices of each of `rows`
    change: Ints  # signed change of the balance by each of `rows`

    def __len__(self) -> int:
        return len(self.run)

    @cached_property
    def has_credits(self) -> bool:
        """Did any document ever have a negative balance?"""
        return bool(np.any(self.owed_change != self.change))

    def open_at(self, column: int) -> Ints:
        """The balance of each document at the end of the day of this column (0 = before the first)."""
        done = self.day_at <= column
        total = np.zeros(len(self), dtype=np.int64)
        np.add.at(total, self.of_row[done], self.change[done])
        return total

    def find(self, runs: NDArray[np.integer], codes: NDArray[np.integer]) -> Ints:
        """Which document (position) has this code in this run? -1 for none."""
        width = int(max(self.code.max(initial=0), np.max(codes, initial=0))) + 2
        keys = self.run * width + self.code + 1
        order = np.argsort(keys)
        wanted = np.asarray(runs, dtype=np.int64) * width + codes + 1
        at = np.minimum(np.searchsorted(keys[order], wanted), max(len(keys) - 1, 0))
        if not len(keys):
            return np.full(len(wanted), -1, dtype=np.int64)
        found = order[at]
        return np.where(keys[found] == wanted, found, -1)


def documents_of(books: Books) -> Documents:
    """All documents of the books, from the entries alone."""
    entries = books.ledger.entries
    starts = books.is_kind("invoice", "opening")
    keep = np.flatnonzero(books.in_ar)
    code = acted_on(entries["document"].to_numpy(), entries["against"].to_numpy(), starts)
    number, first_row = _numbered(books.run_at[keep], code[keep])
    order = np.argsort(number * (books.days + 2) + books.day_at[keep], kind="stable")
    rows, of_row = keep[order], number[order]
    count, amount, day = len(first_row), books.amount[rows], books.day_at[rows]
    balance = _running(amount, of_row)
    settled = _settled(balance, of_row, day, count)
    billed = _summed(of_row, amount * starts[rows], count)
    lead = _leading_rows(rows, of_row, starts, keep[first_row])
    written_off = _any(of_row, books.is_kind("write_off")[rows], count)
    paid = _any(of_row, books.is_kind("receipt", "bill_received")[rows], count)
    settled_on = np.where(settled == NEVER, NEVER, settled + books.ledger.first - 1)
    return Documents(
        run=books.run_at[lead],
        code=code[lead],
        customer=entries["customer"].to_numpy()[lead].astype(np.int64),
        invoiced_on=entries["invoiced_on"].to_numpy()[lead].astype(np.int64),
        due_on=entries["due_on"].to_numpy()[lead].astype(np.int64),
        original_due_on=entries["original_due_on"].to_numpy()[lead].astype(np.int64),
        billed=billed,
        is_invoice=books.is_kind("invoice")[lead],
        settled_on=settled_on,
        is_paid=(settled_on != NEVER) & paid & ~written_off & (billed > 0),
        is_written_off=written_off,
        rows=rows,
        of_row=of_row,
        owed_change=np.maximum(balance, 0) - np.maximum(balance - amount, 0),
        day_at=day,
        change=amount,
    )


def acted_on(
    document: NDArray[np.integer], against: NDArray[np.integer], starts: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Which document does each entry act on? Its own when it opens one or is matched with none."""
    return np.where(starts | (against == NO_DOCUMENT), document, against).astype(np.int64)


def _numbered(runs: Ints, code: Ints) -> tuple[Ints, Ints]:
    """Number the documents 0, 1, ... by run and code; and the first row of each."""
    if not len(code):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    low = code.min()
    key = runs * (code.max() - low + 1) + (code - low)
    size = int(key.max()) + 1
    if size > 50_000_000 and size > 8 * len(key):  # ids spread too widely for a table of all
        _, first, number = np.unique(key, return_index=True, return_inverse=True)
        return number.astype(np.int64), first.astype(np.int64)
    first_of = np.full(size, -1, dtype=np.int64)
    first_of[key[::-1]] = np.arange(len(key) - 1, -1, -1)
    used = first_of >= 0
    return (np.cumsum(used) - 1)[key], first_of[used]


def _running(amount: Ints, of_row: Ints) -> Ints:
    """The balance of its document after each row (rows ordered by document and day)."""
    total = np.cumsum(amount)
    begins = np.flatnonzero(np.diff(of_row, prepend=-1))
    before = np.concatenate([[0], total])[begins]
    balance: Ints = total - np.repeat(before, np.diff(np.append(begins, len(amount))))
    return balance


def _settled(balance: Ints, of_row: Ints, day: Ints, count: int) -> Ints:
    """The column of the day on which each document's balance came down to zero for good, NEVER while open."""
    closing = np.flatnonzero(np.diff(of_row * (int(day.max(initial=0)) + 1) + day, append=-1))
    left, number = balance[closing], of_row[closing]
    new = np.diff(number, prepend=-1) != 0
    was_open = np.concatenate([[True], left[:-1] > 0])[: len(left)]
    cleared = (left <= 0) & (new | was_open)
    settled = np.full(count, NEVER, dtype=np.int64)
    settled[number[cleared]] = day[closing][cleared]  # the last one stands
    last = np.diff(number, append=-1) != 0
    settled[number[last & (left > 0)]] = NEVER
    return settled


def _leading_rows(rows: Ints, of_row: Ints, starts: NDArray[np.bool_], first_row: Ints) -> Ints:
    """The row that says most about each document: the one that opened it, else its first."""
    lead = first_row.copy()
    opening = starts[rows]
    lead[of_row[opening][::-1]] = rows[opening][::-1]
    return lead


def _summed(of_row: Ints, amount: Ints, count: int) -> Ints:
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, of_row, amount)
    return total


def _any(of_row: Ints, flag: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    found = np.zeros(count, dtype=bool)
    found[of_row[flag]] = True
    return found
