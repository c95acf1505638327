"""What does a customer do? It orders, it owes, it is contacted, it promises, and one day it may fail."""

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from sim.base.days import NEVER, Day
from sim.base.draws import Purpose
from sim.base.money import WHOLE_BP, Fen, share_of
from sim.model.ledger import NO_DOCUMENT
from sim.model.moves import (
    ARCHETYPES,
    KEPT_AFTER_BROKEN,
    KEPT_BY_STRATEGIC,
    KEPT_IN_WRITING,
    KEPT_VAGUE,
    PROMISE_GIVEN,
    PROMISE_GRACE_WORKDAYS,
    Move,
)
from sim.model.rules import (
    DEFAULT_NOTICE_DAYS,
    GRADE_LIMIT_PCT,
    LIMIT_GRACE_DAYS,
    LIMIT_LEAST_ORDERS,
    PROMISE_FIRST_DAY,
    PROMISE_SPAN_DAYS,
)
from sim.twin import hours
from sim.twin.hours import Life, Story
from sim.twin.invoices import Invoice

if TYPE_CHECKING:
    from sim.twin.house import House


@dataclass
class Order:
    """What a customer wants, and what becomes of it at the order desk."""

    order: int
    customer: int
    wanted_on: Day
    amount_fen: Fen
    held_on: Day = NEVER
    hold_reason: str = ""
    released_on: Day = NEVER
    lost_on: Day = NEVER


