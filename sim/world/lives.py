"""What does nature decide of each customer and each potential order? Columns, and draws looked up by address."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.base.calendar import WorkCalendar
from sim.base.days import NEVER, Day
from sim.base.draws import Purpose, Uniforms, address_key, key_of, uniform_under
from sim.model.pay_days import pay_days
from sim.model.portfolio import Portfolio
from sim.model.regimes import regime_path
from sim.model.scenario import Scenario

Ints = NDArray[np.int32]
Numbers = NDArray[np.integer]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]

AT_A_TIME = 16_000  # draws looked up together: so many are in the processor's own memory
MARGIN_DAYS = 400  # the calendar reaches so far beyond the horizon on both sides
ANSWERS = (Purpose.REACH, Purpose.PROMISE, Purpose.PROMISE_DAYS, Purpose.KEEPING)
"""What nature decides about an answer to a contact: is it heard, is a day promised, which, and is it kept?"""


@dataclass(frozen=True, eq=False)
class Lives:
    """One or many runs of lives. `(R, C)` arrays per run and customer, `(N,)` arrays per document, run by run.

    A run's documents are its opening items, then its potential orders by day and customer, then the orders on hand
    on the first morning; `number` counts them from 0 within the run and names them in the ledger.
    """

    behaviour: NDArray[np.int8]  # (R, C) index into portfolio.behaviours
    default_on: Ints  # (R, C) day of failure in the core, or NEVER
    default_wait: Floats  # (R, C) so many days of normal life until failure
    run: Ints  # (N,) position of the run in this world, 0..R-1
    number: Longs
    customer: Ints
    wanted_on: Ints  # day the order is placed; for opening items the invoice day
    opening_due_on: Ints  # due day of opening items, NEVER for orders
    amount_fen: Longs
    luck: Floats  # paid when the clock has run so far; standard exponential
    mark: Floats  # the order is placed when this is below the demand
    patience_days: Ints  # a held order waits so long
    dispute_after: Ints  # days from invoice to dispute or NEVER
    dispute_scale: Floats  # its length in median lengths
    credited_bp: Ints  # what its settlement credits
    funds_cost: Floats  # the discount is taken when it is worth more than this; inf = no cash to take it
    misses: Ints  # so many pay runs are missed once the payment is ready
    on_hand_until: Ints  # orders released before the first day: the day of their invoice; NEVER for all else

    @cached_property
    def cell(self) -> Longs:
        """Each document's customer among the customers of all runs: run * customers + customer."""
        cell: Longs = self.run.astype(np.int64) * self.behaviour.shape[1] + self.customer
        return cell


@dataclass(frozen=True, eq=False)
class World:
    """All that nature decides for `runs` runs of a portfolio under a scenario."""

    portfolio: Portfolio
    scenario: Scenario
    seed: int
    run_names: tuple[int, ...]
    lives: Lives

    @property
    def runs(self) -> int:
        """How many runs are in it?"""
        return len(self.run_names)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Working days from well before the first to well after the last day."""
        scenario = self.scenario
        return WorkCalendar(scenario.calendar, scenario.first - MARGIN_DAYS, scenario.last + MARGIN_DAYS)

    def workday_for(self, day: Day) -> Day:
        """On which working day is something done that was set for this day? NEVER if outside the horizon."""
        return int(self.workdays_for(np.array([day]))[0])

    def workdays_for(self, days: Numbers) -> Ints:
        """The same for many days."""
        return self._first_workdays.take(days - (self.scenario.first - 1), mode="clip")

    @cached_property
    def _first_workdays(self) -> Ints:
        """The first working day from each day of the horizon on; NEVER before its first and after its last."""
        days = np.arange(self.scenario.first, self.scenario.last + 1, dtype=np.int32)
        return np.concatenate([[NEVER], self.calendar.next_workday(days), [NEVER]]).astype(np.int32)

    @cached_property
    def pay_days(self) -> tuple[NDArray[np.bool_], Ints]:
        """Is it a pay day? Shape (kinds of pay day, days of the horizon); and each customer's kind, shape (C,)."""
        return pay_days(self.portfolio, self.scenario.first, self.scenario.last, self.calendar)

    @cached_property
    def _answer_keys(self) -> NDArray[np.uint64]:
        """Keys of the draws behind each customer's answers, shape (ANSWERS, cells)."""
        keys = np.array([[address_key(self.seed, run, p) for run in self.run_names] for p in ANSWERS])
        return key_of(keys[:, :, None], np.arange(len(self.portfolio))).reshape(len(ANSWERS), -1)

    def luck_at(self, purpose: Purpose, cells: Numbers, number: Numbers | int) -> Uniforms:
        """The n-th uniform draw of this purpose for each of these cells (run * customers + customer).

        For whatever else nature decides of a customer: always the same, whoever asks and in whatever order.
        """
        if purpose not in self._cell_keys:
            keys = np.array([address_key(self.seed, run, purpose) for run in self.run_names])
            self._cell_keys[purpose] = key_of(keys[:, None], np.arange(len(self.portfolio))).ravel()
        if not len(cells):
            return np.zeros(0)
        keys = self._cell_keys[purpose]
        if len(cells) <= AT_A_TIME or not isinstance(number, np.ndarray):
            return uniform_under(keys[cells], number)
        parts = (slice(start, start + AT_A_TIME) for start in range(0, len(cells), AT_A_TIME))
        return np.concatenate([uniform_under(keys[cells[part]], number[part]) for part in parts])

    @cached_property
    def regimes(self) -> NDArray[np.int8]:
        """The state of the economy on each day, shape (runs, days), index into REGIMES. Normal without `economy`."""
        scenario, economy = self.scenario, self.scenario.economy
        if not scenario.mechanisms.economy:
            return np.zeros((self.runs, scenario.days), dtype=np.int8)
        since = NEVER if economy.regime == "normal" else scenario.first + economy.from_day
        return regime_path(
            self.seed, self.run_names, scenario.first, scenario.last,
            given=economy.regime, since=since, wanders=economy.wanders,
        )  # fmt: skip

    @cached_property
    def _cell_keys(self) -> dict[Purpose, NDArray[np.uint64]]:
        return {}

    def answers(self, cells: Numbers, contact: Numbers) -> Uniforms:
        """The draws behind customers' answers to our n-th contact (n from 0), shape (ANSWERS, n).

        `cells` name the customers of all runs: run * customers + customer.
        """
        return uniform_under(self._answer_keys[:, cells], contact)

    def answer(self, purpose: Purpose, run: Numbers, customer: Numbers, contact: Numbers) -> Uniforms:
        """One of these draws."""
        return uniform_under(
            self._answer_keys[ANSWERS.index(purpose), run * len(self.portfolio) + customer], contact
        )
