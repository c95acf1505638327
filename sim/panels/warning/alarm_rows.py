"""Which customers would have raised an alarm, and who failed afterwards? From ledgers alone, as read on that day.

Three times in two years we look at every customer not known to have failed, note six signals, and wait 180 days.
The waits do not overlap, so nobody is counted twice for one failure. A failure counts when it became known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day
from sim.measure import Books
from sim.measure.by_customer import grades, limits
from sim.measure.early_warning import JUDGED_AFTER_DAYS
from sim.measure.formulas import ratio
from sim.panels.warning.companies import LivedCompany

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SIGNALS = {
    "weak_grade": 2,
    "limit_used": 2,
    "order_growth": 1,
    "old_debt": 1,
    "half_overdue": 1,
    "late_streak": 1,
}
"""The points of each signal (assumption: two for what stands out most, one for the rest)."""
LOOKS = (182, 365, 548)  # days after the first: half a year each to see what follows
WEAK_GRADE = 3  # D or E
LIMIT_USED, ORDER_GROWTH, OLD_DAYS, HALF = 0.60, 1.5, 60, 0.5
RECENT_DAYS, FEWEST_ORDERS = 60, 5
LOSS_SHARE = 0.60
"""What is lost of the debt of a customer that fails (assumption: 0.5-0.7)."""
MOST_POINTS = sum(SIGNALS.values())


@dataclass(frozen=True, eq=False)
class Looked:
    """One row per customer and look: its signals (rows, signals), did it fail within 180 days, what did that cost?"""

    company: Ints
    customer: Ints
    look: Ints
    signals: Mask
    failed: Mask
    loss_fen: Floats

    def points(self, chosen: Iterable[str]) -> Ints:
        """The points of each row from the chosen signals."""
        weights = np.array([points if name in set(chosen) else 0 for name, points in SIGNALS.items()])
        found: Ints = self.signals.astype(np.int64) @ weights
        return found


@dataclass(frozen=True)
class Judged:
    """What an alarm at a threshold brought: the four counts, and money in fen."""

    threshold: int
    hits: int
    false_alarms: int
    missed: int
    quiet: int
    alarm_cost_fen: float
    saved_fen: float
    lost_fen: float

    @property
    def total_fen(self) -> float:
        """What losses and alarms cost together."""
        return self.lost_fen + self.alarm_cost_fen

    @property
    def hit_rate(self) -> float:
        """Which share of the alarms was followed by a failure?"""
        return float(ratio(self.hits, self.hits + self.false_alarms))

    @property
    def caught(self) -> float:
        """Which share of the failures had been warned of?"""
        return float(ratio(self.hits, self.hits + self.missed))


def looked(number: int, lived: LivedCompany) -> Looked:
    """The rows of one company."""
    parts = [looked_at(number, lived.books, at, lived.first + after) for at, after in enumerate(LOOKS)]
    return joined(parts)


def joined(parts: Sequence[Looked]) -> Looked:
    """The rows of several companies or looks."""
    names = ("company", "customer", "look", "signals", "failed", "loss_fen")
    return Looked(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def looked_at(number: int, books: Books, look: int, day: Day) -> Looked:
    """The rows of one look at one company, on this day."""
    count = len(books.ledger.customers)
    failed_on, owed_then = _failures(books, count)
    there = np.flatnonzero(failed_on > day)
    signals = np.stack([*_ledger_signals(books, day, count)], axis=1)[there]
    failed = failed_on[there] <= day + JUDGED_AFTER_DAYS
    loss = np.where(failed, owed_then[there] * LOSS_SHARE, 0.0)
    ones = np.ones(len(there), dtype=np.int64)
    return Looked(ones * number, there, ones * look, signals, failed, loss)


def _failures(books: Books, count: int) -> tuple[Ints, Ints]:
    """On which day was each customer's failure known (far off: never), and what did it owe then?"""
    known = books.actions("default_known")
    who = known["customer"].to_numpy().astype(np.int64)
    when, owed = np.full(count, np.iinfo(np.int64).max), np.zeros(count, dtype=np.int64)
    when[who[::-1]] = known["happened_on"].to_numpy()[::-1]
    owed[who[::-1]] = known["amount_fen"].to_numpy()[::-1]
    return when, owed


def _ledger_signals(books: Books, day: Day, count: int) -> Iterable[Mask]:
    """The six signals of every customer, in the order of SIGNALS."""
    on = np.array([day], dtype=np.int64)
    documents = books.documents
    open_now = np.maximum(documents.open_at(day - books.ledger.first + 1), 0)
    late = day - documents.due_on

    def owed(only: Mask) -> Floats:
        return np.bincount(documents.customer, np.where(only, open_now, 0), minlength=count).astype(
            np.float64
        )

    everything = owed(np.ones(len(late), dtype=bool))
    yield grades(books, on)[0, 0] >= WEAK_GRADE
    yield np.nan_to_num(ratio(everything, limits(books, on)[0, 0])) >= LIMIT_USED
    yield _order_growth(books, day, count)
    yield owed(late > OLD_DAYS) > 0
    yield np.nan_to_num(ratio(owed(late > 0), everything)) >= HALF
    raised = books.actions("alert")
    mine = (raised["outcome"] == "late_streak").to_numpy() & (
        np.abs(day - raised["happened_on"].to_numpy() - RECENT_DAYS / 2) <= RECENT_DAYS / 2
    )
    yield np.bincount(raised["customer"].to_numpy()[mine], minlength=count) > 0


def _order_growth(books: Books, day: Day, count: int) -> Mask:
    """Who ordered much more a day in the last two months than before?"""
    orders = books.ledger.orders
    when, who = orders["wanted_on"].to_numpy(), orders["customer"].to_numpy()
    amount = orders["amount_fen"].to_numpy()
    recent = (when <= day) & (when > day - RECENT_DAYS)
    before = when <= day - RECENT_DAYS
    now = np.bincount(who[recent], amount[recent], minlength=count) / RECENT_DAYS
    then = np.bincount(who[before], amount[before], minlength=count) / (
        day - RECENT_DAYS - books.ledger.first + 1
    )
    known = np.bincount(who[before], minlength=count) >= FEWEST_ORDERS
    return known & (np.nan_to_num(ratio(now, then)) >= ORDER_GROWTH)


def judged(
    rows: Looked, chosen: Iterable[str], threshold: int, *, alarm_cost_fen: float, saved_share: float
) -> Judged:
    """What would an alarm from so many points on have brought? `saved_share`: of the loss, when warned (assumption)."""
    alarm = rows.points(chosen) >= threshold
    saved = float(rows.loss_fen[alarm].sum() * saved_share)
    return Judged(
        threshold,
        hits=int((alarm & rows.failed).sum()),
        false_alarms=int((alarm & ~rows.failed).sum()),
        missed=int((~alarm & rows.failed).sum()),
        quiet=int((~alarm & ~rows.failed).sum()),
        alarm_cost_fen=float(alarm.sum() * alarm_cost_fen),
        saved_fen=saved,
        lost_fen=float(rows.loss_fen.sum()) - saved,
    )
