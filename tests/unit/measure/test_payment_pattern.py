"""Payment pattern and the forecast made from it: small ledgers, answers by hand."""

import numpy as np
import pytest

from sim.base.days import day_of
from sim.base.errors import BadInput
from sim.measure import Books, NotMeasurable, forecast_on, measure, tabulate
from sim.measure.forecast import DAYS, EARLIEST, expected_receipts, pattern_known
from tests.unit.ledgers import (
    bill_received,
    book,
    credit_note,
    discount,
    invoice,
    opening,
    receipt,
    reversal,
    write_off,
)


def values(ledger, *names, every="all"):
    return measure(ledger, names, every).table.set_index("metric")["value"]


# --- payment pattern ----------------------------------------------------------------------------------------------


def test_shares_of_what_was_sold_by_age():
    ledger = book(
        invoice("A", 60), invoice("B", 40), receipt("A", 60, day=30), receipt("B", 10, day=31), last=121
    )
    found = values(ledger, "collected_30", "collected_60", "collected_90", "collected_120")
    assert found.tolist() == pytest.approx([0.6, 0.7, 0.7, 0.7])


def test_a_sale_counts_in_the_period_in_which_it_reaches_the_age():
    ledger = book(invoice("A", 100, day="2025-01-10"), receipt("A", 100, day="2025-01-20"), last="2025-03-31")
    grid = measure(ledger, ["collected_30"]).values("collected_30").loc[0]
    assert grid["2025-02"] == 1.0  # 9 February
    assert grid[["2025-01", "2025-03"]].isna().all()


def test_nothing_known_later_changes_an_earlier_share():
    events = [invoice("A", 100, day="2025-01-01"), receipt("A", 50, day="2025-01-20")]
    later = [receipt("A", 30, day="2025-03-05"), credit_note("A", 20, day="2025-03-06")]
    short = book(*events, last="2025-02-28")
    long = book(*events, *later, last="2025-03-31")
    for ledger in (short, long):
        assert measure(ledger, ["collected_30"]).values("collected_30").loc[0, "2025-01"] == 0.5
    assert measure(long, ["collected_60"]).values("collected_60").loc[0, "2025-03"] == 0.5


def test_bills_pay_bounced_payments_do_not_and_credits_are_no_sales():
    ledger = book(
        invoice("A", 100), bill_received("A", 100, day=10), invoice("B", 100), receipt("B", 100, day=10),
        reversal("B", 100, day=12), invoice("C", 100), credit_note("C", 100, day=5), last=40,
    )  # fmt: skip
    assert values(ledger, "collected_30")["collected_30"] == 0.5


def test_what_was_sold_before_the_ledger_began_is_no_cohort():
    ledger = book(opening("A", 100, day=-10, first=0), receipt("A", 100, day=5), first=0, last=60)
    assert np.isnan(values(ledger, "collected_30")["collected_30"])


def test_the_table_follows_each_months_sales():
    ledger = book(
        invoice("A", 100, day="2025-01-05"), receipt("A", 98, day="2025-01-15"), discount("A", 2, day="2025-01-15"),
        invoice("B", 200, day="2025-02-01"), write_off("B", 50, day="2025-03-20"), last="2025-05-31",
    )  # fmt: skip
    table = tabulate(ledger, "payment_pattern").set_index(["cohort", "age"])
    assert table.loc[("2025-01", 30), ["sales", "collected", "open"]].tolist() == [100, 0.98, 0.0]
    assert table.loc[("2025-02", 30), ["collected", "open"]].tolist() == [0, 1]
    assert table.loc[("2025-02", 60), ["collected", "open"]].tolist() == [0, 0.75]
    assert table.loc[("2025-02", 120), "open"] != table.loc[("2025-02", 120), "open"]  # not old enough
    by_month_end = tabulate(ledger, "uncollected_balances").set_index(["cohort", "months_after"])
    assert by_month_end.loc[("2025-02", 0), "open"] == 1
    assert by_month_end.loc[("2025-02", 1), "open"] == 0.75
    assert np.isnan(by_month_end.loc[("2025-02", 6), "open"])


def test_as_of_an_earlier_day_the_pattern_knows_no_more():
    ledger = book(invoice("A", 100, day=0), receipt("A", 100, day=20, known=50), last=100)
    early = tabulate(ledger, "payment_pattern", as_of=40).set_index(["cohort", "age"])
    assert early.loc[("1970-01", 30), "collected"] != 1.0


# --- forecast -----------------------------------------------------------------------------------------------------


def steady(days=200, *, pays_after=40, amount=100, net=30):
    """One invoice a day, each paid the same number of days later."""
    events = [invoice(str(day), amount, day=day, net=net) for day in range(days)]
    return events + [receipt(str(day), amount, day=day + pays_after) for day in range(days - pays_after)]


