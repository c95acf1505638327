"""One task on the page: its text, a place to answer, a check, hints one after the other, and an explanation."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets as widgets

from sim.panels.labs.declared import Task
from sim.panels.labs.told import prose
from sim.panels.parts import look
from sim.words import Words


@dataclass
class Progress:
    """How far is this task?"""

    tries: int = 0
    hints: int = 0
    is_solved: bool = False
    is_shown: bool = False  # the answer was asked for

    @property
    def key(self) -> str:
        """The words for it."""
        if self.is_solved:
            return "lab.task.state.hinted" if self.hints else "lab.task.state.solved"
        return "lab.task.state.shown" if self.is_shown else "lab.task.state.open"


class TaskBox:
    """What all kinds of tasks share. A kind says how it is answered, checked, and what its answer is."""

    def __init__(self, task: Task, number: int, words: Words):
        self.task, self.number, self.words = task, number, words
        self.progress = Progress()
        self.changed: list[Callable[[], None]] = []
        self._head = look.html("", "arlab-task-head")
        self.feedback = look.html("", "arlab-feedback")
        self._hints = look.html("", "arlab-hints")
        self.check_button = self._button("check", "primary")
        self.hint_button = self._button("hint", "")
        self.answer_button = self._button("answer", "")
        self.check_button.on_click(lambda _: self.check())
        self.hint_button.on_click(lambda _: self.hint())
        self.answer_button.on_click(lambda _: self.show_answer())
        self.answer_button.layout.display = "none"
        self._refresh()

    @abstractmethod
    def entry(self) -> widgets.Widget:
        """Where the answer is given."""

    @abstractmethod
    def check(self) -> None:
        """Say whether the answer is right."""

    @abstractmethod
    def solution(self) -> str:
        """The right answer as HTML."""

    def show_answer(self) -> None:
        """Give the answer away."""
        self.progress.is_shown = self.progress.is_shown or not self.progress.is_solved
        self.tell("shown", self._with_explanation(self.solution()))
        self._refresh()

    def hint(self) -> None:
        """The next hint."""
        if self.progress.hints < len(self.task.hints):
            self.progress.hints += 1
        self._refresh()

    def laid_out(self) -> widgets.Widget:
        """The whole task."""
        text = look.html(prose(self.task.text, self.words.lang), "arlab-asked")
        buttons = widgets.HBox(
            [self.check_button, self.hint_button, self.answer_button],
            layout=widgets.Layout(flex_flow="row wrap"),
        )
        parts = [look.style_sheet(), self._head, text, self.entry(), buttons, self._hints, self.feedback]
        box = widgets.VBox(parts, layout=widgets.Layout(overflow="visible"))
        for name in ("arlab-panel", "arlab-card", "arlab-task", "arlab-group", f"arlab-task-{self.task.id}"):
            box.add_class(name)
        return box

    def judged(self, is_right: bool, said: str) -> None:
        """Tell what the check found; `said` is HTML."""
        self.progress.tries += 1
        if is_right:
            self.progress.is_solved = True
            self.tell("right", self._with_explanation(said))
        else:
            self.tell("wrong", said)
        self._refresh()

    def tell(self, kind: str, said: str) -> None:
        """A word on the answer: right, wrong, shown or note; as a sign and a word, never as colour alone."""
        head = self.words.say(f"lab.task.{kind}") if kind != "note" else ""
        self.feedback.value = (
            f'<div class="arlab-said-{kind}" role="status">'
            f"{f'<strong>{look.safe(head)}</strong> ' if head else ''}{said}</div>"
        )

    def _with_explanation(self, said: str) -> str:
        why = prose(self.task.explanation, self.words.lang)
        return f'{said}<p class="arlab-why">{why}</p>'

    def _refresh(self) -> None:
        state = "solved" if self.progress.is_solved else "shown" if self.progress.is_shown else "open"
        said = look.safe(self.words.say(self.progress.key))
        title = look.safe(self.words.say("lab.task.title", number=self.number))
        self._head.value = (
            f'<span class="arlab-title">{title}</span><span class="arlab-state-{state}">{said}</span>'
        )
        given, total = self.progress.hints, len(self.task.hints)
        hints = "".join(f"<li>{prose(text, self.words.lang)}</li>" for text in self.task.hints[:given])
        self._hints.value = f'<ol class="arlab-hint" role="status">{hints}</ol>' if hints else ""
        self.hint_button.layout.display = "" if given < total else "none"
        self.hint_button.description = self.words.say("lab.task.hint", next=given + 1, total=total)
        ready = self.progress.tries > 0 and not (self.progress.is_solved or self.progress.is_shown)
        self.answer_button.layout.display = "" if ready else "none"
        for act in self.changed:
            act()

    def _button(self, name: str, style: str) -> widgets.Button:
        found = widgets.Button(button_style=style, layout=widgets.Layout(width="auto"))
        if name != "hint":  # which says how many there are, see _refresh
            found.description = self.words.say(f"lab.task.{name}")
        return found
