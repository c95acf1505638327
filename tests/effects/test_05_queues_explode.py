"""Effect 5: near full load the queue before the collectors explodes.

The desk of tests/known/test_simulator_pooling.py: one collector, one visit a day, customers that never leave the queue.
"""

from __future__ import annotations

import pytest

from tests.findings import Findings
from tests.known.test_simulator_pooling import daily_chain, waits

LOADS = (0.5, 0.7, 0.9)


@pytest.mark.slow  # a queue near full load forgets slowly: it is watched for sixty times four years
def test_the_last_fifth_of_load_costs_many_times_what_the_one_before_cost(finding: Findings):
    nights = {load: waits(load, 1, runs=60) for load in LOADS}
    for load, values in nights.items():
        told = f"nights a case waits at a desk with load {load:g} (99 %; expected: the exact chain)"
        finding.mean("effect-5", told, values, expected=daily_chain(load, 1), unit="d", confidence=0.99)
    low, middle, high = (nights[load] for load in LOADS)
    told = "nights added by load 0.7 -> 0.9, less four times those added by 0.5 -> 0.7"
    assert (
        finding.mean("effect-5", told, (high - middle) - 4 * (middle - low), expected="> 0", unit="d").low
        > 0.0
    )
