"""What came out under both policies: over the whole time, month by month, part by part, run by run?

Both policies live through the same world, a few weeks at a time, so a long comparison can tell how far it is and stop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import Day
from sim.engine import Simulation, Truth
from sim.measure import METRICS, Books, NotMeasurable, Periods
from sim.measure.money import profit_parts
from sim.model.policy import Policy
from sim.reports.inputs import Inputs
from sim.reports.pictures import measured
from sim.study.compare import HEADLINE, Outcome, differences, interval
from sim.study.lives import Life, LifeAsked
from sim.study.reasons import Reasons, changed_groups, reasons, steps_between
from sim.world import World, draw

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]
Stop = Callable[[], bool]

WEEKS = 28  # days lived before anybody is asked whether to go on
MONTHLY = (
    "credit_sales", "receipts", "ar", "overdue", "overdue_ratio", "dso", "days_late", "bad_debt", "cash",
    "economic_profit",
)  # fmt: skip
EXPLAINED = ("economic_profit", "ar", "cash_low", "credit_sales")
PARTS = ("margin", "interest", "credit_notes", "discounts", "losses", "carrying", "collection", "fees")


class Stopped(Exception):
    """The reader did not want to wait any longer. Nothing was written."""


@dataclass(frozen=True, eq=False)
class Lived:
    """One policy's figures: `whole` and `parts` shape (runs,), `monthly` shape (runs, months)."""

    whole: Outcome
    parts: dict[str, Floats]
    months: tuple[str, ...]
    complete: tuple[bool, ...]
    monthly: dict[str, Floats]


@dataclass(frozen=True, eq=False)
class Findings:
    """All that a report tells. `table`: what `sim.study.compare` gives for the same inputs."""

    inputs: Inputs
    table: pd.DataFrame
    baseline: Lived
    alternative: Lived
    reasons: Reasons | None
    drawn: Mapping[str, Any]  # the measures of the pictures, by name

    def side(self, name: str) -> Lived:
        """What came out under the baseline or the alternative?"""
        return self.baseline if name == "baseline" else self.alternative


@dataclass(frozen=True)
class Change:
    """A mean difference over the runs with its interval; NaN ends with a single run."""

    mean: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Does the interval leave zero out?"""
        return self.low > 0 or self.high < 0


def change_of(values: Floats) -> Change:
    """The mean of run-by-run differences and its interval."""
    known = values[~np.isnan(values)]
    if not len(known):
        return Change(float("nan"), float("nan"), float("nan"))
    return Change(float(known.mean()), *interval(known))


def gather(inputs: Inputs, progress: Progress | None = None, stop: Stop | None = None) -> Findings:
    """Live through both policies (and the steps between them) and keep what the report needs. Raises Stopped."""
    counter = _Counter(inputs.times.days * _policies(inputs), progress, stop)
    world = draw(inputs.portfolio, inputs.times, seed=inputs.seed, runs=inputs.runs)
    lives = [live(world, inputs, policy, counter) for _, _, policy in inputs.policies()]
    baseline, alternative = (figures(life.books) for life in lives)
    lived = {"baseline": baseline, "alternative": alternative}
    drawn = {} if inputs.is_idle else measured(lives, inputs)
    del lives  # the books are large, and the steps between the policies need room
    why = _why(inputs, world, lived, counter) if inputs.why and not inputs.is_idle else None
    return Findings(
        inputs, differences(baseline.whole, alternative.whole).table, baseline, alternative, why, drawn
    )


def _policies(inputs: Inputs) -> int:
    if inputs.is_idle or not inputs.why:
        return 2
    return 2 + len(steps_between(changed_groups(inputs.baseline, inputs.alternative)))


class _Counter:
    """How many days are lived, of how many, and does anybody still want the rest?"""

    def __init__(self, total: int, progress: Progress | None, stop: Stop | None) -> None:
        self.done, self.total, self.progress, self.stop = 0, total, progress, stop
        self.add(0)

    def add(self, days: int) -> None:
        """So many more days are lived."""
        self.done += days
        if self.stop is not None and self.stop():
            raise Stopped
        if self.progress is not None:
            self.progress(self.done, self.total)


def live(world: World, inputs: Inputs, policy: Policy, counter: _Counter) -> Life:
    """Live this policy through all runs of this world."""
    books, truth = _books(world, policy, counter)
    asked = LifeAsked(inputs.portfolio_name, policy, inputs.scenario, inputs.seed, inputs.runs, inputs.days)
    return Life(asked, books, inputs.portfolio, truth)


def figures(books: Books) -> Lived:
    """All figures of one policy."""
    whole, months = books.periods("all"), books.periods("month")
    monthly = {name: _measured(books, months, name) for name in MONTHLY}
    parts = {name: values[:, -1] for name, values in profit_parts(books, whole).items()}
    flags = tuple(bool(flag) for flag in months.complete)
    return Lived(_outcome(books, whole, HEADLINE), parts, tuple(months.labels), flags, monthly)


def _books(world: World, policy: Policy, counter: _Counter) -> tuple[Books, Truth]:
    with closing(Simulation(world, policy)) as company:
        day: Day = company.first - 1
        while day < company.last:
            until = min(day + WEEKS, company.last)
            company.live_until(until)
            counter.add(until - day)
            day = until
        return Books(company.ledger()), company.truth()


def _outcome(books: Books, whole: Periods, metrics: tuple[str, ...]) -> Outcome:
    return Outcome({name: _measured(books, whole, name)[:, -1] for name in metrics})


def _measured(books: Books, periods: Periods, name: str) -> Floats:
    """A metric by run and period; unknown everywhere when this ledger cannot show it."""
    try:
        return METRICS[name].of(books, periods)
    except NotMeasurable:
        return np.full((books.runs, len(periods)), np.nan)


def _why(inputs: Inputs, world: World, lived: dict[str, Lived], counter: _Counter) -> Reasons:
    known = [(policy, lived[side].whole) for side, _, policy in inputs.policies()]

    def outcome_of(policy: Policy) -> Outcome:
        for lived_policy, whole in known:
            if policy is lived_policy:
                return whole
        books, _ = _books(world, policy, counter)
        return _outcome(books, books.periods("all"), EXPLAINED)

    return reasons(inputs.baseline, inputs.alternative, EXPLAINED, outcome_of)
