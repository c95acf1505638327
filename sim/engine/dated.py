"""09:00 to 15:00. What was decided for a single customer or invoice on a single day, and who carries it out?

Role-plays and workshops send these. An invoice is meant by its document number; in a world of many runs the same number
is another order in each run, so single invoices are for worlds of one run, or for opening items.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER, Day
from sim.base.draws import Purpose
from sim.base.errors import Problems
from sim.engine.collection.agency import AgencyDesk
from sim.engine.collection.calls import Calls
from sim.engine.collection.claims import oldest_first, take_in
from sim.engine.collection.collectors import Collectors
from sim.engine.collection.dispute_desk import settle
from sim.engine.collection.legal import Legal
from sim.engine.collection.plans import Deal
from sim.engine.credit.credit_control import CreditControl
from sim.engine.money.treasury import Till
from sim.engine.records.books import DISPUTED, NOT_OPEN, OURS, Books, Rows
from sim.engine.timetable import ELEVEN, FIFTEEN, FOURTEEN, NINE, Shift, Timetable
from sim.model import moves
from sim.model.ledger import HOLD_REASONS
from sim.model.plan_rules import PLAN_RULES
from sim.model.timeline import Action, Timeline
from sim.world import World

HOLD = HOLD_REASONS.index("hold")
GUARANTEED_BP = 8_000
"""What a guarantee brings back of a loss, where the action does not say (assumption)."""
Ints = NDArray[np.int64]


def check_actions(world: World, timeline: Timeline) -> None:
    """Raises BadInput naming every action on a customer or document that is not there."""
    problems = Problems()
    codes = {name: code for code, name in enumerate(world.portfolio.column("customer"))}
    for index, action in enumerate(timeline.actions):
        if action.customer not in codes:
            problems.add("unknown_customer", f"actions[{index}].customer", action.customer)
        elif action.document is not None:
            theirs = world.lives.number[world.lives.customer == codes[action.customer]]
            if action.document not in theirs:
                problems.add("unknown_document", f"actions[{index}].document", action.document)
    problems.stop_if_any()


class Dated:
    """The single actions of the timeline, by the day on which they are done."""

    def __init__(
        self, books: Books, till: Till, collectors: Collectors, control: CreditControl,
        agency: AgencyDesk, legal: Legal,
    ):  # fmt: skip
        self.books, self.till, self.collectors, self.control = books, till, collectors, control
        self.agency, self.legal = agency, legal
        self.codes = {name: code for code, name in enumerate(books.portfolio.column("customer"))}
        self.on: dict[int, list[Action]] = {}
        for action in books.timeline.actions:
            self.on.setdefault(books.world.workday_for(action.day), []).append(action)
        self.held = np.zeros(books.cells, dtype=np.bool_)
        self.promised = np.zeros(len(books.cell) if self.on else 0, dtype=np.int64)
        if books.timeline.actions:
            books.blocks.append(self.blocks)

    def work(self, time: Timetable) -> Shift:
        """Every working day after the bank: promises of single talks are kept; holds, limits and security change."""
        while True:
            day = yield time.workdays(NINE)
            self._keep_promises(self.books.due_today("dated_promise", day), day)
            self._do(day, {
                "hold": self._hold, "release": self._release, "limit": self._limit, "guarantee": self._guarantee
            })  # fmt: skip

    def talk(self, time: Timetable) -> Shift:
        """Every working day before the dunning run: contacts, promises and plans."""
        while True:
            day = yield time.workdays(ELEVEN)
            self._do(
                day,
                {
                    "contact": self._contact,
                    "impression": self._impression,
                    "promise": self._promise,
                    "plan": self._plan,
                },
            )

    def settle(self, time: Timetable) -> Shift:
        """Every working day at the dispute desk."""
        while True:
            day = yield time.workdays(FOURTEEN)
            self._do(day, {"dispute_settled": self._settle})

    def give_away(self, time: Timetable) -> Shift:
        """Every working day at three: claims go to others."""
        while True:
            day = yield time.workdays(FIFTEEN)
            self._do(day, {"hand_over": self._hand_over})

    def _do(self, day: Day, how: dict[str, Callable[[Action, Ints, Day], None]]) -> None:
        for action in self.on.get(day, ()):
            if action.kind in how:
                cells = np.arange(self.books.runs) * self.books.customers + self.codes[action.customer]
                how[action.kind](action, cells, day)

    # --- orders and credit ----------------------------------------------------------------------------------

    def blocks(self, rows: Rows, cells: Ints, day: Day) -> NDArray[np.int8]:
        """Which of these orders wait because of a decision on their customer?"""
        del rows, day
        return np.where(self.held[cells], HOLD, 0).astype(np.int8)

    def _hold(self, action: Action, cells: Ints, day: Day) -> None:
        del action, day
        self.held[cells] = True

    def _release(self, action: Action, cells: Ints, day: Day) -> None:
        """One order goes out whatever blocks it, or all that wait; without an order the hold ends."""
        del day
        books, customer = self.books, self.codes[action.customer]
        if action.document is None:
            self.held[cells] = False
            waiting = (books.held_on != NEVER) & (books.released_on == NEVER) & (books.lost_on == NEVER)
        else:
            waiting = books.lives.number == action.document
        books.waved[waiting & (books.lives.customer == customer)] = True

    def _limit(self, action: Action, cells: Ints, day: Day) -> None:
        self.books.limit_by_hand[cells] = action.amount_fen
        self.control.set_limits()
        self.books.log.on_accounts("limit_change", day, cells, self.books.limits[cells])

    def _guarantee(self, action: Action, cells: Ints, day: Day) -> None:
        books, control = self.books, self.control
        cover = GUARANTEED_BP if action.cover_bp is None else action.cover_bp
        control.asked[cells] = True
        control.cover_bp[cells] = np.maximum(control.cover_bp[cells], cover)
        books.cover_bp = np.maximum(books.cover_bp, control.cover_bp)
        books.log.on_accounts("guarantee", day, cells, books.limits[cells])

    # --- talks ----------------------------------------------------------------------------------------------

    def _contact(self, action: Action, cells: Ints, day: Day) -> None:
        rows = self._claims(action)
        move = np.full(len(cells), moves.MOVE_INDEX[str(action.move)], dtype=np.int8)
        calls = Calls(cells, move, rows, self.books.lives.run[rows].astype(np.intp))
        known = None if action.outcome is None else action.outcome == "reached"
        self.collectors.contact(calls, day, known)

    def _impression(self, action: Action, cells: Ints, day: Day) -> None:
        del day
        self.books.relationship.impressed(cells, float(action.points or 0))

    def _promise(self, action: Action, cells: Ints, day: Day) -> None:
        """A day is named for the oldest claims up to the amount; until it has passed, nobody asks for them."""
        books, calendar = self.books, self.books.world.calendar
        rows = self._claims(action)
        rows = rows[(books.status[rows] != DISPUTED) & (books.judged_on[rows] == NEVER)]
        amount = np.iinfo(np.int64).max if action.amount_fen is None else action.amount_fen
        money = np.full(books.runs, amount, dtype=np.int64)
        share = oldest_first(books, rows, books.lives.run[rows].astype(np.int64), money)
        rows, share = rows[share > 0], share[share > 0]
        if not len(rows) or action.until is None:
            return
        named = calendar.next_workday(np.full(len(rows), action.until, dtype=np.int32))
        books.promise_on[rows] = named
        books.judged_on[rows] = calendar.each_after_workdays(named, moves.PROMISE_GRACE_WORKDAYS)
        books.plan("judgement", books.judged_on[rows], rows)
        books.log.on_invoices("promise_made", day, rows, share, until=named)
        luck = books.world.luck_at(Purpose.KEEPING, cells, action.until)
        kept = luck < self._chance(action, cells)
        keeps = kept[books.lives.run[rows]]
        self.promised[rows] = share
        books.plan("dated_promise", named[keeps], rows[keeps])

    def _chance(self, action: Action, cells: Ints) -> NDArray[np.float64]:
        if action.chance_pct is not None:
            return np.full(len(cells), action.chance_pct / 100.0)
        return self.collectors.keeping(cells)

    def _keep_promises(self, rows: Rows, day: Day) -> None:
        """The promised part is paid today, unless all was paid before."""
        books = self.books
        rows = rows[(books.status[rows] != NOT_OPEN) & (books.status[rows] != DISPUTED)]
        rows = rows[~books.failed[books.cell[rows]]]
        if not len(rows):
            return
        paid = np.minimum(self.promised[rows], books.open_fen[rows])
        books.log.on_invoices("promise_kept", day, rows, paid, until=books.promise_on[rows])
        books.judged_on[rows] = NEVER
        take_in(books, self.till, day, rows, paid)

    def _plan(self, action: Action, cells: Ints, day: Day) -> None:
        deal = Deal(
            instalments=action.instalments or 0,
            down_bp=PLAN_RULES.down_bp if action.down_bp is None else action.down_bp,
            every_days=action.every_days or PLAN_RULES.every_days,
            by_hand=True,
        )
        self.collectors.plans.make(cells, day, deal)

    # --- disputes and others --------------------------------------------------------------------------------

    def _settle(self, action: Action, cells: Ints, day: Day) -> None:
        del cells
        books = self.books
        rows = self._theirs(books.open_rows, action)
        settle(books, day, rows[books.status[rows] == DISPUTED], action.credited_bp)

    def _hand_over(self, action: Action, cells: Ints, day: Day) -> None:
        del cells
        books = self.books
        rows = self._claims(action, disputed=action.to != "agency")
        rows = rows[(books.due_on[rows] < day) & (books.judged_on[rows] == NEVER)]
        if action.to == "agency":
            self.agency.place(rows, day)
        else:
            order = action.to == "payment_order"
            goes_on = not order or books.policy.collection.court_days > 0
            self.legal.file(rows, day, order=order, sues=goes_on)

    def _claims(self, action: Action, *, disputed: bool = False) -> Rows:
        """What the customer (or this invoice) owes us and nobody else looks after."""
        books = self.books
        rows = self._theirs(books.open_rows if disputed else books.undisputed(), action)
        return rows[books.with_whom[rows] == OURS]

    def _theirs(self, rows: Rows, action: Action) -> Rows:
        books = self.books
        rows = rows[books.lives.customer[rows] == self.codes[action.customer]]
        return rows if action.document is None else rows[books.lives.number[rows] == action.document]
