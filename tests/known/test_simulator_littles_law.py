"""O1 and T17: are average receivables the daily sales times the mean days to pay?

An invoice written at ten on day d and paid at nine on day d + K is in the balance of K evenings, so Little's law holds
exactly for evening balances; no correction for whole days is needed.
"""

from __future__ import annotations

import pytest

from sim.model.policy import Policy
from sim.world import draw
from tests.findings import Findings
from tests.known.simulated import always_on, assert_mean_is, balances, exponential, run
from tests.twin.worlds import LET_ALL_THROUGH, customers, one_behaviour, portfolio, scenario

WARM_UP, WINDOW = 400, 600
FREE = Policy().with_levers(LET_ALL_THROUGH)
CALM = {"calendar": "every_day", "seasonal": False, "habit": 0.0}
UNIT = 1_000_000  # 10,000 yuan


def mean_receivables_yuan(people, runs: int):
    world = draw(people, scenario(WARM_UP + WINDOW, **CALM), seed=1, runs=runs)
    return balances(run(world, FREE))[:, WARM_UP:].mean(axis=1) / 100


@pytest.mark.slow  # a million invoices: a hundred runs of nearly three years
def test_100_000_a_day_and_52_days_to_pay_are_5_200_000(finding: Findings):
    table = customers(
        10, orders_per_year=365.0, order_median_fen=UNIT, order_sigma=0.0, default_bp_year=0, dispute_bp=0
    )
    people = portfolio(table, behaviours=one_behaviour(exponential(52.0, start=-60)))
    told = (finding, "O1", "Little: mean receivables of 100,000 a day paid after 52 days on average", "yuan")
    assert_mean_is(mean_receivables_yuan(people, runs=100), 5_200_000.0, within=0.006, told=told)


def test_three_kinds_of_payers_with_42_days_on_average_are_10_500_000(finding: Findings):
    table = customers(
        3,
        orders_per_year=[15 * 365.0, 7.5 * 365.0, 2.5 * 365.0],
        extra_net_days=[-30, -10, 30],  # net 30, 50 and 90
        order_median_fen=UNIT,
        order_sigma=0.0,
        default_bp_year=0,
        dispute_bp=0,
    )
    people = portfolio(table, behaviours=one_behaviour(always_on(0)))
    told = (finding, "O1", "Little: mean receivables of three kinds of payers, 42 days on average", "yuan")
    assert_mean_is(mean_receivables_yuan(people, runs=30), 10_500_000.0, within=0.006, told=told)
