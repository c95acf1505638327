"""Is the luck at an address always the same, and is it fair?"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kstest, spearmanr

from sim.base.draws import Purpose, address_key, generator, uniform_at

COUNT = 20_000
KS_BOUND = 1.95 / np.sqrt(COUNT)  # Kolmogorov's distance at level 0.001


def draws(seed=1, run=0, purpose=Purpose.REACH, who=None, number=None):
    key = address_key(seed, run, purpose)
    who = np.zeros(COUNT, dtype=np.int64) if who is None else who
    number = np.arange(COUNT) if number is None else number
    return uniform_at(np.full(len(who), key, dtype=np.uint64), who, number)


def test_an_address_gives_the_same_draw_in_any_order():
    numbers = np.random.default_rng(0).permutation(COUNT)
    assert (draws(number=numbers) == draws()[numbers]).all()


def test_an_address_gives_the_same_draw_asked_alone_or_together():
    one = draws(who=np.array([0]), number=np.array([77]))
    assert one[0] == draws()[77]


@pytest.mark.parametrize("purpose", [Purpose.REACH, Purpose.PROMISE, Purpose.KEEPING, Purpose.PROMISE_DAYS])
def test_draws_of_one_customer_are_uniform(purpose):
    found = draws(purpose=purpose)
    assert found.min() >= 0.0
    assert found.max() < 1.0
    assert kstest(found, "uniform").statistic < KS_BOUND


def test_first_draws_of_many_customers_are_uniform():
    found = draws(who=np.arange(COUNT), number=np.zeros(COUNT, dtype=np.int64))
    assert kstest(found, "uniform").statistic < KS_BOUND


@pytest.mark.parametrize(
    "other", [{"seed": 2}, {"run": 1}, {"purpose": Purpose.PROMISE}, {"who": np.ones(COUNT, dtype=np.int64)}]
)
def test_other_seeds_runs_purposes_and_customers_draw_apart(other):
    here, there = draws(), draws(**other)
    assert not (here == there).any()
    assert abs(spearmanr(here, there).statistic) < 4 / np.sqrt(COUNT)


def test_one_draw_says_nothing_about_the_next():
    found = draws()
    assert abs(spearmanr(found[:-1], found[1:]).statistic) < 4 / np.sqrt(COUNT)


def test_the_address_of_customer_and_number_are_not_exchangeable():
    grid_who, grid_number = (side.ravel() for side in np.meshgrid(np.arange(100), np.arange(100)))
    assert len(set(draws(who=grid_who, number=grid_number))) == 10_000


def test_a_stream_depends_on_its_run_and_purpose_only():
    again = [generator(5, 3, Purpose.ORDERS).random(4).tolist() for _ in range(2)]
    assert again[0] == again[1]
    others = [generator(*address).random(4).tolist() for address in ((6, 3, 2), (5, 4, 2), (5, 3, 3))]
    assert all(other != again[0] for other in others)


def test_numbers_of_purposes_keep_their_meaning():
    assert [(p.name, int(p)) for p in Purpose] == [
        ("LIFE", 1), ("ORDERS", 2), ("AMOUNTS", 3), ("HABIT", 4), ("PATIENCE", 5), ("DISPUTES", 6),
        ("DISCOUNT", 7), ("PAY_RUNS", 8), ("OPENING", 9), ("REACH", 10), ("PROMISE", 11), ("KEEPING", 12),
        ("PROMISE_DAYS", 13), ("DEFAULT_FACTOR", 14), ("REGIME", 15), ("SCORE_NOISE", 16), ("STATEMENT", 17),
        ("INVOICE_ERROR", 18), ("LEGAL", 19), ("AGENCY", 20), ("PLAN", 21), ("CHURN", 22), ("LIQUIDITY", 23),
        ("STAFF", 24), ("ACCEPTANCE", 25), ("BILLS", 26), ("PROCESS", 27), ("INSURER", 28), ("BANKS", 29),
        ("CANCELLED", 30), ("DIAGNOSIS", 32), ("CHANGED", 33), ("MIGRATION", 34), ("SHIPMENT", 35),
        ("POSTING", 36), ("CONTAGION", 37), ("OVERRIDE", 40), ("FIRST_CONTACT", 41), ("PREPAID", 42),
        ("PARTS", 60), ("REMINDER", 61), ("RETURNS", 62), ("TERMS", 63), ("LATE_GOODS", 70), ("FACTOR", 71),
        ("FILE", 72), ("GRIEVANCE", 73), ("ON_HAND", 74),
    ]  # fmt: skip
