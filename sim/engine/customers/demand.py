"""09:00. How do orders answer to price, service and competitors, and who comes for the sake of longer terms?

The answer to the payment term itself is the World's (`demand_factor`); this is what comes on top of it.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.engine.customers.relationship import is_month_end
from sim.engine.timetable import NINE, Shift, Timetable
from sim.model.policy import Policy
from sim.model.portfolio import GRADES
from sim.model.relationship import DEMAND

if TYPE_CHECKING:
    from sim.engine.records.books import Books

Floats = NDArray[np.float64]

FIGURES = DEMAND
MONTH = 30.0


class Market:
    """What customers see of us beside others. All of it is measured from the policy in force."""

    def __init__(self, books: "Books"):
        self.books = books
        self.before = books.portfolio.policy_in_force
        self.competitive_gain = 0.0  # points above the policy in force, as far as they are felt yet
        grades = [GRADES.index(grade) for grade in books.portfolio.column("grade")]
        self._attracted = np.array(FIGURES.selection)[grades]
        self._risk = np.array(FIGURES.selection_danger)[grades]
        sales = books.portfolio.mean_yearly_sales()
        weight = sales * books.portfolio.column("term_response_bp")
        mean = (self._attracted * weight).sum() / weight.sum() if weight.sum() > 0 else 1.0
        self._attracted = self._attracted / mean  # the extra orders are as many as before, from others
        self._policy: Policy | None = None
        self._is_dangerous = False
        self._felt = 0.0
        self._known: tuple[Policy, Floats] | None = None
        self._grades = books.portfolio.column("grade")
        self._competitor_days = books.portfolio.column("competitor_days")

    def work(self, time: Timetable) -> Shift:
        """Every morning: has the offer changed, or has a month passed in which our name got better or worse?"""
        mechanisms = self.books.mechanisms
        if not (mechanisms.demand or mechanisms.relationship):
            return
        mornings = time.rhythm(self.books.new_months_and_policies())
        while True:
            day = yield time.by(mornings, NINE)
            month_begins = is_month_end(day - 1) and day > self.books.first
            if month_begins:
                self._age()
            if mechanisms.demand and (
                self._felt != self.competitive_gain or self._policy is not self.books.policy
            ):
                self._felt, self._policy = self.competitive_gain, self.books.policy
                self._take_effect()

    def competitors_ahead(self) -> Floats:
        """By how many days are competitors' terms longer than ours now? Shape (customers,)."""
        ahead: Floats = self._competitor_days - self._longer()
        return ahead

    def _longer(self) -> Floats:
        """By how many days are our terms longer than they were? Shape (customers,)."""
        if self._known is None or self._known[0] is not self.books.policy:
            now, before = self.books.policy.terms, self.before.terms
            own = {grade: now.days_of_grade(grade) - before.days_of_grade(grade) for grade in GRADES}
            extra = np.array([own[grade] for grade in self._grades], dtype=np.float64)
            self._known = self.books.policy, extra + (now.net_days - before.net_days)
        return self._known[1]

    def _age(self) -> None:
        """What we do for product and brand is felt with a lag."""
        now = getattr(self.books.policy.operations, "competitiveness_pct", 0)
        wanted = now - getattr(self.before.operations, "competitiveness_pct", 0)
        self.competitive_gain += (wanted - self.competitive_gain) / FIGURES.competitive_lag_months

    def _take_effect(self) -> None:
        books = self.books
        felt = self.competitive_gain / 10.0
        orders = self.price_factor() * self.service_factor() * (1.0 + FIGURES.competitive_response * felt)
        by_customer = orders * self.competitor_factor() * self.selection_factor()
        books.appetite.set("demand", np.tile(by_customer, books.runs) * self.discount_factor())
        if felt:
            books.haste.set("competitiveness", np.full(books.cells, FIGURES.competitive_haste**felt))
        danger = self.selection_danger()
        if (danger > 1.0).any() or self._is_dangerous:
            self._is_dangerous = True
            books.danger.set("selection", np.tile(danger, books.runs))

    def price_factor(self) -> float:
        """Dearer credit costs orders: 2 % less is 3 % more."""
        change = (_charge(self.books.policy) - _charge(self.before)) * 1e-4
        return float((1.0 + change) ** FIGURES.price_elasticity)

    def discount_factor(self) -> Floats:
        """A discount is a lower price for the orders that will take it, and for no others. Shape (cells,)."""
        lower = self._saved(self.books.policy) - self._saved(self.before)
        found: Floats = (1.0 - lower) ** FIGURES.price_elasticity
        return found

    def _saved(self, policy: Policy) -> Floats:
        """Which share of its purchases does each customer save by early-payment discounts? Shape (cells,).

        Of orders, not of the rows for their parts: how many of those stand ready hangs on policies to come.
        """
        books, terms = self.books, policy.terms
        if not terms.discount_bp:
            return np.zeros(books.cells)
        gained = terms.net_days + books.portfolio.column("extra_net_days") - terms.discount_days
        implied = terms.discount_bp / (10_000 - terms.discount_bp) * 365 / np.maximum(gained, 1)
        orders = books.world.lives
        cells = books.cell[: len(orders.run)]
        worth = np.where(gained > 0, implied, 0.0)[orders.customer] > orders.funds_cost
        taken = np.bincount(cells, weights=worth, minlength=books.cells)
        every = np.bincount(cells, minlength=books.cells)
        saved: Floats = terms.discount_bp * 1e-4 * taken / np.maximum(every, 1)
        return saved

    def service_factor(self) -> float:
        """Orders go with the share of deliveries on time."""
        now = getattr(self.books.policy.operations, "service_pct", 0)
        return 1.0 + FIGURES.service_response * (now - getattr(self.before.operations, "service_pct", 0))

    def competitor_factor(self) -> Floats:
        """Days that competitors newly give beyond ours cost orders once more, faded like the answer to our own term."""
        gap, before = np.maximum(0.0, self.competitors_ahead()), np.maximum(0.0, self._competitor_days)
        response = self.books.portfolio.column("term_response_bp") * 1e-4 * FIGURES.competitor_weight
        lost: Floats = response * (_faded(gap) - _faded(before))
        return np.maximum(0.0, 1.0 - lost)

    def selection_factor(self) -> Floats:
        """The orders that longer terms bring come more from weak customers; in all they are as many."""
        extra = np.maximum(0.0, self.books.demand - 1.0)
        found: Floats = (1.0 + extra * self._attracted) / (1.0 + extra)
        return found

    def selection_danger(self) -> Floats:
        """Longer terms and wider limits draw buyers that others no longer serve: weak ones fail more often."""
        wider = self.books.policy.credit.limit_pct / max(self.before.credit.limit_pct, 1) - 1.0
        looser = np.maximum(0.0, self._longer()) / MONTH + min(max(wider, 0.0), 1.0)
        found: Floats = 1.0 + self._risk * looser
        return found


def _charge(policy: Policy) -> float:
    """What does credit add to the list price, in basis points?"""
    return float(policy.terms.credit_charge_bp * policy.terms.net_days / MONTH)


def _faded(days: Floats) -> Floats:
    found: Floats = FIGURES.fade_days * -np.expm1(-days / FIGURES.fade_days)
    return found
