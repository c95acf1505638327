"""How old is what is owed, and how does money roll from one age to the next?"""

import itertools
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import Day, date_of
from sim.base.errors import BadInput, Problem
from sim.measure import formulas
from sim.measure.balances import DUE_ON_A_DAY, OPEN_BOOKS, OPEN_ON_A_DAY
from sim.measure.books import Books, Clock
from sim.measure.periods import Periods, periods_between
from sim.measure.registry import Function, metric
from sim.measure.reports import grid, report
from sim.model.ledger import Ledger

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Buckets = tuple[tuple[str, int], ...]

DUE_BUCKETS: Buckets = (
    ("current", -(10**6)), ("1_30", 1), ("31_60", 31), ("61_90", 61), ("91_180", 91), ("181_365", 181),
    ("over_365", 366),
)  # fmt: skip
"""Buckets by days past due, each from this day to the day before the next; not yet due and due today is current."""
INVOICE_BUCKETS: Buckets = (
    ("0_30", -(10**6)), ("31_60", 31), ("61_90", 61), ("91_180", 91), ("181_365", 181), ("over_365", 366),
)  # fmt: skip
"""Buckets by days since invoice: another report, never to be mixed with the one by days past due."""
ROLL_BUCKETS: Buckets = (("current", -(10**6)), ("1_30", 1), ("31_60", 31), ("61_90", 61), ("91_120", 91))
ROLL_END = 121
"""Buckets of one month's width, for roll rates; the last ends before this day."""
CREDITS = "credits"

AgeFrom = Literal["due", "original_due", "invoice"]
_CLOCKS: dict[AgeFrom, Clock] = {"due": "due_on", "original_due": "original_due_on", "invoice": "invoiced_on"}


def ageing(ledger: Ledger, on: Day | None = None, *, by: AgeFrom = "due") -> pd.DataFrame:
    """How much is owed in each age bucket at the end of a day (default: the last)?

    One row per run; a column per bucket, `credits` (negative: payments and credit notes not yet matched) and `total`,
    the balance, which they add up to. `by`: days past due, past the first agreed due date, or since invoice. Raises
    BadInput for a day outside the ledger.
    """
    day = ledger.last if on is None else on
    if not ledger.first <= day <= ledger.last:
        span = {"first": date_of(ledger.first), "last": date_of(ledger.last)}
        raise BadInput([Problem("day_outside_ledger", "on", date_of(day), span)])
    books, column = Books(ledger), day - ledger.first + 1
    buckets = INVOICE_BUCKETS if by == "invoice" else DUE_BUCKETS
    amounts = {name: bucket(books, buckets, name, _CLOCKS[by])[:, column] for name, _ in buckets}
    amounts |= {CREDITS: (books.ar - books.owed)[:, column], "total": books.ar[:, column]}
    return pd.DataFrame(amounts, index=pd.Index(ledger.runs, name="run"))


def bucket(books: Books, buckets: Buckets, name: str, clock: Clock = "due_on") -> Ints:
    """What stood in one bucket at the end of each day? Shape of the day matrices."""
    names = [each for each, _ in buckets]
    at = names.index(name)
    from_here = books.owed if at == 0 else books.past(buckets[at][1], clock)
    return from_here if at + 1 == len(buckets) else from_here - books.past(buckets[at + 1][1], clock)


@report(
    "ageing",
    {"period": "period", "bucket": "bucket", "balance": "fen", "share": "share"},
    needs=OPEN_ON_A_DAY,
)
def ageing_by_month(books: Books) -> pd.DataFrame:
    """How much was owed in each age bucket at each month's end, by days past due, and which share of all?

    Credits (negative: payments not yet matched) stand in a bucket of their own; all of them add up to the balance.
    """
    months = books.periods("month")
    found = [books.at_end(bucket(books, DUE_BUCKETS, name), months) for name, _ in DUE_BUCKETS]
    balance = np.stack([*found, books.at_end(books.ar - books.owed, months)], axis=2).astype(np.float64)
    share = formulas.ratio(balance, np.maximum(balance.sum(axis=2, keepdims=True), 0.0))
    names = [*(name for name, _ in DUE_BUCKETS), CREDITS]
    return grid(books, {"period": months.labels, "bucket": names}, {"balance": balance, "share": share})


def _declare_ageing(name: str) -> None:
    def amount(books: Books, periods: Periods) -> Floats:
        """How much was in this age bucket at the end of the period?"""
        return books.at_end(bucket(books, DUE_BUCKETS, name), periods).astype(np.float64)

    needs = OPEN_ON_A_DAY if name == "current" else DUE_ON_A_DAY
    metric(f"ageing_{name}", unit="fen", better="none" if name == "current" else "low", needs=needs)(amount)


