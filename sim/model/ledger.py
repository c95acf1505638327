"""What could anyone have written down? Five tables, the same whether simulated or read from an ERP export.

Days are day numbers (see sim.base.days); NEVER stands for a day that has not come. Money is int64 fen. A row's `run` is
the replication it belongs to (0 for real data). `customer` and `document` are codes into `customers` and
`document_ids`. Every entry carries the dates of the invoice it acts against, so no figure needs a join.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER, Day, dates_of
from sim.model.accounts import ACCOUNTS
from sim.model.moves import MOVE_NAMES

ENTRY_KINDS = (
    "opening", "invoice", "receipt", "discount", "credit_note", "bill_received", "bill_bounced",
    "write_off", "recovery", "interest", "reversal",
)  # fmt: skip
OUTSIDE_AR = ("recovery",)
"""Entries that do not change what is open: cash received on what was written off before."""

ACTION_KINDS = (
    "contact", "promise_made", "promise_kept", "promise_broken", "dispute_opened", "dispute_settled",
    "default_known", "insolvent",
    "plan_made", "plan_kept", "plan_broken", "stop_supply", "supply_again", "handed_over", "handed_back",
    "limit_change", "grade_change", "alert", "exited", "churned", "satisfaction", "guarantee", "override",
    "order_changed", "order_cancelled", "complaint", "staff_left", "staff_joined", "bill_matured", "bill_discounted",
    "deposit", "insurance_cut", "claim", "line_cut",
    "court_ruling", "grievance",
)  # fmt: skip
"""Append only. `satisfaction`: a monthly reading per customer, amount = points * 100."""
OUTCOMES = (
    "", "reached", "not_reached", "sent", "credited", "rejected",
    "agency", "court", "payment_order", "won", "lost", "objected", "collected", "closed",
    "grade_a", "grade_b", "grade_c", "grade_d", "grade_e",
    "late_streak", "utilisation", "grade_drop", "order_spike", "disputes_rise", "silence",
    "paid", "refused", "accepted", "unlawful",
    "factor", "bank",
)  # fmt: skip
HOLD_REASONS = (
    "",
    "limit",
    "overdue",
    "approval",
    "stop_supply",
    "cut_off",
    "exit",
    "prepay",
    "plan",
    "hold",
    "cancelled",
)
CASH_KINDS = (
    "opening", "receipt", "recovery", "supplier", "fixed_cost", "payroll", "collection", "dispute_desk", "interest",
    "deposit", "bill_matured", "bill_discounted", "indemnity", "factoring", "loan", "agency", "legal", "premium",
    "factoring_fee", "loan_interest", "bank_fee", "commission", "training", "service", "information", "rebate", "vat",
    "tax", "stock",
)  # fmt: skip
"""Append only. `factoring` and `loan` go both ways (advance in, repayment out)."""

INT32, INT64 = "int32", "int64"
ENTRY_DTYPES = {
    "run": INT32, "happened_on": INT32, "known_on": INT32, "customer": INT32, "kind": ENTRY_KINDS, "document": INT64,
    "against": INT64, "amount_fen": INT64, "invoiced_on": INT32, "due_on": INT32, "original_due_on": INT32,
}  # fmt: skip
ORDER_DTYPES = {
    "run": INT32, "order": INT64, "customer": INT32, "wanted_on": INT32, "amount_fen": INT64, "held_on": INT32,
    "hold_reason": HOLD_REASONS, "released_on": INT32, "lost_on": INT32,
}  # fmt: skip
ACTION_DTYPES = {
    "run": INT32, "happened_on": INT32, "known_on": INT32, "customer": INT32, "kind": ACTION_KINDS, "document": INT64,
    "move": ("", *MOVE_NAMES), "outcome": OUTCOMES, "amount_fen": INT64, "until": INT32, "minutes": INT32,
}  # fmt: skip
CASH_DTYPES = {
    "run": INT32,
    "happened_on": INT32,
    "kind": CASH_KINDS,
    "amount_fen": INT64,
    "balance_fen": INT64,
}
BALANCE_DTYPES = {"run": INT32, "closed_on": INT32, "account": ACCOUNTS, "amount_fen": INT64}
"""The seller's monthly accounts; see sim.model.accounts."""
TABLES: dict[str, Mapping[str, object]] = {
    "entries": ENTRY_DTYPES, "orders": ORDER_DTYPES, "actions": ACTION_DTYPES, "cash": CASH_DTYPES,
    "balance": BALANCE_DTYPES,
}  # fmt: skip
NO_DOCUMENT = -1
"""An action on the whole account rather than on one invoice."""

DAY_COLUMNS = frozenset(
    {"happened_on", "known_on", "invoiced_on", "due_on", "original_due_on", "wanted_on", "held_on", "released_on",
     "lost_on", "until", "closed_on"}
)  # fmt: skip

