"""How good was the 13-week forecast? Make it at the end of a week, as it could have been made, and see what came."""

from __future__ import annotations

import math
from functools import lru_cache

import ipywidgets as widgets
import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day
from sim.engine import simulate
from sim.measure import METRICS, Books
from sim.measure.forecast import DAYS, WEEKS, expected_receipts, pattern_known
from sim.model.portfolio import scenario_for
from sim.panels.live.compute import portfolio_of
from sim.panels.live.remember import remembered
from sim.panels.parts import look
from sim.panels.parts.charts import axis_unit
from sim.panels.parts.drawing import COLOURS, Named, Picture, beside, follow, legend, panel, put, row
from sim.words import Language, Words
from sim.world import draw

Floats = NDArray[np.float64]
PORTFOLIO, SEED, FUTURES = "manufacturer", 1, 6
SCENARIOS = ("growth_rush", "normal", "slump")
ERRORS = {"one": "forecast_wape_1", "four": "forecast_wape_4", "thirteen": "forecast_wape_13"}
WEEK = 7
HARDLY = 0.005


@remembered(FUTURES * len(SCENARIOS), shared=True)
def future(scenario: str, number: int) -> Books:
    """The books of one future under the policy in force."""
    portfolio = portfolio_of(PORTFOLIO)
    world = draw(portfolio, scenario_for(portfolio, scenario), seed=SEED, runs=1, first_run=number)
    ledger, _ = simulate(world, portfolio.policy_in_force)
    return Books(ledger)


def origins(books: Books) -> list[Day]:
    """On which evenings can a forecast be made and be judged for all its 13 weeks? Every fourth week."""
    first, last = books.ledger.first, books.ledger.last
    return list(range(first + DAYS - 1, last - DAYS + 1, 4 * WEEK))


@lru_cache(maxsize=256)
def forecast_and_fact(scenario: str, number: int, origin: Day) -> tuple[Floats, Floats, Floats]:
    """Expected from what is open, expected from new sales, and what came, week by week. Nothing known later is used."""
    books = future(scenario, number)
    then = Books(books.ledger.known_by(origin))
    from_open, from_new = (
        each.reshape(1, WEEKS, WEEK).sum(axis=2)[0] for each in expected_receipts(pattern_known(then, origin))
    )
    paid = -np.cumsum(books.flow("receipt"), axis=1)[0]
    ends = origin + WEEK * np.arange(WEEKS + 1) - books.ledger.first + 1
    return from_open, from_new, np.diff(paid[ends]).astype(np.float64)


class CashForecastCheck(widgets.VBox):
    """The forecast of an evening against the receipts of the 13 weeks after it."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        say = self.words.say
        names = [(say(f"scenario.{name}.name"), name) for name in SCENARIOS]
        self._scenario = widgets.Dropdown(options=names, value=SCENARIOS[0])
        numbers = [(say("labs.cash.run.one", number=n + 1), n) for n in range(FUTURES)]
        self._run = widgets.Dropdown(options=numbers, value=0)
        days = origins(future(SCENARIOS[0], 0))
        dated = [(self.words.date(day), day) for day in days]
        self._origin = widgets.SelectionSlider(options=dated, value=days[0], continuous_update=False)
        self._origin.add_class("arlab-forecast-origin")
        rows = [
            row(say("labs.cash.scenario"), self._scenario),
            row(say("labs.cash.run"), self._run),
            row(say("labs.cash.origin"), self._origin),
        ]
        parts = [
            Named(say("labs.cash.from_open"), COLOURS[0]),
            Named(say("labs.cash.from_new"), "#9cc3e6"),
        ]
        came = Named(say("labs.cash.came"), COLOURS[1])
        self._picture = Picture(say("labs.cash.week"), "", height="290px")
        self._bars = self._picture.bars(*parts)
        (self._line,) = self._picture.lines(came)
        self._dots = self._picture.dots(came, "diamond")
        self._finding = look.html("", "arlab-finding")
        self._errors = look.html("", "arlab-note")
        note = look.html(look.safe(say("labs.cash.note")), "arlab-note")
        key = look.html(legend([*parts, came]), "arlab-legend")
        made = panel(self._finding, beside([*rows, self._errors, note], [self._picture.widget, key]))
        super().__init__([made], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-forecast")
        follow([self._scenario, self._run, self._origin], self.draw)

    def draw(self) -> None:
        """Show this evening's forecast and what came."""
        asked = str(self._scenario.value), int(self._run.value)
        from_open, from_new, came = forecast_and_fact(*asked, int(self._origin.value))
        unit = axis_unit(self.words, "fen", "CNY", float(max(came.max(), (from_open + from_new).max())))
        weeks = np.arange(1, WEEKS + 1)
        put(self._bars, weeks, np.stack([from_open, from_new]) / unit.factor)
        for mark in (self._line, self._dots):
            put(mark, weeks, came / unit.factor)
        highest = np.maximum(from_open + from_new, came) / unit.factor
        self._picture.fit(weeks, highest, x_ticks=weeks, margin=0.7)
        self._picture.entitle(self.words.say("labs.cash.weeks"), unit.label)
        self._finding.value = look.safe(self._said(from_open + from_new, came))
        self._errors.value = look.safe(self._told_errors(future(*asked)))

    def _said(self, expected: Floats, came: Floats) -> str:
        say, words = self.words.say, self.words
        gap = float(expected.sum() / came.sum() - 1.0)
        share = words.percent(abs(gap), 0)
        return say(
            "labs.cash.finding",
            expected=words.money(expected.sum()),
            came=words.money(came.sum()),
            gap=say("labs.cash.gap." + gap_word(gap), share=share),
            one=words.percent(abs(error(expected, came, 1)), 0),
            four=words.percent(abs(error(expected, came, 4)), 0),
        )

    def _told_errors(self, books: Books) -> str:
        time = books.periods("all")
        found = {name: float(METRICS[metric].of(books, time)[0, -1]) for name, metric in ERRORS.items()}
        bias = float(METRICS["forecast_bias_13"].of(books, time)[0, -1])
        said = {name: self.words.percent(value, 0) for name, value in found.items()}
        return self.words.say("labs.cash.errors", bias=self.words.percent(bias, 0, signed=True), **said)


def gap_word(gap: float) -> str:
    """Was too little or too much expected, or neither?"""
    if abs(gap) < HARDLY:
        return "none"
    return "less" if gap < 0 else "more"


def error(expected: Floats, came: Floats, weeks: int) -> float:
    """By which share was the sum of the first weeks wrong? Positive: too much was expected. NaN when nothing came."""
    total = float(came[:weeks].sum())
    return float(expected[:weeks].sum()) / total - 1.0 if total else math.nan


def cash_forecast_check(lang: Language = "en") -> CashForecastCheck:
    """The 13-week forecast as it could have been made, and what came."""
    return CashForecastCheck(lang)
