"""Do the formulas give the textbooks' answers? Factoring, rates from dated money, discounts, insurance."""

import numpy as np
import pytest

from sim.measure import formulas as f
from sim.measure.cost_of_credit import (
    discount_uptake,
    factoring_advance,
    factoring_rate,
    insured_claim,
    xirr,
)


def exactly(value: float):
    return pytest.approx(value, rel=1e-6)


def test_t13_selling_all_receivables_to_a_factor():
    """T13: Ross, Westerfield and Jordan's LuLu's Pies, 3 % discount."""
    rate = factoring_rate(500_000, 50_000, 0.03)
    assert rate.turnover == exactly(10)
    assert rate.collection_days == exactly(36.5)
    assert rate.period == exactly(0.0309278351)
    assert rate.simple == exactly(0.3092783505)
    assert rate.effective == exactly(0.3560717144)


def test_t13_nine_percent_and_a_commission_are_not_ten_and_a_half():
    """T13: 80 % advanced for 60 days, 1.5 % commission on the face, 9 % interest on 360 days, both up front."""
    advance = factoring_advance(1e6, advance_share=0.8, commission=0.015, interest_rate=0.09, days=60)
    assert advance.cash_now == exactly(773_000)
    assert advance.cash_later == exactly(200_000)
    assert advance.cost == exactly(27_000)
    assert advance.simple == exactly(0.2124838292)
    assert advance.effective == exactly(0.2322689330)


def test_t13_the_same_rate_from_the_dated_movements():
    """T13: the advance as money received today and repaid out of the invoice on day 60."""
    advance = factoring_advance(1e6, advance_share=0.8, commission=0.015, interest_rate=0.09, days=60)
    assert xirr([advance.cash_now, -(1e6 - advance.cash_later)], [0, 60]) == exactly(advance.effective)


def test_the_rate_of_dated_movements():
    assert xirr([1_000, -1_100], [0, 365]) == exactly(0.10)
    assert xirr([-1_000, 1_100], [0, 365]) == exactly(0.10)
    assert xirr([100, -60, -60], [10, 192.5, 375]) == exactly(
        (0.6 / 2 + np.sqrt(0.36 / 4 + 0.6)) ** 2 - 1
    )  # 1 = 0.6 x + 0.6 x**2, x = 1 / sqrt(1 + r)
    assert xirr([1_000, -900], [0, 365]) == exactly(-0.10)
    assert np.isnan(xirr([100, 100], [0, 30]))
    assert np.isnan(xirr([0.0], [0]))


def test_o7_a_construction_contract_in_parts():
    """O7: 10 % before, 60 and 27 % after, 3 % retention a year later."""
    parts, days = [0.10, 0.60, 0.27, 0.03], [-30, 45, 150, 515]
    assert f.weighted_mean(days, parts) == exactly(79.95)
    assert f.weighted_mean(days[:3], parts[:3]) == exactly(66.4948453608)
    assert f.schedule_value(parts, days, 0.08) == exactly(0.9834755691)


def test_o9_what_an_insurer_pays_on_an_average_loss():
    """O9: exponential losses, mean 1 m, 0.2 m deductible each, 90 % cover, 0.6 a year."""
    claim = insured_claim(1e6, 0.2e6, 0.9)
    assert claim == exactly(736_857.6777702)
    assert 0.6 * claim == exactly(442_114.6066621)


def test_o10_promises_until_one_is_kept():
    """O10: kept with probability two thirds and renewed at once."""
    assert f.promises_until_kept(2 / 3) == exactly(1.5)
    assert f.promises_until_kept(2 / 3) - 1 == exactly(0.5)


def test_o12_who_takes_the_discount():
    """O12: costs of funds lognormal around 12 %; 2/10 net 30 and 2/10 paid on day 60."""
    on_time = f.cost_of_forgone_discount(0.02, 10, 30, effective=True)
    late = f.cost_of_forgone_discount(0.02, 10, 60, effective=True)
    assert discount_uptake(on_time, median_rate=0.12, sigma=0.5) == pytest.approx(0.9957, abs=5e-5)
    assert discount_uptake(late, median_rate=0.12, sigma=0.5) == pytest.approx(0.7128, abs=5e-5)
    assert discount_uptake(0.4459, median_rate=0.12, sigma=0.5) == exactly(0.9956701713)
    assert discount_uptake(0.1589, median_rate=0.12, sigma=0.5) == exactly(0.7127943499)
    assert discount_uptake(0.12, median_rate=0.12, sigma=0.5) == exactly(0.5)
