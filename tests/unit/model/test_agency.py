"""Is an old claim worth less, and does the agency's share grow with its age?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.model import agency

LUCK = (np.arange(50_000) + 0.5) / 50_000
SMALL, LARGE = 100_000_000, 100_000_001


def test_recovery_by_age_as_in_the_parameters():
    chance = agency.recovery_chance([0, 3, 6, 12, 24])
    assert chance == pytest.approx([0.98, 0.715, 0.522, 0.278, 0.079], abs=0.0005)


def test_recovery_lies_in_the_bands_of_the_survey_up_to_a_year():
    for months, low, high in ((3, 0.715, 0.74), (6, 0.50, 0.57), (12, 0.25, 0.29)):
        assert low <= float(agency.recovery_chance(months)) <= high


def test_a_little_is_always_recovered_and_never_more_than_at_the_due_date():
    assert agency.recovery_chance([-5, 60, 600]).tolist() == [0.98, 0.05, 0.05]


def test_a_third_of_it_is_the_agencys_doing():
    months = np.array([0.0, 3.0, 30.0])
    assert agency.added_chance(months) == pytest.approx(agency.recovery_chance(months) / 3)


def test_a_better_network_adds_more_but_never_more_than_all():
    better = dataclasses.replace(agency.AGENCY, skill=10.0)
    assert agency.added_chance([3.0], better).tolist() == [1.0]


def test_commission_by_age():
    months = np.array([1.0, 3.0, 3.1, 6.0, 12.0, 24.0, 24.1])
    tickets = np.full(7, SMALL)
    assert agency.commission_bp(months, tickets).tolist() == [1_200, 1_200, 1_800, 1_800, 2_500, 3_200, 4_000]


def test_a_ticket_above_a_million_yuan_costs_thirty_percent_less():
    months = np.array([1.0, 4.0, 10.0, 20.0, 30.0])
    assert agency.commission_bp(months, np.full(5, LARGE)).tolist() == [840, 1_260, 1_750, 2_240, 2_800]


def test_commission_is_taken_of_what_came_in():
    kept = agency.commission(np.array([0, 12_345]), np.array([2.0, 2.0]), np.array([SMALL, SMALL]))
    assert kept.tolist() == [0, 1_481]  # 1481.4


def test_a_file_takes_47_days_on_average():
    days = agency.days_to_result(LUCK)
    assert days.min() == 1
    assert days.mean() == pytest.approx(47.0, abs=0.1)


def test_three_placements_in_a_hundred_bring_shame_and_one_with_a_partner_we_know():
    assert agency.breaches(LUCK, checked=False).mean() == pytest.approx(0.03)
    assert agency.breaches(LUCK, checked=True).mean() == pytest.approx(0.01)


def test_months_are_counted_from_the_due_date():
    assert agency.months_late(np.array([-20, 0, 365])) == pytest.approx([0.0, 0.0, 12.0], abs=0.01)
