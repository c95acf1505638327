"""Do our alarms and grades tell who will fail? Judged only when there was time to see.

An alarm is judged 180 days after it was raised, a grade 180 days after it stood, so that no figure knows more than its
period and no alarm is called false because its time has not come.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measure import credit_risk, formulas
from sim.measure.books import Books
from sim.measure.by_customer import GRADES, failed_by, grades
from sim.measure.periods import Periods
from sim.measure.registry import metric
from sim.measure.reports import grid, report

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

JUDGED_AFTER_DAYS = 180
_NEVER = np.iinfo(np.int64).max
_NEEDS = ("alerts", "defaults")
_GRADED = ("grades", "defaults")


def _warned(books: Books) -> tuple[Ints, Ints, Ints, Ints]:
    """Alarms one by one: run, customer, day, and the day on which the customer's failure was known (or never)."""
    raised = books.actions("alert")
    run, who = books.run_index(raised), raised["customer"].to_numpy().astype(np.int64)
    days = raised["happened_on"].to_numpy().astype(np.int64)
    return run, who, days, _failure_days(books)[run, who]


def _failure_days(books: Books) -> Ints:
    """On which day was each customer's first failure known? Shape (runs, customers)."""
    known = books.actions("default_known")
    first = np.full((books.runs, len(books.ledger.customers)), _NEVER, dtype=np.int64)
    at = books.run_index(known), known["customer"].to_numpy().astype(np.int64)
    np.minimum.at(first, at, known["happened_on"].to_numpy().astype(np.int64))
    return first


@metric("alarms", unit="count", needs=("alerts",))
def alarms(books: Books, periods: Periods) -> Floats:
    """How many alarms about customers were raised in the period?"""
    raised = books.actions("alert")
    return books.count(periods, books.run_index(raised), raised["happened_on"].to_numpy()).astype(np.float64)


@metric("alarm_hits", unit="share", better="high", needs=_NEEDS, unknown="no_alarm_judged")
def alarm_hits(books: Books, periods: Periods) -> Floats:
    """Of the alarms whose 180 days ended in the period, which share was followed by the customer's failure?

    The rest were false alarms. A customer who had failed before the alarm does not count at all.
    """
    run, _, days, failed = _warned(books)
    fair = failed >= days
    hit = fair & (failed - days <= JUDGED_AFTER_DAYS)
    judged = days + JUDGED_AFTER_DAYS
    right = books.count(periods, run[hit], judged[hit])
    return formulas.ratio(right, books.count(periods, run[fair], judged[fair]))


@metric("failures_warned", unit="share", better="high", needs=_NEEDS, unknown="no_failures")
def failures_warned(books: Books, periods: Periods) -> Floats:
    """Of the failures that became known in the period, which share had an alarm in the 180 days before?"""
    run, _, failed, lead = _failures(books)
    warned = ~np.isnan(lead)
    caught = books.count(periods, run[warned], failed[warned])
    return formulas.ratio(caught, books.count(periods, run, failed))


@metric("alarm_lead_days", unit="d", better="high", needs=_NEEDS, unknown="no_alarm_came_true")
def alarm_lead_days(books: Books, periods: Periods) -> Floats:
    """How many days before a failure was known did the first alarm (of 180 days) come? Median of the period."""
    run, _, failed, lead = _failures(books)
    found = np.full((books.runs, len(periods)), np.nan)
    period = periods.of_day(failed)
    for at in range(len(periods)):
        for one in np.unique(run[(period == at) & ~np.isnan(lead)]):
            mine = (run == one) & (period == at) & ~np.isnan(lead)
            found[one, at] = np.median(lead[mine])
    return found


def _failures(books: Books) -> tuple[Ints, Ints, Ints, Floats]:
    """Failures one by one: run, customer, day, and by how many days the first alarm came before (NaN: none did)."""
    first = _failure_days(books)
    run, who = np.nonzero(first != _NEVER)
    raised_run, raised_who, days, failed = _warned(books)
    in_time = (days <= failed) & (failed - days <= JUDGED_AFTER_DAYS) & (failed != _NEVER)
    earliest = np.full(first.shape, _NEVER, dtype=np.int64)
    np.minimum.at(earliest, (raised_run[in_time], raised_who[in_time]), days[in_time])
    alarm = earliest[run, who]
    lead = np.where(alarm == _NEVER, np.nan, (first[run, who] - alarm).astype(np.float64))
    return run.astype(np.int64), who.astype(np.int64), first[run, who], lead


