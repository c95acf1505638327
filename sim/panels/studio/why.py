"""Why did it change? Each lever's part in a difference, so that the parts add up to the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ipywidgets as widgets
import numpy as np
from numpy.typing import NDArray

from sim.measure import METRICS
from sim.model.policy import Policy
from sim.panels.parts import look
from sim.panels.studio.button import LongButton, Work
from sim.panels.studio.compute import StudioAnswer, StudioQuestion, whole_of
from sim.panels.studio.job import IsStopped, JobStopped, Tell
from sim.panels.studio.levers import path_name
from sim.panels.studio.metrics import grouped
from sim.study.compare import Outcome, interval
from sim.study.lever_groups import MOST_BUNDLES, bundles, mixture
from sim.study.reasons import Reasons, changed_groups, reasons, steps_between
from sim.words import Words

if TYPE_CHECKING:
    from sim.panels.studio.panel import Studio

RUNS = 16
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Part:
    """One bar: what it is called, how much it adds, and how sure that is."""

    name: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Why:
    """The answer for one question, for every figure of the table."""

    question: StudioQuestion
    by_lever: bool
    reasons: Reasons


class WhyPage:
    """A figure, a button, and a waterfall from the baseline to the alternative."""

    def __init__(self, studio: Studio):
        self._studio, self._words = studio, studio.words
        self._why: Why | None = None
        say, layout = self._words.say, widgets.Layout
        self.metric = widgets.Dropdown(
            description=say("studio.why.metric"), style={"description_width": "initial"},
            layout=layout(width="340px"), tooltip=say("studio.why.metric"),
        )  # fmt: skip
        self.how = widgets.ToggleButtons(
            options=[(say("studio.why.by_lever"), True), (say("studio.why.by_branch"), False)],
            style={"button_width": "auto"},
        )
        self.run = LongButton[Why](studio, "studio.why.go", "arlab-why-go", self._begin, self._show)
        self._chart = look.html("", "arlab-waterfall")
        self.metric.observe(studio.in_turn(lambda _: self._draw()), names="value")
        intro = look.html(look.safe(say("studio.why.intro", runs=RUNS)), "arlab-note")
        row = widgets.HBox(
            [self.metric, self.how, self.run.button],
            layout=layout(flex_flow="row wrap", align_items="center"),
        )
        self.widget = widgets.VBox([intro, row, self.run.progress, self.run.error, self._chart])
        self._fill()

    def draw(self, _found: StudioAnswer, /) -> None:
        """Other figures may have been chosen meanwhile."""
        self._fill()

    def desk_changed(self) -> None:
        """An answer to another question must not be taken for this one's."""
        self._fill()
        self._draw()

    def _fill(self) -> None:
        names = [name for _, found in grouped(self._studio.pages.table()) for name in found]
        options = [(self._words.say(f"metric.{name}.name"), name) for name in names]
        if list(self.metric.options) != options:
            kept = self.metric.value if self.metric.value in names else None
            self.metric.options = options
            self.metric.value = kept or ("economic_profit" if "economic_profit" in names else names[0])

    def _begin(self) -> Work[Why] | None:
        question, by_lever = self._studio.question(), bool(self.how.value)
        metrics = self._studio.pages.table()
        if question.is_idle:
            self._chart.value = look.safe(self._words.say("panel.finding.idle"))
            return None
        return lambda tell, is_stopped: explained(question, by_lever, metrics, tell, is_stopped)

    def _show(self, found: Why) -> None:
        self._why = found
        self._draw()
        self._studio.tell("why")

    def _draw(self) -> None:
        if self._why is None:
            return
        if not self._is_current(self._why.question):
            self._chart.value = look.safe(self._words.say("studio.why.stale"))
            return
        metric = str(self.metric.value)
        if metric not in self._why.reasons.parts:
            self._chart.value = look.safe(self._words.say("studio.why.stale"))
            return
        currency = self._studio.place.customers().currency
        self._chart.value = waterfall(self._words, self._why, metric, currency)

    def _is_current(self, asked: StudioQuestion) -> bool:
        desk = self._studio.desk
        return asked.baseline == desk.baseline.policy() and asked.alternative == desk.alternative.policy()


