"""What does a case study consist of? Story, exhibits, questions, worksheet, answers that can be worked out again."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.roleplay.scenario import Group, Many, Name, Part, Some, Text
from sim.training.guides import Head, Row

Number = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$")]
"""A number as it is printed; its decimals say how far it was rounded."""


class Computed(Part):
    """A figure, and the plain arithmetic that gives it."""

    arithmetic: str
    value: Number


class SheetCell(Computed):
    """A cell of a spreadsheet: its formula, and what it shows."""

    formula: str


class SheetRow(Part):
    """A row of a spreadsheet with the columns now (B) and plan (C)."""

    row: str
    label: Text
    now: SheetCell
    plan: SheetCell


class TableExhibit(Part):
    """Figures in a table."""

    kind: Literal["table"]
    id: str
    title: Text
    unit: Text | None = None
    note: Text | None = None
    columns: Some[Head]
    rows: Some[Row]
    adds_up: Many[Computed] = ()


class SheetExhibit(Part):
    """A spreadsheet, formulas and all."""

    kind: Literal["sheet"]
    id: str
    title: Text
    unit: Text | None = None
    note: Text | None = None
    rows: Some[SheetRow]
    adds_up: Many[Computed] = ()


Exhibit = Annotated[TableExhibit | SheetExhibit, Field(discriminator="kind")]


class Question(Part):
    """A question of the case."""

    id: Name
    text: Text


class Blank(Part):
    """A blank field of the worksheet."""

    id: Name
    question: Name
    kind: Literal["number", "text"]
    label: Text
    unit: Text | None = None
    lines: int = Field(default=1, ge=1, le=30)


class FieldAnswer(Computed):
    """The figure that belongs into a field of the worksheet."""

    field: Name


class Mistake(Part):
    """A common wrong answer, and what to reply; with its arithmetic where the error is a number."""

    says: Text
    reply: Text
    arithmetic: str | None = None
    value: Number | None = None


class Answer(Part):
    """The answer to a question."""

    question: Name
    text: Text
    computed: Many[FieldAnswer] = ()
    wrong: Many[Mistake] = ()


class Repair(Computed):
    """How a planted error is mended, and what the cell then shows."""

    at: str
    formula: str


class Planted(Part):
    """An error that was put into a sheet to be found."""

    id: Name
    cells: str
    sort: Literal["definition", "unit", "reference", "range", "sign", "once", "typed"]
    text: Text
    repaired: Many[Repair] = ()


class Timed(Part):
    """So many minutes for this."""

    minutes: int = Field(ge=1, le=240)
    what: Text


class Teaching(Part):
    """How to teach the case."""

    timing: Some[Timed]
    notes: Some[Text]
    board: Text


class Source(Part):
    """Where something comes from: published, from memory, trade practice, assumption."""

    text: Text
    basis: Literal["P", "Pm", "R", "A"]


class Case(Part):
    """A case study."""

    number: str = Field(pattern=r"^C\d+$")
    id: Name
    title: Text
    minutes: int = Field(ge=10, le=480)
    group: Group
    suits: Text
    goals: Some[Text]
    story: Some[Text]
    exhibits: Some[Exhibit]
    questions: Some[Question]
    worksheet: Some[Blank]
    planted: Many[Planted] = ()
    answers: Some[Answer]
    teaching: Teaching
    sources: Some[Source]

    def figures(self) -> list[Computed]:
        """Every figure with its arithmetic, to be worked out again."""
        found: list[Computed] = []
        for exhibit in self.exhibits:
            found += exhibit.adds_up
            if isinstance(exhibit, SheetExhibit):
                found += [cell for row in exhibit.rows for cell in (row.now, row.plan)]
        found += [repair for error in self.planted for repair in error.repaired]
        for answer in self.answers:
            found += answer.computed
            found += [
                Computed(arithmetic=each.arithmetic, value=each.value)
                for each in answer.wrong
                if each.arithmetic is not None and each.value is not None
            ]
        return found
