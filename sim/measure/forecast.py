"""How much cash will customers pay in the next 13 weeks, and how good have such forecasts been?

Made from the payment pattern known on the day: for each day before or after the due date, the share of the money still
open then that was paid on it (a life table in money; open invoices count while they were watched, so it is not bent by
sales or by what is still open). What is open now runs on through this pattern, and so do new sales, taken as the mean
of the last 13 weeks on the terms of those weeks. It knows no season and no customer: the simple forecast others must
beat.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER, Day, date_of, dates_of
from sim.base.errors import BadInput, Problem
from sim.measure import formulas
from sim.measure.balances import OPEN_BOOKS
from sim.measure.books import Books
from sim.measure.periods import Periods
from sim.measure.registry import Function, NotMeasurable, metric
from sim.measure.reports import grid, report
from sim.model.ledger import Ledger

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WEEKS = 13
HORIZONS = (1, 4, 13)
DAYS = 7 * WEEKS
ORIGIN_STEP = 28
"""A forecast is tried every four weeks."""
EARLIEST, LATEST = -366, 731
"""Days past due of the life table; what is due or late further off stands at its ends."""
LENGTH = LATEST - EARLIEST + 1


@dataclass(frozen=True)
class Pattern:
    """The payment pattern known on a day, and what there is to run through it. Arrays of shape (runs, LENGTH)."""

    paid: Floats  # share of what was open that was paid on this day past due
    gone: Floats  # share that left otherwise: credited, written off
    open_now: Floats  # money open at the end of the day, by days past due
    new_a_day: Floats  # sales of a day, by days past due when invoiced (negative: the term)


def pattern_known(books: Books, day: Day) -> Pattern:
    """The pattern from what was known at the end of a day."""
    entries = books.ledger.entries
    due = entries["due_on"].to_numpy().astype(np.int64)
    happened = entries["happened_on"].to_numpy().astype(np.int64)
    known = entries["known_on"].to_numpy() <= day
    rows = np.flatnonzero(books.in_ar & known & (happened <= day) & (due != NEVER))
    run, amount, late = books.run_at[rows], books.amount[rows], happened[rows] - due[rows]
    adds = amount > 0
    came = books.is_kind("receipt")[rows]
    enters = np.where(adds & ~books.is_kind("opening")[rows], late, late + 1)
    at_risk = _by_lateness(books, run, enters, amount)
    at_risk -= _by_lateness(books, run, day - due[rows] + 1, amount)
    standing = np.cumsum(at_risk, axis=1)
    paid = -_by_lateness(books, run[came], late[came], amount[came])
    left = -_by_lateness(books, run[~adds & ~came], late[~adds & ~came], amount[~adds & ~came])
    recent = books.is_kind("invoice", "credit_note")[rows] & (happened[rows] > day - DAYS)
    invoiced = entries["invoiced_on"].to_numpy()[rows].astype(np.int64)
    sales = _by_lateness(books, run[recent], (invoiced - due[rows])[recent], amount[recent])
    return Pattern(
        paid=_share(paid, standing),
        gone=_share(left, standing),
        open_now=np.maximum(_by_lateness(books, run, day - due[rows], amount), 0.0),
        new_a_day=np.maximum(sales, 0.0) / DAYS,
    )


def _by_lateness(books: Books, run: Ints, late: Ints, amount: Ints) -> Floats:
    at = np.clip(late, EARLIEST, LATEST) - EARLIEST
    total = np.bincount(run * LENGTH + at, amount, minlength=books.runs * LENGTH)
    return total.reshape(books.runs, LENGTH).astype(np.float64)


def _share(part: Floats, whole: Floats) -> Floats:
    """Which share of the money that stood there? 0 where none ever stood: nobody has seen any of it paid."""
    return np.clip(np.divide(part, whole, out=np.zeros_like(part), where=whole > 0.5), 0.0, 1.0)


def expected_receipts(known: Pattern, days: int = DAYS) -> tuple[Floats, Floats]:
    """How much comes on each of the next days, from what is open and from new sales? Shape (runs, days) each."""
    keeps = np.maximum(1.0 - known.paid - known.gone, 0.0)
    from_open = np.zeros((len(keeps), days))
    from_new = np.zeros((len(keeps), days))
    open_now, new = known.open_now, np.zeros_like(known.open_now)
    for day in range(days):
        open_now, new = _a_day_later(open_now), _a_day_later(new) + known.new_a_day
        from_open[:, day] = np.sum(open_now * known.paid, axis=1)
        from_new[:, day] = np.sum(new * known.paid, axis=1)
        open_now, new = open_now * keeps, new * keeps
    return from_open, from_new


def _a_day_later(state: Floats) -> Floats:
    """Everything is a day later; what stands at the far end stays there."""
    moved = np.roll(state, 1, axis=1)
    moved[:, 0] = 0.0
    moved[:, -1] += state[:, -1]
    return moved


# --- the forecast -----------------------------------------------------------------------------------------------


@report(
    "cash_forecast",
    {"week": "count", "start": "date", "end": "date", "from_open": "fen", "from_new_sales": "fen",
     "receipts": "fen"},
    needs=OPEN_BOOKS,
)  # fmt: skip
def cash_forecast(books: Books) -> pd.DataFrame:
    """How much will customers pay in each of the 13 weeks after the last day?

    Raises NotMeasurable when the ledger is shorter than 13 weeks: the pattern is not known yet.
    """
    if books.days < DAYS:
        raise NotMeasurable("reason.no_pattern_yet")
    last = books.ledger.last
    from_open, from_new = (
        each.reshape(books.runs, WEEKS, 7).sum(axis=2)
        for each in expected_receipts(pattern_known(books, last))
    )
    starts = last + 1 + 7 * np.arange(WEEKS)
    columns = {"start": dates_of(starts), "end": dates_of(starts + 6), "from_open": from_open}
    columns |= {"from_new_sales": from_new, "receipts": from_open + from_new}
    return grid(books, {"week": range(1, WEEKS + 1)}, columns)


def forecast_on(ledger: Ledger, day: Day) -> pd.DataFrame:
    """The 13-week cash forecast as it could have been made at the end of a day: nothing known later is in it.

    Raises BadInput for a day outside the ledger, NotMeasurable when fewer than 13 weeks were known.
    """
    if not ledger.first <= day <= ledger.last:
        span = {"first": date_of(ledger.first), "last": date_of(ledger.last)}
        raise BadInput([Problem("day_outside_ledger", "on", date_of(day), span)])
    return cash_forecast(Books(ledger.known_by(day)))


# --- how good were they? ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tried:
    """Forecasts made in the past against what came. `origins` (origins,), the sums (runs, origins, WEEKS) by week."""

    origins: Ints
    expected: Floats
    came: Floats


def tried(books: Books) -> Tried:
    """A forecast every four weeks, from the day 13 weeks are known, as far as at least its first week is over."""
    return books.once("forecasts", lambda: _tried(books))


def _tried(books: Books) -> Tried:
    first, last = books.ledger.first, books.ledger.last
    origins = np.arange(first + DAYS - 1, last - 6, ORIGIN_STEP)
    shape = books.runs, len(origins), WEEKS
    expected, came = np.zeros(shape), np.full(shape, np.nan)
    receipts = -np.cumsum(books.flow("receipt"), axis=1)
    for at, origin in enumerate(origins):
        a_day = sum(expected_receipts(pattern_known(books, int(origin))))
        expected[:, at] = np.reshape(a_day, (books.runs, WEEKS, 7)).sum(axis=2)
        ends = origin + 7 * np.arange(WEEKS + 1)
        over = ends <= last
        total = receipts[:, ends[over] - first + 1]
        came[:, at, : over.sum() - 1] = np.diff(total, axis=1)
    return Tried(origins, expected, came)


@report(
    "forecast_errors",
    {"origin": "date", "weeks": "count", "forecast": "fen", "receipts": "fen", "error": "fen"},
    needs=OPEN_BOOKS,
)
def forecast_errors(books: Books) -> pd.DataFrame:
    """How far were forecasts of 1, 4 and 13 weeks' receipts from what came? Positive: too much was expected."""
    found = tried(books)
    sums = [np.cumsum(each, axis=2)[:, :, np.array(HORIZONS) - 1] for each in (found.expected, found.came)]
    columns = {"forecast": sums[0], "receipts": sums[1], "error": sums[0] - sums[1]}
    return grid(books, {"origin": list(dates_of(found.origins)), "weeks": HORIZONS}, columns)


def _errors(weeks: int, *, signed: bool) -> Function:
    def error(books: Books, periods: Periods) -> Floats:
        """By which share were the forecasts wrong whose weeks ended in the period?"""
        found = tried(books)
        ended = periods.of_day(found.origins + 7 * weeks)
        gap = (found.expected - found.came)[:, :, :weeks].sum(axis=2)
        came = found.came[:, :, :weeks].sum(axis=2)
        top, bottom = np.zeros((2, books.runs, len(periods)))
        for at, period in enumerate(ended):
            if period >= 0:
                top[:, period] += gap[:, at] if signed else np.abs(gap[:, at])
                bottom[:, period] += came[:, at]
        return formulas.ratio(top, bottom)

    return error


for _weeks in HORIZONS:
    metric(f"forecast_wape_{_weeks}", unit="share", better="low", needs=OPEN_BOOKS, unknown="no_forecast")(
        _errors(_weeks, signed=False)
    )
    metric(f"forecast_bias_{_weeks}", unit="share", needs=OPEN_BOOKS, unknown="no_forecast")(
        _errors(_weeks, signed=True)
    )
