"""What happens under each of two policies, month by month and over the whole time?

Pure: the same question gives the same answer. Runs come in batches, each lived once per policy and kept, so a
refinement only adds runs, and moving the alternative does not live the baseline again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.engine import simulate
from sim.measure import METRICS, measure
from sim.measure.periods import Every
from sim.model.ledger import Ledger
from sim.model.policy import Policy
from sim.model.portfolio import Portfolio
from sim.model.portfolio_files import load_portfolio
from sim.model.scenario import load_scenario
from sim.panels.question import Question
from sim.panels.remember import remembered
from sim.world import World, draw

Floats = NDArray[np.float64]

CHARTED = ("ar", "dso", "overdue", "bad_debt", "cash", "economic_profit")
SUMMED = frozenset({"bad_debt", "economic_profit"})  # drawn as they add up from month to month
TABLED = (
    "ar",
    "dso",
    "overdue",
    "bad_debt",
    "cash",
    "cash_low",
    "credit_sales",
    "lost_sales",
    "economic_profit",
)
BAND = (10.0, 90.0)
CONFIDENCE = 0.95
# One run at first, for a picture at once; then more and more until the bands stand still.
BATCHES = (1, 7, 8, 16, 16, 16)
ROUGH_BELOW = 8  # fewer runs than this show which way it goes, and no interval worth reading


@dataclass(frozen=True, eq=False)
class Lived:
    """What one policy brought in some runs: figures by month, shape (runs, months), and over all, shape (runs,)."""

    months: tuple[str, ...]
    monthly: dict[str, Floats]
    whole: dict[str, Floats]


@dataclass(frozen=True)
class Difference:
    """One figure under both policies, and how sure we are of what lies between."""

    metric: str
    unit: str
    better: str
    baseline: float
    alternative: float
    difference: float
    low: float
    high: float
    agree: float

    @property
    def is_clear(self) -> bool:
        """Does the interval leave zero out?"""
        return self.low > 0 or self.high < 0

    @property
    def is_better(self) -> bool | None:
        """Is the change for the good? None: unclear, or neither way is good."""
        if not self.is_clear or self.better == "none":
            return None
        return (self.difference > 0) == (self.better == "high")


@dataclass(frozen=True, eq=False)
class Answer:
    """What the panel draws: both policies' months, and the differences of the whole time."""

    question: Question
    runs: int
    currency: str
    baseline: Lived
    alternative: Lived
    differences: dict[str, Difference]

    @property
    def is_rough(self) -> bool:
        """Is it too early to say how sure this is?"""
        return self.runs < ROUGH_BELOW


def answer(question: Question, batches: int) -> Answer:
    """What do we know after so many batches of runs?

    Differences are those of the runs that both policies lived through. A policy that lived through more of them
    before is drawn with all it has, so that the lines nobody touched stand still.
    """
    baseline = lives(question, question.baseline, batches)
    alternative = lives(question, question.alternative, batches)
    runs = sum(BATCHES[:batches])
    found = {
        name: difference(name, baseline.whole[name][:runs], alternative.whole[name][:runs]) for name in TABLED
    }
    currency = load_portfolio_once(question.portfolio).currency
    return Answer(question, runs, currency, baseline, alternative, found)


def lives(question: Question, policy: Policy, batches: int) -> Lived:
    """At least so many batches of this policy, and all further ones that are known already."""
    parts = []
    for number, runs in enumerate(BATCHES):
        asked = (question.portfolio, question.scenario, question.seed, sum(BATCHES[:number]), runs, policy)
        if number >= batches and not lived.knows(*asked):
            break
        parts.append(lived(*asked))
    return joined(parts)


@lru_cache(maxsize=8)
def load_portfolio_once(name: str) -> Portfolio:
    """The portfolio of this name or path, read once."""
    return load_portfolio(name)


@lru_cache(maxsize=2 * len(BATCHES))
def world(portfolio: str, scenario: str, seed: int, first_run: int, runs: int) -> World:
    """What nature decided in these runs."""
    return draw(
        load_portfolio_once(portfolio), load_scenario(scenario), seed=seed, runs=runs, first_run=first_run
    )


@remembered(32 * len(BATCHES))
def lived(portfolio: str, scenario: str, seed: int, first_run: int, runs: int, policy: Policy) -> Lived:
    """What did this policy bring in these runs?"""
    ledger, _ = simulate(world(portfolio, scenario, seed, first_run, runs), policy)
    months, monthly = figures(ledger, CHARTED, "month")
    _, whole = figures(ledger, TABLED, "all")
    for name in SUMMED:
        monthly[name] = np.cumsum(monthly[name], axis=1)
    return Lived(months, monthly, {name: values[:, -1] for name, values in whole.items()})


def figures(
    ledger: Ledger, names: tuple[str, ...], every: Every
) -> tuple[tuple[str, ...], dict[str, Floats]]:
    """Some figures of a ledger as arrays, shape (runs, periods)."""
    table = measure(ledger, list(names), every=every).table
    periods = tuple(dict.fromkeys(table["period"]))
    runs = table["run"].nunique()
    found = {}
    for name in names:
        values = table.loc[table["metric"] == name, "value"].to_numpy(dtype=np.float64)
        found[name] = values.reshape(runs, len(periods))
    return periods, found


def joined(parts: list[Lived]) -> Lived:
    """Several batches of runs as one."""
    monthly = {name: np.concatenate([part.monthly[name] for part in parts]) for name in parts[0].monthly}
    whole = {name: np.concatenate([part.whole[name] for part in parts]) for name in parts[0].whole}
    return Lived(parts[0].months, monthly, whole)


def difference(name: str, baseline: Floats, alternative: Floats) -> Difference:
    """How far are the policies apart in this figure, run by run?"""
    from scipy.stats import t

    known = np.isfinite(baseline) & np.isfinite(alternative)
    before, after = baseline[known], alternative[known]
    gaps = after - before
    metric = METRICS[name]
    if len(gaps) == 0:
        return Difference(name, metric.unit, metric.better, *([np.nan] * 6))
    mean = float(gaps.mean())
    half = np.inf
    if len(gaps) > 1:
        half = float(t.ppf(0.5 + CONFIDENCE / 2, len(gaps) - 1) * gaps.std(ddof=1) / np.sqrt(len(gaps)))
    agree = float((np.sign(gaps) == np.sign(mean)).mean())
    ends = (mean - half, mean + half)
    return Difference(
        name, metric.unit, metric.better, float(before.mean()), float(after.mean()), mean, *ends, agree
    )
