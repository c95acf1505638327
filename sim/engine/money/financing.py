"""17:00, before the balance is struck. Which receivables bring money before the customer pays, and who lends it?

Factor and bank settle with us on Fridays. A factored invoice stays in our sub-ledger, for we collect it; what the
factor has advanced is owed until the customer pays. A pledge loan may go as far as the borrowing base, which melts as
receivables age, and is drawn only as far as cash is short. In bad times both step back.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import some
from sim.base.days import NEVER, Day
from sim.base.draws import Purpose
from sim.base.money import WHOLE_BP, share
from sim.engine.money.insurance import FRIDAY, WEEK, YEAR, Insurer
from sim.engine.money.treasury import Till
from sim.engine.records.books import DISPUTED, NO_ROWS, READY, RUNNING, Books, Rows
from sim.engine.timetable import SEVENTEEN, Shift, Timetable
from sim.model import products
from sim.model.insurance import chance_within
from sim.model.ledger import OUTCOMES
from sim.model.products import FINANCIER, PLEDGE_LOAN
from sim.model.regimes import REGIMES, figures

Longs = NDArray[np.int64]

ACCEPTED_TO_GRADE = {"recourse": 3, "without_recourse": 2}
"""Up to which grade (0 = A) does the factor buy: D with recourse, C without (assumption)."""
AWAY_DAYS = 180
"""So long does it take to find another factor (assumption, 60-365)."""
BANK_CUTS_A_YEAR = 0.08
"""How often does a bank cut its lines in normal times (assumption, 0.02-0.15; regimes multiply it)?"""
BANK_CUT_TO_BP = 5_000
"""What is left of the lines (assumption, 3,000-8,000)."""
BANK_CUT_LASTS = 365
"""So long at least; and while times are bad (assumption, 180-720)."""
PLEDGE_KEEPS_DAYS = 10
"""The loan is drawn so that so many days of cost are in the bank (assumption, 5-20)."""
FACTOR_LEAVES, BANK_CUTS = 0, 100_000
"""Draws of the financiers are numbered from here, by month."""
TIGHT = REGIMES.index("tight_money")
OF_FACTOR, OF_BANK = OUTCOMES.index("factor"), OUTCOMES.index("bank")


class Factor:
    """Advances on sold invoices, per row; the factor's line, per run."""

    def __init__(self, books: Books, till: Till, grades: Longs):
        self.books, self.till, self.grades = books, till, grades
        self.advanced = np.zeros(len(books.open_fen), dtype=np.int64)
        self.recourse = np.zeros(len(books.open_fen), dtype=np.bool_)
        self.is_lost = np.zeros(len(books.open_fen), dtype=np.bool_)  # written off at the factor's risk
        self.rows: Rows = NO_ROWS  # with an advance
        self.closed_until = np.zeros(books.runs, dtype=np.int64)
        self.total = np.zeros(books.runs, dtype=np.int64)
        self._since = books.first - 1
        till.accounts.memos["factored_receivables"] = self.factored

    def factored(self) -> Longs:
        """How much of what is owed is sold? Shape (runs,)."""
        return self._by_run(self.rows, self.books.open_fen[self.rows])

    def week(self, day: Day) -> None:
        """Settle what has changed since last week, then sell the week's invoices."""
        if len(self.rows):
            self._bear_losses()
            self._settle(day)
        if some(self.is_lost):
            self._hand_on_recoveries()
        if self.books.policy.finance.factoring != "none":
            self._sell(day)
        self.total = self._by_run(self.rows, self.advanced[self.rows])
        self._since = day

    def charge(self) -> None:
        """A day's interest on what is advanced."""
        if some(self.total):
            rate = np.maximum(0, products.FACTORING_RECOURSE.interest_bp + self.books.bank_extra_bp)
            self.till.move_all("factoring_fee", products.bank_interest(self.total, rate, 1))

    def month(self, day: Day, number: int) -> None:
        """Does the factor give up its line? More often when money is tight."""
        books, finance = self.books, self.books.policy.finance
        if finance.factoring == "none":
            return
        hazard = products.withdrawal_chance(books.regime == TIGHT, finance.check_financiers)
        hazard = hazard + products.failure_chance(finance.check_financiers)
        luck = _luck_of_runs(books, FACTOR_LEAVES + number)
        gone = np.flatnonzero((luck < chance_within(hazard, 30)) & (self.closed_until <= day))
        self.closed_until[gone] = day + AWAY_DAYS
        books.log.on_company("line_cut", day, gone, self.total[gone], outcome=OF_FACTOR)

    def _sell(self, day: Day) -> None:
        books, finance = self.books, self.books.policy.finance
        rows = books.open_rows
        rows = rows[(books.invoiced_on[rows] > day - WEEK) & np.isin(books.status[rows], (RUNNING, READY))]
        rows = rows[self.grades[books.cell[rows]] <= ACCEPTED_TO_GRADE[finance.factoring]]
        rows = rows[(self.closed_until[books.lives.run[rows]] <= day) & (self.advanced[rows] == 0)]
        luck = books.world.luck_at(Purpose.FACTOR, books.cell[rows], books.lives.number[rows])
        rows = rows[luck * WHOLE_BP < finance.factoring_share_bp]
        if not len(rows):
            return
        with_recourse = finance.factoring == "recourse"
        product = products.FACTORING_RECOURSE if with_recourse else products.FACTORING_NON_RECOURSE
        face, run = books.open_fen[rows], books.lives.run[rows]
        self.advanced[rows] = products.advance(face, product)
        self.recourse[rows] = with_recourse
        self.till.move("factoring", run, self.advanced[rows])
        self.till.move("factoring_fee", run, share(face, product.fee_bp + product.risk_bp))
        self.rows = np.concatenate([self.rows, rows])

    def _bear_losses(self) -> None:
        """What was written off without recourse is the factor's loss: it pays the rest of the claim and keeps it."""
        books = self.books
        rows, lost, _ = books.log.postings("write_off", self._since)
        mine = (self.advanced[rows] > 0) & ~self.recourse[rows]
        if not some(mine):
            return
        rows, lost, run = rows[mine], lost[mine], books.lives.run[rows[mine]]
        self.till.move("factoring", run, lost - self.advanced[rows])
        self.till.accounts.post("factoring_advances", "factor_cover", run, lost)
        self.advanced[rows], self.is_lost[rows] = 0, True

    def _settle(self, day: Day) -> None:
        """Repay what was advanced on money that has come, on what was credited, and on what must be bought back."""
        books, rows = self.books, self.rows
        late = books.due_on[rows] + products.FACTORING_RECOURSE.buy_back_days <= day
        back = late & (self.recourse[rows] | (books.status[rows] == DISPUTED))
        most = share(books.open_fen[rows], products.FACTORING_RECOURSE.advance_bp)
        left = np.where(back, 0, np.minimum(self.advanced[rows], most))
        repaid = self.advanced[rows] - left
        self.till.move("factoring", books.lives.run[rows], -repaid)
        self.advanced[rows] = left
        self.rows = rows[left > 0]

    def _hand_on_recoveries(self) -> None:
        """What a failed customer's estate pays on the factor's loss is the factor's."""
        books = self.books
        rows, amounts, _ = books.log.postings("recovery", self._since)
        mine = self.is_lost[rows]
        if some(mine):
            run = books.lives.run[rows[mine]]
            self.till.move("factoring", run, -amounts[mine])
            self.till.accounts.post("factor_cover", "factoring_advances", run, amounts[mine])

    def _by_run(self, rows: Rows, amounts: Longs) -> Longs:
        total = np.zeros(self.books.runs, dtype=np.int64)
        np.add.at(total, self.books.lives.run[rows], amounts)
        return total


