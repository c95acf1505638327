"""Which rows can enter the ledger, and what has to be said about the others and about them?"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER, Day
from sim.intake.amounts import Amounts
from sim.intake.ids import Ids
from sim.intake.report import LEFT_OUT_REASONS, LeftOut, Level, Note

Days = NDArray[np.int64]
Mask = NDArray[np.bool_]
EXAMPLES = 5
_TOTALS = frozenset({"合计", "总计", "小计", "合 计", "total", "totals", "sum", "grand total", "subtotal"})


@dataclass(frozen=True)
class Rows:
    """The export row by row, read: ids, days (NEVER where blank or absent), amounts and supplied checks."""

    lines: NDArray[np.int64]
    customer: Ids
    document: Ids | None
    name: "pd.Series[str] | None"
    invoiced_on: Days | None
    due_on: Days
    settled_on: Days | None
    amounts: Amounts
    disputed: NDArray[np.float64] | None  # 1 yes, 0 no, NaN not said
    is_open: NDArray[np.float64] | None
    days_to_settle: NDArray[np.float64] | None
    days_late: NDArray[np.float64] | None
    company: "pd.Series[str] | None"
    blank: dict[str, Mask]  # by date field: nothing is written there

    def __len__(self) -> int:
        return len(self.lines)


def left_out_by(
    rows: Rows, frame: pd.DataFrame, drop_duplicates: bool, limit: Day, stated: bool
) -> dict[str, Mask]:
    """For each reason of LEFT_OUT_REASONS that can hold here, the rows it holds for."""
    customer = pd.Series(rows.customer.values).astype(str)
    first = frame.iloc[:, 0].str.lower() if frame.shape[1] else customer
    total = customer.str.lower().isin(_TOTALS) | ((customer == "") & first.isin(_TOTALS))
    reasons = {
        "total_line": total.to_numpy(dtype=bool),
        "no_customer": (customer == "").to_numpy(dtype=bool),
        "no_amount": rows.amounts.blank,
        "amount_unreadable": ~rows.amounts.readable & ~rows.amounts.blank,
        "zero_amount": rows.amounts.readable & (rows.amounts.fen == 0),
        "negative_amount": rows.amounts.fen < 0,
        "no_due_date": rows.blank["due_on"],
        "due_date_unreadable": (rows.due_on == NEVER) & ~rows.blank["due_on"],
    }
    if drop_duplicates:
        reasons["duplicate"] = repeated(frame)
    if rows.invoiced_on is not None:
        reasons["no_invoice_date"] = rows.blank["invoiced_on"]
        reasons["invoice_date_unreadable"] = (rows.invoiced_on == NEVER) & ~rows.blank["invoiced_on"]
        reasons["invoiced_in_future"] = (rows.invoiced_on > limit) & (rows.invoiced_on != NEVER)
    if rows.settled_on is not None:
        reasons["settled_date_unreadable"] = (rows.settled_on == NEVER) & ~rows.blank["settled_on"]
        if not stated:
            reasons["settled_in_future"] = (rows.settled_on > limit) & (rows.settled_on != NEVER)
    if rows.settled_on is not None and rows.invoiced_on is not None:
        reasons["settled_before_invoiced"] = rows.settled_on < rows.invoiced_on
    return reasons


def repeated(frame: pd.DataFrame) -> Mask:
    """Which rows say in every column just what an earlier row says? A nameless counter column does not count."""
    content = [column for column in frame.columns if not str(column).startswith("Unnamed")]
    return np.asarray(frame.duplicated(subset=content).to_numpy(), dtype=bool)


def sift(
    rows: Rows, reasons: dict[str, Mask], currencies: NDArray[np.object_]
) -> tuple[Mask, tuple[LeftOut, ...]]:
    """Which rows are used, and what is left out under the first reason that holds."""
    used = np.ones(len(rows), dtype=bool)
    found = []
    for reason in LEFT_OUT_REASONS:
        mine = reasons.get(reason, np.zeros(len(rows), dtype=bool)) & used
        if mine.any():
            named = set(currencies[mine])
            amount = int(rows.amounts.fen[mine].sum()) if len(named) == 1 else None
            found.append(LeftOut(reason, int(mine.sum()), amount, min(named), _lines(rows, mine)))
            used &= ~mine
    return used, tuple(found)


def notes_on(rows: Rows, used: Mask, limit: Day, stated: bool) -> Iterable[Note]:
    """What is worth knowing about the rows that are used."""
    yield from _on_ids(rows, used)
    yield from _on_dates(rows, used, limit, stated)
    yield from _on_supplied_days(rows, used)
    if rows.amounts.rounded[used].any():
        yield _note(rows, "rounded", "info", rows.amounts.rounded & used)
    if (alike := _look_alike(rows, used)).any():
        yield _note(rows, "look_alike", "check", alike)
    yield from _on_customers(rows, used)


def _look_alike(rows: Rows, used: Mask) -> Mask:
    """Which used rows agree with an earlier one in customer, dates and amount?"""
    content: dict[str, NDArray[np.generic]] = {
        "customer": rows.customer.values, "due": rows.due_on, "amount": rows.amounts.fen,
    }  # fmt: skip
    for name, days in (("invoiced", rows.invoiced_on), ("settled", rows.settled_on)):
        if days is not None:
            content[name] = days
    alike = np.zeros(len(rows), dtype=bool)
    alike[used] = pd.DataFrame(content)[used].duplicated().to_numpy()
    return alike


def _on_ids(rows: Rows, used: Mask) -> Iterable[Note]:
    for part, ids in (("document", rows.document), ("customer", rows.customer)):
        if ids is None:
            continue
        if (ids.damaged & used).any():
            example = str(ids.values[int(np.flatnonzero(ids.damaged & used)[0])])
            yield _note(rows, f"{part}_id_damaged", "warning", ids.damaged & used, example=example)
        if (ids.float_tail & used).any():
            yield _note(rows, "id_with_decimals", "info", ids.float_tail & used, part=part)
        if ids.zeros_dropped:
            yield Note("zeros_dropped", "info", {"rows": ids.zeros_dropped})
    if rows.document is None:
        yield Note("no_document_column", "check")
        return
    none = (rows.document.values == "") & used
    if none.any():
        yield _note(rows, "no_document_number", "check", none)
    keys = pd.Series(rows.document.values)[used & ~rows.document.damaged & ~none]
    again = np.zeros(len(rows), dtype=bool)
    again[keys.index.to_numpy()] = keys.duplicated(keep=False).to_numpy()
    if again.any():
        yield _note(
            rows,
            "document_twice",
            "check",
            again,
            example=str(rows.document.values[np.flatnonzero(again)[0]]),
        )


def _on_dates(rows: Rows, used: Mask, limit: Day, stated: bool) -> Iterable[Note]:
    invoiced, settled = rows.invoiced_on, rows.settled_on
    if invoiced is not None and (early := (rows.due_on < invoiced) & used).any():
        yield _note(rows, "due_before_invoiced", "check", early)
    if invoiced is not None and settled is not None and (same := (settled == invoiced) & used).any():
        yield _note(rows, "settled_same_day", "info", same)
    if settled is not None and stated and (later := (settled > limit) & (settled != NEVER) & used).any():
        yield _note(rows, "settled_after_as_of", "info", later)
    if rows.is_open is not None and settled is not None:
        differs = ((rows.is_open == 1) & (settled != NEVER) | (rows.is_open == 0) & (settled == NEVER)) & used
        if differs.any():
            yield _note(rows, "open_flag_differs", "check", differs)


def _on_supplied_days(rows: Rows, used: Mask) -> Iterable[Note]:
    settled = rows.settled_on
    if settled is None:
        return
    if rows.days_to_settle is not None and rows.invoiced_on is not None:
        yield from _compared(rows, used, "days_to_settle", rows.invoiced_on, settled, rows.days_to_settle)
    if rows.days_late is not None:
        yield from _compared(rows, used, "days_late", rows.due_on, settled, rows.days_late)


def _compared(
    rows: Rows, used: Mask, name: str, start: Days, end: Days, supplied: NDArray[np.float64]
) -> Iterable[Note]:
    """Does a number of days supplied by the export agree with the dates?"""
    known = used & (start != NEVER) & (end != NEVER) & np.isfinite(supplied)
    own = end - start
    equal, floored = known & (supplied == own), known & (supplied == 0) & (own < 0)
    differs = known & ~equal & ~floored
    if not known.any():
        return
    values = {"column": name, "tested": int(known.sum()), "equal": int(equal.sum())}
    if floored.any():
        yield Note("days_floored", "check", {**values, "floored": int(floored.sum())})
    elif not differs.any():
        yield Note("days_agree", "info", values)
    if differs.any():
        yield _note(rows, "days_differ", "check", differs, **values)


def _on_customers(rows: Rows, used: Mask) -> Iterable[Note]:
    if rows.name is not None:
        pairs = pd.DataFrame({"customer": rows.customer.values, "name": rows.name})[used]
        names = pairs[pairs["name"] != ""].groupby("customer")["name"].nunique()
        if (names > 1).any():
            most = str(names.idxmax())
            yield Note(
                "several_names", "check",
                {"customers": int((names > 1).sum()), "most": int(names.max()), "example": most},
            )  # fmt: skip
    if rows.company is not None:
        companies = rows.company[used].value_counts()
        if len(companies) > 1:
            listed = tuple((str(name), int(count)) for name, count in companies.items())
            yield Note("several_companies", "warning", {"companies": listed})


def _note(
    rows: Rows, rule: str, level: Level, mask: Mask, **values: object
) -> Note:  # values fill the sentence
    return Note(rule, level, {"rows": int(mask.sum()), **values}, _lines(rows, mask))


def _lines(rows: Rows, mask: Mask) -> tuple[int, ...]:
    return tuple(int(line) for line in rows.lines[np.flatnonzero(mask)[:EXAMPLES]])
