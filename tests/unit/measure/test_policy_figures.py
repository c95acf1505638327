"""Losses, promises, disputes, collectors, orders, cash and profit: small ledgers, answers by hand."""

import numpy as np
import pytest

from sim.measure import measure
from tests.unit.ledgers import (
    action,
    book,
    cash,
    credit_note,
    discount,
    invoice,
    order,
    receipt,
    recovery,
    write_off,
)


def values(ledger, *names):
    return measure(ledger, names, "all").table.set_index("metric")["value"]


# --- losses -------------------------------------------------------------------------------------------------------


def test_bad_debt_gross_and_net_of_recoveries():
    ledger = book(invoice("A", 100), invoice("B", 900), receipt("B", 900, day=9), write_off("A", 12, day=20),
                  recovery("A", 2, day=30))  # fmt: skip
    found = values(ledger, "bad_debt", "recoveries", "bad_debt_ratio", "bad_debt_ratio_net", "recovery_rate")
    assert found.tolist() == pytest.approx([12, 2, 0.012, 0.010, 2 / 12])


def test_a_recovery_is_cash_but_changes_nothing_that_is_owed():
    ledger = book(invoice("A", 100), write_off("A", 100, day=20), recovery("A", 30, day=30))
    assert values(ledger, "ar", "receipts").tolist() == [0, 0]


def test_the_loss_of_a_months_sales_is_known_when_all_is_settled():
    ledger = book(
        invoice("A", 200, day="2025-01-10"), receipt("A", 150, day="2025-02-10"), write_off("A", 50, day="2025-03-10"),
        recovery("A", 20, day="2025-03-20"), invoice("B", 100, day="2025-02-05"), last="2025-03-31",
    )  # fmt: skip
    table = measure(ledger, ["vintage_loss_ratio"]).values("vintage_loss_ratio")
    assert table.loc[0, "2025-01"] == pytest.approx(30 / 200)
    assert np.isnan(table.loc[0, "2025-02"])  # B is still open


def test_recovery_belongs_to_the_month_of_the_write_off():
    ledger = book(
        invoice("A", 100, day="2025-01-01"), write_off("A", 100, day="2025-01-20"), recovery("A", 40, day="2025-02-20"),
        last="2025-02-28",
    )  # fmt: skip
    table = measure(ledger, ["recovery_rate"]).values("recovery_rate")
    assert table.loc[0, "2025-01"] == pytest.approx(0.4)
    assert np.isnan(table.loc[0, "2025-02"])


# --- promises -----------------------------------------------------------------------------------------------------


def promised(document, *, made, until, kept=None, amount=100):
    rows = [action("promise_made", day=made, document=document, amount=amount, until=until)]
    if kept is not None:
        verdict = "promise_kept" if kept else "promise_broken"
        rows.append(action(verdict, day=until + 2, document=document, amount=amount, until=until))
    return rows


def test_promises_kept_by_number_and_by_amount():
    ledger = book(
        invoice("A", 100), invoice("B", 100), invoice("C", 100), invoice("D", 100),
        *promised("A", made=40, until=45, kept=True), *promised("B", made=40, until=45, kept=False),
        *promised("C", made=40, until=45, kept=False), *promised("D", made=40, until=90),
        receipt("A", 100, day=45), receipt("B", 50, day=44), last=60,
    )  # fmt: skip
    found = values(ledger, "promises_kept", "promises_kept_amount")
    assert found.tolist() == pytest.approx([1 / 3, 150 / 300])


def test_what_was_paid_before_the_promise_does_not_keep_it():
    ledger = book(
        invoice("A", 100),
        receipt("A", 40, day=39),
        *promised("A", made=40, until=45, kept=False, amount=60),
        last=60,
    )
    assert values(ledger, "promises_kept_amount")["promises_kept_amount"] == 0


