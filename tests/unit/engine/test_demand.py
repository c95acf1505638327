"""How do orders answer to price, service and competitors, and who comes for the sake of longer terms?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.customers.demand import Market
from sim.engine.records.books import Books
from sim.model.mechanisms import Mechanisms
from sim.model.policy import Policy
from sim.model.relationship import DEMAND as FIGURES
from sim.model.timeline import Timeline
from sim.world import demand_factor, draw
from tests.twin.worlds import customers, portfolio, scenario
from tests.unit.engine.tiny import Order, company, live, policy

ON = Mechanisms(demand=True)
GRADES = {"grade": ["A", "C", "E"], "term_response_bp": 15.0}


def market(*, before=None, table=None, **levers) -> Market:
    """The market of three customers under these levers; `before`: the policy in force differs by these."""
    world = company(table=GRADES | (table or {}), mechanisms=ON, net_days=60, days=400)
    in_force = Policy().with_levers({"terms.net_days": 60, **(before or {})})
    object.__setattr__(world.portfolio, "policy_in_force", in_force)
    usual = {"terms__net_days": 60, "credit__limit_pct": 100}
    return Books(world, Timeline.of(policy(**{**usual, **levers}))).market


def orders(books: Books) -> np.ndarray:
    books.market._take_effect()
    return books.appetite.product


def test_under_the_policy_in_force_nothing_moves():
    books = market().books
    assert orders(books) == pytest.approx([1.0] * 3)
    assert not books.danger.are_set
    charged = {"terms.discount_bp": 200, "terms.discount_days": 10}
    same = market(before=charged, terms__discount_bp=200, terms__discount_days=10)
    assert same.price_factor() == 1.0
    assert same.discount_factor() == pytest.approx([1.0] * 3)


def test_two_per_cent_less_is_three_per_cent_more_for_the_orders_that_take_it():
    wants = [Order(0, 500, funds_cost=0.01), Order(1, 500), Order(2, 500, customer=1)]
    world = company(*wants, mechanisms=ON, net_days=60, days=400)
    offered = policy(terms__net_days=60, terms__discount_bp=200, terms__discount_days=10)
    found = Books(world, Timeline.of(offered)).market.discount_factor()
    assert found == pytest.approx([0.99**-1.5, 1.0, 1.0])  # half of the first customer's orders take it


def test_a_charge_for_credit_counts_for_each_month_of_the_term():
    """50 basis points for each 30 days of 60 are 1 % on the price."""
    assert market(terms__credit_charge_bp=50).price_factor() == pytest.approx(1.01**-1.5)


def test_orders_go_with_service():
    assert market(operations__service_pct=100).service_factor() == pytest.approx(1.01)
    assert market(operations__service_pct=90).service_factor() == pytest.approx(0.99)


def test_competitiveness_is_felt_with_a_lag():
    found = market(operations__competitiveness_pct=70)
    felt = []
    for _ in range(24):
        found._age()
        felt.append(found.competitive_gain)
    assert felt[:2] == pytest.approx([20 / 6, 20 / 6 + (20 - 20 / 6) / 6])
    assert felt[5] == pytest.approx(20 * (1 - (5 / 6) ** 6))
    assert felt[-1] == pytest.approx(20.0, abs=0.3)
    found._take_effect()
    assert found.books.haste.product == pytest.approx([FIGURES.competitive_haste ** (felt[-1] / 10)] * 3)


def test_competitors_longer_terms_cost_half_of_our_own_response_again():
    cut = market(terms__net_days=30)
    faded = 90 * -np.expm1(-30 / 90)
    assert cut.competitor_factor() == pytest.approx([1 - 0.5 * 15e-4 * faded] * 3)
    behind = market(terms__net_days=30, table={"competitor_days": -30})  # theirs are as short as ours will be
    assert behind.competitor_factor() == pytest.approx([1.0] * 3)
    assert market(terms__net_days=90).competitor_factor() == pytest.approx([1.0] * 3)


def test_longer_terms_draw_the_weak_and_as_many_in_all():
    longer = market(terms__net_days=90)
    gained = longer.books.demand * longer.selection_factor() - 1.0
    assert gained[0] < gained[1] < gained[2]
    assert gained[2] == pytest.approx(4 * gained[0])
    assert gained.sum() == pytest.approx((longer.books.demand - 1.0).sum())
    assert (market(terms__net_days=30).selection_factor() == 1.0).all()


def test_the_weak_who_come_for_terms_and_limits_fail_more_often():
    assert market(terms__net_days=90).selection_danger() == pytest.approx([1.0, 1.05, 1.15])
    assert market(credit__limit_pct=150).selection_danger() == pytest.approx([1.0, 1.025, 1.075])
    assert market(credit__limit_pct=600).selection_danger() == pytest.approx([1.0, 1.05, 1.15])
    assert market(terms__net_days=30, credit__limit_pct=50).selection_danger() == pytest.approx([1.0] * 3)


def test_dearer_credit_only_takes_orders_away():
    table = customers(20, orders_per_year=60.0)
    world = draw(portfolio(table), scenario(200, mechanisms=ON), seed=3, runs=2)
    placed = []
    for charge in (0, 100, 300):
        found = live(world, Policy().with_levers({"terms.credit_charge_bp": charge})).orders
        placed.append(set(zip(found["run"], found["order"], strict=True)))
    assert placed[2] < placed[1] < placed[0]


def test_without_the_mechanism_only_the_term_counts():
    books = Books(company(net_days=60), Timeline.of(policy(terms__net_days=60, terms__credit_charge_bp=300)))
    assert list(books.market.work(None)) == []  # type: ignore[arg-type]
    assert demand_factor(books.portfolio, books.policy) == pytest.approx([1.0] * 3)
