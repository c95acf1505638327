"""10:00. Which invoices are wrong, when does the customer say so, and when is the right one there? What comes back?

Credit and rebill: a wrong invoice is disputed, then cancelled, and a new one begins its term afresh (mechanism
fulfilment). Goods that come back are credited.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import some
from sim.base.days import NEVER, Day
from sim.base.draws import Purpose
from sim.base.money import share
from sim.engine.records.books import DISPUTED, READY, RUNNING, Books, Rows
from sim.engine.records.log import outcome_code
from sim.engine.records.spares import REBILLED
from sim.engine.selling import terms as agreed
from sim.engine.selling.order_fates import fates_of, luck_of
from sim.model.order_to_cash import FULFILMENT, between

if TYPE_CHECKING:
    from sim.engine.selling.invoicing import Invoicing

Mask = NDArray[np.bool_]


class Corrections:
    """Wrong invoices and returned goods."""

    def __init__(self, books: Books):
        self.books = books

    def know_policy(self) -> None:
        """Another policy holds: what will happen to orders from now on?"""
        books = self.books
        self.fates = fates_of(books.world, books.lives, books.policy)

    def spot_errors(self, rows: Rows, day: Day) -> Mask:
        """Which of today's invoices are wrong? The customer will say so some days later, if it has not paid."""
        wrong = self.fates.wrong_after[rows] > 0
        if some(wrong):
            self._expect("wrong", rows[wrong], self.fates.wrong_after, day)
        back = rows[(self.fates.returned_after[rows] > 0) & ~wrong]
        if len(back):
            self._expect("return", back, self.fates.returned_after, day)
        return wrong

    def _expect(self, what: str, rows: Rows, after: NDArray[np.int16], day: Day) -> None:
        days = day + after[rows].astype(np.int32)
        self.books.plan(what, self.books.world.calendar.next_workday(days), rows)

    def work(self, day: Day, invoicing: "Invoicing") -> None:
        """What customers complain of today, what is put right, what came back."""
        due = self.books.due_today
        if len(wrong := due("wrong", day)):
            self._hear(wrong, day)
        if len(ready := due("correction", day)):
            self._put_right(ready, day, invoicing)
        if len(back := due("return", day)):
            self._credit(back, day)

    def _hear(self, rows: Rows, day: Day) -> None:
        """The customer does not pay a wrong invoice: it disputes it or sends it back."""
        books = self.books
        rows = rows[(books.status[rows] == RUNNING) | (books.status[rows] == READY)]
        told = rows[self.fates.disputed[rows]]
        books.log.on_invoices("dispute_opened", day, told, books.open_fen[told])
        books.status[rows] = DISPUTED
        takes = between(
            FULFILMENT.correction_days_manual,
            FULFILMENT.correction_days_automatic,
            books.policy.operations.automation_pct,
        )
        ready = books.world.calendar.next_workday(np.full(len(rows), day + round(takes), dtype=np.int32))
        books.plan("correction", ready, rows)

    def _put_right(self, rows: Rows, day: Day, invoicing: "Invoicing") -> None:
        """The wrong invoice is cancelled, what was open on it is invoiced anew."""
        books = self.books
        rows = rows[(books.status[rows] == DISPUTED) & ~books.failed[books.cell[rows]]]
        amounts = books.open_fen[rows]
        told = self.fates.disputed[rows]
        credited = outcome_code("credited")
        books.log.on_invoices("dispute_settled", day, rows[told], amounts[told], outcome=credited)
        books.log.entry("reversal", day, rows, -amounts)
        books.judged_on[rows] = NEVER
        books.close(rows)
        anew = books.spares.of(rows, REBILLED)
        books.lives.amount_fen[anew] = amounts
        first = day + invoicing.net_days[books.cell[rows]]
        invoicing.write(anew, day, agreed.due_days(first, 0, month_end=books.policy.terms.month_end), amounts)

    def _credit(self, rows: Rows, day: Day) -> None:
        """Part of the goods came back: so much less is owed."""
        books = self.books
        rows = rows[(books.status[rows] == RUNNING) | (books.status[rows] == READY)]
        luck = luck_of(books.world, books.lives, rows, Purpose.RETURNS, turn=1)
        span = FULFILMENT.return_most_bp - FULFILMENT.return_least_bp
        amounts = share(
            books.open_fen[rows], FULFILMENT.return_least_bp + np.floor(luck * span).astype(np.int64)
        )
        books.log.entry("credit_note", day, rows[amounts > 0], amounts[amounts > 0])
        books.reduce(rows, amounts)
