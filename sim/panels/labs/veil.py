"""How is a result kept out of sight until somebody has said what they expect?"""

from __future__ import annotations

import ipywidgets as widgets

from sim.panels import look
from sim.words import Words


class Veil:
    """Covers what belongs to the run until `lift` is called. What is covered may work already; it is not shown."""

    def __init__(self, words: Words, lifted: bool):
        self._words = words
        self.is_lifted = lifted
        self._covered: list[tuple[widgets.VBox, widgets.Widget]] = []

    def over(self, shown: widgets.Widget) -> widgets.Widget:
        """This widget, behind the veil while it hangs."""
        box = widgets.VBox([], layout=widgets.Layout(width="100%", overflow="visible"))
        box.add_class("arlab-panel")
        if self.is_lifted:
            box.children = [shown]
        else:
            box.children = [look.style_sheet(), self._cover()]
            self._covered.append((box, shown))
        return box

    def lift(self) -> None:
        """Show everything."""
        self.is_lifted = True
        for box, shown in self._covered:
            box.children = [shown]
        self._covered.clear()

    def _cover(self) -> widgets.HTML:
        return look.html(look.safe(self._words.say("lab.veil")), "arlab-veil")
