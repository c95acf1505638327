"""How much of what is owed now will be paid, how much lost, and when? Receivables as an absorbing Markov chain.

Money is in one of several ages and moves each month to another age or ends as paid or lost.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AbsorbingChain:
    """Monthly moves of money. `stay`: age to age, shape (ages, ages); `ends`: age to paid, lost ..., (ages, ends)."""

    stay: Floats
    ends: Floats

    @classmethod
    def of(cls, stay: ArrayLike, ends: ArrayLike) -> "AbsorbingChain":
        """A chain from plain lists. Each row of both together adds up to 1."""
        chain = cls(np.asarray(stay, dtype=np.float64), np.asarray(ends, dtype=np.float64))
        if not np.allclose(chain.stay.sum(axis=1) + chain.ends.sum(axis=1), 1.0):
            raise ValueError("what leaves an age must go somewhere: rows must add up to 1")
        return chain

    @cached_property
    def fundamental(self) -> Floats:
        """How many months does money of each age spend in each age before it ends? Shape (ages, ages)."""
        return np.asarray(np.linalg.inv(np.eye(len(self.stay)) - self.stay), dtype=np.float64)

    @cached_property
    def absorption(self) -> Floats:
        """Which share of each age ends how? Shape (ages, ends)."""
        return self.fundamental @ self.ends

    @property
    def mean_months(self) -> Floats:
        """How many months until money of each age ends?"""
        return np.asarray(self.fundamental.sum(axis=1), dtype=np.float64)

    @property
    def variance_months(self) -> Floats:
        """How much do these months vary?"""
        mean = self.mean_months
        twice = 2 * self.fundamental - np.eye(len(self.stay))
        return np.asarray(twice @ mean - mean**2, dtype=np.float64)

    def expected_ends(self, balances: ArrayLike) -> Floats:
        """How much of these balances (by age) ends how?"""
        return np.asarray(balances, dtype=np.float64) @ self.absorption

    def steady_balances(self, new_a_month: ArrayLike) -> Floats:
        """How much stands in each age in the long run, when so much is added to each age every month?"""
        return np.asarray(new_a_month, dtype=np.float64) @ self.fundamental

    def sd_of_end(self, balances: ArrayLike, end: int) -> float:
        """How much does the amount that ends this way vary, if each unit of money went its own way?

        Far too small for real accounts, whose money moves together.
        """
        share = self.absorption[:, end]
        return float(np.sqrt(np.sum(np.asarray(balances, dtype=np.float64) * share * (1.0 - share))))
