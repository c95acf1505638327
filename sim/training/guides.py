"""What do a guide and a session plan consist of?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.roleplay.scenario import Group, Many, Name, Part, Some, Text

Cell = Text | str  # a plain string where both languages print the same


class Head(Part):
    """The head of a column; the first one may have none."""

    en: str
    zh: str

    def said(self, lang: str) -> str:
        """The head in this language."""
        return self.zh if lang == "zh" else self.en


class Row(Part):
    """One row of a table."""

    cells: Some[Cell]


class Paragraph(Part):
    """A paragraph."""

    kind: Literal["text"]
    text: Text


class Points(Part):
    """Bullets, or numbered steps."""

    kind: Literal["list", "steps"]
    items: Some[Text]


class Grid(Part):
    """A table."""

    kind: Literal["table"]
    columns: Some[Head]
    rows: Some[Row]


Piece = Annotated[Paragraph | Points | Grid, Field(discriminator="kind")]


class Section(Part):
    """A part of a guide under its own heading."""

    id: Name
    title: Text
    parts: Some[Piece]


class Guide(Part):
    """A guide for trainers."""

    title: Text
    sections: Some[Section]


class Material(Part):
    """What is needed: a lab, a role-play, a case or a quiz."""

    kind: Literal["lab", "roleplay", "case", "quiz"]
    id: str


class Step(Part):
    """One row of a day's plan."""

    minutes: int = Field(ge=1, le=480)
    what: Text
    method: Text
    material: Many[Material] = ()
    outcome: Text


class DayPlan(Part):
    """One day, from its start; the rows' minutes are its total, breaks included."""

    start: str = Field(pattern=r"^\d\d:\d\d$")
    total: int = Field(ge=1, le=720)
    rows: Some[Step]


class Session(Part):
    """A ready plan for a course."""

    id: Name
    title: Text
    suits: Text
    group: Group
    days: Some[DayPlan]


class Sessions(Part):
    """All ready plans."""

    title: Text
    sessions: Some[Session]
