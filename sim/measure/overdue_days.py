"""How many days overdue? Every clause: grace, settlement, disputes, a moved due date, pay runs, and the weights."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from sim.base.calendar import WorkCalendar
from sim.base.days import NEVER, Day, dates_of
from sim.measure import formulas
from sim.measure.balances import DUE_ON_A_DAY, OPEN_ON_A_DAY
from sim.measure.books import Books, Clock
from sim.measure.disputes import Disputes, disputes_of
from sim.measure.payments import FREQUENCY_DAYS
from sim.measure.periods import Periods
from sim.measure.registry import metric
from sim.measure.reports import ALL_RUNS, report
from sim.model.ledger import Ledger

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MONTH = np.timedelta64(1, "M")
USUAL_INTEREST_BP_DAY = 5
"""0.05 % a day: the statutory rate for late payment to small companies where none is agreed."""


def due_days(
    invoiced_on: ArrayLike,
    net_days: ArrayLike,
    *,
    workdays: WorkCalendar | None = None,
    pay_run_day: int | None = None,
) -> Ints:
    """When is an invoice due? Invoice (or delivery, acceptance, statement) day plus the credit days.

    `workdays`: moved to the next working day where the contract says so. `pay_run_day`: moved to the customer's fixed
    monthly payment day (day of the month, the last day where the month is shorter).
    """
    due = np.asarray(invoiced_on, dtype=np.int64) + np.asarray(net_days, dtype=np.int64)
    if pay_run_day is not None:
        due = _next_pay_run(due, pay_run_day)
    return due if workdays is None else workdays.next_workday(due.astype(np.int32)).astype(np.int64)


def _next_pay_run(due: Ints, day_of_month: int) -> Ints:
    month = dates_of(due).astype("datetime64[M]")
    run = _pay_run(month, day_of_month)
    return np.where(run >= due, run, _pay_run(np.add(month, MONTH), day_of_month))


def _pay_run(month: NDArray[np.datetime64], day_of_month: int) -> Ints:
    start, end = (each.astype("datetime64[D]").astype(np.int64) for each in (month, np.add(month, MONTH)))
    return np.minimum(start + day_of_month - 1, end - 1)


def overdue_days(
    due_on: ArrayLike,
    on: ArrayLike,
    *,
    settled_on: ArrayLike = NEVER,
    grace: int = 0,
    disputed: ArrayLike = 0,
) -> Ints:
    """How many days overdue is (or was) an invoice on a day?

    Counts from the due date to the day, or to the day the cash was received. Within `grace` days it is not overdue at
    all; after them the count starts at the due date. `disputed`: days of open dispute after the due date, taken out
    (the second clock). For a part payment ask for each part; for a moved due date ask with the original one too.
    """
    until = np.minimum(np.asarray(on, dtype=np.int64), np.asarray(settled_on, dtype=np.int64))
    late = until - np.asarray(due_on, dtype=np.int64)
    counted = np.maximum(late - np.asarray(disputed, dtype=np.int64), 0)
    return np.where(late > grace, counted, 0)


def overdue_interest(amount_days: ArrayLike, bp_per_day: float = USUAL_INTEREST_BP_DAY) -> Floats:
    """How much late interest do overdue amounts times days overdue carry, simple, at a daily rate?"""
    return np.asarray(amount_days, dtype=np.float64) * bp_per_day / 10_000


@metric("overdue_days", unit="d", better="low", needs=DUE_ON_A_DAY, unknown="nothing_overdue")
def weighted_overdue_days(books: Books, periods: Periods) -> Floats:
    """How many days overdue is an average unit of overdue money at the end of the period? Weighted by amount."""
    return _weighted(books, periods, "due_on")


@metric("overdue_days_original", unit="d", better="low", needs=DUE_ON_A_DAY, unknown="nothing_overdue")
def original_overdue_days(books: Books, periods: Periods) -> Floats:
    """The same against the due date first agreed: extensions hide delay, this shows it."""
    return _weighted(books, periods, "original_due_on")


@metric("overdue_days_all_ar", unit="d", better="low", needs=OPEN_ON_A_DAY, unknown="nothing_owed")
def overdue_days_all_ar(books: Books, periods: Periods) -> Floats:
    """How many days overdue is an average unit of all that is owed at the end of the period?"""
    owed = np.maximum(books.at_end(books.ar, periods), 0)
    return formulas.ratio(books.at_end(books.past_days(), periods), owed)


@metric("overdue_interest", unit="fen", needs=DUE_ON_A_DAY)
def overdue_interest_due(books: Books, periods: Periods) -> Floats:
    """How much late interest could be charged on what is overdue at the end of the period, at 0.05 % a day?"""
    return overdue_interest(books.at_end(books.past_days(), periods))


@metric(
    "overdue_days_ex_dispute",
    unit="d",
    better="low",
    needs=(*DUE_ON_A_DAY, "disputes"),
    unknown="nothing_overdue",
)
def overdue_days_ex_dispute(books: Books, periods: Periods) -> Floats:
    """How many days overdue, not counting the days on which the invoice was in dispute? Weighted by amount."""
    documents, disputes = books.documents, disputes_of(books)
    found = np.full((books.runs, len(periods)), np.nan)
    for column, end in enumerate(periods.ends):
        owed = np.maximum(documents.open_at(int(periods.closing_at[column])), 0)
        late = np.flatnonzero((owed > 0) & (documents.due_on < end))
        stopped = disputed_days(disputes, documents.due_on, int(end))[late]
        days = overdue_days(documents.due_on[late], end, disputed=stopped)
        run = documents.run[late]
        top = np.bincount(run, owed[late] * days, minlength=books.runs)
        found[:, column] = formulas.ratio(top, np.bincount(run, owed[late], minlength=books.runs))
    return found


def disputed_days(disputes: Disputes, due_on: Ints, on: Day) -> Ints:
    """On how many days between its due date and this day was each document in dispute? Shape of `due_on`."""
    known = disputes.document >= 0
    which = disputes.document[known]
    begin = np.maximum(disputes.opened_on[known], due_on[which])
    end = np.minimum(disputes.settled_on[known], on)
    total = np.zeros(len(due_on), dtype=np.int64)
    np.add.at(total, which, np.maximum(end - begin, 0))
    return total


def _weighted(books: Books, periods: Periods, clock: Clock) -> Floats:
    amounts = books.at_end(books.past(1, clock), periods)
    return formulas.ratio(books.at_end(books.past_days(clock), periods), amounts)


# --- which customers are slow? ------------------------------------------------------------------------------------


@report(
    "delinquency",
    {"customer": "name", "overdue": "fen", "overdue_days": "d", "late_share": "share", "amount_score": "index",
     "days_score": "index", "frequency_score": "index", "index": "index"},
    needs=(*DUE_ON_A_DAY, "receipt"),
)  # fmt: skip
def delinquency_index(books: Books) -> pd.DataFrame:
    """Which customers are slow, by amount, days and frequency, each scored 1 (best fifth) to 5? All runs together."""
    names = {
        "overdue_fen": "overdue",
        "overdue_fen_score": "amount_score",
        "overdue_days_score": "days_score",
    }
    table = delinquency(books.ledger).rename(columns={**names, "late_share_score": "frequency_score"})
    return table.assign(run=ALL_RUNS)


def delinquency(ledger: Ledger) -> pd.DataFrame:
    """Which customers are slow, in days, amount and frequency, each scored 1 (best fifth) to 5 (worst fifth)?

    One row per customer (all runs together) on the last day: customer, overdue_fen, overdue_days (weighted), late_share
    (of the invoices paid off in the last 365 days), the three scores and their mean `index`. What is unknown is NaN
    and has no score.
    """
    books, count = Books(ledger), len(ledger.customers)
    documents = books.documents
    owed, late = np.maximum(documents.open_at(books.days), 0), ledger.last - documents.due_on
    overdue = np.where(late > 0, owed, 0)
    recent = documents.is_paid & (documents.settled_on > ledger.last - FREQUENCY_DAYS)
    was_late = recent & (documents.settled_on > documents.due_on)

    def per_customer(weights: NDArray[np.generic]) -> Floats:
        return np.bincount(documents.customer, weights, minlength=count).astype(np.float64)

    figures = {
        "overdue_fen": per_customer(overdue),
        "overdue_days": formulas.ratio(per_customer(overdue * late), per_customer(overdue)),
        "late_share": formulas.ratio(per_customer(was_late), per_customer(recent)),
    }
    scores = {f"{name}_score": fifths(values) for name, values in figures.items()}
    table = pd.DataFrame({"customer": ledger.customers["customer"].to_numpy(), **figures, **scores})
    return table.assign(index=table[list(scores)].mean(axis=1))


def fifths(values: ArrayLike) -> Floats:
    """In which fifth does each value stand, 1 (lowest) to 5? Equal values share the lower; NaN has none."""
    rank = pd.Series(np.asarray(values, dtype=np.float64)).rank(method="min", pct=True)
    score: Floats = np.ceil(rank.to_numpy(dtype=np.float64) * 5 - 1e-9)
    return score
