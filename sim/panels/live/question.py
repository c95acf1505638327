"""What exactly does a what-if panel ask the simulator?"""

from __future__ import annotations

from dataclasses import dataclass

from sim.model.policy import Policy

CHARTED = ("ar", "dso", "overdue", "bad_debt", "cash", "economic_profit")
TABLED = (
    "ar",
    "dso",
    "overdue",
    "bad_debt",
    "cash",
    "cash_low",
    "credit_sales",
    "lost_sales",
    "economic_profit",
)


@dataclass(frozen=True)
class Figures:
    """Which figures are wanted: by month for the charts, over the whole time for the table and all that is checked."""

    charted: tuple[str, ...] = CHARTED
    whole: tuple[str, ...] = TABLED


@dataclass(frozen=True)
class Question:
    """Two policies on the same customers, in the same times, with the same luck."""

    portfolio: str
    scenario: str
    baseline: Policy
    alternative: Policy
    seed: int = 1
    edition: int = 0  # of the portfolio's files: changed files are another question
    figures: Figures = Figures()

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
