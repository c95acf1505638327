"""Floor 4: a portfolio from a ledger. Survival fits, intervals, and what cannot be known."""

from sim.calibrate.findings import Finding
from sim.calibrate.fit import Fit, fit

__all__ = ["Finding", "Fit", "fit"]
