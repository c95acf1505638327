"""10:00. Which orders are released and invoiced, which are held, which are lost?"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import some
from sim.base.draws import Purpose
from sim.base.money import share
from sim.engine.money.treasury import Till
from sim.engine.records.books import DISPUTED, NO_ROWS, Books, Rows
from sim.engine.selling.invoicing import Invoicing
from sim.engine.selling.shipping import Shipping
from sim.engine.timetable import TEN, Shift, Timetable
from sim.model.ledger import HOLD_REASONS
from sim.model.relationship import DEMAND

LIMIT, OVERDUE, PREPAY = (HOLD_REASONS.index(reason) for reason in ("limit", "overdue", "prepay"))
CREDIT_REASON = np.array(
    [reason in ("limit", "overdue", "stop_supply", "cut_off") for reason in HOLD_REASONS]
)
"""What an order paid in advance does not meet."""


class OrderDesk:
    """Releases, holds and loses orders, one by one for each customer."""

    def __init__(self, books: Books, till: Till):
        self.books, self.till = books, till
        self.held: Rows = NO_ROWS
        self.invoicing = Invoicing(books, till)
        corrections = self.invoicing.corrections
        self.shipping = None if corrections is None else Shipping(books, self.invoicing, corrections)

    def work(self, time: Timetable) -> Shift:
        """Every working day at ten: what may go out?"""
        while True:
            day = yield time.workdays(TEN)
            self.invoicing.know_policy()
            if self.shipping is not None:
                self.shipping.corrections.work(day, self.invoicing)
                self.shipping.bill(day)
            self._decide(day)

    def _decide(self, day: int) -> None:
        books = self.books
        self._lose_failed(day)
        wanted = self._wanted(day)
        if self.shipping is not None:
            wanted = self.shipping.enter(wanted, day)
        candidates = np.concatenate([self.held, self._with_deposit(wanted, day)])
        if not len(candidates):
            return
        rows = books.by_cell(candidates)  # held orders are the older ones
        cells = books.cell[rows]
        stopped = self._too_much_overdue(day)[cells]
        other = self._blocked_by_others(rows, cells, day)
        over = self._over_limit(rows, cells, stopped, other > 0)
        reason = np.where(over, LIMIT, np.where(stopped, OVERDUE, other)).astype(np.int8)
        blocked = reason > 0
        blocked &= ~books.sales.overrides(rows, blocked, day) & ~books.waved[rows]
        if books.mechanisms.demand and some(blocked):
            blocked &= ~self._paid_in_advance(rows, reason, blocked, day)
        self._release(rows[~blocked], day)
        self.held = self._hold(rows[blocked], reason[blocked], day) if some(blocked) else NO_ROWS

    def _lose_failed(self, day: int) -> None:
        gone = self.books.failed[self.books.cell[self.held]]
        if some(gone):
            self.books.lose(self.held[gone], day)
            self.held = self.held[~gone]

    def _wanted(self, day: int) -> Rows:
        """Today's orders: those whose mark is below the demand, of customers still alive."""
        books = self.books
        rows = books.wanted_today(day)
        who = books.lives.customer[rows]
        demand = (books.demand_season[:, day - books.first] * books.demand)[who]
        if books.appetite.are_set:
            demand = demand * books.appetite.product[books.cell[rows]]
        return rows[(books.lives.mark[rows] < demand) & ~books.failed[books.cell[rows]]]

    def _over_limit(
        self, rows: Rows, cells: NDArray[np.int64], stopped: NDArray[np.bool_], other: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Which orders go beyond the limit, counting what is released before them today? By customer and turn."""
        books = self.books
        if books.policy.credit.limit_enforcement != "hold":
            return np.zeros(len(rows), dtype=np.bool_)
        amounts = books.lives.amount_fen[rows]
        room = books.limits[cells] - books.owed[cells] - books.written_off[cells] - books.beside[cells]
        over = amounts > room
        place = _places(cells)
        several = ((place > 0) & ~stopped).nonzero()[0]  # of a stopped customer nothing is released before
        if len(several):
            for turn in range(1, int(place[several].max()) + 1):
                now = several[place[several] == turn]
                room[now] = room[now - 1] - np.where(over[now - 1] | other[now - 1], 0, amounts[now - 1])
                over[now] = amounts[now] > room[now]
        if books.policy.credit.group_limit_pct:
            over |= self._over_group_limit(cells, amounts)
        return over

    def _over_group_limit(self, cells: NDArray[np.int64], amounts: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which orders would bring a whole group of companies beyond its share of the members' limits together?

        All orders of the group that wait today count, those before in the list first.
        """
        books = self.books
        group = books.groups
        limits, used = (np.zeros(books.cells, dtype=np.int64) for _ in range(2))
        member = group >= 0
        np.add.at(limits, group[member], books.limits[member])
        np.add.at(used, group[member], (books.owed + books.written_off + books.beside)[member])
        found = np.zeros(len(cells), dtype=np.bool_)
        mine = np.flatnonzero(group[cells] >= 0)
        mine = mine[np.argsort(group[cells[mine]], kind="stable")]
        of, asked = group[cells[mine]], amounts[mine]
        so_far = asked.cumsum()
        so_far -= (so_far - asked)[np.searchsorted(of, of)]  # what earlier groups ask for
        allowed = share(limits[of], books.policy.credit.group_limit_pct * 100)
        found[mine] = used[of] + so_far > allowed
        return found

    def _blocked_by_others(self, rows: Rows, cells: NDArray[np.int64], day: int) -> NDArray[np.int8]:
        """Why else may an order not go out yet: credit control, stopped supply, a decision? The first who says no."""
        first, *others = self.books.blocks
        reason = first(rows, cells, day)
        for block in others:
            found = block(rows, cells, day)
            if some(found):
                reason = np.where(reason == 0, found, reason)
        return reason

    def _too_much_overdue(self, day: int) -> NDArray[np.bool_]:
        """Which customers owe too much for too long? Shape (cells,)."""
        books, credit = self.books, self.books.policy.credit
        if not credit.hold_when_overdue:
            return np.zeros(books.cells, dtype=np.bool_)
        rows = books.open_rows
        rows = rows.compress(books.due_on.take(rows) < day - credit.hold_overdue_days)
        rows = rows.compress(books.status.take(rows) != DISPUTED)
        overdue = books.written_off.copy()  # giving up a claim frees nothing
        np.add.at(overdue, books.cell.take(rows), books.open_fen.take(rows))
        return overdue > credit.hold_overdue_fen

    def _paid_in_advance(
        self, rows: Rows, reason: NDArray[np.int8], blocked: NDArray[np.bool_], day: int
    ) -> NDArray[np.bool_]:
        """Who is told for the first time that there is no credit sometimes pays at once: always for the same orders."""
        books = self.books
        asked = (blocked & (books.hold_reason[rows] == 0) & CREDIT_REASON[reason]).nonzero()[0]
        asked = asked[self._prepays[rows[asked]]]
        books.hold_reason[rows[asked]] = reason[asked]
        books.hold(rows[asked], day)
        self.invoicing.prepaid[rows[asked]] = True
        paid = np.zeros(len(rows), dtype=np.bool_)
        paid[asked] = True
        return paid

    @cached_property
    def _prepays(self) -> NDArray[np.bool_]:
        """Of which orders would the customer pay in advance, if it had to? Shape (documents,)."""
        lives = self.books.lives
        luck = self.books.world.luck_at(Purpose.PREPAID, lives.cell, lives.number)
        return luck < DEMAND.prepaid_share

    def _hold(self, rows: Rows, reason: NDArray[np.int8], day: int) -> Rows:
        """Blocked orders wait while the customer's patience lasts; the rest are lost."""
        books = self.books
        fresh = books.hold_reason[rows] == 0
        books.hold_reason[rows[fresh]] = reason[fresh]
        lost = day - books.lives.wanted_on[rows] >= books.lives.patience_days[rows]
        books.lose(rows[lost], day)
        books.hold(rows[fresh & ~lost], day)
        return rows[~lost]

    def _with_deposit(self, rows: Rows, day: int) -> Rows:
        """Where there is no delivery without a deposit, orders of those who refuse it are lost."""
        terms = self.books.policy.terms
        if not (terms.deposit_bp and terms.deposit_or_nothing):
            return rows
        gives = self.invoicing.gives_deposit[self.books.cell[rows]]
        self.books.hold_reason[rows[~gives]] = PREPAY
        self.books.lose(rows[~gives], day)
        return rows[gives]

    def _release(self, rows: Rows, day: int) -> None:
        """Let them go: the deposit is paid, goods are bought and sent, the invoice goes with them or follows."""
        if not len(rows):
            return
        books = self.books
        books.released_on[rows] = day
        deposits = self.invoicing.deposits(rows)
        self.invoicing.take_deposits(rows, deposits)
        if self.shipping is None:
            self.invoicing.bill(rows, day, deposits)
        else:
            self.shipping.release(rows, day, deposits)
        self.till.goods_are_bought(rows, day + books.policy.finance.supplier_days)


def _places(cells: NDArray[np.int64]) -> NDArray[np.intp]:
    """Is it the customer's first (0), second, ... order? `cells` sorted."""
    return np.arange(len(cells)) - cells.searchsorted(cells)
