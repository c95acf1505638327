"""06:00. What happens by itself: customers fail, and every open invoice's payment clock runs on."""

import numpy as np
from numpy.typing import NDArray

from sim.engine.records.books import DISPUTED, STOPPED, Books
from sim.engine.timetable import SIX, Shift, Timetable
from sim.model.rules import DEFAULT_NOTICE_DAYS


def nature(time: Timetable, books: Books) -> Shift:
    """Every day at six: who has failed, and how far has each clock run?"""
    while True:
        day = yield time.every_day(SIX)
        books.morning(day)
        books.open_rows.sort(kind="stable")  # run by run: neighbours in memory
        customers_fail(books, day)
        books.clocks.run(day)


def customers_fail(books: Books, day: int) -> None:
    """The clocks of a failed customer's invoices stand still from today."""
    cells = books.due_today("default", day) if books.is_core else lived_out(books)
    if len(cells):
        books.failed[cells] = True
        books.failed_on[cells] = day
        books.plan("notice", np.full(len(cells), day + DEFAULT_NOTICE_DAYS), cells)
        rows = books.open_of(cells)
        books.status[rows[books.status[rows] != DISPUTED]] = STOPPED


def lived_out(books: Books) -> NDArray[np.int64]:
    """Whose life is over today? Each day uses up as many normal ones as it is more dangerous than normal."""
    books.lived += books.danger.product if books.danger.are_set else 1.0
    return ((books.lived > books.default_wait) & ~books.failed).nonzero()[0]
