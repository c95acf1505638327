"""11:00 to 13:00. Whom must we contact today, who does it, whom do we reach, and what is promised?"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.base.arrays import some
from sim.base.days import NEVER
from sim.base.draws import Uniforms
from sim.base.money import fraction
from sim.base.ordering import order_by
from sim.engine.collection.calls import Calls, Ints, Mask
from sim.engine.collection.diagnosis import Diagnosis
from sim.engine.collection.limitation import WRITTEN, Limitation
from sim.engine.collection.plans import Plans
from sim.engine.collection.reminders import Reminders
from sim.engine.collection.staff import Staff
from sim.engine.money.treasury import Till
from sim.engine.records.books import DISPUTED, OURS, Books
from sim.engine.records.log import outcome_code
from sim.engine.timetable import ELEVEN, Shift, Timetable
from sim.model import moves
from sim.model.rules import PROMISE_FIRST_DAY, PROMISE_SPAN_DAYS, VALUE_HALF_DAYS
from sim.model.staffing import BY_AMOUNT, CHANNEL_LARGE_FEN, CHANNEL_SMALL_FEN

REACHED, NOT_REACHED, SENT = (outcome_code(name) for name in ("reached", "not_reached", "sent"))


class Collectors:
    """The dunning run and the people who work its list."""

    def __init__(self, books: Books, till: Till, limitation: Limitation):
        self.books, self.till, self.limitation = books, till, limitation
        self.minutes = np.array([move.minutes for move in moves.MOVES])
        self.cost = np.array([move.cost_fen for move in moves.MOVES])
        self.reach = np.array([move.reach for move in moves.MOVES])
        self.personal = np.array([move.personal for move in moves.MOVES])
        self.written = np.array([move.name in WRITTEN for move in moves.MOVES])
        self.fades = np.array(moves.fades())
        self.reminders = Reminders(books)
        self.staff, self.plans, self.diagnosis = Staff(books, till), Plans(books, till), Diagnosis(books)
        self._instead = [_replacing(table) for table in BY_AMOUNT]
        days = np.arange(books.first, books.last + 1, dtype=np.int32)
        self._works_until = books.world.calendar.each_after_workdays(days, moves.EFFECT_WORKDAYS).tolist()
        self._strategic = books.is_strategic[books.lives.behaviour.ravel()]

    def work(self, time: Timetable) -> Shift:
        """Every working day: the dunning run, then the worklist while the minutes last."""
        while True:
            today = yield time.workdays(ELEVEN)
            calls = self.diagnosis.adapted(self._due_calls(today), today)
            used = np.zeros(self.books.runs, dtype=np.int64)
            if len(calls):
                minutes = self.books.sales.minutes(calls, self.minutes[calls.moves])
                worked = self._worklist(calls, minutes, today)
                np.add.at(used, calls.cells[worked] // self.books.customers, minutes[worked])
                self._ladder_contact(calls.only((minutes == 0) | worked), today)
            self.staff.worked(used)

    def _due_calls(self, day: int) -> Calls:
        """Customers whose invoices have come to a new step; the highest step decides the move."""
        books = self.books
        rows = self.reminders.on_the_list(day)
        rows = rows.compress(books.next_step_on.take(rows) <= day)
        rows = rows[(books.judged_on[rows] == NEVER) & (books.status[rows] != DISPUTED)]
        rows = rows[books.with_whom[rows] == OURS]
        rows = books.by_cell(rows)
        calls = Calls.about(rows, books.cell[rows])
        if not len(calls):
            return calls
        step = books.step_due(-calls.greatest(-books.due_on[rows].astype(np.int64)), day)
        calls = Calls(calls.cells, books.step_moves[step], rows, calls.call)
        too_small = books.step_min_fen[step] > calls.total(books.open_fen[rows])
        forgotten = self.reminders.forgotten(calls, self.minutes[calls.moves] == 0, day)
        return self._by_amount(self._without(calls, too_small | forgotten, day))

    def _without(self, calls: Calls, passed_over: Mask, day: int) -> Calls:
        """What is too small or forgotten is passed over until the next step."""
        if not some(passed_over):
            return calls
        self.books.work_ladder_to(calls.rows_of(passed_over), day)
        return calls.only(~passed_over)

    def _by_amount(self, calls: Calls) -> Calls:
        """Where the channel goes by amount: cheaper means for small claims, personal ones for large."""
        if self.books.policy.collection.channel == "ladder" or not len(calls):
            return calls
        at_stake = calls.total(self.books.open_fen[calls.rows])
        small, large = (table[calls.moves] for table in self._instead)
        chosen = np.where(at_stake < CHANNEL_SMALL_FEN, small, calls.moves)
        return replace(calls, moves=np.where(at_stake >= CHANNEL_LARGE_FEN, large, chosen))

    def _worklist(self, calls: Calls, minutes: Ints, day: int) -> Mask:
        """Which calls do the collectors' minutes allow, most urgent first by the policy's rule?"""
        worked = np.zeros(len(calls), dtype=np.bool_)
        order = minutes.nonzero()[0]
        if len(order):
            run = calls.cells[order] // self.books.customers
            by_urgency = order_by(run, -self._urgency(calls, day)[order])  # then by customer, as they come
            order, run = order[by_urgency], run[by_urgency]
            minutes = minutes[order]
            used = minutes.cumsum()
            before = (used - minutes)[run.searchsorted(run)]  # what earlier runs used
            capacity = self.staff.capacity
            worked[order[used - before <= (capacity if isinstance(capacity, int) else capacity[run])]] = True
        return worked

    def _urgency(self, calls: Calls, day: int) -> Ints:
        """The greater, the sooner. Who is paid by the cash alone takes what is small and easy first."""
        rules = self.books.policy.collection
        rule = "ease" if rules.bonus_kind == "cash" and rules.pays_bonus else rules.worklist
        oldest = calls.greatest(day - self.books.due_on[calls.rows].astype(np.int64))
        if rule == "oldest":
            return oldest
        at_stake = calls.total(self.books.open_fen[calls.rows])
        if rule == "value":
            return fraction(at_stake, VALUE_HALF_DAYS, VALUE_HALF_DAYS + np.maximum(oldest, 0))
        return at_stake if rule == "largest" else -at_stake

    def _ladder_contact(self, calls: Calls, day: int) -> None:
        """A step is done when it was carried out; a person who was not reached is tried again next time."""
        if len(calls):
            reached = self.contact(calls, day)
            self.books.work_ladder_to(calls.rows_of(reached | ~self.personal[calls.moves]), day)

    def contact(self, calls: Calls, day: int, known: bool | None = None) -> Mask:
        """Make these contacts; returns which were reached, shape (calls,): as nature has it, or as is `known`."""
        books, calls = self.books, self.reminders.still_owed(calls)
        run, number = calls.cells // books.customers, books.contacts[calls.cells]
        heard, said, when, kept = books.world.answers(calls.cells, number)
        books.contacts[calls.cells] += 1
        reach = self.reach[calls.moves]
        if books.reach.are_set:
            reach = reach * books.reach.product[calls.cells]
        reached = heard < reach if known is None else np.full(len(calls), known)
        for tell in books.on_reached:
            tell(calls.rows_of(reached), day)
        self.till.move("collection", run, self.cost[calls.moves])
        self._write_down(calls, reached, day)
        self._push(calls, reached, day)
        books.relationship.contacted(calls.cells, calls.moves, reached, day)
        talked = reached & self.personal[calls.moves]
        promising = (
            talked
            & (said < moves.PROMISE_GIVEN * self.staff.skill_of(run))
            & ~self._plan(calls, talked, number, day)
        )
        if some(promising):
            self._promise(calls.only(promising), when[promising], kept[promising], day)
        return reached

    def _plan(self, calls: Calls, talked: Mask, number: Ints, day: int) -> Mask:
        """What do talks teach us, and which of these customers pay by instalments from now on?"""
        agreed = np.zeros(len(calls), dtype=np.bool_)
        if self.diagnosis.is_on:
            cells = calls.cells[talked]
            self.diagnosis.learn(cells, number[talked], self.staff.skill_of(cells // self.books.customers))
        if self.books.policy.collection.payment_plans and some(talked):
            mine = calls.only(talked)
            needs = self.diagnosis.needs_plan(mine.cells)
            agreed[talked] = self.plans.offer(mine, needs, number[talked], day)
        return agreed

    def _write_down(self, calls: Calls, reached: NDArray[np.bool_], day: int) -> None:
        outcome = np.where(self.personal[calls.moves], np.where(reached, REACHED, NOT_REACHED), SENT)
        self.books.log.on_accounts(
            "contact", day, calls.cells, calls.total(self.books.open_fen[calls.rows]),
            move=calls.moves + 1, outcome=outcome, minutes=self.books.sales.minutes(calls, self.minutes[calls.moves]),
        )  # fmt: skip

    def _push(self, calls: Calls, reached: Mask, day: int) -> None:
        """What arrived makes the clock run faster for ten working days; the same again within 20 days works less."""
        books, mine = self.books, reached[calls.call]
        rows, move = calls.rows[mine], calls.moves[calls.call[mine]]
        if self.limitation.matters:
            self.limitation.restart(rows[self.written[move]], day, "demand")
        recent = day - books.last_contact[rows].astype(np.int64) <= moves.REPEAT_DAYS
        again = (books.last_move[rows] == move) & recent
        repeats = np.where(again, np.minimum(books.repeats[rows] + 1, 100), 0)
        books.repeats[rows], books.last_move[rows], books.last_contact[rows] = repeats, move, day
        old = np.where(books.clocks.boost_until[rows] >= day, books.clocks.boost[rows], 1.0)
        fade = self.fades[np.minimum(repeats, len(self.fades) - 1)]
        effect = books.relationship.believed(books.effects[move, books.behaviour[rows]], move, rows)
        strength = self.staff.strength(books.lives.run[rows], books.behaviour[rows])
        if strength is not None:
            effect = np.where(self.personal[move], 1.0 + (effect - 1.0) * strength, effect)
        effect = np.where(books.by_calendar[rows], 1.0, effect)  # a message moves nobody's windows
        boost = np.minimum(moves.EFFECT_CAP, old * (1.0 + (effect - 1.0) * fade))
        books.clocks.push(rows, boost, self._works_until[day - books.first])

    def _promise(self, calls: Calls, when: Uniforms, keeping: Uniforms, day: int) -> None:
        """The customer names a day; whether it will keep it is known to nature only."""
        books, calendar = self.books, self.books.world.calendar
        span = np.floor(when * PROMISE_SPAN_DAYS)
        first = (day + PROMISE_FIRST_DAY + span).astype(np.int32)
        kept = keeping < self.keeping(calls.cells)
        fresh = books.judged_on[calls.rows] == NEVER
        rows, call = calls.rows[fresh], calls.call[fresh]
        # Nobody can keep a word before the house's own papers are through.
        named = calendar.next_workday(np.maximum(first[call], books.ready_from[rows]))
        books.promise_on[rows] = named
        books.judged_on[rows] = calendar.each_after_workdays(named, moves.PROMISE_GRACE_WORKDAYS)
        books.plan("judgement", books.judged_on[rows], rows)
        keeps = kept[call] & ~books.by_calendar[rows]  # there a clerk's word moves no payment run
        books.name_day(rows[keeps], named[keeps])
        books.log.on_invoices("promise_made", day, rows, books.open_fen[rows], until=named)

    def keeping(self, cells: Ints) -> NDArray[np.float64]:
        """With what chance is a promise kept?"""
        books = self.books
        usual = moves.KEPT_IN_WRITING if books.policy.collection.promise_in_writing else moves.KEPT_VAGUE
        after_broken = min(usual, moves.KEPT_AFTER_BROKEN)
        chance = np.where(books.has_broken_promise[cells], after_broken, usual)
        return np.where(self._strategic[cells], moves.KEPT_BY_STRATEGIC, chance)


def _replacing(table: Mapping[str, str]) -> NDArray[np.int8]:
    """Which move is made instead of each?"""
    return np.array(
        [moves.MOVE_INDEX[table.get(move.name, move.name)] for move in moves.MOVES], dtype=np.int8
    )
