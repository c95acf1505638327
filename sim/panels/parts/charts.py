"""How does one figure move over the months under two policies? Drawn in the browser, artists updated in place.

Only what changed is sent, and a policy's band goes with its line in one message: every message costs the browser
about a millisecond, and a person waits for the line.
"""

from __future__ import annotations

import math

import bqplot as bq
import ipywidgets as widgets
import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.panels.live.compute import BAND, SUMMED, Lived
from sim.panels.parts import look
from sim.plots.units import axis_unit
from sim.words import Words

Floats = NDArray[np.float64]
MARGIN = {"top": 6, "bottom": 34, "left": 46, "right": 10}
HEIGHT = "clamp(172px, 21vh, 260px)"  # taller on a projector
MONTH_STEPS = (1, 3, 6, 12, 24)  # months between two numbers under the chart
ROOM_KEPT = 0.45  # an axis is drawn anew only when the lines leave it or use less of it than this
COLOURS = {"baseline": look.BASELINE, "alternative": look.ALTERNATIVE}
# A policy's three curves are the band's lower end, the line and the band's upper end.
LINE_OPACITIES = [0.0, 1.0, 0.0]
FILL_OPACITIES = [0.18, 0.18, 0.0]  # from each curve to the next
PALE = 0.3  # what is left of the last picture while a new one is lived


class Chart:
    """One figure: title with the finding, and each policy's line in its band."""

    def __init__(self, words: Words, metric: str, unit: str):
        self._words, self._metric, self._unit = words, metric, unit
        self._scale = {"x": bq.LinearScale(min=1, max=12), "y": bq.LinearScale(min=0, max=1)}
        self._curves = {side: self._make_curves(side) for side in COLOURS}
        self._rest = self._make_rest()
        self._drawn = np.zeros((3, 0))  # the alternative's curves in the last whole picture
        self._axes = self._make_axes()
        self.title = look.html("", "arlab-chart-title")
        self.figure = bq.Figure(
            display_toolbar=False,
            marks=[*self._curves.values(), self._rest],
            axes=list(self._axes.values()),
            fig_margin=MARGIN,
            animation_duration=0,
            min_aspect_ratio=0.2,
            max_aspect_ratio=10,
            padding_y=0,
            background_style={"fill": "white"},
            layout=widgets.Layout(height=HEIGHT, width="100%", min_width="0"),
        )
        layout = widgets.Layout(width="100%", min_width="0", overflow="hidden")
        self.widget = widgets.VBox([self.title, self.figure], layout=layout)

    def draw(self, sides: dict[str, Lived], currency: str) -> None:
        """Draw these runs of both policies."""
        spread = {side: quantiles(lived.monthly[self._metric]) for side, lived in sides.items()}
        low, high = reach(list(spread.values()))
        self._axis_unit = axis_unit(self._words, self._unit, currency, max(abs(low), abs(high)))
        factor = self._axis_unit.factor
        months = np.arange(1, len(next(iter(sides.values())).months) + 1)
        self._fit_months(months)
        self._fit(low / factor, high / factor)
        for side, curves in spread.items():
            put(self._curves[side], months, curves / factor)
        self._drawn = spread["alternative"] / factor
        self._rest.visible = False

    def sweep(self, lived: Lived) -> None:
        """Draw the alternative's first months anew on the axes there are.

        What is left of the last picture is no longer true: it turns pale until the later months are lived.
        """
        fresh = quantiles(lived.monthly[self._metric]) / self._axis_unit.factor
        lived_months, whole = fresh.shape[1], self._drawn.shape[1]
        if lived_months < whole:
            months = np.arange(1, whole + 1)
            put(self._curves["alternative"], months[:lived_months], fresh)
            put(self._rest, months[lived_months - 1 :], self._drawn[1:2, lived_months - 1 :])

    def entitle(self, said: str) -> None:
        """Name the figure and the unit it is drawn in; `said` is the finding."""
        self.title.value = self._titled(self._axis_unit.label, said)

    def tell_again(self) -> None:
        """Send the browser all that ever changes, also what did not change lately."""
        self.title.send_state("value")
        for scale in self._scale.values():
            scale.send_state({"min", "max"})
        for axis in self._axes.values():
            axis.send_state({"tick_values", "tick_format"})
        for curves in (self._rest, *self._curves.values()):
            curves.send_state({"x", "y", "visible"})

    def _titled(self, unit: str, said: str) -> str:
        name = look.safe(self._words.say(f"metric.{self._metric}.name"))
        unit = self._words.say("panel.chart.summed", unit=unit) if self._metric in SUMMED else unit
        unit = f'<span class="arlab-unit">({look.safe(unit)})</span>'
        return f'{name} {unit}<span class="arlab-said">{look.safe(said)}</span>'

    def _fit(self, low: float, high: float) -> None:
        scale = self._scale["y"]
        room = scale.max - scale.min
        if scale.min <= low and high <= scale.max and (high - low) >= ROOM_KEPT * room:
            return
        ticks = nice_ticks(low, high)
        axis = self._axes["y"]
        with axis.hold_sync():
            axis.tick_values = ticks
            axis.tick_format = tick_format(ticks)
        with scale.hold_sync():
            scale.min, scale.max = float(ticks[0]), float(ticks[-1])

    def _fit_months(self, months: NDArray[np.int64]) -> None:
        last = int(months[-1])
        if self._scale["x"].max == last and self._axes["x"].tick_values is not None:
            return
        step = next((size for size in MONTH_STEPS if last <= 6 * size), MONTH_STEPS[-1])
        self._axes["x"].tick_values = months[months % step == 0]
        self._scale["x"].max = float(max(last, 2))

    def _make_axes(self) -> dict[str, bq.Axis]:
        style = {"color": "#9aa5b1", "grid_color": look.GRID, "label_color": look.SOFT}
        month = bq.Axis(
            scale=self._scale["x"],
            label=self._words.say("panel.chart.month"),
            label_offset="26px",
            tick_format="d",
            grid_lines="none",
            **style,
        )
        amount = bq.Axis(scale=self._scale["y"], side="left", grid_lines="solid", **style)
        return {"x": month, "y": amount}

    def _make_curves(self, side: str) -> bq.Lines:
        return bq.Lines(
            x=[1, 2],
            y=np.zeros((3, 2)),
            scales=self._scale,
            colors=[COLOURS[side]] * 3,
            opacities=LINE_OPACITIES,
            line_style=look.DASHES[side],
            stroke_width=2.2,
            fill="between",
            fill_colors=[COLOURS[side]] * 3,
            fill_opacities=FILL_OPACITIES,
        )

    def _make_rest(self) -> bq.Lines:
        return bq.Lines(
            x=[1, 2],
            y=np.zeros((1, 2)),
            scales=self._scale,
            colors=[COLOURS["alternative"]],
            opacities=[PALE],
            stroke_width=2.2,
            visible=False,
        )


