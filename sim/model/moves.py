"""What can we do to be paid, what does it cost, whom does it reach, and what does it do to the payment clock?

All effects are assumptions (parameters of the trade literature point the same way, none is for Chinese
business customers): multipliers of the daily payment hazard for ten working days after the move has arrived.
"""

from dataclasses import dataclass
from typing import Literal

Archetype = Literal["prompt", "forgetful", "strapped", "disputing", "process", "strategic", "chain"]
ARCHETYPES: tuple[Archetype, ...] = (
    "prompt", "forgetful", "strapped", "disputing", "process", "strategic", "chain",
)  # fmt: skip

MoveName = Literal[
    "courtesy", "email", "phone", "visit", "senior_call", "letter", "lawyer_letter", "clearing", "message"
]

EFFECT_WORKDAYS = 10
EFFECT_CAP = 6.0
REPEAT_DAYS = 20
REPEAT_FADE = 0.7


@dataclass(frozen=True)
class Move:
    """One way of contacting a customer about money.

    `minutes` of a collector's day (0 = done by the dunning run itself), `cost_fen` paid out per attempt, `reach` =
    chance of arriving, `effects` by archetype, in the order of ARCHETYPES. A personal move tells us whether it
    arrived and can bring a promise; the others are sent and forgotten.
    """

    name: MoveName
    minutes: int
    cost_fen: int
    reach: float
    effects: tuple[float, ...]
    personal: bool = False


MOVES: tuple[Move, ...] = (
    #                    min   fen    reach   prompt forget strap disp proc strat chain
    Move("courtesy",       0,    200, 0.80, (1.00, 2.20, 1.15, 1.00, 1.60, 1.02, 1.05)),
    Move("email",          0,    100, 0.50, (1.00, 2.50, 1.10, 1.00, 1.20, 1.02, 1.02)),
    Move("phone",          9,  1_500, 0.45, (1.00, 3.50, 1.40, 1.10, 1.50, 1.15, 1.15), personal=True),
    Move("visit",        200, 80_000, 0.70, (1.00, 4.00, 1.70, 1.60, 1.80, 1.50, 1.40), personal=True),
    Move("senior_call",   20, 10_000, 0.60, (1.00, 1.80, 1.50, 1.80, 1.70, 1.60, 1.40), personal=True),
    Move("letter",         0,  5_000, 0.92, (1.00, 3.00, 1.30, 0.90, 1.20, 1.40, 1.20)),
    Move("lawyer_letter",  0, 200_000, 0.95, (1.00, 3.00, 1.40, 1.00, 1.10, 1.90, 1.30)),
    Move("clearing",      20, 30_000, 0.60, (1.00, 1.00, 1.00, 4.00, 1.30, 1.00, 1.00), personal=True),
    Move("message",        0,    100, 0.80, (1.00, 2.50, 1.10, 1.00, 1.20, 1.02, 1.02)),
)  # fmt: skip

# Clearing asks what is wrong with delivery or invoice, and has it put right: what a dispute desk does, case by case.

MOVE_NAMES: tuple[MoveName, ...] = tuple(move.name for move in MOVES)
MOVE_INDEX: dict[str, int] = {name: index for index, name in enumerate(MOVE_NAMES)}

DISPUTE_DESK_EFFECTS: tuple[float, ...] = (1.0, 1.0, 1.0, 4.0, 1.3, 1.0, 1.0)
"""What a standing dispute desk does to the clock, by archetype (assumption)."""

PROMISE_GIVEN = 0.60
"""Chance that a personal contact brings a promise (assumption; practice 0.45-0.75)."""
KEPT_IN_WRITING, KEPT_VAGUE, KEPT_AFTER_BROKEN, KEPT_BY_STRATEGIC = 0.75, 0.35, 0.45, 0.20
PROMISE_GRACE_WORKDAYS = 2
"""A promise counts as kept when paid within two working days after its date."""


def fades() -> tuple[float, ...]:
    """By how much is the k-th repeat of a move within 20 days weakened? 1, 0.7, 0.49, ... for k = 0..31."""
    powers = [1.0]
    for _ in range(31):
        powers.append(powers[-1] * REPEAT_FADE)
    return tuple(powers)
