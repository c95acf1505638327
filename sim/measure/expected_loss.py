"""How much of what is owed will be lost? Expected credit loss from the ledger's own roll rates (IFRS 9, simplified).

Loss rate of a bucket = product of the roll rates from it to the last bucket * the share finally lost of what reaches
the last. Roll rates are those of balances, pooled over the twelve full months before the day, so nothing later is used.
"""

import itertools

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measure import formulas
from sim.measure.ages import ROLL_BUCKETS, month_flows, month_stocks
from sim.measure.balances import OPEN_BOOKS
from sim.measure.books import Books
from sim.measure.payment_pattern import Aged, aged
from sim.measure.periods import Periods, periods_between
from sim.measure.provisions import roll_forward
from sim.measure.registry import metric
from sim.measure.reports import grid, report

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LOSS_OF_LAST = 0.60
"""Share finally lost of what gets more than 90 days late (assumption: low 0.40, base 0.60, high 0.80)."""
SCALAR = 1.0
"""Forward-looking scalar on the loss rates (assumption: low 0.8, base 1.0, high 1.3)."""
BUCKETS = ("current", "1_30", "31_60", "61_90", "over_90")
EDGES = np.array([edge for _, edge in ROLL_BUCKETS[1:]])
WINDOW_DAYS = 366
NEEDS = OPEN_BOOKS


def roll_rates_before(books: Books, days: NDArray[np.integer]) -> Floats:
    """The roll rates pooled over the full months of the year before each day. Shape (buckets - 1, runs, days)."""
    months, begin, end = books.once("month_stocks", lambda: month_stocks(books))
    found = np.full((len(EDGES), books.runs, len(days)), np.nan)
    for at, day in enumerate(days):
        mine = months.complete & (months.ends <= day) & (months.starts > day - WINDOW_DAYS)
        was = begin[:-1][:, :, mine]
        became = np.where(was > 0, end[1:][:, :, mine], 0)
        found[:, :, at] = formulas.ratio(became.sum(axis=2), was.sum(axis=2))
    return found


def balances_by_bucket(books: Books, days: NDArray[np.integer]) -> Ints:
    """What stood in each bucket at the end of each day? Shape (buckets, runs, days)."""
    columns = np.asarray(days) - books.ledger.first + 1
    past = [books.owed[:, columns], *(books.past(int(edge))[:, columns] for edge in EDGES)]
    return np.stack(
        [one - next_ for one, next_ in zip(past, [*past[1:], np.zeros_like(past[0])], strict=True)]
    )


def loss_rates_on(
    books: Books,
    days: NDArray[np.integer],
    *,
    loss_of_last: float = LOSS_OF_LAST,
    scalar: float = SCALAR,
) -> Floats:
    """Which share of each bucket will be lost, as known at the end of each day? Shape (buckets, runs, days)."""
    return formulas.flow_loss_rates(roll_rates_before(books, days), loss_of_last, scalar)


def allowance_on(books: Books, days: NDArray[np.integer], rates: Floats) -> Floats:
    """How much must be provided for at the end of each day? Shape (runs, days); NaN while a needed rate is unknown."""
    owed = balances_by_bucket(books, days)
    return np.asarray(np.sum(np.where(owed == 0, 0.0, owed * rates), axis=0), dtype=np.float64)


@metric("ecl", unit="fen", better="low", needs=NEEDS, unknown="no_roll_rates")
def ecl(books: Books, periods: Periods) -> Floats:
    """How much of what is owed at the end of the period must be expected to be lost?

    Provision matrix from flow rates. Trap: it takes the last year for the future; a forward-looking scalar and names in
    trouble, assessed one by one, come on top.
    """
    return allowance_on(books, periods.ends, loss_rates_on(books, periods.ends))


@metric("ecl_rate", unit="share", better="low", needs=NEEDS, unknown="no_roll_rates")
def ecl_rate(books: Books, periods: Periods) -> Floats:
    """Which share of what is owed at the end of the period must be expected to be lost?"""
    return formulas.ratio(ecl(books, periods), books.at_end(books.owed, periods))


@metric("ecl_charge", unit="fen", better="low", needs=(*NEEDS, "write_off"), unknown="no_roll_rates")
def ecl_charge(books: Books, periods: Periods) -> Floats:
    """What do expected losses cost the period's profit? Closing - opening allowance + write-offs."""
    begins = periods.starts - 1
    opening = allowance_on(books, begins, loss_rates_on(books, begins))
    written_off = -books.total(books.flow("write_off"), periods)
    return np.asarray(ecl(books, periods) - opening + written_off, dtype=np.float64)


# --- tables -----------------------------------------------------------------------------------------------------


@report(
    "provision_matrix",
    {
        "bucket": "bucket",
        "balance": "fen",
        "roll_rate": "share",
        "loss_rate": "share",
        "expected_loss": "fen",
    },
    needs=NEEDS,
)
def provision_matrix(
    books: Books, *, loss_of_last: float = LOSS_OF_LAST, scalar: float = SCALAR
) -> pd.DataFrame:
    """How much of each age bucket will be lost, by roll rates to the last and the loss of what reaches it?"""
    days = np.array([books.ledger.last])
    owed = balances_by_bucket(books, days)
    rolls = roll_rates_before(books, days)
    rates = formulas.flow_loss_rates(rolls, loss_of_last, scalar)
    to_last = np.concatenate([rolls, np.full_like(rolls[:1], np.nan)])
    columns = {"balance": owed.astype(np.float64), "roll_rate": to_last, "loss_rate": rates}
    columns["expected_loss"] = np.where(owed == 0, 0.0, owed * rates)
    return grid(books, {"bucket": BUCKETS}, {name: each[:, :, 0].T for name, each in columns.items()})


