"""16:00. Which promises were broken, which customers have failed, what must be written off?"""

import numpy as np

from sim.base.arrays import distinct
from sim.base.days import NEVER
from sim.base.money import share
from sim.engine.records.books import COURT, DISPUTED, NO_ROWS, NOT_OPEN, Books, Rows
from sim.engine.timetable import SIXTEEN, Shift, Timetable
from sim.model.rules import RECOVERY_DAYS

WEEK = 7


def credit_office(time: Timetable, books: Books) -> Shift:
    """Every day at four in the afternoon: judge promises, hear of failures, write off what is too old."""
    old = OldClaims(books)
    while True:
        day = yield time.every_day(SIXTEEN)
        judge_promises(books, day)
        hear_of_failures(books, day)
        old.write_off(day)


def judge_promises(books: Books, day: int) -> None:
    """A promise whose day and grace have passed with the invoice still open is broken."""
    rows = books.due_today("judgement", day)
    if not len(rows):
        return
    rows = rows[(books.status[rows] != NOT_OPEN) & (books.judged_on[rows] == day)]
    books.log.on_invoices("promise_broken", day, rows, books.open_fen[rows], until=books.promise_on[rows])
    books.has_broken_promise[books.cell[rows]] = True
    books.promises_broken[distinct(books.cell[rows])] += 1
    for tell in books.on_broken_promise:
        tell(rows)
    books.judged_on[rows] = NEVER
    books.pays_on[rows] = books.take_on[rows]


def hear_of_failures(books: Books, day: int) -> None:
    """All that a failed customer owes is written off; part of it comes back later."""
    cells = books.due_today("notice", day)
    if not len(cells):
        return
    books.log.on_accounts("default_known", day, cells, books.owed[cells])
    rows = books.open_of(cells)
    give_up(books, day, rows[books.status[rows] >= DISPUTED])


def give_up(books: Books, day: int, rows: Rows) -> None:
    """These claims on customers known to have failed are written off; part of them comes back later."""
    lost = books.portfolio.column("lgd_bp")[books.lives.customer[rows]]
    if not isinstance(books.lgd_extra_bp, int):
        lost = np.minimum(10_000, lost + books.lgd_extra_bp[books.cell[rows]])
    lost = (
        lost - lost * books.cover_bp[books.cell[rows]] // 10_000
    )  # what a guarantee brings comes with the rest
    back = share(books.open_fen[rows], 10_000 - lost)
    books.recovery_fen[rows] = back
    comes_on = books.world.workday_for(day + RECOVERY_DAYS)
    books.plan("recovery", np.full(int((back > 0).sum()), comes_on), rows[back > 0])
    write_off(books, day, rows)


class OldClaims:
    """Undisputed invoices as late as the policy allows are given up.

    Once a week all that is open is searched for what will be so late within it: nothing opened meanwhile is among it.
    """

    def __init__(self, books: Books):
        self.books = books
        self._soon: Rows = NO_ROWS
        self._searched = (-NEVER, 0)  # up to which due day, after how many reopenings

    def write_off(self, day: int) -> None:
        """Who is so late today?"""
        books, due_by = self.books, day - self.books.policy.collection.write_off_days
        if due_by > self._searched[0] or books.reopenings != self._searched[1]:
            self._search(due_by + WEEK)
        if not len(self._soon):
            return
        rows = self._soon[books.due_on[self._soon] <= due_by]
        if not len(rows):
            return
        rows = rows[books.with_whom[rows] < COURT]  # not before the court has spoken or a plan is broken
        status = books.status[rows]
        write_off(books, day, rows[(status != DISPUTED) & (status != NOT_OPEN)])

    def _search(self, due_by: int) -> None:
        rows = self.books.open_rows
        self._soon = rows[self.books.due_on[rows] <= due_by]
        self._searched = (due_by, self.books.reopenings)


def write_off(books: Books, day: int, rows: Rows) -> None:
    """Give these claims up."""
    books.log.entry("write_off", day, rows, books.open_fen[rows])
    np.add.at(books.written_off, books.cell[rows], books.open_fen[rows])
    books.close(rows)
