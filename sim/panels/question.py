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

    @property
    def is_idle(self) -> bool:
        """Are both policies the same?"""
        return self.baseline == self.alternative
