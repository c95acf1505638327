"""Who is worth how much credit? Grades as we see them, limits, approvals, security, and the end of a relation.

The true standing of a customer is hidden and wanders (mechanism grading). What we see of it comes from reviews: late,
noisy, and sharper the more we spend on information. Without reviews the grades of the portfolio are believed for ever.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.base.days import Day
from sim.base.draws import Purpose
from sim.engine.money.treasury import Till
from sim.engine.records.books import Books, Rows
from sim.engine.records.standing import Conduct
from sim.engine.timetable import SIXTEEN, Shift, Timetable
from sim.model import scorecard
from sim.model.ledger import HOLD_REASONS, OUTCOMES
from sim.model.limit_rules import NEED_A_FILE, CreditFacts, limits, need
from sim.model.portfolio import GRADES
from sim.model.statements import DRAWS, Statements, statements

Cells = NDArray[np.int64]
APPROVAL, CUT_OFF, EXIT = (HOLD_REASONS.index(name) for name in ("approval", "cut_off", "exit"))
GRADE_A = OUTCOMES.index("grade_a")
NOT_APPROVED_FROM = GRADES.index("D")
"""Large orders of these grades are refused when somebody has to approve them (assumption)."""
WEAK_FROM = GRADES.index("D")

GUARANTEE_ACCEPTED, OWNER_ACCEPTED = 0.30, 0.25
"""Chance that a customer gives a guarantee, or its owner does, when asked (assumption, 0.1-0.5)."""
GUARANTEE_COVERS_BP, OWNER_COVERS_BP, TITLE_COVERS_BP = 8_000, 3_000, 1_000
"""Share of what would be lost that each brings back (assumption)."""
UNASKED_COVER_BP = 9_500
"""No security covers more than this: nothing is without risk."""


class CreditControl:
    """Grades, limits and security of every customer in every run; shapes (cells,)."""

    def __init__(self, books: Books, till: Till):
        self.books, self.till = books, till
        given = np.array([GRADES.index(grade) for grade in books.portfolio.column("grade")], dtype=np.int64)
        self.true = np.tile(given, books.runs)
        self.seen = self.true.copy()
        self.given = self.true.copy()
        self.scale_pct = np.full(books.cells, 100, dtype=np.int64)  # of the rule's limit, after alerts
        self.exited = np.zeros(books.cells, dtype=np.bool_)
        self.cover_bp = np.zeros(books.cells, dtype=np.int64)
        self.asked = np.zeros(books.cells, dtype=np.bool_)
        self.conduct = Conduct(books)
        self.month = 0
        books.blocks.append(self.blocks)
        books.on_policy.append(self.know_policy)
        if any(policy.credit.review_days or policy.credit.alerts for policy in books.timeline.policies):
            books.on_payment.append(self.conduct.paid)
            books.on_broken_promise.append(self.conduct.broke_promises)
        self.know_policy(books.first)

    def work(self, time: Timetable) -> Shift:
        """Every first of a month at four: old sins weigh less, and true standing wanders."""
        while True:
            yield time.months(SIXTEEN)
            self.conduct.fade()
            if self.books.mechanisms.grading:
                self.wander()

    def reviews(self, time: Timetable) -> Shift:
        """Every day at four, where the policy reviews at all: whose file is opened?"""
        while True:
            day = yield time.every_day(SIXTEEN)
            due = self.due_for_review(day)
            if len(due):
                self.review(due, day)

    # limits -----------------------------------------------------------------------------------------------------

    def know_policy(self, day: Day) -> None:
        """Another policy from today: its limits, and whom it asks for security.

        Beyond the core the limits are written down, the first ones too, so that anyone can see how far each is used.
        """
        before = self.books.limits
        self.set_limits()
        changed = np.flatnonzero(self.books.limits != before)
        if self.books.mechanisms.any_on and len(changed):
            self.books.log.on_accounts("limit_change", day, changed, self.books.limits[changed])
        self._ask_for_security(day)

    def set_limits(self) -> None:
        """The policy's rule on the grades we see, scaled down where an alert has cut it."""
        books, policy = self.books, self.books.policy
        portfolio = books.portfolio
        net = np.maximum(0, policy.terms.net_days + portfolio.column("extra_net_days"))
        facts = CreditFacts(
            yearly_sales_fen=np.tile(portfolio.yearly_sales_fen(), books.runs),
            order_median_fen=np.tile(portfolio.column("order_median_fen"), books.runs),
            net_days=np.tile(net, books.runs),
            grade=self.seen,
            seller_yearly_fen=int(portfolio.yearly_sales_fen().sum()),
            lgd_bp=np.tile(portfolio.column("lgd_bp"), books.runs),
        )
        if policy.credit.limit_rule in NEED_A_FILE:
            facts = replace(facts, **vars(self._files(facts)))
        found = limits(policy.credit.limit_rule, facts, policy.credit.limit_pct)
        books.limits = found if (self.scale_pct == 100).all() else found * self.scale_pct // 100
        by_hand = books.limit_by_hand >= 0
        if by_hand.any():
            books.limits = np.where(by_hand, books.limit_by_hand, books.limits)

    def _files(self, facts: CreditFacts) -> Statements:
        """What customers' accounts and other suppliers say, as far as our information goes."""
        books, everyone = self.books, np.arange(self.books.cells)
        luck = np.stack([books.world.luck_at(Purpose.FILE, everyone, number) for number in range(DRAWS)])
        told = self.books.policy.credit.information
        return statements(facts.yearly_sales_fen, need(facts), self.given, told, luck)

    def scale(self, cells: Cells, pct: int, day: Day) -> None:
        """An alert (or its end) changes these limits."""
        self.scale_pct[cells] = pct
        before = self.books.limits[cells]
        self.set_limits()
        changed = cells[self.books.limits[cells] != before]
        self.books.log.on_accounts("limit_change", day, changed, self.books.limits[changed])

    # blocks -----------------------------------------------------------------------------------------------------

    def blocks(self, rows: Rows, cells: Cells, day: Day) -> NDArray[np.int8]:
        """Why may each of these orders not go out yet? 0 = it may, as far as credit control knows."""
        credit, books = self.books.policy.credit, self.books
        reason = np.zeros(len(rows), dtype=np.int8)
        if credit.approval_fen:
            large = books.lives.amount_fen[rows] >= credit.approval_fen
            waiting = day - books.lives.wanted_on[rows] < credit.approval_days
            reason[large & (waiting | (self.seen[cells] >= NOT_APPROVED_FROM))] = APPROVAL
        if credit.cut_off_grade != "none":
            reason[self.seen[cells] >= GRADES.index(credit.cut_off_grade)] = CUT_OFF
        reason[self.exited[cells]] = EXIT
        return reason

    # reviews ----------------------------------------------------------------------------------------------------

    def due_for_review(self, day: Day) -> Cells:
        """Whose file is opened today? Reviews are spread evenly over the customers."""
        every = self.books.policy.credit.review_days
        if not every:
            return np.zeros(0, dtype=np.int64)
        turn = np.arange(self.books.customers) * every // self.books.customers
        who = np.flatnonzero((day - self.books.first) % every == turn)
        runs = np.arange(self.books.runs) * self.books.customers
        cells: Cells = (runs[:, None] + who[None, :]).ravel()
        return cells[~self.books.failed[cells] & ~self.exited[cells]]

    def review(self, cells: Cells, day: Day) -> None:
        """A new grade from what we know of them; the limit follows, and the end of the relation if it must be."""
        books, credit = self.books, self.books.policy.credit
        blocks = self._what_we_read(cells, day)
        grade = scorecard.grade_of(scorecard.score(blocks))
        changed = grade != self.seen[cells]
        cost = scorecard.INFORMATION_FIGURES.cost_fen[scorecard.INFORMATION.index(credit.information)]
        self.till.move("information", cells // books.customers, np.full(len(cells), cost, dtype=np.int64))
        self.seen[cells] = grade
        moved = cells[changed]
        if len(moved):
            books.log.on_accounts(
                "grade_change", day, moved, books.owed[moved], outcome=GRADE_A + self.seen[moved]
            )
            self.set_limits()
            books.log.on_accounts("limit_change", day, moved, books.limits[moved])
            self._ask_for_security(day)
        if credit.exit_grade != "none":
            self._part_from(cells[self.seen[cells] >= GRADES.index(credit.exit_grade)], day)

    def _what_we_read(self, cells: Cells, day: Day) -> NDArray[np.float64]:
        """Points by block: accounts with noise, our own history as the ledger shows it; the rest stands for the truth.

        What nobody reports to us (owner, references, industry) is read with the same error as the accounts.
        """
        books = self.books
        standing = scorecard.score_of_pd(scorecard.pd_of(self.true[cells]))
        points = np.tile(standing[:, None], (1, len(scorecard.BLOCKS)))
        known = self.conduct.is_known[cells]
        history = self.conduct.points(cells)
        at = scorecard.BLOCKS.index("history")
        points[:, at] = np.where(known, history, np.nan)
        information = np.full(len(cells), scorecard.INFORMATION.index(books.policy.credit.information))
        luck = books.world.luck_at(Purpose.SCORE_NOISE, cells, (day - books.first) // 30)
        return scorecard.measured_blocks(points, information, ndtri(np.clip(luck, 1e-9, 1 - 1e-9)))

    def _part_from(self, cells: Cells, day: Day) -> None:
        """We sell nothing more to them; what they owe stays owed."""
        self.exited[cells] = True
        self.books.log.on_accounts("exited", day, cells, self.books.owed[cells])

    # standing and security --------------------------------------------------------------------------------------

    def wander(self) -> None:
        """A month goes by: true grades rise and fall, faster down in bad times, and failure follows them."""
        books = self.books
        self.month += 1
        migration = scorecard.of_survivors(scorecard.monthly_migration())
        luck = books.world.luck_at(Purpose.MIGRATION, np.arange(books.cells), self.month)
        self.true = np.minimum(scorecard.next_grade(self.true, luck, migration), len(GRADES) - 1)
        books.danger.set("grade", scorecard.pd_of(self.true) / scorecard.pd_of(self.given))

    def _ask_for_security(self, day: Day) -> None:
        """Guarantees of the weak (or all), the owner's too, title to the goods: what they would bring back."""
        credit, books = self.books.policy.credit, self.books
        weak = self.seen >= (WEAK_FROM if credit.guarantee == "weak" else 0)
        wanted = weak & (credit.guarantee != "none") & ~self.asked & ~books.failed
        luck = books.world.luck_at(Purpose.ACCEPTANCE, np.arange(books.cells), 0)
        given = wanted & (luck < GUARANTEE_ACCEPTED)
        owner = wanted & ~given & credit.owner_guarantee & (luck < GUARANTEE_ACCEPTED + OWNER_ACCEPTED)
        self.asked |= wanted
        self.cover_bp[given], self.cover_bp[owner] = GUARANTEE_COVERS_BP, OWNER_COVERS_BP
        cells = np.flatnonzero(given | owner)
        books.log.on_accounts("guarantee", day, cells, books.limits[cells])
        title = TITLE_COVERS_BP if credit.retention_of_title else 0
        books.cover_bp = np.minimum(self.cover_bp + title, UNASKED_COVER_BP)
