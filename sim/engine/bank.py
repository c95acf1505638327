"""09:00. Which payments are on the bank statement this morning, and what do they settle?"""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.base.money import share
from sim.engine.books import NOT_OPEN, READY, RUNNING, Books, Rows
from sim.engine.timetable import NINE, Shift, Timetable
from sim.engine.treasury import Till
from sim.model.rules import RECEIPT_BASE


def bank(time: Timetable, books: Books, till: Till) -> Shift:
    """Every working day at nine: who has paid?"""
    while True:
        yield time.workdays(NINE)
        post_receipts(books, till, time.today, payments_of(books, time.today))


def recoveries(time: Timetable, books: Books, till: Till) -> Shift:
    """Every day at nine: what comes in from failed customers' estates?"""
    while True:
        yield time.every_day(NINE)
        rows = books.due_today("recovery", time.today)
        if len(rows):
            amounts = books.recovery_fen[rows]
            books.log.entry("recovery", time.today, rows, amounts)
            till.move("recovery", books.lives.run[rows], amounts)


def payments_of(books: Books, day: int) -> Rows:
    """Which invoices are paid today: discount taken, promise kept, or clock run out on a pay day?"""
    named = _named_for(books, day)
    ready = books.open_rows[books.status[books.open_rows] == READY]
    ready = ready[books.pays_on[ready] > day]
    table, kind = books.world.pay_days
    ready = ready[table[:, day - books.first][kind][books.lives.customer[ready]]]
    missing = books.misses[ready] > 0
    books.misses[ready[missing]] -= 1
    return np.concatenate([named, ready[~missing]])


def _named_for(books: Books, day: int) -> Rows:
    """Undisputed invoices whose named day (discount taken, promise kept) has come."""
    named = books.named = books.named[
        (books.status[books.named] != NOT_OPEN) & (books.pays_on[books.named] != NEVER)
    ]
    come = named[books.pays_on[named] <= day]
    return np.unique(come[(books.status[come] == RUNNING) | (books.status[come] == READY)])


def post_receipts(books: Books, till: Till, day: int, rows: Rows) -> None:
    """Each invoice is paid in full, less the discount where it is still offered."""
    if not len(rows):
        return
    owed = books.open_fen[rows]
    offered = books.offer_until[rows] >= day
    discount = np.where(offered, share(owed, books.offer_bp[rows]), 0)
    customer = books.lives.customer[rows].astype(np.int64)
    receipt = RECEIPT_BASE + (day - books.first) * books.customers + customer
    books.log.entry("receipt", day, rows, owed - discount, receipt)
    given = discount > 0
    books.log.entry("discount", day, rows[given], discount[given])
    _promises_kept(books, day, rows, owed)
    till.move("receipt", books.lives.run[rows], owed - discount)
    books.close(rows)


def _promises_kept(books: Books, day: int, rows: Rows, owed: NDArray[np.int64]) -> None:
    promised = books.judged_on[rows] != NEVER
    kept = rows[promised]
    books.log.on_invoices("promise_kept", day, kept, owed[promised], until=books.promise_on[kept])
    books.judged_on[kept] = NEVER
