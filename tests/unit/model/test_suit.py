"""Does going to court take, cost and bring what practice says?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.model import suit
from sim.model.law import court_fee, court_fee_halved, preservation_fee
from sim.model.moves import ARCHETYPES

LUCK = (np.arange(20_000) + 0.5) / 20_000
HALF = np.full((2, 1), 0.5)
YES, NO = np.array([True]), np.array([False])
MILLION = np.array([100_000_000])


def test_an_objection_can_come_until_day_35():
    assert suit.objection_ends_on(np.array([100])).tolist() == [135]


def test_the_whole_path_of_the_order_takes_three_to_six_months():
    days = suit.order_enforced_on(suit.objection_ends_on(np.zeros(len(LUCK), dtype=np.int64)), LUCK)
    assert 90 <= days.min() <= days.max() <= 180


def test_whoever_disputes_objects():
    who = np.arange(len(ARCHETYPES))
    calm, disputed = np.zeros(len(who), dtype=bool), np.ones(len(who), dtype=bool)
    chance = dict(zip(ARCHETYPES, suit.objection_chance(who, calm), strict=True))
    assert (chance["process"], chance["strategic"], chance["disputing"]) == (0.55, 0.85, 1.0)
    assert suit.objection_chance(who, disputed).tolist() == [1.0] * len(who)


@pytest.mark.parametrize(
    ("preserved", "served", "owes", "possible"),
    [(0, 1, 0, True), (1, 1, 0, False), (0, 0, 0, False), (0, 1, 1, False)],
)
def test_when_the_order_is_no_way(preserved, served, owes, possible):
    facts = (np.array([bool(fact)]) for fact in (preserved, served, owes))
    assert suit.order_possible(*facts).tolist() == [possible]


@pytest.mark.parametrize("simplified", [YES, NO])
def test_a_typical_suit_brings_money_after_9_to_18_months(simplified):
    trial = suit.trial_days(simplified, HALF)[0]
    enforced = suit.enforcement_days(np.array([0.5]))[0]
    assert 9 * 30 <= trial + enforced <= 18 * 30
    assert trial + suit.SUIT.appeal.median_days + enforced <= 18 * 30.5


@pytest.mark.parametrize("stage", ["filing", "simplified", "ordinary", "appeal", "enforcement"])
def test_a_stage_has_its_median_and_its_legal_bounds(stage):
    law = getattr(suit.SUIT, stage)
    days = law.days_at(LUCK)
    assert np.median(days) == pytest.approx(law.median_days, abs=1)
    assert law.shortest_days <= days.min() <= days.max() <= law.longest_days
    assert (np.diff(days) >= 0).all()
    assert law.days_at(np.array([0.0]))[0] == law.shortest_days


def test_a_slow_court_takes_longer_and_still_keeps_the_legal_bounds():
    slow = dataclasses.replace(suit.SUIT, slowness=1.6)
    assert (suit.enforcement_days(LUCK, slow) >= suit.enforcement_days(LUCK)).all()
    assert suit.enforcement_days(np.array([0.5]), slow).tolist() == [288]
    assert suit.trial_days(YES, np.ones((2, 1)) - 1e-12, slow).tolist() == [45 + 120]


def test_simplified_procedure_stays_within_four_months_and_ordinary_within_twelve():
    assert suit.SUIT.simplified.longest_days <= 122
    assert suit.SUIT.ordinary.longest_days <= 366


def test_the_short_way_needs_complete_papers_and_no_dispute():
    papers, disputed = np.array([0, 0, 1, 2]), np.array([False, True, False, False])
    assert suit.is_simplified(papers, disputed).tolist() == [True, False, False, False]


def test_appeals_come_as_often_as_is_said():
    short = np.arange(20_000) % 2 == 0
    lodged = suit.appeal_days(short, np.stack([LUCK, LUCK[::-1]])) > 0
    assert lodged[short].mean() == pytest.approx(0.15, abs=0.001)
    assert lodged[~short].mean() == pytest.approx(0.25, abs=0.001)


def test_papers_win_suits():
    assert suit.win_chance(np.array([0, 1, 2, 0])).tolist() == [0.92, 0.65, 0.40, 0.92]


def test_preserved_assets_are_collected_unless_the_debtor_is_insolvent():
    preserved, insolvent = np.array([True, False, True, False]), np.array([False, False, True, True])
    collected = suit.collected_after_judgment(np.repeat(MILLION, 4), preserved, insolvent)
    assert collected.tolist() == [75_000_000, 35_000_000, 10_000_000, 10_000_000]


def test_a_suit_for_a_million_with_preservation_costs_70_800_yuan_beforehand():
    # 13,800 court + 50,000 lawyer (5 %) + 5,000 preservation + 2,000 bond (.2 %)
    assert suit.suit_outlay(MILLION, NO, YES).tolist() == [7_080_000]
    assert suit.suit_outlay(MILLION, YES, NO).tolist() == [690_000 + 5_000_000]


def test_the_loser_bears_the_courts_fees_but_not_our_lawyer():
    assert (
        suit.costs_awarded(MILLION, NO, YES).tolist()
        == (court_fee(MILLION) + preservation_fee(MILLION)).tolist()
    )
    assert suit.costs_awarded(MILLION, YES, NO).tolist() == court_fee_halved(MILLION).tolist()
