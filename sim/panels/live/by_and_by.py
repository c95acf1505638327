"""How does a special widget work out something slow in steps, tell how far it is, and let a person stop it?"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import bqplot as bq
import ipywidgets as widgets

from sim.base.errors import BadInput
from sim.panels.live.refine import KernelsThread, Refiner
from sim.panels.parts import look
from sim.words import Words

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")
LOG = logging.getLogger(__name__)


class ByAndBy(Generic[Asked, Answered]):
    """Works at the newest question in its own thread, step by step; shows a bar while at it, and a button to stop.

    `work(question, step)` must be pure; `show(answer, step)` touches widgets, in the kernel's own thread.
    """

    def __init__(
        self,
        words: Words,
        work: Callable[[Asked, int], Answered],
        show: Callable[[Answered, int], None],
        *,
        steps: int,
    ):
        self._words, self._show, self._steps = words, show, steps
        self._refiner = Refiner[Asked, Answered](work, self._shown, self._failed, steps=steps)
        self._bar = look.html("", "arlab-note", "arlab-progress")
        self._stop = widgets.Button(
            description=words.say("panel.run.stop"), layout=widgets.Layout(width="auto", height="24px")
        )
        self._stop.add_class("arlab-stop")
        self._stop.on_click(lambda _: self._refiner.in_turn(self.stop))
        self._trouble = look.html("", "arlab-error")
        line = widgets.HBox(
            [self._bar, self._stop], layout=widgets.Layout(align_items="center", grid_gap="10px")
        )
        self.widget = widgets.VBox([line, self._trouble], layout=widgets.Layout(overflow="visible"))
        self._tell(None)

    def ask(self, question: Asked) -> None:
        """Put this question in place of any other."""
        self._trouble.value = ""
        self._tell(0)
        self._refiner.ask(question)

    def stop(self) -> None:
        """Leave it as far as it has come."""
        self._refiner.stop()
        self._tell(None)

    def in_turn(self, act: Callable[..., None], *values: object) -> None:
        """Do this in the kernel's own thread, where answers are shown."""
        self._refiner.in_turn(act, *values)

    def _shown(self, answer: Answered, step: int) -> None:
        self._show(answer, step)
        self._tell(None if step == self._steps else step)

    def _failed(self, error: Exception) -> None:
        self._tell(None)
        if isinstance(error, BadInput):
            self._trouble.value = look.safe(self._words.problems(error))
            return
        LOG.error("a special widget failed", exc_info=error)
        self._trouble.value = look.safe(self._words.say("panel.error.unexpected", reason=repr(error)))

    def _tell(self, step: int | None) -> None:
        self._stop.layout.display = "none" if step is None else ""
        if step is None:
            self._bar.value = ""
            return
        bar = f'<progress max="{self._steps}" value="{step}" aria-hidden="true"></progress>'
        self._bar.value = bar + look.safe(
            self._words.say("labs.credit.working", step=step, steps=self._steps)
        )


def button(said: str, act: Callable[[], None], *classes: str, primary: bool = False) -> widgets.Button:
    """A button as wide as its words."""
    made = widgets.Button(
        description=said, button_style="primary" if primary else "", layout=widgets.Layout(width="auto")
    )
    for name in classes:
        made.add_class(name)
    made.on_click(lambda _: act())
    return made


def listed(value: Any, options: list[tuple[str, Any]], width: str = "330px") -> widgets.Dropdown:
    """A list to choose from."""
    return widgets.Dropdown(value=value, options=options, layout=widgets.Layout(width=width))


def keep_told(page: widgets.Widget, slow: ByAndBy[Any, Any] | KernelsThread) -> None:
    """Whenever this widget is opened on a page, say everything again.

    What was said while the page still took in the widget may have been lost: always the last of it, where another
    page had worked it out already.
    """
    page._view_count = 0  # the browser counts from here
    page.observe(
        lambda change: slow.in_turn(tell_again, page) if change["new"] else None, names="_view_count"
    )


def tell_again(widget: widgets.Widget) -> None:
    """Send the browser all of this widget and its parts that a result may have changed."""
    for part in getattr(widget, "children", ()):
        tell_again(part)
    if isinstance(widget, widgets.HTML):
        widget.send_state("value")
    elif isinstance(widget, widgets.Button):
        widget.send_state({"description", "disabled"})
    elif isinstance(widget, bq.Figure):
        _draw_again(widget)
    widget.layout.send_state({"display"})


def _draw_again(figure: bq.Figure) -> None:
    for axis in figure.axes:
        axis.scale.send_state({"min", "max"})
        axis.send_state({"label", "tick_values", "tick_format", "tick_labels"})
    for mark in figure.marks:
        mark.send_state({"x", "y", "visible"})
