"""Does the cash last? Day by day, with its low point and the line of the bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.base import palette
from sim.base.days import date_of
from sim.measure import METRICS, Books
from sim.model.accounts import closings_of
from sim.plots import marks
from sim.plots.plot import LARGE, Argument, Arguments, Plot, Told, told
from sim.plots.spread import spread, sure
from sim.plots.units import month_names, month_starts, policy_label
from sim.plots.year import LOOKS
from sim.study.lives import Life
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Path:
    """The cash at each day's end in all runs, shape (runs, days), the bank's line, and how many runs were insolvent."""

    name: str
    cash: Floats
    line: Floats  # how far the account may go below zero, mean over the runs, shape (days,); NaN unknown
    ruined: float

    @property
    def lows(self) -> Floats:
        """The lowest evening of each run."""
        return np.asarray(self.cash.min(axis=1))

    @property
    def middle_run(self) -> int:
        """The run whose low point lies in the middle of all: one future among many, none better or worse."""
        return int(np.argsort(self.lows, kind="stable")[(len(self.lows) - 1) // 2])


@dataclass(frozen=True, eq=False)
class Cash:
    """The days, and the cash under one or two policies."""

    first: int
    paths: tuple[Path, ...]
    one_run: bool  # is the run in the middle drawn too?
    currency: str


def measure(lives: Sequence[Life], arguments: Arguments) -> Cash:
    """The cash account day by day."""
    paths = [_path(life.books, name) for life, name in zip(lives, arguments["names"], strict=True)]
    books = lives[0].books
    return Cash(books.ledger.first, tuple(paths), arguments["one_run"] == "yes", lives[0].currency)


def _path(books: Books, name: str) -> Path:
    ruin = METRICS["ruin"].of(books, books.periods("all"))
    return Path(name, books.cash[:, 1:].astype(np.float64), _line(books), float(ruin.mean()))


def _line(books: Books) -> Floats:
    """The overdraft line of each day: what the books said at the closing before."""
    ledger, days = books.ledger, np.arange(books.days)
    if not len(ledger.balance):
        return np.full(books.days, np.nan)
    closings = closings_of(ledger.balance, ledger.runs)
    at = np.searchsorted(closings.days, ledger.first + days, side="left") - 1
    return -closings.of("overdraft_line").mean(axis=0)[np.maximum(at, 0)]


def describe(data: Cash, words: Words) -> Told:
    """When is the cash lowest, how low, and how often does it not last?"""
    finding = _one(data, words, data.paths[0]) if len(data.paths) == 1 else _two(data, words)
    each = [_one(data, words, path) for path in data.paths] if len(data.paths) > 1 else []
    each = [words.say("plot.alt.sentence", text=text) for text in each]
    many = len(data.paths[0].cash) > 1
    shows = words.say("plot.cash.shows" if many else "plot.shows.one_run")
    return told(words, finding, *each, shows=shows)


def _one(data: Cash, words: Words, path: Path) -> str:
    run = path.middle_run
    day = data.first + int(path.cash[run].argmin())
    low, middle, high = (float(x) for x in np.percentile(path.lows, [10, 50, 90]))
    values = {
        "day": words.date(date_of(day)),
        "low": words.money(middle, data.currency),
        "between": words.interval(low, high, "fen", currency=data.currency),
        "ruined": words.percent(path.ruined, 0),
    }
    if len(path.cash) == 1:
        return words.say("plot.cash.finding_one", **values)
    return words.say("plot.cash.finding_ruin" if path.ruined else "plot.cash.finding", **values)


def _two(data: Cash, words: Words) -> str:
    first, second = (policy_label(words, path.name) for path in data.paths)
    gap = sure(data.paths[1].lows - data.paths[0].lows)
    near, far = sorted((abs(gap.low), abs(gap.high)))
    values = {
        "first": first,
        "second": second,
        "amount": words.money(abs(gap.mean), data.currency),
        "between": words.interval(near, far, "fen", currency=data.currency),
    }
    if not gap.is_clear:
        return words.say("plot.cash.two_unclear", **values)
    return words.say("plot.cash.two_higher" if gap.mean > 0 else "plot.cash.two_lower", **values)


def draw(data: Cash, words: Words, figure: Figure) -> Sequence[Axes]:
    """The middle and the band of all runs, one run as it really moves, its low point, and the bank's line."""
    axes = figure.subplots()
    values = np.concatenate([path.cash.ravel() for path in data.paths])
    unit = marks.value_axis(axes, words, "fen", data.currency, values)
    looks = LOOKS if len(data.paths) == 1 else LOOKS[::-1]
    days = np.arange(data.paths[0].cash.shape[1])
    ends = []
    for path, (colour, dashes) in zip(data.paths, looks, strict=False):
        found = spread(path.cash)
        marks.band(axes, days, found, unit.factor, colour, dashes, linewidth=1.7)
        if len(data.paths) > 1:
            ends.append((float(found.middle[-1]) / unit.factor, policy_label(words, path.name), colour))
        if data.one_run and len(path.cash) > 1:
            axes.plot(
                path.cash[path.middle_run] / unit.factor, color=colour, linewidth=0.7, alpha=0.75, zorder=2
            )
    deepest = min(path.lows[path.middle_run] for path in data.paths)
    for path in data.paths:
        above = path.lows[path.middle_run] > deepest  # so that the words at two low points never meet
        _mark_low(axes, data, words, path, unit.factor, above=above)
    _give_room_below(axes, data, unit.factor)
    axes.axhline(0, color=palette.SOFT, linewidth=0.9, zorder=1)
    ends += _draw_line(axes, data.paths[0], words, unit.factor)
    _day_axis(axes, data, words)
    marks.headroom(axes, 0.03)
    marks.entitle(axes, words, words.say("metric.cash.name"), unit.label)
    marks.label_ends(axes, ends, height=3.4)
    return [axes]


