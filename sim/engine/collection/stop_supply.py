"""09:00. To whom do we deliver nothing more until old debts are paid, and whom does that press?"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import some
from sim.base.days import Day
from sim.engine.records.books import DISPUTED, PLAN, Books, Rows
from sim.engine.selling.order_desk import OVERDUE, OrderDesk
from sim.engine.timetable import NINE, Shift, Timetable
from sim.model.escalation import stop_effect
from sim.model.ledger import HOLD_REASONS
from sim.model.moves import ARCHETYPES

STOP_SUPPLY = np.int8(HOLD_REASONS.index("stop_supply"))
Cells = NDArray[np.int64]


class StopSupply:
    """Customers whose orders wait because an undisputed claim is too old; shape (cells,).

    Where customers mind at all (mechanism `relationship`), an order that the order desk holds for overdue debts presses
    its customer as a stop does, while it waits.
    """

    def __init__(self, books: Books, desk: OrderDesk):
        self.books, self.desk = books, desk
        self.stopped = np.zeros(books.cells, dtype=np.bool_)
        self.pressed = np.zeros_like(self.stopped)
        books.blocks.append(self.blocks)

    def work(self, time: Timetable) -> Shift:
        """Every working day after the bank statement is posted: who is stopped, who is supplied again?"""
        while True:
            day = yield time.workdays(NINE)
            if self.books.policy.collection.stop_supply_days or some(self.stopped):
                self._decide(day)
            self._press()

    def blocks(self, rows: Rows, cells: Cells, day: Day) -> NDArray[np.int8]:
        """Which of these orders wait for that?"""
        del rows, day
        return self.stopped[cells] * STOP_SUPPLY

    def _decide(self, day: Day) -> None:
        books = self.books
        old = self._old_debts(day)
        fresh = np.flatnonzero((old > 0) & ~self.stopped & ~books.failed)
        again = np.flatnonzero((old == 0) & self.stopped)
        if not len(fresh) and not len(again):
            return
        self.stopped[fresh], self.stopped[again] = True, False
        again = again[~books.failed[again]]
        books.log.on_accounts("stop_supply", day, fresh, old[fresh])
        books.log.on_accounts("supply_again", day, again, books.owed[again])

    def _press(self) -> None:
        """Who wants goods that we keep back for old debts pays them sooner."""
        books, pressed = self.books, self.stopped.copy()
        if books.mechanisms.relationship:
            held = self.desk.held
            pressed[books.cell[held[books.hold_reason[held] == OVERDUE]]] = True
        if some(pressed != self.pressed):
            self.pressed = pressed
            books.pressure.set("stop_supply", np.where(pressed, self._effects, 1.0))

    def _old_debts(self, day: Day) -> Cells:
        """How much does each customer owe, undisputed and in no payment plan, that is too old? Shape (cells,)."""
        books, days = self.books, self.books.policy.collection.stop_supply_days
        old = np.zeros(books.cells, dtype=np.int64)
        if days:
            rows = books.open_rows
            rows = rows[books.due_on[rows] <= day - days]
            rows = rows[(books.status[rows] != DISPUTED) & (books.with_whom[rows] != PLAN)]
            np.add.at(old, books.cell[rows], books.open_fen[rows])
        return old

    @cached_property
    def _effects(self) -> NDArray[np.float64]:
        """What a stop does to each customer's clocks: more to who depends on us."""
        books = self.books
        archetypes = np.array([ARCHETYPES.index(kind.archetype) for kind in books.portfolio.behaviours])
        dependence = np.tile(books.portfolio.column("dependence_pct") / 100.0, books.runs)
        return stop_effect(archetypes[books.lives.behaviour.ravel()], dependence)
