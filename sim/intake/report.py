"""What was read, what was left out and why, what can the ledger not say? Data; worded in `sim.intake.render`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sim.base.days import Day
from sim.intake.columns import ColumnChoice
from sim.intake.orders import OrderFinding

Level = Literal["info", "check", "warning"]
LEVELS: tuple[Level, ...] = ("warning", "check", "info")

LEFT_OUT_REASONS = (
    "total_line", "other_currency", "duplicate", "no_customer", "no_amount", "amount_unreadable", "zero_amount",
    "negative_amount", "no_invoice_date", "invoice_date_unreadable", "no_due_date", "due_date_unreadable",
    "settled_date_unreadable", "invoiced_in_future", "settled_in_future", "settled_before_invoiced",
)  # fmt: skip
"""Why a row is left out; a row counts under the first reason that holds."""


@dataclass(frozen=True)
class LeftOut:
    """Rows left out for one reason, what they amount to, and where the first of them stand.

    The amount counts what is readable; it is None when the rows are of several currencies.
    """

    reason: str
    rows: int
    amount_fen: int | None
    currency: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Note:
    """One thing a controller should know or look into: words key `import.note.<rule>`, figures, file lines."""

    rule: str
    level: Level
    values: Mapping[str, object] = field(default_factory=dict)
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Gap:
    """Columns that are blank in exactly the same rows."""

    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Content:
    """What one ledger holds."""

    currency: str
    invoices: int
    open_items: int
    customers: int
    amount_fen: int
    first: Day
    last: Day
    coverage: frozenset[str]


@dataclass(frozen=True)
class Report:
    """The quality report of an import."""

    source: str
    encoding: str
    delimiter: str
    sheet: str
    header_line: int
    rows_read: int
    rows_used: int
    columns: tuple[ColumnChoice, ...]
    turned_down: tuple[ColumnChoice, ...]
    unused: tuple[str, ...]
    dates: tuple[OrderFinding, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[Note, ...]
    gaps: tuple[Gap, ...]
    contents: tuple[Content, ...]
