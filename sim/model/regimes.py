"""In what state is the economy each month, and what does it change? All figures are assumptions (low-high in comments).

What is bad in a regime comes together (wrong-way risk): fewer orders, slower payment, more failures, dearer money, and
insurers and banks who step back when they are needed.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER, Day, months_of
from sim.base.draws import Purpose, address_key, uniform_under

RegimeName = Literal["normal", "slump", "tight_money", "sector_shock"]
REGIMES: tuple[RegimeName, ...] = ("normal", "slump", "tight_money", "sector_shock")

DEFAULT_FACTOR_RHO = 0.10
"""Correlation of customers' failures through one common factor (assumption, 0.05-0.20)."""
LAW_DEFAULTS, LAW_HASTE = 0.9, 1.15
"""After the payment rule: failures of all, payment of large buyers (assumption)."""


@dataclass(frozen=True)
class Regime:
    """Multipliers of normal. `enters`, `leaves`: chances per month; `cuts`: how much more often limits are cut."""

    enters: float
    leaves: float
    demand: float
    default: float
    payment: float
    funds_bp: int
    cuts: float
    lgd_bp: int


TABLE: dict[RegimeName, Regime] = {
    "normal": Regime(0.0, 0.0, 1.0, 1.0, 1.0, 0, 1.0, 0),
    "slump": Regime(0.010, 0.08, 0.85, 2.2, 0.80, -20, 4.0, 1_000),
    "tight_money": Regime(0.008, 0.10, 0.95, 1.5, 0.75, 200, 3.0, 0),
    "sector_shock": Regime(0.006, 0.06, 0.70, 3.5, 0.65, 0, 6.0, 1_000),
}


def figures(name: str) -> NDArray[np.float64]:
    """One figure of all regimes, in the order of REGIMES."""
    return np.array([getattr(TABLE[regime], name) for regime in REGIMES], dtype=np.float64)


def regime_path(
    seed: int, runs: tuple[int, ...], first: Day, last: Day, *, given: RegimeName, since: Day, wanders: bool
) -> NDArray[np.int8]:
    """The regime of each run and day, shape (runs, days): the given one from `since`, and chance before if it wanders.

    It can change on the first of a month. A run's path depends on the seed and the run only.
    """
    days = np.arange(first, last + 1)
    path = np.zeros((len(runs), len(days)), dtype=np.int8)
    if wanders:
        path[:] = _wandered(seed, runs, days)
    path[:, days >= since] = REGIMES.index(given) if since != NEVER else 0
    return path


def _wandered(seed: int, runs: tuple[int, ...], days: NDArray[np.int64]) -> NDArray[np.int8]:
    month = months_of(days.astype(np.int32))
    starts = [0, *np.flatnonzero(month[1:] != month[:-1]) + 1, len(days)]
    keys = np.array([address_key(seed, run, Purpose.REGIME) for run in runs])
    enters, leaves = np.cumsum(figures("enters")), figures("leaves")
    path = np.zeros((len(runs), len(days)), dtype=np.int8)
    now = np.zeros(len(runs), dtype=np.int8)
    for number, (start, end) in enumerate(pairwise(starts)):
        luck = uniform_under(keys, np.full(len(runs), number))
        entered = np.searchsorted(enters, luck, side="right")
        entered = np.where(entered < len(REGIMES), entered, 0)
        now = np.where(now == 0, entered, np.where(luck < leaves[now], 0, now)).astype(np.int8)
        path[:, start:end] = now[:, None]
    return path
