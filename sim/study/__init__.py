"""Floor 4: what-if. Policies compared on the same world: same customers, same luck."""

from sim.study.compare import Comparison, compare

__all__ = ["Comparison", "compare"]
