"""How is a small picture of a special widget drawn, and how does its control stand beside its name?

What the special widgets of single lessons share: live pictures (bqplot) in the look of the what-if charts, a row of a
name and a control, a table, and a picture that follows a person's hand without ever failing in silence.
"""

from __future__ import annotations

import html as text
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import bqplot as bq
import ipywidgets as widgets
import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.panels.parts import look
from sim.panels.parts.charts import known_until, nice_ticks, tick_format

Floats = NDArray[np.float64]

COLOURS = ("#0b6bb5", "#b35806", "#1b7837", "#762a83", "#5b6573", "#c51b7d", "#8c6d1f")
"""Told apart by colour-blind people in pairs; dashes and names tell them apart in grey."""
DASHES = ("solid", "dashed", "dash_dotted", "dotted", "dashed", "solid", "dotted")
AXIS = {"color": "#9aa5b1", "grid_color": look.GRID, "label_color": look.SOFT}
SLIDERS = (widgets.IntSlider, widgets.FloatSlider, widgets.SelectionSlider)
TABLE = "table-layout:auto;width:auto;min-width:520px"
NAME_WIDTH = "250px"
CONTROL_WIDTH = "300px"
LEFT_WIDTH = "560px"


@dataclass(frozen=True)
class Named:
    """One line or row of bars: its name, its look."""

    name: str
    colour: str
    dash: str = "solid"


class Picture:
    """Lines, bars or dots on two axes that fit themselves to what is drawn."""

    def __init__(self, x_name: str, y_name: str, *, height: str = "250px", zero: bool = True):
        self._zero = zero
        self.scales = {name: bq.LinearScale(min=0.0, max=1.0) for name in ("x", "y")}  # until something fits
        self.x = bq.Axis(scale=self.scales["x"], label=x_name, label_offset="28px", grid_lines="none", **AXIS)
        self.y = bq.Axis(
            scale=self.scales["y"],
            side="left",
            label=y_name,
            label_offset="46px",
            grid_lines="solid",
            **AXIS,
        )
        self.title = look.html("", "arlab-chart-title")
        self.figure = bq.Figure(
            display_toolbar=False,
            marks=[],
            axes=[self.x, self.y],
            fig_margin={"top": 8, "bottom": 42, "left": 66, "right": 30},
            animation_duration=0,
            min_aspect_ratio=0.2,
            max_aspect_ratio=10,
            padding_x=0,
            padding_y=0,
            background_style={"fill": "white"},
            layout=widgets.Layout(height=height, width="100%", min_width="0"),
        )
        layout = widgets.Layout(width="100%", min_width="0", overflow="hidden")
        self.widget = widgets.VBox([self.title, self.figure], layout=layout)

    def lines(self, *named: Named, fill: str = "none") -> list[bq.Lines]:
        """New lines, empty."""
        made = [
            bq.Lines(
                x=[0.0, 1.0],
                y=[0.0, 0.0],
                visible=False,  # until something is put
                scales=self.scales,
                colors=[each.colour],
                line_style=each.dash,
                stroke_width=2.4,
                labels=[each.name],
                fill=fill,
                fill_opacities=[0.25],
                fill_colors=[each.colour],
            )
            for each in named
        ]
        self.figure.marks = [*self.figure.marks, *made]
        return made

    def dots(self, named: Named, marker: str = "circle", count: int = 1) -> bq.Scatter:
        """So many new dots, none in sight yet; the browser draws them wrongly when their number changes."""
        made = bq.Scatter(
            x=[0.0] * count,
            y=[0.0] * count,  # NaN would be drawn as an error
            scales=self.scales,
            colors=[named.colour],
            marker=marker,
            default_size=70,
            names=None,
            visible=False,
        )
        self.figure.marks = [*self.figure.marks, made]
        return made

    def bars(self, *named: Named, stacked: bool = True) -> bq.Bars:
        """New bars, one on the other or side by side."""
        made = bq.Bars(
            x=[0.0],
            y=[[0.0]] * len(named),
            scales=self.scales,
            colors=[each.colour for each in named],
            type="stacked" if stacked else "grouped",
            padding=0.25,
            opacities=[0.85],
        )
        self.figure.marks = [*self.figure.marks, made]
        return made

    def fit(
        self,
        x: ArrayLike,
        *ys: ArrayLike,
        x_ticks: ArrayLike | None = None,
        x_labels: Sequence[str] = (),
        margin: float = 0.0,
    ) -> None:
        """Fit the axes to these values."""
        across = np.asarray(x, dtype=np.float64)
        low, high = _reach([np.asarray(y, dtype=np.float64) for y in ys], zero=self._zero)
        self._set_axis(self.y, self.scales["y"], nice_ticks(low, high))
        room = float(across.min()) - margin, float(across.max()) + margin
        ticks = (
            within(*room, nice_ticks(float(across.min()), float(across.max())))
            if x_ticks is None
            else x_ticks
        )
        with self.x.hold_sync():
            if x_labels:
                self.x.tick_labels = {
                    str(at): said for at, said in zip(np.asarray(ticks), x_labels, strict=True)
                }
            self.x.tick_values = np.asarray(ticks)
            self.x.tick_format = tick_format(np.asarray(ticks, dtype=np.float64))
        with self.scales["x"].hold_sync():
            self.scales["x"].min = float(across.min()) - margin
            self.scales["x"].max = float(max(across.max(), across.min() + 1e-9)) + margin

    @staticmethod
    def _set_axis(axis: bq.Axis, scale: bq.LinearScale, ticks: Floats) -> None:
        with axis.hold_sync():
            axis.tick_values = ticks
            axis.tick_format = tick_format(ticks)
        with scale.hold_sync():
            scale.min, scale.max = float(ticks[0]), float(ticks[-1])

    def entitle(self, name: str, unit: str, said: str = "") -> None:
        """Name the picture and its unit; `said` is what it shows."""
        inner = (
            f'{look.safe(name)} <span class="arlab-unit">({look.safe(unit)})</span>'
            if unit
            else look.safe(name)
        )
        self.title.value = f'{inner}<span class="arlab-said">{look.safe(said)}</span>'


