"""Contacts, lead times, bills, working capital, cost of funds, ruin: small ledgers, answers by hand."""

from dataclasses import replace

import numpy as np
import pytest

from sim.base.days import day_of
from sim.measure import REPORTS, NotMeasurable, measure, tabulate
from sim.measure.reports import ALL_RUNS
from sim.model.accounts import ACCOUNTS
from sim.model.ledger import BALANCE_DTYPES, table
from tests.unit.ledgers import (
    EVERYTHING,
    action,
    bill_bounced,
    bill_received,
    book,
    cash,
    interest,
    invoice,
    order,
    receipt,
)


def values(ledger, *names):
    return measure(ledger, names, "all").table.set_index("metric")["value"]


# --- contacts -----------------------------------------------------------------------------------------------------


def called(outcome, *, day, customer="C1", minutes=9, move="phone"):
    return action("contact", day=day, customer=customer, move=move, minutes=minutes, outcome=outcome)


def test_who_is_reached_and_what_it_brings():
    ledger = book(
        invoice("A", 100, net=10), invoice("B", 100, net=10, customer="C2"),
        called("reached", day=20), called("not_reached", day=20, customer="C2"), called("sent", day=21, move="email"),
        receipt("A", 100, day=25), action("promise_made", day=20, document="A", amount=100, until=25),
        receipt("B", 100, day=40), last=60,
    )  # fmt: skip
    found = values(ledger, "reach_rate", "contact_success", "promises_per_contact", "late_cash_per_hour")
    assert found.tolist() == pytest.approx([0.5, 2 / 3, 1.0, 200 / (27 / 60)])


def test_a_payment_on_the_day_of_the_contact_was_on_its_way():
    ledger = book(invoice("A", 100), receipt("A", 100, day=20), called("reached", day=20), last=60)
    assert values(ledger, "contact_success")["contact_success"] == 0


def test_a_contact_is_judged_after_fourteen_days():
    ledger = book(invoice("A", 100), called("reached", day=50), receipt("A", 100, day=55), last=60)
    assert np.isnan(values(ledger, "contact_success")["contact_success"])


def test_the_funnel():
    events = [called("reached", day=3, customer=f"C{at}") for at in range(3)]
    events += [called("not_reached", day=3, customer=f"C{at}") for at in range(3, 8)]
    bills = [invoice(f"I{at}", 10, customer=f"C{at}") for at in range(2)] + [
        invoice("I0b", 10, customer="C0")
    ]
    promises = [action("promise_made", day=3, document=d, amount=10, until=5) for d in ("I0", "I0b", "I1")]
    kept = [action("promise_kept", day=5, document="I1", amount=10, until=5)]
    table = tabulate(book(*bills, *events, *promises, *kept, last=9), "contact_funnel")
    assert table["count"].tolist() == [8, 3, 2, 1]
    assert table["of_step_before"].tolist()[1:] == pytest.approx([3 / 8, 2 / 3, 1 / 2])


def test_cost_of_each_hundred_and_credit_notes():
    ledger = book(
        invoice("A", 1_000),
        receipt("A", 400, day=5),
        receipt("A", 100, day=50),
        cash("collection", -10, day=5),
    )
    assert values(ledger, "cost_per_100", "credit_note_rate").tolist() == pytest.approx([0.02, 0.0])


def test_plans_and_handovers():
    ledger = book(
        action("plan_kept", day=3), action("plan_broken", day=4), action("plan_kept", day=5),
        action("handed_over", day=6, amount=700, outcome="agency"), first=0, last=9,
    )  # fmt: skip
    assert values(ledger, "plans_kept", "handed_over").tolist() == pytest.approx([2 / 3, 700])
    assert np.isnan(values(book(first=0, last=9), "plans_kept")["plans_kept"])


def test_orders_blocked_and_exceptions():
    ledger = book(
        order(1, wanted=1, released=1), order(1, wanted=1, held=1, released=3), order(1, wanted=1, lost=1),
        order(1, wanted=2, released=2), action("override", day=3), first=0, last=9,
    )  # fmt: skip
    assert values(ledger, "blocked_rate", "overrides").tolist() == [0.5, 1]