def test_a_renewed_promise_is_a_new_one():
    ledger = book(
        invoice("A", 100), *promised("A", made=40, until=45, kept=False), *promised("A", made=48, until=55, kept=True),
        receipt("A", 100, day=55), last=60,
    )  # fmt: skip
    assert values(ledger, "promises_kept", "promises_kept_amount").tolist() == [0.5, 0.5]


def test_a_promise_on_an_invoice_written_off_was_not_kept():
    ledger = book(invoice("A", 100), *promised("A", made=40, until=45), write_off("A", 100, day=44), last=60)
    assert values(ledger, "promises_kept")["promises_kept"] == 0


# --- disputes -----------------------------------------------------------------------------------------------------


def disputed_ledger():
    return book(
        invoice("A", 100), invoice("B", 300), invoice("C", 50), invoice("D", 50),
        action("dispute_opened", day=5, document="A", amount=100),
        action("dispute_settled", day=25, document="A", amount=30, outcome="credited"), credit_note("A", 30, day=25),
        action("dispute_opened", day=10, document="B", amount=300), last=40,
    )  # fmt: skip


def test_dispute_rates_by_number_and_amount():
    assert values(disputed_ledger(), "dispute_rate", "dispute_rate_amount").tolist() == pytest.approx(
        [0.5, 0.8]
    )


def test_days_in_dispute_settled_and_still_open():
    found = values(disputed_ledger(), "dispute_days", "dispute_days_open", "dispute_valid_share")
    assert found.tolist() == pytest.approx([20, 30, 0.3])


def test_dso_without_what_is_in_dispute():
    found = values(disputed_ledger(), "dso", "dso_undisputed")
    assert found["dso"] == pytest.approx(470 / 470 * 41)
    assert found["dso_undisputed"] == pytest.approx(170 / 470 * 41)


# --- collectors and orders ----------------------------------------------------------------------------------------


def test_collector_load_counts_working_days_only():
    calls = [action("contact", day="2025-03-03", move="phone", minutes=9) for _ in range(10)]
    week = {"first": "2025-03-03", "last": "2025-03-09"}  # Monday to Sunday
    found = values(
        book(*calls, **week, seller={"collector_minutes_per_day": 60, "calendar": 1}),
        "contacts", "collector_minutes", "collector_load",
    )  # fmt: skip
    assert found.tolist() == pytest.approx([10, 90, 90 / 300])


def test_no_collectors_no_load():
    ledger = book(first="2025-03-03", last="2025-03-09", seller={"collector_minutes_per_day": 0})
    assert np.isnan(values(ledger, "collector_load")["collector_load"])
    refused = measure(book(first=0, last=9), ["collector_load"]).refused
    assert refused["collector_load"].key == "reason.no_figure.collector_minutes_per_day"


def test_held_and_lost_sales():
    ledger = book(
        order(100, wanted=1, released=1), order(200, wanted=2, held=2, released=5),
        order(300, wanted=3, held=3, lost=9), order(400, wanted=4, lost=4), first=0, last=9,
    )  # fmt: skip
    assert values(ledger, "held_sales", "lost_sales", "lost_share").tolist() == [500, 700, 0.7]


# --- cash and profit ----------------------------------------------------------------------------------------------


def test_the_low_point_of_cash_is_at_the_end_of_a_day():
    ledger = book(
        cash("opening", 100, day=-1), cash("supplier", -150, day=2), cash("receipt", 80, day=2),
        cash("payroll", -10, day=5), cash("receipt", 90, day=7), first=0, last=9,
    )  # fmt: skip
    assert values(ledger, "cash_low", "cash", "collection_cost").tolist() == [20, 110, 10]


def test_cash_that_never_moves_stays_where_it_is():
    table = measure(book(cash("opening", 100, day=-1), first=0, last=70), ["cash_low"]).table
    assert table["value"].tolist() == [100, 100, 100]


def test_ruin_stays_ruin():
    ledger = book(action("insolvent", day="2025-02-10", customer=None), first="2025-01-01", last="2025-03-31")
    assert measure(ledger, ["ruin"]).table["value"].tolist() == [0, 1, 1]


