"""What does money from others cost: factoring, bank lines, forgone discounts, insurance?

The cost of not taking an early-payment discount itself stands in `formulas.cost_of_forgone_discount`.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from sim.measure.formulas import YEAR_DAYS

MOST_RATE = 1e6
"""Yearly rates above this are taken as none."""


@dataclass(frozen=True)
class FactoringRate:
    """What selling receivables at a discount costs, a period and a year."""

    turnover: float
    collection_days: float
    period: float
    simple: float
    effective: float


def factoring_rate(credit_sales: float, receivables: float, discount: float) -> FactoringRate:
    """What does it cost a year to sell all receivables to a factor at a discount?"""
    turnover = credit_sales / receivables
    period = discount / (1.0 - discount)
    effective = (1.0 + period) ** turnover - 1.0
    return FactoringRate(turnover, YEAR_DAYS / turnover, period, period * turnover, effective)


@dataclass(frozen=True)
class Advance:
    """Money advanced on an invoice: what comes today, what comes at the end, what it costs."""

    cash_now: float
    cash_later: float
    cost: float
    simple: float
    effective: float


def factoring_advance(
    face: float,
    *,
    advance_share: float,
    commission: float,
    interest_rate: float,
    days: float,
    interest_year_days: float = 360,
) -> Advance:
    """What does a factor's advance cost a year, commission on the face and interest on the advance paid up front?

    The reserve (what was not advanced) comes back when the invoice is paid.
    """
    advanced = face * advance_share
    charges = face * commission + advanced * interest_rate * days / interest_year_days
    now, later = advanced - charges, face - advanced
    return Advance(
        cash_now=now,
        cash_later=later,
        cost=charges,
        simple=charges / now * YEAR_DAYS / days,
        effective=(advanced / now) ** (YEAR_DAYS / days) - 1.0,
    )


def xirr(amounts: ArrayLike, days: ArrayLike) -> float:
    """What is the all-in yearly rate of these dated movements of money (effective, 365 days)?

    For a facility: what was received is positive, what was paid (fees, interest, repayment) negative. The rate at
    which all of it is worth nothing today. NaN when money moves in one direction only, or no rate below a million
    does it.
    """
    moved, when = np.asarray(amounts, dtype=np.float64), np.asarray(days, dtype=np.float64)
    if not (np.any(moved > 0) and np.any(moved < 0)):
        return float("nan")
    years = (when - when.min()) / YEAR_DAYS

    def worth(rate: float) -> float:
        return float(np.sum(moved * (1.0 + rate) ** -years))

    low, high = -0.999, 0.1
    while worth(low) * worth(high) > 0 and high < MOST_RATE:
        high *= 2.0
    at_low = worth(low)
    if at_low * worth(high) > 0:
        return float("nan")
    for _ in range(200):
        middle = (low + high) / 2
        if at_low * worth(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def discount_uptake(implied_rate: float, *, median_rate: float, sigma: float) -> float:
    """Which share of buyers takes a discount of this implied yearly rate, when each compares it with its cost of funds?

    Costs of funds are lognormal. True uptake is lower: some who would gain have not the cash.
    """
    return NormalDist().cdf(math.log(implied_rate / median_rate) / sigma)


def insured_claim(mean_loss: float, deductible: float, cover: float) -> float:
    """What does a credit insurer pay on an average loss, with a deductible on each and a share covered?

    Losses are exponential with this mean.
    """
    return cover * mean_loss * math.exp(-deductible / mean_loss)
