"""What does a role-play consist of? One YAML file per scenario, structure once, both languages side by side.

`exercises/roleplays/schema.json` is made from these classes. Money is written in whole yuan (or dollars, by
`currency`), shares in per cent, time in calendar days. All effects and chances are assumptions, made for practice,
not measured on people.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, TypeVar

from pydantic import ConfigDict, Field, field_validator

from sim.model.moves import Archetype
from sim.model.settings import Settings

One = TypeVar("One")
Many = Annotated[tuple[One, ...], Field(strict=False)]
Some = Annotated[tuple[One, ...], Field(strict=False, min_length=1)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Level = Annotated[float, Field(ge=0, le=100)]

Cause = Literal["process", "strapped", "disputing", "strategic", "chain", "decision"]
Channel = Literal["phone", "visit", "meeting", "mail", "letter", "dinner", "board"]
Kind = Literal["good", "weak", "tempting", "unlawful"]
Way = Literal["ask", "serve", "settle", "plan", "press", "relate", "yield", "record"]
Tone = Literal["warm", "plain", "firm", "harsh"]
Dimension = Literal["preparation", "opening", "diagnosis", "ask", "commitment", "tone", "legality", "record"]
EndingKind = Literal[
    "firm", "part", "soft", "given_away", "handed_over", "refused", "broke_off", "out_of_time", "unlawful"
]
RESERVED: tuple[EndingKind, ...] = ("broke_off", "out_of_time", "unlawful")
"""The endings to which the rules lead, not a reply; every scenario has words for them."""
UNBINDING: tuple[EndingKind, ...] = ("handed_over", "refused", "broke_off", "unlawful")
"""The endings after which nothing holds of what was agreed on the way there."""


_HAN = "\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_LINE_BREAK = re.compile(rf"(?<=[{_HAN}}}]) (?=[{_HAN}{{])")
"""The space that YAML makes of a line break, between Chinese characters, their punctuation, or a fact beside them."""


class Part(Settings):
    """A part of a scenario file; values arrive as text and become what they are meant to be."""

    model_config = ConfigDict(strict=False)


class Text(Part):
    """One text in both languages; `{name}` stands for a fact. Chinese lines are joined without a space."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    @field_validator("zh")
    @classmethod
    def _joined(cls, text: str) -> str:
        return _LINE_BREAK.sub("", text)

    def said(self, lang: str) -> str:
        """The text in this language, facts not yet filled in."""
        return self.zh if lang == "zh" else self.en


class Minutes(Part):
    """How long do reading, talking and talking about it take?"""

    read: int = Field(ge=1, le=60)
    talk: int = Field(ge=1, le=60)
    debrief: int = Field(ge=1, le=60)

    @property
    def total(self) -> int:
        """All of it."""
        return self.read + self.talk + self.debrief


class Group(Part):
    """For how many people is it?"""

    least: int = Field(ge=2, le=60)
    best: int = Field(ge=2, le=60)
    most: int = Field(ge=2, le=60)


class Account(Part):
    """Which customer of the simulation stands in, where the talk's consequences are shown?"""

    portfolio: str
    segment: str
    archetype: Archetype


class Fact(Part):
    """A figure that cards and lines name: given, a share of another, or dealt from a ledger by `source`."""

    kind: Literal["money", "days", "count", "percent", "day"]
    value: float | None = None
    share_of: Name | None = None
    percent: float | None = Field(default=None, gt=0, le=1_000)
    date_: date | None = Field(default=None, alias="date")
    source: (
        Literal[
            "balance",
            "overdue",
            "oldest",
            "limit",
            "days_late",
            "terms",
            "average_late",
            "broken_promises",
        ]
        | None
    ) = Field(default=None, alias="from")


class Role(Part):
    """A person at the table, with a card of his own."""

    id: Name
    side: Literal["ours", "theirs", "observer"]
    plays: bool = False
    title: Text
    name: Text
    knows: Text
    wants: Text
    hidden: Text | None = None
    acts: Text | None = None


class Start(Part):
    """Where does the hidden state stand when the talk begins?"""

    trust: Level
    pressure: Level
    commitment: Level


class Feels(Part):
    """How strongly does this temperament feel what rises and what falls?"""

    trust_up: float = Field(default=1.0, ge=0.1, le=3)
    trust_down: float = Field(default=1.0, ge=0.1, le=3)
    pressure_up: float = Field(default=1.0, ge=0.1, le=3)
    pressure_down: float = Field(default=1.0, ge=0.1, le=3)
    commitment_up: float = Field(default=1.0, ge=0.1, le=3)
    commitment_down: float = Field(default=1.0, ge=0.1, le=3)

    def factor(self, quantity: str, up: bool) -> float:
        """By how much is a change of this quantity felt more or less? Insight is ours, not felt."""
        return float(getattr(self, f"{quantity}_{'up' if up else 'down'}", 1.0))


