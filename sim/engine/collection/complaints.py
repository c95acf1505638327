"""10:00 on Mondays. Which late large buyers do we complain of to the authorities? (Decree 802)

Open to small and medium sellers who said at the contract what they are, against large enterprises and public bodies.
It presses on the whole account for a while, and costs goodwill.
"""

import numpy as np

from sim.base.days import NEVER, Day
from sim.engine.collection.claims import ripe
from sim.engine.money.treasury import Till
from sim.engine.records.books import Books
from sim.engine.timetable import TEN, Shift, Timetable
from sim.model.law import PAYMENT_RULES, buyer_kinds, may_complain


class Complaints:
    """Complaints to the authorities, per customer of every run."""

    def __init__(self, books: Books, till: Till):
        self.books, self.till = books, till
        table = books.portfolio
        segment = table.column("segment")
        kinds = buyer_kinds(segment == "public", segment == "supermarket", table.column("is_large") == 1)
        self.kinds = np.tile(kinds, books.runs)
        self.filed_on = np.full(books.cells, -NEVER, dtype=np.int64)
        self.pressed = np.zeros(books.cells, dtype=np.bool_)

    def work(self, time: Timetable) -> Shift:
        """Every Monday: file what is ripe, and know what still presses."""
        while True:
            day = yield time.mondays(TEN)
            if self.books.policy.collection.complain_days:
                self._file(day)
            self._press(day)

    def _file(self, day: Day) -> None:
        books, rules = self.books, PAYMENT_RULES
        rows = ripe(books, day, books.policy.collection.complain_days)
        cells = books.cell[rows]
        late = day - books.due_on[rows].astype(np.int64)
        open_to_us = may_complain(self.kinds[cells], np.ones(len(rows), dtype=np.bool_), late, day)
        open_to_us &= self.filed_on[cells] + rules.complaint_again_days <= day
        owed = np.zeros(books.cells, dtype=np.int64)
        np.add.at(owed, cells[open_to_us], books.open_fen[rows[open_to_us]])
        filed = np.flatnonzero(owed)
        self.filed_on[filed] = day
        books.log.on_accounts("complaint", day, filed, owed[filed])
        cost = np.full(len(filed), rules.complaint_cost_fen, dtype=np.int64)
        self.till.move("collection", filed // books.customers, cost)

    def _press(self, day: Day) -> None:
        pressed = self.filed_on + PAYMENT_RULES.complaint_lasts_days > day
        if (pressed != self.pressed).any():
            self.pressed = pressed
            effect = np.where(pressed, PAYMENT_RULES.complaint_effect, 1.0)
            self.books.pressure.set("complaint", effect)
