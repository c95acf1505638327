"""What do the seller's books say when the business is small enough to keep them by hand?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.money.accountant import COUNTER_OF_CASH, COUNTER_OF_ENTRY, vat_in
from sim.model.accounts import ACCOUNTS, Closings, closing_days, closings_of
from sim.model.ledger import CASH_KINDS, ENTRY_KINDS, OUTSIDE_AR, Ledger
from sim.model.mechanisms import Mechanisms
from tests.unit.engine.tiny import Order, Owed, cash, company, live, policy

# Three customers who together buy for 360,000 yuan a year: 36,000,000 fen.
VARIABLE = 36_000_000 * 8_000 // 10_000 // 365
FIXED = 36_000_000 * 1_000 // 10_000 // 365
WHOLE = Mechanisms(company=True)


def books(ledger: Ledger) -> Closings:
    return closings_of(ledger.balance, ledger.runs)


def last(ledger: Ledger, *accounts: str) -> list[int]:
    """What stands on these accounts on the last day (results: since the closing before)."""
    return [int(books(ledger).of(name)[0, -1]) for name in accounts]


def over_time(ledger: Ledger, account: str) -> list[int]:
    return [int(amount) for amount in books(ledger).of(account)[0]]


def test_every_kind_of_posting_has_an_account_of_its_own_or_a_counter_account():
    of_cash = {COUNTER_OF_CASH.get(kind, kind) for kind in CASH_KINDS if kind != "opening"}
    of_entries = {COUNTER_OF_ENTRY.get(kind, "") for kind in ENTRY_KINDS if kind not in OUTSIDE_AR}
    assert of_cash | of_entries <= set(ACCOUNTS)


def test_books_are_closed_before_the_first_day_at_each_months_end_and_on_the_last_day():
    days = closing_days(20_089, 20_089 + 69)  # 1 January to 11 March 2025
    assert [day - 20_089 for day in days.tolist()] == [-1, 30, 58, 69]
    assert closing_days(20_089 + 30, 20_089 + 30).tolist() == [20_089 + 29, 20_089 + 30]


def test_the_owners_have_in_it_what_is_left_of_cash_and_claims_after_debts():
    ledger = live(company(Owed(10, 5_000), days=5, supplier_days=7))
    opening = 30 * (VARIABLE + FIXED) + 5_000 - 7 * VARIABLE
    assert over_time(ledger, "capital") == [opening, opening]


def test_a_sale_earns_its_margin_when_it_is_invoiced_not_when_it_is_paid():
    ledger = live(company(Order(2, 1_000), days=20), policy(finance__supplier_days=30))
    assert last(ledger, "sales", "cost_of_goods", "receivables", "payables") == [1_000, 800, 1_000, 800]
    assert last(ledger, "retained") == [200 - 20 * FIXED]


def test_a_loss_costs_what_was_invoiced():
    world = company(Order(0, 1_000), days=60, fails={0: 3}, table={"lgd_bp": 10_000})
    ledger = live(world)
    assert sum(over_time(ledger, "bad_debt")) == 1_000
    assert last(ledger, "receivables", "retained") == [0, 200 - 1_000 - 60 * FIXED]


def test_an_overdrawn_account_is_a_debt_and_no_cash():
    ledger = live(company(days=5, opening_cash_days=0, bank_bp=0))
    assert last(ledger, "cash", "overdraft") == [0, 5 * FIXED]


def test_cash_flow_tells_where_the_profit_went():
    ledger = live(company(Order(2, 1_000), days=20), policy(finance__supplier_days=0))
    flow = {name: int(line[0, 0]) for name, line in books(ledger).cash_flow().items() if line[0, 0]}
    assert flow == {"profit": 200 - 20 * FIXED, "receivables": -1_000, "total": -800 - 20 * FIXED}


# --- VAT and income tax -----------------------------------------------------------------------------------------

OPENING_VAT = int(vat_in(np.array([36_000_000 * 2_000 // 10_000 // 12]))[0])


def test_vat_is_inside_the_invoice_and_is_paid_in_the_middle_of_the_next_month():
    ledger = live(company(Order(2, 113_000), days=60, mechanisms=WHOLE), policy(finance__supplier_days=90))
    assert over_time(ledger, "sales") == [0, 100_000, 0, 0]
    assert over_time(ledger, "cost_of_goods") == [0, 80_000, 0, 0]
    assert over_time(ledger, "payables")[1] == 90_400
    assert cash(ledger, "vat") == [(14, -OPENING_VAT), (31 + 14, -(13_000 - 10_400))]
    assert over_time(ledger, "vat_payable") == [OPENING_VAT, 2_600, 0, 0]


def test_input_vat_that_is_more_than_is_owed_is_carried_forward():
    world = company(days=40, mechanisms=WHOLE)
    ledger = live(world, policy(finance__stock_days=30))
    assert last(ledger, "vat_payable") == [0]
    assert last(ledger, "vat_credit")[0] > 0
    assert cash(ledger, "vat") == [(14, -OPENING_VAT)]


def test_a_quarter_of_the_years_profit_is_paid_as_tax_after_each_quarter():
    world = company(
        Order(2, 113_000_000), Order(95, 11_300_000), days=200, mechanisms=WHOLE, fixed_cost_bp=0, bank_bp=0
    )
    ledger = live(world, policy(finance__supplier_days=0))
    first, second = 20_000_000 // 4, 2_000_000 // 4
    assert cash(ledger, "tax") == [(31 + 28 + 31 + 14, -first), (181 + 14, -second)]
    assert sum(over_time(ledger, "income_tax")) == first + second


def test_a_loss_of_the_same_year_takes_accrued_tax_back():
    world = company(
        Order(2, 113_000_000), days=100, fails={0: 50}, mechanisms=WHOLE, fixed_cost_bp=0, bank_bp=0,
        table={"lgd_bp": 10_000},
    )  # fmt: skip
    ledger = live(world)
    assert sum(over_time(ledger, "income_tax")) == 0
    assert cash(ledger, "tax") == []


def test_without_the_mechanism_there_are_no_taxes():
    ledger = live(company(Order(2, 113_000), days=120))
    assert last(ledger, "vat_payable", "vat_credit", "tax_payable") == [0, 0, 0]
    assert not {"vat", "tax"} & set(ledger.cash["kind"])


# --- stock ------------------------------------------------------------------------------------------------------


def test_stock_comes_to_its_days_of_sales_and_is_bought_beforehand():
    daily = [Order(day, 100_000) for day in range(300)]
    ledger = live(company(*daily, days=300), policy(finance__stock_days=20))
    assert last(ledger, "stock")[0] == pytest.approx(20 * 80_000, rel=0.01)
    assert sum(over_time(ledger, "cost_of_goods")) == 300 * 80_000


def test_what_is_not_in_stock_is_bought_on_the_day_and_stock_never_falls_below_zero():
    ledger = live(
        company(Order(3, 50_000_000), days=10), policy(finance__stock_days=5, finance__supplier_days=0)
    )
    assert last(ledger, "stock")[0] >= 0
    assert min(amount for day, amount in cash(ledger, "supplier") if day == 3) < -30_000_000


def test_more_stock_days_leave_less_cash_and_no_other_profit():
    daily = [Order(day, 100_000, luck=0.35) for day in range(200)]
    world = company(*daily, days=200)
    ledgers = [
        live(world, policy(finance__stock_days=days, finance__supplier_days=10)) for days in (0, 15, 40)
    ]
    left = [last(ledger, "cash")[0] for ledger in ledgers]
    assert left[0] > left[1] > left[2]
    assert len({last(ledger, "retained")[0] for ledger in ledgers}) == 1


# --- suppliers who wait -----------------------------------------------------------------------------------------

POOR = {"opening_cash_days": 0, "fixed_cost_bp": 0, "bank_bp": 0, "mechanisms": WHOLE}


def test_suppliers_wait_when_there_is_no_money_and_are_paid_when_it_comes():
    world = company(Order(2, 100_000, luck=1.85), days=60, **POOR, table={"orders_per_year": 0.001})
    ledger = live(world, policy(finance__overdraft_days=0))
    assert cash(ledger, "supplier") == [
        (21, -80_000)
    ]  # the clock runs out on day 21, and the receipt pays them
    assert not any(over_time(ledger, "overdue_payables"))


def test_late_suppliers_are_told_among_the_debts_and_are_no_insolvency():
    world = company(Order(2, 100_000), days=40, **POOR, table={"orders_per_year": 0.001})
    ledger = live(world, policy(finance__overdraft_days=0))
    assert last(ledger, "overdue_payables", "payables") == [80_000, 80_000]
    assert not (ledger.actions["kind"] == "insolvent").any()


def test_who_has_money_pays_suppliers_on_the_day():
    orders = [Order(day, 10_000) for day in range(50)]
    rich = {**POOR, "opening_cash_days": 100}
    whole = live(company(*orders, days=60, **rich), policy(finance__supplier_days=7))
    core = live(company(*orders, days=60, opening_cash_days=100), policy(finance__supplier_days=7))
    assert cash(whole, "supplier") == cash(core, "supplier")


def test_customers_order_less_from_a_house_whose_suppliers_wait():
    orders = [
        Order(day, 100_000, mark=0.7) for day in range(200)
    ]  # ordered at 0.74 of the potential, not at 0.67
    paying = company(*orders, days=200, opening_cash_days=300, fixed_cost_bp=0, bank_bp=0, mechanisms=WHOLE)
    poor = company(*orders, days=200, **POOR)
    rules = policy(finance__overdraft_days=0)
    assert (live(paying, rules).entries["kind"] == "invoice").sum() == 200
    assert (live(poor, rules).entries["kind"] == "invoice").sum() < 150