class Bank:
    """The pledge loan and the bank's lines, per run."""

    def __init__(self, books: Books, till: Till, factor: Factor, insurer: Insurer):
        self.books, self.till, self.factor, self.insurer = books, till, factor, insurer
        self.loan = np.zeros(books.runs, dtype=np.int64)
        self.line = np.zeros(books.runs, dtype=np.int64)
        self.granted_bp = np.full(books.runs, WHOLE_BP, dtype=np.int64)
        self.cut_until = np.full(books.runs, NEVER, dtype=np.int64)
        till.accounts.memos["pledge_line"] = lambda: self.line

    def week(self, day: Day) -> None:
        """What may be borrowed today, and how much of it do we need?"""
        rate = self.books.policy.finance.pledge_bp
        if not rate and not some(self.loan):
            self.line[:] = 0
            return
        self.line = share(self._base(day, rate), self.granted_bp)
        keep = PLEDGE_KEEPS_DAYS * (self.till.variable + self.till.fixed)
        wanted = np.clip(self.loan + keep - self.till.expected(), 0, self.line)
        self.till.move_all("loan", wanted - self.loan)
        self.loan = wanted

    def charge(self) -> None:
        """A day's interest on the loan."""
        if some(self.loan):
            rate = np.maximum(0, products.pledge_rate_bp() + self.books.bank_extra_bp)
            self.till.move_all("loan_interest", products.bank_interest(self.loan, rate, 1))

    def month(self, day: Day, number: int) -> None:
        """Does the bank cut its lines, or grant them again? Bad times are the worst time to ask."""
        books, finance = self.books, self.books.policy.finance
        times = figures("cuts")[books.regime]
        again = (self.cut_until <= day) & (times == 1.0)
        self.granted_bp[again], self.cut_until[again] = WHOLE_BP, NEVER
        hazard = BANK_CUTS_A_YEAR * times * (FINANCIER.checked if finance.check_financiers else 1.0)
        luck = _luck_of_runs(books, BANK_CUTS + number)
        cut = np.flatnonzero((luck < chance_within(hazard, 30)) & (self.granted_bp == WHOLE_BP))
        before = self.line[cut] - self.till.floor[cut]
        self.granted_bp[cut], self.cut_until[cut] = BANK_CUT_TO_BP, day + BANK_CUT_LASTS
        if books.mechanisms.company:
            self.till.grant(self.granted_bp)
        lost = before - share(before, BANK_CUT_TO_BP)
        books.log.on_company("line_cut", day, cut, lost, outcome=OF_BANK)

    def _base(self, day: Day, rate: int) -> Longs:
        """The borrowing base: neither sold, nor disputed, nor too late, no debtor too large. Shape (runs,)."""
        books = self.books
        rows = books.open_rows[self.factor.advanced[books.open_rows] == 0]
        late, disputed = day - books.due_on[rows].astype(np.int64), books.status[rows] == DISPUTED
        loan = replace(PLEDGE_LOAN, advance_bp=rate)
        money = products.eligible(books.open_fen[rows], late, disputed, books.cell[rows], books.cells, loan)
        return products.borrowing_base(money.reshape(books.runs, -1), self.insurer.is_insured(), loan)


def financing(time: Timetable, books: Books, till: Till, insurer: Insurer) -> Shift:
    """Every day at five: interest. On Fridays factor and bank settle. On the first: do they step back?"""
    factor = Factor(books, till, insurer.grades)
    bank = Bank(books, till, factor, insurer)
    checked_on = -NEVER
    while True:
        day = yield time.every_day(SEVENTEEN)
        factor.charge()
        bank.charge()
        if books.starts_month(day):
            number = (day - books.first) // 28
            factor.month(day, number)
            bank.month(day, number)
        if books.policy.finance.check_financiers and day >= checked_on + YEAR:
            checked_on = day
            till.move_all("information", np.full(books.runs, FINANCIER.check_fen))
        if day % WEEK == FRIDAY:
            factor.week(day)
            bank.week(day)


def _luck_of_runs(books: Books, number: int) -> NDArray[np.float64]:
    """One draw for each run: that of its first customer."""
    return books.world.luck_at(Purpose.BANKS, np.arange(books.runs) * books.customers, number)
