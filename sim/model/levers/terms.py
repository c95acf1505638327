"""What do we promise a customer about time and price of credit, and how may it pay?"""

from typing import Self

from pydantic import model_validator

from sim.model.settings import BrokenRule, Settings, lever


class Terms(Settings):
    """What we promise a customer about time and price of credit, and how may it pay?"""

    net_days: int = lever(60, unit="d", low=0, high=180, step=5, basis="R", headline=True)
    discount_bp: int = lever(0, unit="bp", low=0, high=500, step=25, basis="R", headline=True)
    discount_days: int = lever(10, unit="d", low=0, high=60, step=5, basis="R", headline=True)
    month_end: bool = lever(False, basis="R")
    days_a: int = lever(0, unit="d", low=-60, high=60, step=5, basis="A")
    days_b: int = lever(0, unit="d", low=-60, high=60, step=5, basis="A")
    days_c: int = lever(0, unit="d", low=-60, high=60, step=5, basis="A")
    days_d: int = lever(0, unit="d", low=-60, high=60, step=5, basis="A")
    days_e: int = lever(0, unit="d", low=-60, high=60, step=5, basis="A")
    deposit_bp: int = lever(0, unit="bp", low=0, high=5_000, step=500, basis="R")
    deposit_or_nothing: bool = lever(False, basis="A")  # else who refuses is served without a deposit
    instalments: int = lever(1, unit="part", low=1, high=12, step=1, basis="R")
    retention_bp: int = lever(0, unit="bp", low=0, high=1_000, step=50, basis="P")  # 3 % is the cap in works
    bill_share_bp: int = lever(0, unit="bp", low=0, high=10_000, step=500, basis="R")
    commercial_bill_bp: int = lever(3_000, unit="bp", low=0, high=10_000, step=500, basis="A")
    late_interest_bp_day: int = lever(0, unit="bp", low=0, high=10, step=1, basis="P")  # 5 bp: rule for SMEs
    credit_charge_bp: int = lever(0, unit="bp", low=0, high=300, step=25, basis="A")  # for each 30 days
    rebate_bp: int = lever(0, unit="bp", low=0, high=500, step=25, basis="R")  # to dealers, once a year

    @model_validator(mode="after")
    def _discount_comes_before_due(self) -> Self:
        if self.discount_bp and self.discount_days >= self.net_days:
            raise BrokenRule(
                "discount_after_due", "terms.discount_days", self.discount_days, net_days=self.net_days
            )
        return self

    def days_of_grade(self, grade: str) -> int:
        """By how much does the term of a customer of this grade differ from the standard?"""
        return int(getattr(self, f"days_{grade.lower()}"))

    @property
    def differ_by_grade(self) -> bool:
        """Do customers of some grade have other days?"""
        return any((self.days_a, self.days_b, self.days_c, self.days_d, self.days_e))

    @property
    def beyond_days(self) -> tuple[int, ...]:
        """All that moves the average day of payment besides the standard term."""
        return (
            self.month_end, self.days_a, self.days_b, self.days_c, self.days_d, self.days_e, self.deposit_bp,
            self.instalments, self.retention_bp, self.bill_share_bp,
        )  # fmt: skip
