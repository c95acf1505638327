"""Which invoices were at risk of being paid on which days past due, and on which of them were they paid?

A spell begins when the invoice is out (earlier it could not be paid: left truncation) and ends with its payment, or
with the ledger (censored). A payment is posted on a pay day but was ready at some day since the last one: it counts in
equal parts on each of them, as the engine's clock will make it wait for the pay day again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER, Day
from sim.measure.books import Books
from sim.model.behaviour import FIRST_LATENESS, LAST_LATENESS
from sim.model.ledger import Ledger

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Spells:
    """One row per invoice. `start`, `end`: days past due; at risk on start + 1 .. end."""

    customer: Ints
    document: Ints
    invoiced_on: Ints  # NEVER where the ledger does not say
    due_on: Ints
    amount_fen: Ints
    start: Ints
    end: Ints
    paid_on: Ints  # NEVER: still open at the end
    is_invoice: NDArray[np.bool_]  # issued within the ledger's days, not an opening item

    def __len__(self) -> int:
        return len(self.customer)

    @property
    def is_paid(self) -> NDArray[np.bool_]:
        """Does the spell end with a payment?"""
        return self.paid_on != NEVER

    def only(self, keep: NDArray[np.bool_]) -> "Spells":
        """Some of the spells."""
        return Spells(**{name: getattr(self, name)[keep] for name in self.__dataclass_fields__})


def spells_of(ledger: Ledger) -> Spells:
    """All invoices of a ledger (of one run) as spells; what was written off is censored on that day."""
    documents = Books(ledger).documents
    owed = documents.billed > 0
    dated = "invoice_dates" in ledger.coverage
    due = documents.due_on
    settled = np.where(documents.settled_on == NEVER, ledger.last, documents.settled_on)
    end = np.where(documents.is_paid, settled, np.minimum(settled, ledger.last)) - due
    if dated:
        out_since = np.where(
            documents.is_invoice, documents.invoiced_on, np.maximum(documents.invoiced_on, ledger.first - 1)
        )
        start = out_since - due
    else:  # nothing was seen that began later than the first payment seen, so early
        start = np.full(len(due), end.min(initial=0) - 1)
    start = np.clip(start, FIRST_LATENESS - 1, LAST_LATENESS - 1)
    return Spells(
        customer=documents.customer, document=documents.code, due_on=due, amount_fen=documents.billed,
        invoiced_on=documents.invoiced_on if dated else np.full(len(due), NEVER), start=start,
        end=np.clip(np.maximum(end, start + 1), FIRST_LATENESS, LAST_LATENESS),
        paid_on=np.where(documents.is_paid, documents.settled_on, NEVER), is_invoice=documents.is_invoice,
    ).only(owed)  # fmt: skip


def ready_since(spells: Spells, gaps: Ints) -> Ints:
    """The first day past due on which each payment may have been ready."""
    return np.clip(spells.end - gaps + 1, spells.start + 1, spells.end)


@dataclass(frozen=True)
class Exposure:
    """By customer and day past due, shape (customers, days): payments that became ready, and invoices at risk."""

    first: Day  # days past due of column 0
    ready: Floats
    at_risk: Floats

    @property
    def days(self) -> Ints:
        """The days past due of the columns."""
        return np.arange(self.first, self.first + self.ready.shape[1])


def exposure(spells: Spells, gaps: Ints, customers: int, first: Day, last: Day) -> Exposure:
    """Payments made ready and invoices at risk, day by day from `first` to `last`. `gaps` as in `pay_gaps`."""
    width = last - first + 1
    paid = spells.is_paid
    who, end = spells.customer[paid], spells.end[paid]
    begin = ready_since(spells, gaps)[paid]
    part = 1.0 / (end - begin + 1)
    changes = np.zeros((customers, width + 1))
    np.add.at(changes, (who, begin - first), part)
    np.add.at(changes, (who, end + 1 - first), -part)
    ready = np.maximum(np.cumsum(changes, axis=1)[:, :width], 0.0)
    entered = np.zeros((customers, width + 1))
    np.add.at(entered, (spells.customer, spells.start + 1 - first), 1.0)
    np.add.at(entered, (spells.customer[~paid], spells.end[~paid] + 1 - first), -1.0)
    before = np.concatenate([np.zeros((customers, 1)), np.cumsum(ready, axis=1)[:, :-1]], axis=1)
    at_risk = np.maximum(np.cumsum(entered, axis=1)[:, :width] - before, 0.0)
    return Exposure(first, ready, np.maximum(at_risk, ready))
