"""One company, many days: all departments at work, and the ledger they leave."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER, Day
from sim.base.garbage import no_collection
from sim.engine.collection.agency import AgencyDesk
from sim.engine.collection.collectors import Collectors
from sim.engine.collection.complaints import Complaints
from sim.engine.collection.dispute_desk import dispute_desk
from sim.engine.collection.legal import Legal
from sim.engine.collection.limitation import Limitation
from sim.engine.collection.stop_supply import StopSupply
from sim.engine.credit.credit_control import CreditControl
from sim.engine.credit.credit_office import credit_office
from sim.engine.credit.early_warning import EarlyWarning
from sim.engine.customers.processes import Processes
from sim.engine.dated import Dated, check_actions
from sim.engine.money.bank import bank, recoveries
from sim.engine.money.company import company
from sim.engine.money.financing import financing
from sim.engine.money.insurance import Insurer
from sim.engine.money.trade_documents import trade_documents
from sim.engine.money.treasury import Till, treasury
from sim.engine.nature.economy import economy
from sim.engine.nature.liquidity import liquidity
from sim.engine.nature.morning import nature
from sim.engine.records.books import Books
from sim.engine.records.log import cash_table
from sim.engine.selling.order_desk import OrderDesk
from sim.engine.selling.rebates import rebates
from sim.engine.selling.upkeep import upkeep
from sim.engine.timetable import Shift, Timetable
from sim.engine.truth import Truth
from sim.model.ledger import COVERAGE, ORDER_DTYPES, Ledger, table
from sim.model.policy import Policy
from sim.model.seller import seller_figures
from sim.model.timeline import Timeline
from sim.world import World


def simulate(world: World, policy: Policy | Timeline) -> tuple[Ledger, Truth]:
    """What would the ledger look like if the seller acted like this, in every run of this world?

    Returns the Ledger (all runs, column `run`) and the hidden Truth for debriefs. The same world and policy always give
    the same ledger. Raises BadInput when a dated action names an unknown customer.
    """
    with closing(Simulation(world, policy)) as company:
        company.live_until(company.last)
        return company.ledger(), company.truth()


class Simulation:
    """A company under a policy or timeline: live until any evening, read the ledger so far, live on."""

    def __init__(self, world: World, policy: Policy | Timeline):
        timeline = Timeline.of(policy)
        check_actions(world, timeline)
        self.books = Books(world, timeline)
        self.till = Till(self.books)
        self.first, self.last = self.books.first, self.books.last
        self._time = Timetable(world.calendar, self.first, self.last)
        self._lived_until = self.first - 1
        self._shifts = departments(self._time, self.books, self.till)
        for shift in self._shifts:
            self._time.env.process(shift)

    @no_collection()
    def live_until(self, day: Day) -> None:
        """Let all departments work until this evening; a day that has passed changes nothing."""
        if day > self._lived_until:
            self._lived_until = min(day, self.last)
            self._time.run_until(self._lived_until)

    @no_collection()
    def ledger(self) -> Ledger:
        """What anyone could have written down so far."""
        return _ledger(self.books, self.till, self._lived_until)

    def truth(self) -> Truth:
        """What was hidden so far."""
        return Truth(self.books.world, self.books.failed_on, *self.books.relationship.hidden())

    def close(self) -> None:
        """Nothing more is asked of this company. Ledger and truth stay; all else is forgotten at once.

        Departments and books know each other: left alone they would be kept until Python looks for garbage, hundreds of
        megabytes for a hundred runs.
        """
        for shift in self._shifts:
            shift.close()
        self.till.accounts.memos.clear()
        vars(self.books).clear()


def departments(time: Timetable, books: Books, till: Till) -> tuple[Shift, ...]:
    """Who works in this company? In the order of the day."""
    timeline = books.timeline
    control = CreditControl(books, till)
    limitation = Limitation(books)
    collectors = Collectors(books, till, limitation)
    agency, legal = AgencyDesk(books, till), Legal(books, till, limitation)
    desk = OrderDesk(books, till)
    dated = Dated(books, till, collectors, control, agency, legal)
    acts = bool(timeline.actions)  # single actions may ask for anything
    has = books.mechanisms

    def ever(lever: str) -> bool:
        return acts or any(policy.value_of(f"collection.{lever}") for policy in timeline.policies)

    return (
        *beyond_the_core(time, books),
        nature(time, books),
        upkeep(time, books, till),
        recoveries(time, books, till),
        *customers_houses(time, books),
        *abroad(time, books, till),
        bank(time, books, till),
        *when(any(policy.terms.rebate_bp for policy in timeline.policies), rebates(time, books, till)),
        *when(ever("payment_plans"), collectors.plans.work(time)),
        *when(acts, dated.work(time)),
        *when(ever("stop_supply_days") or has.relationship, StopSupply(books, desk).work(time)),
        books.market.work(time),
        books.sales.work(time),
        desk.work(time),
        collectors.staff.work(time),
        *when(acts, dated.talk(time)),
        collectors.work(time),
        *when(acts, dated.settle(time)),
        dispute_desk(time, books, till),
        *when(acts, dated.give_away(time)),
        *when(ever("complain_days"), Complaints(books, till).work(time)),
        *when(ever("agency_days"), agency.work(time)),
        *when(ever("court_days"), legal.work(time)),
        credit_office(time, books),
        *credit_control(time, books, control),
        books.relationship.work(time),
        books.sales.payday(time, till),
        *the_money(time, books, till, control),
    )


def when(needed: bool, shift: Shift) -> tuple[Shift, ...]:
    """A department that has work under this policy, or none at all: nobody wakes in vain."""
    return (shift,) if needed else ()


def beyond_the_core(time: Timetable, books: Books) -> Iterator[Shift]:
    """What happens by itself at six in the morning, where the scenario switches it on."""
    has = books.mechanisms
    if has.economy or has.contagion:
        yield economy(time, books)
    if has.liquidity:
        yield liquidity(time, books)


def credit_control(time: Timetable, books: Books, control: CreditControl) -> Iterator[Shift]:
    """Standing, reviews and warnings, where scenario or policy know them."""
    used = [policy.credit for policy in books.timeline.policies]
    if books.mechanisms.grading or any(credit.review_days for credit in used):
        yield control.work(time)
    if any(credit.review_days for credit in used):
        yield control.reviews(time)
    if any(credit.alerts for credit in used):
        yield EarlyWarning(books, control).work(time)


def customers_houses(time: Timetable, books: Books) -> Iterator[Shift]:
    """What goes on in customers' own houses, where the scenario switches it on."""
    if books.mechanisms.processes:
        houses = Processes(books)
        yield houses.work(time)
        if houses.is_supermarket.any():
            yield houses.deductions(time)