# --- grades -----------------------------------------------------------------------------------------------------


@metric("grade_auc", unit="index", better="high", needs=_GRADED, unknown="no_failures_graded")
def grade_auc(books: Books, periods: Periods) -> Floats:
    """How well did the grades of 180 days before the period's end rank who failed since? 0.5 is chance, 1 perfect.

    AUC: how likely a customer that failed had a worse grade than one that did not. Those failed by then are left out.
    """
    return _judged(books, periods, credit_risk.auc)


@metric("grade_ks", unit="index", better="high", needs=_GRADED, unknown="no_failures_graded")
def grade_ks(books: Books, periods: Periods) -> Floats:
    """How far apart do the grades of those who failed in 180 days and of the others lie at most? 0 no use, 1 perfect.

    Kolmogorov-Smirnov: the largest gap between the two cumulative shares, grade by grade.
    """
    return _judged(books, periods, credit_risk.ks)


def _judged(books: Books, periods: Periods, quality: Callable[[Floats, NDArray[np.bool_]], float]) -> Floats:
    """One quality of the grades of 180 days before each period's end. Shape (runs, periods)."""
    found = np.full((books.runs, len(periods)), np.nan)
    graded, failed = _graded(books, periods.ends)
    for run, at in np.ndindex(found.shape):
        known = ~np.isnan(graded[run, at])
        if known.any():
            found[run, at] = quality(graded[run, at, known], failed[run, at, known])
    return found


def _graded(books: Books, ends: Ints) -> tuple[Floats, NDArray[np.bool_]]:
    """Grades 180 days before each day, and who failed since. Shape (runs, days, customers); NaN: not to be judged."""
    begins = ends - JUDGED_AFTER_DAYS
    given, before = grades(books, begins), failed_by(books, begins)
    given[before] = np.nan
    given[:, begins < books.ledger.first - 1] = np.nan
    return given, failed_by(books, ends)


@metric("grade_shift", unit="index", better="low", needs=("grades",), unknown="no_grades")
def grade_shift(books: Books, periods: Periods) -> Floats:
    """How far has the mix of grades moved in the period? Population stability index; below 0.10 is stable.

    Unknown when a grade is empty at one end only.
    """
    before, after = (_mix(books, days) for days in (periods.starts - 1, periods.ends))
    found = np.full((books.runs, len(periods)), np.nan)
    for cell in np.ndindex(found.shape):
        if before[cell].sum() and after[cell].sum():
            moved = credit_risk.psi(before[cell], after[cell])
            found[cell] = moved if np.isfinite(moved) else np.nan
    return found


def _mix(books: Books, days: Ints) -> Ints:
    """How many customers have each grade at the end of each day? Shape (runs, days, grades)."""
    given = grades(books, days)
    return np.stack([np.sum(given == at, axis=2) for at in range(len(GRADES))], axis=2)


@report(
    "grade_migration",
    {"from_grade": "name", "to_grade": "name", "customers": "count", "share": "share"},
    needs=("grades",),
)
def grade_migration(books: Books) -> pd.DataFrame:
    """Which grade did customers have when the ledger began, and which on its last day?"""
    ends = np.array([books.ledger.first, books.ledger.last], dtype=np.int64)
    given = grades(books, ends)
    places, letters = range(len(GRADES)), list("ABCDE")
    cells = [
        [np.sum((given[:, 0] == one) & (given[:, 1] == two), axis=1) for two in places] for one in places
    ]
    count = np.array(cells).transpose(2, 0, 1)
    share = formulas.ratio(count, count.sum(axis=2, keepdims=True))
    return grid(books, {"from_grade": letters, "to_grade": letters}, {"customers": count, "share": share})


@report(
    "grade_outcomes",
    {"grade": "name", "customers": "count", "failed": "count", "failure_rate": "share"},
    needs=_GRADED,
)
def grade_outcomes(books: Books) -> pd.DataFrame:
    """Of the customers that had each grade 180 days before the last day, how many have failed since?"""
    graded, failed = (each[:, 0] for each in _graded(books, np.array([books.ledger.last], dtype=np.int64)))
    mine = np.stack([graded == at for at in range(len(GRADES))], axis=1)
    customers, lost = mine.sum(axis=2), (mine & failed[:, None]).sum(axis=2)
    columns = {"customers": customers, "failed": lost, "failure_rate": formulas.ratio(lost, customers)}
    return grid(books, {"grade": list("ABCDE")}, columns)
