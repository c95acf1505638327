"""Will what was agreed be paid? A chance from the state in which the talk ended, and from what was agreed.

All figures are assumptions, made for practice.
"""

from __future__ import annotations

from sim.roleplay.scenario import Agreed
from sim.roleplay.talk import State

LEAST, MOST = 0.05, 0.95
WHOLE_AGREEMENT = 0.15
"""What amount, date, method and written confirmation together add."""
FALLBACK = 0.03
"""What it adds that both know what happens if the money does not come (assumption)."""
SECURED = 0.05
"""What a guarantee, a pledge or another's signature adds (assumption)."""


def is_complete(agreed: Agreed) -> bool:
    """Do amount, date, method and written confirmation all stand?"""
    return bool(agreed.pay) and agreed.how is not None and bool(agreed.written)


def chance_kept(state: State, agreed: Agreed) -> float:
    """How likely is an agreed payment to come? Unknown to the learner until the debrief.

    Commitment and trust raise it, pressure up to a point; so do a whole agreement, an agreed fallback and a security.
    """
    trust, pressure, commitment = state["trust"], state["pressure"], state["commitment"]
    chance = 0.15 + 0.0035 * commitment + 0.0020 * trust
    chance += 0.0015 * min(pressure, 60) - 0.0040 * max(pressure - 75, 0)
    chance += WHOLE_AGREEMENT if is_complete(agreed) else 0.0
    chance += FALLBACK if agreed.fallback else 0.0
    chance += SECURED if agreed.secured else 0.0
    return min(max(chance, LEAST), MOST)
