"""Does the simulator bear out what the labs say in words, and can their goals be reached as their trainers are told?

Slow: every comparison that a lab speaks of is lived through in dozens of runs.
"""

from __future__ import annotations

import pytest

from sim.panels.labs.loading import lab_names, load_lab
from sim.panels.labs.trial import tried


@pytest.mark.slow
@pytest.mark.parametrize("name", lab_names())
def test_what_a_lab_says_of_the_simulator_holds(name: str):
    refuted = [f"{one.what}: {one.came}" for one in tried(load_lab(name)) if not one.holds]
    assert not refuted
