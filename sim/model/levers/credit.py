"""Whom do we let owe us how much, on what knowledge, and when do we stop?"""

from typing import Literal

from sim.model.limit_rules import LimitRule
from sim.model.scorecard import Information
from sim.model.settings import Settings, lever

LimitEnforcement = Literal["hold", "none"]
FromGrade = Literal["none", "E", "D", "C"]
Guarantee = Literal["none", "weak", "all"]
AlertAction = Literal["none", "limit_cut", "stop"]


class Credit(Settings):
    """Whom do we let owe us how much, and when do we stop?

    `cut_off_grade` and `exit_grade` mean that grade and every worse one; `review_days` 0 is never; with `approval_fen`
    0 nobody is asked; with `group_limit_pct` 0 companies of one group are looked at one by one.
    """

    limit_enforcement: LimitEnforcement = lever("hold", basis="R")
    limit_pct: int = lever(100, unit="%", low=10, high=600, step=10, basis="R", headline=True)
    hold_when_overdue: bool = lever(True, basis="R")
    hold_overdue_days: int = lever(45, unit="d", low=0, high=180, step=5, basis="R", headline=True)
    hold_overdue_fen: int = lever(5_000_000, unit="fen", low=0, high=100_000_000, step=500_000, basis="A")
    group_limit_pct: int = lever(0, unit="%", low=0, high=100, step=5, basis="R")
    limit_rule: LimitRule = lever("grade_table", basis="R")
    information: Information = lever("unaudited", basis="R")
    review_days: int = lever(0, unit="d", low=0, high=720, step=30, basis="R")
    cut_off_grade: FromGrade = lever("none", basis="R")
    exit_grade: FromGrade = lever("none", basis="R")
    approval_fen: int = lever(0, unit="fen", low=0, high=1_000_000_000, step=5_000_000, basis="R")
    approval_days: int = lever(2, unit="d", low=0, high=20, step=1, basis="A")
    guarantee: Guarantee = lever("none", basis="R")
    owner_guarantee: bool = lever(False, basis="R")
    retention_of_title: bool = lever(False, basis="R")
    alerts: bool = lever(False, basis="R")
    alert_action: AlertAction = lever("limit_cut", basis="A")
