"""On which customers, in which times and from when on are the two policies tried?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from sim.base.places import ROOT, in_class
from sim.model.policy import Policy
from sim.model.portfolio import Portfolio
from sim.model.portfolio_files import portfolio_names
from sim.model.scenario import scenario_names
from sim.panels.live.compute import edition_of, portfolio_of
from sim.panels.live.grounds import grounds
from sim.panels.parts import look
from sim.panels.parts.controls import dropdown
from sim.panels.parts.paths import portfolio_folder
from sim.words import Words

OWN = ":own:"
MOST_FOLDERS = 40


class Place:
    """The choices on top of the studio. `moved` is called after a person changed one."""

    def __init__(self, words: Words, moved: Callable[[], None], in_turn: Callable[..., Any], portfolio: str):
        self._words, self._moved, self._in_turn = words, moved, in_turn
        say = words.say
        titles = {name: getattr(portfolio_of(name), f"name_{words.lang}") for name in portfolio_names()}
        if not in_class():  # a class does not read what else lies on the trainer's machine
            titles |= {str(folder): folder.name for folder in own_folders(ROOT)}
            titles[OWN] = say("panel.portfolio.own")
        self.portfolio = dropdown(say("panel.portfolio"), titles, portfolio, "400px")
        self.path = widgets.Text(
            placeholder=say("panel.portfolio.path"),
            continuous_update=False,
            layout=widgets.Layout(width="330px"),
        )
        self.path.layout.display = "none"
        times = {name: say(f"scenario.{name}.name") for name in scenario_names()}
        self.scenario = dropdown(say("panel.scenario"), times, "normal", "250px")
        self.from_month = widgets.BoundedIntText(
            value=1, min=1, max=12, description=say("studio.from_month"), tooltip=say("studio.from_month.help"),
            style={"description_width": "initial"}, layout=widgets.Layout(width="230px"), continuous_update=False,
        )  # fmt: skip
        self.from_month.add_class("arlab-from-month")
        self.grounds = look.html("", "arlab-grounds")
        for part in (self.portfolio, self.path, self.scenario, self.from_month):
            part.observe(in_turn(lambda _: self._changed()), names="value")
        self.widget = widgets.HBox(
            [self.portfolio, self.path, self.scenario, self.from_month],
            layout=widgets.Layout(flex_flow="row wrap"),
        )

    @property
    def is_ready(self) -> bool:
        """Is it known which customers are meant?"""
        return self.portfolio.value != OWN or bool(self.path.value.strip())

    @property
    def name(self) -> str:
        """The portfolio's name or folder."""
        return (
            str(portfolio_folder(self.path.value))
            if self.portfolio.value == OWN
            else str(self.portfolio.value)
        )

    @property
    def title(self) -> str:
        """What people call it: never a machine's folder."""
        return Path(self.name).name

    def customers(self) -> Portfolio:
        """The customers. Raises BadInput when the folder cannot be used."""
        return portfolio_of(self.name, edition_of(self.name))

    def in_force(self) -> Policy:
        """The policy that these customers know."""
        return self.customers().policy_in_force

    def tell_grounds(self) -> None:
        """Say on what the figures of these customers rest."""
        built_in = self.name in portfolio_names()
        self.grounds.value = grounds(self._words, self.customers(), not built_in)

    def _changed(self) -> None:
        self.path.layout.display = "" if self.portfolio.value == OWN else "none"
        if self.is_ready:
            self._moved()


def own_folders(root: Path) -> list[Path]:
    """The portfolios that somebody fitted or wrote in the working folder."""
    built_in = root / "datasets"
    found = (
        path.parent for pattern in ("*/portfolio.toml", "*/*/portfolio.toml") for path in root.glob(pattern)
    )
    return sorted(folder for folder in found if built_in not in folder.parents)[:MOST_FOLDERS]
