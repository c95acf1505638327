"""Which companies does the lesson on early warning look at? Eight of one kind, each with its own luck, two years each.

They differ by luck alone: the same table of customers, the same policy, another draw of nature. What each left is a
ledger like any other; what was hidden comes with it and is for debriefs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day
from sim.engine import simulate
from sim.measure import Books
from sim.model.portfolio import scenario_for
from sim.panels.live.compute import portfolio_of
from sim.panels.live.remember import remembered
from sim.world import draw

COMPANIES = 8
DAYS = 730
SEED = 11
PORTFOLIO, SCENARIO = "manufacturer", "normal"
WATCHED = {"credit.alerts": True, "credit.alert_action": "none", "credit.review_days": 180}
"""Signals are noted, customers reviewed twice a year, and nothing is done about it: so one can see what follows."""


@dataclass(frozen=True, eq=False)
class LivedCompany:
    """Two years of one company: its books, and for debriefs who was what kind of payer and who failed when."""

    books: Books
    archetypes: NDArray[np.object_]  # (customers,)
    failed_on: NDArray[np.int32]  # (customers,), NEVER = it did not

    @property
    def first(self) -> Day:
        """The first day of the ledger."""
        return self.books.ledger.first

    @property
    def last(self) -> Day:
        """The last day of the ledger."""
        return self.books.ledger.last


@remembered(COMPANIES, shared=True)
def company(number: int) -> LivedCompany:
    """The company of this number (0 to 7), lived once."""
    portfolio = portfolio_of(PORTFOLIO)
    scenario = scenario_for(portfolio, SCENARIO).model_copy(update={"days": DAYS})
    world = draw(portfolio, scenario, seed=SEED, runs=1, first_run=number)
    ledger, truth = simulate(world, portfolio.policy_in_force.with_levers(WATCHED))
    hidden = truth.customers()
    return LivedCompany(Books(ledger), hidden["archetype"].to_numpy(), truth.failed_on.ravel())
