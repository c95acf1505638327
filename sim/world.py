"""What does nature decide, whatever the seller does? Every customer's life, drawn beforehand.

A World holds, for each run, each customer's kind and fate and every *potential* order with its amount, its patience,
its luck with payment and dispute. Policies decide which of it comes true; none changes it. Draws depend on (seed, run,
purpose) only, so any partition of the runs gives the same lives bit for bit.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtri

from sim.base.calendar import WorkCalendar
from sim.base.days import NEVER, Day, months_of
from sim.base.draws import Purpose, Uniforms, address_key, generator, key_of, uniform_under
from sim.base.errors import Problems
from sim.model.behaviour import STRAPPED_DEFAULT_FACTOR
from sim.model.pay_days import LONGEST_WAIT, pay_days, waited
from sim.model.policy import Policy
from sim.model.portfolio import MOST_FEN, Portfolio
from sim.model.regimes import DEFAULT_FACTOR_RHO, regime_path
from sim.model.scenario import ORDER_SEASON, PAYMENT_SEASON, Scenario, covers
from sim.model.seasons import growth_path, moving_orders, moving_payments

Ints = NDArray[np.int32]
Numbers = NDArray[np.integer]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]

AT_A_TIME = 16_000  # draws looked up together: so many are in the processor's own memory
MARGIN_DAYS = 400  # the calendar reaches so far beyond the horizon on both sides
ANSWERS = (Purpose.REACH, Purpose.PROMISE, Purpose.PROMISE_DAYS, Purpose.KEEPING)
"""What nature decides about an answer to a contact: is it heard, is a day promised, which, and is it kept?"""
DEMAND_HEADROOM = 1.35  # potential orders are drawn for so much more than normal demand
DEMAND_FLOOR = 0.5
DEMAND_FADE_DAYS = 90.0
DISPUTING_FACTOR = 3.0  # the disputing archetype disputes so much more often (assumption)
DISPUTE_FIRST, DISPUTE_LAST = 5, 30  # days after the invoice on which a dispute is raised (assumption)
DISPUTE_SIGMA = 0.6
DISPUTE_VALID, DISPUTE_CREDITED_BP = (
    0.55,
    4_000,
)  # share settled for the customer, and what it is credited (assumption)
FUNDS_COST_MEDIAN, FUNDS_COST_SIGMA = 0.12, 0.5  # a customer's own yearly cost of money (assumption)


@dataclass(frozen=True, eq=False)
class Lives:
    """One or many runs of lives. `(R, C)` arrays per run and customer, `(N,)` arrays per document, run by run.

    A run's documents are its opening items, then its potential orders by day and customer; `number` counts them from
    0 within the run and names them in the ledger.
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
        if not self.scenario.first <= day <= self.scenario.last:
            return NEVER
        return int(self.calendar.next_workday(np.array([day], dtype=np.int32))[0])

    @cached_property
    def pay_days(self) -> tuple[NDArray[np.bool_], Ints]:
        """Is it a pay day? Shape (kinds of pay day, days of the horizon); and each customer's kind, shape (C,)."""
        return pay_days(self.portfolio, self.scenario.first, self.scenario.last, self.calendar)

    @cached_property
    def _answer_keys(self) -> NDArray[np.uint64]:
        """Keys of the draws behind each customer's answers, shape (ANSWERS, runs, customers)."""
        keys = np.array([[address_key(self.seed, run, p) for run in self.run_names] for p in ANSWERS])
        return key_of(keys[:, :, None], np.arange(len(self.portfolio)))

    def luck_at(self, purpose: Purpose, cells: Numbers, number: Numbers | int) -> Uniforms:
        """The n-th uniform draw of this purpose for each of these cells (run * customers + customer).

        For whatever else nature decides of a customer: always the same, whoever asks and in whatever order.
        """
        if purpose not in self._cell_keys:
            keys = np.array([address_key(self.seed, run, purpose) for run in self.run_names])
            self._cell_keys[purpose] = key_of(keys[:, None], np.arange(len(self.portfolio))).ravel()
        if not len(cells):
            return np.zeros(0)
        keys, numbers = (
            self._cell_keys[purpose],
            number if isinstance(number, np.ndarray) else np.array([number]),
        )
        if len(cells) <= AT_A_TIME or len(numbers) == 1:
            return uniform_under(keys[cells], numbers)
        parts = (slice(start, start + AT_A_TIME) for start in range(0, len(cells), AT_A_TIME))
        return np.concatenate([uniform_under(keys[cells[part]], numbers[part]) for part in parts])

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

    def answers(self, run: Numbers, customer: Numbers, contact: Numbers) -> Uniforms:
        """The draws behind customers' answers to our n-th contact (n from 0), shape (ANSWERS, n)."""
        return uniform_under(self._answer_keys[:, run, customer], contact)

    def answer(self, purpose: Purpose, run: Numbers, customer: Numbers, contact: Numbers) -> Uniforms:
        """One of these draws."""
        return uniform_under(self._answer_keys[ANSWERS.index(purpose), run, customer], contact)


