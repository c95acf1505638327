"""Do the figures come out as worked by hand? Every worked number of the standard definitions, sections 1 to 19.

Ledger W (eight invoices, terms 30 days, snapshot 30 June 2025, second quarter) stands in tests/unit/ledgers.py.
"""

import numpy as np
import pytest

from sim.base.days import day_of
from sim.measure import ageing, measure, overdue_days
from sim.measure import formulas as f
from sim.measure.survival import km_restricted_mean, life_table
from tests.unit.ledgers import ledger_w

SELLER = {"margin_bp": 2_500, "capital_bp": 800}


@pytest.fixture(scope="module")
def second_quarter():
    """The value of a metric for ledger W in the second quarter."""
    table = measure(ledger_w(seller=SELLER), every="quarter").table
    values = table[table["period"] == "2025Q2"].set_index("metric")["value"]
    return lambda name: values[name]


def close(value, expected, digits):
    """Equal when rounded as printed."""
    return abs(float(value) - expected) <= 0.5 * 10**-digits + 1e-9


# --- 1-5: DSO and its relatives -----------------------------------------------------------------------------------


def test_the_quarter_of_ledger_w(second_quarter):
    assert second_quarter("ar") == 790
    assert second_quarter("credit_sales") == 1_000
    assert second_quarter("receipts") == 660
    assert second_quarter("invoices") == 5


def test_opening_receivables_and_month_ends():
    table = measure(ledger_w(), ["ar", "credit_sales"]).values("ar")
    assert table.loc[0, ["2025-03", "2025-04", "2025-05", "2025-06"]].tolist() == [450, 570, 510, 790]
    sales = measure(ledger_w(), ["credit_sales"]).values("credit_sales")
    assert sales.loc[0, ["2025-04", "2025-05", "2025-06"]].tolist() == [420, 240, 340]


def test_dso_at_the_end_of_the_quarter(second_quarter):
    assert close(second_quarter("dso"), 71.89, 2)
    assert close(f.dso(790, 1_000, 91), 71.89, 2)


def test_dso_on_the_average_balance(second_quarter):
    assert close(second_quarter("dso_average"), 56.42, 2)
    assert close(f.dso(np.mean([450, 570, 510, 790]), 1_000, 91), 52.78, 2)


def test_dso_on_the_true_daily_balance(second_quarter):
    assert close(second_quarter("ar_average"), 620.989, 3)
    assert close(second_quarter("dso_daily"), 56.51, 2)


def test_countback_eats_june_may_and_half_of_april(second_quarter):
    assert close(second_quarter("dso_countback"), 76.0, 6)
    assert close(f.countback(790, [340, 240, 420], [30, 31, 30]), 76.0, 6)


def test_best_possible_dso(second_quarter):
    assert close(second_quarter("dso_best_possible"), 30.94, 2)


def test_days_delinquent_is_the_difference(second_quarter):
    assert close(second_quarter("days_delinquent"), 40.95, 2)
    assert second_quarter("days_delinquent") == pytest.approx(
        second_quarter("dso") - second_quarter("dso_best_possible")
    )


# --- 6, 7: days to pay, turnover ----------------------------------------------------------------------------------


def test_true_days_to_pay(second_quarter):
    assert close(second_quarter("days_to_pay"), 44.82, 2)
    assert close(second_quarter("days_to_pay_count"), 45.75, 6)
    assert close(f.weighted_mean([60, 30, 50, 43], [100, 200, 300, 60]), 44.82, 2)


def test_days_late_signed_and_of_late_payers_only(second_quarter):
    assert close(second_quarter("days_late"), 14.82, 2)
    assert close(second_quarter("days_late_positive"), 21.26, 2)


def test_days_to_pay_less_the_term_is_days_late(second_quarter):
    assert second_quarter("days_to_pay") - 30 == pytest.approx(second_quarter("days_late"))


def test_turnover_and_dso_are_reciprocal(second_quarter):
    assert close(second_quarter("turnover"), 1.613, 3)
    assert close(second_quarter("turnover_year"), 6.469, 3)
    assert second_quarter("turnover") * second_quarter("dso_average") == pytest.approx(91)


# --- 8: overdue days ----------------------------------------------------------------------------------------------


def test_overdue_days_weighted_by_amount(second_quarter):
    assert close(second_quarter("overdue_days"), 36.4, 6)
    assert close(second_quarter("overdue_days_all_ar"), 20.73, 2)


