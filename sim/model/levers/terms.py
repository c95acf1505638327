"""What do we promise a customer about time and price of credit?"""

from typing import Self

from pydantic import model_validator

from sim.model.settings import BrokenRule, Settings, lever


class Terms(Settings):
    """What we promise a customer about time and price of credit."""

    net_days: int = lever(60, unit="d", low=0, high=180, step=5, basis="R", headline=True)
    discount_bp: int = lever(0, unit="bp", low=0, high=500, step=25, basis="R", headline=True)
    discount_days: int = lever(10, unit="d", low=0, high=60, step=5, basis="R", headline=True)

    @model_validator(mode="after")
    def _discount_comes_before_due(self) -> Self:
        if self.discount_bp and self.discount_days >= self.net_days:
            raise BrokenRule(
                "discount_after_due", "terms.discount_days", self.discount_days, net_days=self.net_days
            )
        return self
