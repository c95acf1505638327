"""09:00 and 17:00. What does the sales department do for its commission, and what is it paid?"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day, dates_of
from sim.base.draws import Purpose
from sim.base.money import share
from sim.engine.collection.calls import Calls
from sim.engine.customers.relationship import is_month_end
from sim.engine.timetable import NINE, SEVENTEEN, Shift, Timetable
from sim.model.levers.people import People
from sim.model.portfolio import GRADES
from sim.model.relationship import SALES

if TYPE_CHECKING:
    from sim.engine.money.treasury import Till
    from sim.engine.records.books import Books

Rows = NDArray[np.intp]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

FIGURES = SALES
QUARTER = 3


class Sales:
    """Who is rewarded for orders brings orders, good and bad; who is rewarded for cash looks after it."""

    def __init__(self, books: "Books"):
        self.books = books
        self.pushed = np.zeros(len(books.cell), dtype=np.bool_)
        self.paid_to = books.first - 1
        self.debt_fen = np.zeros(books.runs, dtype=np.int64)  # clawbacks not yet set off
        grades = [GRADES.index(grade) for grade in books.portfolio.column("grade")]
        self._grade = np.tile(np.array(grades), books.runs)
        self._people: People | None = None
        self._push = 1.0

    # --- morning: orders ------------------------------------------------------------------------------------

    def work(self, time: Timetable) -> Shift:
        """Every morning: which orders come because sales wants them?"""
        mornings = time.rhythm(self.books.new_months_and_policies())
        pushes = any(policy.people.quarter_end_push for policy in self.books.timeline.policies)
        while True:
            day = yield time.every_day(NINE) if pushes else time.by(mornings, NINE)
            people = self.books.policy.people
            if people is not self._people or is_month_end(day - 1):
                self._people = people
                self._set_out(people, day)
            if self._push > 1.0:
                self._mark_pushed(day)

    def _set_out(self, people: People, day: Day) -> None:
        """Orders and failures as the commission makes them; at a quarter's end more, the month after fewer."""
        books = self.books
        strength = self._strength(people)
        if people.commission_kind == "booked":
            books.appetite.set("sales", 1.0 + strength * np.array(FIGURES.booked_orders)[self._grade])
            books.danger.set("sales", 1.0 + strength * np.array(FIGURES.booked_danger)[self._grade])
        elif people.commission_kind == "collected":
            books.appetite.set("sales", np.full(books.cells, 1.0 + strength * FIGURES.collected_orders))
            self._calm("danger")
        else:
            self._calm("appetite")
            self._calm("danger")
        self._push = self._season(people, day)
        if self._push != 1.0 or "push" in books.appetite.names:
            books.appetite.set("push", np.full(books.cells, self._push))
            self._tell_danger()

    def _calm(self, which: str) -> None:
        factors = getattr(self.books, which)
        if factors.are_set:
            factors.set("sales", np.ones(self.books.cells))

    def _strength(self, people: People) -> float:
        """How much does the commission move people, against the usual one? A shared goal of collection damps it."""
        rate = min(people.commission_bp / FIGURES.usual_bp, FIGURES.most)
        shared = people.shared_scorecard_pct / 100.0 if people.commission_kind == "booked" else 0.0
        return rate * (1.0 - shared)

    def _season(self, people: People, day: Day) -> float:
        """More orders in the last month of a quarter; part of them was only brought forward."""
        if not people.quarter_end_push:
            return 1.0
        more = FIGURES.push_orders * (1.0 - people.shared_scorecard_pct / 100.0)
        month = _month_of(day) % QUARTER  # 0 = first of the quarter
        if month == QUARTER - 1:
            return 1.0 + more
        began = _month_of(self.books.first) // QUARTER == _month_of(day) // QUARTER
        return 1.0 - more * FIGURES.push_borrowed if month == 0 and not began else 1.0

    def _mark_pushed(self, day: Day) -> None:
        """Orders that come only because of the push: their payment is that much later."""
        books = self.books
        rows = books.wanted_today(day)
        if not len(rows):
            return
        wanted = (books.demand_season[:, day - books.first] * books.demand)[books.lives.customer[rows]]
        wanted = wanted * books.appetite.product[books.cell[rows]]
        mark = books.lives.mark[rows]
        mine = rows[(mark < wanted) & (mark >= wanted / self._push)]
        self.pushed[mine] = True
        books.clocks.postpone(mine, FIGURES.push_late_days)

    def _tell_danger(self) -> None:
        """Who holds much that was pushed on him fails more often."""
        books = self.books
        rows = books.open_rows[self.pushed[books.open_rows]]
        pushed = np.zeros(books.cells)
        np.add.at(pushed, books.cell[rows], books.open_fen[rows])
        books.danger.set("push", 1.0 + FIGURES.push_danger * pushed / np.maximum(books.owed, 1))

    # --- what other departments ask -------------------------------------------------------------------------

    def overrides(self, rows: Rows, blocked: Mask, day: Day) -> Mask:
        """Which of these blocked orders does sales push through against the hold? Shape (rows,)."""
        people = self.books.policy.people
        pct = people.override_by_sales * (100 - people.shared_scorecard_pct) / 100.0
        through = np.zeros(len(rows), dtype=np.bool_)
        if pct > 0 and blocked.any():
            books = self.books
            number = books.lives.number[rows]
            through = blocked & (
                books.world.luck_at(Purpose.OVERRIDE, books.cell[rows], number) * 100.0 < pct
            )
            amounts = books.lives.amount_fen[rows[through]]
            books.log.on_accounts(
                "override", day, books.cell[rows[through]], amounts
            )  # its invoice may never come
        return through

    def minutes(self, calls: Calls, minutes: Ints) -> Ints:
        """Collectors' minutes of these calls: who is paid on cash makes part of the first contacts himself."""
        people = self.books.policy.people
        if people.commission_kind != "collected" or not len(calls):
            return minutes
        books = self.books
        first = calls.greatest(books.last_contact[calls.rows]) < books.first
        luck = books.world.luck_at(Purpose.FIRST_CONTACT, calls.cells, 0)
        return np.where(first & (luck < FIGURES.first_contacts * self._strength(people)), 0, minutes)

    # --- evening: commission --------------------------------------------------------------------------------

    def payday(self, time: Timetable, till: "Till") -> Shift:
        """At the end of each month: the commission."""
        last = self.books.last
        evenings = time.rhythm(
            [is_month_end(day) or day == last for day in range(self.books.first, last + 1)]
        )
        while True:
            day = yield time.by(evenings, SEVENTEEN)
            self._pay(till)
            self.paid_to = day

    def _pay(self, till: "Till") -> None:
        people = self.books.policy.people
        if people.commission_kind == "none" or not people.commission_bp:
            return
        if people.commission_kind == "booked":
            earned = self._sums("invoice", people.commission_bp) - self._sums(
                "credit_note", people.commission_bp
            )
        else:
            earned = self._sums("receipt", people.commission_bp, FIGURES.collected_days) - self.debt_fen
            earned -= self._sums("write_off", people.commission_bp)
            self.debt_fen = np.maximum(-earned, 0)
        till.move("commission", np.arange(self.books.runs), np.maximum(earned, 0))

    def _sums(self, kind: str, bp: int, within: int | None = None) -> Ints:
        """Commission on entries since the last payday, per run; only on those so few days after the invoice."""
        books = self.books
        rows, amounts, days = books.log.postings(kind, self.paid_to)
        if within is not None:
            soon = days - books.invoiced_on[rows] <= within
            rows, amounts = rows[soon], amounts[soon]
        sums = np.zeros(books.runs, dtype=np.int64)
        np.add.at(sums, books.lives.run[rows], amounts)
        return share(sums, bp)


def _month_of(day: Day) -> int:
    """Months since 1970."""
    return int(dates_of(np.array([day])).astype("datetime64[M]").astype(np.int64)[0])
