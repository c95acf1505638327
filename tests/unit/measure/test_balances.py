"""What is owed, what is overdue, what is sold: small ledgers, answers by hand."""

import numpy as np
import pytest

from sim.base.days import day_of
from sim.base.errors import BadInput
from sim.measure import DAILY, HEADLINES, METRICS, Books, NotMeasurable, ageing, daily, measure
from tests.unit.ledgers import (
    EVERYTHING,
    book,
    cash,
    credit_note,
    discount,
    interest,
    invoice,
    ledger_w,
    on_account,
    open_on,
    opening,
    receipt,
    reversal,
    write_off,
)


def values(ledger, *names, every="all"):
    table = measure(ledger, names, every).table
    return table.set_index("metric")["value"] if every == "all" else table


def test_a_part_payment_leaves_the_rest_open():
    ledger = book(invoice("A", 100), receipt("A", 60, day=12), last=30)
    assert open_on(ledger, day=30) == {"A": 40}
    assert values(ledger, "ar")["ar"] == 40


def test_an_invoice_of_the_last_day_is_owed_and_a_payment_of_it_is_not():
    ledger = book(invoice("A", 100), invoice("B", 50, day=30), receipt("A", 100, day=30))
    assert values(ledger, "ar")["ar"] == 50


def test_an_invoice_is_not_overdue_on_its_due_date_but_the_day_after():
    ledger = book(invoice("A", 100, net=30), last=31)
    assert daily(ledger, "overdue")[0, 30:].tolist() == [0, 100]


def test_a_late_part_payment_lowers_what_is_overdue():
    ledger = book(invoice("A", 100, net=10), receipt("A", 40, day=15), last=20)
    assert daily(ledger, "overdue")[0, [10, 11, 14, 15, 20]].tolist() == [0, 100, 100, 60, 60]


def test_an_opening_item_is_owed_from_the_evening_before():
    ledger = book(opening("A", 100, day=-20, net=10), invoice("B", 50, day=5), first=0, last=9)
    found = values(ledger, "ar", "overdue", "credit_sales", "invoices", "dso_average")
    assert found["ar"] == 150
    assert found["overdue"] == 100
    assert found["credit_sales"] == 50  # the opening item was sold before
    assert found["invoices"] == 1
    assert found["dso_average"] == pytest.approx((100 + 150) / 2 / 50 * 10)


def test_a_credit_note_lowers_both_balance_and_sales():
    found = values(book(invoice("A", 100), credit_note("A", 30, day=5)), "ar", "credit_sales")
    assert found.tolist() == [70, 70]


def test_a_write_off_lowers_the_balance_but_neither_sales_nor_receipts():
    found = values(
        book(invoice("A", 100), write_off("A", 100, day=90)), "ar", "credit_sales", "receipts", "bad_debt"
    )
    assert found.tolist() == [0, 100, 0, 100]


def test_a_write_off_does_not_raise_the_collection_index():
    paid_half = [invoice("A", 100), receipt("A", 50, day=40)]
    without = values(book(*paid_half, last=90), "cei")["cei"]
    written_off = values(book(*paid_half, write_off("A", 50, day=60), last=90), "cei")["cei"]
    assert without == written_off == pytest.approx(0.5)


def test_a_discount_taken_is_not_money_we_failed_to_collect():
    ledger = book(invoice("A", 100), receipt("A", 98, day=10), discount("A", 2, day=10), last=60)
    assert values(ledger, "cei")["cei"] == pytest.approx(1.0)


def test_a_bounced_payment_is_owed_again_and_no_receipt():
    ledger = book(invoice("A", 100), receipt("A", 100, day=20), reversal("A", 100, day=25), last=40)
    found = values(ledger, "ar", "receipts", "overdue", "credit_sales")
    assert found.tolist() == [100, 0, 100, 100]


def test_a_cancelled_invoice_is_no_sale():
    ledger = book(invoice("A", 100), invoice("B", 40), reversal("A", -100, day=3), last=10)
    assert values(ledger, "ar", "credit_sales", "receipts").tolist() == [40, 40, 0]


def test_late_interest_is_owed_but_not_sold():
    assert values(book(invoice("A", 100), interest("A", 3, day=40)), "ar", "credit_sales").tolist() == [
        103,
        100,
    ]


