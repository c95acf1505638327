"""Concentration, limits, relationship, alarms and grades, gaming: small ledgers, answers by hand."""

from dataclasses import replace

import numpy as np
import pytest

from sim.measure import measure, tabulate
from tests.unit.ledgers import (
    action,
    book,
    credit_note,
    invoice,
    on_account,
    opening,
    receipt,
)


def values(ledger, *names):
    return measure(ledger, names, "all").table.set_index("metric")["value"]


# --- concentration ------------------------------------------------------------------------------------------------


def eight_customers():
    amounts = (30, 20, 15, 10, 10, 5, 5, 5)
    return [invoice(f"N{at}", amount * 100, customer=f"C{at}") for at, amount in enumerate(amounts)]


def test_concentration_of_what_is_owed():
    found = values(
        book(*eight_customers(), last=9), "hhi", "effective_customers", "top_1_share", "top_5_share"
    )
    assert found.tolist() == pytest.approx([0.18, 1 / 0.18, 0.30, 0.85])


def test_a_payment_shrinks_a_customers_share_and_credits_are_left_out():
    events = [*eight_customers(), receipt("N0", 3_000, day=5), on_account("X", 777, day=6, customer="C8")]
    assert values(book(*events, last=9), "top_1_share")["top_1_share"] == pytest.approx(20 / 70)


def test_companies_of_one_group_are_one_name():
    ledger = book(*eight_customers(), last=9)
    groups = ["", "G", "G", "", "", "", "", ""]
    together = replace(ledger, customers=ledger.customers.assign(group=groups))
    assert values(together, "top_1_share")["top_1_share"] == pytest.approx(0.35)
    assert values(together, "hhi")["hhi"] == pytest.approx(0.18 + 2 * 0.20 * 0.15)


def test_nobody_owing_has_no_concentration():
    assert np.isnan(values(book(first=0, last=9), "hhi", "top_1_share")).all()


def test_the_peak_is_that_of_one_day():
    ledger = book(invoice("A", 100), invoice("B", 50, day=5), receipt("A", 100, day=6), last=9)
    assert values(ledger, "ar_peak", "ar").tolist() == [150, 50]


# --- limits -------------------------------------------------------------------------------------------------------


def limited():
    return book(
        invoice("A", 300, customer="small"), invoice("B", 900, customer="large"),
        invoice("C", 5_000, customer="free"), action("limit_change", day=0, customer="small", amount=100),
        action("limit_change", day=4, customer="small", amount=200),
        action("limit_change", day=0, customer="large", amount=1_000), last=9,
    )  # fmt: skip


def test_how_far_limits_are_used():
    found = values(limited(), "limit_utilisation", "over_limit", "over_limit_share")
    assert found.tolist() == pytest.approx([1_200 / 1_200, 100, 0.5])


def test_exposure_by_customer():
    table = tabulate(limited(), "exposures").set_index("customer")
    assert table.loc["small", ["balance", "limit", "utilisation"]].tolist() == [300, 200, 1.5]
    assert table.loc["free", "share"] == pytest.approx(5_000 / 6_200)
    assert np.isnan(table.loc["free", "limit"])


def test_as_of_an_earlier_day_the_limit_is_the_old_one():
    table = tabulate(limited(), "exposures", as_of=3).set_index("customer")
    assert table.loc["small", "limit"] == 100


def test_without_limits_their_use_is_unknown():
    assert np.isnan(values(book(invoice("A", 1), last=3), "limit_utilisation")).all()


# --- relationship -------------------------------------------------------------------------------------------------


def test_who_bought_again():
    ledger = book(
        invoice("a", 1, day=10, customer="A"), invoice("b", 1, day=80, customer="B"),
        invoice("a2", 1, day=120, customer="A"), invoice("c", 1, day=150, customer="C"), first=0, last=179,
    )  # fmt: skip
    found = values(ledger, "repeat_rate", "active_customers")
    assert found.tolist() == [0.5, 2]  # of A and B only A; active are A and C
    assert np.isnan(values(replace(ledger, first=1), "repeat_rate")["repeat_rate"])  # 180 days are not there


