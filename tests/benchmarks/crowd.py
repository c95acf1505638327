"""How long does one run with very many invoices take, and how much memory? Prints JSON; run as a module."""

import json
import sys
import time

from sim import simulate
from tests.benchmarks.worlds import crowd


def peak_bytes() -> int:
    """The most memory this process has had (0 where the system does not say)."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main(copies: int) -> None:
    """Simulate so many copies of the manufacturer for a year."""
    world = crowd(copies)
    before, start = peak_bytes(), time.perf_counter()
    ledger, _ = simulate(world, world.portfolio.policy_in_force)
    seconds = time.perf_counter() - start
    invoices = int((ledger.entries["kind"] == "invoice").sum())
    figures = {"invoices": invoices, "seconds": seconds, "peak_bytes": peak_bytes(), "before_bytes": before}
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]))
