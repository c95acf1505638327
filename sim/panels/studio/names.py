"""From which ready-made or saved policy is one side taken?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from sim.model.presets import policy_names
from sim.panels.parts.controls import side_label
from sim.panels.studio.files import saved_names
from sim.words import Words

PRESET, MINE = "preset:", "mine:"


class NamePicker:
    """A list of all policies there are; `chosen(side, name)` tells of a person's choice."""

    def __init__(
        self, words: Words, side: str, chosen: Callable[[str, str], None], in_turn: Callable[..., Any]
    ):
        self._words, self._side, self._quiet = words, side, False
        self.widget = widgets.Dropdown(
            options=self._options(),
            tooltip=side_label(words, side, words.say("panel.preset")),
            layout=widgets.Layout(width="166px", margin="0 8px 0 0", flex="0 0 auto"),
        )
        self.widget.add_class(f"arlab-preset-{side}")

        def tell(change: dict[str, Any]) -> None:
            if not self._quiet and change["new"]:
                chosen(side, change["new"])

        self.widget.observe(in_turn(tell), names="value")

    def _options(self) -> list[tuple[str, str]]:
        say = self._words.say
        ready = [(say(f"policy.{name}.name"), f"{PRESET}{name}") for name in policy_names()]
        mine = [(say("studio.mine", name=name), f"{MINE}{name}") for name in saved_names()]
        return [(say("panel.preset.own"), ""), *ready, *mine]

    def show(self, name: str) -> None:
        """Show where this side comes from, telling nobody; names of new files are taken in."""
        self._quiet = True
        try:
            options = self._options()
            if list(self.widget.options) != options:
                self.widget.options = options
            self.widget.value = name if name in {value for _, value in options} else ""
        finally:
            self._quiet = False


def title_of(words: Words, name: str) -> str:
    """What a policy taken from there is called."""
    if name.startswith(PRESET):
        return words.say(f"policy.{name.removeprefix(PRESET)}.name")
    return name.removeprefix(MINE)
