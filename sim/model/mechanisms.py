"""How much of life does the model hold? Each mechanism beyond the core can be switched on by itself."""

from sim.model.settings import Settings


class Mechanisms(Settings):
    """What happens beyond the core of `docs/rules.md`. All off is the core, which the readable twin carries out too.

    Levers of a policy act whether or not a mechanism is on; a mechanism is what customers, economy, staff and house do
    by themselves.
    """

    economy: bool = False  # regimes change month by month, and all that is bad in them comes together
    contagion: bool = False  # failures come together (one factor) and pull others with them
    liquidity: bool = False  # customers' cash rises and falls: part payments, buying more before failing
    relationship: bool = False  # satisfaction, trust, credibility of threats, contact fatigue, churn
    demand: bool = False  # orders answer to limits, price, service and competitors; adverse selection
    grading: bool = False  # true credit standing wanders; what we see of it is late and noisy
    staff: bool = False  # collectors learn, tire, leave and have skills of their own
    processes: bool = (
        False  # customers' own calendars: statement windows, certification, acceptance, idle months
    )
    fulfilment: bool = False  # orders are entered, changed, shipped and invoiced with lags and errors
    company: bool = False  # stock, VAT, tax and suppliers who are paid late when cash is short

    @classmethod
    def all_on(cls) -> "Mechanisms":
        """The whole model."""
        return cls(**dict.fromkeys(cls.model_fields, True))

    @property
    def any_on(self) -> bool:
        """Is there anything beyond the core?"""
        return any(getattr(self, name) for name in type(self).model_fields)