COVERAGE = (
    "invoice", "receipt", "discount", "credit_note", "write_off", "recovery", "orders", "contacts", "promises",
    "disputes", "defaults", "cash", "bills", "limits", "grades", "alerts", "churn", "satisfaction", "plans", "stops",
    "handovers", "invoice_dates", "open_items", "dispute_flags", "accounts",
)  # fmt: skip
"""What a ledger may have recorded. What is not in `Ledger.coverage` is unknown, not zero.

The last four are not kinds of event. `invoice_dates`: without it, `invoiced_on` is NEVER and an invoice's entry stands
on the first day that proves the invoice (due or paid), so nothing may be measured from the invoice date.
`open_items`: what was still open on the last day is in it. `dispute_flags`: which invoices were ever disputed is
known, not when: a `dispute_opened` stands on the day of its invoice, is known on the last day, and gives a rate only.
`accounts`: the table `balance` is filled.
"""


@dataclass(frozen=True)
class Ledger:
    """One seller's receivables over a stretch of days, in one currency, for one or many runs.

    Complete from `first` to `last` (both included). `runs` names the replications, in the order of their rows.
    `seller` holds the company's figures that some measures need (margin, cost of funds ...), where known.
    """

    entries: pd.DataFrame
    orders: pd.DataFrame
    actions: pd.DataFrame
    cash: pd.DataFrame
    customers: pd.DataFrame
    first: Day
    last: Day
    runs: tuple[int, ...] = (0,)
    currency: str = "CNY"
    coverage: frozenset[str] = frozenset()
    document_ids: NDArray[np.object_] | None = None
    seller: Mapping[str, int] = field(default_factory=dict)
    balance: pd.DataFrame = field(default_factory=lambda: empty(BALANCE_DTYPES))

    def known_by(self, day: Day) -> "Ledger":
        """The ledger as it could be read at the end of this day: nothing known later is in it."""
        keep = {name: getattr(self, name) for name in ("entries", "actions")}
        seen = {name: table[table["known_on"].to_numpy() <= day] for name, table in keep.items()}
        cash = self.cash[self.cash["happened_on"].to_numpy() <= day]
        coverage = self.coverage - {"dispute_flags"} if day < self.last else self.coverage
        orders = _orders_by(self.orders, day)
        balance = self.balance[self.balance["closed_on"].to_numpy() <= day]
        return replace(
            self,
            **seen,
            orders=orders,
            cash=cash,
            balance=balance,
            last=min(self.last, day),
            coverage=coverage,
        )

    def dated(self, table: str) -> pd.DataFrame:
        """One table for people: dates instead of day numbers (NaT where none), customers by their id.

        What concerns no customer but the seller itself has the id "".
        """
        frame: pd.DataFrame = getattr(self, table).copy()
        for name in DAY_COLUMNS & set(frame.columns):
            days = frame[name].to_numpy()
            frame[name] = np.where(
                days == NEVER, np.datetime64("NaT", "D"), dates_of(np.where(days == NEVER, 0, days))
            )
        if "customer" in frame:
            code = frame["customer"].to_numpy()
            names = np.append(self.customers["customer"].to_numpy(dtype=object), "")
            frame["customer"] = names[np.where(code < 0, len(self.customers), code)]
        return frame


def _orders_by(orders: pd.DataFrame, day: Day) -> pd.DataFrame:
    seen = orders[orders["wanted_on"].to_numpy() <= day].copy()
    for name in ("held_on", "released_on", "lost_on"):
        seen[name] = np.where(seen[name].to_numpy() <= day, seen[name].to_numpy(), NEVER).astype(np.int32)
    blocked = (seen["held_on"].to_numpy() != NEVER) | (seen["lost_on"].to_numpy() != NEVER)
    seen["hold_reason"] = seen["hold_reason"].where(blocked, "")
    return seen


def table(dtypes: Mapping[str, object], columns: Mapping[str, NDArray[np.generic]]) -> pd.DataFrame:
    """A ledger table from plain arrays; a column with named values is given as codes into those names."""
    data: dict[str, Any] = {}
    for name, dtype in dtypes.items():
        values = columns[name]
        if isinstance(dtype, tuple):
            data[name] = pd.Categorical.from_codes(np.asarray(values, dtype=np.int8), dtype=_category(dtype))
        else:
            data[name] = np.asarray(values, dtype=str(dtype))
    return pd.DataFrame(data, copy=False)


def empty(dtypes: Mapping[str, object]) -> pd.DataFrame:
    """A ledger table without rows."""
    return table(dtypes, {name: np.zeros(0, dtype=np.int64) for name in dtypes})


@cache
def _category(names: tuple[str, ...]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(list(names), ordered=False)
