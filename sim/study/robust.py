"""Does a difference between two policies survive if an assumption was wrong?

Both policies live through the same luck once more with one assumption at the low end of its range, and once at the high
end. Figures of the model stand in frozen objects that every run in a process shares; they are exchanged in a process of
its own, which nothing else uses and which ends with the question.
"""

from __future__ import annotations

import dataclasses
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sim.model.policy import Policy
from sim.model.portfolio import CUSTOMER_COLUMNS, Portfolio, scenario_for
from sim.model.timeline import Timeline
from sim.study.assumptions import Assumption, assumptions
from sim.study.compare import interval, outcome
from sim.world import draw

Floats = NDArray[np.float64]
End = Literal["base", "low", "high"]
Verdict = Literal["holds", "weaker", "turns", "unclear"]
SECONDS_BETWEEN_LOOKS = 0.2


@dataclass(frozen=True)
class Case:
    """What was compared: two policies (or timelines) on these customers in these times."""

    portfolio: Portfolio
    scenario: str
    baseline: Policy | Timeline
    alternative: Policy | Timeline
    metrics: tuple[str, ...]
    seed: int = 1
    runs: int = 16


@dataclass(frozen=True)
class Tried:
    """The paired difference of each metric with one assumption at one end: mean, and its interval."""

    key: str
    end: End
    value: float
    differences: dict[str, tuple[float, float, float]]


class Broken(RuntimeError):
    """The process that tried assumptions ended before it was done."""


def tried(case: Case, keys: Sequence[str], is_stopped: Callable[[], bool] = lambda: False) -> Iterator[Tried]:
    """First as everything is assumed, then each of these assumptions low and high; ends early when stopped."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, case, tuple(keys)), daemon=True)
    process.start()
    theirs.close()
    try:
        for _ in range(1 + 2 * len(keys)):
            while not ours.poll(SECONDS_BETWEEN_LOOKS):
                if is_stopped():
                    return
            yield ours.recv()
    except EOFError:
        raise Broken from None
    finally:
        process.terminate()
        process.join()
        ours.close()


def _work(connection: Any, case: Case, keys: tuple[str, ...]) -> None:
    """In the process of its own."""
    try:
        for found in tried_here(case, keys):
            connection.send(found)
    except BrokenPipeError:
        return  # nobody waits any more


def tried_here(case: Case, keys: Sequence[str]) -> Iterator[Tried]:
    """The same in this process. Nothing else may be simulated in it meanwhile."""
    known = {one.key: one for one in assumptions(case.portfolio)}
    yield Tried("", "base", float("nan"), _differences(case))
    for key in keys:
        found = known[key]
        for end, value in (("low", found.low), ("high", found.high)):
            with assumed(case, found, value) as changed:
                yield Tried(key, "low" if end == "low" else "high", value, _differences(changed))


@contextmanager
def assumed(case: Case, found: Assumption, value: float) -> Iterator[Case]:
    """The case with one assumption at this value; a figure of the model is exchanged while this lasts."""
    if found.place == "company":
        company = case.portfolio.company.model_copy(update={found.field: round(value)})
        yield dataclasses.replace(case, portfolio=dataclasses.replace(case.portfolio, company=company))
    elif found.place == "customers":
        yield dataclasses.replace(case, portfolio=_scaled(case.portfolio, found, value))
    else:
        before = getattr(found.group, found.field)
        object.__setattr__(found.group, found.field, type(before)(value))
        try:
            yield case
        finally:
            object.__setattr__(found.group, found.field, before)


def _scaled(portfolio: Portfolio, found: Assumption, value: float) -> Portfolio:
    """The customers with a column scaled as a whole, so that its mean is this."""
    column = CUSTOMER_COLUMNS[found.field]
    factor = value / found.base if found.base else 1.0
    scaled = np.clip(portfolio.column(found.field) * factor, column.low, column.high)
    changed = np.rint(scaled).astype(np.int64) if column.kind == "int" else scaled
    return dataclasses.replace(portfolio, customers=portfolio.customers.assign(**{found.field: changed}))


def _differences(case: Case) -> dict[str, tuple[float, float, float]]:
    world = draw(case.portfolio, scenario_for(case.portfolio, case.scenario), seed=case.seed, runs=case.runs)
    before, after = (outcome(world, policy, case.metrics) for policy in (case.baseline, case.alternative))
    return {name: mean_and_interval(after.values[name] - before.values[name]) for name in case.metrics}


def mean_and_interval(values: Floats) -> tuple[float, float, float]:
    """The mean of what is known and its interval; NaN where nothing is."""
    known = values[np.isfinite(values)]
    return (float(known.mean()), *interval(known)) if len(known) else (float("nan"),) * 3


def verdict(base: tuple[float, float, float], ends: Sequence[tuple[float, float, float]]) -> Verdict:
    """Does the sign of the difference hold at both ends?

    `unclear`: there was no clear difference to begin with. `turns`: at one end the mean lies on the other side.
    `weaker`: the same side, but at one end no longer clear.
    """
    if not _is_clear(base):
        return "unclear"
    if any(not np.isfinite(end[0]) or np.sign(end[0]) != np.sign(base[0]) for end in ends):
        return "turns"
    return "holds" if all(_is_clear(end) for end in ends) else "weaker"


def _is_clear(found: tuple[float, float, float]) -> bool:
    return found[1] > 0 or found[2] < 0