def test_when_all_pay_alike_the_forecast_is_exact():
    ledger = book(*steady(), first=0, last=199)
    table = tabulate(ledger, "cash_forecast")
    assert table["receipts"].tolist() == pytest.approx([700] * 13)
    assert table["from_open"].sum() == pytest.approx(40 * 100)  # all that is open comes within 40 days
    assert table["from_new_sales"].sum() == pytest.approx((91 - 40) * 100)
    assert (table["start"].iloc[0] - np.datetime64("1970-01-01")).days == 200
    found = values(ledger, "forecast_wape_1", "forecast_bias_1", "forecast_wape_13", "forecast_bias_13")
    assert found.tolist() == pytest.approx([0, 0, 0, 0], abs=1e-9)


def test_half_of_what_stands_there_pays_on_each_of_two_days():
    """Half pay 10 days late, the other half 20: an item 15 days late is sure to pay in five days."""
    events = steady(pays_after=40, amount=50)
    events += [invoice(f"L{day}", 50, day=day) for day in range(200)]
    events += [receipt(f"L{day}", 50, day=day + 50) for day in range(150)]
    known = pattern_known(Books(book(*events, first=0, last=199)), 199)
    rates = {late: known.paid[0, late - EARLIEST] for late in (9, 10, 15, 20, 21)}
    assert rates == pytest.approx({9: 0, 10: 0.5, 15: 0, 20: 1.0, 21: 0}, abs=1e-9)
    assert known.new_a_day.sum() == pytest.approx(100)
    from_open, _ = expected_receipts(known, 5)
    assert from_open.sum() == pytest.approx(5 * 100)


def test_the_forecast_of_a_day_uses_only_what_was_known_then():
    """What happens or becomes known after the day must not matter."""
    events = steady(120)
    later = [
        invoice("big", 10**6, day=130),
        receipt("119", 100, day=125),
        receipt("0", 1, day=119, known=130),
    ]
    one = forecast_on(book(*events, first=0, last=200), 119)
    other = forecast_on(book(*events, *later, first=0, last=200), 119)
    assert one["receipts"].tolist() == other["receipts"].tolist()
    ledger = book(*events, *later, first=0, last=200)
    as_run = sum(expected_receipts(pattern_known(Books(ledger), 119)))
    assert as_run.sum() == pytest.approx(one["receipts"].sum())


def test_write_offs_leave_the_pattern_without_being_paid():
    events = [invoice(str(day), 100, day=day) for day in range(200)]
    events += [receipt(str(day), 100, day=day + 40) for day in range(0, 160, 2)]
    events += [write_off(str(day), 100, day=day + 40) for day in range(1, 160, 2)]
    table = tabulate(book(*events, first=0, last=199), "cash_forecast")
    assert table["receipts"].sum() == pytest.approx(91 * 50, rel=0.02)


def test_a_forecast_needs_thirteen_weeks():
    with pytest.raises(NotMeasurable) as refusal:
        tabulate(book(*steady(DAYS - 1), first=0, last=DAYS - 2), "cash_forecast")
    assert refusal.value.reason.key == "reason.no_pattern_yet"
    with pytest.raises(BadInput):
        forecast_on(book(*steady(100), first=0, last=99), 400)
    assert np.isnan(values(book(*steady(50), first=0, last=49), "forecast_wape_4")["forecast_wape_4"])


def test_errors_of_forecasts_when_customers_slow_down():
    """Paid after 40 days, from day 130 on after 70: the forecasts made before expect too much."""
    events = [invoice(str(day), 100, day=day) for day in range(250)]
    events += [
        receipt(str(day), 100, day=day + (40 if day + 40 < 130 else 70))
        for day in range(250)
        if day + 70 <= 249
    ]
    ledger = book(*events, first=0, last=249)
    found = values(ledger, "forecast_wape_4", "forecast_bias_4")
    assert found["forecast_bias_4"] > 0.1
    assert found["forecast_wape_4"] >= found["forecast_bias_4"]
    table = tabulate(ledger, "forecast_errors")
    late = table[(table["weeks"] == 13) & table["receipts"].isna()]
    assert len(late)  # horizons that are not over are not judged
    first = table[table["weeks"] == 4].iloc[0]
    assert first["error"] == pytest.approx(first["forecast"] - first["receipts"])


def test_runs_are_forecast_each_by_itself():
    fast = steady(150, pays_after=35)
    slow = [type(event)(event.table, event.values, 1) for event in steady(150, pays_after=60)]
    both = tabulate(book(*fast, *slow, first=0, last=149), "cash_forecast")
    alone = tabulate(book(*fast, first=0, last=149), "cash_forecast")
    assert both[both["run"] == 0]["receipts"].tolist() == pytest.approx(alone["receipts"].tolist())


def test_the_day_of_a_forecast_may_be_given_as_a_date():
    ledger = book(*steady(), first=0, last=199)
    assert len(forecast_on(ledger, day_of("1970-05-01"))) == 13