def test_overdue_days_of_each_open_invoice():
    due = [day_of(date) for date in ("2025-04-19", "2025-05-28", "2025-06-15", "2025-07-03", "2025-07-20")]
    assert overdue_days.overdue_days(due, day_of("2025-06-30")).tolist() == [72, 33, 15, 0, 0]


def test_late_interest_at_five_basis_points_a_day(second_quarter):
    assert close(second_quarter("overdue_interest"), 8.19, 6)
    assert close(overdue_days.overdue_interest(16_380), 8.19, 6)


# --- 9, 10: ageing, CEI -------------------------------------------------------------------------------------------


def test_ageing_of_ledger_w():
    row = ageing(ledger_w()).loc[0]
    assert row[["current", "1_30", "31_60", "61_90"]].tolist() == [340, 240, 60, 150]
    assert row[["91_180", "181_365", "over_365", "credits"]].sum() == 0
    assert row["total"] == 790


def test_overdue_ratio(second_quarter):
    assert second_quarter("overdue") == 450
    assert close(100 * second_quarter("overdue_ratio"), 56.96, 2)
    assert second_quarter("share_over_90") == 0


def test_cei_in_the_full_period_form(second_quarter):
    assert close(100 * second_quarter("cei"), 59.46, 2)
    assert close(100 * f.cei(450, 1_000, 790, 340), 59.46, 2)


def test_the_published_cei_form_is_absurd_on_ledger_w():
    assert close(100 * f.cei_published_average(450, 1_000, 3, 790, 340), -1.5, 1)


# --- 11, 12: roll rates, provision --------------------------------------------------------------------------------

STOCKS = np.array(
    [[1000, 150, 60, 30, 18], [1100, 140, 66, 33, 21], [1050, 165, 56, 36, 24], [1080, 147, 74, 28, 27]]
)


def test_roll_rates_month_by_month():
    rates = 100 * f.roll_rates(STOCKS)
    expected = [[14.0, 44.0, 55.0, 70.0], [15.0, 40.0, 54.55, 72.73], [14.0, 44.85, 50.0, 75.0]]
    assert np.allclose(rates, expected, atol=0.0051)


def test_the_mean_of_roll_rates_is_not_the_pooled_rate():
    assert np.allclose(100 * f.roll_rates(STOCKS).mean(axis=0), [14.33, 42.95, 53.18, 72.58], atol=0.0051)
    assert np.allclose(100 * f.pooled_roll_rates(STOCKS), [14.35, 43.08, 53.30, 72.73], atol=0.0051)
    assert f.pooled_roll_rates(STOCKS)[0] == pytest.approx(452 / 3150)


def test_an_empty_bucket_has_no_roll_rate_and_is_left_out_of_the_pool():
    rates = f.roll_rates([[0, 10], [100, 20], [100, 30]])
    assert np.isnan(rates[0, 0])
    assert f.pooled_roll_rates([[0, 10], [100, 20], [100, 30]])[0] == pytest.approx(0.3)


ROLLS, LOSS_OF_LAST, APRIL = [0.14, 0.40, 0.50, 0.75], 0.60, [1080, 147, 74, 28, 27]


def test_flow_rates_give_the_provision_matrix():
    assert np.allclose(100 * f.flow_loss_rates(ROLLS, LOSS_OF_LAST), [1.26, 9.0, 22.5, 45.0, 60.0])


def test_provision_on_the_april_balances():
    assert f.provision(APRIL, f.flow_loss_rates(ROLLS, LOSS_OF_LAST)) == pytest.approx(72.288)
    each = np.array(APRIL) * f.flow_loss_rates(ROLLS, LOSS_OF_LAST)
    assert np.allclose(each, [13.608, 13.230, 16.650, 12.600, 16.200])


def test_a_forward_looking_scalar_raises_the_provision():
    assert close(f.provision(APRIL, f.flow_loss_rates(ROLLS, LOSS_OF_LAST, scalar=1.15)), 83.13, 2)
    assert f.flow_loss_rates([1.0], 0.9, scalar=1.15).tolist() == [1.0, 1.0]


def test_discounting_within_a_year_matters_little():
    assert close(f.present_value(60, 180, 0.08), 57.77, 2)


# --- 13: losses ---------------------------------------------------------------------------------------------------


def test_bad_debt_gross_and_net():
    assert f.ratio(1.2, 100) == pytest.approx(0.012)
    assert f.ratio(1.2 - 0.2, 100) == pytest.approx(0.010)


