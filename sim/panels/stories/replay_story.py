"""What happened at the desk, day by day? Every number of a day, with the ledger rows that it is the sum of.

Pure: from a Ledger (one of its runs) to numbers per day. Nothing is counted beside its rows: a figure *is* its rows,
ordered by day, so what is shown and what can be looked up never differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.calendar import CALENDARS, CalendarName, is_workday
from sim.base.days import Day
from sim.measure import Books
from sim.model.ledger import OUTSIDE_AR, Ledger

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Table = Literal["orders", "entries", "actions", "cash"]
DayKind = Literal["workday", "weekend", "holiday", "makeup"]

RECEIVED = ("receipt", "bill_received", "bill_bounced")
CORRECTED = ("credit_note", "discount", "interest")
NEWS = (
    "insolvent", "default_known", "churned", "exited", "staff_left", "staff_joined", "line_cut", "insurance_cut",
    "stop_supply", "supply_again", "handed_over", "court_ruling", "complaint", "override", "alert",
)  # fmt: skip
"""What a day is remembered for, the gravest first."""


@dataclass(frozen=True, eq=False)
class Figure:
    """One number of each day and the ledger rows behind it.

    `rows` are positions in the ledger's table, ordered by day; those of day d (0 = the first) are
    `rows[starts[d]:starts[d + 1]]`. `amount` is their sum, in fen, with the sign people expect.
    """

    table: Table
    rows: Ints
    starts: Ints
    amount: Ints

    @property
    def count(self) -> Ints:
        """How many rows has each day? Shape (days,)."""
        return np.diff(self.starts)

    def on(self, day: int) -> Ints:
        """The rows of one day, by its place."""
        return self.rows[self.starts[day] : self.starts[day + 1]]


@dataclass(frozen=True)
class Source:
    """Where does a figure come from: which rows of which table, by which of its days, with which sign?

    Sign 0: the ledger's own sign is free, the amount counts as it is.
    """

    table: Table
    day: str
    chosen: Callable[[pd.DataFrame], Mask]
    sign: int = 1

    def signed(self, fen: Ints) -> Ints:
        """Amounts of the ledger with the sign people expect."""
        return self.sign * fen if self.sign else np.abs(fen)


def _kinds(*names: str) -> Callable[[pd.DataFrame], Mask]:
    return lambda table: table["kind"].isin(names).to_numpy()


def _all(table: pd.DataFrame) -> Mask:
    return np.ones(len(table), dtype=np.bool_)


def _received(table: pd.DataFrame) -> Mask:
    """Money and bills from customers, less what bounced or was undone."""
    undone = (table["kind"] == "reversal") & (table["amount_fen"] > 0)
    return (table["kind"].isin(RECEIVED) | undone).to_numpy()


def _corrected(table: pd.DataFrame) -> Mask:
    """What changes a claim without money: credit notes, discounts, interest, cancelled invoices."""
    cancelled = (table["kind"] == "reversal") & (table["amount_fen"] < 0)
    return (table["kind"].isin(CORRECTED) | cancelled).to_numpy()


def _owed(table: pd.DataFrame) -> Mask:
    """Whatever changes what customers owe within the ledger's days."""
    return (~table["kind"].isin((*OUTSIDE_AR, "opening"))).to_numpy()


SOURCES: dict[str, Source] = {
    "orders_in": Source("orders", "wanted_on", _all),
    "orders_held": Source("orders", "held_on", _all),
    "orders_released": Source("orders", "released_on", _all),
    "orders_lost": Source("orders", "lost_on", _all),
    "invoiced": Source("entries", "happened_on", _kinds("invoice")),
    "received": Source("entries", "happened_on", _received, -1),
    "corrected": Source("entries", "happened_on", _corrected),
    "written_off": Source("entries", "happened_on", _kinds("write_off"), -1),
    "recovered": Source("entries", "happened_on", _kinds("recovery"), 0),
    "ar_moved": Source("entries", "happened_on", _owed),
    "contacts": Source("actions", "happened_on", _kinds("contact")),
    "promises_made": Source("actions", "happened_on", _kinds("promise_made")),
    "promises_kept": Source("actions", "happened_on", _kinds("promise_kept")),
    "promises_broken": Source("actions", "happened_on", _kinds("promise_broken")),
    "disputes_opened": Source("actions", "happened_on", _kinds("dispute_opened")),
    "disputes_settled": Source("actions", "happened_on", _kinds("dispute_settled")),
    "news": Source("actions", "happened_on", _kinds(*NEWS)),
    "till_moved": Source("cash", "happened_on", lambda table: (table["kind"] != "opening").to_numpy()),
}


