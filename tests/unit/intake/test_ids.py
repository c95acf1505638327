"""Ids are text; what a spreadsheet did to them is told, not mended."""

import pandas as pd

from sim.intake.ids import read_ids


def ids(*texts: str, drop_zeros: bool = False):
    return read_ids(pd.Series(list(texts), dtype="str"), drop_zeros=drop_zeros)


def test_leading_zeros_stay_in_customer_numbers():
    assert list(ids("0001", "1").values) == ["0001", "1"]


def test_leading_zeros_go_from_invoice_numbers_and_are_counted():
    found = ids("0000611365", "5133177585", "A007", drop_zeros=True)
    assert list(found.values) == ["611365", "5133177585", "A007"]
    assert found.zeros_dropped == 1


def test_leading_zeros_stay_when_two_numbers_would_become_one():
    found = ids("007", "7", drop_zeros=True)
    assert list(found.values) == ["007", "7"]
    assert found.zeros_dropped == 0


def test_a_decimal_tail_goes():
    found = ids("1930431537.0", "1.5", "12")
    assert list(found.values) == ["1930431537", "1.5", "12"]
    assert list(found.float_tail) == [True, False, False]


def test_a_float_in_scientific_writing_is_damaged_for_good():
    found = ids("1.930438e+09", "1930438")
    assert list(found.values) == ["1.930438e+09", "1930438"]
    assert list(found.damaged) == [True, False]
