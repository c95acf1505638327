"""Do the formulas give the textbooks' answers? Changes of credit policy, single orders, the best term."""

import pytest

from sim.measure.credit_policy import (
    TermsResponse,
    UnitPolicy,
    break_even_default,
    break_even_default_once,
    break_even_default_repeatedly,
    break_even_loss_share,
    break_even_payment,
    break_even_units,
    credit_with_discount,
    cut_off_costs,
    gain_of_discount,
    gain_of_more_sales,
    grant_once,
    grant_repeatedly,
    order_profit,
    order_with_repeat,
    policy_change,
    policy_income,
    profit_after_losses,
    steps_worth_taking,
    switch_to_credit,
)


def exactly(value: float):
    return pytest.approx(value, rel=1e-6)


# --- T01: a looser standard ---------------------------------------------------------------------------------------

DODD = {"price": 10.0, "unit_cost": 6.0, "required_return": 0.15}
NOW = UnitPolicy(units=60_000, collection_days=30, loss_share=0.01)
PROPOSED = UnitPolicy(units=63_000, collection_days=45, loss_share=0.02)


def test_t01_a_looser_standard_pays():
    """T01: Gitman's Dodd Tool, exact on 365 days."""
    change = policy_change(NOW, PROPOSED, **DODD)
    assert change.contribution == exactly(12_000)
    assert change.invested_before == exactly(29_589.0410959)
    assert change.invested_after == exactly(46_602.7397260)
    assert change.carrying == exactly(2_552.0547945)
    assert change.losses == exactly(6_600)
    assert change.gain == exactly(2_847.9452055)


def test_t01_as_printed_with_turnover_rounded_and_on_360_days():
    """T01: the book rounds turnover to a tenth (2,826), earlier editions count 360 days (2,812)."""
    rounded = policy_change(NOW, PROPOSED, **DODD, turnover_digits=1)
    assert rounded.invested_before == exactly(29_508.1967213)
    assert rounded.invested_after == exactly(46_666.6666667)
    assert rounded.gain == exactly(2_826.2295082)
    old_edition = policy_change(NOW, PROPOSED, **DODD, year_days=360)
    assert old_edition.carrying == exactly(2_587.5)
    assert old_edition.gain == exactly(2_812.5)


# --- T02: a cash discount -----------------------------------------------------------------------------------------

MAX = {"price": 3_000.0, "unit_cost": 2_300.0, "required_return": 0.14}
WITHOUT = UnitPolicy(units=1_100, collection_days=40)
WITH = UnitPolicy(units=1_150, collection_days=25, discount=0.02, taking_share=0.80)


def test_t02_a_cash_discount_that_does_not_pay():
    """T02: Gitman's MAX Company, exact and with turnovers rounded (-6,640 in print)."""
    change = policy_change(WITHOUT, WITH, **MAX)
    assert change.contribution == exactly(35_000)
    assert -change.carrying == exactly(13_453.4246575)
    assert change.discounts == exactly(55_200)
    assert change.gain == exactly(-6_746.5753425)
    rounded = policy_change(WITHOUT, WITH, **MAX, turnover_digits=1)
    assert -rounded.carrying == exactly(13_560.0632234)
    assert rounded.gain == exactly(-6_639.9367756)


# --- T03, T04: a policy's whole income ----------------------------------------------------------------------------


def test_t03_all_terms_change_at_once():
    """T03: Brigham's Monroe Manufacturing, in whole yuan; the book gives 50 and 57 million."""
    costs = {"cost_share": 0.7, "funds_rate": 0.2, "tax_rate": 0.5}
    old = policy_income(400e6, collection=((0.5, 10), (0.4, 30), (0.1, 40)), discount=0.01, taking_share=0.5,
                        loss_share=0.025, collection_cost=5e6, **costs)  # fmt: skip
    new = policy_income(530e6, collection=((0.6, 10), (0.2, 40), (0.2, 50)), discount=0.02, taking_share=0.6,
                        loss_share=0.06, collection_cost=2e6, **costs)  # fmt: skip
    assert (old.dso, new.dso) == (exactly(21), exactly(24))
    assert (old.discounts, new.discounts) == (exactly(2_000_000), exactly(6_360_000))
    assert (old.carrying, new.carrying) == (exactly(3_221_917.8082192), exactly(4_878_904.1095890))
    assert (old.losses, new.losses) == (exactly(10e6), exactly(31.8e6))
    assert old.before_tax == exactly(99_778_082.1917808)
    assert new.before_tax == exactly(113_961_095.8904110)
    assert old.net == exactly(49_889_041.0958904)
    assert new.net == exactly(56_980_547.9452055)
    assert new.net - old.net == exactly(7_091_506.8493151)


