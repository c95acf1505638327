"""Which orders go out, which wait, which are lost?"""

from __future__ import annotations

import pytest

from sim.engine import simulate
from sim.model.policy import Policy
from sim.model.rules import GRADE_LIMIT_PCT, LIMIT_LEAST_ORDERS
from sim.model.timeline import Timeline
from sim.world import draw
from tests.twin.worlds import customers, portfolio, scenario
from tests.unit.engine.tiny import Order, Owed, company, entries, fates, live, paid, policy

LIMIT = {"credit__limit_enforcement": "hold", "credit__limit_pct": 100}
# A hundred and twenty orders of 1,000 yuan a year on 30 days: need = 12,000,000 fen * 40 days * 1.3 / 365.
NEED = 12_000_000 * 40 * 13 // 3650


def limit_of(grade, pct=100):
    return (NEED * pct * GRADE_LIMIT_PCT[grade] + 5_000) // 10_000


@pytest.mark.parametrize("grade", GRADE_LIMIT_PCT)
def test_the_credit_limit_is_what_the_term_needs_by_grade(grade):
    limit = limit_of(grade)
    fits = company(Order(1, max(limit, 1)), table={"grade": grade})
    assert (
        fates(live(fits, policy(**LIMIT))) == [("", None, 1, None)] if limit else [("limit", 1, None, None)]
    )
    breaks = company(Order(1, limit + 1), table={"grade": grade})
    assert fates(live(breaks, policy(**LIMIT))) == [("limit", 1, None, None)]


def test_a_longer_term_needs_a_higher_limit():
    world = company(Order(1, limit_of("C") + 1))
    assert fates(live(world, policy(**LIMIT, terms__net_days=31))) == [("", None, 1, None)]


def test_who_orders_seldom_may_still_owe_a_few_orders():
    """One order of 100,000 yuan a year: the term needs 14,000 yuan, three typical orders need 300,000."""
    seldom = {"orders_per_year": 1.0, "order_median_fen": 10_000_000, "grade": "B"}
    limit = LIMIT_LEAST_ORDERS * 12_000_000
    assert fates(live(company(Order(1, limit), table=seldom), policy(**LIMIT))) == [("", None, 1, None)]
    assert fates(live(company(Order(1, limit + 1), table=seldom), policy(**LIMIT))) == [
        ("limit", 1, None, None)
    ]


def test_a_limit_holds_an_order_until_an_earlier_one_is_paid():
    limit = limit_of("C")
    ledger = live(company(Order(1, limit, luck=0.95), Order(3, 500)), policy(**LIMIT))
    assert paid(ledger) == [(11, limit)]
    assert fates(ledger) == [("", None, 1, None), ("limit", 3, 11, None)]
    assert entries(ledger, "invoice")[1] == (11, "invoice", 0, 500)


def test_a_held_order_is_not_yet_in_the_ledger():
    ledger = live(company(Order(1, limit_of("C") + 1)), policy(**LIMIT))
    assert entries(ledger) == []


def test_patience_runs_out():
    limit = limit_of("C")
    ledger = live(company(Order(1, limit), Order(3, 500, patience=7)), policy(**LIMIT))
    assert fates(ledger)[1] == ("limit", 3, None, 10)


def test_who_has_no_patience_is_lost_at_once_and_was_never_held():
    ledger = live(company(Order(1, limit_of("C")), Order(3, 500, patience=0)), policy(**LIMIT))
    assert fates(ledger)[1] == ("limit", None, None, 3)


def test_a_smaller_order_may_go_out_before_a_larger_one_that_waits():
    limit = limit_of("C")
    ledger = live(company(Order(1, limit - 100), Order(2, 500), Order(3, 100)), policy(**LIMIT))
    assert fates(ledger) == [("", None, 1, None), ("limit", 2, None, None), ("", None, 3, None)]


def test_two_orders_of_one_morning_are_decided_one_after_the_other():
    limit = limit_of("C")
    ledger = live(company(Order(1, limit), Order(1, 1), Order(1, 1, customer=1)), policy(**LIMIT))
    assert fates(ledger) == [("", None, 1, None), ("limit", 1, None, None), ("", None, 1, None)]


def test_an_overdue_hold_waits_for_the_day_after_and_for_the_amount():
    stop = {
        "credit__hold_when_overdue": True,
        "credit__hold_overdue_days": 5,
        "credit__hold_overdue_fen": 1_000,
    }
    owed = Owed(30, 1_001)  # due on the eve of day 0: late by 5 days on day 4, by 6 on day 5
    ledger = live(company(owed, Order(4, 500), Order(5, 600)), policy(**stop))
    assert fates(ledger) == [("", None, 4, None), ("overdue", 5, None, None)]
    enough = live(company(Owed(30, 1_000), Order(5, 600)), policy(**stop))
    assert fates(enough) == [("", None, 5, None)]


def test_giving_up_a_claim_frees_neither_the_hold_nor_the_limit():
    lost = Owed(200, 1_001)  # late enough to be written off on day 0
    stop = {
        "credit__hold_when_overdue": True,
        "credit__hold_overdue_fen": 1_000,
        "collection__write_off_days": 90,
    }
    assert fates(live(company(lost, Order(5, 600)), policy(**stop))) == [("overdue", 5, None, None)]
    large = Owed(200, 10_000_000)
    assert fates(live(company(large, Order(5, 600)), policy(**LIMIT, collection__write_off_days=90))) == [
        ("limit", 5, None, None)
    ]