def test_churn_and_what_a_customer_is_worth():
    events = [invoice(f"n{at}", 73_000, day="2025-01-05", customer=f"C{at}") for at in range(10)]
    events += [action("churned", day="2025-01-20", customer="C0")]
    ledger = book(
        *events, first="2025-01-01", last="2025-01-31", seller={"margin_bp": 2_000, "capital_bp": 0}
    )
    found = values(ledger, "churned", "churn_rate", "lifetime_value")
    assert found[["churned", "churn_rate"]].tolist() == [1, 0.1]
    months = 31 / (365 / 12)
    stays = 0.9 ** (1 / months)
    worth = 73_000 * 0.2 / months * (1 - stays**36) / (1 - stays)
    assert found["lifetime_value"] == pytest.approx(worth)


def test_those_who_left_are_not_there_to_leave_next_month():
    events = [invoice(f"n{at}", 1, day="2025-01-05", customer=f"C{at}") for at in range(4)]
    events += [
        action("churned", day=day, customer=who) for day, who in (("2025-01-20", "C0"), ("2025-02-20", "C1"))
    ]
    grid = measure(book(*events, first="2025-01-01", last="2025-02-28"), ["churn_rate"]).values("churn_rate")
    assert grid.loc[0].tolist() == pytest.approx([1 / 4, 1 / 3])


def test_satisfaction_is_the_mean_of_readings():
    ledger = book(
        action("satisfaction", day=3, customer="A", amount=8_000),
        action("satisfaction", day=3, customer="B", amount=5_050),
        action("grievance", day=4, customer="B"), first=0, last=9,
    )  # fmt: skip
    assert values(ledger, "satisfaction", "complaints").tolist() == [65.25, 1]
    assert np.isnan(values(book(first=0, last=9), "satisfaction")).all()


def test_supply_is_stopped_until_it_begins_again():
    ledger = book(
        action("stop_supply", day="2025-01-10"), action("supply_again", day="2025-02-10"),
        action("stop_supply", day="2025-02-11", customer="C2"), first="2025-01-01", last="2025-02-28",
    )  # fmt: skip
    assert measure(ledger, ["supply_stopped"]).values("supply_stopped").loc[0].tolist() == [1, 1]


# --- alarms and grades --------------------------------------------------------------------------------------------


def warned():
    """A fails after 50 days of alarm, B is a false alarm, C fails unwarned, D fails long after its alarm."""
    return book(
        action("alert", day=10, customer="A", outcome="late_streak"),
        action("alert", day=40, customer="A", outcome="utilisation"),
        action("alert", day=20, customer="B", outcome="silence"),
        action("alert", day=0, customer="D", outcome="silence"), action("default_known", day=60, customer="A"),
        action("default_known", day=70, customer="C"), action("default_known", day=300, customer="D"),
        first=0, last=364,
    )  # fmt: skip


def test_alarms_hits_and_lead_time():
    found = values(warned(), "alarms", "alarm_hits", "failures_warned", "alarm_lead_days")
    assert found.tolist() == pytest.approx([4, 0.5, 1 / 3, 50])


def test_an_alarm_is_judged_when_its_time_has_come():
    grid = measure(warned(), ["alarm_hits"]).values("alarm_hits").loc[0]
    assert np.isnan(grid["1970-03"])  # A has failed, but B's and D's time is not over
    assert grid["1970-07"] == 0.5  # day 190: A was right, day 200: B was not


def test_an_alarm_after_the_failure_is_none():
    late = book(action("default_known", day=5), action("alert", day=9, outcome="silence"), first=0, last=300)
    assert np.isnan(values(late, "alarm_hits", "alarm_lead_days")).all()
    assert values(late, "failures_warned")["failures_warned"] == 0


def graded(*, fails="E"):
    names = "ABCDE"
    events = [action("grade_change", day=0, customer=n, outcome=f"grade_{n.lower()}") for n in names]
    return book(*events, action("default_known", day=100, customer=fails), first=0, last=200)


