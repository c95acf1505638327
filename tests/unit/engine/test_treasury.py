"""What comes in, what goes out, and when is it too little?"""

from __future__ import annotations

from tests.unit.engine.tiny import Order, acts, cash, company, live, policy

# Three customers who buy 120 times 1,000 yuan a year: 360,000 yuan; margin 20 %, fixed cost 10 %.
VARIABLE = 36_000_000 * 8_000 // 10_000 // 365
FIXED = 36_000_000 * 1_000 // 10_000 // 365
NOT_ORDERED = {"days": 10}


def test_the_year_begins_with_so_many_days_of_cost_in_the_bank():
    ledger = live(company(**NOT_ORDERED, opening_cash_days=30))
    assert cash(ledger, "opening") == [(-1, 30 * (VARIABLE + FIXED))]
    assert cash(live(company(**NOT_ORDERED, opening_cash_days=0)), "opening") == [(-1, 0)]


def test_fixed_cost_and_wages_are_paid_every_day():
    ledger = live(company(**NOT_ORDERED), policy(collection__collectors=3))
    assert cash(ledger, "fixed_cost") == [(day, -FIXED) for day in range(10)]
    assert cash(ledger, "payroll") == [(day, -(3 * 1_000_000 * 12 // 365)) for day in range(10)]
    assert cash(live(company(**NOT_ORDERED)), "payroll") == []


def test_suppliers_are_paid_for_what_was_shipped_after_their_days():
    world = company(Order(2, 1_001), Order(4, 500))
    assert cash(live(world, policy(finance__supplier_days=0)), "supplier") == [(2, -801), (4, -400)]
    assert cash(live(world, policy(finance__supplier_days=5)), "supplier") == [(7, -801), (9, -400)]


def test_what_was_bought_before_is_paid_as_it_was_agreed_then():
    world = company(Order(2, 1_001), days=20, supplier_days=5)
    old = [(day, -VARIABLE) for day in range(5)]
    assert cash(live(world, policy(finance__supplier_days=5)), "supplier") == [*old, (7, -801)]
    assert cash(live(world, policy(finance__supplier_days=9)), "supplier") == [*old, (11, -801)]
    at_once = cash(live(world, policy(finance__supplier_days=0)), "supplier")
    assert at_once == [(day, -VARIABLE - 801 * (day == 2)) for day in range(5)]


def test_longer_supplier_terms_leave_more_cash_in_the_bank():
    world = company(Order(2, 1_001), Order(9, 500), days=20, supplier_days=5)
    ends = [
        live(world, policy(finance__supplier_days=days)).cash["balance_fen"].iloc[-1] for days in (0, 5, 12)
    ]
    assert ends[0] == ends[1] < ends[2]


def test_suppliers_beyond_the_horizon_are_not_paid():
    world = company(Order(2, 1_001), days=10, supplier_days=120)
    ledger = live(world, policy(finance__supplier_days=120))
    assert cash(ledger, "supplier") == [(day, -VARIABLE) for day in range(10)]


def test_suppliers_are_paid_on_the_last_day_too():
    ledger = live(company(Order(4, 500), days=10), policy(finance__supplier_days=5))
    assert cash(ledger, "supplier")[-1] == (9, -400)


def test_receipts_come_in_on_the_day_they_are_posted():
    assert cash(live(company(Order(2, 1_000, luck=0.35))), "receipt") == [(6, 1_000)]


def test_interest_is_paid_on_last_evenings_debt():
    ledger = live(company(**NOT_ORDERED, opening_cash_days=0, bank_bp=5_000))
    found, balance = cash(ledger, "interest"), 0
    expected = []
    for day in range(10):
        owed = -balance * 5_000 // (10_000 * 365)
        balance -= FIXED + owed
        if owed:
            expected.append((day, -owed))
    assert found == expected
    assert found[0][0] == 1


def test_the_economy_moves_the_banks_rate():
    poor = {**NOT_ORDERED, "opening_cash_days": 0}
    assert cash(live(company(**poor, bank_bp=450, bank_extra_bp=550)), "interest") == cash(
        live(company(**poor, bank_bp=1_000)), "interest"
    )
    assert cash(live(company(**poor, bank_bp=450, bank_extra_bp=-500)), "interest") == []


def test_no_interest_on_money_one_has():
    assert cash(live(company(**NOT_ORDERED)), "interest") == []


def test_the_balance_follows_every_movement():
    ledger = live(
        company(Order(2, 1_000, luck=0.35)), policy(collection__collectors=1, finance__supplier_days=3)
    )
    table = ledger.cash
    assert (table["amount_fen"].cumsum() == table["balance_fen"]).all()
    assert (table["amount_fen"].iloc[1:] != 0).all()


def test_insolvency_is_told_once_with_what_is_missing():
    """No cash, an overdraft of two days of cost: 177,534 fen; the daily fixed cost of 9,863 uses it up on day 18."""
    world = company(days=40, opening_cash_days=0, bank_bp=0)
    ledger = live(world, policy(finance__overdraft_days=2))
    limit = 2 * (VARIABLE + FIXED)
    day = limit // FIXED  # the evening on which (day + 1) * FIXED is more than the limit
    assert acts(ledger) == [(day, "insolvent", -1, (day + 1) * FIXED - limit)]
    assert ledger.cash["happened_on"].max() == ledger.last  # life goes on


def test_an_overdraft_that_is_wide_enough_keeps_the_company_alive():
    world = company(days=40, opening_cash_days=0, bank_bp=0)
    assert acts(live(world, policy(finance__overdraft_days=120))) == []