class Story:
    """One run of a ledger as days at the desk. Worked out once; arrays have shape (days,)."""

    def __init__(self, ledger: Ledger, run: int | None = None, collectors: int | None = None):
        """`run` is a name of `ledger.runs`, the first by default; `collectors` how many desks there are, if known."""
        self.ledger = ledger
        self.run = ledger.runs[0] if run is None else run
        self.first, self.last = ledger.first, ledger.last
        self.days = self.last - self.first + 1
        self._collectors = collectors
        self.figures = {name: self._figure(source) for name, source in SOURCES.items()}

    def place_of(self, day: Day) -> int:
        """Which day of the story is this (0 = the first)? The nearest when it lies outside."""
        return min(max(day - self.first, 0), self.days - 1)

    def _figure(self, source: Source) -> Figure:
        table: pd.DataFrame = getattr(self.ledger, source.table)
        day = table[source.day].to_numpy().astype(np.int64) - self.first
        mine = source.chosen(table) & (table["run"].to_numpy() == self.run) & (day >= 0) & (day < self.days)
        rows = np.flatnonzero(mine)
        rows = rows[np.argsort(day[rows], kind="stable")]
        starts = np.searchsorted(day[rows], np.arange(self.days + 1))
        amount = np.zeros(self.days, dtype=np.int64)
        np.add.at(amount, day[rows], source.signed(table["amount_fen"].to_numpy()[rows]))
        return Figure(source.table, rows.astype(np.int64), starts.astype(np.int64), amount)

    # --- evenings ---------------------------------------------------------------------------------------------

    @cached_property
    def books(self) -> Books:
        """The whole ledger by run and day."""
        return Books(self.ledger)

    @cached_property
    def _at(self) -> int:
        """Which row of the books' day matrices is this run?"""
        return self.ledger.runs.index(self.run)

    @cached_property
    def ar(self) -> Ints:
        """What customers owed each evening."""
        return self.books.ar[self._at, 1:]

    @cached_property
    def overdue(self) -> Ints:
        """What of it was past its due date."""
        return self.books.overdue[self._at, 1:]

    @cached_property
    def till(self) -> Ints:
        """What was in the bank each evening."""
        return self.books.cash[self._at, 1:]

    def overdue_claims(self, day: int) -> pd.DataFrame:
        """Which invoices were past due on the evening of this day? The latest first; they sum to `overdue`."""
        found = self.books.documents
        mine = (found.run == self._at) & (found.due_on < self.first + day)
        still = np.where(mine, np.maximum(found.open_at(day + 1), 0), 0)
        which = np.flatnonzero(still > 0)
        late = self.first + day - found.due_on[which]
        claims = {
            "document": found.code[which],
            "customer": found.customer[which],
            "due_on": found.due_on[which],
            "late": late,
            "amount_fen": still[which],
        }
        return pd.DataFrame(claims).sort_values(["late", "document"], ascending=[False, True])

    # --- the collectors' day ------------------------------------------------------------------------------------

    @cached_property
    def minutes_used(self) -> Ints:
        """Minutes of the collectors' contacts."""
        contacts = self.figures["contacts"]
        minutes = self.ledger.actions["minutes"].to_numpy().astype(np.int64)[contacts.rows]
        running = np.concatenate([[0], np.cumsum(minutes)])
        return running[contacts.starts[1:]] - running[contacts.starts[:-1]]

    @cached_property
    def minutes_there(self) -> Ints:
        """Minutes the policy gives the collectors: none on days off, fewer while a desk is empty.

        Of experienced people with nothing but their own effort: novices manage less, a bonus makes it more.
        """
        full = int(self.ledger.seller.get("collector_minutes_per_day", 0))
        there = np.where(self.is_worked, full, 0).astype(np.int64)
        if self._collectors:
            there = there * np.maximum(self._collectors - self._empty_desks, 0) // self._collectors
        return there

    @cached_property
    def _empty_desks(self) -> Ints:
        """How many desks stand empty each day: left, and nobody has come yet."""
        actions = self.ledger.actions
        mine = actions["run"].to_numpy() == self.run
        change = np.zeros(self.days, dtype=np.int64)
        for kind, step in (("staff_left", 1), ("staff_joined", -1)):
            days = actions["happened_on"].to_numpy()[mine & (actions["kind"] == kind).to_numpy()]
            np.add.at(change, days - self.first, step)
        return np.cumsum(change)

    # --- the calendar -------------------------------------------------------------------------------------------

    @property
    def calendar(self) -> CalendarName:
        """By which calendar does the seller work? Monday to Friday where a ledger does not say."""
        known = self.ledger.seller.get("calendar")
        return "weekdays" if known is None else CALENDARS[int(known)]

    @cached_property
    def is_worked(self) -> Mask:
        """Is each day worked?"""
        return np.array([is_workday(day, self.calendar) for day in range(self.first, self.last + 1)])

    def kind_of(self, day: int) -> DayKind:
        """What kind of day is it: a working day, a weekend, a holiday, or a weekend day that is worked?"""
        weekend = weekday(self.first + day) >= 5
        if self.is_worked[day]:
            return "makeup" if weekend and self.calendar == "china" else "workday"
        return "weekend" if weekend else "holiday"

    def next_day_with(self, figure: str, day: int) -> int | None:
        """The next day after this one on which this figure has rows; None when there is none."""
        later = np.flatnonzero(self.figures[figure].count[day + 1 :] > 0)
        return int(later[0]) + day + 1 if len(later) else None

    def rows_behind(self, figure: str, day: int) -> tuple[Table, Ints]:
        """The table and rows of a day's number; for what stands each evening, what moved it that day."""
        found = self.figures[{"ar": "ar_moved", "till": "till_moved"}.get(figure, figure)]
        return found.table, found.on(day)


def weekday(day: Day) -> int:
    """Which day of the week is it? 0 is Monday."""
    return (day + 3) % 7  # 1970-01-01 was a Thursday
