"""On which assumptions does a comparison rest most, how sure are we of each, and how far may each be off?

Not all of the model's figures (each declares its own label and range, see `sim.model.figures`), but those that decide
what a credit policy is worth: the seller's own figures, what is assumed of customers, and how they answer to us.
Words: `assumption.<key>`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from sim.model.agency import AGENCY
from sim.model.escalation import ESCALATION
from sim.model.figures import figures_of
from sim.model.order_to_cash import FULFILMENT, HOUSE, TERMS
from sim.model.plan_rules import PLAN_RULES
from sim.model.portfolio import Portfolio
from sim.model.products import FACTORING_NON_RECOURSE, FACTORING_RECOURSE, PLEDGE_LOAN
from sim.model.relationship import DEMAND, RELATIONSHIP, SALES
from sim.model.staffing import STAFFING
from sim.model.suit import SUIT

Place = Literal["company", "customers", "model"]
Shown = Literal["share", "bp", "d", "fen", "index", "times"]
"""`bp`: kept in basis points, read as percent. `index`: a plain number on its own scale."""


@dataclass(frozen=True)
class Assumption:
    """One figure with its label (F fitted, P, Pm, R, A) and its range.

    `group`, `field`: where it stands: an object of `sim.model` (place `model`), a field of `Company`, or a column of
    customers, whose mean `base` is and which the range scales as a whole. `branches`: it matters where a policy
    moves these branches of levers; empty: always.
    """

    key: str
    place: Place
    group: Any
    field: str
    base: float
    low: float
    high: float
    basis: str
    unit: Shown
    branches: tuple[str, ...] = ()

    @property
    def words_key(self) -> str:
        """Where its name stands in `sim/words`."""
        return f"assumption.{self.key}"


# field, unit, low and high as a change: added to the company's own figure.
_COMPANY: tuple[tuple[str, Shown, int, int], ...] = (
    ("margin_bp", "bp", -500, 500),
    ("fixed_cost_bp", "bp", -200, 200),
    ("opening_cash_days", "d", -15, 15),
    ("capital_bp", "bp", -300, 400),
    ("bank_bp", "bp", -150, 250),
    ("collector_fen_per_month", "fen", -300_000, 600_000),
)
# column, unit, the label's name in the portfolio's basis, low and high as a multiple.
_CUSTOMERS: tuple[tuple[str, Shown, str, float, float], ...] = (
    ("default_bp_year", "bp", "defaults", 0.5, 2.0),
    ("lgd_bp", "bp", "defaults", 0.7, 1.3),
    ("dispute_bp", "bp", "disputes", 0.5, 2.0),
    ("term_response_bp", "bp", "demand", 0.3, 2.0),
    ("patience_days", "d", "demand", 0.5, 2.0),
)
_ALWAYS: tuple[str, ...] = ()
_MODEL: tuple[tuple[str, Any, str, Shown, tuple[str, ...]], ...] = (
    ("relationship", RELATIONSHIP, "churn_year", "share", _ALWAYS),
    ("relationship", RELATIONSHIP, "churn_slope", "share", _ALWAYS),
    ("relationship", RELATIONSHIP, "half_life_days", "d", _ALWAYS),
    ("relationship", RELATIONSHIP, "haste_per_point", "share", _ALWAYS),
    ("relationship", RELATIONSHIP, "appetite_per_point", "share", _ALWAYS),
    ("relationship", RELATIONSHIP, "held_points", "index", ("credit",)),
    ("relationship", RELATIONSHIP, "lost_points", "index", ("credit",)),
    ("relationship", RELATIONSHIP, "stop_points", "index", ("credit", "collection")),
    ("relationship", RELATIONSHIP, "fatigue_points", "index", ("collection",)),
    ("relationship", RELATIONSHIP, "bluff_factor", "index", ("collection",)),
    ("relationship", RELATIONSHIP, "desk_points", "index", ("operations",)),
    ("relationship", RELATIONSHIP, "service_points", "index", ("operations",)),
    ("demand", DEMAND, "price_elasticity", "index", ("terms",)),
    ("demand", DEMAND, "competitor_weight", "share", ("terms",)),
    ("demand", DEMAND, "prepaid_share", "share", ("credit",)),
    ("demand", DEMAND, "service_response", "share", ("operations",)),
    ("terms", TERMS, "deposit_usual", "share", ("terms",)),
    ("terms", TERMS, "interest_paid_share", "share", ("terms",)),
    ("staffing", STAFFING, "novice", "share", ("collection",)),
    ("staffing", STAFFING, "learning_months", "index", ("collection",)),
    ("staffing", STAFFING, "turnover_year", "share", ("collection", "people")),
    ("staffing", STAFFING, "course_skill", "share", ("collection",)),
    ("plans", PLAN_RULES, "kept_first", "share", ("collection",)),
    ("agency", AGENCY, "added_share", "share", ("collection",)),
    ("escalation", ESCALATION, "suit_danger", "index", ("collection",)),
    ("suit", SUIT, "collected_free_bp", "bp", ("collection",)),
    ("fulfilment", FULFILMENT, "error_manual", "share", ("operations",)),
    ("house", HOUSE, "dispute_if_late", "share", ("operations",)),
    ("house", HOUSE, "service_bp", "bp", ("operations",)),
    ("factoring", FACTORING_RECOURSE, "interest_bp", "bp", ("finance",)),
    ("factoring", FACTORING_RECOURSE, "fee_bp", "bp", ("finance",)),
    ("factoring_sold", FACTORING_NON_RECOURSE, "risk_bp", "bp", ("finance",)),
    ("pledge", PLEDGE_LOAN, "spread_bp", "bp", ("finance",)),
    ("sales", SALES, "push_orders", "share", ("people",)),
    ("sales", SALES, "first_contacts", "share", ("people",)),
    ("sales", SALES, "collected_orders", "share", ("people",)),
)


def assumptions(portfolio: Portfolio, branches: Iterable[str] | None = None) -> tuple[Assumption, ...]:
    """The assumptions that matter when a policy moves these branches of levers (None: all of them)."""
    found = (*_company(portfolio), *_customers(portfolio), *_model())
    if branches is None:
        return found
    moved = set(branches)
    return tuple(one for one in found if not one.branches or moved & set(one.branches))


def _company(portfolio: Portfolio) -> Iterable[Assumption]:
    basis = portfolio.basis.get("company", "A")
    for field, unit, less, more in _COMPANY:
        base = getattr(portfolio.company, field)
        low, high = max(base + less, 0), base + more
        yield Assumption(
            f"company.{field}", "company", portfolio.company, field, base, low, high, basis, unit
        )


def _customers(portfolio: Portfolio) -> Iterable[Assumption]:
    for field, unit, label, less, more in _CUSTOMERS:
        base = float(np.mean(portfolio.column(field)))
        basis = portfolio.basis.get(label, "A")
        key = f"customers.{field}"
        high = min(base * more, 10_000)  # a share of one, at most
        yield Assumption(key, "customers", None, field, base, base * less, high, basis, unit)


def _model() -> Iterable[Assumption]:
    for group, where, field, unit, branches in _MODEL:
        (found,) = (one for one in figures_of(where) if one.name == field)
        base, low, high = (float(value) for value in (found.base, found.low, found.high))  # type: ignore[arg-type]
        yield Assumption(
            f"{group}.{field}", "model", where, field, base, low, high, found.basis, unit, branches
        )
