"""What do terms other than days and discount do to the ledger?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.base.days import day_of
from sim.engine import simulate
from sim.engine.records.books import Books
from sim.engine.records.spares import DOCUMENT_STEP, RETENTION
from sim.engine.selling.terms import dispute_rate, mean_days, order_factor
from sim.model.ledger import TABLES
from sim.model.policy import Policy
from sim.model.timeline import Timeline
from sim.world import draw
from tests.twin.worlds import customers, portfolio, scenario
from tests.unit.engine.fated import FULFILMENT, fated
from tests.unit.engine.tiny import LATE_ONLY, Order, company, entries, fates, live, paid, policy
from tests.unit.engine.tiny import cash as money

ONE_BY_ONE = 1.0 - np.exp(-0.05)
"""A draw whose luck is 0.05: with a clock of 0.1 a day past the due date, paid on the day after it."""


def dues(ledger):
    """Invoices as (document, days from the first day to the due date, amount)."""
    rows = ledger.entries[ledger.entries["kind"] == "invoice"]
    return [
        (int(n), int(due) - ledger.first, int(fen))
        for n, due, fen in rows[["document", "due_on", "amount_fen"]].to_numpy()
    ]


def day(text):
    return day_of(text) - day_of("2025-01-01")


# --- when it is due -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ordered", "due"), [(0, "2025-01-31"), (1, "2025-02-28"), (28, "2025-02-28"), (29, "2025-03-31")]
)
def test_a_term_to_the_month_end_runs_on_to_the_last_of_the_month(ordered, due):
    """30 days from the 2nd of January end on the 1st of February."""
    ledger = live(company(Order(ordered, 500)), policy(terms__month_end=True))
    assert dues(ledger) == [(0, day(due), 500)]


@pytest.mark.parametrize(("grade", "days"), [("A", 50), ("C", 30), ("E", 0)])
def test_better_grades_may_have_longer_terms_and_the_worst_pay_at_once(grade, days):
    rules = policy(terms__days_a=20, terms__days_e=-45)
    assert dues(live(company(Order(3, 500), table={"grade": grade}), rules)) == [(0, 3 + days, 500)]


def test_instalments_are_documents_of_their_own_due_a_month_apart():
    ledger = live(company(Order(0, 1_000)), policy(terms__instalments=3))
    assert dues(ledger) == [
        (0, 30, 334),  # 31 January
        (DOCUMENT_STEP, day("2025-02-28"), 333),
        (2 * DOCUMENT_STEP, day("2025-03-31"), 333),
    ]


def test_an_order_too_small_to_be_divided_is_one_document():
    assert dues(live(company(Order(0, 2)), policy(terms__instalments=3))) == [(0, 30, 2)]


def test_retention_money_is_owed_for_a_year_and_not_overdue():
    ledger = live(company(Order(0, 10_000)), policy(terms__retention_bp=300))
    assert dues(ledger) == [(0, 30, 9_700), (RETENTION * DOCUMENT_STEP, day("2026-01-31"), 300)]


def test_parts_are_paid_one_by_one():
    world = fated(
        company(Order(0, 900, luck=0.05), lateness=LATE_ONLY, habit=0.0, days=200), parts=ONE_BY_ONE
    )
    ledger = live(world, policy(terms__instalments=3))
    assert paid(ledger) == [(31, 300), (day("2025-03-01"), 300), (day("2025-04-01"), 300)]


def test_who_is_slow_with_one_part_is_slow_with_the_next():
    """With perfect habit all parts have the same luck: 0.85 is nine days late."""
    world = company(Order(0, 900, luck=0.85), lateness=LATE_ONLY, habit=0.999999, days=200)
    ledger = live(world, policy(terms__instalments=3))
    assert paid(ledger) == [(39, 300), (day("2025-02-28") + 9, 300), (day("2025-03-31") + 9, 300)]


# --- deposit --------------------------------------------------------------------------------------------------------


def test_a_deposit_comes_with_the_order_and_is_set_against_the_invoice():
    world = fated(company(Order(3, 1_000, luck=0.45)), acceptance=0.0)
    ledger = live(world, policy(terms__deposit_bp=2_000))
    assert entries(ledger) == [(3, "invoice", 0, 1_000), (3, "receipt", 0, -200), (8, "receipt", 0, -800)]
    assert money(ledger, "deposit") == [(3, 200)]
    assert money(ledger, "receipt") == [(8, 800)]


def test_who_refuses_a_deposit_is_served_all_the_same():
    ledger = live(fated(company(Order(3, 1_000)), acceptance=0.25), policy(terms__deposit_bp=2_000))
    assert entries(ledger) == [(3, "invoice", 0, 1_000)]


def test_no_deposit_no_delivery():
    rules = policy(terms__deposit_bp=2_000, terms__deposit_or_nothing=True)
    ledger = live(fated(company(Order(3, 1_000)), acceptance=0.25), rules)
    assert fates(ledger) == [("prepay", None, None, 3)]


@pytest.mark.parametrize(
    ("who", "accepts"),
    [
        ({}, 0.25),
        ({"dependence_pct": 70}, 0.40),
        ({"segment": "supermarket"}, 0.05),
        ({"power_pct": 90}, 0.05),
    ],
)
def test_the_dependent_pay_deposits_sooner_than_the_strong(who, accepts):
    rules = policy(terms__deposit_bp=1_000)
    for luck, pays in ((accepts - 0.001, True), (accepts, False)):
        ledger = live(fated(company(Order(3, 1_000), table=who), acceptance=luck), rules)
        assert bool(money(ledger, "deposit")) is pays


def test_where_nobody_accepts_deposits_the_ledger_is_that_without_them():
    table = customers(4, power_pct=100, orders_per_year=100.0)
    world = draw(portfolio(table), scenario(120), seed=3, runs=2)
    nobody = fated(world_like(world), acceptance=0.999)
    asked = live(nobody, policy(terms__deposit_bp=5_000))
    plain = live(nobody, policy())
    for name in TABLES:
        assert getattr(asked, name).equals(getattr(plain, name))


def world_like(world):
    """The same world, ready to be told its draws."""
    from tests.unit.engine.tiny import Scripted

    return Scripted(world.portfolio, world.scenario, world.seed, world.run_names, world.lives, {})


# --- the mean day of a contract's cash -------------------------------------------------------------------------------


def test_cash_of_a_contract_comes_on_the_weighted_mean_of_its_days():
    """10 % with the order, the rest but 3 % in two parts from day 45, 3 % a year later; all pay the day after due."""
    world = fated(
        company(Order(0, 100_000, luck=0.05), lateness=LATE_ONLY, habit=0.0, days=500, net_days=45),
        parts=ONE_BY_ONE, acceptance=0.0,
    )  # fmt: skip
    contract = {"terms.deposit_bp": 1_000, "terms.instalments": 2, "terms.retention_bp": 300}
    rules = policy(terms__net_days=45).with_levers(contract)
    ledger = live(world, rules)
    flows = [(0, 10_000), *((when, fen) for when, fen in money(ledger, "receipt"))]
    assert money(ledger, "deposit") == flows[:1]
    expected = [
        (0, 0.10),
        (46, 0.435),
        (46 + 28, 0.435),
        (46 + 365, 0.03),
    ]  # 15 February, 15 March, 15 February 2026
    assert flows == [(when, round(part * 100_000)) for when, part in expected]
    mean = sum(when * fen for when, fen in flows) / 100_000
    assert mean == pytest.approx(64.53)
    without = sum(when * part for when, part in expected[:3]) / 0.97
    assert mean - without == pytest.approx(0.03 * (411 - without))  # three percent kept back cost eleven days
    books = Books(world, Timeline.of(rules))
    short_month = 0.435 * (365 / 12 - 28)
    assert mean_days(books, rules)[0] + 0.9 - short_month == pytest.approx(
        mean
    )  # it counts what is paid when due


# --- how orders answer ----------------------------------------------------------------------------------------------


def factor(**levers):
    world = draw(portfolio(customers(2, term_response_bp=20.0)), scenario(30), seed=1)
    rules = Policy().with_levers({name.replace("__", "."): value for name, value in levers.items()})
    return order_factor(Books(world, Timeline.of(rules)), rules)


def test_orders_answer_to_all_that_puts_payment_off():
    assert (factor() == 1.0).all()
    assert (factor(terms__net_days=90) == 1.0).all()  # the world counts the standard term itself
    assert (factor(terms__instalments=4) > 1.02).all()
    assert (factor(terms__month_end=True) > 1.01).all()
    assert (factor(terms__retention_bp=1_000) > 1.01).all()


def test_a_longer_term_by_grade_brings_what_the_same_standard_term_brings():
    world = draw(portfolio(customers(2, term_response_bp=20.0)), scenario(30), seed=1)
    longer, by_grade = (
        Policy().with_levers(levers) for levers in ({"terms.net_days": 90}, {"terms.days_c": 30})
    )
    whole = Books(world, Timeline.of(longer)).demand[0]
    assert factor(terms__days_c=30) == pytest.approx(whole)
    assert by_grade.terms.net_days == 60


# --- the price of time ----------------------------------------------------------------------------------------------


def test_late_interest_is_paid_by_the_few_and_waived_for_the_others():
    orders = Order(0, 100_000, luck=4.05)  # 11 days late
    rules = policy(terms__late_interest_bp_day=5)
    few = live(fated(company(orders), terms=0.1), rules)
    [(when, got)] = paid(few)
    late = when - 30
    assert entries(few, "interest") == [(when, "interest", 0, 50 * late)]
    assert got == 100_000 + 50 * late
    others = live(fated(company(orders), terms=0.15), rules)
    assert entries(others, "interest") == []
    assert [fen for _, fen in paid(others)] == [100_000]


def test_who_pays_in_time_pays_no_interest():
    ledger = live(
        fated(company(Order(0, 100_000, luck=0.45)), terms=0.0), policy(terms__late_interest_bp_day=5)
    )
    assert entries(ledger, "interest") == []


def test_credit_is_charged_by_its_days_and_not_on_what_was_paid_beforehand():
    rules = policy(terms__credit_charge_bp=100, terms__net_days=45)
    assert entries(live(company(Order(0, 100_000)), rules), "interest") == [(0, "interest", 0, 1_500)]
    half = rules.with_levers({"terms.deposit_bp": 5_000})
    ledger = live(fated(company(Order(0, 100_000)), acceptance=0.0), half)
    assert entries(ledger, "interest") == [(0, "interest", 0, 750)]


def test_some_deduct_a_discount_that_they_have_not_earned():
    rules = policy(terms__discount_bp=200, terms__discount_days=10)
    order = Order(3, 1_000, funds_cost=0.1)
    # Shipped in three days and invoiced with them: the invoice is of day 6, the discount ends on day 16.
    quick = rules.with_levers({"operations.order_entry_days": 0, "operations.invoice_lag_days": 0})
    honest = live(fated(company(order, mechanisms=FULFILMENT), terms=0.08, process=0.0), quick)
    assert paid(honest) == [(16, 980)]
    late = live(fated(company(order, mechanisms=FULFILMENT), terms=0.04, process=0.0), quick)
    assert paid(late) == [(22, 980)]  # six days after the discount ended, and still less


# --- disputes -------------------------------------------------------------------------------------------------------


def test_late_deliveries_bring_disputes():
    """95 % on time: 3 % of invoices are disputed; 90 %: 5 %."""
    at = {pct: dispute_rate(Policy().with_levers({"operations.service_pct": pct})) for pct in (90, 95, 100)}
    assert at == pytest.approx({90: 0.05, 95: 0.03, 100: 0.01})


@pytest.mark.parametrize(("service", "share"), [(95, 0.10), (90, 0.10 * 5 / 3), (100, 0.10 / 3)])
def test_service_moves_the_share_of_disputed_invoices(service, share):
    table = customers(20, orders_per_year=400.0, dispute_bp=1_000, default_bp_year=0)
    people = portfolio(table, mix=[[1, 0, 0, 0, 0, 0, 0]] * 20)
    world = draw(people, scenario(200), seed=2)
    rules = policy(operations__service_pct=service)
    ledger = simulate(world, rules.with_levers({"terms.net_days": 120}))[0]
    early = ledger.entries[
        (ledger.entries["kind"] == "invoice") & (ledger.entries["happened_on"] < ledger.first + 160)
    ]
    disputed = ledger.actions.loc[ledger.actions["kind"] == "dispute_opened", "document"]
    found = early["document"].isin(disputed).mean()
    assert found == pytest.approx(share, abs=3 * np.sqrt(share / len(early)))
