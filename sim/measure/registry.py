"""Which figures are there, in which unit, which way is good, and what must a ledger have recorded for each?

A metric is a pure function of the books and the periods, registered once under its name. Its words stand in
`sim/words` under `metric.<name>.name` and `.help`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.measure.books import Books
from sim.measure.periods import Periods

Unit = Literal["d", "fen", "share", "times", "count", "min", "index"]
"""Days, minor units of money, a fraction (0.356 = 35.6 %), times, a count, minutes, a plain number on its own scale."""
Better = Literal["low", "high", "none"]
Function = Callable[[Books, Periods], NDArray[np.float64]]


@dataclass(frozen=True)
class Reason:
    """Why is a figure unknown? A key into the words, and what fills its placeholders."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


class NotMeasurable(Exception):
    """This figure cannot be known from this ledger."""

    def __init__(self, key: str, values: Mapping[str, object] | None = None):
        self.reason = Reason(key, dict(values or {}))
        super().__init__(key)


@dataclass(frozen=True)
class Metric:
    """One figure: a question that a ledger can answer.

    `needs`: kinds of event that must be recorded, `seller`: the company's figures that must be known. `unknown`: the
    reason (a words key) of the cells that are NaN. `yes_or_no`: in a single run it is 1 or 0.
    """

    name: str
    unit: Unit
    better: Better
    needs: tuple[str, ...]
    seller: tuple[str, ...]
    unknown: str
    function: Function
    yes_or_no: bool = False

    @property
    def words_key(self) -> str:
        """Where its name (`.name`) and explanation (`.help`) stand in `sim/words`."""
        return f"metric.{self.name}"

    def of(self, books: Books, periods: Periods) -> NDArray[np.float64]:
        """Its values, shape (runs, periods), NaN where unknown. Raises NotMeasurable when none can be known."""
        refuse_unless_known(books, self.needs, self.seller)
        values = np.asarray(self.function(books, periods), dtype=np.float64) + 0.0  # never -0
        return np.broadcast_to(values, (books.runs, len(periods)))


def refuse_unless_known(books: Books, needs: Iterable[str], seller: Iterable[str]) -> None:
    """Raise NotMeasurable for the first kind of event that was not recorded or company figure that is not stated."""
    for kind in needs:
        if kind not in books.ledger.coverage:
            raise NotMeasurable(f"reason.not_recorded.{kind}")
    for figure in seller:
        if figure not in books.ledger.seller:
            raise NotMeasurable(f"reason.no_figure.{figure}")


_FOUND: dict[str, Metric] = {}
METRICS: Mapping[str, Metric] = MappingProxyType(_FOUND)


def metric(
    name: str,
    *,
    unit: Unit,
    better: Better = "none",
    needs: Iterable[str] = (),
    seller: Iterable[str] = (),
    unknown: str = "",
    yes_or_no: bool = False,
) -> Callable[[Function], Function]:
    """Register a function as the metric of this name."""

    def register(function: Function) -> Function:
        if name in _FOUND:
            raise ValueError(f"metric declared twice: {name}")
        _FOUND[name] = Metric(
            name,
            unit,
            better,
            tuple(needs),
            tuple(seller),
            unknown and f"reason.{unknown}",
            function,
            yes_or_no,
        )
        return function

    return register
