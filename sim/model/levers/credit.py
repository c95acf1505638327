"""Whom do we let owe us how much, and when do we stop?"""

from typing import Literal

from sim.model.settings import Settings, lever

LimitEnforcement = Literal["hold", "none"]


class Credit(Settings):
    """Whom do we let owe us how much, and when do we stop?"""

    limit_enforcement: LimitEnforcement = lever("hold", basis="R")
    limit_pct: int = lever(100, unit="%", low=10, high=600, step=10, basis="R", headline=True)
    hold_when_overdue: bool = lever(True, basis="R")
    hold_overdue_days: int = lever(45, unit="d", low=0, high=180, step=5, basis="R", headline=True)
    hold_overdue_fen: int = lever(5_000_000, unit="fen", low=0, high=100_000_000, step=500_000, basis="A")
