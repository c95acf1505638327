"""What sets one lever on one side: a slider with a number beside it, a tick box, a list; the ladder is a list too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import ipywidgets as widgets

from sim.model.policy import LEVERS, STANDARD_LADDER, LadderStep, Policy
from sim.model.presets import load_policy, policy_names
from sim.model.settings import Lever
from sim.panels.parts.controls import BP_PER_PERCENT, PERCENT_FORMAT, lever_help, side_label
from sim.panels.studio.draft import LADDER
from sim.words import Words

Ladder = tuple[LadderStep, ...]
FEN = 100  # a person reads and types yuan, and percent
OWN = ":own:"
TICKED_WIDTH = "166px"


class Input(Protocol):
    """The control of one lever on one side."""

    parts: list[widgets.Widget]

    def show(self, value: Any) -> None:
        """Show this value, telling nobody."""


class Number:
    """A slider, and the number beside it to be typed."""

    def __init__(self, lever: Lever, label: str, hint: str, moved: Callable[[Any], None]):
        self._factor = {"fen": FEN, "bp": BP_PER_PERCENT}.get(lever.unit, 1)
        self._is_whole = lever.unit != "bp"
        low, high, step = (self._shown(end) for end in (lever.low, lever.high, lever.step))
        step = step or 1  # of money: a yuan at least
        slider, form = (
            (widgets.IntSlider, {})
            if self._is_whole
            else (widgets.FloatSlider, {"readout_format": PERCENT_FORMAT})
        )
        number = widgets.BoundedIntText if self._is_whole else widgets.BoundedFloatText
        wide = high > 99_999
        self._quiet = False
        self._moved = moved
        self.slider = slider(
            value=low, min=low, max=high, step=step, continuous_update=False, description=label, tooltip=hint, **form,
            layout=widgets.Layout(width="82px" if wide else "106px", flex="0 0 auto", margin="0 2px 0 0"),
        )  # fmt: skip
        self.number = number(
            value=low, min=low, max=high, step=step, continuous_update=False, tooltip=label,
            layout=widgets.Layout(width="86px" if wide else "62px", flex="0 0 auto", margin="0"),
        )  # fmt: skip
        self.number.add_class("arlab-number")
        self.slider.observe(self._tell, names="value")
        self.number.observe(self._tell, names="value")
        self.parts: list[widgets.Widget] = [self.slider, self.number]

    def show(self, value: Any) -> None:
        """Show this value, telling nobody."""
        self._quiet = True
        try:
            self.slider.value = self.number.value = self._shown(value)
        finally:
            self._quiet = False

    def _shown(self, value: int) -> int | float:
        """As a person reads and types it: whole yuan, percent with decimals."""
        return value // self._factor if self._is_whole else value / self._factor

    def _tell(self, change: Mapping[str, Any]) -> None:
        if not self._quiet:
            value = round(change["new"] * self._factor)
            self.show(value)  # the one beside it
            self._moved(value)


class Choice:
    """A tick box or a list."""

    def __init__(self, widget: widgets.Widget, moved: Callable[[Any], None]):
        self._quiet = False
        self.widget = widget
        widget.observe(lambda change: None if self._quiet else moved(change["new"]), names="value")
        self.parts: list[widgets.Widget] = [widget]

    def show(self, value: Any) -> None:
        """Show this value, telling nobody."""
        self._quiet = True
        try:
            self.widget.value = value
        finally:
            self._quiet = False


class LadderChoice:
    """The ladder, chosen among the ready-made ones; any other is the policy's own and stays as it is."""

    def __init__(self, words: Words, label: str, ladders: Mapping[str, Ladder], moved: Callable[[Any], None]):
        self._ladders, self._moved, self._quiet = dict(ladders), moved, False
        options = [(words.say(f"studio.ladder.{name}"), name) for name in ladders]
        self.widget = widgets.Dropdown(
            options=[*options, (words.say("studio.ladder.own"), OWN)],
            tooltip=label,
            layout=widgets.Layout(width=TICKED_WIDTH),
        )
        self.widget.observe(self._tell, names="value")
        self.parts: list[widgets.Widget] = [self.widget]

    def show(self, value: Any) -> None:
        """Show this ladder, telling nobody."""
        name = next((name for name, ladder in self._ladders.items() if ladder == value), OWN)
        self._quiet = True
        try:
            self.widget.value = name
        finally:
            self._quiet = False

    def _tell(self, change: Mapping[str, Any]) -> None:
        if not self._quiet and change["new"] in self._ladders:
            self._moved(self._ladders[change["new"]])


def make_input(
    words: Words, path: str, side: str, ladders: Mapping[str, Ladder], moved: Callable[[Any], None]
) -> Input:
    """The control that fits what is decided here."""
    if path == LADDER:
        return LadderChoice(
            words, side_label(words, side, words.say("lever.collection.ladder.name")), ladders, moved
        )
    lever = LEVERS[path]
    label = side_label(words, side, words.say(f"{lever.words_key}.name"))
    hint = lever_help(lever, words)
    if lever.kind == "int":
        return Number(lever, label, hint, moved)
    layout = widgets.Layout(width=TICKED_WIDTH, flex="0 0 auto", margin="0")
    if lever.kind == "bool":
        said = words.say(f"choice.{path}.true")
        return Choice(widgets.Checkbox(description=said, indent=False, layout=layout, tooltip=hint), moved)
    options = [(words.say(f"choice.{path}.{choice}"), choice) for choice in lever.choices]
    return Choice(widgets.Dropdown(options=options, layout=layout, tooltip=label), moved)


def ladders_named(in_force: Policy) -> dict[str, Ladder]:
    """The ready-made ladders, each once, beginning with the one in force."""
    found: dict[str, Ladder] = {"as_is": in_force.collection.ladder}
    candidates: dict[str, Ladder] = {"standard": STANDARD_LADDER}
    candidates |= {name: load_policy(name, base=in_force).collection.ladder for name in policy_names()}
    for name, ladder in candidates.items():
        if ladder not in found.values():
            found[name] = ladder
    return found
