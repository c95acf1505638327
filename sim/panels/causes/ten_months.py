"""An agent works ten months a year. What do the two idle months look like in the ledger, in each reading of that?

Pure. The same forty dealers, with the same luck, once resting in January and February (reading a: no orders, hardly any
payment), once using the two months to settle accounts (reading b: no orders, payments faster than ever).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.engine import simulate
from sim.measure import METRICS, Books
from sim.model.portfolio import NO_HISTORY, NO_OPENING, Portfolio, scenario_for
from sim.model.portfolio_files import load_portfolio
from sim.panels.live.remember import remembered
from sim.world import World, draw

Floats = NDArray[np.float64]
Reading = Literal["a", "b"]
READINGS: tuple[Reading, ...] = ("a", "b")
TEMPLATE, AGENTS, RUNS, SEED = "manufacturer", 40, 12, 4
IDLE_MONTHS = "1,2"
AS_OF = date(2024, 6, 30)  # so that the idle months lie in the middle of the year that is lived
FIGURES = ("credit_sales", "receipts", "ar", "overdue")


@dataclass(frozen=True, eq=False)
class Months:
    """Figures by month, each of shape (runs, months); `alarms`: customers newly reported as silent."""

    labels: tuple[str, ...]
    figures: dict[str, Floats]
    alarms: Floats


def month_labels() -> tuple[str, ...]:
    """The months that are lived, from the first one on."""
    months = [AS_OF.year * 12 + AS_OF.month + number for number in range(12)]
    return tuple(f"{month // 12}-{month % 12 + 1:02d}" for month in months)


def agents(reading: Reading) -> Portfolio:
    """Forty dealers who work ten months a year, in this reading of it."""
    base = load_portfolio(TEMPLATE)
    rows = np.flatnonzero(base.column("segment") == "dealer")[:AGENTS]
    table = base.customers.iloc[rows].reset_index(drop=True)
    return Portfolio(
        name_en="Ten-month agents",
        name_zh="一年做十个月的代理商",
        customers=table.assign(idle_months=IDLE_MONTHS, idle_reading=reading, group=""),
        mix=base.mix[rows],
        as_of=AS_OF,
        opening=NO_OPENING,
        history=NO_HISTORY,
        behaviours=base.behaviours,
        calendar=base.calendar,
        policy_in_force=base.policy_in_force,
        company=base.company,
        basis=base.basis,
    )


def _world(reading: Reading) -> World:
    people = agents(reading)
    return draw(people, scenario_for(people, "normal"), seed=SEED, runs=RUNS)


@remembered(2, shared=True)
def lived(reading: Reading) -> Months:
    """Their year under the policy in force, with the early-warning rules switched on to be looked at."""
    world = _world(reading)
    policy = world.portfolio.policy_in_force.with_levers(
        {"credit.alerts": True, "credit.alert_action": "none"}
    )
    ledger, _ = simulate(world, policy)
    books = Books(ledger)
    months = books.periods("month")
    figures = {name: METRICS[name].of(books, months) for name in FIGURES}
    alerts = ledger.actions[
        ledger.actions["kind"].isin(["alert"]).to_numpy()
        & ledger.actions["outcome"].isin(["silence"]).to_numpy()
    ]
    run = np.searchsorted(np.array(ledger.runs), alerts["run"].to_numpy())
    at = np.searchsorted(months.closing_at, alerts["happened_on"].to_numpy() - ledger.first + 1)
    alarms = np.zeros((RUNS, len(months)))
    np.add.at(alarms, (run, at), 1.0)
    return Months(tuple(months.labels), figures, alarms)
