"""By which way does one invoice become money, or not? Its steps, each from a row of the ledger.

Pure. An invoice's number is that of its order; parts and corrected invoices carry the order's number in their last
digits. Contacts are on whole accounts: shown are those made while the invoice was open and its first reminder due.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER, Day
from sim.model.ledger import NO_DOCUMENT
from sim.panels.stories.replay_life import Life

Ints = NDArray[np.int64]
Department = Literal[
    "sales", "credit", "billing", "collectors", "disputes", "legal", "bank", "customer", "nobody"
]
PathKind = Literal["on_time", "late", "held", "promise_broken", "disputed", "written_off", "open"]
PATH_KINDS: tuple[PathKind, ...] = (
    "on_time", "late", "held", "promise_broken", "disputed", "written_off", "open",
)  # fmt: skip
ORDER_DIGITS = 10**10
LATE_FROM, LATE_TO = 10, 120  # days: late, but paid in the end

ENTRY_DEPARTMENTS: dict[str, Department] = {
    "invoice": "billing",
    "receipt": "bank",
    "bill_received": "bank",
    "bill_bounced": "bank",
    "discount": "bank",
    "credit_note": "billing",
    "reversal": "billing",
    "interest": "billing",
    "write_off": "credit",
    "recovery": "bank",
}
ACTION_DEPARTMENTS: dict[str, Department] = {
    "contact": "collectors",
    "promise_made": "customer",
    "promise_kept": "collectors",
    "promise_broken": "collectors",
    "plan_made": "collectors",
    "plan_kept": "collectors",
    "plan_broken": "collectors",
    "dispute_opened": "disputes",
    "dispute_settled": "disputes",
    "handed_over": "legal",
    "handed_back": "legal",
    "court_ruling": "legal",
    "default_known": "credit",
    "deposit": "bank",
    "bill_matured": "bank",
    "bill_discounted": "bank",
    "stop_supply": "credit",
    "supply_again": "credit",
    "override": "sales",
    "order_changed": "sales",
}
ON_ACCOUNT = ("contact", "default_known", "stop_supply", "supply_again", "court_ruling")
"""Actions on a whole account that concern each invoice open at the time."""
_ORDER_OF_DAY = (
    "ordered", "order_changed", "held", "override", "released", "deposit", "invoice", "due", "receipt",
    "bill_received", "discount", "promise_kept", "contact", "promise_made", "dispute_settled", "credit_note",
    "dispute_opened", "promise_broken", "default_known", "write_off", "recovery",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One thing that happened: on which day, in whose hands, by which row of the ledger (empty: the calendar)."""

    kind: str
    day: Day
    department: Department
    row: str = ""
    amount_fen: int | None = None
    told: dict[str, Any] = field(default_factory=dict)
    """What else there is to say: `until`, `reason`, `move`, `outcome`, `minutes`."""


@dataclass(frozen=True)
class Path:
    """An invoice and its steps in order; the facts everybody asks for."""

    document: int
    customer: int
    amount_fen: int
    ordered_on: Day
    invoiced_on: Day
    due_on: Day
    settled_on: Day  # NEVER while open
    steps: tuple[Step, ...]


