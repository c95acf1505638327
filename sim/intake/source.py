"""What stands in the file, as text? Encoding, delimiter and header row are found; values are not interpreted."""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.errors import BadInput, Problem
from sim.intake.mapping import Mapping

EXCEL = (".xlsx", ".xlsm")
_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES, _HEADER_LINES, _SAMPLE_CHARS = 200, 20, 20_000
_BLANK = frozenset(
    {
        "nan",
        "NaN",
        "NAN",
        "null",
        "NULL",
        "Null",
        "none",
        "None",
        "NaT",
        "N/A",
        "n/a",
        "#N/A",
        "<NA>",
        "-",
        "—",
    }
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class Source:
    """The file as a table of text: blanks are "", `lines` is where each row stands in the file."""

    name: str
    frame: pd.DataFrame
    lines: NDArray[np.int64]
    encoding: str
    delimiter: str
    sheet: str
    header_line: int


def read_source(path: Path, mapping: Mapping) -> Source:
    """The file as text. Raises BadInput when it cannot be read as a table."""
    if not path.is_file():
        raise BadInput([Problem("file_unreadable", str(path), str(path))])
    source = _from_excel(path, mapping) if path.suffix.lower() in EXCEL else _from_text(path, mapping)
    if source.frame.shape[1] < 2 or len(source.frame) == 0:
        raise BadInput(
            [Problem("import.no_table", str(path), f"{len(source.frame)} x {source.frame.shape[1]}")]
        )
    return source


def _from_text(path: Path, mapping: Mapping) -> Source:
    content = path.read_bytes()
    encoding = mapping.encoding or guess_encoding(content)
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise BadInput([Problem("import.encoding", str(path), encoding)]) from error
    if "\x00" in text:
        raise BadInput([Problem("import.not_text", str(path), path.suffix)])
    if not text.strip():
        raise BadInput([Problem("import.no_table", str(path), "0 x 0")])
    sample = text.splitlines()[:_SAMPLE_LINES]
    delimiter = mapping.delimiter or _guess_delimiter(sample)
    header = _header_row(list(csv.reader(sample[:_HEADER_LINES], delimiter=delimiter)))
    try:
        table = pd.read_csv(
            path, dtype=str, sep=delimiter, encoding=encoding, skiprows=header, na_filter=False,
            skip_blank_lines=False, index_col=False,
        )  # fmt: skip
    except (ValueError, csv.Error) as error:  # pandas' ParserError is a ValueError
        raise BadInput([Problem("import.broken_line", str(path), str(error).strip())]) from error
    return _cleaned(path.name, table, encoding, delimiter, "", header)


def _from_excel(path: Path, mapping: Mapping) -> Source:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, OSError, KeyError, ValueError) as error:
        raise BadInput([Problem("import.not_excel", str(path), str(error))]) from error
    if mapping.sheet is not None and mapping.sheet not in book.sheetnames:
        known = {"known": ", ".join(book.sheetnames)}
        raise BadInput([Problem("import.no_such_sheet", "sheet", mapping.sheet, known)])
    sheet = mapping.sheet or book.sheetnames[0]
    rows = [[_cell_text(cell) for cell in row] for row in book[sheet].iter_rows(values_only=True)]
    book.close()
    if not rows:
        raise BadInput([Problem("import.no_table", str(path), sheet)])
    header = _header_row(rows[:_HEADER_LINES])
    width = max(len(row) for row in rows)
    names = _unique_names([*rows[header], *[""] * (width - len(rows[header]))])
    body = [[*row, *[""] * (width - len(row))] for row in rows[header + 1 :]]
    table = pd.DataFrame(body, columns=names, dtype="str")
    return _cleaned(path.name, table, "", "", sheet, header)


def _cell_text(cell: Any) -> str:
    """A cell as text: a date as YYYY-MM-DD, a whole number without decimals."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell)


def _cleaned(
    name: str, table: pd.DataFrame, encoding: str, delimiter: str, sheet: str, header: int
) -> Source:
    """Spaces around values and the many ways of writing "nothing" are gone; empty rows and columns too."""
    table = table.fillna("")
    table.columns = pd.Index(_unique_names([str(column) for column in table.columns]))
    for column in table.columns:
        values = table[column].str.strip()
        table[column] = values.mask(values.isin(_BLANK), "")
    empty = (table == "").all(axis=1).to_numpy()
    nameless = [
        column for column in table.columns if column.startswith("Unnamed") and (table[column] == "").all()
    ]
    lines = np.arange(len(table), dtype=np.int64) + header + 2
    frame = table.drop(columns=nameless)[~empty].reset_index(drop=True)
    return Source(name, frame, lines[~empty], encoding, delimiter, sheet, header + 1)


def guess_encoding(content: bytes) -> str:
    """Which encoding is it: as its mark says, else UTF-8 if it fits, else GB 18030 if that gives usual Chinese?"""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    western = "cp1252" if _decodes(content, "cp1252") else "latin-1"
    if _decodes(content, "utf-8"):
        return "utf-8"
    if not _decodes(content, "gb18030"):
        return western
    foreign = [char for char in content.decode("gb18030") if ord(char) > 127][:_SAMPLE_CHARS]
    return "gb18030" if sum(map(_is_usual_chinese, foreign)) >= 0.7 * len(foreign) else western


def _is_usual_chinese(char: str) -> bool:
    """One of the everyday characters of GB 2312, or its punctuation? "Müller" read as Chinese has none of them."""
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xA1 <= code[0] <= 0xD7


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _guess_delimiter(sample: list[str]) -> str:
    """The mark that cuts most lines into the same number of parts, and into most parts."""
    best, most = ",", (0, 0)
    for mark in _DELIMITERS:
        widths = [len(row) for row in csv.reader(sample, delimiter=mark) if row]
        if not widths:
            continue
        common = max(set(widths), key=lambda width: (widths.count(width), width))
        score = (widths.count(common) if common > 1 else 0, common)
        if common > 1 and (score[0] * score[1]) > most[0] * most[1]:
            best, most = mark, score
    return best


def _header_row(rows: list[list[str]]) -> int:
    """Where are the column names: the first row that is filled as the others are and has no number in it?"""
    filled = [sum(cell.strip() != "" for cell in row) for row in rows]
    widest = max(filled, default=0)
    names = [
        index for index, row in enumerate(rows)
        if filled[index] >= 0.6 * widest and not any(_is_number(cell) for cell in row)
    ]  # fmt: skip
    return names[0] if names else 0


def _is_number(text: str) -> bool:
    return text.strip().replace(".", "", 1).replace(",", "").replace("-", "", 1).isdigit()


def _unique_names(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    unique = []
    for place, raw in enumerate(names):
        name = raw.strip().strip("\ufeff") or f"Unnamed: {place}"
        seen[name] = seen.get(name, -1) + 1
        unique.append(f"{name}.{seen[name]}" if seen[name] else name)
    return unique
