"""What does our company do all day? The departments keep their hours and write down what they did."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import fields
from itertools import count
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import simpy

from sim.base.days import NEVER, Day, months_of
from sim.base.errors import BadInput, Problem
from sim.base.money import WHOLE_BP, Fen, share_of
from sim.model import moves
from sim.model.behaviour import hazard_table
from sim.model.ledger import CASH_KINDS, COVERAGE, NO_DOCUMENT, TABLES, Ledger, table
from sim.model.policy import Policy
from sim.model.rules import VALUE_HALF_DAYS
from sim.model.scenario import PAYMENT_SEASON
from sim.model.seller import seller_figures
from sim.model.timeline import Timeline
from sim.twin import hours
from sim.twin.accounts import monthly_accounts
from sim.twin.core import check_core
from sim.twin.customers import Customer
from sim.twin.hours import Story
from sim.twin.invoices import Invoice
from sim.world import World, demand_factor, order_season

ORDER_OF_ROWS = {
    "entries": ("happened_on", "document", "kind", "against"),
    "orders": ("order",),
    "actions": ("happened_on", "customer", "kind", "document"),
    "cash": ("happened_on", "kind"),
    "balance": ("closed_on", "account"),
}


def simulate_plainly(world: World, policy: Policy | Timeline) -> Ledger:
    """What happens to this world under this policy, told plainly? The same ledger as the engine's, slowly."""
    timeline, scenario = Timeline.of(policy), world.scenario
    timeline.check_only_contacts()
    check_core(scenario, timeline)
    houses = [House(world, timeline, position) for position in range(world.runs)]
    for house in houses:
        house.env.run(until=scenario.last + 1)
        house.written["balance"] = monthly_accounts(house)
    return Ledger(
        entries=_table("entries", houses),
        orders=_table("orders", houses),
        actions=_table("actions", houses),
        cash=_table("cash", houses),
        balance=_table("balance", houses),
        customers=world.portfolio.customers[["customer", "name_en", "name_zh", "segment", "grade", "group"]],
        first=scenario.first,
        last=scenario.last,
        runs=world.run_names,
        currency=world.portfolio.currency,
        coverage=frozenset(COVERAGE),
        seller=seller_figures(scenario, timeline.policy_on(scenario.last)),
    )


