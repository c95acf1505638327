"""Where do the effects show? Built-in customers under the whole model, and the same luck for both sides of a pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.model.policy import Policy
from sim.model.portfolio import Portfolio, scenario_for
from sim.model.portfolio_files import load_portfolio
from sim.study.compare import outcome
from sim.world import World, draw

Values = Mapping[str, NDArray[np.float64]]
MILLION_YUAN = 1e8
"""In fen."""


def people(name: str = "manufacturer") -> Portfolio:
    """The built-in customers."""
    return load_portfolio(name)


def policy(changes: Mapping[str, object] | None = None, portfolio: str = "manufacturer") -> Policy:
    """The policy in force, with some levers moved."""
    return people(portfolio).policy_in_force.with_levers(dict(changes or {}))


@lru_cache(maxsize=4)
def world(
    scenario: str = "normal", days: int = 365, runs: int = 20, portfolio: str = "manufacturer", seed: int = 7
) -> World:
    """What nature decides for the built-in customers; every mechanism on unless the scenario says otherwise."""
    customers = people(portfolio)
    return draw(customers, scenario_for(customers, scenario, days=days), seed=seed, runs=runs)


def figures(where: World, decided: Policy, metrics: Sequence[str]) -> Values:
    """These figures over the whole horizon, one value per run."""
    return outcome(where, decided, metrics).values


def sweep(where: World, policies: Mapping[object, Policy], metrics: Sequence[str]) -> dict[object, Values]:
    """The same for several policies, each on the same world."""
    return {key: figures(where, decided, metrics) for key, decided in policies.items()}
