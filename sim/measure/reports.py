"""Which tables can a ledger show, beside the single figures: patterns, matrices, forecasts, lists?

A report is a pure function of the books, registered once under its name, that gives one tidy table: plain columns, one
row per case, NaN where unknown. It refuses like a metric. Its words stand in `sim/words` under `report.<name>.name` and
`.help`, those of its columns under `column.<name>`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import Day
from sim.base.errors import BadInput, Problem
from sim.measure.books import Books
from sim.measure.registry import Unit, refuse_unless_known
from sim.measure.table import as_read_on
from sim.model.ledger import Ledger

Kind = Unit | Literal["name", "date", "bucket", "period", "stage"]
"""What a column holds: a figure in its unit, or a name, a date, an age bucket, a period's label, a stage."""
ALL_RUNS = -1
"""Stands in the column `run` of what only all runs together can tell."""
Numbers = NDArray[Any]
Tabulate = Callable[[Books], pd.DataFrame]


@dataclass(frozen=True)
class Report:
    """One table that a ledger can show. `columns`: what each holds, in their order after `run`."""

    name: str
    columns: Mapping[str, Kind]
    needs: tuple[str, ...]
    seller: tuple[str, ...]
    function: Tabulate

    @property
    def words_key(self) -> str:
        """Where its name (`.name`) and explanation (`.help`) stand in `sim/words`."""
        return f"report.{self.name}"

    def of(self, books: Books) -> pd.DataFrame:
        """Its table. Raises NotMeasurable when the ledger has not what it needs."""
        refuse_unless_known(books, self.needs, self.seller)
        return self.function(books)[["run", *self.columns]]


_FOUND: dict[str, Report] = {}
REPORTS: Mapping[str, Report] = MappingProxyType(_FOUND)


def report(
    name: str, columns: Mapping[str, Kind], *, needs: Iterable[str] = (), seller: Iterable[str] = ()
) -> Callable[[Tabulate], Tabulate]:
    """Register a function as the report of this name."""

    def register(function: Tabulate) -> Tabulate:
        if name in _FOUND:
            raise ValueError(f"report declared twice: {name}")
        _FOUND[name] = Report(name, dict(columns), tuple(needs), tuple(seller), function)
        return function

    return register


def grid(books: Books, axes: Mapping[str, Sequence[object]], values: Mapping[str, Numbers]) -> pd.DataFrame:
    """A tidy table of all runs and these axes, in order; each column an array that broadcasts to (runs, *axes)."""
    shape = (books.runs, *(len(labels) for labels in axes.values()))
    names = ["run", *axes]
    cells = pd.MultiIndex.from_product([books.ledger.runs, *axes.values()], names=names).to_frame(index=False)
    return cells.assign(**{name: np.broadcast_to(each, shape).ravel() for name, each in values.items()})


def mean_over_runs(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with the mean of each figure over all runs, unknown ones left out; names as in the first run."""
    row = table.groupby("run", sort=False).cumcount()
    first = table.groupby(row, sort=False).first()
    figures = [name for name in table.columns if pd.api.types.is_numeric_dtype(table[name]) and name != "run"]
    first[figures] = table.groupby(row, sort=False)[figures].mean()
    return first.assign(run=ALL_RUNS)[list(table.columns)]


def tabulate(ledger: Ledger, name: str, *, as_of: Day | None = None) -> pd.DataFrame:
    """What does this report show, at the end of the ledger's last day or as the books could be read on another?

    First column `run`, then those of `REPORTS[name].columns`. Raises BadInput for an unknown name or a day before the
    ledger begins, NotMeasurable (with the reason) when the ledger has not recorded what it needs.
    """
    if name not in REPORTS:
        raise BadInput([Problem("unknown_report", "table", name, {"known": ", ".join(REPORTS)})])
    return REPORTS[name].of(Books(ledger if as_of is None else as_read_on(ledger, as_of)))
