"""Which accounts does the seller keep, and what do a month's profit and loss, balance sheet and cash flow say?

The ledger's table `balance` holds one row per run, closing day and account, for every account of CHART in its order
(the table is dense). The first closing day is the evening before the first simulated day, then every month's end, then
the last day. Amounts are in fen and natural: an asset, an expense, a debt and an income are each positive as a rule.

- `asset`, `liability`, `equity`: the balance at the end of the closing day.
- `income`, `expense`: what was earned or spent since the closing before (0 on the first closing day).
- `memo`: stands beside the books (lines, what is insured); no part of any sum.

Assets = liabilities + equity on each closing day. `cash` less `overdraft` is the balance of the table `cash`;
`receivables` is what is open in the sub-ledger; `retained` grows by each period's profit. No provision is kept: a loss
is booked when it is written off.

For measures: working capital requirement = receivables + stock - payables - customer_credit (bills_held beside it);
quick money = cash; short-term debt = all liabilities; undrawn lines = overdraft_line - overdraft + pledge_line -
pledge_loan (not below 0); funded share of the receivables = (pledge_loan + factoring_advances) / receivables; cost of
each facility = loan_interest, factoring_fee, overdraft_interest over its mean balance.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import Day

AccountKind = Literal["asset", "liability", "equity", "income", "expense", "memo"]
Longs = NDArray[np.int64]


@dataclass(frozen=True)
class Account:
    """One account: its name (words: `account.NAME`), its kind, and whether its movement is financing, not business."""

    name: str
    kind: AccountKind
    financing: bool = False


CHART = (
    Account("cash", "asset"),
    Account("receivables", "asset"),  # what is open in the sub-ledger, factored invoices included
    Account("bills_held", "asset"),  # bills of exchange received, neither due nor discounted
    Account("stock", "asset"),  # at cost, without VAT where VAT is modelled
    Account("vat_credit", "asset"),  # input VAT carried forward
    Account("tax_prepaid", "asset"),
    Account("overdraft", "liability", financing=True),
    Account("payables", "liability"),  # suppliers, VAT included
    Account("customer_credit", "liability"),  # received from customers, not yet set against invoices
    Account("vat_payable", "liability"),
    Account("tax_payable", "liability"),
    Account("pledge_loan", "liability", financing=True),
    Account("factoring_advances", "liability", financing=True),
    Account("capital", "equity", financing=True),  # what the owners have in it on the first evening
    Account("retained", "equity"),  # profit since then
    Account("sales", "income"),  # without VAT where VAT is modelled
    Account("late_interest", "income"),  # charged to customers
    Account("recoveries", "income"),  # after write-off
    Account("indemnity", "income"),  # from the insurer, less what is passed back
    Account("factor_cover", "income"),  # losses borne by a factor without recourse
    Account("credit_notes", "expense"),
    Account("discounts", "expense"),
    Account("rebates", "expense"),
    Account("cost_of_goods", "expense"),
    Account("bad_debt", "expense"),  # written off
    Account("fixed_cost", "expense"),
    Account("payroll", "expense"),
    Account("collection", "expense"),
    Account("dispute_desk", "expense"),
    Account("agency", "expense"),
    Account("legal", "expense"),
    Account("commission", "expense"),
    Account("training", "expense"),
    Account("service", "expense"),
    Account("information", "expense"),
    Account("premium", "expense"),
    Account("factoring_fee", "expense"),  # fees and interest of the factor
    Account("loan_interest", "expense"),  # of the pledge loan
    Account("overdraft_interest", "expense"),
    Account("bank_fee", "expense"),  # discount of bills included
    Account("income_tax", "expense"),
    Account("overdraft_line", "memo"),  # how far the account may go below zero on this day
    Account("pledge_line", "memo"),  # how much may be borrowed against receivables on this day
    Account("overdue_payables", "memo"),  # part of payables: due, but put off for want of cash
    Account("insured_receivables", "memo"),  # part of receivables: insured, within the insurer's limits
    Account("factored_receivables", "memo"),  # part of receivables: sold to a factor
)
"""Append only, within the kinds' order as far as it goes."""

