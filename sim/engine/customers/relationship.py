"""17:00. How satisfied are customers with us, whom do they still believe, and who leaves?

Contacts act at once; what else happened to customers is read from the log every seventh day. At the end of a month
satisfaction is written down and who is fed up leaves.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import distinct, some
from sim.base.days import NEVER, Day, dates_of
from sim.base.draws import Purpose
from sim.engine.timetable import SEVENTEEN, Shift, Timetable
from sim.model.ledger import ACTION_KINDS, HOLD_REASONS, OUTCOMES
from sim.model.moves import MOVE_NAMES
from sim.model.policy import Policy
from sim.model.relationship import (
    BONUS_ON_CASH_WEIGHT,
    EVENT_POINTS,
    GRIEVANCE_CHANCE,
    GRIEVANCE_IF_TOO_MANY,
    HAND_OVER_RANK,
    HANDED_OVER_POINTS,
    MOVE_POINTS,
    RELATIONSHIP,
    STOP_RANK,
    THREAT_RANK,
    TONE_WEIGHT,
    WORD_POINTS,
)

if TYPE_CHECKING:
    from sim.engine.records.books import Books

Cells = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

FIGURES = RELATIONSHIP
NO_CELLS: Cells = np.zeros(0, dtype=np.int64)
WEEK = 7
LEAST, MOST = 0.0, 100.0
IS_STOPPING = np.array([reason in ("overdue", "stop_supply") for reason in HOLD_REASONS])
SETTLED_BY_OUTCOME = np.array(
    [{"rejected": FIGURES.rejected_points, "credited": FIGURES.credited_points}.get(o, 0.0) for o in OUTCOMES]
)
HANDED_OVER_BY_OUTCOME = np.array([HANDED_OVER_POINTS.get(outcome, 0.0) for outcome in OUTCOMES])
OPENED, SETTLED = ACTION_KINDS.index("dispute_opened"), ACTION_KINDS.index("dispute_settled")
STOP, HANDED_OVER = ACTION_KINDS.index("stop_supply"), ACTION_KINDS.index("handed_over")
HEARD = frozenset(
    {
        OPENED,
        SETTLED,
        STOP,
        HANDED_OVER,
        *(ACTION_KINDS.index(kind) for kind in (*EVENT_POINTS, *WORD_POINTS)),
    }
)


class Relationship:
    """Satisfaction and trust (0-100) and the credibility of our threats (0-1) per customer of every run, (cells,)."""

    def __init__(self, books: "Books"):
        self.books = books
        self.is_on = books.mechanisms.relationship
        cells = books.cells
        self.satisfaction = np.full(cells, FIGURES.start)
        self.trust = np.full(cells, FIGURES.start)
        self.credibility = np.ones(cells)
        self.churned = np.zeros(cells, dtype=np.bool_)
        self.threatened = np.zeros(cells, dtype=np.int8)  # rank of the threat that stands
        self.threatened_on = np.full(cells, NEVER, dtype=np.int32)
        self._recent = np.full((FIGURES.fatigue_contacts, cells), -NEVER // 2, dtype=np.int64)  # of workdays
        self._read = 0  # pieces of the log
        self._read_to = books.first - 1
        self._month = 0
        self._rank = np.array([THREAT_RANK.get(name, 0) for name in MOVE_NAMES], dtype=np.int8)
        self._points = np.array([MOVE_POINTS.get(name, (0.0, 0.0)) for name in MOVE_NAMES])
        self._felt_under: Policy | None = None
        calendar = books.world.calendar
        self._workday = np.cumsum(calendar.worked)[books.first - calendar.first :]
        self._free = 1.0 - np.tile(books.portfolio.column("dependence_pct") / 100.0, books.runs)

    def work(self, time: Timetable) -> Shift:
        """Every evening, if it is a week's or a month's end: what have customers felt, and who leaves?"""
        if not self.is_on:
            return
        days = range(self.books.first, self.books.last + 1)
        evenings = time.rhythm(
            [is_month_end(day) or place % WEEK == WEEK - 1 for place, day in enumerate(days)]
        )
        while True:
            day = yield time.by(evenings, SEVENTEEN)
            self._week(day)
            if is_month_end(day):
                self._write_down(day)
                self._leave(day)
                self._take_effect()

    # --- what others tell -----------------------------------------------------------------------------------

    def contacted(self, cells: Cells, moves: NDArray[Any], reached: Mask, day: Day) -> None:
        """These customers (each at most once) were contacted by these moves; some of it arrived."""
        if not self.is_on:
            return
        cells, moves = cells[reached], moves[reached]
        if not len(cells):
            return
        if self._felt_under is not self.books.policy:
            self._felt_under, self._felt_now = self.books.policy, self._points_under_policy()
        points = self._felt_now[moves]
        today = int(self._workday[day - self.books.first])
        too_many = today - self._recent[-1][cells] < FIGURES.fatigue_workdays
        self._recent[1:, cells] = self._recent[:-1, cells]
        self._recent[0, cells] = today
        self.satisfaction[cells] += points + np.where(too_many, FIGURES.fatigue_points, 0.0)
        self._threaten(cells, self._rank[moves], day)
        self._complain(cells, points < 0, too_many, day)

    def _complain(self, cells: Cells, annoyed: Mask, too_many: Mask, day: Day) -> None:
        """Who complains about our manners? Written down, and nothing else: its displeasure is counted already."""
        books = self.books
        cells, too_many = cells[annoyed], too_many[annoyed]
        chance = GRIEVANCE_CHANCE[books.policy.collection.tone_felt]
        chances = np.where(too_many, chance * GRIEVANCE_IF_TOO_MANY, chance)
        luck = books.world.luck_at(Purpose.GRIEVANCE, cells, books.contacts[cells])
        complains = cells[luck < chances]
        books.log.on_accounts("grievance", day, complains, books.owed[complains])

    def _points_under_policy(self) -> Floats:
        """How is each move felt, in the tone of today? What annoys weighs more where collectors live by cash."""
        collection = self.books.policy.collection
        harsher = collection.bonus_kind == "cash" and collection.bonus_bp > 0
        weight = TONE_WEIGHT[collection.tone] * (BONUS_ON_CASH_WEIGHT if harsher else 1.0)
        points = self._points[:, 0 if collection.tone == "friendly" else 1]
        return np.where(points < 0, points * weight, points)

    def believed(self, effects: Floats, moves: NDArray[Any], rows: NDArray[np.intp]) -> Floats:
        """The effects of these moves on these invoices: strategic payers shrug at threats that were never meant."""
        if not self.is_on:
            return effects
        books = self.books
        doubted = (self._rank[moves] > 0) & books.is_strategic[books.behaviour[rows]]
        if not some(doubted):
            return effects
        return np.where(doubted, 1.0 + (effects - 1.0) * self.credibility[books.cell[rows]], effects)

    def shift(self, cells: Cells, points: Floats | float) -> None:
        """Something else pleased or annoyed these customers (a customer may come several times)."""
        if self.is_on and len(cells):
            np.add.at(self.satisfaction, cells, points)

    def impressed(self, cells: Cells, points: float) -> None:
        """A talk outside every routine pleased or annoyed these customers, and they trust us accordingly."""
        if self.is_on:
            for felt in (self.satisfaction, self.trust):
                felt[cells] = np.clip(felt[cells] + points, LEAST, MOST)

    def hidden(self) -> tuple[Floats, Floats]:
        """Trust and credibility as they are now; unknown where the mechanism is off."""
        known = np.where(self.is_on, 1.0, np.nan)
        return self.trust * known, self.credibility * known

    # --- threats --------------------------------------------------------------------------------------------

    def _threaten(self, cells: Cells, rank: NDArray[np.int8], day: Day) -> None:
        """A harder threat carries the softer one out; the same again leaves the old day standing."""
        harder = rank > self.threatened[cells]
        if some(harder):
            cells, rank = cells[harder], rank[harder]
            self._carry_out(cells, rank)
            self.threatened[cells] = rank
            self.threatened_on[cells] = day

    def _carry_out(self, cells: Cells, rank: NDArray[np.int8] | int) -> None:
        """What we do now is harder than what we had threatened: we are believed again, in part."""
        done = cells[(self.threatened[cells] > 0) & (rank > self.threatened[cells])]
        self.credibility[done] += FIGURES.carried_out_share * (1.0 - self.credibility[done])
        self._forget(done)

    def _forget(self, cells: NDArray[np.integer]) -> None:
        self.threatened[cells] = 0
        self.threatened_on[cells] = NEVER

    def _judge_threats(self, day: Day) -> None:
        """A threat whose time has passed while the customer still owes what it was about was a bluff."""
        due = np.flatnonzero(self.threatened_on <= day - FIGURES.threat_days)
        if not len(due):
            return
        books = self.books
        rows = books.undisputed()
        rows = rows[books.due_on[rows] < self.threatened_on[books.cell[rows]]]
        owes = np.zeros(books.cells, dtype=np.bool_)
        owes[books.cell[rows]] = True
        bluffed = due[owes[due] & ~books.failed[due]]
        self.credibility[bluffed] *= FIGURES.bluff_factor
        self.trust[bluffed] += FIGURES.bluff_trust
        self._forget(due)

    # --- week and month -------------------------------------------------------------------------------------

    def _week(self, day: Day) -> None:
        """What has happened since, and a step back to the mean."""
        since, self._read_to = self._read_to, day
        self._hear()
        self._holds(since, day)
        self._judge_threats(day)
        share = 1.0 - 0.5 ** ((day - since) / FIGURES.half_life_days)
        self.satisfaction += share * (self._mean() - self.satisfaction)
        np.clip(self.satisfaction, LEAST, MOST, out=self.satisfaction)
        share = 1.0 - 0.5 ** ((day - since) / FIGURES.trust_half_life_days)
        self.trust += share * (self.satisfaction - self.trust)
        np.clip(self.trust, LEAST, MOST, out=self.trust)
        share = 1.0 - 0.5 ** ((day - since) / FIGURES.belief_half_life_days)
        self.credibility += share * (1.0 - self.credibility)

    def _mean(self) -> Floats:
        """Where does satisfaction go by itself? To what our service deserves, against the policy in force."""
        before, now = self.books.portfolio.policy_in_force.operations, self.books.policy.operations
        better = getattr(now, "service_pct", 0) - getattr(before, "service_pct", 0)
        slip = np.repeat(FIGURES.slip_points * self.books.service_slip, self.books.customers)
        found: Floats = FIGURES.start + FIGURES.service_points * better + slip
        return found

    def _hear(self) -> None:
        """What was done to customers since, as everyone could have written it down.

        Disputes annoy one by one; all else is felt once a week, about however many invoices it was.
        """
        pieces, self._read = self.books.log.actions_since(self._read, HEARD)
        for kind in sorted({kind for kind, _, _ in pieces}):
            mine = [(cells, outcome) for k, cells, outcome in pieces if k == kind]
            cells = np.concatenate([cells for cells, _ in mine])
            if kind == SETTLED:
                self._settled(cells, _each(mine))
            elif kind == OPENED:
                self.shift(cells, FIGURES.dispute_points)
            elif kind == HANDED_OVER:
                self._handed_over(cells, _each(mine))
            else:
                self._felt(kind, distinct(cells))

    def _felt(self, kind: int, once: Cells) -> None:
        name = ACTION_KINDS[kind]
        self.trust[once] += WORD_POINTS.get(name, 0.0)
        self.satisfaction[once] += EVENT_POINTS.get(name, 0.0)
        if kind == STOP:
            cost = FIGURES.stop_points_free - FIGURES.stop_points
            self.satisfaction[once] += FIGURES.stop_points + self._free[once] * cost
            self._carry_out(once, STOP_RANK)

    def _handed_over(self, cells: Cells, outcome: NDArray[np.integer]) -> None:
        once, first = np.unique(cells, return_index=True)
        self._felt(HANDED_OVER, once)
        self.satisfaction[once] += HANDED_OVER_BY_OUTCOME[outcome[first]]
        self._carry_out(once, HAND_OVER_RANK)

    def _settled(self, cells: Cells, outcome: Any) -> None:
        """A claim that is rejected leaves bad blood; a desk that looks after disputes is liked."""
        has_desk = self.books.policy.operations.dispute_desk
        extra = FIGURES.desk_points if has_desk else FIGURES.slow_settlement_points
        self.shift(cells, SETTLED_BY_OUTCOME[outcome] + extra)

    def _holds(self, since: Day, day: Day) -> None:
        """Orders that were held or lost since the last time: each customer is annoyed once by each."""
        books = self.books
        kept_back, books.kept_back = np.concatenate([NO_CELLS, *books.kept_back]), []
        for column, points in ((books.held_on, FIGURES.held_points), (books.lost_on, FIGURES.lost_points)):
            rows = kept_back[(column[kept_back] > since) & (column[kept_back] <= day)]
            self.shift(distinct(books.cell[rows]), points)
            stopped = rows[IS_STOPPING[books.hold_reason[rows]]]
            if len(stopped):
                self._carry_out(distinct(books.cell[stopped]), STOP_RANK)

    def _write_down(self, day: Day) -> None:
        here = np.flatnonzero(~self.churned & ~self.books.failed)
        points = np.rint(self.satisfaction[here] * 100).astype(np.int64)
        self.books.log.on_accounts("satisfaction", day, here, points)

    def _leave(self, day: Day) -> None:
        """Who leaves this month? Always the same customers' luck, whatever made them angry."""
        here = np.flatnonzero(~self.churned & ~self.books.failed)
        luck = self.books.world.luck_at(Purpose.CHURN, here, self._month)
        self._month += 1
        gone = here[luck < -np.expm1(-self.churn_per_year()[here] / 12.0)]
        self.churned[gone] = True
        self.books.log.on_accounts("churned", day, gone, self.books.owed[gone])

    def churn_per_year(self) -> Floats:
        """At which yearly rate do customers leave now? Shape (cells,)."""
        books = self.books
        rate = FIGURES.churn_year * np.exp(FIGURES.churn_slope * (FIGURES.churn_middle - self.satisfaction))
        ahead = np.clip(books.market.competitors_ahead() / FIGURES.competitor_days, 0.0, 1.0)
        rate *= np.tile(FIGURES.competitor_churn**ahead, books.runs)
        found: Floats = rate * FIGURES.competitive_churn ** (books.market.competitive_gain / 10.0)
        return found

    def _take_effect(self) -> None:
        """Who likes us pays us a little sooner and orders a little more; who has left orders nothing."""
        mood = (self.satisfaction + self.trust) / 2.0 - FIGURES.start
        haste = 1.0 + np.clip(mood * FIGURES.haste_per_point, -FIGURES.haste_most, FIGURES.haste_most)
        self.books.haste.set("relationship", np.where(self.churned, FIGURES.churned_haste * haste, haste))
        more = (self.satisfaction - FIGURES.start) * FIGURES.appetite_per_point
        orders = 1.0 + np.clip(more, -FIGURES.appetite_most, FIGURES.appetite_most)
        self.books.appetite.set("relationship", np.where(self.churned, 0.0, orders))


def _each(pieces: list[tuple[Cells, Any]]) -> NDArray[np.integer]:
    """The outcome of each of these events, of which a piece holds one for all of them or one for each."""
    return np.concatenate([np.broadcast_to(outcome, cells.shape) for cells, outcome in pieces])


@cache
def is_month_end(day: Day) -> bool:
    """Is tomorrow the first of a month?"""
    today, tomorrow = dates_of(np.array([day, day + 1])).astype("datetime64[M]")
    return bool(today != tomorrow)
