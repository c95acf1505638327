"""What do we buy, when must it be paid, and what is put off when there is no money?

Without stock, goods are bought on the day they are shipped. With stock, purchases follow what was shipped lately and
lead the stock to its target; what is not there when it must be shipped is bought at once.
"""

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import some
from sim.base.days import Day
from sim.base.money import WHOLE_BP, fraction, share
from sim.engine.money.accountant import VAT_BP, GeneralLedger, vat_in
from sim.engine.records.books import Books

Longs = NDArray[np.int64]
Rows = NDArray[np.intp]

TRAILING_DAYS = 28
"""Purchases follow the cost of goods shipped in about so many days (assumption, 14-56)."""
ADJUST_DAYS = 20
"""The stock moves to its target in about so many days (assumption, 10-40)."""


class Supply:
    """Goods bought and suppliers owed, per run. `bills`: (runs, days) by the day on which they are due."""

    def __init__(self, books: Books, accounts: GeneralLedger, daily_cost: int):
        self.books, self.accounts = books, accounts
        self.taxed = accounts.taxed
        # What the goods of each order cost, as suppliers bill it and without the VAT that we get back.
        self.cost_fen = share(books.lives.amount_fen, WHOLE_BP - books.scenario.company.margin_bp)
        self.net_fen = self.cost_fen - vat_in(self.cost_fen) if self.taxed else self.cost_fen
        in_force = books.portfolio.policy_in_force.finance
        days = books.last - books.first + 1
        self.bills = np.zeros((books.runs, days), dtype=np.int64)
        # What was bought before is paid as it was agreed then, whatever the new policy says.
        self.bills[:, : in_force.supplier_days] = daily_cost
        self.opening_debt = in_force.supplier_days * daily_cost
        net = daily_cost - int(vat_in(np.array([daily_cost]))[0]) if self.taxed else daily_cost
        self.stock = np.full(books.runs, in_force.stock_days * net, dtype=np.int64)
        self.trailing = np.full(books.runs, float(net))
        self.arrears = np.zeros(books.runs, dtype=np.int64)
        self._shipped = np.zeros(books.runs, dtype=np.int64)
        self._everywhere = np.ones(books.runs, dtype=np.bool_)
        self.goods_travel = books.mechanisms.fulfilment  # invoiced later than sent; until then they are stock

    @property
    def has_stock(self) -> NDArray[np.bool_]:
        """In which runs do goods go through a stock these days? Shape (runs,)."""
        if self.books.policy.finance.stock_days > 0:
            return self._everywhere
        return self.stock != 0

    def ship(self, rows: Rows, pay_on: Day) -> None:
        """The goods of these orders left today; bought today they are paid on this day."""
        net = self.worth(rows)
        if not self.goods_travel:
            self.accounts.post("cost_of_goods", "stock", None, net)
        stored = self.has_stock
        if stored.all():
            self._shipped += net
            return
        costs = self._by_run(rows, self.cost_fen) if self.taxed else net
        if some(stored):
            self._shipped += np.where(stored, net, 0)
            costs, net = np.where(stored, 0, costs), np.where(stored, 0, net)
        self.accounts.post("stock", "payables", None, net)
        if self.taxed:
            self.accounts.post("vat_payable", "payables", None, costs - net)
        self._owe(pay_on, costs)

    def invoiced(self, rows: Rows) -> None:
        """Goods that left some days ago are invoiced now: only now is their cost the cost of a sale."""
        self.accounts.post("cost_of_goods", "stock", None, self.worth(rows))

    def kept(self, rows: Rows) -> None:
        """Goods that were ready to go stay with us: their customer has failed."""
        self.stock += self.worth(rows)

    def buy(self, day: Day) -> None:
        """In the evening: buy for the stock. Wanted: the target after what was shipped today."""
        stored = self.has_stock
        if not some(stored):
            return
        finance = self.books.policy.finance
        self.stock -= self._shipped
        self.trailing += np.where(stored, (self._shipped - self.trailing) / TRAILING_DAYS, 0.0)
        self._shipped[:] = 0
        short = np.maximum(-self.stock, 0)
        gap = (
            self.trailing * (finance.stock_days - 1) - self.stock
        )  # what will be missing after today's purchase
        wanted = self.trailing + gap / ADJUST_DAYS if finance.stock_days else np.zeros(len(gap))
        bought = np.maximum(short, np.rint(wanted).astype(np.int64))
        self.stock += bought
        tax = fraction(bought, VAT_BP, 10_000) if self.taxed else np.zeros_like(bought)
        self.accounts.post("stock", "payables", None, bought)
        self.accounts.post("vat_payable", "payables", None, tax)
        self._owe(day + finance.supplier_days, bought + tax)

    def pay(self, day: Day, room: Longs | None) -> Longs:
        """What is paid to suppliers today? All that is due; with `room`, no more than that, and the rest waits."""
        due = self.bills[:, day - self.books.first]
        if room is None:
            return due
        due = due + self.arrears
        paid = np.minimum(due, np.maximum(room, 0))
        self.arrears = due - paid
        return paid

    def worth(self, rows: Rows) -> Longs:
        """What the goods of these orders stand for in the books, by run; shape (runs,)."""
        return self._by_run(rows, self.net_fen)

    def _by_run(self, rows: Rows, amounts: Longs) -> Longs:
        total = np.zeros(self.books.runs, dtype=np.int64)
        np.add.at(total, self.books.lives.run[rows], amounts[rows])
        return total

    def _owe(self, pay_on: Day, amounts: Longs) -> None:
        if pay_on <= self.books.last:
            self.bills[:, pay_on - self.books.first] += amounts
