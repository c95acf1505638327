"""What happens under each of two policies, month by month and over the whole time?

Pure: the same question gives the same answer. Runs come in batches, each lived once per policy and kept, so a
refinement only adds runs, and moving the alternative does not live the baseline again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import Day, month_ends
from sim.engine import Simulation
from sim.measure import METRICS, Books, NotMeasurable, Periods
from sim.model.policy import Policy
from sim.model.portfolio import Portfolio, scenario_for
from sim.model.portfolio_files import load_portfolio, portfolio_names
from sim.panels.live.question import CHARTED, TABLED, Figures, Question
from sim.panels.live.remember import remembered
from sim.study.compare import Outcome
from sim.study.compare import differences as paired_differences
from sim.study.compare import joined as joined_outcomes
from sim.world import World, draw

__all__ = [
    "CHARTED",
    "TABLED",
    "Answer",
    "Difference",
    "Figures",
    "Glance",
    "Lived",
    "Question",
    "answer",
    "worked",
]
Floats = NDArray[np.float64]

# Drawn as they add up from month to month.
SUMMED = frozenset(
    {
        "bad_debt", "carrying_cost", "churned", "collection_cost", "discounts", "economic_profit", "lost_sales",
        "recoveries",
    }
)  # fmt: skip
BAND = (10.0, 90.0)
DAYS_OF_A_MONTH = 20  # what is left of a month at either end of the time is not drawn when it is shorter
# One run at first, for a picture at once; then more and more until the bands stand still.
BATCHES = (1, 7, 8, 16, 16, 16)
GLANCE_MONTHS = 2  # lived before the first lines are drawn
ROUGH_BELOW = 8  # fewer runs than this show which way it goes, and no interval worth reading


@dataclass(frozen=True, eq=False)
class Lived:
    """What one policy brought in some runs: figures by month, shape (runs, months), and over the whole time."""

    months: tuple[str, ...]
    monthly: dict[str, Floats]
    whole: Outcome

    def first_runs(self, runs: int) -> Outcome:
        """The whole time's figures in the first so many runs."""
        return Outcome({name: values[:runs] for name, values in self.whole.values.items()})


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
    """What the panel draws: both policies' months, and the differences of the whole time.

    Differences are those of the runs that both policies lived through. A policy that lived through more of them
    before is drawn with all it has, so that the lines nobody touched stand still.
    """

    question: Question
    runs: int
    currency: str
    baseline: Lived
    alternative: Lived

    @cached_property
    def differences(self) -> dict[str, Difference]:
        """How far are the policies apart in each figure? Worked out when first asked for: the lines come first."""
        return differences(self.baseline.first_runs(self.runs), self.alternative.first_runs(self.runs))

    @property
    def is_rough(self) -> bool:
        """Is it too early to say how sure this is?"""
        return self.runs < ROUGH_BELOW


@dataclass(frozen=True, eq=False)
class Glance:
    """The first months of the alternative's first run."""

    question: Question
    alternative: Lived


def glance(question: Question) -> Glance | None:
    """The first months of the alternative's first run, before the rest is lived. None: there is more already."""
    asked = batch(question, question.alternative, 0)
    if lived.knows(*asked) or not lived.knows(*batch(question, question.baseline, 0)):
        return None
    company = company_for(asked)
    company.live_until(glance_end(company.first, company.last))
    months, monthly = by_month(Books(company.ledger()), question.figures.charted)
    keep_only(_UNDERWAY, asked, company)
    return Glance(question, Lived(months, monthly, Outcome({})))


def worked(question: Question, step: int) -> Answer | Glance | None:
    """A glance at the first months, then batch after batch."""
    return answer(question, step) if step else glance(question)


def glance_end(first: Day, last: Day) -> Day:
    """The last day of the last month of a glance."""
    return min(last, int(month_ends(np.array([first]), GLANCE_MONTHS - 1)[0]))


def answer(question: Question, batches: int) -> Answer:
    """What do we know after so many batches of runs?"""
    baseline = lives(question, question.baseline, batches)
    alternative = lives(question, question.alternative, batches)
    currency = portfolio_of(question.portfolio, question.edition).currency
    return Answer(question, sum(BATCHES[:batches]), currency, baseline, alternative)


def lives(question: Question, policy: Policy, batches: int) -> Lived:
    """At least so many batches of this policy, and all further ones that are known already."""
    parts = []
    for number in range(len(BATCHES)):
        asked = batch(question, policy, number)
        if number >= batches and not lived.knows(*asked):
            break
        parts.append(lived(*asked))
    return joined(parts)


Asked = tuple[str, str, int, int, int, Policy, int, Figures]


