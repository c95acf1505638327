"""What stood in the books at the end of each day, in all runs at once?

Day matrices have shape (runs, 1 + days), int64, exact. Column 0 is the evening before the ledger's first day and holds
the opening balances (entries of kind `opening`); column j is the evening of day first + j - 1.

Amounts in `entries` are signed by what they do to the receivables: invoices, openings, interest and bounced bills add,
receipts, bills received, discounts, credit notes and write-offs take away. A reversal that takes away cancels an
invoice (and its sale), one that adds undoes a payment. A recovery is cash on what was written off; its sign is free.
"""

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, Literal, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measure.documents import Documents, documents_of
from sim.measure.periods import Every, Periods, periods_between
from sim.model.ledger import ACTION_KINDS, CASH_KINDS, ENTRY_KINDS, OUTSIDE_AR, Ledger

Cents = NDArray[np.int64]
T = TypeVar("T")
Clock = Literal["due_on", "original_due_on", "invoiced_on"]
COLLECTION_COSTS = ("payroll", "collection", "dispute_desk", "agency", "legal", "training")


class Books:
    """A ledger seen by run and day; everything is worked out once, when first asked for."""

    def __init__(self, ledger: Ledger):
        self.ledger = ledger
        self.runs = len(ledger.runs)
        self.days = ledger.last - ledger.first + 1
        self._kept: dict[Hashable, Any] = {}

    def once(self, name: Hashable, build: Callable[[], T]) -> T:
        """Work something out when first asked for, and keep it under this name."""
        if name not in self._kept:
            self._kept[name] = build()
        found: T = self._kept[name]
        return found

    # --- rows -------------------------------------------------------------------------------------------------

    @cached_property
    def kind(self) -> NDArray[np.int8]:
        """Kind of each entry, as index into ENTRY_KINDS."""
        return codes(self.ledger.entries["kind"], ENTRY_KINDS)

    @cached_property
    def amount(self) -> Cents:
        """Signed amount of each entry."""
        return self.ledger.entries["amount_fen"].to_numpy(dtype=np.int64)

    @cached_property
    def run_at(self) -> NDArray[np.int64]:
        """Which row of the day matrices does each entry belong to?"""
        return self.run_index(self.ledger.entries)

    @cached_property
    def day_at(self) -> NDArray[np.int64]:
        """Which column of the day matrices does each entry belong to? Beyond the last column = after the ledger."""
        return self.day_index(self.ledger.entries["happened_on"], opening=self.is_kind("opening"))

    @cached_property
    def in_ar(self) -> NDArray[np.bool_]:
        """Does the entry change what is open, within the ledger's days?"""
        return ~self.is_kind(*OUTSIDE_AR) & (self.day_at <= self.days)

    @cached_property
    def documents(self) -> Documents:
        """The invoices, one by one."""
        return documents_of(self)

    def is_kind(self, *kinds: str) -> NDArray[np.bool_]:
        """Is each entry of one of these kinds?"""
        wanted = np.zeros(len(ENTRY_KINDS), dtype=bool)
        wanted[[ENTRY_KINDS.index(kind) for kind in kinds]] = True
        return wanted[self.kind]

    def run_index(self, table: pd.DataFrame) -> NDArray[np.int64]:
        """Which replication, by position in `ledger.runs`, is each row of?"""
        names, runs = np.asarray(self.ledger.runs), table["run"].to_numpy()
        order = np.argsort(names)
        return order[np.searchsorted(names[order], runs)].astype(np.int64)

    def day_index(
        self, days: "pd.Series[int]", *, opening: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """Which column of the day matrices is each day? 0 for all before the first."""
        at = np.maximum(days.to_numpy().astype(np.int64) - self.ledger.first + 1, 0)
        return at if opening is None else np.where(opening & (at <= 1), 0, at)

    # --- day matrices -----------------------------------------------------------------------------------------

    def by_day(self, runs: NDArray[np.integer], days: NDArray[np.integer], amounts: Cents) -> Cents:
        """Sum amounts into a day matrix; what lies after the last day is left out."""
        width = self.days + 1
        total = np.zeros(self.runs * width, dtype=np.int64)
        inside = days < width
        if not inside.all():
            runs, days, amounts = runs[inside], days[inside], amounts[inside]
        np.add.at(total, runs * width + days, amounts)
        return total.reshape(self.runs, width)

    @cached_property
    def _flows(self) -> Cents:
        """What each kind of entry added on each day. Shape (kinds, runs, 1 + days)."""
        width, kinds = self.days + 1, len(ENTRY_KINDS)
        total = np.zeros(kinds * self.runs * width, dtype=np.int64)
        inside = self.day_at < width
        cell = (self.kind.astype(np.int64) * self.runs + self.run_at) * width + self.day_at
        np.add.at(total, cell[inside], self.amount[inside])
        return total.reshape(kinds, self.runs, width)

    def flow(self, *kinds: str) -> Cents:
        """What entries of these kinds added to the receivables on each day (negative: took away)."""
        which = [ENTRY_KINDS.index(kind) for kind in kinds]
        total: Cents = self._flows[which].sum(axis=0)
        return total

    @cached_property
    def ar(self) -> Cents:
        """What all customers owed at the end of each day."""
        inside = [kind for kind in ENTRY_KINDS if kind not in OUTSIDE_AR]
        return np.cumsum(self.flow(*inside), axis=1)

    @property
    def overdue(self) -> Cents:
        """What they owed past the due date at the end of each day. Credits are not netted against it."""
        return self.past(1)

    @cached_property
    def owed(self) -> Cents:
        """What they owed at the end of each day before credits: the balance is this and the (negative) credits."""
        rows = self.documents.rows
        return np.cumsum(
            self.by_day(self.run_at[rows], self.day_at[rows], self.documents.owed_change), axis=1
        )

    def past(self, days: int, clock: Clock = "due_on") -> Cents:
        """What was owed at least so many days past the due date (or another date) at the end of each day."""
        return self.once(("past", days, clock), lambda: self._past(days, clock, times_date=False))

    def past_days(self, clock: Clock = "due_on") -> Cents:
        """What was overdue at the end of each day times the days it was overdue, summed."""

        def build() -> Cents:
            total: Cents = self.past(1, clock) * np.arange(self.days + 1) - self._past(
                1, clock, times_date=True
            )
            return total

        return self.once(("past_days", clock), build)

    def _past(self, days: int, clock: Clock, *, times_date: bool) -> Cents:
        rows, owed = self.documents.rows, self.documents.owed_change
        date = self.ledger.entries[clock].to_numpy()[rows].astype(np.int64) - self.ledger.first + 1
        date = np.minimum(date, self.days + 1)  # later than that it does not matter within these days
        begins = np.maximum(self.day_at[rows], np.maximum(date + days, 0))
        return np.cumsum(self.by_day(self.run_at[rows], begins, owed * date if times_date else owed), axis=1)

    @cached_property
    def sales(self) -> Cents:
        """Net credit sales of each day: invoices less credit notes and cancelled invoices."""
        cancelled = self.is_kind("reversal") & (self.amount < 0)
        reversals = self.by_day(self.run_at[cancelled], self.day_at[cancelled], self.amount[cancelled])
        return self.flow("invoice", "credit_note") + reversals

    @cached_property
    def recoveries(self) -> Cents:
        """Cash received each day on what was written off before."""
        return np.abs(self.flow("recovery"))

    @cached_property
    def cash(self) -> Cents:
        """Cash at the end of each day."""
        table = self.ledger.cash
        opening = codes(table["kind"], CASH_KINDS) == CASH_KINDS.index("opening")
        days = self.day_index(table["happened_on"], opening=opening)
        return np.cumsum(
            self.by_day(self.run_index(table), days, table["amount_fen"].to_numpy(np.int64)), axis=1
        )

    @cached_property
    def collection_cost(self) -> Cents:
        """What collecting cost each day: collectors' pay and training, moves, dispute desk, agencies, courts."""
        return -self.cash_flow(*COLLECTION_COSTS)

    def cash_flow(self, *kinds: str) -> Cents:
        """What movements of these kinds brought (negative: took) at the bank on each day."""
        table = self.ledger.cash
        mine = np.isin(codes(table["kind"], CASH_KINDS), [CASH_KINDS.index(kind) for kind in kinds])
        moved = table[mine]
        days = self.day_index(moved["happened_on"])
        return self.by_day(self.run_index(moved), days, moved["amount_fen"].to_numpy(np.int64))

    # --- actions ----------------------------------------------------------------------------------------------

    @cached_property
    def action_kind(self) -> NDArray[np.int8]:
        """Kind of each action, as index into ACTION_KINDS."""
        return codes(self.ledger.actions["kind"], ACTION_KINDS)

    def actions(self, kind: str) -> pd.DataFrame:
        """The actions of one kind, up to the last day, in order of their days."""
        table = self.ledger.actions
        mine = (self.action_kind == ACTION_KINDS.index(kind)) & (
            table["happened_on"].to_numpy() <= self.ledger.last
        )
        chosen: pd.DataFrame = table[mine]
        return chosen.sort_values("happened_on", kind="stable")

    # --- periods ----------------------------------------------------------------------------------------------

    def periods(self, every: Every = "month") -> Periods:
        """The periods of this ledger."""
        return periods_between(self.ledger.first, self.ledger.last, every)

    @staticmethod
    def at_end(matrix: Cents, periods: Periods) -> Cents:
        """The last day of each period. Shape (runs, periods)."""
        return matrix[:, periods.closing_at]

    @staticmethod
    def at_begin(matrix: Cents, periods: Periods) -> Cents:
        """The evening before each period. Shape (runs, periods)."""
        return matrix[:, periods.opening_at]

    @staticmethod
    def total(matrix: Cents, periods: Periods) -> Cents:
        """The sum over each period's days. Shape (runs, periods)."""
        running = np.cumsum(matrix, axis=1)
        return running[:, periods.closing_at] - running[:, periods.opening_at]

    def count(
        self,
        periods: Periods,
        runs: NDArray[np.integer],
        days: NDArray[np.integer],
        weights: Cents | None = None,
    ) -> Cents:
        """How many (or how much) fell into each period? Day numbers in, shape (runs, periods) out."""
        period = periods.of_day(days)
        inside = period >= 0
        total = np.zeros(self.runs * len(periods), dtype=np.int64)
        np.add.at(total, (runs * len(periods) + period)[inside], 1 if weights is None else weights[inside])
        return total.reshape(self.runs, len(periods))


def codes(column: "pd.Series[str]", names: tuple[str, ...]) -> NDArray[np.int8]:
    """A column of named values as indices into these names."""
    found = column.cat.categories
    if tuple(found) == names:
        return np.asarray(column.array.codes)  # type: ignore[attr-defined]
    place = np.array([names.index(name) for name in found], dtype=np.int8)
    return place[column.cat.codes.to_numpy()]
