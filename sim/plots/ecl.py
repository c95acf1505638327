"""How much of what is owed must be expected to be lost?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.base import palette
from sim.measure.expected_loss import BUCKETS, LOSS_OF_LAST, SCALAR, provision_matrix
from sim.plots import marks
from sim.plots.plot import LOW, Argument, Arguments, Plot, Told, told
from sim.plots.spread import Spread, spread, sure
from sim.study.lives import Life
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]
PANELS = ("balance", "loss_rate", "expected_loss")


@dataclass(frozen=True, eq=False)
class Matrix:
    """Each column of the provision matrix, all runs: shape (runs, buckets), NaN where unknown."""

    columns: dict[str, Floats]
    loss_of_last: float
    scalar: float
    currency: str

    @property
    def total(self) -> Floats:
        """The allowance of each run; NaN where a rate that is needed is unknown."""
        return np.asarray(self.columns["expected_loss"].sum(axis=1))


def measure(lives: Sequence[Life], arguments: Arguments) -> Matrix:
    """The provision matrix of the last day."""
    books = lives[0].books
    last, scalar = float(arguments["loss_of_last"]), float(arguments["scalar"])
    matrix: Any = provision_matrix  # a report may be asked with other assumptions than its usual ones
    table = matrix(books, loss_of_last=last, scalar=scalar)
    columns = {
        name: table[name].to_numpy(dtype=np.float64).reshape(books.runs, len(BUCKETS)) for name in PANELS
    }
    return Matrix(columns, last, scalar, lives[0].currency)


def describe(data: Matrix, words: Words) -> Told:
    """How much is expected to be lost, of how much, and where does it sit?"""
    total = sure(data.total)
    owed = float(data.columns["balance"].sum(axis=1).mean())
    if not np.isfinite(total.mean):
        return told(words, words.say("plot.finding.unknown"), shows="")
    oldest = float(np.nanmean(data.columns["expected_loss"][:, -1]))
    finding = words.say(
        "plot.ecl.finding",
        loss=words.money(total.mean, data.currency),
        between=words.interval(total.low, total.high, "fen", currency=data.currency),
        owed=words.money(owed, data.currency),
        share=words.percent(total.mean / owed if owed else float("nan"), 1),
        oldest=words.percent(oldest / total.mean if total.mean else float("nan"), 0),
    )
    parts = [
        words.say(
            "plot.alt.part",
            name=words.say(f"plot.bucket.{name}"),
            value=words.percent(_mean(data, "loss_rate")[at], 1),
        )
        for at, name in enumerate(BUCKETS)
    ]
    shows = words.say(
        "plot.ecl.shows", last=words.percent(data.loss_of_last, 0), scalar=words.number(data.scalar, 1)
    )
    alt = words.say("plot.alt.list", name=words.say("plot.ecl.loss_rate"), parts=words.listed(parts))
    return told(words, finding, alt, shows=shows)


def _mean(data: Matrix, column: str) -> Floats:
    values = data.columns[column]
    known = np.isfinite(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    return np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0)


def draw(data: Matrix, words: Words, figure: Figure) -> Sequence[Axes]:
    """What stands in each bucket, times the share lost of it, is the expected loss."""
    panels = figure.subplots(1, 3, sharey=True)
    rows = np.arange(len(BUCKETS))
    for axes, column in zip(panels, PANELS, strict=True):
        means, reach = _mean(data, column), spread(data.columns[column])
        kind = "share" if column == "loss_rate" else "fen"
        unit = marks.value_axis(axes, words, kind, data.currency, reach.high)
        marks.group_marks(axes.xaxis, words)
        colours = palette.AGES[: len(BUCKETS)]
        axes.barh(rows, means / unit.factor, 0.6, color=colours, edgecolor=palette.FAINT, linewidth=0.4)
        _draw_whiskers(axes, rows, means, reach, unit.factor)
        for row, value in zip(rows, means, strict=True):
            said = words.percent(value, 1) if kind == "share" else words.money(value, data.currency)
            end = max(value, reach.high[row]) / unit.factor if np.isfinite(value) else 0.0
            axes.annotate(
                said, (end, row), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8.5
            )
        axes.set_xlim(0, axes.get_xlim()[1] * 1.35)
        axes.xaxis.set_major_locator(_few_marks())
        axes.grid(visible=False, axis="y")
        axes.grid(visible=True, axis="x")
        marks.entitle(axes, words, words.say(f"plot.ecl.{column}"), unit.label)
    panels[0].set_yticks(rows, [words.say(f"plot.bucket.{name}") for name in BUCKETS], fontsize=9.5)
    panels[0].set_ylim(len(BUCKETS) - 0.4, -0.6)
    return list(panels)


def _draw_whiskers(axes: Axes, rows: NDArray[np.int64], means: Floats, reach: Spread, factor: float) -> None:
    if not reach.has_band:
        return
    ends = np.stack([np.maximum(means - reach.low, 0), np.maximum(reach.high - means, 0)]) / factor
    axes.errorbar(
        means / factor,
        rows,
        xerr=np.nan_to_num(ends),
        fmt="none",
        ecolor=palette.INK,
        elinewidth=0.9,
        capsize=2.5,
    )


def _few_marks() -> object:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=3)


PLOT = Plot(
    "ecl", measure, describe, draw, size=LOW,
    arguments=(
        Argument("loss_of_last", "number", LOSS_OF_LAST, low=0, high=1),
        Argument("scalar", "number", SCALAR, low=0, high=5),
    ),
)  # fmt: skip
