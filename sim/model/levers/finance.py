"""Where does the money come from while customers have not paid?"""

from sim.model.settings import Settings, lever


class Finance(Settings):
    """Where does the money come from while customers have not paid?"""

    supplier_days: int = lever(30, unit="d", low=0, high=120, step=5, basis="R")
    overdraft_days: int = lever(20, unit="d", low=0, high=120, step=5, basis="A", headline=True)
