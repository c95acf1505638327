"""A talk on screen: choose a case, read your card, talk by choosing moves, and learn what they were worth.

A talk is scenario, seed and moves; taking back and playing again from a moment only cut the list of moves.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import ipywidgets as widgets

from sim.panels.live.by_and_by import button, keep_told
from sim.panels.parts import look
from sim.panels.talks.after import After
from sim.panels.talks.chat import Sayings
from sim.panels.talks.choice import Choice
from sim.panels.talks.debrief import Debrief
from sim.roleplay.facts import Facts
from sim.roleplay.reading import sound_scenarios
from sim.roleplay.talk import Talk, begin
from sim.words import Language, Words

MOST_MOVES = 9


def role_plays(lang: Language = "en", scenario: str = "") -> widgets.Widget:
    """All role-plays to choose from, or only this one. Raises BadInput for an unknown name."""
    return RolePlays(lang, scenario)


class RolePlays(widgets.VBox):
    """First the choice, then the talk in its place, at its end the debrief below it."""

    def __init__(self, lang: Language, only: str = ""):
        self.words = Words(lang)
        self.talk: Talk | None = None
        names, trouble = ((only,), None) if only else sound_scenarios()
        said = look.html(look.safe(self.words.problems(trouble)) if trouble else "", "arlab-error")
        self.choice = Choice(self.words, names, self._start, self._replay)
        self._make_talk()
        self._after = After(self.words, self._play_from, self._start, self._to_cases)
        style = files("sim.panels.talks").joinpath("talks.css").read_text(encoding="utf-8")
        sheet = widgets.HTML(f"<style>{style}</style>", layout=widgets.Layout(height="0", margin="0"))
        super().__init__(
            [look.style_sheet(), sheet, said, self.choice.widget, self._talking, self._after.widget],
            layout=widgets.Layout(overflow="visible"),
        )
        self.add_class("arlab-panel")
        self.add_class("arlab-talks")
        keep_told(self, self._after.slow)
        self._show()

    # the talk's place -------------------------------------------------------------------------------------------

    def _make_talk(self) -> None:
        say = self.words.say
        self._title, self._card = look.html("", "arlab-talk-title"), look.html("", "arlab-talk-card")
        top = widgets.HBox(
            [self._title, self._card, button(say("talk.cases"), self._to_cases, "arlab-cases")]
        )
        top.add_class("arlab-talk-top")
        self._chat = look.html("", "arlab-chat-box")
        self._heard = look.html("", "arlab-feedback", "arlab-heard")  # read aloud, not seen
        self._ask = look.html(f'<p class="arlab-subtitle">{look.safe(say("talk.your_turn"))}</p>')
        self._moves = [self._move_button(at) for at in range(MOST_MOVES)]
        self._turn = widgets.VBox([self._ask, *self._moves])
        self._turn.add_class("arlab-moves")
        self._ended = look.html("", "arlab-rest", "arlab-ending")
        side = widgets.VBox([self._turn, self._ended, self._make_line()])
        side.add_class("arlab-side")
        body = widgets.Box([self._chat, side])
        body.add_class("arlab-talk-body")
        self._talking = widgets.VBox([top, body, self._heard])
        self._talking.add_class("arlab-stage")

    def _make_line(self) -> widgets.HBox:
        """Number, take back, start again: always in the same place."""
        say = self.words.say
        self._number = widgets.Text(
            placeholder=say("talk.number"), continuous_update=True, layout=widgets.Layout(width="150px"),
            tooltip=say("talk.number.help"),
        )  # fmt: skip
        self._number.add_class("arlab-number")
        self._number.observe(self._typed, names="value")
        self._back = button(say("talk.back"), self._take_back, "arlab-back")
        again = button(say("talk.again"), self._start, "arlab-again")
        self._other = button(say("talk.other"), self._next_customer, "arlab-other")
        line = widgets.HBox([self._number, self._back, again, self._other])
        line.add_class("arlab-talk-line")
        return line

    def _move_button(self, at: int) -> widgets.Button:
        made = button("", lambda: self._say(at), "arlab-say", f"arlab-say-{at + 1}")
        made.layout.width = "100%"
        return made

    # what a person does -----------------------------------------------------------------------------------------

    def _start(self) -> None:
        self._set(begin(self.choice.scenario, self.choice.seed))
        self._number.focus()

    def _next_customer(self) -> None:
        self.choice.next_customer()
        self._start()

    def _to_cases(self) -> None:
        """Leave the talk and choose again."""
        self.talk = None
        self._show()
        self.choice.which.focus()

    def _say(self, at: int) -> None:
        if self.talk is None or at >= len(self.talk.offered):
            return
        self._set(self.talk.choose(self.talk.offered[at].id))

    def _typed(self, change: Any) -> None:
        """A digit says the move of this number; anything else is taken out again."""
        typed = str(change["new"]).strip()
        if not typed:
            return
        self._number.value = ""
        if typed[-1:].isdigit() and 1 <= int(typed[-1]) <= MOST_MOVES:
            self._say(int(typed[-1]) - 1)

    def _take_back(self) -> None:
        if self.talk is not None and self.talk.turns:
            self._set(self.talk.until(len(self.talk.turns) - 1))
            if not self.talk.turns:
                self._number.focus()  # the button can be pressed no more

    def _play_from(self, number: int) -> None:
        """Back to just before the move with this number."""
        if self.talk is not None:
            self._set(self.talk.until(number))
            self._number.focus()

    def _replay(self, talk: Talk) -> None:
        """A talk that was kept in a file."""
        self.choice.follow(talk)
        self._set(talk)

    def _set(self, talk: Talk) -> None:
        self.talk = talk
        self._show()

    # what is shown ----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        talk = self.talk
        over = talk is not None and talk.ending is not None
        shown(self.choice.widget, talk is None)
        shown(self._talking, talk is not None)
        shown(self._after.widget, over)
        if talk is None:
            return
        sayings = Sayings(self.words, Facts(talk.scenario))
        told = Debrief(sayings, talk)
        self._title.value = f"<h3>{sayings.titled(talk.scenario)}</h3>"
        self._show_card(sayings, talk)
        self._chat.value = sayings.chat(talk)
        self._heard.value = sayings.newest(talk)
        self._show_moves(sayings, talk)
        for part, is_shown in (
            (self._turn, not over), (self._number, not over), (self._ended, over), (self._other, over),
        ):  # fmt: skip
            shown(part, is_shown)
        self._back.disabled = not talk.turns
        self._ended.value = sayings.ended(talk, told.total()) if over else ""
        if over:
            self._after.show(talk, self.choice.name, sayings, told)
            self._ended.focus()

    def _show_card(self, sayings: Sayings, talk: Talk) -> None:
        """The card, folded away; it stays open or shut while the talk goes on."""
        read = sayings.case(talk.scenario) + sayings.card(talk.scenario.learner)
        summary = f"<summary>{look.safe(self.words.say('talk.your_card'))}</summary>"
        self._card.value = f'<details>{summary}<div class="arlab-unfolded">{read}</div></details>'

    def _show_moves(self, sayings: Sayings, talk: Talk) -> None:
        for at, made in enumerate(self._moves):
            move = talk.offered[at] if at < len(talk.offered) else None
            shown(made, move is not None)
            if move is not None:
                made.description = f"{at + 1}.  {sayings.facts.said(move.says, self.words.lang)}"


def shown(part: widgets.Widget, is_shown: bool) -> None:
    """Is this part on the page?"""
    part.layout.display = "" if is_shown else "none"
