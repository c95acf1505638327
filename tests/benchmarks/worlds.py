"""Which worlds are timed? The built-in manufacturer, and as many copies of it as the number of invoices asks for."""

import numpy as np
import pandas as pd

from sim import Policy, Portfolio, draw, load_portfolio, load_scenario
from sim.model.portfolio import NO_OPENING
from sim.world import World

NAME = "manufacturer"


def manufacturer(runs: int, scenario: str = "normal") -> World:
    """200 customers for a year, in the whole model or (`core`) in its core."""
    world = draw(load_portfolio(NAME), load_scenario(scenario), seed=1, runs=runs)
    _ = world.pay_days, world.calendar.worked  # made once per world, not once per run
    return world


def crowd(copies: int) -> World:
    """So many manufacturers' customers in one run."""
    one = load_portfolio(NAME)
    tables = [one.customers.assign(customer=one.customers["customer"] + f"-{copy}") for copy in range(copies)]
    many = Portfolio(
        name_en=one.name_en,
        name_zh=one.name_zh,
        customers=pd.concat(tables, ignore_index=True),
        mix=np.tile(one.mix, (copies, 1)),
        as_of=one.as_of,
        opening=NO_OPENING,
        policy_in_force=with_room_for_a_crowd(one, copies),
    )
    return draw(many, load_scenario("normal"), seed=1, runs=1)


def with_room_for_a_crowd(one: Portfolio, copies: int) -> Policy:
    """The policy in force, with as many collectors per customer as there are (20 is the lever's limit)."""
    collectors = min(20, one.policy_in_force.collection.collectors * copies)
    collection = one.policy_in_force.collection.model_copy(update={"collectors": collectors})
    return one.policy_in_force.model_copy(update={"collection": collection})