def draw(
    portfolio: Portfolio, scenario: Scenario, *, seed: int = 1, runs: int = 1, first_run: int = 0
) -> World:
    """The lives of runs `first_run` .. `first_run + runs - 1`. Raises BadInput when the calendar ends too early."""
    problems = Problems()
    for name, value, least in (("runs", runs, 1), ("seed", seed, 0), ("first_run", first_run, 0)):
        if value < least:
            problems.add("at_least", name, value, limit=least)
    if not covers(scenario):
        problems.add("outside_calendar", "scenario.start", str(scenario.start))
    problems.stop_if_any()
    names = tuple(range(first_run, first_run + runs))
    calendar = WorkCalendar(scenario.calendar, scenario.first - MARGIN_DAYS, scenario.last + MARGIN_DAYS)
    each = [
        _draw_run(portfolio, scenario, calendar, seed, run, position) for position, run in enumerate(names)
    ]
    joined = {f.name: np.concatenate([getattr(lives, f.name) for lives in each]) for f in fields(Lives)}
    return World(portfolio=portfolio, scenario=scenario, seed=seed, run_names=names, lives=Lives(**joined))


def demand_factor(portfolio: Portfolio, policy: Policy) -> Floats:
    """How do customers' orders answer to the payment term, against the term in force? Shape (C,), 1 = as now.

    Near the present term each extra day brings `term_response_bp` more orders; the effect fades with distance.
    """
    extra = policy.terms.net_days - portfolio.policy_in_force.terms.net_days
    gain = DEMAND_FADE_DAYS * -np.expm1(-extra / DEMAND_FADE_DAYS)
    wanted: Floats = 1.0 + portfolio.column("term_response_bp") * 1e-4 * gain
    return np.clip(wanted, DEMAND_FLOOR, DEMAND_HEADROOM)


def order_season(portfolio: Portfolio, scenario: Scenario, days: Ints) -> Floats:
    """Which share of the potential orders is placed in normal demand? Shape (customers, days)."""
    growth = growth_path(scenario.economy.growth_pct, scenario.days)
    grown = growth[np.clip(days - scenario.first, 0, scenario.days - 1)] / growth.max()
    if not (scenario.seasonal and portfolio.seasonal):
        return np.tile(grown / DEMAND_HEADROOM, (len(portfolio), 1))
    month, moves = months_of(days), scenario.mechanisms.economy
    segments, kind = np.unique(portfolio.column("segment").astype(str), return_inverse=True)
    rows = []
    for segment in segments:
        table = ORDER_SEASON.get(segment, (1.0,) * 12)
        season = moving_orders(table, days) if moves and segment in ORDER_SEASON else np.array(table)[month]
        rows.append(grown * season / (max(1.0, *table) * DEMAND_HEADROOM))
    return np.array(rows)[kind]


def payment_season(portfolio: Portfolio, scenario: Scenario, days: Ints) -> Floats:
    """How much faster or slower is everything paid on each day of the year? Shape (days,), 1 = as usual."""
    if not (scenario.seasonal and portfolio.seasonal):
        return np.ones(len(days))
    if scenario.mechanisms.economy:
        return moving_payments(PAYMENT_SEASON, days)
    return np.array(PAYMENT_SEASON)[months_of(days)]


def _peak_season(portfolio: Portfolio, scenario: Scenario) -> Floats:
    growth = float(growth_path(scenario.economy.growth_pct, scenario.days).max())
    if not (scenario.seasonal and portfolio.seasonal):
        return np.full(len(portfolio), growth)
    peaks = [max(1.0, *ORDER_SEASON.get(str(segment), (1.0,))) for segment in portfolio.column("segment")]
    return np.array(peaks) * growth


