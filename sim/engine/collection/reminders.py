"""11:00. Whom do we dun who has paid already, and whom do we forget?

Payments are reported to the collectors with a delay; without automation some steps of the ladder are forgotten
(mechanism fulfilment).
"""

from dataclasses import replace

import numpy as np

from sim.base.arrays import distinct
from sim.base.days import NEVER, Day
from sim.base.draws import Purpose
from sim.engine.collection.calls import Calls, Mask
from sim.engine.records.books import NOT_OPEN, Books, Rows
from sim.engine.selling.order_fates import Floats
from sim.model.order_to_cash import FULFILMENT


class Reminders:
    """What the collectors' list shows, and what it should have shown."""

    def __init__(self, books: Books):
        self.books = books
        self._lags = any(policy.operations.report_lag_days for policy in books.timeline.policies)
        if self._lags:
            self._paid_on = np.full(len(books.lives.run), NEVER, dtype=np.int32)
            self._paid: list[Rows] = []
            books.on_payment.append(self._note)

    def _note(self, rows: Rows, day: Day) -> None:
        self._paid_on[rows] = day
        self._paid.append(rows)

    def on_the_list(self, day: Day) -> Rows:
        """The invoices that collectors believe to be open: also those whose payment is not reported yet."""
        books = self.books
        if not self._lags or not self._paid:
            return books.open_rows
        lag = books.policy.operations.report_lag_days
        self._paid = [rows for rows in self._paid if len(rows) and self._paid_on[rows].max() > day - lag]
        if not self._paid:
            return books.open_rows
        paid = distinct(np.concatenate(self._paid))
        unknown = (self._paid_on[paid] > day - lag) & (books.status[paid] == NOT_OPEN)
        return np.concatenate([books.open_rows, paid[unknown]])

    def still_owed(self, calls: Calls) -> Calls:
        """The same calls without what is paid: the call is made, but it is about nothing."""
        if not self._lags or not len(calls):
            return calls
        owed = self.books.status[calls.rows] != NOT_OPEN
        return replace(calls, rows=calls.rows[owed], call=calls.call[owed])

    def forgotten(self, calls: Calls, automatic: Mask, day: Day) -> Mask:
        """Which letters and messages are not sent because nobody thought of them? Shape (calls,)."""
        books = self.books
        chance = FULFILMENT.reminder_missed_manual * (100 - books.policy.operations.automation_pct) / 100
        if not books.mechanisms.fulfilment or not len(calls):
            return np.zeros(len(calls), dtype=np.bool_)
        luck: Floats = books.world.luck_at(Purpose.REMINDER, calls.cells[automatic], day)
        missed = np.zeros(len(calls), dtype=np.bool_)
        missed[automatic] = luck < chance
        return missed
