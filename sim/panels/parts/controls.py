"""With what does a person set a policy? Controls made from the levers' own declarations, and from nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

import ipywidgets as widgets

from sim.model.policy import LEVERS, Policy
from sim.model.settings import Lever
from sim.panels.parts.look import html, safe
from sim.words import Words

HEADLINE = tuple(lever for lever in LEVERS.values() if lever.headline)
SIDES = ("baseline", "alternative")
SLIDER_WIDTH = "150px"
NAME_WIDTH = "158px"
BP_PER_PERCENT = 100
PERCENT_FORMAT = ".4"  # as many decimals as there are: 50, 2.5, 0.25


class PolicyControls:
    """Columns of levers, side by side: the policy in force and the one under thought.

    `changed` is called with the side after a person moved a lever; setting a policy from outside calls nothing. Where
    only the alternative can be moved, the baseline's value stands beside it.
    """

    def __init__(
        self,
        words: Words,
        changed: Callable[[str], None],
        levers: Sequence[Lever] = HEADLINE,
        sides: Sequence[str] = SIDES,
    ):
        self._words, self._changed, self._levers = words, changed, tuple(levers)
        self._quiet = False
        self._base = dict.fromkeys(SIDES, Policy())
        self._inputs = {side: {lever.path: self._input(lever, side) for lever in levers} for side in sides}
        self._now = {lever.path: html("", "arlab-now") for lever in levers}
        self.widget = widgets.VBox(self._rows(), layout=widgets.Layout(width="478px", overflow="visible"))

    def policy(self, side: str) -> Policy:
        """The policy that this side's levers show. Raises BadInput with every problem."""
        shown = self._inputs.get(side, {})
        return self._base[side].with_levers(
            {path: meant(LEVERS[path], control.value) for path, control in shown.items()}
        )

    def set_policy(self, side: str, policy: Policy) -> None:
        """Show this policy; levers that are not shown keep its values too."""
        self._base[side] = policy
        if side not in self._inputs:
            for lever in self._levers:
                self._now[lever.path].value = safe(
                    lever_value(lever, policy.value_of(lever.path), self._words)
                )
            return
        self._quiet = True
        try:
            for path, shown in self._inputs[side].items():
                shown.value = as_set(LEVERS[path], policy.value_of(path))
        finally:
            self._quiet = False

    def _input(self, lever: Lever, side: str) -> widgets.Widget:
        found = make_input(lever, self._words)
        if lever.kind == "int":  # hidden; site.js names the slider's handle after it
            found.description = side_label(self._words, side, self._words.say(f"{lever.words_key}.name"))
        found.add_class(f"arlab-{side}")
        found.add_class(f"arlab-{side}-{lever.path.replace('.', '-').replace('_', '-')}")
        found.observe(lambda _: None if self._quiet else self._changed(side), names="value")
        return found

    def _rows(self) -> list[widgets.Widget]:
        rows: list[widgets.Widget] = []
        for branch, levers in groupby(self._levers, key=lambda lever: lever.branch):
            rows.append(html(safe(self._words.say(f"branch.{branch}")), "arlab-branch"))
            rows += [self._row(lever) for lever in levers]
        return rows

    def _row(self, lever: Lever) -> widgets.Widget:
        name = html(lever_name(lever, self._words), "arlab-lever-name")
        name.layout = widgets.Layout(width=NAME_WIDTH, flex="0 0 auto")
        now = self._now[lever.path]
        now.layout = widgets.Layout(width=SLIDER_WIDTH, flex="0 0 auto", margin="0 4px")
        inputs = [self._inputs[side][lever.path] if side in self._inputs else now for side in SIDES]
        return widgets.HBox([name, *inputs], layout=widgets.Layout(align_items="center", overflow="visible"))


def make_input(lever: Lever, words: Words) -> widgets.Widget:
    """The control that fits a lever's kind: slider, tick box or list."""
    layout = widgets.Layout(width=SLIDER_WIDTH, flex="0 0 auto", margin="0 4px")
    hint = lever_help(lever, words)
    if lever.unit == "bp":
        return widgets.FloatSlider(
            value=as_set(lever, lever.default),
            min=as_set(lever, lever.low),
            max=as_set(lever, lever.high),
            step=as_set(lever, lever.step),
            readout_format=PERCENT_FORMAT,
            continuous_update=False,
            layout=layout,
            tooltip=hint,
        )
    if lever.kind == "int":
        return widgets.IntSlider(
            value=int(lever.default),
            min=lever.low,
            max=lever.high,
            step=lever.step,
            continuous_update=False,
            layout=layout,
            tooltip=hint,
        )
    if lever.kind == "bool":
        said = words.say(f"choice.{lever.path}.true")
        return widgets.Checkbox(
            value=bool(lever.default), description=said, indent=False, layout=layout, tooltip=hint
        )
    options = [(words.say(f"choice.{lever.path}.{choice}"), choice) for choice in lever.choices]
    return widgets.Dropdown(options=options, value=lever.default, layout=layout, tooltip=hint)


def as_set(lever: Lever, value: Any) -> Any:
    """A lever's value as a person sets it: percent, where a policy holds hundredths of a percent."""
    return value / BP_PER_PERCENT if lever.unit == "bp" else value


def meant(lever: Lever, shown: Any) -> Any:
    """The value that a control means."""
    return round(shown * BP_PER_PERCENT) if lever.unit == "bp" else shown


def side_label(words: Words, side: str, name: str) -> str:
    """What one side's control of this name is called, for those who hear the page."""
    return words.say("panel.lever.label", side=words.say(f"panel.side.{side}"), lever=name)


def lever_name(lever: Lever, words: Words) -> str:
    """A lever's name with its unit and how sure we are of its default, an assumption clearly marked."""
    said = safe(words.say(f"panel.unit.{lever.unit}")) if lever.unit else ""
    unit = f'&nbsp;<span class="arlab-unit">({said})</span>' if said else ""
    mark = f'<span class="arlab-basis arlab-basis-{lever.basis}">{lever.basis}</span>'
    name = safe(words.say(f"{lever.words_key}.name"))
    return f'<span title="{safe(lever_help(lever, words))}">{name}{unit}{mark}</span>'


def lever_help(lever: Lever, words: Words) -> str:
    """What a lever does, its usual value, and what that value rests on."""
    said = lever_value(lever, lever.default, words)
    basis = words.say(f"basis.{lever.basis}")
    return words.say("panel.lever.help", help=words.say(f"{lever.words_key}.help"), usual=said, basis=basis)


def lever_value(lever: Lever, value: Any, words: Words) -> str:
    """A lever's value as a person reads it."""
    if lever.kind == "int":
        return words.value(value, lever.unit)
    return words.say(f"choice.{lever.path}.{str(value).lower() if lever.kind == 'bool' else value}")


def dropdown(name: str, options: Mapping[str, str], value: Any, width: str) -> widgets.Dropdown:
    """A list to choose from, its label in front in full."""
    return widgets.Dropdown(
        description=name,
        tooltip=name,  # without one, the label's hint is the word "null"
        options=[(said, key) for key, said in options.items()],
        value=value,
        style={"description_width": "initial"},
        layout=widgets.Layout(width=width, margin="2px 12px 2px 0"),
    )
