"""With how few customers can the core be shown, so that nobody waits?"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from sim.model.policy import Policy
from sim.model.portfolio import Portfolio, scenario_for
from sim.model.portfolio_files import load_portfolio
from sim.model.presets import load_policy
from sim.twin.core import core_of
from sim.world import World, draw

SHOWN = "manufacturer"
POLICIES = ("as_is", "balanced", "strict", "collect_hard", "growth", "hands_off")


@lru_cache(maxsize=4)
def small(customers: int) -> Portfolio:
    """The first customers of the manufacturer, with what they owe."""
    whole = load_portfolio(SHOWN)
    few = whole.customers.head(customers)
    names = set(few["customer"])
    opening = whole.opening[whole.opening["customer"].isin(names)].reset_index(drop=True)
    history = whole.history[whole.history["customer"].isin(names)].reset_index(drop=True)
    return replace(
        whole, customers=few, mix=np.array(whole.mix[:customers]), opening=opening, history=history
    )


@lru_cache(maxsize=8)
def core_world(customers: int, days: int, seed: int, runs: int = 1, first_run: int = 0) -> World:
    """What nature decides for them in the core."""
    few = small(customers)
    return draw(few, scenario_for(few, "core", days=days), seed=seed, runs=runs, first_run=first_run)


def core_policy(name: str, customers: int) -> Policy:
    """The core part of a ready-made policy for them."""
    return core_of(load_policy(name, base=small(customers).policy_in_force))