for _name, _ in DUE_BUCKETS:
    _declare_ageing(_name)


@metric("ageing_credits", unit="fen", needs=OPEN_ON_A_DAY)
def ageing_credits(books: Books, periods: Periods) -> Floats:
    """How much money of customers was not yet matched with an invoice at the end of the period? Negative."""
    return books.at_end(books.ar - books.owed, periods).astype(np.float64)


@metric("share_over_90", unit="share", better="low", needs=OPEN_ON_A_DAY, unknown="nothing_owed")
def share_over_90(books: Books, periods: Periods) -> Floats:
    """Which share of what is owed at the end of the period is more than 90 days past due?"""
    balance = np.maximum(books.at_end(books.ar, periods), 0)
    return formulas.ratio(books.at_end(books.past(91), periods), balance)


# --- roll rates ---------------------------------------------------------------------------------------------------


def month_stocks(books: Books) -> tuple[Periods, Ints, Ints]:
    """What stood in each bucket when each full month began and ended? Shape (buckets, runs, months) each."""
    months = periods_between(books.ledger.first, books.ledger.last, "month")
    edges = [books.owed, *(books.past(days) for _, days in ROLL_BUCKETS[1:]), books.past(ROLL_END)]
    matrices = [younger - older for younger, older in itertools.pairwise(edges)]
    begin = np.stack([books.at_begin(matrix, months) for matrix in matrices])
    end = np.stack([books.at_end(matrix, months) for matrix in matrices])
    return months, begin, end


def month_flows(books: Books) -> tuple[Periods, Ints, Ints]:
    """How much of each bucket's money was still open and at least one bucket older a month later?

    Item by item. Shapes (buckets - 1, runs, months): what stood there at the begin, what of it rolled.
    """
    months, documents = periods_between(books.ledger.first, books.ledger.last, "month"), books.documents
    edges = np.array([edge for _, edge in ROLL_BUCKETS[1:]])
    shape = len(edges) + 1, books.runs, len(months)
    stood, rolled = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for month in range(len(months)):
        before = np.maximum(documents.open_at(int(months.opening_at[month])), 0)
        after = np.maximum(documents.open_at(int(months.closing_at[month])), 0)
        mine = np.flatnonzero(before)
        old, new = (
            np.searchsorted(edges, day - documents.due_on[mine], side="right")
            for day in (months.starts[month] - 1, months.ends[month])
        )
        run, older = documents.run[mine], new > old
        np.add.at(stood[:, :, month], (old, run), before[mine])
        kept = np.minimum(before, after)[mine]
        np.add.at(rolled[:, :, month], (old[older], run[older]), kept[older])
    return months, stood[:-1], rolled[:-1]


def _pooled(months: Periods, periods: Periods, part: Ints, whole: Ints) -> Floats:
    """Sum of the months' numerators over sum of denominators, for the full months of each period."""
    of_period = periods.of_day(months.ends)
    found = np.full((part.shape[0], len(periods)), np.nan)
    for period in range(len(periods)):
        mine = (of_period == period) & months.complete & (months.starts >= periods.starts[period])
        found[:, period] = formulas.ratio(part[:, mine].sum(axis=1), whole[:, mine].sum(axis=1))
    return found


def _net_roll(step: int) -> Function:
    def rate(books: Books, periods: Periods) -> Floats:
        """How much stood one bucket older at a month's end, for each unit in this bucket a month before?"""
        months, begin, end = books.once("month_stocks", lambda: month_stocks(books))
        was = begin[step]
        return _pooled(months, periods, np.where(was > 0, end[step + 1], 0), was)

    return rate


def _gross_roll(step: int) -> Function:
    def rate(books: Books, periods: Periods) -> Floats:
        """Which share of this bucket's money was still open and older a month later, item by item?"""
        months, stood, rolled = books.once("month_flows", lambda: month_flows(books))
        return _pooled(months, periods, rolled[step], stood[step])

    return rate


for _step, (_name, _) in enumerate(ROLL_BUCKETS[:-1]):
    for _kind, _roll in (("roll", _net_roll), ("roll_gross", _gross_roll)):
        _declare = metric(
            f"{_kind}_{_name}", unit="share", better="low", needs=OPEN_BOOKS, unknown="bucket_empty"
        )
        _declare(_roll(_step))
