"""What does a lab consist of? One file per lab, `exercises/labs/NAME.toml`, both languages side by side.

The notebook of the same name holds the prose; everything that is asked, checked, answered or drawn stands here.
Money is written in yuan, a share as a fraction (0.356), time in days.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, model_validator

from sim.model.settings import Settings

One = TypeVar("One")
Many = Annotated[tuple[One, ...], Field(strict=False)]  # a TOML list
Some = Annotated[tuple[One, ...], Field(strict=False, min_length=1)]
Unit = Literal["days", "percent", "times", "count", "yuan", "money", "minutes"]
"""`percent`: the answer is a share, typed and shown in percent. `money`: the answer is in yuan, typed and shown in
thousands of yuan in English and in 万元 in Chinese; `yuan` is typed as it is."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Levers = dict[str, Any]  # a lever's path -> its value, checked by the policy itself


class Text(Settings):
    """One text in both languages."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    def said(self, lang: str) -> str:
        """The text in this language."""
        return self.zh if lang == "zh" else self.en


class Comparison(Settings):
    """Which customers, in which times, under which policies? What is left out is the panel's own."""

    portfolio: str | None = None
    scenario: str | None = None
    baseline: str | None = None  # a ready-made policy
    baseline_levers: Levers = Field(default_factory=dict)
    policy: str | None = None  # a ready-made policy: the alternative, or the only one for `metric:`
    policy_levers: Levers = Field(default_factory=dict)
    panel: str = ""  # the panel whose settings fill what is left out


class Figure(Comparison):
    """A figure of the simulator, or one worked out from facts that the text gives.

    `value` is `metric:NAME` (under `policy`, over the whole time, the mean of the runs) or `difference:NAME` (`policy`
    minus `baseline`). With `formula`, every further key is one of its facts.
    """

    value: Annotated[str, Field(pattern=r"^(metric:\w+|difference:\w+|shown)$")] = "shown"
    formula: str = ""
    facts: dict[str, float] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _facts_stand_beside(cls, given: Any) -> Any:
        """Keys that are none of ours are the formula's facts."""
        if not isinstance(given, Mapping) or "formula" not in given:
            return given
        ours = {name: value for name, value in given.items() if name in cls.model_fields}
        facts = {name: value for name, value in given.items() if name not in cls.model_fields}
        return {**ours, "facts": {**given.get("facts", {}), **facts}}

    @property
    def metric(self) -> str:
        """The metric it is about; empty for a formula."""
        return self.value.partition(":")[2]

    @property
    def is_difference(self) -> bool:
        """Is it a difference between two policies?"""
        return self.value.startswith("difference:")


class Option(Settings):
    """One answer to choose, and what is said to whoever chooses it."""

    text: Text
    reply: Text
    right: bool = False
    id: str = ""


class Mistake(Figure):
    """A wrong number that people often arrive at, and what is said to them."""

    reply: Text


class Condition(Settings):
    """What must be reached on the panel: bounds on the alternative's figure or on its difference to the baseline."""

    metric: str
    at_most: float | None = None
    at_least: float | None = None
    difference_at_most: float | None = None
    difference_at_least: float | None = None


class WayPrediction(Comparison):
    """Will this figure fall, stay or rise in the panel's declared comparison?"""

    id: Name
    kind: Literal["way"]
    text: Text
    metric: str


class ChoicePrediction(Settings):
    """Which of these will it be?"""

    id: Name
    kind: Literal["choice"]
    text: Text
    options: Some[Option]


class NumberPrediction(Settings):
    """How much will it be? A slider from `low` to `high`."""

    id: Name
    kind: Literal["number"]
    text: Text
    unit: Unit
    low: float
    high: float
    answer: Figure
    tolerance: float = Field(default=0.1, ge=0.0, le=1.0)  # relative: near enough to call it right


class Task(Settings):
    """What every task has."""

    id: Name
    text: Text
    hints: Many[Text] = ()
    explanation: Text


class ChoiceTask(Task):
    """One or several of these are right."""

    kind: Literal["choice"]
    options: Some[Option]
    many: bool = False


class NumberTask(Task):
    """A number to work out."""

    kind: Literal["number"]
    unit: Unit
    answer: Figure
    tolerance: float = Field(default=0.02, ge=0.0, le=1.0)  # relative
    within: float = Field(default=0.0, ge=0.0)  # absolute, in the answer's own unit (share, yuan, days)
    mistakes: Many[Mistake] = ()


