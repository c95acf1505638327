"""What does each customer owe on the opening day, and how was settled what is no longer owed?

Opening items and history are tables of invoices: ids as text, days as day numbers, amounts in fen. Together they hold
every invoice that was open at some time in the months before the opening day.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.base.days import Day, date_of
from sim.base.errors import Problems

MOST_FEN = 10**15
"""No order is larger, and all customers together buy no more in a year: sums of money stay exact."""
FARTHEST_DAYS = 36_525
"""Opening items are not older, nor due later, than a century."""
SETTLED_BY = ("receipt", "discount", "credit_note", "bill_received", "write_off")
"""How an invoice of the history, or a part of it, was settled: kinds of ledger entry that take away."""
LEFT_OUT: dict[str, int] = {"disputed": 0}
"""Columns that a table may lack, and what then stands there."""

NO_OPENING = pd.DataFrame(
    {
        "customer": pd.Series(dtype="str"),
        "document": pd.Series(dtype="str"),
        "invoiced_on": pd.Series(dtype="int32"),
        "due_on": pd.Series(dtype="int32"),
        "amount_fen": pd.Series(dtype="int64"),
        "disputed": pd.Series(dtype="int8"),
    }
)
"""No opening items. `amount_fen` is what is still open; `disputed` is 1 for an item in dispute on the opening day."""

NO_HISTORY = pd.DataFrame(
    {
        "customer": pd.Series(dtype="str"),
        "document": pd.Series(dtype="str"),
        "invoiced_on": pd.Series(dtype="int32"),
        "due_on": pd.Series(dtype="int32"),
        "kind": pd.Series(dtype="str"),
        "amount_fen": pd.Series(dtype="int64"),
        "settled_on": pd.Series(dtype="int32"),
        "disputed": pd.Series(dtype="int8"),
    }
)
"""No history. One row per settlement: most invoices have one, a receipt of the whole; one paid in parts, or partly
credited, has several, and what is left of it stands among the opening items under the same customer, document and
dates. `disputed` is 1 for an invoice that was ever in dispute."""

ITEM = ["customer", "document", "invoiced_on", "due_on"]
"""What tells one invoice (or one instalment of it) from another."""
_DAYS = ("invoiced_on", "due_on", "settled_on")
_MOST_TOLD = 5  # of one column
_MOST_YEARS = 100
"""A history may hold so many years' worth of the largest sales: its sums stay exact."""


def check_items(
    name: str, table: pd.DataFrame, customers: set[str] | None, as_of: Day, problems: Problems
) -> None:
    """Note what is wrong with the opening items (`name` = "opening") or the history."""
    model = NO_OPENING if name == "opening" else NO_HISTORY
    absent = sorted(set(model.columns) - set(table.columns) - set(LEFT_OUT))
    for column in absent:
        problems.add("missing", f"{name}.{column}")
    if absent:
        return
    if customers is not None:
        for customer in sorted(set(table["customer"].unique().astype(str)) - customers)[:_MOST_TOLD]:
            problems.add("unknown_customer", f"{name}.customer", customer)
    most = MOST_FEN if name == "opening" else MOST_FEN * _MOST_YEARS
    _check_amounts(name, table, most, problems)
    _check_days(name, table, as_of, problems)
    if name == "history":
        _check_settled(table, as_of, problems)
    flags = pd.to_numeric(table.get("disputed", pd.Series(dtype=float)), errors="coerce")
    for flag in flags[~flags.isin([0, 1])].head(_MOST_TOLD):
        problems.add("out_of_range", f"{name}.disputed", flag, low=0, high=1)


def _check_amounts(name: str, table: pd.DataFrame, most: int, problems: Problems) -> None:
    amounts = pd.to_numeric(table["amount_fen"], errors="coerce").to_numpy(dtype=np.float64)
    for amount in amounts[(amounts <= 0) | (amounts != np.rint(amounts))][:_MOST_TOLD]:
        rule = "must_be_positive" if amount <= 0 else "not_whole_number"
        problems.add(rule, f"{name}.amount_fen", float(amount))
    if amounts.sum() > most:
        problems.add("out_of_range", f"{name}.amount_fen", f"{amounts.sum():g}", low="0", high=f"{most:g}")


def _check_days(name: str, table: pd.DataFrame, as_of: Day, problems: Problems) -> None:
    if (table["invoiced_on"] > as_of).any():
        told = date_of(as_of)
        problems.add("after_as_of", f"{name}.invoiced_on", str(told), as_of=told)
    low, high = (str(date_of(as_of + side * FARTHEST_DAYS)) for side in (-1, 1))
    for column in (day for day in _DAYS if day in table):
        for day in table[column][~((table[column] - as_of).abs() <= FARTHEST_DAYS)].head(_MOST_TOLD):
            shown = "" if pd.isna(day) else str(date_of(day))
            problems.add("out_of_range", f"{name}.{column}", shown, low=low, high=high)


def _check_settled(table: pd.DataFrame, as_of: Day, problems: Problems) -> None:
    """A settlement is of a known kind, not before its invoice and not after the opening day."""
    for kind in sorted(set(table["kind"].unique().astype(str)) - set(SETTLED_BY))[:_MOST_TOLD]:
        problems.add("not_a_choice", "history.kind", kind, expected=", ".join(SETTLED_BY))
    settled, invoiced = table["settled_on"], table["invoiced_on"]
    for rule, wrong in (("settled_too_early", settled < invoiced), ("settled_too_late", settled > as_of)):
        for document in table["document"][wrong].head(_MOST_TOLD):
            problems.add(rule, "history.settled_on", str(document), as_of=date_of(as_of))


def typed_items(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """A table that was checked, with the columns and types of NO_OPENING or NO_HISTORY."""
    model = NO_OPENING if name == "opening" else NO_HISTORY
    typed: dict[str, Any] = {}
    for column, dtype in model.dtypes.items():
        values = table[column] if column in table else pd.Series(LEFT_OUT[str(column)], index=table.index)
        if dtype.kind == "i":
            typed[str(column)] = pd.to_numeric(values).to_numpy().astype(dtype)
        else:
            typed[str(column)] = values.astype("str")
    return pd.DataFrame(typed, index=table.index)
