"""What has happened so far? Every department writes here; at the end it becomes the ledger's tables."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER, Day
from sim.base.ordering import order_by
from sim.model.ledger import (
    ACTION_DTYPES,
    ACTION_KINDS,
    CASH_DTYPES,
    CASH_KINDS,
    ENTRY_DTYPES,
    ENTRY_KINDS,
    NO_DOCUMENT,
    OUTCOMES,
    table,
)  # fmt: skip
from sim.world import Lives

Rows = NDArray[np.integer]
Amounts = NDArray[np.int64]
Cells = int | NDArray[Any]  # one value for all rows or one for each
ENTRY_CODE, ACTION_CODE = (
    {kind: code for code, kind in enumerate(kinds)} for kinds in (ENTRY_KINDS, ACTION_KINDS)
)
RAISING = frozenset({"opening", "invoice", "interest", "bill_bounced", "reversal"})
"""Entries that raise what is open; a reversal given below zero cancels an invoice."""
_MIXED = {
    "document": np.int64, "move": np.int8, "outcome": np.int8, "until": np.int32, "minutes": np.int32,
}  # fmt: skip
"""Columns of actions of which a piece holds one value for all its rows or one for each."""


class Piece(NamedTuple):
    """Actions of one kind and day; of the last five, one value for all of them or one for each."""

    kind: int
    day: Day
    run: Rows
    customer: Rows
    amounts: Amounts
    document: Cells
    move: Cells
    outcome: Cells
    until: Cells
    minutes: Cells


class Log:
    """Entries and actions as they happen, in pieces of columns."""

    def __init__(self, lives: Lives, customers: int, first: Day):
        self.lives, self.customers, self.first = lives, customers, first
        self._run_of, self._customer_of = np.divmod(np.arange(lives.behaviour.size), customers)
        self._entries: list[tuple[Any, ...]] = []  # kind, day, rows, signed amounts, documents
        self._actions: list[Piece] = []

    def entry(
        self, kind: str, day: Day, rows: Rows, amounts: Amounts, document: Amounts | None = None
    ) -> None:
        """Amounts acting on invoices; amounts are given without sign. The document is the invoice's own by default."""
        if len(rows):
            sign = 1 if kind in RAISING else -1
            own = self.lives.number[rows] if document is None else document
            self._entries.append((ENTRY_CODE[kind], day, rows, sign * amounts, own))

    def on_invoices(
        self, kind: str, day: Day, rows: Rows, amounts: Amounts, *, until: Cells = NEVER, outcome: Cells = 0
    ) -> None:
        """An action on single invoices."""
        if not len(rows):
            return
        who = (self.lives.run[rows], self.lives.customer[rows])
        self._action(kind, day, who, amounts, self.lives.number[rows], until=until, outcome=outcome)

    def on_accounts(
        self,
        kind: str,
        day: Day,
        cells: Rows,
        amounts: Amounts,
        *,
        move: Cells = 0,
        outcome: Cells = 0,
        minutes: Cells = 0,
        until: Cells = NEVER,
    ) -> None:
        """An action on whole accounts, given as cells."""
        if not len(cells):
            return
        who = (self._run_of[cells], self._customer_of[cells])
        self._action(kind, day, who, amounts, move=move, outcome=outcome, minutes=minutes, until=until)

    def on_company(self, kind: str, day: Day, runs: Rows, amounts: Amounts, *, outcome: int = 0) -> None:
        """Something that happened to the seller itself, in these runs."""
        nobody = np.full(len(runs), NO_DOCUMENT)
        self._action(kind, day, (runs, nobody), amounts, outcome=outcome)

    def _action(
        self,
        kind: str,
        day: Day,
        who: tuple[Rows, Rows],
        amounts: Amounts,
        document: Cells = NO_DOCUMENT,
        *,
        move: Cells = 0,
        outcome: Cells = 0,
        until: Cells = NEVER,
        minutes: Cells = 0,
    ) -> None:
        if len(who[0]):
            piece = Piece(ACTION_CODE[kind], day, *who, amounts, document, move, outcome, until, minutes)
            self._actions.append(piece)

    def totals_since(self, mark: int, runs: int) -> tuple[Amounts, Amounts, int]:
        """Sums by run and kind of the entries since this mark (what raised, what lowered the balance); the new mark.

        Two arrays (runs, ENTRY_KINDS). The mark is 0 at the start.
        """
        pieces = self._entries[mark:]
        sums = np.zeros((2, runs, len(ENTRY_KINDS)), dtype=np.int64)
        if pieces:
            row, amount = _joined([piece[2] for piece in pieces]), _joined([piece[3] for piece in pieces])
            kind = np.repeat([piece[0] for piece in pieces], [len(piece[2]) for piece in pieces])
            np.add.at(sums, ((amount < 0).astype(np.intp), self.lives.run[row], kind), amount)
        return sums[0], sums[1], len(self._entries)

    def actions_since(
        self, place: int, kinds: frozenset[int]
    ) -> tuple[list[tuple[int, Amounts, Cells]], int]:
        """Actions of these kinds since this place, as kind, cells and outcome; and the place reached."""
        found = [
            (a.kind, a.run.astype(np.int64) * self.customers + a.customer, a.outcome)
            for a in self._actions[place:]
            if a.kind in kinds
        ]
        return found, len(self._actions)

    def postings(self, kind: str, after: Day) -> tuple[Rows, Amounts, Amounts]:
        """Entries of one kind written later than this day: invoice rows, amounts without sign, days."""
        code, rows, amounts, days = ENTRY_CODE[kind], [], [], []
        for piece in reversed(self._entries):
            if piece[1] <= after:
                break
            if piece[0] == code:
                rows.append(piece[2])
                amounts.append(np.abs(piece[3]))
                days.append(np.full(len(piece[2]), piece[1], dtype=np.int64))
        return _joined(rows).astype(np.intp), _joined(amounts), _joined(days)

    def entries_table(self, run_names: NDArray[np.int32], invoiced_on: Rows, due_on: Rows) -> pd.DataFrame:
        """All entries, sorted by run, day, document, kind and invoice."""
        kinds, days, rows, amounts, documents = ([piece[k] for piece in self._entries] for k in range(5))
        lengths = [len(piece) for piece in rows]
        row, amount, document = _joined(rows), _joined(amounts), _joined(documents)
        kind = np.repeat(np.array(kinds, dtype=np.int8), lengths)
        day = np.repeat(np.array(days, dtype=np.int32), lengths)
        order = order_by(self.lives.run.take(row), day, document, kind, self.lives.number.take(row))
        row, day, due = row.take(order), day.take(order), due_on.take(row.take(order))
        return table(
            ENTRY_DTYPES,
            {
                "run": run_names.take(self.lives.run.take(row)), "happened_on": day, "known_on": day.copy(),
                "customer": self.lives.customer.take(row), "kind": kind.take(order),
                "document": document.take(order), "against": self.lives.number.take(row),
                "amount_fen": amount.take(order), "invoiced_on": invoiced_on.take(row),
                "due_on": due, "original_due_on": due.copy(),
            },
        )  # fmt: skip

    def actions_table(self, run_names: NDArray[np.int32]) -> pd.DataFrame:
        """All actions, sorted by run, day, customer, kind and document; what is left equal, as it happened."""
        pieces = self._actions
        run, customer = self._each("run", np.int32), self._each("customer", np.int32)
        amounts = self._each("amounts", np.int64)
        lengths = [len(piece.run) for piece in pieces]
        mixed = {name: self._mixed(name, lengths) for name in _MIXED}
        kind = np.repeat(np.array([piece.kind for piece in pieces], dtype=np.int8), lengths)
        day = np.repeat(np.array([piece.day for piece in pieces], dtype=np.int32), lengths)
        order = order_by(run, day, customer, kind, mixed["document"])
        day = day.take(order)
        return table(
            ACTION_DTYPES,
            {
                "run": run_names.take(run.take(order)), "happened_on": day, "known_on": day.copy(),
                "customer": customer.take(order), "kind": kind.take(order), "amount_fen": amounts.take(order),
                **{name: column.take(order) for name, column in mixed.items()},
            },
        )  # fmt: skip

    def _each(self, name: str, dtype: type[np.integer]) -> NDArray[Any]:
        """A column that has one value for each action."""
        return _joined([getattr(piece, name) for piece in self._actions]).astype(dtype, copy=False)

    def _mixed(self, name: str, lengths: list[int]) -> NDArray[Any]:
        """A column of which a piece holds one value for all its actions or one for each."""
        values = [getattr(piece, name) for piece in self._actions]
        same = [0 if isinstance(value, np.ndarray) else value for value in values]
        column = np.repeat(np.array(same, dtype=_MIXED[name]), lengths)
        end = 0
        for value, length in zip(values, lengths, strict=True):
            end += length
            if isinstance(value, np.ndarray):
                column[end - length : end] = value
        return column


def cash_table(run_names: NDArray[np.int32], first: Day, opening: Amounts, flows: Amounts) -> pd.DataFrame:
    """All movements that are not 0 and the balance after each. `flows`: (runs, days, CASH_KINDS) signed."""
    runs, _, kinds = flows.shape
    wide = np.concatenate([np.zeros((runs, 1, kinds), dtype=np.int64), flows], axis=1)
    wide[:, 0, CASH_KINDS.index("opening")] = opening
    balance = np.cumsum(wide.reshape(runs, -1), axis=1).reshape(wide.shape)
    shown = wide != 0
    shown[:, 0, CASH_KINDS.index("opening")] = True
    run, day, kind = np.nonzero(shown)
    return table(
        CASH_DTYPES,
        {
            "run": run_names[run], "happened_on": first - 1 + day, "kind": kind, "amount_fen": wide[shown],
            "balance_fen": balance[shown],
        },
    )  # fmt: skip


def outcome_code(name: str) -> int:
    """The code of an outcome in the actions table."""
    return OUTCOMES.index(name)


def _joined(pieces: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64)
