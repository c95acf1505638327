"""Where should the line be drawn? Share accepted, profit and losses over the cut-off, for a margin and a time."""

from __future__ import annotations

import bqplot as bq
import ipywidgets as widgets
import numpy as np

from sim.model.scorecard import INFORMATION
from sim.panels.credit.cut_off_curve import CROWD, CUT_OFFS, RUNS, Asked, Curve, curve
from sim.panels.live.by_and_by import ByAndBy, keep_told, listed
from sim.panels.parts import look
from sim.panels.parts.charts import FILL_OPACITIES, LINE_OPACITIES, axis_unit
from sim.panels.parts.drawing import COLOURS, Named, Picture, beside, legend, panel, put, row, slider, table
from sim.words import Language, Words

SCENARIOS = ("normal", "slump", "tight_money")
FIRST_CUT_OFF = 40


def worked(asked: Asked, step: int) -> Curve:
    """The whole curve at once."""
    del step
    return curve(asked)


class CutOff(widgets.VBox):
    """Sliders for margin and cut-off, lists for times and information; profit, share accepted and losses."""

    def __init__(self, lang: Language):
        self.words = Words(lang)
        say = self.words.say
        self._found: Curve | None = None
        self._margin = slider(6, 2, 25, 1)
        self._line = slider(FIRST_CUT_OFF, CUT_OFFS[0], CUT_OFFS[-1], 5)
        self._accounts = listed(
            "unaudited", [(say(f"choice.credit.information.{n}"), n) for n in INFORMATION]
        )
        self._times = listed("normal", [(say(f"scenario.{name}.name"), name) for name in SCENARIOS])
        self._slow = ByAndBy[Asked, Curve](self.words, worked, self._show, steps=1)
        self._make_pictures()
        names = ("margin", "line", "accounts", "times")
        controls = (self._margin, self._line, self._accounts, self._times)
        rows = [
            row(say(f"labs.credit.cut.{name}"), control, say(f"labs.credit.cut.hint.{name}"))
            for name, control in zip(names, controls, strict=True)
        ]
        for name, control in zip(names, controls, strict=True):
            control.add_class(f"arlab-cut-{name}")
        self._finding = look.html("", "arlab-finding")
        self._table = look.html("", "arlab-differences")
        note = look.html(look.safe(say("labs.credit.cut.note", crowd=CROWD, runs=RUNS)), "arlab-note")
        left = [*rows, self._slow.widget, self._table, note]
        right = [self._profit.widget, self._shares.widget, self._losses.widget, self._legend]
        made = panel(self._finding, beside(left, right))
        super().__init__([made], layout=widgets.Layout(width="100%", overflow="visible"))
        self.add_class("arlab-cut-off")
        keep_told(self, self._slow)
        for control in (self._margin, self._accounts, self._times):
            control.observe(lambda _: self._ask(), names="value")
        self._line.observe(lambda _: self._draw_line(), names="value")
        self._ask()

    def _ask(self) -> None:
        asked = Asked(self._times.value, self._accounts.value, int(self._margin.value) * 100)
        self._slow.ask(asked)

    def _show(self, found: Curve, step: int) -> None:
        del step
        self._found = found
        unit = axis_unit(self.words, "fen", "CNY", float(np.abs(found.profit).max()))
        put(self._band, found.cut_offs, found.profit[[0, 1, 2]] / unit.factor)
        self._unit = unit
        self._profit.fit(found.cut_offs, found.profit / unit.factor, x_ticks=found.cut_offs[::2])
        best = int(found.cut_offs[found.best])
        said = self.words.say("labs.credit.cut.best", best=best)
        self._profit.entitle(self.words.say("labs.credit.cut.profit"), unit.label, said)
        put(self._accepted, found.cut_offs, found.accepted * 100)
        known = np.isfinite(found.lost[1])
        lost = found.lost[1][known] * 100
        put(self._lost, found.cut_offs[known], lost)
        self._shares.fit(found.cut_offs, found.accepted * 100, x_ticks=found.cut_offs[::2])
        self._shares.entitle(self.words.say("labs.credit.cut.shares"), "%")
        self._losses.fit(found.cut_offs, lost, x_ticks=found.cut_offs[::2])
        self._losses.entitle(self.words.say("labs.credit.cut.losses"), "%")
        self._draw_line()

    def _draw_line(self) -> None:
        found = self._found
        if found is None:
            return
        at = int(np.flatnonzero(found.cut_offs == self._line.value)[0])
        for picture, mark in self._marks:
            put(mark, [self._line.value] * 2, [picture.scales["y"].min, picture.scales["y"].max])
        self._finding.value = look.safe(self._said(found, at))
        self._table.value = self._tabled(found, at)

    def _said(self, found: Curve, at: int) -> str:
        say = self.words.say
        if at == found.best:
            return say("labs.credit.cut.said.best")
        if found.as_good[at]:
            return say("labs.credit.cut.said.as_good", best=int(found.cut_offs[found.best]))
        way = "strict" if at > found.best else "lax"
        gap = self.words.money(-found.gain[1, at])
        between = self.words.interval(-found.gain[2, at], -found.gain[0, at], "fen")
        return say(f"labs.credit.cut.said.{way}", gap=gap, between=between)

    def _tabled(self, found: Curve, at: int) -> str:
        say, words = self.words.say, self.words
        rows = []
        for name, place in (("all", 0), ("yours", at), ("best", found.best)):
            low, mean, high = found.profit[:, place]
            rows.append(
                [
                    say(f"labs.credit.cut.row.{name}", cut_off=int(found.cut_offs[place])),
                    words.percent(found.accepted[place], 0),
                    words.money(mean),
                    words.interval(low, high, "fen"),
                    words.percent(found.lost[1, place], 1),
                ]
            )
        head = [
            say(f"labs.credit.cut.column.{name}")
            for name in ("line", "accepted", "profit", "between", "lost")
        ]
        return table(head, rows, strong=1)

    def _make_pictures(self) -> None:
        say = self.words.say
        x_name = say("labs.credit.cut.axis")
        self._profit = Picture(x_name, "", height="230px")
        self._band = bq.Lines(
            x=[0.0, 1.0],
            y=np.zeros((3, 2)),
            scales=self._profit.scales,
            colors=[COLOURS[0]] * 3,
            opacities=LINE_OPACITIES,
            stroke_width=2.4,
            fill="between",
            fill_colors=[COLOURS[0]] * 3,
            fill_opacities=FILL_OPACITIES,
        )
        self._profit.figure.marks = [self._band]
        line = Named(say("labs.credit.cut.line"), COLOURS[4], "dashed")
        self._shares, self._losses = (Picture(x_name, "", height="170px") for _ in range(2))
        accepted = Named(say("labs.credit.cut.column.accepted"), COLOURS[2])
        lost = Named(say("labs.credit.cut.column.lost"), COLOURS[1], "dash_dotted")
        (self._accepted,) = self._shares.lines(accepted)
        (self._lost,) = self._losses.lines(lost)
        pictures = (self._profit, self._shares, self._losses)
        self._marks = [(picture, picture.lines(line)[0]) for picture in pictures]
        self._legend = look.html(legend([line]), "arlab-legend")


def cut_off(lang: Language = "en") -> CutOff:
    """Which cut-off earns most? It depends on the margin, on the times and on what we know."""
    return CutOff(lang)
