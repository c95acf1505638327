"""What does one lever do, from low to high?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.base import palette
from sim.base.errors import BadInput, Problem
from sim.measure import METRICS
from sim.model.policy import LEVERS
from sim.plots import marks
from sim.plots.plot import LARGE, Argument, Arguments, Plot, Told, told
from sim.plots.words_for import control_label, lever_value
from sim.study.compare import Outcome
from sim.study.lives import Life, LifeAsked, world_of
from sim.study.sweep import Sweep, Value, asked_for, in_force, ordered, outcome_of, swept
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_PANELS = 4
BP_PER_PERCENT = 100
ROOM = 8.4  # inches for all panels of a row


@dataclass(frozen=True, eq=False)
class Swept:
    """A sweep, and which figures of it are shown."""

    sweep: Sweep
    metrics: tuple[str, ...]
    currency: str


def _values(asked: LifeAsked, arguments: Arguments) -> list[Value]:
    """The values to be lived through, the one in force among them. Raises BadInput."""
    path, values = arguments["lever"], list(arguments["values"])
    if len(values) < 2:
        raise BadInput([Problem("at_least", "values", len(values), {"limit": 2})])
    for metric in arguments["metrics"]:
        if metric not in METRICS:
            raise BadInput([Problem("no_such_metric", "metrics", metric)])
    if not 1 <= len(arguments["metrics"]) <= MOST_PANELS:
        limits = {"low": 1, "high": MOST_PANELS}
        raise BadInput([Problem("out_of_range", "metrics", len(arguments["metrics"]), limits)])
    return ordered([*values, _reference(asked, path)])


def _reference(asked: LifeAsked, path: str) -> Value:
    if path in LEVERS:
        return in_force(asked.policy, None, path)
    times = (asked.scenario, asked.seed, asked.runs, asked.days, asked.times, asked.edition)
    return in_force(asked.policy, world_of(asked.portfolio, *times).scenario, path)


def plan(asked: tuple[LifeAsked, ...], arguments: Arguments) -> tuple[LifeAsked, ...]:
    """One life for each value."""
    return tuple(asked_for(asked[0], arguments["lever"], value) for value in _values(asked[0], arguments))


Kept = tuple[Value, Outcome, str]


def keep(life: Life, arguments: Arguments) -> Kept:
    """The value, the figures at it, and the currency."""
    return _value_of(life, arguments["lever"]), outcome_of(life, arguments["metrics"]), life.currency


def measure(lives: Sequence[Kept], arguments: Arguments) -> Swept:
    """The figures at each value, and their paired differences from the value in force."""
    path, metrics = arguments["lever"], tuple(arguments["metrics"])
    outcomes = {value: found for value, found, _ in lives}
    reference = _reference(arguments["asked"][0], path)
    return Swept(swept(path, reference, outcomes), metrics, lives[0][2])


def _value_of(life: Life, path: str) -> Value:
    if path in LEVERS:
        return in_force(life.asked.policy, None, path)
    return dict(life.asked.times)[path]


def describe(data: Swept, words: Words) -> Told:
    """At which value is the first figure best, and do the runs show that it is better than now?"""
    metric = data.metrics[0]
    best, now = data.sweep.best(metric), data.sweep.reference
    name, lever = words.say(f"metric.{metric}.name"), control_label(words, data.sweep.path)
    values = {"metric": name, "lever": lever, "now": lever_value(words, data.sweep.path, now)}
    if best is None:
        rows = data.sweep.of(metric)
        ends = [_amount(words, data, metric, float(rows["mean"].iloc[at])) for at in (0, -1)]
        steps = [lever_value(words, data.sweep.path, rows["value"].iloc[at]) for at in (0, -1)]
        finding = words.say(
            "plot.sweep.moves", **values, first=ends[0], last=ends[1], low=steps[0], high=steps[1]
        )
    else:
        values["best"] = lever_value(words, data.sweep.path, best)
        finding = words.say(f"plot.sweep.{METRICS[metric].better}{_how_sure(data, metric, best)}", **values)
    each = [_told(data, words, name) for name in data.metrics]
    return told(words, finding, *each, shows=words.say("plot.sweep.shows", now=values["now"]))


def _how_sure(data: Swept, metric: str, best: Value) -> str:
    if best == data.sweep.reference:
        return "_now"
    return "" if data.sweep.is_clear(metric, best, data.sweep.reference) else "_unclear"


def _told(data: Swept, words: Words, metric: str) -> str:
    rows = data.sweep.of(metric)
    parts = [
        words.say(
            "plot.alt.part",
            name=lever_value(words, data.sweep.path, value),
            value=_amount(words, data, metric, mean),
        )
        for value, mean in zip(rows["value"], rows["mean"], strict=True)
    ]
    return words.say("plot.alt.list", name=words.say(f"metric.{metric}.name"), parts=words.listed(parts))


def _amount(words: Words, data: Swept, metric: str, value: float) -> str:
    return words.value(value, METRICS[metric].unit, currency=data.currency)


def lever_unit(words: Words, path: str) -> str:
    """In which unit is the lever set?"""
    declared = LEVERS.get(path)
    return words.say(f"panel.unit.{declared.unit}") if declared is not None and declared.kind == "int" else ""


def draw(data: Swept, words: Words, figure: Figure) -> Sequence[Axes]:
    """A panel for each figure: its mean at each value, the interval of the difference from now, the best value."""
    count = len(data.metrics)
    grid = figure.subplots(2, 2) if count == 4 else figure.subplots(1, count)
    panels = list(np.atleast_1d(grid).flat)
    for axes, metric in zip(panels, data.metrics, strict=True):
        _draw_panel(axes, data, words, metric)
    name = marks.in_unit(words, control_label(words, data.sweep.path), lever_unit(words, data.sweep.path))
    for axes in panels[-2:] if count == 4 else panels:
        axes.set_xlabel(name)
    return panels


def _draw_panel(axes: Axes, data: Swept, words: Words, metric: str) -> None:
    rows = data.sweep.of(metric)
    numbers = all(isinstance(value, int) and not isinstance(value, bool) for value in data.sweep.values)
    x = (
        np.array(data.sweep.values, dtype=float)
        if numbers
        else np.arange(len(data.sweep.values), dtype=float)
    )
    if numbers and data.sweep.path in LEVERS and LEVERS[data.sweep.path].unit == "bp":
        x = x / BP_PER_PERCENT
    now = data.sweep.values.index(data.sweep.reference)
    level = rows["mean"].to_numpy(dtype=float)
    half = (rows["difference_high"] - rows["difference_low"]).to_numpy(dtype=float) / 2
    half = np.where(np.arange(len(x)) == now, 0.0, half)
    unit = marks.value_axis(axes, words, METRICS[metric].unit, data.currency, level)
    y, reach = level / unit.factor, half / unit.factor
    if numbers:
        axes.plot(x, y, color=palette.ALTERNATIVE, zorder=3)
        axes.fill_between(
            x, y - reach, y + reach, color=palette.ALTERNATIVE, alpha=0.2, linewidth=0, zorder=2
        )
    axes.errorbar(
        x,
        y,
        yerr=reach,
        fmt="o",
        color=palette.ALTERNATIVE,
        markersize=4.5,
        elinewidth=1.1,
        capsize=3,
        zorder=3,
    )
    axes.axvline(x[now], color=palette.BASELINE, linestyle="dashed", linewidth=1.0, zorder=1)
    _mark_best(axes, data, words, metric, x, y)
    axes.margins(x=0.06)
    low, high = axes.get_ylim()
    axes.set_ylim(low - 0.16 * (high - low), high + 0.20 * (high - low))
    names = [_short(words, data.sweep.path, value) for value in data.sweep.values]
    columns = 2 if len(data.metrics) == 4 else len(data.metrics)
    axes.set_xticks(
        x, names if numbers else [marks.folded(name, ROOM / columns / len(names)) for name in names]
    )
    marks.entitle(axes, words, words.say(f"metric.{metric}.name"), unit.label)
    _write_now(axes, words, float(x[now]), best=data.sweep.best(metric) == data.sweep.reference)


def _write_now(axes: Axes, words: Words, x: float, *, best: bool) -> None:
    """Name the dashed line; where the value in force is also the best, its own mark says both."""
    low, high = axes.get_ylim()
    left, right = axes.get_xlim()
    share = (x - left) / (right - left)
    axes.text(
        x, high, words.say("plot.sweep.now_and_best" if best else "plot.sweep.now"), fontsize=8.5,
        color=palette.GOOD if best else palette.BASELINE,
        ha="left" if share < 0.15 else "right" if share > 0.85 else "center", va="top",
        bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1.0},
    )  # fmt: skip
    axes.set_ylim(low, high)


def _mark_best(axes: Axes, data: Swept, words: Words, metric: str, x: Any, y: Any) -> None:
    best = data.sweep.best(metric)
    if best is None or (y == y[0]).all():
        return
    at = data.sweep.values.index(best)
    axes.plot(
        [x[at]],
        [y[at]],
        "o",
        color=palette.GOOD,
        markersize=10,
        markerfacecolor="none",
        markeredgewidth=2,
        zorder=5,
    )
    if best == data.sweep.reference:
        return
    up = METRICS[metric].better == "high"
    axes.annotate(
        words.say("plot.sweep.mark"), (x[at], y[at]), xytext=(0, 10 if up else -10), textcoords="offset points",
        fontsize=8.5, color=palette.GOOD, ha="center", va="bottom" if up else "top", zorder=6,
        bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 0.6, "alpha": 0.8},
    )  # fmt: skip


def _short(words: Words, path: str, value: Value) -> str:
    declared = LEVERS.get(path)
    if declared is not None and declared.kind != "int":
        return lever_value(words, path, value)
    return value if isinstance(value, str) else words.number(value)


PLOT = Plot(
    "sweep",
    measure,
    describe,
    draw,
    size=LARGE,
    plan=plan,
    keep=keep,
    arguments=(
        Argument("lever", "text", "terms.net_days"),
        Argument("values", "numbers", (30, 45, 60, 75, 90)),
        Argument("metrics", "texts", ("economic_profit", "ar")),
    ),
)
