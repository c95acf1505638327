"""How skilled are collectors, what makes them better or leave, and what does their tone do?"""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.model.figures import figure


@dataclass(frozen=True, kw_only=True)
class Staffing:
    """Skill 1.0 is the experienced collector of whom the moves' effects are told."""

    novice: float = figure(0.6, basis="A", unit="skill", low=0.4, high=0.8)
    learning_months: float = figure(4.0, basis="A", unit="month", low=2.0, high=8.0)  # time constant
    turnover_year: float = figure(0.20, basis="R", unit="share", low=0.10, high=0.35)
    recognition_year: float = figure(0.03, basis="A", unit="share", low=0.0, high=0.06)  # less of it
    replaced_days: int = figure(30, basis="A", unit="d", low=10, high=60)
    # A course of two days adds so much; what it added is forgotten at this yearly rate.
    course_skill: float = figure(0.10, basis="A", unit="skill", low=0.05, high=0.15)
    course_days: int = figure(2, basis="A", unit="d", low=1, high=4)
    course_most: float = figure(0.20, basis="A", unit="skill", low=0.10, high=0.30)
    forgotten_year: float = figure(0.15, basis="A", unit="share", low=0.05, high=0.30)
    course_fen_day: int = figure(100_000, basis="A", unit="fen", low=50_000, high=300_000)
    # Sharing: the team's mean per quarter, up to a limit, for so much of the time.
    shared_quarter: float = figure(0.02, basis="A", unit="skill", low=0.0, high=0.04)
    shared_most: float = figure(0.08, basis="A", unit="skill", low=0.04, high=0.12)
    shared_time: float = figure(0.03, basis="A", unit="share", low=0.01, high=0.05)
    # A bonus of 1 % makes people work so much more; twice that at 2 % and beyond.
    cash_effort: float = figure(0.12, basis="A", unit="share", low=0.05, high=0.25)
    balanced_effort: float = figure(0.09, basis="A", unit="share", low=0.03, high=0.20)
    usual_bonus_bp: int = figure(100, basis="R", unit="bp", low=50, high=200)
    most_bonuses: float = figure(2.0, basis="A", low=1.0, high=3.0)
    bonus_most: float = figure(1.0, basis="A", unit="salaries", low=0.3, high=2.0)  # in a month
    bonus_late_days: int = figure(30, basis="R", unit="d", low=15, high=60)
    # Near full load people tire: above this share of the minutes used, over about ten working days.
    tired_from: float = figure(0.85, basis="A", unit="share", low=0.75, high=0.95)
    tired_costs: float = figure(
        0.10, basis="A", unit="share", low=0.05, high=0.25
    )  # of the skill, at full load
    load_memory_days: int = figure(10, basis="A", unit="d", low=5, high=20)
    # What a contact teaches us of the reason why a customer pays late.
    diagnosis: float = figure(0.35, basis="A", unit="share", low=0.2, high=0.6)


STAFFING = Staffing()

TONE_EFFECTS: Mapping[str, tuple[float, ...]] = {
    #            prompt forget strap  disp  proc strat chain
    "friendly": (1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00),
    "firm":     (1.00, 1.05, 1.00, 0.80, 1.00, 1.30, 1.05),
    "harsh":    (1.00, 1.05, 0.90, 0.50, 0.90, 1.60, 1.05),
}  # fmt: skip
"""What the tone of a personal contact does to the excess of its effect over 1, by archetype (assumption, +-50 %)."""

HARSHER: Mapping[str, str] = {"friendly": "firm", "firm": "harsh", "harsh": "harsh"}
"""How one speaks who is paid by the cash he brings."""

CHANNEL_SMALL_FEN, CHANNEL_LARGE_FEN = 2_000_000, 50_000_000
"""Channel by amount: below the first e-mail replaces the phone, from the second the phone e-mail (assumption)."""
BY_AMOUNT: tuple[Mapping[str, str], Mapping[str, str]] = (
    {"phone": "email", "visit": "phone", "senior_call": "phone"},
    {"email": "phone", "phone": "senior_call"},
)
"""Moves instead of the ladder's, for small and for large claims."""

ADAPTED: Mapping[str, Mapping[str, str]] = {
    "prompt": {"phone": "email", "visit": "email", "senior_call": "email", "letter": "email", "lawyer_letter": "email"},
    "forgetful": {"visit": "phone", "senior_call": "phone", "lawyer_letter": "letter"},
    "disputing": {
        "email": "clearing", "phone": "clearing", "visit": "clearing", "senior_call": "clearing",
        "letter": "clearing", "lawyer_letter": "clearing",
    },
    "process": {
        "email": "courtesy", "message": "courtesy", "phone": "courtesy", "visit": "courtesy", "senior_call": "courtesy",
        "letter": "courtesy", "lawyer_letter": "courtesy",
    },
    "strategic": {"email": "phone", "phone": "senior_call", "visit": "senior_call", "letter": "lawyer_letter"},
}  # fmt: skip
"""Moves instead of the ladder's once we know why a customer pays late."""
CALENDAR_DAYS = 10
"""A process-bound customer is called so many days before its pay day, at any other time it is no use (assumption)."""
