"""How long does one run with very many invoices take, and how much memory? Prints JSON; run as a module."""

import json
import sys
import time
from pathlib import Path

from sim import simulate
from tests.benchmarks.worlds import crowd


def peak_bytes() -> int:
    """The most memory this process has had (0 where the system does not say)."""
    status = Path("/proc/self/status")
    if status.exists():  # Linux; getrusage would count what the parent process had
        return next(
            int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if "VmHWM" in line
        )
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # macOS: bytes


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
