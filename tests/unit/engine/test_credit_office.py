"""What is given up, when do we hear of a failure, and what comes back?"""

from __future__ import annotations

import pytest

from sim.base.draws import Purpose
from sim.engine import simulate
from sim.model.rules import DEFAULT_NOTICE_DAYS, RECOVERY_DAYS
from tests.unit.engine.tiny import (
    YES,
    Order,
    Owed,
    acts,
    cash,
    company,
    contacts,
    entries,
    ladder,
    live,
    paid,
    policy,
)


def test_an_invoice_is_written_off_at_its_age():
    ledger = live(company(Order(3, 500), days=150), policy(terms__net_days=10, collection__write_off_days=90))
    assert entries(ledger, "write_off") == [(103, "write_off", 0, -500)]
    assert cash(ledger, "recovery") == []


def test_old_opening_items_are_written_off_on_the_first_day():
    assert entries(live(company(Owed(500, 700))), "write_off") == [(0, "write_off", 0, -700)]


def test_a_failed_customers_clock_stands_still():
    world = company(Order(3, 500, luck=0.45), fails={0: 8})
    assert paid(live(world)) == []
    assert paid(live(company(Order(3, 500, luck=0.45), fails={0: 9}))) == [(8, 500)]
    assert paid(live(company(Order(3, 500, luck=0.45), fails={1: 8}))) == [(8, 500)]


def test_we_hear_of_a_failure_later_write_all_off_and_get_a_part_back():
    world = company(
        Order(3, 501),
        Order(12, 300),
        Order(3, 70, customer=1),
        fails={0: 20},
        days=300,
        table={"lgd_bp": 6_500},
    )
    ledger = live(world, policy(collection__write_off_days=720))
    known = 20 + DEFAULT_NOTICE_DAYS
    assert acts(ledger, "default_known") == [(known, "default_known", 0, 801)]
    assert entries(ledger, "write_off") == [(known, "write_off", 0, -501), (known, "write_off", 0, -300)]
    back = known + RECOVERY_DAYS
    assert entries(ledger, "recovery") == [(back, "recovery", 0, -175), (back, "recovery", 0, -105)]
    assert cash(ledger, "recovery") == [(back, 280)]


@pytest.mark.parametrize(("lgd", "back"), [(10_000, []), (0, [(275, 500)])])
def test_all_is_lost_or_all_comes_back(lgd, back):
    ledger = live(company(Order(3, 500), fails={0: 20}, days=300, table={"lgd_bp": lgd}))
    assert cash(ledger, "recovery") == back


def test_what_would_come_back_after_the_last_day_is_not_in_the_ledger():
    assert cash(live(company(Order(3, 500), fails={0: 20}, days=275)), "recovery") == []


def test_a_failure_is_heard_of_even_when_nothing_is_owed():
    assert acts(live(company(Order(50, 1, customer=1), fails={0: 20}))) == [(35, "default_known", 0, 0)]


def test_a_failure_late_in_the_year_is_not_yet_known():
    ledger = live(company(Order(3, 500), fails={0: 110}))
    assert acts(ledger) == []
    assert entries(ledger) == [(3, "invoice", 0, 500)]


def test_before_we_know_the_failed_are_dunned_like_others_and_after_no_more():
    rules = policy(
        collection__ladder=ladder((0, "letter"), (10, "letter"), (30, "letter")), terms__net_days=10
    )
    assert [day for day, *_ in contacts(live(company(Order(3, 500), fails={0: 10}), rules))] == [13, 23]


def test_written_off_for_its_age_before_the_failure_is_known_brings_nothing_back():
    rules = policy(terms__net_days=0, collection__write_off_days=90)
    ledger = live(company(Order(3, 500), fails={0: 90}, days=360), rules)
    assert entries(ledger, "write_off") == [(93, "write_off", 0, -500)]
    assert acts(ledger, "default_known") == [(105, "default_known", 0, 0)]
    assert cash(ledger, "recovery") == []


def test_a_failed_customers_disputed_invoice_is_written_off_too():
    world = company(Order(3, 500, dispute_after=10, dispute_scale=5.0), fails={0: 20})
    ledger = live(world)
    assert entries(ledger, "write_off") == [(35, "write_off", 0, -500)]
    assert acts(ledger, "dispute_settled") == []


def test_a_settled_dispute_does_not_bring_a_failed_customer_back_to_life():
    world = company(Order(3, 500, dispute_after=5, dispute_scale=0.5, luck=0.55), fails={0: 12})
    ledger = live(world)
    assert acts(ledger, "dispute_settled") == [(24, "dispute_settled", 0, 0)]
    assert paid(ledger) == []


def test_a_failed_customer_keeps_no_promise():
    rules = policy(collection__ladder=ladder((0, "phone")), collection__collectors=1, terms__net_days=10)
    ledger = live(company(Order(0, 500), fails={0: 12}, script={Purpose.PROMISE: (YES,)}), rules)
    assert acts(ledger, "promise_made", "promise_kept", "promise_broken")[:2] == [
        (10, "promise_made", 0, 500), (15, "promise_broken", 0, 500),
    ]  # fmt: skip
    assert paid(ledger) == []


def test_the_truth_knows_who_failed_and_the_ledger_only_what_we_heard():
    ledger, truth = simulate(company(Order(3, 500), fails={0: 110}), policy())
    table = truth.customers()
    assert str(table["failed_on"].iloc[0].date()) == "2025-04-21"
    assert table["failed_on"].isna().tolist() == [False, True, True]
    assert set(table["archetype"]) == {"forgetful"}
    assert "default_known" not in set(ledger.actions["kind"])
