"""Where should the line be drawn? Share accepted, profit and losses over every cut-off of the score.

Pure. A crowd of applicants lives one year in which everybody is served within a limit by need; what a cut-off would
have earned is the sum over those at or above it. So all cut-offs and all margins come from the same lives, run by run.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.engine import simulate
from sim.model.portfolio import scenario_for
from sim.model.scorecard import Information
from sim.model.timeline import Action, Timeline
from sim.panels.credit.applicants import (
    RULE_LIMIT_PCT,
    Applicants,
    Bought,
    applicants,
    as_portfolio,
    need_limits,
    seen_scores,
)
from sim.panels.credit.applicants_year import WHOLE_BP, Year, earnings
from sim.panels.live.remember import remembered
from sim.study.compare import interval
from sim.world import draw

Floats = NDArray[np.float64]
CROWD, RUNS, SEED = 160, 16, 3
CUT_OFFS = tuple(range(0, 85, 5))


@dataclass(frozen=True)
class Asked:
    """Which crowd, in which times, judged on which accounts, sold to at which margin?"""

    scenario: str = "normal"
    accounts: Information = "unaudited"
    margin_bp: int = 600


@dataclass(frozen=True, eq=False)
class Curve:
    """By cut-off: share accepted; profit and share of sales lost with their 95 % intervals (low, mean, high)."""

    cut_offs: NDArray[np.int64]
    accepted: Floats
    profit: Floats
    lost: Floats
    gain: Floats  # profit less that of the best cut-off, run by run: low, mean, high

    @property
    def best(self) -> int:
        """At which cut-off is the mean profit highest? Its place in `cut_offs`."""
        return int(np.argmax(self.profit[1]))

    @property
    def as_good(self) -> NDArray[np.bool_]:
        """Which cut-offs cannot be told from the best by these runs?"""
        return np.asarray((self.gain[2] >= 0) | (np.arange(len(self.cut_offs)) == self.best))


def crowd() -> Applicants:
    """The applicants of the curve."""
    return applicants(SEED, CROWD, with_big_one=False)


@remembered(4, shared=True)
def lived(scenario: str) -> Year:
    """What did each of the crowd bring in each run, at the margin of the applicants' house?"""
    people = crowd()
    portfolio = as_portfolio(people)
    world = draw(portfolio, scenario_for(portfolio, scenario), seed=SEED, runs=RUNS)
    given = need_limits(people) * RULE_LIMIT_PCT // 100
    actions = [
        Action(day=world.scenario.first, customer=str(name), kind="limit", amount_fen=int(limit))
        for name, limit in zip(portfolio.column("customer"), given, strict=True)
    ]
    ledger, truth = simulate(world, Timeline(policy=portfolio.policy_in_force, actions=tuple(actions)))
    failed = (truth.failed_on != NEVER).reshape(RUNS, CROWD)
    return earnings(ledger, portfolio, failed, np.zeros(CROWD))


@remembered(64, shared=True)
def curve(asked: Asked) -> Curve:
    """What would every cut-off have earned?"""
    people, year = crowd(), lived(asked.scenario)
    bought = Bought(asked.accounts)
    scores = seen_scores(people, [bought] * CROWD)
    taken = scores[None, :] >= np.array(CUT_OFFS)[:, None]
    margin_more = (asked.margin_bp - as_portfolio(people).company.margin_bp) / WHOLE_BP
    each = year.earned + margin_more * year.sales
    profit = each @ taken.T - CROWD * bought.cost_fen  # every file is read, whatever comes of it
    sales, lost = year.sales @ taken.T, year.lost @ taken.T
    share = np.divide(lost, sales, out=np.full_like(lost, np.nan), where=sales > 0)
    best = int(np.argmax(profit.mean(axis=0)))
    return Curve(
        cut_offs=np.array(CUT_OFFS),
        accepted=taken.mean(axis=1),
        profit=_spread(profit),
        lost=_spread(share),
        gain=_spread(profit - profit[:, [best]]),
    )


def _spread(runs: Floats) -> Floats:
    """Lower end of the interval, mean, upper end, of each column, shape (3, n)."""
    found = [(*interval(column), column.mean()) for column in runs.T]
    return np.ascontiguousarray(np.array([(low, mean, high) for low, high, mean in found]).T)
