"""How does a test set up a company small enough to know every day of it by heart?

Days are counted from the first simulated day (0 = 1 January 2025). Every day is worked unless the test says otherwise.
Each invoice's clock runs 0.1 a day from the day after it was written: luck of 0.45 pays on the fifth day.
What customers answer to a contact is written down by the test: by default they are always reached and never promise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from sim.base.days import NEVER
from sim.base.draws import Purpose
from sim.engine import simulate
from sim.model.behaviour import FIRST_LATENESS, Behaviour, Lateness
from sim.model.ledger import Ledger
from sim.model.moves import Archetype
from sim.model.policy import LadderStep, Policy
from sim.model.timeline import Timeline
from sim.world import ANSWERS, Lives, World
from tests.twin.worlds import customers, portfolio, scenario

PATIENT, UNLUCKY = 1_000, 1e9
YES, NO = 0.0, 0.999
"""A draw below every chance, and one above every chance: the answer to a contact."""

STEADY = Lateness(kind="exponential", centre=10.0, start=FIRST_LATENESS - 1)

LATE_ONLY = Lateness(kind="exponential", centre=10.0)
"""A clock that runs 0.1 a day too, but only past the due date."""

FREE: dict[str, Any] = {
    "terms.net_days": 30, "credit.limit_enforcement": "none", "credit.hold_when_overdue": False,
    "collection.ladder": (), "collection.collectors": 0, "finance.supplier_days": 0,
}  # fmt: skip
"""A policy that lets everything happen by itself."""


@dataclass(frozen=True)
class Order:
    """What a customer will want, and all that nature knows of it."""

    day: int
    amount: int
    customer: int = 0
    luck: float = UNLUCKY
    mark: float = 0.0
    patience: int = PATIENT
    dispute_after: int = NEVER
    dispute_scale: float = 1.0
    credited_bp: int = 0
    funds_cost: float = np.inf
    misses: int = 0


@dataclass(frozen=True)
class Owed(Order):
    """An opening item: owed for `day` days, due after `net`."""

    net: int = 30


@dataclass(frozen=True, eq=False)
class Scripted(World):
    """A world in which the test decides what customers answer."""

    script: Mapping[Purpose, tuple[float, ...]] = field(default_factory=dict)

    def answer(self, purpose: Purpose, run: Any, customer: Any, contact: Any) -> Any:
        """The n-th answer is the n-th of the script; the last one goes on."""
        default = {
            Purpose.REACH: (YES,),
            Purpose.PROMISE: (NO,),
            Purpose.PROMISE_DAYS: (YES,),
            Purpose.KEEPING: (YES,),
        }
        said = np.array({**default, Purpose.PROMISE: (NO,), **self.script}[purpose])
        return said[np.minimum(contact, len(said) - 1)]

    def answers(self, cells: Any, contact: Any) -> Any:
        """All answers of the script, the same to all."""
        return np.array([self.answer(purpose, cells, cells, contact) for purpose in ANSWERS])


def company(
    *documents: Order, days: int = 120, fails: Mapping[int, int] | None = None, script: Any = None,
    archetype: Archetype = "forgetful", calendar: str = "every_day", count: int = 3, net_days: int = 30,
    seasonal: bool = False, lateness: Lateness = STEADY, table: Mapping[str, Any] | None = None,
    supplier_days: int = 0, **scene: Any,
) -> Scripted:  # fmt: skip
    """A world of these documents in one run; `fails`: on which day which customer fails."""
    times = scenario(days, calendar=calendar, **scene)
    openings = [item for item in documents if isinstance(item, Owed)]
    wants = sorted(
        (item for item in documents if not isinstance(item, Owed)), key=lambda o: (o.day, o.customer)
    )
    rows: list[Order] = [*openings, *wants]
    kind = Behaviour(name="steady", archetype=archetype, lateness=lateness)
    plain = {"orders_per_year": 6_000.0, "order_median_fen": 2_000, "order_sigma": 0.0}
    people = portfolio(
        customers(count, **{**plain, **(table or {})}), seasonal=seasonal,
        behaviours=(kind,), opening=[(f"c{o.customer}", o.day, o.net, o.amount) for o in openings],
        in_force=Policy().with_levers({"terms.net_days": net_days, "finance.supplier_days": supplier_days}),
    )  # fmt: skip
    eve = times.first - 1
    default_on = np.full((1, count), NEVER, dtype=np.int32)
    for customer, day in (fails or {}).items():
        default_on[0, customer] = times.first + day
    lives = Lives(
        behaviour=np.zeros((1, count), dtype=np.int8), default_on=default_on,
        default_wait=np.where(default_on == NEVER, np.inf, default_on - times.first + 0.5),
        run=np.zeros(len(rows), dtype=np.int32), number=np.arange(len(rows), dtype=np.int64),
        customer=_ints(o.customer for o in rows),
        wanted_on=_ints(eve - o.day if isinstance(o, Owed) else times.first + o.day for o in rows),
        opening_due_on=_ints(eve - o.day + o.net if isinstance(o, Owed) else NEVER for o in rows),
        amount_fen=np.array([o.amount for o in rows], dtype=np.int64), luck=_floats(o.luck for o in rows),
        mark=_floats(o.mark for o in rows), patience_days=_ints(o.patience for o in rows),
        dispute_after=_ints(o.dispute_after for o in rows), dispute_scale=_floats(o.dispute_scale for o in rows),
        credited_bp=_ints(o.credited_bp for o in rows), funds_cost=_floats(o.funds_cost for o in rows),
        misses=_ints(o.misses for o in rows), on_hand_until=_ints(NEVER for _ in rows),
    )  # fmt: skip
    return Scripted(people, times, 1, (0,), lives, script or {})


def policy(**levers: Any) -> Policy:
    """FREE with some levers moved; `__` stands for the dot: terms__net_days=60."""
    return Policy().with_levers(
        {**FREE, **{name.replace("__", "."): value for name, value in levers.items()}}
    )


def ladder(*steps: tuple[int, str] | tuple[int, str, int]) -> tuple[LadderStep, ...]:
    """Steps of a dunning ladder: days after the due date, move, least amount."""
    return tuple(LadderStep(days=s[0], move=s[1], min_fen=s[2] if len(s) > 2 else 0) for s in steps)  # type: ignore[arg-type,misc]


def live(world: World, rules: Policy | Timeline | None = None) -> Ledger:
    """What does the company's ledger look like afterwards?"""
    return simulate(world, rules or policy())[0]


