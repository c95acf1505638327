"""06:00. What happens by itself: customers fail, and every open invoice's payment clock runs on."""

import numpy as np
from numpy.typing import NDArray

from sim.engine.books import DISPUTED, READY, RUNNING, STOPPED, Books, Rows
from sim.engine.timetable import SIX, Shift, Timetable
from sim.model.moves import EFFECT_CAP
from sim.model.rules import DEFAULT_NOTICE_DAYS

AT_A_TIME = 8_000
"""Rows whose clocks run together: half a megabyte."""


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
        rows = books.open_rows.compress(books.failed.take(books.cell.take(books.open_rows)))
        books.status[rows[books.status[rows] != DISPUTED]] = STOPPED


def lived_out(books: Books) -> NDArray[np.int64]:
    """Whose life is over today? Each day uses up as many normal ones as it is more dangerous than normal."""
    books.lived += books.danger.product if books.danger.are_set else 1.0
    return np.flatnonzero((books.lived > books.lives.default_wait.ravel()) & ~books.failed)


def clocks_run(books: Books, day: int) -> None:
    """One more day of hazard on every running clock; so many rows at a time as the processor's own memory holds."""
    running = books.open_rows.compress(books.status.take(books.open_rows) == RUNNING)
    for start in range(0, len(running), AT_A_TIME):
        _run_on(books, running[start : start + AT_A_TIME], day)


def _run_on(books: Books, rows: Rows, day: int) -> None:
    """Lateness * season * ability * effect of our moves * haste, in this order."""
    works = books.clockwork.take(rows, axis=0)
    clock, luck, ability, boost = works.T[:4]
    hazard_at, boost_until, cells, behaviours = works.view(np.int64).T[4:]
    hazard = books.hazards.take(hazard_at + day)
    hazard *= books.season[day - books.first]
    hazard *= ability
    effect = np.where(boost_until >= day, boost, 1.0)
    if books.policy.operations.dispute_desk:
        effect = np.minimum(EFFECT_CAP, books.desk_effects.take(behaviours) * effect)
    if books.pressure.are_set:
        effect = np.minimum(EFFECT_CAP, effect * books.pressure.product.take(cells))
    hazard *= effect
    if books.haste.are_set:
        hazard *= books.haste.product.take(cells)
    hazard += clock
    books.clock[rows] = hazard
    books.status[rows[hazard >= luck]] = READY
