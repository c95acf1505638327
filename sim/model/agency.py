"""What does handing a claim to a collection agency bring, cost and risk? Arrays of shape (n,), money in fen.

In China only a law firm or a registered consultancy may do this work, and no one may threaten or harass; a partner who
does makes us liable too.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.base.money import FenArray, share
from sim.model.figures import figure

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

MONTH_DAYS = 30.4375
"""Mean length of a month, for ages given in days."""


@dataclass(frozen=True, kw_only=True)
class Agency:
    """One agency's figures. Recovery falls with age as in the US league survey (P: 72-74 % at 3 months, 50-57 % at 6,
    25-29 % at 12, 10-13 % at 24); it is the chance of ever collecting, by whoever does it."""

    recovery_at_due: float = figure(0.98, basis="A", unit="share", low=0.94, high=0.99)
    decay_per_month: float = figure(0.105, basis="A", low=0.09, high=0.12)  # fitted to the survey
    recovery_least: float = figure(0.05, basis="A", unit="share", low=0.02, high=0.10)
    # Share of that chance which is the agency's doing.
    added_share: float = figure(1 / 3, basis="A", unit="share", low=0.15, high=0.5)
    # Network, tracing and local presence of this one.
    skill: float = figure(1.0, basis="A", low=0.7, high=1.3)
    # Commission on cash recovered, by age up to 3, 6, 12, 24 months and beyond (R, poor sources).
    commission_bp: tuple[int, ...] = figure(
        (1_200, 1_800, 2_500, 3_200, 4_000),
        basis="R",
        unit="bp",
        low=(800, 1_400, 2_000, 2_700, 3_000),
        high=(1_800, 2_300, 3_000, 3_800, 5_000),
    )
    large_ticket_fen: int = figure(100_000_000, basis="R", unit="fen", low=50_000_000, high=200_000_000)
    large_ticket_pct: int = figure(70, basis="R", unit="%", low=60, high=90)  # of the commission, above it
    mean_days: float = figure(47.0, basis="R", unit="d", low=30.0, high=90.0)
    # Unlawful tactics, per placement.
    breach: float = figure(0.03, basis="A", unit="share", low=0.01, high=0.08)
    # Of a partner we looked into.
    breach_checked: float = figure(0.01, basis="A", unit="share", low=0.0, high=0.03)
    # What looking costs, once.
    check_fen: int = figure(500_000, basis="A", unit="fen", low=200_000, high=1_500_000)
    # Our liability.
    breach_fen: int = figure(5_000_000, basis="A", unit="fen", low=1_000_000, high=20_000_000)
    breach_reputation: float = figure(-10.0, basis="A", unit="points", low=-20.0, high=-5.0)


AGENCY = Agency()
COMMISSION_MONTHS = (3.0, 6.0, 12.0, 24.0)


def months_late(days_late: NDArray[np.integer]) -> Floats:
    """How many months past due is a claim so many days past due? 0 before the due date."""
    return np.maximum(np.asarray(days_late), 0) / MONTH_DAYS


def recovery_chance(months: ArrayLike, agency: Agency = AGENCY) -> Floats:
    """How likely is a claim of this age ever collected, by whoever tries?"""
    age = np.maximum(np.asarray(months, dtype=np.float64), 0.0)
    return np.maximum(agency.recovery_at_due * np.exp(-agency.decay_per_month * age), agency.recovery_least)


def added_chance(months: ArrayLike, agency: Agency = AGENCY) -> Floats:
    """How much of that chance does the agency add to what would have been paid anyway?"""
    return np.minimum(recovery_chance(months, agency) * agency.added_share * agency.skill, 1.0)


def commission_bp(months: ArrayLike, ticket_fen: FenArray, agency: Agency = AGENCY) -> Ints:
    """Which share of the cash does it keep? By age at placement; large tickets cost less."""
    tier = np.searchsorted(COMMISSION_MONTHS, np.asarray(months, dtype=np.float64), side="left")
    full = np.array(agency.commission_bp, dtype=np.int64)[tier]
    return np.where(ticket_fen > agency.large_ticket_fen, full * agency.large_ticket_pct // 100, full)


def commission(
    recovered_fen: FenArray, months: ArrayLike, ticket_fen: FenArray, agency: Agency = AGENCY
) -> Ints:
    """What does it keep of the cash it brought in? Nothing is paid without success."""
    return share(recovered_fen, commission_bp(months, ticket_fen, agency))


def days_to_result(luck: Floats, agency: Agency = AGENCY) -> Ints:
    """How long is a file with the agency, at each uniform draw? Exponential (A), at least one day."""
    days = -agency.mean_days * np.log1p(-np.asarray(luck, dtype=np.float64))
    return np.maximum(np.rint(days), 1.0).astype(np.int64)


def breaches(luck: Floats, checked: bool, agency: Agency = AGENCY) -> Bools:
    """Which placements see unlawful tactics, at each uniform draw? Fewer with a partner we looked into."""
    return np.asarray(luck) < (agency.breach_checked if checked else agency.breach)
