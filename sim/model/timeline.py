"""Which policy holds on which day, and which single actions are taken on single accounts?"""

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.base.days import Day
from sim.model.moves import MoveName
from sim.model.policy import Policy
from sim.model.settings import BrokenRule, Settings


class Action(Settings):
    """One contact with one customer on one day, outside the ladder and without using the collectors' minutes."""

    day: Day
    customer: str
    kind: Literal["contact"] = "contact"
    move: MoveName


class Timeline(Settings):
    """The first policy and, later, others from their day on; and dated actions."""

    policy: Policy = Policy()
    changes: tuple[tuple[Day, Policy], ...] = Field(default=(), strict=False)
    actions: tuple[Action, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _days_go_up(self) -> Self:
        days = [day for day, _ in self.changes]
        if days != sorted(set(days)):
            raise BrokenRule("days_not_ascending", "changes", days)
        return self

    @classmethod
    def of(cls, policy: "Policy | Timeline") -> "Timeline":
        """A policy that never changes, as a timeline; a timeline stays what it is."""
        return policy if isinstance(policy, Timeline) else cls(policy=policy)

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy that is ever in force."""
        return (self.policy, *(later for _, later in self.changes))

    def policy_on(self, day: Day) -> Policy:
        """The policy in force on this day."""
        in_force = self.policy
        for start, later in self.changes:
            if start <= day:
                in_force = later
        return in_force
