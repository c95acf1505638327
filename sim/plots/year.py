"""What did a company's year look like: sales, receivables, overdue, cash?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.base import palette
from sim.measure import METRICS
from sim.plots import marks
from sim.plots.plot import TALL, Arguments, Plot, Told, month_of_extreme, told
from sim.plots.spread import Spread, month_labels, monthly, spread, sure
from sim.plots.units import policy_label
from sim.study.lives import Life
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PANELS = ("credit_sales", "ar", "overdue", "cash")
LOOKS = ((palette.ALTERNATIVE, "solid"), (palette.BASELINE, "dashed"))


@dataclass(frozen=True, eq=False)
class Year:
    """Each panel's figure by month under one or two policies, all runs: shape (runs, months)."""

    months: tuple[str, ...]
    names: tuple[str, ...]
    runs: tuple[dict[str, NDArray[np.float64]], ...]
    currency: str

    def of(self, policy: int, metric: str) -> Spread:
        """The spread of one figure under one policy."""
        return spread(self.runs[policy][metric])


def measure(lives: Sequence[Life], arguments: Arguments) -> Year:
    """Sales, receivables, overdue and cash, month by month, under one or two policies."""
    books = [life.books for life in lives]
    found = tuple({name: monthly(each, name) for name in PANELS} for each in books)
    return Year(month_labels(books[0]), tuple(arguments["names"]), found, lives[0].currency)


def describe(data: Year, words: Words) -> Told:
    """The low point of cash and what was owed; with two policies, what the second changes."""
    finding = _two(data, words) if len(data.runs) == 2 else _one(data, words)
    parts = [_panel_told(data, words, name) for name in PANELS]
    shows = words.say("plot.year.shows" if data.of(0, "ar").has_band else "plot.shows.one_run")
    return told(words, finding, *parts, shows=shows)


def _one(data: Year, words: Words) -> str:
    cash, ar = data.of(0, "cash").middle, data.of(0, "ar").middle
    low, high = month_of_extreme(cash, lowest=True), month_of_extreme(ar, lowest=False)
    if low is None or high is None:
        return words.say("plot.finding.unknown")
    return words.say(
        "plot.year.finding",
        month=words.period(data.months[low]),
        cash=words.money(cash[low], data.currency),
        peak=words.period(data.months[high]),
        ar=words.money(ar[high], data.currency),
    )


def _two(data: Year, words: Words) -> str:
    first, second = (policy_label(words, name) for name in data.names)
    gap = sure(data.runs[1]["ar"][:, -1] - data.runs[0]["ar"][:, -1])
    if not gap.is_clear:
        return words.say("plot.year.two_unclear", first=first, second=second)
    low, high = sorted((abs(gap.low), abs(gap.high)))
    values = {
        "first": first,
        "second": second,
        "amount": words.money(abs(gap.mean), data.currency),
        "between": words.interval(low, high, "fen", currency=data.currency),
    }
    return words.say("plot.year.two_less" if gap.mean < 0 else "plot.year.two_more", **values)


def _panel_told(data: Year, words: Words, metric: str) -> str:
    middle = data.of(0, metric).middle
    return words.say(
        "plot.alt.from_to",
        name=words.say(f"metric.{metric}.name"),
        first=words.value(middle[0], METRICS[metric].unit, currency=data.currency),
        last=words.value(middle[-1], METRICS[metric].unit, currency=data.currency),
    )


def draw(data: Year, words: Words, figure: Figure) -> Sequence[Axes]:
    """Four small panels with common months."""
    grid = figure.subplots(2, 2, sharex=True)
    places = np.arange(len(data.months))
    for axes, metric in zip(grid.flat, PANELS, strict=True):
        spreads = [data.of(at, metric) for at in range(len(data.runs))]
        highest = np.concatenate([found.high for found in spreads])
        unit = marks.value_axis(axes, words, "fen", data.currency, highest)
        looks = LOOKS if len(spreads) == 1 else LOOKS[::-1]
        for found, (colour, dashes) in zip(spreads, looks, strict=False):
            marks.band(axes, places, found, unit.factor, colour, dashes)
        marks.from_zero(axes)
        marks.headroom(axes)
        marks.month_axis(axes, words, data.months, every=2)
        marks.entitle(axes, words, words.say(f"metric.{metric}.name"), unit.label)
        if metric == "cash" and len(spreads) == 1:
            _mark_low(
                axes, words, data, spreads[-1].middle / unit.factor, looks[len(spreads) - 1][0], unit.factor
            )
    if len(data.runs) == 2:
        _name_lines(grid[0, 1], data, words)
    return list(grid.flat)


def _mark_low(
    axes: Axes, words: Words, data: Year, middle: NDArray[np.float64], colour: str, factor: float
) -> None:
    at = month_of_extreme(middle, lowest=True)
    if at is None:
        return
    axes.plot([at], [middle[at]], "o", color=colour, markersize=5, zorder=4)
    text = words.money(middle[at] * factor, data.currency)
    side = "left" if at < len(middle) - 2 else "right"
    axes.annotate(
        text, (at, middle[at]), xytext=(4 if side == "left" else -4, -10), textcoords="offset points",
        fontsize=8.5, color=palette.INK, ha=side, va="top",
    )  # fmt: skip
    low, high = axes.get_ylim()
    axes.set_ylim(low - 0.12 * (high - low) if low < 0 else low, high)


def _name_lines(axes: Axes, data: Year, words: Words) -> None:
    ends = []
    low, high = axes.get_ylim()
    for at, (colour, _) in enumerate(LOOKS[::-1]):
        line = axes.get_lines()[at]
        last = float(np.asarray(line.get_ydata())[-1])
        ends.append((min(max(last, low), high), policy_label(words, data.names[at]), colour))
    marks.label_ends(axes, ends, height=2.0)


PLOT = Plot("year", measure, describe, draw, most=2, size=TALL)
