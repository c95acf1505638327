"""11:00. Why does this customer pay late? What contacts have shown, and what follows for the next one."""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day
from sim.base.draws import Purpose
from sim.engine.collection.calls import Calls
from sim.engine.records.books import Books
from sim.model.moves import ARCHETYPES, MOVE_INDEX, MOVES
from sim.model.staffing import ADAPTED, CALENDAR_DAYS, STAFFING

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

PROCESS, STRAPPED, CHAIN = (ARCHETYPES.index(name) for name in ("process", "strapped", "chain"))
UNKNOWN = -1


class Diagnosis:
    """What we know of each customer's reason to pay late: an archetype, or UNKNOWN; shape (cells,).

    It may be used only where a contact has revealed it.
    """

    def __init__(self, books: Books):
        self.books = books
        self.known = np.full(books.cells, UNKNOWN, dtype=np.int8)
        kinds = np.array([ARCHETYPES.index(kind.archetype) for kind in books.portfolio.behaviours])
        self._hidden = kinds[books.lives.behaviour.ravel()]
        self._instead = _table()

    @property
    def is_on(self) -> bool:
        """Do we ask, and act on it?"""
        return self.books.policy.collection.diagnose

    def learn(self, cells: Ints, contact: Ints, skill: NDArray[np.float64] | float) -> None:
        """These customers were spoken to: what is behind it comes out by luck and skill."""
        if self.is_on and len(cells):
            luck = self.books.world.luck_at(Purpose.DIAGNOSIS, cells, contact)
            told = cells[luck < STAFFING.diagnosis * skill]
            self.known[told] = self._hidden[told]

    def adapted(self, calls: Calls, day: Day) -> Calls:
        """The same calls with moves that answer the cause; process-bound customers only before their pay day."""
        if not self.is_on or not len(calls):
            return calls
        known = self.known[calls.cells]
        calls = Calls(calls.cells, self._instead[known, calls.moves], calls.rows, calls.call)
        calm = np.flatnonzero(known == PROCESS)
        called = np.ones(len(calls), dtype=np.bool_)
        called[calm] = self._pays_soon(calls.cells[calm] % self.books.customers, day)
        return calls.only(called)

    def needs_plan(self, cells: Ints) -> Mask:
        """Whom would a payment plan help, as far as we know?"""
        known = self.known[cells]
        return np.asarray((known == STRAPPED) | (known == CHAIN))

    def _pays_soon(self, customers: Ints, day: Day) -> Mask:
        """Is there a pay day of these customers in the days to come?"""
        table, kind = self.books.world.pay_days
        ahead = slice(day - self.books.first + 1, day - self.books.first + 1 + CALENDAR_DAYS)
        soon: Mask = np.any(table[:, ahead], axis=1).astype(np.bool_)
        return np.asarray(soon[kind[customers]])


def _table() -> NDArray[np.int8]:
    """Which move instead of each, by archetype; the last row is for customers we know nothing of."""
    table = np.tile(np.arange(len(MOVES), dtype=np.int8), (len(ARCHETYPES) + 1, 1))
    for archetype, instead in ADAPTED.items():
        for move, other in instead.items():
            table[ARCHETYPES.index(archetype), MOVE_INDEX[move]] = MOVE_INDEX[other]
    return table