def test_money_nobody_can_match_is_a_credit_of_its_own():
    ledger = book(invoice("A", 100, net=10), on_account("X", 30, day=15), last=50)
    row = ageing(ledger).loc[0]
    assert (row["31_60"], row["credits"], row["total"]) == (100, -30, 70)
    assert values(ledger, "ar", "overdue").tolist() == [70, 100]  # not netted against an unrelated invoice


def test_an_overpaid_invoice_turns_into_a_credit():
    ledger = book(invoice("A", 100, net=10), receipt("A", 130, day=20), last=50)
    assert ageing(ledger).loc[0, ["1_30", "31_60", "credits", "total"]].tolist() == [0, 0, -30, -30]
    assert values(ledger, "overdue")["overdue"] == 0


def test_age_buckets_are_closed_on_the_right():
    ages = {0: "current", 1: "1_30", 30: "1_30", 31: "31_60", 60: "31_60", 61: "61_90", 90: "61_90", 91: "91_180",
            180: "91_180", 181: "181_365", 365: "181_365", 366: "over_365"}  # fmt: skip
    for age, bucket in ages.items():
        row = ageing(book(invoice("A", 7, day=0, net=0), first=0, last=age)).loc[0]
        assert row[bucket] == row["total"] == 7


def test_ageing_from_the_invoice_date_is_another_report():
    ledger = book(invoice("A", 100, net=60), last=45)
    assert ageing(ledger).loc[0, "current"] == 100
    assert ageing(ledger, by="invoice").loc[0, "31_60"] == 100


def test_a_moved_due_date_does_not_hide_the_age():
    ledger = book(invoice("A", 100, due=90, original_due=30), last=75)
    assert ageing(ledger).loc[0, "current"] == 100
    assert ageing(ledger, by="original_due").loc[0, "31_60"] == 100


def test_ageing_of_an_earlier_day():
    assert ageing(ledger_w(), day_of("2025-03-31")).loc[0, "total"] == 450
    with pytest.raises(BadInput):
        ageing(ledger_w(), day_of("2026-01-01"))


def test_a_month_cut_short_counts_its_own_days_and_says_so():
    table = measure(ledger_w(), ["dso", "credit_sales"], as_of=day_of("2025-06-10")).table
    june = table[table["period"] == "2025-06"].set_index("metric")
    assert not june["complete"].any()
    assert june.loc["credit_sales", "value"] == 180
    open_then = 150 + 60 + 240 + 180
    assert june.loc["dso", "value"] == pytest.approx(open_then / 180 * 10)


def test_as_of_leaves_out_what_became_known_later():
    ledger = book(invoice("A", 100), receipt("A", 100, day=20, known=25), last=40)
    assert measure(ledger, ["ar"], "all", as_of=22).table["value"].tolist() == [100]
    assert measure(ledger, ["ar"], "all", as_of=25).table["value"].tolist() == [0]
    with pytest.raises(BadInput):
        measure(ledger, ["ar"], as_of=-1)


def test_no_sales_means_dso_is_unknown_and_says_why():
    table = measure(book(opening("A", 100), first=0, last=9), ["dso"], "all").table
    assert table["value"].isna().all()
    assert table["reason"].tolist() == ["reason.no_sales"]


def test_a_metric_refuses_what_was_not_recorded():
    export = book(
        invoice("A", 100), receipt("A", 100, day=20), coverage={"invoice", "receipt", "invoice_dates"}
    )
    found = measure(export, every="all")
    assert found.refused["bad_debt"].key == "reason.not_recorded.write_off"
    assert found.refused["ar"].key == "reason.not_recorded.open_items"
    assert found.refused["economic_profit"].key.startswith("reason.")
    assert set(found.table["metric"]) | set(found.refused) == set(METRICS)
    assert not set(found.table["metric"]) & set(found.refused)


def test_every_refusal_names_something_the_metric_needs():
    for kind in EVERYTHING:
        refused = measure(ledger_w(coverage=EVERYTHING - {kind}), every="all").refused
        for name, reason in refused.items():
            if reason.key.startswith("reason.not_recorded."):
                assert kind in METRICS[name].needs