class Character(Part):
    """One temperament of the scripted other side."""

    id: Name
    title: Text
    archetype: Archetype
    start: Start
    feels: Feels = Feels()
    told: Text


class Effect(Part):
    """By how much does something said move the hidden state?"""

    trust: int = Field(default=0, ge=-60, le=60)
    pressure: int = Field(default=0, ge=-60, le=60)
    commitment: int = Field(default=0, ge=-60, le=60)
    insight: int = Field(default=0, ge=-60, le=60)


class Sum(Part):
    """A sum that is agreed: a money fact or whole yuan, so many days from today or on a day fact's day."""

    amount: str
    on: str


class Agreed(Part):
    """What the other side agrees to. What is left out stays as it was agreed before."""

    pay: Annotated[tuple[Sum, ...] | None, Field(strict=False)] = None
    how: Literal["transfer", "bill", "cash", "endorsed_bill", "letter_of_credit"] | None = None
    written: bool | None = None
    fallback: bool | None = None
    secured: bool | None = None


Marks = dict[Dimension, Annotated[int, Field(ge=-4, le=4)]]


class Reply(Part):
    """What the other side answers, when all conditions hold; where the talk goes from there."""

    when: Many[str] = ()
    says: Text
    effect: Effect = Effect()
    go: Name | None = None
    agrees: Agreed | None = None


class Move(Part):
    """Something the learner can say at a point of the talk."""

    id: Name
    kind: Kind
    way: Way
    tone: Tone = "plain"
    says: Text
    effect: Effect = Effect()
    marks: Marks = Field(default_factory=dict)
    why: Text | None = None
    better: Name | None = None
    law: Many[Name] = ()
    needs: Many[str] = ()
    replies: Some[Reply]


class Point(Part):
    """A place in the talk: what it is about, and what can be said there."""

    id: Name
    aim: Text
    moves: Annotated[tuple[Move, ...], Field(strict=False, min_length=4)]


class Then(Part):
    """What is done with the account after the talk."""

    do: Literal["hold", "release", "limit", "guarantee", "hand_over", "dispute_settled", "plan", "visit"]
    percent: float | None = Field(default=None, ge=0, le=1_000)
    to: Literal["agency", "court", "payment_order"] | None = None
    instalments: int | None = Field(default=None, ge=1, le=24)


class Ending(Part):
    """How a talk can end."""

    id: Name
    kind: EndingKind
    title: Text
    says: Text
    marks: Marks = Field(default_factory=dict)
    then: Many[Then] = ()


class Question(Part):
    """A question of the debrief, and what to look for in the answers."""

    ask: Text
    look_for: Text


class Ground(Part):
    """The law or practice behind the case: a key of the law register, or a text with its label."""

    law: Name | None = None
    text: Text | None = None
    basis: Literal["P", "Pm", "R", "A"] | None = None


class Scenario(Part):
    """A whole role-play."""

    number: Annotated[str, Field(pattern=r"^[A-Z][0-9]{1,3}$")]
    title: Text
    cause: Cause
    channel: Some[Channel]
    difficulty: int = Field(ge=1, le=3)
    minutes: Minutes
    group: Group
    decisive: Annotated[tuple[Dimension, ...], Field(strict=False, min_length=2, max_length=3)]
    today: date
    currency: Literal["CNY", "USD", "EUR"] = "CNY"
    account: Account
    facts: dict[Name, Fact]
    setting: Text
    objective: Text
    roles: Annotated[tuple[Role, ...], Field(strict=False, min_length=3, max_length=5)]
    characters: Annotated[tuple[Character, ...], Field(strict=False, min_length=3)]
    patience: int = Field(ge=6, le=20)
    begins: Text
    first: Name
    points: Annotated[tuple[Point, ...], Field(strict=False, min_length=3)]
    endings: Annotated[tuple[Ending, ...], Field(strict=False, min_length=5)]
    ideal: Text
    traps: Some[Text]
    debrief: Some[Question]
    grounds: Some[Ground]
    model: Some[Name]

    @cached_property
    def point(self) -> dict[str, Point]:
        """The points by their ids."""
        return {point.id: point for point in self.points}

    @cached_property
    def ending(self) -> dict[str, Ending]:
        """The endings by their ids."""
        return {ending.id: ending for ending in self.endings}

    @cached_property
    def move(self) -> dict[str, Move]:
        """All moves by their ids."""
        return {move.id: move for point in self.points for move in point.moves}

    @cached_property
    def place_of(self) -> dict[str, str]:
        """At which point does each move stand?"""
        return {move.id: point.id for point in self.points for move in point.moves}

    @cached_property
    def character(self) -> dict[str, Character]:
        """The temperaments by their ids."""
        return {character.id: character for character in self.characters}

    @property
    def learner(self) -> Role:
        """The role that the learner plays."""
        return next(role for role in self.roles if role.side == "ours" and role.plays)

    @property
    def other(self) -> Role:
        """The role that is scripted on screen."""
        return next(role for role in self.roles if role.side == "theirs" and role.plays)