class House:
    """Our company in one run: its clock, its customers, its departments, and what they write down."""

    def __init__(self, world: World, timeline: Timeline, position: int) -> None:
        self.world, self.timeline, self.position = world, timeline, position
        self.scenario, self.company, self.portfolio = world.scenario, world.scenario.company, world.portfolio
        self.first, self.run = world.scenario.first, world.run_names[position]
        self.written: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self.money: Counter[str] = Counter()  # today's movements of cash by kind
        self.supplier_bills: Counter[Day] = Counter()  # what suppliers are paid, by day
        self.policy, self.is_workday, self.payment_season = timeline.policy_on(self.first), False, 1.0
        self.is_seasonal = self.scenario.seasonal and self.portfolio.seasonal
        days = np.arange(self.first, self.scenario.last + 1, dtype=np.int32)
        self.order_season = order_season(self.portfolio, self.scenario, days).tolist()
        self.demand: list[float] = []
        self.env = simpy.Environment(initial_time=self.first - 1)
        for department in (self.morning, self.collection, self.treasury):
            self.env.process(department())
        self.customers = _customers(self)
        self.dated_contacts = [
            (world.workday_for(action.day), self.customer_named(action.customer), _move(str(action.move)))
            for action in timeline.actions
        ]

    def at(self, day: Day, hour: float) -> simpy.Event:
        """Wait until this hour of this day."""
        return self.env.timeout(day + hour / 24 - self.env.now)

    def morning(self) -> Story:
        """Every morning: which policy holds today, is it a working day, what season is it?"""
        for day in count(self.first):
            yield self.at(day, hours.MORNING)
            self.policy, self.is_workday = self.timeline.policy_on(day), self.world.calendar.is_workday(day)
            self.payment_season = (
                PAYMENT_SEASON[int(months_of(np.array([day]))[0])] if self.is_seasonal else 1.0
            )
            self.demand = demand_factor(self.portfolio, self.policy).tolist()
            self.money.clear()

    def collection(self) -> Story:
        """Every working day at eleven: dated contacts, then the dunning run. At one the collectors work their list."""
        for day in count(self.first):
            yield self.at(day, hours.DUNNING_RUN)
            if not self.is_workday:
                continue
            for when, who, move in self.dated_contacts:
                if when == day:
                    who.be_contacted(day, move, [i for i in who.invoices if not i.is_disputed])
            worklist = self.run_dunning(day)
            yield self.at(day, hours.COLLECTORS)
            self.work_the_list(day, worklist)

    def run_dunning(self, day: Day) -> "list[Case]":
        """One case per customer: the run sends what needs no collector; the rest, if worth it, is the worklist."""
        asked = [(customer, customer.invoices_to_ask_for(day)) for customer in self.customers]
        worklist = []
        for case in [Case(customer, invoices, day) for customer, invoices in asked if invoices]:
            if self.policy.collection.ladder[case.step].min_fen > case.at_stake:
                case.is_dealt_with(day)
            elif case.move.minutes:
                worklist.append(case)
            else:
                case.work(day)
        return worklist

    def work_the_list(self, day: Day, worklist: "list[Case]") -> None:
        """The collectors take the most important case first, until one does not fit into what is left of the day."""
        rules = self.policy.collection
        minutes = self.collectors() * rules.minutes_per_day
        for case in sorted(worklist, key=lambda case: (-case.rank(rules.worklist), case.customer.code)):
            minutes -= case.move.minutes
            if minutes < 0:
                return
            case.work(day)

    def treasury(self) -> Story:
        """Every evening at five: what came in, what had to be paid, what is left, and is it enough?"""
        company = self.company
        yearly = int(self.portfolio.yearly_sales_fen().sum())
        variable = share_of(yearly, WHOLE_BP - company.margin_bp) // 365
        fixed = share_of(yearly, company.fixed_cost_bp) // 365
        for day in range(self.first, self.first + self.portfolio.policy_in_force.finance.supplier_days):
            self.supplier_bills[day] += variable
        bank_bp = max(0, company.bank_bp + self.world.scenario.economy.bank_extra_bp)
        balance = company.opening_cash_days * (variable + fixed)
        self.write_cash(self.first - 1, "opening", balance, balance)
        is_solvent = True
        for day in count(self.first):
            yield self.at(day, hours.TREASURY)
            self.money["supplier"] -= self.supplier_bills[day]
            self.money["fixed_cost"] -= fixed
            self.money["payroll"] -= self.collectors() * company.collector_fen_per_month * 12 // 365
            self.money["interest"] -= max(0, -balance) * bank_bp // (WHOLE_BP * 365)
            for kind in CASH_KINDS:
                if self.money[kind]:
                    balance += self.money[kind]
                    self.write_cash(day, kind, self.money[kind], balance)
            shortfall = -self.policy.finance.overdraft_days * (variable + fixed) - balance
            if is_solvent and shortfall > 0:
                is_solvent = False
                self.note(day, -1, "insolvent", NO_DOCUMENT, shortfall)

    def collectors(self) -> int:
        """How many people ask for money today?"""
        return self.policy.collection.collectors

    def write_cash(self, day: Day, kind: str, amount: Fen, balance: Fen) -> None:
        """One line of the bank account."""
        line = {"happened_on": day, "kind": kind, "amount_fen": amount, "balance_fen": balance}
        self.written["cash"].append(line)

    def note(self, day: Day, customer: int, kind: str, document: int, amount: Fen, *, move: str = "",
             outcome: str = "", until: Day = NEVER, minutes: int = 0) -> None:  # fmt: skip
        """One line of the diary: what was done, promised, disputed or learnt."""
        self.written["actions"].append({
            "happened_on": day, "known_on": day, "customer": customer, "kind": kind, "document": document,
            "amount_fen": amount, "move": move, "outcome": outcome, "until": until, "minutes": minutes,
        })  # fmt: skip

    def customer_named(self, name: str) -> "Customer":
        """The customer of this name. Raises BadInput when there is none."""
        for customer in self.customers:
            if customer.facts.customer == name:
                return customer
        raise BadInput([Problem("unknown_customer", "actions.customer", name)])


