"""How does a test decide what nature leaves open: what happens to an order, who agrees, who pays by bill?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.base.draws import Purpose
from sim.model.mechanisms import Mechanisms
from tests.unit.engine.tiny import NO, Scripted

FULFILMENT = Mechanisms(fulfilment=True)


@dataclass(frozen=True, eq=False)
class Fated(Scripted):
    """A world in which every draw of a purpose is the same; those that are not named make nothing happen."""

    fate: Mapping[Purpose, float] = field(default_factory=dict)

    def luck_at(self, purpose: Purpose, cells: Any, number: Any) -> Any:
        """The draw that the test wants."""
        return np.full(np.shape(cells), self.fate.get(purpose, NO))


def fated(world: Scripted, **draws: float) -> Fated:
    """The same world with these draws, by the names of their purposes: acceptance=0.0."""
    fate = {Purpose[name.upper()]: value for name, value in draws.items()}
    return Fated(
        world.portfolio, world.scenario, world.seed, world.run_names, world.lives, world.script, fate
    )
