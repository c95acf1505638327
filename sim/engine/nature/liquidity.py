"""06:00 on the first of a month. How much money do customers have, and who pays in parts? (mechanism liquidity)

A hidden standard normal score per customer, handed on from month to month; the cash-strapped archetypes stand lower.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.base.arrays import some
from sim.base.draws import Purpose
from sim.base.money import share
from sim.engine.records.books import RUNNING, Books, Rows
from sim.engine.timetable import SIX, Shift, Timetable

MONTHLY = 0.85
"""How much of a month's liquidity is the last month's (assumption, 0.7-0.95; quarterly habit about 0.6)."""
STRAPPED_AT = -0.8
"""Where the cash-strapped and the chain-debt stand on average (assumption, -1.5 to -0.4)."""
HASTE_PER_POINT, DANGER_PER_POINT = 0.15, -0.40
"""What a point of liquidity does to payment and failure, as exponents (assumption)."""
PARTS_BELOW = -1.2
"""Below this a customer pays in parts (assumption)."""
PART_LEAST_BP, PART_SPAN_BP = 3_000, 4_000
"""A part is 30-70 % of what is open (assumption)."""
PART_LEAST_FEN = 100_000
"""Less than this is never divided."""
RUN_UP_DAYS, RUN_UP_DEMAND, RUN_UP_HASTE = 90, 1.6, 0.6
"""In its last quarter a customer buys more and pays less: exposure runs up (1.3-2.0, assumption)."""


def liquidity(time: Timetable, books: Books) -> Shift:
    """Every first of a month at six: who has money, who has not, and who is near the end?"""
    purse = Purse(books)
    while True:
        yield time.months(SIX)
        purse.new_month()


class Purse:
    """Each customer's hidden liquidity."""

    def __init__(self, books: Books):
        self.books = books
        archetypes = np.array([behaviour.archetype for behaviour in books.portfolio.behaviours])
        low = np.isin(archetypes, ("strapped", "chain"))[books.lives.behaviour.ravel()]
        self.usual = np.where(low, STRAPPED_AT, 0.0)
        self.month = 0
        self.own = ndtri(_inside(books.world.luck_at(Purpose.LIQUIDITY, np.arange(books.cells), 0)))

    def new_month(self) -> None:
        """One month further: the score, and what follows from it."""
        books = self.books
        if self.month:
            fresh = ndtri(_inside(books.world.luck_at(Purpose.LIQUIDITY, np.arange(books.cells), self.month)))
            self.own = MONTHLY * self.own + np.sqrt(1.0 - MONTHLY**2) * fresh
        self.month += 1
        books.liquidity = self.usual + self.own
        near = self._near_the_end()
        books.haste.set("liquidity", _centred(HASTE_PER_POINT, self.own) * np.where(near, RUN_UP_HASTE, 1.0))
        books.danger.set("liquidity", _centred(DANGER_PER_POINT, self.own))
        books.appetite.set("run_up", np.where(near, RUN_UP_DEMAND, 1.0))

    def _near_the_end(self) -> NDArray[np.bool_]:
        """Whose life will be over within a quarter, as things stand?"""
        books = self.books
        pace = books.danger.product if books.danger.are_set else 1.0
        left = books.lives.default_wait.ravel() - books.lived
        return (left < RUN_UP_DAYS * pace) & ~books.failed


def in_parts(books: Books, rows: Rows, owed: NDArray[np.int64], day: int) -> NDArray[np.int64]:
    """How much is paid of each of these invoices? All of it, or a part by those who are short of cash.

    What was promised for today or earns its discount today is paid whole.
    """
    if books.liquidity is None:
        return owed
    cells = books.cell[rows]
    short = (books.liquidity[cells] < PARTS_BELOW) & (owed >= PART_LEAST_FEN) & (books.pays_on[rows] > day)
    if not some(short):
        return owed
    paid = owed.copy()
    luck = books.world.luck_at(
        Purpose.PLAN, cells[short], books.lives.number[rows[short]] * 8 + books.parts[rows[short]]
    )
    paid[short] = share(owed[short], PART_LEAST_BP + np.floor(luck * PART_SPAN_BP).astype(np.int64))
    return paid


def start_again(books: Books, rows: Rows) -> None:
    """What is left of a part payment waits for money anew: the clock starts again with luck of its own."""
    books.parts[rows] = np.minimum(books.parts[rows] + 1, 7)
    number = books.lives.number[rows] * 8 + books.parts[rows]
    luck = books.world.luck_at(Purpose.LIQUIDITY, books.cell[rows], number + 1_000)
    books.clocks.start_again(rows, -np.log1p(-luck))
    books.status[rows] = RUNNING


def _centred(per_point: float, score: NDArray[np.float64]) -> NDArray[np.float64]:
    """exp(per_point * score), with mean 1 over standard normal scores."""
    return np.exp(per_point * score - per_point**2 / 2)


def _inside(luck: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.clip(luck, 1e-12, 1.0 - 1e-12)
