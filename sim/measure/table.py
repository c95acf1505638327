"""Which figures does a ledger show, run by run and period by period?"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import Day, date_of, dates_of
from sim.base.errors import BadInput, Problem
from sim.measure.books import Books
from sim.measure.periods import Every, Periods
from sim.measure.registry import METRICS, Metric, NotMeasurable, Reason
from sim.model.ledger import Ledger

HEADLINES = (
    "credit_sales", "receipts", "ar", "overdue", "overdue_ratio", "dso", "days_to_pay", "bad_debt", "lost_sales",
    "cash_low", "ruin", "economic_profit",
)  # fmt: skip
"""The figures a manager reads first."""


@dataclass(frozen=True)
class Measures:
    """Figures of a ledger.

    `table`: one row per run, period and metric: run, period (label), metric, value (NaN = unknown), unit, start and end
    (dates, both included), complete (false where the ledger covers only part of the period), reason (words key where
    the value is unknown, else empty). `refused`: the metrics this ledger cannot show at all, and why.
    """

    table: pd.DataFrame
    refused: Mapping[str, Reason]

    def values(self, metric: str) -> pd.DataFrame:
        """One metric as a grid, runs down, periods across."""
        mine = self.table[self.table["metric"] == metric]
        return mine.pivot(index="run", columns="period", values="value")


def measure(
    ledger: Ledger, names: Iterable[str] | None = None, every: Every = "month", *, as_of: Day | None = None
) -> Measures:
    """What are these figures (all by default) for each run and period?

    `as_of`: as the books could be read at the end of that day. Raises BadInput for unknown names or a day before the
    ledger begins.
    """
    wanted = [METRICS[name] for name in _known(names)]
    if as_of is not None:
        ledger = as_read_on(ledger, as_of)
    books = Books(ledger)
    periods = books.periods(every)
    found: list[tuple[Metric, NDArray[np.float64]]] = []
    refused: dict[str, Reason] = {}
    for metric in wanted:
        try:
            found.append((metric, metric.of(books, periods)))
        except NotMeasurable as refusal:
            refused[metric.name] = refusal.reason
    return Measures(_tidy(ledger, periods, found), refused)


def _known(names: Iterable[str] | None) -> list[str]:
    wanted = list(METRICS) if names is None else list(dict.fromkeys(names))
    unknown = [name for name in wanted if name not in METRICS]
    if unknown:
        raise BadInput(_unknown(name) for name in unknown)
    return wanted


def _unknown(name: str) -> Problem:
    near = difflib.get_close_matches(name, METRICS, n=3, cutoff=0.4)
    if not near:
        return Problem("no_such_metric", "metric", name)
    return Problem("unknown_metric", "metric", name, {"near": ", ".join(near)})


def as_read_on(ledger: Ledger, day: Day) -> Ledger:
    """The ledger as the books could be read at the end of this day. Raises BadInput for a day before it begins."""
    if day < ledger.first:
        first = {"first": date_of(ledger.first)}
        raise BadInput([Problem("as_of_before_first", "as_of", date_of(day), first)])
    read = ledger.known_by(day)
    if day < ledger.last and "disputes" not in ledger.coverage:
        # Flags without dates are known on the last day only: before it, nobody can tell which invoices are disputed.
        read = replace(read, coverage=read.coverage - {"dispute_flags"})
    return read


def _tidy(ledger: Ledger, periods: Periods, found: list[tuple[Metric, NDArray[np.float64]]]) -> pd.DataFrame:
    """All values as one long table, ordered by metric, run and period."""
    runs, count, metrics = len(ledger.runs), len(periods), len(found)
    per_metric = runs * count
    values = np.concatenate([grid.ravel() for _, grid in found]) if found else np.zeros(0)
    period = np.tile(np.arange(count), runs * metrics)
    which = np.repeat(np.arange(metrics), per_metric)
    names = [metric.name for metric, _ in found]
    units, reasons = [metric.unit for metric, _ in found], [metric.unknown for metric, _ in found]
    reason = np.where(np.isnan(values), np.array([*reasons, ""])[which], "") if found else values
    return pd.DataFrame(
        {
            "run": np.tile(np.repeat(np.asarray(ledger.runs, dtype=np.int32), count), metrics),
            "period": _named(period, periods.labels),
            "metric": _named(which, names),
            "value": values,
            "unit": pd.Categorical(np.array([*units, ""])[which] if found else []),
            "start": dates_of(periods.starts)[period],
            "end": dates_of(periods.ends)[period],
            "complete": periods.complete[period],
            "reason": pd.Categorical(reason),
        }
    )


def _named(which: NDArray[np.integer], names: Iterable[str]) -> "pd.Categorical[int]":
    """Names by position, as a categorical column."""
    return pd.Categorical.from_codes(which.tolist(), dtype=pd.CategoricalDtype(list(names)))


# --- day by day ---------------------------------------------------------------------------------------------------

DAILY: Mapping[str, tuple[tuple[str, ...], Callable[[Books], NDArray[np.int64]]]] = {
    "ar": (("invoice", "receipt"), lambda books: books.ar),
    "overdue": (("invoice", "receipt"), lambda books: books.overdue),
    "cash": (("cash",), lambda books: books.cash),
    "credit_sales": (("invoice",), lambda books: np.cumsum(books.sales, axis=1)),
    "receipts": (("receipt",), lambda books: -np.cumsum(books.flow("receipt", "bill_received"), axis=1)),
    "bad_debt": (("write_off",), lambda books: -np.cumsum(books.flow("write_off"), axis=1)),
    "recoveries": (("recovery",), lambda books: np.cumsum(books.recoveries, axis=1)),
    "collection_cost": (("cash",), lambda books: np.cumsum(books.collection_cost, axis=1)),
}
"""What can be followed day by day: balances at the end of the day, and flows added up since the first day."""


def daily(ledger: Ledger, name: str) -> NDArray[np.int64]:
    """How did this amount move from day to day? Shape (runs, days); balances, or flows added up.

    Raises NotMeasurable when the ledger does not record it.
    """
    return daily_of(Books(ledger), name)


def daily_of(books: Books, name: str) -> NDArray[np.int64]:
    """The same from books already opened, so that several curves share the work."""
    if name not in DAILY:
        raise BadInput([Problem("unknown_metric", "metric", name, {"near": ", ".join(DAILY)})])
    needs, matrix = DAILY[name]
    for kind in needs:
        if kind not in books.ledger.coverage:
            raise NotMeasurable(f"reason.not_recorded.{kind}")
    return matrix(books)[:, 1:]
