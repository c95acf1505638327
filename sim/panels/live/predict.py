"""What does a learner expect, before looking, and was it right?"""

from __future__ import annotations

from typing import Literal

import ipywidgets as widgets
import numpy as np

from sim.panels.live.compute import Answer, Difference
from sim.panels.parts import look
from sim.words import Language, Words

Way = Literal["fall", "stay", "rise"]
ASKED = ("dso", "credit_sales", "economic_profit")
WAYS: tuple[Way, ...] = ("fall", "stay", "rise")
HARDLY = 0.01  # less than one percent of the baseline is hardly a change


class Prediction(widgets.VBox):
    """Three guesses, kept on the page and compared with every run of the panel below."""

    def __init__(self, lang: Language):
        self._words = Words(lang)
        self._note = look.html("", "arlab-note")
        self._buttons = {name: make_buttons(self._words, name) for name in ASKED}
        for buttons in self._buttons.values():
            buttons.observe(lambda _: self._confirm(), names="value")
        parts = [look.style_sheet(), *self._buttons.values(), self._note]
        super().__init__(parts, layout=widgets.Layout(overflow="visible"))
        self.add_class("arlab-panel")

    @property
    def guesses(self) -> dict[str, Way]:
        """What was guessed so far."""
        return {name: buttons.value for name, buttons in self._buttons.items() if buttons.value}

    def _confirm(self) -> None:
        self._note.value = look.safe(self._words.say("panel.predict.kept"))


def predict(lang: Language = "en") -> Prediction:
    """Three guesses, to be compared with the run below."""
    return Prediction(lang)


def make_buttons(words: Words, name: str) -> widgets.ToggleButtons:
    """Will this figure fall, stay or rise? Nothing is chosen beforehand."""
    return widgets.ToggleButtons(
        description=words.say(f"panel.predict.{name}"),
        tooltip=words.say(f"metric.{name}.help"),
        options=[(words.say(f"panel.predict.{way}"), way) for way in WAYS],
        value=None,
        style={"description_width": "170px", "button_width": "110px"},
        layout=widgets.Layout(width="560px", overflow="visible"),
    )


def went(gap: Difference) -> Way:
    """Which way did this figure go?"""
    if not gap.is_clear or abs(gap.difference) < HARDLY * abs(gap.baseline):
        return "stay"
    return "fall" if gap.difference < 0 else "rise"


def verdict_on(words: Words, guesses: dict[str, Way], found: Answer) -> str:
    """Were the guesses right for these two policies? Empty while nothing was guessed or little is known."""
    if not guesses or found.is_rough or found.question.is_idle:
        return ""
    said = []
    for name, guess in guesses.items():
        gap = found.differences[name]
        if not np.isfinite(gap.difference):
            continue
        actual = went(gap)
        key = "right" if actual == guess else "wrong"
        parts = {
            "guess": words.say(f"panel.predict.{guess}"),
            "actual": words.say(f"panel.predict.was.{actual}"),
        }
        said.append(words.say(f"panel.predict.{key}", figure=words.say(f"panel.predict.{name}"), **parts))
    return words.say("panel.predict.check", said=words.say("panel.predict.join").join(said))
