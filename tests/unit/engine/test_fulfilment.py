"""What happens to an order between the customer's wish and the posted payment?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.base.days import NEVER
from sim.base.draws import Purpose
from sim.engine.records.spares import DOCUMENT_STEP, REBILLED
from sim.engine.selling.order_fates import error_chance, fates_of
from sim.engine.selling.upkeep import yearly_cost
from sim.model.laws import broken_laws
from sim.model.order_to_cash import FULFILMENT as FIGURES
from sim.model.policy import Policy
from sim.world import draw
from tests.twin.worlds import customers, portfolio, scenario
from tests.unit.engine.fated import FULFILMENT, fated
from tests.unit.engine.tiny import (
    YES,
    Order,
    acts,
    cash,
    contacts,
    entries,
    fates,
    ladder,
    live,
    paid,
    policy,
)
from tests.unit.engine.tiny import company as company_of

BY_HAND, AUTOMATIC = {}, {"operations__automation_pct": 100}
AT_ONCE = {"operations__order_entry_days": 0, "operations__invoice_lag_days": 0}
"""No time is lost but three days of shipment."""


def company(*documents, **about):
    return company_of(*documents, mechanisms=FULFILMENT, **about)


# --- the way of an order --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "luck", "released", "invoiced"),
    [
        (BY_HAND, 0.0, 4, 11),  # entered in 1.5 days, shipped in 3, invoiced 4 days later
        (BY_HAND, 0.6, 5, 12),
        (AUTOMATIC, 0.0, 3, 6),
        (AUTOMATIC, 0.75, 4, 8),
        (AT_ONCE, 0.0, 3, 6),
    ],
)
def test_entry_shipment_and_invoicing_take_their_days(rules, luck, released, invoiced):
    ledger = live(fated(company(Order(3, 500)), process=luck), policy(**rules))
    assert fates(ledger) == [("", None, released, None)]
    assert entries(ledger) == [(invoiced, "invoice", 0, 500)]


def test_late_deliveries_are_invoiced_later():
    world = fated(company(Order(3, 500)), process=0.0, shipment=0.04)
    assert entries(live(world, policy(**AT_ONCE)))[0][0] == 3 + 3 + 5
    assert entries(live(world, policy(**AT_ONCE, operations__service_pct=97)))[0][0] == 3 + 3


def test_what_is_on_its_way_counts_for_the_limit():
    table = {"orders_per_year": 120.0, "order_median_fen": 100_000}
    limits = {"credit__limit_enforcement": "hold", "credit__limit_pct": 50, **AT_ONCE}
    orders = Order(1, 450_000, luck=0.15), Order(2, 450_000)
    ledger = live(fated(company(*orders, table=table), process=0.0), policy(**limits))
    assert paid(ledger)[0] == (6, 450_000)  # invoiced on day 4
    assert fates(ledger) == [("", None, 1, None), ("limit", 2, 6, None)]


def test_a_deposit_waits_for_the_invoice():
    world = fated(company(Order(3, 1_000)), process=0.0, acceptance=0.0)
    ledger = live(world, policy(**AT_ONCE, terms__deposit_bp=2_000))
    assert cash(ledger, "deposit") == [(3, 200)]
    assert entries(ledger) == [(6, "invoice", 0, 1_000), (6, "receipt", 0, -200)]


@pytest.mark.parametrize(("fails", "written"), [(5, True), (2, None)])
def test_what_is_invoiced_after_the_failure_is_lost_like_the_rest(fails, written):
    """Failed on day 5, known on day 20: the invoice of day 11 is never paid."""
    ledger = live(fated(company(Order(3, 500, luck=0.0), fails={0: fails}), process=0.0), policy())
    if written:
        assert entries(ledger) == [(11, "invoice", 0, 500), (20, "write_off", 0, -500)]
    else:
        assert entries(ledger) == []


def test_nothing_is_sent_to_a_customer_known_to_have_failed():
    slow = policy(operations__invoice_lag_days=20)
    ledger = live(fated(company(Order(3, 500), fails={0: 5}), process=0.0), slow)
    assert entries(ledger) == []
    assert fates(ledger)[0][2] == 4
    assert broken_laws(ledger) == []


def test_the_longer_entry_takes_the_more_orders_are_cancelled():
    world = fated(company(Order(3, 500)), process=0.0, cancelled=0.008)
    assert fates(live(world, policy(**AT_ONCE))) == [("", None, 3, None)]
    ledger = live(world, policy(operations__order_entry_days=4))
    assert fates(ledger) == [("cancelled", None, None, 3)]
    assert acts(ledger, "order_cancelled") == [(3, "order_cancelled", 0, 500)]


def test_a_changed_order_is_entered_again():
    ledger = live(fated(company(Order(3, 500)), process=0.0, changed=0.0), policy(**AT_ONCE))
    assert acts(ledger, "order_changed") == [(3, "order_changed", 0, 500)]
    assert fates(ledger) == [("", None, 5, None)]


# --- wrong invoices and returned goods ------------------------------------------------------------------------------


def test_a_wrong_invoice_is_cancelled_and_begins_its_term_anew():
    """Invoiced on day 6, complained of two days later, put right after ten, paid five days after that."""
    world = fated(company(Order(3, 500, luck=0.45)), process=0.0, invoice_error=0.0)
    ledger = live(world, policy(**AT_ONCE))
    assert entries(ledger) == [
        (6, "invoice", 0, 500), (18, "reversal", 0, -500), (18, "invoice", 0, 500), (23, "receipt", 0, -500),
    ]  # fmt: skip
    disputes = acts(ledger, "dispute_opened", "dispute_settled")
    assert disputes == [(8, "dispute_opened", 0, 500), (18, "dispute_settled", 0, 500)]
    new = ledger.entries.iloc[2]
    assert (new["document"], new["due_on"] - ledger.first) == (REBILLED * DOCUMENT_STEP, 48)
    assert broken_laws(ledger) == []


def test_automation_puts_it_right_sooner():
    world = fated(company(Order(3, 500)), process=0.0, invoice_error=0.0)
    assert entries(live(world, policy(**AUTOMATIC)), "reversal") == [(11, "reversal", 0, -500)]


def test_who_has_paid_before_it_looked_does_not_complain():
    world = fated(company(Order(3, 500, luck=0.05)), process=0.0, invoice_error=0.0)
    assert entries(live(world, policy(**AT_ONCE))) == [(6, "invoice", 0, 500), (7, "receipt", 0, -500)]


def test_errors_fall_from_four_percent_to_less_than_one():
    by_hand, automatic = (
        error_chance(Policy().with_levers({"operations.automation_pct": pct})) for pct in (0, 100)
    )
    assert (by_hand, automatic) == (0.04, 0.008)


def test_of_many_orders_as_many_go_wrong_as_the_figures_say():
    people = portfolio(customers(40, orders_per_year=400.0))
    world = draw(people, scenario(365), seed=4)
    found = fates_of(world, world.lives, Policy())
    count = len(world.lives.run)

    def near(share, expected):
        assert share == pytest.approx(expected, abs=4 * np.sqrt(expected / count))

    near(found.changed.mean(), FIGURES.changed)
    near((found.wrong_after > 0).mean(), 0.04 * (1 + 2 * FIGURES.changed))
    near((found.returned_after > 0).mean(), FIGURES.returned)
    assert found.entry_days[~found.changed].mean() == pytest.approx(1.5, abs=0.02)
    late = 5 * 0.05
    assert found.way_days.mean() == pytest.approx(3 + late + 4, abs=0.03)


def test_what_comes_back_is_credited():
    world = fated(company(Order(3, 1_000, luck=2.0)), process=0.0, returns=0.0)
    ledger = live(world, policy(**AT_ONCE))
    assert entries(ledger, "credit_note") == [(11, "credit_note", 0, -100)]
    assert [fen for _, fen in paid(ledger)] == [900]


# --- payments on the wrong invoice ----------------------------------------------------------------------------------


def test_a_misposted_payment_leaves_the_paid_invoice_open_until_it_is_put_right():
    orders = Order(3, 300, luck=0.45), Order(3, 1_000, luck=50.0)
    ledger = live(fated(company(*orders), process=0.0, posting=0.0), policy(**AT_ONCE))
    rows = ledger.entries[ledger.entries["kind"] != "invoice"]
    told = [
        (d - ledger.first, k, a, f)
        for d, k, a, f in rows[["happened_on", "kind", "against", "amount_fen"]].to_numpy()
    ]
    assert told == [(11, "receipt", 1, -300), (23, "reversal", 1, 300), (23, "receipt", 0, -300)]
    assert cash(ledger, "receipt") == [(11, 300)]
    assert broken_laws(ledger) == []


def test_who_owes_one_invoice_only_cannot_be_misposted():
    ledger = live(fated(company(Order(3, 300, luck=0.45)), process=0.0, posting=0.0), policy(**AT_ONCE))
    assert entries(ledger, "reversal") == []
    assert paid(ledger) == [(11, 300)]


def test_in_the_end_each_payment_is_where_it_belongs():
    """The other invoice is paid in the meantime, with what is left open on it; the rest follows."""
    orders = Order(3, 300, luck=0.45), Order(3, 1_000, luck=0.95)
    ledger = live(fated(company(*orders), process=0.0, posting=0.0), policy(**AT_ONCE))
    rows = ledger.entries[ledger.entries["kind"] != "invoice"]
    assert rows.groupby("against")["amount_fen"].sum().to_dict() == {0: -300, 1: -1_000}
    assert sum(fen for _, fen in cash(ledger, "receipt")) == 1_300


def test_who_is_dunned_and_pays_once_more_has_paid_both_and_no_more():
    """Called about the invoice it has paid, the customer pays again; the first payment stays where it was."""
    orders = Order(3, 300, luck=0.45), Order(3, 1_000, luck=0.95)
    script = {Purpose.PROMISE: (YES,), Purpose.PROMISE_DAYS: (YES,), Purpose.KEEPING: (YES,)}
    steps = {"collection__ladder": ladder((-24, "phone")), "collection__collectors": 1}
    world = fated(company(*orders, script=script), process=0.0, posting=0.0)
    ledger = live(world, policy(**AT_ONCE, **steps))
    rows = ledger.entries[ledger.entries["kind"] != "invoice"]
    assert rows.groupby("against")["amount_fen"].sum().to_dict() == {0: -300, 1: -1_000}
    assert broken_laws(ledger) == []


# --- reminders ------------------------------------------------------------------------------------------------------


def test_without_automation_letters_are_forgotten():
    steps = {"collection__ladder": ladder((0, "email"), (10, "email"))}
    world = fated(company(Order(3, 500)), process=0.0, reminder=0.10)
    assert contacts(live(world, policy(**AT_ONCE, **steps))) == []
    found = contacts(live(world, policy(**AT_ONCE, **steps, operations__automation_pct=50)))
    assert [day for day, *_ in found] == [36, 46]


@pytest.mark.parametrize(("lag", "called"), [(0, []), (3, []), (10, [33])])
def test_who_has_paid_is_called_while_the_report_is_on_its_way(lag, called):
    """Paid on day 28, the message falls on the due date, day 33."""
    steps = {"collection__ladder": ladder((0, "phone")), "collection__collectors": 1}
    world = company_of(Order(3, 500, luck=2.45))
    ledger = live(world, policy(**steps, operations__report_lag_days=lag))
    assert paid(ledger) == [(28, 500)]
    assert contacts(ledger) == [(day, "phone", 0, "reached") for day in called]
    assert acts(ledger, "promise_made") == []


# --- pay runs and the price of it all -------------------------------------------------------------------------------


def test_electronic_settlement_misses_fewer_pay_runs():
    order = Order(1, 500, luck=0.15, misses=2)
    weekly = {"pay_rule": "weekly", "pay_anchor": 2}
    world = fated(company(order, table=weekly), process=0.0, terms=0.0)
    by_mail = paid(live(world, policy(**AT_ONCE)))
    online = paid(live(world, policy(**AT_ONCE, operations__electronic_settlement=True)))
    assert by_mail[0][0] - online[0][0] == 7


def test_a_better_house_costs_money_every_month_and_a_worse_one_saves_some():
    base = Policy().with_levers({})
    ten_points = Policy().with_levers({"operations.competitiveness_pct": 60})
    assert yearly_cost(ten_points) - yearly_cost(base) == 1_000  # 1 % of sales, in tenths of basis points
    world = company_of(days=120, table={"orders_per_year": 365.0, "order_median_fen": 100_000})
    sales = 3 * 365 * 100_000
    dearer = cash(live(world, policy(operations__competitiveness_pct=60)), "service")
    assert dearer == [(day, -(sales // 1_200)) for day in (0, 31, 59, 90)]
    cheaper = cash(live(world, policy(operations__competitiveness_pct=40)), "service")
    assert cheaper == [(day, -fen) for day, fen in dearer]
    assert cash(live(world, policy()), "service") == []


def test_an_order_that_never_comes_to_its_invoice_leaves_no_trace_in_the_receivables():
    ledger = live(fated(company(Order(118, 500)), process=0.0), policy())
    assert entries(ledger) == []
    assert (ledger.orders["released_on"] != NEVER).all()


# --- payment against documents --------------------------------------------------------------------------------------


def by_credit(*orders, instrument="letter_of_credit", luck=0.999, fails=None, days=120):
    """Invoiced on day 6 with 30 days; `luck` decides on discrepancies and refusals."""
    world = company(*orders, table={"instrument": instrument}, fails=fails, days=days)
    return live(fated(world, process=0.0, terms=luck), policy(**AT_ONCE))


@pytest.mark.parametrize(
    ("luck", "when"),
    [
        (0.7, 36),  # in order
        (0.3, 43),  # a discrepancy, cured in a week
        (0.55, 57),  # waived by the buyer at last
    ],
)
def test_a_letter_of_credit_is_paid_on_its_day_or_when_the_papers_are_right(luck, when):
    ledger = by_credit(Order(3, 500, luck=0.05), luck=luck)
    assert paid(ledger) == [(when, 500)]
    assert cash(ledger, "bank_fee") == [(6, -1)]


def test_documents_that_are_refused_leave_us_with_the_buyer():
    assert paid(by_credit(Order(3, 500, luck=0.45), luck=0.01)) == [(11, 500)]


def test_the_bank_pays_though_the_buyer_has_failed():
    ledger = by_credit(Order(3, 500), fails={0: 10})
    assert paid(ledger) == [(36, 500)]
    assert entries(ledger, "write_off") == []
    assert broken_laws(ledger) == []


def test_a_collection_is_paid_when_due_if_the_buyer_lives():
    assert paid(by_credit(Order(3, 500), instrument="collection")) == [(36, 500)]
    failed = by_credit(Order(3, 500), instrument="collection", fails={0: 10})
    assert entries(failed, "write_off") == [(25, "write_off", 0, -500)]


def test_who_refuses_a_collection_takes_the_goods_for_less():
    ledger = by_credit(Order(3, 500), instrument="collection", luck=0.01)
    assert acts(ledger, "dispute_opened", "dispute_settled") == [
        (36, "dispute_opened", 0, 500), (56, "dispute_settled", 0, 150),
    ]  # fmt: skip
    assert entries(ledger, "credit_note", "receipt") == [
        (56, "credit_note", 0, -150),
        (57, "receipt", 0, -350),
    ]
