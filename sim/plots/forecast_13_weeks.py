"""How good was the 13-week forecast of what customers pay?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.base import palette
from sim.base.days import date_of
from sim.base.errors import BadInput, Problem
from sim.measure.forecast import DAYS, ORIGIN_STEP, WEEKS, tried
from sim.plots import marks
from sim.plots.plot import LARGE, Argument, Arguments, Plot, Told, told
from sim.plots.spread import Spread, spread
from sim.study.lives import Life
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]
HORIZONS = (1, 4, 13)


@dataclass(frozen=True, eq=False)
class Forecast:
    """What was expected of each week and what came, shape (runs, weeks); one run is shown."""

    origin: int
    run: int
    expected: Floats
    came: Floats
    currency: str

    @property
    def band(self) -> Spread:
        """Where 80 % of the runs came in, as a multiple of their own forecast, put on the forecast shown."""
        ratio = np.divide(
            self.came, self.expected, out=np.full_like(self.came, np.nan), where=self.expected > 0
        )
        found, shown = spread(ratio), self.expected[self.run]
        return Spread(found.low * shown, shown, found.high * shown)

    def error(self, weeks: int) -> float:
        """By which share of what came was too much expected, in so many weeks of the run shown?"""
        came = float(self.came[self.run, :weeks].sum())
        return float(self.expected[self.run, :weeks].sum()) / came - 1 if came else float("nan")


def measure(lives: Sequence[Life], arguments: Arguments) -> Forecast:
    """One forecast against what came. Raises BadInput when the time is too short for the one asked for."""
    books = lives[0].books
    found = tried(books)
    whole = np.flatnonzero(np.isfinite(found.came).all(axis=(0, 2)))
    if not len(whole):
        raise BadInput([Problem("at_least", "days", books.days, {"limit": 2 * DAYS})])
    at = int(whole[min(arguments["forecast"], len(whole)) - 1])
    run = min(arguments["run"], books.runs) - 1
    return Forecast(int(found.origins[at]), run, found.expected[:, at], found.came[:, at], lives[0].currency)


def describe(data: Forecast, words: Words) -> Told:
    """How far off was it over the 13 weeks, and over the first one and four?"""
    error = data.error(WEEKS)
    values = {
        "expected": words.money(float(data.expected[data.run].sum()), data.currency),
        "came": words.money(float(data.came[data.run].sum()), data.currency),
        "error": words.percent(abs(error), 0),
        "day": words.date(date_of(data.origin)),
    }
    finding = words.say("plot.forecast.too_much" if error > 0 else "plot.forecast.too_little", **values)
    parts = [
        words.say("plot.forecast.error", weeks=weeks, error=words.percent(data.error(weeks), 0, signed=True))
        for weeks in HORIZONS
    ]
    many = len(data.came) > 1
    shows = words.say("plot.forecast.shows" if many else "plot.forecast.shows_one")
    return told(words, finding, words.say("plot.alt.sentence", text=words.listed(parts)), shows=shows)


def draw(data: Forecast, words: Words, figure: Figure) -> Sequence[Axes]:
    """Bars for what came, a line for what was expected and the band it should stay in; errors of 1, 4, 13 weeks."""
    axes = figure.subplots()
    weeks = np.arange(1, WEEKS + 1)
    band = data.band
    high = band.high if band.has_band else data.expected[data.run]
    unit = marks.value_axis(axes, words, "fen", data.currency, np.concatenate([high, data.came[data.run]]))
    came = data.came[data.run] / unit.factor
    axes.bar(
        weeks,
        came,
        0.62,
        color=palette.GRID,
        edgecolor=palette.FAINT,
        linewidth=0.6,
        label=words.say("plot.forecast.came"),
    )
    if band.has_band:
        axes.fill_between(
            weeks, band.low / unit.factor, band.high / unit.factor, color=palette.ALTERNATIVE, alpha=0.15, linewidth=0,
            label=words.say("plot.forecast.band"),
        )  # fmt: skip
    axes.plot(
        weeks, data.expected[data.run] / unit.factor, "o-", color=palette.ALTERNATIVE, markersize=4,
        label=words.say("plot.forecast.expected"),
    )  # fmt: skip
    marks.from_zero(axes)
    marks.headroom(axes, 0.22)
    starts = [date_of(data.origin + 1 + 7 * week) for week in range(WEEKS)]
    axes.set_xticks(weeks, [words.say("plot.forecast.day", month=day.month, day=day.day) for day in starts])
    axes.set_xlabel(words.say("plot.forecast.week"))
    marks.entitle(axes, words, words.say("plot.forecast.axis"), unit.label)
    axes.legend(loc="upper right", ncols=3, fontsize=8.5)
    _write_errors(axes, data, words)
    return [axes]


def _write_errors(axes: Axes, data: Forecast, words: Words) -> None:
    text = "\n".join(
        words.say("plot.forecast.error", weeks=weeks, error=words.percent(data.error(weeks), 0, signed=True))
        for weeks in HORIZONS
    )
    axes.text(
        0.01, 0.98, text, transform=axes.transAxes, va="top", fontsize=8.5, color=palette.SOFT, linespacing=1.35,
        bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 2.0},
    )  # fmt: skip


LATEST_FORECAST = (10 * 366) // ORIGIN_STEP
PLOT = Plot(
    "forecast_13_weeks", measure, describe, draw, size=LARGE,
    arguments=(
        Argument("forecast", "whole", 3, low=1, high=LATEST_FORECAST),
        Argument("run", "whole", 1, low=1, high=1000),
    ),
)  # fmt: skip