def entries(ledger: Ledger, *kinds: str) -> list[tuple[int, str, int, int]]:
    """Postings as (day, kind, customer, amount), of these kinds or of all but `opening`."""
    return _rows(ledger, ledger.entries, kinds, "kind", "customer", "amount_fen")


def acts(ledger: Ledger, *kinds: str) -> list[tuple[int, str, int, int]]:
    """Actions as (day, kind, customer, amount)."""
    return _rows(ledger, ledger.actions, kinds, "kind", "customer", "amount_fen")


def contacts(ledger: Ledger) -> list[tuple[int, str, int, str]]:
    """Contacts as (day, move, customer, outcome)."""
    return _rows(ledger, ledger.actions, ("contact",), "move", "customer", "outcome")


def paid(ledger: Ledger) -> list[tuple[int, int]]:
    """Receipts as (day, amount)."""
    return [(day, -amount) for day, _, _, amount in entries(ledger, "receipt")]


def cash(ledger: Ledger, kind: str) -> list[tuple[int, int]]:
    """Movements of one kind as (day, amount)."""
    return [(day, amount) for day, _, amount in _rows(ledger, ledger.cash, (kind,), "kind", "amount_fen")]


def fates(ledger: Ledger) -> list[tuple[str, int | None, int | None, int | None]]:
    """Each order's (reason to hold, held, released, lost on)."""
    table = ledger.orders
    days = [
        [None if day == NEVER else int(day) - ledger.first for day in table[name]]
        for name in ("held_on", "released_on", "lost_on")
    ]
    return list(zip(table["hold_reason"].astype(str), *days, strict=True))


def _rows(ledger: Ledger, table: pd.DataFrame, kinds: tuple[str, ...], *columns: str) -> list[Any]:
    rows = table[table["kind"].isin(kinds)] if kinds else table[table["kind"] != "opening"]
    cells = [[cell if isinstance(cell, str) else int(cell) for cell in rows[name]] for name in columns]
    return list(zip((int(day) - ledger.first for day in rows["happened_on"]), *cells, strict=True))


def _ints(values: Any) -> Any:
    return np.array(list(values), dtype=np.int32)


def _floats(values: Any) -> Any:
    return np.array(list(values), dtype=np.float64)
