"""What stands below a talk that is over? Score, moments, the next 90 days, questions, and how to keep it."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from sim.panels.live.by_and_by import ByAndBy, button
from sim.panels.parts import look
from sim.panels.talks.chat import Sayings
from sim.panels.talks.debrief import Debrief
from sim.panels.talks.keeping import Keeping
from sim.roleplay.consequences import Aftermath, aftermath
from sim.roleplay.facts import Facts
from sim.roleplay.talk import Talk
from sim.words import Words

MOST_MOMENTS = 5


class After:
    """The debrief as widgets; the 90 days are worked out beside the page."""

    def __init__(
        self,
        words: Words,
        play_from: Callable[[int], None],
        again: Callable[[], None],
        cases: Callable[[], None],
    ):
        self.words, self._play_from = words, play_from
        self._told: Debrief | None = None
        say = words.say
        self._scored = look.html("", "arlab-scored-box")
        self._moments = [look.html("", "arlab-moment-box") for _ in range(MOST_MOMENTS)]
        self._pairs = [self._pair(at, told) for at, told in enumerate(self._moments)]
        moments = widgets.Box(self._pairs)
        moments.add_class("arlab-moments")
        self._days = look.html("", "arlab-after-box")
        self.slow = ByAndBy[Talk, Aftermath](words, self._worked_out, self._show_days, steps=1)
        self._questions = look.html("", "arlab-questions")
        vow = widgets.Textarea(
            placeholder=say("talk.vow.hint"), rows=2, layout=widgets.Layout(width="100%", max_width="760px")
        )
        vow.add_class("arlab-vow")
        self._keeping = Keeping(words)
        from_start = button(say("talk.again"), again, "arlab-again-below")
        line = widgets.HBox([from_start, button(say("talk.cases"), cases, "arlab-cases-below")])
        line.add_class("arlab-talk-line")
        self.widget = widgets.VBox(
            [
                self._title("talk.debrief"), self._scored,
                self._title("talk.moments"), moments,
                self._title("talk.after.title"), self.slow.widget, self._days,
                self._title("talk.questions"), self._questions,
                self._title("talk.vow"), vow,
                self._keeping.widget, line,
            ]
        )  # fmt: skip
        self.widget.add_class("arlab-after")

    def show(self, talk: Talk, name: str, sayings: Sayings, told: Debrief) -> None:
        """The debrief of this talk."""
        self._told = told
        self._scored.value = told.scored()
        found = told.moments[:MOST_MOMENTS]
        for at, pair in enumerate(self._pairs):
            pair.layout.display = "" if at < len(found) else "none"
            if at < len(found):
                self._moments[at].value = told.moment(found[at])
        self._questions.value = told.questions()
        self._keeping.show(talk, name, sayings)
        self._days.value = ""
        self.slow.ask(talk)

    def _title(self, key: str) -> widgets.HTML:
        return look.html(f"<h3>{look.safe(self.words.say(key))}</h3>", "arlab-part")

    def _pair(self, at: int, told: widgets.HTML) -> widgets.VBox:
        """A moment, and the way back to it."""
        again = button(self.words.say("talk.from_here"), lambda: self._again_from(at), "arlab-from-here")
        return widgets.VBox([told, again], layout=widgets.Layout(align_items="flex-start"))

    def _again_from(self, at: int) -> None:
        if self._told is not None and at < len(self._told.moments):
            self._play_from(self._told.moments[at])

    def _worked_out(self, talk: Talk, step: int) -> Aftermath:
        del step
        return aftermath(talk, Facts(talk.scenario))

    def _show_days(self, found: Aftermath, step: int) -> None:
        del step
        if self._told is not None:
            self._days.value = self._told.after(found)