class Paths:
    """The invoices of one year, one by one."""

    def __init__(self, life: Life):
        self.life = life
        self._documents = life.story.books.documents
        orders = life.ledger.orders
        places = range(len(orders))
        self._order_at = dict(zip(orders["order"].tolist(), places, strict=True))
        self._entries = life.ledger.entries
        self._actions = life.ledger.actions
        self._acted_on = np.where(
            self._entries["kind"].isin(("invoice", "opening")),
            self._entries["document"],
            self._entries["against"],
        )

    def of_kind(self, kind: PathKind) -> list[int]:
        """Which invoices went this way? Numbers of documents, in order."""
        found = self._documents
        ordered = np.array([int(code) % ORDER_DIGITS in self._order_at for code in found.code], dtype=bool)
        whole = found.is_invoice & ordered & (found.code < ORDER_DIGITS)
        return [int(code) for code in np.sort(found.code[whole & self._went(kind)])]

    def _went(self, kind: PathKind) -> NDArray[np.bool_]:
        found = self._documents
        late = np.where(found.settled_on == NEVER, 0, found.settled_on - found.due_on)
        plain = found.is_paid & ~self._had("dispute_opened") & ~self._had("promise_broken")
        if kind == "on_time":
            return plain & (late <= 0)
        if kind == "late":
            return plain & (late >= LATE_FROM) & (late <= LATE_TO)
        if kind == "held":
            return found.is_paid & self._held()
        if kind == "promise_broken":
            return found.is_paid & self._had("promise_broken") & ~self._had("dispute_opened")
        if kind == "disputed":
            return found.is_paid & self._had("dispute_settled")
        if kind == "written_off":
            return found.is_written_off
        return (found.settled_on == NEVER) & (found.due_on < self.life.ledger.last)

    def _had(self, kind: str) -> NDArray[np.bool_]:
        named = self._actions["document"].to_numpy()[(self._actions["kind"] == kind).to_numpy()]
        return np.isin(self._documents.code, named)

    def _held(self) -> NDArray[np.bool_]:
        orders = self.life.ledger.orders
        held = orders["order"].to_numpy()[orders["held_on"].to_numpy() != NEVER]
        return np.isin(self._documents.code, held)

    def of(self, document: int) -> Path:
        """The path of one invoice."""
        at = int(np.flatnonzero(self._documents.code == document)[0])
        found = self._documents
        settled = int(found.settled_on[at])
        steps = [
            *self._order_steps(document),
            *self._entry_steps(document),
            *self._action_steps(document, int(found.customer[at]), self._open_days(at)),
        ]
        if found.due_on[at] <= min(settled, self.life.ledger.last):
            steps.append(Step("due", int(found.due_on[at]), "nobody"))
        if settled == NEVER:
            left = int(found.open_at(self.life.story.days)[at])
            steps.append(Step("still_open", self.life.ledger.last, "nobody", amount_fen=left))
        steps.sort(key=_in_order)
        return Path(
            document=document,
            customer=int(found.customer[at]),
            amount_fen=int(found.billed[at]),
            ordered_on=min(step.day for step in steps),
            invoiced_on=int(found.invoiced_on[at]),
            due_on=int(found.due_on[at]),
            settled_on=settled,
            steps=tuple(steps),
        )

    def _open_days(self, at: int) -> tuple[Day, Day]:
        """From which day on is this invoice reminded of, and until when is it open?"""
        collection = self.life.policy.collection
        first = min((step.days for step in collection.ladder), default=0) + collection.ladder_shift_days
        found = self._documents
        begins = max(int(found.invoiced_on[at]), int(found.due_on[at]) + first)
        return begins, int(found.settled_on[at])

    def _order_steps(self, document: int) -> list[Step]:
        place = self._order_at.get(document % ORDER_DIGITS)
        if place is None:
            return []
        (row,), name = self.life.records("orders", [place]), f"O{place}"
        steps = [Step("ordered", row.wanted_on, "sales", name, row.amount_fen)]
        if row.held_on != NEVER:
            steps.append(Step("held", row.held_on, "credit", name, told={"reason": row.hold_reason}))
        if row.released_on != NEVER:
            steps.append(Step("released", row.released_on, "credit", name))
        return steps

    def _entry_steps(self, document: int) -> list[Step]:
        rows = self.life.records("entries", np.flatnonzero(self._acted_on == document))
        return [
            Step(row.kind, row.happened_on, ENTRY_DEPARTMENTS[row.kind], f"E{row.Index}", row.amount_fen)
            for row in rows
            if row.kind != "opening"
        ]

    def _action_steps(self, document: int, customer: int, open_days: tuple[Day, Day]) -> list[Step]:
        table, (begins, ends) = self._actions, open_days
        day = table["happened_on"].to_numpy()
        mine = (table["document"] == document) & table["kind"].isin(list(ACTION_DEPARTMENTS))
        account = (table["customer"] == customer) & (table["document"] == NO_DOCUMENT)
        account &= table["kind"].isin(ON_ACCOUNT) & (day >= begins) & (day <= ends)
        rows = self.life.records("actions", np.flatnonzero(mine | account))
        silent = _silences([row for row in rows if row.document == document])
        contacts = [
            row for row in rows if row.kind == "contact" and row.happened_on < ends and not silent(row)
        ]
        about = {row.Index for row in self._about(document, contacts)}
        return [
            Step(
                row.kind,
                row.happened_on,
                ACTION_DEPARTMENTS[row.kind],
                f"A{row.Index}",
                row.amount_fen,
                _rest(row),
            )
            for row in rows
            if row.kind != "contact" or row.Index in about
        ]

    def _about(self, document: int, contacts: list[Any]) -> list[Any]:
        """Which contacts with the customer can have been about this invoice? Those when a step of the ladder was due.

        A step is done once it was sent, or somebody was reached; it cannot have been about less than is owed.
        """
        collection = self.life.policy.collection
        steps = [step.days + collection.ladder_shift_days for step in collection.ladder]
        due_on = int(self._documents.due_on[self._documents.code == document][0])
        days, amounts = (self._entries[name].to_numpy() for name in ("happened_on", "amount_fen"))
        mine, done, about = self._acted_on == document, -NEVER, []
        for contact in contacts:
            late = contact.happened_on - due_on
            owed = int(amounts[mine & (days < contact.happened_on)].sum())
            if owed > contact.amount_fen or not any(done < step <= late for step in steps):
                continue
            about.append(contact)
            done = done if contact.outcome == "not_reached" else late
        return about


