"""09:00. Which invoices are settled by a bill of exchange, which bills fall due, and which are not paid then?

A bill settles the invoice, the money comes months later: at maturity, or at once less discount. A bank's bill is always
paid; a customer's own is not if it has failed by then, and the invoice is owed again.
"""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day
from sim.base.draws import Purpose
from sim.engine.credit.credit_office import give_up
from sim.engine.money.treasury import Till
from sim.engine.records.books import Books, Rows
from sim.engine.selling import terms as agreed
from sim.engine.selling.order_fates import luck_of
from sim.model.order_to_cash import TERMS
from sim.model.policy import Policy
from sim.model.products import BANK_BILL, COMMERCIAL_BILL, Bill, bill_discount
from sim.model.regimes import REGIMES
from sim.model.rules import DEFAULT_NOTICE_DAYS

Fen = NDArray[np.int64]
Mask = NDArray[np.bool_]

TIGHT = REGIMES.index("tight_money")


class Bills:
    """Bills received, those in hand and those sold."""

    def __init__(self, books: Books, till: Till):
        self.books, self.till = books, till
        self._due: dict[Day, list[tuple[Rows, Fen, Mask, Mask]]] = defaultdict(list)
        self._policy: Policy | None = None

    def of(self, rows: Rows) -> Mask:
        """Which of these invoices are paid by bill, if they are paid today?"""
        books = self.books
        if not books.policy.terms.bill_share_bp:
            return np.zeros(len(rows), dtype=np.bool_)
        if self._policy is not books.policy:
            self._policy = books.policy
            self._pays = agreed.pays_by_bill(books, books.policy)
            self._own = agreed.bill_is_own(books, books.policy)
        found: Mask = self._pays[books.cell[rows]]
        return found

    def accept(self, rows: Rows, amounts: Fen, day: Day) -> None:
        """The bills are in hand; they are sold at once where that is the policy."""
        if not len(rows):
            return
        books = self.books
        own = self._own[books.cell[rows]]
        span = TERMS.bill_most_days - TERMS.bill_least_days + 1
        tenor = TERMS.bill_least_days + np.floor(
            luck_of(books.world, books.lives, rows, Purpose.BILLS) * span
        ).astype(np.int32)
        due = books.world.calendar.next_workday((day + tenor).astype(np.int32))
        np.add.at(books.beside, books.cell[rows[own]], amounts[own])
        sells = books.policy.finance.discount_bills
        if sells:
            self._sell(rows, amounts, own, (due - day).astype(np.int64), day)
        sold = np.full(len(rows), sells)
        for when in set(due[due <= books.last].tolist()):
            mine = due == when
            self._due[when].append((rows[mine], amounts[mine], own[mine], sold[mine]))

    def _sell(self, rows: Rows, amounts: Fen, own: Mask, days: Fen, day: Day) -> None:
        """The bank keeps the discount; it takes more of it where money is tight."""
        books = self.books
        tight = books.regime[books.lives.run[rows]] == TIGHT
        kept = np.where(
            own, _discount(amounts, days, COMMERCIAL_BILL, tight), _discount(amounts, days, BANK_BILL, tight)
        )
        self.till.move("bill_discounted", books.lives.run[rows], amounts)
        self.till.move("bank_fee", books.lives.run[rows], kept)
        books.log.on_invoices("bill_discounted", day, rows, amounts - kept)

    def fall_due(self, day: Day) -> None:
        """What is paid of the bills due today, and what comes back?"""
        books = self.books
        for rows, amounts, own, sold in self._due.pop(day, ()):
            cells = books.cell[rows]
            np.subtract.at(books.beside, cells[own], amounts[own])
            bounced = own & books.failed[cells]
            paid = ~bounced & ~sold
            self.till.move("bill_matured", books.lives.run[rows[paid]], amounts[paid])
            books.log.on_invoices("bill_matured", day, rows[paid], amounts[paid])
            if bounced.any():
                self._bounce(rows[bounced], amounts[bounced], sold[bounced], day)

    def _bounce(self, rows: Rows, amounts: Fen, sold: Mask, day: Day) -> None:
        """The invoice is owed again; whoever bought the bill has his money back from us."""
        books = self.books
        books.log.entry("bill_bounced", day, rows, amounts)
        self.till.move("bill_discounted", books.lives.run[rows[sold]], -amounts[sold])
        books.reopen(rows, amounts)
        known = books.failed_on[books.cell[rows]].astype(np.int64) + DEFAULT_NOTICE_DAYS < day
        give_up(books, day, rows[known])


def _discount(amounts: Fen, days: Fen, bill: Bill, tight: Mask) -> Fen:
    dear = bill_discount(amounts, days, bill, stress=True)
    return np.where(tight, dear, bill_discount(amounts, days, bill))
