"""Who should get longer terms: the weak, the strong, or the powerful? Three rules on the same customers, same luck.

Pure. Each rule moves the days of grades A to E around the standard term; the standard term for everybody is the
yardstick. A popular article recommends shorter terms for strong payers and longer ones for weak payers; credit
practice gives the weak less time; published evidence finds that the largest and safest buyers obtain the most.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from sim.model.policy import Policy
from sim.model.portfolio import GRADES, scenario_for
from sim.model.portfolio_files import load_portfolio
from sim.panels.live.remember import remembered
from sim.study.compare import Comparison, Outcome, differences, outcome
from sim.world import World, draw

Rule = Literal["popular", "risk", "bargaining"]
RULES: tuple[Rule, ...] = ("popular", "risk", "bargaining")
DAYS: dict[Rule, tuple[int, ...]] = {
    #             A    B   C    D    E
    "popular":    (-30, -15, 0, 15, 30),
    "risk":       (0, 0, 0, -15, -30),
    "bargaining": (30, 15, 0, 0, 0),
}  # fmt: skip
"""Days more or less than the standard term by grade. The sizes are assumptions (10-45 days)."""
METRICS_SHOWN = ("credit_sales", "ar", "dso", "days_late", "bad_debt", "ecl", "cash_low", "economic_profit")
RUNS, SEED = 16, 2


@lru_cache(maxsize=4)
def world(portfolio: str) -> World:
    """What nature decides."""
    people = load_portfolio(portfolio)
    return draw(people, scenario_for(people, "normal"), seed=SEED, runs=RUNS)


def policy_of(rule: Rule | None, portfolio: str) -> Policy:
    """The policy in force with this rule's days by grade; None: the same term for everybody."""
    in_force = load_portfolio(portfolio).policy_in_force
    days = DAYS[rule] if rule else (0,) * len(GRADES)
    return in_force.with_levers(
        {f"terms.days_{grade.lower()}": n for grade, n in zip(GRADES, days, strict=True)}
    )


@remembered(16, shared=True)
def led_to(rule: Rule | None, portfolio: str) -> Outcome:
    """What did a year under this rule bring, run by run?"""
    return outcome(world(portfolio), policy_of(rule, portfolio), METRICS_SHOWN)


def against_standard(rule: Rule, portfolio: str) -> Comparison:
    """What does this rule change against the same term for everybody?"""
    return differences(led_to(None, portfolio), led_to(rule, portfolio))
