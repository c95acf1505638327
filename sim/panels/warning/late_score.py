"""Who will pay late? A scorecard anyone can add up, learned on a company's history and tested on what came after.

For each thing it may look at, an invoice falls into a level; a level's points are ten times the logarithm of its odds
of being late against those of all invoices. The sum ranks; the share that was late in the same tenth of the history is
the forecast. Nothing is learned from that was not known on the last day of the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER, Day, dates_of
from sim.measure import Books, credit_risk
from sim.measure.formulas import ratio

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

FEATURES = ("past", "overdue", "size", "season", "customer")
LEVELS = {
    "past": ("unknown", "on_time", "week", "weeks", "month", "more"),
    "overdue": ("nothing", "none", "some", "half", "most"),
    "size": ("small", "usual", "large"),
    "season": ("q1", "q2", "q3", "q4"),
}
PAST_DAYS = 180
PAST_EDGES, OVERDUE_EDGES, SIZE_EDGES = (0, 10, 30, 60), (0.0, 1 / 3, 2 / 3), (0.5, 2.0)
WARM_UP_DAYS = 60  # of the first invoices nothing is known about the customer
WEIGHT = 20.0
"""So many average invoices are mixed into each level, so that three late invoices do not condemn (assumption)."""
SCALE = 10.0
BANDS = 10


@dataclass(frozen=True, eq=False)
class Invoices:
    """One row per invoice: its level in each feature, and when it was due and paid (NEVER: not). Shape (invoices,)."""

    issued_on: Ints
    due_on: Ints
    paid_on: Ints
    levels: dict[str, Ints]
    customers: int

    def late(self, days: int) -> Mask:
        """Was it paid more than so many days after its due date, or never?"""
        return np.asarray(self.paid_on > self.due_on + days)


@dataclass(frozen=True, eq=False)
class Part:
    """One part of the invoices under the score: score, forecast, fact."""

    score: Floats
    forecast: Floats
    late: Mask

    @property
    def auc(self) -> float:
        """How well does the score rank?"""
        return credit_risk.auc(self.score, self.late)

    @property
    def skill(self) -> float:
        """How much better than the average for everyone are the forecasts?"""
        return credit_risk.brier_skill(self.forecast, self.late)

    @property
    def share(self) -> float:
        """Which share was late?"""
        return float(np.mean(self.late)) if len(self.late) else float("nan")

    def found_in(self, called: float) -> float:
        """Which share of the late invoices is among this share with the highest score?"""
        worst = np.argsort(-self.score, kind="stable")[: round(called * len(self.score))]
        return float(ratio(self.late[worst].sum(), self.late.sum()))

    def bands(self) -> list[tuple[float, float, int, int]]:
        """Forecast, share late, late and all, for each group with one forecast."""
        found = []
        for value in np.unique(self.forecast):
            mine = self.forecast == value
            late, count = int(self.late[mine].sum()), int(mine.sum())
            found.append((float(value), late / count, late, count))
        return found


@dataclass(frozen=True, eq=False)
class Scorecard:
    """Points by feature and level, the history it learned from, and the later invoices it is tested on."""

    points: dict[str, Floats]
    shares: dict[str, Floats]
    counts: dict[str, Ints]
    history: Part
    later: Part
    chosen: tuple[str, ...]


def invoices_of(books: Books) -> Invoices:
    """The invoices of a ledger with what was known about them on their own day."""
    documents = books.documents
    rows = np.flatnonzero(documents.is_invoice & (documents.due_on != NEVER))
    rows = rows[np.argsort(documents.invoiced_on[rows], kind="stable")]
    issued, due = documents.invoiced_on[rows], documents.due_on[rows]
    who, amount = documents.customer[rows], documents.billed[rows].astype(np.float64)
    settled = np.where(documents.is_paid[rows], documents.settled_on[rows], NEVER)
    levels = {
        "past": _past(books, who, issued),
        "overdue": _overdue(books, who, issued),
        "size": _size(who, amount),
        "season": dates_of(due).astype("datetime64[M]").astype(np.int64) % 12 // 3,
        "customer": who,
    }
    return Invoices(issued, due, settled, levels, len(books.ledger.customers))


def _past(books: Books, who: Ints, issued: Ints) -> Ints:
    """How late did this customer pay, by amount, in the days before the invoice?"""
    entries = books.ledger.entries
    due = entries["due_on"].to_numpy().astype(np.int64)
    rows = np.flatnonzero(books.is_kind("receipt") & (due != NEVER))
    day = entries["happened_on"].to_numpy()[rows].astype(np.int64)
    payer, amount = entries["customer"].to_numpy()[rows], -books.amount[rows].astype(np.float64)
    late = amount * (day - due[rows])
    found = np.full(len(who), np.nan)
    for customer in np.unique(who):
        mine, asked = np.flatnonzero(payer == customer), np.flatnonzero(who == customer)
        mine = mine[np.argsort(day[mine], kind="stable")]
        begin, end = (np.searchsorted(day[mine], issued[asked] - back) for back in (PAST_DAYS, 0))
        sums = [np.concatenate([[0.0], np.cumsum(each[mine])]) for each in (late, amount)]
        found[asked] = ratio(sums[0][end] - sums[0][begin], sums[1][end] - sums[1][begin])
    level = np.searchsorted(PAST_EDGES, np.nan_to_num(found), side="left") + 1
    return np.where(np.isnan(found), 0, level).astype(np.int64)


def _overdue(books: Books, who: Ints, issued: Ints) -> Ints:
    """Which share of what the customer owed on the evening before was overdue?"""
    documents = books.documents
    found = np.zeros(len(who))
    owes = np.zeros(len(who), dtype=bool)
    for day in np.unique(issued):
        open_now = np.maximum(documents.open_at(int(day) - books.ledger.first), 0)
        owed = np.bincount(documents.customer, open_now, minlength=len(books.ledger.customers))
        past = np.where(documents.due_on < day, open_now, 0)
        overdue = np.bincount(documents.customer, past, minlength=len(owed))
        mine = issued == day
        owes[mine] = owed[who[mine]] > 0
        found[mine] = np.nan_to_num(ratio(overdue, owed))[who[mine]]
    level = np.searchsorted(OVERDUE_EDGES, found, side="left") + 1
    return np.where(owes, level, 0).astype(np.int64)


def _size(who: Ints, amount: Floats) -> Ints:
    """How large is the invoice against the mean of the customer's earlier ones? The first is as usual."""
    total, seen = np.zeros(int(who.max(initial=0)) + 1), np.zeros(int(who.max(initial=0)) + 1)
    usual = np.empty(len(who))
    for at, (customer, value) in enumerate(zip(who, amount, strict=True)):
        usual[at] = total[customer] / seen[customer] if seen[customer] else value
        total[customer] += value
        seen[customer] += 1
    return np.searchsorted(SIZE_EDGES, amount / usual, side="left").astype(np.int64)


