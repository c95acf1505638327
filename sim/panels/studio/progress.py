"""How far is the work, and how is it stopped or begun again?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from sim.panels.live.compute import BATCHES
from sim.panels.live.results import legend
from sim.panels.parts import look
from sim.words import Words


class Progress:
    """The legend, a bar, and one button that stops and goes; `pressed(is_running)` tells of a press."""

    def __init__(self, words: Words, pressed: Callable[[bool], None], in_turn: Callable[..., Any]):
        self._words, self._is_running, self._shown = words, False, (0, 0)
        self._bar = look.html("", "arlab-note", "arlab-progress")
        self._button = widgets.Button(
            description=words.say("panel.run.stop"), layout=widgets.Layout(width="auto", height="24px")
        )
        self._button.add_class("arlab-stop")
        self._button.on_click(in_turn(lambda _: pressed(self._is_running)))
        self.widget = widgets.HBox(
            [look.html(legend(words), "arlab-legend"), self._bar, self._button],
            layout=widgets.Layout(align_items="center", grid_gap="10px", margin="0 0 4px"),
        )

    def run(self) -> None:
        """Something is being worked at."""
        self._set(True)
        self._draw(0, 0)

    def rest(self) -> None:
        """Nothing is."""
        self._set(False)
        self._draw(*self._shown)

    def tell(self, step: int, runs: int) -> None:
        """So many runs are in the picture."""
        self._shown = (step, runs)
        self._draw(step, runs)
        if step == len(BATCHES):
            self._set(False)

    def tell_again(self) -> None:
        """Send the browser all that ever changes."""
        self._bar.send_state("value")
        self._button.send_state("description")

    def _set(self, is_running: bool) -> None:
        self._is_running = is_running
        self._button.description = self._words.say("panel.run.stop" if is_running else "panel.run.go")

    def _draw(self, step: int, runs: int) -> None:
        bar = f'<progress max="{len(BATCHES)}" value="{step}" aria-hidden="true"></progress>'
        self._bar.value = bar + look.safe(
            self._words.say("panel.run.progress", runs=runs, total=sum(BATCHES))
        )
