"""What does a learner expect before looking, and how does it compare with what came out?"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from sim.panels.labs.answers import BATCHES, Found, question_of, worked_out
from sim.panels.labs.declared import (
    AnyPrediction,
    ChoicePrediction,
    Declared,
    NumberPrediction,
    WayPrediction,
)
from sim.panels.labs.told import amount, amounts, factor, plain, prose, unit_label
from sim.panels.labs.work import beside
from sim.panels.live.compute import answer
from sim.panels.live.predict import WAYS, went
from sim.panels.parts import look
from sim.words import Words

Guess = Any  # a way, an option's number, or a number in the answer's own unit
STEPS_OF_A_SLIDER = 100


@dataclass(frozen=True)
class Verdict:
    """One prediction beside what came out. `is_right` None: it cannot be told."""

    asked: str
    said: str
    came: str
    is_right: bool | None
    reply: str = ""


class Predictions:
    """The form, what was kept, and how it compares. `decided` is called once: committed or skipped.

    `changed` are called whenever verdicts came.
    """

    def __init__(self, lab: Declared, words: Words, decided: Callable[[], None]):
        self._lab, self._words, self._decided = lab, words, decided
        self.kept: dict[str, Guess] | None = None
        self.verdicts: list[Verdict] = []
        self.changed: list[Callable[[], None]] = []
        self._inputs = {found.id: make_input(found, words) for found in lab.predictions}
        self._touched: set[str] = set()
        self._watch_sliders()
        self._note = look.html("", "arlab-feedback")
        self._commit, self._skip = self._button("commit", "primary"), self._button("skip", "")
        self._commit.on_click(lambda _: self.commit())
        self._skip.on_click(lambda _: self.skip())
        self.widget = self._laid_out()

    @property
    def is_decided(self) -> bool:
        """Was it committed or skipped?"""
        return self._commit.disabled

    def guesses(self) -> dict[str, Guess]:
        """What is guessed so far; what was not touched is no guess."""
        found = {
            item.id: guess_of(item, self._inputs[item.id], self._words) for item in self._lab.predictions
        }
        sliders = {item.id for item in self._lab.predictions if isinstance(item, NumberPrediction)}
        return {
            name: guess
            for name, guess in found.items()
            if guess is not None and (name not in sliders or name in self._touched)
        }

    def commit(self) -> None:
        """Keep what was said, once all is said."""
        kept = self.guesses()
        missing = [str(at) for at, name in enumerate(self._inputs, 1) if name not in kept]
        if missing:
            self._tell(self._words.say("lab.predict.missing", numbers=self._words.listed(missing)))
            return
        self.kept = kept
        self._close("lab.predict.kept")
        beside(self._judged, self._show, lambda error: self._tell(repr(error)))

    def skip(self) -> None:
        """Go on without a prediction."""
        self._close("lab.predict.skipped")

    def comparison(self) -> widgets.Widget:
        """A place that shows the verdicts when they are known."""
        place = look.html(verdicts_table(self._words, self.verdicts), "arlab-verdicts")
        self.changed.append(lambda: place.set_trait("value", verdicts_table(self._words, self.verdicts)))
        return place

    def _judged(self) -> list[Verdict]:
        kept = self.kept or {}
        return [verdict_on(self._lab, item, kept[item.id], self._words) for item in self._lab.predictions]

    def _show(self, verdicts: list[Verdict]) -> None:
        self.verdicts = verdicts
        for act in self.changed:
            act()

    def _close(self, key: str) -> None:
        for control in (*self._inputs.values(), self._commit, self._skip):
            control.disabled = True
        self._tell(self._words.say(key))
        self._decided()

    def _tell(self, said: str) -> None:
        self._note.value = look.safe(said)

    def _watch_sliders(self) -> None:
        for item in self._lab.predictions:
            if isinstance(item, NumberPrediction):
                touch = lambda _, name=item.id: self._touched.add(name)  # noqa: E731
                self._inputs[item.id].observe(touch, names="value")

    def _button(self, name: str, style: str) -> widgets.Button:
        return widgets.Button(
            description=self._words.say(f"lab.predict.{name}"),
            button_style=style,
            layout=widgets.Layout(width="auto"),
        )

    def _laid_out(self) -> widgets.Widget:
        rows: list[widgets.Widget] = [look.style_sheet()]
        for number, item in enumerate(self._lab.predictions, 1):
            head = f'<span class="arlab-number">{number}</span> {prose(item.text, self._words.lang)}'
            group = widgets.VBox([look.html(head, "arlab-asked"), self._with_unit(item)])
            group.add_class("arlab-group")
            rows.append(group)
        buttons = widgets.HBox(
            [self._commit, self._skip, self._note], layout=widgets.Layout(flex_flow="row wrap")
        )
        form = widgets.VBox([*rows, buttons], layout=widgets.Layout(overflow="visible"))
        form.add_class("arlab-panel")
        form.add_class("arlab-card")
        return form

    def _with_unit(self, item: AnyPrediction) -> widgets.Widget:
        control = self._inputs[item.id]
        if not isinstance(item, NumberPrediction):
            return control
        return widgets.HBox([control, look.html(look.safe(unit_label(self._words, item.unit)), "arlab-unit")])


def make_input(item: AnyPrediction, words: Words) -> widgets.Widget:
    """The control that fits the question; nothing is chosen beforehand."""
    if isinstance(item, WayPrediction):
        found = widgets.ToggleButtons(
            options=[(words.say(f"panel.predict.{way}"), way) for way in WAYS],
            value=None,
            tooltip=words.say(f"metric.{item.metric}.help"),
            style={"button_width": "110px"},
            layout=widgets.Layout(width="auto", overflow="visible"),
        )
    elif isinstance(item, ChoicePrediction):
        options = [(plain(option.text, words.lang), number) for number, option in enumerate(item.options)]
        found = widgets.RadioButtons(options=options, value=None, layout=widgets.Layout(width="100%"))
    else:
        size = factor(item.unit, words.lang)
        low, high = item.low / size, item.high / size
        step = nice_step((high - low) / STEPS_OF_A_SLIDER)
        found = widgets.FloatSlider(
            value=low + round((high - low) / 2 / step) * step, min=low, max=high, step=step,
            description=plain(item.text, words.lang), readout_format=f",.{decimals(step)}f",
            layout=widgets.Layout(width="420px"),
        )  # fmt: skip
    return found


def nice_step(raw: float) -> float:
    """The round step next above."""
    power = 10.0 ** math.floor(math.log10(raw))
    return next(size * power for size in (1.0, 2.0, 5.0, 10.0) if size * power >= raw * (1 - 1e-9))


def decimals(step: float) -> int:
    """How many decimals tell two steps apart?"""
    return max(0, -math.floor(math.log10(step) + 1e-9))


def guess_of(item: AnyPrediction, control: widgets.Widget, words: Words) -> Guess:
    """What was said there; None when nothing was."""
    if isinstance(item, NumberPrediction):
        return control.value * factor(item.unit, words.lang)
    return control.value


def verdict_on(lab: Declared, item: AnyPrediction, guess: Guess, words: Words) -> Verdict:
    """Was this guess right? Slow when the simulator has to be asked."""
    asked = plain(item.text, words.lang)
    if isinstance(item, WayPrediction):
        return way_verdict(lab, item, guess, words, asked)
    if isinstance(item, ChoicePrediction):
        chosen = item.options[guess]
        right = next(option for option in item.options if option.right)
        said, came = (plain(option.text, words.lang) for option in (chosen, right))
        return Verdict(asked, said, came, chosen.right, chosen.reply.said(words.lang))
    found = worked_out(lab, item.answer)
    near = is_near(guess, found, item.tolerance, 0.0)
    way = "near" if near else "low" if guess < found.value else "high"
    came = amount(words, found.value, item.unit)
    if found.low < found.high:
        came = words.say("lab.predict.between", value=came, range=span(words, found, item.unit))
    reply = words.say(f"lab.predict.{way}")
    return Verdict(asked, amount(words, guess, item.unit), came, near, reply)


def way_verdict(lab: Declared, item: WayPrediction, guess: Guess, words: Words, asked: str) -> Verdict:
    """Which way did the figure go in the declared comparison?"""
    found = answer(question_of(lab, item), BATCHES)
    gap = found.differences[item.metric]
    said = words.say(f"panel.predict.{guess}")
    if not math.isfinite(gap.difference):
        return Verdict(asked, said, words.say("panel.finding.unknown"), None)
    actual = went(gap)
    change = words.beside(gap.difference, gap.low, gap.high, gap.unit, currency=found.currency, signed=True)
    between = words.interval(gap.low, gap.high, gap.unit, currency=found.currency, signed=True)
    came = words.say(
        "lab.predict.went", way=words.say(f"panel.predict.was.{actual}"), change=change, between=between
    )
    return Verdict(asked, said, came, actual == guess)


def is_near(said: float, found: Found, tolerance: float, within: float) -> bool:
    """Is this number near enough: within the tolerance, or where the runs themselves cannot tell?"""
    room = max(tolerance * abs(found.value), within)
    return abs(said - found.value) <= room * (1 + 1e-9) or found.low <= said <= found.high


def span(words: Words, found: Found, unit: Any, *, signed: bool = False) -> str:
    """Between what does it lie?"""
    return amounts(words, found.low, found.high, unit, signed=signed)


def verdicts_table(words: Words, verdicts: list[Verdict]) -> str:
    """Predictions beside what came out, as a table; empty when nothing was predicted."""
    if not verdicts:
        return ""
    columns = ("asked", "said", "came")
    heads = "".join(f"<th>{look.safe(words.say(f'lab.compare.{name}'))}</th>" for name in columns)
    rows = "".join(verdict_row(words, verdict) for verdict in verdicts)
    title = look.safe(words.say("lab.compare.title"))
    return (
        f'<div class="arlab-subtitle">{title}</div>'
        f'<table class="arlab-table arlab-compare"><tr><th></th>{heads}</tr>{rows}</table>'
    )


def verdict_row(words: Words, verdict: Verdict) -> str:
    """One prediction: a sign and a word, what was asked, said, and what came out."""
    cells: Mapping[bool | None, tuple[str, str]] = {
        True: ("good", f"✓ {words.say('lab.compare.right')}"),
        False: ("bad", f"✗ {words.say('lab.compare.wrong')}"),
        None: ("unit", words.say("lab.compare.unknown")),
    }
    kind, sign = cells[verdict.is_right]
    reply = f'<div class="arlab-reply">{prose(verdict.reply, words.lang)}</div>' if verdict.reply else ""
    told = [look.safe(text) for text in (verdict.asked, verdict.said)]
    columns = "".join(f"<td>{text}</td>" for text in (*told, look.safe(verdict.came) + reply))
    return f'<tr><td class="arlab-{kind}">{look.safe(sign)}</td>{columns}</tr>'
