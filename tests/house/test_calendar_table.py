"""Is the committed holiday table the one its sources give?"""

from __future__ import annotations

import csv

import pytest

pytest.importorskip("chinese_calendar", reason="its sources are only in uv's environment")
pytest.importorskip("holidays", reason="its sources are only in uv's environment")

from tools import calendar_table


def test_the_table_is_made_from_its_sources():
    with calendar_table.TABLE.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert tuple(head) == calendar_table.COLUMNS
    assert [tuple(row) for row in rows] == calendar_table.rows(), "run tools/calendar_table.py"


def test_every_year_has_one_lunar_new_year():
    years = [day[:4] for day, kind, _, _ in calendar_table.rows() if kind == "newyear"]
    assert years == [str(year) for year in range(2018, 2031)]
