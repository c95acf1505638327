"""One overdue claim: go on writing, agency, payment order, suit, or write it off?"""

from __future__ import annotations

from typing import Any

import bqplot as bq
import ipywidgets as widgets
import numpy as np

from sim.model.suit import DOCUMENTS
from sim.panels.collection.claim_table import claim_table, verdict
from sim.panels.contests.style import contest_style
from sim.panels.parts import look
from sim.panels.parts.controls import dropdown
from sim.panels.parts.drawing import Named, legend
from sim.study.one_claim import DEBTORS, WAYS, OneClaim, worth, worths
from sim.words import Language, Words

AMOUNTS = (5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000)
MARGINS = (0, 10_000, 50_000, 100_000, 300_000, 1_000_000, 3_000_000)
MOST_MONTHS = 42
COLOURS = ("#5b6573", "#8a4a9e", "#9a6b00", "#3aa0d8", "#0b6bb5", "#1f2933")
DASHES = ("dashed", "dash_dotted", "dotted", "dash_dotted", "solid", "dotted")


def one_claim(lang: Language = "en") -> widgets.Widget:
    """Set a claim as you know it: what is each way of going on with it worth?"""
    return ClaimPanel(lang).widget


class ClaimPanel:
    """Plain arithmetic, at once: nothing is simulated here."""

    def __init__(self, lang: Language):
        self._words = Words(lang)
        self._make_controls()
        self._said = look.html("", "arlab-finding")
        self._table = look.html("", "arlab-claim-table")
        self._draw_axes()
        say = self._words.say
        left = widgets.VBox(
            list(self._controls.values()),
            layout=widgets.Layout(width="430px", flex="0 0 auto", overflow="visible"),
        )
        keys = look.html(legend(self._named), "arlab-legend")
        right = widgets.VBox([self._figure, keys], layout=widgets.Layout(flex="1 1 0", min_width="0"))
        body = widgets.HBox([left, right], layout=widgets.Layout(grid_gap="14px", overflow="visible"))
        body.add_class("arlab-beside")
        note = look.html(look.safe(say("labs.claim.note")), "arlab-note")
        parts = [look.style_sheet(), contest_style(), body, self._said, self._table, note]
        self.widget = widgets.VBox(parts, layout=widgets.Layout(overflow="visible"))
        self.widget.add_class("arlab-panel")
        self.widget.add_class("arlab-claim")
        self._moved(None)

    def _make_controls(self) -> None:
        words = self._words
        self._controls: dict[str, widgets.Widget] = {
            "amount": self._scale("labs.claim.amount", AMOUNTS, 200_000),
            "months": self._slider("labs.claim.months", 6, 0, MOST_MONTHS, 1),
            "documents": self._choice("documents", DOCUMENTS, "complete"),
            "debtor": self._choice("debtor", DEBTORS, "unknown"),
            "margin": self._scale("labs.claim.margin", MARGINS, 100_000),
            "added": self._slider("labs.claim.added", 33, 0, 60, 1),
        }
        for control in self._controls.values():
            control.observe(self._moved, names="value")
        self._controls["added"].tooltip = words.say("labs.claim.added.help")

    def _slider(self, key: str, value: int, low: int, high: int, step: int) -> widgets.IntSlider:
        name = self._words.say(key)
        found = widgets.IntSlider(
            value=value, min=low, max=high, step=step, description=name, tooltip=name, continuous_update=True,
            style={"description_width": "190px"}, layout=widgets.Layout(width="425px"),
        )  # fmt: skip
        found.add_class("arlab-named")
        return found

    def _scale(self, key: str, yuan: tuple[int, ...], value: int) -> widgets.SelectionSlider:
        words = self._words
        found = widgets.SelectionSlider(
            options=[(words.money(amount * 100), amount) for amount in yuan], value=value, tooltip=words.say(key),
            description=words.say(key), continuous_update=True, style={"description_width": "190px"},
            layout=widgets.Layout(width="425px"),
        )  # fmt: skip
        found.add_class("arlab-named")
        return found

    def _choice(self, name: str, values: tuple[str, ...], value: str) -> widgets.Dropdown:
        words = self._words
        options = {key: words.say(f"labs.claim.{name}.{key}") for key in values}
        found = dropdown(words.say(f"labs.claim.{name}"), options, value, "425px")
        found.style.description_width = "190px"
        return found

    def _draw_axes(self) -> None:
        say = self._words.say
        scales = {"x": bq.LinearScale(min=0, max=MOST_MONTHS), "y": bq.LinearScale(min=0, max=100)}
        style = {"color": "#9aa5b1", "grid_color": look.GRID, "label_color": look.SOFT}
        across = bq.Axis(scale=scales["x"], label=say("labs.claim.age"), label_offset="30px", **style)
        across.tick_values = np.arange(0, MOST_MONTHS + 1, 6)
        across.tick_format = "d"
        up = bq.Axis(
            scale=scales["y"], side="left", label=say("labs.claim.share"),
            label_offset="36px", **style,
        )  # fmt: skip
        shown = [way for way in WAYS if way != "write_off"]
        self._lines = {
            way: bq.Lines(
                x=[0], y=[0], scales=scales, colors=[COLOURS[at]], line_style=DASHES[at], stroke_width=2.4,
            )
            for at, way in enumerate(shown)
        }  # fmt: skip
        self._named = [
            Named(say(f"labs.claim.way.{way}.short"), COLOURS[at], DASHES[at])
            for at, way in enumerate(self._lines)
        ]
        self._today = bq.Lines(x=[6, 6], y=[-100, 100], scales=scales, colors=["#b03a1e"], stroke_width=1.2)
        self._scales = scales
        self._figure = bq.Figure(
            display_toolbar=False,
            marks=[*self._lines.values(), self._today], axes=[across, up], animation_duration=0,
            fig_margin={"top": 10, "bottom": 46, "left": 60, "right": 14}, padding_y=0, padding_x=0,
            min_aspect_ratio=0.2, max_aspect_ratio=10,
            background_style={"fill": "white"},
            layout=widgets.Layout(height="300px", width="100%", min_width="0"),
        )  # fmt: skip

    def _claim(self, months: float | None = None) -> OneClaim:
        """The claim as it is set, or at another age."""
        set_to = {name: control.value for name, control in self._controls.items()}
        return OneClaim(
            amount_fen=int(set_to["amount"]) * 100,
            months_late=float(set_to["months"] if months is None else months),
            documents=set_to["documents"],
            debtor=set_to["debtor"],
            margin_fen=int(set_to["margin"]) * 100,
            added_share=set_to["added"] / 100,
        )

    def _moved(self, _: Any) -> None:
        claim = self._claim()
        found = worths(claim)
        self._said.value = look.safe(verdict(self._words, found))
        self._table.value = claim_table(self._words, found)
        ages = np.arange(0, MOST_MONTHS + 1)
        shares = {
            way: np.array([worth(self._claim(float(age)), way).net for age in ages])
            * (100.0 / claim.amount_fen)
            for way in self._lines
        }
        floor = min(0.0, float(np.floor(min(values.min() for values in shares.values()) / 25) * 25))
        self._scales["y"].min = max(floor, -100.0)
        for way, line in self._lines.items():
            with line.hold_sync():
                line.x, line.y = ages, np.maximum(shares[way], -100.0)
        self._today.x = [claim.months_late, claim.months_late]
