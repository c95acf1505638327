"""Are numbers, money and days written as a finance reader of each language writes them?"""

import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from sim.base.days import NEVER
from sim.base.errors import BadInput, Problem
from sim.words import Words

EN, ZH = Words("en"), Words("zh")


@pytest.mark.parametrize(
    ("fen", "english", "chinese"),
    [
        (0, "¥0", "¥0"),
        (5, "¥0.05", "¥0.05"),
        (12_345, "¥123", "¥123"),
        (999_900, "¥10.0k", "¥9,999"),
        (1_234_500, "¥12.3k", "¥1.23万"),
        (99_995_00, "¥100k", "¥10.00万"),
        (123_400_000, "¥1.23m", "¥123.4万"),
        (999_950_00, "¥1.00m", "¥100.0万"),
        (9_999_999_900, "¥100m", "¥1.00亿"),
        (-1_234_567_890_123, "-¥12.3bn", "-¥123.5亿"),
        (100_000_000_000_000, "¥1,000bn", "¥10,000亿"),
    ],
)
def test_money_is_grasped_at_a_glance(fen: int, english: str, chinese: str):
    assert (EN.money(fen), ZH.money(fen)) == (english, chinese)


def test_exact_money_keeps_every_fen():
    assert EN.money(123_456_789, exact=True) == ZH.money(123_456_789, exact=True) == "¥1,234,567.89"
    assert EN.money(2**62, exact=True) == "¥46,116,860,184,273,879.04"


def test_an_unknown_currency_has_no_sign_and_a_foreign_one_its_own():
    assert EN.money(1_234_00, "XXX") == "1.23k"
    assert EN.money(1_234_00, "USD") == "US$1.23k"
    assert EN.money(1_234_00, "CAD") == "CA$1.23k"


def test_a_difference_shows_its_sign():
    assert EN.money(100_00, signed=True) == "+¥100"
    assert ZH.value(-3.25, "d", signed=True) == "-3.3天"
    assert EN.value(0, "d", signed=True) == "0 days"


@pytest.mark.parametrize(
    ("x", "unit", "english", "chinese"),
    [
        (71.893, "d", "71.9 days", "71.9天"),
        (1, "d", "1 day", "1天"),
        (0.3561, "share", "35.6%", "35.6%"),
        (1.613, "times", "1.61 times", "1.61次"),
        (2466, "count", "2,466", "2,466"),
        (45, "min", "45 min", "45分钟"),
        (2, "person", "2 people", "2人"),
        (200, "bp", "2%", "2%"),
        (85, "%", "85%", "85%"),
        (1_234_500, "fen", "¥12.3k", "¥1.23万"),
        (math.inf, "d", "∞ days", "∞天"),
        (Decimal("0.125"), "share", "12.5%", "12.5%"),
        (np.int64(3), "count", "3", "3"),
    ],
)
def test_a_value_carries_its_unit(x: float, unit: str, english: str, chinese: str):
    assert (EN.value(x, unit), ZH.value(x, unit)) == (english, chinese)


@pytest.mark.parametrize("nothing", [None, math.nan, np.float64("nan"), pd.NA, pd.NaT])
def test_unknown_is_never_zero(nothing: object):
    for unit in ("d", "fen", "share", "count"):
        assert EN.value(nothing, unit) == "unknown"
        assert ZH.value(nothing, unit) == "未知"
        assert ZH.interval(nothing, 1, unit) == "未知"
    assert ZH.money(nothing, exact=True) == ZH.date(nothing) == ZH.percent(nothing) == "未知"


def test_half_is_rounded_up_as_people_do_it():
    assert EN.percent(0.285, 0) == "29%"
    assert EN.number(2.675, 2) == "2.68"


def test_a_range_names_its_unit_once():
    assert EN.interval(0.94, 1.5, "d") == "0.9 to 1.5 days"
    assert ZH.interval(0.94, 1.5, "d") == "0.9至1.5天"
    assert EN.interval(-9e7, 1.5e8, "fen", signed=True) == "-¥900k to +¥1.50m"


