"""09:00. Which payments are posted to the wrong invoice, and when is it put right? (mechanism fulfilment)

The payment is set against another open invoice of the same customer. Until someone notices, the paid one stays open and
is dunned; then the posting is reversed and made anew.
"""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER, Day
from sim.engine.books import NOT_OPEN, READY, RUNNING, Books, Rows
from sim.engine.order_fates import going_astray
from sim.model.order_to_cash import FULFILMENT
from sim.model.policy import Policy
from sim.model.rules import RECEIPT_BASE

Fen = NDArray[np.int64]
Mask = NDArray[np.bool_]

_PAID_ALREADY = -1e18  # a clock that never runs out


class Misposting:
    """Payments on the wrong invoice."""

    def __init__(self, books: Books):
        self.books = books
        count = len(books.lives.run)
        self._other = np.zeros(count, dtype=np.intp)  # the invoice that got the payment of this one
        self._fen = np.zeros(count, dtype=np.int64)
        self._policy: Policy | None = None

    def astray(self, rows: Rows, amounts: Fen, day: Day, plain: Mask) -> Mask:
        """Which of these payments, of those that are `plain`, go astray? They are posted elsewhere; shape (rows,)."""
        books = self.books
        if self._policy is not books.policy:
            self._policy = books.policy
            self._astray = going_astray(books.world, books.lives, books.policy)
        wrong = plain & self._astray[rows]
        if not wrong.any():
            return wrong
        others = self._others(rows, books.cell[rows[wrong]])
        for place in np.flatnonzero(wrong):
            other = self._largest(others, int(books.cell[rows[place]]), int(amounts[place]))
            if other is None:
                wrong[place] = False
            else:
                self._post(int(rows[place]), other, amounts[place : place + 1], day)
        return wrong

    def _others(self, paid: Rows, cells: NDArray[np.int64]) -> Rows:
        """All open, undisputed invoices of these customers but those that are paid today or were before."""
        books = self.books
        looked_for = np.zeros(books.cells, dtype=np.bool_)
        looked_for[cells] = True
        rows = books.open_rows[looked_for[books.cell[books.open_rows]]]
        runs = (books.status[rows] == RUNNING) | (books.status[rows] == READY)
        rows = rows[runs & (books.clock[rows] > _PAID_ALREADY)]
        found: Rows = rows[~np.isin(rows, paid)]
        return found

    def _largest(self, others: Rows, cell: int, amount: int) -> int | None:
        """The largest other invoice of the customer on which the payment leaves something open."""
        books = self.books
        rows = others[(books.cell[others] == cell) & (books.open_fen[others] > amount)]
        return int(rows[np.argmax(books.open_fen[rows])]) if len(rows) else None

    def _post(self, row: int, other: int, amount: Fen, day: Day) -> None:
        books = self.books
        mine, wrong = np.array([row]), np.array([other])
        books.log.entry("receipt", day, wrong, amount, self._number(wrong, day))
        books.reduce(wrong, amount)
        self._other[row], self._fen[row] = other, amount[0]
        books.clock[row], books.status[row], books.pays_on[row] = _PAID_ALREADY, RUNNING, NEVER
        noticed = np.array([day + FULFILMENT.reposting_days], dtype=np.int32)
        books.plan("reposting", books.world.calendar.next_workday(noticed), mine)

    def put_right(self, day: Day) -> None:
        """Reverse what was noticed by now, and post it where it belongs."""
        books = self.books
        rows = np.sort(books.due_today("reposting", day))
        rows = rows[books.status[rows] != NOT_OPEN]
        if not len(rows):
            return
        others, amounts = self._other[rows], np.minimum(self._fen[rows], books.open_fen[rows])
        books.log.entry("reversal", day, others, amounts)
        books.log.entry("receipt", day, rows, amounts, self._number(rows, day))
        books.clock[rows] = 0.0
        whole = amounts == books.open_fen[rows]
        books.judged_on[rows[whole]] = NEVER
        books.reduce(rows[~whole], amounts[~whole])
        books.close(rows[whole])
        books.reopen(others, amounts)

    def _number(self, rows: Rows, day: Day) -> Fen:
        books = self.books
        found: Fen = RECEIPT_BASE + (day - books.first) * books.customers + books.lives.customer[rows]
        return found.astype(np.int64)
