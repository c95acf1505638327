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


EVERYTHING = ("courtesy", "phone", "email", "letter", "phone", "lawyer_letter", "visit", "senior_call")
"""Every four days the next of these, from a week before the due date to three months after it."""


def _pressure() -> dict[str, Policy]:
    """Five ways of asking for money, each harsher than the one before: ladder, its shift, collectors."""
    standard = policy().collection.ladder
    reminders = (LadderStep(days=-7, move="courtesy"), LadderStep(days=7, move="email"))
    siege = tuple(
        LadderStep(days=-7 + 4 * at, move=EVERYTHING[at % len(EVERYTHING)])  # type: ignore[arg-type]
        for at in range(25)
    )
    ways = {
        "reminders only": (reminders, 0, 1, "friendly"),
        "ladder two weeks later": (standard, 14, 2, "friendly"),
        "standard ladder": (standard, 0, 2, "friendly"),
        "ladder ten days earlier": (standard, -10, 4, "friendly"),
        "siege": (siege, 0, 8, "harsh"),
    }
    levers = ("ladder", "ladder_shift_days", "collectors", "tone")
    return {
        name: policy({f"collection.{lever}": value for lever, value in zip(levers, way, strict=True)})
        for name, way in ways.items()
    }


LEVELS = tuple(_pressure())
STEPS = tuple(pairwise(LEVELS))


@pytest.fixture(scope="module")
def pressed() -> dict[str, Values]:
    # Two years: who leaves in the first is missed in the second.
    found = sweep(
        world(days=730, runs=30),
        _pressure(),
        ["dso_countback", "days_to_pay_km", "churn_rate", "economic_profit"],
    )
    return {str(level): values for level, values in found.items()}


@pytest.mark.slow  # five policies, each for thirty times two years
@pytest.mark.parametrize(("softer", "harsher"), STEPS)
def test_each_step_of_pressure_brings_money_sooner(
    pressed: dict[str, Values], softer: str, harsher: str, finding: Findings
):
    change = pressed[harsher]["days_to_pay_km"] - pressed[softer]["days_to_pay_km"]
    told = f"change of days to pay (Kaplan-Meier) from '{softer}' to '{harsher}'"
    assert finding.mean("effect-3", told, change, expected="< 0", unit="d").high < 0.0


@pytest.mark.slow  # the same
@pytest.mark.parametrize("harsher", LEVELS[1:])
def test_pressure_lowers_dso(pressed: dict[str, Values], harsher: str, finding: Findings):
    """By count-back: the plain DSO falls as well when customers leave and sales shrink."""
    change = pressed[harsher]["dso_countback"] - pressed[LEVELS[0]]["dso_countback"]
    told = f"change of count-back DSO from '{LEVELS[0]}' to '{harsher}'"
    assert finding.mean("effect-3", told, change, expected="< 0", unit="d").high < 0.0


@pytest.mark.slow  # the same
@pytest.mark.parametrize(("softer", "harsher"), STEPS)
def test_each_step_of_pressure_drives_customers_away(
    pressed: dict[str, Values], softer: str, harsher: str, finding: Findings
):
    change = pressed[harsher]["churn_rate"] - pressed[softer]["churn_rate"]
    told = f"change of the share that left in two years from '{softer}' to '{harsher}'"
    assert finding.mean("effect-3", told, change, expected="> 0").low > 0.0


@pytest.mark.slow  # the same
def test_profit_is_best_between_reminding_and_besieging(pressed: dict[str, Values], finding: Findings):
    profit = {level: values["economic_profit"] for level, values in pressed.items()}
    best = max(LEVELS, key=lambda level: profit[level][:CHOOSING].mean())
    finding("effect-3", "best of five pressures (0 to 4), chosen in ten runs of two years", LEVELS.index(best),
            expected="not the first or last")  # fmt: skip
    for end in (LEVELS[0], LEVELS[-1]):
        lost: np.ndarray = (profit[best] - profit[end])[CHOOSING:]
        told = f"economic profit of '{best}' over '{end}', in the other runs"
        assert finding.mean("effect-3", told, lost, expected="> 0", unit="fen").low > 0.0
