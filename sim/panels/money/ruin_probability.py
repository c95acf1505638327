"""How likely does the cash run out? One company in many futures: the share that fails, and how sure that share is."""

from __future__ import annotations

import ipywidgets as widgets
import numpy as np

from sim.model.policy import LEVERS
from sim.panels.live.by_and_by import keep_told
from sim.panels.live.compute import portfolio_of
from sim.panels.live.refine import Refiner
from sim.panels.money.ruin_runs import BATCHES, Asked, Ends, known
from sim.panels.parts import look
from sim.panels.parts.charts import axis_unit
from sim.panels.parts.controls import as_set, lever_help, make_input, meant
from sim.panels.parts.drawing import COLOURS, Named, Picture, beside, legend, panel, put, row
from sim.words import Language, Words

PORTFOLIO = "manufacturer"
SCENARIOS = ("growth_rush", "normal", "slump", "tight_money")
MOVED = (
    "terms.net_days",
    "terms.deposit_bp",
    "finance.supplier_days",
    "finance.overdraft_days",
    "finance.pledge_bp",
)
BEGIN = {"terms.net_days": 90}
"""Thirty days more than this company gives: where the question begins."""


class RuinProbability(widgets.VBox):
    """Levers of terms and financing; the share of futures in which the company becomes insolvent."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        self._make_controls()
        self._make_pictures()
        self._finding, self._error = look.html("", "arlab-finding"), look.html("", "arlab-error")
        self._progress = look.html("", "arlab-note", "arlab-progress")
        self._means = look.html("", "arlab-note")
        self._stop = widgets.Button(description=self.words.say("labs.ruin.stop"))
        self._stop.layout = widgets.Layout(width="auto", height="24px")
        self._stop.on_click(lambda _: self.refiner.stop())
        status = widgets.HBox(
            [self._progress, self._stop], layout=widgets.Layout(align_items="center", grid_gap="8px")
        )
        pictures = widgets.GridBox(
            [self._curve.widget, self._lows.widget],
            layout=widgets.Layout(
                grid_template_columns="repeat(2, minmax(0, 1fr))", width="100%", grid_gap="6px"
            ),
        )
        made = panel(
            self._finding, self._means, self._error, beside([*self._rows, status], [pictures, self._legend])
        )
        super().__init__([made], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-ruin")
        self.refiner: Refiner[Asked, Ends] = Refiner(known, self.show, self._failed, steps=len(BATCHES))
        for control in (self._scenario, *self._levers.values()):
            control.observe(lambda _: self.refiner.in_turn(self._ask), names="value")
        keep_told(self, self.refiner)
        self._ask()

    @property
    def asked(self) -> Asked:
        """What the controls ask."""
        base = portfolio_of(PORTFOLIO).policy_in_force
        policy = base.with_levers(
            {path: meant(LEVERS[path], control.value) for path, control in self._levers.items()}
        )
        return Asked(PORTFOLIO, str(self._scenario.value), policy)

    def show(self, found: Ends, _step: int) -> None:
        """Draw what is known after some batches."""
        self._finding.value = look.safe(self._said(found))
        self._means.value = look.safe(self._said_means(found))
        self._progress.value = look.safe(
            self.words.say("labs.progress.runs", runs=found.runs, total=sum(BATCHES)) + " "
        )
        self._stop.disabled = found.runs == sum(BATCHES)  # nothing is left to stop
        self._draw_curve(found)
        self._draw_lows(found)

    def _ask(self) -> None:
        self._error.value = ""
        self._stop.disabled = False
        self._progress.value = look.safe(
            self.words.say("labs.progress.runs", runs=0, total=sum(BATCHES)) + " "
        )
        self.refiner.ask(self.asked)

    def _failed(self, error: Exception) -> None:
        self._error.value = look.safe(self.words.say("panel.error.unexpected", reason=repr(error)))

    def _said(self, found: Ends) -> str:
        say, words = self.words.say, self.words
        share, low, high = (float(each[-1]) for each in found.probability())
        said = say(
            "labs.ruin.finding",
            ruined=found.ruined,
            runs=found.runs,
            share=words.percent(share, 0),
            low=words.percent(low, 0),
            high=words.percent(high, 0),
        )
        if found.ruined:
            day = words.number(float(np.nanmedian(found.ruined_on)), 0)
            said = words.say("labs.join", first=said, second=say("labs.ruin.median", day=day))
        return said

    def _said_means(self, found: Ends) -> str:
        words = self.words
        means = {name: words.money(float(np.nanmean(found.figures[key]))) for name, key in MEANS.items()}
        return words.say("labs.ruin.profit", **means)

    def _draw_curve(self, found: Ends) -> None:
        share, low, high = found.probability()
        months = np.arange(1, len(share) + 1)
        put(self._share, months, 100 * share)
        put(self._band, months, np.stack([100 * low, 100 * high]))
        self._curve.fit(months, np.array([0.0, 100.0]), x_ticks=months[months % 2 == 0], margin=0.2)
        self._curve.entitle(self.words.say("labs.ruin.curve"), self.words.say("panel.unit.share"))

    def _draw_lows(self, found: Ends) -> None:
        lows, floor = np.sort(found.figures["cash_low"]), -found.overdraft_fen
        unit = axis_unit(self.words, "fen", "CNY", float(max(np.abs(lows).max(), abs(floor))))
        x = np.arange(1, found.runs + 1)
        put(self._low_bars, x, lows / unit.factor)
        put(self._floor, [0.0, found.runs + 1.0], [floor / unit.factor] * 2)
        ticks = x[4::5] if found.runs >= 10 else x
        floor_drawn = np.array([floor / unit.factor])
        self._lows.fit(x, lows / unit.factor, floor_drawn, x_ticks=ticks, margin=0.7)
        self._lows.entitle(self.words.say("labs.ruin.lows"), unit.label)

    def _make_controls(self) -> None:
        say = self.words.say
        names = [(say(f"scenario.{name}.name"), name) for name in SCENARIOS]
        self._scenario = widgets.Dropdown(options=names, value=SCENARIOS[0])
        self._rows = [row(say("labs.cash.scenario"), self._scenario)]
        base = portfolio_of(PORTFOLIO).policy_in_force
        self._levers: dict[str, widgets.Widget] = {}
        for path in MOVED:
            lever = LEVERS[path]
            control = make_input(lever, self.words)
            control.value = as_set(lever, BEGIN.get(path, base.value_of(path)))
            control.add_class(f"arlab-ruin-{path.replace('.', '-').replace('_', '-')}")
            name = say(f"{lever.words_key}.name")
            if lever.unit:
                name = say("labs.with_unit", name=name, unit=say(f"panel.unit.{lever.unit}"))
            self._rows.append(row(name, control, lever_help(lever, self.words), mark=lever.basis))
            self._levers[path] = control

    def _make_pictures(self) -> None:
        say = self.words.say
        share = Named(say("labs.ruin.share"), COLOURS[1])
        band = Named(say("labs.late.interval"), "#f0c9a0")
        lows, floor = (
            Named(say("metric.cash_low.name"), COLOURS[0]),
            Named(say("labs.ruin.line"), "#a3241c", "dashed"),
        )
        self._curve = Picture(say("labs.ruin.month"), "", height="260px")
        (self._band,) = self._curve.lines(band, fill="between")
        (self._share,) = self._curve.lines(share)
        self._lows = Picture(say("labs.ruin.future"), "", height="260px")
        self._low_bars = self._lows.bars(lows)
        (self._floor,) = self._lows.lines(floor)
        self._legend = look.html(legend([share, band, lows, floor]), "arlab-legend")


MEANS = {"profit": "net_profit", "sales": "credit_sales"}


def ruin_probability(lang: Language = "en") -> RuinProbability:
    """Terms and financing, and the share of futures in which the cash runs out."""
    return RuinProbability(lang)
