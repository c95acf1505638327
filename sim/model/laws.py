"""Which laws of bookkeeping does a ledger break? None, ever; tests ask this of every ledger.

The same sums as in sim.measure, worked out another way, document by document.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER, date_of
from sim.model.accounts import closings_of
from sim.model.ledger import NO_DOCUMENT, OUTSIDE_AR, Ledger
from sim.model.table_checks import check_tables

__all__ = ["BrokenLaw", "broken_laws", "check_tables", "open_by_document"]

_STARTS = ("opening", "invoice")
_ADDS = ("opening", "invoice", "interest", "bill_bounced")
_TAKES = ("receipt", "discount", "credit_note", "bill_received", "write_off")


@dataclass(frozen=True)
class BrokenLaw:
    """A law, how many rows break it, and one of them."""

    law: str
    rows: int
    example: str

    def __str__(self) -> str:
        return f"{self.law}: {self.rows} rows, e.g. {self.example}"


def broken_laws(ledger: Ledger) -> list[BrokenLaw]:
    """All laws this ledger breaks; an empty list for a sound one."""
    found: list[BrokenLaw] = []
    for law in _LAWS:
        found += law(ledger)
    return found


def open_by_document(ledger: Ledger) -> pd.DataFrame:
    """What was open on each document after each of its entries? The entries, with `open_fen`, in that order."""
    rows = _acting(ledger)
    rows = rows[~rows["kind"].isin(OUTSIDE_AR)]
    rows = rows.sort_values(["run", "document", "happened_on", "is_later"], kind="stable")
    rows["open_fen"] = rows.groupby(["run", "document"], sort=False)["amount_fen"].cumsum()
    return rows.drop(columns="is_later")


def _acting(ledger: Ledger) -> pd.DataFrame:
    """The entries with `document` = the one they act on."""
    entries = ledger.entries
    starts = entries["kind"].isin(_STARTS)
    own = starts | (entries["against"] == NO_DOCUMENT)
    return entries.assign(document=entries["document"].where(own, entries["against"]), is_later=~starts)


# --- receivables --------------------------------------------------------------------------------------------------


def _never_below_zero(ledger: Ledger) -> Iterator[BrokenLaw]:
    """An invoice is never paid, credited or written off beyond what is open."""
    rows = open_by_document(ledger)
    last_of_day = ~rows.duplicated(["run", "document", "happened_on"], keep="last")
    billed = rows[rows["kind"].isin(_STARTS)].set_index(["run", "document"]).index
    is_billed = pd.MultiIndex.from_frame(rows[["run", "document"]]).isin(billed)
    yield from _broken("no invoice below zero", rows, is_billed & last_of_day & (rows["open_fen"] < 0))


def _nothing_before_its_invoice(ledger: Ledger) -> Iterator[BrokenLaw]:
    rows = _acting(ledger)
    born = rows[~rows["is_later"]].groupby(["run", "document"])["happened_on"].min().rename("born_on")
    rows = rows.join(born, on=["run", "document"])
    yield from _broken("no entry before its invoice", rows, rows["happened_on"] < rows["born_on"])


def _receipts_within_the_bill(ledger: Ledger) -> Iterator[BrokenLaw]:
    rows = _acting(ledger)
    rows = rows.assign(
        billed=rows["amount_fen"].where(rows["kind"].isin(("opening", "invoice", "interest")), 0),
        paid=-rows["amount_fen"].where(rows["kind"].isin(("receipt", "bill_received", "bill_bounced")), 0),
        undone=rows["amount_fen"].where((rows["kind"] == "reversal") & (rows["amount_fen"] > 0), 0),
    )
    total = rows.groupby(["run", "document"], as_index=False)[["billed", "paid", "undone"]].sum()
    too_much = (total["billed"] > 0) & (total["paid"] - total["undone"] > total["billed"])
    yield from _broken("receipts within the invoice", total, too_much)


def _one_story_per_document(ledger: Ledger) -> Iterator[BrokenLaw]:
    """All entries of a document name the same customer and the same dates, so customers and total agree."""
    rows = _acting(ledger)
    for column in ("customer", "invoiced_on", "due_on", "original_due_on"):
        spread = rows.groupby(["run", "document"], as_index=False)[column].agg(["min", "max"])
        yield from _broken(f"one {column} per document", spread, spread["min"] != spread["max"])


def _signs(ledger: Ledger) -> Iterator[BrokenLaw]:
    rows = ledger.entries
    wrong = (rows["kind"].isin(_ADDS) & (rows["amount_fen"] < 0)) | (
        rows["kind"].isin(_TAKES) & (rows["amount_fen"] > 0)
    )
    yield from _broken("signs by kind", rows, wrong)


def _within_its_days(ledger: Ledger) -> Iterator[BrokenLaw]:
    rows = ledger.entries
    early = (rows["happened_on"] < ledger.first) & (rows["kind"] != "opening")
    yield from _broken("entries within the ledger's days", rows, early | (rows["happened_on"] > ledger.last))


def _recovered_within_loss(ledger: Ledger) -> Iterator[BrokenLaw]:
    rows = _acting(ledger)
    lost = rows["amount_fen"].abs().where(rows["kind"] == "write_off", 0)
    back = rows["amount_fen"].abs().where(rows["kind"] == "recovery", 0)
    total = (
        rows.assign(lost=lost, back=back).groupby(["run", "document"], as_index=False)[["lost", "back"]].sum()
    )
    yield from _broken("recoveries within the write-off", total, total["back"] > total["lost"])


# --- knowing ------------------------------------------------------------------------------------------------------


def _known_after_it_happened(ledger: Ledger) -> Iterator[BrokenLaw]:
    for table in (ledger.entries, ledger.actions):
        yield from _broken(
            "known no earlier than it happened", table, table["known_on"] < table["happened_on"]
        )


def _the_past_stays(ledger: Ledger) -> Iterator[BrokenLaw]:
    """What could be read on a day is the same, whether cut from the whole or from what was known later."""
    third = (ledger.last - ledger.first) // 3
    early, late = ledger.first + third, ledger.first + 2 * third
    once, twice = ledger.known_by(early), ledger.known_by(late).known_by(early)
    for name in ("entries", "orders", "actions", "cash", "balance"):
        if not getattr(once, name).equals(getattr(twice, name)):
            yield BrokenLaw("the past stays as it was known", 1, name)


# --- orders and cash ----------------------------------------------------------------------------------------------


def _orders_have_one_end(ledger: Ledger) -> Iterator[BrokenLaw]:
    orders = ledger.orders
    wanted, held, released, lost = (
        orders[name] for name in ("wanted_on", "held_on", "released_on", "lost_on")
    )
    yield from _broken("released or lost, not both", orders, (released != NEVER) & (lost != NEVER))
    decided = np.minimum(released, lost)
    yield from _broken("held before released or lost", orders, (held != NEVER) & (decided < held))
    yield from _broken("nothing before it was wanted", orders, np.minimum(held, decided) < wanted)
    yield from _broken("held for a reason", orders, (held != NEVER) & (orders["hold_reason"] == ""))


def _cash_adds_up(ledger: Ledger) -> Iterator[BrokenLaw]:
    cash = ledger.cash
    expected = cash.groupby("run")["amount_fen"].cumsum()
    yield from _broken("opening cash + movements = balance", cash, expected != cash["balance_fen"])
    day = cash.groupby("run")["happened_on"].diff().fillna(0)
    yield from _broken("cash in order of days", cash, day < 0)


# --- the monthly accounts -----------------------------------------------------------------------------------------


def _accounts_agree(ledger: Ledger) -> Iterator[BrokenLaw]:
    """Balance sheet, profit, bank account and sub-ledger tell one story, to the fen, on every closing day."""
    if not len(ledger.balance):
        return
    try:
        books = closings_of(ledger.balance, ledger.runs)
    except ValueError:
        yield BrokenLaw("every account on every closing day", len(ledger.balance), "")
        return
    debts = books.total("liability", "equity")
    yield from _differ("assets = liabilities + equity", ledger, books.days, books.total("asset"), debts)
    earned = np.cumsum(books.profit, axis=1)
    yield from _differ("retained = profit so far", ledger, books.days, books.of("retained"), earned)
    money = _at_closing(ledger, ledger.cash, books.days)
    yield from _differ("cash in the accounts = bank account", ledger, books.days, books.bank, money)
    inside = ledger.entries[~ledger.entries["kind"].isin(OUTSIDE_AR)]
    owed = _at_closing(ledger, inside, books.days)
    yield from _differ("receivables = what is open", ledger, books.days, books.of("receivables"), owed)
    flow = books.cash_flow()["total"]
    yield from _differ(
        "cash flow = change at the bank", ledger, books.days[1:], flow, np.diff(books.bank, axis=1)
    )


def _at_closing(ledger: Ledger, rows: pd.DataFrame, days: NDArray[np.int32]) -> NDArray[np.int64]:
    """The sum of these rows' amounts up to each closing day, shape (runs, closings)."""
    place = np.searchsorted(days, rows["happened_on"].to_numpy())
    total = np.zeros((len(ledger.runs), len(days) + 1), dtype=np.int64)
    at = {run: row for row, run in enumerate(ledger.runs)}
    np.add.at(total, (rows["run"].map(at).to_numpy(dtype=np.intp), place), rows["amount_fen"].to_numpy())
    return np.cumsum(total, axis=1)[:, : len(days)]


