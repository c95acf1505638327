"""How does an ERP export become a ledger, and what must its reader know?"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER, Day, day_of
from sim.base.errors import BadInput, Problem, Problems, Worded
from sim.intake.amounts import Amounts, read_amounts
from sim.intake.build import build_ledger
from sim.intake.columns import (
    NUMBER_FIELDS,
    YES,
    Choices,
    ColumnChoice,
    choose_columns,
    read_days,
    value_fit,
)
from sim.intake.dates import date_texts
from sim.intake.ids import read_ids
from sim.intake.mapping import DATE_FIELDS, FIELDS, NOT_THERE, REQUIRED, UNKNOWN_CURRENCY, FieldName, Mapping
from sim.intake.orders import DateColumn, OrderFinding, decide_orders
from sim.intake.part_payments import part_payments
from sim.intake.report import Content, Gap, LeftOut, Note, Report
from sim.intake.rows import Rows, left_out_by, notes_on, repeated, sift
from sim.intake.source import Source, read_source
from sim.model.ledger import Ledger

_CURRENCY_WORDS = {"人民币": "CNY", "RMB": "CNY", "美元": "USD", "欧元": "EUR", "港币": "HKD", "日元": "JPY"}
_FEWEST_READABLE = 0.5
_SEARCHED = 1_000


@dataclass(frozen=True)
class Imported:
    """The ledgers of an export, one per currency, the largest first; the quality report; the mapping as it was used."""

    ledgers: tuple[Ledger, ...]
    report: Report
    mapping: Mapping

    @property
    def ledger(self) -> Ledger:
        """The one ledger. Raises BadInput when there are several currencies: they are never added."""
        if len(self.ledgers) > 1:
            known = {"known": ", ".join(ledger.currency for ledger in self.ledgers)}
            raise BadInput([Problem("import.several_currencies", "currency", len(self.ledgers), known)])
        return self.ledgers[0]


def import_file(
    path: str | Path,
    mapping: Mapping | None = None,
    *,
    currency: str | None = None,
    today: date | None = None,
) -> Imported:
    """The ledger of a CSV or Excel export. What the mapping leaves open is guessed, with evidence, or refused.

    `currency` picks the rows of one currency, or states it where the file does not. Dates after `today` (default: the
    day it is) cannot have happened. Raises BadInput with every problem found.
    """
    mapping = mapping or Mapping()
    if currency is not None:
        mapping = Mapping.checked({**mapping.model_dump(), "currency": currency.strip().upper()})
    source = read_source(Path(path), mapping)
    problems = Problems()
    choices = choose_columns(source.frame, mapping, problems)
    _demand(choices, mapping, source, problems)
    amounts = _amounts(source, choices, mapping, problems)
    limit = day_of(mapping.as_of or today or date.today())  # noqa: DTZ011 - a calendar day, not a moment
    checks = {
        name: read_days(source.frame[column]) for name in NUMBER_FIELDS if (column := choices.column(name))
    }
    days, findings = _dates(source, choices, mapping, checks, limit, problems)
    problems.stop_if_any()
    assert amounts is not None
    rows = _rows(source, choices, mapping, amounts, checks, days)
    return _assembled(source, choices, mapping, rows, findings, limit)


def _demand(choices: Choices, mapping: Mapping, source: Source, problems: Problems) -> None:
    """What no ledger can do without."""
    headers = ", ".join(map(str, source.frame.columns))
    misfits = {choice.field: choice for choice in choices.turned_down if source.frame[choice.column].any()}
    for name in REQUIRED:
        if name not in choices.taken and not mapping.columns.get(name) and name not in misfits:
            problems.add("import.field_missing", f"columns.{name}", None, known=headers)
    stated = {name for name in FIELDS if mapping.columns.get(name, NOT_THERE) != NOT_THERE}
    has = set(choices.taken) | stated
    wanted: list[FieldName] = [name for name in REQUIRED if name not in has]
    if "due_on" not in has and (
        "invoiced_on" not in has or not ("net_days" in has or mapping.net_days is not None)
    ):
        if "due_on" not in misfits:
            problems.add("import.no_due_date", "columns.due_on", None, known=headers)
        wanted.append("due_on")
    if not {"invoiced_on", "settled_on"} & has:
        if "invoiced_on" not in misfits:
            problems.add("import.no_event_date", "columns.invoiced_on", None, known=headers)
        wanted.append("invoiced_on")
    for name in wanted:
        if name in misfits:
            _tell_misfit(source, misfits[name], problems)


def _tell_misfit(source: Source, choice: ColumnChoice, problems: Problems) -> None:
    """A column of the right name with the wrong values: name one of them."""
    filled = (value for value in source.frame[choice.column].head(_SEARCHED) if value)
    wrong = (value for value in filled if value_fit(pd.Series([value]), choice.field) == 0)
    values = {"fit": f"{choice.fit:.0%}", "example": next(wrong, "")}
    problems.add("import.field_misfit", f"columns.{choice.field}", choice.column, **values)


def _amounts(source: Source, choices: Choices, mapping: Mapping, problems: Problems) -> Amounts | None:
    column = choices.column("amount")
    if column is None:
        return None
    amounts = read_amounts(source.frame[column], mapping.decimal)
    if amounts is None:
        example = source.frame[column][source.frame[column].str.contains("[.,]")].iloc[0]
        problems.add("import.decimal_ambiguous", "decimal", column, example=example)
        return None
    unread = ~amounts.readable & ~amounts.blank
    if unread.sum() > (1 - _FEWEST_READABLE) * max(int((~amounts.blank).sum()), 1):
        example = source.frame[column].iloc[int(np.flatnonzero(unread)[0])]
        problems.add("import.not_amounts", "columns.amount", column, rows=int(unread.sum()), example=example)
    return amounts


def _dates(
    source: Source,
    choices: Choices,
    mapping: Mapping,
    checks: dict[FieldName, NDArray[np.float64]],
    limit: Day,
    problems: Problems,
) -> tuple[dict[FieldName, NDArray[np.int64]], tuple[OrderFinding, ...]]:
    columns = [
        DateColumn(name, column, date_texts(source.frame[column]), mapping.dates.get(name))
        for name in DATE_FIELDS
        if (column := choices.column(name))
    ]
    numbers: dict[str, NDArray[np.float64]] = {str(name): check for name, check in checks.items()}
    return decide_orders(columns, numbers, limit, problems)


def _rows(
    source: Source,
    choices: Choices,
    mapping: Mapping,
    amounts: Amounts,
    checks: dict[FieldName, NDArray[np.float64]],
    days: dict[FieldName, NDArray[np.int64]],
) -> Rows:
    frame = source.frame

    def values(name: FieldName) -> "pd.Series[str] | None":
        column = choices.column(name)
        return None if column is None else frame[column]

    customer, document = values("customer"), values("document")
    assert customer is not None
    invoiced = days.get("invoiced_on")
    due = days.get("due_on")
    if due is None:
        assert invoiced is not None
        due = _due_from_terms(invoiced, checks.get("net_days"), mapping.net_days)
    blank: dict[str, NDArray[np.bool_]] = {"due_on": due == NEVER}
    for name in DATE_FIELDS:
        if column := choices.column(name):
            blank[name] = np.asarray(frame[column] == "")
    return Rows(
        lines=source.lines, customer=read_ids(customer),
        document=None if document is None else read_ids(document, drop_zeros=True), name=values("name"),
        invoiced_on=invoiced, due_on=due, settled_on=days.get("settled_on"), amounts=amounts,
        disputed=_flags(values("disputed")), is_open=_flags(values("is_open")),
        days_to_settle=checks.get("days_to_settle"), days_late=checks.get("days_late"), company=values("company"),
        blank=blank,
    )  # fmt: skip


def _due_from_terms(
    invoiced: NDArray[np.int64], terms: NDArray[np.float64] | None, net_days: int | None
) -> NDArray[np.int64]:
    """Due = invoice date + terms; the column of terms where filled, else the terms the mapping states."""
    each = np.full(len(invoiced), np.nan) if terms is None else terms
    each = np.where(np.isfinite(each), each, np.nan if net_days is None else net_days)
    known = np.isfinite(each) & (invoiced != NEVER)
    return np.where(known, invoiced + np.where(known, each, 0).astype(np.int64), NEVER)


def _flags(values: "pd.Series[str] | None") -> NDArray[np.float64] | None:
    if values is None:
        return None
    said = values.str.lower()
    return np.where(said == "", np.nan, said.isin(YES).to_numpy(dtype=np.float64))


def _assembled(
    source: Source,
    choices: Choices,
    mapping: Mapping,
    rows: Rows,
    findings: tuple[OrderFinding, ...],
    limit: Day,
) -> Imported:
    stated = mapping.as_of is not None
    currencies = _currencies(source, choices, mapping)
    reasons = left_out_by(rows, source.frame, mapping.duplicates == "drop", limit, stated)
    if mapping.currency and choices.column("currency"):
        reasons["other_currency"] = currencies != mapping.currency
    used, left_out = sift(rows, reasons, currencies)
    if not used.any():
        raise BadInput([_nothing_left(found) for found in left_out])
    names = pd.Series(currencies[used]).value_counts(sort=True)
    as_of = day_of(mapping.as_of) if mapping.as_of else None
    ledgers = tuple(
        build_ledger(rows, used & (currencies == name), str(name), as_of, mapping.complete)
        for name in sorted(names.index, key=lambda name: (-names[name], name))
    )
    notes = [*_on_currencies(choices, mapping, currencies, reasons), *notes_on(rows, used, limit, stated)]
    if mapping.duplicates == "keep" and (same := repeated(source.frame) & used).any():
        notes.append(Note("duplicates_kept", "check", {"rows": int(same.sum())}))
    notes += part_payments(source.frame, (choice.column for choice in choices.taken.values()), rows, used)
    if any(found.reason == "duplicate" for found in left_out):
        notes += _unproved_duplicates(rows, reasons["duplicate"])
    notes += [note for ledger in ledgers for note in _on_completeness(ledger, stated)]
    report = _report(source, choices, findings, left_out, tuple(notes), ledgers, int(used.sum()))
    return Imported(ledgers, report, _as_used(mapping, source, choices, findings, rows, ledgers))


def _currencies(source: Source, choices: Choices, mapping: Mapping) -> NDArray[np.object_]:
    """The currency of each row: from its column, else as stated, else from the header of the amount, else unknown."""
    column = choices.column("currency")
    if column is not None:
        texts = source.frame[column].str.upper().replace(_CURRENCY_WORDS).replace({"": UNKNOWN_CURRENCY})
        return texts.to_numpy(dtype=object)
    every = mapping.currency or choices.header_currency or UNKNOWN_CURRENCY
    return np.full(len(source.frame), every, dtype=object)


def _on_currencies(
    choices: Choices,
    mapping: Mapping,
    currencies: NDArray[np.object_],
    reasons: dict[str, NDArray[np.bool_]],
) -> list[Note]:
    """Are there several, and how is the one known? A line of totals is no invoice and has none of its own."""
    if choices.column("currency") is not None:
        found = pd.Series(currencies[~reasons["total_line"]]).value_counts()
        listed = tuple((str(name), int(count)) for name, count in found.items())
        return [Note("several_currencies", "warning", {"currencies": listed})] if len(found) > 1 else []
    if currencies[0] == UNKNOWN_CURRENCY:
        return [Note("currency_not_stated", "warning")]
    if mapping.currency is None:
        values = {"currency": currencies[0], "column": choices.column("amount")}
        return [Note("currency_from_header", "info", values)]
    return []


def _nothing_left(found: LeftOut) -> Problem:
    reason = Worded(f"import.left_out.{found.reason}")
    return Problem("import.nothing_left", "FILE", found.rows, {"reason": reason})


def _unproved_duplicates(rows: Rows, repeats: NDArray[np.bool_]) -> list[Note]:
    """Repeated rows without a document number may be two real invoices."""
    unnamed = repeats if rows.document is None else repeats & (rows.document.values == "")
    if not unnamed.any():
        return []
    values = {"rows": int(unnamed.sum()), "all": int(repeats.sum())}
    return [Note("duplicates_without_number", "check", values, tuple(map(int, rows.lines[unnamed][:5])))]


def _on_completeness(ledger: Ledger, stated: bool) -> list[Note]:
    notes = []
    if "receipt" not in ledger.coverage:
        notes.append(Note("open_items_only", "warning", {"currency": ledger.currency}))
    elif "open_items" not in ledger.coverage:
        notes.append(Note("settled_items_only", "warning", {"currency": ledger.currency}))
    if "open_items" in ledger.coverage and not stated:
        notes.append(Note("as_of_assumed", "check", {"last": ledger.last, "currency": ledger.currency}))
    if "invoice_dates" not in ledger.coverage:
        notes.append(Note("no_invoice_dates", "warning", {"currency": ledger.currency}))
    return notes


def _report(
    source: Source,
    choices: Choices,
    findings: tuple[OrderFinding, ...],
    left_out: tuple[LeftOut, ...],
    notes: tuple[Note, ...],
    ledgers: tuple[Ledger, ...],
    rows_used: int,
) -> Report:
    taken = {choice.column for choice in choices.taken.values()}
    return Report(
        source=source.name, encoding=source.encoding, delimiter=source.delimiter, sheet=source.sheet,
        header_line=source.header_line, rows_read=len(source.frame), rows_used=rows_used,
        columns=tuple(choices.taken.values()), turned_down=choices.turned_down,
        unused=tuple(str(column) for column in source.frame.columns if column not in taken), dates=findings,
        left_out=left_out, notes=notes, gaps=_gaps(source.frame), contents=tuple(map(_content, ledgers)),
    )  # fmt: skip


def _gaps(frame: pd.DataFrame) -> tuple[Gap, ...]:
    """Columns with blanks, those blank in the same rows together."""
    groups: dict[bytes, list[str]] = {}
    counts: dict[bytes, int] = {}
    for column in frame.columns:
        blank = np.asarray(frame[column] == "")
        if blank.any():
            key = np.packbits(blank).tobytes()
            groups.setdefault(key, []).append(str(column))
            counts[key] = int(blank.sum())
    return tuple(Gap(tuple(columns), counts[key]) for key, columns in groups.items())


def _content(ledger: Ledger) -> Content:
    entries = ledger.entries
    billed = entries["kind"].isin(["invoice", "opening"])
    return Content(
        currency=ledger.currency, invoices=int(billed.sum()),
        open_items=int(billed.sum() - (entries["kind"] == "receipt").sum()), customers=len(ledger.customers),
        amount_fen=int(entries["amount_fen"][billed].sum()), first=ledger.first, last=ledger.last,
        coverage=ledger.coverage,
    )  # fmt: skip


def _as_used(
    mapping: Mapping,
    source: Source,
    choices: Choices,
    findings: tuple[OrderFinding, ...],
    rows: Rows,
    ledgers: tuple[Ledger, ...],
) -> Mapping:
    """The mapping with every guess written down, ready to be saved and corrected by hand."""
    columns: dict[str, str] = dict.fromkeys(FIELDS, NOT_THERE)
    columns |= {name: choice.column for name, choice in choices.taken.items()}
    stated = mapping.currency
    if stated is None and choices.column("currency") is None and ledgers[0].currency != UNKNOWN_CURRENCY:
        stated = ledgers[0].currency
    return Mapping.checked(
        {
            **mapping.model_dump(), "columns": columns, "dates": {found.field: found.order for found in findings},
            "currency": stated, "decimal": rows.amounts.decimal, "sheet": source.sheet or None,
            "encoding": source.encoding or None, "delimiter": source.delimiter or None,
        }
    )  # fmt: skip