def test_growth_makes_the_flow_ratio_look_better_than_the_vintage():
    sales, growth, vintage = 100.0, 1.20, 0.012
    assert f.ratio(sales * vintage, sales * growth) == pytest.approx(0.010)


def test_expected_loss():
    assert f.expected_loss(0.025, 0.60, 800_000) == pytest.approx(12_000)
    assert f.loss_given_default(800_000, 320_000) == pytest.approx(0.60)


# --- 14-19: promises, disputes, cash, discount, carrying, economic profit -----------------------------------------


def test_promises_by_number_and_by_amount():
    paid = [1.0] * 27 + [0.5] * 5 + [0.0] * 8
    assert f.ratio(27, 40) == pytest.approx(0.675)
    assert f.kept_by_amount(paid, np.ones(40)) == pytest.approx(0.7375)


def test_the_promise_funnel():
    attempts, reached, promised, kept = 200, 90, 54, 36
    steps = f.ratio([reached, promised, kept], [attempts, reached, promised])
    assert np.allclose(steps, [0.45, 0.60, 2 / 3])
    assert np.prod(steps) == pytest.approx(0.18)


def test_dispute_rate_and_why_settled_disputes_alone_understate():
    assert f.ratio(38, 1_000) == pytest.approx(0.038)
    at_risk, settled = life_table([31] * 30 + [52] * 8, [True] * 30 + [False] * 8)
    assert km_restricted_mean(at_risk, settled) > 31


def test_cash_conversion():
    dio, dso, dpo = f.dso(240, 1460, 365), f.dso(300, 2190, 365), f.dso(160, 1460, 365)
    assert f.cash_conversion_days(dio, dso, dpo) == pytest.approx(70)
    assert close(f.dso(300 + 240 - 160, 2190, 365), 63.33, 2)
    assert f.ratio(150, 600) == pytest.approx(0.25)


def test_carrying_twelve_million():
    assert f.carrying_cost(12e6, 0.06, 365) == pytest.approx(720_000)
    assert f.carrying_cost(12e6, 0.06, 365, cost_share=0.75) == pytest.approx(540_000)


POLICIES = {
    "base": (100e6, 0.010, 60, 0.60e6, 22.414),
    "loose": (108e6, 0.016, 75, 0.70e6, 23.240),
    "tight": (95e6, 0.006, 50, 0.55e6, 21.849),
}


def _profit(sales, loss_rate, dso, collection):
    carrying = f.carrying_cost(sales / 365 * dso, 0.08, 365, cost_share=0.75)
    return float(
        f.economic_profit(sales, 0.25, losses=sales * loss_rate, carrying=carrying, collection=collection)
    )


@pytest.mark.parametrize("name", POLICIES)
def test_economic_profit_of_a_policy(name):
    *terms, expected = POLICIES[name]
    assert close(_profit(*terms) / 1e6, expected, 3)


def test_loose_gains_and_tight_loses():
    profit = {name: _profit(*terms) / 1e6 for name, (*terms, _) in POLICIES.items()}
    assert close(profit["loose"] - profit["base"], 0.827, 3)
    assert close(profit["tight"] - profit["base"], -0.565, 3)
    assert close(108 * 75 / 365 - 100 * 60 / 365, 5.753, 3)


def test_economic_profit_of_ledger_w(second_quarter):
    carrying = 620.989011 * 0.75 * 0.08 * 91 / 365
    assert second_quarter("carrying_cost") == pytest.approx(carrying)
    assert second_quarter("economic_profit") == pytest.approx(1_000 * 0.25 - carrying)


# --- edges --------------------------------------------------------------------------------------------------------


def test_a_ratio_without_denominator_is_unknown_not_zero():
    assert np.isnan(f.ratio(1, 0))
    assert np.isnan(f.dso(100, 0, 30))
    assert np.isnan(f.turnover(100, 0))


def test_countback_edges():
    assert np.isnan(f.countback(1_000, [100, 100], [30, 30]))  # history too short
    assert f.countback(-5, [100], [30]) == 0
    assert f.countback(150, [100, 0, 100], [30, 31, 30]) == pytest.approx(30 + 31 + 15)
    assert f.countback(150, [100, -20, 100], [30, 31, 30]) == pytest.approx(30 + 31 + 50 / 80 * 30)
    assert f.countback(100, [100, 100], [30, 31]) == pytest.approx(30)