class Customer:
    """A customer: it orders, it owes, it is contacted, it promises, and one day it may fail."""

    def __init__(
        self, house: "House", code: int, facts: Life, hazards: list[list[float]], lives: list[Life]
    ) -> None:
        world = house.world
        self.house, self.code, self.facts = house, code, facts
        kind = int(world.lives.behaviour[house.position, code])
        self.archetype = house.portfolio.behaviours[kind].archetype
        self.archetype_index = ARCHETYPES.index(self.archetype)
        self.hazards = hazards[kind]
        self.ability = facts.pace * (house.scenario.economy.payment_pct / 100)
        self.default_on = int(world.lives.default_on[house.position, code])
        kinds_of_pay_day, my_kind = world.pay_days
        self.pay_days = kinds_of_pay_day[my_kind[code]].tolist()
        self.invoices: list[Invoice] = []  # what it owes
        self.written_off = 0  # what of it we ever gave up
        self.held: list[tuple[Order, Life]] = []
        self.wishes: dict[Day, list[Life]] = defaultdict(list)  # potential orders by day
        self.contacts, self.has_broken_a_promise, self.default_is_known = 0, False, False
        for life in lives:
            if life.opening_due_on == NEVER:
                self.wishes[life.wanted_on].append(life)
            else:
                self.bring_forward(life)
        house.env.process(self.come_to_the_order_desk())
        if self.default_on != NEVER:
            house.env.process(self.fail())

    def has_failed(self, day: Day) -> bool:
        """Has it failed by this morning, whether we know it or not?"""
        return self.default_on <= day

    def answer(self, purpose: Purpose, contact: int) -> float:
        """What nature laid down beforehand for our n-th contact with this customer."""
        where = (np.array([number]) for number in (self.house.position, self.code, contact))
        return float(self.house.world.answer(purpose, *where)[0])

    def bring_forward(self, life: Life) -> None:
        """An item that is open on the first morning. Steps of the ladder it has passed do not come again."""
        house = self.house
        invoice = Invoice(self, life, life.wanted_on, life.opening_due_on)
        invoice.worked_to = house.first - 1 - invoice.due_on
        invoice.enter(house.first - 1, "opening", life.amount_fen)

    def come_to_the_order_desk(self) -> Story:
        """Every working day at ten: held orders first, then the new ones, are released, held or lost one by one."""
        house = self.house
        for day in count(house.first):
            yield house.at(day, hours.ORDER_DESK)
            if not house.is_workday:
                continue
            if self.has_failed(day):
                for order, _ in self.held:
                    order.lost_on = day
                self.held = []
                continue
            candidates = self.held + self.new_orders(day)
            self.held = []
            for order, life in candidates:
                self.decide(order, life, day)

    def new_orders(self, day: Day) -> list[tuple[Order, Life]]:
        """Which potential orders come true today, given the season and our terms?"""
        demand = self.house.order_season[self.code][day - self.house.first] * self.house.demand[self.code]
        placed = [life for life in self.wishes[day] if life.mark < demand]
        orders = [Order(life.number, self.code, life.wanted_on, life.amount_fen) for life in placed]
        self.house.written["orders"].extend(vars(order) for order in orders)
        return list(zip(orders, placed, strict=True))

    def decide(self, order: Order, life: Life, day: Day) -> None:
        """Credit decision: release and invoice, hold while the customer has patience, or lose the order."""
        reason = self.reason_to_hold(order, day)
        if not reason:
            order.released_on = day
            self.write_invoice(life, day)
            return
        order.hold_reason = order.hold_reason or reason
        if day - order.wanted_on >= life.patience_days:
            order.lost_on = day
            return
        order.held_on = min(order.held_on, day)
        self.held.append((order, life))

    def reason_to_hold(self, order: Order, day: Day) -> str:
        """Would the order break the limit, or is too much overdue?"""
        credit = self.house.policy.credit
        owed = self.written_off + sum(invoice.open_fen for invoice in self.invoices)
        if credit.limit_enforcement == "hold" and owed + order.amount_fen > self.limit():
            return "limit"
        late = [i for i in self.invoices if not i.is_disputed and day - i.due_on > credit.hold_overdue_days]
        overdue = self.written_off + sum(invoice.open_fen for invoice in late)
        if credit.hold_when_overdue and overdue > credit.hold_overdue_fen:
            return "overdue"
        return ""

    def net_days(self) -> int:
        """How much time do we give this customer today?"""
        return max(0, self.house.policy.terms.net_days + self.facts.extra_net_days)

    def limit(self) -> Fen:
        """How much may it owe? By grade: 1.3 times what it buys in the term and ten days, or three typical orders."""
        purchases = self.facts.yearly_sales_fen * (self.net_days() + LIMIT_GRACE_DAYS) * 13 // 3650
        need = max(purchases, LIMIT_LEAST_ORDERS * self.facts.order_median_fen)
        return share_of(need, self.house.policy.credit.limit_pct * GRADE_LIMIT_PCT[self.facts.grade])

    def write_invoice(self, life: Life, day: Day) -> None:
        """The goods go out with an invoice and perhaps an offer of a discount; the supplier has to be paid for them."""
        house, terms, net = self.house, self.house.policy.terms, self.net_days()
        invoice = Invoice(self, life, day, day + net)
        invoice.enter(day, "invoice", life.amount_fen)
        if life.dispute_after != NEVER:
            invoice.dispute_on = house.world.workday_for(day + life.dispute_after)
        if terms.discount_bp > 0 and terms.discount_days < net:
            invoice.discount_bp, invoice.discount_until = terms.discount_bp, day + terms.discount_days
            rate = terms.discount_bp / (WHOLE_BP - terms.discount_bp) * 365 / (net - terms.discount_days)
            last = int(house.world.calendar.last_workday(np.array([invoice.discount_until]))[0])
            if rate > life.funds_cost and last > day:
                invoice.take_on = last
        cost = share_of(life.amount_fen, WHOLE_BP - house.company.margin_bp)
        house.supplier_bills[day + house.policy.finance.supplier_days] += cost

    def invoices_to_ask_for(self, day: Day) -> list[Invoice]:
        """Which of its invoices have reached a new step of the ladder?"""
        if self.default_is_known:
            return []
        askable = [i for i in self.invoices if not i.is_disputed and not i.is_promised]
        return [invoice for invoice in askable if invoice.has_new_step(day)]

    def be_contacted(self, day: Day, move: Move, about: list[Invoice]) -> bool:
        """We write, call or visit. Does it reach the customer, does the clock run faster, is a day promised?"""
        house, contact = self.house, self.contacts
        self.contacts += 1
        is_reached = self.answer(Purpose.REACH, contact) < move.reach
        house.money["collection"] -= move.cost_fen
        outcome = "sent" if not move.personal else "reached" if is_reached else "not_reached"
        house.note(day, self.code, "contact", NO_DOCUMENT, sum(invoice.open_fen for invoice in about),
                   move=move.name, minutes=move.minutes, outcome=outcome)  # fmt: skip
        if is_reached:
            for invoice in about:
                invoice.feel(day, move)
            if move.personal and self.answer(Purpose.PROMISE, contact) < PROMISE_GIVEN:
                self.promise(day, contact, [invoice for invoice in about if not invoice.is_promised])
        return is_reached

    def promise(self, day: Day, contact: int, invoices: list[Invoice]) -> None:
        """The customer names a day, and has its own mind about keeping it."""
        calendar = self.house.world.calendar
        ahead = PROMISE_FIRST_DAY + math.floor(self.answer(Purpose.PROMISE_DAYS, contact) * PROMISE_SPAN_DAYS)
        promise_on = int(calendar.next_workday(np.array([day + ahead]))[0])
        is_kept = self.answer(Purpose.KEEPING, contact) < self.chance_of_keeping()
        for invoice in invoices:
            invoice.is_promised, invoice.promise_on, invoice.promise_is_kept = True, promise_on, is_kept
            invoice.judged_on = calendar.after_workdays(promise_on, PROMISE_GRACE_WORKDAYS)
            invoice.note(day, "promise_made", invoice.open_fen, until=promise_on)

    def chance_of_keeping(self) -> float:
        """How far can this customer's word be trusted?"""
        if self.archetype == "strategic":
            return KEPT_BY_STRATEGIC
        usual = KEPT_IN_WRITING if self.house.policy.collection.promise_in_writing else KEPT_VAGUE
        return min(usual, KEPT_AFTER_BROKEN) if self.has_broken_a_promise else usual

    def fail(self) -> Story:
        """Some days after it has failed we learn of it, and all it owes is written off."""
        day = self.default_on + DEFAULT_NOTICE_DAYS
        yield self.house.at(day, hours.DEFAULTS_KNOWN)
        self.default_is_known = True
        owed = sum(invoice.open_fen for invoice in self.invoices)
        self.house.note(day, self.code, "default_known", NO_DOCUMENT, owed)
        for invoice in list(self.invoices):
            self.house.env.process(invoice.bring_recovery(day, invoice.open_fen))
            self.written_off += invoice.open_fen
            invoice.enter(day, "write_off", -invoice.open_fen)
