"""What settles the invoice, and what brings the money, when customers pay by bill of exchange?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine import simulate
from sim.measure import measure
from sim.model.laws import broken_laws
from sim.model.products import BANK_BILL, COMMERCIAL_BILL, bill_discount
from sim.world import draw
from tests.twin.worlds import customers, portfolio, scenario
from tests.unit.engine.fated import fated
from tests.unit.engine.tiny import Order, acts, cash, company, entries, live, paid, policy

ALL = {"terms__bill_share_bp": 10_000}
OWN = {**ALL, "terms__commercial_bill_bp": 10_000}
BANKS = {**ALL, "terms__commercial_bill_bp": 0}


def test_a_bill_settles_the_invoice_months_before_the_money():
    """The shortest bill: 90 days."""
    ledger = live(fated(company(Order(3, 500, luck=0.45)), bills=0.0), policy(**BANKS))
    assert entries(ledger) == [(3, "invoice", 0, 500), (8, "bill_received", 0, -500)]
    assert cash(ledger, "bill_matured") == [(98, 500)]
    assert acts(ledger, "bill_matured") == [(98, "bill_matured", 0, 500)]
    assert cash(ledger, "receipt") == []


def test_who_may_not_pay_by_bill_pays_money():
    ledger = live(fated(company(Order(3, 500, luck=0.45)), bills=0.5), policy(terms__bill_share_bp=5_000))
    assert paid(ledger) == [(8, 500)]


def test_a_bill_beyond_the_last_day_brings_no_money_yet():
    ledger = live(fated(company(Order(30, 500, luck=0.45)), bills=0.0), policy(**BANKS))
    assert cash(ledger, "bill_matured") == []
    assert broken_laws(ledger) == []


@pytest.mark.parametrize(("terms", "bill"), [(BANKS, BANK_BILL), (OWN, COMMERCIAL_BILL)])
def test_a_bill_that_is_sold_brings_money_at_once_less_discount(terms, bill):
    world = fated(company(Order(3, 1_000_000, luck=0.45)), bills=0.0)
    ledger = live(world, policy(**terms, finance__discount_bills=True))
    kept = int(bill_discount(np.array([1_000_000]), 90, bill)[0])
    assert cash(ledger, "bill_discounted") == [(8, 1_000_000)]
    assert cash(ledger, "bank_fee") == [(8, -kept)]
    assert cash(ledger, "bill_matured") == []
    assert acts(ledger, "bill_discounted") == [(8, "bill_discounted", 0, 1_000_000 - kept)]


def test_a_customers_own_bill_comes_back_when_it_fails():
    world = fated(company(Order(3, 500, luck=0.45), fails={0: 50}, days=200), bills=0.0)
    ledger = live(world, policy(**OWN))
    assert entries(ledger, "bill_bounced", "write_off") == [
        (98, "bill_bounced", 0, 500), (98, "write_off", 0, -500),
    ]  # fmt: skip
    assert cash(ledger, "bill_matured") == []


def test_what_comes_back_before_the_failure_is_known_is_written_off_with_the_rest():
    world = fated(company(Order(3, 500, luck=0.45), fails={0: 90}, days=200), bills=0.0)
    assert entries(live(world, policy(**OWN)), "bill_bounced", "write_off") == [
        (98, "bill_bounced", 0, 500), (105, "write_off", 0, -500),
    ]  # fmt: skip


def test_a_banks_bill_is_paid_whatever_becomes_of_the_customer():
    world = fated(company(Order(3, 500, luck=0.45), fails={0: 50}), bills=0.0)
    ledger = live(world, policy(**BANKS))
    assert cash(ledger, "bill_matured") == [(98, 500)]
    assert entries(ledger, "bill_bounced") == []


def test_who_bought_the_bill_has_his_money_back():
    world = fated(company(Order(3, 500, luck=0.45), fails={0: 50}, days=200), bills=0.0)
    ledger = live(world, policy(**OWN, finance__discount_bills=True))
    assert cash(ledger, "bill_discounted") == [(8, 500), (98, -500)]


def test_a_customers_own_bills_still_use_up_its_limit():
    """The second order fits beside nothing but a bank's bill."""
    orders = Order(1, 450_000, luck=0.15), Order(20, 450_000)
    limits = {"credit__limit_enforcement": "hold", "credit__limit_pct": 50}
    table = {"orders_per_year": 120.0, "order_median_fen": 100_000}
    released = {
        name: live(fated(company(*orders, table=table), bills=0.0), policy(**limits, **terms)).orders
        for name, terms in {"bank": BANKS, "own": OWN}.items()
    }
    days = {name: (table["released_on"] - table["wanted_on"]).tolist() for name, table in released.items()}
    assert days["bank"] == [0, 0]
    assert days["own"][1] > 60


def test_where_all_pay_by_bill_dso_falls_short_of_the_truth_and_no_money_comes_earlier():
    """On any world: the books look as if all paid as before, the money comes three to six months later."""
    people = portfolio(customers(10, orders_per_year=100.0, term_response_bp=0.0, default_bp_year=0))
    world = draw(people, scenario(400), seed=5, runs=2)
    plain, by_bill = (simulate(world, policy(**terms))[0] for terms in ({}, BANKS))
    settled = by_bill.entries.assign(kind=by_bill.entries["kind"].replace("bill_received", "receipt"))
    assert settled.equals(plain.entries)
    dso = [
        measure(ledger, ["dso_average"], every="all").table["value"].to_numpy() for ledger in (plain, by_bill)
    ]
    np.testing.assert_array_equal(*dso)
    came = {}
    for name, ledger, kind in (("plain", plain, "receipt"), ("bill", by_bill, "bill_matured")):
        flows = ledger.cash[ledger.cash["kind"] == kind].pivot_table(
            index="run", columns="happened_on", values="amount_fen", fill_value=0, aggfunc="sum"
        )
        days = range(ledger.first, ledger.last + 1)
        came[name] = flows.reindex(columns=days, fill_value=0).cumsum(axis=1).to_numpy()
    assert (came["bill"][:, 90:] <= came["plain"][:, :-90]).all()
    assert (came["bill"][:, 185:] >= came["plain"][:, :-185]).all()  # 180 days and a long weekend
