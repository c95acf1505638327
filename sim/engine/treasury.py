"""17:00. What came in, what went out, what is in the bank tonight?"""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day
from sim.base.money import day_of_interest, share_of
from sim.engine.accountant import GeneralLedger
from sim.engine.books import Books
from sim.engine.timetable import SEVENTEEN, Shift, Timetable
from sim.model.ledger import CASH_KINDS

MONEY_IN = (
    "receipt", "recovery", "deposit", "bill_matured", "bill_discounted", "indemnity", "factoring", "loan",
)  # fmt: skip
"""Kinds that come in; what of them goes out again is given below zero."""
SUPPLIER, FIXED_COST = CASH_KINDS.index("supplier"), CASH_KINDS.index("fixed_cost")
PAYROLL, INTEREST = CASH_KINDS.index("payroll"), CASH_KINDS.index("interest")


class Till:
    """The company's money, per run: today's movements, supplier payments to come, the balance."""

    def __init__(self, books: Books):
        self.books = books
        company = books.scenario.company
        yearly = int(books.portfolio.yearly_sales_fen().sum())
        self.variable = share_of(yearly, 10_000 - company.margin_bp) // 365
        self.fixed = share_of(yearly, company.fixed_cost_bp) // 365
        self.bank_bp = max(0, company.bank_bp + books.scenario.economy.bank_extra_bp)
        self.opening = company.opening_cash_days * (self.variable + self.fixed)
        days = books.last - books.first + 1
        self.flows = np.zeros((books.runs, days, len(CASH_KINDS)), dtype=np.int64)
        self.suppliers = np.zeros((books.runs, days), dtype=np.int64)
        # What was bought before is paid as it was agreed then, whatever the new policy says.
        owed_days = books.portfolio.policy_in_force.finance.supplier_days
        self.suppliers[:, :owed_days] = self.variable
        self.balance = np.full(books.runs, self.opening, dtype=np.int64)
        self.insolvent = np.zeros(books.runs, dtype=np.bool_)
        self._today = np.zeros((books.runs, len(CASH_KINDS)), dtype=np.int64)
        self.accounts = GeneralLedger(books, taxed=False)
        self.accounts.memos["overdraft_line"] = lambda: -self.floor
        self.accounts.open({"cash": self.opening, "payables": owed_days * self.variable})

    @property
    def floor(self) -> int:
        """How far may the balance go down before we are insolvent?"""
        return -self.books.policy.finance.overdraft_days * (self.variable + self.fixed)

    def move(self, kind: str, runs: NDArray[np.integer], amounts: NDArray[np.int64]) -> None:
        """Money moved today, without sign: receipts and recoveries come in, all else goes out."""
        sign = 1 if kind in MONEY_IN else -1
        np.add.at(self._today[:, CASH_KINDS.index(kind)], runs, sign * amounts)

    def owe_supplier(self, runs: NDArray[np.integer], pay_on: Day, amounts: NDArray[np.int64]) -> None:
        """What was shipped today is paid to our suppliers on this day."""
        self.accounts.post("cost_of_goods", "payables", runs, amounts)
        if pay_on <= self.books.last:
            np.add.at(self.suppliers[:, pay_on - self.books.first], runs, amounts)

    def close_day(self, day: Day) -> None:
        """Pay what is due, take interest on last evening's debt, and strike the balance."""
        books, company = self.books, self.books.scenario.company
        outgoing: dict[int, int | NDArray[np.int64]] = {
            SUPPLIER: self.suppliers[:, day - books.first],
            FIXED_COST: self.fixed,
            PAYROLL: books.policy.collection.collectors * company.collector_fen_per_month * 12 // 365,
        }
        if (self.balance < 0).any():
            outgoing[INTEREST] = day_of_interest(np.maximum(-self.balance, 0), self.bank_bp)
        for column, amounts in outgoing.items():
            self._today[:, column] -= amounts
        self.flows[:, day - books.first] = self._today
        self.balance += self._today.sum(axis=1)
        self._today[:] = 0
        self._tell_insolvency(day)

    def _tell_insolvency(self, day: Day) -> None:
        below = self.balance < self.floor
        if not below.any():
            return
        runs = np.flatnonzero(below & ~self.insolvent)
        self.insolvent[runs] = True
        self.books.log.on_company("insolvent", day, runs, self.floor - self.balance[runs])

    def close_month(self, day: Day) -> None:
        """Where a month or the horizon ends: close the books."""
        if day in self.accounts.closes_on:
            self.accounts.gather(self.flows, day)
            self.accounts.close()


def treasury(time: Timetable, till: Till) -> Shift:
    """Every day at five in the afternoon: strike the balance; at the month's end, close the books."""
    while True:
        day = yield time.every_day(SEVENTEEN)
        till.close_day(day)
        till.close_month(day)