def put(mark: Any, x: ArrayLike, y: ArrayLike, *, shown: bool = True) -> None:
    """Send the browser a mark's new place in one message. What is at an unknown place is not drawn."""
    across, up = np.asarray(x), np.asarray(y)
    if isinstance(mark, bq.Scatter):
        known = np.isfinite(across) & np.isfinite(up)
        across, up = across[known], up[known]
    elif isinstance(mark, bq.Lines):
        end = known_until(across, up)
        across, up = across[:end], up[..., :end]
    with mark.hold_sync():
        if len(across):
            mark.x, mark.y = across, up
        mark.visible = shown and bool(len(across))


def within(low: float, high: float, ticks: Floats) -> Floats:
    """The ticks that lie on the axis: others would be written beside the picture."""
    rounding = 1e-9 * (high - low)
    return ticks[(ticks >= low - rounding) & (ticks <= high + rounding)]


def _reach(values: list[Floats], *, zero: bool) -> tuple[float, float]:
    joined = np.concatenate([value.ravel() for value in values]) if values else np.zeros(1)
    joined = joined[np.isfinite(joined)]
    if not len(joined):
        return 0.0, 1.0
    low, high = float(joined.min()), float(joined.max())
    return (min(low, 0.0), max(high, 0.0)) if zero else (low, high)


# --- controls and tables ----------------------------------------------------------------------------------------


def row(name: str, control: widgets.Widget, hint: str = "", mark: str = "") -> widgets.HBox:
    """A control with its name in front; `mark` is its basis (A, P, R)."""
    control.layout.width = CONTROL_WIDTH if not isinstance(control, widgets.Checkbox) else "auto"
    if isinstance(control, SLIDERS):
        control.description = name  # hidden; the page gives it to those who hear it
    badge = f'<span class="arlab-basis arlab-basis-{mark}">{mark}</span>' if mark else ""
    shown = look.html(f'<span title="{look.safe(hint)}">{look.safe(name)}{badge}</span>', "arlab-lever-name")
    shown.layout = widgets.Layout(width=NAME_WIDTH, flex="0 0 auto")
    control.tooltip = hint or name
    return widgets.HBox([shown, control], layout=widgets.Layout(align_items="center", overflow="visible"))


def slider(value: int, low: int, high: int, step: int = 1) -> widgets.IntSlider:
    """A slider that speaks up when it is let go."""
    return widgets.IntSlider(value=value, min=low, max=high, step=step, continuous_update=False)


def legend(named: Sequence[Named]) -> str:
    """Which look stands for what?"""
    css = {"solid": "solid", "dashed": "dashed", "dotted": "dotted", "dash_dotted": "dashed"}
    keys = [
        f'<span style="display:inline-block;white-space:nowrap;margin-right:14px"><span class="arlab-key" '
        f'style="border-top:3px {css[each.dash]} {each.colour}"></span>{look.safe(each.name)}</span>'
        for each in named
    ]
    return "".join(keys)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, strong: int | None = None) -> str:
    """A table: first column to the left, figures to the right; `strong` is the row that matters."""
    right = "text-align:right"
    cells = "".join(
        f'<th scope="col" style="{"" if at == 0 else right}">{text.escape(each)}</th>'
        for at, each in enumerate(head)
    )
    body = "".join(
        f"<tr{' style=font-weight:600' if at == strong else ''}>"
        + "".join(
            f'<td style="{"" if place == 0 else right}">{text.escape(each)}</td>'
            for place, each in enumerate(line)
        )
        + "</tr>"
        for at, line in enumerate(rows)
    )
    return (
        f'<table class="arlab-table" style="{TABLE}"><thead><tr>{cells}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def panel(*parts: widgets.Widget) -> widgets.VBox:
    """These parts as one panel in the common look."""
    found = widgets.VBox(
        [look.style_sheet(), *parts], layout=widgets.Layout(width="100%", overflow="visible")
    )
    found.add_class("arlab-panel")
    return found


def beside(left: Sequence[widgets.Widget], right: Sequence[widgets.Widget]) -> widgets.HBox:
    """Controls at the left, pictures at the right."""
    first = widgets.VBox(
        list(left), layout=widgets.Layout(width=LEFT_WIDTH, flex="0 0 auto", overflow="visible")
    )
    second = widgets.VBox(list(right), layout=widgets.Layout(flex="1 1 0", min_width="0", overflow="hidden"))
    found = widgets.HBox([first, second], layout=widgets.Layout(grid_gap="18px", overflow="visible"))
    found.add_class("arlab-beside")
    return found


def follow(controls: Sequence[widgets.Widget], draw: Callable[[], None]) -> None:
    """Draw now, and anew whenever a control is moved."""
    for control in controls:
        control.observe(lambda _: draw(), names="value")
    draw()
