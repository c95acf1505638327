"""Which move helps against which cause? Six kinds of payers, each answered in one way for a year, in the whole model.

Pure. The same businesses are given one cause after another, so that only the cause differs; payers bound by a process
are supermarkets, whose calendars the model knows. Every move is held against doing nothing, run by run.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.engine import simulate
from sim.measure import Books
from sim.model.ledger import ENTRY_KINDS, Ledger
from sim.model.policy import Policy
from sim.model.portfolio import NO_HISTORY, NO_OPENING, Portfolio, scenario_for
from sim.model.portfolio_files import load_portfolio
from sim.panels.live.remember import remembered
from sim.study.compare import interval
from sim.world import World, draw

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Cause = Literal["forgetful", "strapped", "disputing", "process", "strategic", "chain"]
CAUSES: tuple[Cause, ...] = ("forgetful", "strapped", "disputing", "process", "strategic", "chain")
MoveKind = Literal["reminders", "calls", "clearing", "plans", "calendar", "letters", "stop"]
MOVE_KINDS: tuple[MoveKind, ...] = (
    "reminders",
    "calls",
    "clearing",
    "plans",
    "calendar",
    "letters",
    "stop",
)
Looked = Literal["days", "satisfaction"]

TEMPLATE, EACH, RUNS, SEED = "manufacturer", 24, 12, 5
CAP_DAYS = 120
"""Days late are counted up to here: what is later, or never paid, counts as so many."""
MONEY = ("receipt", "bill_received", "discount")
GIVEN_UP = ("credit_note", "reversal")


@dataclass(frozen=True)
class Effect:
    """What a move changed against doing nothing, mean over runs and its 95 % interval."""

    low: float
    mean: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Does the interval leave zero out?"""
        return self.low > 0 or self.high < 0


def policy_with(move: MoveKind | None) -> Policy:
    """The policy in force with nothing but this way of answering late payment; None: with no answer at all."""
    levers: dict[str, object] = {"collection.ladder": (), "collection.collectors": 12}
    levers |= {"credit.hold_when_overdue": False, "credit.limit_pct": 600}
    return _base().policy_in_force.with_levers({**levers, **_LEVERS.get(move, {})} if move else levers)


def _step(days: int, move: str) -> dict[str, object]:
    return {"days": days, "move": move}


_LEVERS: dict[str, dict[str, object]] = {
    "reminders": {
        "collection.ladder": (
            _step(-7, "courtesy"),
            _step(3, "email"),
            _step(10, "message"),
            _step(20, "email"),
        )
    },
    "calls": {
        "collection.ladder": (_step(7, "phone"), _step(15, "phone"), _step(30, "phone"), _step(45, "phone"))
    },
    "clearing": {"operations.dispute_desk": True},
    "plans": {
        "collection.ladder": (_step(16, "phone"), _step(24, "phone"), _step(35, "phone"), _step(50, "phone")),
        "collection.payment_plans": True,
        "collection.diagnose": True,
    },
    "calendar": {
        "collection.ladder": (_step(-20, "courtesy"), _step(-7, "courtesy")),
        "operations.statement_clerk": True,
        "operations.statement_cut_off": True,
    },
    "letters": {
        "collection.ladder": (_step(15, "letter"), _step(30, "lawyer_letter")),
        "collection.court_days": 50,
        "collection.preservation": True,
    },
    "stop": {"collection.stop_supply_days": 30},
}


@lru_cache(maxsize=1)
def _base() -> Portfolio:
    return load_portfolio(TEMPLATE)


