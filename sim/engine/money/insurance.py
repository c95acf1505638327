"""17:00, before the balance is struck. Whom does the credit insurer cover, what does it ask, and when does it pay?

New invoices of insured customers are covered while the insurer grants a limit and nothing of the customer is too long
overdue. A loss is paid after the waiting time (protracted default) or some weeks after a failure is known. What comes
in afterwards on a paid claim goes back to the insurer for its share.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER, Day
from sim.base.draws import Purpose
from sim.base.money import WHOLE_BP, fraction, share
from sim.engine.money.treasury import Till
from sim.engine.records.books import DISPUTED, NOT_OPEN, Books, Rows
from sim.engine.timetable import SEVENTEEN, Shift, Timetable
from sim.model import insurance as cover
from sim.model.ledger import OUTCOMES
from sim.model.policy import Policy
from sim.model.regimes import figures
from sim.model.rules import DEFAULT_NOTICE_DAYS, LIMIT_GRACE_DAYS
from sim.model.scorecard import pd_of

Longs = NDArray[np.int64]
Cells = NDArray[np.integer]

GRANTED_BP = np.array([10_000, 10_000, 8_000, 4_000, 0])
"""Of what we ask for, by grade A-E, the insurer grants so much (assumption)."""
CUT_TO_BP = np.array([5_000, 5_000, 5_000, 0, 0])
"""What is left of a limit after a cut, by grade (assumption; 0 is a cancellation)."""
CUT_LASTS = 365
"""So many days later, at the renewal, the limit is granted again (assumption)."""
KEY_SHARE = 0.10
"""Key customers: so many of the largest buyers, and one at least (assumption, 0.05-0.2)."""
KEY_EXTRA_BP = 10
"""Insuring only the large ones costs so much more of their turnover (assumption, 5-20 bp)."""
EXTRA_DAYS, LOSS_SHARE = 30, 0.6
"""The insurer reckons with so many days beyond the term, and with so much of a failed debt lost (assumption)."""
LOSS_RATIO = 0.6
"""It asks for so much premium that expected indemnities are this share of it (assumption, 0.4-0.8), at least 0.25 %."""
STOP_DAYS = 60
"""Nothing new is covered for a customer overdue by more than this (trade practice, 30-90)."""
PROCESS_FEN = 150_000
"""Keeping claims in order costs so much a month (assumption, 50,000-500,000 fen)."""
UNINSURABLE = ("affiliate", "public")
"""An own affiliate and a public body are not insured (trade practice)."""
PAID, REFUSED = OUTCOMES.index("paid"), OUTCOMES.index("refused")
FRIDAY, WEEK, YEAR = 1, 7, 365  # day 0 was a Thursday
CLAIM_NUMBERS = 10_000
"""Draws of claims are numbered from here, draws of cuts by month from 0."""
DISPUTE_WAIT = 30


class Insurer:
    """Limits per cell, cover per invoice, premium, claims. Shapes: cells (runs * customers,), invoices (rows,)."""

    def __init__(self, books: Books, till: Till, grades: Longs):
        self.books, self.till, self.grades = books, till, grades
        self.granted_bp = np.full(books.cells, WHOLE_BP, dtype=np.int64)  # what cuts have left of it
        self.restored_on = np.full(books.cells, NEVER, dtype=np.int64)
        self.limit_at = np.zeros(len(books.open_fen), dtype=np.int64)  # in force when the invoice was written
        self.loss = np.zeros_like(self.limit_at)  # written off, claim not decided
        self.indemnified = np.zeros_like(self.limit_at)
        self.claimed = np.zeros(books.cells, dtype=np.int64)  # of the limit used up by claims
        self.claims = np.zeros(books.cells, dtype=np.int64)
        self.turnover = np.zeros(books.runs, dtype=np.int64)  # insured since the last premium
        self.known_failed = np.zeros(books.cells, dtype=np.bool_)
        self._since = books.first - 1
        till.accounts.memos["insured_receivables"] = self.insured_receivables
        self._offered: str = books.portfolio.policy_in_force.finance.insurance
        self._asked_by: Policy | None = None
        self._new_year(books.first)
        self._cover(books.open_rows, books.first - 1)
        self.turnover[:] = 0  # what was owed before is insured, and paid for, if it was so agreed then

    def work(self, time: Timetable) -> Shift:
        """Every day at five: claims. On Fridays: new cover, money passed back. On the first: premium and cuts."""
        while True:
            day = yield time.every_day(SEVENTEEN)
            self._know_policy(day)
            if day % WEEK == FRIDAY:
                self._week(day)
            self._decide_claims(day)
            if self.books.starts_month(day):
                self._month(day)

    def _know_policy(self, day: Day) -> None:
        offered = self.books.policy.finance.insurance
        if offered != self._offered:
            self._offered, self._asked_by = offered, None
            self._new_year(day)

    @property
    def product(self) -> cover.CreditInsurance:
        """The policy we hold."""
        return replace(cover.CREDIT_INSURANCE, cover_bp=self.books.policy.finance.insurance_cover_bp)

    def is_offered(self) -> NDArray[np.bool_]:
        """Which customers do we insure? Shape (customers,)."""
        portfolio = self.books.portfolio
        insurable = ~np.isin(portfolio.column("segment"), UNINSURABLE)
        if self._offered == "whole":
            return insurable
        if self._offered != "key":
            return np.zeros(len(portfolio), dtype=np.bool_)
        order = np.argsort(-portfolio.yearly_sales_fen(), kind="stable")
        key = np.zeros(len(portfolio), dtype=np.bool_)
        key[order[: max(1, round(KEY_SHARE * len(portfolio)))]] = True
        return key & insurable

    def limits(self) -> Longs:
        """What does the insurer cover of each customer now? Purchases of the term and ten days, by grade; (cells,)."""
        if self._asked_by is not self.books.policy:
            self._ask()
        granted = share(cover.insurer_limit(self.asked, GRANTED_BP[self.grades]), self.granted_bp)
        return np.where(self.known_failed, 0, granted)

    def _ask(self) -> None:
        books, portfolio = self.books, self.books.portfolio
        self._asked_by = books.policy
        net = np.maximum(0, books.policy.terms.net_days + portfolio.column("extra_net_days"))
        need = fraction(portfolio.yearly_sales_fen(), (net + LIMIT_GRACE_DAYS) * 13, 3650)
        self.asked: Longs = np.tile(np.where(self.is_offered(), need, 0), books.runs)

    # --- cover ------------------------------------------------------------------------------------------------------

    def _week(self, day: Day) -> None:
        rows = self.books.open_rows
        self.known_failed = self.books.failed_on <= day - DEFAULT_NOTICE_DAYS
        if self._offered != "none":
            self._cover(rows[self.books.invoiced_on[rows] > day - WEEK], day)
        self._note_losses(day)
        self._pass_back()
        self._since = day

    def _cover(self, rows: Rows, day: Day) -> None:
        """These invoices are insured up to the limit of today, unless their customer is too long overdue."""
        books = self.books
        limit = self.limits()
        late = books.open_rows[books.due_on[books.open_rows] < day - STOP_DAYS]
        limit[books.cell[late]] = 0
        self.limit_at[rows] = limit[books.cell[rows]]
        rows = rows[self.limit_at[rows] > 0]
        np.add.at(self.turnover, books.lives.run[rows], books.open_fen[rows])
        waits = np.maximum(books.due_on[rows] + self.product.waiting_days, day + 1)
        books.plan("claim", waits, rows)

    def insured_receivables(self) -> Longs:
        """How much of what is owed is insured, within limits and before our own share? Shape (runs,)."""
        books = self.books
        rows = books.open_rows[self.limit_at[books.open_rows] > 0]
        owed, most = np.zeros(books.cells, dtype=np.int64), np.zeros(books.cells, dtype=np.int64)
        np.add.at(owed, books.cell[rows], books.open_fen[rows])
        np.maximum.at(most, books.cell[rows], self.limit_at[rows])
        total: Longs = np.minimum(owed, most).reshape(books.runs, -1).sum(axis=1)
        return total

    def is_insured(self) -> NDArray[np.bool_] | None:
        """Whose debts are insured at present? Shape (runs, customers); None where nobody's are."""
        if self._offered == "none":
            return None
        return (self.limits() > 0).reshape(self.books.runs, -1)

    # --- premium and cuts -------------------------------------------------------------------------------------------

    def _month(self, day: Day) -> None:
        if self.turnover.any():
            self.till.move_all("premium", share(self.turnover, self.premium_bp))
            self.turnover[:] = 0
        if self._offered == "none":
            return
        if self.books.policy.finance.insurance_process:
            self.till.move_all("premium", np.full(self.books.runs, PROCESS_FEN))
        if day >= self._year_began + YEAR:
            self._new_year(day)
        self._cut(day)

    def _new_year(self, day: Day) -> None:
        """First loss and greatest liability of the policy year, by what it is expected to insure."""
        self._year_began = day
        self.premium_bp = self._price()
        insured = self.books.portfolio.yearly_sales_fen()[self.is_offered()].sum()
        turnover = np.full(self.books.runs, insured)
        self.first_loss, _ = cover.year_limits(turnover, self.product)
        self.liability = share(turnover, self.premium_bp) * self.product.most_premiums

    def _price(self) -> Longs:
        """The rate of premium for this year, in basis points of turnover: by the grades of those insured; (runs,)."""
        books = self.books
        sales = np.where(self.limits() > 0, np.tile(books.portfolio.yearly_sales_fen(), books.runs), 0)
        days = books.policy.terms.net_days + EXTRA_DAYS
        risk = (sales * pd_of(self.grades)).reshape(books.runs, -1).sum(axis=1)
        risk = risk / np.maximum(sales.reshape(books.runs, -1).sum(axis=1), 1) * LOSS_SHARE * days / 365.0
        loaded = np.rint(risk * self.product.cover_bp / LOSS_RATIO).astype(np.int64)
        extra = KEY_EXTRA_BP if self._offered == "key" else 0
        return np.maximum(loaded, cover.CREDIT_INSURANCE.premium_bp) + extra

    def _cut(self, day: Day) -> None:
        """The weak in bad times first: a friend in fine weather."""
        books = self.books
        again = self.restored_on <= day
        self.granted_bp[again], self.restored_on[again] = WHOLE_BP, NEVER
        bad = np.repeat(figures("cuts")[books.regime], books.customers)
        chance = cover.chance_within(cover.cut_hazard(self.grades, bad, self.product), 30)
        month = (day - books.first) // 28
        luck = books.world.luck_at(Purpose.INSURER, np.arange(books.cells), month)
        before = self.limits()
        hit = np.flatnonzero((luck < chance) & (before > 0))
        self.granted_bp[hit] = self.granted_bp[hit] * CUT_TO_BP[self.grades[hit]] // WHOLE_BP
        self.restored_on[hit] = day + CUT_LASTS
        books.log.on_accounts("insurance_cut", day, hit, (before - self.limits())[hit])

    # --- claims -----------------------------------------------------------------------------------------------------

    def _note_losses(self, day: Day) -> None:
        """What was written off since last week and was insured becomes a claim."""
        books = self.books
        rows, amounts, days = books.log.postings("write_off", self._since)
        mine = (self.limit_at[rows] > 0) & (self.indemnified[rows] == 0)
        if not mine.any():
            return
        rows, amounts, days = rows[mine], amounts[mine], days[mine]
        self.loss[rows] += amounts
        proved = np.where(self.known_failed[books.cell[rows]], days, NEVER)
        due = cover.paid_on(books.due_on[rows], proved, np.zeros(len(rows), dtype=np.bool_), self.product)
        books.plan("claim", np.maximum(due, day), rows)

    def _decide_claims(self, day: Day) -> None:
        """What is still unpaid when the waiting time ends is paid or refused; a dispute must be settled first."""
        books = self.books
        rows = books.due_today("claim", day)
        if not len(rows):
            return
        rows = np.unique(rows)
        rows = rows[(self.indemnified[rows] == 0) & (self.limit_at[rows] > 0)]
        rows = rows[(books.status[rows] != NOT_OPEN) | (self.loss[rows] > 0)]
        if not len(rows):
            return  # all paid in time
        disputed = books.status[rows] == DISPUTED
        books.plan("claim", np.full(int(disputed.sum()), day + DISPUTE_WAIT), rows[disputed])
        rows = rows[~disputed]
        lost = np.where(books.status[rows] == NOT_OPEN, self.loss[rows], books.open_fen[rows])
        self._pay(day, rows[lost > 0], lost[lost > 0])

    def _pay(self, day: Day, rows: Rows, lost: Longs) -> None:
        """One claim per customer. Of one run's claims of a day one after another: the year's limits shrink."""
        books = self.books
        cells, which = np.unique(books.cell[rows], return_inverse=True)
        if not len(cells):
            return
        total, most = np.zeros(len(cells), dtype=np.int64), np.zeros(len(cells), dtype=np.int64)
        np.add.at(total, which, lost)
        np.maximum.at(most, which, self.limit_at[rows])
        number = CLAIM_NUMBERS + self.claims[cells]
        self.claims[cells] += 1
        luck = books.world.luck_at(Purpose.INSURER, cells, number)
        refused = cover.is_refused(luck, books.policy.finance.insurance_process, self.product)
        books.log.on_accounts("claim", day, cells[refused], total[refused], outcome=REFUSED)
        self.limit_at[rows[refused[which]]] = 0
        room = np.maximum(most - self.claimed[cells], 0)
        paid = np.where(refused, 0, self._indemnities(cells // books.customers, total, room))
        self.claimed[cells] += np.where(refused, 0, np.minimum(total, room))
        books.log.on_accounts("claim", day, cells[~refused], paid[~refused], outcome=PAID)
        self.till.move("indemnity", cells // books.customers, paid)
        self.indemnified[rows] = fraction(lost, paid[which], np.maximum(total[which], 1))
        self.limit_at[rows] = 0

    def _indemnities(self, runs: Cells, losses: Longs, limits: Longs) -> Longs:
        paid = np.zeros(len(runs), dtype=np.int64)
        for place, run in enumerate(runs):  # few on a day
            one = slice(place, place + 1)
            left = (self.first_loss[[run]], self.liability[[run]])
            paid[one], self.first_loss[[run]], self.liability[[run]] = cover.indemnity(
                losses[one], limits[one], *left, self.product
            )
        return paid

    def _pass_back(self) -> None:
        """What customers paid after all, or their estates, on claims that the insurer has paid."""
        books = self.books
        if not self.indemnified.any():
            return
        for kind in ("receipt", "recovery"):
            rows, amounts, _ = books.log.postings(kind, self._since)
            mine = self.indemnified[rows] > 0
            if mine.any():
                rows, which = np.unique(rows[mine], return_inverse=True)
                received = np.zeros(len(rows), dtype=np.int64)
                np.add.at(received, which, amounts[mine])
                back = np.minimum(share(received, self.product.cover_bp), self.indemnified[rows])
                self.indemnified[rows] -= back
                self.till.move("indemnity", books.lives.run[rows], -back)
