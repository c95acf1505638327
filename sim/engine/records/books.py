"""What do the departments work on? One row per document of every run, one cell per customer of every run.

Rows are those of `world.lives`. A row is a potential order, then perhaps an open invoice, then settled; columns are
filled as it goes. Customers of all runs are cells `run * customers + customer` of flat arrays.
"""

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import distinct
from sim.base.days import NEVER, Day, dates_of
from sim.engine.customers.demand import Market
from sim.engine.customers.relationship import Relationship
from sim.engine.records.clocks import Clocks
from sim.engine.records.factors import Factors
from sim.engine.records.log import Log
from sim.engine.records.spares import Spares
from sim.engine.records.status import DISPUTED, NOT_OPEN, READY, RUNNING, STOPPED
from sim.engine.selling.sales import Sales
from sim.model import moves
from sim.model.policy import Policy
from sim.model.timeline import Timeline
from sim.world import World, demand_factor, order_season

Rows = NDArray[np.intp]
NO_ROWS: Rows = np.zeros(0, dtype=np.intp)
Column = NDArray[Any]
FEW = 12  # so few are noted one by one faster than sorted

OURS, AGENCY, COURT, PLAN = range(4)
"""Who looks after a claim: our collectors; an agency; a court; nobody while its payment plan is kept."""


