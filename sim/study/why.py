"""Why do receivables or cash differ between two policies? Parts that add up to the whole difference, run by run.

Receivables at the end are written as

    sales a day * (days not yet due + days overdue before write-offs) - written off + what is left over

with sales a day the net credit sales of the last 91 days, days the balances of the last evening over those sales, and
"left over" payments not yet matched. The effect of each factor is its change times the mean of what it is multiplied
with under both policies, so the effects add up exactly: the volume of sales, the terms (days not yet due), lateness
(days overdue; what was written off counts as if it were still overdue), and write-offs.

Cash at the end is opening cash and every movement at the bank. What customers paid is written as sales less what more
is owed at the end, less what was written off and discounted, and what came otherwise or is not yet money (bills in
hand, deposits, recoveries, indemnities, interest). The rest of the movements are grouped by what they are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measure import Books
from sim.measure.books import COLLECTION_COSTS
from sim.model.ledger import CASH_KINDS
from sim.study.lives import Life

Floats = NDArray[np.float64]
SALES_DAYS = 91

FROM_CUSTOMERS = ("receipt", "recovery", "deposit", "bill_matured", "bill_discounted", "indemnity")
MOVEMENTS: Mapping[str, tuple[str, ...]] = {
    "goods": ("supplier", "stock"),
    "collection": COLLECTION_COSTS,
    "financing": ("factoring", "loan"),
    "financing_cost": ("interest", "factoring_fee", "loan_interest", "bank_fee", "premium"),
    "taxes": ("vat", "tax"),
    "running": ("fixed_cost", "commission", "service", "information", "rebate"),
}
"""The movements at the bank beside what customers paid, by what they are for. Every kind stands in one group."""

RECEIVABLES = ("sales", "terms", "lateness", "written_off", "unmatched")
CASH = ("sales", "sooner", "written_off", "discounts", "otherwise", *MOVEMENTS)


@dataclass(frozen=True, eq=False)
class Why:
    """A figure under both policies, and the parts of its change, each of shape (runs,)."""

    figure: str
    baseline: Floats
    alternative: Floats
    parts: dict[str, Floats]

    @property
    def difference(self) -> Floats:
        """Alternative minus baseline."""
        return self.alternative - self.baseline


def why(figure: str, baseline: Life, alternative: Life) -> Why:
    """Why does this figure (`ar` or `cash`) differ at the end of the time?"""
    first, second = baseline.books, alternative.books
    if figure == "cash":
        before, after = cash_terms(first), cash_terms(second)
        parts = {name: after[name] - before[name] for name in CASH}
        return Why(figure, _last(first.cash), _last(second.cash), parts)
    return Why(figure, _last(first.ar), _last(second.ar), _receivables(first, second))


def _receivables(first: Books, second: Books) -> dict[str, Floats]:
    before, after = receivables_terms(first), receivables_terms(second)
    change = {name: after[name] - before[name] for name in before}
    middle = {name: (after[name] + before[name]) / 2 for name in before}
    return {
        "sales": change["sales_a_day"] * (middle["days_not_due"] + middle["days_overdue"]),
        "terms": middle["sales_a_day"] * change["days_not_due"],
        "lateness": middle["sales_a_day"] * change["days_overdue"],
        "written_off": -change["written_off"],
        "unmatched": change["unmatched"],
    }


def receivables_terms(books: Books) -> dict[str, Floats]:
    """What the receivables of the last evening are made of, each of shape (runs,).

    sales_a_day * (days_not_due + days_overdue) - written_off + unmatched = receivables.
    """
    window = min(SALES_DAYS, books.days)
    sales = books.sales[:, -window:].sum(axis=1) / window
    owed, overdue, balance = (_last(matrix) for matrix in (books.owed, books.overdue, books.ar))
    written_off = -books.flow("write_off").sum(axis=1).astype(np.float64)
    sells = sales > 0
    not_due_days = np.divide(owed - overdue, sales, out=np.zeros_like(sales), where=sells)
    overdue_days = np.divide(overdue + written_off, sales, out=np.zeros_like(sales), where=sells)
    return {
        "sales_a_day": np.where(sells, sales, 0.0),
        "days_not_due": not_due_days,
        "days_overdue": overdue_days,
        "written_off": np.where(sells, written_off, 0.0),
        "unmatched": np.where(sells, balance - owed, balance),
    }


def cash_terms(books: Books) -> dict[str, Floats]:
    """What the cash of the last evening came from, beside the opening balance, each of shape (runs,)."""
    moved = {name: _total(books.cash_flow(*kinds)) for name, kinds in MOVEMENTS.items()}
    paid = _total(books.cash_flow(*FROM_CUSTOMERS))
    sales = _total(books.sales)
    sooner = books.ar[:, 0].astype(np.float64) - _last(books.ar)
    written_off, discounts = (_total(books.flow(kind)) for kind in ("write_off", "discount"))  # both negative
    otherwise = paid - sales - sooner - written_off - discounts
    return {
        "sales": sales,
        "sooner": sooner,
        "written_off": written_off,
        "discounts": discounts,
        "otherwise": otherwise,
        **moved,
    }


def _last(matrix: NDArray[np.int64]) -> Floats:
    return matrix[:, -1].astype(np.float64)


def _total(matrix: NDArray[np.int64]) -> Floats:
    return matrix[:, 1:].sum(axis=1).astype(np.float64)


def unknown_movements() -> set[str]:
    """Which kinds of movement at the bank stand in no group? None; a test keeps it so."""
    grouped = {kind for kinds in MOVEMENTS.values() for kind in kinds} | {*FROM_CUSTOMERS, "opening"}
    return set(CASH_KINDS) - grouped
