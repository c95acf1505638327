"""A company whose customers never change: what does its ledger look like, and what do the DSO formulas make of it?

Every invoice is paid in full on the same day of its age. Only sales move: with growth, and with the season. So whatever
a figure does here, customers did not do. The ledger is a real one and is read by the kit's own measures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import dates_of, day_of
from sim.measure import METRICS, Books, Periods
from sim.measure.periods import Every
from sim.model.ledger import (
    ACTION_DTYPES,
    CASH_DTYPES,
    ENTRY_DTYPES,
    ENTRY_KINDS,
    NO_DOCUMENT,
    ORDER_DTYPES,
    Ledger,
    empty,
    table,
)

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

FAMILY = (
    "dso",
    "dso_average",
    "dso_daily",
    "dso_countback",
    "dso_best_possible",
    "days_delinquent",
    "days_to_pay",
)
"""The seven formulas, in the order in which the lesson takes them."""
FIRST, LAST = day_of("2023-01-01"), day_of("2025-12-31")
SHOWN_FROM = day_of("2024-01-01")  # the year before is there so that every figure has a past
BEFORE_DAYS = 200  # sold before the ledger begins, so that it opens with a balance
SALES_A_DAY_FEN = 1_000_000  # 10,000 yuan
PEAK_MONTH = 10  # of the season
RECORDED = frozenset({"invoice", "receipt", "invoice_dates", "open_items"})


@dataclass(frozen=True)
class Steady:
    """A company whose customers never change. Percent a year, percent up and down from the mean, days, days."""

    growth_pct: int = 0
    season_pct: int = 0
    net_days: int = 30
    paid_after_days: int = 45


@dataclass(frozen=True, eq=False)
class Read:
    """What the formulas say, period by period: values by metric, shape (periods,)."""

    labels: tuple[str, ...]
    days: NDArray[np.int64]
    values: dict[str, Floats]


def sales_a_day(company: Steady, days: Longs) -> Longs:
    """How much does it sell on each day, in fen? Steady growth, and a wave of one year for the season."""
    growth = math.log1p(company.growth_pct / 100.0) / 365.0
    month = dates_of(days).astype("datetime64[M]").astype(np.int64) % 12 + 1
    start = dates_of(days).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    place = month + (days - start) / 30.4
    wave = 1.0 + company.season_pct / 100.0 * np.cos(2.0 * np.pi * (place - PEAK_MONTH - 0.5) / 12.0)
    sold = SALES_A_DAY_FEN * np.exp(growth * (days - FIRST)) * wave
    return np.maximum(np.round(sold), 1.0).astype(np.int64)


@lru_cache(maxsize=64)
def ledger_of(company: Steady) -> Ledger:
    """The ledger of this company, every day's sales one invoice."""
    invoiced = np.arange(FIRST - BEFORE_DAYS, LAST + 1, dtype=np.int64)
    amount, number = sales_a_day(company, invoiced), np.arange(len(invoiced), dtype=np.int64)
    paid_on = invoiced + company.paid_after_days
    opens = (invoiced >= FIRST) | (paid_on >= FIRST)
    paid = opens & (paid_on <= LAST)
    happened = np.concatenate([np.maximum(invoiced[opens], FIRST), paid_on[paid]])
    kinds = np.where(invoiced[opens] < FIRST, ENTRY_KINDS.index("opening"), ENTRY_KINDS.index("invoice"))
    document = np.concatenate([number[opens], number[paid]])
    dates = invoiced[document]
    columns: dict[str, NDArray[np.generic]] = {
        "run": np.zeros(len(document)),
        "happened_on": happened,
        "known_on": happened,
        "customer": np.zeros(len(document)),
        "kind": np.concatenate([kinds, np.full(paid.sum(), ENTRY_KINDS.index("receipt"))]),
        "document": document,
        "against": np.concatenate([np.full(opens.sum(), NO_DOCUMENT), number[paid]]),
        "amount_fen": np.concatenate([amount[opens], -amount[paid]]),
        "invoiced_on": dates,
        "due_on": dates + company.net_days,
        "original_due_on": dates + company.net_days,
    }
    return Ledger(
        entries=table(ENTRY_DTYPES, columns),
        orders=empty(ORDER_DTYPES),
        actions=empty(ACTION_DTYPES),
        cash=empty(CASH_DTYPES),
        customers=pd.DataFrame({"customer": ["C1"]}),
        first=FIRST,
        last=LAST,
        coverage=RECORDED,
    )


@lru_cache(maxsize=64)
def books_of(company: Steady) -> Books:
    """Its books, opened once."""
    return Books(ledger_of(company))


def read(company: Steady, every: Every, names: tuple[str, ...]) -> Read:
    """What do these figures say of the last two years, period by period?"""
    books = books_of(company)
    whole = books.periods(every)
    shown = whole.starts >= SHOWN_FROM
    periods = _only(whole, shown)
    values = {name: METRICS[name].of(books, periods)[0] for name in names}
    return Read(periods.labels, periods.days, values)


def _only(periods: Periods, chosen: NDArray[np.bool_]) -> Periods:
    """These of the periods."""
    labels = tuple(label for label, keep in zip(periods.labels, chosen, strict=True) if keep)
    starts, ends, complete = periods.starts[chosen], periods.ends[chosen], periods.complete[chosen]
    return Periods(periods.first, labels, starts, ends, complete)


def span(values: Floats) -> tuple[float, float]:
    """The lowest and the highest value."""
    return float(np.nanmin(values)), float(np.nanmax(values))
