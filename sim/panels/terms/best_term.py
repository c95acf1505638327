"""How long should we let customers pay, if sales and losses answered in straight lines? The textbook's optimum."""

from __future__ import annotations

import ipywidgets as widgets
import numpy as np

from sim.measure.credit_policy import TermsResponse
from sim.panels.parts import look
from sim.panels.parts.charts import axis_unit
from sim.panels.parts.drawing import COLOURS, Named, Picture, beside, follow, panel, put, row
from sim.words import Language, Words

SALES_FEN = 10_000_000_000  # a hundred million yuan a year at net 30
LATENESS = 12.0
LOSS_AT_30 = 0.006
DAYS = np.arange(0, 181)


class BestTerm(widgets.VBox):
    """Sliders: how sales and losses answer to a day, margin, cost of funds; profit over net days with its top."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        say = self.words.say
        self._sliders = {
            "response": self._slider(0.12, 0.0, 0.25, 0.01),
            "loss": self._slider(0.010, 0.0, 0.03, 0.002),
            "margin": self._slider(25.0, 5.0, 45.0, 1.0),
            "funds": self._slider(8.0, 2.0, 15.0, 0.5),
        }
        rows = [row(say(f"labs.credit.best.{name}"), made) for name, made in self._sliders.items()]
        for name, made in self._sliders.items():
            made.add_class(f"arlab-best-{name}")
        self._sliders["loss"].readout_format = ".3f"
        self._finding = look.html("", "arlab-finding")
        self._picture = Picture(say("labs.credit.best.axis"), "", height="260px", zero=False)
        (self._curve,) = self._picture.lines(Named(say("labs.credit.best.curve"), COLOURS[0]))
        self._dot = self._picture.dots(Named(say("labs.credit.best.top"), COLOURS[1]))
        note = look.html(look.safe(say("labs.credit.best.note")), "arlab-note")
        made = panel(self._finding, beside([*rows, note], [self._picture.widget]))
        note.layout = widgets.Layout(width="560px")
        super().__init__([made], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-best-term")
        follow(list(self._sliders.values()), self.draw)

    @property
    def response(self) -> TermsResponse:
        """What the sliders say."""
        given = {name: made.value / 100 for name, made in self._sliders.items()}
        return TermsResponse(
            sales_at_30=SALES_FEN,
            sales_per_day=given["response"],
            loss_at_30=LOSS_AT_30,
            loss_per_day=given["loss"],
            margin=given["margin"],
            lateness=LATENESS,
            funds_rate=given["funds"],
        )

    def draw(self) -> None:
        """Draw profit over net days, and mark its top among the days drawn."""
        terms = self.response
        profit = np.array([terms.profit(float(days)) for days in DAYS])
        unit = axis_unit(self.words, "fen", "CNY", float(np.abs(profit).max()))
        top = int(np.argmax(profit))
        put(self._curve, DAYS, profit / unit.factor)
        put(self._dot, [DAYS[top]], [profit[top] / unit.factor])
        self._picture.fit(DAYS, profit / unit.factor, x_ticks=np.arange(0, 181, 30))
        self._picture.entitle(self.words.say("labs.credit.best.title"), unit.label)
        self._finding.value = look.safe(self._said(top, profit))

    def _said(self, top: int, profit: np.ndarray) -> str:
        say = self.words.say
        if top == 0:
            return say("labs.credit.best.said.shortest")
        if top == len(DAYS) - 1:
            return say("labs.credit.best.said.longest")
        flat = DAYS[profit >= profit[top] - 0.001 * abs(profit[top])]
        best = self.words.days(self.response.best_net_days(), 1)
        return say("labs.credit.best.said.inside", best=best, low=int(flat[0]), high=int(flat[-1]))

    @staticmethod
    def _slider(value: float, low: float, high: float, step: float) -> widgets.FloatSlider:
        return widgets.FloatSlider(
            value=value, min=low, max=high, step=step, readout_format=".2f", continuous_update=False
        )


def best_term(lang: Language = "en") -> BestTerm:
    """Profit over net days in the textbook's straight lines, and where its top lies."""
    return BestTerm(lang)
