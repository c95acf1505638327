"""A button that begins something long, tells how far it is, stops it when pressed again, and says what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

import ipywidgets as widgets

from sim.base.errors import BadInput
from sim.panels.parts import look
from sim.panels.studio.job import IsStopped, Job, Tell

if TYPE_CHECKING:
    from sim.panels.studio.panel import Studio

Result = TypeVar("Result")
Work = Callable[[Tell, IsStopped], Result]


class LongButton(Generic[Result]):
    """`begin` gives the work, or None when there is nothing to do; `show` is given its result."""

    def __init__(
        self,
        studio: Studio,
        key: str,
        css: str,
        begin: Callable[[], Work[Result] | None],
        show: Callable[[Result], None],
    ):
        self._studio, self._key, self._begin = studio, key, begin
        layout = widgets.Layout(width="auto")
        self.button = widgets.Button(description=studio.words.say(key), button_style="primary", layout=layout)
        self.button.add_class(css)
        self.progress = look.html("", "arlab-note", "arlab-progress")
        self.error = look.html("", "arlab-error")
        self.job = Job[Result](show, self._failed, self._told, self._ended)
        self.button.on_click(studio.in_turn(lambda _: self.press()))

    def press(self) -> None:
        """Begin, or stop what is being done."""
        if self.job.is_running:
            self.job.stop()
            return
        self.error.value = ""
        try:
            work = self._begin()
        except BadInput as bad:
            self.error.value = look.safe(self._studio.worded(bad))
            return
        if work is not None:
            self.button.description = self._studio.words.say("panel.run.stop")
            self.job.start(work)

    def _told(self, done: int, total: int) -> None:
        bar = f'<progress max="{total}" value="{done}" aria-hidden="true"></progress>'
        said = self._studio.words.say("studio.progress", done=done, total=total)
        self.progress.value = bar + look.safe(said)

    def _ended(self) -> None:
        self.button.description = self._studio.words.say(self._key)
        self.progress.value = ""

    def _failed(self, error: Exception) -> None:
        self.error.value = look.safe(self._studio.said_of(error))
