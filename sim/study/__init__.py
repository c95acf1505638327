"""Floor 4: what-if. Policies compared on the same world: same customers, same luck."""

from sim.study.compare import Comparison, compare
from sim.study.lives import Life, LifeAsked, live
from sim.study.sweep import Sweep, sweep

__all__ = ["Comparison", "Life", "LifeAsked", "Sweep", "compare", "live", "sweep"]
