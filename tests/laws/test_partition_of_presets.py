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
PLANS = {"collection.payment_plans": True, "collection.training_days": 5, "operations.report_lag_days": 26}
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


@pytest.mark.parametrize(
    ("who", "times", "name", "levers", "seed", "run"),
    [
        ("industry_67", "slump", "collect_hard", {}, 11, 6),  # a claim in court was paid
        ("manufacturer", "tight_money", "as_is", PLANS, 555, 3),  # a claim in a plan was disputed
    ],
)
def test_what_is_settled_is_let_go_of_on_its_own_day_whatever_others_settle(
    who: str, times: str, name: str, levers: dict[str, object], seed: int, run: int
):
    people = load_portfolio(who)
    policy = load_policy(name, base=people.policy_in_force).with_levers(levers)
    scenario = scenario_for(people, times)
    among, alone = (
        simulate(draw(people, scenario, seed=seed, runs=runs, first_run=first), policy)[0]
        for first, runs in ((0, run + 1), (run, 1))
    )
    for table in TABLES:
        together = getattr(among, table)
        assert together[together["run"] == run].reset_index(drop=True).equals(getattr(alone, table)), table