def _draw_run(
    portfolio: Portfolio, scenario: Scenario, calendar: WorkCalendar, seed: int, run: int, position: int
) -> Lives:
    def stream(purpose: Purpose) -> np.random.Generator:
        return generator(seed, run, purpose)

    behaviour, default_on, wait = _fates(portfolio, scenario, stream)
    orders = _orders(portfolio, scenario, calendar, stream)
    opening = _opening(portfolio, scenario, calendar, behaviour, stream(Purpose.OPENING))
    both = {name: np.concatenate([opening[name], orders[name]]) for name in orders}
    count = len(both["customer"])
    who = both["customer"]
    q = np.array([b.missed_run for b in portfolio.behaviours])[behaviour[who]]
    periodic = portfolio.column("pay_rule")[who] != "any"
    return Lives(
        behaviour=behaviour[None, :],
        default_on=default_on[None, :],
        default_wait=wait[None, :],
        run=np.full(count, position, dtype=np.int32),
        number=np.arange(count, dtype=np.int64),
        misses=np.where(periodic, _geometric(stream(Purpose.PAY_RUNS).random(count), q), 0).astype(np.int32),
        **_disputes(
            portfolio, behaviour[who], who, both["opening_due_on"] != NEVER, stream(Purpose.DISPUTES)
        ),
        funds_cost=_funds_cost(portfolio, behaviour[who], stream(Purpose.DISCOUNT)),
        **both,
    )


def _fates(
    portfolio: Portfolio, scenario: Scenario, stream: Callable[[Purpose], np.random.Generator]
) -> tuple[NDArray[np.int8], Ints, Floats]:
    """Each customer's kind of payer, the day it fails in the core, and how long it would live in normal times."""
    count, life = len(portfolio), stream(Purpose.LIFE)
    kind = (life.random(count)[:, None] >= np.cumsum(portfolio.mix, axis=1)).sum(axis=1)
    kind = np.minimum(kind, len(portfolio.behaviours) - 1).astype(np.int8)
    strapped = np.array([b.archetype == "strapped" for b in portfolio.behaviours])[kind]
    per_day = portfolio.column("default_bp_year") * 1e-4 / 365.0 * scenario.economy.default_pct / 100.0
    per_day = per_day * np.where(strapped, STRAPPED_DEFAULT_FACTOR, 1.0)
    luck = life.standard_exponential(count)
    if scenario.mechanisms.contagion:
        luck = _shared(luck, float(stream(Purpose.DEFAULT_FACTOR).standard_normal()))
    with np.errstate(divide="ignore"):
        wait = luck / per_day
    fails = np.floor(wait) < scenario.days
    on = np.where(fails, scenario.first + np.where(fails, np.floor(wait), 0), NEVER).astype(np.int32)
    return kind, on, wait


def _shared(luck: Floats, factor: float) -> Floats:
    """Exponential luck that partly follows one factor common to all customers of a run; each stays exponential."""
    own = ndtri(-np.expm1(-luck))
    both = np.sqrt(DEFAULT_FACTOR_RHO) * factor + np.sqrt(1.0 - DEFAULT_FACTOR_RHO) * own
    shared: Floats = -log_ndtr(-both)
    return shared


def _orders(
    portfolio: Portfolio,
    scenario: Scenario,
    calendar: WorkCalendar,
    stream: Callable[[Purpose], np.random.Generator],
) -> dict[str, NDArray[Any]]:
    """All potential orders of one run, by working day and customer."""
    yearly = portfolio.column("orders_per_year") * scenario.economy.demand_pct / 100.0
    expected = yearly / 365.0 * scenario.days * _peak_season(portfolio, scenario) * DEMAND_HEADROOM
    arrivals = stream(Purpose.ORDERS)
    counts = arrivals.poisson(expected)
    who = np.repeat(np.arange(len(portfolio), dtype=np.int32), counts)
    when = scenario.first + np.floor(arrivals.random(len(who)) * scenario.days).astype(np.int32)
    wanted = calendar.next_workday(when)
    mark = arrivals.random(len(who))
    sizes = portfolio.column("order_median_fen")[who] * np.exp(
        portfolio.column("order_sigma")[who] * stream(Purpose.AMOUNTS).standard_normal(len(who))
    )
    order = np.lexsort((mark, when, who))  # by customer and time: luck is handed on from order to order
    luck = np.empty(len(who))
    luck[order] = _luck(who[order], scenario.habit, stream(Purpose.HABIT))
    slack = stream(Purpose.PATIENCE).random(len(who))
    patience = np.rint(portfolio.column("patience_days")[who] * 2.0 * slack).astype(np.int32)
    keep = wanted <= scenario.last
    by_day = np.lexsort((mark, who, wanted))
    by_day = by_day[keep[by_day]]
    columns = {
        "customer": who, "wanted_on": wanted, "opening_due_on": np.full(len(who), NEVER, dtype=np.int32),
        "amount_fen": np.clip(np.rint(sizes), 1.0, MOST_FEN).astype(np.int64), "luck": luck, "mark": mark,
        "patience_days": patience,
    }  # fmt: skip
    return {name: column[by_day] for name, column in columns.items()}


