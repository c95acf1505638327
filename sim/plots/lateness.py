"""How late do customers pay, and who is who?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.base import palette
from sim.base.days import NEVER
from sim.plots.plot import TALL, Argument, Arguments, Plot, Told, told
from sim.plots.spread import Sure, sure
from sim.study.lives import Life
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]
WATCHED = 90  # an invoice counts when it was due at least so many days before the end
EARLIEST, LATEST, STEP = -30, 120, 5
EDGES = np.arange(EARLIEST, LATEST + STEP, STEP)
VERY_LATE = 30
FEWEST = 30  # invoices in all runs; a group with fewer says nothing


@dataclass(frozen=True, eq=False)
class Group:
    """One group's invoices: the share in each bin (the last bin: later, or unpaid), the median, and the very late."""

    name: str
    shares: Floats
    median: float
    late: Sure
    very_late: Sure


@dataclass(frozen=True, eq=False)
class Lateness:
    """All groups, from the promptest to the latest. `by`: customer type (`segment`) or hidden cause (`cause`)."""

    by: str
    groups: tuple[Group, ...]


def measure(lives: Sequence[Life], arguments: Arguments) -> Lateness:
    """Days past due when paid off, of all invoices that were watched long enough. Causes are for debriefs only."""
    life = lives[0]
    books, documents = life.books, life.books.documents
    ledger = books.ledger
    mine = (documents.billed > 0) & (documents.due_on != NEVER) & (documents.due_on <= ledger.last - WATCHED)
    mine &= documents.is_invoice
    run, who = documents.run[mine], documents.customer[mine]
    late = np.where(
        documents.is_paid[mine], documents.settled_on[mine] - documents.due_on[mine], np.inf
    ).astype(np.float64)
    if arguments["by"] == "cause":
        names = life.causes()[run, who].astype(str)
    else:
        names = ledger.customers["segment"].astype(str).to_numpy()[who]
    found = [_group(name, late[names == name], run[names == name], books.runs) for name in np.unique(names)]
    kept = [group for group, count in found if count >= FEWEST]
    return Lateness(arguments["by"], tuple(sorted(kept, key=lambda group: group.very_late.mean)))


def _group(name: str, late: Floats, run: NDArray[np.int64], runs: int) -> tuple[Group, int]:
    inside = np.clip(late, EARLIEST, LATEST + STEP / 2)
    edges = np.append(EDGES, LATEST + STEP)
    counts, _ = np.histogram(inside, edges)
    all_of_run = np.bincount(run, minlength=runs)

    def share(chosen: NDArray[np.bool_]) -> Sure:
        count = np.bincount(run[chosen], minlength=runs).astype(np.float64)
        return sure(np.divide(count, all_of_run, out=np.full(runs, np.nan), where=all_of_run > 0))

    group = Group(
        name, counts / max(len(late), 1), float(np.median(late)), share(late > 0), share(late > VERY_LATE)
    )
    return group, len(late)


def group_name(words: Words, data: Lateness, group: Group) -> str:
    """What is the group called?"""
    return words.say(f"archetype.{group.name}.name" if data.by == "cause" else f"segment.{group.name}")


def describe(data: Lateness, words: Words) -> Told:
    """Who pays latest, and who most promptly?"""
    if not data.groups:
        return told(words, words.say("plot.finding.unknown"), shows="")
    first, last = data.groups[0], data.groups[-1]
    finding = words.say(
        "plot.lateness.finding" if len(data.groups) > 1 else "plot.lateness.finding_one",
        worst=group_name(words, data, last),
        share=words.percent(last.very_late.mean, 0),
        best=group_name(words, data, first),
        least=words.percent(first.very_late.mean, 0),
        days=words.days(VERY_LATE),
    )
    parts = [
        words.say("plot.alt.part", name=group_name(words, data, group), value=_said(words, group))
        for group in data.groups
    ]
    shows = words.say(f"plot.lateness.shows_{data.by}", days=words.days(WATCHED))
    return told(words, finding, words.say("plot.alt.sentence", text=words.listed(parts)), shows=shows)


def _said(words: Words, group: Group) -> str:
    median = words.days(group.median, 0) if np.isfinite(group.median) else words.say("plot.lateness.unpaid")
    return words.say(
        "plot.lateness.said",
        median=median,
        share=words.percent(group.very_late.mean, 0),
        between=words.interval(group.very_late.low, group.very_late.high, "share", digits=1),
        days=words.number(VERY_LATE),
    )


def draw(data: Lateness, words: Words, figure: Figure) -> Sequence[Axes]:
    """A row for each group on one scale: before the due date light, after it darker the later."""
    rows = figure.subplots(max(len(data.groups), 1), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
    places = np.append(EDGES[:-1], LATEST) + STEP / 2
    colours = [palette.AGES[_age(place)] for place in places]
    for axes, group in zip(rows, data.groups, strict=False):
        axes.bar(
            places,
            group.shares * 100,
            width=STEP * 0.9,
            color=colours,
            edgecolor=palette.FAINT,
            linewidth=0.3,
        )
        axes.axvline(0, color=palette.INK, linewidth=0.9)
        if np.isfinite(group.median):
            axes.plot([group.median], [0], "^", color=palette.INK, markersize=6, clip_on=False, zorder=5)
        axes.set_ylabel(
            group_name(words, data, group),
            rotation=0,
            ha="right",
            va="center",
            fontsize=9.5,
            color=palette.INK,
        )
        axes.text(
            LATEST - STEP / 2, 0.95, _said(words, group), transform=axes.get_xaxis_transform(), ha="right", va="top",
            fontsize=8.5, bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1.0},
        )  # fmt: skip
        axes.yaxis.set_major_formatter(lambda value, _: words.percent(value / 100, 0))
        axes.yaxis.set_major_locator(_few_marks())
    low, high = rows[0].get_ylim()
    rows[0].set_ylim(low, high * 1.12)
    marks_at = [EARLIEST, 0, 30, 60, 90, LATEST + STEP / 2]
    names = [
        words.number(EARLIEST),
        words.say("plot.lateness.due"),
        "30",
        "60",
        "90",
        words.say("plot.lateness.beyond"),
    ]
    rows[-1].set_xticks(marks_at, names)
    rows[-1].set_xlabel(words.say("plot.lateness.axis"))
    return list(rows)


def _age(late: float) -> int:
    """Which age colour has an invoice paid so late?"""
    return int(np.searchsorted([0, 30, 60, 90, LATEST], late))


def _few_marks() -> object:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=2)


PLOT = Plot(
    "lateness",
    measure,
    describe,
    draw,
    size=TALL,
    arguments=(Argument("by", "choice", "segment", ("segment", "cause")),),
)
