"""Do the formulas give the textbooks' answers? Cash conversion, cash balances, working capital, ruin."""

import numpy as np
import pytest

from sim.measure import cycle as c
from sim.measure import formulas as f


def exactly(value: float):
    return pytest.approx(value, rel=1e-6)


def test_t12_how_much_cash_to_take_at_a_time():
    """T12: Baumol, 600,000 a week flow out, a sale of securities costs 1,000, 10 % a year."""
    balance = c.baumol_balance(600_000 * 52, 1_000, 0.10)
    assert balance == exactly(789_936.7063253)
    assert 600_000 * 52 / balance == exactly(39.4968353)
    assert balance / 2 * 0.10 == exactly(600_000 * 52 / balance * 1_000)  # waiting costs what trading costs
    assert balance / 2 * 0.10 == exactly(39_496.8353163)


def test_t12_a_band_for_cash_that_wanders():
    """T12: Miller-Orr, the two printed cases (411 / 1,033 and 17,211 / 31,634)."""
    band = c.miller_orr(100, fee=10, sigma=200, rate=0.01)
    assert band.spread_third == exactly(310.7232506)
    assert band.target == exactly(410.7232506)
    assert band.high == exactly(1_032.1697518)
    assert band.mean == exactly(514.2976675)
    shares = c.miller_orr(10_000, fee=20, sigma=2_500, rate=0.09 / 360)
    assert shares.target == exactly(17_211.2478515)
    assert shares.high == exactly(31_633.7435546)
    assert shares.high - shares.low == exactly(21_633.7435546)
    assert c.miller_orr(10_000, fee=20, sigma=2_500, rate=0.09 / 365).spread_third == exactly(7_244.4798779)


def test_t27_the_cash_cycle_and_what_it_ties_up():
    """T27: Gitman's MAX, 60 days of stock, 40 to collect, 35 to pay."""
    lengths = c.Cycle(60, 40, 35)
    assert lengths.operating == exactly(100)
    assert lengths.cash_conversion == exactly(65)
    sales, cost = 10e6, 7.5e6
    purchases = 0.65 * cost
    assert cost * 60 / 365 == exactly(1_232_876.7123288)
    assert sales * 40 / 365 == exactly(1_095_890.4109589)
    assert purchases * 35 / 365 == exactly(467_465.7534247)
    tied = c.resources(lengths, sales=sales, cost_of_sales=cost, purchases=purchases)
    assert tied == exactly(1_861_301.3698630)


def test_t27_the_cycle_from_balances():
    """T27: Ross, Westerfield and Jordan's Slowpay."""
    lengths = c.cycle(
        stock=6_000, cost_of_sales=30_000, receivables=2_000, credit_sales=50_000, payables=3_750
    )
    assert lengths.stock_days == exactly(73.0)
    assert lengths.receivable_days == exactly(14.6)
    assert lengths.payable_days == exactly(45.625)
    assert lengths.operating == exactly(87.6)
    assert lengths.cash_conversion == exactly(41.975)


def test_payables_can_be_set_against_purchases():
    lengths = c.cycle(stock=1, cost_of_sales=365, receivables=1, credit_sales=365, payables=10, purchases=730)
    assert lengths.payable_days == exactly(5)


# --- working capital: worked numbers ------------------------------------------------------------------------------


def test_seventy_days_and_380_of_working_capital():
    """Stock 240, cost of sales 1460, receivables 300, sales 2190, payables 160."""
    lengths = c.cycle(stock=240, cost_of_sales=1_460, receivables=300, credit_sales=2_190, payables=160)
    assert (lengths.stock_days, lengths.receivable_days, lengths.payable_days) == (
        exactly(60),
        exactly(50),
        exactly(40),
    )
    assert lengths.cash_conversion == exactly(70)
    requirement = float(c.working_capital_requirement(300, 240, 160))
    assert requirement == exactly(380)
    assert float(f.dso(requirement, 2_190, 365)) == exactly(63.3333333)
    assert float(c.working_capital_requirement(300, 240, 160, prepaid=20, advances=50)) == exactly(350)
    assert float(c.funding_gap(380, 300)) == exactly(80)


def test_cash_ratio_leaves_margin_deposits_out_and_lines_apart():
    """150 of cash against 600 of short-term debts."""
    assert float(c.cash_ratio(150, 600)) == exactly(0.25)
    assert float(c.cash_ratio(150, 600, restricted=30)) == exactly(0.20)
    assert float(c.liquidity_ratio(150, 600, 90)) == exactly(0.40)
    assert np.isnan(c.cash_ratio(150, 0))


def test_return_on_what_is_tied_up():
    assert float(c.return_on_working_capital(10, 400, days=73)) == exactly(0.125)
    assert np.isnan(c.return_on_working_capital(10, -5))


# --- ruin ---------------------------------------------------------------------------------------------------------


def test_wilsons_interval():
    """Wilson (1927) with 95 %: 7 of 100, none of 20, all of 20; the last two by hand: n / (n + z^2)."""
    low, high = c.wilson_interval(7, 100)
    assert (low, high) == (pytest.approx(0.0343, abs=5e-5), pytest.approx(0.1375, abs=5e-5))
    z2 = 1.959963985**2
    assert c.wilson_interval(0, 20) == (0.0, exactly(z2 / (20 + z2)))
    assert c.wilson_interval(20, 20) == (exactly(20 / (20 + z2)), 1.0)
    assert np.isnan(c.wilson_interval(0, 0)).all()


def test_the_difference_of_two_shares_as_newcombe_works_it_out():
    """56 of 70 against 48 of 80: 0.0524 to 0.3339 (Newcombe 1998, his worked example, method 10)."""
    first, second = ((hits / runs, *c.wilson_interval(hits, runs)) for hits, runs in ((48, 80), (56, 70)))
    low, high = c.share_difference_interval(first, second)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)
    assert c.share_difference_interval(second, first) == (exactly(-high), exactly(-low))


def test_first_passage_and_days_below():
    paths = np.array([[5, -1, 3, -2], [1, 2, 3, 4]])
    assert c.days_below(paths).tolist() == [2, 0]
    assert c.first_passage(paths).tolist() == pytest.approx([1, np.nan], nan_ok=True)
    assert c.first_passage(paths, floor=2).tolist() == [1, 0]


def test_o11_drifting_cash_touches_zero():
    """O11: start 500, sigma 60 a day, 90 days."""
    assert c.ruin_of_drifting_cash(500, 2, 60, 90) == exactly(0.2807790112)
    assert c.ruin_of_drifting_cash(500, -2, 60, 90) == exactly(0.4893722653)
    assert c.ruin_of_drifting_cash(800, -2, 60, 90) == exactly(0.2415586218)


def test_lifetime_value_of_a_customer():
    """Margin 100 a month, 90 % stay, 12.6825 % a year = 1 % a month, three months by hand."""
    worth = float(f.lifetime_value(100.0, 0.9, 1.01**12 - 1, months=3))
    assert worth == exactly(100 * (1 + 0.9 / 1.01 + (0.9 / 1.01) ** 2))
    for_ever = float(f.lifetime_value(100.0, 0.9, 1.01**12 - 1, months=2_000))
    assert for_ever == exactly(100 * 1.01 / (1.01 - 0.9))
