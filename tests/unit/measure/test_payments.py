"""How long do customers take to pay, how late are they, how many days overdue? Small ledgers, answers by hand."""

import numpy as np
import pytest

from sim.base.calendar import WorkCalendar
from sim.base.days import NEVER, day_of
from sim.measure import delinquency, measure
from sim.measure.overdue_days import due_days, fifths, overdue_days
from tests.unit.ledgers import action, book, credit_note, discount, invoice, opening, receipt, write_off


def values(ledger, *names):
    return measure(ledger, names, "all").table.set_index("metric")["value"]


# --- days to pay --------------------------------------------------------------------------------------------------


def test_two_payments_on_one_invoice_weigh_by_their_amounts():
    ledger = book(invoice("A", 100), receipt("A", 75, day=20), receipt("A", 25, day=40))
    found = values(ledger, "days_to_pay", "days_to_pay_count", "days_late", "days_late_positive")
    assert found.tolist() == [25, 30, -5, 10]


def test_a_payment_less_discount_weighs_as_cash_or_at_face():
    ledger = book(invoice("A", 100), receipt("A", 98, day=10), discount("A", 2, day=10), invoice("B", 100),
                  receipt("B", 100, day=30))  # fmt: skip
    found = values(ledger, "days_to_pay", "days_to_pay_face")
    assert found["days_to_pay"] == pytest.approx((98 * 10 + 100 * 30) / 198)
    assert found["days_to_pay_face"] == pytest.approx(20)


def test_an_early_payment_counts_as_negative_days_late():
    assert values(book(invoice("A", 100, net=30), receipt("A", 100, day=10)), "days_late")["days_late"] == -20


def test_opening_items_are_paid_too():
    ledger = book(opening("A", 100, day=-40, net=30), receipt("A", 100, day=5), first=0, last=9)
    assert values(ledger, "days_to_pay", "days_late").tolist() == [45, 15]


def test_an_invoice_is_paid_off_on_the_day_of_its_last_payment():
    ledger = book(
        invoice("A", 100, net=30), receipt("A", 99, day=30), receipt("A", 1, day=31), invoice("B", 100, net=30),
        receipt("B", 100, day=30),
    )  # fmt: skip
    assert values(ledger, "late_share")["late_share"] == 0.5


def test_what_is_written_off_or_credited_away_was_not_paid():
    ledger = book(
        invoice("A", 100), write_off("A", 100, day=90), invoice("B", 100), credit_note("B", 100, day=9)
    )
    assert np.isnan(values(ledger, "late_share")["late_share"])


def test_a_payment_written_on_the_day_of_its_invoice_settles_it():
    ledger = book(invoice("A", 100, day=0), receipt("A", 100, day=0), last=1)
    assert values(ledger, "late_share", "days_to_pay").tolist() == [0, 0]


def test_how_often_late_in_the_last_year_only():
    ledger = book(invoice("old", 1, day=0, net=5), receipt("old", 1, day=9), invoice("new", 1, day=400, net=5),
                  receipt("new", 1, day=402), last=410)  # fmt: skip
    assert values(ledger, "overdue_frequency", "late_share").tolist() == [0, 0.5]


def test_kaplan_meier_counts_open_invoices_while_watched():
    ledger = book(invoice("A", 1), invoice("B", 1), receipt("A", 1, day=10), last=30)
    assert values(ledger, "days_to_pay_km")["days_to_pay_km"] == pytest.approx(10 + 0.5 * 20)


def test_kaplan_meier_never_counts_a_write_off_as_paid():
    watched = [invoice("A", 1), invoice("B", 1), receipt("A", 1, day=10)]
    still_open = values(book(*watched, last=60), "days_to_pay_km")["days_to_pay_km"]
    lost = values(book(*watched, write_off("B", 1, day=20), last=60), "days_to_pay_km")["days_to_pay_km"]
    assert lost == still_open == pytest.approx(10 + 0.5 * 50)


