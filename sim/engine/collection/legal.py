"""15:00. Which claims go to court, by which way, at what cost, and what comes of it?

A case is one customer's claims at one time. The way of a case is known to nature when it is filed (its draws are
numbered by the customer's cases); what it brings depends on what is still open when each answer comes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import some
from sim.base.days import NEVER, Day
from sim.base.draws import Purpose
from sim.engine.collection.claims import hand_over, oldest_first, ripe, take_back, take_in
from sim.engine.collection.limitation import Limitation
from sim.engine.credit.credit_office import write_off
from sim.engine.money.treasury import Till
from sim.engine.records.books import COURT, DISPUTED, NO_ROWS, NOT_OPEN, OURS, Books, Rows
from sim.engine.records.log import outcome_code
from sim.engine.timetable import FIFTEEN, Shift, Timetable
from sim.model.escalation import ESCALATION, court_effect
from sim.model.law import payment_order_fee
from sim.model.moves import ARCHETYPES
from sim.model.suit import (
    DOCUMENTS,
    appeal_days,
    collected_after_judgment,
    enforcement_days,
    is_simplified,
    objection_chance,
    objection_ends_on,
    order_enforced_on,
    suit_outlay,
    trial_days,
    win_chance,
)

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

DRAWS = 16
OBJECTS, ORDER_ENFORCED, PAPERS, FILING, TRIAL, APPEALS, APPEAL, WINS, ENFORCED = range(9)
"""What is drawn about a case: each draw's place among the 16 numbers of a case."""


@dataclass
class Cases:
    """One row per case, all runs together; shape (cases,)."""

    cell: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    number: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # the customer's n-th, from 0
    sues: Bools = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))  # goes on after an objection
    preserved: Bools = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))

    def add(self, columns: Mapping[str, Ints | Bools]) -> Ints:
        """New cases; returns their places."""
        start = len(self.cell)
        for column in fields(self):
            both = np.concatenate([getattr(self, column.name), columns[column.name]])
            setattr(self, column.name, both)
        return np.arange(start, len(self.cell))


