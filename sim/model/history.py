"""What did the books of the past months look like, and what of a ledger is past?

A portfolio's history and its opening items hold every invoice that was open at some time in the months before the
opening day. So they are a ledger, of which any figure can be taken that needs no orders, contacts or cash.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER, Day
from sim.base.errors import BadInput, Problem
from sim.model.items import ITEM, NO_HISTORY, SETTLED_BY, typed_items
from sim.model.ledger import (
    ACTION_DTYPES,
    ACTION_KINDS,
    CASH_DTYPES,
    COVERAGE,
    ENTRY_DTYPES,
    ENTRY_KINDS,
    NO_DOCUMENT,
    ORDER_DTYPES,
    Ledger,
    empty,
    table,
)
from sim.model.portfolio import Portfolio, scenario_for
from sim.model.rules import RECEIPT_BASE
from sim.model.seller import seller_figures

Ints = NDArray[np.int64]
_STARTS = ("opening", "invoice")
_ABOUT_CUSTOMERS = ["customer", "name_en", "name_zh", "segment", "grade", "group"]


def history_ledger(portfolio: Portfolio) -> Ledger:
    """What did the books look like in the months before the opening day?

    From the first day of the month of the earliest settlement to the opening day; what was invoiced before stands there
    as opening entries. What is open at the end are the portfolio's opening items, to the fen. A kind of settlement that
    never occurs is not among what the ledger covers: unknown, not zero. Disputes are flags, without days; one settled
    against the customer whose invoice is still open is not among them.

    Raises BadInput when the portfolio has no history.
    """
    if not len(portfolio.history):
        raise BadInput([Problem("no_history", "history", portfolio.name_en)])
    settled, last = portfolio.history, portfolio.last_day
    first = _month_of(int(settled["settled_on"].min()))
    invoices = _invoices(portfolio)
    entries = _entries(invoices, settled, portfolio, first)
    actions = _dispute_flags(invoices, first, last)
    kinds = set(settled["kind"]) | {"invoice", "receipt", "invoice_dates", "open_items"}
    return Ledger(
        entries=entries, orders=empty(ORDER_DTYPES), actions=actions, cash=empty(CASH_DTYPES),
        customers=portfolio.customers[_ABOUT_CUSTOMERS].reset_index(drop=True),
        first=first, last=last, currency=portfolio.currency,
        coverage=frozenset((kinds | ({"dispute_flags"} if len(actions) else set())) & set(COVERAGE)),
        document_ids=_unique(invoices["document"].to_numpy(dtype=object)),
        seller=seller_figures(scenario_for(portfolio), portfolio.policy_in_force),
    )  # fmt: skip


def history_of(ledger: Ledger, *, first: Day, last: Day) -> pd.DataFrame:
    """How was settled, from the first to the last of these days, what customers owed? Columns of NO_HISTORY.

    Left out: money not matched with an invoice, invoices whose dates are unknown, and those with anything unusual about
    them (a bill that bounced, a reversal, interest).
    """
    entries = ledger.entries
    kind, against = entries["kind"].astype("str"), entries["against"].to_numpy()
    known = (entries["invoiced_on"] != NEVER) & (entries["due_on"] != NEVER)
    usual = kind.isin([*_STARTS, *SETTLED_BY, "recovery"]) & known
    odd = np.unique(against[~usual.to_numpy()])
    billed = np.unique(entries["document"].to_numpy()[kind.isin(_STARTS).to_numpy()])
    day = entries["happened_on"]
    wanted = kind.isin(SETTLED_BY) & (entries["amount_fen"] < 0) & (day >= first) & (day <= last)
    wanted &= (day >= entries["invoiced_on"]) & np.isin(against, billed) & ~np.isin(against, odd)
    rows = entries[(wanted & (against != NO_DOCUMENT)).to_numpy()]
    if not len(rows):
        return NO_HISTORY
    opened = ledger.actions[ledger.actions["kind"] == "dispute_opened"]
    disputed = opened["document"][opened["known_on"] <= last]
    ids = ledger.customers["customer"].astype("str").to_numpy()
    return typed_items(
        "history",
        pd.DataFrame(
            {
                "customer": ids[rows["customer"].to_numpy()],
                "document": document_names(ledger, rows["against"].to_numpy()),
                "invoiced_on": rows["invoiced_on"], "due_on": rows["due_on"], "kind": rows["kind"].astype("str"),
                "amount_fen": -rows["amount_fen"], "settled_on": rows["happened_on"],
                "disputed": np.isin(rows["against"], disputed),
            }
        ).reset_index(drop=True),
    )  # fmt: skip


def document_names(ledger: Ledger, codes: NDArray[np.integer]) -> list[str]:
    """What are documents called in the seller's own books? Their code where they have no name."""
    ids = ledger.document_ids
    return [str(ids[code]) if ids is not None and code < len(ids) else str(code) for code in codes]


