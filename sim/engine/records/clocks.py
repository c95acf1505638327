"""How far has the payment clock of each open invoice run?

The clocks of open invoices stand side by side in memory, in the order in which they began, and a day sweeps over all
of them. A clock has a slot there from the morning after its invoice was opened until there is no more room: then those
of settled invoices make way. Columns by document (`luck`, `boost`, ...) hold what was last set, slot or not.
"""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import distinct
from sim.base.days import NEVER
from sim.engine.records.status import READY, RUNNING
from sim.model.behaviour import FIRST_LATENESS, hazard_table
from sim.model.moves import ARCHETYPES, DISPUTE_DESK_EFFECTS, EFFECT_CAP
from sim.world import payment_season

if TYPE_CHECKING:
    from sim.engine.records.books import Books

Rows = NDArray[np.intp]
Column = NDArray[Any]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

AT_A_TIME = 8_000
"""Clocks that run together: so many are in the processor's own memory."""
LEAST_ROOM = 1_000
STANDS_STILL = -1e18  # a clock that never runs out
EARLIER, LATER = 1_500, 400
"""The hazard table reaches so many days beyond the lateness of opening items and the days of the horizon."""


class Clocks:
    """Payment clocks; slot 0 is nobody's, so that what is set for an invoice without a slot does no harm."""

    def __init__(self, books: "Books"):
        self.books = books
        count = len(books.cell)
        self._set_to = np.zeros(count)  # the clock as last set or put aside
        self.luck = books.lives.luck.copy()  # paid when the clock has run so far
        self.boost = np.zeros(count)  # effect of our moves ...
        self.boost_until = np.zeros(count, dtype=np.int32)  # ... up to this day; 0 is long ago
        self._later = np.zeros(count, dtype=np.int32)  # its lateness counts from so many days later
        self._slot = np.zeros(count, dtype=np.intp)
        self._expiring: dict[int, list[Rows]] = defaultdict(list)
        self._fresh: list[Rows] = []
        self._make_hazards()
        self._clear(0)

    def _make_hazards(self) -> None:
        """A table wide enough for any lateness to come, and where each customer enters it."""
        books, portfolio = self.books, self.books.portfolio
        table = hazard_table(portfolio.behaviours)
        due = books.lives.opening_due_on[books.lives.opening_due_on != NEVER]
        oldest = books.first - int(due.min(initial=books.first))
        furthest = int(due.max(initial=books.first)) - books.first
        left, right = EARLIER + furthest, books.scenario.days + oldest + LATER
        wide = np.pad(table, ((0, 0), (left, right)), mode="edge")
        self._hazards = wide.ravel()
        lead = np.tile(portfolio.column("lead_days"), books.runs)
        behaviour = books.lives.behaviour.ravel().astype(np.int64)
        self._enters_at = behaviour * wide.shape[1] + left - FIRST_LATENESS + lead
        pace = portfolio.column("pace") * (books.scenario.economy.payment_pct / 100)
        self._pace = np.tile(pace, books.runs)
        self._season = payment_season(
            portfolio, books.scenario, np.arange(books.first, books.last + 1, dtype=np.int32)
        )
        archetypes = [ARCHETYPES.index(kind.archetype) for kind in portfolio.behaviours]
        self._desk_effects = np.array([DISPUTE_DESK_EFFECTS[archetype] for archetype in archetypes])

    # --- what departments do to clocks ----------------------------------------------------------------------

    def begin(self, rows: Rows) -> None:
        """These invoices are open: their clocks run from tomorrow morning on, from where they stand."""
        self._fresh.append(rows)

    def start_again(self, rows: Rows, luck: Floats) -> None:
        """From 0, with new luck."""
        self.set(rows, 0.0)
        self.luck[rows] = self._lucks[self._slot[rows]] = luck

    def set(self, rows: Rows, clock: Floats | float) -> None:
        """These clocks stand here now."""
        self._set_to[rows] = self._clocks[self._slot[rows]] = clock

    def stand_still(self, rows: Rows) -> Mask:
        """Which of these clocks will never run out?"""
        return self._set_to[rows] <= STANDS_STILL

    def push(self, rows: Rows, boost: Floats | float, until: int) -> None:
        """What we did makes these clocks run so much faster up to this day."""
        self.boost[rows] = self._boosts[self._slot[rows]] = boost
        self.boost_until[rows] = until
        self._expiring[until].append(rows)

    def postpone(self, rows: Rows, days: int) -> None:
        """These clocks, not yet begun, will run as if their invoices fell due so much later."""
        self._later[rows] += days

    # --- one morning ----------------------------------------------------------------------------------------

    def run(self, day: int) -> None:
        """One more day of hazard on every running clock; those that have run out are ready to be paid."""
        self._let_in(day)
        for rows in self._expiring.pop(day - 1, ()):
            over = rows[self.boost_until[rows] < day]
            self._boosts[self._slot[over]] = 1.0
        for start in range(1, self._used, AT_A_TIME):
            self._run_on(slice(start, min(start + AT_A_TIME, self._used)), day)

    def _run_on(self, slots: slice, day: int) -> None:
        """Lateness * season * ability * effect of our moves * haste, in this order."""
        books, rows, cells = self.books, self._rows[slots], self._cells[slots]
        hazard = self._hazards.take(self._places[slots] + day)
        hazard *= self._season[day - books.first]
        hazard *= self._abilities[slots]
        effect = self._boosts[slots]
        if books.policy.operations.dispute_desk:
            desk = self._desk_effects.take(books.behaviour.take(rows))
            effect = np.minimum(EFFECT_CAP, desk * effect)
        if books.pressure.are_set:
            effect = np.minimum(EFFECT_CAP, effect * books.pressure.product.take(cells))
        hazard *= effect
        if books.haste.are_set:
            hazard *= books.haste.product.take(cells)
        runs = books.status.take(rows) == RUNNING
        hazard *= runs
        self._clocks[slots] += hazard
        runs &= self._clocks[slots] >= self._lucks[slots]
        books.status[rows[runs]] = READY

    # --- slots ----------------------------------------------------------------------------------------------

    def _let_in(self, day: int) -> None:
        """Clocks that began yesterday get their slots."""
        if not self._fresh:
            return
        rows = distinct(np.concatenate(self._fresh))
        rows = rows[self._slot[rows] == 0]
        self._fresh = []
        if self._used + len(rows) > len(self._rows):
            self._put_aside()
            rows = np.sort(self.books.open_rows)
            self._clear(len(rows))
        self._add(rows, day)

    def _put_aside(self) -> None:
        rows = self._rows[1 : self._used]
        self._set_to[rows] = self._clocks[1 : self._used]
        self._slot[rows] = 0

    def _clear(self, expected: int) -> None:
        """No clock has a slot; there is room for half as many again as are expected."""
        room = expected + expected // 2 + LEAST_ROOM
        self._rows, self._places, self._cells = (np.zeros(room, dtype=np.intp) for _ in range(3))
        self._clocks, self._lucks, self._abilities, self._boosts = (np.zeros(room) for _ in range(4))
        self._used = 1

    def _add(self, rows: Rows, day: int) -> None:
        books, cells = self.books, self.books.cell[rows]
        slots = slice(self._used, self._used + len(rows))
        self._slot[rows] = np.arange(slots.start, slots.stop)
        self._used = slots.stop
        self._rows[slots], self._cells[slots] = rows, cells
        self._places[slots] = self._enters_at[cells] - books.due_on[rows] - self._later[rows]
        self._clocks[slots], self._lucks[slots] = self._set_to[rows], self.luck[rows]
        self._abilities[slots] = self._pace[cells]
        self._boosts[slots] = np.where(self.boost_until[rows] >= day, self.boost[rows], 1.0)
