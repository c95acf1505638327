"""What is assumed, how far may it be off, and does the conclusion survive that?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import ipywidgets as widgets
import numpy as np

from sim.measure import METRICS
from sim.model.policy import LEVERS
from sim.panels.parts import look
from sim.panels.parts.controls import lever_value
from sim.panels.studio.button import LongButton, Work
from sim.panels.studio.compute import StudioAnswer
from sim.panels.studio.draft import LADDER
from sim.panels.studio.job import IsStopped, JobStopped, Tell
from sim.panels.studio.metrics import grouped
from sim.study.assumptions import Assumption, assumptions
from sim.study.robust import Case, Tried, tried, verdict
from sim.words import Words

if TYPE_CHECKING:
    from sim.panels.studio.panel import Studio

RUNS = 16
FIRST_TRIED = 8
ORDER = {"customers": 0, "model": 1, "company": 2}
MARKS = {"holds": "✓", "weaker": "~", "turns": "✗", "unclear": "?"}


class AssumptionsPage:
    """The levers that rest on assumptions, all assumptions with their ranges, and the button that tries them."""

    def __init__(self, studio: Studio):
        self._studio, self._words = studio, studio.words
        self._shown: tuple[Assumption, ...] = ()
        self._asked: object = None  # for which desk the last trial was
        self._levers = look.html("", "arlab-assumed-levers")
        self._table = look.html("", "arlab-assumed")
        self._make_trial()
        say = self._words.say
        heads = [
            look.html(look.safe(say(f"studio.assumed.{key}")), "arlab-branch")
            for key in ("levers", "trial", "all")
        ]
        parts = [heads[0], self._levers, heads[1], *self._trial_rows, heads[2], self._table]
        self.widget = widgets.VBox(parts, layout=widgets.Layout(overflow="visible"))

    def _make_trial(self) -> None:
        say, layout = self._words.say, widgets.Layout
        self.metric = widgets.Dropdown(
            description=say("studio.why.metric"), style={"description_width": "initial"},
            layout=layout(width="330px"), tooltip=say("studio.why.metric"),
        )  # fmt: skip
        self.chosen = widgets.SelectMultiple(
            tooltip=say("studio.assumed.choose"), layout=layout(width="420px", height="150px")
        )
        self.chosen.add_class("arlab-assumptions")
        self.run = LongButton[list[Tried]](
            self._studio, "studio.assumed.go", "arlab-robust-go", self._begin, self._show
        )
        self._result = look.html("", "arlab-robust")
        intro = look.html(look.safe(say("studio.assumed.intro", runs=RUNS)), "arlab-note")
        row = widgets.HBox([self.metric, self.run.button], layout=layout(flex_flow="row wrap"))
        self._trial_rows = [intro, self.chosen, row, self.run.progress, self.run.error, self._result]

    def draw(self, _found: StudioAnswer, /) -> None:
        """Other figures may have been chosen meanwhile."""
        names = [name for _, some in grouped(self._studio.pages.table()) for name in some]
        options = [(self._words.say(f"metric.{name}.name"), name) for name in names]
        if list(self.metric.options) != options:
            kept = self.metric.value if self.metric.value in names else None
            self.metric.options = options
            self.metric.value = kept or ("economic_profit" if "economic_profit" in names else names[0])

    def desk_changed(self) -> None:
        """Other levers differ, or other customers are looked at."""
        desk, words = self._studio.desk, self._words
        self._levers.value = changed_on_assumption(words, desk.differing, desk.alternative.values)
        customers = self._studio.place.customers()
        branches = {path.split(".", 1)[0] for path in desk.differing}
        found = assumptions(customers, branches)
        if tuple(one.key for one in found) != tuple(one.key for one in self._shown):
            listed_first = sorted(found, key=lambda one: ORDER[one.place])
            self.chosen.options = [(words.say(one.words_key), one.key) for one in listed_first]
            self.chosen.value = first_tried(found)
        self._shown = found
        self._table.value = listed(
            words, assumptions(customers), {one.key for one in found}, customers.currency
        )
        if self._asked is not None and self._asked != (desk.baseline, desk.alternative):
            self._result.value = look.safe(words.say("studio.why.stale"))
            self._asked = None

    def _begin(self) -> Work[list[Tried]] | None:
        question, desk = self._studio.question(), self._studio.desk
        if question.is_idle:
            self._result.value = look.safe(self._words.say("panel.finding.idle"))
            return None
        keys, metric = tuple(self.chosen.value), str(self.metric.value)
        sides = question.side("baseline"), question.side("alternative")
        case = Case(self._studio.place.customers(), question.scenario, *sides, (metric,), question.seed, RUNS)
        self._asked = (desk.baseline, desk.alternative)
        return lambda tell, is_stopped: all_tried(case, keys, tell, is_stopped)

    def _show(self, found: list[Tried]) -> None:
        currency = self._studio.place.customers().currency
        self._studio.tell("robust")
        self._result.value = robust_table(self._words, found, {one.key: one for one in self._shown}, currency)


def all_tried(case: Case, keys: Sequence[str], tell: Tell, is_stopped: IsStopped) -> list[Tried]:
    """Every chosen assumption low and high."""
    found, total = list[Tried](), 1 + 2 * len(keys)
    tell(0, total)
    for one in tried(case, keys, is_stopped):
        found.append(one)
        tell(len(found), total)
    if len(found) < total:
        raise JobStopped
    return found


def first_tried(found: Sequence[Assumption]) -> tuple[str, ...]:
    """Which are marked beforehand: what is assumed of the customers and of their answer, then the rest."""
    mine = sorted(
        (one for one in found if one.basis == "A"), key=lambda one: (ORDER[one.place], not one.branches)
    )
    return tuple(one.key for one in mine[:FIRST_TRIED])


def changed_on_assumption(words: Words, paths: Sequence[str], values: object) -> str:
    """Which of the levers that differ have a usual value or range that is assumed?"""
    levers = [path for path in paths if path != LADDER]
    assumed = [path for path in levers if LEVERS[path].basis == "A"]
    if not paths:
        return look.safe(words.say("studio.assumed.none_changed"))
    head = look.safe(words.say("studio.assumed.count", assumed=len(assumed), changed=len(paths)))
    items = "".join(f"<li>{lever_line(words, path, values)}</li>" for path in assumed)
    return f"{head}<ul>{items}</ul>"


def lever_line(words: Words, path: str, values: object) -> str:
    """One lever with the value it has."""
    assert isinstance(values, dict)
    mark = '<span class="arlab-basis arlab-basis-A">A</span>'
    name, now = words.say(f"{LEVERS[path].words_key}.name"), lever_value(LEVERS[path], values[path], words)
    return f"{mark} {look.safe(words.say('studio.assumed.lever', name=name, value=now))}"


def listed(words: Words, found: Sequence[Assumption], relevant: set[str], currency: str) -> str:
    """All assumptions with label, low, base and high; what matters for this comparison is marked."""
    heads = "".join(
        f"<th>{look.safe(words.say(f'studio.assumed.{key}'))}</th>"
        for key in ("name", "label", "low", "base", "high", "matters")
    )
    rows = "".join(assumption_row(words, one, one.key in relevant, currency) for one in found)
    return f'<table class="arlab-table arlab-assumed-table"><tr>{heads}</tr>{rows}</table>'


def assumption_row(words: Words, one: Assumption, matters: bool, currency: str) -> str:
    """One assumption."""
    mark = f'<span class="arlab-basis arlab-basis-{look.safe(one.basis)}">{look.safe(one.basis)}</span>'
    values = [said_value(words, value, one.unit, currency) for value in (one.low, one.base, one.high)]
    cells = "".join(f"<td>{look.safe(value)}</td>" for value in values)
    said = "●" if matters else ""
    return f"<tr><td>{look.safe(words.say(one.words_key))}</td><td>{mark}</td>{cells}<td>{said}</td></tr>"


def said_value(words: Words, value: float, unit: str, currency: str) -> str:
    """An assumption's value as a person reads it; basis points in percent."""
    if unit == "bp":
        return words.percent(value / 10_000, 2)
    if unit == "index":
        return words.number(value, 2 if abs(value) < 10 and value != int(value) else 0)
    return words.value(value, unit, currency=currency)