def _mark_low(axes: Axes, data: Cash, words: Words, path: Path, factor: float, *, above: bool) -> None:
    run = path.cash[path.middle_run] / factor
    at = int(run.argmin())
    axes.plot([at], [run[at]], "o", color=palette.BAD, markersize=6, zorder=5, markeredgecolor=palette.PAPER)
    right = at > 0.75 * len(run)
    axes.annotate(
        words.say("plot.cash.low", amount=words.money(run[at] * factor, data.currency)),
        (at, run[at]), xytext=(-8 if right else 8, 4 if above else -4), textcoords="offset points",
        color=palette.BAD, ha="right" if right else "left", va="bottom" if above else "top", zorder=6, fontsize=9,
        bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 0.8, "alpha": 0.8},
    )  # fmt: skip


def _give_room_below(axes: Axes, data: Cash, factor: float) -> None:
    """Room for the words at the lowest point, once everything is drawn and nothing can be cut off any more."""
    lowest = min(float(path.lows[path.middle_run]) for path in data.paths) / factor
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, lowest - 0.09 * (high - low)), high)


def _draw_line(axes: Axes, path: Path, words: Words, factor: float) -> list[tuple[float, str, str]]:
    """The overdraft line, unless it lies so far below that the cash would shrink to a thread."""
    line = path.line / factor
    low, high = axes.get_ylim()
    room = high - low
    if not np.isfinite(line).all() or not line.any() or line.min() < low - 0.35 * room:
        return []
    axes.set_ylim(min(low, float(line.min()) - 0.04 * room), high)
    axes.plot(line, color=palette.INK, linewidth=1.0, linestyle=(0, (2, 2)), zorder=1)
    return [(float(line[-1]), words.say("plot.cash.line"), palette.INK)]


def _day_axis(axes: Axes, data: Cash, words: Words) -> None:
    count = data.paths[0].cash.shape[1]
    starts = month_starts(date_of(data.first), date_of(data.first + count - 1))
    step = max(1, -(-len(starts) // 13))
    shown = starts[::step]
    names = month_names(words, [f"{day:%Y-%m}" for day in shown])
    axes.set_xticks([(day - date_of(data.first)).days for day in shown], names)
    axes.set_xlim(-count * 0.01, count * 1.01)


PLOT = Plot(
    "cash",
    measure,
    describe,
    draw,
    most=2,
    size=LARGE,
    arguments=(Argument("one_run", "choice", "yes", ("yes", "no")),),
)
