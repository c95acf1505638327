"""What passed between us and one customer in a year? Its invoices as stretches of time, and all that happened besides.

Pure: from one run of a ledger. Whatever is drawn names its row of the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER, Day
from sim.measure.documents import Documents
from sim.panels.stories.replay_life import Life
from sim.panels.stories.replay_story import Table

Ints = NDArray[np.int64]
Ending = Literal["paid", "credited", "written_off", "open"]
Sorting = Literal["overdue", "worst", "owed", "number", "name"]
SORTS: tuple[Sorting, ...] = ("overdue", "worst", "owed", "number", "name")
LANES: dict[str, tuple[str, ...]] = {
    "contacts": ("contact",),
    "promises": ("promise_made", "promise_kept", "promise_broken", "plan_made", "plan_kept", "plan_broken"),
    "disputes": ("dispute_opened", "dispute_settled"),
    "other": (
        "default_known", "churned", "exited", "stop_supply", "supply_again", "handed_over", "handed_back",
        "court_ruling", "limit_change", "grade_change", "alert", "guarantee", "complaint", "override", "claim",
        "insurance_cut",
    ),
}  # fmt: skip
"""Which actions are shown in which lane; held and lost orders have a lane of their own, `orders`."""


@dataclass(frozen=True)
class Bar:
    """An invoice in time: from issue to the day it was settled, NEVER while open."""

    document: int
    billed_fen: int
    left_fen: int
    issued_on: Day
    due_on: Day
    settled_on: Day
    ending: Ending
    disputes: tuple[tuple[Day, Day], ...]

    def late_days(self, last: Day) -> int:
        """How many days was it late, at its end or by this last day?"""
        return max(min(self.settled_on, last) - self.due_on, 0)


@dataclass(frozen=True)
class Mark:
    """Something that happened on a day, in a lane, with its row; `until` where it lasts or names a day."""

    lane: str
    kind: str
    day: Day
    row: str
    amount_fen: int
    until: Day = NEVER
    detail: str = ""  # move, outcome, reason: as the ledger names it
    outcome: str = ""


class Customers:
    """All customers of one year, ready to be looked up one by one."""

    def __init__(self, life: Life):
        self.life = life
        self.ledger = life.ledger
        self.story = life.story

    @property
    def _documents(self) -> Documents:
        return self.story.books.documents

    @cached_property
    def owed(self) -> Ints:
        """What each customer owes on the last evening, shape (customers,)."""
        return self._summed(np.maximum(self._documents.open_at(self.story.days), 0))

    @cached_property
    def overdue(self) -> Ints:
        """What of it is past due."""
        late = self._documents.due_on < self.ledger.last
        return self._summed(np.where(late, np.maximum(self._documents.open_at(self.story.days), 0), 0))

    @cached_property
    def worst(self) -> Ints:
        """The most that each customer had overdue on any evening."""
        found, days = self._documents, self.story.days
        who = found.customer[found.of_row]
        due = found.due_on[found.of_row] - self.ledger.first + 1
        begins = np.maximum(found.day_at, np.maximum(due + 1, 0))
        late = np.zeros((len(self.ledger.customers), days + 1), dtype=np.int64)
        inside = begins <= days
        np.add.at(late, (who[inside], begins[inside]), found.owed_change[inside])
        most: Ints = np.cumsum(late, axis=1)[:, 1:].max(axis=1)
        return most

    def _summed(self, amounts: Ints) -> Ints:
        total = np.zeros(len(self.ledger.customers), dtype=np.int64)
        np.add.at(total, self._documents.customer, amounts)
        return total

    def found(self, text: str, by: Sorting, names: list[str]) -> list[int]:
        """Which customers have this in number or name, in which order?"""
        wanted = text.strip().casefold()
        mine = [place for place, name in enumerate(names) if wanted in name.casefold()]
        if by == "name":
            return sorted(mine, key=lambda place: names[place])
        if by == "number":
            return mine
        figures = {"overdue": self.overdue, "worst": self.worst, "owed": self.owed}[by]
        return sorted(mine, key=lambda place: -int(figures[place]))

    # --- one customer -----------------------------------------------------------------------------------------

    def bars(self, customer: int) -> list[Bar]:
        """Its invoices, by the day of issue."""
        found = self._documents
        left = found.open_at(self.story.days)
        places = np.flatnonzero((found.customer == customer) & (found.billed > 0))
        bars = [
            Bar(
                document=int(found.code[at]),
                billed_fen=int(found.billed[at]),
                left_fen=int(left[at]),
                issued_on=int(found.invoiced_on[at]),
                due_on=int(found.due_on[at]),
                settled_on=int(found.settled_on[at]),
                ending=self._ending(int(at)),
                disputes=self._disputes(int(found.code[at])),
            )
            for at in places
        ]
        return sorted(bars, key=lambda bar: (bar.issued_on, bar.due_on, bar.document))

    def _ending(self, at: int) -> Ending:
        found = self._documents
        if found.is_written_off[at]:
            return "written_off"
        if found.settled_on[at] == NEVER:
            return "open"
        return "paid" if found.is_paid[at] else "credited"

    @cached_property
    def _by_document(self) -> dict[int, list[tuple[Day, str]]]:
        """When was each invoice's dispute opened and settled?"""
        actions = self.ledger.actions
        mine = actions[actions["kind"].isin(LANES["disputes"])]
        found: dict[int, list[tuple[Day, str]]] = {}
        for document, day, kind in zip(mine["document"], mine["happened_on"], mine["kind"], strict=True):
            found.setdefault(int(document), []).append((int(day), str(kind)))
        return found

    def _disputes(self, document: int) -> tuple[tuple[Day, Day], ...]:
        said = self._by_document.get(document, [])
        opened = [day for day, kind in said if kind == "dispute_opened"]
        settled = [day for day, kind in said if kind == "dispute_settled"]
        ends = settled + [NEVER] * (len(opened) - len(settled))
        return tuple(zip(opened, ends, strict=False))

    def marks(self, customer: int) -> list[Mark]:
        """Contacts, promises, disputes, holds and whatever else is known of it, by day."""
        lane_of = {kind: lane for lane, kinds in LANES.items() for kind in kinds}
        rows = self.life.records("actions", self.rows(customer, "actions"))
        marks = [
            Mark(
                lane_of[row.kind], row.kind, row.happened_on, f"A{row.Index}", row.amount_fen, row.until, row.move,
                row.outcome,
            )
            for row in rows
            if row.kind in lane_of
        ]  # fmt: skip
        return sorted([*marks, *self._orders(customer)], key=lambda mark: mark.day)

    def _orders(self, customer: int) -> list[Mark]:
        """Orders that did not go straight out."""
        marks = []
        for row in self.life.records("orders", self.rows(customer, "orders")):
            name, why = f"O{row.Index}", row.hold_reason
            if row.held_on != NEVER:
                until = min(row.released_on, row.lost_on)
                marks.append(Mark("orders", "held", row.held_on, name, row.amount_fen, until, why))
            if row.lost_on != NEVER:
                marks.append(Mark("orders", "lost", row.lost_on, name, row.amount_fen, NEVER, why))
        return marks

    def rows(self, customer: int, table: Table) -> Ints:
        """Its rows of one table of the ledger."""
        frame: pd.DataFrame = getattr(self.ledger, table)
        mine = (frame["customer"].to_numpy() == customer) & (frame["run"].to_numpy() == self.story.run)
        return np.flatnonzero(mine).astype(np.int64)
