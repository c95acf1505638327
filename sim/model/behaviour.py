"""How late does a customer pay if nobody does anything? One curve of lateness per kind of payer."""

from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator
from scipy.special import ndtr

from sim.model.moves import Archetype
from sim.model.settings import BrokenRule, Settings

FIRST_LATENESS, LAST_LATENESS = -180, 730
"""The clock knows lateness (days past due, early is negative) from here to here; beyond, the last value holds."""

_MOST_HAZARD = 40.0  # exp(-40) is nobody


class Lateness(Settings):
    """The distribution of days past due without any effort of ours.

    normal: mean, sd. lognormal: median, sigma, starting at `start`. exponential: mean, starting at `start`.
    table: share still unpaid at the end of the days `start`, `start` + 1, ... (1 before; after it the
    mean daily hazard of the table goes on).
    never: does not pay by itself.
    """

    kind: Literal["normal", "lognormal", "exponential", "table", "never"]
    centre: float = Field(
        default=0.0, allow_inf_nan=False
    )  # mean (normal, exponential) or median (lognormal)
    spread: float = Field(default=1.0, gt=0, allow_inf_nan=False)  # sd (normal) or sigma (lognormal)
    start: int = Field(default=0, ge=-3_650, le=3_650)
    unpaid: tuple[float, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _is_a_distribution(self) -> Self:
        if self.kind in ("lognormal", "exponential") and self.centre <= 0:
            raise BrokenRule("must_be_positive", "lateness.centre", self.centre)
        falls = all(
            0.0 <= later <= earlier <= 1.0
            for earlier, later in zip(self.unpaid, self.unpaid[1:], strict=False)
        )
        if self.kind == "table" and (len(self.unpaid) < 2 or not falls):
            raise BrokenRule("not_a_survival_curve", "lateness.unpaid", len(self.unpaid))
        return self

    def still_unpaid(self, days: NDArray[np.integer]) -> NDArray[np.float64]:
        """Which share is still unpaid at the end of each day past due?"""
        x = days.astype(np.float64)
        if self.kind == "normal":
            return ndtr((self.centre - x) / self.spread)
        since = np.maximum(x - self.start, 0.0)
        if self.kind == "lognormal":
            with np.errstate(divide="ignore"):
                return ndtr(-np.log(since / self.centre) / self.spread)
        if self.kind == "exponential":
            return np.exp(-since / self.centre)
        if self.kind == "table":
            return self._from_table(days)
        return np.ones(len(days))

    def _from_table(self, days: NDArray[np.integer]) -> NDArray[np.float64]:
        curve = np.array([1.0, *self.unpaid])
        inside = curve[np.clip(days - self.start + 1, 0, len(curve) - 1)]
        known = curve[curve > 0]
        last_hazard = 0.0 if known[-1] == 1.0 else -np.log(known[-1]) / (len(known) - 1)
        beyond = np.maximum(days - (self.start + len(self.unpaid) - 1), 0)
        unpaid: NDArray[np.float64] = inside * np.exp(-last_hazard * beyond)
        return unpaid


class Behaviour(Settings):
    """A kind of payer: how it pays by itself, and to which archetype's ways it answers."""

    name: str
    archetype: Archetype
    lateness: Lateness
    missed_run: float = Field(default=0.0, ge=0.0, lt=1.0)  # chance that a ready payment misses a pay run
    takes_discount: float = Field(
        default=0.5, ge=0.0, le=1.0
    )  # share of orders with the cash at hand to pay early


ARCHETYPE_BEHAVIOURS: tuple[Behaviour, ...] = (
    Behaviour(name="prompt", archetype="prompt", lateness=Lateness(kind="normal", centre=-1.0, spread=3.0),
              takes_discount=0.7),
    Behaviour(name="forgetful", archetype="forgetful", lateness=Lateness(kind="lognormal", centre=18.0, spread=0.6)),
    Behaviour(name="strapped", archetype="strapped", lateness=Lateness(kind="lognormal", centre=45.0, spread=0.8),
              takes_discount=0.05),
    Behaviour(name="disputing", archetype="disputing",
              lateness=Lateness(kind="lognormal", centre=30.0, spread=0.6, start=10), takes_discount=0.3),
    Behaviour(name="process", archetype="process", lateness=Lateness(kind="lognormal", centre=12.0, spread=0.5),
              missed_run=0.2, takes_discount=0.2),
    Behaviour(name="strategic", archetype="strategic", lateness=Lateness(kind="exponential", centre=180.0),
              takes_discount=0.3),
    Behaviour(name="chain", archetype="chain", lateness=Lateness(kind="lognormal", centre=75.0, spread=0.7),
              takes_discount=0.05),
)  # fmt: skip
"""The seven archetypes with their lateness before any collection effort (all assumptions)."""

STRAPPED_DEFAULT_FACTOR = 2.4
"""How much more often a cash-strapped customer fails than its grade says (assumption)."""


def hazard_table(behaviours: tuple[Behaviour, ...]) -> NDArray[np.float64]:
    """How much of the payment clock runs on each day past due? Shape (behaviours, days from FIRST_LATENESS)."""
    days = np.arange(FIRST_LATENESS - 1, LAST_LATENESS + 1)
    rows = []
    for behaviour in behaviours:
        unpaid = behaviour.lateness.still_unpaid(days)
        before, after = unpaid[:-1], unpaid[1:]
        with np.errstate(divide="ignore", invalid="ignore"):
            hazard = np.where(before > 0, np.log(before) - np.log(after), _MOST_HAZARD)
        rows.append(np.minimum(np.nan_to_num(hazard, nan=_MOST_HAZARD, posinf=_MOST_HAZARD), _MOST_HAZARD))
    table: NDArray[np.float64] = np.maximum(np.array(rows), 0.0)
    return table
