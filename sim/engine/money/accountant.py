"""What do the seller's own books say at each month's end? Double entry, all runs at once.

Two streams write most of it: entries in the sub-ledger and movements at the bank. Each kind has a counter account, so
both departments of a payment need not know of each other: what the bank received and nobody has yet set against an
invoice stands in `customer_credit`. What is neither (goods, tax, a loss that the factor bears) is posted by hand.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import Day
from sim.base.money import fraction
from sim.engine.records.books import Books
from sim.model.accounts import ACCOUNTS, CHART, closing_days, places
from sim.model.ledger import BALANCE_DTYPES, CASH_KINDS, ENTRY_KINDS, table

Longs = NDArray[np.int64]
Runs = NDArray[np.integer]

VAT_BP = 1_300
"""VAT on goods; it is inside what is invoiced and what suppliers bill (13/113)."""

COUNTER_OF_ENTRY = {
    "opening": "capital", "invoice": "sales", "receipt": "customer_credit", "discount": "discounts",
    "credit_note": "credit_notes", "bill_received": "bills_held", "bill_bounced": "bills_held",
    "write_off": "bad_debt", "interest": "late_interest", "reversal": "customer_credit",
}  # fmt: skip
"""A reversal that takes away cancels an invoice: its counter account is `sales`. A recovery is no receivable."""
COUNTER_OF_CASH = {
    "receipt": "customer_credit", "recovery": "recoveries", "supplier": "payables", "interest": "overdraft_interest",
    "deposit": "customer_credit", "bill_matured": "bills_held", "bill_discounted": "bills_held",
    "factoring": "factoring_advances", "loan": "pledge_loan", "rebate": "rebates", "vat": "vat_payable",
    "tax": "tax_payable",
}  # fmt: skip
"""Kinds that are not here have an account of their own name."""
TAXED = ("sales", "credit_notes")
SIGNED_PAIRS = (("cash", "overdraft"), ("vat_credit", "vat_payable"), ("tax_prepaid", "tax_payable"))
"""One account inside; at closing it stands among the assets or among the debts."""

_PLACE = {name: place for place, name in enumerate(ACCOUNTS)}
_NATURAL = np.array([1 if account.kind in ("asset", "expense", "memo") else -1 for account in CHART])
_STANDING, _RESULT = places("asset", "liability", "equity"), places("income", "expense")
_CASH_COUNTERS = np.array([_PLACE.get(COUNTER_OF_CASH.get(kind, kind), 0) for kind in CASH_KINDS])
_ENTRY_COUNTERS = np.array([_PLACE.get(COUNTER_OF_ENTRY.get(kind, ""), 0) for kind in ENTRY_KINDS])


def vat_in(gross: Longs) -> Longs:
    """How much VAT is inside this amount? Rounded down."""
    return fraction(gross, VAT_BP, 10_000 + VAT_BP)


class GeneralLedger:
    """All accounts of all runs. Inside, a debit is positive; the table has each account's natural sign."""

    def __init__(self, books: Books, *, taxed: bool):
        self.books, self.taxed = books, taxed
        self.days = closing_days(books.first, books.last)
        self.closes_on = frozenset(self.days.tolist())
        self.standing = np.zeros((books.runs, len(CHART)), dtype=np.int64)  # balances at the last closing
        self.moved = np.zeros_like(self.standing)  # since then
        self.memos: dict[str, Callable[[], Longs | int]] = {}
        self._closed: list[Longs] = []
        self._mark, self._from = 0, 0  # entries and days that are booked already

    def post(self, debit: str, credit: str, runs: Runs | None, amounts: Longs) -> None:
        """One booking by hand in each of these runs (`runs` None: amounts for all runs, shape (runs,))."""
        if runs is None:
            self.moved[:, _PLACE[debit]] += amounts
            self.moved[:, _PLACE[credit]] -= amounts
        else:
            np.add.at(self.moved[:, _PLACE[debit]], runs, amounts)
            np.subtract.at(self.moved[:, _PLACE[credit]], runs, amounts)

    def of(self, account: str) -> Longs:
        """What stands on this account now, in its natural sign, as far as booked; shape (runs,)."""
        place = _PLACE[account]
        found: Longs = _NATURAL[place] * (self.standing + self.moved)[:, place]
        return found

    def open(self, opening: dict[str, Longs | int]) -> None:
        """The balances of the first evening; what is left is the owners' capital."""
        for account, amount in opening.items():
            amounts = np.broadcast_to(np.asarray(amount, dtype=np.int64), (self.books.runs,))
            sign = _NATURAL[_PLACE[account]]
            self.post(account, "capital", None, sign * amounts)
        self._book_entries()
        self._snapshot()

    def gather(self, flows: Longs, day: Day) -> None:
        """Book what happened at the bank and in the sub-ledger since last time. `flows`: (runs, days, CASH_KINDS)."""
        until = day - self.books.first + 1
        money = flows[:, self._from : until].sum(axis=1)
        self._from = until
        np.subtract.at(self.moved.T, _CASH_COUNTERS, money.T)
        self.moved[:, _PLACE["cash"]] += money.sum(axis=1)
        self._book_entries()

    def profit_so_far(self) -> Longs:
        """Profit since the last closing, as far as booked; shape (runs,)."""
        found: Longs = -self.moved[:, _RESULT].sum(axis=1)
        return found

    def close(self) -> None:
        """Carry the profit forward and strike all balances."""
        self.moved[:, _PLACE["retained"]] -= self.profit_so_far()
        self._snapshot()

    def table(self, run_names: NDArray[np.int32]) -> pd.DataFrame:
        """The ledger's table of balances."""
        amounts = np.stack(self._closed, axis=1)
        run, closing, account = np.indices(amounts.shape).reshape(3, -1)
        return table(
            BALANCE_DTYPES,
            {
                "run": run_names[run], "closed_on": self.days[closing], "account": account,
                "amount_fen": amounts.ravel(),
            },
        )  # fmt: skip

    def _book_entries(self) -> None:
        """The sub-ledger's entries since last time, with VAT taken out of sales and credit notes."""
        up, down, self._mark = self.books.log.totals_since(self._mark, self.books.runs)
        up[:, ENTRY_KINDS.index("recovery")] = down[:, ENTRY_KINDS.index("recovery")] = 0
        cancelled = down[:, ENTRY_KINDS.index("reversal")].copy()
        down[:, ENTRY_KINDS.index("reversal")] = 0
        entries = up + down
        self.moved[:, _PLACE["receivables"]] += entries.sum(axis=1) + cancelled
        np.subtract.at(self.moved.T, _ENTRY_COUNTERS, entries.T)
        self.moved[:, _PLACE["sales"]] -= cancelled
        if self.taxed and self._closed:
            self._take_vat_out(entries, cancelled)

    def _take_vat_out(self, entries: Longs, cancelled: Longs) -> None:
        billed = entries[:, ENTRY_KINDS.index("invoice")] + cancelled
        self.post("sales", "vat_payable", None, vat_in(billed))
        self.post("vat_payable", "credit_notes", None, vat_in(-entries[:, ENTRY_KINDS.index("credit_note")]))

    def _snapshot(self) -> None:
        total = self.standing + self.moved
        shown = _NATURAL * np.where(np.isin(np.arange(len(CHART)), _STANDING), total, self.moved)
        for asset, debt in SIGNED_PAIRS:
            both = total[:, _PLACE[asset]] + total[:, _PLACE[debt]]
            shown[:, _PLACE[asset]], shown[:, _PLACE[debt]] = np.maximum(both, 0), np.maximum(-both, 0)
        for name, tell in self.memos.items():
            shown[:, _PLACE[name]] = tell()
        self._closed.append(shown)
        self.standing[:, _STANDING] = total[:, _STANDING]
        self.moved[:] = 0
