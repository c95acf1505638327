"""How much is ordered, and how fast paid, on each day of the year and under other terms?"""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import months_of
from sim.model.policy import Policy
from sim.model.portfolio import Portfolio
from sim.model.scenario import ORDER_SEASON, PAYMENT_SEASON, Scenario
from sim.model.seasons import growth_path, moving_orders, moving_payments

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

DEMAND_HEADROOM = 1.35  # potential orders are drawn for so much more than normal demand
DEMAND_FLOOR = 0.5
DEMAND_FADE_DAYS = 90.0


def demand_factor(portfolio: Portfolio, policy: Policy) -> Floats:
    """How do customers' orders answer to the payment term, against the term in force? Shape (C,), 1 = as now.

    Near the present term each extra day brings `term_response_bp` more orders; the effect fades with distance.
    """
    extra = policy.terms.net_days - portfolio.policy_in_force.terms.net_days
    gain = DEMAND_FADE_DAYS * -np.expm1(-extra / DEMAND_FADE_DAYS)
    wanted: Floats = 1.0 + portfolio.column("term_response_bp") * 1e-4 * gain
    return np.clip(wanted, DEMAND_FLOOR, DEMAND_HEADROOM)


def order_season(portfolio: Portfolio, scenario: Scenario, days: Ints) -> Floats:
    """Which share of the potential orders is placed in normal demand? Shape (customers, days)."""
    growth = growth_path(scenario.economy.growth_pct, scenario.days)
    grown = growth[np.clip(days - scenario.first, 0, scenario.days - 1)] / growth.max()
    if not (scenario.seasonal and portfolio.seasonal):
        return np.tile(grown / DEMAND_HEADROOM, (len(portfolio), 1))
    month, moves = months_of(days), scenario.mechanisms.economy
    segments, kind = np.unique(portfolio.column("segment").astype(str), return_inverse=True)
    rows = []
    for segment in segments:
        table = ORDER_SEASON.get(segment, (1.0,) * 12)
        season = moving_orders(table, days) if moves and segment in ORDER_SEASON else np.array(table)[month]
        rows.append(grown * season / (max(1.0, *table) * DEMAND_HEADROOM))
    return np.array(rows)[kind]


def payment_season(portfolio: Portfolio, scenario: Scenario, days: Ints) -> Floats:
    """How much faster or slower is everything paid on each day of the year? Shape (days,), 1 = as usual."""
    if not (scenario.seasonal and portfolio.seasonal):
        return np.ones(len(days))
    if scenario.mechanisms.economy:
        return moving_payments(PAYMENT_SEASON, days)
    return np.array(PAYMENT_SEASON)[months_of(days)]


def peak_season(portfolio: Portfolio, scenario: Scenario) -> Floats:
    """How many times the normal demand is each customer's highest of the year? Shape (customers,)."""
    growth = float(growth_path(scenario.economy.growth_pct, scenario.days).max())
    if not (scenario.seasonal and portfolio.seasonal):
        return np.full(len(portfolio), growth)
    peaks = [max(1.0, *ORDER_SEASON.get(str(segment), (1.0,))) for segment in portfolio.column("segment")]
    return np.array(peaks) * growth