def test_a_range_never_shows_two_ends_alike():
    assert EN.interval(43.96, 44.04, "d") == "43.96 to 44.04 days"
    assert ZH.interval(-0.02, 0.01, "d", signed=True) == "-0.02至+0.01天"
    assert EN.interval(0.1232, 0.1234, "share") == "12.32% to 12.34%"
    assert EN.interval(44, 44, "d") == "44 days"
    assert EN.interval(1e-9, 2e-9, "d") == "0.0 days"
    assert EN.interval(50_900_000_00, 50_900_001_00, "fen") == "¥50.9m"


def test_a_mean_has_the_decimals_of_the_interval_beside_it():
    assert EN.beside(5, 4.2, 5.8, "count", signed=True) == "+5.0"
    assert ZH.beside(-0.3, -0.34, -0.28, "d", signed=True) == "-0.30天"
    assert EN.beside(0.123, 0.1232, 0.1234, "share") == "12.30%"
    assert EN.beside(0.05, -0.01, 0.04, "share", signed=True) == "+5.0 pp"
    assert EN.beside(3, math.nan, math.nan, "count") == "3"
    assert EN.beside(9e7, 1, 2, "fen") == "¥900k"


def test_a_difference_of_shares_is_told_in_percentage_points():
    assert (EN.value(-0.0731, "share", signed=True), ZH.value(0.285, "share", signed=True)) == (
        "-7.3 pp",
        "+28.5个百分点",
    )
    assert EN.interval(-0.09, 0.05, "share", signed=True) == "-9.0 to +5.0 pp"
    assert EN.interval(0.09, 0.1, "share") == "9.0% to 10.0%"


def test_a_small_difference_of_shares_does_not_read_as_none():
    assert EN.value(-0.0005, "share", signed=True) == "-0.05 pp"
    assert EN.value(0.0, "share", signed=True) == "0.0 pp"
    assert EN.interval(-0.0008, -0.0002, "share", signed=True) == "-0.08 to -0.02 pp"


def test_dates_and_periods_are_for_people():
    assert (EN.date("2025-01-03"), ZH.date("2025-01-03")) == ("3 Jan 2025", "2025年1月3日")
    assert (EN.date(20_000), EN.date(NEVER), ZH.date(NEVER)) == ("4 Oct 2024", "not yet", "尚未")
    assert [EN.period(name) for name in ("2025-03", "2025Q1", "2025", "all")] == [
        "Mar 2025",
        "Q1 2025",
        "2025",
        "whole time",
    ]
    assert [ZH.period(name) for name in ("2025-03", "2025Q1", "2025")] == [
        "2025年3月",
        "2025年第1季度",
        "2025年",
    ]


def test_problems_are_told_all_at_once_by_name():
    bad = BadInput(
        [
            Problem("at_most", "terms.net_days", 900, {"limit": 180}),
            Problem("not_a_choice", "collection.worklist", "newest", {"expected": "oldest, largest"}),
        ]
    )
    assert EN.problems(bad).splitlines() == [
        "Payment term (terms.net_days): 900 is more than the most allowed, 180",
        "Worklist rule (collection.worklist): newest is not one of the choices: oldest, largest",
    ]
    assert ZH.problems(bad).startswith("信用期（terms.net_days）：900 大于允许的最大值 180")


def test_a_rule_without_words_still_names_field_and_value():
    told = EN.problem(Problem("brand_new_rule", "x.y", [1, 2.5, None]))
    assert told == "x.y: 1, 2.5,  is not valid here"
    assert "x.y" in EN.problem(Problem("at_least", "x.y", 3))


def test_an_unknown_key_or_language_is_an_error():
    with pytest.raises(KeyError):
        EN.say("no.such.key")
    with pytest.raises(KeyError):
        EN.say("problem.at_least", field="x")
    with pytest.raises(BadInput):
        Words("fr")  # type: ignore[arg-type]
