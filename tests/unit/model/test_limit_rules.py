"""Do the eight rules give the limits one finds by hand?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.base.money import fraction, share, share_of
from sim.model import limit_rules as lr
from sim.model.limit_rules import UNKNOWN_FEN, CreditFacts, limits
from sim.model.rules import GRADE_LIMIT_PCT, LIMIT_GRACE_DAYS, LIMIT_LEAST_ORDERS


def ints(*values):
    return np.array(values, dtype=np.int64)


def facts(**known):
    """One customer of grade C that buys 3.65 m yuan a year at 60 days, in orders of 20,000 yuan."""
    base = {
        "yearly_sales_fen": ints(365_000_000),
        "order_median_fen": ints(2_000_000),
        "net_days": ints(60),
        "grade": ints(2),
    }
    return CreditFacts(**{**base, **known})


STATEMENT = {
    "current_assets_fen": ints(100_000_000),
    "stock_fen": ints(40_000_000),
    "short_debt_fen": ints(50_000_000),
    "total_debt_fen": ints(80_000_000),
    "net_worth_fen": ints(70_000_000),
}

NEED = 91_000_000  # 10,000 yuan a day * 70 days * 1.3


# --- One by one ---------------------------------------------------------------------------------------------------


def test_need_is_the_purchases_of_the_term_and_ten_days_times_1_3():
    assert lr.need(facts()).tolist() == [NEED]


def test_need_is_at_least_three_typical_orders():
    assert lr.need(facts(order_median_fen=ints(50_000_000))).tolist() == [150_000_000]


def test_a_tenth_of_the_net_worth_and_nothing_without_any():
    assert lr.net_worth(facts(**STATEMENT)).tolist() == [7_000_000]
    assert lr.net_worth(facts(net_worth_fen=ints(-5))).tolist() == [0]
    assert lr.net_worth(facts()).tolist() == [UNKNOWN_FEN]


def test_no_name_is_above_a_tenth_of_our_business():
    both = facts(
        yearly_sales_fen=ints(300, 700), order_median_fen=ints(1, 1), net_days=ints(0, 0), grade=ints(0, 0)
    )
    assert lr.seller_cap(both).tolist() == [100, 100]
    assert lr.seller_cap(dataclasses.replace(both, seller_yearly_fen=50_000)).tolist() == [5_000, 5_000]


@pytest.mark.parametrize(
    ("heard", "median"),
    [
        ((300, 100, 200), 200),
        ((300, 100, 200, 401), 250),
        ((UNKNOWN_FEN, 100, UNKNOWN_FEN), 100),
        ((UNKNOWN_FEN, 100, 205), 152),
        ((UNKNOWN_FEN, UNKNOWN_FEN), UNKNOWN_FEN),
        ((), UNKNOWN_FEN),
    ],
)
def test_the_median_of_the_references_that_answered(heard, median):
    asked = np.array([heard], dtype=np.int64)
    assert lr.references(facts(references_fen=asked)).tolist() == [median]


def test_references_of_many_customers_do_not_mix():
    asked = np.array([[1, 2, 3], [UNKNOWN_FEN, 40, 60], [UNKNOWN_FEN] * 3], dtype=np.int64)
    many = facts(
        yearly_sales_fen=ints(1, 1, 1), order_median_fen=ints(1, 1, 1), net_days=ints(0, 0, 0), grade=ints(0, 0, 0),
        references_fen=asked,
    )  # fmt: skip
    assert lr.references(many).tolist() == [2, 50, UNKNOWN_FEN]
    assert lr.references(facts()).tolist() == [UNKNOWN_FEN]


def test_the_loss_budget_by_hand():
    # .5 % of 3.65 m is 18,250 yuan; PD 2.5 %, LGD 60 %: 18,250 / .015
    assert lr.loss_budget(facts()).tolist() == [121_666_666]
    assert lr.loss_budget(facts(pd_bp=ints(1_000), lgd_bp=ints(5_000))).tolist() == [36_500_000]


def test_who_never_fails_is_bounded_by_the_largest_limit_only():
    assert lr.loss_budget(facts(pd_bp=ints(0))).tolist() == [lr.MOST_FEN]


@given(st.integers(0, 10**15), st.integers(1, 10_000), st.integers(1, 10_000))
def test_the_expected_loss_stays_within_its_budget(yearly, pd_bp, lgd_bp):
    limit = int(
        lr.loss_budget(facts(yearly_sales_fen=ints(yearly), pd_bp=ints(pd_bp), lgd_bp=ints(lgd_bp)))[0]
    )
    budget = share_of(yearly, 50)
    assert 0 <= limit <= lr.MOST_FEN
    assert limit * pd_bp * lgd_bp <= budget * 10**8
    assert limit == lr.MOST_FEN or (limit + 1) * pd_bp * lgd_bp > budget * 10**8


def test_each_grade_has_its_multiple_of_the_need():
    many = facts(
        yearly_sales_fen=np.full(6, 365_000_000), order_median_fen=np.full(6, 1), net_days=np.full(6, 60),
        grade=ints(0, 1, 2, 3, 4, -1),
    )  # fmt: skip
    multiples = (lr.grade_table(many) / NEED).tolist()
    assert multiples == pytest.approx([1.5, 1.2, 0.9, 0.5, 0, 0])  # who is ungraded counts as the worst


# --- Working assets -----------------------------------------------------------------------------------------------


def test_working_assets_by_hand():
    # value 2 + 1.2 - 50/70 - 80/70 = 1.343: 25 % of (500,000 + 700,000) / 2 yuan
    known = facts(**STATEMENT)
    assert lr.assessed_value(known) == pytest.approx([2 + 1.2 - 130 / 70])
    assert lr.working_assets(known).tolist() == [15_000_000]


STEPS = [
    (-9.0, 0), (-4.6, 0), (-4.59, 250), (-3.9, 250), (-3.89, 500), (-3.2, 500), (-3.19, 750), (-2.5, 750),
    (-2.49, 1_000), (-1.8, 1_000), (-1.79, 1_250), (-1.1, 1_250), (-1.09, 1_500), (-0.4, 1_500), (-0.39, 1_750),
    (0.3, 1_750), (0.31, 2_000), (1.0, 2_000), (1.01, 2_500), (np.inf, 2_500), (-np.inf, 0),
]  # fmt: skip


@pytest.mark.parametrize(("value", "bp"), STEPS)
def test_the_percentage_goes_up_in_steps_of_seven_tenths(value, bp):
    assert lr.working_asset_bp(np.array([value])).tolist() == [bp]


def test_a_ratio_that_hits_an_edge_is_not_pushed_over_it_by_rounding():
    # 1 + .8 - 100/200 - 200/200 is .3, in binary a little more
    on_edge = facts(
        current_assets_fen=ints(100), stock_fen=ints(20), short_debt_fen=ints(100), total_debt_fen=ints(200),
        net_worth_fen=ints(200),
    )  # fmt: skip
    assert lr.working_asset_bp(lr.assessed_value(on_edge)).tolist() == [1_750]
    assert lr.working_assets(on_edge).tolist() == [18]  # 17.5 % of 100, half up


def test_negative_net_worth_earns_nothing():
    bankrupt = facts(**{**STATEMENT, "net_worth_fen": ints(-10)})
    assert lr.assessed_value(bankrupt).tolist() == [-np.inf]
    assert lr.working_assets(bankrupt).tolist() == [0]


def test_a_customer_without_short_term_debt_is_sound():
    assert lr.working_assets(facts(**{**STATEMENT, "short_debt_fen": ints(0)})).tolist() == [21_250_000]


@pytest.mark.parametrize("missing", STATEMENT)
def test_half_a_statement_is_none(missing):
    assert lr.working_assets(facts(**{**STATEMENT, missing: ints(UNKNOWN_FEN)})).tolist() == [UNKNOWN_FEN]
    assert lr.working_assets(facts(**{**STATEMENT, missing: None})).tolist() == [UNKNOWN_FEN]


# --- The dispatcher -----------------------------------------------------------------------------------------------

ALL_KNOWN = facts(
    **STATEMENT,
    references_fen=np.array([[4_000_000, 6_000_000]]),
    insurer_limit_fen=ints(3_000_000),
    retention_fen=ints(500_000),
    seller_yearly_fen=10**10,
)
BY_HAND = {
    "need": NEED,
    "net_worth": 7_000_000,
    "seller_cap": 10**9,
    "references": 5_000_000,
    "working_assets": 15_000_000,
    "loss_budget": 121_666_666,
    "grade_table": 81_900_000,
    "minimum": 3_500_000,  # the insurer's limit and what we bear
}


@pytest.mark.parametrize("rule", lr.LIMIT_RULES)
def test_every_rule_by_its_name(rule):
    assert limits(rule, ALL_KNOWN).tolist() == [BY_HAND[rule]]


@pytest.mark.parametrize("rule", [rule for rule in lr.LIMIT_RULES if rule != "minimum"])
def test_the_lever_moves_the_limit_in_proportion(rule):
    assert limits(rule, ALL_KNOWN, 200).tolist() == [2 * BY_HAND[rule]]


def test_the_lever_does_not_lift_a_cap():
    assert limits("minimum", ALL_KNOWN, 600).tolist() == [3_500_000]
    assert limits("minimum", facts(seller_yearly_fen=10**12), 10).tolist() == [NEED // 10]


@pytest.mark.parametrize(
    ("known", "least"),
    [
        ({}, 36_500_000),  # a tenth of our only customer's business
        ({"seller_yearly_fen": 10**12}, NEED),
        ({"seller_yearly_fen": 10**12, "net_worth_fen": ints(70_000_000)}, 7_000_000),
        ({"seller_yearly_fen": 10**12, "pd_bp": ints(1_000)}, 30_416_666),
        ({"seller_yearly_fen": 10**12, "insurer_limit_fen": ints(0)}, 0),
    ],
)
def test_the_least_of_need_and_all_known_caps(known, least):
    assert limits("minimum", facts(**known)).tolist() == [least]


@pytest.mark.parametrize("rule", ["net_worth", "references", "working_assets"])
def test_where_a_rule_knows_nothing_the_grade_table_decides(rule):
    assert limits(rule, facts(), 150).tolist() == limits("grade_table", facts(), 150).tolist()


@given(
    st.lists(
        st.tuples(st.integers(0, 10**15), st.integers(0, 10**13), st.integers(0, 545), st.integers(0, 4)),
        min_size=1,
        max_size=5,
    ),
    st.integers(10, 600),
)
def test_the_grade_table_is_the_rule_of_the_core_bit_by_bit(customers, limit_pct):
    yearly, median, net_days, grade = (ints(*column) for column in zip(*customers, strict=True))
    # As `sim/engine/selling/order_desk.py` and `docs/rules.md` have it.
    need = np.maximum(fraction(yearly, (net_days + LIMIT_GRACE_DAYS) * 13, 3650), LIMIT_LEAST_ORDERS * median)
    table = np.array([GRADE_LIMIT_PCT["ABCDE"[index]] for index in grade])
    known = CreditFacts(yearly_sales_fen=yearly, order_median_fen=median, net_days=net_days, grade=grade)
    assert limits("grade_table", known, limit_pct).tolist() == share(need, limit_pct * table).tolist()


@given(st.integers(0, 10**15), st.integers(0, 545), st.sampled_from(lr.LIMIT_RULES))
def test_no_rule_ever_gives_a_negative_limit(yearly, net_days, rule):
    known = dataclasses.replace(ALL_KNOWN, yearly_sales_fen=ints(yearly), net_days=ints(net_days))
    assert limits(rule, known, 600)[0] >= 0


# --- Around the limit ---------------------------------------------------------------------------------------------


def test_we_warn_from_eighty_percent():
    exposure, limit = ints(79, 80, 0, 1), ints(100, 100, 0, 0)
    assert lr.utilisation_warning(exposure, limit).tolist() == [False, True, False, True]


def test_a_temporary_limit_is_a_fifth_more_for_sixty_days():
    assert lr.temporary_limit(ints(100_000)).tolist() == [120_000]
    assert lr.LIMIT_FIGURES.temporary_days == 60
