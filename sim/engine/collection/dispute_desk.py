"""14:00. Which disputes are settled today, and which are raised?"""

import numpy as np

from sim.base.money import share
from sim.engine.money.treasury import Till
from sim.engine.records.books import DISPUTED, NOT_OPEN, RUNNING, STOPPED, Books, Rows
from sim.engine.records.log import outcome_code
from sim.engine.timetable import FOURTEEN, Shift, Timetable


def dispute_desk(time: Timetable, books: Books, till: Till) -> Shift:
    """Every working day at two in the afternoon: settle what is settled, take in what is raised."""
    while True:
        day = yield time.workdays(FOURTEEN)
        settle(books, day, books.due_today("settlement", day))
        raise_disputes(books, till, day, books.due_today("dispute", day))


def settle(books: Books, day: int, rows: Rows, credited_bp: int | None = None) -> None:
    """The customer is credited its share (nature's, or the one agreed); the clock of what is left runs again."""
    if not len(rows):
        return
    rows = rows[books.status[rows] == DISPUTED]
    agreed = books.lives.credited_bp[rows] if credited_bp is None else credited_bp
    credit = share(books.open_fen[rows], agreed)
    outcome = np.where(credit > 0, outcome_code("credited"), outcome_code("rejected"))
    books.log.on_invoices("dispute_settled", day, rows, credit, outcome=outcome)
    books.log.entry("credit_note", day, rows[credit > 0], credit[credit > 0])
    books.reduce(rows, credit)
    books.status[rows] = np.where(books.failed[books.cell[rows]], STOPPED, RUNNING)


def raise_disputes(books: Books, till: Till, day: int, rows: Rows) -> None:
    """What is still open and now disputed stands still until it is settled."""
    if not len(rows):
        return
    rows = rows[books.status[rows] != NOT_OPEN]
    company, has_desk = books.scenario.company, books.policy.operations.dispute_desk
    median = company.dispute_desk_median_days if has_desk else company.dispute_median_days
    ends = day + np.ceil(books.lives.dispute_scale[rows] * median).astype(np.int64)
    books.log.on_invoices("dispute_opened", day, rows, books.open_fen[rows])
    books.status[rows] = DISPUTED
    books.plan("settlement", books.world.workdays_for(ends), rows)
    if has_desk:
        till.move("dispute_desk", books.lives.run[rows], np.full(len(rows), company.dispute_case_fen))
