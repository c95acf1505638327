"""Two groups of agents work ten months a year. Which of them rests, and which settles its accounts?"""

from __future__ import annotations

from typing import get_args

import ipywidgets as widgets
import numpy as np

from sim.panels.causes.ten_months import AGENTS, FIGURES, RUNS, Months, Reading, lived, month_labels
from sim.panels.live.by_and_by import ByAndBy, button, keep_told, listed
from sim.panels.parts import look
from sim.panels.parts.charts import axis_unit
from sim.panels.parts.drawing import COLOURS, Named, Picture, legend, panel, put, row
from sim.words import Language, Words

GROUPS: dict[int, Reading] = {1: "b", 2: "a"}
"""Which reading hides behind which number, until it is told."""
SHOWN = (*FIGURES, "alarms")


def worked(asked: str, step: int) -> dict[Reading, Months]:
    """Both readings."""
    del asked, step
    return {reading: lived(reading) for reading in get_args(Reading)}


class TenMonths(widgets.VBox):
    """One figure month by month for both groups; a button says which is which."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        say = self.words.say
        self._found: dict[Reading, Months] = {}
        self._told = False
        options = [(self._figure_name(name), name) for name in SHOWN]
        self._figure = listed("credit_sales", options)
        self._figure.add_class("arlab-agents-figure")
        self._figure.observe(lambda _: self._draw(), names="value")
        self._slow = ByAndBy[str, dict[Reading, Months]](self.words, worked, self._show, steps=1)
        self._reveal = button(say("labs.credit.agent.reveal"), self._tell, "arlab-agents-reveal")
        self._picture = Picture(say("panel.chart.month"), "", height="280px")
        self._named = [Named(self._group(1), COLOURS[0]), Named(self._group(2), COLOURS[1], "dashed")]
        self._lines = self._picture.lines(*self._named)
        for mark in self._lines:
            put(mark, [0.0, 1.0], [0.0, 0.0])  # a line must begin somewhere before it is known
        self._name_months(np.zeros(len(month_labels())))
        self._legend = look.html(legend(self._named), "arlab-legend")
        self._finding = look.html("", "arlab-finding")
        note = look.html(look.safe(say("labs.credit.agent.note", agents=AGENTS, runs=RUNS)), "arlab-note")
        top = row(say("labs.credit.agent.figure"), self._figure)
        parts = (
            top,
            self._slow.widget,
            self._picture.widget,
            self._legend,
            widgets.HBox([self._reveal]),
            self._finding,
            note,
        )
        super().__init__([panel(*parts)], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-ten-months")
        keep_told(self, self._slow)
        self._slow.ask("both")

    def _figure_name(self, name: str) -> str:
        return self.words.say("labs.credit.agent.alarms" if name == "alarms" else f"metric.{name}.name")

    def _group(self, number: int) -> str:
        return self.words.say("labs.credit.agent.group", number=number)

    def _tell(self) -> None:
        self._told = True
        said = [
            self.words.say(f"labs.credit.agent.is_{reading}", group=self._group(number))
            for number, reading in GROUPS.items()
        ]
        self._finding.value = "<br>".join(look.safe(line) for line in said)

    def _show(self, found: dict[Reading, Months], step: int) -> None:
        del step
        self._found = found
        self._draw()

    def _draw(self) -> None:
        if not self._found:
            return
        name = str(self._figure.value)
        runs = [self._values(self._found[reading], name) for reading in GROUPS.values()]
        means = [values.mean(axis=0) for values in runs]
        money = name != "alarms"
        unit = (
            axis_unit(self.words, "fen", "CNY", max(float(np.abs(m).max()) for m in means)) if money else None
        )
        factor = unit.factor if unit else 1.0
        x = np.arange(len(month_labels()))
        for mark, mean in zip(self._lines, means, strict=True):
            put(mark, x, mean / factor)
        self._name_months(
            *(np.maximum(mean, 0.0) / factor for mean in means)
        )  # returns need no axis of their own
        label = unit.label if unit else self.words.say("labs.credit.agent.alarms_unit")
        self._picture.entitle(self._figure_name(name), label)

    def _name_months(self, *drawn: np.ndarray) -> None:
        """Fit the axes; the page reads the months' names only when it takes in the picture."""
        labels = [self.words.period(label) for label in month_labels()]
        x = np.arange(len(labels))
        every = x[::2]  # a label needs its room, also on a narrow page
        self._picture.fit(x, *drawn, x_ticks=every, x_labels=[labels[at] for at in every])

    @staticmethod
    def _values(months: Months, name: str) -> np.ndarray:
        return months.alarms if name == "alarms" else months.figures[name]


def ten_months(lang: Language = "en") -> TenMonths:
    """Agents who do business in ten months of the year, in both readings of that."""
    return TenMonths(lang)
