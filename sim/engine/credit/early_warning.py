"""16:00 every Monday. Which customers give cause for alarm, and what do we do about it?

Signals read only what the ledger shows; hits and false alarms are told by what happens later.
"""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER, Day
from sim.engine.credit.credit_control import CreditControl
from sim.engine.records.books import DISPUTED, Books
from sim.engine.timetable import SIXTEEN, Shift, Timetable
from sim.model.ledger import HOLD_REASONS, OUTCOMES

Cells = NDArray[np.int64]
Mask = NDArray[np.bool_]

STREAK = 3
"""So many paydays in a row later than is usual with this customer (practice 2-4)."""
UTILISATION_PCT = 80
SPIKE_TIMES, SPIKE_DAYS, SPIKE_ORDERS = 2.5, 30, 3
"""Purchases of a month against an average one, with at least so many orders (assumption, 2-4)."""
OPEN_DISPUTES = 2
SILENT_DAYS, SILENT_GAPS = 30, 4
"""No order for so long, and for so many of this customer's usual gaps between orders (assumption, 3-6).

By chance alone one wait in fifty is as long; a false alarm with seasonal trades.
"""
QUIET_DAYS = 60
"""The same signal is not given again for so long (assumption)."""
CUT_PCT = 50
"""An alarm halves the limit, for as long as a signal is not repeated (assumption)."""
SIGNALS = ("late_streak", "utilisation", "grade_drop", "order_spike", "disputes_rise", "silence")
STOPPED = np.int8(HOLD_REASONS.index("stop_supply"))


class EarlyWarning:
    """The signals of every customer, and the alarms that are still in force; shapes (cells,)."""

    def __init__(self, books: Books, control: CreditControl):
        self.books, self.control = books, control
        self.told_on = np.full((len(SIGNALS), books.cells), -NEVER, dtype=np.int64)
        self.alarm_until = np.full(books.cells, -NEVER, dtype=np.int64)
        self.grade_before = control.seen.copy()
        orders = np.tile(books.portfolio.column("orders_per_year"), books.runs)
        self.silent_after = np.maximum(SILENT_DAYS, SILENT_GAPS * 365.0 / np.maximum(orders, 1e-9))
        self.ordered_on = np.full(books.cells, books.first, dtype=np.int64)
        self.usual_month_fen = np.tile(books.portfolio.yearly_sales_fen(), books.runs) / 12.0
        books.blocks.append(self.blocks)

    def work(self, time: Timetable) -> Shift:
        """Every Monday at four, while the policy wants it."""
        while True:
            day = yield time.mondays(SIXTEEN)
            if self.books.policy.credit.alerts:
                self.look(day)

    def look(self, day: Day) -> None:
        """Give the alarms of this week, act on them, and lift the old ones."""
        found = np.stack([self._late(), self._utilised(), self._dropped(), *self._orders(day)])
        found &= (day - self.told_on >= QUIET_DAYS) & ~self.books.failed & ~self.control.exited
        for signal, mine in enumerate(found):
            cells = np.flatnonzero(mine)
            if len(cells):
                self.told_on[signal, cells] = day
                outcome = OUTCOMES.index(SIGNALS[signal])
                self.books.log.on_accounts("alert", day, cells, self.books.owed[cells], outcome=outcome)
        self._act(np.flatnonzero(found.any(axis=0)), day)
        self.grade_before = self.control.seen.copy()

    def blocks(self, _rows: NDArray[np.intp], cells: Cells, day: Day) -> NDArray[np.int8]:
        """Orders of customers under alarm wait, if the policy says stop."""
        credit = self.books.policy.credit
        if not (credit.alerts and credit.alert_action == "stop"):
            return np.zeros(len(cells), dtype=np.int8)
        return (self.alarm_until[cells] > day) * STOPPED

    def _act(self, cells: Cells, day: Day) -> None:
        over = np.flatnonzero((self.alarm_until <= day) & (self.control.scale_pct != 100))
        action = self.books.policy.credit.alert_action
        if action != "none":
            self.alarm_until[cells] = day + QUIET_DAYS
        if action == "limit_cut" and len(cells):
            self.control.scale(cells, CUT_PCT, day)
        if len(over):
            self.control.scale(np.setdiff1d(over, cells), 100, day)

    def _late(self) -> Mask:
        return self.control.conduct.streak >= STREAK

    def _utilised(self) -> Mask:
        books = self.books
        return (books.owed > 0) & (books.owed * 100 >= books.limits * UTILISATION_PCT)

    def _dropped(self) -> Mask:
        return self.control.seen > self.grade_before

    def _orders(self, day: Day) -> tuple[Mask, Mask, Mask]:
        """Order spike, rising disputes, silence."""
        books = self.books
        recent = books.wanted_between(day - SPIKE_DAYS, day)
        entered = (books.released_on[recent] != NEVER) | (books.hold_reason[recent] > 0)
        np.maximum.at(self.ordered_on, books.cell[recent[entered]], books.lives.wanted_on[recent[entered]])
        recent = recent[books.released_on[recent] != NEVER]
        bought = np.bincount(
            books.cell[recent], weights=books.lives.amount_fen[recent], minlength=books.cells
        )
        count = np.bincount(books.cell[recent], minlength=books.cells)
        disputed = books.open_rows[books.status[books.open_rows] == DISPUTED]
        disputes = np.bincount(books.cell[disputed], minlength=books.cells)
        return (
            (bought > SPIKE_TIMES * self.usual_month_fen) & (count >= SPIKE_ORDERS),
            disputes >= OPEN_DISPUTES,
            day - self.ordered_on >= self.silent_after,
        )
