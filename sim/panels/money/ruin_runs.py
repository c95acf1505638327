"""In which share of all futures does the money run out? Runs in batches, each lived once and kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engine import simulate
from sim.measure import METRICS, Books
from sim.measure.cycle import wilson_interval
from sim.measure.working_capital import statements
from sim.model.policy import Policy
from sim.panels.live.compute import world
from sim.panels.live.remember import remembered

Floats = NDArray[np.float64]

BATCHES = (2, 6, 16, 24)  # two at first, for a picture at once
SEED = 1
FIGURES = ("cash_low", "net_profit", "credit_sales")


@dataclass(frozen=True)
class Asked:
    """Which company, which times, which policy?"""

    portfolio: str
    scenario: str
    policy: Policy


@dataclass(frozen=True, eq=False)
class Ends:
    """What became of each run: the month-end by which it was insolvent (runs, months), the day, and figures (runs,)."""

    ruined_by: Floats
    ruined_on: Floats  # days after the first; NaN: never
    figures: dict[str, Floats]
    overdraft_fen: float

    @property
    def runs(self) -> int:
        """How many futures?"""
        return len(self.ruined_on)

    @property
    def ruined(self) -> int:
        """In how many did the money run out?"""
        return int(np.isfinite(self.ruined_on).sum())

    def probability(self) -> tuple[Floats, Floats, Floats]:
        """The probability by the end of each month, with its 95 % interval (Wilson)."""
        counts = self.ruined_by.sum(axis=0).astype(int)
        ends = [wilson_interval(int(count), self.runs) for count in counts]
        return counts / self.runs, np.array([low for low, _ in ends]), np.array([high for _, high in ends])


@remembered(64, shared=True)
def batch(asked: Asked, number: int) -> Ends:
    """What became of one batch of runs?"""
    first = sum(BATCHES[:number])
    lives = world(asked.portfolio, asked.scenario, SEED, first, BATCHES[number])
    ledger, _ = simulate(lives, asked.policy)
    books = Books(ledger)
    months, time = books.periods("month"), books.periods("all")
    figures = {name: METRICS[name].of(books, time)[:, -1] for name in FIGURES}
    days = METRICS["days_to_ruin"].of(books, time)[:, -1]
    limit = float(statements(books, months).end("overdraft_line")[0, 0])
    return Ends(METRICS["ruin"].of(books, months), days, figures, limit)


def known(asked: Asked, batches: int) -> Ends:
    """What is known after so many batches?"""
    parts = [batch(asked, number) for number in range(batches)]
    return Ends(
        np.concatenate([part.ruined_by for part in parts]),
        np.concatenate([part.ruined_on for part in parts]),
        {name: np.concatenate([part.figures[name] for part in parts]) for name in FIGURES},
        parts[0].overdraft_fen,
    )
