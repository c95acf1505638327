"""What does nature decide, whatever the seller does? Every customer's life, drawn beforehand.

A World holds, for each run, each customer's kind and fate and every *potential* order with its amount, its patience,
its luck with payment and dispute. Policies decide which of it comes true; none changes it. Draws depend on (seed, run,
purpose) only, so any partition of the runs gives the same lives bit for bit.
"""

from sim.world.demand import (
    DEMAND_FADE_DAYS,
    DEMAND_FLOOR,
    DEMAND_HEADROOM,
    demand_factor,
    order_season,
    payment_season,
)
from sim.world.draw import DISPUTE_FIRST, DISPUTE_LAST, DISPUTE_VALID, DISPUTING_FACTOR, draw
from sim.world.lives import ANSWERS, Lives, World

__all__ = [
    "ANSWERS",
    "DEMAND_FADE_DAYS",
    "DEMAND_FLOOR",
    "DEMAND_HEADROOM",
    "DISPUTE_FIRST",
    "DISPUTE_LAST",
    "DISPUTE_VALID",
    "DISPUTING_FACTOR",
    "Lives",
    "World",
    "demand_factor",
    "draw",
    "order_season",
    "payment_season",
]