def test_without_invoice_dates_only_the_whole_is_known():
    ledger = ledger_w(coverage=EVERYTHING - {"invoice_dates"})
    assert values(ledger, "invoices")["invoices"] == 8
    assert (
        measure(ledger, ["invoices"], "month").refused["invoices"].key == "reason.not_recorded.invoice_dates"
    )


def test_unknown_names_are_told_together_with_their_neighbours():
    with pytest.raises(BadInput) as error:
        measure(ledger_w(), ["dso", "dsoo", "agingg"])
    assert [problem.value for problem in error.value.problems] == ["dsoo", "agingg"]
    assert "dso" in error.value.problems[0].values["near"]


def test_the_table_has_a_row_for_each_run_period_and_metric():
    events = [invoice("A", 100, day="2025-01-10", run=run) for run in (3, 7)]
    table = measure(book(*events, last="2025-03-31"), ["ar", "dso"]).table
    assert table[["run", "period", "metric"]].drop_duplicates().shape[0] == len(table) == 2 * 3 * 2
    assert table["run"].unique().tolist() == [3, 7]


def test_runs_do_not_mix():
    ledger = book(
        invoice("A", 100, run=4),
        invoice("A", 70, run=9),
        receipt("A", 70, run=9, day=5),
        runs=(9, 4),
        last=10,
    )
    table = measure(ledger, ["ar"], "all").table.set_index("run")["value"]
    assert table.to_dict() == {9: 0, 4: 100}


def test_daily_curves():
    ledger = book(
        invoice("A", 100), write_off("A", 40, day=3), cash("opening", 500, day=-1), cash("receipt", 60, day=2),
        first=0, last=4,
    )  # fmt: skip
    assert daily(ledger, "ar").tolist() == [[100, 100, 100, 60, 60]]
    assert daily(ledger, "bad_debt").tolist() == [[0, 0, 0, 40, 40]]
    assert daily(ledger, "cash").tolist() == [[500, 500, 560, 560, 560]]
    assert all(daily(ledger, name).shape == (1, 5) for name in DAILY)
    with pytest.raises(BadInput):
        daily(ledger, "nonsense")
    with pytest.raises(NotMeasurable):
        daily(ledger_w(coverage={"invoice"}), "cash")


def test_headlines_are_metrics():
    assert set(HEADLINES) <= set(METRICS)


def test_amounts_stay_exact_beyond_what_a_float_holds():
    big = 2**53 + 1
    ledger = book(invoice("A", big), invoice("B", 1), last=5)
    assert Books(ledger).ar[0, -1] == big + 1


def test_an_empty_ledger_measures_without_error():
    found = measure(book(first=0, last=40), every="month")
    assert found.table[found.table["metric"] == "ar"]["value"].tolist() == [0, 0]
    assert np.isnan(found.table[found.table["metric"] == "dso"]["value"]).all()


def test_quarters_years_and_the_whole():
    assert measure(ledger_w(), ["ar"], "quarter").table["period"].tolist() == ["2025Q1", "2025Q2"]
    assert measure(ledger_w(), ["ar"], "year").table["period"].tolist() == ["2025"]
    whole = measure(ledger_w(), ["credit_sales"], "all").table
    assert (whole["period"].tolist(), whole["value"].tolist()) == (["all"], [1_450])


def test_countback_at_the_end_of_each_month():
    grid = measure(ledger_w(), ["dso_countback"]).values("dso_countback")
    assert grid.loc[0, "2025-03"] == pytest.approx(31 + 28)  # 450 owed; March 350, February 100
    assert grid.loc[0, "2025-04"] == pytest.approx(30 + 150 / 350 * 31)
    assert grid.loc[0, "2025-06"] == pytest.approx(76)


def test_what_fell_due_and_was_not_paid():
    ledger = book(invoice("A", 100, net=10), invoice("B", 300, net=10), receipt("B", 300, day=11), last=20)
    assert values(ledger, "overdue_of_due")["overdue_of_due"] == pytest.approx(0.25)


def test_flags_of_dispute_without_dates_say_nothing_about_earlier_days():
    ledger = ledger_w(coverage={"invoice", "invoice_dates", "dispute_flags"})
    assert measure(ledger, ["dispute_rate"], "all").refused == {}
    refused = measure(ledger, ["dispute_rate"], "all", as_of=day_of("2025-05-31")).refused
    assert refused["dispute_rate"].key == "reason.not_recorded.dispute_flags"
