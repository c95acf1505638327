"""Who asks for the money, when, how, and for how long?"""

from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from sim.model.moves import MoveName
from sim.model.settings import BrokenRule, Settings, lever

WorklistRule = Literal["oldest", "largest", "value", "ease"]


class LadderStep(Settings):
    """One step of the dunning ladder: so many days after the due date, this move.

    A step with `min_fen` is passed over when less than that is at stake.
    """

    days: int = Field(ge=-60, le=365)
    move: MoveName
    min_fen: int = Field(default=0, ge=0, le=10**15)


STANDARD_LADDER = (
    LadderStep(days=-7, move="courtesy"),
    LadderStep(days=3, move="email"),
    LadderStep(days=7, move="phone"),
    LadderStep(days=15, move="phone"),
    LadderStep(days=25, move="visit", min_fen=10_000_000),
    LadderStep(days=30, move="letter"),
    LadderStep(days=45, move="senior_call"),
    LadderStep(days=60, move="lawyer_letter", min_fen=5_000_000),
)


class Collection(Settings):
    """Who asks for the money, when, how, and for how long?"""

    ladder: tuple[LadderStep, ...] = Field(default=STANDARD_LADDER, strict=False)
    ladder_shift_days: int = lever(0, unit="d", low=-20, high=60, step=1, basis="R", headline=True)
    worklist: WorklistRule = lever("oldest", basis="R")
    collectors: int = lever(2, unit="person", low=0, high=20, step=1, basis="A", headline=True)
    minutes_per_day: int = lever(360, unit="min", low=240, high=480, step=30, basis="A")
    promise_in_writing: bool = lever(False, basis="A")
    write_off_days: int = lever(365, unit="d", low=90, high=720, step=5, basis="R")

    @model_validator(mode="after")
    def _ladder_goes_up(self) -> Self:
        days = [step.days for step in self.ladder]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise BrokenRule("ladder_not_ascending", "collection.ladder", days)
        return self
