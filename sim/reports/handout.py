"""How do guides, session plans, case studies and quizzes come to paper? As blocks that one template sets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sim.reports.pack import SIZES, Size
from sim.reports.pdf import PPI, Form, fine, typeset
from sim.words import Words

Block = dict[str, Any]


def head(text: str, level: int = 1, *, fresh_page: bool = False) -> Block:
    """A heading; on a fresh page if so wished."""
    return {"type": "head", "text": fine(text), "level": level, "fresh": fresh_page}


def text(said: str, tone: Literal["", "soft", "strong", "box"] = "") -> Block:
    """A paragraph."""
    return {"type": "text", "text": fine(said), "tone": tone}


def points(items: Sequence[str], *, numbered: bool = False) -> Block:
    """Bullets or numbered steps."""
    return {"type": "points", "items": [fine(item) for item in items], "numbered": numbered}


def grid(heads: Sequence[str], rows: Sequence[Sequence[str]], wide: Sequence[float] = ()) -> Block:
    """A table; `wide`: the columns' shares of the width, 0 for as wide as needed. Numbers stand on the right."""
    return {
        "type": "grid", "heads": list(heads), "rows": [[fine(cell) for cell in row] for row in rows],
        "wide": list(wide) or [1.0] * len(heads), "ruled": False,
        "dense": False,
    }  # fmt: skip


def blank(label: str, unit: str = "", lines: int = 0) -> Block:
    """A field to fill in: a box for a number, or lines to write on."""
    return {"type": "blank", "text": fine(label), "unit": unit, "lines": lines}


def ruled(heads: Sequence[str], rows: Sequence[Sequence[str]], wide: Sequence[float]) -> Block:
    """A table with lines all round and room to write in its empty cells."""
    return {**grid(heads, rows, wide), "ruled": True}


def dense(table: Block) -> Block:
    """The same table with small figures in the middle of their cells: for many columns."""
    return {**table, "dense": True}


def boxes(items: Sequence[str], *, in_line: bool = False) -> Block:
    """Answers with a box before each, below or beside each other."""
    return {"type": "boxes", "items": [fine(item) for item in items], "in_line": in_line}


def kept(blocks: Sequence[Block]) -> Block:
    """Blocks that stay together on a page."""
    return {"type": "kept", "blocks": list(blocks)}


def handout_pdf(title: str, blocks: Sequence[Block], words: Words, size: Size = "a4") -> bytes:
    """These blocks as a PDF."""
    return _compiled(title, blocks, words, size, "pdf")[0]


def handout_pages(
    title: str, blocks: Sequence[Block], words: Words, size: Size = "a4", ppi: float = PPI
) -> list[bytes]:
    """Each page as a PNG, to be looked at."""
    return _compiled(title, blocks, words, size, "png", ppi)


def _compiled(
    title: str, blocks: Sequence[Block], words: Words, size: Size, form: Form, ppi: float = PPI
) -> list[bytes]:
    told = {
        "lang": words.lang, "paper": SIZES[size], "title": title, "kit": words.say("pack.kit"),
        "page": words.say("pack.page", page="{page}", pages="{pages}"), "blocks": list(blocks),
    }  # fmt: skip
    return typeset("handout", "handout", told, form, ppi)
