"""When does a supermarket pay what is delivered today? Statement, reconciliation, invoice day, signatures."""

from __future__ import annotations

import ipywidgets as widgets
import numpy as np
from numpy.typing import NDArray

from sim.base.days import day_of
from sim.engine.customers.processes import (
    ALIGNED_DAYS,
    CYCLE_DAYS,
    INVOICE_DAY,
    SIGNATURE_MEAN_DAYS,
    STATEMENT_DAY,
    WINDOW_FIRST,
    WINDOW_LAST,
    day_of_next_month,
    statement_close,
)
from sim.panels.parts import look
from sim.panels.parts.drawing import COLOURS, Named, Picture, beside, follow, panel, put, row, slider, table
from sim.words import Language, Words

FIRST = day_of("2025-03-01")
DAYS = 31
Ints = NDArray[np.int64]


def steps_of(delivered: Ints, *, aligned: bool, missed: int) -> dict[str, Ints]:
    """On which day does each step fall for what is delivered on these days? The model's calendar, mean signatures."""
    counted = delivered - (ALIGNED_DAYS if aligned else 0)
    close = statement_close(counted)
    handed_in = day_of_next_month(close, INVOICE_DAY) + missed * CYCLE_DAYS
    return {
        "close": close,
        "opens": day_of_next_month(close, WINDOW_FIRST),
        "ends": day_of_next_month(close, WINDOW_LAST),
        "invoice": handed_in,
        "ready": handed_in + int(SIGNATURE_MEAN_DAYS),
    }


class Settlement(widgets.VBox):
    """A slider for the day of delivery; the steps with their dates, and the wait over all days of the month."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        say = self.words.say
        self._day = slider(26, 1, DAYS)
        self._missed = slider(0, 0, 2)
        self._aligned = widgets.Checkbox(
            value=False, description=say("labs.credit.window.aligned"), indent=False,
            layout=widgets.Layout(width="auto"),
        )  # fmt: skip
        for name, control in (("day", self._day), ("missed", self._missed), ("aligned", self._aligned)):
            control.add_class(f"arlab-window-{name}")
        self._finding = look.html("", "arlab-finding")
        self._table = look.html("", "arlab-differences")
        self._picture = Picture(say("labs.credit.window.axis"), "", height="260px")
        (self._curve,) = self._picture.lines(Named("", COLOURS[0]))
        self._dot = self._picture.dots(Named("", COLOURS[1]))
        self._picture.entitle(say("labs.credit.window.title"), say("panel.unit.d"))
        left = [
            row(say("labs.credit.window.day"), self._day),
            row(say("labs.credit.window.missed"), self._missed, say("labs.credit.window.hint.missed")),
            self._aligned,
            self._table,
        ]
        note = look.html(look.safe(say("labs.credit.window.note", close=STATEMENT_DAY)), "arlab-note")
        made = panel(self._finding, beside(left, [self._picture.widget]), note)
        super().__init__([made], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-settlement")
        follow([self._day, self._missed, self._aligned], self.draw)

    def draw(self) -> None:
        """Work out the calendar anew."""
        every = FIRST + np.arange(DAYS, dtype=np.int64)
        steps = steps_of(every, aligned=bool(self._aligned.value), missed=int(self._missed.value))
        waits = steps["ready"] - every
        at = int(self._day.value) - 1
        put(self._curve, np.arange(1, DAYS + 1), waits)
        put(self._dot, [at + 1], [waits[at]])
        self._picture.fit(np.arange(1, DAYS + 1), waits, x_ticks=np.arange(1, DAYS + 1, 3))
        shown = {name: int(days[at]) for name, days in steps.items()}
        self._finding.value = look.safe(
            self.words.say(
                "labs.credit.window.said",
                day=self.words.date(int(every[at])),
                ready=self.words.date(shown["ready"]),
                wait=self.words.days(int(waits[at])),
                best=self.words.days(int(waits.min())),
                worst=self.words.days(int(waits.max())),
            )
        )
        self._table.value = self._tabled(int(every[at]), shown)

    def _tabled(self, delivered: int, shown: dict[str, int]) -> str:
        say, date = self.words.say, self.words.date
        window = say("format.interval", low=date(shown["opens"]), high=date(shown["ends"]))
        rows = [
            [say("labs.credit.window.step.delivered"), date(delivered)],
            [say("labs.credit.window.step.close"), date(shown["close"])],
            [say("labs.credit.window.step.window"), window],
            [say("labs.credit.window.step.invoice"), date(shown["invoice"])],
            [say("labs.credit.window.step.ready"), date(shown["ready"])],
        ]
        return table([say("labs.credit.window.column.step"), say("labs.credit.window.column.date")], rows)


def settlement(lang: Language = "en") -> Settlement:
    """A supermarket's settlement calendar: one day of delivery can cost a month."""
    return Settlement(lang)
