"""Who asks for the money, when, how, and for how long?"""

from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from sim.model.moves import MoveName
from sim.model.settings import BrokenRule, Settings, lever
from sim.model.staffing import HARSHER

WorklistRule = Literal["oldest", "largest", "value", "ease"]
Tone = Literal["friendly", "firm", "harsh"]
Channel = Literal["ladder", "by_amount"]
BonusKind = Literal["none", "cash", "balanced"]


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
    """Who asks for the money, when, how, and for how long?

    Days of 0 for stop of supply, complaint, agency and court mean never. The court's days start the payment order,
    where that is chosen, and the suit otherwise. A bonus is a share of the cash collected on what was more than 30
    days late.
    """

    ladder: tuple[LadderStep, ...] = Field(default=STANDARD_LADDER, strict=False)
    ladder_shift_days: int = lever(0, unit="d", low=-20, high=60, step=1, basis="R", headline=True)
    worklist: WorklistRule = lever("oldest", basis="R")
    collectors: int = lever(2, unit="person", low=0, high=20, step=1, basis="A", headline=True)
    minutes_per_day: int = lever(360, unit="min", low=240, high=480, step=30, basis="A")
    promise_in_writing: bool = lever(False, basis="A")
    write_off_days: int = lever(365, unit="d", low=90, high=720, step=5, basis="R")
    stop_supply_days: int = lever(0, unit="d", low=0, high=180, step=5, basis="R", headline=True)
    complain_days: int = lever(0, unit="d", low=0, high=180, step=5, basis="P")
    agency_days: int = lever(0, unit="d", low=0, high=720, step=5, basis="R", headline=True)
    agency_checked: bool = lever(False, basis="A")
    court_days: int = lever(0, unit="d", low=0, high=720, step=5, basis="R", headline=True)
    payment_order: bool = lever(False, basis="R")
    preservation: bool = lever(False, basis="R")
    payment_plans: bool = lever(False, basis="A", headline=True)
    diagnose: bool = lever(False, basis="A")
    tone: Tone = lever("friendly", basis="A")
    channel: Channel = lever("ladder", basis="A")
    training_days: int = lever(0, unit="d", low=0, high=10, step=1, basis="A")  # a year for each collector
    sharing: bool = lever(False, basis="A")
    recognition: bool = lever(False, basis="A")
    bonus_kind: BonusKind = lever("none", basis="R")
    bonus_bp: int = lever(100, unit="bp", low=0, high=500, step=25, basis="R")  # 100 bp is 1 %

    @model_validator(mode="after")
    def _ladder_goes_up(self) -> Self:
        days = [step.days for step in self.ladder]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise BrokenRule("ladder_not_ascending", "collection.ladder", days)
        return self

    @property
    def pays_bonus(self) -> bool:
        """Is there a bonus at all?"""
        return self.bonus_kind != "none" and self.bonus_bp > 0

    @property
    def tone_felt(self) -> str:
        """How do customers hear us? Who is paid by the cash he brings speaks harsher than he is told to."""
        return HARSHER[self.tone] if self.bonus_kind == "cash" and self.pays_bonus else self.tone