def _differ(
    law: str, ledger: Ledger, days: NDArray[np.int32], left: NDArray[np.int64], right: NDArray[np.int64]
) -> Iterator[BrokenLaw]:
    wrong = np.argwhere(left != right)
    if len(wrong):
        run, day = wrong[0]
        told = f"run {ledger.runs[run]}, closed_on {date_of(int(days[day]))}: {left[run, day]} and {right[run, day]}"
        yield BrokenLaw(law, len(wrong), told)


_LAWS: tuple[Callable[[Ledger], Iterator[BrokenLaw]], ...] = (
    _never_below_zero, _nothing_before_its_invoice, _receipts_within_the_bill, _one_story_per_document, _signs,
    _within_its_days, _recovered_within_loss, _known_after_it_happened, _the_past_stays, _orders_have_one_end,
    _cash_adds_up, _accounts_agree,
)  # fmt: skip


def _broken(
    law: str, rows: pd.DataFrame, breaks: "pd.Series[bool] | NDArray[np.bool_]"
) -> Iterator[BrokenLaw]:
    which = rows[np.asarray(breaks, dtype=bool)]
    if len(which):
        yield BrokenLaw(law, len(which), _told(which.iloc[0].to_dict()))


def _told(row: dict[Any, Any]) -> str:
    parts = []
    for name, value in row.items():
        is_day = str(name).endswith("_on") and value != NEVER
        parts.append(f"{name} {date_of(int(value)) if is_day else value}")
    return ", ".join(parts)
