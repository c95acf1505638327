"""09:00. Which payments are posted to the wrong invoice, and when is it put right? (mechanism fulfilment)

The payment is set against another open invoice of the same customer. Until someone notices, the paid one stays open and
is dunned; then the posting is reversed and made anew.
"""

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import distinct, some
from sim.base.days import NEVER, Day
from sim.engine.records.books import NOT_OPEN, READY, RUNNING, Books, Rows
from sim.engine.records.clocks import STANDS_STILL
from sim.engine.selling.order_fates import going_astray
from sim.model.order_to_cash import FULFILMENT
from sim.model.policy import Policy
from sim.model.rules import RECEIPT_BASE

Fen = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Misposting:
    """Payments on the wrong invoice."""

    def __init__(self, books: Books):
        self.books = books
        count = len(books.lives.run)
        self._other = np.zeros(count, dtype=np.intp)  # the invoice that got the payment of this one
        self._fen = np.zeros(count, dtype=np.int64)
        self._is_paid = np.zeros(count, dtype=np.bool_)  # today
        self._policy: Policy | None = None

    def astray(self, rows: Rows, amounts: Fen, day: Day, plain: Mask) -> Mask:
        """Which of these payments, of those that are `plain`, go astray? They are posted elsewhere; shape (rows,)."""
        books = self.books
        if self._policy is not books.policy:
            self._policy = books.policy
            self._astray = going_astray(books.world, books.lives, books.policy)
        wrong = plain & self._astray[rows]
        if some(wrong):
            wrong &= ~books.clocks.stand_still(rows)  # not twice
        if not some(wrong):
            return wrong
        others = self._others(rows[wrong], rows)
        cell_of, open_fen = books.cell[others], books.open_fen[others]
        chosen = np.zeros(len(rows), dtype=np.intp)
        for place in np.flatnonzero(wrong):
            fits = np.flatnonzero((cell_of == books.cell[rows[place]]) & (open_fen > amounts[place]))
            wrong[place] = len(fits) > 0
            if len(fits):
                largest = fits[open_fen[fits].argmax()]
                open_fen[largest] -= amounts[place]
                chosen[place] = others[largest]
        self._post(rows[wrong], chosen[wrong], amounts[wrong], day)
        return wrong

    def _others(self, rows: Rows, paid: Rows) -> Rows:
        """The other open, undisputed invoices of these rows' customers, but those that are paid today or were.

        Only the first invoice of an order: parts and corrected ones are told apart by their numbers.
        """
        books = self.books
        found = books.open_of(distinct(books.cell[rows]))
        found = found[: found.searchsorted(len(books.world.lives.run))]
        runs = (books.status[found] == RUNNING) | (books.status[found] == READY)
        found = found[runs & ~books.clocks.stand_still(found)]
        self._is_paid[paid] = True
        others = found[~self._is_paid[found]]
        self._is_paid[paid] = False
        return others

    def _post(self, rows: Rows, others: Rows, amounts: Fen, day: Day) -> None:
        """Set these payments against the others; several may go to one."""
        books = self.books
        books.log.entry("receipt", day, others, amounts, self._number(others, day))
        np.subtract.at(books.open_fen, others, amounts)
        np.subtract.at(books.owed, books.cell[others], amounts)
        self._other[rows], self._fen[rows] = others, amounts
        books.status[rows], books.pays_on[rows] = RUNNING, NEVER
        books.clocks.set(rows, STANDS_STILL)
        noticed = np.full(len(rows), day + FULFILMENT.reposting_days, dtype=np.int32)
        books.plan("reposting", books.world.calendar.next_workday(noticed), rows)

    def put_right(self, day: Day) -> None:
        """Reverse what was noticed by now, and post it where it belongs."""
        books = self.books
        rows = books.due_today("reposting", day)
        if len(rows):
            rows = distinct(rows[books.status[rows] != NOT_OPEN])
        if not len(rows):
            return
        others, amounts = self._other[rows], np.minimum(self._fen[rows], books.open_fen[rows])
        books.log.entry("reversal", day, others, amounts)
        books.log.entry("receipt", day, rows, amounts, self._number(rows, day))
        books.clocks.set(rows, 0.0)
        whole = amounts == books.open_fen[rows]
        books.judged_on[rows[whole]] = NEVER
        books.reduce(rows[~whole], amounts[~whole])
        books.close(rows[whole])
        books.reopen(others, amounts)

    def _number(self, rows: Rows, day: Day) -> Fen:
        books = self.books
        found: Fen = RECEIPT_BASE + (day - books.first) * books.customers + books.lives.customer[rows]
        return found.astype(np.int64)
