"""In which order does each date column write its dates? One order per column, decided by evidence, or not at all.

Two kinds of evidence. A value that is no date in the other order (31/12/2012 is not month 31) speaks for its own
column. What must hold between columns (due not before invoice, settled - invoice = the supplied days to settle ...)
speaks for the orders of several columns at once. Rows never decide for themselves: 3 of 8 dates can be read both ways.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day
from sim.base.errors import Problems
from sim.intake.dates import DATE_ORDERS, UNREAD, DateOrder, DateTexts, read_dates
from sim.intake.mapping import FieldName

_ENOUGH = 0.99  # of the filled values must be dates in the order of their column
_MOST = (
    0.5  # of them when the mapping states the order: rows that do not fit are left out, but not most of them
)
_CLEAR = 0.05  # so much more agreement decides between two orders
_SAMPLE = 20_000
Days = NDArray[np.int64]


@dataclass(frozen=True)
class Agreement:
    """How many of the rows that can be tested agree with a rule between columns."""

    rule: str
    tested: int
    agree: int
    detail: str = ""

    @property
    def share(self) -> float:
        """Which share of the tested rows agrees?"""
        return self.agree / self.tested if self.tested else 0.0


@dataclass(frozen=True)
class OrderFinding:
    """The order of one column and why: `stated`, `only` (values impossible otherwise), `rules`, `same` (no matter)."""

    field: FieldName
    column: str
    order: DateOrder
    evidence: str
    filled: int
    unread: int
    impossible: int = 0  # values that are no date in the next best order
    other: str = ""
    example: str = ""
    unread_example: str = ""
    agreements: tuple[Agreement, ...] = ()


@dataclass(frozen=True)
class DateColumn:
    """A date column to be decided: its texts, and the order the mapping states."""

    field: FieldName
    column: str
    texts: DateTexts
    stated: DateOrder | None = None


@dataclass(frozen=True)
class _Reading:
    order: DateOrder
    days: Days  # per distinct text
    rows: int  # rows that can be read


def decide_orders(
    columns: Iterable[DateColumn],
    checks: Mapping[str, NDArray[np.float64]],
    today: Day,
    problems: Problems,
) -> tuple[dict[FieldName, Days], tuple[OrderFinding, ...]]:
    """The day of every row per field, and the finding for each column. Problems: unreadable, mixed, ambiguous.

    `checks` are numbers supplied in the export (`net_days`, `days_to_settle`, `days_late`), NaN where absent.
    """
    columns = tuple(columns)
    candidates = {column.field: _candidates(column, problems) for column in columns}
    if any(not found for found in candidates.values()):
        return {}, ()
    chosen, alternatives = _by_rules(columns, candidates, checks, today)
    findings = []
    for column in columns:
        mine = chosen[column.field]
        rivals = [
            reading for reading in candidates[column.field] if not np.array_equal(reading.days, mine.days)
        ]
        findings.append(_finding(column, mine, bool(rivals), len(candidates[column.field])))
        if rivals and column.stated is None and not alternatives[column.field]:
            problems.add(
                "import.date_order_ambiguous", f"dates.{column.field}", column.column,
                orders=", ".join(reading.order for reading in candidates[column.field]), example=column.texts.texts[0],
            )  # fmt: skip
    days = {column.field: column.texts.by_row(chosen[column.field].days) for column in columns}
    agreements = _agreements(days, checks, today)
    named = tuple(replace(found, agreements=_about(found.field, agreements)) for found in findings)
    return days, named


def _candidates(column: DateColumn, problems: Problems) -> list[_Reading]:
    """The orders in which (nearly) all values of the column are dates; one only when the mapping states it."""
    filled = int(column.texts.counts.sum())
    readings = [_reading(column, order) for order in DATE_ORDERS]
    if column.stated:
        stated = [reading for reading in readings if reading.order == column.stated]
        if stated[0].rows >= _MOST * filled:
            return stated
    elif filled == 0:
        return readings[:1]
    readings.sort(key=lambda reading: -reading.rows)
    best, second = readings[0], readings[1]
    if best.rows >= _ENOUGH * filled and not column.stated:
        return [reading for reading in readings if reading.rows == best.rows]
    if second.rows > (1 - _ENOUGH) * filled and not column.stated:
        problems.add(
            "import.date_orders_mixed", f"dates.{column.field}", column.column,
            first=best.order, first_example=_only(column, best, second),
            second=second.order, second_example=_only(column, second, best),
        )  # fmt: skip
        return []
    mine = _reading(column, column.stated) if column.stated else best
    unread = column.texts.texts[int(np.flatnonzero(mine.days == UNREAD)[0])]
    problems.add(
        "import.dates_unreadable", f"dates.{column.field}", column.column,
        rows=filled - mine.rows, filled=filled, example=unread, order=best.order,
    )  # fmt: skip
    return []


def _reading(column: DateColumn, order: DateOrder) -> _Reading:
    days = read_dates(column.texts.texts, order)
    return _Reading(order, days, int(column.texts.counts[days != UNREAD].sum()))


def _only(column: DateColumn, mine: _Reading, other: _Reading) -> str:
    """A value that is a date in one reading and not in the other."""
    at = np.flatnonzero((mine.days != UNREAD) & (other.days == UNREAD))
    return column.texts.texts[int(at[0])] if len(at) else ""


def _by_rules(
    columns: tuple[DateColumn, ...],
    candidates: Mapping[FieldName, list[_Reading]],
    checks: Mapping[str, NDArray[np.float64]],
    today: Day,
) -> tuple[dict[FieldName, _Reading], dict[FieldName, bool]]:
    """The combination of orders that agrees best with the rules between columns; which columns it decides clearly."""
    names = [column.field for column in columns]
    step = max(len(columns[0].texts.codes) // _SAMPLE, 1) if columns else 1
    sampled = {name: check[::step] for name, check in checks.items()}
    scored = []
    for combination in product(*(candidates[name] for name in names)):
        days = {
            column.field: column.texts.by_row(reading.days)[::step]
            for column, reading in zip(columns, combination, strict=True)
        }
        shares = {found.rule: found.share for found in _agreements(days, sampled, today) if found.tested}
        scored.append((combination, shares))
    best, shares = max(scored, key=lambda pair: sum(pair[1].values()))
    decided = {}
    for place, name in enumerate(names):
        rivals = [
            other for combination, other in scored
            if not np.array_equal(combination[place].days, best[place].days)
        ]  # fmt: skip
        decided[name] = all(_clearly_better(shares, other) for other in rivals)
    return dict(zip(names, best, strict=True)), decided


def _clearly_better(mine: Mapping[str, float], other: Mapping[str, float]) -> bool:
    gains = [mine.get(rule, 0.0) - other.get(rule, 0.0) for rule in {*mine, *other}]
    return bool(gains) and max(gains) >= _CLEAR and min(gains) > -_CLEAR


def _agreements(
    days: Mapping[FieldName, Days], checks: Mapping[str, NDArray[np.float64]], today: Day
) -> list[Agreement]:
    """How far do the dates so read agree with what must hold between columns?"""
    nothing = np.zeros(0, dtype=np.int64)
    invoiced, due = days.get("invoiced_on", nothing), days.get("due_on", nothing)
    settled = days.get("settled_on", nothing)
    found = [
        _not_before("due_not_before_invoice", invoiced, due),
        _not_before("settled_not_before_invoice", invoiced, settled),
        _few_terms(invoiced, due),
        _equals("terms", invoiced, due, checks.get("net_days")),
        _equals("days_to_settle", invoiced, settled, checks.get("days_to_settle")),
        _equals("days_late", due, settled, checks.get("days_late")),
    ]
    found += [_not_future(name, days[name], today) for name in ("invoiced_on", "settled_on") if name in days]
    found += [_steady(name, column) for name, column in days.items()]
    return [agreement for agreement in found if agreement is not None and agreement.tested]


def _span(start: Days, end: Days) -> Days | None:
    if len(start) == 0 or len(end) == 0:
        return None
    span: Days = (end - start)[(start != UNREAD) & (end != UNREAD)]
    return span


def _not_before(name: str, start: Days, end: Days) -> Agreement | None:
    span = _span(start, end)
    return None if span is None else Agreement(name, len(span), int((span >= 0).sum()))


def _few_terms(invoiced: Days, due: Days) -> Agreement | None:
    """The three commonest terms: a ledger has few of them, a misread one has hundreds."""
    span = _span(invoiced, due)
    if span is None or len(span) == 0:
        return None
    terms, counts = np.unique(span, return_counts=True)
    top = np.argsort(-counts, kind="stable")[:3]
    detail = ", ".join(str(int(terms[at])) for at in top)
    return Agreement("few_terms", len(span), int(counts[top].sum()), detail)


def _equals(name: str, start: Days, end: Days, supplied: NDArray[np.float64] | None) -> Agreement | None:
    if supplied is None or len(start) == 0 or len(end) == 0:
        return None
    known = (start != UNREAD) & (end != UNREAD) & np.isfinite(supplied)
    span, stated = (end - start)[known], supplied[known]
    return Agreement(
        f"equals_{name}", int(known.sum()), int(((span == stated) | ((stated == 0) & (span < 0))).sum())
    )


def _not_future(name: str, column: Days, today: Day) -> Agreement:
    known = column[column != UNREAD]
    return Agreement(f"not_future.{name}", len(known), int((known <= today).sum()))


def _steady(name: str, column: Days) -> Agreement | None:
    """Rows in the order of their dates: only worth saying when nearly all steps go one way."""
    known = column[column != UNREAD]
    if len(known) < 20:
        return None
    steps = np.diff(known)
    up, down = int((steps >= 0).sum()), int((steps <= 0).sum())
    return (
        Agreement(f"in_order.{name}", len(steps), max(up, down))
        if max(up, down) >= 0.98 * len(steps)
        else None
    )


def _about(field: FieldName, agreements: list[Agreement]) -> tuple[Agreement, ...]:
    """The agreements that say something about this column."""
    pairs = {
        "due_not_before_invoice": ("invoiced_on", "due_on"),
        "settled_not_before_invoice": ("invoiced_on", "settled_on"), "few_terms": ("invoiced_on", "due_on"),
        "equals_terms": ("invoiced_on", "due_on"),
        "equals_days_to_settle": ("invoiced_on", "settled_on"), "equals_days_late": ("due_on", "settled_on"),
    }  # fmt: skip
    return tuple(
        found for found in agreements if field in pairs.get(found.rule, (found.rule.partition(".")[2],))
    )


def _finding(column: DateColumn, mine: _Reading, has_rivals: bool, candidates: int) -> OrderFinding:
    counts, texts = column.texts.counts, column.texts.texts
    filled = int(counts.sum())
    unread = np.flatnonzero(mine.days == UNREAD)
    evidence = "stated" if column.stated else "rules" if has_rivals else "only" if candidates == 1 else "same"
    finding = OrderFinding(
        column.field, column.column, mine.order, evidence, filled, filled - mine.rows,
        unread_example=texts[int(unread[0])] if len(unread) else "",
    )  # fmt: skip
    others = [order for order in DATE_ORDERS if order != mine.order]
    readings = [_Reading(order, read_dates(texts, order), 0) for order in others]
    next_best = max(readings, key=lambda reading: int(counts[reading.days != UNREAD].sum()))
    impossible = (mine.days != UNREAD) & (next_best.days == UNREAD)
    return replace(
        finding,
        impossible=int(counts[impossible].sum()),
        other=next_best.order,
        example=_only(column, mine, next_best),
    )
