"""Effect 3: harsher pressure lowers DSO and drives customers away; profit has its best point in between."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sim.model.policy import LadderStep, Policy
from tests.effects.stage import Values, policy, sweep, world
from tests.findings import Findings

CHOOSING = 10
"""The best pressure is chosen in these runs and judged in the others."""


def _ladder(*steps: tuple[int, str]) -> tuple[LadderStep, ...]:
    return tuple(LadderStep(days=days, move=move) for days, move in steps)  # type: ignore[arg-type]


def _pressure() -> dict[str, Policy]:
    """Five ways of asking for money, each harsher than the one before."""
    reminders = _ladder((-7, "courtesy"), (7, "email"))
    letters = _ladder(
        (-7, "phone"), (1, "phone"), (5, "letter"), (15, "lawyer_letter"), (25, "phone"), (35, "letter"),
        (45, "lawyer_letter"),
    )  # fmt: skip
    threats = _ladder(
        (-7, "phone"), (-3, "phone"), (1, "letter"), (5, "lawyer_letter"), (12, "phone"), (19, "lawyer_letter"),
        (26, "letter"), (33, "lawyer_letter"), (40, "letter"), (47, "lawyer_letter"),
    )  # fmt: skip
    standard = policy().collection.ladder
    ways = {
        "nobody asks": ((), 0, 0),
        "reminders": (reminders, 0, 1),
        "standard ladder": (standard, 0, 2),
        "letters and lawyers": (letters, 0, 4),
        "threats every week": (threats, 0, 6),
    }
    return {
        name: policy({"collection.ladder": steps, "collection.ladder_shift_days": shift,
                      "collection.collectors": collectors})
        for name, (steps, shift, collectors) in ways.items()
    }  # fmt: skip


LEVELS = tuple(_pressure())


@pytest.fixture(scope="module")
def pressed() -> dict[str, Values]:
    # Two years: who leaves in the first is missed in the second.
    found = sweep(world(days=730, runs=30), _pressure(), ["dso", "churn_rate", "economic_profit"])
    return {str(level): values for level, values in found.items()}


@pytest.mark.slow  # five policies, each for thirty times two years
@pytest.mark.parametrize(("softer", "harsher"), tuple(pairwise(LEVELS[1:])))
def test_each_step_of_pressure_lowers_dso(
    pressed: dict[str, Values], softer: str, harsher: str, finding: Findings
):
    change = pressed[harsher]["dso"] - pressed[softer]["dso"]
    told = f"change of DSO from '{softer}' to '{harsher}'"
    assert finding.mean("effect-3", told, change, expected="< 0", unit="d").high < 0.0


@pytest.mark.slow  # the same
@pytest.mark.parametrize(("softer", "harsher"), tuple(pairwise(LEVELS[1:])))
def test_each_step_of_pressure_drives_customers_away(
    pressed: dict[str, Values], softer: str, harsher: str, finding: Findings
):
    change = pressed[harsher]["churn_rate"] - pressed[softer]["churn_rate"]
    told = f"change of the share that left in two years from '{softer}' to '{harsher}'"
    assert finding.mean("effect-3", told, change, expected="> 0").low > 0.0


@pytest.mark.slow  # the same
def test_profit_is_best_between_asking_nobody_and_threatening_all(
    pressed: dict[str, Values], finding: Findings
):
    profit = {level: values["economic_profit"] for level, values in pressed.items()}
    best = max(LEVELS, key=lambda level: profit[level][:CHOOSING].mean())
    finding("effect-3", "best of five pressures (0 to 4), chosen in ten runs of two years", LEVELS.index(best),
            expected="not the first or last")  # fmt: skip
    for end in (LEVELS[0], LEVELS[-1]):
        lost: np.ndarray = (profit[best] - profit[end])[CHOOSING:]
        told = f"economic profit of '{best}' over '{end}', in the other runs"
        assert finding.mean("effect-3", told, lost, expected="> 0", unit="fen").low > 0.0
