"""Who pays, when, and how much?"""

from __future__ import annotations

import pytest

from sim.base.draws import Purpose
from sim.model.moves import EFFECT_CAP
from sim.model.rules import RECEIPT_BASE
from sim.model.timeline import Timeline
from tests.unit.engine.tiny import (
    LATE_ONLY,
    NO,
    Order,
    Owed,
    company,
    contacts,
    entries,
    ladder,
    live,
    paid,
    policy,
)


def test_an_invoice_is_paid_on_the_day_its_clock_runs_out():
    ledger = live(company(Order(3, 500, luck=0.45)))
    assert entries(ledger) == [(3, "invoice", 0, 500), (8, "receipt", 0, -500)]


def test_luck_that_is_not_reached_leaves_the_invoice_open():
    assert paid(live(company(Order(3, 500, luck=6.05), days=60))) == []
    assert paid(live(company(Order(3, 500, luck=5.55), days=60))) == [(59, 500)]


def test_nobody_pays_on_the_day_of_the_invoice():
    assert paid(live(company(Order(3, 500, luck=0.0)))) == [(4, 500)]


def test_opening_items_start_their_clocks_on_the_first_morning():
    ledger = live(company(Owed(40, 700, luck=0.25)))
    assert entries(ledger, "opening") == [(-1, "opening", 0, 700)]
    assert paid(ledger) == [(2, 700)]


def test_a_slow_payers_clock_runs_at_its_pace():
    assert paid(live(company(Order(3, 500, luck=0.45), table={"pace": 0.5}))) == [(12, 500)]
    assert paid(live(company(Order(3, 500, luck=0.45), table={"pace": 0.0}))) == []
    assert paid(live(company(Order(3, 500, luck=0.45), payment_pct=50))) == [(12, 500)]


def test_who_pays_only_when_late_pays_late():
    assert paid(live(company(Order(3, 500, luck=0.25), lateness=LATE_ONLY))) == [(36, 500)]


def test_a_payment_is_ready_so_long_before_the_pay_day_as_the_customer_leads():
    assert paid(live(company(Order(3, 500, luck=0.25), lateness=LATE_ONLY, table={"lead_days": 15}))) == [
        (21, 500)
    ]


def test_who_pays_only_when_late_does_not_pay_what_is_due_in_a_century():
    assert paid(live(company(Owed(1, 500, net=36_000, luck=0.25), lateness=LATE_ONLY))) == []


def test_payments_come_on_pay_days_and_clear_several_invoices_at_once():
    """Monthly on the 20th: day 19."""
    world = company(
        Order(1, 500, luck=0.15), Order(2, 300, luck=0.25), Order(17, 40, luck=0.95), Order(19, 60, luck=0.0),
        table={"pay_rule": "monthly", "pay_anchor": 20},
    )  # fmt: skip
    ledger = live(world)
    assert paid(ledger) == [(19, 500), (19, 300), (50, 40), (50, 60)]
    documents = ledger.entries.loc[ledger.entries["kind"] == "receipt", "document"]
    assert documents.tolist() == [RECEIPT_BASE + 19 * 3] * 2 + [RECEIPT_BASE + 50 * 3] * 2


def test_a_missed_pay_run_costs_a_whole_round():
    world = company(Order(1, 500, luck=0.15, misses=2), table={"pay_rule": "weekly", "pay_anchor": 2})
    assert paid(live(world)) == [(21, 500)]  # ready on day 3; Wednesdays are days 7, 14 and 21


def test_no_bank_no_payment_over_the_spring_festival():
    world = company(
        Order(26, 500, luck=0.15), calendar="china"
    )  # Monday 27 January; the festival lasts till 4 February
    assert paid(live(world)) == [(35, 500)]


def test_a_payment_in_season_comes_earlier():
    """January clears debts before the Spring Festival: 0.135 a day instead of 0.1."""
    assert paid(live(company(Order(3, 500, luck=0.5), seasonal=True))) == [(7, 500)]


def test_a_discount_taker_pays_on_the_last_day_of_the_discount():
    rules = policy(terms__discount_bp=200, terms__discount_days=10)  # 2/10 net 30: worth 37 % a year
    ledger = live(company(Order(3, 1_025, funds_cost=0.37), Order(4, 1_025, funds_cost=0.38)), rules)
    assert entries(ledger, "receipt", "discount") == [(13, "discount", 0, -21), (13, "receipt", 0, -1_004)]


def test_who_pays_early_by_chance_takes_the_discount_too():
    rules = policy(terms__discount_bp=200, terms__discount_days=10)
    assert paid(live(company(Order(3, 1_000, luck=0.95)), rules)) == [(13, 980)]
    assert paid(live(company(Order(3, 1_000, luck=1.05)), rules)) == [(14, 1_000)]


