"""What are our own people rewarded for, and who may decide what?"""

from typing import Literal

from sim.model.settings import Settings, lever

CommissionKind = Literal["none", "booked", "collected"]


class People(Settings):
    """What are our own people rewarded for, and who may decide what?"""

    commission_kind: CommissionKind = lever("none", basis="R")
    commission_bp: int = lever(200, unit="bp", low=0, high=1_000, step=25, basis="R")  # 200 bp is 2 %
    quarter_end_push: bool = lever(False, basis="R")
    override_by_sales: int = lever(0, unit="%", low=0, high=100, step=5, basis="A")
    shared_scorecard_pct: int = lever(0, unit="%", low=0, high=100, step=10, basis="A")
