"""Why does this customer pay late? Cases for a diagnosis: what one customer's ledger shows, and what was behind it.

Pure. The cases are customers of the built-in manufacturer in one year of the whole model. All that is shown beforehand
comes from the ledger; the cause is read from the model's truth and is for the debrief only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER, dates_of
from sim.base.draws import Purpose
from sim.engine import simulate
from sim.model.ledger import Ledger
from sim.model.portfolio import scenario_for
from sim.model.portfolio_files import load_portfolio
from sim.model.staffing import STAFFING
from sim.panels.causes.cause_moves import CAUSES, MONEY, Cause
from sim.panels.live.remember import remembered
from sim.world import World, draw

PORTFOLIO, SEED = "manufacturer", 11
FEWEST_INVOICES = 6
LATE_FROM = 4  # days past due: a payment run or a holiday does not make a late payer
SOON_DAYS = 14  # a payment so soon after a contact may be its answer
TRENDS_MONTHS = 3
LATE_OFTEN = 0.3
CLEAREST = 3  # so many of each cause are drawn from


@dataclass(frozen=True)
class Facts:
    """What anyone could read in this customer's account at the end of the year. NaN: nothing to judge by."""

    trade: str
    net_days: int
    yearly_fen: int
    open_fen: int
    overdue_fen: int
    invoices: int
    late_share: float
    mean_late: float
    low_late: float  # the middle eight tenths of the invoices lie between
    high_late: float
    in_parts: float
    pay_days: str  # days of the month on which money came, commonest first
    pay_days_share: float
    contacts: int
    soon_after: float  # share of contacts followed by money within SOON_DAYS
    promises: int
    broken: int
    disputes: int
    held_orders: int
    trend: float  # orders of the last months against those before


@dataclass(frozen=True)
class Case:
    """One customer: its code, its facts, and (hidden until the debrief) the cause."""

    customer: int
    facts: Facts
    cause: Cause
    failed: bool


@lru_cache(maxsize=1)
def year() -> tuple[World, Ledger, pd.DataFrame]:
    """One year of the whole model: world, ledger, truth by customer."""
    people = load_portfolio(PORTFOLIO)
    world = draw(people, scenario_for(people, "normal"), seed=SEED)
    ledger, truth = simulate(world, people.policy_in_force)
    return world, ledger, truth.customers()


@remembered(8, shared=True)
def cases(seed: int = 1) -> tuple[Case, ...]:
    """One case for each cause, in an order of the seed: one of those whose accounts speak most clearly of it."""
    world, ledger, truth = year()
    luck = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(505,)))
    found = []
    for cause in CAUSES:
        clear = clearest(cause)
        at = clear[int(luck.integers(len(clear)))]
        failed = bool(pd.notna(truth["failed_on"].iloc[at]))
        found.append(Case(at, facts_of(world, ledger, at), cause, failed))
    return tuple(found[at] for at in luck.permutation(len(found)))


@lru_cache(maxsize=8)
def clearest(cause: Cause) -> tuple[int, ...]:
    """Which customers with this cause show it most clearly? Those that best fit what a textbook would look for."""
    world, ledger, truth = year()
    mine = [int(at) for at in np.flatnonzero(truth["archetype"].to_numpy() == cause)]
    facts = {at: facts_of(world, ledger, at) for at in mine}
    known = [
        at for at in mine if facts[at].invoices >= FEWEST_INVOICES and facts[at].late_share >= LATE_OFTEN
    ]
    ranked = sorted(known, key=lambda at: (-speaks_of(cause, facts[at]), at))
    return tuple(ranked[:CLEAREST])


def speaks_of(cause: Cause, facts: Facts) -> float:
    """How clearly does an account speak of this cause? The more, the clearer; marks a practitioner would look for."""
    soon = np.nan_to_num(facts.soon_after)
    per_invoice = 1.0 / max(facts.invoices, 1)
    signs = {
        "forgetful": soon - facts.broken * per_invoice - facts.in_parts - max(facts.mean_late - 25, 0) / 20,
        "strapped": 3 * facts.in_parts + min(facts.mean_late, 60) / 60,
        "disputing": facts.disputes * per_invoice,
        "process": np.nan_to_num(facts.pay_days_share) + (facts.trade == "supermarket") - facts.in_parts,
        "strategic": facts.broken * per_invoice + min(facts.mean_late, 90) / 90 - 2 * facts.in_parts - soon,
        "chain": facts.low_late / 30 + min(facts.mean_late, 90) / 90 - facts.broken * per_invoice,
    }
    return float(signs[cause])


def told(case: Case, talk: int) -> bool:
    """Does the n-th talk with this customer bring out what is behind it? The model's chance, the model's luck."""
    world, _, _ = year()
    luck = world.luck_at(Purpose.DIAGNOSIS, np.array([case.customer]), 10_000 + talk)
    return bool(luck[0] < STAFFING.diagnosis)


