"""On what does a person want to be asked? Topics, level, how many questions."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from sim.panels.live.by_and_by import button
from sim.panels.parts import look
from sim.panels.parts.controls import dropdown
from sim.panels.quiz.rounds import Posed, fitting
from sim.training.quiz import Quiz
from sim.words import Words

USUAL, MOST = 10, 200
LEVELS = (0, 1, 2, 3)


class Choosing:
    """Tick boxes for the topics, a list of levels, a number; and how many questions fit."""

    def __init__(self, words: Words, quizzes: dict[str, Quiz], start: Callable[[], None]):
        self._words, self._quizzes = words, quizzes
        say = words.say
        self.topics = {topic: self._tick(topic) for topic in quizzes}
        grid = widgets.VBox(list(self.topics.values()))
        grid.add_class("arlab-topics")
        self.all_of_them = button(say("quiz.all"), lambda: self._set_all(True), "arlab-all-topics")
        self.none_of_them = button(say("quiz.none"), lambda: self._set_all(False), "arlab-no-topic")
        levels = {str(level): say(f"quiz.level.{level}") for level in LEVELS}
        self.level = dropdown(say("quiz.level.name"), levels, "0", "auto")
        self.level.observe(lambda _: self._count(), names="value")
        self._number = widgets.BoundedIntText(
            USUAL, min=1, max=MOST, description=say("quiz.number"), tooltip=say("quiz.number"),
            style={"description_width": "initial"}, layout=widgets.Layout(width="auto"),
        )  # fmt: skip
        self._number.add_class("arlab-how-many")
        self._number.observe(lambda _: self._count(), names="value")
        self._fit = look.html("", "arlab-fit")
        self._start = button(say("quiz.start"), start, "arlab-start", primary=True)
        wrap = widgets.Layout(grid_gap="10px", flex_flow="row wrap", align_items="center")
        title = look.html(f"<h3>{look.safe(say('quiz.choose'))}</h3>")
        self.widget = widgets.VBox(
            [
                title, grid, widgets.HBox([self.all_of_them, self.none_of_them], layout=wrap),
                widgets.HBox([self.level, self._number], layout=wrap),
                widgets.HBox([self._start, self._fit], layout=wrap),
            ],
            layout=widgets.Layout(grid_gap="10px", overflow="visible"),
        )  # fmt: skip
        self._count()

    @property
    def number(self) -> int:
        """How many questions are wanted."""
        return int(self._number.value)

    def fitting(self) -> list[Posed]:
        """All questions that fit what was chosen."""
        chosen = [topic for topic, tick in self.topics.items() if tick.value]
        return fitting(self._quizzes, chosen, int(self.level.value))

    def focus(self) -> None:
        """Give the keyboard to the start button."""
        self._start.focus()

    def _tick(self, topic: str) -> widgets.Checkbox:
        asked = self._quizzes[topic]
        said = self._words.say(
            "quiz.topic", title=asked.title.said(self._words.lang), number=len(asked.questions)
        )
        made = widgets.Checkbox(True, description=said, indent=False, layout=widgets.Layout(width="auto"))
        made.add_class(f"arlab-topic-{topic}")
        made.observe(lambda _: self._count(), names="value")
        return made

    def _set_all(self, is_on: bool) -> None:
        for tick in self.topics.values():
            tick.value = is_on

    def _count(self) -> None:
        """How many questions are there, and how many will be asked?"""
        there = len(self.fitting())
        key = "quiz.fit.none" if not there else "quiz.fit.some"
        self._fit.value = look.safe(self._words.say(key, there=there, asked=min(there, self.number)))
        self._start.disabled = not there
