"""What happens to an invoice? Its clock runs; it is paid, disputed, promised, or written off in the end."""

import math
from itertools import count
from typing import TYPE_CHECKING

from sim.base.days import NEVER, Day
from sim.base.money import WHOLE_BP, Fen, share_of
from sim.model.behaviour import FIRST_LATENESS
from sim.model.moves import DISPUTE_DESK_EFFECTS, EFFECT_CAP, EFFECT_WORKDAYS, REPEAT_DAYS, Move, fades
from sim.model.rules import RECEIPT_BASE, RECOVERY_DAYS
from sim.twin import hours
from sim.twin.hours import Life, Story

if TYPE_CHECKING:
    from sim.twin.customers import Customer


class Invoice:
    """An invoice: its clock runs, it is paid, disputed, promised, or written off in the end."""

    def __init__(self, customer: "Customer", life: Life, invoiced_on: Day, due_on: Day) -> None:
        self.customer, self.house, self.life = customer, customer.house, life
        self.invoiced_on, self.due_on, self.open_fen = invoiced_on, due_on, 0
        self.clock, self.misses = 0.0, life.misses
        self.discount_bp, self.discount_until, self.take_on = 0, NEVER, NEVER
        self.is_disputed, self.dispute_on, self.dispute_end = False, NEVER, NEVER
        self.is_promised, self.promise_on, self.promise_is_kept, self.judged_on = False, NEVER, False, NEVER
        self.worked_to, self.boost, self.boost_until = -NEVER, 1.0, NEVER
        self.last_move, self.last_contact, self.repeats = "", NEVER, 0
        customer.invoices.append(self)
        self.house.env.process(self.live())

    def live(self) -> Story:
        """Its days, from the one it is written (its clock starts the next morning) until nobody owes it any more."""
        hours_and_visits = (
            (hours.NATURE, self.run_clock),
            (hours.BANK, self.be_paid_if_ready),
            (hours.DISPUTE_DESK, self.visit_dispute_desk),
            (hours.PROMISES_JUDGED, self.judge_promise),
            (hours.WRITE_OFFS, self.write_off_if_too_late),
        )
        for day in count(max(self.invoiced_on, self.house.first)):
            for hour, visit in hours_and_visits:
                if day > self.invoiced_on or hour > hours.ORDER_DESK:
                    yield self.house.at(day, hour)
                    if not self.open_fen:
                        return
                    visit(day)

    def run_clock(self, day: Day) -> None:
        """The payment comes nearer: by lateness and kind of payer, season, ability, and what we did about it."""
        customer, hazards = self.customer, self.customer.hazards
        if self.is_disputed or customer.has_failed(day):
            return
        at = day - self.due_on + customer.facts.lead_days - FIRST_LATENESS
        hazard = hazards[min(max(at, 0), len(hazards) - 1)]
        has_desk = self.house.policy.operations.dispute_desk
        desk = DISPUTE_DESK_EFFECTS[customer.archetype_index] if has_desk else 1.0
        effect = min(EFFECT_CAP, desk * self.boost_on(day))
        self.clock += ((hazard * self.house.payment_season) * customer.ability) * effect

    def boost_on(self, day: Day) -> float:
        """What is left today of the effect of our last contacts?"""
        return self.boost if day <= self.boost_until else 1.0

    def be_paid_if_ready(self, day: Day) -> None:
        """On a working morning the bank shows it paid: for the discount, as promised, or in the customer's pay run."""
        if not self.house.is_workday or self.is_disputed or self.customer.has_failed(day):
            return
        is_taken = day >= self.take_on
        is_kept = self.is_promised and self.promise_is_kept and day >= self.promise_on
        if is_taken or is_kept or self.is_in_pay_run(day):
            self.be_paid(day)

    def is_in_pay_run(self, day: Day) -> bool:
        """Is the payment ready, is it the customer's pay day, and is the run not missed?"""
        if self.clock < self.life.luck or not self.customer.pay_days[day - self.house.first]:
            return False
        if self.misses > 0:
            self.misses -= 1
            return False
        return True

    def be_paid(self, day: Day) -> None:
        """The whole of it, less the discount when it is in time for that."""
        house = self.house
        if self.is_promised:
            self.note(day, "promise_kept", self.open_fen, until=self.promise_on)
        discount = share_of(self.open_fen, self.discount_bp) if day <= self.discount_until else 0
        receipt = self.open_fen - discount
        document = RECEIPT_BASE + (day - house.first) * len(house.customers) + self.customer.code
        self.enter(day, "receipt", -receipt, document)
        house.money["receipt"] += receipt
        if discount > 0:
            self.enter(day, "discount", -discount)

    def feel(self, day: Day, move: Move) -> None:
        """A contact has arrived: the clock runs faster for ten working days; the same again soon after works less."""
        is_repeat = self.last_move == move.name and day - self.last_contact <= REPEAT_DAYS
        self.repeats = self.repeats + 1 if is_repeat else 0
        self.last_move, self.last_contact = move.name, day
        effect = move.effects[self.customer.archetype_index]
        fresh = 1.0 + (effect - 1.0) * fades()[min(self.repeats, 31)]
        self.boost = min(EFFECT_CAP, self.boost_on(day) * fresh)
        self.boost_until = self.house.world.calendar.after_workdays(day, EFFECT_WORKDAYS)

    def step_due(self, day: Day) -> int:
        """Which step of the ladder has it reached by this day (-1: none yet)?"""
        rules = self.house.policy.collection
        late = day - self.due_on
        return sum(step.days + rules.ladder_shift_days <= late for step in rules.ladder) - 1

    def has_new_step(self, day: Day) -> bool:
        """Has it come to a step of the ladder that has not been worked yet?"""
        rules, step = self.house.policy.collection, self.step_due(day)
        return step >= 0 and rules.ladder[step].days + rules.ladder_shift_days > self.worked_to

    def visit_dispute_desk(self, day: Day) -> None:
        """A dispute that has run its time is settled; a new one stops the clock until then."""
        house = self.house
        if self.is_disputed and self.dispute_end <= day:
            self.is_disputed = False
            credit = share_of(self.open_fen, self.life.credited_bp)
            self.note(day, "dispute_settled", credit, outcome="credited" if credit > 0 else "rejected")
            if credit > 0:
                self.enter(day, "credit_note", -credit)
        elif not self.is_disputed and self.dispute_on == day:
            has_desk, company = house.policy.operations.dispute_desk, house.company
            median = company.dispute_desk_median_days if has_desk else company.dispute_median_days
            ends = day + math.ceil(self.life.dispute_scale * median)
            self.is_disputed, self.dispute_end = True, house.world.workday_for(ends)
            self.note(day, "dispute_opened", self.open_fen)
            house.money["dispute_desk"] -= company.dispute_case_fen if has_desk else 0

    def judge_promise(self, day: Day) -> None:
        """Two working days after the promised day it is still open: the promise is broken."""
        if self.is_promised and self.judged_on == day:
            self.note(day, "promise_broken", self.open_fen, until=self.promise_on)
            self.customer.has_broken_a_promise, self.is_promised = True, False

    def write_off_if_too_late(self, day: Day) -> None:
        """At some lateness we stop hoping."""
        if not self.is_disputed and day - self.due_on >= self.house.policy.collection.write_off_days:
            self.customer.written_off += self.open_fen
            self.enter(day, "write_off", -self.open_fen)

    def bring_recovery(self, day: Day, lost: Fen) -> Story:
        """Long after a failure a part of what was lost comes back."""
        house, back_on = self.house, self.house.world.workday_for(day + RECOVERY_DAYS)
        amount = share_of(lost, WHOLE_BP - self.customer.facts.lgd_bp)
        yield house.at(back_on, hours.RECOVERIES)
        if amount > 0:
            self.write(back_on, "recovery", -amount, self.life.number)
            house.money["recovery"] += amount

    def enter(self, day: Day, kind: str, amount: Fen, document: int | None = None) -> None:
        """Post an amount to the sub-ledger; when nothing is owed any more the invoice is closed."""
        self.write(day, kind, amount, self.life.number if document is None else document)
        self.open_fen += amount
        if not self.open_fen:
            self.customer.invoices.remove(self)

    def write(self, day: Day, kind: str, amount: Fen, document: int) -> None:
        """One line of the sub-ledger: signed, against this invoice, with its dates."""
        line = {"happened_on": day, "known_on": day, "customer": self.customer.code, "kind": kind, "document": document,
                "against": self.life.number, "amount_fen": amount, "invoiced_on": self.invoiced_on,
                "due_on": self.due_on, "original_due_on": self.due_on}  # fmt: skip
        self.house.written["entries"].append(line)

    def note(self, day: Day, kind: str, amount: Fen, *, until: Day = NEVER, outcome: str = "") -> None:
        """One line of the diary about this invoice."""
        self.house.note(day, self.customer.code, kind, self.life.number, amount, until=until, outcome=outcome)
