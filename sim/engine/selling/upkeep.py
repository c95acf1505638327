"""06:00 on the first of a month. What does it cost to work better (or worse) than under the policy in force?"""

import numpy as np

from sim.base.days import Day
from sim.base.money import share_of
from sim.engine.money.treasury import Till
from sim.engine.records.books import Books
from sim.engine.timetable import SIX, Shift, Timetable
from sim.model.order_to_cash import HOUSE
from sim.model.policy import Policy

MONTHS = 12
TENTHS = 10  # costs are counted in tenths of a basis point


def upkeep(time: Timetable, books: Books, till: Till) -> Shift:
    """Service, product and brand, clear papers, automation: paid for month by month."""
    yearly = int(books.portfolio.yearly_sales_fen().sum())
    before = yearly_cost(books.portfolio.policy_in_force)
    runs = np.arange(books.runs)
    if all(yearly_cost(policy) == before for policy in books.timeline.policies):
        return
    while True:
        day: Day = yield time.every_day(SIX)
        if books.starts_month(day):
            more = yearly_cost(books.policy) - before
            cost = share_of(yearly, abs(more)) // (TENTHS * MONTHS)
            if cost:
                till.move("service", runs, np.full(books.runs, cost if more > 0 else -cost))


def yearly_cost(policy: Policy) -> int:
    """What does the quality of our house cost a year, in tenths of a basis point of planned sales?"""
    operations = policy.operations
    cost = HOUSE.competitiveness_bp * operations.competitiveness_pct
    cost += HOUSE.service_bp * operations.service_pct
    better = (
        HOUSE.clarity_bp * operations.contract_clarity_pct + HOUSE.automation_bp * operations.automation_pct
    )
    settlement = HOUSE.settlement_bp * operations.electronic_settlement
    return round((cost + better + settlement) * TENTHS)
