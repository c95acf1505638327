"""A quiz on screen: choose what to be asked, answer, hear why, see what came of it."""

from __future__ import annotations

import secrets
from importlib.resources import files

import ipywidgets as widgets

from sim.panels.live.by_and_by import button
from sim.panels.parts import look
from sim.panels.quiz.choosing import Choosing
from sim.panels.quiz.entries import Entry, ManyEntry, NumberEntry, OneEntry, OrderEntry
from sim.panels.quiz.rounds import AnyQuestion, Round, draw
from sim.panels.quiz.told import Told
from sim.training.reading import quizzes
from sim.words import Language, Words

SEEDS = 1_000_000


def quiz(lang: Language = "en", seed: int | None = None) -> widgets.Widget:
    """The quiz on all topics. A seed makes its rounds repeatable."""
    return QuizBox(lang, seed)


class QuizBox(widgets.VBox):
    """Choosing, asking, result: one of the three is shown. Fields and buttons stay for the keyboard's sake."""

    def __init__(self, lang: Language, seed: int | None = None):
        self.words = Words(lang)
        self._told = Told(self.words)
        self._seed = secrets.randbelow(SEEDS) if seed is None else seed
        self._seen: set[str] = set()
        self.played: Round | None = None
        self._is_checked = False
        self._choosing = Choosing(self.words, quizzes(), self.start)
        self._make_asking()
        self._make_result()
        style = files("sim.panels.quiz").joinpath("quiz.css").read_text(encoding="utf-8")
        sheet = widgets.HTML(f"<style>{style}</style>", layout=widgets.Layout(height="0", margin="0"))
        super().__init__(
            [look.style_sheet(), sheet, self._choosing.widget, self._asking, self._result],
            layout=widgets.Layout(overflow="visible"),
        )
        self.add_class("arlab-panel")
        self.add_class("arlab-quiz")
        self._show("choosing")

    # parts ------------------------------------------------------------------------------------------------------

    def _make_asking(self) -> None:
        say = self.words.say
        self._head = look.html("", "arlab-quiz-head")
        self._text = look.html("", "arlab-quiz-text")
        self._text.add_class("arlab-rest")
        self._entries: dict[str, Entry] = {
            "one": OneEntry(self.words),
            "many": ManyEntry(self.words),
            "number": NumberEntry(self.words, self._enter),
            "order": OrderEntry(self.words),
        }
        room = widgets.VBox([entry.widget for entry in self._entries.values()])
        room.add_class("arlab-answer-room")
        self._go = button("", self.go, "arlab-go", primary=True)
        self._leave = button(say("quiz.leave"), self.choose_again, "arlab-leave")
        self._feedback = look.html("", "arlab-feedback")
        line = widgets.HBox([self._go, self._leave], layout=widgets.Layout(grid_gap="10px"))
        self._asking = widgets.VBox(
            [self._head, self._text, room, line, self._feedback], layout=widgets.Layout(overflow="visible")
        )

    def _make_result(self) -> None:
        say = self.words.say
        self._outcome = look.html("", "arlab-quiz-result")
        self._outcome.add_class("arlab-rest")
        self._only_wrong = button(say("quiz.only_wrong"), self.only_wrong, "arlab-only-wrong", primary=True)
        self._others = button(say("quiz.others"), self.start, "arlab-others")
        self._again = button(say("quiz.choose_again"), self.choose_again, "arlab-choose-again")
        line = widgets.HBox(
            [self._only_wrong, self._others, self._again],
            layout=widgets.Layout(grid_gap="10px", flex_flow="row wrap"),
        )
        self._result = widgets.VBox([self._outcome, line], layout=widgets.Layout(overflow="visible"))

    # what a person does -----------------------------------------------------------------------------------------

    def start(self) -> None:
        """A round with other questions than before, as long as there are any."""
        found = self._choosing.fitting()
        if found:
            self._begin(draw(found, self._choosing.number, self._next_seed(), self._seen))

    def only_wrong(self) -> None:
        """A round of what was wrong."""
        if self.played is not None and self.played.wrong:
            self._begin(self.played.again(self._next_seed()))

    def choose_again(self) -> None:
        """Back to the topics."""
        self._show("choosing")
        self._choosing.focus()

    def go(self) -> None:
        """Check, or go on: the same button does both."""
        assert self.played is not None
        if not self._is_checked:
            self._check()
        elif self.played.is_over:
            self._finish()
        else:
            self._ask()

    def _enter(self) -> None:
        """Enter in the number's field checks, and takes the keyboard on to the button."""
        if not self._is_checked:
            self._check()
            if self._is_checked:
                self._go.focus()

    def _next_seed(self) -> int:
        self._seed += 1
        return self._seed

    # what is shown ----------------------------------------------------------------------------------------------

    def _begin(self, played: Round) -> None:
        self.played = played
        self._seen.update(posed.question.id for posed in played.posed)
        self._show("asking")
        self._ask()

    @property
    def _entry(self) -> Entry:
        return self._entries[self._question.kind]

    @property
    def _question(self) -> AnyQuestion:
        assert self.played is not None
        at = len(self.played.given) - self._is_checked
        return self.played.posed[at].question

    def _ask(self) -> None:
        """The next question; the keyboard goes to its text."""
        assert self.played is not None
        self._is_checked = False
        posed = self.played.posed[len(self.played.given)]
        self._head.value = self._told.head(self.played, quizzes()[posed.topic].title.said(self.words.lang))
        self._text.value = self._told.question(posed.question)
        self._feedback.value = ""
        for kind, entry in self._entries.items():
            entry.show(kind == posed.question.kind)
        self._entry.ask(posed.question, self.played.seed)
        self._go.description = self.words.say("quiz.check")
        self._text.focus()

    def _check(self) -> None:
        """Say whether the answer is right, and why."""
        assert self.played is not None
        question, given = self._question, self._entry.given()
        if given is None:
            missing = "no_number" if question.kind == "number" else "choose_first"
            self._feedback.value = self._told.note(f"lab.task.{missing}")
            return
        self._entry.close()
        self.played = self.played.answer(given)
        self._is_checked = True
        self._feedback.value = self._told.verdict(question, given)
        self._go.description = self.words.say("quiz.finish" if self.played.is_over else "quiz.next")

    def _finish(self) -> None:
        assert self.played is not None
        self._outcome.value = self._told.result(self.played, quizzes())
        self._only_wrong.layout.display = "" if self.played.wrong else "none"
        self._show("result")
        self._outcome.focus()

    def _show(self, part: str) -> None:
        parts = {"choosing": self._choosing.widget, "asking": self._asking, "result": self._result}
        for name, box in parts.items():
            box.layout.display = "" if name == part else "none"
