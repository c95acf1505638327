"""09:00. Which payments are on the bank statement this morning, and what do they settle?"""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.base.money import share
from sim.engine.books import NO_ROWS, NOT_OPEN, READY, RUNNING, Books, Rows
from sim.engine.liquidity import in_parts, start_again
from sim.engine.timetable import NINE, Shift, Timetable
from sim.engine.treasury import Till
from sim.model.rules import RECEIPT_BASE


def bank(time: Timetable, books: Books, till: Till) -> Shift:
    """Every working day at nine: who has paid?"""
    while True:
        day = yield time.workdays(NINE)
        post_receipts(books, till, day, payments_of(books, day))


def recoveries(time: Timetable, books: Books, till: Till) -> Shift:
    """Every day at nine: what comes in from failed customers' estates?"""
    while True:
        day = yield time.every_day(NINE)
        rows = books.due_today("recovery", day)
        if len(rows):
            amounts = books.recovery_fen[rows]
            books.log.entry("recovery", day, rows, amounts)
            till.move("recovery", books.lives.run[rows], amounts)


def payments_of(books: Books, day: int) -> Rows:
    """Which invoices are paid today: discount taken, promise kept, or clock run out on a pay day?"""
    named = _named_for(books, day)
    ready = books.open_rows[books.status[books.open_rows] == READY]
    table, kind = books.world.pay_days
    ready = ready[
        table[:, day - books.first][kind][books.lives.customer[ready]] & (books.pays_on[ready] > day)
    ]
    missing = books.misses[ready] > 0
    if missing.any():
        books.misses[ready[missing]] -= 1
        ready = ready[~missing]
    return np.concatenate([named, ready]) if len(named) else ready


def _named_for(books: Books, day: int) -> Rows:
    """Undisputed invoices whose named day (discount taken, promise kept) has come."""
    come = books.named[books.pays_on[books.named] <= day]
    if not len(come):
        return NO_ROWS
    books.named = books.named[(books.status[books.named] != NOT_OPEN) & (books.pays_on[books.named] != NEVER)]
    return np.unique(come[(books.status[come] == RUNNING) | (books.status[come] == READY)])


def post_receipts(books: Books, till: Till, day: int, rows: Rows) -> None:
    """Each invoice is paid in full, less the discount where it is still offered."""
    if not len(rows):
        return
    for tell in books.on_payment:
        tell(rows, day)
    owed = books.open_fen[rows]
    part = in_parts(books, rows, owed, day)
    whole = part == owed
    if not whole.all():
        _post_parts(books, till, day, rows[~whole], part[~whole])
        rows, owed = rows[whole], owed[whole]
    paid = owed - _discount_given(books, day, rows, owed)
    books.log.entry("receipt", day, rows, paid, receipt_number(books, rows, day))
    _promises_kept(books, day, rows, owed)
    till.move("receipt", books.lives.run[rows], paid)
    books.close(rows)


def _post_parts(books: Books, till: Till, day: int, rows: Rows, paid: NDArray[np.int64]) -> None:
    """Those short of cash pay a part; the rest waits until they have money again."""
    books.log.entry("receipt", day, rows, paid, receipt_number(books, rows, day))
    till.move("receipt", books.lives.run[rows], paid)
    books.reduce(rows, paid)
    start_again(books, rows)


def receipt_number(books: Books, rows: Rows, day: int) -> NDArray[np.int64]:
    """One receipt per customer and day."""
    return RECEIPT_BASE + (day - books.first) * books.customers + books.lives.customer[rows].astype(np.int64)


def _discount_given(books: Books, day: int, rows: Rows, owed: NDArray[np.int64]) -> NDArray[np.int64]:
    """What is let off these payments, because the offer still holds?"""
    discount = np.zeros(len(rows), dtype=np.int64)
    offered = books.offer_until[rows] >= day
    if offered.any():
        discount[offered] = share(owed[offered], books.offer_bp[rows[offered]])
        given = discount > 0
        books.log.entry("discount", day, rows[given], discount[given])
    return discount


def _promises_kept(books: Books, day: int, rows: Rows, owed: NDArray[np.int64]) -> None:
    promised = books.judged_on[rows] != NEVER
    if not promised.any():
        return
    kept = rows[promised]
    books.log.on_invoices("promise_kept", day, kept, owed[promised], until=books.promise_on[kept])
    books.judged_on[kept] = NEVER
