"""Does credit insurance pay what is insured, when it says, and step back when times are bad? (Case O9.)"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.base.days import NEVER
from sim.model import insurance as ins
from sim.model.scorecard import GRADE_FIGURES

LUCK = (np.arange(200_000) + 0.5) / 200_000
NO_CAP = 10**15


def test_o9_the_mean_claim_of_an_exponential_loss():
    mean = float(ins.mean_claim_exponential(1e6, 2e5))
    assert mean == pytest.approx(736_857.68, abs=0.005)
    assert 0.6 * mean == pytest.approx(442_114.61, abs=0.005)


def test_o9_the_claims_of_many_losses_come_to_the_same_mean():
    policy = dataclasses.replace(ins.CREDIT_INSURANCE, deductible_fen=20_000_000)
    losses = np.rint(-1e8 * np.log1p(-LUCK)).astype(np.int64)
    assert ins.covered(losses, policy).mean() / 100 == pytest.approx(736_857.68, rel=1e-4)


def test_the_premium_of_100_million_turnover_is_a_quarter_of_a_percent():
    turnover = np.array([10**10])
    assert ins.premium(turnover).tolist() == [25_000_000]
    assert [part.tolist() for part in ins.year_limits(turnover, ins.FIRST_LOSS_INSURANCE)] == [
        [10_000_000],
        [27 * 25_000_000],
    ]


def settle(losses, limit, first, most, policy=ins.CREDIT_INSURANCE):
    """Several losses of one policy year, one after another."""
    left, liable, paid = np.array([first]), np.array([most]), []
    for loss in losses:
        got, left, liable = ins.indemnity(np.array([loss]), np.array([limit]), left, liable, policy)
        paid.append(int(got[0]))
    return paid


def test_each_loss_bears_its_deductible():
    # 90 % of what exceeds 5,000 yuan
    assert settle([500_000, 1_500_000, 10_500_000], NO_CAP, 0, NO_CAP) == [0, 900_000, 9_000_000]


def test_a_loss_above_the_insured_limit_is_ours():
    assert settle([100_000_000], 50_500_000, 0, NO_CAP) == [45_000_000]
    assert settle([100_000_000], 0, 0, NO_CAP) == [0]


def test_the_years_first_loss_is_used_up_once():
    plain = ins.FIRST_LOSS_INSURANCE
    assert settle([1_000_000, 1_000_000, 1_000_000], NO_CAP, 1_000_000, NO_CAP, plain) == [
        0,
        800_000,
        900_000,
    ]


def test_the_insurer_pays_no_more_than_its_maximum():
    plain = ins.FIRST_LOSS_INSURANCE
    assert settle([1_000_000] * 3, NO_CAP, 0, 1_500_000, plain) == [900_000, 600_000, 0]


@given(
    st.lists(st.integers(0, 10**12), max_size=6),
    st.integers(0, 10**12),
    st.integers(0, 10**10),
    st.integers(0, 10**12),
)
def test_never_more_than_the_loss_and_never_more_than_the_maximum(losses, limit, first, most):
    paid = settle(losses, limit, first, most)
    assert all(0 <= got <= min(loss, limit) for got, loss in zip(paid, losses, strict=True))
    assert sum(paid) <= most


def test_money_comes_after_the_wait_or_sooner_with_proof():
    due, insolvent = np.array([100, 100, 100, 100]), np.array([NEVER, 110, 400, 110])
    disputed = np.array([False, False, False, True])
    assert ins.paid_on(due, insolvent, disputed).tolist() == [280, 155, 280, NEVER]
    assert ins.paid_on(due, insolvent, disputed, ins.EXPORT_INSURANCE)[0] == 220


def test_watching_notices_and_limits_saves_claims():
    assert ins.is_refused(LUCK, process=False).mean() == pytest.approx(0.07)
    assert ins.is_refused(LUCK, process=True).mean() == pytest.approx(0.02)


def test_in_a_slump_a_third_of_the_weak_lose_their_cover_within_a_year():
    slump = ins.cut_hazard(np.array([3, 4]), ins.CUT_FACTORS["slump"])
    assert slump == pytest.approx([0.35, 0.35])


def test_in_normal_times_limits_are_cut_by_about_eight_percent_a_year():
    mix = np.array(GRADE_FIGURES.mix_pct) / 100
    assert mix @ ins.cut_hazard(np.arange(5), ins.CUT_FACTORS["normal"]) == pytest.approx(0.08, abs=0.001)


def test_the_weaker_and_the_worse_the_times_the_likelier_a_cut():
    factors = np.array([ins.CUT_FACTORS[name] for name in ("normal", "tight_money", "slump", "sector_shock")])
    table = ins.cut_hazard(np.arange(5)[None, :], factors[:, None])
    assert (np.diff(table, axis=0) > 0).all()
    assert (np.diff(table, axis=1) >= 0).all()


def test_a_year_of_days_is_a_year():
    within_year = ins.chance_within(0.35, 365)
    assert within_year == pytest.approx(1 - np.exp(-0.35))
    assert (1 - ins.chance_within(0.35, 1)) ** 365 == pytest.approx(1 - within_year)
