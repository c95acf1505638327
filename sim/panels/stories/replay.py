"""What goes on at the desk, day after day? A year under one policy, to be played, stopped and stepped through.

The year is lived once and every day told from its ledger. The browser keeps time; each tick changes three things in
place: the day's page, the veil over the year, the slider. A browser that is slow gets fewer days, never a backlog.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from sim.base.days import date_of, day_of
from sim.base.errors import BadInput
from sim.model.portfolio_files import portfolio_names
from sim.model.presets import policy_names
from sim.model.scenario import scenario_names
from sim.panels.live.compute import portfolio_of
from sim.panels.parts import look
from sim.panels.parts.controls import dropdown
from sim.panels.stories.replay_life import Life, Told, life_of
from sim.panels.stories.replay_picture import picture, veil
from sim.panels.stories.replay_rows import Rows
from sim.panels.stories.replay_scene import Scene
from sim.words import Language, Words

SPEEDS = (1, 2, 4, 8)
FIRST_SPEED = 2
SOUGHT = (
    "orders_held",
    "promises_broken",
    "promises_kept",
    "disputes_opened",
    "written_off",
    "news",
)
TRACED = (
    "orders_in", "orders_released", "orders_held", "orders_lost", "contacts", "promises_made", "promises_kept",
    "promises_broken", "disputes_opened", "disputes_settled", "invoiced", "received", "corrected", "written_off",
    "recovered", "ar", "overdue", "till", "news",
)  # fmt: skip


def replay(
    lang: Language = "en",
    *,
    portfolio: str = "manufacturer",
    policy: str = "as_is",
    scenario: str = "normal",
    seed: int = 1,
    choices: bool = True,
) -> widgets.Widget:
    """The desk, day by day, under one policy. With `choices`, the learner may choose another year.

    Raises BadInput for an unknown portfolio, policy or scenario.
    """
    return Replay(lang, Told(portfolio, policy, scenario, seed), choices=choices).widget


class Replay:
    """Controls and places; what stands in them is told by Scene."""

    def __init__(self, lang: Language, told: Told, *, choices: bool = True):
        self.words = Words(lang)
        self._told = told
        self._quiet = False
        life = life_of(told)
        self.day = int(life.story.is_worked.argmax())  # the first day on which there is something to see
        self._make_choices()
        self._make_controls()
        self._make_places()
        self.widget = self._laid_out(choices)
        self._use(life)

    # parts ------------------------------------------------------------------------------------------------------

    def _make_choices(self) -> None:
        say, told = self.words.say, self._told
        customers = {
            name: getattr(portfolio_of(name), f"name_{self.words.lang}") for name in portfolio_names()
        }
        if told.portfolio not in customers:
            customers[told.portfolio] = getattr(portfolio_of(told.portfolio), f"name_{self.words.lang}")
        times = {name: say(f"scenario.{name}.name") for name in scenario_names()}
        presets = {name: say(f"policy.{name}.name") for name in policy_names()}
        presets.setdefault(told.policy, Path(told.policy).stem)
        self._choices = {
            "portfolio": dropdown(say("panel.portfolio"), customers, told.portfolio, "330px"),
            "policy": dropdown(say("replay.policy"), presets, told.policy, "230px"),
            "scenario": dropdown(say("panel.scenario"), times, told.scenario, "300px"),
        }
        for name, choice in self._choices.items():
            choice.add_class(f"arlab-replay-{name}")
            choice.observe(lambda _: self._live(), names="value")

    def _make_controls(self) -> None:
        say = self.words.say
        self._ticker = widgets.Play(min=0, max=1, step=1, interval=1000 // FIRST_SPEED, repeat=False)
        self._ticker.layout.display = "none"
        self._ticker.observe(self._ticked, names="value")
        self._ticker.observe(lambda _: self._name_play(), names="playing")
        self._play = self._button("play", "play", lambda _: self._play_or_pause(), "104px")
        self._play.button_style = "primary"
        self._buttons = [
            self._button("start", "fast-backward", lambda _: self.go(0), "auto"),
            self._button("back", "step-backward", lambda _: self.go(self.day - 1), "auto"),
            self._play,
            self._button("forward", "step-forward", lambda _: self.go(self.day + 1), "auto"),
        ]
        speeds = {n: say("replay.speed.days", days=self.words.days(n)) for n in SPEEDS}
        self._speed = dropdown(say("replay.speed"), {}, None, "190px")
        self._speed.options = [(said, n) for n, said in speeds.items()]
        self._speed.value = FIRST_SPEED
        self._speed.observe(self._pace, names="value")
        self._date = widgets.DatePicker(
            description=say("replay.date"),
            tooltip=say("replay.date"),
            style={"description_width": "initial"},
            layout=widgets.Layout(width="190px", margin="2px 12px 2px 0"),
        )
        self._date.observe(self._date_chosen, names="value")
        sought = {name: say(f"replay.next.{name}") for name in SOUGHT}
        self._sought = dropdown(say("replay.next"), sought, SOUGHT[0], "auto")
        self._seek = self._button("next.go", "", lambda _: self._jump(), "auto")

    def _button(self, name: str, icon: str, act: Callable[[Any], None], width: str) -> widgets.Button:
        found = widgets.Button(
            description=self.words.say(f"replay.{name}"),
            icon=icon,
            tooltip=self.words.say(f"replay.{name}"),
            layout=widgets.Layout(width=width, margin="2px 6px 2px 0"),
        )
        found.add_class(f"arlab-replay-{name.replace('.', '-')}")
        found.on_click(act)
        return found

    def _make_places(self) -> None:
        say = self.words.say
        self._stage = look.html("", "arlab-stage-box")
        self._year = look.html("", "arlab-picture")
        self._veil = look.html("", "arlab-curtain-box")
        self._note = look.html("&nbsp;", "arlab-note")
        self._error = look.html("", "arlab-error")
        self._slider = widgets.IntSlider(
            value=0,
            min=0,
            max=1,
            readout=False,
            description=say("replay.slider"),
            continuous_update=True,
            layout=widgets.Layout(width="auto"),
        )
        self._slider.add_class("arlab-day-slider")
        self._slider.observe(self._slid, names="value")
        none = {"": say("replay.behind.none")}
        traced = {**none, **{name: say(f"replay.behind.{name}") for name in TRACED}}
        self._behind = dropdown(say("replay.behind"), traced, "", "480px")
        self._behind.add_class("arlab-replay-behind")
        self._behind.observe(lambda _: self._trace(), names="value")
        self._rows = look.html("", "arlab-rows-box")

    def _laid_out(self, choices: bool) -> widgets.Widget:
        row = widgets.Layout(flex_flow="row wrap", align_items="center", overflow="visible")
        controls = [*self._buttons, self._speed, self._date, self._sought, self._seek]
        box = widgets.Box([self._year, self._veil], layout=widgets.Layout(width="100%", overflow="hidden"))
        box.add_class("arlab-year-box")
        parts = [
            sheets(),
            *([widgets.HBox(list(self._choices.values()), layout=row)] if choices else []),
            self._error,
            widgets.HBox(controls, layout=row),
            self._stage,
            box,
            self._slider,
            widgets.HBox([self._behind, self._note], layout=row),
            self._rows,
            self._ticker,
        ]
        panel = widgets.VBox(parts, layout=widgets.Layout(width="100%", overflow="visible"))
        panel.add_class("arlab-panel")
        panel.add_class("arlab-replay")
        return panel

    # a year -----------------------------------------------------------------------------------------------------

    def _live(self) -> None:
        """Another year was chosen."""
        self._ticker.playing = False
        self._note.value = look.safe(self.words.say("replay.living"))
        told = Told(
            seed=self._told.seed, **{name: str(choice.value) for name, choice in self._choices.items()}
        )
        try:
            life = life_of(told)
        except BadInput as bad:
            self._error.value = look.safe(self.words.problems(bad))
            self._note.value = "&nbsp;"
            return
        self._told = told
        self._use(life)

    def _use(self, life: Life) -> None:
        self._error.value, self._note.value = "", "&nbsp;"
        self._life, self._scene, self._rows_of = life, Scene(self.words, life), Rows(self.words, life)
        last = life.story.days - 1
        self._year.value = picture(self.words, life)
        self._quiet = True
        try:
            self._ticker.max = self._slider.max = last
            self._date.min, self._date.max = date_of(life.story.first), date_of(life.story.last)
        finally:
            self._quiet = False
        self.go(min(self.day, last))

    # a day ------------------------------------------------------------------------------------------------------

    def go(self, day: int) -> None:
        """Show this day of the year (0 = the first); the nearest when it lies outside."""
        self.day = day = min(max(day, 0), self._life.story.days - 1)
        self._stage.value = self._scene.stage(day)
        self._veil.value = veil(self.words, self._life, day)
        self._quiet = True
        try:
            self._slider.value = self._ticker.value = day
            self._date.value = date_of(self._life.story.first + day)
        finally:
            self._quiet = False
        if not self._ticker.playing:
            self._trace()

    def _ticked(self, change: dict[str, Any]) -> None:
        if not self._quiet:
            self.go(int(change["new"]))

    def _slid(self, change: dict[str, Any]) -> None:
        if not self._quiet:
            self.go(int(change["new"]))

    def _date_chosen(self, change: dict[str, Any]) -> None:
        chosen = change["new"]
        if not self._quiet and isinstance(chosen, date):
            self.go(self._life.story.place_of(day_of(chosen)))

    def _play_or_pause(self) -> None:
        if not self._ticker.playing and self.day == self._life.story.days - 1:
            self.go(0)
        self._ticker.playing = not self._ticker.playing

    def _name_play(self) -> None:
        name = "pause" if self._ticker.playing else "play"
        self._play.description = self._play.tooltip = self.words.say(f"replay.{name}")
        self._play.icon = name
        if not self._ticker.playing:
            self.go(self.day)

    def _pace(self, change: dict[str, Any]) -> None:
        self._ticker.interval = 1000 // int(change["new"])

    def _jump(self) -> None:
        found = self._life.story.next_day_with(str(self._sought.value), self.day)
        self._note.value = "&nbsp;"
        if found is None:
            self._note.value = look.safe(self.words.say("replay.next.none"))
        else:
            self.go(found)

    def _trace(self) -> None:
        """The ledger rows behind the figure that is asked for; none while the days run."""
        figure = str(self._behind.value)
        self._rows.value = self._rows_of.behind(figure, self.day) if figure else ""


def sheets() -> widgets.HTML:
    """The panels' style sheet and the replay's own."""
    own = files("sim.panels.stories").joinpath("replay.css").read_text(encoding="utf-8")
    both = look.style_sheet()
    both.value += f"<style>{own}</style>"
    return both
