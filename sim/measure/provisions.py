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
    """An allowance from one day to another: opening + new - release - write-offs = closing."""

    opening: Floats
    new: Floats
    release: Floats
    write_offs: Floats
    closing: Floats

    @property
    def charge(self) -> Floats:
        """What does it cost the period's profit?"""
        return self.new - self.release


def roll_forward(
    opening: Floats, closing: Floats, write_offs: Floats, group: NDArray[np.int64], groups: int
) -> RollForward:
    """How did the allowance of each group of items move? Arrays of shape (items,); out (groups,).

    An item that was written off used up its amount: what the allowance had not covered is new. An item whose
    allowance fell otherwise was released (it was paid, or became younger).
    """
    change = closing - opening + write_offs

    def of_group(each: Floats) -> Floats:
        return np.bincount(group, each, minlength=groups).astype(np.float64)

    return RollForward(
        opening=of_group(opening),
        new=of_group(np.maximum(change, 0.0)),
        release=of_group(np.maximum(-change, 0.0)),
        write_offs=of_group(write_offs),
        closing=of_group(closing),
    )
