"""How do tests make portfolios, worlds and policies by hand or by hypothesis?"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from sim.base.days import day_of
from sim.model.behaviour import ARCHETYPE_BEHAVIOURS, Behaviour, Lateness
from sim.model.policy import Policy
from sim.model.portfolio import CUSTOMER_COLUMNS, NO_OPENING, Portfolio
from sim.model.scenario import Company, Economy, Scenario

START = date(2025, 1, 1)


def customers(count: int = 3, **columns: Any) -> pd.DataFrame:
    """A customer table; a column is one value for all or one value each."""
    ids = [f"c{number}" for number in range(count)]
    plain: dict[str, Any] = {"customer": ids, "orders_per_year": 60.0, "order_median_fen": 5_000_000}
    table = pd.DataFrame({"customer": ids})
    for name, column in CUSTOMER_COLUMNS.items():
        value = (plain | columns).get(name, column.default)
        table[name] = value if isinstance(value, list) else [value] * count
    return table.astype(
        {name: "float64" for name, column in CUSTOMER_COLUMNS.items() if column.kind == "float"}
    )


def portfolio(
    table: pd.DataFrame,
    *,
    behaviours: tuple[Behaviour, ...] = ARCHETYPE_BEHAVIOURS,
    mix: Any = None,
    opening: list[tuple[str, int, int, int]] = (),
    seasonal: bool = False,
    in_force: Policy | None = None,
) -> Portfolio:
    """A portfolio; `opening` are (customer, invoiced so many days before the start, due after so many days, fen)."""
    even = np.full((len(table), len(behaviours)), 1.0 / len(behaviours))
    eve = day_of(START) - 1
    items = pd.DataFrame(
        {
            "customer": [who for who, _, _, _ in opening],
            "document": [f"o{number}" for number in range(len(opening))],
            "invoiced_on": np.array([eve - ago for _, ago, _, _ in opening], dtype=np.int32),
            "due_on": np.array([eve - ago + net for _, ago, net, _ in opening], dtype=np.int32),
            "amount_fen": np.array([amount for _, _, _, amount in opening], dtype=np.int64),
        }
    )
    return Portfolio(
        name_en="test",
        name_zh="test",
        customers=table,
        mix=even if mix is None else np.array(mix, dtype=float),
        as_of=date(2024, 12, 31),
        seasonal=seasonal,
        opening=items if opening else NO_OPENING,
        behaviours=behaviours,
        policy_in_force=in_force or Policy(),
    )


def one_behaviour(
    lateness: Lateness, *, archetype: str = "prompt", missed_run: float = 0.0
) -> tuple[Behaviour, ...]:
    """Customers that all pay alike and never take a discount."""
    kind = Behaviour(
        name="all", archetype=archetype, lateness=lateness, missed_run=missed_run, takes_discount=0.0
    )  # type: ignore[arg-type]
    return (kind,)


def scenario(days: int = 120, **changes: Any) -> Scenario:
    """A scenario from 2025-01-01; company and economy by their fields."""
    company = {k: changes.pop(k) for k in list(changes) if k in Company.model_fields}
    economy = {k: changes.pop(k) for k in list(changes) if k in Economy.model_fields}
    return Scenario(start=START, days=days, company=Company(**company), economy=Economy(**economy), **changes)


LET_ALL_THROUGH = {
    "credit.limit_enforcement": "none",
    "credit.hold_when_overdue": False,
    "collection.ladder": (),
    "collection.collectors": 0,
}
"""Levers of a policy that grants all credit and asks nobody for money."""
