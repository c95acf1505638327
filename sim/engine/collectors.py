"""11:00 to 13:00. Whom must we contact today, who does it, whom do we reach, and what is promised?"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.base.draws import Purpose
from sim.base.money import fraction
from sim.engine.books import DISPUTED, Books, Rows
from sim.engine.log import outcome_code
from sim.engine.timetable import ELEVEN, Shift, Timetable
from sim.engine.treasury import Till
from sim.model import moves
from sim.model.rules import PROMISE_FIRST_DAY, PROMISE_SPAN_DAYS, VALUE_HALF_DAYS

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Calls:
    """Contacts with customers, at most one per customer: shape (calls,); and the invoices each is about.

    `rows` are all invoices, those of one call side by side; call k is about rows[starts[k]:starts[k + 1]].
    """

    cells: Ints
    moves: NDArray[np.int8]
    rows: Rows
    starts: Ints

    def only(self, chosen: NDArray[Any]) -> "Calls":
        """Some of these calls, in the order of `chosen` (positions)."""
        if len(chosen) == len(self.cells) == 0:
            return self
        lengths = np.diff(self.starts)[chosen]
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        rows = self.rows[np.repeat(self.starts[:-1][chosen], lengths) + within]
        return Calls(self.cells[chosen], self.moves[chosen], rows, np.concatenate([[0], np.cumsum(lengths)]))

    def of_rows(self, each: NDArray[Any]) -> NDArray[Any]:
        """A figure per call, repeated for each of its invoices."""
        return np.repeat(each, np.diff(self.starts))

    def total(self, amounts: Ints) -> Ints:
        """Sum per call of a figure per invoice."""
        sums = np.concatenate([[0], np.cumsum(amounts)])
        return sums[self.starts[1:]] - sums[self.starts[:-1]]


class Collectors:
    """The dunning run and the people who work its list."""

    def __init__(self, books: Books, till: Till):
        self.books, self.till = books, till
        self.minutes = np.array([move.minutes for move in moves.MOVES])
        self.cost = np.array([move.cost_fen for move in moves.MOVES])
        self.reach = np.array([move.reach for move in moves.MOVES])
        self.personal = np.array([move.personal for move in moves.MOVES])
        self.fades = np.array(moves.fades())
        codes = {name: code for code, name in enumerate(books.portfolio.column("customer"))}
        self.dated = [(a.day, codes[a.customer], moves.MOVE_INDEX[a.move]) for a in books.timeline.actions]

    def work(self, time: Timetable) -> Shift:
        """Every working day: dated contacts, then the dunning run, then the worklist while the minutes last."""
        while True:
            yield time.workdays(ELEVEN)
            for day, customer, move in self.dated:
                if day == time.today:
                    self.contact(self._on_account(customer, move), day)
            calls = self._due_calls(time.today)
            if len(calls.cells):
                automatic = np.flatnonzero(self.minutes[calls.moves] == 0)
                self._ladder_contact(
                    calls.only(np.concatenate([automatic, self._worklist(calls, time.today)])), time.today
                )

    def _on_account(self, customer: int, move: int) -> Calls:
        """One contact with a customer in every run, about all it owes and does not dispute."""
        books = self.books
        cells = np.arange(books.runs, dtype=np.int64) * books.customers + customer
        rows = books.undisputed()
        rows = rows[books.lives.customer[rows] == customer]
        rows = rows[np.argsort(books.lives.run[rows], kind="stable")]
        starts = np.searchsorted(books.lives.run[rows], np.arange(books.runs + 1))
        return Calls(cells, np.full(books.runs, move, dtype=np.int8), rows, starts.astype(np.int64))

    def _due_calls(self, day: int) -> Calls:
        """Customers whose invoices have come to a new step; the highest step decides the move."""
        books = self.books
        rows = books.open_rows
        rows = rows[(books.next_step_on[rows] <= day) & (books.judged_on[rows] == NEVER)]
        rows = rows[books.status[rows] != DISPUTED]
        rows = rows[np.lexsort((rows, books.cell[rows]))]
        cells = books.cell[rows]
        firsts = (
            np.flatnonzero(np.concatenate([[True], cells[1:] != cells[:-1]]))
            if len(rows)
            else np.zeros(0, int)
        )
        starts = np.concatenate([firsts, [len(rows)]]).astype(np.int64)
        if not len(rows):
            return Calls(cells, np.zeros(0, dtype=np.int8), rows, starts)
        step = np.maximum.reduceat(books.step_due(rows, day), firsts)
        calls = Calls(cells[firsts], books.step_moves[step], rows, starts)
        too_small = books.step_min_fen[step] > calls.total(books.open_fen[rows])
        books.work_ladder_to(calls.only(np.flatnonzero(too_small)).rows, day)
        return calls.only(np.flatnonzero(~too_small))

    def _worklist(self, calls: Calls, day: int) -> Ints:
        """Which calls do the collectors' minutes allow, most urgent first by the policy's rule? Positions."""
        collection, run = self.books.policy.collection, calls.cells // self.books.customers
        order = np.lexsort((calls.cells, -self._urgency(calls, day), run))
        order = order[self.minutes[calls.moves[order]] > 0]
        minutes, run = self.minutes[calls.moves[order]], run[order]
        used = np.cumsum(minutes)
        before = (used - minutes)[np.searchsorted(run, run)]  # what earlier runs used
        return order[used - before <= collection.collectors * collection.minutes_per_day]

    def _urgency(self, calls: Calls, day: int) -> Ints:
        rule = self.books.policy.collection.worklist
        at_stake = calls.total(self.books.open_fen[calls.rows])
        if rule in ("largest", "ease") or not len(calls.cells):
            return -at_stake if rule == "ease" else at_stake
        late = day - self.books.due_on[calls.rows].astype(np.int64)
        oldest = np.maximum.reduceat(late, calls.starts[:-1])
        return (
            oldest
            if rule == "oldest"
            else fraction(at_stake, VALUE_HALF_DAYS, VALUE_HALF_DAYS + np.maximum(oldest, 0))
        )

    def _ladder_contact(self, calls: Calls, day: int) -> None:
        """A step is done when it was carried out; a person who was not reached is tried again next time."""
        if len(calls.cells):
            reached = self.contact(calls, day)
            done = reached | ~self.personal[calls.moves]
            self.books.work_ladder_to(calls.rows[calls.of_rows(done)], day)

    def contact(self, calls: Calls, day: int) -> NDArray[np.bool_]:
        """Make these contacts; returns which were reached, shape (calls,)."""
        books = self.books
        run, customer = np.divmod(calls.cells, books.customers)
        number = books.contacts[calls.cells]
        books.contacts[calls.cells] += 1
        reached = books.world.answer(Purpose.REACH, run, customer, number) < self.reach[calls.moves]
        self.till.move("collection", run, self.cost[calls.moves])
        self._write_down(calls, reached, day)
        self._push(calls.only(np.flatnonzero(reached)), day)
        spoken = np.flatnonzero(reached & self.personal[calls.moves])
        promise = books.world.answer(Purpose.PROMISE, run[spoken], customer[spoken], number[spoken])
        chosen = spoken[promise < moves.PROMISE_GIVEN]
        self._promise(calls.only(chosen), number[chosen], day)
        return reached

    def _write_down(self, calls: Calls, reached: NDArray[np.bool_], day: int) -> None:
        heard = np.where(reached, outcome_code("reached"), outcome_code("not_reached"))
        outcome = np.where(self.personal[calls.moves], heard, outcome_code("sent"))
        self.books.log.on_accounts(
            "contact", day, calls.cells, calls.total(self.books.open_fen[calls.rows]),
            move=calls.moves + 1, outcome=outcome, minutes=self.minutes[calls.moves],
        )  # fmt: skip

    def _push(self, calls: Calls, day: int) -> None:
        """What arrived makes the clock run faster for ten working days; the same again within 20 days works less."""
        books, rows = self.books, calls.rows
        move = calls.of_rows(calls.moves)
        again = (books.last_move[rows] == move) & (
            day - books.last_contact[rows].astype(np.int64) <= moves.REPEAT_DAYS
        )
        books.repeats[rows] = np.where(again, np.minimum(books.repeats[rows] + 1, 100), 0)
        books.last_move[rows], books.last_contact[rows] = move, day
        old = np.where(books.boost_until[rows] >= day, books.boost[rows], 1.0)
        fade = self.fades[np.minimum(books.repeats[rows], len(self.fades) - 1)]
        effect = books.effects[move, books.behaviour[rows]]
        books.boost[rows] = np.minimum(moves.EFFECT_CAP, old * (1.0 + (effect - 1.0) * fade))
        books.boost_until[rows] = books.world.calendar.after_workdays(day, moves.EFFECT_WORKDAYS)

    def _promise(self, calls: Calls, number: Ints, day: int) -> None:
        """The customer names a day; whether it will keep it is known to nature only."""
        if not len(calls.rows):
            return
        books, calendar = self.books, self.books.world.calendar
        run, customer = np.divmod(calls.cells, books.customers)
        span = np.floor(books.world.answer(Purpose.PROMISE_DAYS, run, customer, number) * PROMISE_SPAN_DAYS)
        on = calendar.next_workday((day + PROMISE_FIRST_DAY + span).astype(np.int32))
        kept = books.world.answer(Purpose.KEEPING, run, customer, number) < self._keeping(calls.cells)
        fresh = books.judged_on[calls.rows] == NEVER
        rows, on_row = calls.rows[fresh], calls.of_rows(on)[fresh]
        books.promise_on[rows] = on_row
        for promised in np.unique(on_row):
            same = rows[on_row == promised]
            books.judged_on[same] = judged = calendar.after_workdays(
                int(promised), moves.PROMISE_GRACE_WORKDAYS
            )
            books.plan("judgement", np.full(len(same), judged), same)
        keeps = calls.of_rows(kept)[fresh]
        books.name_day(rows[keeps], on_row[keeps])
        books.log.on_invoices("promise_made", day, rows, books.open_fen[rows], until=on_row)

    def _keeping(self, cells: Ints) -> NDArray[np.float64]:
        """With what chance is a promise kept?"""
        books = self.books
        usual = moves.KEPT_IN_WRITING if books.policy.collection.promise_in_writing else moves.KEPT_VAGUE
        chance = np.where(books.has_broken_promise[cells], moves.KEPT_AFTER_BROKEN, usual)
        strategic = books.is_strategic[books.lives.behaviour.ravel()[cells]]
        return np.where(strategic, moves.KEPT_BY_STRATEGIC, chance)
