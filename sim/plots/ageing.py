"""How old is what customers owe, month by month?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.base import palette
from sim.measure.ages import CREDITS, DUE_BUCKETS
from sim.measure.reports import REPORTS
from sim.plots import marks
from sim.plots.plot import LARGE, Argument, Arguments, Plot, Told, told
from sim.plots.spread import drawn_months, month_labels, spread
from sim.study.lives import Life
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BUCKETS = tuple(name for name, _ in DUE_BUCKETS)


@dataclass(frozen=True, eq=False)
class Ageing:
    """What stood in each bucket at each month's end, all runs: shape (runs, months, buckets); credits last."""

    months: tuple[str, ...]
    balances: NDArray[np.float64]
    as_share: bool
    currency: str

    @property
    def mean(self) -> NDArray[np.float64]:
        """The mean over the runs: means of parts add up to the mean of the whole. Shape (months, buckets)."""
        return self.balances.mean(axis=0)

    @property
    def totals(self) -> NDArray[np.float64]:
        """The receivables in each run and month."""
        return self.balances.sum(axis=2)

    def share_past(self, bucket: str) -> float:
        """Which share of what is owed on the last day, credits aside, is in this bucket or an older one?"""
        last = self.mean[-1, : len(BUCKETS)]
        return float(last[BUCKETS.index(bucket) :].sum() / last.sum()) if last.sum() else float("nan")


def measure(lives: Sequence[Life], arguments: Arguments) -> Ageing:
    """The ageing report of each run, month by month."""
    books = lives[0].books
    _, drawn = drawn_months(books)
    table = REPORTS["ageing"].of(books)
    shape = books.runs, len(drawn), len(BUCKETS) + 1
    balances = table["balance"].to_numpy(dtype=np.float64).reshape(shape)[:, drawn]
    return Ageing(month_labels(books), balances, arguments["as"] == "share", lives[0].currency)


def describe(data: Ageing, words: Words) -> Told:
    """How much of what is owed at the end is overdue, and how much of it old?"""
    last = data.mean[-1]
    finding = words.say(
        "plot.ageing.finding",
        month=words.period(data.months[-1]),
        overdue=words.percent(data.share_past("1_30"), 0),
        old=words.percent(data.share_past("91_180"), 0),
        total=words.money(last.sum(), data.currency),
    )
    parts = [
        words.say(
            "plot.alt.part", name=words.say(f"plot.bucket.{name}"), value=words.money(amount, data.currency)
        )
        for name, amount in zip((*BUCKETS, CREDITS), last, strict=True)
        if amount
    ]
    kind = "share" if data.as_share else "amount" if len(data.balances) > 1 else "one"
    shows = words.say(f"plot.ageing.shows_{kind}")
    return told(words, finding, words.say("plot.alt.sentence", text=words.listed(parts)), shows=shows)


def draw(data: Ageing, words: Words, figure: Figure) -> Sequence[Axes]:
    """One column a month, the buckets above each other, older is darker; whiskers hold 80 % of the runs."""
    axes = figure.subplots()
    heights = data.mean
    owed = heights[:, : len(BUCKETS)].sum(axis=1, keepdims=True)
    if data.as_share:
        heights = np.divide(heights, owed, out=np.zeros_like(heights), where=owed > 0)
        unit = marks.value_axis(axes, words, "share", data.currency, 1.0)
    else:
        unit = marks.value_axis(axes, words, "fen", data.currency, owed)
    places = np.arange(len(data.months))
    bottoms = np.zeros(len(places))
    ends = []
    for at, name in enumerate(BUCKETS):
        part = heights[:, at] / unit.factor
        axes.bar(
            places, part, 0.72, bottom=bottoms, color=palette.AGES[at], edgecolor=palette.PAPER, linewidth=0.5
        )
        ends.append((bottoms[-1] + part[-1] / 2, words.say(f"plot.bucket.{name}"), palette.INK))
        bottoms = bottoms + part
    _draw_credits(axes, heights[:, -1] / unit.factor, places, words)
    if not data.as_share:
        _draw_whiskers(axes, data, unit.factor, places, bottoms)
    marks.from_zero(axes)
    axes.set_xlim(-0.6, len(places) - 0.4)
    marks.month_axis(axes, words, data.months)
    marks.entitle(axes, words, words.say("plot.ageing.axis"), unit.label)
    _label(axes, ends)
    return [axes]


def _draw_credits(
    axes: Axes, unmatched: NDArray[np.float64], places: NDArray[np.int64], words: Words
) -> None:
    """Payments not yet matched stand below zero, when there are any worth seeing."""
    top = axes.get_ylim()[1]
    if unmatched.min(initial=0.0) > -0.005 * top:
        return
    axes.bar(
        places, unmatched, 0.72, color=palette.PAPER, edgecolor=palette.FAINT, hatch="////", linewidth=0.6
    )
    axes.text(
        1.01, unmatched[-1] / 2, words.say("plot.bucket.credits"), fontsize=8.5, va="center",
        transform=axes.get_yaxis_transform(), color=palette.SOFT,
    )  # fmt: skip


def _draw_whiskers(
    axes: Axes, data: Ageing, factor: float, places: NDArray[np.int64], tops: NDArray[np.float64]
) -> None:
    if len(data.balances) < 2:
        return
    owed = spread(data.balances[:, :, : len(BUCKETS)].sum(axis=2))
    low, high = owed.low / factor, owed.high / factor
    reach = np.stack([np.maximum(tops - low, 0), np.maximum(high - tops, 0)])
    axes.errorbar(places, tops, yerr=reach, fmt="none", ecolor=palette.SOFT, elinewidth=1.0, capsize=2.5)


def _label(axes: Axes, ends: Sequence[tuple[float, str, str]]) -> None:
    """Name each bucket beside the last column, with a key of its colour."""
    from matplotlib.patches import Rectangle

    low, high = axes.get_ylim()
    height = 3.4
    gap = (marks.LABEL_INCHES + 0.03) / height * (high - low)
    at = marks.apart([end[0] for end in ends], gap, low, high)
    size = 0.10 / height * (high - low)
    for place, ((_, text, colour), colour_of) in enumerate(zip(ends, palette.AGES, strict=True)):
        key = Rectangle(
            (1.012, at[place] - size / 2), 0.014, size, color=colour_of, clip_on=False,
            transform=axes.get_yaxis_transform(),
        )  # fmt: skip
        axes.add_patch(key)
        axes.text(
            1.034,
            at[place],
            text,
            fontsize=8.5,
            color=colour,
            va="center",
            transform=axes.get_yaxis_transform(),
        )


PLOT = Plot(
    "ageing",
    measure,
    describe,
    draw,
    size=LARGE,
    arguments=(Argument("as", "choice", "amount", ("amount", "share")),),
)
