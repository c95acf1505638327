"""On which customers, in which times, and from which ready-made policies does a person start?"""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from sim.base.places import in_class
from sim.model.presets import policy_names
from sim.panels.live.compute import portfolio_of
from sim.panels.live.setup import Setup, Start
from sim.panels.parts import look
from sim.panels.parts.controls import SIDES, dropdown, side_label
from sim.panels.parts.paths import MY_POLICIES
from sim.words import Words

OWN = ":own:"
COLUMN = "150px"
CORNER = "158px"


class Choices:
    """The controls above and below a panel's levers; what they mean is the panel's business."""

    def __init__(self, words: Words, setup: Setup):
        self._words, self._setup = words, setup
        self.portfolio = self._make_portfolio()
        self.path = widgets.Text(
            placeholder=words.say("panel.portfolio.path"),
            continuous_update=False,
            layout=widgets.Layout(width="330px", display="none"),
        )
        times = {name: words.say(f"scenario.{name}.name") for name in setup.offered_scenarios}
        first = setup.scenario if setup.scenario in times else next(iter(times))
        self.scenario = dropdown(words.say("panel.scenario"), times, first, "260px")
        self.presets = {side: self._make_preset(side) for side in SIDES}
        self.file = widgets.Text(
            value=f"{MY_POLICIES}/policy.toml", continuous_update=False, layout=widgets.Layout(width="380px")
        )
        self.file.add_class("arlab-file")
        self.save, self.load = (self._button(f"panel.file.{name}") for name in ("save", "load"))
        self.again = self._button("panel.again")

    def listen(
        self,
        use_portfolio: Callable[[object], None],
        ask: Callable[[object], None],
        use_preset: dict[str, Callable[[object], None]],
    ) -> None:
        """Call these when a person chooses."""
        self.portfolio.observe(use_portfolio, names="value")
        self.path.observe(use_portfolio, names="value")
        self.scenario.observe(ask, names="value")
        for side, preset in self.presets.items():
            preset.observe(use_preset[side], names="value")

    def top(self) -> widgets.Widget:
        """Customers and times; what leaves no choice is told, not asked."""
        asked = [
            self._asked_or_told(self.portfolio),
            self.path,
            self._asked_or_told(self.scenario),
        ]
        return widgets.HBox(asked, layout=widgets.Layout(flex_flow="row wrap"))

    def heads(self) -> list[widgets.Widget]:
        """What stands on top of the levers' columns: the sides' names and their ready-made policies."""
        heads = [
            look.html(look.safe(self._words.say(f"panel.side.{side}")), f"arlab-head-{side}")
            for side in SIDES
        ]
        for head in heads:
            head.layout = widgets.Layout(width=COLUMN, margin="0 4px", flex="0 0 auto")
        sides = widgets.HBox([look.html(""), *heads])
        named = [self.presets[side] if self._setup.presets else self._told(side) for side in SIDES]
        presets = widgets.HBox([look.html(look.safe(self._words.say("panel.preset"))), *named])
        corner = widgets.Layout(width=CORNER, flex="0 0 auto")
        sides.children[0].layout = presets.children[0].layout = corner
        return [sides, presets]

    def files(self, note: widgets.Widget) -> widgets.Widget:
        """The alternative as a file."""
        head = look.html(look.safe(self._words.say("panel.file")))
        layout = widgets.Layout(align_items="center", grid_gap="8px", flex_flow="row wrap")
        return widgets.HBox([head, self.file, self.save, self.load, note], layout=layout)

    def _make_portfolio(self) -> widgets.Dropdown:
        names = self._setup.offered_portfolios
        titles = {name: getattr(portfolio_of(name), f"name_{self._words.lang}") for name in names}
        if self._setup.own_portfolio and not in_class():
            titles[OWN] = self._words.say("panel.portfolio.own")
        return dropdown(self._words.say("panel.portfolio"), titles, next(iter(titles)), "400px")

    def _make_preset(self, side: str) -> widgets.Dropdown:
        presets = {name: self._words.say(f"policy.{name}.name") for name in policy_names()}
        options = {**presets, "": self._words.say("panel.preset.own")}
        found = dropdown("", options, first_preset(self._setup.start(side)), COLUMN)
        found.layout.margin = "0 4px"
        found.add_class(f"arlab-preset-{side}")
        found.tooltip = side_label(self._words, side, self._words.say("panel.preset"))
        return found

    def _told(self, side: str) -> widgets.HTML:
        """The name of the policy this side has, where there is nothing to choose."""
        told = look.html("", "arlab-told")
        told.layout = widgets.Layout(width=COLUMN, margin="0 4px", flex="0 0 auto")
        preset = self.presets[side]

        def tell(_: object = None) -> None:
            names = {value: name for name, value in preset.options}
            told.value = look.safe(names[preset.value])

        preset.observe(tell, names="value")
        tell()
        return told

    def _asked_or_told(self, choice: widgets.Dropdown) -> widgets.Widget:
        if len(choice.options) > 1:
            return choice
        said = f"{look.safe(choice.description)} <b>{look.safe(choice.options[0][0])}</b>"
        return look.html(f'<span class="arlab-fixed">{said}</span>')

    def _button(self, key: str) -> widgets.Button:
        return widgets.Button(description=self._words.say(key), layout=widgets.Layout(width="auto"))


def first_preset(start: Start) -> str:
    """What the list of ready-made policies shows at first: none when levers were moved on top."""
    return "" if start.levers else start.preset