def test_what_customers_cancel_is_not_lost_by_our_policy():
    ledger = book(
        order(100, wanted=1, lost=1), order(700, wanted=1, released=1, lost=3, reason="cancelled"),
        order(200, wanted=2, released=2), action("order_cancelled", day=3), action("order_changed", day=3),
        action("order_changed", day=4), first=0, last=9,
    )  # fmt: skip
    found = values(ledger, "lost_sales", "lost_share", "blocked_rate", "orders_cancelled", "orders_changed")
    assert found.tolist() == pytest.approx([100, 0.1, 1 / 3, 1 / 3, 2 / 3])


# --- economic profit of the whole model ---------------------------------------------------------------------------

SELLER = {"margin_bp": 2_000, "capital_bp": 1_000}


def test_economic_profit_takes_cover_financing_and_service_off():
    sold = [invoice("A", 10_000), receipt("A", 10_000, day=0)]
    plain = values(book(*sold, first=0, last=9, seller=SELLER), "economic_profit")["economic_profit"]
    kinds = ("agency", "legal", "training", "premium", "factoring_fee", "loan_interest", "bank_fee", "commission",
             "service", "information", "rebate")  # fmt: skip
    paid = [cash(kind, -10, day=3) for kind in kinds]
    others = [cash("vat", -999, day=3), cash("tax", -999, day=3), cash("stock", -999, day=3)]
    costly = book(*sold, *paid, *others, first=0, last=9, seller=SELLER)
    assert values(costly, "economic_profit")["economic_profit"] == pytest.approx(plain - 10 * len(kinds))
    insured = book(*sold, cash("indemnity", 70, day=3), first=0, last=9, seller=SELLER)
    assert values(insured, "economic_profit")["economic_profit"] == pytest.approx(plain + 70)


def test_late_interest_earns_what_is_charged():
    charged = book(invoice("A", 100), interest("A", 30, day=9), first=0, last=9, seller=SELLER)
    without = book(invoice("A", 100), first=0, last=9, seller=SELLER)
    found = [values(ledger, "economic_profit", "carrying_cost").sum() for ledger in (charged, without)]
    assert found[0] - found[1] == pytest.approx(30)


def test_a_bill_in_hand_is_carried_like_the_invoice_it_settled():
    billed = book(invoice("A", 365_000), bill_received("A", 365_000, day=0), first=0, last=9, seller=SELLER)
    unpaid = book(invoice("A", 365_000), first=0, last=9, seller=SELLER)
    profits = [values(ledger, "economic_profit")["economic_profit"] for ledger in (billed, unpaid)]
    assert profits[0] == pytest.approx(profits[1])


def test_what_is_borrowed_on_receivables_is_not_carried_by_us():
    """Half a million is owed, all of its cost is lent by the bank: nothing of ours is in it."""
    ledger = book(invoice("A", 500_000, day="2025-01-01"), last="2025-12-31", seller=SELLER)
    lent = {"pledge_loan": 400_000}
    found = values(with_accounts(ledger, {"2024-12-31": lent, "2025-12-31": lent}), "economic_profit")
    assert found["economic_profit"] == pytest.approx(100_000)


# --- lead times ---------------------------------------------------------------------------------------------------


def test_from_order_to_cash_in_stages():
    ledger = book(
        order(100, wanted="2025-01-01", held="2025-01-01", released="2025-01-05"),
        order(300, wanted="2025-01-05", released="2025-01-05", document="A"),
        invoice("A", 300, day="2025-01-07", net=10), receipt("A", 300, day="2025-01-22"), last="2025-01-31",
    )  # fmt: skip
    assert tabulate(ledger, "order_to_cash")["days"].tolist() == [1, 2, 10, 5]
    found = values(ledger, "days_to_pay", "days_granted", "days_late")
    assert found["days_to_pay"] == found["days_granted"] + found["days_late"]


def test_on_time_is_up_to_three_days_late():
    ledger = book(
        *[invoice(name, 1, net=10) for name in "ABCD"], receipt("A", 1, day=5), receipt("B", 1, day=13),
        receipt("C", 1, day=14), invoice("later", 1, day=5, net=30), last=20,
    )  # fmt: skip
    assert (
        values(ledger, "on_time_share")["on_time_share"] == 0.5
    )  # A and B of four; the fifth is not judged yet


