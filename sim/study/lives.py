"""What has a company lived through under a policy, run by run? What pictures and sweeps are made of.

A life is asked for by frozen inputs, lived once and remembered: several pictures of one company share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.base.errors import BadInput, Problem
from sim.engine import Truth, simulate
from sim.measure import Books
from sim.model.policy import Policy
from sim.model.portfolio import Portfolio, scenario_for
from sim.model.portfolio_files import load_portfolio
from sim.model.presets import load_policy
from sim.model.scenario import Scenario
from sim.world import World, draw

RUNS = 20
REMEMBERED = 4  # twenty runs of two hundred customers take 30 MB
Changes = tuple[tuple[str, Any], ...]
"""Dotted paths and their values, as something that can be remembered by."""


@dataclass(frozen=True)
class LifeAsked:
    """Which company, in which times, under which policy, with which luck?

    `times`: changes to the scenario, by dotted path (`company.margin_bp`, `economy.default_pct`, `days` ...).
    """

    portfolio: str
    policy: Policy
    scenario: str = "normal"
    seed: int = 1
    runs: int = RUNS
    days: int | None = None
    times: Changes = ()
    edition: int = 0  # of the portfolio's files: changed files are another company


@dataclass(frozen=True, eq=False)
class Life:
    """The books of all runs of one company under one policy; what was hidden, for debriefs only."""

    asked: LifeAsked
    books: Books
    portfolio: Portfolio
    truth: Truth

    @property
    def currency(self) -> str:
        """In which currency are its books?"""
        return self.books.ledger.currency

    def causes(self) -> NDArray[np.object_]:
        """What kind of payer was each customer really? Shape (runs, customers). For debriefs only."""
        archetypes = self.truth.customers()["archetype"].to_numpy(dtype=object)
        return archetypes.reshape(self.books.runs, -1)


@lru_cache(maxsize=8)
def portfolio_of(name: str, edition: int = 0) -> Portfolio:  # noqa: ARG001 (a new edition is read anew)
    """The portfolio of this name or path, read once per edition."""
    return load_portfolio(name)


def policy_named(
    name: str, portfolio: str, changes: Mapping[str, Any] | None = None, edition: int = 0
) -> Policy:
    """The ready-made policy (or file) of this name for this portfolio, with some levers moved. Raises BadInput."""
    policy = load_policy(name, base=portfolio_of(portfolio, edition).policy_in_force)
    return policy.with_levers(changes) if changes else policy


@lru_cache(maxsize=3)
def world_of(
    portfolio: str, scenario: str, seed: int, runs: int, days: int | None, times: Changes, edition: int = 0
) -> World:
    """What nature decided for this company in these times."""
    customers = portfolio_of(portfolio, edition)
    return draw(
        customers, changed_times(scenario_for(customers, scenario, days), times), seed=seed, runs=runs
    )


def changed_times(scenario: Scenario, changes: Changes) -> Scenario:
    """The scenario with some of its figures changed, by dotted path. Raises BadInput."""
    tree = scenario.model_dump()
    for path, value in changes:
        *above, name = path.split(".")
        branch: Any = tree
        for step in above:
            branch = branch.get(step) if isinstance(branch, dict) else None
        if not isinstance(branch, dict) or name not in branch:
            raise BadInput([Problem("unknown_field", path, value)])
        branch[name] = value
    return Scenario.checked(tree)


@lru_cache(maxsize=REMEMBERED)
def live(asked: LifeAsked) -> Life:
    """Let this company live, or remember how it did. Raises BadInput."""
    times = (asked.scenario, asked.seed, asked.runs, asked.days, asked.times, asked.edition)
    world = world_of(asked.portfolio, *times)
    ledger, truth = simulate(world, asked.policy)
    return Life(asked, Books(ledger), world.portfolio, truth)
