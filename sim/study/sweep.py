"""What happens to the figures when one lever is moved from low to high, everything else as it is?

Every value is lived through on the same world, so each is paired run by run with the value in force: the interval of
the difference says how sure the step is, although the levels themselves scatter with luck. A dotted path that is no
lever (`company.margin_bp`, `economy.default_pct`) changes the times instead, with the same luck.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.errors import BadInput, Problem
from sim.measure import METRICS, Books, NotMeasurable
from sim.model.policy import LEVERS, Policy
from sim.model.scenario import Scenario
from sim.study.compare import HEADLINE, Outcome, interval, outcome
from sim.study.lives import Life, LifeAsked, changed_times
from sim.world import World, draw

Value = int | bool | str
COLUMNS = (
    "value", "metric", "unit", "mean", "low", "high", "difference", "difference_low", "difference_high", "agree",
    "runs",
)  # fmt: skip
BAND = (10.0, 90.0)


@dataclass(frozen=True, eq=False)
class Sweep:
    """One lever at several values. `table` has the columns COLUMNS, one row per value and metric.

    `mean` over the runs, `low`..`high` holds the middle 80 % of them; `difference` from the reference value, run by
    run, with its 95 % interval; `agree` the share of runs that point the same way; `runs` those that know both.
    """

    path: str
    values: tuple[Value, ...]
    reference: Value
    outcomes: dict[Value, Outcome]
    table: pd.DataFrame

    def of(self, metric: str) -> pd.DataFrame:
        """One metric's rows, in the order of the values."""
        return self.table[self.table["metric"] == metric].reset_index(drop=True)

    def best(self, metric: str) -> Value | None:
        """The value with the best mean; None for a figure without a good direction or that nobody knows."""
        rows, better = self.of(metric).dropna(subset=["mean"]), METRICS[metric].better
        if rows.empty or better == "none":
            return None
        means = rows["mean"].to_numpy()
        found: Value = rows["value"].tolist()[int(means.argmax() if better == "high" else means.argmin())]
        return found

    def is_clear(self, metric: str, value: Value, other: Value) -> bool:
        """Do the runs show a difference between two values? The interval of the paired differences leaves zero out."""
        gap = self.outcomes[value].values[metric] - self.outcomes[other].values[metric]
        low, high = interval(gap[np.isfinite(gap)])
        return low > 0 or high < 0


def sweep(
    world: World,
    policy: Policy,
    path: str,
    values: Sequence[Value],
    metrics: Sequence[str] = HEADLINE,
    *,
    reference: Value | None = None,
    told: Callable[[int, int], None] | None = None,
) -> Sweep:
    """What do these figures become at each value of one lever (or of one figure of the times)?

    `reference`: the value that differences are taken from; default the one in force, which is then lived through too
    and belongs to the values. `told(done, all)` is called after each value. Raises BadInput.
    """
    now = in_force(policy, world.scenario, path) if reference is None else reference
    wanted = ordered([*values, now])
    outcomes = {}
    for done, value in enumerate(wanted, 1):
        other_world, other_policy = variant(world, policy, path, value)
        outcomes[value] = outcome(other_world, other_policy, metrics)
        if told is not None:
            told(done, len(wanted))
    return swept(path, now, outcomes)


def swept(path: str, reference: Value, outcomes: dict[Value, Outcome]) -> Sweep:
    """The sweep these outcomes make. The reference is one of them."""
    rows = [
        (value, name, METRICS[name].unit, *_row(numbers, outcomes[reference].values[name]))
        for value, found in outcomes.items()
        for name, numbers in found.values.items()
    ]
    return Sweep(path, tuple(outcomes), reference, outcomes, pd.DataFrame(rows, columns=list(COLUMNS)))


def in_force(policy: Policy, scenario: Scenario | None, path: str) -> Value:
    """What stands at this path now? Raises BadInput for a path that is neither a lever nor a figure of the times."""
    if path in LEVERS:
        found: Value = policy.value_of(path)
        return found
    place: object = scenario
    for step in path.split("."):
        place = getattr(place, step, None)
    if not isinstance(place, int | bool | str):
        raise BadInput([Problem("unknown_field", path, "")])
    return place


def variant(world: World, policy: Policy, path: str, value: Value) -> tuple[World, Policy]:
    """The world and the policy with this one thing changed; the luck stays. Raises BadInput."""
    if path in LEVERS:
        return world, policy.with_levers({path: value})
    scenario = changed_times(world.scenario, ((path, value),))
    first = world.run_names[0]
    return draw(world.portfolio, scenario, seed=world.seed, runs=world.runs, first_run=first), policy


def asked_for(asked: LifeAsked, path: str, value: Value) -> LifeAsked:
    """The same life with this one thing changed. Raises BadInput."""
    if path in LEVERS:
        return replace(asked, policy=asked.policy.with_levers({path: value}))
    return replace(asked, times=(*asked.times, (path, value)))


def outcome_of(life: Life, metrics: Iterable[str]) -> Outcome:
    """What these figures were over the whole time, run by run; all NaN where the ledger cannot show one."""
    return Outcome({name: whole_time(life.books, name) for name in metrics})


def whole_time(books: Books, metric: str) -> NDArray[np.float64]:
    """One figure over the whole time, shape (runs,), NaN where unknown."""
    try:
        return np.asarray(METRICS[metric].of(books, books.periods("all"))[:, -1])
    except NotMeasurable:
        return np.full(books.runs, np.nan)


def ordered(values: Iterable[Value]) -> list[Value]:
    """Each value once: numbers from low to high, others in the order they came."""
    once = list(dict.fromkeys(values))
    numbers = all(isinstance(value, int | float) for value in once)
    return sorted(once) if numbers else once


def _row(values: NDArray[np.float64], reference: NDArray[np.float64]) -> tuple[object, ...]:
    nan = float("nan")
    known = np.isfinite(values)
    level: tuple[float, ...] = (nan, nan, nan)
    if known.any():
        low, high = np.percentile(values[known], BAND)
        level = float(values[known].mean()), float(low), float(high)
    gap = (values - reference)[known & np.isfinite(reference)]
    if not len(gap):
        return *level, nan, nan, nan, nan, 0
    agree = float((np.sign(gap) == np.sign(gap.mean())).mean())
    return *level, float(gap.mean()), *interval(gap), agree, len(gap)
