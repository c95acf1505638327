"""On which days does China depart from the plain five-day week, 2018 to 2030?

Writes `sim/base/china_calendar.csv`, one row per exceptional day:

- kind `holiday`: a weekday that is off; `makeup`: a Saturday or Sunday that is worked; `newyear`: lunar
  New Year's Day itself (a row of its own, also when it falls on a weekend or is a `holiday` row too);
- basis `published`: the State Council's yearly notice, as the package chinesecalendar holds it;
  `estimated`: statutory days of the package holidays, for years without a notice yet. Nobody can know
  those years' worked weekends and bridge days, so none are made up: the number of working days is right
  to about a day, their place is not.

    uv run --no-sync tools/calendar_table.py
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import chinese_calendar
import holidays

FIRST_YEAR, LAST_YEAR = 2018, 2030
TABLE = Path(__file__).resolve().parent.parent / "sim" / "base" / "china_calendar.csv"
COLUMNS = ("date", "kind", "basis", "name")
SATURDAY = 5
NEW_YEAR = "Chinese New Year (Spring Festival)"
# In the order of precedence where two fall on one day.
NAMES = {
    "National Day": "national_day",
    "Chinese New Year": "spring_festival",
    "Spring Festival": "spring_festival",
    "New Year's Day": "new_years_day",
    "Tomb-sweeping Day": "tomb_sweeping_day",
    "Labour Day": "labour_day",
    "Labor Day": "labour_day",
    "Dragon Boat Festival": "dragon_boat_festival",
    "Mid-autumn Festival": "mid_autumn_festival",
}
Row = tuple[str, str, str, str]


def name_of(words: str) -> str:
    """Which festival do a package's words mean?"""
    return next(key for said, key in NAMES.items() if said.lower() in words.lower())


def published() -> Iterator[Row]:
    """Which days do the yearly notices move?"""
    for kind, days in (("holiday", chinese_calendar.holidays), ("makeup", chinese_calendar.workdays)):
        for day, words in days.items():
            moved = (day.weekday() >= SATURDAY) == (kind == "makeup")
            if moved and FIRST_YEAR <= day.year <= LAST_YEAR:
                yield day.isoformat(), kind, "published", name_of(words)


def estimated(first: int) -> Iterator[Row]:
    """Which weekdays will be off in the years without a notice?"""
    for day, words in holidays.country_holidays(
        "CN", years=range(first, LAST_YEAR + 1), language="en_US"
    ).items():
        if day.weekday() < SATURDAY and day.year <= LAST_YEAR:
            yield day.isoformat(), "holiday", "estimated", name_of(words)


def new_years() -> Iterator[Row]:
    """When does each lunar year begin? Astronomy, so known far ahead of any notice."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        days = holidays.country_holidays("CN", years=year, language="en_US")
        first: date = min(day for day, words in days.items() if words == NEW_YEAR)
        yield first.isoformat(), "newyear", "published", "spring_festival"


def rows() -> list[Row]:
    """What should the table say now, sorted by day?"""
    last_known = min(LAST_YEAR, max(day.year for day in chinese_calendar.holidays))
    return sorted({*published(), *estimated(last_known + 1), *new_years()})


def main() -> None:
    """Write the table."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows())


if __name__ == "__main__":
    main()
