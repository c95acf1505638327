"""10:00. How long does an order take from the customer's wish to the invoice? (mechanism fulfilment)

Entered, then decided on, released, shipped, invoiced. Until the invoice nothing is owed, but it counts for the limit.
"""

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import some
from sim.base.days import NEVER, Day
from sim.engine.records.books import Books, Rows
from sim.engine.selling.corrections import Corrections
from sim.engine.selling.invoicing import Invoicing
from sim.model.ledger import HOLD_REASONS
from sim.model.rules import DEFAULT_NOTICE_DAYS

CANCELLED = HOLD_REASONS.index("cancelled")


class Shipping:
    """Orders on their way."""

    def __init__(self, books: Books, invoicing: Invoicing, corrections: Corrections):
        self.books, self.invoicing, self.corrections = books, invoicing, corrections
        self.deposit_fen = np.zeros(len(books.lives.run), dtype=np.int64)
        self._take_over(np.flatnonzero(books.lives.on_hand_until != NEVER))

    def _take_over(self, rows: Rows) -> None:
        """These orders were released before the first day; their invoices come as they were on their way."""
        books = self.books
        books.released_on[rows] = books.lives.wanted_on[rows]
        np.add.at(books.beside, books.cell[rows], books.lives.amount_fen[rows])
        books.plan("billing", books.lives.on_hand_until[rows], rows)

    def enter(self, rows: Rows, day: Day) -> Rows:
        """Today's orders go into the queue of order entry; which come out of it today?"""
        if len(rows):
            self._queue(rows, day)
        books = self.books
        entered = books.due_today("entered", day)
        entered.sort()
        gone = books.failed[books.cell[entered]]
        if some(gone):
            books.lose(entered[gone], day)
            entered = entered[~gone]
        return entered

    def _queue(self, rows: Rows, day: Day) -> None:
        books, fates = self.books, self.corrections.fates
        off = fates.cancelled[rows]
        if some(off):
            self._note("order_cancelled", rows[off], day)
            books.lose(rows[off], day)
            books.hold_reason[rows[off]] = CANCELLED
            rows = rows[~off]
        changed = rows[fates.changed[rows]]
        if len(changed):
            self._note("order_changed", changed, day)
        entered = books.world.calendar.each_after_workdays(day, fates.entry_days[rows])
        books.plan("entered", entered, rows)

    def release(self, rows: Rows, day: Day, deposits: NDArray[np.int64]) -> None:
        """Released: the goods go out in some days, and the invoice follows them."""
        books = self.books
        self.deposit_fen[rows] = deposits
        np.add.at(books.beside, books.cell[rows], books.lives.amount_fen[rows] - deposits)
        days = day + self.corrections.fates.way_days[rows].astype(np.int32)
        books.plan("billing", books.world.calendar.next_workday(days), rows)

    def bill(self, day: Day) -> None:
        """Invoices of what was shipped. To a customer known to have failed nothing is shipped any more."""
        books = self.books
        rows = books.due_today("billing", day)
        rows.sort()
        if not len(rows):
            return
        deposits = self.deposit_fen[rows]
        np.subtract.at(books.beside, books.cell[rows], books.lives.amount_fen[rows] - deposits)
        known = books.failed_on[books.cell[rows]].astype(np.int64) + DEFAULT_NOTICE_DAYS < day
        self.invoicing.till.goods_leave(rows, known)
        if not known.all():
            self.invoicing.bill(rows[~known], day, deposits[~known])

    def _note(self, kind: str, rows: Rows, day: Day) -> None:
        books = self.books
        books.log.on_accounts(kind, day, books.cell[rows], books.lives.amount_fen[rows])