def test_how_long_a_payment_stays_unknown():
    ledger = book(
        invoice("A", 100), receipt("A", 75, day=10, known=14), receipt("A", 25, day=20, known=20), last=30
    )
    assert values(ledger, "posting_lag")["posting_lag"] == pytest.approx(3.0)


# --- bills --------------------------------------------------------------------------------------------------------


def test_bills_in_hand_until_they_are_money():
    ledger = book(
        invoice("A", 100, day="2025-01-01"), bill_received("A", 100, day="2025-01-20"),
        invoice("B", 60, day="2025-01-01"), bill_received("B", 60, day="2025-01-20"),
        cash("bill_matured", 100, day="2025-02-10"), bill_bounced("B", 60, day="2025-03-10"), last="2025-03-31",
    )  # fmt: skip
    grid = measure(ledger, ["bills_on_hand", "ar", "dso", "dso_with_bills", "bill_share"])
    assert grid.values("bills_on_hand").loc[0].tolist() == [160, 60, 0]
    assert grid.values("ar").loc[0].tolist() == [0, 0, 60]
    assert grid.values("dso").loc[0, "2025-01"] == 0
    assert grid.values("dso_with_bills").loc[0, "2025-01"] == pytest.approx(31)
    assert grid.values("bill_share").loc[0, "2025-01"] == 1


def test_a_discounted_bill_is_money_and_comes_back_when_it_bounces():
    ledger = book(
        invoice("A", 100), bill_received("A", 100, day=5), cash("bill_discounted", 100, day=6),
        bill_bounced("A", 100, day=20), cash("bill_discounted", -100, day=20), last=30,
    )  # fmt: skip
    found = values(ledger, "bills_on_hand", "ar")
    assert found.tolist() == [0, 100]


# --- the seller's accounts ----------------------------------------------------------------------------------------


def with_accounts(ledger, closings):
    """A ledger with monthly accounts: date -> account -> amount; what is not named is 0."""
    rows = [(day_of(date), place, named.get(name, 0)) for date, named in closings.items()
            for place, name in enumerate(ACCOUNTS)]  # fmt: skip
    day, account, amount = np.array(rows).T
    columns = {"run": np.zeros(len(rows)), "closed_on": day, "account": account, "amount_fen": amount}
    return replace(ledger, balance=table(BALANCE_DTYPES, columns))


BALANCES = {
    "cash": 150, "receivables": 300, "stock": 240, "payables": 160, "overdraft": 40, "pledge_loan": 60,
    "overdraft_line": 100, "pledge_line": 100, "insured_receivables": 150,
}  # fmt: skip
FLOWS = {
    "sales": 2_190,
    "cost_of_goods": 1_460,
    "loan_interest": 5,
    "overdraft_interest": 3,
    "income_tax": 12,
}


def a_year():
    """The worked example: stock 240, cost of sales 1460, receivables 300, sales 2190, payables 160."""
    events = [invoice("open", 300, day="2025-12-01"), invoice("paid", 1_890, day="2025-02-01"),
              invoice("before", 300, day="2025-01-01", kind="opening"), receipt("before", 300, day="2025-03-01"),
              receipt("paid", 1_890, day="2025-06-01")]  # fmt: skip
    ledger = book(*events, first="2025-01-01", last="2025-12-31")
    last = {**BALANCES, **FLOWS, "retained": 100}
    return with_accounts(ledger, {"2024-12-31": BALANCES, "2025-12-31": last})


def test_the_cash_cycle_of_the_worked_example():
    found = values(a_year(), "stock_days", "dso_average", "payable_days", "cash_cycle")
    assert found.tolist() == pytest.approx([60, 50, 40, 70])


def test_working_capital_of_the_worked_example():
    found = values(a_year(), "wcr", "wcr_days", "cash_ratio", "liquidity_ratio", "line_use", "funded_share")
    assert found.tolist() == pytest.approx(
        [380, 380 / 2_190 * 365, 150 / 260, (150 + 60 + 40) / 260, 0.5, 0.2]
    )
    more = values(a_year(), "net_profit", "return_on_working_capital", "funds_rate", "insured_share")
    assert more.tolist() == pytest.approx([100, (100 + 12 + 8) / 380, 8 / 100, 0.5])


