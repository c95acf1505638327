"""Do customers stay, come back and feel well served, and what is one worth?"""

import numpy as np
from numpy.typing import NDArray

from sim.base.money import WHOLE_BP
from sim.measure import formulas
from sim.measure.balances import credit_sales
from sim.measure.books import Books
from sim.measure.periods import Periods
from sim.measure.registry import metric

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

REPEAT_DAYS = 90
LIFETIME_MONTHS = 36
"""How far a customer's value looks ahead (assumption: low 24, base 36, high 60)."""
MONTH_DAYS = formulas.YEAR_DAYS / 12


@metric("active_customers", unit="count", better="high", needs=("invoice", "invoice_dates"))
def active_customers(books: Books, periods: Periods) -> Floats:
    """How many customers were invoiced in the 90 days up to the end of the period?"""
    return np.stack([_bought(books, int(end)).sum(axis=1) for end in periods.ends], axis=1).astype(np.float64)


@metric(
    "repeat_rate",
    unit="share",
    better="high",
    needs=("invoice", "invoice_dates"),
    unknown="no_earlier_buyers",
)
def repeat_rate(books: Books, periods: Periods) -> Floats:
    """Of the customers invoiced 91 to 180 days before the end of the period, which share was invoiced again since?"""
    found = np.full((books.runs, len(periods)), np.nan)
    for at, end in enumerate(periods.ends):
        if end - 2 * REPEAT_DAYS + 1 >= books.ledger.first:
            before, since = _bought(books, int(end) - REPEAT_DAYS), _bought(books, int(end))
            found[:, at] = formulas.ratio((before & since).sum(axis=1), before.sum(axis=1))
    return found


def _bought(books: Books, end: int) -> NDArray[np.bool_]:
    """Who was invoiced in the 90 days up to the end of a day? Shape (runs, customers)."""
    entries = books.ledger.entries
    days = entries["happened_on"].to_numpy()
    rows = np.flatnonzero(books.is_kind("invoice") & (days <= end) & (days > end - REPEAT_DAYS))
    bought = np.zeros((books.runs, len(books.ledger.customers)), dtype=bool)
    bought[books.run_at[rows], entries["customer"].to_numpy()[rows]] = True
    return bought


@metric("churned", unit="count", better="low", needs=("churn",))
def churned(books: Books, periods: Periods) -> Floats:
    """How many customers left us in the period?"""
    left = books.actions("churned")
    return books.count(periods, books.run_index(left), left["happened_on"].to_numpy()).astype(np.float64)


@metric("churn_rate", unit="share", better="low", needs=("churn",), unknown="no_customers")
def churn_rate(books: Books, periods: Periods) -> Floats:
    """Which share of the customers we had when the period began left us in it? Per period, not per year."""
    return formulas.ratio(churned(books, periods), _had(books, periods))


def _had(books: Books, periods: Periods) -> Floats:
    """How many customers had not left before the period? Shape (runs, periods)."""
    left = books.actions("churned")
    run, days = books.run_index(left), left["happened_on"].to_numpy()
    before = [np.bincount(run[days < start], minlength=books.runs) for start in periods.starts]
    return np.asarray(len(books.ledger.customers) - np.stack(before, axis=1), dtype=np.float64)


@metric(
    "lifetime_value", unit="fen", better="high", needs=("invoice", "invoice_dates", "churn"),
    seller=("margin_bp", "capital_bp"), unknown="no_customers",
)  # fmt: skip
def lifetime_value(books: Books, periods: Periods) -> Floats:
    """What is an average customer worth over the next 36 months, at this period's margin and churn?

    Sum of monthly margin * retention^t / (1 + k)^t.
    """
    seller, months = books.ledger.seller, periods.days / MONTH_DAYS
    margin = credit_sales(books, periods) * seller["margin_bp"] / WHOLE_BP
    monthly = formulas.ratio(margin / months, _had(books, periods))
    retention = (1.0 - np.nan_to_num(churn_rate(books, periods), nan=1.0)) ** (1.0 / months)
    rate = seller["capital_bp"] / WHOLE_BP
    return formulas.lifetime_value(monthly, retention, rate, months=LIFETIME_MONTHS)


@metric("satisfaction", unit="index", better="high", needs=("satisfaction",), unknown="no_readings")
def satisfaction(books: Books, periods: Periods) -> Floats:
    """How content are customers, 0 to 100, on average of the period's readings?"""
    read = books.actions("satisfaction")
    run, days = books.run_index(read), read["happened_on"].to_numpy()
    points = books.count(periods, run, days, read["amount_fen"].to_numpy().astype(np.int64))
    return formulas.ratio(points / 100.0, books.count(periods, run, days))


@metric("complaints", unit="count", better="low", needs=("satisfaction",))
def complaints(books: Books, periods: Periods) -> Floats:
    """How many complaints about our manners came in the period?"""
    made = books.actions("grievance")
    return books.count(periods, books.run_index(made), made["happened_on"].to_numpy()).astype(np.float64)


@metric("supply_stopped", unit="count", needs=("stops",))
def supply_stopped(books: Books, periods: Periods) -> Floats:
    """To how many customers were we not delivering at the end of the period?"""
    found = np.zeros((books.runs, len(periods)))
    for kind, sign in (("stop_supply", 1), ("supply_again", -1)):
        said = books.actions(kind)
        run, days = books.run_index(said), said["happened_on"].to_numpy()
        for at, end in enumerate(periods.ends):
            found[:, at] += sign * np.bincount(run[days <= end], minlength=books.runs)
    return found
