"""What does credit insurance cost, what does it pay and when, and when does the insurer step back?

Money in fen (int64), arrays of shape (n,). The insurer is a friend in fine weather: in a slump it cuts limits, the
weakest first, which is when they are needed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.base.days import NEVER
from sim.base.money import WHOLE_BP, FenArray, share
from sim.model.figures import figure

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class CreditInsurance:
    """A policy for a year. Either each claim bears its own deductible, or the year's claims a first loss, or both."""

    premium_bp: int = figure(25, basis="P", unit="bp", low=10, high=40)  # of insured turnover
    cover_bp: int = figure(9_000, basis="P", unit="bp", low=7_500, high=9_500)
    deductible_fen: int = figure(500_000, basis="A", unit="fen", low=0, high=2_000_000)  # each and every loss
    first_loss_bp: int = figure(0, basis="A", unit="bp", low=0, high=20)  # of turnover, a year; 10 if chosen
    most_premiums: int = figure(27, basis="R", unit="times", low=25, high=30)  # maximum liability a year
    waiting_days: int = figure(180, basis="P", unit="d")  # after the due date, protracted default
    insolvency_days: int = figure(45, basis="P", unit="d", low=30, high=60)  # after proof of insolvency
    # Told too late, above the limit.
    refused: float = figure(0.07, basis="A", unit="share", low=0.03, high=0.15)
    refused_with_process: float = figure(0.02, basis="A", unit="share", low=0.0, high=0.05)
    cut_per_year: float = figure(0.08, basis="A", low=0.04, high=0.15)  # hazard of a limit cut, normal times
    # By grade A-E. So that the weak in a slump come to .35 (.08 * 4 * 35/32) and a usual mix to about .08.
    cut_by_grade: tuple[float, ...] = figure(
        (0.90, 0.95, 1.00, 35 / 32, 35 / 32),
        basis="A",
        low=(0.5, 0.6, 0.8, 1.0, 1.0),
        high=(1.0, 1.0, 1.2, 2.0, 3.0),
    )


CREDIT_INSURANCE = CreditInsurance()
FIRST_LOSS_INSURANCE = CreditInsurance(deductible_fen=0, first_loss_bp=10)
EXPORT_INSURANCE = CreditInsurance(premium_bp=45, waiting_days=120)
"""China's export insurer: 90 % commercial risk (P), waiting 4 months (Pm), .3-.6 % on open account (R)."""

CUT_FACTORS: Mapping[str, float] = MappingProxyType(
    {"normal": 1.0, "slump": 4.0, "tight_money": 3.0, "sector_shock": 6.0, "law_change": 1.0}
)
"""How much more often do insurers and banks cut limits, by regime of the economy (A)?"""


def premium(turnover_fen: FenArray, policy: CreditInsurance = CREDIT_INSURANCE) -> Ints:
    """What does insuring this turnover cost?"""
    return share(turnover_fen, policy.premium_bp)


def year_limits(turnover_fen: FenArray, policy: CreditInsurance = CREDIT_INSURANCE) -> tuple[Ints, Ints]:
    """What is the first loss we bear and the most the insurer pays, in a year of this turnover?"""
    return share(turnover_fen, policy.first_loss_bp), premium(turnover_fen, policy) * policy.most_premiums


def covered(loss_fen: FenArray, policy: CreditInsurance = CREDIT_INSURANCE) -> Ints:
    """What is one loss worth to the insurer? The cover of what exceeds the deductible, before the year's limits."""
    return share(np.maximum(loss_fen - policy.deductible_fen, 0), policy.cover_bp)


def indemnity(
    loss_fen: FenArray,
    limit_fen: FenArray,
    first_loss_left_fen: FenArray,
    liability_left_fen: FenArray,
    policy: CreditInsurance = CREDIT_INSURANCE,
) -> tuple[Ints, Ints, Ints]:
    """What is paid for one loss per policy year, and what is left of the first loss and the liability after it?

    Of a loss only what is within the buyer's insured limit counts. Several losses of one year: one call after another.
    """
    claim = covered(np.minimum(loss_fen, limit_fen), policy)
    borne = np.minimum(claim, first_loss_left_fen)
    paid = np.minimum(claim - borne, liability_left_fen)
    return paid, first_loss_left_fen - borne, liability_left_fen - paid


def mean_claim_exponential(mean_loss: ArrayLike, deductible: ArrayLike, cover: ArrayLike = 0.9) -> Floats:
    """What does the insurer pay on average for an exponential loss with a deductible each? Exact (case O9)."""
    mean = np.asarray(mean_loss, dtype=np.float64)
    return np.asarray(cover) * mean * np.exp(-np.asarray(deductible, dtype=np.float64) / mean)


def paid_on(
    due_on: Ints, insolvent_on: Ints, disputed: Bools, policy: CreditInsurance = CREDIT_INSURANCE
) -> Ints:
    """On which day does the insurer pay? After the waiting time or the proof of insolvency, whichever is sooner.

    `insolvent_on` NEVER: no insolvency is proved. NEVER while the debt is disputed: a court must decide first.
    """
    proved = np.where(insolvent_on < NEVER, insolvent_on + policy.insolvency_days, NEVER)
    return np.where(disputed, NEVER, np.minimum(due_on + policy.waiting_days, proved)).astype(np.int64)


def is_refused(luck: Floats, process: bool, policy: CreditInsurance = CREDIT_INSURANCE) -> Bools:
    """Which claims are refused, at each uniform draw? Fewer when notices and limits are watched."""
    return np.asarray(luck) < (policy.refused_with_process if process else policy.refused)


def cut_hazard(grade: Ints, factor: float | Floats, policy: CreditInsurance = CREDIT_INSURANCE) -> Floats:
    """How often a year does the insurer cut a buyer's limit? By grade (0 = A) and the regime's factor (CUT_FACTORS)."""
    hazard: Floats = policy.cut_per_year * np.array(policy.cut_by_grade)[grade] * factor
    return hazard


def chance_within(hazard: ArrayLike, days: int) -> Floats:
    """How likely does something happen within so many days that happens at this yearly hazard?"""
    return -np.expm1(-np.asarray(hazard, dtype=np.float64) * days / 365.0)


def insurer_limit(need_fen: FenArray, granted_bp: int | Ints = WHOLE_BP) -> Ints:
    """Which limit does the insurer grant, of what we asked for?"""
    return share(need_fen, granted_bp)
