"""Which policy should we have? Two whole policies side by side, every lever, every figure, any customers and times."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from sim.base.errors import BadInput
from sim.model.policy import Policy
from sim.model.presets import load_policy
from sim.panels.live import findings
from sim.panels.live.compute import BATCHES, Glance, edition_of
from sim.panels.live.question import Figures
from sim.panels.live.refine import Refiner
from sim.panels.parts import look
from sim.panels.parts.controls import SIDES
from sim.panels.parts.paths import without_root
from sim.panels.studio.compute import StudioAnswer, StudioQuestion, as_answer, worked
from sim.panels.studio.draft import Desk, Draft, History
from sim.panels.studio.files import load
from sim.panels.studio.inputs import ladders_named
from sim.panels.studio.levers import LeverBrowser, heads
from sim.panels.studio.names import MINE, PRESET, NamePicker
from sim.panels.studio.pages import Pages
from sim.panels.studio.place import Place
from sim.panels.studio.progress import Progress
from sim.panels.studio.style import style_sheet
from sim.words import Language, Words

LOG = logging.getLogger(__name__)
FIRST = (f"{PRESET}as_is", f"{PRESET}balanced")


def studio(lang: Language = "en", portfolio: str = "manufacturer") -> widgets.Widget:
    """The policy studio: choose customers and times, set two whole policies, see, explain, keep and report."""
    return Studio(lang, portfolio).widget


class Studio:
    """Controls -> settings -> compute -> draw, as in every panel; what is on the table is one frozen desk."""

    def __init__(self, lang: Language, portfolio: str = "manufacturer"):
        self.words = Words(lang)
        self.current: StudioAnswer | None = None
        self.heard: list[Callable[[StudioAnswer, int], None]] = []  # told of each answer after it was drawn
        self.told: list[
            Callable[[str], None]
        ] = []  # told of each thing that was done: saved, why, robust ...
        self._drawn: StudioQuestion | None = None
        self.refiner = Refiner[StudioQuestion, StudioAnswer | Glance | None](
            worked, self._show, self._failed, steps=len(BATCHES), glances=True
        )
        self.place = Place(self.words, self._use_place, self.in_turn, portfolio)
        self.levers = LeverBrowser(self.words, self._moved, self.in_turn)
        self.names = {side: NamePicker(self.words, side, self._use_name, self.in_turn) for side in SIDES}
        self.history = History(self._first_desk())
        self._error = look.html("", "arlab-error")
        self._finding = look.html(look.safe(self.words.say("panel.finding.first")), "arlab-finding")
        self.progress = Progress(self.words, self._stop_or_go, self.in_turn)
        self._make_steps()
        self.pages = Pages(self)
        self.widget = self._laid_out()
        self._use_place()

    # the desk ---------------------------------------------------------------------------------------------------

    @property
    def desk(self) -> Desk:
        """What is on the table."""
        return self.history.now

    def _first_desk(self) -> Desk:
        baseline, alternative = (Draft.of(self._named(name)) for name in FIRST)
        return Desk(baseline, alternative, (FIRST[0], FIRST[1]))

    def _named(self, name: str) -> Policy:
        in_force = self.place.in_force()
        if name.startswith(MINE):
            return load(name.removeprefix(MINE), in_force)
        return load_policy(name.removeprefix(PRESET), base=in_force)

    def put(self, side: str, policy: Policy, name: str = "") -> None:
        """Lay this policy on one side and see what it brings."""
        self.history.keep(self.desk.put(side, Draft.of(policy), name))
        self.refresh()

    def _moved(self, side: str, path: str, value: Any) -> None:
        """A lever was moved by hand."""
        self.history.keep(self.desk.put(side, self.desk.draft(side).moved(path, value)))
        self.refresh()

    def _use_name(self, side: str, name: str) -> None:
        self.guarded(lambda: self.put(side, self._named(name), name))

    def _use_place(self) -> None:
        """Other customers: their policy in force is the yardstick of every ready-made policy."""

        def take() -> None:
            self.place.tell_grounds()
            desk = self.desk
            for side in SIDES:
                if desk.name(side):
                    desk = desk.put(side, Draft.of(self._named(desk.name(side))), desk.name(side))
            self.history.keep(desk)
            self.levers.show(desk, ladders_named(self.place.in_force()))
            self.refresh()

        self.guarded(take)

    def refresh(self) -> None:
        """Show what is on the table, and ask what it brings."""
        self.ask()  # the picture first
        self.levers.show(self.desk)
        for side in SIDES:
            self.names[side].show(self.desk.name(side))
        self._undo.disabled, self._redo.disabled = not self.history.can_undo, not self.history.can_redo
        self._swap.disabled = not self.desk.differing
        self.pages.desk_changed()

    def question(self) -> StudioQuestion:
        """What is asked now. Raises BadInput with everything that does not fit together."""
        name = self.place.name
        baseline, alternative = (self.desk.draft(side).policy() for side in SIDES)
        return StudioQuestion(
            name, str(self.place.scenario.value), baseline, alternative, edition=edition_of(name),
            figures=Figures(self.pages.charts(), ()), from_month=int(self.place.from_month.value),
        )  # fmt: skip

    @property
    def newest(self) -> StudioAnswer | None:
        """The newest answer, when it is to what stands on the table now."""
        try:
            is_newest = self.current is not None and self.current.question == self.question()
        except BadInput:
            return None
        return self.current if is_newest else None

    def ask(self) -> None:
        """Ask the simulator about what is on the table."""

        def begin() -> None:
            question = self.question()
            self.progress.run()
            self.refiner.ask(question)

        self.guarded(begin)

    # steps ------------------------------------------------------------------------------------------------------

    def _make_steps(self) -> None:
        self._undo = self._step("studio.undo", "undo", self.history.undo)
        self._redo = self._step("studio.redo", "repeat", self.history.redo)
        self._swap = self._step("studio.level", "exchange", self._level)

    def _step(self, key: str, icon: str, act: Callable[[], Any]) -> widgets.Button:
        button = widgets.Button(
            description=self.words.say(key), icon=icon, tooltip=self.words.say(f"{key}.help"),
            layout=widgets.Layout(width="auto"),
        )  # fmt: skip
        button.add_class(f"arlab-{key.split('.')[-1]}")

        def go(_: object) -> None:
            act()
            self.refresh()

        button.on_click(self.in_turn(go))
        return button

    def _level(self) -> None:
        """The alternative becomes what the baseline is."""
        self.history.keep(self.desk.put("alternative", self.desk.baseline, self.desk.name("baseline")))

    # draw -------------------------------------------------------------------------------------------------------

    def _show(self, found: StudioAnswer | Glance | None, step: int) -> None:
        """The lines first: they are what a person waits for."""
        if isinstance(found, Glance):
            question = found.question
            if (
                self._drawn is not None
                and isinstance(question, StudioQuestion)
                and self._drawn.is_drawn_like(question)
            ):
                self.pages.sweep(found.alternative)
        elif found is not None:
            self._drawn, self.current = found.question, found
            self.pages.draw(found)
            self._finding.value = look.safe(findings.headline(self.words, as_answer(found)))
            self.progress.tell(step, found.runs)
            for hear in self.heard:
                hear(found, step)

    def _failed(self, error: Exception) -> None:
        self.progress.rest()
        self._error.value = look.safe(self.said_of(error))

    def said_of(self, error: Exception) -> str:
        """What a person is told of an error, whatever it is."""
        if isinstance(error, BadInput):
            return self.worded(error)
        LOG.error("the policy studio failed", exc_info=error)
        return without_root(self.words.say("panel.error.unexpected", reason=repr(error)))

    def _stop_or_go(self, is_running: bool) -> None:
        if is_running:
            self.refiner.stop()
            self.progress.rest()
        else:
            self._use_place()  # whose files may have been changed meanwhile

    def tell(self, step: str) -> None:
        """Something was done that somebody may be waiting for."""
        for hear in self.told:
            hear(step)

    def guarded(self, act: Callable[[], None]) -> None:
        """Do it; what a person got wrong is said in their language, all at once, and the last picture stays."""
        try:
            act()
        except BadInput as bad:
            self.refiner.stop()
            self.progress.rest()
            self._error.value = look.safe(self.worded(bad))
        else:
            self._error.value = ""

    def worded(self, bad: BadInput) -> str:
        """Everything that is wrong, without the path of the working folder."""
        return without_root(self.words.problems(bad))

    # layout -----------------------------------------------------------------------------------------------------

    def in_turn(self, act: Callable[[Any], None]) -> Callable[[Any], None]:
        """A handler that does this in the kernel's own thread, whichever it is called in."""
        return lambda event: self.refiner.in_turn(act, event)

    def _laid_out(self) -> widgets.Widget:
        say, layout = self.words.say, widgets.Layout
        corner = look.html(look.safe(say("panel.preset")))
        corner.layout = layout(width="150px", flex="0 0 auto")
        names = widgets.HBox([corner, *(picker.widget for picker in self.names.values())])
        steps = widgets.HBox([self._undo, self._redo, self._swap], layout=layout(margin="0 0 4px"))
        left = widgets.VBox(
            [steps, heads(self.words), names, self.levers.widget], layout=layout(flex="0 0 auto")
        )
        left.add_class("arlab-studio-left")
        right = widgets.VBox(
            [self.pages.widget], layout=layout(flex="1 1 0", min_width="0", overflow="hidden")
        )
        body = widgets.HBox([left, right], layout=layout(grid_gap="14px", overflow="visible"))
        body.add_class("arlab-beside")
        parts = [
            look.style_sheet(), style_sheet(), self.place.widget, self._error, self._finding, self.place.grounds,
            self.progress.widget, body,
        ]  # fmt: skip
        panel = widgets.VBox(parts, layout=layout(width="100%", overflow="visible"))
        panel.add_class("arlab-panel")
        panel.add_class("arlab-studio")
        panel._view_count = 0  # the browser counts from here
        panel.observe(
            self.in_turn(lambda change: self._tell_again() if change["new"] else None), names="_view_count"
        )
        return panel

    def _tell_again(self) -> None:
        """A page has opened. What was said while it still took in the panel may have been lost: say it again."""
        for line in (self._error, self._finding, self.place.grounds):
            line.send_state("value")
        self.progress.tell_again()
        self.pages.tell_again()
