"""What does another policy change, with the same customers and the same luck, and how sure is that?

Both policies live through the same World, so run r of the one is paired with run r of the other. The interval is
Student's t on the paired differences, for what is yes or no in each run Newcombe's of two shares; `agree` is the share
of runs that point the same way as the mean.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.engine import simulate
from sim.measure import METRICS, measure
from sim.measure.cycle import share_difference_interval, wilson_interval
from sim.model.policy import Policy
from sim.model.timeline import Timeline
from sim.world import World

CONFIDENCE = 0.95

HEADLINE = (
    "credit_sales", "lost_sales", "churned", "satisfaction", "receipts", "ar", "dso", "overdue", "overdue_ratio",
    "days_late", "bad_debt", "bad_debt_ratio", "promises_kept", "collector_load", "cash", "cash_low", "ruin",
    "carrying_cost", "economic_profit", "ecl",
)  # fmt: skip
"""The figures every comparison shows, in this order. Expected loss last: what a year's profit leaves to the next."""

COLUMNS = ("metric", "unit", "baseline", "alternative", "difference", "low", "high", "agree", "runs")


@dataclass(frozen=True)
class Outcome:
    """What one policy led to: each metric's value over the whole horizon, shape (runs,), NaN where unknown."""

    values: dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Comparison:
    """Paired differences between two policies. `table` has the columns COLUMNS, one row per metric.

    `difference` is alternative minus baseline, `low`..`high` its 95 % interval over runs (NaN with a single run),
    `runs` the number of runs in which both are known. Values are in the metric's unit. A figure that only
    one policy has (collectors' load, when the other has no collectors) shows there, without a difference.
    """

    table: pd.DataFrame


def outcome(world: World, policy: Policy | Timeline, metrics: Iterable[str] = HEADLINE) -> Outcome:
    """What does this policy lead to in each run of this world?"""
    ledger, _ = simulate(world, policy)
    measured = measure(ledger, list(metrics), every="all").table
    wide = measured.pivot(index="run", columns="metric", values="value").reindex(list(ledger.runs))
    unknown = np.full(len(ledger.runs), np.nan)
    return Outcome({name: wide[name].to_numpy() if name in wide else unknown for name in metrics})


def compare(
    world: World,
    baseline: Policy | Timeline,
    alternative: Policy | Timeline,
    metrics: Sequence[str] = HEADLINE,
) -> Comparison:
    """What does the alternative change against the baseline, metric by metric?"""
    return differences(outcome(world, baseline, metrics), outcome(world, alternative, metrics))


def differences(baseline: Outcome, alternative: Outcome) -> Comparison:
    """The paired differences of two outcomes on the same world."""
    rows = [_row(name, before, alternative.values[name]) for name, before in baseline.values.items()]
    return Comparison(pd.DataFrame(rows, columns=list(COLUMNS)))


def joined(parts: Sequence[Outcome]) -> Outcome:
    """Outcomes of the same policy on further runs, put together."""
    return Outcome({name: np.concatenate([part.values[name] for part in parts]) for name in parts[0].values})


def _row(name: str, before: NDArray[np.float64], after: NDArray[np.float64]) -> tuple[object, ...]:
    known = ~(np.isnan(before) | np.isnan(after))
    if not known.any():
        nan = float("nan")
        return name, METRICS[name].unit, _alone(before, after), _alone(after, before), nan, nan, nan, nan, 0
    before, after = before[known], after[known]
    change = after - before
    low, high = interval_of_shares(before, after) if METRICS[name].yes_or_no else interval(change)
    agree = float((np.sign(change) == np.sign(change.mean())).mean())
    middle = (float(before.mean()), float(after.mean()), float(change.mean()))
    return name, METRICS[name].unit, *middle, low, high, agree, len(change)


def _alone(side: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """The mean of a figure that the other policy never has; of two that meet in no run, none: their luck differs."""
    known = side[~np.isnan(side)]
    return float(known.mean()) if len(known) and np.isnan(other).all() else float("nan")


def interval(values: NDArray[np.float64], confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Student's t interval of the mean of these values; NaN when there are fewer than two."""
    if len(values) < 2:
        return float("nan"), float("nan")
    half = float(stdtrit(len(values) - 1, 0.5 + confidence / 2) * values.std(ddof=1) / np.sqrt(len(values)))
    return float(values.mean()) - half, float(values.mean()) + half


def interval_of_shares(before: NDArray[np.float64], after: NDArray[np.float64]) -> tuple[float, float]:
    """Between which values does the difference of two shares of the same runs lie? 1 = yes, 0 = no, run by run.

    NaN when there are fewer than two runs; no width where no run differs.
    """
    runs = len(before)
    if runs < 2:
        return float("nan"), float("nan")
    if (before == after).all():
        return 0.0, 0.0
    spread = before.std() * after.std()
    likeness = float(((before * after).mean() - before.mean() * after.mean()) / spread) if spread else 0.0
    first, second = (
        (float(side.mean()), *wilson_interval(int(side.sum()), runs)) for side in (before, after)
    )
    return share_difference_interval(first, second, likeness)