def test_kaplan_meier_of_a_later_month_starts_with_the_ages_it_finds():
    """In February the invoice is watched from age 31 on; the younger ages have nobody at risk and lose nobody."""
    ledger = book(invoice("A", 1, day="2025-01-01"), receipt("A", 1, day="2025-02-10"), last="2025-02-28")
    table = measure(ledger, ["days_to_pay_km"]).values("days_to_pay_km")
    assert table.loc[0, "2025-02"] == 40


# --- overdue days, clause by clause -------------------------------------------------------------------------------


def test_within_grace_not_overdue_but_then_counted_from_the_due_date():
    assert overdue_days(100, [100, 103, 104], grace=3).tolist() == [0, 0, 4]


def test_the_count_ends_when_the_cash_is_there():
    assert overdue_days(100, 150, settled_on=[120, 90, NEVER]).tolist() == [20, 0, 50]


def test_the_second_clock_stands_still_in_a_dispute():
    assert overdue_days(100, 150, disputed=[0, 30, 60]).tolist() == [50, 20, 0]


def test_due_on_a_working_day_where_the_contract_says_so():
    saturday = day_of("2025-03-01")
    calendar = WorkCalendar("china", saturday - 60, saturday + 60)
    assert due_days(saturday - 30, 30).item() == saturday
    assert due_days([saturday - 30], 30, workdays=calendar).tolist() == [day_of("2025-03-03")]


def test_due_on_the_customers_monthly_payment_day():
    invoiced = [day_of("2025-01-10"), day_of("2025-01-20"), day_of("2025-01-01")]
    due = due_days(invoiced, [10, 10, 30], pay_run_day=25)
    assert due.tolist() == [day_of("2025-01-25"), day_of("2025-02-25"), day_of("2025-02-25")]
    assert due_days([day_of("2025-02-01")], 5, pay_run_day=31).tolist() == [day_of("2025-02-28")]


def test_the_open_part_goes_on_counting():
    ledger = book(invoice("A", 100, net=0), receipt("A", 60, day=10), last=20)
    assert values(ledger, "overdue_days", "overdue_days_all_ar").tolist() == [20, 20]


def test_overdue_days_without_the_days_in_dispute():
    ledger = book(
        invoice("A", 100, net=10), action("dispute_opened", day=5, document="A", amount=100),
        action("dispute_settled", day=30, document="A"), last=50,
    )  # fmt: skip
    assert values(ledger, "overdue_days", "overdue_days_ex_dispute").tolist() == [40, 20]


def test_a_dispute_still_open_stops_the_second_clock_for_good():
    ledger = book(
        invoice("A", 100, net=10), action("dispute_opened", day=20, document="A", amount=100), last=50
    )
    assert values(ledger, "overdue_days", "overdue_days_ex_dispute").tolist() == [40, 10]


def test_an_extension_shows_in_the_original_clock():
    ledger = book(invoice("A", 100, due=60, original_due=30), invoice("B", 100, due=60), last=70)
    assert values(ledger, "overdue_days", "overdue_days_original").tolist() == [10, 25]


def test_nothing_overdue_has_no_days():
    assert np.isnan(values(book(invoice("A", 100), last=5), "overdue_days")["overdue_days"])


def test_scores_by_fifths():
    assert fifths([10, 20, 30, 40, 50]).tolist() == [1, 2, 3, 4, 5]
    assert fifths([0, 0, 0, 0, 9]).tolist() == [1, 1, 1, 1, 5]
    assert np.isnan(fifths([1, np.nan])[1])


def test_which_customers_are_slow():
    ledger = book(
        invoice("A", 100, net=10, customer="good"), receipt("A", 100, day=5),
        invoice("B", 300, net=10, customer="slow"), invoice("C", 50, net=10, customer="slow"), receipt("C", 50, day=40),
        last=50,
    )  # fmt: skip
    table = delinquency(ledger).set_index("customer")
    assert table.loc["slow", ["overdue_fen", "overdue_days", "late_share"]].tolist() == [300, 40, 1]
    assert table.loc["good", "overdue_fen"] == 0
    assert np.isnan(table.loc["good", "overdue_days"])
    assert table.loc["slow", "index"] > table.loc["good", "index"]
