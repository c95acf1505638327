"""What if we ran another credit policy? The live panel, as its setup wants it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ipywidgets as widgets

from sim.base.errors import BadInput, Problem
from sim.base.places import in_class
from sim.model.policy import Policy, write_policy
from sim.model.portfolio import Portfolio
from sim.model.presets import load_policy
from sim.panels.live.choices import OWN, Choices, first_preset
from sim.panels.live.compute import BATCHES, Answer, Glance, edition_of, portfolio_of, worked
from sim.panels.live.grounds import grounds
from sim.panels.live.predict import Prediction, verdict_on
from sim.panels.live.question import Question
from sim.panels.live.refine import Refiner
from sim.panels.live.results import Results, laid_out
from sim.panels.live.setup import Setup
from sim.panels.parts import look
from sim.panels.parts.controls import SIDES, PolicyControls
from sim.panels.parts.paths import policy_file, portfolio_folder, shown, without_root
from sim.words import Language, Words

__all__ = ["OWN", "WhatIf", "policy_file", "portfolio_folder", "shown", "what_if"]
LOG = logging.getLogger(__name__)


def what_if(lang: Language = "en", prediction: Prediction | None = None) -> widgets.Widget:
    """The panel: choose customers and times, set two policies, see what lies between them.

    `prediction`: guesses made beforehand, which every run is compared with.
    """
    return WhatIf(lang, prediction).widget


class WhatIf:
    """Controls -> settings -> compute -> draw. Only `answer` is slow, and runs in the refiner's thread.

    `current` is the newest answer; `heard` are called with each answer and its step after it was drawn.
    """

    def __init__(self, lang: Language, prediction: Prediction | None = None, setup: Setup | None = None):
        self.words, self.setup = Words(lang), setup or Setup()
        self._prediction = prediction
        self.current: Answer | None = None
        self.heard: list[Callable[[Answer, int], None]] = []
        self.refiner = Refiner[Question, Answer | Glance | None](
            worked, self._show, self._failed, steps=len(BATCHES), glances=True
        )
        self._levers = PolicyControls(
            self.words, self._in_turn(self._moved), self.setup.offered_levers, self.setup.sides
        )
        self._taken = self.setup.offered_portfolios[0]  # the last portfolio that could be read
        self._make_choices()
        self._make_results()
        self.widget = self._laid_out()
        self._use_portfolio()

    @property
    def newest(self) -> Answer | None:
        """The newest answer, when it is to what the controls ask now."""
        try:
            is_newest = self.current is not None and self.current.question == self._question()
        except BadInput:
            return None
        return self.current if is_newest else None

    @property
    def _has_files(self) -> bool:
        """May the alternative be saved and loaded? A class writes and reads no files of the trainer's machine."""
        return self.setup.files and not in_class()

    # parts ------------------------------------------------------------------------------------------------------

    def _make_choices(self) -> None:
        self._choices = choices = Choices(self.words, self.setup)
        self._portfolio, self._path, self._scenario = choices.portfolio, choices.path, choices.scenario
        self._presets, self._file, self._save, self._load = (
            choices.presets,
            choices.file,
            choices.save,
            choices.load,
        )
        self._as_opened = {side: bool(self.setup.start(side).levers) for side in SIDES}
        choices.listen(
            self._in_turn(lambda _: self._use_portfolio()),
            self._in_turn(lambda _: self._ask()),
            {side: self._preset_handler(side) for side in SIDES},
        )
        if self._has_files:  # a control that is not shown can still be sent a click
            self._save.on_click(self._in_turn(lambda _: self._guarded(self._save_policy, self._file_error)))
            self._load.on_click(self._in_turn(lambda _: self._guarded(self._load_policy, self._file_error)))
        choices.again.on_click(self._in_turn(lambda _: self._open_again()))

    def _make_results(self) -> None:
        self.results = shows = Results(self.words, self.setup)
        self._error, self._file_error, self._note = shows.error, shows.file_error, shows.note
        self._finding, self._grounds, self._table = shows.finding, shows.grounds, shows.table
        self._charts, self._progress, self._stop = shows.charts, shows.progress, shows.stop
        self._stop.on_click(self._in_turn(lambda _: self._stop_or_go()))

    def _laid_out(self) -> widgets.Widget:
        choices = self._choices
        return laid_out(
            self.results,
            choices.heads(),
            self._levers.widget,
            choices.top(),
            [choices.files(self._note)] if self._has_files else [],
            choices.again if self.setup.again else None,
            self._in_turn(lambda change: self.results.tell_again() if change["new"] else None),
        )

    def _preset_handler(self, side: str) -> Callable[[Any], None]:
        return self._in_turn(lambda _: self._use_preset(side))

    def _in_turn(self, act: Callable[[Any], None]) -> Callable[[Any], None]:
        """A handler that does this in the kernel's own thread, whichever it is called in."""
        return lambda event: self.refiner.in_turn(act, event)

    # settings ---------------------------------------------------------------------------------------------------

    def _use_portfolio(self) -> None:
        """Other customers: their policy in force is the yardstick of every preset."""
        own = self._portfolio.value == OWN
        self._path.layout.display = "" if own else "none"
        if own and not self._path.value.strip():
            return

        def take() -> None:
            customers = self._customers()
            self._taken = self._portfolio_name()
            self._grounds.value = grounds(self.words, customers, own)
            for side in SIDES:
                self._take_start(side, customers)
            self._ask()

        self._guarded(take)

    def _take_start(self, side: str, customers: Portfolio) -> None:
        """The side's policy on other customers, unless a person has made it their own."""
        if self._as_opened[side]:
            self._levers.set_policy(side, self.setup.start(side).policy(customers))
        elif self._presets[side].value:
            self._levers.set_policy(side, self._preset_policy(self._presets[side].value))

    def _open_again(self) -> None:
        """Both policies as the panel opened with them."""
        for side in SIDES:
            start = self.setup.start(side)
            self._as_opened[side] = True  # so that naming the preset asks nothing yet
            self._presets[side].value = first_preset(start)
            self._levers.set_policy(side, start.policy(self._customers()))
        self._ask()

    def _use_preset(self, side: str) -> None:
        name = self._presets[side].value

        def take() -> None:
            self._levers.set_policy(side, self._preset_policy(name))
            self._ask()

        if name and not (self._as_opened[side] and name == self.setup.start(side).preset):
            self._as_opened[side] = False
            self._guarded(take)  # else a lever was moved by hand, or the panel opens again

    def _preset_policy(self, name: str) -> Policy:
        return load_policy(name, base=self._customers().policy_in_force)

    def _portfolio_name(self) -> str:
        if self._portfolio.value != OWN:
            return str(self._portfolio.value)
        return str(portfolio_folder(self._path.value)) if self._path.value.strip() else self._taken

    def _customers(self) -> Portfolio:
        name = self._portfolio_name()
        return portfolio_of(name, edition_of(name))

    def _moved(self, side: str) -> None:
        """A lever was moved by hand: the policy is nobody's preset any more."""
        self._as_opened[side] = False
        self._presets[side].value = ""
        self._ask()

    def _question(self) -> Question:
        name, scenario = self._portfolio_name(), str(self._scenario.value)
        baseline, alternative = (self._levers.policy(side) for side in SIDES)
        edition = edition_of(name)
        return Question(name, scenario, baseline, alternative, edition=edition, figures=self.setup.figures)

    def _ask(self) -> None:
        self._guarded(lambda: self._begin(self._question()))

    def _begin(self, question: Question) -> None:
        self.results.set_running(True)
        self.refiner.ask(question)

    def _guarded(self, act: Callable[[], None], place: widgets.HTML | None = None) -> None:
        """Do it; what a person got wrong is said in their language, all at once, and the last picture stays."""
        try:
            act()
        except BadInput as bad:
            if place is None:  # a file that cannot be read leaves the work at hand alone
                self.refiner.stop()
                self.results.set_running(False)
            self._note.value = ""
            (place or self._error).value = look.safe(self._worded(bad))
        else:
            self._error.value = self._file_error.value = ""

    def _worded(self, bad: BadInput) -> str:
        """Everything that is wrong, the fields called as they are called on this panel."""
        names = {"portfolio": "panel.portfolio", "policy": "panel.file"}
        said = [
            replace(found, field=self.words.say(names[found.field])) if found.field in names else found
            for found in bad.problems
        ]
        return without_root(self.words.problems(BadInput(said)))

    # files ------------------------------------------------------------------------------------------------------

    def _save_policy(self) -> None:
        path = policy_file(self._file.value)
        try:
            write_policy(self._levers.policy("alternative"), path)
        except OSError as error:
            detail = {"detail": error.strerror or str(error)}
            raise BadInput([Problem("cli.cannot_write", path.name, shown(path), detail)]) from error
        self._note.value = look.safe(self.words.say("panel.file.saved", path=shown(path)))

    def _load_policy(self) -> None:
        path = policy_file(self._file.value)
        policy = load_policy(path, base=self._customers().policy_in_force)
        self._as_opened["alternative"] = False
        self._levers.set_policy("alternative", policy)
        self._presets["alternative"].value = ""
        self._note.value = look.safe(self.words.say("panel.file.loaded", path=shown(path)))
        self._begin(self._question())

    # draw -------------------------------------------------------------------------------------------------------

    def _show(self, found: Answer | Glance | None, step: int) -> None:
        """The lines first: they are what a person waits for."""
        if isinstance(found, Glance):
            self.results.sweep(found)
        elif found is not None:
            guesses = self._prediction.guesses if self._prediction else {}
            self.results.draw(found, step, verdict_on(self.words, guesses, found))
            self.current = found
            for hear in self.heard:
                hear(found, step)

    def _failed(self, error: Exception) -> None:
        self.results.set_running(False)
        if isinstance(error, BadInput):
            self._error.value = look.safe(self._worded(error))
            return
        LOG.error("the what-if panel failed", exc_info=error)
        said = self.words.say("panel.error.unexpected", reason=repr(error))
        self._error.value = look.safe(without_root(said))

    def _stop_or_go(self) -> None:
        if self.results.is_running:
            self.refiner.stop()
            self.results.set_running(False)
        else:
            self._use_portfolio()  # whose files may have been changed meanwhile
