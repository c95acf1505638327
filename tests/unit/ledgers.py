"""How does a test write down a small ledger? As the sentences of a bookkeeper.

    book(invoice("A", 100, day="2025-01-10", net=30), receipt("A", 60, day="2025-02-01"))

Amounts are in fen, without sign. A day is a day number or a date; `known` is when it became known (default: at once).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from sim.base.days import NEVER, Day, day_of
from sim.model.ledger import (
    ACTION_DTYPES,
    CASH_DTYPES,
    COVERAGE,
    ENTRY_DTYPES,
    NO_DOCUMENT,
    ORDER_DTYPES,
    Ledger,
    table,
)

When = Day | str
EVERYTHING = frozenset(COVERAGE)


@dataclass(frozen=True)
class Event:
    """One row of one table, not yet with its codes."""

    table: str
    values: Mapping[str, Any]
    run: int = 0


def on(day: When | None) -> Day:
    """A day number, from a day number or a date; None is never."""
    return NEVER if day is None else day_of(day) if isinstance(day, str) else day


@dataclass(frozen=True)
class _Entry:
    kind: str
    sign: int


def _entry(
    kind: str, document: str, amount: int, day: When, *, run: int = 0, known: When | None = None, **more
) -> Event:
    happened = on(day)
    values = {
        "kind": kind,
        "amount_fen": amount,
        "happened_on": happened,
        "document": document,
        "against": document,
    }
    return Event("entries", {**values, "known_on": happened if known is None else on(known), **more}, run)


def invoice(
    document: str, amount: int, *, day: When = 0, net: int = 30, due: When | None = None,
    original_due: When | None = None, customer: str = "C1", run: int = 0, known: When | None = None,
    kind: str = "invoice",
) -> Event:  # fmt: skip
    """We billed a customer."""
    due_on = on(day) + net if due is None else on(due)
    dates = {
        "invoiced_on": on(day),
        "due_on": due_on,
        "original_due_on": due_on if original_due is None else on(original_due),
    }
    return _entry(kind, document, amount, day, run=run, known=known, customer=customer, **dates)


def opening(
    document: str,
    amount: int,
    *,
    day: When = 0,
    first: When = 0,
    net: int = 30,
    customer: str = "C1",
    run: int = 0,
) -> Event:
    """A customer owed us this (invoiced on `day`) when the ledger began."""
    billed = invoice(document, amount, day=day, net=net, customer=customer, run=run, kind="opening")
    return Event("entries", {**billed.values, "happened_on": on(first), "known_on": on(first)}, run)


def receipt(document: str, amount: int, *, day: When, run: int = 0, known: When | None = None) -> Event:
    """The customer paid (part of) an invoice."""
    return _entry("receipt", document, -amount, day, run=run, known=known)


def discount(document: str, amount: int, *, day: When, run: int = 0) -> Event:
    """The customer took early-payment discount."""
    return _entry("discount", document, -amount, day, run=run)


def credit_note(document: str, amount: int, *, day: When, run: int = 0) -> Event:
    """We took back (part of) an invoice."""
    return _entry("credit_note", document, -amount, day, run=run)


def write_off(document: str, amount: int, *, day: When, run: int = 0) -> Event:
    """We gave up (part of) an invoice."""
    return _entry("write_off", document, -amount, day, run=run)


def recovery(document: str, amount: int, *, day: When, run: int = 0) -> Event:
    """Money came in on what was written off."""
    return _entry("recovery", document, -amount, day, run=run)


def interest(document: str, amount: int, *, day: When, run: int = 0) -> Event:
    """We charged late-payment interest."""
    return _entry("interest", document, amount, day, run=run)


def reversal(document: str, amount: int, *, day: When, run: int = 0) -> Event:
    """Positive: a payment was undone. Negative: an invoice was cancelled."""
    return _entry("reversal", document, amount, day, run=run)


def bill_received(document: str, amount: int, *, day: When, run: int = 0) -> Event:
    """The customer gave a bill of exchange for (part of) an invoice."""
    return _entry("bill_received", document, -amount, day, run=run)


def bill_bounced(document: str, amount: int, *, day: When, run: int = 0) -> Event:
    """A bill was not honoured: the invoice is owed again."""
    return _entry("bill_bounced", document, amount, day, run=run)


def on_account(document: str, amount: int, *, day: When, customer: str = "C1", run: int = 0) -> Event:
    """The customer paid, and nobody knows for what: a credit of its own."""
    dates = dict.fromkeys(("invoiced_on", "due_on", "original_due_on"), NEVER)
    return _entry("receipt", document, -amount, day, run=run, customer=customer, **dates, unmatched=True)


def order(
    amount: int, *, wanted: When, held: When | None = None, released: When | None = None, lost: When | None = None,
    reason: str = "limit", customer: str = "C1", run: int = 0, document: str | None = None,
) -> Event:  # fmt: skip
    """A customer wanted to buy; `document` is the invoice it became."""
    days = {"wanted_on": on(wanted), "held_on": on(held), "released_on": on(released), "lost_on": on(lost)}
    why = "" if held is None and lost is None else reason
    about = {"amount_fen": amount, "customer": customer, "hold_reason": why, "document": document}
    return Event("orders", {**about, **days}, run)


def action(
    kind: str, *, day: When, document: str | None = None, customer: str | None = "C1", amount: int = 0,
    until: When | None = None, minutes: int = 0, move: str = "", outcome: str = "", run: int = 0,
) -> Event:  # fmt: skip
    """Something was done, promised, disputed or found out."""
    values = {
        "kind": kind,
        "happened_on": on(day),
        "known_on": on(day),
        "document": document,
        "customer": customer,
    }
    more = {"amount_fen": amount, "until": on(until), "minutes": minutes, "move": move, "outcome": outcome}
    return Event("actions", {**values, **more}, run)


def cash(kind: str, amount: int, *, day: When, run: int = 0) -> Event:
    """Money moved at the bank (signed)."""
    return Event("cash", {"kind": kind, "amount_fen": amount, "happened_on": on(day)}, run)


def book(
    *events: Event, first: When | None = None, last: When | None = None, coverage: Iterable[str] = EVERYTHING,
    seller: Mapping[str, int] | None = None, runs: tuple[int, ...] | None = None,
) -> Ledger:  # fmt: skip
    """The ledger of these events. By default it reaches from the first event to the last."""
    days = [event.values["happened_on" if event.table != "orders" else "wanted_on"] for event in events] or [
        0
    ]
    writer = _Writer()
    frames = {
        name: writer.frame(name, [event for event in events if event.table == name]) for name in _DTYPES
    }
    return Ledger(
        **frames,
        customers=pd.DataFrame({"customer": pd.Series(writer.customers, dtype="str")}),
        first=min(days) if first is None else on(first),
        last=max(days) if last is None else on(last),
        runs=runs or tuple(sorted({event.run for event in events} or {0})),
        coverage=frozenset(coverage),
        document_ids=np.array(writer.documents, dtype=object),
        seller=dict(seller or {}),
    )


def open_on(ledger: Ledger, day: When, *, run: int = 0) -> dict[str, int]:
    """What was open on each document at the end of a day (documents with nothing open are left out)?"""
    rows = ledger.entries[(ledger.entries["happened_on"] <= on(day)) & (ledger.entries["run"] == run)]
    rows = rows[rows["kind"] != "recovery"]
    names = ledger.document_ids
    assert names is not None
    document = np.where(rows["against"] == NO_DOCUMENT, rows["document"], rows["against"])
    total = rows["amount_fen"].groupby(document).sum()
    return {str(names[int(code)]): int(amount) for code, amount in total.items() if amount}


_DTYPES = {"entries": ENTRY_DTYPES, "orders": ORDER_DTYPES, "actions": ACTION_DTYPES, "cash": CASH_DTYPES}


@dataclass
class _Writer:
    """Gives customers and documents their codes, and entries the dates of their invoice."""

    customers: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    invoices: dict[tuple[int, str], Mapping[str, Any]] = field(default_factory=dict)

    def frame(self, name: str, events: list[Event]) -> pd.DataFrame:
        for event in events:
            if "due_on" in event.values:
                self.invoices[event.run, event.values["document"]] = event.values
        rows = [{"run": event.run, **getattr(self, f"_{name}")(event)} for event in events]
        if name == "cash":
            self._balances(rows)
        return table(
            _DTYPES[name],
            {
                column: self._codes(dtype, [row[column] for row in rows])
                for column, dtype in _DTYPES[name].items()
            },
        )

    @staticmethod
    def _codes(dtype: object, values: list[Any]) -> np.ndarray:
        return np.array(
            [dtype.index(value) for value in values] if isinstance(dtype, tuple) else values, dtype=np.int64
        )

    def _entries(self, event: Event) -> dict[str, Any]:
        values = event.values
        billed = self.invoices[event.run, values["document"]]
        dates = {name: billed[name] for name in ("invoiced_on", "due_on", "original_due_on")}
        document = self._document(values["document"])
        starts = values["kind"] in ("invoice", "opening")
        against = NO_DOCUMENT if values.get("unmatched") or starts else document
        return {
            **values,
            **dates,
            "customer": self._customer(billed["customer"]),
            "document": document,
            "against": against,
        }

    def _orders(self, event: Event) -> dict[str, Any]:
        document = event.values["document"]
        number = NO_DOCUMENT if document is None else self._document(document)
        return {**event.values, "order": number, "customer": self._customer(event.values["customer"])}

    def _actions(self, event: Event) -> dict[str, Any]:
        values = event.values
        document, customer = values["document"], values["customer"]
        code = NO_DOCUMENT if document is None else self._document(document)
        who = NO_DOCUMENT if customer is None else self._customer(customer)
        if document is not None and (event.run, document) in self.invoices:
            who = self._customer(self.invoices[event.run, document]["customer"])
        return {**values, "document": code, "customer": who}

    def _cash(self, event: Event) -> dict[str, Any]:
        return {**event.values, "balance_fen": 0}

    @staticmethod
    def _balances(rows: list[dict[str, Any]]) -> None:
        rows.sort(key=lambda row: (row["run"], row["happened_on"], row["kind"] != "opening"))
        balance: dict[int, int] = {}
        for row in rows:
            balance[row["run"]] = row["balance_fen"] = balance.get(row["run"], 0) + row["amount_fen"]

    def _customer(self, name: str) -> int:
        return _code(self.customers, name)

    def _document(self, name: str) -> int:
        return _code(self.documents, name)


def _code(names: list[str], name: str) -> int:
    if name not in names:
        names.append(name)
    return names.index(name)


def ledger_w(**changes: Any) -> Ledger:
    """Ledger W: eight invoices, terms 30 days, snapshot 30 June 2025; the worked example of the metric definitions."""
    bills = (
        ("I1", "2025-02-10", 100), ("I2", "2025-03-15", 200), ("I3", "2025-03-20", 150), ("I4", "2025-04-05", 300),
        ("I5", "2025-04-28", 120), ("I6", "2025-05-16", 240), ("I7", "2025-06-03", 180), ("I8", "2025-06-20", 160),
    )  # fmt: skip
    paid = (
        ("I1", "2025-04-11", 100),
        ("I2", "2025-04-14", 200),
        ("I4", "2025-05-25", 300),
        ("I5", "2025-06-10", 60),
    )
    events = [invoice(name, amount, day=day) for name, day, amount in bills]
    events += [receipt(name, amount, day=day) for name, day, amount in paid]
    return book(*events, first="2025-02-01", last="2025-06-30", **changes)
