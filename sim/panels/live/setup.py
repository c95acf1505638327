"""What does a live panel show, and what can be moved on it? By default everything the first lesson needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.model.policy import LEVERS, Policy
from sim.model.portfolio import Portfolio
from sim.model.portfolio_files import portfolio_names
from sim.model.presets import load_policy
from sim.model.scenario import scenario_names
from sim.model.settings import Lever
from sim.panels.live.question import CHARTED, TABLED, Figures
from sim.panels.parts.controls import HEADLINE, SIDES

SAID_ON_TOP = ("ar", "economic_profit")  # what the sentence above the charts needs


@dataclass(frozen=True)
class Start:
    """The policy a side opens with: a ready-made one, and levers moved on top of it."""

    preset: str
    levers: Mapping[str, Any] = field(default_factory=dict)

    def policy(self, customers: Portfolio) -> Policy:
        """This policy on these customers, whose policy in force is every preset's yardstick. Raises BadInput."""
        found = load_policy(self.preset, base=customers.policy_in_force)
        return found.with_levers(self.levers) if self.levers else found


@dataclass(frozen=True)
class Setup:
    """Which customers, times, policies, levers, charts and figures a panel has. Empty: all there are.

    `also`: figures measured without being shown, because something else asks for them.
    """

    portfolios: tuple[str, ...] = ()
    own_portfolio: bool = True
    scenarios: tuple[str, ...] = ()
    scenario: str = "normal"
    baseline: Start = Start("as_is")
    alternative: Start = Start("balanced")
    presets: bool = True
    levers: tuple[str, ...] = tuple(lever.path for lever in HEADLINE)
    sides: tuple[str, ...] = SIDES
    charts: tuple[str, ...] = CHARTED
    table: tuple[str, ...] = TABLED
    also: tuple[str, ...] = ()
    files: bool = True
    again: bool = False  # a button that brings back what the panel opened with

    @property
    def offered_portfolios(self) -> tuple[str, ...]:
        """The customers to choose from."""
        return self.portfolios or portfolio_names()

    @property
    def offered_scenarios(self) -> tuple[str, ...]:
        """The times to choose from."""
        return self.scenarios or scenario_names()

    @property
    def offered_levers(self) -> tuple[Lever, ...]:
        """The levers shown, kept together by branch."""
        branches = list(dict.fromkeys(LEVERS[path].branch for path in self.levers))
        return tuple(
            sorted((LEVERS[path] for path in self.levers), key=lambda lever: branches.index(lever.branch))
        )

    @property
    def figures(self) -> Figures:
        """All that must be measured."""
        whole = (*self.table, *SAID_ON_TOP, *self.charts, *self.also)
        return Figures(self.charts, tuple(dict.fromkeys(whole)))

    def start(self, side: str) -> Start:
        """The policy this side opens with."""
        return self.baseline if side == "baseline" else self.alternative