def _luck(who: Ints, habit: float, stream: np.random.Generator) -> Floats:
    """Standard exponential luck of each order; neighbours of one customer are alike (Gaussian copula, AR(1))."""
    z = stream.standard_normal(len(who))
    first = np.concatenate([[True], who[1:] != who[:-1]]) if len(who) else np.zeros(0, dtype=bool)
    if habit > 0.0:
        fresh = np.sqrt(1.0 - habit * habit)
        place = np.arange(len(who)) - np.maximum.accumulate(np.where(first, np.arange(len(who)), 0))
        by_place = np.argsort(place, kind="stable")
        ends = np.cumsum(np.bincount(place))
        for start, end in pairwise(ends):
            at = by_place[start:end]
            z[at] = habit * z[at - 1] + fresh * z[at]
    return -log_ndtr(-z)


def _opening(
    portfolio: Portfolio,
    scenario: Scenario,
    calendar: WorkCalendar,
    behaviour: NDArray[np.int8],
    stream: np.random.Generator,
) -> dict[str, NDArray[Any]]:
    """The items open on the first morning, with the luck they have left.

    What was unpaid on its customer's last pay day has used up no luck; since then the clock has run as ever.
    """
    table = portfolio.opening
    count = len(table)
    codes = {name: code for code, name in enumerate(portfolio.column("customer"))}
    shift = scenario.first - 1 - portfolio.last_day
    customer = np.array([codes[name] for name in table["customer"]], dtype=np.int32)
    invoiced_on, due_on = (
        (table[name].to_numpy() + shift).astype(np.int32) for name in ("invoiced_on", "due_on")
    )
    before = np.arange(scenario.first - LONGEST_WAIT, scenario.first, dtype=np.int32)
    season = payment_season(portfolio, scenario, before) * (scenario.economy.payment_pct / 100)
    used = waited(portfolio, scenario.first, calendar, behaviour, invoiced_on, due_on, customer, season)
    return {
        "customer": customer,
        "wanted_on": invoiced_on,
        "opening_due_on": due_on,
        "amount_fen": table["amount_fen"].to_numpy().astype(np.int64),
        "luck": np.maximum(stream.standard_exponential(count) - used, 0.0),
        "mark": np.zeros(count),
        "patience_days": np.zeros(count, dtype=np.int32),
    }


def _disputes(
    portfolio: Portfolio,
    kind: NDArray[np.int8],
    who: Ints,
    is_opening: NDArray[np.bool_],
    stream: np.random.Generator,
) -> dict[str, NDArray[Any]]:
    count = len(who)
    disputing = np.array([b.archetype == "disputing" for b in portfolio.behaviours])[kind]
    chance = portfolio.column("dispute_bp")[who] * 1e-4 * np.where(disputing, DISPUTING_FACTOR, 1.0)
    disputed = (stream.random(count) < chance) & ~is_opening
    after = stream.integers(DISPUTE_FIRST, DISPUTE_LAST, size=count, endpoint=True)
    valid = stream.random(count) < DISPUTE_VALID
    return {
        "dispute_after": np.where(disputed, after, NEVER).astype(np.int32),
        "dispute_scale": np.exp(DISPUTE_SIGMA * stream.standard_normal(count)),
        "credited_bp": np.where(valid, DISPUTE_CREDITED_BP, 0).astype(np.int32),
    }


def _funds_cost(portfolio: Portfolio, kind: NDArray[np.int8], stream: np.random.Generator) -> Floats:
    liquid = stream.random(len(kind)) < np.array([b.takes_discount for b in portfolio.behaviours])[kind]
    cost = FUNDS_COST_MEDIAN * np.exp(FUNDS_COST_SIGMA * stream.standard_normal(len(kind)))
    return np.where(liquid, cost, np.inf)


def _geometric(u: Uniforms, q: Floats) -> Ints:
    """How often does something of chance q happen in a row, given a uniform draw?"""
    with np.errstate(divide="ignore"):
        return np.where(q > 0, np.floor(np.log1p(-u) / np.log(np.where(q > 0, q, 0.5))), 0).astype(np.int32)
