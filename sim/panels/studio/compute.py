"""What does each policy bring in every figure there is, run by run, and in the charts that were asked for?

Pure, and remembered batch by batch, as in `compute`. Whichever figures a person asks for afterwards are there already:
all are measured over the whole time, which costs a third of living through it; months are measured for the charts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

import numpy as np

from sim.base.days import Day, month_ends
from sim.engine import Simulation
from sim.measure import METRICS, Books
from sim.model.policy import Policy
from sim.model.portfolio import scenario_for
from sim.model.timeline import Timeline
from sim.panels.live.compute import (
    BATCHES,
    ROUGH_BELOW,
    Answer,
    Difference,
    Glance,
    Lived,
    by_month,
    differences,
    glance_end,
    joined,
    keep_only,
    portfolio_of,
    whole_time,
    world,
)
from sim.panels.live.question import Question
from sim.panels.live.remember import remembered
from sim.study.compare import Outcome

FIRST_CHARTS = ("ar", "dso", "overdue", "bad_debt", "cash", "economic_profit")
FIRST_TABLE = (
    "ar", "dso", "overdue", "overdue_ratio", "days_late", "cash", "cash_low", "ruin", "credit_sales", "lost_sales",
    "bad_debt", "ecl", "economic_profit", "satisfaction", "churned", "promises_kept", "collector_load",
)  # fmt: skip
MOST_CHARTS = 6


@dataclass(frozen=True)
class StudioQuestion(Question):
    """Two policies on the same customers; the alternative may begin later, and the charts are chosen."""

    from_month: int = 1  # in which month of the time does the alternative begin?

    @property
    def charts(self) -> tuple[str, ...]:
        """The figures that are drawn."""
        return self.figures.charted

    def is_drawn_like(self, other: StudioQuestion) -> bool:
        """Would its picture have the same axes and months?"""
        return self.is_alike(other) and self.charts == other.charts

    def side(self, name: str) -> Timeline:
        """One side as it is lived: the alternative follows the baseline until its month begins."""
        if name == "baseline" or self.from_month <= 1:
            return Timeline.of(self.baseline if name == "baseline" else self.alternative)
        start = first_day_of_month(self, self.from_month)
        return Timeline.of(self.baseline).then(start, self.alternative)


@dataclass(frozen=True, eq=False)
class StudioAnswer:
    """What the studio draws: both sides' months, and every figure of the whole time, run by run."""

    question: StudioQuestion
    runs: int
    currency: str
    baseline: Lived
    alternative: Lived

    @property
    def is_rough(self) -> bool:
        """Is it too early to say how sure this is?"""
        return self.runs < ROUGH_BELOW

    @cached_property
    def differences(self) -> Mapping[str, Difference]:
        """How far are the policies apart in every figure? Each is worked out when first asked for."""
        return Differences(self.baseline.first_runs(self.runs), self.alternative.first_runs(self.runs))


class Differences(Mapping[str, Difference]):
    """Paired differences of every figure, each worked out when first asked for."""

    def __init__(self, baseline: Outcome, alternative: Outcome):
        self._sides = (baseline, alternative)
        self._found: dict[str, Difference] = {}

    def __getitem__(self, metric: str) -> Difference:
        if metric not in self._found:
            before, after = (Outcome({metric: side.values[metric]}) for side in self._sides)
            self._found |= differences(before, after)
        return self._found[metric]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sides[0].values)

    def __len__(self) -> int:
        return len(self._sides[0].values)


def as_answer(found: StudioAnswer) -> Answer:
    """The same as the panels' findings read it: they ask for nothing else."""
    return cast("Answer", found)


def first_day_of_month(question: StudioQuestion, month: int) -> Day:
    """On which day does the month of this number begin, the first being 1?"""
    customers = portfolio_of(question.portfolio, question.edition)
    scenario = scenario_for(customers, question.scenario)
    if month <= 1:
        return scenario.first
    return int(month_ends(np.array([scenario.first]), month - 2)[0]) + 1


def months_of(question: StudioQuestion) -> int:
    """How many months has the time?"""
    customers = portfolio_of(question.portfolio, question.edition)
    return max(round(scenario_for(customers, question.scenario).days / 30.4), 1)


def worked(question: StudioQuestion, step: int) -> StudioAnswer | Glance | None:
    """A glance at the first months, then batch after batch."""
    return answer(question, step) if step else glance(question)


def answer(question: StudioQuestion, batches: int) -> StudioAnswer:
    """What do we know after so many batches of runs?"""
    baseline, alternative = (lives(question, side, batches) for side in ("baseline", "alternative"))
    currency = portfolio_of(question.portfolio, question.edition).currency
    return StudioAnswer(question, sum(BATCHES[:batches]), currency, baseline, alternative)


def glance(question: StudioQuestion) -> Glance | None:
    """The first months of the alternative's first run. None: there is more already, or nothing to put it on."""
    asked = batch(question, "alternative", 0)
    if lived.knows(*asked) or not lived.knows(*batch(question, "baseline", 0)):
        return None
    company = company_for(asked)
    company.live_until(glance_end(company.first, company.last))
    months, monthly = by_month(Books(company.ledger()), question.charts)
    keep_only(_UNDERWAY, asked, company)
    return Glance(question, Lived(months, monthly, Outcome({})))


def lives(question: StudioQuestion, side: str, batches: int) -> Lived:
    """At least so many batches of this side, and all further ones that are known already."""
    parts = []
    for number in range(len(BATCHES)):
        asked = batch(question, side, number)
        if number >= batches and not lived.knows(*asked):
            break
        parts.append(lived(*asked))
    return joined(parts)


Asked = tuple[str, str, int, int, int, Timeline, int, tuple[str, ...]]


def batch(question: StudioQuestion, side: str, number: int) -> Asked:
    """What is asked for one batch of one side's runs?"""
    place = question.portfolio, question.scenario, question.seed, sum(BATCHES[:number]), BATCHES[number]
    return *place, question.side(side), question.edition, question.charts


@remembered(48 * len(BATCHES), shared=True)
def lived(
    portfolio: str,
    scenario: str,
    seed: int,
    first_run: int,
    runs: int,
    timeline: Timeline,
    edition: int,
    charts: tuple[str, ...],
) -> Lived:
    """What did this side bring in these runs?"""
    asked = (portfolio, scenario, seed, first_run, runs, timeline, edition, charts)
    with closing(company_for(asked)) as company:
        company.live_until(company.last)
        books = Books(company.ledger())
    months, monthly = by_month(books, charts)
    return Lived(months, monthly, whole_time(books, METRICS))


_UNDERWAY: dict[Asked, Simulation] = {}  # at most one company that has lived its first months


def company_for(asked: Asked) -> Simulation:
    """The company that has begun to live these runs, or a new one. It is taken: interrupted, it is lost."""
    portfolio, scenario, seed, first_run, runs, timeline, edition, _ = asked
    place = (portfolio, scenario, seed, first_run, runs, edition)
    return _UNDERWAY.pop(asked, None) or Simulation(world(*place), timeline)


def whole_of(question: StudioQuestion, policy: Policy, metrics: Iterable[str], runs: int) -> Outcome:
    """What does another policy, beginning when the alternative does, bring over the whole time? Not remembered."""
    asked = replace(question, alternative=policy)
    timeline = asked.side("baseline" if policy == question.baseline else "alternative")
    place = question.portfolio, question.scenario, question.seed, 0, runs, question.edition
    with closing(Simulation(world(*place), timeline)) as company:
        company.live_until(company.last)
        books = Books(company.ledger())
    return whole_time(books, metrics)