ACCOUNTS = tuple(account.name for account in CHART)
_PLACE = {name: place for place, name in enumerate(ACCOUNTS)}


def places(*kinds: AccountKind) -> NDArray[np.intp]:
    """Where do the accounts of these kinds stand in the chart?"""
    return np.array([place for place, account in enumerate(CHART) if account.kind in kinds], dtype=np.intp)


@dataclass(frozen=True, eq=False)
class Closings:
    """The table `balance` as arrays. `amounts`: (runs, closings, accounts); `days`: (closings,), the opening first."""

    days: NDArray[np.int32]
    amounts: Longs

    def of(self, *names: str) -> Longs:
        """The sum of some accounts at (or since the last) closing, shape (runs, closings)."""
        total: Longs = self.amounts[..., [_PLACE[name] for name in names]].sum(axis=-1)
        return total

    def total(self, *kinds: AccountKind) -> Longs:
        """The sum of all accounts of these kinds, shape (runs, closings)."""
        found: Longs = self.amounts[..., places(*kinds)].sum(axis=-1)
        return found

    @property
    def profit(self) -> Longs:
        """Profit after tax since the closing before, shape (runs, closings)."""
        return self.total("income") - self.total("expense")

    @property
    def bank(self) -> Longs:
        """What the account statement shows, below zero when overdrawn; shape (runs, closings)."""
        return self.of("cash") - self.of("overdraft")

    def cash_flow(self) -> dict[str, Longs]:
        """The indirect cash flow of each period: profit and what freed or tied up money, shape (runs, closings - 1).

        Keys: `profit`, one per balance-sheet account that is neither cash nor profit, `financing` for loans and
        factoring together, and `total`, the change in the bank account.
        """
        lines = {"profit": self.profit[:, 1:]}
        financing = np.zeros_like(lines["profit"])
        for account in CHART:
            if account.kind not in ("asset", "liability", "equity"):
                continue
            if account.name in ("cash", "overdraft", "retained"):
                continue
            sign = -1 if account.kind == "asset" else 1
            change = sign * np.diff(self.of(account.name), axis=1)
            if account.financing:
                financing = financing + change
            else:
                lines[account.name] = change
        lines["financing"] = financing
        lines["total"] = np.sum(list(lines.values()), axis=0)
        return lines


def closings_of(balance: pd.DataFrame, runs: Iterable[int]) -> Closings:
    """The table `balance` as arrays, runs in this order. An empty table has no closings.

    Raises ValueError when the table is not dense (the laws of a ledger say so before).
    """
    names = list(runs)
    days = np.unique(balance["closed_on"].to_numpy())
    shape = (len(names), len(days), len(CHART))
    if len(balance) != np.prod(shape):
        raise ValueError("the table of balances is not dense")
    run = balance["run"].to_numpy()
    code = pd.Categorical(balance["account"], categories=list(ACCOUNTS)).codes
    order = np.lexsort((code, balance["closed_on"].to_numpy(), run))
    amounts = balance["amount_fen"].to_numpy(dtype=np.int64)[order].reshape(shape)
    rank = np.argsort(np.argsort(np.array(names)))
    return Closings(days.astype(np.int32), amounts[rank])


def closing_days(first: Day, last: Day) -> NDArray[np.int32]:
    """On which evenings are the books closed? Before the first day, at each month's end, on the last day."""
    months = np.arange(np.datetime64(first, "D"), np.datetime64(last, "D") + 1).astype("datetime64[M]")
    ends = (np.unique(months) + 1).astype("datetime64[D]").astype(np.int64) - 1
    return np.unique(np.concatenate([[first - 1], np.minimum(ends, last)])).astype(np.int32)
