"""How well does our own house work, from the order to the posted payment?"""

from sim.model.settings import Settings, lever


class Operations(Settings):
    """How well does our own house work?

    Entry, invoicing and automation matter where orders take time at all (mechanism `fulfilment`); the rest always.
    """

    dispute_desk: bool = lever(False, basis="A", headline=True)
    order_entry_days: int = lever(2, unit="d", low=0, high=10, step=1, basis="A")  # by hand
    invoice_lag_days: int = lever(4, unit="d", low=0, high=20, step=1, basis="A")  # by hand, after shipment
    automation_pct: int = lever(0, unit="%", low=0, high=100, step=10, basis="A", headline=True)
    service_pct: int = lever(95, unit="%", low=80, high=100, step=1, basis="A", headline=True)
    contract_clarity_pct: int = lever(50, unit="%", low=0, high=100, step=10, basis="A")
    competitiveness_pct: int = lever(50, unit="%", low=0, high=100, step=5, basis="A")
    statement_cut_off: bool = lever(False, basis="R")
    statement_clerk: bool = lever(False, basis="A")
    electronic_settlement: bool = lever(False, basis="R")
    report_lag_days: int = lever(0, unit="d", low=0, high=30, step=1, basis="A")
