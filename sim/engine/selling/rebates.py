"""09:00 on 20 December, or the next working day. What do dealers get back of what they bought? (terms.rebate_bp)

It is set off against the dealer's oldest undisputed invoices (credit notes); what is more than it owes is paid out.
"""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day, date_of
from sim.base.money import share
from sim.engine.money.treasury import Till
from sim.engine.records.books import DISPUTED, Books
from sim.engine.timetable import NINE, Shift, Timetable

MONTH, DAY = 12, 20


def rebates(time: Timetable, books: Books, till: Till) -> Shift:
    """Once a year: credit dealers their share of the year's purchases."""
    days = range(books.first, books.last + 1)
    dates = {day: date_of(day) for day in days}
    given_on = {
        books.world.workday_for(day) for day in days if (dates[day].month, dates[day].day) == (MONTH, DAY)
    }
    december = time.rhythm([day in given_on for day in days])
    is_dealer = np.tile(books.portfolio.column("segment") == "dealer", books.runs)
    paid_to = books.first - 1
    while True:
        day = yield time.by(december, NINE)
        earned = share(_bought(books, paid_to), books.policy.terms.rebate_bp)
        earned = np.where(is_dealer & ~books.failed, earned, 0)
        paid_to = day - 1
        rest = _set_off(books, earned, day)
        till.move("rebate", np.arange(books.cells) // books.customers, rest)


def _bought(books: Books, since: Day) -> NDArray[np.int64]:
    """What was invoiced to each customer since then, less what was credited? Shape (cells,)."""
    total = np.zeros(books.cells, dtype=np.int64)
    for kind, sign in (("invoice", 1), ("credit_note", -1)):
        rows, amounts, _ = books.log.postings(kind, since)
        np.add.at(total, books.cell[rows], sign * amounts)
    return np.maximum(total, 0)


def _set_off(books: Books, earned: NDArray[np.int64], day: Day) -> NDArray[np.int64]:
    """Credit it against the oldest invoices; what is left of it, per cell."""
    rows = books.open_rows[
        (books.status[books.open_rows] != DISPUTED) & (earned[books.cell[books.open_rows]] > 0)
    ]
    rows = rows[np.lexsort((rows, books.due_on[rows], books.cell[rows]))]
    cells, owed = books.cell[rows], books.open_fen[rows]
    before = owed.cumsum() - owed
    first = np.searchsorted(cells, cells)  # where each customer's invoices begin
    before = before - before[first] if len(rows) else before
    credit = np.clip(earned[cells] - before, 0, owed)
    rows, credit = rows[credit > 0], credit[credit > 0]
    books.log.entry("credit_note", day, rows, credit)
    whole = credit == books.open_fen[rows]
    books.reduce(rows[~whole], credit[~whole])
    books.close(rows[whole])
    rest = earned.copy()
    np.subtract.at(rest, books.cell[rows], credit)
    return rest
