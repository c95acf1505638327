"""What does each layer of protection cost, and what loss is left: on average, and in the worst runs of a slump?"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from sim.base.errors import BadInput
from sim.model.policy import Policy
from sim.panels.contests import contest
from sim.panels.contests.contest import BATCHES, Contest, Standing, standing
from sim.panels.contests.style import contest_style
from sim.panels.live.compute import portfolio_of
from sim.panels.live.refine import Refiner
from sim.panels.money.layer_table import layer_table, verdict
from sim.panels.parts import look
from sim.panels.parts.controls import dropdown
from sim.words import Language, Words

LOG = logging.getLogger(__name__)

PORTFOLIOS = ("manufacturer", "projects", "distributor")
TIMES = ("normal", "slump")
YEARS = 2
"""An insurer pays half a year after the due date: one year would show the premiums and hardly a claim."""
FIGURES = ("layer_cost", "made_good", "loss_left", "cash_low", "economic_profit")
INSURANCES = ("none", "key", "whole")
FACTORINGS = ("none", "recourse", "without_recourse")
GUARANTEES = ("none", "weak", "all")
PLEDGE_BP = 7_000
FACTORED_BP = 5_000
SWITCHES = ("process", "owner", "title", "pledge", "bills", "check")


@dataclass(frozen=True)
class Layers:
    """Which layers are laid?"""

    insurance: str = "none"
    process: bool = False
    guarantee: str = "none"
    owner: bool = False
    title: bool = False
    factoring: str = "none"
    pledge: bool = False
    bills: bool = False
    check: bool = False

    def on(self, policy: Policy) -> Policy:
        """The policy with these layers."""
        levers: dict[str, Any] = {
            "finance.insurance": self.insurance,
            "finance.insurance_process": self.process and self.insurance != "none",
            "credit.guarantee": self.guarantee,
            "credit.owner_guarantee": self.owner and self.guarantee != "none",
            "credit.retention_of_title": self.title,
            "finance.factoring": self.factoring,
            "finance.factoring_share_bp": FACTORED_BP,
            "finance.pledge_bp": PLEDGE_BP if self.pledge else 0,
            "finance.discount_bills": self.bills,
            "finance.check_financiers": self.check,
        }
        if self.bills:
            levers["terms.bill_share_bp"] = max(int(policy.value_of("terms.bill_share_bp")), 3_000)
        return policy.with_levers(levers)

    @property
    def laid(self) -> tuple[str, ...]:
        """The keys of the layers that are laid, in the order they protect."""
        found = []
        if self.insurance != "none":
            found.append(f"insurance.{self.insurance}")
        if self.guarantee != "none":
            found.append(f"guarantee.{self.guarantee}")
        found += [name for name in ("title",) if getattr(self, name)]
        if self.factoring != "none":
            found.append(f"factoring.{self.factoring}")
        return (*found, *(name for name in ("pledge", "bills") if getattr(self, name)))


@dataclass(frozen=True)
class LayersAsked:
    """Which layers, for which customers?"""

    portfolio: str
    layers: Layers


@dataclass(frozen=True, eq=False)
class Protected:
    """A normal time and a slump, each without and with the layers."""

    asked: LayersAsked
    times: dict[str, Standing]

    @property
    def runs(self) -> int:
        """How many runs of each?"""
        return min(found.runs for found in self.times.values())


def protected(asked: LayersAsked, batches: int) -> Protected:
    """What do the layers bring in each of the times, after so many batches?"""
    bare = portfolio_of(asked.portfolio).policy_in_force
    bare = Layers().on(bare)
    policies = (bare, asked.layers.on(bare))
    days = 365 * YEARS
    return Protected(
        asked,
        {name: standing(Contest(asked.portfolio, name, policies, FIGURES, days), batches) for name in TIMES},
    )


def layers(lang: Language = "en") -> widgets.Widget:
    """Lay layers of protection and money, and see what they cost and what they leave."""
    return LayerPanel(lang).widget


class LayerPanel:
    """Switches -> layers -> two times -> a table. Only `protected` is slow, and runs in the refiner's thread."""

    def __init__(self, lang: Language):
        self._words = Words(lang)
        self.refiner = Refiner[LayersAsked, Protected](
            protected, self._show, self._failed, steps=len(BATCHES)
        )
        self._make_controls()
        self._error = look.html("", "arlab-error")
        self._finding = look.html("", "arlab-finding")
        self._table = look.html("", "arlab-layer-table")
        self._progress = look.html("", "arlab-note", "arlab-progress")
        self._begin = widgets.Button(
            description=self._words.say("labs.contest.go"), button_style="primary",
            layout=widgets.Layout(width="max-content", height="26px"),
        )  # fmt: skip
        self._begin.add_class("arlab-layers-begin")
        self._begin.on_click(lambda _: self.refiner.in_turn(self._ask))
        self._has_begun = False
        self.widget = self._laid_out()

    def _make_controls(self) -> None:
        say = self._words.say
        titles = {name: getattr(portfolio_of(name), f"name_{self._words.lang}") for name in PORTFOLIOS}
        self._portfolio = dropdown(say("panel.portfolio"), titles, PORTFOLIOS[0], "400px")
        self._lists = {
            "insurance": self._list("insurance", INSURANCES),
            "guarantee": self._list("guarantee", GUARANTEES),
            "factoring": self._list("factoring", FACTORINGS),
        }
        self._switches = {
            name: widgets.Checkbox(
                value=False, description=say(f"labs.layer.{name}"), indent=False,
                tooltip=say(f"labs.layer.{name}.help"), layout=widgets.Layout(width="390px"),
            )
            for name in SWITCHES
        }  # fmt: skip
        for control in (self._portfolio, *self._lists.values(), *self._switches.values()):
            control.observe(self._moved, names="value")

    def _list(self, name: str, values: tuple[str, ...]) -> widgets.Dropdown:
        say = self._words.say
        options = {value: say(f"labs.layer.{name}.{value}") for value in values}
        found = dropdown(say(f"labs.layer.{name}"), options, "none", "400px")
        found.style.description_width = "120px"
        return found

    def _laid_out(self) -> widgets.Widget:
        say, layout = self._words.say, widgets.Layout
        boxes = [self._portfolio, *self._lists.values(), *self._switches.values()]
        left = widgets.VBox(boxes, layout=layout(width="420px", flex="0 0 auto", overflow="visible"))
        right = widgets.VBox(
            [self._begin, self._finding, self._progress, self._table],
            layout=layout(flex="1 1 0", min_width="0"),
        )
        body = widgets.HBox([left, right], layout=layout(grid_gap="14px", overflow="visible"))
        body.add_class("arlab-beside")
        note = look.html(look.safe(say("labs.layer.note")), "arlab-note")
        panel = widgets.VBox([look.style_sheet(), contest_style(), self._error, body, note])
        panel.add_class("arlab-panel")
        panel.add_class("arlab-layers")
        panel._view_count = 0
        panel.observe(lambda change: self.refiner.in_turn(self._seen, change), names="_view_count")
        return panel

    def _seen(self, change: Any) -> None:
        if change["new"]:
            for line in (self._error, self._finding, self._table, self._progress):
                line.send_state("value")

    def _moved(self, _: Any) -> None:
        """Another choice lives at once, once the first was asked for with the button."""
        if self._has_begun:
            self.refiner.in_turn(self._ask)

    def _ask(self) -> None:
        self._has_begun = True
        self._begin.layout.display = "none"
        values = {name: control.value for name, control in {**self._lists, **self._switches}.items()}
        self._error.value = ""
        self._tell_progress(0, 0)
        self.refiner.ask(LayersAsked(str(self._portfolio.value), Layers(**values)))

    def _show(self, found: Protected, step: int) -> None:
        self._table.value = layer_table(self._words, found)
        self._finding.value = look.safe(verdict(self._words, found))
        self._tell_progress(step, found.runs)

    def _tell_progress(self, step: int, runs: int) -> None:
        bar = f'<progress max="{len(BATCHES)}" value="{step}" aria-hidden="true"></progress>'
        said = self._words.say("labs.contest.progress", runs=runs, total=sum(contest.BATCHES))
        self._progress.value = bar + look.safe(said)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, BadInput):
            self._error.value = look.safe(self._words.problems(error))
            return
        LOG.error("the layers failed", exc_info=error)
        self._error.value = look.safe(self._words.say("panel.error.unexpected", reason=repr(error)))
