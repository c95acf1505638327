"""What has a person tried in the studio, and what is left to try?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.panels.parts import look
from sim.panels.studio.compute import StudioAnswer

if TYPE_CHECKING:
    from sim.panels.studio.panel import Studio

STEPS = ("own", "scenario", "why", "robust", "saved", "reread", "league", "dated", "report")


class Steps:
    """A list that ticks itself off. Nothing is asked of the person but to work."""

    def __init__(self, studio: Studio):
        self._words = studio.words
        self.done: set[str] = set()
        self.widget = look.html("", "arlab-tried")
        studio.heard.append(lambda found, _: self._seen(studio, found))
        studio.told.append(self.tick)
        self._show()

    def tick(self, step: str) -> None:
        """This was done."""
        if step in STEPS and step not in self.done:
            self.done.add(step)
            self._show()

    def _seen(self, studio: Studio, found: StudioAnswer) -> None:
        if found.question.is_idle:
            return
        if not studio.desk.name("alternative"):
            self.tick("own")
        if found.question.scenario != "normal":
            self.tick("scenario")
        if found.question.from_month > 1:
            self.tick("dated")

    def _show(self) -> None:
        say = self._words.say
        items = "".join(
            f'<li class="{"arlab-done" if step in self.done else ""}">{"☑" if step in self.done else "☐"} '
            f"{look.safe(say(f'studio.step.{step}'))}</li>"
            for step in STEPS
        )
        head = look.safe(say("studio.steps", done=len(self.done), all=len(STEPS)))
        self.widget.value = f"<b>{head}</b><ul>{items}</ul>"
