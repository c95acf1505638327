"""Which pictures show the comparison?"""

from __future__ import annotations

from sim.reports.gather import Findings
from sim.reports.paper import Block
from sim.words import Words


def pictures(findings: Findings, words: Words) -> dict[str, Block]:  # noqa: ARG001
    """Each picture by its name."""
    return {}
