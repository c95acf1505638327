"""Are runs together what they are in parts, with the whole model on and a year to go wrong in?

Whatever looks at "any run" where it should look at each is found here: staff that leaves, failures, shortage of cash.
"""

from __future__ import annotations

from functools import cache

import pytest

from sim import draw, load_portfolio, simulate
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