def explained(
    question: StudioQuestion, by_lever: bool, metrics: tuple[str, ...], tell: Tell, is_stopped: IsStopped
) -> Why:
    """What does each lever (or branch) add to these figures?"""
    before, after = question.baseline, question.alternative
    single = bundles(before, after)
    by_lever = by_lever and len(single) <= MOST_BUNDLES
    groups = tuple(single) if by_lever else changed_groups(before, after)
    total, done = len(steps_between(groups)) + 2, 0

    def live(policy: Policy) -> Outcome:
        nonlocal done
        if is_stopped():
            raise JobStopped
        tell(done, total)
        done += 1
        return whole_of(question, policy, metrics, RUNS)

    if by_lever:
        return Why(question, True, reasons(before, after, metrics, live, groups=groups, mix=mixture))
    return Why(question, False, reasons(before, after, metrics, live))


def parts_of(words: Words, why: Why, metric: str) -> list[Part]:
    """The bars, the largest first, and the whole at the end."""
    found = why.reasons.parts[metric]
    tied = bundles(why.question.baseline, why.question.alternative) if why.by_lever else {}
    bars = []
    for name, values in found.items():
        title = (
            words.say("studio.why.join").join(path_name(words, path) for path in tied[name])
            if why.by_lever
            else words.say(f"branch.{name}")
        )
        bars.append(part(title, values))
    bars.sort(key=lambda bar: -abs(bar.mean) if np.isfinite(bar.mean) else 0.0)
    whole = np.sum(np.stack(list(found.values())), axis=0)
    return [*bars, part(words.say("studio.why.whole"), whole)]


def part(name: str, values: Floats) -> Part:
    """A bar from its values run by run."""
    known = values[np.isfinite(values)]
    if not len(known):
        return Part(name, float("nan"), float("nan"), float("nan"))
    return Part(name, float(known.mean()), *interval(known))


def waterfall(words: Words, why: Why, metric: str, currency: str) -> str:
    """The bars one below the other, each where the last one ended; the whole from zero."""
    bars, unit = parts_of(words, why, metric), METRICS[metric].unit
    if not np.isfinite(bars[-1].mean):
        return look.safe(words.say("panel.finding.unknown"))
    starts = [0.0, *np.cumsum([bar.mean for bar in bars[:-2]]).tolist(), 0.0]
    edges = [0.0, *starts, *(start + bar.mean for start, bar in zip(starts, bars, strict=True))]
    least, room = min(edges), (max(edges) - min(edges)) or 1.0
    rows = "".join(
        row(words, bar, start, least, room, unit, currency, METRICS[metric].better)
        for start, bar in zip(starts, bars, strict=True)
    )
    heads = "".join(
        f"<th>{look.safe(words.say(f'studio.why.{key}'))}</th>" for key in ("lever", "bar", "adds", "between")
    )
    how = "studio.why.exact" if why.reasons.is_exact else "studio.why.two_orders"
    note = look.safe(words.say(how)) + look.safe(
        words.say("studio.why.by_branch_only") if not why.by_lever else ""
    )
    return f'<table class="arlab-table arlab-waterfall-table"><tr>{heads}</tr>{rows}</table><p>{note}</p>'


def row(
    words: Words, bar: Part, start: float, least: float, room: float, unit: str, currency: str, better: str
) -> str:
    """One bar with its figures."""
    left, width = (min(start, start + bar.mean) - least) / room * 100, abs(bar.mean) / room * 100
    good = better != "none" and (bar.mean > 0) == (better == "high")
    colour = look.BASELINE if better == "none" else "#0b6b4f" if good else "#b03a1e"
    amount = words.value(bar.mean, unit, currency=currency, signed=True)
    between = words.interval(bar.low, bar.high, unit, currency=currency, signed=True)
    zero = (0.0 - least) / room * 100
    drawn = (
        f'<div class="arlab-fall"><i class="arlab-zero" style="left:{zero:.2f}%"></i>'
        f'<b style="left:{left:.2f}%;width:{max(width, 0.4):.2f}%;background:{colour}"></b></div>'
    )
    return (
        f"<tr><td>{look.safe(bar.name)}</td><td>{drawn}</td><td>{look.safe(amount)}</td>"
        f"<td>{look.safe(between)}</td></tr>"
    )