def put(mark: bq.Lines, x: NDArray[np.int64], y: Floats) -> None:
    """Send the browser what changed of a mark, in one message; what is unknown stays equal to itself."""
    end = known_until(x, y)
    with mark.hold_sync():
        if end and not np.array_equal(mark.x, x[:end]):
            mark.x = x[:end]
        if end and not np.array_equal(mark.y, y[:, :end], equal_nan=True):
            mark.y = y[:, :end]
        mark.visible = end > 0


def known_until(x: ArrayLike, y: ArrayLike) -> int:
    """How many points has a line up to its last known one? The browser places a label at its end."""
    known = np.isfinite(np.asarray(x, dtype=np.float64)) & np.isfinite(np.atleast_2d(y)).all(axis=0)
    return int(np.flatnonzero(known)[-1]) + 1 if known.any() else 0


def quantiles(runs: Floats) -> Floats:
    """Lower end of the band, middle, upper end, per month, shape (3, months); NaN where no run knows the figure."""
    known = np.isfinite(runs).any(axis=0)
    found = np.full((3, runs.shape[1]), np.nan)
    wanted = [BAND[0], 50.0, BAND[1]]
    if np.isfinite(runs).all():  # many times faster than its sister that looks for NaN
        found[:] = np.percentile(runs, wanted, axis=0)
    else:
        found[:, known] = np.nanpercentile(runs[:, known], wanted, axis=0)
    return found


def reach(spreads: list[Floats]) -> tuple[float, float]:
    """The lowest and highest value to be drawn; zero is always in sight."""
    values = np.concatenate(spreads, axis=None)
    values = values[np.isfinite(values)]
    if len(values) == 0:
        return 0.0, 1.0
    return min(0.0, float(values.min())), max(0.0, float(values.max()))


def nice_ticks(low: float, high: float) -> Floats:
    """Three to six round numbers that hold everything from low to high."""
    room = (high - low) or 1.0
    raw = room / 3.2
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= raw)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return np.round(np.arange(first, max(last, first + 1) + 1) * step, 10)


def tick_format(ticks: Floats) -> str:
    """As many decimals as the ticks need."""
    for decimals in (0, 1, 2, 3):
        if np.allclose(ticks, np.round(ticks, decimals), atol=1e-9):
            return f",.{decimals}f"
    return ",.4f"
