"""What exactly does a what-if panel ask the simulator?"""

from __future__ import annotations

from dataclasses import dataclass

from sim.model.policy import Policy


@dataclass(frozen=True)
class Question:
    """Two policies on the same customers, in the same times, with the same luck."""

    portfolio: str
    scenario: str
    baseline: Policy
    alternative: Policy
    seed: int = 1
    edition: int = 0  # of the portfolio's files: changed files are another question

    def is_alike(self, other: Question) -> bool:
        """Does it ask about the same customers in the same times?"""
        return (self.portfolio, self.scenario, self.edition) == (
            other.portfolio,
            other.scenario,
            other.edition,
        )

    @property
    def is_idle(self) -> bool:
        """Are both policies the same?"""
        return self.baseline == self.alternative
