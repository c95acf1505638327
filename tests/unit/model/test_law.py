"""Are fees, late interest, limitation and the longest terms those of the law? (Cases T28 and T29.)"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.base.days import NEVER, date_of, day_of
from sim.base.money import fen
from sim.model import law


def fens(*yuan):
    return np.array([fen(amount) for amount in yuan], dtype=np.int64)


def days(*dates):
    return np.array([NEVER if when is None else day_of(when) for when in dates], dtype=np.int64)


def dates(numbers):
    return [date_of(number).isoformat() for number in numbers]


# --- T28 ----------------------------------------------------------------------------------------------------------

#           claim   acceptance  half   order    preservation enforcement
T28 = [
    (8_000,           50,      25, "16.67",       100,       50),
    (80_000,       1_800,     900,     600,       820,    1_100),
    (150_000,      3_300,   1_650,   1_100,     1_270,    2_150),
    (500_000,      8_800,   4_400, "2933.33",   3_020,    7_400),
    (1_000_000,   13_800,   6_900,   4_600,     5_000,   12_400),
    (3_000_000,   30_800,  15_400, "10266.67",  5_000,   32_400),
    (8_000_000,   67_800,  33_900,  22_600,     5_000,   67_400),
    (30_000_000, 191_800,  95_900, "63933.33",  5_000,   97_400),
]  # fmt: skip
CLAIMS = fens(*(row[0] for row in T28))


@pytest.mark.parametrize(
    ("fee", "column"),
    [
        (law.court_fee, 1),
        (law.court_fee_halved, 2),
        (law.payment_order_fee, 3),
        (law.preservation_fee, 4),
        (law.enforcement_fee, 5),
    ],
)
def test_t28_every_fee_to_the_fen(fee, column):
    assert fee(CLAIMS).tolist() == fens(*(row[column] for row in T28)).tolist()


def test_t28_preservation_reaches_its_cap_at_896_000_yuan():
    assert (
        law.preservation_fee(fens(895_999, 896_000, 10**9)).tolist()
        == fens("4999.995", 5_000, 5_000).tolist()
    )


def test_preservation_of_little_costs_thirty_yuan():
    assert law.preservation_fee(fens(0, 1, 1_000)).tolist() == fens(30, 30, 30).tolist()


def test_t28_ceiling_of_a_contingent_fee():
    recovered = fens(1_000_000, 3_000_000, 8_000_000, 60_000_000)
    expected = fens(180_000, 480_000, 1_140_000, 180_000 + 600_000 + 600_000 + 3_600_000 + 600_000)
    assert law.contingent_ceiling(recovered).tolist() == expected.tolist()


@given(st.integers(0, 10**15), st.integers(0, 10**13))
def test_a_larger_claim_never_costs_less(claim, more):
    both = np.array([claim, claim + more])
    for fee in (law.court_fee, law.payment_order_fee, law.preservation_fee, law.enforcement_fee):
        small, large = fee(both)
        assert 0 < small <= large


@given(st.integers(0, 10**15))
def test_half_and_third_are_rounded_once_from_the_exact_fee(claim):
    exact = Fraction(5_000)
    bounds = [start for start, _ in law.COURT_TIERS[1:]]
    for (start, bp), end in zip(law.COURT_TIERS, [*bounds, 10**14], strict=True):
        exact += Fraction(max(min(claim, end * 100) - start * 100, 0) * bp, 10_000)
    one = np.array([claim])
    for fee, parts in ((law.court_fee, 1), (law.court_fee_halved, 2), (law.payment_order_fee, 3)):
        assert abs(int(fee(one)[0]) - exact / parts) <= Fraction(1, 2)


# --- T29 ----------------------------------------------------------------------------------------------------------


def test_t29_interest_for_45_days_on_200_000_yuan():
    late = fens(200_000)
    assert law.sme_late_interest(late, 45).tolist() == fens(4_500).tolist()
    assert law.judgment_interest(late, 45).tolist() == fens(1_575).tolist()
    assert law.sale_late_interest(late, 45, lpr_bp=300).tolist() == fens("1109.59").tolist()


def test_an_agreed_rate_is_lifted_to_the_prime_rate():
    late, year = fens(100_000, 100_000), np.array([365, 365])
    assert (
        law.agreed_late_interest(late, year, np.array([100, 800]), lpr_bp=300).tolist()
        == fens(3_000, 8_000).tolist()
    )


@pytest.mark.parametrize("days_late", [0, 3_650])
def test_interest_on_the_largest_amount_does_not_overflow(days_late):
    most = np.array([10**15])
    assert law.sme_late_interest(most, days_late)[0] == 10**15 * 5 * days_late // 10_000
    assert law.judgment_interest(most, days_late)[0] == 10**15 * 175 * days_late // 10**6
    assert law.sale_late_interest(most, days_late, 300)[0] == 10**15 * 450 * days_late // (10_000 * 365)


# --- Limitation ---------------------------------------------------------------------------------------------------

DUE = days("2022-03-31")
END = days("2025-03-31")


def after(kind, *when, ends=END):
    return dates(law.limitation_restarted(DUE, ends, days(*when), kind))


def test_a_claim_can_be_sued_for_three_years_long():
    ends = law.limitation_ends(days("2022-03-31", "2024-02-29", "2021-02-28"))
    assert dates(ends) == ["2025-03-31", "2027-02-28", "2024-02-28"]
    assert law.is_time_barred(ends[:1], day_of("2025-03-31")).tolist() == [False]
    assert law.is_time_barred(ends[:1], day_of("2025-04-01")).tolist() == [True]


@pytest.mark.parametrize("kind", law.RESTARTS)
def test_a_demand_a_word_or_a_part_payment_starts_the_three_years_again(kind):
    assert after(kind, "2024-06-15") == ["2027-06-15"]
    assert after(kind, "2025-03-31") == ["2028-03-31"]


@pytest.mark.parametrize("kind", law.RESTARTS)
def test_nothing_happened_changes_nothing(kind):
    assert after(kind, None) == ["2025-03-31"]


@pytest.mark.parametrize("kind", law.RESTARTS)
def test_a_reminder_before_the_due_date_shortens_nothing(kind):
    assert after(kind, "2022-01-15") == ["2025-03-31"]


def test_once_it_is_over_only_the_debtors_word_brings_it_back():
    assert after("demand", "2025-04-01") == ["2025-03-31"]
    assert after("part_payment", "2025-04-01") == ["2025-03-31"]
    assert after("acknowledgement", "2025-04-01") == ["2028-04-01"]


def test_after_twenty_years_it_is_over_for_good():
    ends = END
    for year in range(2024, 2045, 2):
        ends = law.limitation_restarted(DUE, ends, days(f"{year}-03-30"), "demand")
    assert dates(ends) == ["2042-03-31"]


@given(st.dates(date(1980, 1, 1), date(2060, 12, 31)), st.integers(0, 25))
def test_years_later_is_the_same_date(start, years):
    later = date_of(int(law.years_after(np.array([day_of(start)]), years)[0]))
    try:
        assert later == start.replace(year=start.year + years)
    except ValueError:
        assert (later.year, later.month, later.day) == (start.year + years, 2, 28)


# --- Longest terms ------------------------------------------------------------------------------------------------

SMALL, LARGE, PUBLIC, RETAILER = range(4)
EACH = np.arange(4)
YES, NO = np.ones(4, dtype=bool), np.zeros(4, dtype=bool)


def since(when):
    return np.full(4, day_of(when))


def test_the_rules_count_from_their_published_days():
    rules = law.PAYMENT_RULES
    assert dates([rules.retail_from, rules.public_from, rules.large_from]) == [
        "2006-11-15",
        "2020-09-01",
        "2025-06-01",
    ]


def test_what_the_law_caps_and_what_it_only_supplies():
    now = since("2025-06-01")
    assert law.term_cap(EACH, YES, now).tolist() == [NEVER, NEVER, 60, 60]
    assert law.term_by_default(EACH, YES, now).tolist() == [NEVER, 60, 30, 60]


def test_a_seller_who_did_not_say_it_is_small_is_not_protected():
    now = since("2025-06-01")
    assert law.term_cap(EACH, NO, now).tolist() == [NEVER, NEVER, NEVER, 60]
    assert law.term_by_default(EACH, NO, now).tolist() == [NEVER] * 4
    assert not law.pay_when_paid_is_void(EACH, NO, now).any()


def test_large_buyers_were_free_the_day_before():
    before = since("2025-05-31")
    assert law.term_by_default(EACH, YES, before).tolist() == [NEVER, NEVER, 30, NEVER]
    assert not law.pay_when_paid_is_void(EACH, YES, before).any()
    assert law.pay_when_paid_is_void(EACH, YES, before + 1).tolist() == [False, True, True, True]


def test_six_in_ten_large_buyers_come_down_to_60_days_and_every_public_body():
    luck = (np.arange(1_000) + 0.5) / 1_000
    for kind, expected in ((SMALL, 0), (LARGE, 600), (PUBLIC, 1_000), (RETAILER, 600)):
        who = np.full(1_000, kind)
        term = law.term_under_law(
            np.full(1_000, 120), who, np.ones(1_000, dtype=bool), np.full(1_000, day_of("2026-01-01")), luck
        )
        assert set(term) <= {60, 120}
        assert (term == 60).sum() == expected


def test_the_law_never_makes_a_term_longer():
    term = law.term_under_law(np.full(4, 30), EACH, YES, since("2026-01-01"), np.zeros(4))
    assert term.tolist() == [30, 30, 30, 30]


def test_complaints_are_heard_about_late_large_and_public_buyers():
    late = np.ones(4, dtype=np.int64)
    assert law.may_complain(EACH, YES, late, day_of("2025-06-01")).tolist() == [False, True, True, True]
    assert law.may_complain(EACH, YES, late, day_of("2025-05-31")).tolist() == [False, False, True, False]
    assert not law.may_complain(EACH, YES, late - 1, day_of("2025-06-01")).any()


def test_a_public_body_is_one_whatever_its_size():
    public, retail, large = np.array([[1, 0, 0, 0, 1], [0, 1, 1, 0, 0], [1, 1, 0, 1, 0]], dtype=bool)
    assert law.buyer_kinds(public, retail, large).tolist() == [PUBLIC, RETAILER, SMALL, LARGE, PUBLIC]
