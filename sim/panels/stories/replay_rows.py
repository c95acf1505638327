"""Which rows of the ledger lie behind a number? As a table to read, with the place of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.model.ledger import NO_DOCUMENT
from sim.panels.parts.look import safe
from sim.panels.stories.replay_life import Life
from sim.panels.stories.replay_story import Table
from sim.words import Words

Ints = NDArray[np.int64]
MOST_ROWS = 120
LETTERS: dict[str, str] = {"orders": "O", "entries": "E", "actions": "A", "cash": "C"}
"""A row is named by its table's letter and its place in it: E17 is the seventeenth entry, counted from 0."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "orders": (
        "row", "order", "customer", "amount_fen", "wanted_on", "held_on", "hold_reason", "released_on", "lost_on",
    ),
    "entries": ("row", "happened_on", "kind", "customer", "document", "against", "amount_fen", "due_on"),
    "actions": (
        "row", "happened_on", "kind", "customer", "document", "move", "outcome", "amount_fen", "until", "minutes",
    ),
    "cash": ("row", "happened_on", "kind", "amount_fen", "balance_fen"),
    "claims": ("document", "customer", "due_on", "late", "amount_fen"),
}  # fmt: skip
NUMBERS = frozenset({"amount_fen", "balance_fen", "late", "minutes"})
_NAMED = {
    "hold_reason": "hold_reason",
    "move": "move",
    "outcome": "outcome",
}


@dataclass(frozen=True, eq=False)
class Rows:
    """Writes rows of one year's ledger in one language."""

    words: Words
    life: Life

    def behind(self, figure: str, day: int) -> str:
        """The rows behind a day's number."""
        date = self.words.date(self.life.story.first + day)
        head = f'<p class="arlab-rows-date">{safe(date)}</p>'
        if figure == "overdue":
            return head + self.claims(self.life.story.overdue_claims(day))
        table, rows = self.life.story.rows_behind(figure, day)
        return head + self.table(table, rows)

    def table(self, name: Table, rows: Ints) -> str:
        """These rows of one table of the ledger, and what they come to."""
        say = self.words.say
        if not len(rows):
            return f'<p class="arlab-soft">{safe(say("replay.rows.none"))}</p>'
        whole: pd.DataFrame = getattr(self.life.ledger, name)
        part = whole.iloc[rows].assign(row=[f"{LETTERS[name]}{row}" for row in rows])
        told = {
            "count": self.words.number(len(rows)),
            "table": say(f"replay.table.{name}"),
        }
        if name == "actions":  # amounts of actions say what was at stake, and may be told several times
            head = say("replay.rows.count", **told)
        else:
            head = say("replay.rows.total", amount=self._exact(part["amount_fen"].sum()), **told)
        if name == "entries":
            head += " " + say("replay.rows.signs")
        return self._written(head, part, COLUMNS[name], name)

    def claims(self, claims: pd.DataFrame) -> str:
        """Open claims, and what they come to."""
        told = {
            "count": self.words.number(len(claims)),
            "amount": self._exact(claims["amount_fen"].sum()),
        }
        return self._written(
            self.words.say("replay.rows.claims", **told), claims, COLUMNS["claims"], "entries"
        )

    def _written(self, head: str, part: pd.DataFrame, columns: Sequence[str], table: str) -> str:
        shown = part.head(MOST_ROWS)
        writers = [self._writer(column, table) for column in columns]
        heads = "".join(
            f"<th{_right(column)}>{safe(self.words.say(f'replay.column.{column}'))}</th>"
            for column in columns
        )
        body = "".join(
            "<tr>"
            + "".join(
                f"<td{_right(column)}>{safe(write(value))}</td>"
                for column, write, value in zip(columns, writers, row, strict=True)
            )
            + "</tr>"
            for row in shown[list(columns)].itertuples(index=False)
        )
        more = ""
        if len(part) > len(shown):
            more = " " + self.words.say("replay.rows.first", count=self.words.number(len(shown)))
        return (
            f'<p class="arlab-soft">{safe(head)}{safe(more)}</p>'
            f'<div class="arlab-rows"><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
        )

    def _writer(self, column: str, table: str) -> Callable[[Any], str]:
        """How is a value of this column written?"""
        if column == "kind":
            branch = {"entries": "entry", "actions": "action", "cash": "cash"}[table]
            return lambda value: self.words.say(f"{branch}.{value}")
        if column in _NAMED:
            return lambda value: self.words.say(f"{_NAMED[column]}.{value}") if value else ""
        if column == "customer":
            names = self.life.names(self.words.lang)
            return lambda value: names[value] if value >= 0 else ""
        if column in ("document", "against"):
            return lambda value: self.life.document(int(value))
        if column in ("amount_fen", "balance_fen"):
            return self._exact
        if column.endswith("_on") or column == "until":
            return lambda value: "" if value == NEVER else self.words.date(int(value))
        return lambda value: "" if value == NO_DOCUMENT else str(value)

    def _exact(self, fen: Any) -> str:
        return self.words.money(int(fen), self.life.currency, exact=True)


def _right(column: str) -> str:
    return ' class="arlab-right"' if column in NUMBERS else ""
