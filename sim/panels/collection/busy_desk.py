"""How long does a case wait for a collector when the desk gets fuller? Erlang's formula, drawn live."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import bqplot as bq
import ipywidgets as widgets
import numpy as np

from sim.measure.queueing import mean_queue, mean_wait, wait_beyond
from sim.panels.contests.style import contest_style
from sim.panels.parts import look
from sim.words import Language, Words

MINUTES = 360
"""Minutes of collection in a working day, as in the policy in force."""
PATIENCE_DAYS = 5.0
LOADS = np.linspace(0.02, 0.98, 97)
MOST_DAYS = 10.0


@dataclass(frozen=True)
class Desk:
    """A collectors' desk: people, cases that come a day, minutes a case takes."""

    people: int
    cases: float
    minutes: float

    @property
    def pace(self) -> float:
        """Cases a day that one person can do."""
        return MINUTES / self.minutes

    @property
    def load(self) -> float:
        """Work that comes, as a share of what the desk can do."""
        return self.cases / (self.people * self.pace)

    @property
    def wait(self) -> float:
        """Mean working days until a case's turn comes; infinite from full load on."""
        return mean_wait(self.people, self.cases, self.pace)

    @property
    def alone(self) -> float:
        """The same when each collector has customers of their own and nobody helps out."""
        return mean_wait(1, self.cases / self.people, self.pace)

    @property
    def queue(self) -> float:
        """Mean number of cases in the queue."""
        return mean_queue(self.people, self.cases, self.pace)

    @property
    def neglected(self) -> float:
        """Share of cases that wait longer than five working days."""
        return wait_beyond(PATIENCE_DAYS, self.people, self.cases, self.pace)

    def at_load(self, load: float) -> Desk:
        """The same desk with as many cases as make this load."""
        return Desk(self.people, load * self.people * self.pace, self.minutes)


def busy_desk(lang: Language = "en") -> widgets.Widget:
    """Load against waiting time: move people, cases and minutes, and see where the desk stands."""
    return BusyDesk(lang).widget


class BusyDesk:
    """Three sliders, one curve, one sentence."""

    def __init__(self, lang: Language):
        self._words = Words(lang)
        say = self._words.say
        self._people = self._slider(say("labs.desk.people"), 2, 1, 8, 1)
        self._cases = self._slider(say("labs.desk.cases"), 5, 1, 60, 1)
        self._minutes = self._slider(say("labs.desk.minutes"), 120, 10, 240, 10)
        self._said = look.html("", "arlab-finding")
        self._more = look.html("", "arlab-html")
        self._draw_axes()
        sliders = widgets.VBox(
            [self._people, self._cases, self._minutes, self._said, self._more],
            layout=widgets.Layout(width="440px", flex="0 0 auto", overflow="visible"),
        )
        body = widgets.HBox(
            [sliders, self._figure], layout=widgets.Layout(grid_gap="14px", overflow="visible")
        )
        body.add_class("arlab-beside")
        note = look.html(look.safe(say("labs.desk.note")), "arlab-note")
        self.widget = widgets.VBox([look.style_sheet(), contest_style(), body, note])
        self.widget.add_class("arlab-panel")
        self._moved(None)

    def _slider(self, name: str, value: int, low: int, high: int, step: int) -> widgets.IntSlider:
        found = widgets.IntSlider(
            value=value, min=low, max=high, step=step, description=name, tooltip=name, continuous_update=True,
            style={"description_width": "190px"}, layout=widgets.Layout(width="430px"),
        )  # fmt: skip
        found.add_class("arlab-named")
        found.observe(self._moved, names="value")
        return found

    def _draw_axes(self) -> None:
        say = self._words.say
        scales = {"x": bq.LinearScale(min=0, max=100), "y": bq.LinearScale(min=0, max=MOST_DAYS)}
        style = {"color": "#9aa5b1", "grid_color": look.GRID, "label_color": look.SOFT}
        across = bq.Axis(scale=scales["x"], label=say("labs.desk.load"), label_offset="30px", **style)
        up = bq.Axis(
            scale=scales["y"], side="left", label=say("labs.desk.wait"),
            label_offset="34px", **style,
        )  # fmt: skip
        common = {"scales": scales, "stroke_width": 2.4}
        self._pooled = bq.Lines(x=[0], y=[0], colors=[look.ALTERNATIVE], **common)
        self._alone = bq.Lines(x=[0], y=[0], colors=[look.BASELINE], line_style="dashed", **common)
        self._here = bq.Scatter(x=[0], y=[0], scales=scales, colors=["#b03a1e"], default_size=130)
        names = bq.Label(
            x=[30, 30], y=[8.6, 9.4], scales=scales, text=[say("labs.desk.alone"), say("labs.desk.pooled")],
            colors=[look.BASELINE, look.ALTERNATIVE], default_size=12, align="middle", font_weight="normal",
        )  # fmt: skip
        self._figure = bq.Figure(
            display_toolbar=False,
            marks=[self._alone, self._pooled, self._here, names], axes=[across, up], animation_duration=0,
            fig_margin={"top": 10, "bottom": 46, "left": 56, "right": 14}, padding_y=0, padding_x=0,
            min_aspect_ratio=0.2, max_aspect_ratio=10, background_style={"fill": "white"},
            layout=widgets.Layout(height="300px", width="100%", min_width="0", flex="1 1 0"),
        )  # fmt: skip

    def _moved(self, _: Any) -> None:
        desk = Desk(int(self._people.value), float(self._cases.value), float(self._minutes.value))
        at = [desk.at_load(float(load)) for load in LOADS]
        with self._pooled.hold_sync(), self._alone.hold_sync():
            for line, waits in ((self._pooled, [d.wait for d in at]), (self._alone, [d.alone for d in at])):
                line.x, line.y = LOADS * 100, np.minimum(waits, 1.2 * MOST_DAYS)
        with self._here.hold_sync():
            self._here.x = [min(desk.load, 1.0) * 100]
            self._here.y = [min(desk.wait, MOST_DAYS)]
        self._say(desk)

    def _say(self, desk: Desk) -> None:
        words, load = self._words, self._words.percent(desk.load, 0)
        if not math.isfinite(desk.wait):
            self._said.value = look.safe(words.say("labs.desk.over", load=load))
            self._more.value = look.safe(words.say("labs.desk.over.more"))
            return
        self._said.value = look.safe(
            words.say("labs.desk.now", load=load, wait=words.value(desk.wait, "d", digits=1))
        )
        told = {
            "queue": words.number(desk.queue, 1),
            "late": words.percent(desk.neglected, 0),
            "alone": words.value(desk.alone, "d", digits=1),
        }
        self._more.value = look.safe(words.say("labs.desk.more", **told))