def _kind(row: Any) -> str:
    """What kind of step is an action? A contact without a move is what an agency did in our name."""
    return "unlawful" if row.kind == "contact" and not row.move else str(row.kind)


def _rest(row: Any) -> dict[str, Any]:
    """What else an action's row says."""
    return {"until": row.until, "move": row.move, "outcome": row.outcome, "minutes": row.minutes}


def _silences(own: list[Any]) -> Callable[[Any], bool]:
    """Was nobody to be asked for this invoice that morning: disputed, or promised and not yet judged?"""
    found = []
    for begins, ends in (
        ("dispute_opened", ("dispute_settled",)),
        ("promise_made", ("promise_kept", "promise_broken")),
    ):
        for start in (row.happened_on for row in own if row.kind == begins):
            later = [row.happened_on for row in own if row.kind in ends and row.happened_on >= start]
            found.append((start, min(later, default=NEVER)))
    return lambda contact: any(start < contact.happened_on <= end for start, end in found)


def _in_order(step: Step) -> tuple[Day, int]:
    """By day; on one day as the day's work goes."""
    known = step.kind in _ORDER_OF_DAY
    return step.day, _ORDER_OF_DAY.index(step.kind) if known else len(_ORDER_OF_DAY)


def stretches(path: Path, last: Day) -> list[tuple[str, int]]:
    """Into which stretches do the days from order to cash fall, and how long is each?

    Deciding on the order, then delivering and invoicing, the agreed term, and what is late. What is paid before its due
    day has no late days.
    """
    released = next((step.day for step in path.steps if step.kind == "released"), path.invoiced_on)
    end = last if path.settled_on == NEVER else path.settled_on
    marks = [
        ("deciding", path.ordered_on, released),
        ("invoicing", released, path.invoiced_on),
        ("term", path.invoiced_on, min(path.due_on, end)),
        ("late", path.due_on, end),
    ]
    return [(name, max(to - start, 0)) for name, start, to in marks]
