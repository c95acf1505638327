"""09:00 and 11:00. Who pays by instalments, how much is due today, and who breaks the plan?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import some
from sim.base.days import NEVER, Day
from sim.base.draws import Purpose
from sim.base.money import share
from sim.engine.collection.calls import Calls
from sim.engine.collection.claims import hand_over, oldest_first, take_back, take_in
from sim.engine.money.treasury import Till
from sim.engine.records.books import DISPUTED, NOT_OPEN, OURS, PLAN, RUNNING, Books, Rows
from sim.engine.timetable import NINE, Shift, Timetable
from sim.model.moves import ARCHETYPES
from sim.model.plan_rules import PLAN_RULES

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

ASKED, KEPT = 1 << 44, 1 << 45
"""Draws are numbered from here: does a customer ask at its n-th contact, does it keep an instalment."""
STEPS = 64
FROZEN = 0.0
"""While a plan is kept, the clock stands still: the customer pays by the plan."""


@dataclass(frozen=True)
class Deal:
    """What is agreed beyond the usual: number of instalments (0 = by size), down-payment, days between."""

    instalments: int = 0
    down_bp: int = PLAN_RULES.down_bp
    every_days: int = PLAN_RULES.every_days
    by_hand: bool = False  # agreed in a talk, however small


USUAL = Deal()


class Plans:
    """At most one plan per customer at a time; shapes (cells,)."""

    def __init__(self, books: Books, till: Till):
        self.books, self.till = books, till
        cells = books.cells
        self.left = np.zeros(cells, dtype=np.int64)  # instalments to come, 0 = no plan
        self.made = np.zeros(cells, dtype=np.int64)
        self.paid = np.zeros(cells, dtype=np.int64)  # payments so far of the running plan
        self.down = np.zeros(cells, dtype=np.int64)  # 0 once it is paid
        self.each = np.zeros(cells, dtype=np.int64)
        self.total = np.zeros(cells, dtype=np.int64)
        self.every = np.zeros(cells, dtype=np.int64)
        self.with_down = np.zeros(cells, dtype=np.bool_)
        self.rows: Rows = np.zeros(0, dtype=np.intp)
        kinds = np.array([ARCHETYPES.index(kind.archetype) for kind in books.portfolio.behaviours])
        self.archetype = kinds[books.lives.behaviour.ravel()]
        self.asks = np.array(PLAN_RULES.asks)[self.archetype]
        self.yearly = np.maximum(np.tile(books.portfolio.yearly_sales_fen(), books.runs), 1)

    def work(self, time: Timetable) -> Shift:
        """Every working day after the bank statement: which instalments came, which did not?"""
        while True:
            day = yield time.workdays(NINE)
            self._drop_what_left()
            self._fall_due(self.books.due_today("instalment", day), day)

    # --- making ---------------------------------------------------------------------------------------------

    def offer(self, calls: Calls, offered: Bools, contact: Ints, day: Day) -> Bools:
        """Which of these customers, whom a person has reached, get a plan? `contact`: the number of the contact.

        Those to whom we offer one, whose broken promises speak, or who ask for it: nature alone knows who will ask.
        """
        if not self.books.policy.collection.payment_plans or not len(calls):
            return np.zeros(len(calls), dtype=np.bool_)
        books, cells = self.books, calls.cells
        luck = books.world.luck_at(Purpose.PLAN, cells, ASKED + contact)
        wanted = offered | (books.promises_broken[cells] >= PLAN_RULES.broken_promises)
        wanted |= luck < self.asks[cells]
        wanted &= (self.left[cells] == 0) & (self.made[cells] < PLAN_RULES.plans_most)
        oldest = calls.greatest(day - books.due_on[calls.rows].astype(np.int64))
        wanted &= (oldest >= PLAN_RULES.late_days) & (books.owed[cells] >= PLAN_RULES.least_fen)
        if not some(wanted):
            return wanted
        made = self.make(cells[wanted], day)
        return np.isin(cells, made)

    def make(self, cells: Ints, day: Day, deal: Deal = USUAL) -> Ints:
        """These customers get a plan for all they owe us overdue; returns those with enough of it."""
        books = self.books
        chosen = np.zeros(books.cells, dtype=np.bool_)
        chosen[cells] = self.left[cells] == 0
        rows = books.open_rows
        rows = rows[chosen[books.cell[rows]] & (books.due_on[rows] < day)]
        rows = rows[(books.status[rows] == RUNNING) & (books.with_whom[rows] == OURS)]
        rows = rows[(books.judged_on[rows] == NEVER) & (books.pays_on[rows] == NEVER)]
        total = np.zeros(books.cells, dtype=np.int64)
        np.add.at(total, books.cell[rows], books.open_fen[rows])
        least = 1 if deal.by_hand else PLAN_RULES.least_fen
        agreed = np.flatnonzero(total >= least)
        if not len(agreed):
            return agreed
        rows = rows[total[books.cell[rows]] >= least]
        self._agree(agreed, total[agreed], deal)
        hand_over(books, rows, PLAN, FROZEN)
        self.rows = np.concatenate([self.rows, rows])
        first = _next_workday(books, day + PLAN_RULES.down_days)
        books.plan("instalment", np.full(len(agreed), first), agreed)
        ends = first + self.left[agreed] * self.every[agreed]
        books.log.on_accounts("plan_made", day, agreed, self.total[agreed], until=ends)
        return agreed

    def _agree(self, cells: Ints, total: Ints, deal: Deal) -> None:
        """Down-payment, then equal instalments: the more months of purchases are owed, the more of them."""
        months = -(-total * 12 // self.yearly[cells])
        usual = np.clip(1 + months, PLAN_RULES.fewest, PLAN_RULES.most)
        count = np.where(deal.instalments > 0, deal.instalments, usual).astype(np.int64)
        down = share(total, deal.down_bp)
        self.left[cells], self.total[cells], self.every[cells] = count, total, deal.every_days
        self.down[cells], self.each[cells] = down, (total - down) // count
        self.with_down[cells] = down > 0
        self.paid[cells] = 0
        self.made[cells] += 1

    # --- keeping --------------------------------------------------------------------------------------------

    def _fall_due(self, cells: Ints, day: Day) -> None:
        """A payment of each of these plans is due today."""
        if not len(cells):
            return
        books = self.books
        open_fen = np.zeros(books.cells, dtype=np.int64)
        np.add.at(open_fen, books.cell[self.rows], books.open_fen[self.rows])
        cells = np.sort(cells)
        over = (open_fen[cells] == 0) | (self.left[cells] == 0)
        self._finish(cells[over & (self.left[cells] > 0) & ~books.failed[cells]], day)
        self.left[cells[over]] = 0
        cells = cells[~over]
        kept = self._luck(cells) < self._chance(cells)
        kept &= ~books.failed[cells]
        self._break(cells[~kept], open_fen, day)
        self._pay(cells[kept], open_fen, day)

    def _chance(self, cells: Ints) -> Floats:
        """How likely is the payment due today made? The down-payment (or first instalment), then the later ones."""
        rules = PLAN_RULES
        later = rules.kept_later + np.where(self.with_down[cells], rules.kept_more_after_down, 0.0)
        chance = np.where(self.paid[cells] == 0, rules.kept_first, later)
        strategic = self.archetype[cells] == ARCHETYPES.index("strategic")
        chance = chance * np.where(strategic, rules.kept_by_strategic, 1.0)
        found: Floats = chance * np.where(self.made[cells] > 1, rules.second_works, 1.0)
        return found

    def _luck(self, cells: Ints) -> Floats:
        number = KEPT + self.made[cells] * STEPS + self.paid[cells]
        return self.books.world.luck_at(Purpose.PLAN, cells, number)

    def _pay(self, cells: Ints, open_fen: Ints, day: Day) -> None:
        """The money goes to the oldest claims of the plan; the last instalment settles what is left."""
        if not len(cells):
            return
        books = self.books
        is_down = self.down[cells] > 0
        last = ~is_down & (self.left[cells] == 1)
        money = np.where(is_down, self.down[cells], np.where(last, open_fen[cells], self.each[cells]))
        self.left[cells] -= ~is_down
        self.down[cells] = 0
        self.paid[cells] += 1
        rows = self.rows[np.isin(books.cell[self.rows], cells)]
        group = np.searchsorted(cells, books.cell[rows])
        take_in(books, self.till, day, rows, oldest_first(books, rows, group, money))
        self._finish(cells[self.left[cells] == 0], day)
        on = cells[self.left[cells] > 0]
        books.plan("instalment", _workdays(books, day + self.every[on]), on)

    def _finish(self, cells: Ints, day: Day) -> None:
        """Nothing of these plans is left to pay."""
        self.books.log.on_accounts("plan_kept", day, cells, self.total[cells])
        self.left[cells] = 0

    def _break(self, cells: Ints, open_fen: Ints, day: Day) -> None:
        """The plan is off; the claims are ours again, and the customer's word is worth less."""
        if not len(cells):
            return
        books = self.books
        rows = self.rows[np.isin(books.cell[self.rows], cells)]
        take_back(books, rows, day)
        self.rows = self.rows[books.with_whom[self.rows] == PLAN]
        self.left[cells] = 0
        books.has_broken_promise[cells] = True
        books.log.on_accounts("plan_broken", day, cells, open_fen[cells])

    def _drop_what_left(self) -> None:
        """Claims that were settled otherwise or are disputed are no longer part of a plan."""
        if not len(self.rows):
            return
        books = self.books
        status = books.status[self.rows]
        gone = self.rows[(status == NOT_OPEN) | (status == DISPUTED)]
        books.with_whom[gone] = OURS
        books.clocks.push(gone, 1.0, NEVER)
        self.rows = self.rows[(status != NOT_OPEN) & (status != DISPUTED)]


def _next_workday(books: Books, day: Day) -> int:
    return int(books.world.calendar.next_workday(np.array([day], dtype=np.int32))[0])


def _workdays(books: Books, days: Ints) -> Ints:
    return books.world.calendar.next_workday(days.astype(np.int32)).astype(np.int64)
