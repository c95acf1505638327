"""Who turns receivables into money, at what price, and who bears what goes wrong?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.base.draws import Purpose
from sim.engine.money.financing import BANK_CUT_TO_BP
from sim.model.accounts import closings_of
from sim.model.ledger import Ledger
from sim.model.mechanisms import Mechanisms
from sim.world import World
from tests.unit.engine.tiny import YES, Order, acts, cash, company, live, policy

NEVER_CUT = 0.999_999
THURSDAY = 1  # 2 January 2025; factor and bank settle on Fridays, day 2, 9, 16 ...
FACE = 1_000_000


@pytest.fixture
def lucky(monkeypatch: pytest.MonkeyPatch) -> dict[Purpose, float]:
    """What nature draws for these purposes: by default every invoice is sold and nobody steps back."""
    draws = {Purpose.FACTOR: YES, Purpose.BANKS: NEVER_CUT, Purpose.INSURER: NEVER_CUT}

    def luck_at(self: World, purpose: Purpose, cells: Any, number: Any) -> Any:
        return np.full(np.broadcast(cells, number).shape, draws.get(purpose, NEVER_CUT))

    monkeypatch.setattr(World, "luck_at", luck_at)
    return draws


def end(ledger: Ledger, account: str) -> int:
    return int(closings_of(ledger.balance, ledger.runs).of(account)[0, -1])


def total(ledger: Ledger, account: str) -> int:
    return int(closings_of(ledger.balance, ledger.runs).of(account)[0].sum())


def daily(advance: int) -> int:
    return (advance * 550 + 1_800_000) // 3_600_000


# --- factoring --------------------------------------------------------------------------------------------------


def test_the_factor_advances_four_fifths_at_the_weeks_end_and_has_it_back_when_the_customer_pays(lucky):
    world = company(Order(THURSDAY, FACE, luck=0.75), days=30)  # pays on day 9
    ledger = live(world, policy(finance__factoring="recourse"))
    assert cash(ledger, "factoring") == [(2, 800_000), (9, -800_000)]
    fee, interest = FACE * 60 // 10_000, daily(800_000)
    assert cash(ledger, "factoring_fee") == [(2, -fee), *((day, -interest) for day in range(3, 10))]
    assert end(ledger, "factoring_advances") == 0


def test_with_recourse_an_unpaid_invoice_is_bought_back_75_days_late(lucky):
    ledger = live(company(Order(THURSDAY, FACE), days=130), policy(finance__factoring="recourse"))
    (_, bought), (day, back) = cash(ledger, "factoring")
    assert (bought, back) == (800_000, -800_000)
    assert THURSDAY + 30 + 75 <= day < THURSDAY + 30 + 75 + 7
    assert end(ledger, "receivables") == FACE  # it is ours again


def test_without_recourse_the_factor_bears_the_loss_and_keeps_what_comes_of_it(lucky):
    world = company(Order(THURSDAY, FACE), days=365, fails={0: 10}, table={"lgd_bp": 6_000})
    ledger = live(world, policy(finance__factoring="without_recourse"))
    assert total(ledger, "bad_debt") == FACE
    assert total(ledger, "factor_cover") == FACE - 400_000  # less the recovery that is passed on
    assert total(ledger, "recoveries") == 400_000
    assert [amount for _, amount in cash(ledger, "factoring")] == [800_000, 200_000, -400_000]
    assert end(ledger, "factoring_advances") == 0


def test_with_recourse_the_loss_is_ours(lucky):
    world = company(Order(THURSDAY, FACE), days=60, fails={0: 10}, table={"lgd_bp": 10_000})
    ledger = live(world, policy(finance__factoring="recourse"))
    assert total(ledger, "factor_cover") == 0
    assert [amount for _, amount in cash(ledger, "factoring")] == [800_000, -800_000]


def test_a_disputed_invoice_comes_back_even_without_recourse(lucky):
    world = company(
        Order(THURSDAY, FACE, dispute_after=20, dispute_scale=100.0), days=130, dispute_median_days=30
    )
    ledger = live(world, policy(finance__factoring="without_recourse"))
    assert [amount for _, amount in cash(ledger, "factoring")] == [800_000, -800_000]


def test_factoring_without_recourse_costs_more_and_the_weakest_are_never_accepted(lucky):
    fees = {}
    for kind in ("recourse", "without_recourse"):
        ledger = live(company(Order(THURSDAY, FACE), days=3), policy(finance__factoring=kind))
        fees[kind] = total(ledger, "factoring_fee")
    assert fees["without_recourse"] - fees["recourse"] == FACE // 100
    weak = company(Order(THURSDAY, FACE), days=10, table={"grade": "E"})
    assert cash(live(weak, policy(finance__factoring="recourse")), "factoring") == []
    poor = company(Order(THURSDAY, FACE), days=10, table={"grade": "D"})
    assert cash(live(poor, policy(finance__factoring="recourse")), "factoring") != []
    assert cash(live(poor, policy(finance__factoring="without_recourse")), "factoring") == []


def test_no_share_of_the_invoices_and_nothing_is_sold(lucky):
    rules = policy(finance__factoring="recourse", finance__factoring_share_bp=0)
    assert cash(live(company(Order(THURSDAY, FACE), days=10), rules), "factoring") == []


def test_a_factor_who_withdraws_buys_nothing_for_half_a_year(lucky):
    lucky[Purpose.BANKS] = YES
    orders = [Order(day, FACE) for day in (THURSDAY, 100, 220)]
    rules = policy(finance__factoring="recourse")
    ledger = live(company(*orders, days=240), rules)
    assert acts(ledger, "line_cut")[0][0] == 0
    assert not [
        day for day, amount in cash(ledger, "factoring") if amount > 0
    ]  # and then the next one leaves


# --- pledge loan ------------------------------------------------------------------------------------------------

POOR = {"opening_cash_days": 0, "fixed_cost_bp": 0, "bank_bp": 0}


def test_a_loan_goes_as_far_as_the_base_of_what_is_eligible(lucky):
    orders = [Order(THURSDAY, FACE, customer=who) for who in range(8)]
    ledger = live(company(*orders, days=10, count=8, **POOR), policy(finance__pledge_bp=6_000))
    assert end(ledger, "pledge_line") == 8 * FACE * 6_000 // 10_000
    assert end(ledger, "pledge_loan") == end(ledger, "pledge_line")


def test_no_debtor_counts_for_more_than_a_quarter(lucky):
    orders = [Order(THURSDAY, FACE, customer=who) for who in range(2)]
    ledger = live(company(*orders, days=10, **POOR), policy(finance__pledge_bp=6_000))
    assert end(ledger, "pledge_line") == 2 * (2 * FACE // 4) * 6_000 // 10_000


def test_what_is_too_late_is_no_security_and_the_loan_must_be_repaid(lucky):
    orders = [Order(THURSDAY, FACE, customer=who) for who in range(8)]
    ledger = live(company(*orders, days=150, count=8, **POOR), policy(finance__pledge_bp=6_000))
    assert end(ledger, "pledge_line") == end(ledger, "pledge_loan") == 0
    repaid = [day for day, amount in cash(ledger, "loan") if amount < 0]
    assert 1 + 30 + 90 < repaid[-1] <= 1 + 30 + 90 + 7


def test_who_has_cash_borrows_nothing_and_pays_no_interest(lucky):
    orders = [Order(THURSDAY, FACE, customer=who) for who in range(8)]
    rich = {**POOR, "opening_cash_days": 200}
    ledger = live(company(*orders, days=60, count=8, **rich), policy(finance__pledge_bp=6_000))
    assert end(ledger, "pledge_line") > 0
    assert not {"loan", "loan_interest"} & set(ledger.cash["kind"])


def test_interest_is_paid_on_the_loan_day_by_day(lucky):
    orders = [Order(THURSDAY, FACE, customer=who) for who in range(8)]
    ledger = live(company(*orders, days=6, count=8, **POOR), policy(finance__pledge_bp=6_000))
    loan = cash(ledger, "loan")[0][1]
    each = round(loan * (305 + 150) / 3_600_000)
    assert cash(ledger, "loan_interest") == [(day, -each) for day in (3, 4, 5)]


def test_a_sold_invoice_cannot_be_pledged_as_well(lucky):
    orders = [Order(THURSDAY, FACE, customer=who) for who in range(8)]
    rules = policy(finance__pledge_bp=6_000, finance__factoring="recourse")
    ledger = live(company(*orders, days=10, count=8, **POOR), rules)
    assert end(ledger, "factored_receivables") == 8 * FACE
    assert end(ledger, "pledge_line") == 0


def test_insured_receivables_raise_the_advance_by_seven_points(lucky):
    orders = [Order(THURSDAY, FACE, customer=who) for who in range(8)]
    world = company(*orders, days=10, count=8, **POOR, table={"grade": "A"})
    rules = policy(finance__pledge_bp=6_000, finance__insurance="whole")
    assert end(live(world, rules), "pledge_line") == 8 * FACE * 6_700 // 10_000


def test_a_bank_that_cuts_its_lines_leaves_half_of_them(lucky):
    whole = Mechanisms(company=True)
    orders = [Order(THURSDAY, FACE, customer=who) for who in range(8)]
    world = company(*orders, days=10, count=8, mechanisms=whole, **POOR)
    before = live(world, policy(finance__pledge_bp=6_000, finance__overdraft_days=20))
    lucky[Purpose.BANKS] = YES
    after = live(world, policy(finance__pledge_bp=6_000, finance__overdraft_days=20))
    for line in ("pledge_line", "overdraft_line"):
        assert end(after, line) == end(before, line) * BANK_CUT_TO_BP // 10_000
    assert [kind for _, kind, _, _ in acts(after, "line_cut")] == ["line_cut"]


def test_checking_the_financiers_costs_five_thousand_a_year(lucky):
    rules = policy(finance__factoring="recourse", finance__check_financiers=True)
    assert cash(live(company(Order(THURSDAY, FACE), days=400), rules), "information") == [
        (0, -500_000),
        (365, -500_000),
    ]