def robust_table(words: Words, found: Sequence[Tried], known: dict[str, Assumption], currency: str) -> str:
    """The difference as assumed, and with each assumption low and high; and whether the sign holds."""
    base, rest = found[0], found[1:]
    ((metric, first),) = base.differences.items()
    unit = METRICS[metric].unit
    title = look.safe(words.say(f"metric.{metric}.name"))
    as_is = look.safe(difference(words, first, unit, currency))
    heads = "".join(
        f"<th>{look.safe(words.say(f'studio.assumed.{key}'))}</th>"
        for key in ("name", "at_low", "at_high", "sign")
    )
    body, verdicts = [], []
    for low, high in zip(rest[::2], rest[1::2], strict=True):
        judged = verdict(first, (low.differences[metric], high.differences[metric]))
        verdicts.append(judged)
        one = known[low.key]
        cells = [
            f"<td>{look.safe(said_value(words, end.value, one.unit, currency))}: "
            f"{look.safe(difference(words, end.differences[metric], unit, currency))}</td>"
            for end in (low, high)
        ]
        said = look.safe(words.say(f"studio.assumed.verdict.{judged}"))
        name = look.safe(words.say(one.words_key))
        body.append(f"<tr><td>{name}</td>{''.join(cells)}<td>{MARKS[judged]} {said}</td></tr>")
    told = look.safe(summary(words, verdicts))
    line = f"<p>{words.say('studio.assumed.line', figure=title, as_is=as_is, summary=told)}</p>"
    return f'{line}<table class="arlab-table arlab-robust-table"><tr>{heads}</tr>{"".join(body)}</table>'


def summary(words: Words, verdicts: Sequence[str]) -> str:
    """One sentence: does the conclusion survive?"""
    if not verdicts or "unclear" in verdicts:
        return words.say("studio.assumed.summary.unclear")
    held = sum(1 for one in verdicts if one == "holds")
    key = "turns" if "turns" in verdicts else "weaker" if "weaker" in verdicts else "holds"
    return words.say(f"studio.assumed.summary.{key}", held=held, tried=len(verdicts))


def difference(words: Words, found: tuple[float, float, float], unit: str, currency: str) -> str:
    """A difference with its interval."""
    mean, low, high = found
    if not np.isfinite(mean):
        return words.say("panel.finding.unknown")
    amount = words.value(mean, unit, currency=currency, signed=True)
    between = words.interval(low, high, unit, currency=currency, signed=True)
    return words.say("studio.assumed.difference", amount=amount, between=between)