def test_t04_stricter_standards_and_a_discount_for_those_who_pay():
    """T04: Brigham's mini-case, net 30 to 2/10 net 20; the discount falls on sales net of bad debts."""
    costs = {"cost_share": 0.75, "funds_rate": 0.12, "tax_rate": 0.4, "discount_on_paid_only": True}
    old = policy_income(1.0e6, collection=((0.8, 30), (0.2, 40)), loss_share=0.02, **costs)
    new = policy_income(1.1e6, collection=((0.6, 10), (0.3, 20), (0.1, 30)), loss_share=0.01, discount=0.02,
                        taking_share=0.6, **costs)  # fmt: skip
    assert (old.dso, new.dso) == (exactly(32), exactly(15))
    assert new.discounts == exactly(13_068)
    assert (old.carrying, new.carrying) == (exactly(7_890.4109589), exactly(4_068.4931507))
    assert (old.losses, new.losses) == (exactly(20_000), exactly(11_000))
    assert old.net == exactly(133_265.7534247)
    assert new.net == exactly(148_118.1041096)
    assert new.net - old.net == exactly(14_852.3506849)


# --- T05: steps of relaxing ---------------------------------------------------------------------------------------


def test_t05_each_loosening_by_itself():
    """T05: Van Horne and Wachowicz, a liberal standard, a longer period, a discount."""
    liberal = gain_of_more_sales(600_000, 0.2, collection_months=2, required_return=0.2)
    assert liberal == exactly(104_000)
    longer = gain_of_more_sales(
        360_000, 0.2, collection_months=2, required_return=0.2, old_balance_rise=200_000
    )
    assert longer == exactly(22_400)
    discount = gain_of_discount(3.0e6, 0.02, 0.6, months_before=2, months_after=1, required_return=0.2)
    assert discount == exactly(14_000)


def test_t05_stop_relaxing_where_the_next_step_costs_more_than_it_brings():
    """T05: policy A adds 44,000, policy B on top of it loses 6,000: choose A."""
    step_a = gain_of_more_sales(600_000, 0.2, collection_months=2, required_return=0.2, loss_share=0.10)
    step_b = gain_of_more_sales(300_000, 0.2, collection_months=3, required_return=0.2, loss_share=0.18)
    assert step_a == exactly(44_000)
    assert step_b == exactly(-6_000)
    assert steps_worth_taking([step_a, step_b]) == 1
    assert steps_worth_taking([step_a]) == 1
    assert steps_worth_taking([]) == 0


# --- T06-T07: single orders, a tighter standard -------------------------------------------------------------------


def test_t06_one_order_and_the_repeat_orders_behind_it():
    """T06: Brealey and Myers' Cast Iron."""
    assert break_even_payment(1_200, 1_000) == exactly(1_000 / 1_200)
    assert order_profit(0.8, 1_200, 1_000) == exactly(-40)
    assert order_profit(0.95, 1_200, 1_000) == exactly(140)
    at_20 = order_with_repeat(0.8, 0.95, revenue=1_200, cost=1_000, rate=0.20)
    at_10 = order_with_repeat(0.8, 0.95, revenue=1_200, cost=1_000, rate=0.10)
    assert at_20 == exactly(53.3333333)
    assert at_10 == exactly(61.8181818)
    assert break_even_payment(1_200, 1_000, repeat_value=140 / 1.2) == exactly(0.7594936709)


def test_t07_a_tighter_standard_loses_sales_and_gains_profit():
    """T07: Brealey and Myers' Universal Bed, per 100 of old sales."""
    assert profit_after_losses(100, 0.80, 0.06) == exactly(14.0)
    assert profit_after_losses(95, 0.80, 0.04) == exactly(15.2)


