"""What became of the orders customers wanted to place: shipped, held, lost?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.base import palette
from sim.base.days import NEVER
from sim.measure import Books
from sim.model.ledger import HOLD_REASONS
from sim.plots import marks
from sim.plots.plot import LOW, Arguments, Plot, Told, told
from sim.plots.spread import Sure, sure
from sim.plots.units import policy_label
from sim.study.lives import Life
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]
CANCELLED = "cancelled"
STAGES = ("at_once", "held_shipped", "waiting", "cancelled", "lost_held", "lost")
COLOURS = (palette.ALTERNATIVE, "#7fb2dc", palette.FAINT, palette.GRID, palette.MARK, palette.BAD)
HATCHES = ("", "....", "", "||||", "////", "xxxx")


@dataclass(frozen=True, eq=False)
class Orders:
    """By policy: the amount that went each way, shape (runs,); together what was wanted. `why`: lost, by reason."""

    names: tuple[str, ...]
    ways: tuple[dict[str, Floats], ...]
    why: tuple[dict[str, Floats], ...]
    currency: str

    def wanted(self, policy: int) -> Floats:
        """What customers wanted to buy."""
        return np.asarray(sum(self.ways[policy].values()))

    def share(self, policy: int, *stages: str) -> Sure:
        """Which share of it went these ways?"""
        part = np.asarray(sum(self.ways[policy][stage] for stage in stages))
        wanted = self.wanted(policy)
        return sure(np.divide(part, wanted, out=np.full_like(part, np.nan), where=wanted > 0))


def measure(lives: Sequence[Life], arguments: Arguments) -> Orders:
    """Every order's way by amount."""
    found = [_ways(life.books) for life in lives]
    ways, why = zip(*found, strict=True)
    return Orders(tuple(arguments["names"]), ways, why, lives[0].currency)


def _ways(books: Books) -> tuple[dict[str, Floats], dict[str, Floats]]:
    orders = books.ledger.orders
    run, amount = books.run_index(orders), orders["amount_fen"].to_numpy(dtype=np.float64)
    held, released, lost = (
        orders[name].to_numpy() != NEVER for name in ("held_on", "released_on", "lost_on")
    )
    reasons = orders["hold_reason"].astype(str).to_numpy()
    cancelled = reasons == CANCELLED
    which = {
        "at_once": released & ~held,
        "held_shipped": released & held & ~lost,
        "waiting": ~released & ~lost,
        "cancelled": lost & cancelled,
        "lost_held": lost & held & ~cancelled,
        "lost": lost & ~held & ~cancelled,
    }
    which["at_once"] &= ~lost

    def total(chosen: NDArray[np.bool_]) -> Floats:
        return np.bincount(run[chosen], amount[chosen], minlength=books.runs).astype(np.float64)

    why = {reason: total(lost & (reasons == reason)) for reason in HOLD_REASONS if reason != CANCELLED}
    return {name: total(chosen) for name, chosen in which.items()}, {k: v for k, v in why.items() if v.any()}


def describe(data: Orders, words: Words) -> Told:
    """Which share of the orders is lost, and which is held up first?"""
    last = len(data.ways) - 1
    lost = data.share(last, "lost", "lost_held")
    values = {
        "policy": policy_label(words, data.names[last]),
        "wanted": words.money(float(data.wanted(last).mean()), data.currency),
        "lost": words.percent(lost.mean, 1),
        "held": words.percent(data.share(last, "held_shipped", "lost_held").mean, 1),
    }
    if last:
        before = data.share(0, "lost", "lost_held")
        values |= {"first": policy_label(words, data.names[0]), "before": words.percent(before.mean, 1)}
        finding = words.say("plot.funnel.two", **values)
    else:
        finding = words.say("plot.funnel.finding", **values)
    parts = [_alt(data, words, at) for at in range(last + 1)]
    return told(words, finding, *parts, shows=words.say("plot.funnel.shows"))


def _alt(data: Orders, words: Words, policy: int) -> str:
    parts = [
        words.say(
            "plot.alt.part",
            name=words.say(f"plot.funnel.{stage}"),
            value=words.money(float(amounts.mean()), data.currency),
        )
        for stage, amounts in data.ways[policy].items()
    ]
    return words.say("plot.alt.list", name=policy_label(words, data.names[policy]), parts=words.listed(parts))


def draw(data: Orders, words: Words, figure: Figure) -> Sequence[Axes]:
    """A bar for each policy, from left to right what became of the orders; above it what was lost and why."""
    axes = figure.subplots()
    largest = max(float(data.wanted(at).mean()) for at in range(len(data.ways)))
    unit = marks.value_axis(axes, words, "fen", data.currency, [largest])
    marks.group_marks(axes.xaxis, words)
    for at in range(len(data.ways)):
        _draw_bar(axes, data, words, at, unit.factor, largest)
    axes.set_yticks(range(len(data.ways)), [policy_label(words, name) for name in data.names], fontsize=9.5)
    axes.set_ylim(len(data.ways) - 0.45, -0.75)
    axes.grid(visible=False, axis="y")
    axes.set_xlim(0, largest / unit.factor * 1.02)
    axes.set_xlabel(marks.in_unit(words, words.say("plot.funnel.axis"), unit.label))
    _write_key(axes, words)
    return [axes]


def _draw_bar(axes: Axes, data: Orders, words: Words, at: int, factor: float, largest: float) -> None:
    left = 0.0
    for stage, colour, hatch in zip(STAGES, COLOURS, HATCHES, strict=True):
        amount = float(data.ways[at][stage].mean())
        axes.barh(
            at,
            amount / factor,
            left=left,
            height=0.46,
            color=colour,
            hatch=hatch,
            edgecolor=palette.PAPER,
            linewidth=0.6,
        )
        if amount > 0.05 * largest:
            share = words.percent(data.share(at, stage).mean, 0)
            axes.text(
                left + amount / factor / 2, at, share, ha="center", va="center", fontsize=9,
                color=palette.PAPER if stage in ("at_once", "lost") else palette.INK,
                bbox=None if stage in ("at_once", "waiting") else _backing(colour),
            )  # fmt: skip
        left += amount / factor
    lost = data.share(at, "lost", "lost_held")
    reasons = [
        words.say(
            "plot.alt.part",
            name=words.say(f"hold_reason.{reason}") if reason else words.say("plot.funnel.no_reason"),
            value=words.money(float(amounts.mean()), data.currency),
        )
        for reason, amounts in sorted(data.why[at].items(), key=lambda pair: -pair[1].mean())
    ]
    said = words.say(
        "plot.funnel.lost_why",
        share=words.percent(lost.mean, 1),
        between=words.interval(lost.low, lost.high, "share", digits=1),
        reasons=words.listed(reasons[:4]),
    )
    axes.text(left, at - 0.30, said, ha="right", va="bottom", fontsize=8.5, color=palette.BAD)


def _backing(colour: str) -> dict[str, object]:
    """Behind a number that stands on hatching."""
    return {"facecolor": colour, "edgecolor": "none", "pad": 1.2}


def _write_key(axes: Axes, words: Words) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=colour, hatch=hatch, edgecolor=palette.PAPER, label=words.say(f"plot.funnel.{stage}"))
        for stage, colour, hatch in zip(STAGES, COLOURS, HATCHES, strict=True)
    ]
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=6, fontsize=8.5, borderaxespad=0.2,
        handletextpad=0.4, columnspacing=1.3, handlelength=1.5,
    )  # fmt: skip


PLOT = Plot("funnel", measure, describe, draw, most=2, size=LOW)