@pytest.mark.parametrize(("fails", "auc"), [("E", 1.0), ("A", 0.0), ("C", 0.5)])
def test_how_grades_rank_who_fails(fails, auc):
    assert values(graded(fails=fails), "grade_auc")["grade_auc"] == auc
    outcomes = tabulate(graded(fails=fails), "grade_outcomes").set_index("grade")
    assert outcomes["customers"].tolist() == [1] * 5
    assert outcomes.loc[fails, ["failed", "failure_rate"]].tolist() == [1, 1]


def test_the_worst_grade_alone_fails():
    assert values(graded(), "grade_ks")["grade_ks"] == 1.0
    assert values(graded(fails="D"), "grade_ks")["grade_ks"] == pytest.approx(0.75)


def test_the_grades_of_the_customer_list_stand_until_changed():
    ledger = book(
        invoice("a", 1, customer="A"), invoice("b", 1, customer="B"), action("default_known", day=100, customer="B"),
        first=0, last=200,
    )  # fmt: skip
    listed = replace(ledger, customers=ledger.customers.assign(grade=["B", "D"]))
    assert values(listed, "grade_auc")["grade_auc"] == 1.0


def test_grades_move():
    ledger = book(
        *[action("grade_change", day=0, customer=n, outcome="grade_b") for n in "ABCD"],
        *[action("grade_change", day=0, customer=n, outcome="grade_c") for n in "EFGH"],
        action("grade_change", day=9, customer="A", outcome="grade_c"), first=0, last=9,
    )  # fmt: skip
    table = tabulate(ledger, "grade_migration").set_index(["from_grade", "to_grade"])
    assert table.loc[("B", "C"), ["customers", "share"]].tolist() == [1, 0.25]
    assert table.loc[("C", "C"), "share"] == 1
    assert np.isnan(table.loc[("A", "A"), "share"])
    assert np.isnan(values(ledger, "grade_shift")["grade_shift"])  # none was graded on the evening before
    february = book(
        *[action("grade_change", day="1970-01-05", customer=n, outcome="grade_b") for n in "ABCD"],
        *[action("grade_change", day="1970-01-05", customer=n, outcome="grade_c") for n in "EFGH"],
        action("grade_change", day="1970-02-05", customer="A", outcome="grade_c"), first=0, last="1970-02-28",
    )  # fmt: skip
    shift = measure(february, ["grade_shift"]).values("grade_shift").loc[0, "1970-02"]
    before, after = np.array([0.5, 0.5]), np.array([3 / 8, 5 / 8])
    assert shift == pytest.approx(np.sum((after - before) * np.log(after / before)))


# --- gaming -------------------------------------------------------------------------------------------------------


def test_what_should_have_been_written_off():
    ledger = book(
        opening("old", 100, day=-500, net=30, first=0), invoice("failed", 40, customer="F"),
        action("default_known", day=5, customer="F"), invoice("fine", 7), first=0, last=9,
    )  # fmt: skip
    assert values(ledger, "write_offs_deferred")["write_offs_deferred"] == 140


def test_a_moved_due_date_shows_though_the_overdue_falls():
    ledger = book(invoice("A", 100, due=90, original_due=30), invoice("B", 50, due=30), last=60)
    found = values(ledger, "overdue", "reaged", "overdue_hidden")
    assert found.tolist() == [50, 100, 100]


def test_credit_and_bill_again():
    ledger = book(
        invoice("A", 1_000), credit_note("A", 1_000, day=60), invoice("A2", 1_005, day=65),
        invoice("B", 1_000, customer="C2"), credit_note("B", 1_000, day=60),
        invoice("B2", 1_000, day=71, customer="C2"),
        invoice("C", 500, customer="C3"), credit_note("C", 500, day=60), invoice("C2", 900, day=62, customer="C3"),
        last=80,
    )  # fmt: skip
    assert values(ledger, "credit_and_rebill")["credit_and_rebill"] == 1
