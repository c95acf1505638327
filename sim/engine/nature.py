"""06:00. What happens by itself: customers fail, and every open invoice's payment clock runs on."""

import numpy as np
from numpy.typing import NDArray

from sim.engine.books import DISPUTED, READY, RUNNING, STOPPED, Books
from sim.engine.timetable import SIX, Shift, Timetable
from sim.model.moves import EFFECT_CAP
from sim.model.rules import DEFAULT_NOTICE_DAYS


def nature(time: Timetable, books: Books) -> Shift:
    """Every day at six: who has failed, and how far has each clock run?"""
    while True:
        day = yield time.every_day(SIX)
        books.morning(day)
        books.open_rows.sort(kind="stable")  # run by run: neighbours in memory
        customers_fail(books, day)
        clocks_run(books, day)


def customers_fail(books: Books, day: int) -> None:
    """The clocks of a failed customer's invoices stand still from today."""
    cells = lived_out(books) if books.mechanisms.any_on else books.due_today("default", day)
    if len(cells):
        books.failed[cells] = True
        books.failed_on[cells] = day
        books.plan("notice", np.full(len(cells), day + DEFAULT_NOTICE_DAYS), cells)
        rows = books.open_rows[books.failed[books.cell[books.open_rows]]]
        books.status[rows[books.status[rows] != DISPUTED]] = STOPPED


def lived_out(books: Books) -> NDArray[np.int64]:
    """Whose life is over today? Each day uses up as many normal ones as it is more dangerous than normal."""
    books.lived += books.danger.product if books.danger.are_set else 1.0
    return np.flatnonzero((books.lived > books.lives.default_wait.ravel()) & ~books.failed)


def clocks_run(books: Books, day: int) -> None:
    """One more day of hazard: lateness * season * ability * effect of our moves, in this order."""
    rows = books.open_rows[books.status[books.open_rows] == RUNNING]
    hazard = books.hazards[books.hazard_at[rows] + day]
    hazard *= books.season[day - books.first]
    hazard *= books.ability[rows]
    effect = np.where(books.boost_until[rows] >= day, books.boost[rows], 1.0)
    if books.policy.operations.dispute_desk:
        effect = np.minimum(EFFECT_CAP, books.desk_effects[books.behaviour[rows]] * effect)
    if books.pressure.are_set:
        effect = np.minimum(EFFECT_CAP, effect * books.pressure.product[books.cell[rows]])
    hazard *= effect
    if books.haste.are_set:
        hazard *= books.haste.product[books.cell[rows]]
    clock = books.clock[rows] + hazard
    books.clock[rows] = clock
    books.status[rows[clock >= books.luck[rows]]] = READY
