"""Which orders may come, which are on hand, and what is open on the first morning?"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from sim.base.calendar import WorkCalendar
from sim.base.days import NEVER
from sim.base.draws import Purpose
from sim.model.levers.operations import Operations
from sim.model.order_to_cash import FULFILMENT, cancelled_share, entry_days, way_days
from sim.model.pay_days import LONGEST_WAIT, waited
from sim.model.portfolio import MOST_FEN, Portfolio
from sim.model.scenario import Scenario
from sim.world.demand import DEMAND_HEADROOM, order_season, payment_season, peak_season

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Columns = dict[str, NDArray[Any]]
"""Columns of `Lives`, by name, of some documents."""

HOLIDAYS = 14  # so many days at most stand still in one stretch


def potential_orders(
    portfolio: Portfolio,
    scenario: Scenario,
    calendar: WorkCalendar,
    stream: Callable[[Purpose], np.random.Generator],
) -> Columns:
    """All potential orders of one run, by working day and customer."""
    yearly = portfolio.column("orders_per_year") * scenario.economy.demand_pct / 100.0
    expected = yearly / 365.0 * scenario.days * peak_season(portfolio, scenario) * DEMAND_HEADROOM
    arrivals = stream(Purpose.ORDERS)
    counts = arrivals.poisson(expected)
    who = np.repeat(np.arange(len(portfolio), dtype=np.int32), counts)
    when = scenario.first + np.floor(arrivals.random(len(who)) * scenario.days).astype(np.int32)
    wanted = calendar.next_workday(when)
    mark = arrivals.random(len(who))
    order = np.lexsort((mark, when, who))  # by customer and time: luck is handed on from order to order
    luck = np.empty(len(who))
    luck[order] = _luck(who[order], scenario.habit, stream(Purpose.HABIT))
    slack = stream(Purpose.PATIENCE).random(len(who))
    patience = np.rint(portfolio.column("patience_days")[who] * 2.0 * slack).astype(np.int32)
    keep = wanted <= scenario.last
    by_day = np.lexsort((mark, who, wanted))
    by_day = by_day[keep[by_day]]
    columns: Columns = {
        "customer": who, "wanted_on": wanted, "opening_due_on": np.full(len(who), NEVER, dtype=np.int32),
        "amount_fen": _amounts(portfolio, who, stream(Purpose.AMOUNTS)), "luck": luck, "mark": mark,
        "patience_days": patience, "on_hand_until": np.full(len(who), NEVER, dtype=np.int32),
    }  # fmt: skip
    return {name: column[by_day] for name, column in columns.items()}


def _amounts(portfolio: Portfolio, who: Ints, stream: np.random.Generator) -> NDArray[np.int64]:
    spread = portfolio.column("order_sigma")[who] * stream.standard_normal(len(who))
    sizes = portfolio.column("order_median_fen")[who] * np.exp(spread)
    return np.clip(np.rint(sizes), 1.0, MOST_FEN).astype(np.int64)


def orders_on_hand(
    portfolio: Portfolio, scenario: Scenario, calendar: WorkCalendar, stream: np.random.Generator
) -> Columns:
    """Orders that were released before the first day and whose invoices are still to come (mechanism fulfilment).

    They came in normal times and were taken in as under the policy in force; without deposits (assumption). Without
    them the first month would have next to no sales while what was ordered in it is on its way. Where nothing is open
    on the first morning the business begins with it, and nothing is on hand.
    """
    rules = portfolio.policy_in_force.operations
    days = _longest_way(rules) if len(portfolio.opening) else 0
    daily = portfolio.column("orders_per_year") / 365.0 * peak_season(portfolio, scenario) * DEMAND_HEADROOM
    who = np.repeat(np.arange(len(portfolio), dtype=np.int32), stream.poisson(daily * days))
    came = np.floor(stream.random(len(who)) * days).astype(np.int32)
    season = order_season(
        portfolio, scenario, np.arange(scenario.first - days, scenario.first, dtype=np.int32)
    )
    is_placed = stream.random(len(who)) < season[who, came]
    wanted = calendar.next_workday(scenario.first - days + came)
    changed = stream.random(len(who)) < FULFILMENT.changed
    entry = entry_days(rules, stream.random(len(who)), changed)
    is_placed &= stream.random(len(who)) >= cancelled_share(entry)
    way = way_days(rules, stream.random(len(who)), stream.random(len(who)))
    billed = calendar.next_workday(calendar.each_after_workdays(wanted, entry) + way.astype(np.int32))
    kept = is_placed & (wanted < scenario.first) & (billed >= scenario.first)
    who, count = who[kept], int(kept.sum())
    return {
        "customer": who, "wanted_on": wanted[kept], "opening_due_on": np.full(count, NEVER, dtype=np.int32),
        "amount_fen": _amounts(portfolio, who, stream), "luck": stream.standard_exponential(count),
        "mark": np.zeros(count), "patience_days": np.zeros(count, dtype=np.int32), "on_hand_until": billed[kept],
    }  # fmt: skip


def _longest_way(rules: Operations) -> int:
    """After how many days is an order invoiced at the latest?"""
    entry = rules.order_entry_days + FULFILMENT.change_days + 1
    way = FULFILMENT.ship_days + FULFILMENT.late_days + rules.invoice_lag_days + 1
    return 7 * entry // 5 + 2 + way + HOLIDAYS


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


def opening_items(
    portfolio: Portfolio,
    scenario: Scenario,
    calendar: WorkCalendar,
    behaviour: NDArray[np.int8],
    stream: np.random.Generator,
) -> Columns:
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
        "on_hand_until": np.full(count, NEVER, dtype=np.int32),
    }
