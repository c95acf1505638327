"""Bills of exchange: they settle the invoice and are not yet cash. How much is in hand, and what is DSO with it?"""

import numpy as np
from numpy.typing import NDArray

from sim.measure import formulas
from sim.measure.balances import OPEN_BOOKS
from sim.measure.books import Books
from sim.measure.periods import Periods
from sim.measure.registry import metric

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CASHED = ("bill_matured", "bill_discounted")
_NEEDS = ("bills", "cash")


def bills_on_hand_by_day(books: Books) -> Ints:
    """What bills were in hand, neither due nor discounted, at the end of each day? Shape of the day matrices.

    A bill received comes in, one that bounced goes back to the invoice, one that matured or was discounted became
    cash.
    """
    return books.once("bills", lambda: _on_hand(books))


def _on_hand(books: Books) -> Ints:
    received = -books.flow("bill_received", "bill_bounced")
    return np.asarray(np.cumsum(received - books.cash_flow(*CASHED), axis=1), dtype=np.int64)


@metric("bills_on_hand", unit="fen", needs=_NEEDS)
def bills_on_hand(books: Books, periods: Periods) -> Floats:
    """How much do we hold in bills of exchange at the end of the period, neither due nor discounted?"""
    return books.at_end(bills_on_hand_by_day(books), periods).astype(np.float64)


@metric("bill_share", unit="share", better="low", needs=("receipt", "bills"), unknown="nothing_paid")
def bill_share(books: Books, periods: Periods) -> Floats:
    """Which share of what customers paid in the period came as bills instead of money?"""
    bills, money = (-books.total(books.flow(kind), periods) for kind in ("bill_received", "receipt"))
    return formulas.ratio(bills, bills + money)


@metric("dso_with_bills", unit="d", better="low", needs=(*OPEN_BOOKS, *_NEEDS), unknown="no_sales")
def dso_with_bills(books: Books, periods: Periods) -> Floats:
    """What is DSO when a bill counts as paid only once it is money?

    (Receivables + bills in hand) / credit sales * days. Trap: a seller paid in bills of six months looks fast in DSO.
    """
    unpaid = books.at_end(books.ar + bills_on_hand_by_day(books), periods)
    return formulas.dso(unpaid, books.total(books.sales, periods), periods.days)