def batch(question: Question, policy: Policy, number: int) -> Asked:
    """What is asked for one batch of one policy's runs?"""
    first_run = sum(BATCHES[:number])
    place = question.portfolio, question.scenario, question.seed, first_run, BATCHES[number]
    return *place, policy, question.edition, question.figures


@lru_cache(maxsize=8)
def portfolio_of(name: str, edition: int = 0) -> Portfolio:  # noqa: ARG001 (a new edition is read anew)
    """The portfolio of this name or path, read once per edition."""
    return load_portfolio(name)


def edition_of(name: str) -> int:
    """Which edition of a portfolio's folder is this, by place, size and time of each file? 0 for a built-in one.

    As good for another process as for this one: a relative path means another folder there, and a file that was put
    back may be older than the others.
    """
    if name in portfolio_names():
        return 0
    found = ((path, path.stat()) for path in sorted(Path(name).resolve().glob("*.*")))
    told = "".join(f"{str(path)!r} {about.st_size} {about.st_mtime_ns}\n" for path, about in found)
    return int.from_bytes(sha256(told.encode("utf-8", "surrogatepass")).digest()[:8]) if told else 0


@lru_cache(maxsize=2 * len(BATCHES))
def world(portfolio: str, scenario: str, seed: int, first_run: int, runs: int, edition: int = 0) -> World:
    """What nature decided in these runs."""
    customers = portfolio_of(portfolio, edition)
    return draw(customers, scenario_for(customers, scenario), seed=seed, runs=runs, first_run=first_run)


@remembered(32 * len(BATCHES), shared=True)
def lived(
    portfolio: str,
    scenario: str,
    seed: int,
    first_run: int,
    runs: int,
    policy: Policy,
    edition: int = 0,
    figures: Figures = Figures(),  # noqa: B008 (frozen)
) -> Lived:
    """What did this policy bring in these runs?"""
    asked = (portfolio, scenario, seed, first_run, runs, policy, edition, figures)
    with closing(company_for(asked)) as company:
        company.live_until(company.last)
        books = Books(company.ledger())  # read once for both
    months, monthly = by_month(books, figures.charted)
    return Lived(months, monthly, whole_time(books, figures.whole))


_UNDERWAY: dict[Asked, Simulation] = {}  # at most one company that has lived its first months


def keep_only(underway: dict[Any, Simulation], asked: object, company: Simulation) -> None:
    """This company will live on; one that nobody went on with is closed."""
    while underway:
        underway.popitem()[1].close()
    underway[asked] = company


def company_for(asked: Asked) -> Simulation:
    """The company that has begun to live these runs, or a new one. It is taken: interrupted, it is lost."""
    *place, policy, edition, _ = asked
    return _UNDERWAY.pop(asked, None) or Simulation(world(*place, edition), policy)


def by_month(books: Books, names: Iterable[str] = CHARTED) -> tuple[tuple[str, ...], dict[str, Floats]]:
    """The figures of the months that are long enough to be drawn; sums hold the short ones too."""
    months = books.periods("month")
    is_long = months.days >= DAYS_OF_A_MONTH
    drawn = is_long | ~is_long.any()
    found = {name: measured(books, name, months) for name in names}
    for name in SUMMED & found.keys():
        found[name] = np.cumsum(found[name], axis=1)
    labels = tuple(label for label, is_drawn in zip(months.labels, drawn, strict=True) if is_drawn)
    return labels, {name: values[:, drawn] for name, values in found.items()}


def whole_time(books: Books, names: Iterable[str] = TABLED) -> Outcome:
    """The figures of the whole time, run by run."""
    time = books.periods("all")
    return Outcome({name: measured(books, name, time)[:, -1] for name in names})


def measured(books: Books, name: str, periods: Periods) -> Floats:
    """A figure's values, shape (runs, periods); NaN where this ledger cannot know it."""
    try:
        return METRICS[name].of(books, periods)
    except NotMeasurable:
        return np.full((books.runs, len(periods)), np.nan)


def joined(parts: list[Lived]) -> Lived:
    """Several batches of runs as one."""
    monthly = {name: np.concatenate([part.monthly[name] for part in parts]) for name in parts[0].monthly}
    return Lived(parts[0].months, monthly, joined_outcomes([part.whole for part in parts]))


def differences(baseline: Outcome, alternative: Outcome) -> dict[str, Difference]:
    """How far are the policies apart in each figure, run by run?"""
    table = paired_differences(baseline, alternative).table.drop(columns="runs")
    return {row.metric: Difference(better=METRICS[row.metric].better, **row._asdict()) for row in rows(table)}


def rows(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table, their columns as names."""
    return table.itertuples(index=False, name="Row")
