"""Where does the money come from while customers have not paid, and who bears the loss if they never do?"""

from typing import Literal

from sim.model.settings import Settings, lever

Insurance = Literal["none", "key", "whole"]
Factoring = Literal["none", "recourse", "without_recourse"]


class Finance(Settings):
    """Where does the money come from while customers have not paid, and who bears the loss if they never do?"""

    supplier_days: int = lever(30, unit="d", low=0, high=120, step=5, basis="R")
    stock_days: int = lever(0, unit="d", low=0, high=90, step=5, basis="R")  # industry: 20 d (P)
    overdraft_days: int = lever(20, unit="d", low=0, high=120, step=5, basis="A", headline=True)
    insurance: Insurance = lever("none", basis="R", headline=True)
    insurance_cover_bp: int = lever(9_000, unit="bp", low=5_000, high=9_500, step=500, basis="P")
    insurance_process: bool = lever(False, basis="A")  # notices in time, limits watched
    factoring: Factoring = lever("none", basis="R", headline=True)
    factoring_share_bp: int = lever(
        5_000, unit="bp", low=0, high=10_000, step=500, basis="A"
    )  # of new invoices
    pledge_bp: int = lever(0, unit="bp", low=0, high=8_000, step=500, basis="R")  # 6,000-8,000 is usual
    discount_bills: bool = lever(False, basis="R")
    check_financiers: bool = lever(False, basis="A")

    @property
    def uses_products(self) -> bool:
        """Is anything insured, sold or pledged?"""
        return self.insurance != "none" or self.factoring != "none" or self.pledge_bp > 0
