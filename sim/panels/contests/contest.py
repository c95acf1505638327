"""What do several plans bring, each lived by the same customers with the same luck?

Pure: the same contest gives the same standing. Runs come in batches, each plan's are kept, so that a plan that was
tried before costs nothing. A figure is a metric or a sum of accounts of the seller's books.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.engine import simulate
from sim.measure import METRICS, Books, NotMeasurable
from sim.model.ledger import Ledger
from sim.model.policy import Policy
from sim.model.portfolio import scenario_for
from sim.panels.live.compute import ROUGH_BELOW, Difference, differences, portfolio_of
from sim.panels.live.remember import remembered
from sim.study.compare import Outcome, interval, joined
from sim.world import World, draw

Floats = NDArray[np.float64]

BATCHES = (2, 6, 8, 16)
"""Runs per plan: a first look at once, then more."""


@dataclass(frozen=True)
class Sum:
    """A figure that is a sum of accounts over the whole time, and which way is better."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    better: str = "low"


SUMS: Mapping[str, Sum] = {
    "layer_cost": Sum(("premium", "factoring_fee", "loan_interest", "bank_fee", "information")),
    "loss_left": Sum(("bad_debt",), ("recoveries", "indemnity", "factor_cover")),
    "made_good": Sum(("recoveries", "indemnity", "factor_cover"), better="high"),
    "upstream_cost": Sum(("service", "dispute_desk")),
    "others_cost": Sum(("agency", "legal")),
    "pay_for_sales": Sum(("commission",)),
}
"""Figures of the labs that are no metric; words: labs.figure.NAME."""


@dataclass(frozen=True)
class Contest:
    """Several policies on the same customers, in the same times, with the same luck; the first is the yardstick."""

    portfolio: str
    scenario: str
    policies: tuple[Policy, ...]
    figures: tuple[str, ...]
    days: int = 365
    seed: int = 1


@dataclass(frozen=True, eq=False)
class Standing:
    """What is known of a contest after so many runs of every plan."""

    contest: Contest
    runs: int
    currency: str
    outcomes: tuple[Outcome, ...]

    @property
    def is_rough(self) -> bool:
        """Is it too early to say how sure this is?"""
        return self.runs < ROUGH_BELOW

    def gaps(self, plan: int) -> dict[str, Difference]:
        """How far is this plan from the yardstick, figure by figure?"""
        return gaps(self.outcomes[0], self.outcomes[plan])

    def mean(self, plan: int, figure: str) -> float:
        """The mean of the runs that know this figure; NaN when none does."""
        return mean_of(self.outcomes[plan].values[figure])

    def bad_runs(self, plan: int, figure: str) -> float:
        """The mean of the worst tenth of the runs, one run at least."""
        values = self.outcomes[plan].values[figure]
        known = np.sort(values[np.isfinite(values)])
        if not len(known):
            return float("nan")
        if better(figure) == "low":
            known = known[::-1]
        return float(known[: -(-len(known) // 10)].mean())


def standing(contest: Contest, batches: int) -> Standing:
    """What do we know after so many batches of every plan?"""
    found = tuple(joined([part(contest, policy, at) for at in range(batches)]) for policy in contest.policies)
    currency = portfolio_of(contest.portfolio).currency
    return Standing(contest, sum(BATCHES[:batches]), currency, found)


def part(contest: Contest, policy: Policy, number: int) -> Outcome:
    """One plan's figures in one batch of runs."""
    place = contest.portfolio, contest.scenario, contest.days, contest.seed, number
    return brought(*place, policy, contest.figures)


@lru_cache(maxsize=2 * len(BATCHES))
def times(portfolio: str, scenario: str, days: int, seed: int, number: int) -> World:
    """What nature decides in the runs of one batch."""
    customers = portfolio_of(portfolio)
    where = scenario_for(customers, scenario, days=days)
    return draw(customers, where, seed=seed, runs=BATCHES[number], first_run=sum(BATCHES[:number]))


@remembered(400, shared=True)
def brought(
    portfolio: str,
    scenario: str,
    days: int,
    seed: int,
    number: int,
    policy: Policy,
    figures: tuple[str, ...],
) -> Outcome:
    """What did this policy bring in one batch of runs?"""
    ledger, _ = simulate(times(portfolio, scenario, days, seed, number), policy)
    books = Books(ledger)
    return Outcome({name: figure_of(name, books, ledger) for name in figures})


def figure_of(name: str, books: Books, ledger: Ledger) -> Floats:
    """One figure over the whole time, run by run; NaN where it is unknown."""
    if name in SUMS:
        wanted = SUMS[name]
        return account_sum(ledger, wanted.plus) - account_sum(ledger, wanted.minus)
    try:
        return METRICS[name].of(books, books.periods("all"))[:, -1]
    except NotMeasurable:
        return np.full(books.runs, np.nan)


def account_sum(ledger: Ledger, accounts: tuple[str, ...]) -> Floats:
    """What was earned or spent on these accounts of income and expense, run by run."""
    table = ledger.balance
    rows = table[table["account"].isin(accounts)]
    total = rows.groupby("run")["amount_fen"].sum()
    return total.reindex(list(ledger.runs), fill_value=0).to_numpy(dtype=np.float64)


def better(figure: str) -> str:
    """Which way of a figure is good?"""
    return SUMS[figure].better if figure in SUMS else METRICS[figure].better


def unit(figure: str) -> str:
    """In which unit does a figure come?"""
    return "fen" if figure in SUMS else METRICS[figure].unit


def gaps(before: Outcome, after: Outcome) -> dict[str, Difference]:
    """The paired differences of two outcomes, sums of accounts among them."""
    known = {name for name in before.values if name in METRICS}
    found = differences(
        Outcome({name: before.values[name] for name in known}),
        Outcome({name: after.values[name] for name in known}),
    )
    for name in before.values:
        if name not in known:
            found[name] = money_gap(name, before.values[name], after.values[name])
    return found


def money_gap(figure: str, before: Floats, after: Floats) -> Difference:
    """The paired difference of a sum of accounts."""
    change = after - before
    low, high = interval(change)
    agree = float((np.sign(change) == np.sign(change.mean())).mean())
    means = mean_of(before), mean_of(after), mean_of(change)
    return Difference(figure, unit(figure), better(figure), *means, low, high, agree)


def mean_of(values: Floats) -> float:
    """The mean of what is known; NaN when nothing is."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")
