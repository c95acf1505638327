"""Which of several plans is best for our customers? Controls -> plans -> runs -> a table of dots and intervals."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from sim.base.errors import BadInput
from sim.model.policy import Policy
from sim.model.portfolio import Portfolio
from sim.panels.contests import table as contest_table
from sim.panels.contests.contest import BATCHES, Contest, Standing, standing
from sim.panels.contests.style import contest_style
from sim.panels.live.compute import portfolio_of
from sim.panels.live.refine import Refiner
from sim.panels.parts import look
from sim.panels.parts.controls import dropdown
from sim.words import Language, Words

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """One plan: its name and what it does, in the reader's language, and the policy it is."""

    name: str
    about: str
    policy: Policy


@dataclass(frozen=True)
class Setting:
    """What is a contest about? The first portfolio and scenario come first; `judged` is the figure to win in."""

    figures: tuple[str, ...]
    portfolios: tuple[str, ...] = ("manufacturer", "projects", "distributor")
    scenarios: tuple[str, ...] = ("normal", "slump")
    days: int = 365
    judged: str = "economic_profit"


class ContestPanel:
    """Only `standing` is slow, and runs in the refiner's thread."""

    def __init__(
        self,
        lang: Language,
        setting: Setting,
        entries: Callable[[Words, Portfolio], Sequence[Entry]],
        *,
        note: str,
        controls: Sequence[widgets.Widget] = (),
    ):
        self.words = Words(lang)
        self._setting, self._entries = setting, entries
        self.refiner = Refiner[Contest, Standing](standing, self._show, self._failed, steps=len(BATCHES))
        self._shown: Sequence[Entry] = ()
        self._runs = (0, 0)
        self._has_begun = False
        self._make_choices()
        self._make_results()
        self.widget = self._laid_out(note, controls)
        self._set_running(False)

    def ask(self) -> None:
        """Let every plan of now live. Not before somebody wants to see it: a page may hold several contests."""
        self._has_begun = True
        try:
            self._shown = self._entries(self.words, portfolio_of(str(self._portfolio.value)))
            asked = Contest(
                str(self._portfolio.value),
                str(self._scenario.value),
                tuple(entry.policy for entry in self._shown),
                self._setting.figures,
                self._setting.days,
            )
        except BadInput as bad:
            self.refiner.stop()
            self._set_running(False)
            self._error.value = look.safe(self.words.problems(bad))
            return
        self._error.value = ""
        self._set_running(True)
        self.refiner.ask(asked)

    def moved(self, _: Any) -> None:
        """A control was moved: ask again, in the kernel's own thread; the first time is asked for with the button."""
        if self._has_begun:
            self.refiner.in_turn(self.ask)

    def _make_choices(self) -> None:
        say, setting = self.words.say, self._setting
        titles = {name: getattr(portfolio_of(name), f"name_{self.words.lang}") for name in setting.portfolios}
        self._portfolio = dropdown(say("panel.portfolio"), titles, setting.portfolios[0], "340px")
        times = {name: say(f"scenario.{name}.name") for name in setting.scenarios}
        self._scenario = dropdown(say("panel.scenario"), times, setting.scenarios[0], "240px")
        for choice in (self._portfolio, self._scenario):
            choice.observe(self.moved, names="value")

    def _make_results(self) -> None:
        say = self.words.say
        self._error = look.html("", "arlab-error")
        self._finding = look.html("", "arlab-finding")
        self._table = look.html("", "arlab-contest-table")
        self._progress = look.html("", "arlab-note", "arlab-progress")
        self._stop = widgets.Button(
            description=say("panel.run.stop"), layout=widgets.Layout(width="auto", height="24px")
        )
        self._stop.add_class("arlab-stop")
        self._stop.on_click(lambda _: self.refiner.in_turn(self._stop_or_go))
        self._is_running = False

    def _laid_out(self, note: str, controls: Sequence[widgets.Widget]) -> widgets.Widget:
        layout = widgets.Layout
        choices = widgets.HBox(
            [self._portfolio, self._scenario], layout=layout(flex_flow="row wrap", overflow="visible")
        )
        run = widgets.HBox([self._progress, self._stop], layout=layout(align_items="center", grid_gap="10px"))
        parts = [
            look.style_sheet(),
            contest_style(),
            choices,
            *controls,
            self._error,
            self._finding,
            run,
            self._table,
            look.html(look.safe(note), "arlab-note"),
        ]
        panel = widgets.VBox(parts, layout=layout(width="100%", overflow="visible"))
        panel.add_class("arlab-panel")
        panel.add_class("arlab-contest-panel")
        panel._view_count = 0  # the browser counts from here
        panel.observe(self._seen, names="_view_count")
        return panel

    def _seen(self, change: Any) -> None:
        """A page has opened. What was said while it still took in the panel may have been lost: say it again."""
        if change["new"]:
            self.refiner.in_turn(self._tell_again)

    def _tell_again(self) -> None:
        for line in (self._error, self._finding, self._table, self._progress):
            line.send_state("value")
        self._stop.send_state({"description", "button_style"})

    def _show(self, found: Standing, step: int) -> None:
        names, abouts = [entry.name for entry in self._shown], [entry.about for entry in self._shown]
        self._table.value = contest_table.table(self.words, found, names, abouts)
        self._finding.value = look.safe(contest_table.best(self.words, found, names, self._setting.judged))
        self._runs = (step, found.runs)
        self._tell_progress()
        if step == len(BATCHES):
            self._set_running(False)

    def _failed(self, error: Exception) -> None:
        self._set_running(False)
        if isinstance(error, BadInput):
            self._error.value = look.safe(self.words.problems(error))
            return
        LOG.error("a contest of plans failed", exc_info=error)
        self._error.value = look.safe(self.words.say("panel.error.unexpected", reason=repr(error)))

    def _set_running(self, running: bool) -> None:
        self._is_running = running
        rest = "panel.run.go" if self._has_begun else "labs.contest.go"
        self._stop.description = self.words.say("panel.run.stop" if running else rest)
        self._stop.button_style = "" if running or self._has_begun else "primary"
        if running:
            self._runs = (0, 0)
        self._tell_progress()

    def _tell_progress(self) -> None:
        step, runs = self._runs
        bar = f'<progress max="{len(BATCHES)}" value="{step}" aria-hidden="true"></progress>'
        said = self.words.say("labs.contest.progress", runs=runs, total=sum(BATCHES))
        self._progress.value = bar + look.safe(said) if self._has_begun else ""

    def _stop_or_go(self) -> None:
        if self._is_running:
            self.refiner.stop()
            self._set_running(False)
        else:
            self.ask()
