"""How do tables become an Excel workbook? Numbers as numbers, texts never as formulas, the same bytes each time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sim.words import Words
from sim.words.formats import is_unknown
from sim.words.layout import width

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""What a workbook says of when it was made: nothing, so that equal ones are equal."""
FORMATS = {
    "fen": "#,##0.00", "share": "0.0%", "points": "0.0", "d": "0.0", "times": "0.00", "count": "#,##0.0",
    "min": "#,##0", "index": "0.00", "bp": "0", "person": "0", "part": "0", "%": "0", "whole": "0",
    "date": "yyyy-mm-dd", "text": "@",
}  # fmt: skip
WIDEST, NARROWEST = 60, 8
_UNSAFE = ("=", "+", "-", "@", "\t", "\r")
_NOT_ALLOWED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_INK, _HEAD_FILL = "1F2933", "E8EEF4"


@dataclass(frozen=True)
class Column:
    """One column: its heading, and the unit of its numbers. `cells`: each row's unit stands in the row itself."""

    head: str
    unit: str = "text"


@dataclass(frozen=True)
class Number:
    """A number with a unit of its own, in a column whose rows differ in it."""

    value: float
    unit: str


@dataclass(frozen=True)
class Sheet:
    """One sheet: a heading row and rows below it. Money comes in fen and is written in yuan (or euros ...)."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]


def workbook(sheets: Sequence[Sheet], words: Words, title: str = "") -> bytes:
    """The sheets as an .xlsx file. The same sheets give the same bytes under the same openpyxl and zlib."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet_name(sheet.name)), sheet, words)
    book.properties.title = title
    book.properties.creator = words.say("paper.kit")
    book.properties.language = words.lang
    return _frozen(book)


def sheet_name(name: str) -> str:
    """A name that Excel allows."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31].strip("' ") or "-"


def _fill(ws: Worksheet, sheet: Sheet, words: Words) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.worksheet.properties import PageSetupProperties

    thick = Border(bottom=Side(style="medium", color=_INK))
    for at, column in enumerate(sheet.columns, 1):
        cell = ws.cell(1, at)
        _write_text(cell, column.head)
        cell.font, cell.fill = Font(bold=True, color=_INK), PatternFill("solid", fgColor=_HEAD_FILL)
        side = "left" if column.unit == "text" else "right"
        cell.alignment, cell.border = Alignment(horizontal=side, vertical="bottom", wrap_text=True), thick
    top = Alignment(vertical="top", wrap_text=True)
    for number, row in enumerate(sheet.rows, 2):
        for at, (value, column) in enumerate(zip(row, sheet.columns, strict=True), 1):
            _write(ws.cell(number, at), value, column.unit, words, top)
    _widths(ws, sheet, words)
    ws.freeze_panes = "B2" if len(sheet.columns) > 2 else "A2"
    ws.auto_filter.ref = ws.dimensions
    ws.page_setup.orientation, ws.page_setup.paperSize = "landscape", 9  # A4
    ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
    ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    ws.print_title_rows = "1:1"


def _write(cell: Any, value: Any, unit: str, words: Words, top: Any) -> None:
    """One value: a number with its format, a date, or a text. What is unknown says so and is no number."""
    if isinstance(value, Number):
        value, unit = value.value, value.unit
    if value is not None and isinstance(value, (str, bool)):
        _write_text(cell, str(value))
        cell.alignment = top
    elif isinstance(value, date):
        cell.value, cell.number_format = value, FORMATS["date"]
    elif value is None or is_unknown(value) or value in (float("inf"), float("-inf")):
        _write_text(cell, words.say("format.unknown"))
    else:
        cell.value, cell.number_format = as_written(value, unit), FORMATS.get(unit, "General")


def as_written(value: float, unit: str) -> float | int:
    """A number in the unit in which it stands in the sheet: yuan for fen, percentage points for shares' differences."""
    if unit == "fen":
        return float(value) / 100
    if unit == "points":
        return float(value) * 100
    number = float(value)
    return int(number) if unit in ("whole", "bp", "person", "part") and number.is_integer() else number


def _write_text(cell: Any, text: str) -> None:
    """A text that stays one: never a formula, whatever it begins with."""
    cell.value = _NOT_ALLOWED.sub("", text)
    cell.data_type = "s"
    if text.startswith(_UNSAFE):
        cell.quotePrefix = True


def _widths(ws: Worksheet, sheet: Sheet, words: Words) -> None:
    from openpyxl.utils import get_column_letter

    for at, column in enumerate(sheet.columns):
        widest = max([_wide(row[at], column.unit, words) for row in sheet.rows] or [0])
        head = max(map(width, column.head.split())) if column.head.split() else 0
        ws.column_dimensions[get_column_letter(at + 1)].width = (
            min(max(widest, head + 2, NARROWEST), WIDEST) + 2
        )


def _wide(value: Any, unit: str, words: Words) -> int:
    if isinstance(value, Number):
        value, unit = value.value, value.unit
    if isinstance(value, str):
        return max(map(width, value.split("\n")))
    if value is None or is_unknown(value) or isinstance(value, bool):
        return width(words.say("format.unknown"))
    if isinstance(value, date):
        return 10
    return len(f"{as_written(value, unit):,.2f}")


def _frozen(book: Workbook) -> bytes:
    """The workbook as bytes that say nothing of the moment."""
    from openpyxl.packaging.core import DocumentProperties

    properties: DocumentProperties = book.properties
    properties.created = properties.modified = EPOCH.replace(tzinfo=None)
    draft = BytesIO()
    book.save(draft)
    stamp = EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    final = BytesIO()
    with zipfile.ZipFile(draft) as made, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            data = made.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            kept.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return final.getvalue()
