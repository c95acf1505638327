"""What have agency, court and plans in common? Claims change hands, and money comes in for several at once."""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.engine.money.bank import receipt_number
from sim.engine.money.treasury import Till
from sim.engine.records.books import DISPUTED, OURS, Books, Rows

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def ripe(books: Books, day: int, late_days: int) -> Rows:
    """Which claims of ours are so late that others should have them? Undisputed, and no day of payment named."""
    rows = books.open_rows
    rows = rows[books.due_on[rows] <= day - late_days]
    rows = rows[books.with_whom[rows] == OURS]
    return rows[(books.status[rows] != DISPUTED) & (books.judged_on[rows] == NEVER)]


def hand_over(books: Books, rows: Rows, whom: int, effect: Floats | float, until: int = NEVER) -> None:
    """These claims leave the ladder; from now on their clocks run at this speed, whatever we had done before."""
    books.with_whom[rows] = whom
    books.clocks.push(rows, effect, until)


def take_back(books: Books, rows: Rows, day: int) -> None:
    """These claims are ours again; the ladder goes on from where their lateness has brought them."""
    books.with_whom[rows] = OURS
    books.clocks.push(rows, 1.0, day - 1)
    books.work_ladder_to(rows, day)


def take_in(books: Books, till: Till, day: int, rows: Rows, amounts: Ints) -> None:
    """So much money came in for these claims today; what is paid in full is settled."""
    rows, amounts = rows[amounts > 0], amounts[amounts > 0]
    if not len(rows):
        return
    books.log.entry("receipt", day, rows, amounts, receipt_number(books, rows, day))
    till.move("receipt", books.lives.run[rows], amounts)
    whole = amounts == books.open_fen[rows]
    books.reduce(rows[~whole], amounts[~whole])
    books.close(rows[whole])


def oldest_first(books: Books, rows: Rows, group: Ints, money: Ints, claims: Ints | None = None) -> Ints:
    """How much of each group's money goes to each of its claims, the oldest first? `money` by group number.

    `claims`: how much each claim is, by default what is open of it.
    """
    order = np.lexsort((rows, books.due_on[rows], group))
    owed, of = (books.open_fen[rows] if claims is None else claims)[order], group[order]
    before = owed.cumsum() - owed
    before -= before[np.searchsorted(of, of)]  # what earlier groups owe
    paid = np.empty_like(owed)
    paid[order] = np.clip(money[of] - before, 0, owed)
    return paid
