"""How are lives drawn? Run by run, each purpose from a stream of its own."""

from collections.abc import Callable
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtri

from sim.base.calendar import WorkCalendar
from sim.base.days import NEVER
from sim.base.draws import Purpose, Uniforms, generator
from sim.base.errors import Problems
from sim.model.behaviour import STRAPPED_DEFAULT_FACTOR
from sim.model.portfolio import Portfolio
from sim.model.regimes import DEFAULT_FACTOR_RHO
from sim.model.scenario import Scenario, covers
from sim.world.lives import MARGIN_DAYS, Lives, World
from sim.world.orders import Columns, opening_items, orders_on_hand, potential_orders

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

DISPUTING_FACTOR = 3.0  # the disputing archetype disputes so much more often (assumption)
DISPUTE_FIRST, DISPUTE_LAST = 5, 30  # days after the invoice on which a dispute is raised (assumption)
DISPUTE_SIGMA = 0.6
DISPUTE_VALID, DISPUTE_CREDITED_BP = (
    0.55,
    4_000,
)  # share settled for the customer, and what it is credited (assumption)
FUNDS_COST_MEDIAN, FUNDS_COST_SIGMA = 0.12, 0.5  # a customer's own yearly cost of money (assumption)


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


def _draw_run(
    portfolio: Portfolio, scenario: Scenario, calendar: WorkCalendar, seed: int, run: int, position: int
) -> Lives:
    def stream(purpose: Purpose) -> np.random.Generator:
        return generator(seed, run, purpose)

    behaviour, default_on, wait = _fates(portfolio, scenario, stream)
    opening = opening_items(portfolio, scenario, calendar, behaviour, stream(Purpose.OPENING))
    orders = potential_orders(portfolio, scenario, calendar, stream)
    known = _joined(opening, orders)
    purposes = Purpose.PAY_RUNS, Purpose.DISPUTES, Purpose.DISCOUNT
    known |= _payment(portfolio, behaviour, known, *(stream(purpose) for purpose in purposes))
    if scenario.mechanisms.fulfilment:
        own = stream(Purpose.ON_HAND)  # all of them: so nothing else is drawn differently
        on_hand = orders_on_hand(portfolio, scenario, calendar, own)
        known = _joined(known, on_hand | _payment(portfolio, behaviour, on_hand, own, own, own))
    count = len(known["customer"])
    return Lives(
        behaviour=behaviour[None, :],
        default_on=default_on[None, :],
        default_wait=wait[None, :],
        run=np.full(count, position, dtype=np.int32),
        number=np.arange(count, dtype=np.int64),
        **known,
    )


def _joined(*parts: Columns) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _payment(
    portfolio: Portfolio,
    behaviour: NDArray[np.int8],
    documents: Columns,
    pay_runs: np.random.Generator,
    disputes: np.random.Generator,
    discount: np.random.Generator,
) -> Columns:
    """Pay runs missed, disputes, and what the discount must be worth, for each of these documents."""
    who = documents["customer"]
    kind = behaviour[who]
    q = np.array([b.missed_run for b in portfolio.behaviours])[kind]
    periodic = portfolio.column("pay_rule")[who] != "any"
    return {
        "misses": np.where(periodic, _geometric(pay_runs.random(len(who)), q), 0).astype(np.int32),
        **_disputes(portfolio, kind, who, documents["opening_due_on"] != NEVER, disputes),
        "funds_cost": _funds_cost(portfolio, kind, discount),
    }


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


def _disputes(
    portfolio: Portfolio,
    kind: NDArray[np.int8],
    who: Ints,
    is_opening: NDArray[np.bool_],
    stream: np.random.Generator,
) -> Columns:
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
