"""What does a report consist of, before it becomes a PDF or a page? Texts, points, tables, pictures, code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sim.words import Language, Words

Tone = Literal["", "good", "bad", "soft"]
Side = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Text:
    """A paragraph: plain, the one that leads, or a small note."""

    text: str
    kind: Literal["body", "lead", "note"] = "body"


@dataclass(frozen=True)
class Points:
    """A list, with a line above it if it has one."""

    items: tuple[str, ...]
    head: str = ""
    tone: Tone = ""


@dataclass(frozen=True)
class Cell:
    """One cell of a table."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True)
class Row:
    """One row: plain, a heading across the table, or a sum."""

    cells: tuple[Cell, ...]
    kind: Literal["plain", "head", "total"] = "plain"


@dataclass(frozen=True)
class Table:
    """A table with its caption. `widths`: shares of the width; `sides`: where the columns stand."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Picture:
    """A picture as SVG, what it shows in words for whoever cannot see it, and a note below."""

    svg: str
    alt: str
    note: str = ""
    is_half: bool = False


@dataclass(frozen=True)
class Code:
    """Lines to be typed or saved as they stand."""

    text: str


Block = Text | Points | Table | Picture | Code


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it."""

    key: str
    head: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Paper:
    """A whole report in one language."""

    lang: Language
    kit: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    page: str  # "Page {page} of {pages}", to be filled in

    def blocks(self) -> tuple[Block, ...]:
        """All blocks in their order."""
        return tuple(block for section in self.sections for block in section.blocks)


def plain(*texts: str) -> Row:
    """A row of plain cells."""
    return Row(tuple(Cell(text) for text in texts))


def heading(text: str, columns: int) -> Row:
    """A row that is a heading across the table."""
    return Row((Cell(text), *(Cell("") for _ in range(columns - 1))), "head")


def sentences_joined(words: Words, sentences: Iterable[str]) -> str:
    """Sentences as one paragraph: with spaces between them where the language has spaces."""
    return ("" if words.lang == "zh" else " ").join(sentences)
