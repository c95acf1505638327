"""What does credit insurance cost, when does it pay, and when does it step back?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.base.draws import Purpose
from sim.model.accounts import closings_of
from sim.model.ledger import Ledger
from sim.world import World
from tests.unit.engine.tiny import Order, Owed, acts, cash, company, live, policy

NEVER_CUT = 0.999_999
THURSDAY, FACE = 1, 1_000_000
# Each customer buys 12,000,000 fen a year on 30 days: need 1,709,589, of which grade C is granted 80 %.
NEED = 12_000_000 * (30 + 10) * 13 // 3_650
GRANTED_C = (NEED * 8_000 + 5_000) // 10_000
INSURED = policy(finance__insurance="whole")


@pytest.fixture
def lucky(monkeypatch: pytest.MonkeyPatch) -> dict[Purpose, float]:
    """What nature draws: by default no limit is cut and no claim refused."""
    draws = {Purpose.INSURER: NEVER_CUT}

    def luck_at(self: World, purpose: Purpose, cells: Any, number: Any) -> Any:
        return np.full(np.broadcast(cells, number).shape, draws.get(purpose, NEVER_CUT))

    monkeypatch.setattr(World, "luck_at", luck_at)
    return draws


def over_time(ledger: Ledger, account: str) -> list[int]:
    return [int(amount) for amount in closings_of(ledger.balance, ledger.runs).of(account)[0]]


def test_the_premium_is_a_share_of_the_insured_turnover_paid_the_month_after(lucky):
    world = company(Order(THURSDAY, FACE), Order(8, 2 * FACE), days=40, table={"grade": "A"})
    assert cash(live(world, INSURED), "premium") == [(31, -3 * FACE * 25 // 10_000)]


@pytest.mark.parametrize(("grade", "pd"), [("A", 0.003), ("B", 0.01), ("C", 0.025), ("D", 0.07)])
def test_weaker_customers_cost_a_higher_premium(lucky, grade: str, pd: float):
    ledger = live(company(Order(THURSDAY, FACE), days=40, table={"grade": grade}), INSURED)
    fair = pd * 0.6 * (30 + 30) / 365 * 0.9  # what the insurer expects to pay, of turnover
    rate = max(0.0025, round(fair / 0.6, 4))
    assert cash(ledger, "premium") == [(31, -round(FACE * rate))]


def test_only_key_customers_can_be_insured_at_a_higher_price(lucky):
    rules = policy(finance__insurance="key")
    table = {"order_median_fen": [2_000, 3_000, 1_000], "grade": "A"}  # of three the largest one
    orders = [Order(THURSDAY, FACE, customer=who) for who in range(3)]
    ledger = live(company(*orders, days=40, table=table), rules)
    assert cash(ledger, "premium") == [(31, -FACE * 35 // 10_000)]
    assert over_time(ledger, "insured_receivables")[1] == FACE


def test_after_a_failure_ninety_percent_less_the_deductible_is_paid_six_weeks_later(lucky):
    world = company(Order(THURSDAY, FACE), days=90, fails={0: 10}, table={"lgd_bp": 10_000})
    ledger = live(world, INSURED)
    told = 10 + 15
    assert cash(ledger, "indemnity") == [(told + 45, (FACE - 500_000) * 9 // 10)]
    assert acts(ledger, "claim") == [(told + 45, "claim", 0, 450_000)]
    assert over_time(ledger, "insured_receivables")[-1] == 0


def test_the_insured_share_is_the_lever(lucky):
    world = company(Order(THURSDAY, FACE), days=90, fails={0: 10}, table={"lgd_bp": 10_000})
    found = [
        cash(live(world, policy(finance__insurance="whole", finance__insurance_cover_bp=bp)), "indemnity")
        for bp in (5_000, 8_000)
    ]
    assert [amounts[0][1] for amounts in found] == [250_000, 400_000]


def test_beyond_the_insurers_limit_the_loss_is_ours(lucky):
    world = company(Order(THURSDAY, 10 * FACE), days=90, fails={0: 10}, table={"lgd_bp": 10_000})
    assert cash(live(world, INSURED), "indemnity")[0][1] == ((GRANTED_C - 500_000) * 9_000 + 5_000) // 10_000


def test_the_weakest_are_not_insured_at_all(lucky):
    world = company(Order(THURSDAY, FACE), days=90, fails={0: 10}, table={"grade": "E"})
    ledger = live(world, INSURED)
    assert not {"premium", "indemnity"} & set(ledger.cash["kind"])


def test_an_invoice_unpaid_for_half_a_year_after_its_due_date_is_a_protracted_default(lucky):
    ledger = live(company(Order(THURSDAY, FACE), days=250), INSURED)
    assert cash(ledger, "indemnity") == [(THURSDAY + 30 + 180, 450_000)]
    assert over_time(ledger, "receivables")[-1] == FACE  # it is still owed


def test_what_the_customer_pays_after_all_goes_back_to_the_insurer_for_its_share(lucky):
    ledger = live(company(Order(THURSDAY, FACE, luck=22.95), days=260), INSURED)  # pays on day 231
    assert [day for day, _ in cash(ledger, "receipt")] == [231]
    (_, paid), (back_on, back) = cash(ledger, "indemnity")
    assert (paid, back) == (450_000, -450_000)
    assert 231 <= back_on < 231 + 7


def test_recoveries_from_the_estate_are_shared_too(lucky):
    world = company(Order(THURSDAY, FACE), days=300, fails={0: 10}, table={"lgd_bp": 8_000})
    ledger = live(world, INSURED)
    assert [amount for _, amount in cash(ledger, "indemnity")] == [450_000, -180_000]


def test_a_disputed_debt_is_paid_only_when_the_dispute_is_settled(lucky):
    world = company(
        Order(THURSDAY, FACE, dispute_after=10, dispute_scale=1.0), days=300, dispute_median_days=240
    )
    ledger = live(world, INSURED)
    settled = [day for day, _, _, _ in acts(ledger, "dispute_settled")]
    assert settled == [THURSDAY + 10 + 240]
    assert settled[0] <= cash(ledger, "indemnity")[0][0] < settled[0] + 30


def test_a_refused_claim_brings_nothing(lucky):
    world = company(Order(THURSDAY, FACE), days=90, fails={0: 10}, table={"lgd_bp": 10_000})
    lucky[Purpose.INSURER] = 0.05  # below the 7 % of claims that are refused, above the 2 % with a process
    refused, paid = (
        live(world, policy(finance__insurance="whole", finance__insurance_process=on)) for on in (False, True)
    )
    assert cash(refused, "indemnity") == []
    assert list(refused.actions.loc[refused.actions["kind"] == "claim", "outcome"]) == ["refused"]
    assert cash(paid, "indemnity") != []
    assert [amount for day, amount in cash(paid, "premium") if day == 0] == [-150_000]


def test_a_cut_limit_covers_half_of_new_invoices_and_all_of_the_old(lucky):
    orders = [Order(THURSDAY, GRANTED_C), Order(40, GRANTED_C, customer=1)]
    world = company(*orders, days=55)
    calm = over_time(live(world, INSURED), "insured_receivables")
    assert calm == [0, GRANTED_C, 2 * GRANTED_C]
    lucky[Purpose.INSURER] = 0.006  # a chance of .0066 a month, normal times, grade C
    cut = live(world, INSURED)
    # All limits are cut on 1 January, before the first invoice, and again on 1 February.
    half, quarter = GRANTED_C / 2, GRANTED_C / 4
    assert over_time(cut, "insured_receivables") == pytest.approx([0, half, half + quarter], abs=4)
    taken = [(day, amount) for day, _, who, amount in acts(cut, "insurance_cut") if who == 0]
    assert taken == [(0, pytest.approx(half, abs=4)), (31, pytest.approx(quarter, abs=4))]


def test_nothing_new_is_covered_for_who_is_long_overdue(lucky):
    # The first invoice is 60 days late on day 91; what is written from then on is at our own risk.
    orders = [Order(THURSDAY, 1_000), Order(85, 2_000), Order(99, 4_000)]
    ledger = live(company(*orders, days=110), INSURED)
    assert over_time(ledger, "insured_receivables")[-1] == 3_000


def test_a_years_claims_stop_at_the_greatest_liability(lucky):
    count = 60
    orders = [Order(THURSDAY, NEED, customer=who) for who in range(count)]
    world = company(
        *orders, days=90, count=count, fails=dict.fromkeys(range(count), 10),
        table={"grade": "A", "lgd_bp": 10_000},
    )  # fmt: skip
    most = count * 12_000_000 * 25 // 10_000 * 27
    claims = ((NEED - 500_000) * 9_000 + 5_000) // 10_000 * count
    assert claims > most
    assert sum(amount for _, amount in cash(live(world, INSURED), "indemnity")) == most


def test_what_was_insured_before_is_insured_if_it_was_so_agreed_then(lucky):
    world = company(Owed(20, FACE), days=90, fails={0: 10}, table={"lgd_bp": 10_000})
    assert cash(live(world, INSURED), "indemnity") == []  # the policy of insurance begins with new invoices


def test_without_insurance_nothing_is_asked_and_nothing_is_paid(lucky):
    world = company(Order(THURSDAY, FACE), days=90, fails={0: 10})
    assert not {"premium", "indemnity"} & set(live(world).cash["kind"])
