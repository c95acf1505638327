"""Is money counted exactly, however it is written and however much it is?"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.base.money import WHOLE_BP, day_of_interest, fen, fraction, nearest_fraction, share, share_of

INT64 = np.iinfo(np.int64)


@pytest.mark.parametrize(
    ("yuan", "expected"),
    [
        ("12.34", 1234),
        (1, 100),
        ("0.005", 1),
        ("0.0049", 0),
        ("-0.005", -1),
        (0.145, 15),
        (Decimal("1e9"), 10**11),
    ],
)
def test_half_a_fen_is_rounded_away_from_zero(yuan, expected):
    assert fen(yuan) == expected


@pytest.mark.parametrize("text", ["", "twelve", "1,234", "nan", "inf", "1e40"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match="not an amount"):
        fen(text)


def test_two_percent_of_an_invoice_is_rounded_half_up():
    assert share_of(1_025, 200) == 21  # 20.5 fen
    assert share_of(1_024, 200) == 20
    assert share(np.array([1_025, 1_024, 0]), 200).tolist() == [21, 20, 0]


@given(st.integers(0, 10**14), st.integers(0, WHOLE_BP))
def test_a_share_and_the_rest_never_lose_a_fen(amount, bp):
    part = share_of(amount, bp)
    assert 0 <= part <= amount
    assert abs(part + share_of(amount, WHOLE_BP - bp) - amount) <= 1
    assert share(np.array([amount]), bp)[0] == part


@given(st.integers(0, 10**17), st.integers(0, 90_000))
def test_large_amounts_do_not_overflow(amount, bp):
    exact = (amount * bp + WHOLE_BP // 2) // WHOLE_BP
    if exact <= INT64.max:
        assert int(share(np.array([amount]), np.array([bp]))[0]) == exact


@given(st.integers(0, 10**15), st.integers(0, 8_000), st.integers(1, 4_000))
def test_a_fraction_is_exact_and_rounded_down(amount, up, down):
    if amount * up // down <= INT64.max:
        assert int(fraction(np.array([amount]), up, down)[0]) == amount * up // down


def test_a_million_yuan_of_debt_at_four_and_a_half_percent_costs_123_yuan_a_day():
    assert day_of_interest(np.array([100_000_000, 0]), 450).tolist() == [
        12_328,
        0,
    ]  # 12,328.77 fen, rounded down


@given(st.integers(0, 10**15), st.integers(0, 90_000), st.integers(1, 3_650_000))
def test_a_rounded_fraction_is_at_most_half_a_fen_off(amount, numerator, denominator):
    exact = (2 * amount * numerator + denominator) // (2 * denominator)
    if exact <= INT64.max:
        assert int(nearest_fraction(np.array([amount]), numerator, denominator)[0]) == exact
