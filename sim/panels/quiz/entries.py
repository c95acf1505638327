"""Where is an answer given? One place for each kind of question, used again for every question of its kind."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

import ipywidgets as widgets

from sim.panels.parts import look
from sim.panels.quiz.numbers import typed_number
from sim.panels.quiz.rounds import AnyQuestion, Given
from sim.training.quiz import Choice, Figure, Order, shuffled
from sim.words import Words

MOST_OPTIONS, MOST_ITEMS = 6, 10
WIDE = {"width": "100%"}


class Entry:
    """What all places have in common."""

    widget: widgets.Widget

    def __init__(self, words: Words):
        self.words, self.lang = words, words.lang

    @abstractmethod
    def ask(self, question: AnyQuestion, seed: int) -> None:
        """Make room for the answer to this question."""

    @abstractmethod
    def given(self) -> Given | None:
        """The answer; None while there is none."""

    @abstractmethod
    def close(self) -> None:
        """The answer was checked: it stays in sight and can no longer be changed."""

    def show(self, is_shown: bool) -> None:
        """Is it the turn of this kind?"""
        self.widget.layout.display = "" if is_shown else "none"


class OneEntry(Entry):
    """Radio buttons: one is right."""

    def __init__(self, words: Words):
        super().__init__(words)
        self._radio = widgets.RadioButtons(options=[], layout=widgets.Layout(**WIDE))
        self.widget = widgets.VBox([self._radio])
        self.widget.add_class("arlab-options")

    def ask(self, question: AnyQuestion, seed: int) -> None:
        """Show the options in an order of their own."""
        assert isinstance(question, Choice)
        self.question, self.order = question, shuffled(question, seed)
        unmark(self.widget)
        with self._radio.hold_sync():
            self._radio.disabled = False
            self._radio.options = [(question.options[at].text.said(self.lang), at) for at in self.order]
            self._radio.value = None

    def given(self) -> Given | None:
        """The option chosen."""
        return None if self._radio.value is None else (int(self._radio.value),)

    def close(self) -> None:
        """Mark the right option, and the chosen one when it is not."""
        self._radio.disabled = True
        mark(self.widget, self.question, self.order, self.given())


class ManyEntry(Entry):
    """Tick boxes: several may be right."""

    def __init__(self, words: Words):
        super().__init__(words)
        self._ticks = [
            widgets.Checkbox(False, indent=False, layout=widgets.Layout(**WIDE)) for _ in range(MOST_OPTIONS)
        ]
        self.widget = widgets.VBox(self._ticks)
        self.widget.add_class("arlab-options")

    def ask(self, question: AnyQuestion, seed: int) -> None:
        """Show the options in an order of their own."""
        assert isinstance(question, Choice)
        self.question, self.order = question, shuffled(question, seed)
        unmark(self.widget)
        for place, tick in enumerate(self._ticks):
            is_used = place < len(self.order)
            tick.layout.display = "" if is_used else "none"
            tick.value, tick.disabled = False, False
            tick.description = question.options[self.order[place]].text.said(self.lang) if is_used else ""

    def given(self) -> Given | None:
        """The options ticked."""
        chosen = [at for tick, at in zip(self._ticks, self.order, strict=False) if tick.value]
        return tuple(sorted(chosen)) or None

    def close(self) -> None:
        """Mark what is right, and what was ticked and is not."""
        for tick in self._ticks:
            tick.disabled = True
        mark(self.widget, self.question, self.order, self.given())


class NumberEntry(Entry):
    """A field and its unit."""

    def __init__(self, words: Words, check: Callable[[], None]):
        super().__init__(words)
        self._field = widgets.Text(
            layout=widgets.Layout(width="160px"), tooltip=words.say("quiz.number_field")
        )
        self._field.add_class("arlab-figure")
        self._field.on_msg(lambda _, said, __: check() if said.get("event") == "submit" else None)  # Enter
        self._unit = look.html("", "arlab-unit")
        self.widget = widgets.HBox(
            [self._field, self._unit], layout=widgets.Layout(align_items="center", grid_gap="6px")
        )

    def ask(self, question: AnyQuestion, seed: int) -> None:
        """Empty the field."""
        del seed
        assert isinstance(question, Figure)
        self.question = question
        self._field.disabled, self._field.value = False, ""
        self._unit.value = look.safe(question.unit.said(self.lang))

    def given(self) -> Given | None:
        """The number typed, in the unit asked for."""
        return typed_number(self.question, self._field.value, self.lang)

    def close(self) -> None:
        """Leave what was typed."""
        self._field.disabled = True


class OrderEntry(Entry):
    """Rows, each moved up and down with buttons."""

    def __init__(self, words: Words):
        super().__init__(words)
        self._rows = [self._row(place) for place in range(MOST_ITEMS)]
        self.widget = widgets.VBox([row for row, *_ in self._rows])
        self.widget.add_class("arlab-order")

    def ask(self, question: AnyQuestion, seed: int) -> None:
        """Show the items in an order that is not the right one."""
        assert isinstance(question, Order)
        self.question, self.order = question, list(shuffled(question, seed))
        for place, (row, _, up, down) in enumerate(self._rows):
            row.layout.display = "" if place < len(self.order) else "none"
            up.disabled, down.disabled = place == 0, place >= len(self.order) - 1
        self._draw()

    def move(self, place: int, step: int) -> None:
        """Let the item at this place change places with its neighbour."""
        other = place + step
        if 0 <= other < len(self.order):
            self.order[place], self.order[other] = self.order[other], self.order[place]
            self._draw()

    def given(self) -> Given | None:
        """The items as they stand."""
        return tuple(self.order)

    def close(self) -> None:
        """Leave them as they stand."""
        for _, _, up, down in self._rows:
            up.disabled = down.disabled = True

    def _row(self, place: int) -> tuple[widgets.HBox, widgets.HTML, widgets.Button, widgets.Button]:
        text = look.html("", "arlab-item")
        up, down = (widgets.Button(description=sign, layout=widgets.Layout(width="40px")) for sign in "↑↓")
        up.add_class("arlab-up")
        down.add_class("arlab-down")
        up.on_click(lambda _: self.move(place, -1))
        down.on_click(lambda _: self.move(place, 1))
        return widgets.HBox([up, down, text], layout=widgets.Layout(align_items="center")), text, up, down

    def _draw(self) -> None:
        for place, at in enumerate(self.order):
            _, text, up, down = self._rows[place]
            item = self.question.items[at].said(self.lang)
            text.value = f'<span class="arlab-number">{place + 1}</span> {look.safe(item)}'
            up.tooltip = self.words.say("lab.order.up", item=item)
            down.tooltip = self.words.say("lab.order.down", item=item)


def mark(box: widgets.Widget, question: Choice, order: tuple[int, ...], given: Given | None) -> None:
    """Let the style sheet set a sign before each right option and each one chosen wrongly."""
    chosen = given if isinstance(given, tuple) else ()
    for place, at in enumerate(order, start=1):
        if question.options[at].right:
            box.add_class(f"arlab-right-{place}")
        elif at in chosen:
            box.add_class(f"arlab-wrong-{place}")


def unmark(box: widgets.Widget) -> None:
    """Take all signs away."""
    for place in range(1, MOST_OPTIONS + 1):
        box.remove_class(f"arlab-right-{place}")
        box.remove_class(f"arlab-wrong-{place}")