@report(
    "roll_rates",
    {"period": "period", "bucket": "bucket", "balance": "fen", "net": "share", "gross": "share"},
    needs=NEEDS,
)
def roll_rates(books: Books) -> pd.DataFrame:
    """How does money roll from one age bucket to the next, month by month?

    `net` from balances (stock): what stands one bucket older a month later. `gross` item by item (flow): what of this
    money is still open and older. Full months only.
    """
    months, begin, end = books.once("month_stocks", lambda: month_stocks(books))
    _, stood, rolled = books.once("month_flows", lambda: month_flows(books))
    full = np.flatnonzero(months.complete)
    columns = {
        "balance": begin[:-1].astype(np.float64),
        "net": formulas.ratio(np.where(begin[:-1] > 0, end[1:], 0), np.maximum(begin[:-1], 0)),
        "gross": formulas.ratio(rolled, stood),
    }
    labels = [months.labels[at] for at in full]
    shaped = {name: each[:, :, full].transpose(1, 2, 0) for name, each in columns.items()}
    return grid(books, {"period": labels, "bucket": BUCKETS[:-1]}, shaped)


@report(
    "vintage_losses",
    {"cohort": "period", "bucket": "bucket", "reached": "fen", "lost": "fen", "loss_rate": "share"},
    needs=(*NEEDS, "write_off", "recovery"),
)
def vintage_losses(books: Books) -> pd.DataFrame:
    """Of each month's sales, what ever reached each age, and which share of that was finally lost?

    Unknown while anything of the month is open. What was written off counts as having reached the age it was written
    off at, and no recoveries are waited for beyond the ledger.
    """
    months, rows = periods_between(books.ledger.first, books.ledger.last, "month"), aged(books)
    standing = [rows.sold, *(~rows.written_off & (rows.late <= edge) for edge in EDGES)]
    reached = np.stack([_of_cohort(books, months, rows, each) for each in standing], axis=-1)
    left = _of_cohort(books, months, rows, np.ones(len(rows.run), dtype=bool))
    lost = -_of_cohort(books, months, rows, rows.written_off) - _recovered(books, months)
    rate = formulas.ratio(lost[:, :, None], reached)
    columns = {"reached": reached.astype(np.float64), "lost": lost[:, :, None].astype(np.float64)}
    columns["loss_rate"] = np.where((left != 0)[:, :, None], np.nan, rate)
    return grid(books, {"cohort": months.labels, "bucket": BUCKETS}, columns)


def _of_cohort(books: Books, months: Periods, rows: Aged, chosen: NDArray[np.bool_]) -> Ints:
    return books.count(months, rows.run[chosen], rows.invoiced[chosen], rows.amount[chosen])


def _recovered(books: Books, months: Periods) -> Ints:
    """What came back, within the ledger's days, of the sales of each month? Shape (runs, months)."""
    rows = np.flatnonzero(books.is_kind("recovery") & (books.day_at <= books.days))
    invoiced = books.ledger.entries["invoiced_on"].to_numpy()[rows]
    return books.count(months, books.run_at[rows], invoiced, np.abs(books.amount[rows]))


@report(
    "ecl_roll_forward",
    {
        "period": "period",
        "opening": "fen",
        "new": "fen",
        "release": "fen",
        "write_offs": "fen",
        "closing": "fen",
    },
    needs=(*NEEDS, "write_off"),
)
def ecl_roll_forward(books: Books) -> pd.DataFrame:
    """How did the allowance move from month to month? Opening + new - release - write-offs = closing, item by item."""
    months = periods_between(books.ledger.first, books.ledger.last, "month")
    allowed = [_allowance_by_item(books, int(day)) for day in (months.starts[0] - 1, *months.ends)]
    used = [_written_off_by_item(books, months, at) for at in range(len(months))]
    moved = [
        roll_forward(opening, closing, written_off, books.documents.run, books.runs)
        for (opening, closing), written_off in zip(itertools.pairwise(allowed), used, strict=True)
    ]
    columns = {
        name: np.stack([getattr(each, name) for each in moved], axis=1)
        for name in ("opening", "new", "release", "write_offs", "closing")
    }
    return grid(books, {"period": months.labels}, columns)


def _allowance_by_item(books: Books, day: int) -> Floats:
    """How much must be provided for each document at the end of a day? Shape (documents,)."""
    documents = books.documents
    owed = np.maximum(documents.open_at(day - books.ledger.first + 1), 0)
    rates = loss_rates_on(books, np.array([day]))[:, :, 0]
    bucket = np.searchsorted(EDGES, day - documents.due_on, side="right")
    return np.where(owed == 0, 0.0, owed * rates[bucket, documents.run])


def _written_off_by_item(books: Books, months: Periods, at: int) -> Floats:
    documents = books.documents
    inside = (documents.day_at > months.opening_at[at]) & (documents.day_at <= months.closing_at[at])
    rows = inside & books.is_kind("write_off")[documents.rows]
    amounts = -documents.change[rows]
    return np.bincount(documents.of_row[rows], amounts, minlength=len(documents)).astype(np.float64)
