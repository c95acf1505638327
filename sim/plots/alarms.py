"""Do early warnings come true, and how many failures come without one?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.base import palette
from sim.measure import Books
from sim.measure.early_warning import JUDGED_AFTER_DAYS
from sim.plots import marks
from sim.plots.plot import LARGE, Arguments, Plot, Told, told
from sim.plots.spread import Sure, sure
from sim.study.lives import Life
from sim.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]
NEVER_KNOWN = np.iinfo(np.int64).max
VERDICTS = ("hit", "false", "open")
COLOURS = {"hit": palette.GOOD, "false": palette.MARK, "open": palette.GRID}
HATCHES = {"hit": "", "false": "////", "open": "...."}


@dataclass(frozen=True, eq=False)
class Alarms:
    """By kind of alarm: hits, false alarms, not yet judged, each of shape (runs,); and failures, with and without."""

    kinds: dict[str, dict[str, Floats]]
    warned: Floats
    unwarned: Floats
    lead: float  # median days from the first alarm to the failure, over all runs

    def total(self, verdict: str) -> Floats:
        """All alarms of this verdict, run by run."""
        return np.asarray(sum((kind[verdict] for kind in self.kinds.values()), np.zeros(len(self.warned))))

    @property
    def hit_share(self) -> Sure:
        """Of the judged alarms, which share came true?"""
        hits, judged = self.total("hit"), self.total("hit") + self.total("false")
        return sure(np.divide(hits, judged, out=np.full_like(hits, np.nan), where=judged > 0))


def measure(lives: Sequence[Life], arguments: Arguments) -> Alarms:  # noqa: ARG001 (all plots are asked alike)
    """Alarms judged 180 days after they were raised, and the failures of the time."""
    books = lives[0].books
    failed = _failure_days(books)
    raised = books.actions("alert")
    run, who = books.run_index(raised), raised["customer"].to_numpy().astype(np.int64)
    days = raised["happened_on"].to_numpy().astype(np.int64)
    lead = failed[run, who] - days
    fair, hit = lead >= 0, (lead >= 0) & (lead <= JUDGED_AFTER_DAYS)
    over = days + JUDGED_AFTER_DAYS <= books.ledger.last
    verdicts = {"hit": hit & over, "false": fair & ~hit & over, "open": fair & ~over}
    names = raised["outcome"].astype(str).to_numpy()
    kinds = {
        name: {
            verdict: np.bincount(run[chosen & (names == name)], minlength=books.runs).astype(np.float64)
            for verdict, chosen in verdicts.items()
        }
        for name in np.unique(names)
    }
    first = np.full(failed.shape, NEVER_KNOWN)
    np.minimum.at(first, (run[hit], who[hit]), days[hit])
    known = failed != NEVER_KNOWN
    warned = known & (first != NEVER_KNOWN)
    leads = (failed - first)[warned]
    return Alarms(
        kinds,
        warned.sum(axis=1).astype(np.float64),
        (known & ~warned).sum(axis=1).astype(np.float64),
        float(np.median(leads)) if len(leads) else float("nan"),
    )


def _failure_days(books: Books) -> NDArray[np.int64]:
    """On which day was each customer's failure first known? Shape (runs, customers)."""
    known = books.actions("default_known")
    first = np.full((books.runs, len(books.ledger.customers)), NEVER_KNOWN, dtype=np.int64)
    at = books.run_index(known), known["customer"].to_numpy().astype(np.int64)
    np.minimum.at(first, at, known["happened_on"].to_numpy().astype(np.int64))
    return first


def describe(data: Alarms, words: Words) -> Told:
    """How many alarms come true, how many failures were warned of, and how early?"""
    hits = data.hit_share
    if not data.kinds:
        return told(words, words.say("plot.alarms.none"), shows="")
    failures = float((data.warned + data.unwarned).mean())
    values = {
        "hits": words.percent(hits.mean, 0),
        "between": words.interval(hits.low, hits.high, "share", digits=1),
        "warned": words.number(float(data.warned.mean()), 1),
        "failures": words.number(failures, 1),
        "lead": words.days(data.lead, 0),
    }
    finding = words.say("plot.alarms.finding", **values)
    parts = [
        words.say("plot.alt.part", name=words.say(f"outcome.{name}"), value=_said(words, kind))
        for name, kind in _sorted(data)
    ]
    alt = words.say("plot.alt.sentence", text=words.listed(parts))
    return told(words, finding, alt, shows=words.say("plot.alarms.shows", days=words.days(JUDGED_AFTER_DAYS)))


def _said(words: Words, kind: dict[str, Floats]) -> str:
    hits, false = float(kind["hit"].mean()), float(kind["false"].mean())
    if not hits + false:
        return words.say("plot.alarms.not_judged")
    return words.say("plot.alarms.said", hits=words.number(hits, 1), judged=words.number(hits + false, 1))


def _sorted(data: Alarms) -> list[tuple[str, dict[str, Floats]]]:
    """Kinds of alarm, the most trustworthy first."""

    def quality(kind: dict[str, Floats]) -> float:
        hits, false = float(kind["hit"].sum()), float(kind["false"].sum())
        return hits / (hits + false) if hits + false else -1.0

    return sorted(data.kinds.items(), key=lambda pair: -quality(pair[1]))


def draw(data: Alarms, words: Words, figure: Figure) -> Sequence[Axes]:
    """A bar for each kind of alarm: hits, false alarms, too early to say; below, the failures."""
    above, below = figure.subplots(2, 1, height_ratios=(3.4, 1.0))
    kinds = _sorted(data)
    longest = max((sum(float(kind[v].mean()) for v in VERDICTS) for _, kind in kinds), default=1.0)
    for row, (_, kind) in enumerate(kinds):
        left = 0.0
        for verdict in VERDICTS:
            count = float(kind[verdict].mean())
            _bar(
                above,
                row,
                left,
                count,
                COLOURS[verdict],
                HATCHES[verdict],
                words.say(f"plot.alarms.{verdict}"),
                row == 0,
            )
            left += count
        above.annotate(
            _said(words, kind),
            (left, row),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=8.5,
        )
    above.set_yticks(range(len(kinds)), [words.say(f"outcome.{name}") for name, _ in kinds], fontsize=9.5)
    above.set_ylim(len(kinds) - 0.45, -0.55)
    above.set_xlim(0, longest * 1.32)
    marks.entitle(above, words, words.say("plot.alarms.axis"))
    warned, unwarned = float(data.warned.mean()), float(data.unwarned.mean())
    _bar(below, 0, 0.0, warned, palette.GOOD, "", words.say("plot.alarms.warned"), named=True)
    _bar(below, 0, warned, unwarned, palette.BAD, "xxxx", words.say("plot.alarms.unwarned"), named=True)
    below.set_yticks([0], [words.say("plot.alarms.failures")], fontsize=9.5)
    below.set_ylim(0.6, -0.6)
    marks.entitle(below, words, words.say("plot.alarms.failures_axis"))
    for axes in (above, below):
        marks.group_marks(axes.xaxis, words)
        axes.grid(visible=False, axis="y")
        axes.grid(visible=True, axis="x")
        axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=3, fontsize=8.5, borderaxespad=0.2)
    return [above, below]


def _bar(
    axes: Axes, row: float, left: float, width: float, colour: str, hatch: str, name: str, named: bool
) -> None:
    axes.barh(
        row, width, left=left, height=0.6, color=colour, hatch=hatch, edgecolor=palette.PAPER, linewidth=0.5,
        label=name if named else "_",
    )  # fmt: skip


PLOT = Plot("alarms", measure, describe, draw, size=LARGE, policy="balanced", days=730)
