"""What do customers do whose orders we hold back: pay in advance, pay old debts, go elsewhere?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.base.days import NEVER
from sim.base.draws import Purpose
from sim.engine import simulate
from sim.model.laws import broken_laws
from sim.model.mechanisms import Mechanisms
from sim.world import World, draw
from tests.twin.worlds import customers, portfolio, scenario
from tests.unit.engine.tiny import Order, acts, company, entries, fates, live, paid, policy

OVERDUE = {
    "credit__hold_when_overdue": True,
    "credit__hold_overdue_days": 10,
    "credit__hold_overdue_fen": 100,
}


def with_mechanism(world: World, *names: str) -> World:
    has = Mechanisms(**dict.fromkeys(names, True))
    return replace(world, scenario=world.scenario.model_copy(update={"mechanisms": has}))


@pytest.fixture
def prepays(monkeypatch: pytest.MonkeyPatch):
    """Decides whether customers who are refused credit pay in advance."""
    usual = World.luck_at

    def decide(luck: float) -> None:
        def luck_at(self, purpose, cells, number):
            if purpose is Purpose.PREPAID:
                return np.full(len(cells), luck)
            return usual(self, purpose, cells, number)

        monkeypatch.setattr(World, "luck_at", luck_at)

    return decide


def blocked_company() -> World:
    """The first order is never paid by itself; the second comes when it is 20 days late."""
    return company(Order(0, 500, luck=9e9), Order(50, 600, patience=5), days=80)


def test_an_order_paid_in_advance_goes_out_and_is_never_owed(prepays):
    prepays(0.149)
    ledger = live(with_mechanism(blocked_company(), "demand"), policy(**OVERDUE))
    assert fates(ledger)[1] == ("overdue", 50, 50, None)
    assert entries(ledger, "invoice")[1] == (50, "invoice", 0, 600)
    assert paid(ledger) == [(50, 600)]
    assert [row for row in acts(ledger, "deposit") if row[0] == 50] == [(50, "deposit", 0, 600)]
    assert broken_laws(ledger) == []


def test_others_wait_and_go_elsewhere_and_in_the_core_all_do(prepays):
    prepays(0.151)
    assert fates(live(with_mechanism(blocked_company(), "demand"), policy(**OVERDUE)))[1][0] == "overdue"
    prepays(0.0)
    ledger = live(blocked_company(), policy(**OVERDUE))
    assert fates(ledger)[1] == ("overdue", 50, None, 55)
    assert paid(ledger) == []


def test_of_many_blocked_orders_three_in_twenty_are_paid_in_advance():
    people = portfolio(customers(30, orders_per_year=60.0))
    times = scenario(365).model_copy(update={"mechanisms": Mechanisms(demand=True)})
    world = draw(people, times, seed=3, runs=4)
    ledger, _ = simulate(world, people.policy_in_force.with_levers({"credit.limit_pct": 10}))
    orders = ledger.orders
    blocked = orders[orders["hold_reason"] == "limit"]
    at_once = blocked["released_on"] == blocked["held_on"]
    assert len(blocked) > 1_000
    assert (at_once & (blocked["held_on"] != NEVER)).mean() == pytest.approx(0.15, abs=0.03)
    assert broken_laws(ledger) == []


def test_a_held_order_presses_its_customer_to_pay_while_it_waits():
    # Clock 0.1 a day; from day 43 (3.0 + 1.5) / 2 times as fast, half bound and half free.
    def held(*mechanisms: str) -> list[tuple[int, int]]:
        world = company(Order(0, 500, luck=9.0), Order(42, 600, patience=300), days=100)
        return paid(live(with_mechanism(world, *mechanisms), policy(**OVERDUE)))[:1]

    alone, pressed = held(), held("relationship")
    assert alone == [(90, 500)]
    assert pressed == [(64, 500)]  # 4.2 by day 42, then 22 days
