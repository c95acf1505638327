"""What if we ran another credit policy? The panel of the first lesson."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from sim.base.errors import BadInput, Problem
from sim.base.places import ROOT
from sim.measure import METRICS
from sim.model.policy import Policy, write_policy
from sim.model.portfolio import Portfolio
from sim.model.portfolio_files import portfolio_names
from sim.model.presets import load_policy, policy_names
from sim.model.scenario import scenario_names
from sim.panels import findings, look
from sim.panels.charts import Chart
from sim.panels.compute import BATCHES, CHARTED, Answer, Glance, edition_of, portfolio_of, worked
from sim.panels.controls import SIDES, PolicyControls, dropdown, side_label
from sim.panels.grounds import grounds
from sim.panels.predict import Prediction, verdict_on
from sim.panels.question import Question
from sim.panels.refine import Refiner
from sim.words import Language, Words

OWN = ":own:"
MY_POLICIES = "my_policies"  # in the working folder
FIRST_ALTERNATIVE = "balanced"
LOG = logging.getLogger(__name__)


def what_if(lang: Language = "en", prediction: Prediction | None = None) -> widgets.Widget:
    """The panel: choose customers and times, set two policies, see what lies between them.

    `prediction`: guesses made beforehand, which every run is compared with.
    """
    return WhatIf(lang, prediction).widget


class WhatIf:
    """Controls -> settings -> compute -> draw. Only `answer` is slow, and runs in the refiner's thread."""

    def __init__(self, lang: Language, prediction: Prediction | None = None):
        self.words = Words(lang)
        self._prediction = prediction
        self.refiner = Refiner[Question, Answer | Glance | None](
            worked, self._show, self._failed, steps=len(BATCHES), glances=True
        )
        self._drawn: Question | None = None
        self._levers = PolicyControls(self.words, self._in_turn(self._moved))
        self._make_choices()
        self._make_results()
        self.widget = self._laid_out()
        self._use_portfolio()

    # controls ---------------------------------------------------------------------------------------------------

    def _make_choices(self) -> None:
        say, names = self.words.say, portfolio_names()
        titles = {name: getattr(portfolio_of(name), f"name_{self.words.lang}") for name in names}
        titles[OWN] = say("panel.portfolio.own")
        self._taken = names[0]  # the last portfolio that could be read
        self._portfolio = dropdown(say("panel.portfolio"), titles, next(iter(titles)), "400px")
        self._path = widgets.Text(
            placeholder=say("panel.portfolio.path"),
            continuous_update=False,
            layout=widgets.Layout(width="330px"),
        )
        times = {name: say(f"scenario.{name}.name") for name in scenario_names()}
        self._scenario = dropdown(say("panel.scenario"), times, "normal", "260px")
        presets = {name: say(f"policy.{name}.name") for name in policy_names()}
        first = {"baseline": "as_is", "alternative": FIRST_ALTERNATIVE}
        self._presets = {side: self._preset(side, presets, first[side]) for side in SIDES}
        use_portfolio = self._in_turn(lambda _: self._use_portfolio())
        self._portfolio.observe(use_portfolio, names="value")
        self._path.observe(use_portfolio, names="value")
        self._scenario.observe(self._in_turn(lambda _: self._ask()), names="value")
        self._make_file_row()

    def _preset(self, side: str, presets: dict[str, str], value: str) -> widgets.Dropdown:
        options = {**presets, "": self.words.say("panel.preset.own")}
        found = dropdown("", options, value, "150px")
        found.layout.margin = "0 4px"
        found.add_class(f"arlab-preset-{side}")
        found.tooltip = side_label(self.words, side, self.words.say("panel.preset"))
        found.observe(self._in_turn(lambda _: self._use_preset(side)), names="value")
        return found

    def _make_file_row(self) -> None:
        say = self.words.say
        self._file = widgets.Text(
            value=f"{MY_POLICIES}/policy.toml",
            continuous_update=False,
            layout=widgets.Layout(width="380px"),
        )
        self._file.add_class("arlab-file")
        self._save = widgets.Button(description=say("panel.file.save"), layout=widgets.Layout(width="auto"))
        self._load = widgets.Button(description=say("panel.file.load"), layout=widgets.Layout(width="auto"))
        self._save.on_click(self._in_turn(lambda _: self._guarded(self._save_policy, self._file_error)))
        self._load.on_click(self._in_turn(lambda _: self._guarded(self._load_policy, self._file_error)))

    # results ----------------------------------------------------------------------------------------------------

    def _make_results(self) -> None:
        self._error = look.html("", "arlab-error")
        self._file_error = look.html("", "arlab-error", "arlab-file-error")  # where the person is looking
        self._note = look.html("", "arlab-note")
        self._finding = look.html(look.safe(self.words.say("panel.finding.first")), "arlab-finding")
        self._guessed = look.html("", "arlab-guessed")
        self._grounds = look.html("", "arlab-grounds")
        self._charts = {name: Chart(self.words, name, METRICS[name].unit) for name in CHARTED}
        self._table = look.html("", "arlab-differences")
        self._progress = look.html("", "arlab-note", "arlab-progress")
        self._stop = widgets.Button(
            description=self.words.say("panel.run.stop"), layout=widgets.Layout(width="auto", height="24px")
        )
        self._stop.add_class("arlab-stop")
        self._stop.on_click(self._in_turn(lambda _: self._stop_or_go()))
        self._is_running = False
        self._shown = (0, 0)  # step and runs of the picture

    def _laid_out(self) -> widgets.Widget:
        say, layout = self.words.say, widgets.Layout
        heads = [look.html(look.safe(say(f"panel.side.{side}")), f"arlab-head-{side}") for side in SIDES]
        for head in heads:
            head.layout = layout(width="150px", margin="0 4px", flex="0 0 auto")
        corner = layout(width="158px", flex="0 0 auto")
        sides = widgets.HBox([look.html(""), *heads])
        presets = widgets.HBox([look.html(look.safe(say("panel.preset"))), *self._presets.values()])
        sides.children[0].layout = presets.children[0].layout = corner
        left = widgets.VBox(
            [sides, presets, self._levers.widget], layout=layout(flex="0 0 auto", overflow="visible")
        )
        charts = widgets.GridBox(
            [chart.widget for chart in self._charts.values()],
            layout=layout(
                grid_template_columns="repeat(3, minmax(0, 1fr))", width="100%", grid_gap="2px 6px"
            ),
        )
        run = widgets.HBox(
            [look.html(legend(self.words), "arlab-legend"), self._progress, self._stop],
            layout=layout(align_items="center", grid_gap="10px"),
        )
        right = widgets.VBox([run, charts], layout=layout(flex="1 1 0", min_width="0", overflow="hidden"))
        choices = widgets.HBox(
            [self._portfolio, self._path, self._scenario], layout=layout(flex_flow="row wrap")
        )
        body = widgets.HBox([left, right], layout=layout(grid_gap="14px", overflow="visible"))
        files = widgets.HBox(
            [look.html(look.safe(say("panel.file"))), self._file, self._save, self._load, self._note],
            layout=layout(align_items="center", grid_gap="8px", flex_flow="row wrap"),
        )
        parts = [
            look.style_sheet(),
            choices,
            self._error,
            self._finding,
            self._guessed,
            self._grounds,
            body,
            self._table,
            self._file_error,
            files,
        ]
        panel = widgets.VBox(parts, layout=layout(width="100%", overflow="visible"))
        panel.add_class("arlab-panel")
        panel._view_count = 0  # the browser counts from here
        panel.observe(
            self._in_turn(lambda change: self._tell_again() if change["new"] else None), names="_view_count"
        )
        return panel

    def _in_turn(self, act: Callable[[Any], None]) -> Callable[[Any], None]:
        """A handler that does this in the kernel's own thread, whichever it is called in."""
        return lambda event: self.refiner.in_turn(act, event)

    def _tell_again(self) -> None:
        """A page has opened. What was said while it still took in the panel may have been lost: say it again."""
        for chart in self._charts.values():
            chart.tell_again()
        lines = (
            self._error,
            self._file_error,
            self._note,
            self._finding,
            self._guessed,
            self._grounds,
            self._table,
            self._progress,
        )
        for line in lines:
            line.send_state("value")
        self._stop.send_state("description")

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
                if self._presets[side].value:
                    self._levers.set_policy(side, self._preset_policy(self._presets[side].value))
            self._ask()

        self._guarded(take)

    def _use_preset(self, side: str) -> None:
        name = self._presets[side].value

        def take() -> None:
            self._levers.set_policy(side, self._preset_policy(name))
            self._ask()

        if name:  # else a lever was moved by hand
            self._guarded(take)

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
        self._presets[side].value = ""
        self._ask()

    def _question(self) -> Question:
        name, scenario = self._portfolio_name(), str(self._scenario.value)
        baseline, alternative = (self._levers.policy(side) for side in SIDES)
        return Question(name, scenario, baseline, alternative, edition=edition_of(name))

    def _ask(self) -> None:
        self._guarded(lambda: self._begin(self._question()))

    def _begin(self, question: Question) -> None:
        self._set_running(True)
        self.refiner.ask(question)

    def _guarded(self, act: Callable[[], None], place: widgets.HTML | None = None) -> None:
        """Do it; what a person got wrong is said in their language, all at once, and the last picture stays."""
        try:
            act()
        except BadInput as bad:
            if place is None:  # a file that cannot be read leaves the work at hand alone
                self.refiner.stop()
                self._set_running(False)
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
        self._levers.set_policy("alternative", policy)
        self._presets["alternative"].value = ""
        self._note.value = look.safe(self.words.say("panel.file.loaded", path=shown(path)))
        self._begin(self._question())

    # draw -------------------------------------------------------------------------------------------------------

    def _show(self, found: Answer | Glance | None, step: int) -> None:
        """The lines first: they are what a person waits for."""
        if isinstance(found, Glance):
            self._sweep(found)
        elif found is not None:
            self._draw(found, step)

    def _sweep(self, found: Glance) -> None:
        """The first months of a picture that shows the same customers in the same times."""
        if self._drawn is not None and self._drawn.is_alike(found.question):
            for chart in self._charts.values():
                chart.sweep(found.alternative)

    def _draw(self, found: Answer, step: int) -> None:
        self._drawn = found.question
        sides = {"alternative": found.alternative, "baseline": found.baseline}
        for chart in self._charts.values():
            chart.draw(sides, found.currency)
        self._say(found)
        self._shown = (step, found.runs)
        self._tell_progress(*self._shown)
        if step == len(BATCHES):
            self._set_running(False)

    def _say(self, found: Answer) -> None:
        for name, chart in self._charts.items():
            chart.entitle(findings.said_difference(self.words, found, name))
        self._finding.value = look.safe(findings.headline(self.words, found))
        self._table.value = findings.table(self.words, found)
        guesses = self._prediction.guesses if self._prediction else {}
        self._guessed.value = look.safe(verdict_on(self.words, guesses, found))

    def _failed(self, error: Exception) -> None:
        self._set_running(False)
        if isinstance(error, BadInput):
            self._error.value = look.safe(self._worded(error))
            return
        LOG.error("the what-if panel failed", exc_info=error)
        said = self.words.say("panel.error.unexpected", reason=repr(error))
        self._error.value = look.safe(without_root(said))

    def _set_running(self, running: bool) -> None:
        self._is_running = running
        self._stop.description = self.words.say("panel.run.stop" if running else "panel.run.go")
        self._tell_progress(*((0, 0) if running else self._shown))

    def _tell_progress(self, step: int, runs: int) -> None:
        bar = f'<progress max="{len(BATCHES)}" value="{step}" aria-hidden="true"></progress>'
        said = self.words.say("panel.run.progress", runs=runs, total=sum(BATCHES))
        self._progress.value = bar + look.safe(said)

    def _stop_or_go(self) -> None:
        if self._is_running:
            self.refiner.stop()
            self._set_running(False)
        else:
            self._use_portfolio()  # whose files may have been changed meanwhile


def typed_path(typed: str) -> Path:
    """A path as a person typed or pasted it; a relative one lies in the working folder."""
    return ROOT / Path(typed.strip().strip("\"'")).expanduser()


def portfolio_folder(typed: str) -> Path:
    """Which portfolio folder is meant? Its portfolio.toml will do too."""
    path = typed_path(typed)
    return path.parent if path.name == "portfolio.toml" else path


def policy_file(typed: str) -> Path:
    """Which file is meant? A bare name lies among my policies."""
    path = typed_path(typed)
    return ROOT / MY_POLICIES / path.name if path.parent == ROOT else path


def shown(path: Path) -> str:
    """A path without what a machine's own folders are called."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def without_root(said: str) -> str:
    """A message without the path of the working folder."""
    return said.replace(f"{ROOT}{os.sep}", "")


def legend(words: Words) -> str:
    """What do the lines and bands stand for?"""
    parts = [
        f'<span class="arlab-key arlab-key-{key}"></span>{look.safe(words.say(f"panel.legend.{key}"))}'
        for key in ("baseline", "alternative", "band")
    ]
    return " &nbsp; ".join(parts)
