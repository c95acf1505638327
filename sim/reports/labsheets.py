"""What does a lab look like on paper? A learner's sheet without answers, a trainer's with them, hands to count.

The figures that the simulator has to work out take a minute or two a lab: `worked` decides whether to wait for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import unescape

from sim.measure import METRICS
from sim.panels.labs.answers import BATCHES
from sim.panels.labs.declared import (
    AnyPrediction,
    AnyTask,
    ChoicePrediction,
    ChoiceTask,
    Declared,
    Figure,
    GoalTask,
    NumberPrediction,
    NumberTask,
    OrderTask,
    Text,
    Unit,
    WayPrediction,
)
from sim.panels.labs.goals import one_way, reached
from sim.panels.labs.kinds import FULL_STOPS, shuffled
from sim.panels.labs.loading import load_lab
from sim.panels.labs.told import amount, plain, unit_label
from sim.panels.labs.trainer import UNITS, expected_label, figure_said, way_said
from sim.panels.labs.trial import example_question
from sim.panels.live.compute import answer
from sim.panels.live.predict import WAYS
from sim.reports.applicants import ApplicantsSheet
from sim.reports.handout import Block, blank, boxes, grid, head, kept, points, ruled, text
from sim.training.reading import lab_title
from sim.words import Words

LINES_OF_A_GOAL, LINES_TO_KEEP = 2, 3
LAB_OF_APPLICANTS = "03_who_gets_credit"
DESKS_OF_A_DAY = (1, 2)
"""The lab gives half the room the one, half the other."""
Worked = Callable[[Callable[[], str]], str]
"""Gives what slow work finds out, or says that it was not asked for."""


class LabSheets:
    """Writes one lab's sheets as blocks, in one language."""

    def __init__(self, name: str, words: Words, worked: Worked | None = None):
        self.name, self.words = name, words
        self.lab: Declared = load_lab(name)
        self._worked: Worked = worked or (lambda _: words.say("papers.later"))

    def own(self, key: str, **values: object) -> str:
        """The kit's own words for these sheets."""
        return self.words.say(f"papers.{key}", **values)

    def said(self, told: Text) -> str:
        """A text without the marks that only a page shows."""
        return plain(told, self.words.lang)

    @property
    def title(self) -> str:
        """Number and title of the lab."""
        return self.own("lab", name=lab_title(self.name, self.words.lang))

    # the learner's ----------------------------------------------------------------------------------------------

    def learner(self) -> Iterator[Block]:
        """Question, goals, predictions to commit to, tasks without answers, room for what is to be kept."""
        yield head(self.title, fresh_page=True)
        yield text(self.own("name_line"), "soft")
        yield text(self.said(self.lab.question), "box")
        yield head(self.words.say("lab.open.goals"), 2)
        yield points([self.said(goal) for goal in self.lab.goals])
        if self.lab.predictions:
            yield head(self.own("predict"), 2)
            yield text(self.own("predict_first"), "soft")
        for number, item in enumerate(self.lab.predictions, 1):
            yield kept([text(f"{number}  {self.said(item.text)}", "strong"), self.guess(item)])
        if self.lab.tasks:
            yield head(self.own("tasks"), 2)
        for number, task in enumerate(self.lab.tasks, 1):
            yield kept([text(f"{number}  {self.said(task.text)}", "strong"), *self.room_for(task)])
        yield kept([head(self.own("keep"), 2), blank(self.own("keep_told"), lines=LINES_TO_KEEP)])

    def guess(self, item: AnyPrediction) -> Block:
        """Where a prediction is marked."""
        if isinstance(item, NumberPrediction):
            return blank(self.between(item), unit_label(self.words, item.unit))
        return boxes(self.answers(item), in_line=isinstance(item, WayPrediction))

    def answers(self, item: WayPrediction | ChoicePrediction) -> list[str]:
        """What can be predicted."""
        if isinstance(item, WayPrediction):
            return [self.words.say(f"panel.predict.{way}") for way in WAYS]
        return [self.said(option.text) for option in item.options]

    def between(self, item: NumberPrediction) -> str:
        """The ends of the slider on the screen."""
        ends = (item.low, item.high)
        if item.unit == "percent":
            low, high = (self.words.percent(end, 0) for end in ends)
        else:
            low, high = (amount(self.words, end, item.unit) for end in ends)
        return self.own("from_to", low=low, high=high)

    def room_for(self, task: AnyTask) -> Iterator[Block]:
        """Where a task is answered."""
        if isinstance(task, ChoiceTask):
            yield boxes([self.said(option.text) for option in task.options])
        elif isinstance(task, NumberTask):
            yield blank("", unit_label(self.words, task.unit))
        elif isinstance(task, GoalTask):
            yield blank(self.own("moved"), lines=LINES_OF_A_GOAL)
        else:
            order = shuffled(len(task.items), f"{self.name}/{task.id}")  # as on the screen
            yield boxes([self.said(task.items[place]) for place in order])
            yield text(self.own("numbers_into_boxes"), "soft")

    # the trainer's ----------------------------------------------------------------------------------------------

    def trainer(self) -> Iterator[Block]:
        """Timing, what to bring out, what comes out of predictions, solutions, figures, common wrong answers."""
        say, trainer = self.words.say, self.lab.trainer
        yield head(self.own("for_trainer", title=self.title), fresh_page=True)
        yield head(say("lab.room.timing", minutes=self.lab.minutes), 2)
        heads = [say("lab.room.minutes"), say("lab.room.what")]
        yield grid(heads, [[str(step.minutes), self.said(step.what)] for step in trainer.timing], (0, 1))
        yield head(say("lab.room.solution"), 2)
        yield text(self.said(trainer.solution), "box")
        if self.lab.predictions:
            yield head(say("lab.room.predictions"), 2)
            yield grid(
                [self.own("asked"), self.own("comes_out")],
                [[self.said(item.text), self.outcome(item)] for item in self.lab.predictions],
                (1.3, 1),
            )
        if self.lab.tasks:
            yield head(say("lab.room.tasks"), 2)
        for number, task in enumerate(self.lab.tasks, 1):
            yield kept(
                [
                    text(f"{number}  {self.solution(task)}", "strong"),
                    text(self.said(task.explanation)),
                    *self.slips(task),
                ]
            )
        yield from self.expected()
        yield head(say("lab.room.wrong"), 2)
        rows = [[self.said(one.said), self.said(one.because), self.said(one.reply)] for one in trainer.wrong]
        yield grid([say(f"lab.room.{name}") for name in ("said", "because", "reply")], rows, (1, 1, 1.6))
        yield head(say("lab.close.points"), 2)
        yield points([self.said(point) for point in self.lab.points])

    def outcome(self, item: AnyPrediction) -> str:
        """What comes out of a prediction."""
        if isinstance(item, ChoicePrediction):
            return "\n".join(f"✓ {self.said(option.text)}" for option in item.options if option.right)
        if isinstance(item, NumberPrediction):
            return self.figure(item.answer, item.unit)
        return self._worked(lambda: way_said(self.lab, item, self.words))

    def solution(self, task: AnyTask) -> str:
        """The right answer."""
        if isinstance(task, ChoiceTask):
            right = (f"✓ {self.said(option.text)}" for option in task.options if option.right)
            return "\n".join(right)
        if isinstance(task, OrderTask):
            return " → ".join(self.said(item).rstrip(FULL_STOPS) for item in task.items)
        if isinstance(task, NumberTask):
            return self.figure(task.answer, task.unit)
        return self.goal(task)

    def goal(self, task: GoalTask) -> str:
        """One way to a goal; with what it brings, if figures are wanted."""

        def brings() -> str:
            found = answer(example_question(self.lab, task), BATCHES)
            told = (reached(self.words, condition, found) for condition in task.conditions)
            return "\n".join(self.own("brings", wanted=one.wanted, has=one.has) for one in told)

        way = self.words.say("lab.room.one_way", way=one_way(task, self.words))
        found = self._worked(brings)
        return way if found == self.own("later") else f"{way}\n{found}"

    def slips(self, task: AnyTask) -> Iterator[Block]:
        """Wrong numbers that people often arrive at, and what to reply."""
        if isinstance(task, NumberTask):
            for slip in task.mistakes:
                if slip.formula:
                    yield text(f"✗ {self.figure(slip, task.unit)}  {self.said(slip.reply)}", "soft")

    def expected(self) -> Iterator[Block]:
        """The figures to have at hand, or where they are to be had."""
        rows = []
        for figure in self.lab.trainer.expected:
            metric = METRICS.get(figure.metric)
            unit = UNITS.get(metric.unit) if metric is not None else "count"
            label = (
                self.said(figure.text)
                if figure.text
                else unescape(expected_label(self.lab, figure, self.words))
            )
            if (found := self.figure(figure, unit)) != self.own("later"):
                rows.append([label, found])
        if rows:
            yield head(self.own("expected"), 2)
            yield grid([self.own("figure"), self.own("comes_out")], rows, (1.6, 1))

    def figure(self, figure: Figure, unit: Unit | None) -> str:
        """A figure: a formula's at once, the simulator's if it is wanted."""
        if not figure.metric:
            return figure_said(self.lab, figure, self.words, unit)
        return self._worked(lambda: figure_said(self.lab, figure, self.words, unit))

    # hands counted ----------------------------------------------------------------------------------------------

    def hands(self) -> Iterator[Block]:
        """A table per prediction in which hands are counted, before and after the room has argued."""
        if not self.lab.predictions:
            return
        yield head(self.own("hands", title=self.title), fresh_page=True)
        yield text(self.own("hands_told"), "soft")
        heads = [self.own(f"hands_{name}") for name in ("answer", "first", "second")]
        for number, item in enumerate(self.lab.predictions, 1):
            if isinstance(item, NumberPrediction):
                told = [self.own(f"said_{name}") for name in ("lowest", "middle", "highest")]
            else:
                told = self.answers(item)
            table = ruled(heads, [[each, "", ""] for each in told], (2.6, 1, 1))
            yield kept([text(f"{number}  {self.said(item.text)}", "strong"), table])


def for_learners(name: str, words: Words) -> Iterator[Block]:
    """All that a learner gets of a lab; of lab 3 also the applicants on paper."""
    yield from LabSheets(name, words).learner()
    for sheet in applicants_of(name, words):
        yield from sheet.sheet()


def for_trainers(name: str, words: Words, worked: Worked | None = None) -> Iterator[Block]:
    """All that a trainer gets of a lab: solutions, hands to count, answers."""
    sheets = LabSheets(name, words, worked)
    yield from sheets.trainer()
    yield from sheets.hands()
    for sheet in applicants_of(name, words):
        yield from sheet.answers()


def applicants_of(name: str, words: Words) -> list[ApplicantsSheet]:
    """The desks on paper that belong to this lab."""
    return [ApplicantsSheet(number, words) for number in DESKS_OF_A_DAY if name == LAB_OF_APPLICANTS]
