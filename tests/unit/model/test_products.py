"""Do factoring, pledge and bills advance and cost what the textbooks compute? (Case T13, else by hand.)"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.base.days import NEVER
from sim.model import products as p

MILLION = np.array([100_000_000])


def yuan(*amounts):
    return [round(amount * 100) for amount in amounts]


# --- Factoring ----------------------------------------------------------------------------------------------------


def test_t13a_three_percent_for_36_days_and_a_half_is_35_percent_a_year():
    simple, effective = p.yearly_cost(3.0, 97.0, 36.5)
    assert 100 * simple == pytest.approx(30.93, abs=0.005)
    assert 100 * effective == pytest.approx(35.61, abs=0.005)


T13B = p.Factoring(recourse=True, advance_bp=8_000, interest_bp=900, fee_bp=150)


def test_t13b_nine_percent_and_one_and_a_half_is_21_percent():
    cost, cash = p.factoring_cost(MILLION, 60, T13B), p.factoring_cash(MILLION, 60, T13B)
    assert (cost.tolist(), cash.tolist()) == (yuan(27_000), yuan(773_000))
    assert p.reserve(MILLION, MILLION, T13B).tolist() == yuan(200_000)
    simple, effective = p.yearly_cost(cost, cash, 60)
    assert 100 * simple == pytest.approx([21.25], abs=0.005)
    assert 100 * effective == pytest.approx([23.23], abs=0.005)


def test_cash_now_cost_and_reserve_are_the_face():
    face = np.array([1, 99, 12_345_678, 10**15])
    days = np.array([1, 30, 60, 180])
    for product in (p.FACTORING_RECOURSE, p.FACTORING_NON_RECOURSE, p.US_SPOT_RECOURSE):
        parts = p.factoring_cash(face, days, product) + p.factoring_cost(face, days, product)
        assert (parts + p.reserve(face, face, product)).tolist() == face.tolist()


def test_giving_up_the_risk_costs_a_percent_more():
    more = p.factoring_cost(MILLION, 60, p.FACTORING_NON_RECOURSE) - p.factoring_cost(
        MILLION, 60, p.FACTORING_RECOURSE
    )
    assert more.tolist() == yuan(10_000)


@pytest.mark.parametrize("days", [60, 75, 90])
def test_commercial_factoring_comes_to_8_to_14_percent_all_in(days):
    cost, cash = (f(MILLION, days, p.COMMERCIAL_FACTORING) for f in (p.factoring_cost, p.factoring_cash))
    assert 0.08 <= p.yearly_cost(cost, cash, days)[0][0] <= 0.14


def test_spot_factoring_counts_every_month_begun():
    days = np.array([1, 30, 31, 60, 61])
    cost = p.factoring_cost(np.repeat(MILLION, 5), days, p.US_SPOT_RECOURSE)
    assert cost.tolist() == yuan(20_000, 20_000, 40_000, 40_000, 60_000)


def test_a_deduction_beyond_the_reserve_brings_no_negative_payment():
    assert p.reserve(
        np.repeat(MILLION, 3), np.array([100_000_000, 85_000_000, 70_000_000]), T13B
    ).tolist() == yuan(200_000, 50_000, 0)


def test_with_recourse_it_comes_back_and_without_only_when_disputed():
    due, disputed = np.array([100, 100]), np.array([False, True])
    assert p.buy_back_on(due, disputed, p.FACTORING_RECOURSE).tolist() == [175, 175]
    assert p.buy_back_on(due, disputed, p.FACTORING_NON_RECOURSE).tolist() == [NEVER, 175]


# --- Pledge loan --------------------------------------------------------------------------------------------------


def test_old_and_disputed_invoices_cannot_be_pledged():
    open_fen = np.array([100, 200, 400, 800, 1_600])
    late = np.array([-30, 90, 91, 0, 10])
    disputed = np.array([False, False, False, True, False])
    cell = np.array([0, 0, 0, 1, 2])
    assert p.eligible(open_fen, late, disputed, cell, 4).tolist() == [300, 0, 1_600, 0]


def test_one_debtor_counts_for_a_quarter_at_most():
    runs = np.array([[60_000, 20_000, 10_000, 10_000], [25_000, 25_000, 25_000, 25_000]])
    # run 1: of 100,000 eligible the first counts 25,000, together 65,000; 70 % of it
    assert p.borrowing_base(runs).tolist() == [45_500, 70_000]


def test_a_single_debtor_is_worth_a_quarter_and_none_nothing():
    assert p.borrowing_base(np.array([[1_000_000], [0]])).tolist() == [175_000, 0]


def test_insured_debtors_raise_the_advance():
    runs = np.array([[25_000, 25_000, 25_000, 25_000]])
    insured = np.array([[True, True, False, False]])
    assert p.borrowing_base(runs, insured).tolist() == [70_000 + 3_500]


def test_the_base_melts_as_receivables_age():
    open_fen, cell, calm = np.full(8, 1_000), np.arange(8), np.zeros(8, dtype=bool)
    base = [
        int(p.borrowing_base(p.eligible(open_fen, np.arange(8) * 20 + shift, calm, cell, 8)))
        for shift in (-60, 0, 60, 120)
    ]
    assert base == sorted(base, reverse=True)
    assert base[-1] == 0


def test_the_pledge_loan_costs_the_prime_rate_and_a_spread():
    assert p.pledge_rate_bp(300) == 450


# --- Bills, certificates, dynamic discount ------------------------------------------------------------------------


def test_a_bank_bill_of_a_million_with_180_days_left():
    # 1.4 % a year for half a bank year: 7,000; in tight money 3 %: 15,000
    assert p.bill_discount(MILLION, 180, p.BANK_BILL).tolist() == yuan(7_000)
    assert p.bill_cash(MILLION, 180, p.BANK_BILL, stress=True).tolist() == yuan(985_000)


def test_a_commercial_bill_is_dearer_and_comes_back():
    assert p.bill_discount(MILLION, 90, p.COMMERCIAL_BILL).tolist() == yuan(12_500)
    assert p.COMMERCIAL_BILL.recourse
    assert not p.BANK_BILL.recourse


def test_a_certificate_is_advanced_in_part():
    # 980,000 * 4.75 % / 360 * 90 = 11,637.50
    assert p.bill_cash(MILLION, 90, p.CERTIFICATE).tolist() == yuan(980_000 - 11_637.50)


def test_a_bill_on_its_last_day_is_worth_its_face():
    assert p.bill_cash(MILLION, 0, p.BANK_BILL).tolist() == MILLION.tolist()


def test_being_paid_a_year_early_costs_eight_percent():
    assert p.dynamic_discount(MILLION, np.array([365])).tolist() == yuan(80_000)


def test_interest_on_the_largest_amount_does_not_overflow():
    assert p.bank_interest(np.array([10**15]), 5_000, 3_600)[0] == 5 * 10**15


# --- The financier ------------------------------------------------------------------------------------------------


def test_lines_are_withdrawn_when_money_is_tight():
    tight = np.array([False, True])
    assert p.withdrawal_chance(tight, checked=False) == pytest.approx([0.04, 0.12])
    assert p.withdrawal_chance(tight, checked=True) == pytest.approx([0.02, 0.06])
    assert p.failure_chance(checked=True) == pytest.approx(0.0025)


def test_figures_can_be_replaced():
    strict = dataclasses.replace(p.PLEDGE_LOAN, most_share_bp=10_000)
    assert p.borrowing_base(np.array([[1_000_000]]), loan=strict).tolist() == [700_000]
