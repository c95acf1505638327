"""15:00. Which claims does a collection agency get, what does it keep, and what comes back?"""

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day
from sim.base.draws import Purpose
from sim.base.money import share
from sim.engine.collection.claims import hand_over, ripe, take_back
from sim.engine.money.treasury import Till
from sim.engine.records.books import AGENCY, NOT_OPEN, OURS, Books, Rows
from sim.engine.records.log import outcome_code
from sim.engine.timetable import FIFTEEN, Shift, Timetable
from sim.model.agency import AGENCY as FIGURES
from sim.model.agency import breaches, commission_bp, months_late, recovery_chance
from sim.model.escalation import ESCALATION, agency_effect
from sim.model.moves import ARCHETYPES

BREACH = 1 << 40
"""Draws about breaches are numbered from here, those about the debtor's reaction by document."""


class AgencyDesk:
    """The claims an agency has; one try per claim."""

    def __init__(self, books: Books, till: Till):
        self.books, self.till = books, till
        self.tried = np.zeros(len(books.cell), dtype=np.bool_)
        self.rate_bp = np.zeros(len(books.cell), dtype=np.int64)
        self.checked = np.zeros(books.runs, dtype=np.bool_)  # whether we have looked into the partner
        archetypes = np.array([ARCHETYPES.index(kind.archetype) for kind in books.portfolio.behaviours])
        self.effects = agency_effect(archetypes)

    def work(self, time: Timetable) -> Shift:
        """Every working day at three: pay the commission, take back what did not work, hand over what is old."""
        while True:
            day = yield time.workdays(FIFTEEN)
            if self.tried.any():
                self._pay_commission(day)
            self._end(self.books.due_today("agency_ends", day), day)
            days = self.books.policy.collection.agency_days
            if days:
                rows = ripe(self.books, day, days)
                self.place(rows[~self.tried[rows]], day)

    def place(self, rows: Rows, day: Day) -> None:
        """These claims go to the agency. The older a claim, the less likely its debtor reacts."""
        if not len(rows):
            return
        books = self.books
        number, months = books.lives.number[rows], months_late(day - books.due_on[rows].astype(np.int64))
        chance = recovery_chance(months) * FIGURES.skill
        reacts = books.world.luck_at(Purpose.AGENCY, books.cell[rows], number) < chance
        self._check_partner(np.unique(books.lives.run[rows]))
        ends = _next_workday(books, day + ESCALATION.agency_days)
        effect = np.where(reacts, self.effects[books.behaviour[rows]], 1.0)
        hand_over(books, rows, AGENCY, effect, ends)
        self.tried[rows] = True
        self.rate_bp[rows] = commission_bp(months, books.open_fen[rows])
        books.plan("agency_ends", np.full(len(rows), ends), rows)
        books.log.on_invoices(
            "handed_over", day, rows, books.open_fen[rows], until=ends, outcome=outcome_code("agency")
        )
        self._misconduct(rows, day)

    def _check_partner(self, runs: NDArray[np.integer]) -> None:
        """Before the first claim goes out: do we look into whom we trust with our name?"""
        if self.books.policy.collection.agency_checked:
            runs = runs[~self.checked[runs]]
            self.checked[runs] = True
            self.till.move("information", runs, np.full(len(runs), FIGURES.check_fen, dtype=np.int64))

    def _misconduct(self, rows: Rows, day: Day) -> None:
        """One file per customer; in some of them the agency breaks the law in our name."""
        books = self.books
        cells, first = np.unique(books.cell[rows], return_index=True)
        luck = books.world.luck_at(Purpose.AGENCY, cells, BREACH + books.lives.number[rows[first]])
        checked = self.checked[cells // books.customers]
        bad = cells[np.where(checked, breaches(luck, checked=True), breaches(luck, checked=False))]
        books.log.on_accounts("contact", day, bad, books.owed[bad], outcome=outcome_code("unlawful"))
        fine = np.full(len(bad), FIGURES.breach_fen, dtype=np.int64)
        self.till.move("legal", bad // books.customers, fine)
        books.relationship.shift(bad, FIGURES.breach_reputation)

    def _pay_commission(self, day: Day) -> None:
        """A share of what came in today for the claims it has. Settled ones are nobody's any more."""
        books = self.books
        for kind in ("receipt", "bill_received"):
            rows, amounts, _ = books.log.postings(kind, day - 1)
            mine = books.with_whom[rows] == AGENCY
            rows, amounts = rows[mine], amounts[mine]
            self.till.move("agency", books.lives.run[rows], share(amounts, self.rate_bp[rows]))
            books.with_whom[rows[books.status[rows] == NOT_OPEN]] = OURS

    def _end(self, rows: Rows, day: Day) -> None:
        """What it could not collect comes back."""
        rows = rows[(books := self.books).with_whom[rows] == AGENCY]
        rows = rows[books.status[rows] != NOT_OPEN]
        if len(rows):
            take_back(books, rows, day)
            books.log.on_invoices(
                "handed_back", day, rows, books.open_fen[rows], outcome=outcome_code("closed")
            )


def _next_workday(books: Books, day: Day) -> int:
    return int(books.world.calendar.next_workday(np.array([day], dtype=np.int32))[0])
