"""The kinds of tasks: choose, work out a number, reach a goal on the panel, bring into order."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

import ipywidgets as widgets

from sim.panels.labs.answers import Found, worked_out
from sim.panels.labs.declared import ChoiceTask, Declared, GoalTask, NumberTask, OrderTask
from sim.panels.labs.goals import Reached, conditions_table, one_way, reached
from sim.panels.labs.predictions import is_near, span
from sim.panels.labs.tasks import TaskBox
from sim.panels.labs.told import amount, by_hand, factor, plain, prose, read_number, unit_label
from sim.panels.labs.work import beside
from sim.panels.live.compute import Answer
from sim.panels.parts import look
from sim.words import Words

FULL_STOPS = "." + chr(0x3002)  # of both languages


class ChoiceBox(TaskBox):
    """One of several, or several of several."""

    task: ChoiceTask

    def entry(self) -> widgets.Widget:
        """Radio buttons; tick boxes where several may be right."""
        texts = [plain(option.text, self.words.lang) for option in self.task.options]
        if not self.task.many:
            options = [(text, number) for number, text in enumerate(texts)]
            self._radio = widgets.RadioButtons(
                options=options, value=None, layout=widgets.Layout(width="100%")
            )
            return self._radio
        wide = widgets.Layout(width="100%")
        self._ticks = [widgets.Checkbox(False, description=text, indent=False, layout=wide) for text in texts]
        return widgets.VBox(self._ticks)

    def chosen(self) -> list[int]:
        """The numbers of the options chosen."""
        if not self.task.many:
            return [] if self._radio.value is None else [self._radio.value]
        return [number for number, tick in enumerate(self._ticks) if tick.value]

    def check(self) -> None:
        """Give the chosen options' own replies."""
        chosen = self.chosen()
        if not chosen:
            self.tell("note", look.safe(self.words.say("lab.task.choose_first")))
            return
        right = {number for number, option in enumerate(self.task.options) if option.right}
        replies = [self._reply(number) for number in chosen if set(chosen) == right or number not in right]
        missing = len(right - set(chosen))
        if missing and self.task.many:
            replies.append(look.safe(self.words.say("lab.task.more_right", number=missing)))
        self.judged(set(chosen) == right, "<br>".join(replies))

    def solution(self) -> str:
        """The right options."""
        right = [prose(option.text, self.words.lang) for option in self.task.options if option.right]
        return "<br>".join(right)

    def _reply(self, number: int) -> str:
        option = self.task.options[number]
        said = prose(option.reply, self.words.lang)
        if not self.task.many:
            return said
        asked = look.safe(plain(option.text, self.words.lang).rstrip(FULL_STOPS))
        return self.words.say("lab.task.of_option", option=f"<em>{asked}</em>", reply=said)


class NumberBox(TaskBox):
    """A number to work out; what the simulator has to say is asked beside the page."""

    task: NumberTask

    def __init__(self, task: NumberTask, number: int, words: Words, lab: Declared):
        self._lab = lab
        self._found: Found | None = None
        self._newest = 0  # what was entered since is not answered by what comes late
        super().__init__(task, number, words)

    def entry(self) -> widgets.Widget:
        """A field and its unit."""
        self._field = widgets.Text(
            layout=widgets.Layout(width="160px"), tooltip=self.words.say("lab.task.number_field"),
        )  # fmt: skip
        self._field.on_msg(
            lambda _, said, __: self.check() if said.get("event") == "submit" else None
        )  # Enter
        unit = look.html(look.safe(unit_label(self.words, self.task.unit)), "arlab-unit")
        return widgets.HBox([self._field, unit], layout=widgets.Layout(align_items="center"))

    def check(self) -> None:
        """Read the number, then compare it with the answer."""
        said = read_number(self._field.value, self.task.unit, self.words.lang)
        if said is None:
            self.tell("note", look.safe(self.words.say("lab.task.no_number")))
            return
        self._newest += 1
        self._with_answer(partial(self._compare, said, self._newest))

    def show_answer(self) -> None:
        """Give the answer away, once it is worked out."""
        self._newest += 1
        self._with_answer(lambda _: super(NumberBox, self).show_answer())

    def solution(self) -> str:
        """The number, and between what it lies."""
        assert self._found is not None
        said = amount(self.words, self._found.value, self.task.unit)
        if self._found.low < self._found.high:
            between = span(self.words, self._found, self.task.unit)
            said = self.words.say("lab.predict.between", value=said, range=between)
        if self.task.answer.formula:
            said = by_hand(self.words, self.task.answer, self._found.value, self.task.unit)
        return look.safe(said)

    def _with_answer(self, act: Callable[[Found], None]) -> None:
        if self._found is not None:
            act(self._found)
            return
        if self.task.answer.metric:
            self._tell_working()

        def keep(found: Found) -> None:
            self._found = found
            act(found)

        beside(lambda: worked_out(self._lab, self.task.answer), keep, self._failed)

    def _compare(self, said: float, entry: int, found: Found) -> None:
        if entry != self._newest:
            return
        if is_near(said, found, self.task.tolerance, self.task.within):
            self.judged(True, self.solution())
            return
        if any(mistake.metric for mistake in self.task.mistakes):
            self._tell_working()
        if self.task.mistakes:
            beside(
                lambda: [worked_out(self._lab, mistake) for mistake in self.task.mistakes],
                partial(self._tell_wrong, said, entry, found),
                self._failed,
            )
        else:
            self._tell_wrong(said, entry, found, [])

    def _tell_working(self) -> None:
        self.tell("note", look.safe(self.words.say("lab.task.working")))

    def _tell_wrong(self, said: float, entry: int, found: Found, mistakes: list[Found]) -> None:
        if entry != self._newest:
            return
        near = (
            prose(mistake.reply, self.words.lang)
            for mistake, value in zip(self.task.mistakes, mistakes, strict=True)
            if is_near(said, value, self.task.tolerance, self.task.within)
        )
        self.judged(False, next(near, look.safe(self._which_way(said, found))))

    def _which_way(self, said: float, found: Found) -> str:
        size = factor(self.task.unit, self.words.lang)
        if size != 1 and is_near(said / size, found, self.task.tolerance, self.task.within):
            unit = unit_label(self.words, self.task.unit)
            return self.words.say("lab.task.other_unit", unit=unit)
        return self.words.say("lab.task.too_low" if said < found.value else "lab.task.too_high")

    def _failed(self, error: Exception) -> None:
        self.tell("note", look.safe(self.words.say("panel.error.unexpected", reason=repr(error))))


