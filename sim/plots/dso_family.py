"""What do seven formulas say of one ledger, and why is turnover not one of them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.base import palette
from sim.plots import marks
from sim.plots.plot import TALL, Argument, Arguments, Plot, Told, told
from sim.plots.spread import month_labels, monthly
from sim.study.lives import Life
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FAMILY = (
    "dso", "dso_average", "dso_daily", "dso_countback", "dso_best_possible", "dso_with_bills", "days_to_pay",
)  # fmt: skip
TURNOVER = "turnover_year"


@dataclass(frozen=True, eq=False)
class Family:
    """Each formula month by month in one run, shape (months,), NaN where it cannot be told."""

    months: tuple[str, ...]
    values: dict[str, NDArray[np.float64]]
    turnover: NDArray[np.float64]

    @property
    def last(self) -> dict[str, float]:
        """What each formula says of the last month in which the plain one is known."""
        known = np.flatnonzero(np.isfinite(self.values["dso"]))
        at = int(known[-1]) if len(known) else -1
        return {name: float(values[at]) for name, values in self.values.items()}

    @property
    def last_month(self) -> str:
        """The label of that month."""
        known = np.flatnonzero(np.isfinite(self.values["dso"]))
        return self.months[int(known[-1]) if len(known) else -1]


def measure(lives: Sequence[Life], arguments: Arguments) -> Family:
    """All formulas on the books of one run."""
    books = lives[0].books
    run = min(arguments["run"], books.runs) - 1
    values = {name: monthly(books, name)[run] for name in FAMILY}
    return Family(month_labels(books), values, monthly(books, TURNOVER)[run])


def describe(data: Family, words: Words) -> Told:
    """How far apart are the formulas in the same month?"""
    last = {name: value for name, value in data.last.items() if np.isfinite(value)}
    if not last:
        return Told(words.say("plot.finding.unknown"), words.say("plot.finding.unknown"), "")
    low, high = min(last, key=last.__getitem__), max(last, key=last.__getitem__)
    finding = words.say(
        "plot.dso_family.finding",
        month=words.period(data.last_month),
        low=words.days(last[low], 0),
        high=words.days(last[high], 0),
        low_name=words.say(f"metric.{low}.name"),
        high_name=words.say(f"metric.{high}.name"),
    )
    parts = [
        words.say("plot.alt.part", name=words.say(f"metric.{name}.name"), value=words.days(value, 0))
        for name, value in last.items()
    ]
    return told(
        words,
        finding,
        words.say("plot.alt.sentence", text=words.listed(parts)),
        shows=words.say("plot.dso_family.shows"),
    )


def draw(data: Family, words: Words, figure: Figure) -> Sequence[Axes]:
    """The formulas above, in days; below the turnover, which counts times a year and points the other way."""
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3.1, 1.0))
    places = np.arange(len(data.months))
    ends = []
    for at, (name, values) in enumerate(data.values.items()):
        colour, dashes = palette.SERIES[at], palette.SERIES_DASHES[at % len(palette.SERIES_DASHES)]
        above.plot(
            places, values, color=colour, linestyle=dashes, linewidth=2.4 if at == 0 else 1.6, zorder=3
        )
        known = np.flatnonzero(np.isfinite(values))
        if len(known):
            ends.append((float(values[known[-1]]), words.say(f"plot.short.{name}"), colour))
    marks.value_axis(above, words, "d", "", list(data.values.values()))
    marks.headroom(above)
    marks.entitle(above, words, words.say("plot.dso_family.axis"), words.say("panel.unit.d"))
    marks.label_ends(above, ends, height=2.9)
    below.plot(places, data.turnover, color=palette.INK, linewidth=1.8, marker="o", markersize=3.5)
    marks.value_axis(below, words, "times", "", data.turnover)
    marks.from_zero(below)
    marks.headroom(below, 0.1)
    marks.entitle(below, words, words.say("plot.dso_family.turnover"), words.say("plot.dso_family.times"))
    known = np.flatnonzero(np.isfinite(data.turnover))
    if len(known):
        last = float(data.turnover[known[-1]])
        label = words.say(
            "plot.dso_family.reciprocal", times=words.number(last, 1), days=words.days(365 / last, 0)
        )
        marks.label_ends(below, [(last, label, palette.INK)], height=0.9)
    marks.month_axis(below, words, data.months)
    return [above, below]


PLOT = Plot(
    "dso_family",
    measure,
    describe,
    draw,
    runs=1,
    size=TALL,
    arguments=(Argument("run", "whole", 1, low=1, high=1000),),
)
