"""Which share, month by month? Two tables in which colour and number say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base import palette
from sim.measure.reports import REPORTS
from sim.plots.plot import TALL, Argument, Arguments, Plot, Told, told
from sim.plots.spread import Sure, sure
from sim.study.lives import Life
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Table:
    """Shares by month and column, all runs: shape (runs, months, columns), NaN where unknown."""

    name: str
    kind: str
    months: tuple[str, ...]
    columns: tuple[str, ...]
    shares: Floats

    @property
    def mean(self) -> Floats:
        """The mean over the runs that know it, shape (months, columns)."""
        known = np.isfinite(self.shares)
        total = np.where(known, self.shares, 0.0).sum(axis=0)
        count = known.sum(axis=0)
        return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)

    def over_all(self, column: int) -> Sure:
        """The mean of one column over the months, and how sure it is."""
        known = np.isfinite(self.shares[:, :, column])
        total = np.where(known, self.shares[:, :, column], 0.0).sum(axis=1)
        count = known.sum(axis=1)
        return sure(np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0))


def _table(lives: Sequence[Life], report: str, rows: str, columns: str, value: str, kind: str) -> Table:
    books = lives[0].books
    table = REPORTS[report].of(books)
    months = tuple(map(str, pd.unique(table[rows])))
    across = tuple(map(str, pd.unique(table[columns])))
    shape = books.runs, len(months), len(across)
    return Table(report, kind, months, across, table[value].to_numpy(dtype=np.float64).reshape(shape))


def measure_rolls(lives: Sequence[Life], arguments: Arguments) -> Table:
    """The roll rates of each full month."""
    return _table(lives, "roll_rates", "period", "bucket", arguments["as"], arguments["as"])


def measure_pattern(lives: Sequence[Life], arguments: Arguments) -> Table:
    """The payment pattern of each month's sales."""
    return _table(lives, "payment_pattern", "cohort", "age", arguments["as"], arguments["as"])


def describe_rolls(data: Table, words: Words) -> Told:
    """How much of what is 1-30 days late gets older still?"""
    at = data.columns.index("1_30")
    finding = words.say(f"plot.roll_rates.finding_{data.kind}", **_level(data, words, at))
    return told(words, finding, _alt(data, words), shows=words.say(f"plot.roll_rates.shows_{data.kind}"))


def describe_pattern(data: Table, words: Words) -> Told:
    """How much of a month's sales is paid 60 days after the invoice?"""
    at = data.columns.index("60")
    finding = words.say(f"plot.payment_pattern.finding_{data.kind}", **_level(data, words, at))
    return told(words, finding, _alt(data, words), shows=words.say("plot.payment_pattern.shows"))


def _level(data: Table, words: Words, column: int) -> dict[str, str]:
    level = data.over_all(column)
    between = words.interval(level.low, level.high, "share", digits=1)
    return {"share": words.percent(level.mean, 0), "between": between}


def _alt(data: Table, words: Words) -> str:
    parts = [
        words.say(
            "plot.alt.part", name=_head(data, words, name), value=words.percent(data.over_all(at).mean, 0)
        )
        for at, name in enumerate(data.columns)
    ]
    return words.say("plot.alt.sentence", text=words.listed(parts))


def _head(data: Table, words: Words, name: str) -> str:
    if data.name == "payment_pattern":
        return words.say("plot.payment_pattern.after", days=name)
    return words.say(f"plot.bucket.{name}")


def draw(data: Table, words: Words, figure: Figure) -> Sequence[Axes]:
    """A table of months down and columns across; darker is more."""
    import seaborn as sns
    from matplotlib.colors import LinearSegmentedColormap

    axes = figure.subplots()
    shares = data.mean * 100
    cells = np.where(np.isfinite(shares), shares, np.nan)
    written = [[words.percent(x / 100, 0) if np.isfinite(x) else "–" for x in row] for row in cells]
    sns.heatmap(
        cells, ax=axes, cmap=LinearSegmentedColormap.from_list("arlab", palette.HEAT), vmin=0,
        vmax=max(100.0, float(np.nanmax(cells, initial=1.0))) if data.name == "payment_pattern" else None,
        annot=np.array(written), fmt="", cbar=False, linewidths=1.5, linecolor=palette.PAPER,
        annot_kws={"fontsize": 9.5},
        yticklabels=[words.period(month) for month in data.months],
        xticklabels=[_head(data, words, name) for name in data.columns],
    )  # fmt: skip
    _ink_numbers(axes)
    axes.set_facecolor(palette.PAPER)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelsize=9)
    axes.set_yticklabels(axes.get_yticklabels(), rotation=0)
    axes.grid(visible=False)
    for at, row in enumerate(cells):
        for place, value in enumerate(row):
            if not np.isfinite(value):
                axes.text(place + 0.5, at + 0.5, "–", ha="center", va="center", color=palette.FAINT)
    return [axes]


def _ink_numbers(axes: Axes) -> None:
    """Dark numbers on light cells, white ones on dark cells: every number can be read."""
    colours = axes.collections[0].get_facecolors()  # type: ignore[attr-defined]
    for text, colour in zip(axes.texts, colours, strict=False):
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]
        )
        text.set_color(palette.INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.20 else palette.PAPER)


ROLLS = Plot(
    "roll_rates", measure_rolls, describe_rolls, draw, size=TALL,
    arguments=(Argument("as", "choice", "gross", ("gross", "net")),),
)  # fmt: skip
PATTERN = Plot(
    "payment_pattern", measure_pattern, describe_pattern, draw, size=TALL,
    arguments=(Argument("as", "choice", "collected", ("collected", "open")),),
)  # fmt: skip
