"""Effect 4: the older a claim, the less of it comes in."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine import simulate
from sim.model.ledger import OUTSIDE_AR, Ledger
from tests.effects.stage import policy, world
from tests.findings import Findings

AGES = (0, 30, 60, 90, 180, 270)
WITHIN = 90


def collected(ledger: Ledger, age: int) -> np.ndarray:
    """Of what was open `age` days past due, which share came in within the next ninety days? Per run."""
    entries = ledger.entries
    entries = entries[entries["original_due_on"] + age + WITHIN <= ledger.last]
    late = (entries["happened_on"] - entries["original_due_on"]).to_numpy()
    inside = ~entries["kind"].isin(OUTSIDE_AR).to_numpy()
    paid = (entries["kind"] == "receipt").to_numpy()
    amount, run = entries["amount_fen"].to_numpy(dtype=float), entries["run"].to_numpy()
    still_open = np.bincount(run, weights=amount * (inside & (late <= age)), minlength=len(ledger.runs))
    came = np.bincount(run, weights=-amount * (paid & (late > age) & (late <= age + WITHIN)))
    return came / still_open


@pytest.fixture(scope="module")
def two_years() -> Ledger:
    return simulate(world(days=730, runs=20), policy())[0]


@pytest.mark.slow  # twenty times two years: few claims grow old
def test_what_comes_in_within_ninety_days_falls_with_the_age_of_the_claim(
    two_years: Ledger, finding: Findings
):
    share = {age: collected(two_years, age) for age in AGES}
    for age, values in share.items():
        told = f"of what is open {age} days past due, paid within {WITHIN} days"
        finding.mean("effect-4", told, values, expected="falls", unit="share")
    means = [values.mean() for values in share.values()]
    assert means == sorted(means, reverse=True)
    for younger, older in ((0, 60), (60, 180), (90, 270)):
        told = f"the same, {younger} days past due less {older}"
        lost = finding.mean("effect-4", told, share[younger] - share[older], expected="> 0", unit="share")
        assert lost.low > 0.0
