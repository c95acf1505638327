"""A pay day is believed when chance would hardly ever give it."""

import numpy as np
import pytest

from sim.base.days import NEVER, day_of
from sim.calibrate.pay_days import find_pay_days, pay_gaps, payment_calendar

MONDAY = day_of("2024-01-01")


def rule(days, calendar="weekdays"):
    days = np.asarray(days, dtype=np.int64)
    found = find_pay_days(np.zeros(len(days), dtype=np.int64), days, 1, calendar)
    return found.rule[0], found.anchor[0]


def test_every_thursday_is_a_weekly_run():
    assert rule(MONDAY + 3 + 7 * np.arange(20)) == ("weekly", 3)


def test_the_tenth_or_the_next_working_day_is_a_monthly_run():
    tenths = np.array([day_of(f"2024-{month:02d}-10") for month in range(1, 13)] + [day_of("2025-01-10")])
    held = np.where((tenths + 3) % 7 >= 5, tenths + 7 - (tenths + 3) % 7, tenths)
    assert rule(held) == ("monthly", 10)


def test_the_tenth_and_twenty_fourth_are_two_runs_a_month():
    days = [day_of(f"2024-{month:02d}-{date}") for month in range(1, 13) for date in (10, 24)]
    assert rule(days, "every_day")[0] == "twice_monthly"


@pytest.mark.parametrize("seed", range(5))
def test_chance_is_not_taken_for_a_rule(seed):
    assert rule(MONDAY + np.random.default_rng(seed).integers(0, 700, 60))[0] == "any"


def test_few_payments_prove_nothing():
    assert rule(MONDAY + 7 * np.arange(6))[0] == "any"


def test_payments_on_weekends_make_every_day_a_pay_day():
    assert payment_calendar(MONDAY + np.arange(70)) == "every_day"
    working = np.array([day for day in MONDAY + np.arange(70) if (day + 3) % 7 < 5])
    assert payment_calendar(working) == "weekdays"
    assert payment_calendar(np.array([NEVER])) == "weekdays"


def test_a_monday_payment_may_have_been_ready_since_saturday():
    found = find_pay_days(np.zeros(2, dtype=np.int64), np.array([MONDAY, MONDAY + 1]), 1, "weekdays")
    assert list(pay_gaps(np.zeros(2, dtype=np.int64), np.array([MONDAY, MONDAY + 1]), found, "weekdays")) == [
        3,
        1,
    ]
