"""Do customers keep their promises to pay?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.measure import formulas
from sim.measure.books import Books
from sim.measure.disputes import pairs
from sim.measure.periods import Periods
from sim.measure.registry import metric
from sim.model.ledger import ACTION_KINDS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Promises:
    """Promises that have been judged: run (position), the day promised, kept in full or not, promised and paid."""

    run: Ints
    until: Ints
    is_kept: NDArray[np.bool_]
    promised: Ints
    paid: Ints


def promises_of(books: Books) -> Promises:
    """All promises judged by now. The n-th judgement on a document is of its n-th promise.

    Those whose day (and grace) has not come are left out. A promise on an invoice that was closed without a judgement
    (written off, credited) was not kept.
    """
    return books.once("promises", lambda: _promises(books))


def _promises(books: Books) -> Promises:
    made, documents = books.actions("promise_made"), books.documents
    table, last = books.ledger.actions, books.ledger.last
    verdicts = [ACTION_KINDS.index(kind) for kind in ("promise_kept", "promise_broken")]
    judged = table[np.isin(books.action_kind, verdicts) & (table["happened_on"].to_numpy() <= last)]
    judged = judged.sort_values("happened_on", kind="stable")
    pair = pairs(made, judged)
    has_verdict = pair >= 0
    run = books.run_index(made)
    which = documents.find(run, made["document"].to_numpy())
    closed_on = (
        np.where(which >= 0, documents.settled_on[which], NEVER)
        if len(documents)
        else np.full(len(run), NEVER)
    )
    kept, ended_on = np.zeros(len(made), dtype=bool), closed_on.copy()
    kept[has_verdict] = judged["kind"].to_numpy()[pair[has_verdict]] == "promise_kept"
    ended_on[has_verdict] = judged["happened_on"].to_numpy()[pair[has_verdict]]
    promised = made["amount_fen"].to_numpy()
    paid = np.minimum(_paid_between(books, which, made["happened_on"].to_numpy(), ended_on), promised)
    done = ended_on != NEVER
    return Promises(
        run=run[done],
        until=made["until"].to_numpy().astype(np.int64)[done],
        is_kept=kept[done],
        promised=promised[done],
        paid=np.where(kept, promised, paid)[done],
    )


def _paid_between(books: Books, which: Ints, after: NDArray[np.integer], until: Ints) -> Ints:
    """How much was paid on each of these documents after one day and up to another? 0 where the document is unknown."""
    documents, width = books.documents, books.days + 2
    keys = documents.of_row * width + documents.day_at
    paid = np.where(books.is_kind("receipt")[documents.rows], -documents.change, 0)
    running = np.concatenate([[0], np.cumsum(paid)])

    def so_far(days: NDArray[np.integer]) -> Ints:
        column = np.clip(days.astype(np.int64) - books.ledger.first + 1, 0, width - 1)
        return np.asarray(
            running[np.searchsorted(keys, which * width + column, side="right")], dtype=np.int64
        )

    return np.where(which >= 0, so_far(until) - so_far(after), 0)


@metric("promises_kept", unit="share", better="high", needs=("promises",), unknown="no_promises_due")
def promises_kept(books: Books, periods: Periods) -> Floats:
    """Of the promises to pay that fell due in the period, which share (by number) was kept in full?

    Kept = paid by the promised day plus two working days' grace. A renewed promise is a new one, the old is broken.
    """
    found = promises_of(books)
    return formulas.ratio(
        books.count(periods, found.run, found.until, found.is_kept.astype(np.int64)),
        books.count(periods, found.run, found.until),
    )


@metric(
    "promises_kept_amount",
    unit="share",
    better="high",
    needs=("promises", "receipt"),
    unknown="no_promises_due",
)
def promises_kept_amount(books: Books, periods: Periods) -> Floats:
    """Of the money promised for days in the period, which share came? Part payments count here."""
    found = promises_of(books)
    return formulas.ratio(
        books.count(periods, found.run, found.until, found.paid),
        books.count(periods, found.run, found.until, found.promised),
    )