def abroad(time: Timetable, books: Books, till: Till) -> Iterator[Shift]:
    """What goes on between banks where buyers pay against documents."""
    if books.mechanisms.fulfilment:
        yield trade_documents(time, books, till)


def the_money(time: Timetable, books: Books, till: Till, control: CreditControl) -> Iterator[Shift]:
    """Five in the afternoon: what finance does before the balance is struck."""
    policies = (books.portfolio.policy_in_force, *books.timeline.policies)
    if books.mechanisms.company or any(policy.finance.uses_products for policy in policies):
        insurer = Insurer(books, till, control.seen)
        if any(policy.finance.insurance != "none" for policy in policies):
            yield insurer.work(time)
        yield financing(time, books, till, insurer)
    if books.mechanisms.company:
        yield company(time, books, till)
    yield treasury(time, till)


def _ledger(books: Books, till: Till, last: Day) -> Ledger:
    world, days = books.world, last - books.first + 1
    names = np.array(world.run_names, dtype=np.int32)
    named = ["customer", "name_en", "name_zh", "segment", "grade", "group"]
    customers = world.portfolio.customers[named].reset_index(drop=True)
    return Ledger(
        entries=books.log.entries_table(names, books.invoiced_on, books.due_on),
        orders=_orders(books, names),
        actions=books.log.actions_table(names),
        cash=cash_table(names, books.first, np.full(books.runs, till.opening), till.flows[:, :days]),
        customers=customers,
        first=books.first,
        last=last,
        runs=world.run_names,
        currency=world.portfolio.currency,
        balance=till.accounts.table(names),
        coverage=frozenset(COVERAGE),
        seller=seller_figures(books.scenario, books.timeline.policy_on(last)),
    )


def _orders(books: Books, names: NDArray[np.int32]) -> pd.DataFrame:
    decided = np.minimum(np.minimum(books.released_on, books.held_on), books.lost_on) != NEVER
    rows = np.flatnonzero(decided)
    lives = books.lives
    columns: dict[str, NDArray[Any]] = {
        "run": names[lives.run[rows]], "order": lives.number[rows], "customer": lives.customer[rows],
        "wanted_on": lives.wanted_on[rows], "amount_fen": lives.amount_fen[rows], "held_on": books.held_on[rows],
        "hold_reason": books.hold_reason[rows], "released_on": books.released_on[rows], "lost_on": books.lost_on[rows],
    }  # fmt: skip
    return table(ORDER_DTYPES, columns)
