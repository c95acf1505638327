"""Customer by customer: what each owes, its limit and grade, at the end of each period."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measure.books import Books
from sim.measure.periods import Periods

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

GRADES = ("grade_a", "grade_b", "grade_c", "grade_d", "grade_e")


def balances(books: Books, periods: Periods) -> Ints:
    """What does each customer owe at the end of each period? Shape (runs, periods, customers)."""
    count, rows = len(books.ledger.customers), np.flatnonzero(books.in_ar)
    who = books.ledger.entries["customer"].to_numpy()[rows].astype(np.int64)
    at = np.searchsorted(periods.closing_at, books.day_at[rows])
    inside = at < len(periods)
    cell = ((books.run_at[rows] * len(periods)) + at) * count + who
    total = np.zeros(books.runs * len(periods) * count, dtype=np.int64)
    np.add.at(total, cell[inside], books.amount[rows][inside])
    return np.cumsum(total.reshape(books.runs, len(periods), count), axis=1)


def exposures(books: Books, periods: Periods) -> Ints:
    """What does each name owe at the end of each period? Customers of one group are one name. Never negative."""
    owed, customers = balances(books, periods), books.ledger.customers
    if "group" in customers:
        named = zip(customers["customer"].astype(str), customers["group"].fillna("").astype(str), strict=True)
        names = [f"group {group}" if group else f"customer {own}" for own, group in named]
        _, name = np.unique(np.array(names, dtype=np.str_), return_inverse=True)
        joined = np.zeros((*owed.shape[:2], int(name.max(initial=-1)) + 1), dtype=np.int64)
        for customer, at in enumerate(name):
            joined[:, :, at] += owed[:, :, customer]
        owed = joined
    return np.maximum(owed, 0)


def latest(books: Books, table: pd.DataFrame, values: NDArray[np.generic], days: Ints) -> Floats:
    """What was said last of each customer by the end of each day? Shape (runs, days, customers); NaN if never.

    `table`: actions in order of their days, `values`: what each says.
    """
    count = len(books.ledger.customers)
    run, who = books.run_index(table), table["customer"].to_numpy().astype(np.int64)
    happened = table["happened_on"].to_numpy()
    found = np.full((books.runs, len(days), count), np.nan)
    for at, day in enumerate(days):
        mine = (happened <= day) & (who >= 0)
        found[run[mine], at, who[mine]] = values[mine]  # rows in order of days: the last one stands
    return found


def limits(books: Books, days: Ints) -> Floats:
    """Which credit limit did each customer have at the end of each day? NaN where none was ever set."""
    changes = books.actions("limit_change")
    return latest(books, changes, changes["amount_fen"].to_numpy().astype(np.float64), days)


def grades(books: Books, days: Ints) -> Floats:
    """Which grade (0 best to 4 worst) had each customer at the end of each day? NaN where it had none.

    The one given last; before that the one of the customer list, if it has grades.
    """
    changes, customers = books.actions("grade_change"), books.ledger.customers
    place = {name: float(at) for at, name in enumerate(GRADES)}
    given = changes["outcome"].astype(str).map(place).to_numpy(dtype=np.float64)
    found = latest(books, changes, given, days)
    if "grade" not in customers:
        return found
    named = ("grade_" + customers["grade"].astype(str).str.lower()).map(place).to_numpy(dtype=np.float64)
    return np.where(np.isnan(found), named, found)


def failed_by(books: Books, days: Ints) -> NDArray[np.bool_]:
    """Whose failure was known by the end of each day? Shape (runs, days, customers)."""
    known = books.actions("default_known")
    ones = np.ones(len(known), dtype=np.float64)
    return ~np.isnan(latest(books, known, ones, days))
