"""Which days are worked in China, and when does the next one come?"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from sim.base.calendar import FIRST_DAY, LAST_DAY, WorkCalendar, is_workday, spring_festivals
from sim.base.days import NEVER, date_of, dates_of, day_of, months_of

HOLIDAYS = {  # weekdays off and weekends worked, as the State Council published them for 2024 and 2025
    "off": (
        "2024-01-01 2024-02-12 2024-02-16 2024-04-04 2024-04-05 2024-05-01 2024-05-03 2024-06-10 2024-09-16 2024-09-17 "
        "2024-10-01 2024-10-07 2025-01-01 2025-01-28 2025-01-31 2025-02-03 2025-02-04 2025-04-04 2025-05-01 2025-05-02 "
        "2025-05-05 2025-06-02 2025-10-01 2025-10-08"
    ),
    "worked": (
        "2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12 2025-01-26 2025-02-08 "
        "2025-04-27 2025-09-28 2025-10-11"
    ),
}


def calendar(name="china", first="2025-01-01", last="2025-12-31"):
    return WorkCalendar(name, day_of(first), day_of(last))


def on(*texts):
    return np.array([day_of(text) for text in texts], dtype=np.int32)


def as_texts(days):
    return [str(date_of(int(day))) for day in days]


@pytest.mark.parametrize("text", HOLIDAYS["off"].split())
def test_a_holiday_on_a_weekday_is_off(text):
    assert date.fromisoformat(text).weekday() < 5
    assert not is_workday(day_of(text))


@pytest.mark.parametrize("text", HOLIDAYS["worked"].split())
def test_a_weekend_made_up_for_is_worked(text):
    assert date.fromisoformat(text).weekday() >= 5
    assert is_workday(day_of(text))
    assert not is_workday(day_of(text), "weekdays")


def test_ordinary_weeks_have_five_workdays():
    week = [day_of("2025-03-10") + k for k in range(7)]
    assert [is_workday(day) for day in week] == [True] * 5 + [False] * 2
    assert all(is_workday(day, "every_day") for day in week)


def test_the_spring_festivals_stand_on_lunar_new_year():
    known = {"2018-02-16", "2020-01-25", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2030-02-03"}
    found = as_texts(spring_festivals())
    assert known <= set(found)
    assert [text[:4] for text in found] == [str(year) for year in range(2018, 2031)]


def test_a_year_has_about_250_workdays():
    for year in range(2018, 2031):
        assert 245 <= calendar(first=f"{year}-01-01", last=f"{year}-12-31").worked.sum() <= 252


def test_the_table_covers_the_years_it_says():
    assert (date_of(FIRST_DAY), date_of(LAST_DAY)) == (date(2018, 1, 1), date(2030, 12, 31))


def test_the_next_workday_after_the_spring_festival():
    days = on("2025-01-27", "2025-01-28", "2025-02-01", "2025-02-08")
    assert as_texts(calendar().next_workday(days)) == ["2025-01-27", "2025-02-05", "2025-02-05", "2025-02-08"]


def test_the_last_workday_before_the_national_holiday():
    assert as_texts(calendar().last_workday(on("2025-10-08", "2025-10-09"))) == ["2025-09-30", "2025-10-09"]


def test_ten_workdays_reach_over_the_holiday():
    assert date_of(calendar().after_workdays(day_of("2025-01-24"), 1)) == date(
        2025, 1, 26
    )  # a Sunday made up for
    assert date_of(calendar().after_workdays(day_of("2025-01-24"), 3)) == date(2025, 2, 5)
    assert date_of(calendar().after_workdays(day_of("2025-01-30"), 1)) == date(2025, 2, 5)
    assert date_of(calendar("weekdays").after_workdays(day_of("2025-03-14"), 10)) == date(2025, 3, 28)


@pytest.mark.parametrize("name", ["china", "weekdays", "every_day"])
def test_look_ups_agree_with_walking_day_by_day(name):
    cal = calendar(name, last="2025-06-30")
    for day in range(day_of("2025-01-15"), day_of("2025-06-01")):
        after, before, count = day, day, 0
        while not cal.is_workday(after):
            after += 1
        while not cal.is_workday(before):
            before -= 1
        at = np.array([day], dtype=np.int32)
        assert (cal.next_workday(at)[0], cal.last_workday(at)[0]) == (after, before)
        third = day
        while count < 3:
            third += 1
            count += cal.is_workday(third)
        assert cal.after_workdays(day, 3) == third


def test_days_are_counted_from_1970():
    assert day_of("1970-01-01") == 0
    assert day_of(date(2025, 1, 1)) == 20_089
    assert date_of(20_089) == date(2025, 1, 1)
    assert dates_of(np.array([0, 20_089])).astype(str).tolist() == ["1970-01-01", "2025-01-01"]
    assert months_of(on("2025-01-31", "2024-02-29", "2025-12-01")).tolist() == [0, 1, 11]
    assert day_of(date.max - timedelta(days=1)) < NEVER
