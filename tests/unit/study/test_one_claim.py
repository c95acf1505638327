"""Does one claim's worth follow the fees, the law and common sense?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.model.law import court_fee, payment_order_fee
from sim.study.one_claim import (
    DEBTORS,
    HOUR_FEN,
    HOURS,
    LIMITATION_MONTHS,
    WAYS,
    OneClaim,
    best,
    churn_added,
    paid_anyway,
    worth,
    worths,
)

YUAN = 100
CLAIM = OneClaim(amount_fen=200_000 * YUAN, months_late=6)


def nets(claim: OneClaim) -> dict[str, float]:
    return {way: worth(claim, way).net for way in WAYS}


def test_writing_off_brings_nothing_and_costs_an_hour():
    assert worth(CLAIM, "write_off").net == -HOURS["write_off"] * HOUR_FEN


@pytest.mark.parametrize("way", [way for way in WAYS if way != "write_off"])
def test_an_older_claim_is_worth_less(way: str):
    ages = [worth(replace(CLAIM, months_late=months), way).net for months in (1, 3, 6, 12, 24)]
    assert ages == sorted(ages, reverse=True)


def test_the_payment_order_costs_a_third_of_the_court_fee_and_our_hours():
    fee = int(payment_order_fee(np.array([CLAIM.amount_fen]))[0])
    assert worth(CLAIM, "payment_order").costs == fee + HOURS["payment_order"] * HOUR_FEN


def test_the_suit_pays_at_least_half_the_court_fee_and_the_lawyer():
    half = int(court_fee(np.array([CLAIM.amount_fen]))[0]) / 2
    lost = replace(CLAIM, months_late=LIMITATION_MONTHS)  # nothing is reimbursed
    lawyer = CLAIM.amount_fen * 0.05
    assert worth(lost, "suit").costs == pytest.approx(half + lawyer + HOURS["suit"] * HOUR_FEN)


def test_a_dispute_ends_the_payment_order():
    disputed = replace(CLAIM, debtor="disputing")
    assert worth(disputed, "payment_order").chance == paid_anyway(disputed)


def test_after_three_years_no_court_helps():
    old = replace(CLAIM, months_late=LIMITATION_MONTHS)
    for way in ("payment_order", "suit", "suit_preserved"):
        assert worth(old, way).chance == paid_anyway(old)
        assert worth(old, way).net < worth(old, "write").net


def test_an_agency_that_adds_nothing_is_never_worth_its_commission():
    idle = replace(CLAIM, added_share=0.0)
    assert worth(idle, "agency").chance == worth(idle, "write").chance
    assert worth(idle, "agency").costs > worth(idle, "write").costs


def test_better_papers_win_more_often():
    chances = [
        worth(replace(CLAIM, documents=papers), "suit").chance
        for papers in ("verbal", "no_delivery_note", "complete")
    ]
    assert chances == sorted(chances)
    assert chances[0] < chances[-1]


def test_seizing_assets_brings_more_than_hoping():
    assert worth(CLAIM, "suit_preserved").chance > worth(CLAIM, "suit").chance


def test_a_dear_customer_is_not_taken_to_court():
    assert best(CLAIM).way == "suit_preserved"
    assert best(replace(CLAIM, margin_fen=3_000_000 * YUAN)).way == "write"


def test_harsher_ways_drive_more_customers_away():
    assert 0 < churn_added(-3) < churn_added(-20) < churn_added(-40)
    assert churn_added(0.0) == 0.0


def test_the_small_old_claim_of_the_task_is_worth_hardly_an_hour():
    claim = OneClaim(amount_fen=5_000 * YUAN, months_late=24, documents="verbal")
    assert best(claim).net < 2 * HOUR_FEN
    assert nets(claim)["suit"] < 0
    assert nets(claim)["agency"] < 0


@pytest.mark.parametrize("debtor", DEBTORS)
@pytest.mark.parametrize("months", [0, 6, 40])
def test_the_range_holds_the_middle_and_no_chance_leaves_its_bounds(debtor: str, months: int):
    for value in worths(replace(CLAIM, debtor=debtor, months_late=months)):
        assert value.low <= value.net <= value.high
        assert 0.0 <= value.chance <= 1.0
