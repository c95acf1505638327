"""Who pays by instalments, when does the money come, and what if it does not?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.base.draws import Purpose
from sim.engine import simulate
from sim.engine.collection.plans import KEPT
from sim.model.behaviour import Lateness
from sim.model.laws import broken_laws
from sim.model.plan_rules import PLAN_RULES
from sim.world import World, draw
from tests.twin.worlds import customers, one_behaviour, portfolio, scenario
from tests.unit.engine.tiny import NO, YES, Order, acts, company, contacts, ladder, live, paid, policy

CLAIM = 2_000_000
PLANNED = policy(
    collection__ladder=ladder((20, "phone"), (60, "phone")),
    collection__collectors=2,
    collection__payment_plans=True,
)


@pytest.fixture
def luck(monkeypatch: pytest.MonkeyPatch) -> Callable[[float, float], None]:
    """Decides whether customers ask for a plan, and whether they keep it."""
    usual = World.luck_at

    def decide(asks: float, keeps: float) -> None:
        def luck_at(self: World, purpose: Purpose, cells: Any, number: Any) -> Any:
            if purpose is not Purpose.PLAN:
                return usual(self, purpose, cells, number)
            return np.where(np.broadcast_to(number, len(cells)) >= KEPT, keeps, asks)

        monkeypatch.setattr(World, "luck_at", luck_at)

    return decide


def test_who_asks_pays_a_quarter_and_then_by_instalments(luck: Callable[[float, float], None]):
    luck(YES, YES)
    ledger = live(company(Order(0, CLAIM), archetype="strapped"), PLANNED)
    assert contacts(ledger) == [(50, "phone", 0, "reached")]
    assert paid(ledger) == [(57, 500_000), (72, 500_000), (87, 500_000), (102, 500_000)]
    assert acts(ledger, "plan_made", "plan_kept") == [
        (50, "plan_made", 0, CLAIM),
        (102, "plan_kept", 0, CLAIM),
    ]
    assert broken_laws(ledger) == []


def test_instalments_settle_the_oldest_invoice_first_to_the_fen(luck: Callable[[float, float], None]):
    luck(YES, YES)
    ledger = live(company(Order(0, 1_000_001), Order(10, 1_000_002), archetype="strapped"), PLANNED)
    receipts = ledger.entries[ledger.entries["kind"] == "receipt"].groupby("against")["amount_fen"].sum()
    assert receipts.tolist() == [-1_000_001, -1_000_002]


def test_the_clock_stands_still_while_the_plan_is_kept(luck: Callable[[float, float], None]):
    luck(YES, YES)
    world = company(Order(0, CLAIM, luck=6.0), archetype="strapped")
    assert paid(live(world, PLANNED))[-1] == (102, 500_000)


def test_a_broken_plan_gives_the_claim_back_to_the_ladder(luck: Callable[[float, float], None]):
    luck(YES, NO)
    ledger = live(company(Order(0, CLAIM), archetype="strapped"), PLANNED)
    assert acts(ledger, "plan_made", "plan_broken") == [
        (50, "plan_made", 0, CLAIM), (57, "plan_broken", 0, CLAIM), (90, "plan_made", 0, CLAIM),
        (97, "plan_broken", 0, CLAIM),
    ]  # fmt: skip
    assert [day for day, *_ in contacts(ledger)] == [50, 90]


def test_the_hidden_kind_of_payer_brings_no_plan_but_two_broken_promises_do(
    luck: Callable[[float, float], None],
):
    luck(NO, YES)
    steps = ladder((20, "phone"), (40, "phone"), (60, "phone"))
    rules = policy(collection__ladder=steps, collection__collectors=2, collection__payment_plans=True)
    quiet = live(company(Order(0, CLAIM), archetype="strapped"), rules)
    assert acts(quiet, "plan_made") == []
    promising = {Purpose.PROMISE: (YES,), Purpose.KEEPING: (NO,)}
    lying = live(company(Order(0, CLAIM), archetype="strapped", script=promising), rules)
    assert len(acts(lying, "promise_broken")) == 2
    assert [day for day, *_ in acts(lying, "plan_made")] == [90]


def test_small_sums_get_no_plan(luck: Callable[[float, float], None]):
    luck(YES, YES)
    ledger = live(company(Order(0, PLAN_RULES.least_fen - 1), archetype="strapped"), PLANNED)
    assert acts(ledger, "plan_made") == []


def test_a_failed_customer_keeps_no_plan(luck: Callable[[float, float], None]):
    luck(YES, YES)
    ledger = live(company(Order(0, CLAIM), archetype="strapped", fails={0: 60}), PLANNED)
    assert paid(ledger) == [(57, 500_000)]
    assert acts(ledger, "plan_kept") == []
    assert broken_laws(ledger) == []


def test_plans_are_kept_as_often_as_their_payments_allow():
    # Three instalments after a down-payment: 0.85 at first, then 0.75 + 0.10 each; the first plan of 400 customers.
    never = Lateness(kind="never", centre=1.0)
    people = portfolio(
        customers(400, orders_per_year=400.0, default_bp_year=0),
        behaviours=one_behaviour(never, archetype="strapped"),
        opening=[(f"c{who}", 60, 30, CLAIM) for who in range(400)],
    )
    world = draw(people, scenario(150, calendar="every_day", demand_pct=10), seed=3)
    rules = policy(
        collection__ladder=ladder((35, "phone")), collection__collectors=20, collection__minutes_per_day=480,
        collection__payment_plans=True, credit__limit_enforcement="hold", credit__limit_pct=10,
    )  # fmt: skip
    ledger = simulate(world, rules)[0]
    made, kept = (ledger.actions[ledger.actions["kind"] == kind] for kind in ("plan_made", "plan_kept"))
    firsts = made.drop_duplicates("customer")
    count = len(firsts)
    chance = PLAN_RULES.kept_first * (PLAN_RULES.kept_later + PLAN_RULES.kept_more_after_down) ** 3
    assert count > 60
    assert kept["customer"].nunique() / count == pytest.approx(
        chance, abs=4 * np.sqrt(chance * (1 - chance) / count)
    )
