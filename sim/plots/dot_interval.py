"""What does another policy change, in many figures at once, and how sure is each?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.base import palette
from sim.base.errors import BadInput, Problem
from sim.measure import METRICS
from sim.plots import marks
from sim.plots.plot import TALL, Argument, Arguments, Plot, Told, told
from sim.plots.units import policy_label
from sim.study.compare import differences
from sim.study.lives import Life
from sim.study.sweep import outcome_of
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

USUAL = (
    "ar", "dso", "overdue", "days_late", "bad_debt", "cash_low", "credit_sales", "lost_sales", "collection_cost",
    "satisfaction", "economic_profit",
)  # fmt: skip
FARTHEST = 100.0  # percent; what goes further is drawn at the edge and told in figures


@dataclass(frozen=True)
class Gap:
    """One figure's difference, in its own unit and in percent of the baseline (NaN where that is zero)."""

    metric: str
    baseline: float
    difference: float
    low: float
    high: float

    @property
    def percent(self) -> tuple[float, float, float]:
        """The difference and the ends of its interval, in percent of the baseline's size."""
        size = abs(self.baseline)
        if not size:
            return float("nan"), float("nan"), float("nan")
        return tuple(100.0 * value / size for value in (self.difference, self.low, self.high))  # type: ignore[return-value]

    @property
    def is_clear(self) -> bool:
        """Does the interval leave zero out?"""
        return self.low > 0 or self.high < 0

    @property
    def is_better(self) -> bool | None:
        """Is the change for the good? None: unclear, or neither way is good."""
        better = METRICS[self.metric].better
        return None if not self.is_clear or better == "none" else (self.difference > 0) == (better == "high")


@dataclass(frozen=True, eq=False)
class Gaps:
    """All differences, in the order asked for; figures that only one policy has are left out."""

    names: tuple[str, ...]
    gaps: tuple[Gap, ...]
    currency: str


def measure(lives: Sequence[Life], arguments: Arguments) -> Gaps:
    """The paired differences over the whole time. Raises BadInput for unknown metrics."""
    unknown = [name for name in arguments["metrics"] if name not in METRICS]
    if unknown:
        raise BadInput([Problem("no_such_metric", "metrics", name) for name in unknown])
    baseline, alternative = (outcome_of(life, arguments["metrics"]) for life in lives)
    table = differences(baseline, alternative).table.dropna(subset=["difference"])
    rows = zip(*(table[name] for name in ("metric", "baseline", "difference", "low", "high")), strict=True)
    return Gaps(tuple(arguments["names"]), tuple(Gap(*row) for row in rows), lives[0].currency)


def describe(data: Gaps, words: Words) -> Told:
    """How many figures are clearly better, how many clearly worse?"""
    first, second = (policy_label(words, name) for name in data.names)
    better, worse = ([gap for gap in data.gaps if gap.is_better is way] for way in (True, False))
    finding = words.say(
        "plot.dot_interval.finding",
        first=first,
        second=second,
        better=words.number(len(better)),
        worse=words.number(len(worse)),
        all=words.number(len(data.gaps)),
    )
    parts = [
        words.say("plot.alt.part", name=words.say(f"metric.{gap.metric}.name"), value=_said(words, data, gap))
        for gap in data.gaps
    ]
    alt = words.say("plot.alt.sentence", text=words.listed(parts))
    return told(words, finding, alt, shows=words.say("plot.dot_interval.shows", first=first))


def _said(words: Words, data: Gaps, gap: Gap) -> str:
    unit = METRICS[gap.metric].unit
    amount = words.value(gap.difference, unit, currency=data.currency, signed=True)
    if not np.isfinite(gap.low):
        return amount
    between = words.interval(gap.low, gap.high, unit, currency=data.currency, signed=True)
    return words.say("panel.finding.clear", amount=amount, between=between)


def draw(data: Gaps, words: Words, figure: Figure) -> Sequence[Axes]:
    """A dot and its interval for each figure: filled when clear, green and up when good, red and down when not."""
    axes = figure.subplots()
    known = [gap for gap in data.gaps if np.isfinite(gap.percent[0])]
    ends = np.array([gap.percent for gap in known] or [(0.0, 0.0, 0.0)])
    reach = min(float(np.nanmax(np.abs(ends), initial=1.0)), FARTHEST) * 1.06
    for row, gap in enumerate(data.gaps):
        _draw_gap(axes, row, gap, reach)
        axes.text(
            1.01, row, _said(words, data, gap), transform=axes.get_yaxis_transform(), va="center", fontsize=8.5,
            color=palette.INK if gap.is_clear else palette.SOFT,
        )  # fmt: skip
    axes.axvline(0, color=palette.SOFT, linewidth=1.0, zorder=1)
    axes.set_yticks(
        range(len(data.gaps)), [words.say(f"metric.{gap.metric}.name") for gap in data.gaps], fontsize=9.0
    )
    axes.set_ylim(len(data.gaps) - 0.5, -0.5)
    axes.set_xlim(-reach, reach)
    marks.group_marks(axes.xaxis, words)
    axes.grid(visible=True, axis="x")
    axes.set_xlabel(words.say("plot.dot_interval.axis"))
    _write_key(axes, words)
    return [axes]


def _draw_gap(axes: Axes, row: int, gap: Gap, reach: float) -> None:
    middle, low, high = gap.percent
    if not np.isfinite(middle):
        return
    colour = {True: palette.GOOD, False: palette.BAD, None: palette.BASELINE}[gap.is_better]
    shape = {True: "^", False: "v", None: "o"}[gap.is_better]
    at = middle
    if abs(middle) > reach:  # farther than the axis goes: an arrow points there
        axes.plot(
            [np.sign(middle) * reach * 0.99], [row], ">" if middle > 0 else "<", color=colour, markersize=5
        )
        at = float(np.sign(middle)) * reach * 0.94
    if np.isfinite(low):
        axes.plot(np.clip([low, high], -reach, reach), [row, row], color=colour, linewidth=2.2, zorder=3)
    axes.plot(
        [at], [row], shape, color=colour, markersize=7.5, zorder=4,
        markerfacecolor=colour if gap.is_clear else palette.PAPER, markeredgewidth=1.6,
    )  # fmt: skip


def _write_key(axes: Axes, words: Words) -> None:
    from matplotlib.lines import Line2D

    looks = (("better", "^", palette.GOOD), ("worse", "v", palette.BAD), ("clear", "o", palette.BASELINE))
    handles = [
        Line2D(
            [],
            [],
            marker=shape,
            color=colour,
            linestyle="",
            markersize=7,
            label=words.say(f"plot.dot_interval.{name}"),
        )
        for name, shape, colour in looks
    ]
    unclear = Line2D(
        [], [], marker="o", color=palette.BASELINE, linestyle="", markersize=7, markeredgewidth=1.6
    )
    unclear.set_markerfacecolor(palette.PAPER)
    unclear.set_label(words.say("plot.dot_interval.unclear"))
    handles.append(unclear)
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, fontsize=8.5, borderaxespad=0.2,
        handletextpad=0.3, columnspacing=1.4,
    )  # fmt: skip


PLOT = Plot(
    "dot_interval", measure, describe, draw, least=2, most=2, runs=30, size=TALL,
    arguments=(Argument("metrics", "texts", USUAL),),
)  # fmt: skip