def test_a_disputed_invoice_stops_no_orders():
    stop = {"credit__hold_when_overdue": True, "credit__hold_overdue_days": 0, "credit__hold_overdue_fen": 0}
    rules = policy(**stop, terms__net_days=0)
    disputed = Order(1, 900, dispute_after=1, dispute_scale=5.0)
    assert fates(live(company(disputed, Order(6, 500)), rules))[1] == ("", None, 6, None)
    assert fates(live(company(Order(1, 900), Order(6, 500)), rules))[1] == ("overdue", 6, None, None)


def test_where_both_block_the_limit_is_the_reason():
    stop = {"credit__hold_when_overdue": True, "credit__hold_overdue_days": 0, "credit__hold_overdue_fen": 0}
    rules = policy(**LIMIT, **stop)
    ledger = live(company(Owed(60, limit_of("C"), luck=1.05), Order(2, 500)), rules)
    assert fates(ledger) == [("limit", 2, 10, None)]


def test_a_held_order_keeps_its_first_reason():
    """Held because something is overdue; from day 5 on the limit is enforced too, and the debt exceeds it."""
    stop = {"credit__hold_when_overdue": True, "credit__hold_overdue_days": 0, "credit__hold_overdue_fen": 0}
    world = company(Owed(60, 10**9, luck=1.05), Order(2, 500))
    timeline = Timeline(policy=policy(**stop), changes=((world.scenario.first + 5, policy(**LIMIT, **stop)),))
    assert fates(live(world, timeline)) == [("overdue", 2, 10, None)]


def test_a_limit_that_is_not_enforced_holds_nothing():
    assert fates(live(company(Order(1, 10**13)))) == [("", None, 1, None)]


def test_a_failed_customer_orders_nothing_and_its_held_orders_are_lost():
    limit = limit_of("C")
    world = company(Order(1, limit), Order(2, 500), Order(7, 600), fails={0: 6})
    assert fates(live(world, policy(**LIMIT))) == [("", None, 1, None), ("limit", 2, None, 6)]


def test_an_order_whose_mark_lies_above_the_demand_never_comes():
    """Normal demand takes 1 / 1.35 of the potential orders."""
    ledger = live(company(Order(1, 500, mark=0.74), Order(1, 600, mark=0.75)))
    assert [row[3] for row in entries(ledger, "invoice")] == [500]


def test_a_longer_term_brings_an_order_that_would_not_have_come():
    world = company(Order(1, 500, mark=0.75), table={"term_response_bp": 100.0})
    assert fates(live(world, policy(terms__net_days=30))) == []
    assert fates(live(world, policy(terms__net_days=40))) == [("", None, 1, None)]


@pytest.mark.parametrize(("extra", "due"), [(0, 31), (15, 46), (-10, 21), (-60, 1)])
def test_a_customers_own_term_is_added_and_never_below_cash(extra, due):
    ledger = live(company(Order(1, 500), table={"extra_net_days": extra}))
    assert (ledger.entries["due_on"] - ledger.first).tolist() == [due]


def test_a_new_policy_holds_from_its_day_on():
    world = company(Order(4, 500), Order(5, 600))
    timeline = Timeline(policy=policy(), changes=((world.scenario.first + 5, policy(terms__net_days=90)),))
    ledger = live(world, timeline)
    assert (ledger.entries["due_on"] - ledger.first).tolist() == [34, 95]


def test_a_policy_begun_before_the_first_day_holds_from_the_start():
    world = company(Order(1, 500))
    timeline = Timeline(policy=policy(), changes=((world.scenario.first - 99, policy(terms__net_days=90)),))
    assert (live(world, timeline).entries["due_on"] - world.scenario.first).tolist() == [91]


@pytest.mark.parametrize("days", [1, 2])
def test_the_shortest_horizons_leave_whole_ledgers(days):
    ledger = live(company(Owed(3, 70, luck=0.05), Order(0, 500), days=days))
    assert entries(ledger) == [(0, "invoice", 0, 500), (0, "receipt", 0, -70)]
    assert ledger.last - ledger.first == days - 1


def test_a_company_nobody_buys_from_still_has_its_costs():
    ledger = live(company(days=10))
    assert entries(ledger) == []
    assert len(ledger.orders) == len(ledger.actions) == 0
    assert set(ledger.cash["kind"]) == {"opening", "fixed_cost"}


def test_far_and_old_due_days_are_as_good_as_any():
    ledger = live(company(Owed(36_000, 70), Owed(1, 80, net=36_000, luck=0.15), days=20))
    assert paid(ledger) == [(1, 80)]  # beyond the table of lateness its ends go on
    assert entries(ledger, "write_off") == [(0, "write_off", 0, -70)]


def test_amounts_of_a_hundred_billion_yuan_are_counted_to_the_fen():
    rich = customers(
        1, order_median_fen=10**13, orders_per_year=90.0, order_sigma=0.0, default_bp_year=10_000
    )
    world = draw(portfolio(rich, opening=[("c0", 9, 30, 10**13 + 1)]), scenario(120), runs=3)
    ledger = simulate(world, Policy().with_levers({"collection.worklist": "value", "credit.limit_pct": 600}))[
        0
    ]
    assert ledger.entries.loc[ledger.entries["kind"] == "invoice", "amount_fen"].eq(10**13).all()
    assert (ledger.entries["kind"] == "receipt").any()
    for run in ledger.runs:
        cash = ledger.cash[ledger.cash["run"] == run]
        assert sum(map(int, cash["amount_fen"])) == cash["balance_fen"].iloc[-1]
