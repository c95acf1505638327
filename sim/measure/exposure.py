"""On whom does our money hang, and how near are customers to their limits?"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measure import credit_risk, formulas
from sim.measure.balances import OPEN_ON_A_DAY
from sim.measure.books import Books
from sim.measure.by_customer import balances, exposures, grades, limits
from sim.measure.periods import Periods
from sim.measure.registry import Function, metric
from sim.measure.reports import grid, report

Floats = NDArray[np.float64]

TOP = (1, 5, 10)
_LIMITS = (*OPEN_ON_A_DAY, "limits")


@metric("ar_peak", unit="fen", better="low", needs=OPEN_ON_A_DAY)
def ar_peak(books: Books, periods: Periods) -> Floats:
    """How much did customers owe on the day of the period on which they owed most?"""
    spans = zip(periods.opening_at, periods.closing_at, strict=True)
    return np.stack([books.ar[:, begin + 1 : end + 1].max(axis=1) for begin, end in spans], axis=1).astype(
        np.float64
    )


@metric("hhi", unit="index", better="low", needs=OPEN_ON_A_DAY, unknown="nothing_owed")
def hhi(books: Books, periods: Periods) -> Floats:
    """How concentrated is what is owed at the end of the period, 0 to 1? Sum of the names' squared shares.

    Group companies under one controller are one name; credits are left out.
    """
    return credit_risk.hhi(_names(books, periods))


@metric("effective_customers", unit="count", better="high", needs=OPEN_ON_A_DAY, unknown="nothing_owed")
def effective_customers(books: Books, periods: Periods) -> Floats:
    """How many equal names would be as concentrated as ours? 1 / HHI."""
    return formulas.ratio(1.0, hhi(books, periods))


def _top(names: int) -> Function:
    def share(books: Books, periods: Periods) -> Floats:
        """Which share of what is owed at the end of the period do the largest names owe?"""
        return credit_risk.top_share(_names(books, periods), names)

    return share


for _count in TOP:
    metric(f"top_{_count}_share", unit="share", better="low", needs=OPEN_ON_A_DAY, unknown="nothing_owed")(
        _top(_count)
    )


@metric("limit_utilisation", unit="share", needs=_LIMITS, unknown="no_limits")
def limit_utilisation(books: Books, periods: Periods) -> Floats:
    """Which share of their limits do customers use at the end of the period? Those without a limit are left out."""
    limit, owed = _limit_and_use(books, periods)
    return formulas.ratio(np.sum(owed, axis=2), np.nansum(limit, axis=2))


@metric("over_limit", unit="fen", better="low", needs=_LIMITS)
def over_limit(books: Books, periods: Periods) -> Floats:
    """By how much do customers together exceed their limits at the end of the period?"""
    limit, owed = _limit_and_use(books, periods)
    return np.asarray(np.nansum(np.maximum(owed - limit, 0.0), axis=2), dtype=np.float64)


@metric("over_limit_share", unit="share", better="low", needs=_LIMITS, unknown="no_limits")
def over_limit_share(books: Books, periods: Periods) -> Floats:
    """Which share (by number) of the customers with a limit exceed it at the end of the period?"""
    limit, owed = _limit_and_use(books, periods)
    return formulas.ratio(np.sum(owed > limit, axis=2), np.sum(~np.isnan(limit), axis=2))


@report(
    "exposures",
    {"customer": "name", "balance": "fen", "share": "share", "limit": "fen", "utilisation": "share",
     "grade": "name"},
    needs=OPEN_ON_A_DAY,
)  # fmt: skip
def exposures_by_customer(books: Books) -> pd.DataFrame:
    """How much does each customer owe on the last day, and which share is that of all, and of its limit?"""
    whole, last = books.periods("all"), np.array([books.ledger.last], dtype=np.int64)
    owed = balances(books, whole)[:, 0].astype(np.float64)
    limit, grade = limits(books, last)[:, 0], grades(books, last)[:, 0]
    letters = np.append(np.array(list("ABCDE"), dtype=object), "")
    columns = {
        "balance": owed,
        "share": credit_risk.shares(owed),
        "limit": limit,
        "utilisation": formulas.ratio(np.where(np.isnan(limit), np.nan, owed), limit),
        "grade": letters[np.where(np.isnan(grade), 5, np.nan_to_num(grade)).astype(np.int64)],
    }
    return grid(books, {"customer": list(books.ledger.customers["customer"].astype(str))}, columns)


def _names(books: Books, periods: Periods) -> NDArray[np.int64]:
    return books.once(("exposures", periods.labels), lambda: exposures(books, periods))


def _limit_and_use(books: Books, periods: Periods) -> tuple[Floats, Floats]:
    """Limit (NaN: none) and what is owed under it, shape (runs, periods, customers)."""
    limit = limits(books, periods.ends)
    return limit, np.where(np.isnan(limit), 0.0, np.maximum(balances(books, periods), 0))
