"""How did each customer behave towards us lately, as anyone can read in the ledger?"""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day
from sim.engine.records.books import Books, Rows
from sim.model import scorecard

Cells = NDArray[np.int64]
Floats = NDArray[np.float64]
MEMORY = 0.9
"""What a payment is worth in the memory of the next ten or so (assumption, 0.8-0.95)."""
LATE_AFTER_DAYS = 5
WORSE_TIMES = 1.5
"""So many times as late as usual is worse than usual (assumption, 1.3-2)."""
FEWEST_PAYMENTS = 3
"""So many payments make a history."""


class Conduct:
    """Days late, share late, streak of payments later than usual, and promises broken; shapes (cells,)."""

    def __init__(self, books: Books):
        self.books = books
        self.late_days, self.late_share = np.zeros(books.cells), np.zeros(books.cells)
        self.payments = np.zeros(books.cells, dtype=np.int64)
        self.streak = np.zeros(books.cells, dtype=np.int64)
        self.broken = np.zeros(books.cells)

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Who has paid often enough to be judged?"""
        return self.payments >= FEWEST_PAYMENTS

    def paid(self, rows: Rows, day: Day) -> None:
        """Payments came in: their lateness enters the memory, one mean per customer and day."""
        books = self.books
        cells, place = np.unique(books.cell[rows], return_inverse=True)
        count = np.bincount(place)
        late = np.maximum(day - books.due_on[rows].astype(np.int64), 0)
        mean = np.bincount(place, weights=late) / count
        is_late = np.bincount(place, weights=late > LATE_AFTER_DAYS) / count
        fresh = self.payments[cells] == 0
        usual = np.where(self.payments[cells] >= FEWEST_PAYMENTS, self.late_days[cells] * WORSE_TIMES, np.inf)
        is_worse = mean > np.maximum(usual, LATE_AFTER_DAYS)
        for kept, new in ((self.late_days, mean), (self.late_share, is_late)):
            kept[cells] = np.where(fresh, new, MEMORY * kept[cells] + (1.0 - MEMORY) * new)
        self.streak[cells] = np.where(is_worse, self.streak[cells] + 1, 0)
        self.payments[cells] += count

    def broke_promises(self, rows: Rows) -> None:
        """So many promises were broken today; an old one counts less with each month (see `fade`)."""
        np.add.at(self.broken, self.books.cell[rows], 1.0)

    def fade(self) -> None:
        """A month goes by: broken promises weigh less."""
        self.broken *= MEMORY

    def points(self, cells: Cells) -> Floats:
        """How well did they pay us? 0 to 100."""
        return scorecard.history_points(self.late_days[cells], self.late_share[cells], self.broken[cells])
