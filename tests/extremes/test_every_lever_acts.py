"""Is there a lever that does nothing? Moved to the far end of its range, each changes what is written down.

A lever that only says how another works (a discount's days, a commission's rate) is tried with that other one in force.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.engine import simulate
from sim.model.ledger import TABLES, Ledger
from sim.model.mechanisms import Mechanisms
from sim.model.policy import LEVERS, Policy
from sim.world import World, draw
from tests.twin.worlds import customers, portfolio, scenario

DAYS, MANY = 360, 30
SEGMENTS = ("project", "dealer", "maker", "supermarket", "other")
WITH: dict[str, dict[str, Any]] = {
    "terms.discount_days": {"terms.discount_bp": 200},
    "terms.deposit_or_nothing": {"terms.deposit_bp": 2_000},
    "terms.commercial_bill_bp": {"terms.bill_share_bp": 5_000},
    "terms.days_e": {"credit.limit_enforcement": "none"},
    "credit.cut_off_grade": {"credit.limit_enforcement": "none"},
    "collection.worklist": {"collection.collectors": 1, "collection.minutes_per_day": 240},
    "collection.minutes_per_day": {"collection.collectors": 1},  # so that there are busy days
    "credit.information": {"credit.review_days": 30},
    "credit.approval_days": {"credit.approval_fen": 5_000_000},
    "credit.owner_guarantee": {"credit.guarantee": "all"},
    "credit.alert_action": {"credit.alerts": True},
    "credit.exit_grade": {"credit.review_days": 30},
    "collection.agency_checked": {"collection.agency_days": 5},
    "collection.payment_order": {"collection.court_days": 60},
    "collection.preservation": {"collection.court_days": 60},
    "collection.bonus_bp": {"collection.bonus_kind": "cash"},
    "collection.recognition": {"collection.collectors": 20},
    "finance.insurance_cover_bp": {"finance.insurance": "whole"},
    "finance.insurance_process": {"finance.insurance": "whole"},
    "finance.factoring_share_bp": {"finance.factoring": "recourse"},
    "finance.discount_bills": {"terms.bill_share_bp": 5_000},
    "finance.check_financiers": {"finance.factoring": "recourse", "finance.pledge_bp": 7_000},
    "people.commission_bp": {"people.commission_kind": "booked"},
    "people.shared_scorecard_pct": {"people.commission_kind": "booked"},
}
TRIED: dict[str, tuple[Any, ...]] = {
    "credit.group_limit_pct": (30,),  # at the far end the members' own limits bind
    "terms.discount_days": (20,),  # before the invoice is due
    "credit.approval_fen": (5_000_000,),  # no order reaches the far end
    "collection.write_off_days": (90,),
    "collection.agency_days": (60,),  # 720 days late is beyond the horizon
    "collection.court_days": (60,),
}


@cache
def lively() -> World:
    """Thirty customers of all trades and grades, every mechanism on, money short."""
    rng = np.random.default_rng(5)
    table = customers(
        MANY,
        segment=[SEGMENTS[n % 5] for n in range(MANY)],
        grade=["ABCDE"[n % 5 if n % 2 else n // 2 % 5] for n in range(MANY)],
        orders_per_year=[float(n) for n in rng.integers(10, 60, MANY)],
        pay_rule=[("any", "weekly", "twice_monthly", "monthly", "thirty_days")[n % 5] for n in range(MANY)],
        group=["one" if n % 7 == 0 else "" for n in range(MANY)],
        is_large=[n % 3 == 0 for n in range(MANY)],
        default_bp_year=1_500,
        dispute_bp=1_000,
    )
    opening = [(f"c{n}", 30 + 5 * n, 60, 8_000_000) for n in range(MANY)]
    people = portfolio(table, opening=opening, seasonal=True, in_force=Policy())
    times = scenario(DAYS, opening_cash_days=5, wanders=True, mechanisms=Mechanisms.all_on())
    return draw(people, times.model_copy(update={"start": date(2025, 1, 1)}), seed=3, runs=2)


@cache
def lived(levers: tuple[tuple[str, Any], ...]) -> Ledger:
    return simulate(lively(), Policy().with_levers(dict(levers)))[0]


def same(one: Ledger, other: Ledger) -> bool:
    return all(getattr(one, name).equals(getattr(other, name)) for name in TABLES)


def values(path: str) -> tuple[Any, ...]:
    """Where is a lever moved to: to all other choices, or to the end of its range that is farther away?"""
    lever = LEVERS[path]
    now = Policy().with_levers(WITH.get(path, {})).value_of(path)
    if path in TRIED:
        return TRIED[path]
    if lever.kind != "int":
        return tuple(choice for choice in lever.choices or (False, True) if choice != now)
    return (max(lever.low, lever.high, key=lambda end: abs(end - now)),)


@pytest.mark.slow  # 130 times most of a year of thirty customers
@pytest.mark.parametrize("path", LEVERS)
def test_every_lever_changes_what_is_written_down(path: str):
    others = WITH.get(path, {})
    ledgers = [lived(tuple(others.items()))]
    for value in values(path):
        ledger = lived(tuple((others | {path: value}).items()))
        assert not any(same(ledger, other) for other in ledgers), value
        ledgers.append(ledger)


def test_companions_are_levers():
    assert set(WITH) | set(TRIED) <= set(LEVERS)
    assert {other for levers in WITH.values() for other in levers} <= set(LEVERS)
