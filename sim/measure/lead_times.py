"""How long from order to cash, and where does the time go?"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.measure import formulas
from sim.measure.books import Books
from sim.measure.payments import days_late, payments_of
from sim.measure.periods import Periods
from sim.measure.registry import metric
from sim.measure.reports import grid, report

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

GRACE_DAYS = 3
"""Paid no later than this many days after the due date is on time (banks and holidays)."""
STAGES = ("order_to_release", "release_to_invoice", "invoice_to_due", "due_to_cash")
_DATED = ("invoice", "receipt", "invoice_dates")


@metric("days_order_to_release", unit="d", better="low", needs=("orders",), unknown="no_orders_released")
def days_order_to_release(books: Books, periods: Periods) -> Floats:
    """How many days from a customer's wish to our consent, for the orders released in the period? By amount."""
    orders = books.ledger.orders
    released = orders["released_on"].to_numpy().astype(np.int64)
    rows = np.flatnonzero(released != NEVER)
    run, day = books.run_index(orders)[rows], released[rows]
    amount = orders["amount_fen"].to_numpy().astype(np.int64)[rows]
    took = day - orders["wanted_on"].to_numpy().astype(np.int64)[rows]
    return formulas.ratio(
        books.count(periods, run, day, took * amount), books.count(periods, run, day, amount)
    )


@metric(
    "days_release_to_invoice", unit="d", better="low", needs=("orders", *_DATED[::2]), unknown="no_invoices"
)
def days_release_to_invoice(books: Books, periods: Periods) -> Floats:
    """How many days from our consent to the invoice, for the invoices of the period? By amount.

    Shipping and billing: nobody pays before the invoice. Only invoices whose order carries the same number count.
    """
    orders, documents = books.ledger.orders, books.documents
    released = orders["released_on"].to_numpy().astype(np.int64)
    which = documents.find(books.run_index(orders), orders["order"].to_numpy())
    rows = np.flatnonzero((which >= 0) & (released != NEVER))
    which, released = which[rows], released[rows]
    mine = documents.is_invoice[which] & (documents.customer[which] == orders["customer"].to_numpy()[rows])
    which, released = which[mine], released[mine]
    run, day, amount = documents.run[which], documents.invoiced_on[which], documents.billed[which]
    took = np.maximum(day - released, 0)
    return formulas.ratio(
        books.count(periods, run, day, took * amount), books.count(periods, run, day, amount)
    )


@metric("days_granted", unit="d", needs=_DATED, unknown="nothing_paid")
def days_granted(books: Books, periods: Periods) -> Floats:
    """How many days of credit had been agreed for the money that came in the period? By amount paid.

    Days to pay = days granted + days late.
    """
    paid = payments_of(books)
    agreed = paid.sums(books, periods, (paid.age - paid.late) * paid.amount)
    return formulas.ratio(agreed, paid.sums(books, periods, paid.amount))


@metric("on_time_share", unit="share", better="high", needs=_DATED[:2], unknown="nothing_fell_due")
def on_time_share(books: Books, periods: Periods) -> Floats:
    """Of the invoices whose due date and three days of grace ended in the period, which share was paid off by then?

    By number. Invoices written off or credited away by then are left out.
    """
    documents = books.documents
    judged = documents.due_on + GRACE_DAYS
    settled = documents.settled_on <= judged
    counts = (documents.billed > 0) & (documents.due_on != NEVER) & (documents.is_paid | ~settled)
    paid = counts & settled
    run = documents.run
    return formulas.ratio(
        books.count(periods, run[paid], judged[paid]), books.count(periods, run[counts], judged[counts])
    )


@metric("posting_lag", unit="d", better="low", needs=("receipt",), unknown="nothing_paid")
def posting_lag(books: Books, periods: Periods) -> Floats:
    """How many days passed between a payment and our knowing of it, for the money of the period? By amount."""
    entries = books.ledger.entries
    rows = np.flatnonzero(books.is_kind("receipt") & books.in_ar)
    run, day = books.run_at[rows], entries["happened_on"].to_numpy()[rows].astype(np.int64)
    lag, amount = entries["known_on"].to_numpy()[rows] - day, -books.amount[rows]
    return formulas.ratio(
        books.count(periods, run, day, lag * amount), books.count(periods, run, day, amount)
    )


@report(
    "order_to_cash",
    {"period": "period", "stage": "stage", "days": "d"},
    needs=("orders", *_DATED),
)
def order_to_cash(books: Books) -> pd.DataFrame:
    """How many days does each stage from order to cash take, month by month, weighted by amount?

    The first of the orders released in the month, the second of its invoices, the others of the money that came in it.
    """
    months = books.periods("month")
    stages = (days_order_to_release, days_release_to_invoice, days_granted, days_late)
    days = np.stack([stage(books, months) for stage in stages], axis=2)
    return grid(books, {"period": months.labels, "stage": STAGES}, {"days": days})
