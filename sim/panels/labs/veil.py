"""How is a result kept out of sight until somebody has said what they expect?"""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from sim.panels.parts import look
from sim.words import Words


class Veil:
    """Covers what belongs to the run until `lift` is called.

    What is given as a function is made only then: a page opens sooner, and nobody waits for what is not looked at.
    """

    def __init__(self, words: Words, lifted: bool):
        self._words = words
        self.is_lifted = lifted
        self._covered: list[tuple[widgets.VBox, Callable[[], widgets.Widget]]] = []

    def over(self, make: Callable[[], widgets.Widget]) -> widgets.Widget:
        """What this function makes, behind the veil while it hangs."""
        box = widgets.VBox([], layout=widgets.Layout(width="100%", overflow="visible"))
        box.add_class("arlab-panel")
        if self.is_lifted:
            box.children = [make()]
        else:
            box.children = [look.style_sheet(), self._cover()]
            self._covered.append((box, make))
        return box

    def lift(self) -> None:
        """Show everything."""
        self.is_lifted = True
        covered, self._covered = self._covered, []
        for box, make in covered:
            box.children = [make()]

    def _cover(self) -> widgets.HTML:
        return look.html(look.safe(self._words.say("lab.veil")), "arlab-veil")