# --- facts --------------------------------------------------------------------------------------------------------


def facts_of(world: World, ledger: Ledger, at: int) -> Facts:
    """What does the ledger say of this customer?"""
    people = world.portfolio
    entries = ledger.entries[ledger.entries["customer"].to_numpy() == at]
    actions = ledger.actions[ledger.actions["customer"].to_numpy() == at]
    orders = ledger.orders[ledger.orders["customer"].to_numpy() == at]
    late, parts = _lateness(ledger, entries)
    money = entries[entries["kind"].isin(MONEY).to_numpy()]
    paid_on = np.unique(money["happened_on"].to_numpy())
    days, share = _pay_days(paid_on)
    contacts = actions[actions["kind"].isin(["contact"]).to_numpy()]["happened_on"].to_numpy()
    open_rows = _open(entries)
    net = people.policy_in_force.terms.net_days + int(people.column("extra_net_days")[at])
    return Facts(
        trade=str(people.column("segment")[at]),
        net_days=net,
        yearly_fen=int(entries.loc[entries["kind"].isin(["invoice"]).to_numpy(), "amount_fen"].sum()),
        open_fen=int(open_rows["amount_fen"].sum()),
        overdue_fen=int(open_rows.loc[open_rows["due_on"].to_numpy() < ledger.last, "amount_fen"].sum()),
        invoices=len(late),
        late_share=float(np.mean(late >= LATE_FROM)) if len(late) else float("nan"),
        mean_late=float(np.mean(late)) if len(late) else float("nan"),
        low_late=float(np.percentile(late, 10)) if len(late) else float("nan"),
        high_late=float(np.percentile(late, 90)) if len(late) else float("nan"),
        in_parts=parts,
        pay_days=days,
        pay_days_share=share,
        contacts=len(contacts),
        soon_after=_soon_after(contacts, paid_on),
        promises=_count(actions, "promise_kept") + _count(actions, "promise_broken"),
        broken=_count(actions, "promise_broken"),
        disputes=_count(actions, "dispute_opened"),
        held_orders=int((orders["held_on"].to_numpy() != NEVER).sum()),
        trend=_trend(ledger, orders),
    )


def _count(actions: pd.DataFrame, kind: str) -> int:
    return int((actions["kind"].astype(str) == kind).sum())


def _lateness(ledger: Ledger, entries: pd.DataFrame) -> tuple[NDArray[np.int64], float]:
    """Days late of every invoice that fell due, unpaid ones so far; and the share that was paid in several parts."""
    late, several = [], []
    for _, rows in entries.groupby(
        np.where(entries["against"] >= 0, entries["against"], entries["document"])
    ):
        kind = rows["kind"].astype(str)
        due = int(rows["due_on"].iloc[0])
        if due > ledger.last or not kind.isin(["invoice", "opening"]).any():
            continue
        is_open = int(rows["amount_fen"].sum()) > 0
        late.append((ledger.last if is_open else int(rows["happened_on"].max())) - due)
        several.append(int(kind.isin(MONEY).sum()) > 1)
    return np.array(late, dtype=np.int64), float(np.mean(several)) if several else float("nan")


def _open(entries: pd.DataFrame) -> pd.DataFrame:
    """What is still open of each document, with its due day."""
    inside = entries[~entries["kind"].isin(["recovery"]).to_numpy()]
    document = np.where(inside["against"] >= 0, inside["against"], inside["document"])
    return inside.groupby(document).agg({"amount_fen": "sum", "due_on": "first"})


def _pay_days(days: NDArray[np.int32]) -> tuple[str, float]:
    """The two days of the month on which money comes most often, and how much of it comes within a day of them."""
    if len(days) < FEWEST_INVOICES // 2:
        return "", float("nan")
    of_month = pd.DatetimeIndex(dates_of(days)).day.to_numpy()
    counts = pd.Series(of_month).value_counts()
    common = sorted(int(day) for day in counts.index[:2])
    near = np.min([np.abs(of_month - day) for day in common], axis=0) <= 1
    return ", ".join(map(str, common)), float(near.mean())


def _soon_after(contacts: NDArray[np.int32], paid_on: NDArray[np.int32]) -> float:
    if not len(contacts):
        return float("nan")
    following = np.searchsorted(paid_on, contacts, side="right")
    known = np.append(paid_on, NEVER)[following]
    return float(np.mean(known - contacts <= SOON_DAYS))


def _trend(ledger: Ledger, orders: pd.DataFrame) -> float:
    """Orders of the last months against the months before, per month; NaN where there were none before."""
    split = ledger.last - 30 * TRENDS_MONTHS
    amounts, when = orders["amount_fen"].to_numpy().astype(np.float64), orders["wanted_on"].to_numpy()
    recent = amounts[when > split].sum() / TRENDS_MONTHS
    months_before = (split - ledger.first) / 30.4
    before = amounts[when <= split].sum() / months_before
    return float(recent / before) if before > 0 else float("nan")
