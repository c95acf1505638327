"""How wide is a text on a screen, and how is it lined up and broken? Chinese characters take two columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

Side = Literal["left", "right"]

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f“”‘’"
_STAYS_WITH_LEFT = "，。；：、！？）】》」』”’"  # a line must not begin with these
_STAYS_WITH_RIGHT = "（【《「『“‘"  # nor end with these
_PIECE = re.compile(rf"[{_STAYS_WITH_RIGHT}]*(?:[{_CJK}]|[^\s{_CJK}]+)[{_STAYS_WITH_LEFT}]*|\s+")


def width(text: str) -> int:
    """How many columns does this text take in a terminal?"""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int, side: Side = "left") -> str:
    """The text with spaces up to this width; `side` is where the text stands."""
    gap = " " * max(columns - width(text), 0)
    return text + gap if side == "left" else gap + text


def wrap(text: str, columns: int) -> list[str]:
    """The lines of a paragraph; Chinese breaks between characters, but never before a comma or full stop."""
    lines: list[str] = []
    line, used = "", 0
    for piece in _PIECE.findall(text.strip()):
        size = width(piece)
        if used + size > columns and line.strip():
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + size
    if line.strip():
        lines.append(line.rstrip())
    return lines


def definitions(
    rows: Sequence[tuple[str, str]], columns: int, *, widest: int = 30, indent: int = 2
) -> list[str]:
    """Terms on the left, their explanations on the right."""
    left = min(max((width(term) for term, _ in rows), default=0), widest) + 2
    margin = " " * indent
    lines: list[str] = []
    for term, meaning in rows:
        told = wrap(meaning, max(columns - left - indent, 20))
        if width(term) + 2 > left or not told:
            lines.append(margin + term)
        else:
            lines.append(margin + pad(term, left) + told.pop(0))
        lines += [margin + " " * left + line for line in told]
    return lines


def table(head: Sequence[str], rows: Iterable[Sequence[str]], sides: Sequence[Side]) -> list[str]:
    """Lines of a table with a rule under its head; columns two spaces apart."""
    body = [tuple(row) for row in rows]
    widths = [max(width(row[at]) for row in [tuple(head), *body]) for at in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        return "  ".join(
            pad(cell, w, side) for cell, w, side in zip(cells, widths, sides, strict=True)
        ).rstrip()

    return [line(head), "  ".join("-" * w for w in widths), *(line(row) for row in body)]