def _month_of(day: Day) -> Day:
    """The first day of the month of a day."""
    return int(
        np.array(day, dtype="datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(int)
    )


def _invoices(portfolio: Portfolio) -> pd.DataFrame:
    """One row per invoice, in the order of its number: what was billed, and was it ever in dispute?"""
    both = pd.concat([portfolio.history[[*ITEM, "amount_fen", "disputed"]], portfolio.opening])
    found = both.groupby(ITEM, as_index=False).agg(billed=("amount_fen", "sum"), disputed=("disputed", "max"))
    found = found.sort_values(["invoiced_on", "customer", "document", "due_on"], ignore_index=True)
    codes = {name: code for code, name in enumerate(portfolio.column("customer"))}
    return found.assign(code=[codes[name] for name in found["customer"]], number=np.arange(len(found)))


def _entries(invoices: pd.DataFrame, settled: pd.DataFrame, portfolio: Portfolio, first: Day) -> pd.DataFrame:
    """An entry for every invoice and one for each settlement; one payment document per customer and day."""
    of = settled[ITEM].merge(invoices[[*ITEM, "number", "code"]], on=ITEM, how="left")
    number, who = of["number"].to_numpy(), of["code"].to_numpy()
    days = settled["settled_on"].to_numpy().astype(np.int64)
    payment = RECEIPT_BASE + (days - first) * len(portfolio) + who
    paid = settled["kind"].isin(["receipt", "bill_received"]).to_numpy()
    born = invoices["invoiced_on"].to_numpy().astype(np.int64)
    is_old = born < first
    kinds = [ENTRY_KINDS.index(kind) for kind in settled["kind"]]
    columns: dict[str, Ints] = {
        "happened_on": np.concatenate([np.where(is_old, first - 1, born), days]),
        "kind": np.concatenate([np.where(is_old, *(ENTRY_KINDS.index(kind) for kind in _STARTS)), kinds]),
        "document": np.concatenate([invoices["number"], np.where(paid, payment, number)]),
        "against": np.concatenate([invoices["number"], number]),
        "amount_fen": np.concatenate([invoices["billed"], -settled["amount_fen"]]),
    }
    keys = [columns[name] for name in ("against", "kind", "document", "happened_on")]
    columns = {name: column[np.lexsort(keys)] for name, column in columns.items()}
    at = columns["against"]
    due = invoices["due_on"].to_numpy()[at]
    return table(
        ENTRY_DTYPES,
        {
            **columns, "run": np.zeros(len(at), dtype=np.int64), "known_on": columns["happened_on"],
            "customer": invoices["code"].to_numpy()[at], "invoiced_on": born[at], "due_on": due, "original_due_on": due,
        },
    )  # fmt: skip


def _dispute_flags(invoices: pd.DataFrame, first: Day, last: Day) -> pd.DataFrame:
    """A flag has no day: it stands on the day of its invoice and is known on the last day only."""
    rows = invoices[(invoices["disputed"] == 1) & (invoices["invoiced_on"] >= first)]
    rows = rows.sort_values(["invoiced_on", "code", "number"])
    zeros = np.zeros(len(rows), dtype=np.int64)
    return table(
        ACTION_DTYPES,
        {
            "run": zeros, "happened_on": rows["invoiced_on"].to_numpy(), "known_on": zeros + last,
            "customer": rows["code"].to_numpy(), "kind": zeros + ACTION_KINDS.index("dispute_opened"),
            "document": rows["number"].to_numpy(), "move": zeros, "outcome": zeros,
            "amount_fen": rows["billed"].to_numpy(), "until": zeros + NEVER, "minutes": zeros,
        },
    )  # fmt: skip


def _unique(names: NDArray[np.object_]) -> NDArray[np.object_]:
    """The second and later documents of one number get /2, /3 ..."""
    series = pd.Series(names)
    repeat = series.groupby(series).cumcount().to_numpy()
    return np.array(
        [f"{name}/{n + 1}" if n else name for name, n in zip(names, repeat, strict=True)], dtype=object
    )
