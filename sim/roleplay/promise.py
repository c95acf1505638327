"""Will what was agreed be paid? A chance from the state in which the talk ended (assumption, for practice)."""

from __future__ import annotations

import random

from sim.roleplay.scenario import Agreed
from sim.roleplay.talk import State, Talk

LEAST, MOST = 0.05, 0.95
WHOLE_AGREEMENT = 0.15
"""What amount, date, method and written confirmation together add."""


def is_complete(agreed: Agreed) -> bool:
    """Do amount, date, method and written confirmation all stand?"""
    return bool(agreed.pay) and agreed.how is not None and bool(agreed.written)


def chance_kept(state: State, agreed: Agreed) -> float:
    """How likely is an agreed payment to come? Unknown to the learner until the debrief."""
    trust, pressure, commitment = state["trust"], state["pressure"], state["commitment"]
    chance = 0.15 + 0.0035 * commitment + 0.0020 * trust
    chance += 0.0015 * min(pressure, 60) - 0.0040 * max(pressure - 75, 0)
    chance += WHOLE_AGREEMENT if is_complete(agreed) else 0.0
    return min(max(chance, LEAST), MOST)


def is_kept(talk: Talk) -> bool:
    """Was it kept in this seed's luck? The luck is the same whatever was said."""
    luck = random.Random(f"{talk.scenario.number}:{talk.seed}:kept").random()
    return bool(talk.agreed.pay) and luck < chance_kept(talk.state, talk.agreed)
