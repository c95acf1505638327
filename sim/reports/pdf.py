"""How does a report become a PDF? Typst sets it, with the kit's own fonts and none of the machine's."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Literal

from sim.reports.paper import Block, Code, Paper, Table

FONTS = "fonts"
Form = Literal["pdf", "png"]
PPI = 110.0
_MINUS = re.compile(r"(?<![A-Za-z0-9_-])-(?=[^\s\w-]?\d)")
_RANGE = re.compile(r"(?<=至)|(?<= to) ")
BREAK = "\x1f"  # where a number's cell may be broken


def fine(text: str) -> str:
    """The text with true minus signs."""
    return _MINUS.sub("−", text)


def pdf(paper: Paper) -> bytes:
    """The report as a PDF that can be listened to (PDF/UA-1), A4. The same bytes under the same version of typst."""
    return _compiled(paper, "pdf")[0]


def pages(paper: Paper, ppi: float = PPI) -> list[bytes]:
    """Each page of the report as a PNG, to be looked at."""
    return _compiled(paper, "png", ppi)


def _compiled(paper: Paper, form: Form, ppi: float = PPI) -> list[bytes]:
    return typeset("report", "paper", plain(paper), form, ppi)


def typeset(template: str, name: str, told: dict[str, Any], form: Form, ppi: float = PPI) -> list[bytes]:
    """What is told, set by one of our templates (which reads it under this name): one PDF, or a PNG per page."""
    import typst

    standards: Any = ["ua-1"] if form == "pdf" else []
    with as_file(files("sim.words").joinpath(FONTS)) as fonts, as_file(files("sim.reports")) as room:
        found: Any = typst.compile(
            str(room / f"{template}.typ"), root=str(room), font_paths=[str(fonts)], ignore_system_fonts=True,
            format=form, ppi=ppi, pdf_standards=standards,
            sys_inputs={name: json.dumps(told, ensure_ascii=False)},
        )  # fmt: skip
    return list(found) if isinstance(found, list) else [found]


def plain(paper: Paper) -> dict[str, Any]:
    """The report as the template reads it."""
    return {
        "lang": paper.lang,
        "kit": paper.kit,
        "title": paper.title,
        "subtitle": paper.subtitle,
        "facts": [[name, fine(text)] for name, text in paper.facts],
        "page": paper.page,
        "sections": [
            {"head": section.head, "blocks": [_block(block) for block in section.blocks]}
            for section in paper.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    found = {"type": type(block).__name__, **dataclasses.asdict(block)}
    if isinstance(block, Code):
        return found
    if isinstance(block, Table):
        for row in found["rows"]:
            for cell, side in zip(row["cells"], block.sides, strict=True):
                cell["text"] = _cell(cell["text"], side)
        return found
    for name in ("text", "note", "head"):
        if name in found:
            found[name] = fine(found[name])
    if "items" in found:
        found["items"] = [fine(item) for item in found["items"]]
    return found


def _cell(text: str, side: str) -> str:
    return split_range(fine(text)) if side == "right" else fine(text)


def split_range(text: str) -> str:
    """The text with marks where a cell of numbers may be broken: between the two ends of a range."""
    return _RANGE.sub(lambda found: found.group() + BREAK, text)


def write_pages(paper: Paper, folder: Path, stem: str = "page") -> Sequence[Path]:
    """Write each page as a PNG into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, png in enumerate(pages(paper), 1):
        path = folder / f"{stem}{number}.png"
        path.write_bytes(png)
        written.append(path)
    return written
