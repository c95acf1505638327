"""The trainer's room: per lab its timing, the solution of every task, expected figures, common wrong answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import ipywidgets as widgets

from sim.base.errors import BadInput
from sim.measure import METRICS
from sim.panels.labs import timetables
from sim.panels.labs.answers import BATCHES, alternative_of, baseline_of, question_of, worked_out
from sim.panels.labs.closing import file_links, paper
from sim.panels.labs.declared import (
    AnyPrediction,
    AnyTask,
    ChoicePrediction,
    ChoiceTask,
    Declared,
    Expected,
    Figure,
    GoalTask,
    NumberPrediction,
    NumberTask,
    OrderTask,
    Unit,
    WayPrediction,
)
from sim.panels.labs.goals import conditions_table, levers_said, one_way, reached
from sim.panels.labs.loading import lab_names, load_lab
from sim.panels.labs.opening import entry_of, titled
from sim.panels.labs.page import Page, glossary
from sim.panels.labs.predictions import span
from sim.panels.labs.told import amount, by_hand, prose
from sim.panels.labs.trial import example_question
from sim.panels.labs.work import beside
from sim.panels.live.by_and_by import keep_told
from sim.panels.live.compute import answer
from sim.panels.live.predict import went
from sim.panels.live.refine import KernelsThread
from sim.panels.live.setup import Start
from sim.panels.parts import look
from sim.panels.parts.controls import dropdown
from sim.panels.parts.look import safe
from sim.words import Language, Words

UNITS: dict[str, Unit] = {
    "d": "days",
    "fen": "yuan",
    "share": "percent",
    "times": "times",
    "count": "count",
    "min": "minutes",
}
Part = Callable[[], str]


class TrainersRoom:
    """What a trainer prepares with. Figures are worked out when a lab is looked at."""

    def __init__(self, lang: Language = "en"):
        self.words = Words(lang)
        self._newest = 0

    def timetables(self) -> Page:
        """Half a day, a day, two days."""
        page = timetables.shown(self.words)
        return Page(page.html + glossary(self.words))

    def lab(self) -> widgets.Widget:
        """Choose a lab; everything a trainer should know of it."""
        titles = {name: titled(entry, self.words.lang) for name in lab_names() if (entry := entry_of(name))}
        self.choice = dropdown(self.words.say("lab.home.lab"), titles, next(iter(titles)), "460px")
        self.sheet = look.html("", "arlab-links")
        self.body = look.html("", "arlab-room-body")
        self.choice.observe(lambda _: self._look(), names="value")
        self._look()
        box = widgets.VBox(
            [look.style_sheet(), self.choice, self.sheet, self.body],
            layout=widgets.Layout(overflow="visible"),
        )
        box.add_class("arlab-panel")
        keep_told(box, KernelsThread())
        return box

    def _look(self) -> None:
        """Show what is known at once; then figure after figure."""
        self._newest += 1
        number = self._newest
        try:
            lab = load_lab(str(self.choice.value))
        except BadInput as bad:
            self.body.value = f'<pre class="arlab-error">{safe(self.words.problems(bad))}</pre>'
            return
        parts = list(room_parts(lab, self.words))
        waiting = safe(self.words.say("lab.task.working"))
        said = [part if isinstance(part, str) else waiting for part in parts]
        waited_for = {place for place, part in enumerate(parts) if not isinstance(part, str)}
        total = len(waited_for)

        def keep(place: int, found: str) -> None:
            said[place] = found
            waited_for.discard(place)
            self._show(lab, said, total - len(waited_for), total)

        self._show(lab, said, 0, total)
        for place, part in enumerate(parts):
            if not isinstance(part, str):
                self._fill(number, part, partial(keep, place))

    def _show(self, lab: Declared, said: list[str], done: int, total: int) -> None:
        """What is known by now, and a sheet to print once all of it is."""
        self.body.value = "".join(said)
        if done < total:
            self.sheet.value = safe(self.words.say("lab.room.coming", done=done, total=total))
            return
        title = lab.title.said(self.words.lang)
        document = paper(self.words, title, f"<h2>{safe(title)}</h2>{self.body.value}")
        name = f"trainer-{self.choice.value}-{self.words.lang}.html"
        self.sheet.value = file_links(self.words, name, document)

    def _fill(self, number: int, part: Part, came: Callable[[str], None]) -> None:
        def work() -> str:
            return part() if number == self._newest else ""  # another lab is looked at by now

        def show(found: str) -> None:
            if number == self._newest:
                came(found)

        beside(work, show, lambda error: show(safe(repr(error))))


def room_parts(lab: Declared, words: Words) -> list[str | Part]:
    """What is said of a lab, in order; parts that the simulator has to work out come as functions."""
    trainer, lang = lab.trainer, words.lang
    parts: list[str | Part] = [
        head(words, "lab.room.timing", minutes=lab.minutes),
        rows([(safe(words.value(step.minutes, "min")), prose(step.what, lang)) for step in trainer.timing]),
        head(words, "lab.room.solution"),
        f"<p>{prose(trainer.solution, lang)}</p>",
    ]
    if lab.predictions:
        parts.append(head(words, "lab.room.predictions"))
        for item in lab.predictions:
            parts += [f"<p><em>{prose(item.text, lang)}</em><br>", prediction_part(lab, item, words), "</p>"]
    parts.append(head(words, "lab.room.tasks"))
    for number, task in enumerate(lab.tasks, 1):
        parts += [
            f"<p><strong>{number}</strong> <em>{prose(task.text, lang)}</em><br>",
            task_part(lab, task, words),
        ]
        parts.append(f"<br>{prose(task.explanation, lang)}</p>")
    if trainer.expected:
        parts.append(head(words, "lab.room.expected"))
        parts.append('<table class="arlab-table arlab-room">')
        for figure in trainer.expected:
            parts += [
                f"<tr><td>{expected_label(lab, figure, words)}</td><td><strong>",
                figure_part(lab, figure, words),
                "</strong></td></tr>",
            ]
        parts.append("</table>")
    parts.append(head(words, "lab.room.wrong"))
    heads = [words.say(f"lab.room.{name}") for name in ("said", "because", "reply")]
    said = [tuple(prose(text, lang) for text in (one.said, one.because, one.reply)) for one in trainer.wrong]
    parts.append(rows(said, heads))
    return parts


def head(words: Words, key: str, **values: object) -> str:
    """A heading."""
    return f'<div class="arlab-subtitle">{safe(words.say(key, **values))}</div>'


def rows(cells: list[tuple[str, ...]], heads: list[str] | None = None) -> str:
    """A table of ready HTML."""
    top = "<tr>" + "".join(f"<th>{safe(name)}</th>" for name in heads) + "</tr>" if heads else ""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    return f'<table class="arlab-table arlab-room">{top}{body}</table>'


def prediction_part(lab: Declared, item: AnyPrediction, words: Words) -> str | Part:
    """What comes out."""
    if isinstance(item, ChoicePrediction):
        return "✓ " + "<br>".join(prose(option.text, words.lang) for option in item.options if option.right)
    if isinstance(item, NumberPrediction):
        return figure_later(lab, item.answer, words, item.unit)
    return lambda: safe(way_said(lab, item, words))


def task_part(lab: Declared, task: AnyTask, words: Words) -> str | Part:
    """The solution of a task."""
    if isinstance(task, ChoiceTask):
        return "✓ " + "<br>✓ ".join(prose(option.text, words.lang) for option in task.options if option.right)
    if isinstance(task, OrderTask):
        return "<ol>" + "".join(f"<li>{prose(item, words.lang)}</li>" for item in task.items) + "</ol>"
    if isinstance(task, NumberTask):
        return figure_later(lab, task.answer, words, task.unit)
    return lambda: goal_said(lab, task, words)


def way_said(lab: Declared, item: WayPrediction, words: Words) -> str:
    """Which way a predicted figure goes, and how far."""
    found = answer(question_of(lab, item), BATCHES)
    gap = found.differences[item.metric]
    between = words.interval(gap.low, gap.high, gap.unit, currency=found.currency, signed=True)
    change = words.beside(gap.difference, gap.low, gap.high, gap.unit, currency=found.currency, signed=True)
    way = words.say(f"panel.predict.was.{went(gap)}")
    return words.say("lab.predict.went", way=way, change=change, between=between)


def goal_said(lab: Declared, task: GoalTask, words: Words) -> str:
    """One way to the goal, and what it brings."""
    found = answer(example_question(lab, task), BATCHES)
    told = [reached(words, condition, found) for condition in task.conditions]
    return f"{safe(words.say('lab.room.one_way', way=one_way(task, words)))}{conditions_table(words, told)}"


def figure_part(lab: Declared, figure: Expected, words: Words) -> str | Part:
    """An expected figure with its interval."""
    metric = METRICS.get(figure.metric)
    return figure_later(lab, figure, words, UNITS.get(metric.unit) if metric is not None else "count")


def figure_later(lab: Declared, figure: Figure, words: Words, unit: Unit | None) -> str | Part:
    """A figure: at once when it is a formula, else when the simulator has worked it out."""
    if not figure.metric:
        return safe(figure_said(lab, figure, words, unit))
    return lambda: safe(figure_said(lab, figure, words, unit))


def figure_said(lab: Declared, figure: Figure, words: Words, unit: Unit | None) -> str:
    """A figure worked out, and where it lies; a formula with its facts. A unit of None is a plain number."""
    found = worked_out(lab, figure)
    if unit is None:
        between = words.interval(found.low, found.high, "index", signed=figure.is_difference)
        said = words.number(found.value, 2, signed=figure.is_difference)
        return words.say("lab.predict.between", value=said, range=between)
    if figure.formula:
        return by_hand(words, figure, found.value, unit)
    said = amount(words, found.value, unit, signed=figure.is_difference)
    return words.say(
        "lab.predict.between", value=said, range=span(words, found, unit, signed=figure.is_difference)
    )


def expected_label(lab: Declared, figure: Expected, words: Words) -> str:
    """Which figure is meant: said by its file, else by its metric and policies."""
    if figure.text is not None:
        return prose(figure.text, words.lang)
    panel = lab.panel_named(figure.panel)
    metric = words.say(f"metric.{figure.metric}.name") if figure.metric else ""
    starts = {"policy": alternative_of(figure, panel), "baseline": baseline_of(figure, panel)}
    named = {name: start_said(start, words) for name, start in starts.items()}
    key = "lab.room.difference" if figure.is_difference else "lab.room.figure"
    return safe(words.say(key, metric=metric, **named))


def start_said(start: Start, words: Words) -> str:
    """A policy by its name and the levers moved on top of it."""
    return words.listed(
        filter(None, (words.say(f"policy.{start.preset}.name"), levers_said(start.levers, words)))
    )