# --- T08-T10: from cash to credit ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("units", "cost", "npv"), [(110, 5_100, 9_400), (105, 5_000, 2_250)])
def test_t08_selling_on_a_months_credit_instead_of_for_cash(units, cost, npv):
    """T08: Ross, Westerfield and Jordan's Locust Software."""
    switch = switch_to_credit(49, 20, units_before=100, units_after=units, rate=0.02)
    assert switch.cost == exactly(cost)
    assert switch.npv == exactly(npv)
    assert (switch.benefit - switch.carrying) / 0.02 == exactly(npv)  # seen from the receivables
    one_month = 49 * units / 1.02 - 20 * units - (49 - 20) * 100
    assert one_month + one_month / 0.02 == exactly(npv)  # seen as one sale after the other


def test_t08_break_even_units():
    """T08: Locust must sell 3.43 more units a month."""
    units = break_even_units(49, 20, units_before=100, rate=0.02)
    assert units == exactly(3.4265734266)
    assert switch_to_credit(49, 20, units_before=100, units_after=100 + units, rate=0.02).npv == (
        pytest.approx(0, abs=1e-9)
    )


def test_t09_a_discount_for_cash_when_some_never_pay():
    """T09: the same firm raises the price to 50 with 2 % off for cash."""
    offer = {"units": 100, "discount": 0.02, "rate": 0.02}
    assert credit_with_discount(49, 50, default_share=0.0, **offer) == exactly(100)
    assert credit_with_discount(49, 50, default_share=0.10, **offer) == exactly(-24_900)
    assert break_even_default(0.02, 0.02) == exactly(0.0004)
    assert credit_with_discount(49, 50, default_share=0.0004, **offer) == pytest.approx(0, abs=1e-9)


def test_t10_credit_to_a_new_customer_once_and_for_ever():
    """T10: why a small first order on trial can be right."""
    assert break_even_default_once(49, 20, 0.02) == exactly(0.5836734694)
    assert grant_once(49, 20, 0.20, 0.02) == exactly(18.4313725490)
    assert break_even_default_repeatedly(49, 20, 0.02) == exactly(0.9862068966)
    assert grant_repeatedly(49, 20, 0.20, 0.02) == exactly(1_140)


# --- O13: the best term, and metrics 19 ---------------------------------------------------------------------------


def terms(sales_per_day: float) -> TermsResponse:
    return TermsResponse(
        sales_at_30=100.0, sales_per_day=sales_per_day, loss_at_30=0.006, loss_per_day=0.0001, margin=0.25,
        lateness=12, funds_rate=0.08,
    )  # fmt: skip


def test_o13_longer_terms_pay_up_to_a_point():
    """O13: profit against net days has one best point, near 62 days."""
    response = terms(0.0012)
    assert response.best_net_days() == exactly(61.7271157168)
    printed = {30: 23.7096, 45: 23.7326, 60: 23.7414, 90: 23.7162, 120: 23.6338}
    assert {days: round(response.profit(days), 4) for days in printed} == printed
    best = response.best_net_days()
    assert response.profit(best) > max(response.profit(best - 0.5), response.profit(best + 0.5))


def test_o13_the_answer_hangs_on_how_sales_respond():
    """O13: with a stronger response the best term runs away, with a weaker one it is below zero."""
    assert terms(0.0018).best_net_days() == exactly(200.6160046056)
    assert terms(0.0008).best_net_days() == exactly(-146.6062173168)


def test_the_loss_share_that_extra_sales_can_bear():
    assert break_even_loss_share(0.25, collection_days=75, funds_rate=0.08) == exactly(
        0.25 - 0.08 * 0.75 * 75 / 365
    )
    assert break_even_loss_share(0.25, collection_days=0, funds_rate=0.08, other_cost_share=0.05) == exactly(
        0.2
    )


def test_what_a_cut_off_costs_on_both_sides():
    """Refused 300, of which 200 would have paid; granted 500, of which 100 never paid; margin 25 %."""
    costs = cut_off_costs(
        [200, 100, 400, 100], [True, True, False, False], [True, False, True, False], margin=0.25
    )
    assert costs == (exactly(50), exactly(75))
