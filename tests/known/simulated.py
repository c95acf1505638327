"""How are figures of the simulator held against mathematics? Means over runs with their intervals."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.engine import simulate
from sim.model.behaviour import Lateness
from sim.model.ledger import Ledger
from sim.model.policy import Policy
from sim.world import World
from tests.findings import Findings

CONFIDENCE = 0.99


def assert_mean_is(
    values: NDArray[np.float64],
    expected: float,
    *,
    within: float,
    told: tuple[Findings, str, str, str] | None = None,
) -> None:
    """The expected value lies in the interval of the mean over runs, and the interval is narrow enough to tell.

    `within`: the interval's half-width is at most this share of the expected value. `told`: where the figure is kept,
    its case, what it is, and its unit.
    """
    if told:
        finding, key, statement, unit = told
        finding.mean(key, f"{statement} (99 %)", values, expected=expected, unit=unit, confidence=CONFIDENCE)
    low, high = stats.t.interval(CONFIDENCE, len(values) - 1, loc=values.mean(), scale=stats.sem(values))
    assert (high - low) / 2 <= within * expected, (
        f"too few runs: {values.mean():.5g} +- {(high - low) / 2:.2g}"
    )
    assert low <= expected <= high, f"{low:.6g} .. {high:.6g} does not hold {expected:.6g}"


def waits(mean_days: float) -> float:
    """The scale of an exponential whose whole days (looked at once a morning) have exactly this mean."""
    return -1.0 / math.log1p(-1.0 / mean_days)


def exponential(mean_days: float, *, start: int = 0) -> Lateness:
    """Paid on each morning after day `start` with the same chance, after `mean_days` days on average."""
    return Lateness(kind="exponential", centre=waits(mean_days), start=start)


def always_on(day: int) -> Lateness:
    """Ready on exactly this day past due."""
    return Lateness(kind="table", start=day, unpaid=(0.0, 0.0))


def run(world: World, policy: Policy) -> Ledger:
    """The engine's ledger."""
    return simulate(world, policy)[0]


def balances(ledger: Ledger) -> NDArray[np.float64]:
    """Receivables in fen at the end of each day, shape (runs, days)."""
    entries = ledger.entries[ledger.entries["kind"] != "recovery"]
    days = ledger.last - ledger.first + 1
    position = np.searchsorted(np.array(ledger.runs), entries["run"].to_numpy())
    day = np.maximum(entries["happened_on"].to_numpy() - ledger.first, 0)
    moved = np.bincount(
        position * days + day, weights=entries["amount_fen"].to_numpy(), minlength=len(ledger.runs) * days
    )
    return moved.reshape(len(ledger.runs), days).cumsum(axis=1)


def by_run(ledger: Ledger, values: NDArray[np.float64], runs: NDArray[np.integer]) -> NDArray[np.float64]:
    """Mean of a figure per run, shape (runs,)."""
    position = np.searchsorted(np.array(ledger.runs), runs)
    count = np.bincount(position, minlength=len(ledger.runs))
    return np.bincount(position, weights=values, minlength=len(ledger.runs)) / count
