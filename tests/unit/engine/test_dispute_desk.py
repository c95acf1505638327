"""What does a dispute do to the money, and how long does it take?"""

from __future__ import annotations

from sim.base.draws import Purpose
from tests.unit.engine.tiny import (
    NO,
    YES,
    Order,
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

WITH_DESK = {"operations__dispute_desk": True}


def disputed(amount=1_000, **more):
    """Invoiced on day 2, disputed on day 7, settled 32 days later without a desk, 12 days later with one."""
    return Order(2, amount, dispute_after=5, **more)


def test_a_dispute_is_settled_after_its_time_and_credits_its_share():
    ledger = live(company(disputed(1_001, credited_bp=4_000)))
    assert acts(ledger) == [(7, "dispute_opened", 0, 1_001), (39, "dispute_settled", 0, 400)]
    assert entries(ledger, "credit_note") == [(39, "credit_note", 0, -400)]
    assert ledger.actions["outcome"].tolist() == ["", "credited"]


def test_a_dispute_without_ground_credits_nothing():
    ledger = live(company(disputed()))
    assert acts(ledger, "dispute_settled") == [(39, "dispute_settled", 0, 0)]
    assert ledger.actions["outcome"].tolist() == ["", "rejected"]
    assert entries(ledger, "credit_note") == []


def test_a_disputed_clock_stands_still():
    """0.5 has run on the day of the dispute; 0.2 more are needed after the settlement on day 39."""
    assert paid(live(company(disputed(luck=0.65)))) == [(41, 1_000)]
    assert paid(live(company(disputed(luck=0.65, credited_bp=4_000)))) == [(41, 600)]


def test_what_is_paid_before_it_is_disputed_is_never_disputed():
    ledger = live(company(disputed(luck=0.45)))
    assert paid(ledger) == [(7, 1_000)]
    assert acts(ledger) == []


def test_a_dispute_desk_is_faster_and_costs_per_case():
    ledger = live(company(disputed(credited_bp=4_000)), policy(**WITH_DESK))
    assert acts(ledger, "dispute_settled") == [(19, "dispute_settled", 0, 400)]
    assert cash(ledger, "dispute_desk") == [(7, -30_000)]
    assert cash(live(company(disputed())), "dispute_desk") == []


def test_a_dispute_takes_its_own_number_of_median_lengths_rounded_up():
    ledger = live(company(disputed(dispute_scale=0.51), dispute_median_days=10))
    assert acts(ledger, "dispute_settled") == [(13, "dispute_settled", 0, 0)]


def test_a_standing_desk_helps_disputing_payers_to_pay():
    """Four times as fast: 0.4 a day."""
    assert paid(live(company(Order(2, 500, luck=0.75), archetype="disputing"), policy(**WITH_DESK))) == [
        (4, 500)
    ]
    assert paid(live(company(Order(2, 500, luck=0.75), archetype="disputing"))) == [(10, 500)]


def test_a_disputed_invoice_is_not_dunned_until_it_is_settled():
    rules = policy(collection__ladder=ladder((0, "letter"), (5, "email")), terms__net_days=10)
    assert contacts(live(company(disputed()), rules)) == [(40, "email", 0, "sent")]


def test_a_disputed_invoice_is_not_written_off_for_its_age():
    rules = policy(terms__net_days=0, collection__write_off_days=90)
    world = company(disputed(dispute_scale=5.0), days=200)
    assert entries(live(world, rules), "write_off") == [
        (167, "write_off", 0, -1_000)
    ]  # when settled, on day 7 + 160


def test_a_promise_on_a_disputed_invoice_is_broken_all_the_same():
    rules = policy(collection__ladder=ladder((0, "phone")), collection__collectors=1, terms__net_days=4)
    script = {Purpose.PROMISE: (YES,), Purpose.KEEPING: (NO,)}
    ledger = live(company(disputed(), script=script), rules)
    assert acts(ledger, "promise_made", "promise_broken", "dispute_opened") == [
        (6, "promise_made", 0, 1_000), (7, "dispute_opened", 0, 1_000), (11, "promise_broken", 0, 1_000),
    ]  # fmt: skip


def test_a_promise_that_a_dispute_has_broken_is_not_kept_afterwards():
    rules = policy(collection__ladder=ladder((0, "phone")), collection__collectors=1, terms__net_days=4)
    ledger = live(company(disputed(), script={Purpose.PROMISE: (YES,)}), rules)
    assert acts(ledger, "promise_made", "promise_broken", "promise_kept")[:2] == [
        (6, "promise_made", 0, 1_000), (11, "promise_broken", 0, 1_000),
    ]  # fmt: skip
    assert paid(ledger) == []


def test_a_discount_taker_with_a_dispute_pays_after_it_and_too_late_for_the_discount():
    rules = policy(terms__discount_bp=200, terms__discount_days=10)
    assert paid(live(company(disputed(funds_cost=0.01)), rules)) == [(40, 1_000)]