def test_the_last_day_of_the_discount_is_a_working_day():
    rules = policy(terms__discount_bp=200, terms__discount_days=10)
    world = company(
        Order(21, 1_000, funds_cost=0.1), calendar="china"
    )  # 22 January; ten days later all are on holiday
    assert paid(live(world, rules)) == [(26, 980)]


@pytest.mark.parametrize(("day", "days"), [(5, 0), (26, 5)])
def test_a_discount_that_ends_before_the_next_workday_is_not_taken(day, days):
    """Nobody pays a month early for nothing: the offer of day 26 ends within the Spring Festival."""
    rules = policy(terms__discount_bp=200, terms__discount_days=days)
    world = company(Order(day, 1_000, funds_cost=0.01, luck=3.05), calendar="china")
    [(paid_on, amount)] = paid(live(world, rules))
    assert paid_on > day + 25
    assert amount == 1_000


def test_no_discount_on_cash_terms():
    rules = policy(terms__discount_bp=200, terms__discount_days=10)
    world = company(Order(3, 1_000, funds_cost=0.01, luck=0.15), table={"extra_net_days": -20})
    assert paid(live(world, rules)) == [(5, 1_000)]


def test_the_discount_is_that_of_the_invoice_day():
    world = company(Order(3, 1_000, funds_cost=0.1))
    with_discount = policy(terms__discount_bp=200, terms__discount_days=10)
    timeline = Timeline(policy=with_discount, changes=((world.scenario.first + 5, policy()),))
    assert paid(live(world, timeline)) == [(13, 980)]


def test_an_email_doubles_and_a_half_a_forgetful_payers_clock_for_ten_workdays():
    rules = policy(collection__ladder=ladder((0, "email")), terms__net_days=10)
    # Ten days at 0.1, then from the day after the due date ten at 0.25, then 0.1 again.
    assert paid(live(company(Order(0, 500, luck=1.95)), rules)) == [(14, 500)]
    assert paid(live(company(Order(0, 500, luck=3.55)), rules)) == [(21, 500)]


def test_one_kind_of_payer_does_not_answer_to_what_another_answers_to():
    rules = policy(collection__ladder=ladder((0, "email")), terms__net_days=10)
    assert paid(live(company(Order(0, 500, luck=1.95), archetype="prompt"), rules)) == [(20, 500)]


def test_the_same_again_within_twenty_days_works_less():
    """The second email within 20 days: 1 + 1.5 * 0.7 = 2.05; its effect multiplies what is left of the first."""
    rules = policy(collection__ladder=ladder((0, "email"), (5, "email")), terms__net_days=10)
    # 1.0 until day 10, five days at 0.25 until day 15, then ten at 0.1 * 2.5 * 2.05 = 0.5125.
    assert paid(live(company(Order(0, 500, luck=2.25 + 3 * 0.5125 + 0.01)), rules)) == [(19, 500)]


def test_the_same_on_the_twentieth_day_is_still_a_repeat():
    rules = policy(collection__ladder=ladder((0, "email"), (20, "email")), terms__net_days=10)
    # 1.0 at day 10, 3.5 at day 20, 4.5 at day 30, then 0.205 a day.
    assert paid(live(company(Order(0, 500, luck=4.5 + 0.42)), rules)) == [(33, 500)]


def test_the_same_after_twenty_days_works_fully_again():
    rules = policy(collection__ladder=ladder((0, "email"), (21, "email")), terms__net_days=10)
    # 1.0 at day 10, 3.5 at day 20, 4.6 at day 31, then 0.25 a day.
    assert paid(live(company(Order(0, 500, luck=4.6 + 0.51)), rules)) == [(34, 500)]


def test_all_moves_together_are_capped():
    rules = policy(
        collection__ladder=ladder((0, "letter"), (1, "courtesy"), (2, "email"), (3, "lawyer_letter")),
        terms__net_days=10,
    )
    # 3 * 2.2 is capped at 6 from day 12 on, and stays there.
    assert EFFECT_CAP == 6.0
    ledger = live(company(Order(0, 500, luck=1.0 + 0.3 + 5 * 0.6 + 0.01)), rules)
    assert len(contacts(ledger)) == 4
    assert paid(ledger) == [(17, 500)]


def test_a_contact_that_does_not_arrive_does_nothing():
    rules = policy(collection__ladder=ladder((0, "email")), terms__net_days=10)
    world = company(Order(0, 500, luck=1.95), script={Purpose.REACH: (NO,)})
    assert paid(live(world, rules)) == [(20, 500)]
