"""10:00. What is invoiced, in which parts, due when, and what does the customer say to such terms?"""

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import some
from sim.base.days import NEVER, Day, months_after
from sim.base.draws import Purpose
from sim.base.money import fraction, share
from sim.engine.money.treasury import Till
from sim.engine.records.books import STOPPED, Books, Rows
from sim.engine.records.spares import RETENTION
from sim.engine.selling import terms as agreed
from sim.engine.selling.corrections import Corrections
from sim.engine.selling.order_fates import luck_of
from sim.model.order_to_cash import FULFILMENT, HOUSE
from sim.model.order_to_cash import TERMS as FIGURES
from sim.model.policy import Policy
from sim.model.rules import RECEIPT_BASE
from sim.world import DISPUTE_FIRST, DISPUTE_LAST

Cells = NDArray[np.int64]
Fen = NDArray[np.int64]

MONTHS_OF_RETENTION = 12
CREDIT_MONTH = 30  # days that the charge for credit is for


class Invoicing:
    """Writes invoices on the terms of the day."""

    def __init__(self, books: Books, till: Till):
        self.books, self.till = books, till
        self._lives = books.mechanisms.fulfilment
        self.corrections: Corrections | None = Corrections(books) if self._lives else None
        self._policy: Policy | None = None
        self.prepaid = np.zeros(len(books.lives.run), dtype=np.bool_)  # orders that were paid in advance
        self._shipment: NDArray[np.float64] | None = None

    def know_policy(self) -> None:
        """Read the terms anew when another policy holds, or when grades that matter for them may have moved."""
        books, policy = self.books, self.books.policy
        changed = self._policy is not policy
        if changed or policy.terms.differ_by_grade:
            self.net_days: Cells = agreed.net_days(books, policy)
        if not changed:
            return
        self._policy = policy
        before = books.portfolio.policy_in_force
        self._disputes = agreed.dispute_rate(policy) / agreed.dispute_rate(before)
        if self.corrections is not None:
            self.corrections.know_policy()
            self._disputes *= 1.0 - FULFILMENT.administrative_share  # these come from errors of our own
        if policy.terms.deposit_bp:
            self.gives_deposit = agreed.gives_deposit(books)
        if policy.terms.beyond_days != before.terms.beyond_days or "terms" in books.appetite.names:
            books.appetite.set("terms", agreed.order_factor(books, policy))
        if policy.terms.late_interest_bp_day or "late_interest" in books.haste.names:
            haste = 1.0 + FIGURES.interest_haste * policy.terms.late_interest_bp_day
            books.haste.set("late_interest", np.full(books.cells, haste))

    def take_deposits(self, rows: Rows, deposits: Fen) -> None:
        """Paid with the order; it waits for its invoice."""
        paid = deposits > 0
        if some(paid):
            self.till.move("deposit", self.books.lives.run[rows[paid]], deposits[paid])

    def deposits(self, rows: Rows) -> Fen:
        """How much of these orders is paid beforehand?"""
        bp, amounts = self.books.policy.terms.deposit_bp, self.books.lives.amount_fen[rows]
        found = np.where(self.prepaid[rows], amounts, 0)
        if bp:
            gives = self.gives_deposit[self.books.cell[rows]] & ~self.prepaid[rows]
            found = np.where(gives, share(amounts, bp), found)
        return found

    def bill(self, rows: Rows, day: Day, deposits: Fen) -> None:
        """Write the invoices: from now on the customer owes them."""
        books, terms = self.books, self.books.policy.terms
        paid = self.prepaid[rows]
        if some(paid):
            self._bill_prepaid(rows[paid], day)
            rows, deposits = rows[~paid], deposits[~paid]
        net = np.minimum(self.net_days[books.cell[rows]], books.longest_term[books.cell[rows]])
        due = agreed.due_days(day + net, 0, month_end=terms.month_end)
        if terms.instalments == 1 and not terms.retention_bp:
            self.write(rows, day, due, books.lives.amount_fen[rows])
        else:
            self._write_parts(rows, day, due, deposits)
        if some(deposits):
            self._set_off(rows, day, deposits)
        if terms.credit_charge_bp:
            self._charge_for_credit(rows, day, net, deposits)
        right = rows if self.corrections is None else rows[~self.corrections.spot_errors(rows, day)]
        self._plan_disputes(right, day)
        if terms.discount_bp:
            self._offer_discount(rows, net, day)

    def _bill_prepaid(self, rows: Rows, day: Day) -> None:
        """Nothing is owed: the money was there before the goods went out."""
        amounts = self.books.lives.amount_fen[rows]
        self.write(rows, day, np.full(len(rows), day), amounts)
        self._set_off(rows, day, amounts)
        self.books.close(rows)

    def write(self, rows: Rows, day: Day, due: NDArray[np.integer], amounts: Fen) -> None:
        books = self.books
        books.invoiced_on[rows] = day
        books.due_on[rows] = due
        books.add_open(rows, amounts)
        if self._lives:
            self._mind_the_way(rows)
        books.plan_next_step(rows)
        books.log.entry("invoice", day, rows, amounts)

    def _mind_the_way(self, rows: Rows) -> None:
        """The customer may have failed since it ordered; electronic settlement misses fewer pay runs."""
        books = self.books
        books.status[rows[books.failed[books.cell[rows]]]] = STOPPED
        if books.policy.operations.electronic_settlement:
            missing = rows[books.misses[rows] > 0]
            luck = luck_of(books.world, books.lives, missing, Purpose.TERMS, turn=1)
            books.misses[missing] = np.floor(books.misses[missing] * HOUSE.misses_kept + luck)

    def _write_parts(self, rows: Rows, day: Day, due: NDArray[np.integer], deposits: Fen) -> None:
        """One document per part: the deposit and the first instalment, the later ones, what is kept back."""
        books, terms = self.books, self.books.policy.terms
        total = books.lives.amount_fen[rows]
        kept = share(total, terms.retention_bp)
        each = (total - kept - deposits) // terms.instalments
        parts = [
            (block, each, agreed.due_days(due, block, month_end=terms.month_end))
            for block in range(1, terms.instalments)
        ]
        if terms.retention_bp:
            parts.append((RETENTION, kept, months_after(due, MONTHS_OF_RETENTION)))
        self.write(rows, day, due, total - kept - each * (terms.instalments - 1))
        for block, amounts, due_on in parts:
            some = amounts > 0
            part = books.spares.of(rows[some], block)
            books.lives.amount_fen[part] = amounts[some]
            self.write(part, day, due_on[some], amounts[some])

    def _set_off(self, rows: Rows, day: Day, deposits: Fen) -> None:
        """What was paid beforehand is set against the invoice at once."""
        books = self.books
        paid = deposits > 0
        rows, deposits = rows[paid], deposits[paid]
        number = RECEIPT_BASE + (day - books.first) * books.customers + books.lives.customer[rows]
        books.log.entry("receipt", day, rows, deposits, number.astype(np.int64))
        books.log.on_invoices("deposit", day, rows, deposits)
        books.reduce(rows, deposits)

    def _charge_for_credit(self, rows: Rows, day: Day, net: Cells, deposits: Fen) -> None:
        """The price of time is written beside the price of the goods."""
        books = self.books
        lent = books.lives.amount_fen[rows] - deposits
        charge = fraction(lent, books.policy.terms.credit_charge_bp * net, 10_000 * CREDIT_MONTH)
        books.log.entry("interest", day, rows[charge > 0], charge[charge > 0])
        books.reduce(rows, -charge)

    # --- disputes -----------------------------------------------------------------------------------------------

    def _plan_disputes(self, rows: Rows, day: Day) -> None:
        """Those that the world knows of, fewer or more of them by service and the clarity of our papers."""
        books = self.books
        after = books.lives.dispute_after[rows].astype(np.int64)
        disputed = after != NEVER
        if self._disputes != 1.0:
            disputed, after = self._more_or_fewer(rows, disputed, after)
        if some(disputed):
            books.plan("dispute", books.world.workdays_for(after[disputed] + day), rows[disputed])

    def _more_or_fewer(
        self, rows: Rows, disputed: NDArray[np.bool_], after: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        books, factor = self.books, self._disputes
        if self._shipment is None:
            self._shipment = books.world.luck_at(Purpose.SHIPMENT, books.cell, books.lives.number)
        luck = self._shipment[rows]
        if factor < 1.0:
            return disputed & (luck < factor), after
        chance = agreed.dispute_chances(books)[books.cell[rows]]
        added = np.minimum(1.0, (factor - 1.0) * chance / np.maximum(1.0 - chance, 1e-9))
        fresh = ~disputed & (luck < added)
        some_day = DISPUTE_FIRST + np.floor(
            luck / np.maximum(added, 1e-9) * (DISPUTE_LAST - DISPUTE_FIRST + 1)
        )
        return disputed | fresh, np.where(fresh, some_day.astype(np.int64), after)

    # --- discount -----------------------------------------------------------------------------------------------

    def _offer_discount(self, rows: Rows, net: Cells, day: Day) -> None:
        """Who takes the early-payment discount? Those with cash whose own money costs less than it is worth."""
        books, terms = self.books, self.books.policy.terms
        offered = rows[net > terms.discount_days]
        days_gained = net[net > terms.discount_days] - terms.discount_days
        yearly = terms.discount_bp / (10_000 - terms.discount_bp) * 365 / days_gained
        books.offer_bp[offered] = terms.discount_bp
        books.offer_until[offered] = day + terms.discount_days
        last = books.world.calendar.last_workday(np.array([day + terms.discount_days], dtype=np.int32))
        if int(last[0]) <= day:
            return  # Banks are closed until the offer ends: nobody can take it.
        taken = offered[yearly > books.lives.funds_cost[offered]]
        books.take_on[taken] = int(last[0])
        if self._lives:
            self._take_unearned(taken)
        books.name_day(taken, books.take_on[taken])

    def _take_unearned(self, taken: Rows) -> None:
        """Some deduct the discount and pay when its time is over; it is let pass."""
        books = self.books
        luck = luck_of(books.world, books.lives, taken, Purpose.TERMS)
        late = taken[luck < FIGURES.unearned_share]
        days = 1 + np.floor(
            luck[luck < FIGURES.unearned_share] / FIGURES.unearned_share * FIGURES.unearned_days
        )
        books.take_on[late] += days.astype(np.int32)
        books.offer_until[late] = books.world.calendar.next_workday(books.take_on[late])
