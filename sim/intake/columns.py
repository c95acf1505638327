"""Which column holds what? Guessed from the header, believed only when the values agree."""

import difflib
import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.errors import Problems
from sim.intake.amounts import read_amounts
from sim.intake.dates import DATE_ORDERS, UNREAD, date_texts, read_dates
from sim.intake.headers import CURRENCY_NAMES, HEADERS
from sim.intake.mapping import DATE_FIELDS, FIELDS, NOT_THERE, FieldName, Mapping

NUMBER_FIELDS: tuple[FieldName, ...] = ("net_days", "days_to_settle", "days_late")
FLAG_FIELDS: tuple[FieldName, ...] = ("disputed", "is_open")
_ENOUGH = 0.9
_SAMPLE = 2_000
_DAYS = re.compile(r"^(?:net|n/?)?\s*(-?\d{1,4})(?:\.0+)?\s*(?:days?|d|天)?$", flags=re.IGNORECASE)
YES = frozenset({"yes", "y", "true", "1", "1.0", "x", "是", "有", "争议", "open", "未清", "t"})
NO = frozenset({"no", "n", "false", "0", "0.0", "", "否", "无", "无争议", "closed", "已清", "f"})


@dataclass(frozen=True)
class ColumnChoice:
    """Which column was taken for a field, and why: `stated` or guessed from its `header`; share of values that fit."""

    field: FieldName
    column: str
    evidence: str
    fit: float
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choices:
    """All columns taken, a currency read out of a header, and columns whose header fitted but not their values."""

    taken: dict[FieldName, ColumnChoice]
    header_currency: str
    turned_down: tuple[ColumnChoice, ...]

    def column(self, field: FieldName) -> str | None:
        """The column of a field, None when the export has none."""
        return self.taken[field].column if field in self.taken else None


def choose_columns(frame: pd.DataFrame, mapping: Mapping, problems: Problems) -> Choices:
    """The column of each field: as the mapping states it, else guessed. Problems: stated but absent, or twice."""
    taken: dict[FieldName, ColumnChoice] = {}
    turned_down: list[ColumnChoice] = []
    for field in FIELDS:
        stated = mapping.columns.get(field)
        if stated is not None and stated != NOT_THERE:
            if stated not in frame.columns:
                near = difflib.get_close_matches(stated, frame.columns, n=3, cutoff=0.3) or list(
                    frame.columns
                )
                problems.add("import.no_such_column", f"columns.{field}", stated, known=", ".join(near))
            else:
                taken[field] = ColumnChoice(field, stated, "stated", value_fit(frame[stated], field))
    _no_column_twice(taken, problems)
    used = {choice.column for choice in taken.values()}
    for field in FIELDS:
        if field in taken or field in mapping.columns:
            continue
        named = [column for column in _by_header(frame, field) if column not in used]
        fits = [(column, value_fit(frame[column], field)) for column in named]
        good = [pair for pair in fits if pair[1] >= _ENOUGH]
        turned_down += [ColumnChoice(field, column, "header", fit) for column, fit in fits if fit < _ENOUGH]
        if good:
            others = tuple(column for column, _ in good[1:])
            taken[field] = ColumnChoice(field, good[0][0], "header", good[0][1], others)
            used.add(good[0][0])
    amount = taken.get("amount")
    currency = _currency_in(amount.column) if amount else ""
    return Choices(_name_for_customer(taken, mapping), currency, tuple(turned_down))


def _name_for_customer(
    taken: dict[FieldName, ColumnChoice], mapping: Mapping
) -> dict[FieldName, ColumnChoice]:
    """An export with names but without customer numbers: the name is the id."""
    if "customer" in taken or "customer" in mapping.columns or "name" not in taken:
        return taken
    name = taken["name"]
    rest: dict[FieldName, ColumnChoice] = dict(taken)
    del rest["name"]
    rest["customer"] = ColumnChoice("customer", name.column, name.evidence, name.fit)
    return rest


def _no_column_twice(taken: dict[FieldName, ColumnChoice], problems: Problems) -> None:
    by_column: dict[str, list[str]] = {}
    for field, choice in taken.items():
        by_column.setdefault(choice.column, []).append(field)
    for column, fields in by_column.items():
        if len(fields) > 1:
            problems.add("import.column_twice", f"columns.{fields[-1]}", column, fields=", ".join(fields))


def _by_header(frame: pd.DataFrame, field: FieldName) -> list[str]:
    """The columns whose header means this field, the usual names first."""
    ranks = {name: rank for rank, name in enumerate(HEADERS[field])}
    found = []
    for place, column in enumerate(frame.columns):
        plain = plain_header(str(column))
        bare = plain_header(_without_currency(str(column)))
        rank = min(ranks.get(plain, len(ranks)), ranks.get(bare, len(ranks)))
        if rank < len(ranks):
            found.append((rank, place, str(column)))
    return [column for _, _, column in sorted(found)]


def plain_header(text: str) -> str:
    """A header without case, spaces, punctuation and full-width forms: "Invoice No." is invoiceno."""
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = re.sub(r"\.\d+$", "", plain)  # the second column of the same name
    return re.sub(r"[^0-9a-z\u4e00-\u9fff]", "", plain)


def _without_currency(column: str) -> str:
    return re.sub(rf"[\s_(（\-]*({CURRENCY_NAMES})[)）\s]*$", "", column, flags=re.IGNORECASE)


def _currency_in(column: str) -> str:
    """A currency named at the end of a header: `invoice_amount_usd`, 金额(CNY), 金额（元）."""
    found = re.search(
        rf"(?:[_\s(（\-]|[\u4e00-\u9fff])({CURRENCY_NAMES})[)）\s]*$", column, flags=re.IGNORECASE
    )
    code = found.group(1).upper() if found else ""
    return {"RMB": "CNY", "元": "CNY", "人民币": "CNY"}.get(code, code)


def read_days(values: "pd.Series[str]") -> NDArray[np.float64]:
    """A number of days per row ("30", "30.0", "net 30", "30天"); NaN where it is none."""
    found = values.str.extract(_DAYS, expand=False)
    return pd.to_numeric(found, errors="coerce").to_numpy(dtype=np.float64)


def value_fit(values: "pd.Series[str]", field: FieldName) -> float:
    """Which share of the filled values (of a sample) can be what this field holds? 1 when nothing is filled."""
    filled = values[values != ""]
    if len(filled) == 0:
        return 1.0 if field in ("settled_on", *FLAG_FIELDS) else 0.0
    step = max(len(filled) // _SAMPLE, 1)
    sample = filled.iloc[::step].reset_index(drop=True)
    if field in DATE_FIELDS:
        texts = date_texts(sample)
        dated = np.any([read_dates(texts.texts, order) != UNREAD for order in DATE_ORDERS], axis=0)
        counts = texts.counts
        return float(counts[dated].sum() / counts.sum()) if len(counts) else 1.0
    if field == "amount":
        amounts = read_amounts(sample, ".")
        other = read_amounts(sample, ",")
        assert amounts is not None
        assert other is not None
        return max(float(amounts.readable.mean()), float(other.readable.mean()))
    if field in NUMBER_FIELDS:
        return float(np.isfinite(read_days(sample)).mean())
    if field in FLAG_FIELDS:
        return float(sample.str.lower().isin(YES | NO).mean())
    if field == "currency":
        return float(sample.str.fullmatch(r"[A-Za-z]{3}|人民币|美元|欧元|港币|日元").mean())
    return 1.0
