"""What does a learner expect, before looking?"""

from __future__ import annotations

import ipywidgets as widgets

from sim.panels import look
from sim.words import Language, Words

ASKED = ("dso", "credit_sales", "economic_profit")
ANSWERS = ("fall", "stay", "rise")


def predict(lang: Language = "en") -> widgets.Widget:
    """Three guesses, to be compared with the run below."""
    words = Words(lang)
    note = look.html("", "arlab-note")
    guesses = [guess(words, name) for name in ASKED]
    kept = look.safe(words.say("panel.predict.kept"))
    for buttons in guesses:
        buttons.observe(lambda _: setattr(note, "value", kept), names="value")
    panel = widgets.VBox([look.style_sheet(), *guesses, note], layout=widgets.Layout(overflow="visible"))
    panel.add_class("arlab-panel")
    return panel


def guess(words: Words, name: str) -> widgets.ToggleButtons:
    """Will this figure fall, stay or rise? Nothing is chosen beforehand."""
    return widgets.ToggleButtons(
        description=words.say(f"panel.predict.{name}"),
        options=[(words.say(f"panel.predict.{answer}"), answer) for answer in ANSWERS],
        value=None,
        style={"description_width": "170px", "button_width": "110px"},
        layout=widgets.Layout(overflow="visible"),
    )
