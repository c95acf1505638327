"""A text means the day its column's order gives it."""

import numpy as np
import pandas as pd
import pytest

from sim.base.days import day_of
from sim.intake.dates import UNREAD, date_texts, read_dates


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2020-02-10", "ymd", "2020-02-10"),
        ("2020/2/10", "ymd", "2020-02-10"),
        ("2020.02.10", "ymd", "2020-02-10"),
        ("20200210", "ymd", "2020-02-10"),
        ("20200210.0", "ymd", "2020-02-10"),
        ("2020年2月10日", "ymd", "2020-02-10"),
        ("2025-04-02T00:00:00.000Z", "ymd", "2025-04-02"),
        ("2020-02-11 00:00:00", "ymd", "2020-02-11"),
        ("20-02-10", "ymd", "2020-02-10"),
        ("10/02/2020", "dmy", "2020-02-10"),
        ("10.2.20", "dmy", "2020-02-10"),
        ("10022020", "dmy", "2020-02-10"),
        ("10/02/2020", "mdy", "2020-10-02"),
        ("10/02/99", "mdy", "1999-10-02"),
        ("10-Feb-2020", "dmy", "2020-02-10"),
        ("10 February 2020", "mdy", "2020-02-10"),
        ("Feb 10, 2020", "mdy", "2020-02-10"),
        ("43871", "serial", "2020-02-10"),
        ("43871.5", "serial", "2020-02-10"),
        ("2/29/2024", "mdy", "2024-02-29"),
    ],
)
def test_a_text_is_the_day_its_order_gives(text, order, day):
    assert read_dates((text,), order)[0] == day_of(day)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("31/02/2020", "dmy"),
        ("29/02/2023", "dmy"),
        ("13/13/2020", "mdy"),
        ("10/02/2020", "ymd"),
        ("soon", "dmy"),
        ("2020", "ymd"),
        ("123", "serial"),
        ("1.930438e+09", "ymd"),
        ("2200-01-01", "ymd"),
        ("45", "dmy"),
    ],
)
def test_what_is_no_date_in_an_order_stays_unread(text, order):
    assert read_dates((text,), order)[0] == UNREAD


def test_blank_and_the_erps_own_no_date_are_blank():
    texts = date_texts(pd.Series(["2020-01-01", "", "00000000", "9999-12-31", "2020-01-01"], dtype="str"))
    assert texts.texts == ("2020-01-01",)
    assert list(texts.codes) == [0, -1, -1, -1, 0]
    assert list(texts.counts) == [2]


def test_every_day_of_a_century_reads_back_in_every_order():
    days = np.arange(day_of("1999-01-01"), day_of("2099-01-01"), 11)
    dates = days.astype("datetime64[D]").astype(object)
    for order, pattern in (("ymd", "%Y-%m-%d"), ("dmy", "%d/%m/%Y"), ("mdy", "%m/%d/%Y"), ("ymd", "%Y%m%d")):
        texts = tuple(day.strftime(pattern) for day in dates)
        assert (read_dates(texts, order) == days).all()