def test_economic_profit_takes_every_cost_once():
    ledger = book(
        invoice("A", 365_000), receipt("A", 100_000, day=10), discount("A", 2_000, day=10),
        write_off("A", 263_000, day=20), recovery("A", 13_000, day=30), cash("payroll", -500, day=3),
        cash("collection", -300, day=4), cash("dispute_desk", -200, day=5), cash("supplier", -99_999, day=5),
        first=0, last=364, seller={"margin_bp": 2_000, "capital_bp": 1_000},
    )  # fmt: skip
    carried = (365_000 * 10 + 263_000 * 10) * 0.8 * 0.10 / 365
    expected = 73_000 - 2_000 - 250_000 - carried - 1_000
    assert values(ledger, "economic_profit")["economic_profit"] == pytest.approx(expected)


def test_a_credit_note_costs_its_whole_amount():
    """The goods stay with the customer and the supplier is paid: what is given up is price, not margin."""
    ledger = book(
        invoice("A", 10_000), credit_note("A", 1_000, day=0), receipt("A", 9_000, day=0),
        first=0, last=9, seller={"margin_bp": 2_000, "capital_bp": 1_000},
    )  # fmt: skip
    assert values(ledger, "economic_profit")["economic_profit"] == pytest.approx(2_000 - 1_000)


def test_the_funding_form_carries_the_whole_balance():
    ledger = book(invoice("A", 365_000), first=0, last=9, seller={"margin_bp": 2_500, "capital_bp": 1_000})
    found = values(ledger, "carrying_cost", "carrying_cost_funding")
    assert found.tolist() == pytest.approx([750, 1_000])


def test_cost_to_collect_is_measured_against_late_money():
    ledger = book(
        invoice("A", 100, net=10),
        receipt("A", 60, day=5),
        receipt("A", 40, day=20),
        cash("collection", -4, day=15),
    )
    assert values(ledger, "cost_to_collect")["cost_to_collect"] == pytest.approx(0.1)


# --- roll rates ---------------------------------------------------------------------------------------------------


def test_roll_rates_net_and_item_by_item():
    ledger = book(
        invoice("A", 100, day="2025-01-01", net=20),  # 10 days overdue at the end of January, 38 in February
        invoice("B", 60, day="2025-01-01", net=25), receipt("B", 60, day="2025-02-10"),  # paid in February
        invoice("C", 40, day="2025-01-31", net=3),  # not due in January, 25 days overdue in February
        last="2025-02-28",
    )  # fmt: skip
    table = measure(ledger, ["roll_current", "roll_gross_current", "roll_1_30", "roll_gross_1_30"]).table
    february = table[table["period"] == "2025-02"].set_index("metric")["value"]
    assert february.tolist() == pytest.approx([1.0, 1.0, 100 / 160, 100 / 160])


def test_a_stock_roll_rate_is_fooled_by_late_postings_and_the_gross_rate_is_not():
    ledger = book(
        invoice("A", 100, day="2025-01-01", net=20), receipt("A", 100, day="2025-02-05"),
        invoice("B", 500, day="2025-02-01", due="2025-01-20"), last="2025-02-28",
    )  # fmt: skip
    table = measure(ledger, ["roll_1_30", "roll_gross_1_30"]).table
    february = table[table["period"] == "2025-02"].set_index("metric")["value"]
    assert february.tolist() == [5.0, 0.0]


def test_a_longer_period_pools_its_months():
    ledger = book(
        invoice("A", 100, day="2025-01-01", net=20), invoice("B", 300, day="2025-02-01", net=20),
        receipt("B", 300, day="2025-03-15"), last="2025-03-31",
    )  # fmt: skip
    whole = measure(ledger, ["roll_1_30"], "all").table["value"].tolist()
    assert whole == pytest.approx([(100 + 0) / (100 + 300)])
