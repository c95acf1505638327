"""10:00. How long does an order take from the customer's wish to the invoice? (mechanism fulfilment)

Entered, then decided on, released, shipped, invoiced. Until the invoice nothing is owed, but it counts for the limit.
"""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day
from sim.base.draws import Purpose
from sim.engine.books import Books, Rows
from sim.engine.corrections import Corrections
from sim.engine.invoicing import Invoicing
from sim.engine.spares import luck_of
from sim.model.ledger import HOLD_REASONS
from sim.model.order_to_cash import FULFILMENT, between
from sim.model.rules import DEFAULT_NOTICE_DAYS

CANCELLED = HOLD_REASONS.index("cancelled")
_ENTRY, _LAG, _WAY = 0, 1, 0  # turns of a document's draws


class Shipping:
    """Orders on their way."""

    def __init__(self, books: Books, invoicing: Invoicing, corrections: Corrections):
        self.books, self.invoicing, self.corrections = books, invoicing, corrections
        self.deposit_fen = np.zeros(len(books.lives.run), dtype=np.int64)

    def enter(self, rows: Rows, day: Day) -> Rows:
        """Today's orders go into the queue of order entry; which come out of it today?"""
        if len(rows):
            self._queue(rows, day)
        books = self.books
        entered = np.sort(books.due_today("entered", day))
        gone = books.failed[books.cell[entered]]
        books.lost_on[entered[gone]] = day
        return entered[~gone]

    def _queue(self, rows: Rows, day: Day) -> None:
        books, operations = self.books, self.books.policy.operations
        manual = max(0.0, operations.order_entry_days - 0.5)  # begun days: half a day less on average
        mean = between(manual, min(manual, FULFILMENT.entry_days_automatic), operations.automation_pct)
        days = np.floor(mean + self._luck(rows, Purpose.PROCESS, _ENTRY)).astype(np.int64)
        changed = self.corrections.was_changed(rows)
        days[changed] += FULFILMENT.change_days
        chance = FULFILMENT.cancelled + FULFILMENT.cancelled_per_day * days
        off = self._luck(rows, Purpose.CANCELLED, 0) < chance
        self._note("order_changed", rows[changed & ~off], day)
        self._note("order_cancelled", rows[off], day)
        books.lost_on[rows[off]] = day
        books.hold_reason[rows[off]] = CANCELLED
        rows, days = rows[~off], days[~off]
        since = np.full(len(rows), day, dtype=np.int32)
        books.plan(
            "entered", np.where(days > 0, books.world.calendar.each_after_workdays(since, days), day), rows
        )

    def release(self, rows: Rows, day: Day, deposits: NDArray[np.int64]) -> None:
        """Released: the goods go out in some days, and the invoice follows them."""
        books, operations = self.books, self.books.policy.operations
        late = self._luck(rows, Purpose.SHIPMENT, _WAY) * 100 < 100 - operations.service_pct
        lag = between(
            float(operations.invoice_lag_days),
            min(operations.invoice_lag_days, FULFILMENT.invoice_days_automatic),
            operations.automation_pct,
        )
        wait = np.floor(lag + self._luck(rows, Purpose.PROCESS, _LAG)).astype(np.int64)
        wait += FULFILMENT.ship_days + np.where(late, FULFILMENT.late_days, 0)
        self.deposit_fen[rows] = deposits
        np.add.at(books.beside, books.cell[rows], books.lives.amount_fen[rows] - deposits)
        books.plan("billing", books.world.calendar.next_workday((day + wait).astype(np.int32)), rows)

    def bill(self, day: Day) -> None:
        """Invoices of what was shipped. To a customer known to have failed nothing is shipped any more."""
        books = self.books
        rows = np.sort(books.due_today("billing", day))
        if not len(rows):
            return
        deposits = self.deposit_fen[rows]
        np.subtract.at(books.beside, books.cell[rows], books.lives.amount_fen[rows] - deposits)
        known = books.failed_on[books.cell[rows]].astype(np.int64) + DEFAULT_NOTICE_DAYS < day
        if not known.all():
            self.invoicing.bill(rows[~known], day, deposits[~known])

    def _note(self, kind: str, rows: Rows, day: Day) -> None:
        books = self.books
        books.log.on_accounts(kind, day, books.cell[rows], books.lives.amount_fen[rows])

    def _luck(self, rows: Rows, purpose: Purpose, turn: int) -> NDArray[np.float64]:
        return luck_of(self.books.world, self.books.lives, rows, purpose, turn)