@lru_cache(maxsize=1)
def payers() -> Portfolio:
    """The same businesses once for each cause; supermarkets where the cause is a process."""
    base = _base()
    segment, rows = base.column("segment"), []
    businesses = np.flatnonzero((segment == "dealer") | (segment == "maker"))
    shops = np.flatnonzero(segment == "supermarket")
    for cause in CAUSES:
        pool = shops if cause == "process" else businesses[:: len(businesses) // EACH]
        rows.append(np.resize(pool, EACH))
    table = base.customers.iloc[np.concatenate(rows)].reset_index(drop=True)
    names = [f"{cause}{number:02d}" for cause in CAUSES for number in range(1, EACH + 1)]
    kinds = np.array([behaviour.archetype for behaviour in base.behaviours])
    mix = np.concatenate([np.tile(kinds == cause, (EACH, 1)) for cause in CAUSES]).astype(np.float64)
    return Portfolio(
        name_en="Payers by cause",
        name_zh="按欠款原因分组的客户",
        customers=table.assign(customer=names, group="", idle_months=""),
        mix=mix / mix.sum(axis=1, keepdims=True),
        as_of=base.as_of,
        opening=NO_OPENING,
        history=NO_HISTORY,
        behaviours=base.behaviours,
        calendar=base.calendar,
        policy_in_force=base.policy_in_force,
        company=base.company,
        basis=base.basis,
    )


@lru_cache(maxsize=1)
def world() -> World:
    """What nature decides about them."""
    people = payers()
    return draw(people, scenario_for(people, "normal"), seed=SEED, runs=RUNS)


@remembered(16, shared=True)
def led_to(move: MoveKind | None) -> dict[Looked, Floats]:
    """Days late and satisfaction by cause, in each run, shape (causes, runs)."""
    ledger, _ = simulate(world(), policy_with(move))
    return {"days": days_late(ledger), "satisfaction": satisfaction(ledger)}


def effects(move: MoveKind, looked: Looked) -> dict[Cause, Effect]:
    """What did this move change for each cause, against doing nothing?"""
    change = led_to(move)[looked] - led_to(None)[looked]
    found = {}
    for cause, runs in zip(CAUSES, change, strict=True):
        low, high = interval(runs[np.isfinite(runs)])
        found[cause] = Effect(low, float(np.nanmean(runs)), high)
    return found


def days_late(ledger: Ledger) -> Floats:
    """How late did a yuan come in, of what fell due early enough to be judged? At most CAP_DAYS; by cause and run.

    Part payments count when they come; what was never paid counts as CAP_DAYS, what was credited does not count.
    """
    books = Books(ledger)
    documents = books.documents
    kind = books.kind[documents.rows]
    came, given_up = (
        np.isin(kind, [ENTRY_KINDS.index(name) for name in names]) for names in (MONEY, GIVEN_UP)
    )
    change, which = documents.change.astype(np.float64), documents.of_row
    late = np.clip(documents.day_at + ledger.first - 1 - documents.due_on[which], 0, CAP_DAYS)
    count = len(documents)
    paid = np.bincount(which[came], -change[came], minlength=count)
    paid_days = np.bincount(which[came], (-change * late)[came], minlength=count)
    unasked = np.bincount(which[given_up], -change[given_up], minlength=count)
    asked = documents.billed - unasked
    judged = documents.is_invoice & (documents.due_on + CAP_DAYS <= ledger.last) & (asked > 0)
    days = (paid_days + np.maximum(asked - paid, 0) * CAP_DAYS)[judged] / asked[judged]
    who, run = documents.customer[judged], documents.run[judged]
    return _by_cause(who, run, days, asked[judged].astype(np.float64), len(ledger.runs))


def satisfaction(ledger: Ledger) -> Floats:
    """How content were they at the months' ends, 0 to 100? By cause and run."""
    readings = ledger.actions[ledger.actions["kind"].astype(str) == "satisfaction"]
    points = readings["amount_fen"].to_numpy() / 100.0
    run = np.searchsorted(np.array(ledger.runs), readings["run"].to_numpy())
    who = readings["customer"].to_numpy().astype(np.int64)
    return _by_cause(who, run, points, np.ones(len(points)), len(ledger.runs))


def _by_cause(customer: Ints, run: Ints, value: Floats, weight: Floats, runs: int) -> Floats:
    cell = customer // EACH * runs + run
    size = len(CAUSES) * runs
    total, weights = (np.bincount(cell, by, minlength=size) for by in (value * weight, weight))
    found: Floats = np.divide(total, weights, out=np.full(size, np.nan), where=weights > 0)
    return found.reshape(len(CAUSES), runs)
