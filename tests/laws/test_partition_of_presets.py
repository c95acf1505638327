"""Are runs together what they are in parts, with the whole model on and a year to go wrong in?

Whatever looks at "any run" where it should look at each is found here: staff that leaves, failures, shortage of cash.
"""

from __future__ import annotations

from contextlib import closing
from functools import cache

import numpy as np
import pytest

from sim import draw, load_portfolio, simulate
from sim.engine import Simulation
from sim.model.ledger import Ledger
from sim.model.portfolio import scenario_for
from sim.model.presets import load_policy, policy_names

PEOPLE = load_portfolio("manufacturer")
RUNS, CUT = 9, 7
TABLES = ("entries", "orders", "actions", "cash", "balance")


@cache
def lived(policy: str, first: int, runs: int) -> Ledger:
    world = draw(PEOPLE, scenario_for(PEOPLE, "changing_times"), seed=1, runs=runs, first_run=first)
    return simulate(world, load_policy(policy, base=PEOPLE.policy_in_force))[0]


@pytest.mark.slow  # three years of nine runs for each policy
@pytest.mark.parametrize("policy", policy_names())
def test_a_year_of_runs_together_is_what_it_is_in_parts(policy: str):
    together = lived(policy, 0, RUNS)
    for first, runs in ((0, CUT), (CUT, RUNS - CUT)):
        part = lived(policy, first, runs)
        for name in TABLES:
            table = getattr(together, name)
            mine = table[(table["run"] >= first) & (table["run"] < first + runs)].reset_index(drop=True)
            assert mine.equals(getattr(part, name)), (name, first)


def test_customers_come_back_when_suppliers_are_paid_again_whoever_else_waits():
    """Run 6 of this rush has late suppliers for a while; when they are paid, its orders come back, alone or not."""
    times = scenario_for(PEOPLE, "growth_rush")
    policy = PEOPLE.policy_in_force.with_levers({"terms.net_days": 90})
    world = draw(PEOPLE, times, seed=1, runs=RUNS)
    with closing(Simulation(world, policy)) as company:
        slips = []
        for day in range(company.first, company.last + 1):
            company.live_until(day)
            slips.append(company.books.service_slip > 0)
        among = company.ledger()
    slipped = np.array(slips)
    waits = slipped.any(axis=1).nonzero()[0]
    own = slipped[:, 6].nonzero()[0]
    assert 0 < len(own) < len(waits)  # its suppliers waited and were paid, and those of others waited too
    alone = simulate(draw(PEOPLE, times, seed=1, runs=1, first_run=6), policy)[0]
    for name in TABLES:
        table = getattr(among, name)
        assert table[table["run"] == 6].reset_index(drop=True).equals(getattr(alone, name)), name