def scorecard(
    invoices: Invoices, chosen: Sequence[str], *, first: Day, cutoff: Day, last: Day, late_days: int
) -> Scorecard:
    """Learn on the invoices whose outcome was known by `cutoff`, test on those issued after it."""
    late, judged = invoices.late(late_days), invoices.due_on + late_days
    history = (invoices.issued_on > first + WARM_UP_DAYS) & (judged < cutoff)
    later = (invoices.issued_on > cutoff) & (judged < last)
    sizes = {name: len(LEVELS[name]) if name in LEVELS else invoices.customers for name in chosen}
    rate = float(np.clip(late[history].mean() if history.any() else 0.5, 0.01, 0.99))
    points, shares, counts = {}, {}, {}
    for name, size in sizes.items():
        level = invoices.levels[name][history]
        bad = np.bincount(level, late[history], minlength=size)
        count = np.bincount(level, minlength=size)
        mixed = (bad + WEIGHT * rate) / (count + WEIGHT)
        points[name] = np.round(SCALE * (np.log(mixed / (1 - mixed)) - np.log(rate / (1 - rate))))
        shares[name], counts[name] = ratio(bad, count), count.astype(np.int64)
    score = np.zeros(len(late))
    for name in chosen:
        score += points[name][invoices.levels[name]]
    edges = (
        np.unique(np.quantile(score[history], np.arange(1, BANDS) / BANDS)) if history.any() else np.zeros(0)
    )
    band = np.searchsorted(edges, score, side="left")
    seen = np.bincount(band[history], minlength=len(edges) + 1)
    bad = np.bincount(band[history], late[history], minlength=len(edges) + 1)
    forecast = np.where(seen > 0, bad / np.maximum(seen, 1), rate)[band]
    parts = [Part(score[mine], forecast[mine], late[mine]) for mine in (history, later)]
    return Scorecard(points, shares, counts, parts[0], parts[1], tuple(chosen))
