"""17:00. What do customers feel when our suppliers are paid late? (mechanism `company`)

Suppliers who wait for their money deliver late, and so do we: orders fall off and more deliveries are disputed.
"""

import numpy as np

from sim.base.arrays import some
from sim.base.days import NEVER
from sim.base.draws import Purpose
from sim.engine.collection.dispute_desk import raise_disputes
from sim.engine.money.treasury import Till
from sim.engine.records.books import NO_ROWS, READY, RUNNING, Books, Rows
from sim.engine.timetable import SEVENTEEN, Shift, Timetable

SLIP_FULL_DAYS = 15
"""Service is at its worst when so many days of purchases are put off (assumption, 7-30)."""
SLIP_LAG_DAYS = 15
"""It follows with a lag of so many days (assumption, 7-30)."""
SLIP_DEMAND = 0.10
"""At its worst so much of the orders stays away (assumption, 0-0.20)."""
SLIP_DISPUTES = 0.04
"""At its worst so many more invoices are disputed (assumption, 0-0.08; on-time delivery 95 to 90 % brings 0.02)."""
SLIP_DISPUTED_AFTER = 7
"""So many days after the invoice (assumption, 5-30)."""
WEEK = 7


def company(time: Timetable, books: Books, till: Till) -> Shift:
    """Every day at five, before the balance is struck: how well do we deliver?"""
    slip = Slip(books, till)
    while True:
        slip.follow((yield time.every_day(SEVENTEEN)))


class Slip:
    """`books.service_slip`: how far has our service slipped for want of goods? 0 to 1, per run."""

    def __init__(self, books: Books, till: Till):
        self.books, self.till = books, till
        self.worst = SLIP_FULL_DAYS * max(till.variable, 1)
        self._told = np.zeros(books.runs)

    def follow(self, day: int) -> None:
        """Service follows what suppliers wait for; once a week customers notice."""
        books, arrears = self.books, self.till.supply.arrears
        if not (some(arrears) or some(books.service_slip) or some(self._told)):
            return
        wanted = np.minimum(arrears / self.worst, 1.0)
        slip = books.service_slip + (wanted - books.service_slip) / SLIP_LAG_DAYS
        books.service_slip = np.where((slip < 0.001) & (wanted == 0.0), 0.0, slip)
        raise_disputes(books, self.till, day, self._due(day))
        if day % WEEK == 0:
            self._orders_stay_away()
            self._deliveries_are_late(day)

    def _due(self, day: int) -> Rows:
        rows = self.books.due_today("late_goods", day)
        return rows[np.isin(self.books.status[rows], (RUNNING, READY))] if len(rows) else NO_ROWS

    def _orders_stay_away(self) -> None:
        books = self.books
        if not np.array_equal(books.service_slip, self._told):
            self._told = books.service_slip
            books.appetite.set("service_slip", np.repeat(1.0 - SLIP_DEMAND * self._told, books.customers))

    def _deliveries_are_late(self, day: int) -> None:
        """Some of the week's invoices that nobody would have disputed are disputed."""
        books = self.books
        rows = books.open_rows
        rows = rows[(books.invoiced_on[rows] > day - WEEK) & (books.lives.dispute_after[rows] == NEVER)]
        luck = books.world.luck_at(Purpose.LATE_GOODS, books.cell[rows], books.lives.number[rows])
        rows = rows[luck < SLIP_DISPUTES * books.service_slip[books.lives.run[rows]]]
        books.plan("late_goods", np.full(len(rows), day + SLIP_DISPUTED_AFTER), rows)
