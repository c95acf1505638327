"""15:00. Until when can each claim be sued for, and what starts its three years again?"""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER, Day
from sim.engine.records.books import Books, Rows
from sim.model.law import Restart, is_time_barred, limitation_ends, limitation_restarted

WRITTEN = ("letter", "lawyer_letter")
"""A demand counts when it is written and has arrived."""


class Limitation:
    """The last day on which each claim can be sued for; shape (documents,). Idle where nothing is old enough."""

    def __init__(self, books: Books):
        self.books = books
        opening = books.lives.opening_due_on
        due = opening[opening != NEVER]
        self.matters = bool(len(due)) and bool((limitation_ends(due) <= books.last).any())
        self.ends_on = np.full(len(books.cell), NEVER, dtype=np.int64)
        if self.matters:
            self.ends_on[opening != NEVER] = limitation_ends(due)

    def note(self, day: Day) -> None:
        """Money on account restarts the time of what it was paid on."""
        if self.matters:
            rows, _, _ = self.books.log.postings("receipt", day - 1)
            self.restart(rows.astype(np.intp), day, "part_payment")

    def restart(self, rows: Rows, day: Day, kind: Restart) -> None:
        """This has happened to these claims today."""
        old = rows[self.ends_on[rows] != NEVER] if self.matters else rows[:0]
        if len(old):
            due, today = self.books.due_on[old], np.full(len(old), day)
            self.ends_on[old] = limitation_restarted(due, self.ends_on[old], today, kind)

    def is_barred(self, rows: Rows, day: Day) -> NDArray[np.bool_]:
        """For which of these claims is it too late?"""
        return is_time_barred(self.ends_on[rows], day)
