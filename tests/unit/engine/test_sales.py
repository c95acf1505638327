"""What does the sales department do for its commission, and what is it paid?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.base.money import share_of
from sim.engine.records.books import Books
from sim.model.relationship import SALES as FIGURES
from sim.model.timeline import Timeline
from sim.world import draw
from tests.twin.worlds import customers, portfolio, scenario
from tests.unit.engine.tiny import (
    LATE_ONLY,
    Order,
    Owed,
    acts,
    cash,
    company,
    contacts,
    entries,
    fates,
    ladder,
    live,
    paid,
    policy,
)

BOOKED, COLLECTED = {"people__commission_kind": "booked"}, {"people__commission_kind": "collected"}
STOP = {"credit__hold_when_overdue": True, "credit__hold_overdue_days": 0, "credit__hold_overdue_fen": 0}
PUSH = {"people__quarter_end_push": True}


def crowd(days: int = 365, runs: int = 2, **columns):
    table = customers(40, orders_per_year=60.0, default_bp_year=0, order_median_fen=100_000, **columns)
    return draw(portfolio(table), scenario(days, calendar="every_day"), seed=3, runs=runs)


def placed(world, rules=None) -> set[tuple[int, int]]:
    """Which orders came, as (run, order)."""
    orders = live(world, rules).orders
    return set(zip(orders["run"], orders["order"], strict=True))


# --- commission -------------------------------------------------------------------------------------------------


def test_commission_on_booked_sales_is_paid_at_the_end_of_the_month():
    world = company(Order(3, 50_025), Order(30, 20_000), Order(31, 10_000), days=70)
    assert cash(live(world, policy(**BOOKED)), "commission") == [(30, -1_401), (58, -200)]


def test_commission_on_cash_is_for_what_came_within_ninety_days():
    soon = Order(0, 100_000, luck=0.45)
    assert cash(live(company(soon), policy(**COLLECTED)), "commission") == [(30, -2_000)]
    late = Order(0, 100_000, luck=9.05)  # paid on day 91
    ledger = live(company(late), policy(**COLLECTED))
    assert paid(ledger) == [(91, 100_000)]
    assert cash(ledger, "commission") == []


def test_a_write_off_takes_commission_back_and_what_is_left_is_carried_on():
    lost, later = Owed(130, 80_000), Order(0, 100_000, luck=4.05)  # written off on day 0; paid on day 41
    rules = policy(**COLLECTED, collection__write_off_days=100)
    assert cash(live(company(lost, later), rules), "commission") == [(58, -(2_000 - 1_600))]


def test_no_commission_without_a_rate_or_a_kind():
    world = company(Order(0, 100_000, luck=0.45))
    assert cash(live(world), "commission") == []
    assert cash(live(world, policy(**BOOKED, people__commission_bp=0)), "commission") == []


def test_booked_commission_is_the_rate_on_all_that_was_sold():
    ledger = live(crowd(), policy(**BOOKED, people__commission_bp=300))
    booked = ledger.entries["kind"].isin(["invoice", "credit_note"])
    sold = ledger.entries[booked].groupby("run")["amount_fen"].sum()
    got = -ledger.cash[ledger.cash["kind"] == "commission"].groupby("run")["amount_fen"].sum()
    for run in sold.index:  # rounded to the fen twice a month
        assert got[run] == pytest.approx(share_of(int(sold[run]), 300), abs=24)


# --- what it does to orders -------------------------------------------------------------------------------------


def test_booked_commission_brings_orders_of_weak_customers_and_loses_none():
    world = crowd(grade=["A", "D"] * 20)
    plain, booked = placed(world), placed(world, policy(**BOOKED))
    assert plain < booked
    new = booked - plain
    ledger = live(world, policy(**BOOKED))
    who = ledger.orders.set_index(["run", "order"])["customer"]
    assert all(who[order] % 2 == 1 for order in new)  # A buys as before, D more


def test_commission_on_cash_costs_orders():
    world = crowd()
    plain, careful = placed(world), placed(world, policy(**COLLECTED))
    assert careful < plain
    assert 1 - len(careful) / len(plain) == pytest.approx(0.04, abs=0.015)


def test_a_shared_goal_of_collection_ends_all_of_it():
    world = crowd()
    all_shared = policy(**BOOKED, **PUSH, people__override_by_sales=100, people__shared_scorecard_pct=100)
    assert placed(world, all_shared) == placed(world)


def danger(**levers) -> np.ndarray:
    books = Books(company(table={"grade": ["A", "C", "E"]}), Timeline.of(policy(**levers)))
    books.sales._set_out(books.policy.people, books.first)
    return books.danger.product


def test_weak_customers_taken_on_for_commission_fail_more_often():
    assert danger(**BOOKED) == pytest.approx([1.0, 1.17, 1.34])
    assert danger(**BOOKED, people__commission_bp=100) == pytest.approx([1.0, 1.085, 1.17])
    assert danger(**BOOKED, people__commission_bp=1_000) == pytest.approx([1.0, 1.34, 1.68])  # twice at most
    assert danger(**COLLECTED) == pytest.approx([1.0] * 3)


# --- quarter-end push -------------------------------------------------------------------------------------------


def test_a_push_fills_the_last_month_of_the_quarter_and_empties_the_next():
    world = crowd(runs=6)
    orders = [live(world, rules).orders for rules in (policy(), policy(**PUSH))]
    months = [(o["wanted_on"].to_numpy() - world.scenario.first) // 30.42 for o in orders]
    plain, pushed = (np.bincount(m.astype(int), minlength=12)[:12].astype(float) for m in months)
    change = pushed / plain - 1
    assert change[[2, 5, 8, 11]] == pytest.approx([0.15] * 4, abs=0.06)
    assert change[[3, 6, 9]] == pytest.approx([-0.075] * 3, abs=0.05)
    assert change[[1, 4, 7, 10]] == pytest.approx([0.0] * 4, abs=0.03)


def test_a_pushed_order_is_paid_ten_days_later():
    """Normal demand takes marks below .741; with the push those below .852."""
    march = company(Order(60, 500, luck=0.45), Order(60, 700, mark=0.8, luck=0.45), lateness=LATE_ONLY)
    ledger = live(march, policy(**PUSH))
    assert paid(ledger) == [(60 + 30 + 5, 500), (60 + 30 + 5 + FIGURES.push_late_days, 700)]
    assert [amount for _, amount in paid(live(march))] == [500]


# --- overrides --------------------------------------------------------------------------------------------------


def test_sales_pushes_all_blocked_orders_through_and_each_is_written_down():
    world = company(Owed(60, 10**6), Order(2, 500), Order(5, 600))
    held = live(world, policy(**STOP))
    assert fates(held) == [("overdue", 2, None, None), ("overdue", 5, None, None)]
    through = live(world, policy(**STOP, people__override_by_sales=100))
    assert fates(through) == [("", None, 2, None), ("", None, 5, None)]
    assert acts(through, "override") == [(2, "override", 0, 500), (5, "override", 0, 600)]
    assert len(entries(through, "invoice")) == 2


def test_overrides_push_about_their_share_through_and_the_same_ones_again():
    owing = [Owed(60, 10**6)]
    world = company(*owing, *(Order(day, 500) for day in range(2, 102)))

    def through(pct: int) -> set[int]:
        orders = live(world, policy(**STOP, people__override_by_sales=pct)).orders
        return set(orders.loc[orders["hold_reason"].astype(str) == "", "order"])

    third, two_thirds = through(33), through(67)
    assert third < two_thirds
    assert len(third) == pytest.approx(33, abs=14)


# --- first contacts ---------------------------------------------------------------------------------------------


def test_who_is_paid_on_cash_makes_some_first_contacts_and_costs_no_minutes():
    owing = [Owed(60, 10**6, customer=c) for c in range(60)]
    rules = {"collection__ladder": ladder((35, "phone"), (45, "phone")), "collection__collectors": 20}
    plain = live(company(*owing, count=60, days=60), policy(**rules)).actions
    helped = live(company(*owing, count=60, days=60), policy(**rules, **COLLECTED)).actions
    first = plain[plain["kind"] == "contact"].drop_duplicates("customer")
    eased = helped[helped["kind"] == "contact"].drop_duplicates("customer")
    assert (first["minutes"] == 9).all()
    assert (eased["minutes"] == 0).mean() == pytest.approx(0.30, abs=0.18)
    again = helped[(helped["kind"] == "contact") & helped.duplicated(["kind", "customer"])]
    assert len(again) == 60
    assert (again["minutes"] == 9).all()


def test_customers_sales_calls_are_called_even_without_collectors():
    owing = [Owed(60, 10**6, customer=c) for c in range(60)]
    rules = {"collection__ladder": ladder((32, "phone"))}
    called = contacts(live(company(*owing, count=60, days=5), policy(**rules, **COLLECTED)))
    assert 0 < len(called) < 60
    assert not contacts(live(company(*owing, count=60, days=5), policy(**rules)))
