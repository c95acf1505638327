"""Floor 3: the company at work. Departments are SimPy processes, customers and invoices are rows of columns.

The rules they carry out stand in `docs/rules.md`; `sim.twin` carries out the same rules the plain way.
"""

from sim.engine.run import Simulation, simulate
from sim.engine.truth import Truth

__all__ = ["Simulation", "Truth", "simulate"]
