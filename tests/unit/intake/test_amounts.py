"""Money is read to the fen, and the decimal mark is proved by the column or asked for."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.intake.amounts import read_amounts


def amounts(*texts: str, decimal=None):
    return read_amounts(pd.Series(list(texts), dtype="str"), decimal)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1,234.50", 123_450),
        ("1.234,50", 123_450),
        ("¥1,234.50", 123_450),
        ("￥１，２３４．５０", 123_450),
        ("1 234,50", 123_450),
        ("1'234.50", 123_450),
        ("USD 1,234.50", 123_450),
        ("1,234.50 CNY", 123_450),
        ("1234.5元", 123_450),
        ("(1,234.50)", -123_450),
        ("1,234.50-", -123_450),
        ("-1,234.50", -123_450),
        ("−12.5", -1_250),
        ("12,34,567.80", 123_456_780),
        ("100", 10_000),
        (".5", 50),
        ("0.1", 10),
    ],
)
def test_an_amount_is_read_to_the_fen(text, cents):
    found = amounts(text)
    assert found.readable.all()
    assert found.fen[0] == cents


@pytest.mark.parametrize(
    "text", ["abc", "1.2.3,4,5", "1.930438e+09", "12%", "--5", "99999999999999999999", ""]
)
def test_what_is_no_amount_is_not_read_as_one(text):
    assert not amounts(text, decimal=".").readable.any()


def test_one_clear_value_decides_for_the_column():
    assert list(amounts("1,234", "12,5").fen) == [123, 1_250]
    assert list(amounts("1.234", "1.234.567").fen) == [123_400, 123_456_700]
    assert list(amounts("1,234", "12.5").fen) == [123_400, 1_250]


def test_thousands_or_decimals_is_asked_not_guessed():
    assert amounts("1,234", "5,600", "12") is None
    assert list(amounts("1,234", "5,600", decimal=".").fen) == [123_400, 560_000]
    assert list(amounts("1,234", "5,600", decimal=",").fen) == [123, 560]


def test_two_decimal_marks_in_one_column_are_asked_about():
    assert amounts("12.5", "12,5") is None


def test_more_than_two_decimals_are_rounded_away_from_zero_and_told():
    found = amounts("10431.519", "2.005", "-2.005", "2.500")
    assert list(found.fen) == [1_043_152, 201, -201, 250]
    assert list(found.rounded) == [True, True, True, False]


@given(st.lists(st.integers(-(10**13), 10**13), min_size=1))
def test_what_is_written_with_two_decimals_reads_back_to_the_fen(cents):
    texts = [f"{'-' if c < 0 else ''}{abs(c) // 100:,}.{abs(c) % 100:02d}" for c in cents]
    assert list(amounts(*texts).fen) == cents