class GoalTask(Task):
    """To be reached on the panel by the learner's own sliders."""

    kind: Literal["goal"]
    conditions: Some[Condition]
    panel: str = ""
    example: Levers = Field(
        default_factory=dict
    )  # levers of the alternative that reach it: one way, for the trainer
    example_policy: str | None = (
        None  # the ready-made policy they are moved on; default: the panel's alternative
    )


class OrderTask(Task):
    """Items to be brought into order; they stand here in the right one."""

    kind: Literal["order"]
    items: Some[Text]


AnyPrediction = Annotated[WayPrediction | ChoicePrediction | NumberPrediction, Field(discriminator="kind")]
AnyTask = Annotated[ChoiceTask | NumberTask | GoalTask | OrderTask, Field(discriminator="kind")]


class Panel(Settings):
    """The live what-if: what it shows, what can be moved, and the comparison it opens with."""

    portfolio: str = "manufacturer"
    portfolios: Many[str] = ()  # more than one: a choice; then the first one is shown first
    scenarios: Some[str] = ("normal",)
    baseline: str = "as_is"
    baseline_levers: Levers = Field(default_factory=dict)
    alternative: str = "as_is"
    alternative_levers: Levers = Field(default_factory=dict)
    presets: bool = False
    levers: Annotated[tuple[str, ...], Field(strict=False, min_length=1, max_length=14)]
    sides: Literal["alternative", "both"] = "alternative"
    charts: Annotated[tuple[str, ...], Field(strict=False, min_length=1, max_length=6)]
    table: Some[str]
    files: bool = False  # may the learner save and load the alternative?

    @property
    def offered(self) -> tuple[str, ...]:
        """The portfolios to choose from, first the one shown first."""
        return self.portfolios or (self.portfolio,)


class Control(Settings):
    """A choice beside a picture: a few values of one of its arguments, or a range of whole numbers."""

    values: Many[str | int | float | bool] = ()
    low: int = 0
    high: int = 0
    step: int = Field(default=1, ge=1)
    label: Text | None = None


class Picture(Settings):
    """A figure that stands still: a plot of sim.plots with its arguments."""

    id: Name
    plot: str
    args: dict[str, Any] = Field(default_factory=dict)
    controls: dict[str, Control] = Field(default_factory=dict)
    text: Text | None = None  # what to look for

    @model_validator(mode="before")
    @classmethod
    def _arguments_stand_beside(cls, given: Any) -> Any:
        """Keys that are none of ours are the plot's arguments; a control may be a bare list of values."""
        if not isinstance(given, Mapping):
            return given
        ours = {name: value for name, value in given.items() if name in cls.model_fields}
        args = {name: value for name, value in given.items() if name not in cls.model_fields}
        controls = {
            name: {"values": control} if isinstance(control, list) else control
            for name, control in given.get("controls", {}).items()
        }
        return {**ours, "args": {**given.get("args", {}), **args}, "controls": controls}


class Claim(Figure):
    """What a text of the lab says of the simulator in words. A test keeps it true: the interval's both ends fit."""

    says: str
    at_least: float | None = None
    at_most: float | None = None


class Step(Settings):
    """A stretch of time in the room."""

    minutes: int = Field(ge=1, le=120)
    what: Text


class WrongAnswer(Settings):
    """What trainees often say, why they think so, and what a trainer replies."""

    said: Text
    because: Text
    reply: Text


class Expected(Figure):
    """A figure the trainer wants to have at hand, worked out live."""

    text: Text | None = None


class Trainer(Settings):
    """For the trainer's room only."""

    timing: Some[Step]
    solution: Text
    wrong: Some[WrongAnswer]
    expected: Many[Expected] = ()


class Declared(Settings):
    """A lab as its file declares it."""

    title: Text
    minutes: int = Field(ge=5, le=60)
    question: Text
    goals: Some[Text]
    points: Some[Text]
    sources: Many[Text] = ()
    panel: Panel | None = None
    panels: dict[str, Panel] = Field(default_factory=dict)  # further ones, `lab.panel("NAME")`
    predictions: Many[AnyPrediction] = ()
    tasks: Many[AnyTask] = ()
    pictures: Many[Picture] = ()
    claims: Many[Claim] = ()
    trainer: Trainer

    def panel_named(self, name: str = "") -> Panel | None:
        """The panel of this name; "" is the lab's first one."""
        return self.panels.get(name) if name else self.panel