class Case:
    """What there is to talk about with one customer today: its invoices that have reached a new step of the ladder."""

    def __init__(self, customer: Customer, invoices: list[Invoice], day: Day) -> None:
        self.customer, self.invoices = customer, invoices
        self.step = max(invoice.step_due(day) for invoice in invoices)
        self.move = _move(customer.house.policy.collection.ladder[self.step].move)
        self.at_stake = sum(invoice.open_fen for invoice in invoices)
        self.oldest = max(day - invoice.due_on for invoice in invoices)

    def rank(self, rule: str) -> int:
        """How important is the case under the worklist's rule? The highest is worked first."""
        if rule == "oldest":
            return self.oldest
        if rule == "value":
            return self.at_stake * VALUE_HALF_DAYS // (VALUE_HALF_DAYS + max(self.oldest, 0))
        return self.at_stake if rule == "largest" else -self.at_stake

    def work(self, day: Day) -> None:
        """Make the contact. Who could not be reached in person is tried again on the next working day."""
        is_reached = self.customer.be_contacted(day, self.move, self.invoices)
        if is_reached or not self.move.personal:
            self.is_dealt_with(day)

    def is_dealt_with(self, day: Day) -> None:
        """The ladder has done this step."""
        for invoice in self.invoices:
            invoice.worked_to = day - invoice.due_on


def _move(name: str) -> moves.Move:
    return moves.MOVES[moves.MOVE_INDEX[name]]


def _customers(house: House) -> list[Customer]:
    """All customers of one run, each with the lives of its own documents, as plain Python objects."""
    world, hazards = house.world, hazard_table(house.portfolio.behaviours).tolist()
    names = [
        field.name
        for field in fields(world.lives)
        if field.name not in ("behaviour", "default_on", "default_wait")
    ]
    mine = world.lives.run == house.position
    rows = zip(*(getattr(world.lives, name)[mine].tolist() for name in names), strict=True)
    lives: dict[int, list[SimpleNamespace]] = defaultdict(list)
    for life in (SimpleNamespace(**dict(zip(names, row, strict=True))) for row in rows):
        lives[life.customer].append(life)
    sales = house.portfolio.yearly_sales_fen().tolist()
    facts: list[dict[str, Any]] = house.portfolio.customers.to_dict("records")  # type: ignore[assignment]
    named = [SimpleNamespace(**row, yearly_sales_fen=sale) for row, sale in zip(facts, sales, strict=True)]
    return [Customer(house, code, fact, hazards, lives[code]) for code, fact in enumerate(named)]


def _table(name: str, houses: Sequence[House]) -> pd.DataFrame:
    """One ledger table from what was written down, run by run, in the order of rows that the rules give."""
    dtypes, rows = TABLES[name], []
    for house in houses:
        lines = [{"run": house.run, **line} for line in house.written[name]]
        coded = [{key: _code(kind, line[key]) for key, kind in dtypes.items()} for line in lines]
        rows += sorted(coded, key=lambda line: [line[key] for key in ORDER_OF_ROWS[name]])
    return table(dtypes, {key: np.array([row[key] for row in rows], dtype=np.int64) for key in dtypes})


def _code(kind: object, value: Any) -> int:
    """Named values are written as their place in the list of names."""
    return kind.index(value) if isinstance(kind, tuple) else value
