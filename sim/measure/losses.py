"""How much is lost, how much of it comes back, and what does collecting cost?"""

import numpy as np
from numpy.typing import NDArray

from sim.measure import formulas
from sim.measure.balances import receipts
from sim.measure.books import Books
from sim.measure.documents import acted_on
from sim.measure.periods import Periods
from sim.measure.registry import metric

Floats = NDArray[np.float64]


@metric("bad_debt", unit="fen", better="low", needs=("write_off",))
def bad_debt(books: Books, periods: Periods) -> Floats:
    """How much was written off in the period, before recoveries?"""
    return -books.total(books.flow("write_off"), periods).astype(np.float64)


@metric("recoveries", unit="fen", better="high", needs=("recovery",))
def recoveries(books: Books, periods: Periods) -> Floats:
    """How much cash came in the period on what had been written off before?"""
    return books.total(books.recoveries, periods).astype(np.float64)


@metric(
    "bad_debt_ratio",
    unit="share",
    better="low",
    needs=("invoice", "invoice_dates", "write_off"),
    unknown="no_sales",
)
def bad_debt_ratio(books: Books, periods: Periods) -> Floats:
    """How much was written off for each unit of credit sales of the same period? Gross.

    Trap: write-offs belong to old sales. When sales grow, the ratio looks better than the business is; see
    vintage_loss_ratio.
    """
    return formulas.ratio(bad_debt(books, periods), _sales(books, periods))


@metric(
    "bad_debt_ratio_net",
    unit="share",
    better="low",
    needs=("invoice", "invoice_dates", "write_off", "recovery"),
    unknown="no_sales",
)
def bad_debt_ratio_net(books: Books, periods: Periods) -> Floats:
    """How much was written off, less recoveries, for each unit of credit sales of the same period?"""
    return formulas.ratio(bad_debt(books, periods) - recoveries(books, periods), _sales(books, periods))


@metric(
    "vintage_loss_ratio",
    unit="share",
    better="low",
    needs=("invoice", "receipt", "invoice_dates", "open_items", "write_off"),
    unknown="cohort_still_open",
)
def vintage_loss_ratio(books: Books, periods: Periods) -> Floats:
    """Which share of the period's sales was finally lost, less what came back?

    Follows the invoices of the period to their end; unknown while any of them is open. The one loss figure that growth
    does not bend.
    """
    documents = books.documents
    cohort = documents.is_invoice & (documents.billed > 0)
    run, day = documents.run[cohort], documents.invoiced_on[cohort]
    billed = books.count(periods, run, day, documents.billed[cohort])
    left = np.maximum(documents.open_at(books.days), 0)[cohort]
    lost = _by_document(books, "write_off")[cohort] - _by_document(books, "recovery")[cohort]
    ratio = formulas.ratio(books.count(periods, run, day, lost), billed)
    return np.where(books.count(periods, run, day, left) > 0, np.nan, ratio)


@metric(
    "recovery_rate",
    unit="share",
    better="high",
    needs=("write_off", "recovery"),
    unknown="nothing_written_off",
)
def recovery_rate(books: Books, periods: Periods) -> Floats:
    """Which share of what was written off in the period has come back by the end of the ledger?

    Trap: recent write-offs have had little time.
    """
    documents = books.documents
    rows = np.flatnonzero(books.is_kind("write_off") & books.in_ar)
    run, day = books.run_at[rows], books.ledger.entries["happened_on"].to_numpy()[rows]
    which = documents.find(run, _codes(books)[rows])
    lost, back = _by_document(books, "write_off")[which], _by_document(books, "recovery")[which]
    share = np.divide(back, lost, out=np.zeros(len(lost)), where=lost > 0)
    came = np.rint(-books.amount[rows] * share).astype(np.int64)
    return formulas.ratio(books.count(periods, run, day, came), bad_debt(books, periods))


@metric("cost_to_collect", unit="share", better="low", needs=("receipt", "cash"), unknown="nothing_paid_late")
def cost_to_collect(books: Books, periods: Periods) -> Floats:
    """What did it cost to collect each unit of overdue money that came in?"""
    return formulas.ratio(books.total(books.collection_cost, periods), late_receipts(books, periods))


def late_receipts(books: Books, periods: Periods) -> NDArray[np.int64]:
    """How much money came in the period after its due date?"""
    entries = books.ledger.entries
    late = books.is_kind("receipt") & (entries["happened_on"].to_numpy() > entries["due_on"].to_numpy())
    return -books.total(books.by_day(books.run_at[late], books.day_at[late], books.amount[late]), periods)


@metric("cost_per_100", unit="share", better="low", needs=("receipt", "cash"), unknown="nothing_paid")
def cost_per_100(books: Books, periods: Periods) -> Floats:
    """What did collecting cost for each 100 that customers paid in the period, in time or late?"""
    return formulas.ratio(books.total(books.collection_cost, periods), receipts(books, periods))


@metric(
    "credit_note_rate",
    unit="share",
    better="low",
    needs=("invoice", "invoice_dates", "credit_note"),
    unknown="no_invoices",
)
def credit_note_rate(books: Books, periods: Periods) -> Floats:
    """How much was credited back in the period for each unit invoiced?"""
    credited = -books.total(books.flow("credit_note"), periods)
    return formulas.ratio(credited, books.total(books.flow("invoice"), periods))


def _sales(books: Books, periods: Periods) -> NDArray[np.int64]:
    return np.maximum(books.total(books.sales, periods), 0)


def _codes(books: Books) -> NDArray[np.int64]:
    entries = books.ledger.entries
    starts = books.is_kind("invoice", "opening")
    return acted_on(entries["document"].to_numpy(), entries["against"].to_numpy(), starts)


def _by_document(books: Books, kind: str) -> NDArray[np.int64]:
    """How much of this kind of entry was booked on each document? Shape (documents,)."""
    rows = np.flatnonzero(books.is_kind(kind) & (books.day_at <= books.days))
    which = books.documents.find(books.run_at[rows], _codes(books)[rows])
    total = np.zeros(len(books.documents), dtype=np.int64)
    known = which >= 0
    np.add.at(total, which[known], np.abs(books.amount[rows[known]]))
    return total
