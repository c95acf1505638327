"""A lab in a notebook: opening, prediction, panel, pictures, tasks, summary, each one call."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import ipywidgets as widgets

from sim.base.errors import BadInput, Problem
from sim.panels.labs.answers import setup_of
from sim.panels.labs.closing import Closing
from sim.panels.labs.declared import AnyTask, ChoiceTask, GoalTask, NumberTask
from sim.panels.labs.kinds import ChoiceBox, GoalBox, NumberBox, OrderBox
from sim.panels.labs.loading import load_lab
from sim.panels.labs.opening import home, opening
from sim.panels.labs.page import Page
from sim.panels.labs.predictions import Predictions, Verdict
from sim.panels.labs.tasks import TaskBox
from sim.panels.labs.veil import Veil
from sim.panels.live.compute import Answer
from sim.panels.live.setup import Setup
from sim.panels.live.what_if import WhatIf
from sim.panels.parts import look
from sim.panels.parts.pictures import still_picture
from sim.words import Language, Words


class Lab:
    """One lab in one language. What a learner says in one cell is known in all the others."""

    def __init__(self, name: str, lang: Language = "en"):
        self.name, self.words = name, Words(lang)
        self.declared = load_lab(name)
        self._veil = Veil(self.words, lifted=not self.declared.predictions)
        self._closing: list[Closing] = []
        self.predictions = Predictions(self.declared, self.words, self._decided)
        self.panels: dict[str, WhatIf] = {}
        self.tasks = {task.id: self._task(task, number) for number, task in enumerate(self.declared.tasks, 1)}
        self.predictions.changed.append(self._refresh)
        for box in self.tasks.values():
            box.changed.append(self._refresh)

    def opening(self) -> Page:
        """The way through the labs, the question, and what one will be able to do."""
        return opening(self.name, self.declared, self.words)

    def home(self) -> Page:
        """The list of all labs."""
        return home(self.words)

    def predict(self) -> widgets.Widget:
        """The predictions: what belongs to the run stays veiled until they are committed or skipped."""
        return self.predictions.widget

    def panel(self, name: str = "") -> widgets.Widget:
        """The live panel, with the comparison of the predictions below the first one."""
        setup = self._setup(name)

        def make() -> widgets.Widget:
            self.panels[name] = WhatIf(self.words.lang, setup=setup)
            shown = [self.panels[name].widget, *([] if name else [self.compare()])]
            return widgets.VBox(shown, layout=widgets.Layout(width="100%", overflow="visible"))

        return self._veil.over(make)

    def veiled(self, shown: widgets.Widget) -> widgets.Widget:
        """Any widget that belongs to the run."""
        return self._veil.over(lambda: shown)

    def compare(self) -> widgets.Widget:
        """The predictions beside what came out, for labs without a panel."""
        box = widgets.VBox([look.style_sheet(), self.predictions.comparison()])
        box.add_class("arlab-panel")
        return box

    def picture(self, name: str) -> widgets.Widget:
        """A picture that stands still, with its controls."""
        found = next((picture for picture in self.declared.pictures if picture.id == name), None)
        if found is None:
            raise self._unknown("picture", name, (picture.id for picture in self.declared.pictures))
        return self._veil.over(lambda: still_picture(self.words.lang, found))

    def task(self, name: str) -> widgets.Widget:
        """One task."""
        if name not in self.tasks:
            raise self._unknown("task", name, self.tasks)
        return self.tasks[name].laid_out()

    def closing(self) -> widgets.Widget:
        """The summary of what was predicted, came out and was solved."""
        made = Closing(self.name, self.declared, self.words, self._state)
        self._closing.append(made)
        return made.laid_out()

    def _decided(self) -> None:
        """The prediction was committed or skipped."""
        self._veil.lift()
        self._refresh()

    def _setup(self, name: str) -> Setup:
        if self.declared.panel_named(name) is None:
            raise self._unknown("panel", name, self.declared.panels)
        return setup_of(self.declared, name)

    def _task(self, task: AnyTask, number: int) -> TaskBox:
        if isinstance(task, ChoiceTask):
            return ChoiceBox(task, number, self.words)
        if isinstance(task, NumberTask):
            return NumberBox(task, number, self.words, self.declared)
        if isinstance(task, GoalTask):
            return GoalBox(task, number, self.words, self._answered(task.panel))
        return OrderBox(task, number, self.words, self.name)

    def _answered(self, panel: str) -> Callable[[], Answer | None]:
        return lambda: self.panels[panel].newest if panel in self.panels else None

    def _state(self) -> tuple[str, list[Verdict], list[TaskBox]]:
        return self._predicted(), self.predictions.verdicts, list(self.tasks.values())

    def _predicted(self) -> str:
        """How it stands with the predictions while there are no verdicts."""
        if not self.declared.predictions:
            return ""
        if not self.predictions.is_decided:
            return self.words.say("lab.predict.open")
        return self.words.say("lab.predict.none" if self.predictions.kept is None else "lab.task.working")

    def _refresh(self) -> None:
        for made in self._closing:
            made.refresh()

    def _unknown(self, kind: str, name: str, known: Iterable[str]) -> BadInput:
        there = {"known": ", ".join(known), "kind": kind}
        return BadInput([Problem("lab.unknown_part", self.name, name, there)])
