"""What stands in a CSV table, cell by cell? Text first, then numbers and dates; every bad cell is named.

Files come from programs and from people: with or without a byte order mark, in UTF-8 or as Chinese Excel saves them
(GB18030), with empty rows at the end, with dates as 2025-01-31 or 2025/1/31.
"""

import csv
import io
import math
import re
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import day_of
from sim.base.errors import BadInput, Problem, Problems

_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_MOST_TOLD = 5  # of one column


def read_csv_table(path: Path) -> pd.DataFrame:
    """All cells of a CSV file as text, empty where nothing stands. Raises BadInput when it is no table."""
    rows = [
        row for row in csv.reader(io.StringIO(_text(path), newline="")) if any(cell.strip() for cell in row)
    ]
    if not rows:
        raise BadInput([Problem("empty", path.name, 0)])
    head = [name.strip() for name in rows[0]]
    while head and not head[-1]:
        head.pop()
    problems = Problems()
    for name in sorted({name for name in head if head.count(name) > 1}):
        problems.add("duplicate", path.name, name)
    for row in rows[1:]:
        if any(cell.strip() for cell in row[len(head) :]):
            problems.add("row_too_long", path.name, ",".join(row), columns=len(head))
    problems.found = problems.found[:_MOST_TOLD]
    problems.stop_if_any()
    cells = [[cell.strip() for cell in row[: len(head)]] + [""] * (len(head) - len(row)) for row in rows[1:]]
    return pd.DataFrame(cells, columns=head, dtype="str")


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput([Problem("file_unreadable", path.name, error.strerror or str(error))]) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            raise BadInput([Problem("file_unreadable", path.name, str(error))]) from error


def numbers_of(cells: pd.Series, field: str, problems: Problems) -> NDArray[np.float64]:
    """These cells as numbers, NaN where they are none (noted under `field` and the row of the table, from 1)."""
    place, texts = pd.factorize(cells)  # a long table says few different things
    found = np.array([_number(str(text)) for text in texts], dtype=np.float64)[place]
    _tell(cells, np.isnan(found), "not_a_number", field, problems)
    return found


def days_of(cells: pd.Series, field: str, problems: Problems) -> NDArray[np.int32]:
    """These cells as day numbers, 0 where they are no dates (noted)."""
    place, texts = pd.factorize(cells)
    found = [_day(str(text)) for text in texts]
    _tell(
        cells, np.array([day is None for day in found], dtype=np.bool_)[place], "not_a_date", field, problems
    )
    return np.array([day or 0 for day in found], dtype=np.int32)[place]


def _tell(cells: pd.Series, bad: NDArray[np.bool_], rule: str, field: str, problems: Problems) -> None:
    for row in np.flatnonzero(bad)[:_MOST_TOLD]:
        cell = str(cells.iloc[row])
        problems.add(rule if cell else "missing", f"{field}[{row + 1}]", cell)


def _number(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        return math.nan
    return value if math.isfinite(value) else math.nan


def _day(cell: str) -> int | None:
    parts = _DATE.fullmatch(cell)
    if parts is None:
        return None
    try:
        return day_of(date(*map(int, parts.groups())))
    except ValueError:
        return None
