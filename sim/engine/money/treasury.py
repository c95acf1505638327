"""17:00. What came in, what went out, what is in the bank tonight?"""

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import some
from sim.base.days import NEVER, Day
from sim.base.money import WHOLE_BP, day_of_interest, fraction, share, share_of
from sim.engine.money.accountant import GeneralLedger, vat_in
from sim.engine.money.supply import Supply
from sim.engine.money.taxes import Taxes
from sim.engine.records.books import Books
from sim.engine.timetable import SEVENTEEN, Shift, Timetable
from sim.model.ledger import CASH_KINDS
from sim.model.policy import Policy

MONEY_IN = (
    "receipt", "recovery", "deposit", "bill_matured", "bill_discounted", "indemnity", "factoring", "loan",
)  # fmt: skip
"""Kinds that come in; what of them goes out again is given below zero."""
CODE = {kind: code for code, kind in enumerate(CASH_KINDS)}
SUPPLIER, FIXED_COST, PAYROLL, INTEREST = (
    CODE[kind] for kind in ("supplier", "fixed_cost", "payroll", "interest")
)

Longs = NDArray[np.int64]
Runs = NDArray[np.integer]


class Till:
    """The company's money, per run: today's movements, what is bought and owed, the balance, the accounts."""

    def __init__(self, books: Books):
        self.books = books
        company = books.scenario.company
        yearly = int(books.portfolio.yearly_sales_fen().sum())
        self.variable = share_of(yearly, 10_000 - company.margin_bp) // 365
        self.fixed = share_of(yearly, company.fixed_cost_bp) // 365
        self.bank_bp = company.bank_bp + books.scenario.economy.bank_extra_bp
        self.opening = company.opening_cash_days * (self.variable + self.fixed)
        self.flows = np.zeros((books.runs, books.last - books.first + 1, len(CASH_KINDS)), dtype=np.int64)
        self.balance = np.full(books.runs, self.opening, dtype=np.int64)
        self.insolvent = np.zeros(books.runs, dtype=np.bool_)
        self.line_bp = np.full(books.runs, WHOLE_BP, dtype=np.int64)  # of its line that the bank still grants
        self._floor_under: Policy | None = None
        self._today = np.zeros((books.runs, len(CASH_KINDS)), dtype=np.int64)
        self._open_accounts(share_of(yearly, company.margin_bp) // 12)

    def _open_accounts(self, monthly_margin: int) -> None:
        is_whole = self.books.mechanisms.company
        self.accounts = GeneralLedger(self.books, taxed=is_whole)
        self.supply = Supply(self.books, self.accounts, self.variable)
        self.accounts.memos["overdraft_line"] = lambda: -self.floor
        self.accounts.memos["overdue_payables"] = lambda: self.supply.arrears
        vat = int(vat_in(np.array([monthly_margin]))[0]) if is_whole else 0
        self.accounts.open(
            {"cash": self.opening, "payables": self.supply.opening_debt,
             "stock": self.supply.stock + self._goods_on_their_way(), "vat_payable": vat}
        )  # fmt: skip
        self.taxes = Taxes(self.accounts) if is_whole else None

    def _goods_on_their_way(self) -> Longs:
        """What the goods of orders on hand have cost; bought and sent before the first day. Shape (runs,)."""
        rows = np.flatnonzero(self.books.lives.on_hand_until != NEVER)
        return self.supply.worth(rows)

    @property
    def floor(self) -> Longs:
        """How far may the balance go down before we are insolvent? Shape (runs,)."""
        if self._floor_under is not self.books.policy:
            self._floor_under = self.books.policy
            line = self.books.policy.finance.overdraft_days * (self.variable + self.fixed)
            self._floor = -share(np.full(self.books.runs, line), self.line_bp)
        return self._floor

    def grant(self, line_bp: Longs) -> None:
        """From now on the bank grants so much of its line; shape (runs,)."""
        self.line_bp, self._floor_under = line_bp, None

    def move(self, kind: str, runs: Runs, amounts: Longs) -> None:
        """Money moved today, without sign: MONEY_IN comes in, all else goes out."""
        add = np.add if kind in MONEY_IN else np.subtract
        add.at(self._today[:, CODE[kind]], runs, amounts)

    def move_all(self, kind: str, amounts: Longs) -> None:
        """The same with one amount for each run, shape (runs,)."""
        self._today[:, CODE[kind]] += amounts if kind in MONEY_IN else -amounts

    def goods_are_bought(self, rows: NDArray[np.intp], pay_on: Day) -> None:
        """The goods of these orders are shipped today; what is bought for them today is paid on this day."""
        self.supply.ship(rows, pay_on)

    def goods_leave(self, rows: NDArray[np.intp], stays: NDArray[np.bool_]) -> None:
        """Orders released before are invoiced today, but for those whose goods stay with us."""
        self.supply.invoiced(rows[~stays])
        if some(stays):
            self.supply.kept(rows[stays])

    def expected(self) -> Longs:
        """What would tonight's balance be before suppliers, wages and interest? Shape (runs,)."""
        found: Longs = self.balance + self._today.sum(axis=1)
        return found

    def close_day(self, day: Day) -> None:
        """Pay what is due, take interest on last evening's debt, and strike the balance."""
        books, company = self.books, self.books.scenario.company
        self.supply.buy(day)
        if self.taxes:
            for kind, amounts in self.taxes.due(day).items():
                self.move_all(kind, amounts)
        self._today[:, FIXED_COST] -= self.fixed
        self._today[:, PAYROLL] -= (
            books.policy.collection.collectors * company.collector_fen_per_month * 12 // 365
        )
        if some(self.balance < 0):
            self._today[:, INTEREST] -= self._interest()
        evening = self.expected()
        paid = self.supply.pay(day, evening - self.floor if self.taxes else None)
        self._today[:, SUPPLIER] -= paid
        self.flows[:, day - books.first] = self._today
        self.balance = evening - paid
        self._today[:] = 0
        self._tell_insolvency(day)

    def _interest(self) -> Longs:
        """On last evening's debt; in bad times banks ask for more."""
        debt, extra = np.maximum(-self.balance, 0), self.books.bank_extra_bp
        if isinstance(extra, int):
            return day_of_interest(debt, max(0, self.bank_bp + extra))
        return fraction(debt, np.maximum(0, self.bank_bp + extra), WHOLE_BP * 365)

    def _tell_insolvency(self, day: Day) -> None:
        below = self.balance < self.floor
        if not some(below):
            return
        runs = np.flatnonzero(below & ~self.insolvent)
        self.insolvent[runs] = True
        self.books.log.on_company("insolvent", day, runs, (self.floor - self.balance)[runs])

    def close_month(self, day: Day) -> None:
        """Where a month or the horizon ends: close the books."""
        if day not in self.accounts.closes_on:
            return
        self.accounts.gather(self.flows, day)
        if self.taxes:
            self.taxes.accrue()
        self.accounts.close()
        if self.taxes:
            self.taxes.close(day)


def treasury(time: Timetable, till: Till) -> Shift:
    """Every day at five in the afternoon: strike the balance; at the month's end, close the books."""
    while True:
        day = yield time.every_day(SEVENTEEN)
        till.close_day(day)
        till.close_month(day)