class Books:
    """All columns, the open rows, what customers owe, and the agenda of days to come."""

    def __init__(self, world: World, timeline: Timeline):
        self.world, self.timeline = world, timeline
        self.spares = Spares(world, timeline)
        self.lives, self.portfolio, self.scenario = self.spares.lives, world.portfolio, world.scenario
        self.first, self.last = self.scenario.first, self.scenario.last
        self.runs, self.customers = self.lives.behaviour.shape
        self.cells = self.runs * self.customers
        self.mechanisms = self.scenario.mechanisms
        self.is_core = not self.mechanisms.any_on
        self.haste, self.appetite, self.danger = (Factors(self.cells) for _ in range(3))  # pay, order, fail
        self.reach = Factors(self.cells)  # chance to meet who answers for the customer
        self.pressure = Factors(
            self.cells
        )  # what we do to the payment clock of a whole account, within EFFECT_CAP
        self.log = Log(self.lives, self.customers, self.first)
        # Who wants to be told, and who may stop an order: (rows, cells, day) -> why (a hold reason's code, 0 = free).
        self.blocks: list[Callable[[Rows, Column, Day], NDArray[np.int8]]] = []
        self.on_reached: list[Callable[[Rows, Day], None]] = []
        self.on_open: list[Callable[[Rows], None]] = []
        self.on_policy: list[Callable[[Day], None]] = []
        self.on_payment: list[Callable[[Rows, Day], None]] = []
        self.on_broken_promise: list[Callable[[Rows], None]] = []
        self.agenda: dict[str, dict[Day, list[Rows]]] = defaultdict(lambda: defaultdict(list))
        self._make_columns()
        self._make_cells()
        self._make_days()
        self.clocks = Clocks(self)
        self.set_policy(timeline.policy_on(self.first), self.first)
        self._open_the_books()
        self.market, self.relationship, self.sales = Market(self), Relationship(self), Sales(self)

    def _make_columns(self) -> None:
        lives, count = self.lives, len(self.lives.run)
        self.cell = lives.cell
        self._turn = self.cell.astype(np.min_scalar_type(self.cells))  # small numbers are sorted faster
        self.behaviour = self.lives.behaviour.ravel()[self.cell]
        self.open_fen = np.zeros(count, dtype=np.int64)
        self.recovery_fen = np.zeros(count, dtype=np.int64)
        self.status = np.zeros(count, dtype=np.int8)
        self.misses = lives.misses.copy()
        self.repeats = np.zeros(count, dtype=np.int8)
        self.missed = np.zeros(count, dtype=np.int8)  # steps missed in the customer's own house
        self.parts = np.zeros(count, dtype=np.int8)  # part payments so far
        self.waved = np.zeros(count, dtype=np.bool_)  # orders let go by a decision on the single case
        self.with_whom = np.zeros(count, dtype=np.int8)  # OURS, AGENCY, COURT or PLAN
        self.worked_to = np.full(count, -NEVER, dtype=np.int32)  # lateness up to which the ladder was worked
        self.last_move = np.full(count, -1, dtype=np.int8)
        self.offer_bp = np.zeros(count, dtype=np.int32)
        self.hold_reason = np.zeros(count, dtype=np.int8)
        long_ago, never = np.full(count, -NEVER, dtype=np.int32), np.full(count, NEVER, dtype=np.int32)
        self.last_contact, self.offer_until = long_ago, long_ago.copy()
        self.invoiced_on, self.due_on, self.next_step_on = never, never.copy(), never.copy()
        self.by_calendar = np.zeros(count, dtype=np.bool_)  # paid by the customer's calendar, whatever we do
        self.ready_from = long_ago.copy()  # the customer's own house lets it be paid from then on
        self.take_on, self.pays_on = never.copy(), never.copy()
        self.promise_on, self.judged_on = never.copy(), never.copy()
        self.held_on, self.released_on, self.lost_on = never.copy(), never.copy(), never.copy()
        # Invoices with a day on which they will be paid, whatever the clock says.
        self._open_rows, self._some_closed = NO_ROWS, False
        self.named = NO_ROWS
        self.kept_back: list[Rows] = []  # orders held or lost, as it happened
        self.reopenings = 0

    def _make_cells(self) -> None:
        self.owed = np.zeros(self.cells, dtype=np.int64)
        self.beside = np.zeros(self.cells, dtype=np.int64)  # released, not yet invoiced; customers' own bills
        self.written_off = np.zeros(self.cells, dtype=np.int64)
        self.failed = np.zeros(self.cells, dtype=np.bool_)
        self.has_broken_promise = np.zeros(self.cells, dtype=np.bool_)
        self.limit_by_hand = np.full(self.cells, -1, dtype=np.int64)  # -1 = as the rule says
        self.promises_broken = np.zeros(
            self.cells, dtype=np.int64
        )  # several invoices promised together count once
        self.contacts = np.zeros(self.cells, dtype=np.int64)
        self.regime = np.zeros(self.runs, dtype=np.int8)  # index into REGIMES, today
        self.longest_term = np.full(self.cells, 10_000, dtype=np.int64)  # days a law allows
        self.limits = np.zeros(self.cells, dtype=np.int64)  # what each may owe us
        self.cover_bp = np.zeros(self.cells, dtype=np.int64)  # of a loss, brought back by security
        self.service_slip = np.zeros(self.runs)  # 0 to 1: how far late suppliers make us late
        self.lgd_extra_bp: int | Column = 0  # per cell: what more is lost in bad times
        self.bank_extra_bp: int | Column = 0  # per run: what more banks ask in bad times
        self.liquidity: Column | None = None  # per cell, hidden; None without the mechanism
        self.lived = np.zeros(self.cells)  # normal days of life used up
        self.default_wait = self.lives.default_wait.ravel()
        self.failed_on = np.full(self.cells, NEVER, dtype=np.int32)
        if self.is_core:
            failing = np.flatnonzero(self.lives.default_on.ravel() != NEVER)
            for cell, day in zip(failing, self.lives.default_on.ravel()[failing], strict=True):
                self.agenda["default"][int(day)].append(np.array([cell]))

    @cached_property
    def groups(self) -> NDArray[np.int64]:
        """To which group of companies does each cell belong? Shape (cells,), a number below `cells`; -1 = to none."""
        names = self.portfolio.column("group").astype(str)
        known, place = np.unique(names, return_inverse=True)
        mine = np.tile(np.where(names == "", -1, place), self.runs)
        run = np.repeat(np.arange(self.runs), self.customers) * len(known)
        return np.where(mine >= 0, run + mine, -1)

    def _make_days(self) -> None:
        """What differs from day to day, and what each kind of payer makes of our moves."""
        archetypes = [moves.ARCHETYPES.index(b.archetype) for b in self.portfolio.behaviours]
        self.effects = np.array([[move.effects[a] for a in archetypes] for move in moves.MOVES])
        self.is_strategic = np.array([b.archetype == "strategic" for b in self.portfolio.behaviours])
        days = np.arange(self.first, self.last + 1, dtype=np.int32)
        self._month_starts = dates_of(days).astype("datetime64[M]").astype("datetime64[D]") == dates_of(days)
        self.demand_season = order_season(self.portfolio, self.scenario, days)

    def _open_the_books(self) -> None:
        is_order = self.lives.opening_due_on == NEVER
        rows = np.flatnonzero(~is_order)
        self.invoiced_on[rows] = self.lives.wanted_on[rows]
        self.due_on[rows] = self.lives.opening_due_on[rows]
        self.add_open(rows)
        self.work_ladder_to(rows, self.first - 1)
        self.log.entry("opening", self.first - 1, rows, self.open_fen[rows])
        orders = np.flatnonzero(is_order)
        by_day = orders[np.argsort(self.lives.wanted_on[orders], kind="stable")]
        ends = np.searchsorted(self.lives.wanted_on[by_day], np.arange(self.first, self.last + 2))
        self._orders_by_day, self._order_ends = by_day, ends

    def set_policy(self, policy: Policy, day: Day) -> None:
        """From now on this policy holds."""
        self.policy = policy
        ladder, shift = policy.collection.ladder, policy.collection.ladder_shift_days
        self.step_days = np.array([step.days + shift for step in ladder], dtype=np.int64)
        self.step_moves = np.array([moves.MOVE_INDEX[step.move] for step in ladder], dtype=np.int8)
        self.step_min_fen = np.array([step.min_fen for step in ladder], dtype=np.int64)
        self._steps_then_never = np.append(self.step_days, NEVER)
        for tell in self.on_policy:
            tell(day)
        self.demand = demand_factor(self.portfolio, policy)
        if hasattr(self, "open_rows"):
            self.plan_next_step(self.open_rows)

    def morning(self, day: Day) -> None:
        """A new day: does another policy hold from today?"""
        policy = self.timeline.policy_on(day)
        if policy is not self.policy:
            self.set_policy(policy, day)

    def starts_month(self, day: Day) -> bool:
        """Is it the first of a month?"""
        return bool(self._month_starts[day - self.first])

    def new_months_and_policies(self) -> list[bool]:
        """Is each day the first one, the first of a month, or the first of another policy?"""
        starts = {self.first, *(start for start, _ in self.timeline.changes)}
        return [self.starts_month(day) or day in starts for day in range(self.first, self.last + 1)]

    def wanted_today(self, day: Day) -> Rows:
        """Which potential orders fall on this day?"""
        at = day - self.first
        return self._orders_by_day[self._order_ends[at] : self._order_ends[at + 1]]

    def wanted_between(self, first: Day, last: Day) -> Rows:
        """Which potential orders fall on these days, both included?"""
        start, end = (max(0, day - self.first) for day in (first, last + 1))
        return self._orders_by_day[self._order_ends[start] : self._order_ends[end]]

    @property
    def open_rows(self) -> Rows:
        """All open invoices: in the order of their rows, then those opened or reopened today."""
        if self._some_closed:
            self._open_rows = self._open_rows[self.status.take(self._open_rows) != NOT_OPEN]
            self._some_closed = False
        return self._open_rows

    def open_of(self, cells: Column) -> Rows:
        """All open invoices of a few customers, in the order of their rows."""
        rows, ends = self._rows_by_cell
        mine = [rows[ends[cell] : ends[cell + 1]] for cell in cells.tolist()]
        found = np.concatenate(mine) if mine else NO_ROWS
        found = found[self.status[found] != NOT_OPEN]
        found.sort()
        return found

    @cached_property
    def _rows_by_cell(self) -> tuple[Rows, Rows]:
        """All rows customer by customer, and where each customer's begin."""
        return self.by_cell(np.arange(len(self.cell))), np.cumsum(
            [0, *np.bincount(self.cell, minlength=self.cells)]
        )

    def by_cell(self, rows: Rows) -> Rows:
        """The same rows customer by customer, each customer's in their turn."""
        return rows.take(self._turn.take(rows).argsort(kind="stable"))

    def undisputed(self) -> Rows:
        """Open invoices whose customer has not disputed them (failed customers' included)."""
        return self.open_rows.compress(self.status.take(self.open_rows) != DISPUTED)

    def add_open(self, rows: Rows, amounts: Column | None = None) -> None:
        """These documents are owed from now on, with these amounts or as they were ordered."""
        self.open_fen[rows] = self.lives.amount_fen[rows] if amounts is None else amounts
        self.status[rows] = RUNNING
        np.add.at(self.owed, self.cell[rows], self.open_fen[rows])
        self._open_rows = np.concatenate([self._open_rows, rows])
        self.clocks.begin(rows)
        for tell in self.on_open:
            tell(rows)

    def hold(self, rows: Rows, day: Day) -> None:
        """These orders wait."""
        if len(rows):
            self.held_on[rows] = day
            self.kept_back.append(rows)

    def lose(self, rows: Rows, day: Day) -> None:
        """Nothing comes of these orders."""
        if len(rows):
            self.lost_on[rows] = day
            self.kept_back.append(rows)

    def reduce(self, rows: Rows, amounts: NDArray[np.int64]) -> None:
        """So much less is owed on these invoices."""
        self.open_fen[rows] -= amounts
        np.subtract.at(self.owed, self.cell[rows], amounts)

    def close(self, rows: Rows) -> None:
        """Nothing is owed on these invoices any more."""
        if len(rows):
            self.reduce(rows, self.open_fen[rows])
            self.status[rows] = NOT_OPEN
            self._some_closed = True

    def reopen(self, rows: Rows, amounts: NDArray[np.int64]) -> None:
        """So much more is owed on these invoices; those that were settled are open again, at the end of their clock."""
        settled = distinct(rows[self.status[rows] == NOT_OPEN])
        np.add.at(self.open_fen, rows, amounts)
        np.add.at(self.owed, self.cell[rows], amounts)
        self._open_rows = np.concatenate([self.open_rows, settled])
        self.status[settled] = np.where(self.failed[self.cell[settled]], STOPPED, READY)
        self.reopenings += 1
        self.clocks.begin(settled)

    def step_due(self, due_on: Column, day: Day) -> NDArray[np.intp]:
        """Which is the last step of the ladder that what was due on these days has come to by this day (-1: none)?"""
        return self.step_days.searchsorted(day - due_on, side="right") - 1

    def work_ladder_to(self, rows: Rows, day: Day) -> None:
        """All steps up to this day are done or passed over."""
        self.worked_to[rows] = day - self.due_on[rows]
        self.plan_next_step(rows)

    def plan_next_step(self, rows: Rows) -> None:
        """On which day does the next step of the ladder fall?"""
        following = self.step_days.searchsorted(self.worked_to[rows], side="right")
        self.next_step_on[rows] = np.minimum(self.due_on[rows] + self._steps_then_never[following], NEVER)

    def name_day(self, rows: Rows, days: Column) -> None:
        """These invoices will be paid on these days at the latest, whatever their clocks say."""
        self.pays_on[rows] = np.minimum(self.take_on[rows], days)
        self.named = np.concatenate([self.named, rows])

    def plan(self, what: str, days: Column, rows: Rows) -> None:
        """Put rows on the agenda of days to come, those within the horizon."""
        agenda = self.agenda[what]
        if len(days) <= FEW:
            for place, day in enumerate(days.tolist()):
                if day <= self.last:
                    agenda[day].append(rows[place : place + 1])
            return
        order = days.argsort(kind="stable")
        days, rows = days[order], rows[order]
        starts = [0, *((days[1:] != days[:-1]).nonzero()[0] + 1).tolist()]
        for start, end in pairwise([*starts, len(days)]):
            if days[start] <= self.last:
                agenda[int(days[start])].append(rows[start:end])

    def due_today(self, what: str, day: Day) -> Rows:
        """What is on the agenda for today?"""
        found = self.agenda[what].pop(day, None)
        return np.concatenate(found) if found else NO_ROWS
