"""What do our terms mean for each customer: how many days, who pays before or by bill, how much does it order for them?

All arrays are per cell, shape (cells,).
"""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import month_ends, months_after
from sim.base.draws import Purpose
from sim.engine.records.books import Books
from sim.model.order_to_cash import HOUSE, TERMS
from sim.model.policy import Policy
from sim.model.portfolio import GRADES
from sim.world import DEMAND_FADE_DAYS, DEMAND_FLOOR, DEMAND_HEADROOM, DISPUTING_FACTOR

Cells = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

MONTH = 365 / 12
DEPOSIT, BILL, COMMERCIAL = range(3)
"""Numbers of a customer's draws of ACCEPTANCE and BILLS that decide for good what it does."""
_BEYOND = 1 << 60  # draws of whole customers are numbered from here, those of documents below


def each_cell(books: Books, of_customers: NDArray[np.integer]) -> Cells:
    """A figure per customer, for the customers of all runs."""
    return np.tile(of_customers.astype(np.int64), books.runs)


def net_days(books: Books, policy: Policy) -> Cells:
    """How many days does each customer have, its own and its grade's difference included?"""
    days = policy.terms.net_days + each_cell(books, books.portfolio.column("extra_net_days"))
    if policy.terms.differ_by_grade:
        days = days + np.array([policy.terms.days_of_grade(grade) for grade in GRADES])[grades(books)]
    found: Cells = np.maximum(0, days)
    return found


def grades(books: Books) -> Cells:
    """Which grade does each customer have today, as an index into GRADES? As far as we know it."""
    known = getattr(books, "grade", None)
    if known is not None:
        return np.asarray(known, dtype=np.int64).ravel()
    return each_cell(books, np.array([GRADES.index(grade) for grade in books.portfolio.column("grade")]))


def due_days(first: NDArray[np.integer], months: int, *, month_end: bool) -> NDArray[np.int32]:
    """When is what is due on these days, or so many months later, due under the terms?"""
    return month_ends(first, months) if month_end else months_after(first, months)


def gives_deposit(books: Books) -> Mask:
    """Who would pay a deposit? Hardly the strong, rather those who need us."""
    table = books.portfolio
    strong = (table.column("power_pct") >= TERMS.strong_from_pct) | (table.column("segment") == "supermarket")
    dependent = table.column("dependence_pct") >= TERMS.dependent_from_pct
    chance = np.where(dependent, TERMS.deposit_dependent, TERMS.deposit_usual)
    chance = np.where(strong, TERMS.deposit_strong, chance)
    return _luck(books, Purpose.ACCEPTANCE, DEPOSIT) < np.tile(chance, books.runs)


def pays_by_bill(books: Books, policy: Policy) -> Mask:
    """Who pays by acceptance bill, if so many may?"""
    return _luck(books, Purpose.BILLS, BILL) * 10_000 < policy.terms.bill_share_bp


def bill_is_own(books: Books, policy: Policy) -> Mask:
    """Whose bills are accepted by the customer itself, not by its bank?"""
    return _luck(books, Purpose.BILLS, COMMERCIAL) * 10_000 < policy.terms.commercial_bill_bp


def _luck(books: Books, purpose: Purpose, number: int) -> Floats:
    cells = np.arange(books.cells)
    return books.world.luck_at(purpose, cells, np.full(books.cells, _BEYOND + number))


def mean_days(books: Books, policy: Policy) -> Floats:
    """After how many days from the invoice is the order paid, on average, if all is paid as agreed?"""
    terms = policy.terms
    deposit = np.where(gives_deposit(books), terms.deposit_bp, 0) / 10_000
    kept = terms.retention_bp / 10_000
    due = net_days(books, policy).astype(np.float64)
    if terms.month_end:
        due = due + MONTH / 2
    tenor = (TERMS.bill_least_days + TERMS.bill_most_days) / 2
    by_bill = np.where(pays_by_bill(books, policy), tenor, 0.0)
    between_parts = (1.0 - deposit - kept) * MONTH * (terms.instalments - 1) / 2
    found: Floats = (1.0 - deposit) * (due + by_bill) + between_parts + kept * 365.0
    return found


def order_factor(books: Books, policy: Policy) -> Floats:
    """How do orders answer to all that delays payment besides the standard term? 1 where it is as in force.

    The same answer to a day as to one of the standard term, which the world counts already.
    """
    before = books.portfolio.policy_in_force
    extra = mean_days(books, policy) - mean_days(books, before)
    counted = np.full(books.cells, float(policy.terms.net_days - before.terms.net_days))
    response = np.tile(books.portfolio.column("term_response_bp"), books.runs) * 1e-4
    return _wanted(response, extra) / _wanted(response, counted)


def _wanted(response: Floats, extra: Floats) -> Floats:
    gain = DEMAND_FADE_DAYS * -np.expm1(-extra / DEMAND_FADE_DAYS)
    return np.clip(1.0 + response * gain, DEMAND_FLOOR, DEMAND_HEADROOM)


# --- disputes -------------------------------------------------------------------------------------------------------


def dispute_rate(policy: Policy) -> float:
    """How many invoices are disputed at this service and clarity of papers?"""
    operations = policy.operations
    rate = HOUSE.dispute_other + HOUSE.dispute_if_late * (100 - operations.service_pct) / 100
    unclear = (50 - operations.contract_clarity_pct) / 50
    return float(rate * (1.0 + HOUSE.clarity_disputes * unclear))


def dispute_chances(books: Books) -> Floats:
    """With what chance did the world let an invoice be disputed?"""
    disputing = np.array([b.archetype == "disputing" for b in books.portfolio.behaviours])
    more = np.where(disputing[books.lives.behaviour], DISPUTING_FACTOR, 1.0)
    return np.minimum(1.0, books.portfolio.column("dispute_bp") * 1e-4 * more).ravel()