def test_vat_in_payables_does_not_lengthen_their_days():
    """Invoiced 2,260 gross, booked 2,000 net: cost is grossed up by the same 13 %."""
    events = [invoice("A", 2_260, day="2025-02-01")]
    ledger = book(*events, first="2025-01-01", last="2025-12-31")
    owed = {"payables": 113}
    flows = {"payables": 113, "sales": 2_000, "cost_of_goods": 1_000}
    found = values(with_accounts(ledger, {"2024-12-31": owed, "2025-12-31": flows}), "payable_days")
    assert found["payable_days"] == pytest.approx(36.5)


def test_a_period_whose_ends_were_not_closed_is_unknown():
    measured = measure(a_year(), ["wcr", "stock_days"], "month")
    assert measured.values("wcr").loc[0].notna().tolist() == [False] * 11 + [True]
    assert measured.values("stock_days").loc[0].isna().all()
    never = measure(book(invoice("A", 1), last=40), ["wcr", "cash_ratio"], "all")
    assert never.table["reason"].tolist() == ["reason.not_closed"] * 2
    refused = measure(book(first=0, last=9, coverage=EVERYTHING - {"accounts"}), ["wcr"]).refused
    assert refused["wcr"].key == "reason.not_recorded.accounts"


# --- cost of funds, ruin ------------------------------------------------------------------------------------------


def test_all_in_cost_of_a_loan_and_of_the_overdraft():
    ledger = book(
        cash("opening", 0, day=-1), cash("loan", 10_000, day=0), cash("loan", -10_000, day=365),
        cash("loan_interest", -1_000, day=365), cash("supplier", -10_000, day=10),
        cash("receipt", 100_000, day=375), cash("interest", -500, day=375), first=0, last=380,
    )  # fmt: skip
    table = tabulate(ledger, "cost_of_funds").set_index("facility")
    assert table.loc["loan", ["cost", "rate"]].tolist() == pytest.approx([1_000, 0.10])
    assert np.isnan(table.loc["factoring", "rate"])
    assert table.loc["overdraft", "cost"] == 500


def test_a_loan_still_owed_counts_as_repaid_on_the_last_day():
    ledger = book(cash("loan", 1_000, day=0), cash("loan_interest", -100, day=365), first=0, last=365)
    assert tabulate(ledger, "cost_of_funds").set_index("facility").loc["loan", "rate"] == pytest.approx(0.10)


def test_days_on_borrowed_money_and_days_until_insolvent():
    ledger = book(
        cash("opening", 10, day=-1), cash("supplier", -20, day=2), cash("receipt", 30, day=6),
        action("insolvent", day=4, customer=None), first=0, last=9,
    )  # fmt: skip
    assert values(ledger, "cash_gap_days", "days_to_ruin", "ruin").tolist() == [4, 4, 1]
    assert np.isnan(values(book(first=0, last=9), "days_to_ruin")["days_to_ruin"])


def test_the_probability_of_ruin_over_all_runs():
    fallen = [action("insolvent", day=day, customer=None, run=run) for day, run in ((5, 0), (40, 3))]
    table = tabulate(book(*fallen, first=0, last=58, runs=tuple(range(10))), "ruin_risk")
    assert table["run"].unique().tolist() == [ALL_RUNS]
    assert table["probability"].tolist() == [0.1, 0.2]
    assert table["median_days"].tolist() == [5, 22.5]
    assert table["low"].iloc[1] == pytest.approx(0.0567, abs=5e-4)  # Wilson for 2 of 10
    assert table["high"].iloc[1] == pytest.approx(0.5098, abs=5e-4)


# --- all tables ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REPORTS)
def test_every_table_has_the_columns_it_declares(name):
    ledger = a_year()
    table = tabulate(ledger, name)
    assert list(table.columns) == ["run", *REPORTS[name].columns]
    assert set(table["run"]) <= {*ledger.runs, ALL_RUNS}


@pytest.mark.parametrize("name", REPORTS)
def test_a_table_refuses_what_was_not_recorded(name):
    for kind in REPORTS[name].needs:
        with pytest.raises(NotMeasurable) as refusal:
            tabulate(book(first=0, last=200, coverage=EVERYTHING - {kind}), name)
        assert refusal.value.reason.key == f"reason.not_recorded.{kind}"


@pytest.mark.parametrize("name", REPORTS)
def test_an_empty_ledger_gives_tables_without_error(name):
    tabulate(book(first=0, last=200), name)