class GoalBox(TaskBox):
    """To be reached with the panel's own sliders."""

    task: GoalTask

    def __init__(self, task: GoalTask, number: int, words: Words, answered: Callable[[], Answer | None]):
        self._answered = answered
        super().__init__(task, number, words)

    def entry(self) -> widgets.Widget:
        """Nothing to fill in here: the panel above is the answer."""
        return look.html(look.safe(self.words.say("lab.goal.where")), "arlab-note")

    def check(self) -> None:
        """Look at the panel's newest answer, condition by condition."""
        found = self._answered()
        if found is None or found.is_rough:
            self.tell("note", look.safe(self.words.say("lab.goal.wait")))
            return
        told = [reached(self.words, condition, found) for condition in self.task.conditions]
        almost = any(one.state == Reached.NEARLY for one in told)
        is_right = all(one.state == Reached.SURELY for one in told)
        said = conditions_table(self.words, told)
        self.judged(is_right, said if is_right or not almost else said + self._almost())

    def solution(self) -> str:
        """There are many ways; one of them."""
        return look.safe(self.words.say("lab.goal.many_ways", way=one_way(self.task, self.words)))

    def _almost(self) -> str:
        return f"<p>{look.safe(self.words.say('lab.goal.almost'))}</p>"


class OrderBox(TaskBox):
    """Items to be brought into order, each moved up and down with buttons."""

    task: OrderTask

    def __init__(self, task: OrderTask, number: int, words: Words, seed: str):
        self.order = shuffled(len(task.items), f"{seed}/{task.id}")
        super().__init__(task, number, words)

    def entry(self) -> widgets.Widget:
        """Rows with their place, the item, and buttons for up and down."""
        self._rows = [self._row(place) for place in range(len(self.order))]
        self._draw()
        box = widgets.VBox([row[0] for row in self._rows])
        box.add_class("arlab-order")
        return box

    def move(self, place: int, step: int) -> None:
        """Let the item at this place change places with its neighbour."""
        other = place + step
        if 0 <= other < len(self.order):
            self.order[place], self.order[other] = self.order[other], self.order[place]
            self._draw()

    def check(self) -> None:
        """How many stand where they belong?"""
        fit = sum(item == place for place, item in enumerate(self.order))
        said = self.words.say("lab.order.fit", number=fit, total=len(self.order))
        self.judged(fit == len(self.order), look.safe(said))

    def solution(self) -> str:
        """The right order."""
        items = "".join(f"<li>{prose(item, self.words.lang)}</li>" for item in self.task.items)
        return f"<ol>{items}</ol>"

    def _row(self, place: int) -> tuple[widgets.HBox, widgets.HTML, widgets.Button, widgets.Button]:
        text = look.html("", "arlab-item")
        up, down = (widgets.Button(layout=widgets.Layout(width="40px")) for _ in range(2))
        up.on_click(lambda _: self.move(place, -1))
        down.on_click(lambda _: self.move(place, 1))
        up.disabled, down.disabled = place == 0, place == len(self.order) - 1
        for button, sign, name in ((up, "↑", "up"), (down, "↓", "down")):
            button.description = sign
            button.add_class(f"arlab-{name}")
        return widgets.HBox([up, down, text], layout=widgets.Layout(align_items="center")), text, up, down

    def _draw(self) -> None:
        for place, (_, text, up, down) in enumerate(self._rows):
            item = self.task.items[self.order[place]]
            text.value = f'<span class="arlab-number">{place + 1}</span> {prose(item, self.words.lang)}'
            named = plain(item, self.words.lang)
            up.tooltip = self.words.say("lab.order.up", item=named)
            down.tooltip = self.words.say("lab.order.down", item=named)


def shuffled(size: int, seed: str) -> list[int]:
    """The numbers below `size` in an order of their own, the same at every opening, never the right one."""
    order = list(range(size))
    dice = random.Random(seed)
    while order == sorted(order):
        dice.shuffle(order)
    return order
