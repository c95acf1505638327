"""How much of what is owed must be expected to be lost? Provision by matrix, cohort and roll-forward.

Simplified approach of IFRS 9 / CAS 22: lifetime expected loss by age. The products of roll rates stand in
`formulas.flow_loss_rates`, the sum over balances in `formulas.provision`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.measure.formulas import YEAR_DAYS, ratio

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CohortLoss:
    """How far the money of one sales cohort came: what ever reached each age, and the share of it finally lost."""

    reached: Floats
    loss_rates: Floats


def cohort_loss(paid: ArrayLike, lost: float) -> CohortLoss:
    """Which share of what ever reached each age was lost, for a cohort followed to its end?

    `paid`: what was paid while current, 1-30 days late and so on; `lost`: what never came, the last age.
    """
    settled = np.append(np.asarray(paid, dtype=np.float64), lost)
    reached = np.cumsum(settled[::-1])[::-1]
    return CohortLoss(reached, ratio(lost, reached))


def discounted_loss(due: float, expected: float, days: float, yearly_rate: float) -> float:
    """What is lost of an amount due when less and later comes, in today's money?"""
    return float(due - expected / (1.0 + yearly_rate) ** (days / YEAR_DAYS))


@dataclass(frozen=True)
class RollForward:
    """An allowance from one day to another: opening + new - release - write-offs = closing. Shape of the inputs."""

    opening: Floats
    new: Floats
    release: Floats
    write_offs: Floats
    closing: Floats

    @property
    def charge(self) -> Floats:
        """What does it cost the period's profit?"""
        return self.new - self.release


def roll_forward(opening: ArrayLike, closing: ArrayLike, write_offs: ArrayLike) -> RollForward:
    """How did the allowance move, item by item? Last axis = items; sums over it.

    An item that was written off used up its amount: what the allowance had not covered is new. An item whose
    allowance fell otherwise was released (it was paid, or became younger).
    """
    begin, end = np.asarray(opening, dtype=np.float64), np.asarray(closing, dtype=np.float64)
    used = np.asarray(write_offs, dtype=np.float64)
    change = end - begin + used
    return RollForward(
        opening=begin.sum(axis=-1),
        new=np.maximum(change, 0.0).sum(axis=-1),
        release=np.maximum(-change, 0.0).sum(axis=-1),
        write_offs=used.sum(axis=-1),
        closing=end.sum(axis=-1),
    )
