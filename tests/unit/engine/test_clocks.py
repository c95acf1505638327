"""Does each open invoice's payment clock run as far as the rules say, whatever slot it stands in?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.records import clocks
from sim.engine.records.books import Books
from sim.engine.records.status import DISPUTED, READY, RUNNING
from sim.model.moves import EFFECT_CAP
from sim.model.timeline import Timeline
from tests.unit.engine.tiny import LATE_ONLY, Owed, company, policy

ALL = np.array([0, 1, 2])


def books_of(*owed: Owed, **more) -> Books:
    return Books(company(*owed, **more), Timeline.of(policy()))


def mornings(books: Books, count: int, start: int = 0) -> list[list[int]]:
    """Which invoices' clocks have run out after each of so many mornings?"""
    found = []
    for day in range(books.first + start, books.first + start + count):
        books.clocks.run(day)
        found.append(np.flatnonzero(books.status == READY).tolist())
    return found


def test_a_clock_runs_a_tenth_a_day_until_its_luck_is_reached():
    books = books_of(
        Owed(10, 100, luck=0.25), Owed(10, 100, customer=1, luck=0.35), Owed(10, 100, customer=2)
    )
    assert mornings(books, 5) == [[], [], [0], [0, 1], [0, 1]]
    assert books.status.tolist() == [READY, READY, RUNNING]


def test_a_push_makes_it_run_faster_up_to_its_day_and_not_longer():
    books = books_of(Owed(10, 100, luck=0.75))
    books.clocks.push(np.array([0]), 2.0, books.first + 1)
    # Two days at .2, then .1 a day: .2 .4 .5 .6 .7 .8
    assert mornings(books, 6) == [[], [], [], [], [], [0]]


def test_a_later_push_takes_the_place_of_an_earlier_one():
    books = books_of(Owed(10, 100, luck=0.55))
    books.clocks.push(np.array([0]), 2.0, books.first + 1)
    books.clocks.push(np.array([0]), 3.0, books.first + 5)
    assert mornings(books, 2) == [[], [0]]


def test_no_effect_goes_beyond_the_cap():
    books = books_of(Owed(10, 100, luck=0.1 * EFFECT_CAP + 0.05))
    books.pressure.set("test", np.full(books.cells, 2.0))
    books.clocks.push(np.array([0]), EFFECT_CAP, books.first + 9)
    assert mornings(books, 2) == [[], [0]]


def test_haste_counts_beyond_the_cap():
    books = books_of(Owed(10, 100, luck=0.1 * EFFECT_CAP + 0.05))
    books.haste.set("test", np.full(books.cells, 2.0))
    books.clocks.push(np.array([0]), EFFECT_CAP, books.first + 9)
    assert mornings(books, 1) == [[0]]


def test_a_disputed_invoices_clock_stands_and_goes_on_from_there():
    books = books_of(Owed(10, 100, luck=0.35))
    mornings(books, 2)
    books.status[0] = DISPUTED
    assert mornings(books, 5, start=2) == [[]] * 5
    books.status[0] = RUNNING
    assert mornings(books, 2, start=7) == [[], [0]]


def test_a_clock_may_start_again_be_set_or_stand_for_good():
    books = books_of(*(Owed(10, 100, customer=each, luck=0.55) for each in range(3)))
    mornings(books, 3)
    books.clocks.start_again(np.array([0]), np.array([0.15]))
    books.clocks.set(np.array([1]), 0.5)
    books.clocks.set(np.array([2]), clocks.STANDS_STILL)
    assert books.clocks.stand_still(ALL).tolist() == [False, False, True]
    assert mornings(books, 4, start=3) == [[1], [0, 1], [0, 1], [0, 1]]


@pytest.mark.parametrize("days", [0, 4])
def test_a_postponed_clock_runs_as_if_it_fell_due_later(days):
    books = books_of(Owed(0, 100, net=3, luck=0.15), lateness=LATE_ONLY)
    books.clocks.postpone(np.array([0]), days)
    first = next(day for day, ready in enumerate(mornings(books, 20)) if ready)
    unmoved = books_of(Owed(0, 100, net=3, luck=0.15), lateness=LATE_ONLY)
    assert first == days + next(day for day, ready in enumerate(mornings(unmoved, 20)) if ready)


def test_slots_and_their_number_change_nothing(monkeypatch):
    """Invoices come and go for two months; with next to no room the slots are cleared again and again."""

    def lived() -> tuple[list[int], int]:
        books = books_of(
            *(Owed(10, 100, customer=each % 3, luck=0.07 + 0.09 * (each % 25)) for each in range(60))
        )
        cleared, clear = [], books.clocks._clear
        monkeypatch.setattr(
            books.clocks, "_clear", lambda expected: (cleared.append(expected), clear(expected))
        )
        draws, ready = np.random.default_rng(5), []
        for day in range(books.first, books.first + 60):
            books.clocks.run(day)
            ready += [day, *np.flatnonzero(books.status == READY).tolist()]
            books.close(np.flatnonzero(books.status == READY))
            shut = np.flatnonzero(books.status == 0)
            again = shut[draws.random(len(shut)) < 0.3]
            books.clocks.start_again(again, draws.random(len(again)))
            books.clocks.push(again[::2], 2.0, day + 3)
            books.add_open(again)
        return ready, len(cleared)

    roomy, once = lived()
    monkeypatch.setattr(clocks, "LEAST_ROOM", 2)
    monkeypatch.setattr(clocks, "AT_A_TIME", 7)
    cramped, often = lived()
    assert roomy == cramped
    assert often > once
