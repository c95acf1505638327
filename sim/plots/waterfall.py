"""Why did it change? The way from one policy's figure to another's, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.base import palette
from sim.plots import marks
from sim.plots.plot import LARGE, Argument, Arguments, Plot, Told, told
from sim.plots.spread import Sure, sure
from sim.plots.units import policy_label
from sim.study.lives import Life
from sim.study.why import why
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SMALL = 0.002  # of the largest total: parts below it are not drawn one by one, but together


SMALL_PARTS = 0.35  # of the larger total: where all parts lie closer together, the axis begins near them


@dataclass(frozen=True, eq=False)
class Way:
    """The figure under both policies, and each part of the change, as means with intervals. The parts add up."""

    figure: str
    names: tuple[str, ...]
    baseline: float
    alternative: float
    parts: dict[str, Sure]
    difference: Sure
    currency: str

    @property
    def drawn(self) -> dict[str, Sure]:
        """The parts worth a bar of their own; the rest together as `rest`, so that nothing is lost."""
        least = SMALL * max(abs(self.baseline), abs(self.alternative))
        large = {name: part for name, part in self.parts.items() if abs(part.mean) >= least}
        rest = sum(part.mean for name, part in self.parts.items() if name not in large)
        return {**large, "rest": Sure(rest, float("nan"), float("nan"))} if rest else large

    @property
    def largest(self) -> str:
        """The part that moves the figure most."""
        return max(self.parts, key=lambda name: abs(self.parts[name].mean))


def measure(lives: Sequence[Life], arguments: Arguments) -> Way:
    """The change of receivables or cash at the end, run by run, in parts."""
    found = why(arguments["of"], lives[0], lives[1])
    return Way(
        found.figure,
        tuple(arguments["names"]),
        float(found.baseline.mean()),
        float(found.alternative.mean()),
        {name: sure(values) for name, values in found.parts.items()},
        sure(found.difference),
        lives[0].currency,
    )


def describe(data: Way, words: Words) -> Told:
    """How much, and mainly through what?"""
    first, second = (policy_label(words, name) for name in data.names)
    values = {
        "second": second,
        "first": first,
        "figure": words.say(f"metric.{data.figure}.name"),
        "amount": words.money(abs(data.difference.mean), data.currency),
    }
    if data.difference.mean == 0:
        finding = words.say("plot.waterfall.same", **values)
    else:
        part = data.parts[data.largest]
        values["part"] = words.say(f"plot.waterfall.{data.figure}.{data.largest}")
        values["share"] = words.money(part.mean, data.currency, signed=True)
        finding = words.say(
            "plot.waterfall.less" if data.difference.mean < 0 else "plot.waterfall.more", **values
        )
    parts = [
        words.say(
            "plot.alt.part",
            name=_label(words, data, name),
            value=words.money(part.mean, data.currency, signed=True),
        )
        for name, part in data.drawn.items()
    ]
    alt = words.say("plot.alt.sentence", text=words.listed(parts))
    return told(words, finding, alt, shows=words.say(f"plot.waterfall.{data.figure}.shows"))


def _label(words: Words, data: Way, name: str) -> str:
    return words.say("plot.waterfall.rest" if name == "rest" else f"plot.waterfall.{data.figure}.{name}")


def draw(data: Way, words: Words, figure: Figure) -> Sequence[Axes]:
    """From the baseline's bar above to the alternative's below, each part hanging where the one before it ended."""
    axes = figure.subplots()
    parts = data.drawn
    unit = marks.value_axis(axes, words, "fen", data.currency, [data.baseline, data.alternative])
    marks.group_marks(axes.xaxis, words)
    first, second = (policy_label(words, name) for name in data.names)
    rows = [first, *(_label(words, data, name) for name in parts), second]
    at = data.baseline / unit.factor
    axes.barh(0, at, height=0.62, color=palette.BASELINE)
    _write(axes, words, data, 0, at, data.baseline, None)
    for row, part in enumerate(parts.values(), 1):
        step = part.mean / unit.factor
        good = _is_good(data.figure, part.mean)
        axes.barh(
            row, step, left=at, height=0.62, color=palette.GOOD if good else palette.BAD,
            hatch=None if good else "////", edgecolor=palette.PAPER, linewidth=0,
        )  # fmt: skip
        axes.plot([at, at], [row - 1 + 0.31, row - 0.31], color=palette.FAINT, linewidth=0.8)
        at += step
        if np.isfinite(part.low):
            reach = [[(part.mean - part.low) / unit.factor], [(part.high - part.mean) / unit.factor]]
            axes.errorbar(
                [at], [row], xerr=reach, fmt="none", ecolor=palette.INK, elinewidth=1.0, capsize=2.5
            )
        _write(axes, words, data, row, at, part.mean, part, step=step)
    last = len(parts) + 1
    axes.plot([at, at], [last - 1 + 0.31, last - 0.31], color=palette.FAINT, linewidth=0.8)
    axes.barh(last, data.alternative / unit.factor, height=0.62, color=palette.ALTERNATIVE)
    _write(axes, words, data, last, data.alternative / unit.factor, data.alternative, None)
    axes.set_yticks(range(last + 1), rows, fontsize=9.5, color=palette.INK)
    axes.set_ylim(last + 0.6, -0.6)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.axvline(0, color=palette.SOFT, linewidth=0.8)
    is_cut = _give_room(axes, data, unit.factor)
    label = marks.in_unit(words, words.say(f"metric.{data.figure}.name"), unit.label)
    axes.set_xlabel(label + "\n" + words.say("plot.waterfall.cut") if is_cut else label, linespacing=1.5)
    return [axes]


def _is_good(figure: str, amount: float) -> bool:
    """Is a part for the good? Less owed, more cash."""
    return amount < 0 if figure == "ar" else amount > 0


def _write(
    axes: Axes,
    words: Words,
    data: Way,
    row: int,
    at: float,
    amount: float,
    part: Sure | None,
    step: float = 0.0,
) -> None:
    """The amount beside the bar, on the side where its interval ends."""
    text = words.money(amount, data.currency, signed=part is not None)
    if part is not None and np.isfinite(part.low):
        between = words.interval(part.low, part.high, "fen", currency=data.currency, signed=True)
        text = words.say("panel.finding.clear", amount=text, between=between)
        edge = abs(part.high - part.mean) * (abs(step / part.mean) if part.mean else 0.0)
        at = max(at, at - step) + edge
    elif part is not None:
        at = max(at, at - step)
    axes.annotate(
        text, (max(at, 0.0), row), xytext=(6, 0), textcoords="offset points", va="center", fontsize=8.5,
        color=palette.INK if part is None else palette.SOFT,
    )  # fmt: skip


def _give_room(axes: Axes, data: Way, factor: float) -> bool:
    """Begin at zero unless the parts are small beside the totals, and leave room right of the bars. Was it cut?"""
    at = np.cumsum([data.baseline, *(part.mean for part in data.drawn.values())]) / factor
    low, high = float(min(at.min(), 0.0)), float(max(at.max(), 0.0))
    is_cut = bool(at.min() > 0 and np.ptp(at) < SMALL_PARTS * high)
    if is_cut:
        low = float(at.min() - np.ptp(at))
        _mark_cut(axes, len(at), low, high)
    axes.set_xlim(low - 0.02 * (high - low), high + 0.42 * (high - low))
    return is_cut


def _mark_cut(axes: Axes, last: int, low: float, high: float) -> None:
    """Show on both totals that their bars do not begin at zero."""
    at, lean = low + 0.05 * (high - low), 0.012 * (high - low)
    for row in (0, last):
        for shift in (0.0, 2.2 * lean):
            x = [at + shift - lean, at + shift + lean]
            axes.plot(x, [row + 0.36, row - 0.36], color=palette.PAPER, linewidth=2.2, zorder=5)


PLOT = Plot(
    "waterfall", measure, describe, draw, least=2, most=2, runs=30, size=LARGE,
    arguments=(Argument("of", "choice", "ar", ("ar", "cash")),),
)  # fmt: skip
