"""Which figures of a real account can a scenario's cards be dealt with? What the ledger does not tell is left out."""

from __future__ import annotations

import numpy as np

from sim.base.days import NEVER, Day, date_of
from sim.base.errors import BadInput, Problem
from sim.measure import Books
from sim.measure.by_customer import limits
from sim.model.ledger import Ledger
from sim.roleplay.facts import Dealt, Facts

YUAN = 100


def deal(ledger: Ledger, customer: str, as_of: Day | None = None) -> Dealt:
    """The account's figures at the end of this day (by default the ledger's last). Raises BadInput.

    Whole yuan and days: balance, overdue, oldest overdue item, days late of it, average days late and terms of the last
    year's invoices, broken promises, credit limit. A run is needed: of several, the first is read.
    """
    names = [str(name) for name in ledger.customers["customer"]]
    if customer not in names:
        known = {"known": ", ".join(names[:12])}
        raise BadInput([Problem("roleplay.no_such_customer", "--customer", customer, known)])
    day = ledger.last if as_of is None else as_of
    books, code = Books(ledger.known_by(day)), names.index(customer)
    figures = {**_owed(books, code, day), **_promises(books, code), **_limit(books, code, day)}
    if figures.get("balance", 0) <= 0:
        raise BadInput([Problem("roleplay.owes_nothing", "--customer", customer)])
    return Dealt(customer, date_of(day), figures)


def check_dealt(facts: Facts) -> None:
    """Raises BadInput when the case has sums of its own only, or the account owes nothing of what it is about."""
    if facts.dealt is None:
        return
    if not any(fact.source for fact in facts.scenario.facts.values()):
        raise BadInput([Problem("roleplay.not_dealable", "--from", facts.scenario.number)])
    if not facts.values["owed"]:
        raise BadInput([Problem("roleplay.nothing_late", "--customer", facts.dealt.customer)])


def _owed(books: Books, code: int, day: Day) -> dict[str, float]:
    """What is open, what of it is late, and how late and on which terms this customer is."""
    entries = books.ledger.entries
    mine = books.in_ar & (entries["customer"].to_numpy() == code) & (books.run_at == 0)
    frame = entries.loc[mine, ["against", "document", "due_on", "invoiced_on", "original_due_on"]].copy()
    frame["open"] = books.amount[mine]
    invoice = np.where(frame["against"].to_numpy() >= 0, frame["against"], frame["document"])
    owed = (
        frame.assign(invoice=invoice)
        .groupby("invoice")
        .agg(open=("open", "sum"), due=("due_on", "first"), invoiced=("invoiced_on", "first"))
    )
    owed = owed[owed["open"] > 0]
    figures = {"balance": float(owed["open"].sum() // YUAN)}
    dated = owed[owed["due"] < NEVER]
    late = dated[dated["due"] < day]
    figures["overdue"] = float(late["open"].sum() // YUAN)
    if len(late):
        oldest = late.sort_values("due").iloc[0]
        figures["oldest"] = float(oldest["open"] // YUAN)
        figures["days_late"] = float(day - oldest["due"])
        figures["average_late"] = float(round((day - late["due"]).mean()))
    terms = (dated["due"] - dated["invoiced"])[dated["invoiced"] < NEVER]
    if len(terms):
        figures["terms"] = float(round(terms.median()))
    return figures


def _promises(books: Books, code: int) -> dict[str, float]:
    if "promises" not in books.ledger.coverage:
        return {}
    broken = books.actions("promise_broken")
    mine = (broken["customer"].to_numpy() == code) & (broken["run"].to_numpy() == books.ledger.runs[0])
    days = broken["happened_on"].to_numpy()[mine]  # one promise may be for several invoices
    return {"broken_promises": float(len(np.unique(days)))}


def _limit(books: Books, code: int, day: Day) -> dict[str, float]:
    if "limits" not in books.ledger.coverage:
        return {}
    limit = limits(books, np.array([day]))[0, 0, code]
    return {} if np.isnan(limit) else {"limit": float(limit // YUAN)}