class Legal:
    """All cases, and which claims are in them."""

    def __init__(self, books: Books, till: Till, limitation: Limitation):
        self.books, self.till, self.limitation = books, till, limitation
        self.cases = Cases()
        self.case_of = np.full(len(books.cell), -1, dtype=np.int64)
        self.rows: Rows = NO_ROWS  # claims in court about which something was owed at three o'clock
        self.lost_fen = np.zeros(len(books.cell), dtype=np.int64)  # written off, and yet to be sued for
        self.given_up: Rows = NO_ROWS
        self.done = np.zeros(len(books.cell), dtype=np.bool_)  # a court has spoken
        self.read_to = books.first - 1
        self.filed = np.zeros(books.cells, dtype=np.int64)  # cases so far
        self.archetype = np.array([ARCHETYPES.index(kind.archetype) for kind in books.portfolio.behaviours])

    def work(self, time: Timetable) -> Shift:
        """Every working day at three: hear what the courts say, then file what is ripe."""
        while True:
            day = yield time.workdays(FIFTEEN)
            self.limitation.note(day)
            self._note_given_up(day)
            self._let_go_of_settled()
            self._answers_to_orders(self.books.due_today("order_answer", day), day)
            self._judgments(self.books.due_today("judgment", day), day)
            self._money(self.books.due_today("enforced", day), day)
            collection = self.books.policy.collection
            if collection.court_days:
                self.file(self._ripe_cases(collection.court_days, day), day, order=collection.payment_order)

    def _note_given_up(self, day: Day) -> None:
        """What was written off only because it was old can still be sued for."""
        books = self.books
        rows, amounts, _ = books.log.postings("write_off", self.read_to)
        self.read_to = day - 1  # claims are given up after three
        mine = ~self.done[rows] & ~books.failed[books.cell[rows]]
        self.lost_fen[rows[mine]] = amounts[mine]
        self.given_up = np.concatenate([self.given_up, rows[mine]])

    def _let_go_of_settled(self) -> None:
        """What was paid or credited in the meantime is in court no longer."""
        settled = self._owed(self.rows) == 0
        if not some(settled):
            return
        gone = self.rows[settled]
        self.books.with_whom[gone], self.case_of[gone] = OURS, -1
        self.rows = self.rows[~settled]
        self._tell_danger()

    def _ripe_cases(self, days: int, day: Day) -> Rows:
        """Claims old enough, and with them the customer's others that have waited a month."""
        books, pool = self.books, self.given_up
        pool = pool[(self.case_of[pool] < 0) & ~self.done[pool] & ~books.failed[books.cell[pool]]]
        rows = np.concatenate([ripe(books, day, days), pool[books.due_on[pool] <= day - days]])
        if not len(rows):
            return rows
        along = np.concatenate([ripe(books, day, min(days, ESCALATION.joined_days)), pool])
        return along[np.isin(books.cell[along], books.cell[rows])]

    # --- filing ---------------------------------------------------------------------------------------------

    def file(self, rows: Rows, day: Day, *, order: bool, sues: bool = True) -> None:
        """These claims go to court: one case for each customer, by payment order or at once by a suit."""
        rows = np.unique(rows[~self.limitation.is_barred(rows, day) & ~self.done[rows]])
        if not len(rows):
            return
        books = self.books
        cells, case = np.unique(books.cell[rows], return_inverse=True)
        ids = self.cases.add(
            {"cell": cells, "number": self.filed[cells], "sues": np.full(len(cells), sues),
             "preserved": np.zeros(len(cells), dtype=np.bool_)}
        )  # fmt: skip
        self.filed[cells] += 1
        self.case_of[rows] = ids[case]
        self.rows = np.concatenate([self.rows, rows])
        if order:
            self._ask_for_order(ids, rows, day)
        else:
            self._sue(ids, rows, day)

    def _ask_for_order(self, ids: Ints, rows: Rows, day: Day) -> None:
        """A third of the fee, 35 days; then we know whether the debtor objects."""
        ends = _workdays(self.books, objection_ends_on(np.full(len(ids), day)))
        self.till.move("legal", self._runs(ids), payment_order_fee(self._claims(ids, rows)))
        self._hand_over(ids, rows, ends, "payment_order", day, preserved=False)
        self.books.plan("order_answer", ends, ids)

    def _sue(self, ids: Ints, rows: Rows, day: Day) -> None:
        """Fees, lawyer and, if wanted, preservation are paid; the judgment comes in its own time."""
        books, preserve = self.books, self.books.policy.collection.preservation
        self.cases.preserved[ids] = preserve
        documents, claims = self._documents(ids), self._claims(ids, rows)
        disputed = self._disputed(ids, rows)
        short = is_simplified(documents, disputed)
        outlay = suit_outlay(claims, short, self.cases.preserved[ids])
        self.till.move("legal", self._runs(ids), outlay)
        trial = trial_days(short, np.stack([self._luck(ids, FILING), self._luck(ids, TRIAL)]))
        appeal = appeal_days(short, np.stack([self._luck(ids, APPEALS), self._luck(ids, APPEAL)]))
        ends = _workdays(books, day + trial + appeal)
        self._hand_over(ids, rows, ends, "court", day, preserved=preserve)
        books.plan("judgment", ends, ids)

    def _hand_over(self, ids: Ints, rows: Rows, ends: Ints, how: str, day: Day, *, preserved: bool) -> None:
        books = self.books
        effect = court_effect(self.archetype, preserved)[books.behaviour[rows]]
        hand_over(books, rows, COURT, effect)
        until = ends[np.searchsorted(ids, self.case_of[rows])]
        books.log.on_invoices(
            "handed_over", day, rows, self._owed(rows), until=until, outcome=outcome_code(how)
        )
        self._tell_danger()

    def _tell_danger(self) -> None:
        """Being sued, with accounts frozen, brings some of the cash-strapped down."""
        books = self.books
        if not (books.mechanisms.any_on and (len(self.rows) or books.danger.are_set)):
            return
        strapped = self.archetype == ARCHETYPES.index("strapped")
        rows = self.rows[strapped[books.behaviour[self.rows]]]
        danger = np.ones(books.cells)
        danger[books.cell[rows]] = ESCALATION.suit_danger
        books.danger.set("court", danger)

    # --- answers --------------------------------------------------------------------------------------------

    def _answers_to_orders(self, ids: Ints, day: Day) -> None:
        """Who objects is sued; against the others the order stands."""
        ids, rows = self._still_open(ids)
        if not len(ids):
            return
        kind = self.archetype[self.books.lives.behaviour.ravel()[self.cases.cell[ids]]]
        objects = self._luck(ids, OBJECTS) < objection_chance(kind, self._disputed(ids, rows))
        self._rule(ids[objects], rows, "objected", day)
        self._rule(ids[~objects], rows, "accepted", day)
        self._stop(ids[objects & ~self.cases.sues[ids]], rows, "objected", day)
        suing = ids[objects & self.cases.sues[ids]]
        if len(suing):
            self._sue(suing, rows[np.isin(self.case_of[rows], suing)], day)
        standing = ids[~objects]
        money_on = order_enforced_on(np.full(len(standing), day), self._luck(standing, ORDER_ENFORCED))
        self.books.plan("enforced", _workdays(self.books, money_on), standing)

    def _judgments(self, ids: Ints, day: Day) -> None:
        """Who has lost gives the claim up; who has won waits for enforcement."""
        ids, rows = self._still_open(ids)
        if not len(ids):
            return
        wins = self._luck(ids, WINS) < win_chance(self._documents(ids))
        self._rule(ids[wins], rows, "won", day)
        self._rule(ids[~wins], rows, "lost", day)
        lost = rows[np.isin(self.case_of[rows], ids[~wins])]
        self._stop(ids[~wins], rows, "lost", day)
        self._give_up(lost, day)
        money_on = day + enforcement_days(self._luck(ids[wins], ENFORCED))
        self.books.plan("enforced", _workdays(self.books, money_on), ids[wins])

    def _money(self, ids: Ints, day: Day) -> None:
        """What enforcement brings; the rest is ours again, too old for most policies, and never sued for again."""
        ids, rows = self._still_open(ids)
        if not len(ids):
            return
        books = self.books
        ruled = self._claims(ids, rows)
        failed = books.failed[self.cases.cell[ids]]
        money = collected_after_judgment(ruled, self.cases.preserved[ids], failed)
        rows = rows[np.isin(self.case_of[rows], ids)]
        case, owed = np.searchsorted(ids, self.case_of[rows]), self._owed(rows)
        self._stop(ids, rows, "collected", day)
        paid = oldest_first(books, rows, case, money, owed)
        is_open = books.status[rows] != NOT_OPEN
        take_in(books, self.till, day, rows[is_open], paid[is_open])
        found = ~is_open & (paid > 0)
        books.log.entry("recovery", day, rows[found], paid[found])
        self.till.move("recovery", books.lives.run[rows[found]], paid[found])
        self.done[rows], self.lost_fen[rows] = True, 0

    def _give_up(self, rows: Rows, day: Day) -> None:
        """The court has spoken against us: what is still open of these claims is lost for good."""
        self.done[rows], self.lost_fen[rows] = True, 0
        rest = rows[self.books.status[rows] != NOT_OPEN]
        if len(rest):
            write_off(self.books, day, rest)

    def _rule(self, ids: Ints, rows: Rows, outcome: str, day: Day) -> None:
        """The court has answered."""
        self.books.log.on_accounts(
            "court_ruling", day, self.cases.cell[ids], self._claims(ids, rows), outcome=outcome_code(outcome)
        )

    def _stop(self, ids: Ints, rows: Rows, outcome: str, day: Day) -> None:
        """These cases are over; their claims are ours again."""
        if not len(ids):
            return
        mine = rows[np.isin(self.case_of[rows], ids)]
        take_back(self.books, mine, day)
        self.case_of[mine] = -1
        self.rows = self.rows[self.books.with_whom[self.rows] == COURT]
        self._tell_danger()
        self.books.log.on_invoices("handed_back", day, mine, self._owed(mine), outcome=outcome_code(outcome))

    # --- what is known of a case ----------------------------------------------------------------------------

    def _still_open(self, ids: Ints) -> tuple[Ints, Rows]:
        """Those of these cases about which something is still owed, and their open claims."""
        if not len(ids):
            return ids, NO_ROWS
        self.rows = np.sort(self.rows)
        rows = self.rows[np.isin(self.case_of[self.rows], ids)]
        return np.unique(self.case_of[rows]), rows

    def _claims(self, ids: Ints, rows: Rows) -> Ints:
        """How much is owed in each of these cases?"""
        return self._sums(ids, rows, self._owed(rows))

    def _owed(self, rows: Rows) -> Ints:
        """What is open of these claims, or was written off and can still be sued for."""
        found: Ints = self.books.open_fen[rows] + self.lost_fen[rows]
        return found

    def _disputed(self, ids: Ints, rows: Rows) -> Bools:
        return self._sums(ids, rows, self.books.status[rows] == DISPUTED) > 0

    def _sums(self, ids: Ints, rows: Rows, figures: NDArray[np.integer] | Bools) -> Ints:
        sums = np.zeros(len(self.cases.cell), dtype=np.int64)
        np.add.at(sums, self.case_of[rows], figures)
        return sums[ids]

    def _documents(self, ids: Ints) -> Ints:
        """What can we show? With a clear contract all of it; else often the delivery note is missing."""
        clear = self.books.policy.operations.contract_clarity_pct / 100.0
        luck = self._luck(ids, PAPERS)
        note = clear + (1.0 - clear) * ESCALATION.note_missing
        places = [DOCUMENTS.index(name) for name in ("complete", "no_delivery_note", "verbal")]
        return np.select([luck < clear, luck < note], places[:2], places[2])

    def _luck(self, ids: Ints, draw: int) -> Floats:
        number = self.cases.number[ids] * DRAWS + draw
        return self.books.world.luck_at(Purpose.LEGAL, self.cases.cell[ids], number)

    def _runs(self, ids: Ints) -> Ints:
        return self.cases.cell[ids] // self.books.customers


def _workdays(books: Books, days: Ints) -> Ints:
    """The next working day for each; far days, beyond every horizon, stay far."""
    capped = np.minimum(days, books.last + 30).astype(np.int32)
    return np.where(days > books.last, NEVER, books.world.calendar.next_workday(capped)).astype(np.int64)
