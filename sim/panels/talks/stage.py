"""A talk on screen: choose a case, read your card, talk by choosing moves, and learn what they were worth.

A talk is scenario, seed and moves; taking back and playing again from a moment only cut the list of moves.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import ipywidgets as widgets

from sim.base.errors import BadInput
from sim.panels import look
from sim.panels.by_and_by import ByAndBy, button, keep_told
from sim.panels.talks.chat import Sayings, difficulty
from sim.panels.talks.debrief import Debrief
from sim.panels.talks.keeping import Keeping
from sim.roleplay.consequences import Aftermath, aftermath
from sim.roleplay.facts import Facts
from sim.roleplay.reading import load_scenario_named, scenario_files
from sim.roleplay.scenario import Scenario
from sim.roleplay.talk import Talk, begin
from sim.words import Language, Words

MOST_MOVES = 9
MOST_MOMENTS = 5
SEEDS = 999


def role_plays(lang: Language = "en", scenario: str = "") -> widgets.Widget:
    """All role-plays to choose from, or only this one. Raises BadInput for an unknown name."""
    return RolePlays(lang, scenario)


class RolePlays(widgets.VBox):
    """Case, card, talk, debrief: one below the other, as far as one has come."""

    def __init__(self, lang: Language, only: str = ""):
        self.words = Words(lang)
        self._names = [only] if only else list(scenario_files())
        self.talk: Talk | None = None
        self._make_choice()
        self._make_talk()
        self._make_debrief()
        style = files("sim.panels.talks").joinpath("talks.css").read_text(encoding="utf-8")
        sheet = widgets.HTML(f"<style>{style}</style>", layout=widgets.Layout(height="0", margin="0"))
        super().__init__([look.style_sheet(), sheet, self._choice, self._talking, self._debrief])
        self.add_class("arlab-panel")
        self.add_class("arlab-talks")
        keep_told(self, self._after_slow)
        self._open()

    # parts ------------------------------------------------------------------------------------------------------

    def _make_choice(self) -> None:
        say = self.words.say
        options = [(self._titled(name), name) for name in self._names]
        self._which = widgets.Select(
            options=options, rows=min(len(options), 18), layout=widgets.Layout(width="330px"),
            tooltip=say("talk.choose"),
        )  # fmt: skip
        self._which.add_class("arlab-which")
        self._which.observe(lambda _: self._open(), names="value")
        self._case, self._card = look.html("", "arlab-case"), look.html("", "arlab-own-card")
        self._seed = widgets.BoundedIntText(1, min=1, max=SEEDS, layout=widgets.Layout(width="76px"))
        self._seed.observe(lambda _: self._reset(), names="value")
        self._begin = button(say("talk.begin"), self._start, "arlab-begin", primary=True)
        seed = widgets.HBox(
            [look.html(look.safe(say("talk.seed")), hint=say("talk.seed.help")), self._seed, self._begin],
            layout=widgets.Layout(align_items="center", grid_gap="10px", flex_flow="row wrap"),
        )
        right = widgets.VBox(
            [self._case, self._card, seed], layout=widgets.Layout(flex="1 1 420px", min_width="0")
        )
        left = [self._which] if len(self._names) > 1 else []
        self._choice = widgets.HBox(
            [*left, right], layout=widgets.Layout(grid_gap="22px", flex_flow="row wrap")
        )

    def _titled(self, name: str) -> str:
        scenario = load_scenario_named(name)
        dots = difficulty(scenario, self.words).split(" ")[0]
        return f"{scenario.number} · {scenario.title.said(self.words.lang)}  {dots}"

    def _make_talk(self) -> None:
        say = self.words.say
        self._chat = look.html("", "arlab-chat-box")
        self._moves = [self._move_button(at) for at in range(MOST_MOVES)]
        self._number = widgets.Text(
            placeholder=say("talk.number"), continuous_update=True, layout=widgets.Layout(width="150px"),
            tooltip=say("talk.number.help"),
        )  # fmt: skip
        self._number.add_class("arlab-number")
        self._number.observe(self._typed, names="value")
        self._back = button(say("talk.back"), self._take_back, "arlab-back")
        self._again = button(say("talk.again"), self._start, "arlab-again")
        line = widgets.HBox(
            [self._number, self._back, self._again],
            layout=widgets.Layout(grid_gap="10px", flex_flow="row wrap"),
        )
        self._ask = look.html(f'<p class="arlab-subtitle">{look.safe(say("talk.your_turn"))}</p>')
        self._trouble = look.html("", "arlab-error")
        self._turn = widgets.VBox([self._ask, *self._moves], layout=widgets.Layout(overflow="visible"))
        self._talking = widgets.VBox([self._chat, self._turn, line, self._trouble])

    def _move_button(self, at: int) -> widgets.Button:
        made = button("", lambda: self._say(at), "arlab-say", f"arlab-say-{at + 1}")
        made.layout.width = "100%"
        return made

    def _make_debrief(self) -> None:
        say = self.words.say
        self._scored = look.html("", "arlab-scored-box")
        self._moments = [look.html("", "arlab-moment-box") for _ in range(MOST_MOMENTS)]
        self._from_here = [
            button(say("talk.from_here"), lambda at=at: self._play_from(at), "arlab-from-here")  # type: ignore[misc]
            for at in range(MOST_MOMENTS)
        ]
        self._after = look.html("", "arlab-after-box")
        self._after_slow = ByAndBy[Talk, Aftermath](self.words, self._worked_after, self._show_after, steps=1)
        self._questions = look.html("", "arlab-questions")
        self._vow = widgets.Textarea(
            placeholder=say("talk.vow.hint"), rows=2, layout=widgets.Layout(width="100%", max_width="760px")
        )
        self._vow.add_class("arlab-vow")
        self._keeping = Keeping(self.words, self._replay)
        pairs = [
            widgets.VBox([told, again], layout=widgets.Layout(overflow="visible", align_items="flex-start"))
            for told, again in zip(self._moments, self._from_here, strict=True)
        ]
        self._pairs = pairs
        self._debrief = widgets.VBox(
            [
                self._title("talk.debrief"), self._scored,
                self._title("talk.moments"), *pairs,
                self._title("talk.after.title"), self._after_slow.widget, self._after,
                self._title("talk.questions"), self._questions,
                self._title("talk.vow"), self._vow,
                self._keeping.widget,
            ]
        )  # fmt: skip

    def _title(self, key: str) -> widgets.HTML:
        return look.html(f"<h3>{look.safe(self.words.say(key))}</h3>", "arlab-part")

    # what a person does -----------------------------------------------------------------------------------------

    @property
    def scenario(self) -> Scenario:
        """The case that is chosen."""
        return load_scenario_named(str(self._which.value))

    def _sayings(self) -> Sayings:
        return Sayings(self.words, Facts(self.scenario))

    def _open(self) -> None:
        """Another case: its card, and no talk yet."""
        sayings, scenario = self._sayings(), self.scenario
        title = f"<h3>{look.safe(scenario.number)} · {sayings.said(scenario.title)}</h3>"
        self._case.value = title + sayings.case(scenario)
        self._card.value = sayings.card(scenario.learner)
        self._reset()

    def _reset(self) -> None:
        self.talk = None
        self._show()

    def _start(self) -> None:
        self._set(begin(self.scenario, int(self._seed.value)))

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

    def _play_from(self, at: int) -> None:
        """Back to just before the moment with this place in the list."""
        if self.talk is not None:
            found = Debrief(self._sayings(), self.talk).moments
            if at < len(found):
                self._set(self.talk.until(found[at]))

    def _replay(self, talk: Talk) -> None:
        """A talk that was kept in a file."""
        name = next(
            (each for each in self._names if load_scenario_named(each).number == talk.scenario.number), None
        )
        if name is not None:
            self._which.value = name
            self._seed.value = min(max(talk.seed, 1), SEEDS)
        self._set(talk)

    def _set(self, talk: Talk) -> None:
        self.talk = talk
        self._show()

    # what is shown ----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        talk = self.talk
        self._talking.layout.display = "none" if talk is None else ""
        over = talk is not None and talk.ending is not None
        self._debrief.layout.display = "" if over else "none"
        self._begin.layout.display = "" if talk is None else "none"
        if talk is None:
            return
        sayings = self._sayings()
        self._chat.value = sayings.chat(talk)
        self._turn.layout.display = "none" if over else ""
        self._number.layout.display = "none" if over else ""
        self._back.disabled = not talk.turns
        for at, made in enumerate(self._moves):
            move = talk.offered[at] if at < len(talk.offered) else None
            made.layout.display = "" if move else "none"
            if move is not None:
                made.description = f"{at + 1}.  {sayings.facts.said(move.says, self.words.lang)}"
        if over:
            self._show_debrief(sayings, talk)

    def _show_debrief(self, sayings: Sayings, talk: Talk) -> None:
        told = Debrief(sayings, talk)
        self._scored.value = told.scored()
        found = told.moments[:MOST_MOMENTS]
        for at, pair in enumerate(self._pairs):
            pair.layout.display = "" if at < len(found) else "none"
            if at < len(found):
                self._moments[at].value = told.moment(found[at])
        self._questions.value = told.questions()
        self._keeping.show(talk, str(self._which.value), sayings)
        self._after.value = ""
        self._after_slow.ask(talk)

    def _worked_after(self, talk: Talk, step: int) -> Aftermath:
        del step
        return aftermath(talk, Facts(talk.scenario))

    def _show_after(self, told: Aftermath, step: int) -> None:
        del step
        if self.talk is not None and self.talk.ending is not None:
            self._after.value = Debrief(self._sayings(), self.talk).after(told)

    def tell(self, trouble: BadInput) -> None:
        """Say what is wrong, and leave everything as it was."""
        self._trouble.value = look.safe(self.words.problems(trouble))
