"""09:00. Which payments are on the bank statement this morning, and what do they settle?"""

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import distinct, some
from sim.base.days import NEVER
from sim.base.draws import Purpose
from sim.base.money import WHOLE_BP, fraction, share
from sim.engine.money.bills import Bills
from sim.engine.money.misposting import Misposting
from sim.engine.money.treasury import Till
from sim.engine.nature.liquidity import in_parts, start_again
from sim.engine.records.books import NO_ROWS, NOT_OPEN, READY, RUNNING, Books, Rows
from sim.engine.selling.order_fates import luck_of
from sim.engine.timetable import NINE, Shift, Timetable
from sim.model.order_to_cash import TERMS
from sim.model.rules import RECEIPT_BASE


def bank(time: Timetable, books: Books, till: Till) -> Shift:
    """Every working day at nine: who has paid?"""
    desk = CashDesk(books, till)
    while True:
        desk.work((yield time.workdays(NINE)))


def recoveries(time: Timetable, books: Books, till: Till) -> Shift:
    """Every working day at nine: what comes in from failed customers' estates?"""
    while True:
        day = yield time.workdays(NINE)
        rows = books.due_today("recovery", day)
        if len(rows):
            amounts = books.recovery_fen[rows]
            books.log.entry("recovery", day, rows, amounts)
            till.move("recovery", books.lives.run[rows], amounts)


def payments_of(books: Books, day: int) -> Rows:
    """Which invoices are paid today: discount taken, promise kept, or clock run out on a pay day?"""
    named = _named_for(books, day)
    ready = books.open_rows.compress(books.status.take(books.open_rows) == READY)
    table, kind = books.world.pay_days
    is_pay_day = table[:, day - books.first][kind]
    ready = ready.compress(is_pay_day.take(books.lives.customer.take(ready)))
    ready = ready[books.pays_on[ready] > day]
    if books.mechanisms.processes:
        ready = ready[books.ready_from[ready] <= day]
    missing = books.misses[ready] > 0
    if some(missing):
        books.misses[ready[missing]] -= 1
        ready = ready[~missing]
    return np.concatenate([named, ready]) if len(named) else ready


def _named_for(books: Books, day: int) -> Rows:
    """Undisputed invoices whose named day (discount taken, promise kept) has come."""
    come = books.named[books.pays_on[books.named] <= day]
    if not len(come):
        return NO_ROWS
    books.named = books.named[(books.status[books.named] != NOT_OPEN) & (books.pays_on[books.named] != NEVER)]
    return distinct(come[(books.status[come] == RUNNING) | (books.status[come] == READY)])


class CashDesk:
    """Sets the day's payments against invoices."""

    def __init__(self, books: Books, till: Till):
        self.books, self.till = books, till
        by_bill = any(policy.terms.bill_share_bp for policy in books.timeline.policies)
        self.bills = Bills(books, till) if by_bill else None
        self.misposting = Misposting(books) if books.mechanisms.fulfilment else None

    def work(self, day: int) -> None:
        """Bills that fall due, postings to put right, and what was paid."""
        if self.bills is not None:
            self.bills.fall_due(day)
        if self.misposting is not None:
            self.misposting.put_right(day)
        rows = payments_of(self.books, day)
        if len(rows):
            self._post(rows, day)

    def _post(self, rows: Rows, day: int) -> None:
        """Each invoice is paid in full, less the discount where it is still offered; a few only in part."""
        books = self.books
        for tell in books.on_payment:
            tell(rows, day)
        owed = books.open_fen[rows]
        part = in_parts(books, rows, owed, day)
        whole = part == owed
        if not whole.all():
            self._post_parts(rows[~whole], part[~whole], day)
            rows, owed = rows[whole], owed[whole]
        if books.policy.terms.late_interest_bp_day:
            owed = owed + charge_interest(books, rows, day)
        discount = _discount_given(books, day, rows, owed)
        if self.bills is not None:
            by_bill = self.bills.of(rows) & (discount == 0)
            self._accept_bills(rows[by_bill], owed[by_bill], day)
            rows, owed, discount = rows[~by_bill], owed[~by_bill], discount[~by_bill]
        paid = owed - discount
        self.till.move("receipt", books.lives.run[rows], paid)
        if self.misposting is not None:
            astray = self.misposting.astray(rows, paid, day, discount == 0)
            rows, owed, paid = rows[~astray], owed[~astray], paid[~astray]
        books.log.entry("receipt", day, rows, paid, receipt_number(books, rows, day))
        _promises_kept(books, day, rows, owed)
        books.close(rows)

    def _accept_bills(self, rows: Rows, amounts: NDArray[np.int64], day: int) -> None:
        """A bill settles the invoice as money does."""
        books = self.books
        books.log.entry("bill_received", day, rows, amounts, receipt_number(books, rows, day))
        _promises_kept(books, day, rows, amounts)
        books.close(rows)
        assert self.bills is not None
        self.bills.accept(rows, amounts, day)

    def _post_parts(self, rows: Rows, paid: NDArray[np.int64], day: int) -> None:
        """Those short of cash pay a part; the rest waits until they have money again."""
        books = self.books
        books.log.entry("receipt", day, rows, paid, receipt_number(books, rows, day))
        self.till.move("receipt", books.lives.run[rows], paid)
        books.reduce(rows, paid)
        start_again(books, rows)


def charge_interest(books: Books, rows: Rows, day: int) -> NDArray[np.int64]:
    """Interest for the days overdue, from those who pay it in the end; mostly it is waived."""
    late = day - books.due_on[rows].astype(np.int64)
    pays = luck_of(books.world, books.lives, rows, Purpose.TERMS, turn=2) < TERMS.interest_paid_share
    late = np.where(pays, np.maximum(late, 0), 0)
    amounts = fraction(books.open_fen[rows], books.policy.terms.late_interest_bp_day * late, WHOLE_BP)
    books.log.entry("interest", day, rows[amounts > 0], amounts[amounts > 0])
    books.reduce(rows, -amounts)
    return amounts


def receipt_number(books: Books, rows: Rows, day: int) -> NDArray[np.int64]:
    """One receipt per customer and day."""
    return RECEIPT_BASE + (day - books.first) * books.customers + books.lives.customer[rows].astype(np.int64)


def _discount_given(books: Books, day: int, rows: Rows, owed: NDArray[np.int64]) -> NDArray[np.int64]:
    """What is let off these payments, because the offer still holds?"""
    discount = np.zeros(len(rows), dtype=np.int64)
    offered = books.offer_until[rows] >= day
    if some(offered):
        discount[offered] = share(owed[offered], books.offer_bp[rows[offered]])
        given = discount > 0
        books.log.entry("discount", day, rows[given], discount[given])
    return discount


def _promises_kept(books: Books, day: int, rows: Rows, owed: NDArray[np.int64]) -> None:
    promised = books.judged_on[rows] != NEVER
    if not some(promised):
        return
    kept = rows[promised]
    books.log.on_invoices("promise_kept", day, kept, owed[promised], until=books.promise_on[kept])
    books.judged_on[kept] = NEVER
