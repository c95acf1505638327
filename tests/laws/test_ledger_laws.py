"""Do the laws of bookkeeping hold on any ledger, do the figures agree with them, and is every broken law found?"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.base.days import NEVER
from sim.base.errors import BadInput
from sim.measure import Books, ageing, measure
from sim.measure.ages import ROLL_BUCKETS, bucket
from sim.model.laws import broken_laws, check_tables, open_by_document
from sim.model.ledger import ENTRY_KINDS
from sim.words import LANGUAGES, Words
from tests.laws.handmade import FIRST, LENGTH, ledgers
from tests.unit.ledgers import action, book, cash, invoice, ledger_w, order, receipt, recovery, write_off

some_days = st.integers(FIRST, FIRST + LENGTH - 1)


@given(ledgers())
def test_sound_ledgers_break_no_law(ledger):
    check_tables(ledger)
    assert broken_laws(ledger) == []


@given(ledgers(), some_days)
def test_the_balance_is_the_sum_of_what_is_open(ledger, day):
    rows = open_by_document(ledger)
    rows = rows[(rows["happened_on"] <= day) & (rows["run"] == 0)]
    by_document = rows.groupby("document")["open_fen"].last().sum()
    assert Books(ledger).ar[0, day - ledger.first + 1] == by_document


@given(ledgers(), some_days)
def test_age_buckets_add_up_to_what_is_open(ledger, day):
    for by in ("due", "original_due", "invoice"):
        table = ageing(ledger, day, by=by)
        assert (table.drop(columns="total").sum(axis=1) == table["total"]).all()
        assert (table.drop(columns=["total", "credits"]) >= 0).all(axis=None)
        assert (table["credits"] <= 0).all()


@given(ledgers(), some_days)
def test_what_is_overdue_agrees_with_each_invoice(ledger, day):
    rows = open_by_document(ledger)
    rows = rows[(rows["happened_on"] <= day) & (rows["run"] == 0)].groupby("document").last()
    late = rows[(rows["due_on"] < day) & (rows["open_fen"] > 0)]
    books, column = Books(ledger), day - ledger.first + 1
    assert books.overdue[0, column] == late["open_fen"].sum()
    days = [
        int(amount) * (day - int(due)) for amount, due in zip(late["open_fen"], late["due_on"], strict=True)
    ]
    assert books.past_days()[0, column] == sum(days)


@given(ledgers())
def test_opening_and_movements_give_the_closing_balance(ledger):
    books = Books(ledger)
    moved = sum(books.flow(kind) for kind in ENTRY_KINDS if kind not in ("opening", "recovery"))
    assert (books.ar[:, :1] + moved[:, 1:].sum(axis=1, keepdims=True) == books.ar[:, -1:]).all()


@given(ledgers())
def test_dso_is_best_possible_and_delinquent_days(ledger):
    grid = measure(ledger, ["dso", "dso_best_possible", "days_delinquent"]).table
    wide = grid.pivot(index=["run", "period"], columns="metric", values="value").dropna()
    assert np.allclose(wide["dso"], wide["dso_best_possible"] + wide["days_delinquent"])


@given(ledgers())
def test_turnover_times_average_dso_is_the_days_of_the_period(ledger):
    table = measure(ledger, ["turnover", "dso_average"], "all").table.set_index(["run", "metric"])["value"]
    for run in ledger.runs:
        product = table[run, "turnover"] * table[run, "dso_average"]
        assert np.isnan(product) or product == pytest.approx(LENGTH)


@given(ledgers())
@settings(max_examples=30)
def test_each_run_measures_as_if_alone(ledger):
    together = measure(ledger, every="month").table
    for run in ledger.runs:
        parts = {name: getattr(ledger, name) for name in ("entries", "orders", "actions", "cash")}
        mine = {name: frame[frame["run"] == run].reset_index(drop=True) for name, frame in parts.items()}
        alone = measure(replace(ledger, **mine, runs=(run,)), every="month").table
        expected = together[together["run"] == run]
        assert np.array_equal(alone["value"].to_numpy(), expected["value"].to_numpy(), equal_nan=True)


@given(ledgers())
@settings(max_examples=30)
def test_figures_do_not_depend_on_the_order_of_rows(ledger):
    mixed = replace(ledger, entries=ledger.entries.sample(frac=1, random_state=1))
    left, right = measure(ledger, every="month").table["value"], measure(mixed, every="month").table["value"]
    assert np.allclose(left, right, equal_nan=True)


@given(ledgers(), some_days)
@settings(max_examples=30)
def test_what_was_known_gives_the_figures_of_that_day(ledger, day):
    cut = replace(ledger, entries=ledger.entries[ledger.entries["happened_on"] <= day], last=day)
    left = measure(ledger, ["ar", "overdue", "dso"], as_of=day).table["value"]
    assert np.array_equal(left, measure(cut, ["ar", "overdue", "dso"]).table["value"], equal_nan=True)


@given(ledgers())
@settings(max_examples=30)
def test_every_unknown_value_has_a_reason_and_no_known_one_has(ledger):
    table = measure(ledger, every="month").table
    assert ((table["reason"] != "") == table["value"].isna()).all()


@given(ledgers())
@settings(max_examples=30)
def test_roll_buckets_add_up_to_what_is_owed(ledger):
    books = Books(ledger)
    total = sum(bucket(books, ROLL_BUCKETS, name) for name, _ in ROLL_BUCKETS)
    assert (total == books.owed).all()


# --- every law is found when broken -------------------------------------------------------------------------------


def _changed(ledger, table, row, **values):
    frame = getattr(ledger, table).copy()
    for name, value in values.items():
        frame.loc[frame.index[row], name] = value
    return replace(ledger, **{table: frame})


def _laws(ledger):
    return {found.law for found in broken_laws(ledger)}


def test_paying_more_than_the_invoice_breaks_two_laws():
    found = _laws(book(invoice("A", 100), receipt("A", 130, day=5)))
    assert {"no invoice below zero", "receipts within the invoice"} <= found


def test_a_payment_before_its_invoice_is_found():
    assert "no entry before its invoice" in _laws(book(invoice("A", 100, day=9), receipt("A", 50, day=5)))


def test_a_payment_that_names_another_due_date_or_customer_is_found():
    ledger = book(invoice("A", 100), receipt("A", 50, day=5), invoice("B", 1, customer="C2"))
    assert "one due_on per document" in _laws(_changed(ledger, "entries", 1, due_on=77))
    assert "one customer per document" in _laws(_changed(ledger, "entries", 1, customer=1))


def test_a_receipt_that_adds_to_the_debt_is_found():
    assert "signs by kind" in _laws(
        _changed(book(invoice("A", 100), receipt("A", 50, day=5)), "entries", 1, amount_fen=50)
    )


def test_an_entry_after_the_last_day_is_found():
    assert "entries within the ledger's days" in _laws(
        book(invoice("A", 100), receipt("A", 50, day=15), last=10)
    )


def test_recovering_more_than_was_lost_is_found():
    found = _laws(book(invoice("A", 100), write_off("A", 60, day=5), recovery("A", 70, day=9)))
    assert found == {"recoveries within the write-off"}


def test_knowing_before_it_happened_is_found():
    ledger = book(invoice("A", 100), receipt("A", 50, day=5, known=3))
    assert "known no earlier than it happened" in _laws(ledger)


def test_an_order_both_released_and_lost_is_found():
    found = _laws(
        book(order(5, wanted=3, released=4, lost=6), order(5, wanted=3, held=9, released=5), first=0, last=9)
    )
    assert found == {"released or lost, not both", "held before released or lost"}


def test_an_order_decided_before_it_was_wanted_is_found():
    assert "nothing before it was wanted" in _laws(book(order(5, wanted=3, released=1), first=0, last=9))


def test_cash_that_does_not_add_up_is_found():
    ledger = book(cash("opening", 100, day=-1), cash("receipt", 5, day=3), first=0, last=9)
    assert _laws(_changed(ledger, "cash", 1, balance_fen=999)) == {"opening cash + movements = balance"}


def test_a_broken_law_can_be_read():
    (found,) = broken_laws(book(invoice("A", 100), write_off("A", 60, day=5), recovery("A", 70, day=9)))
    assert "recoveries within the write-off: 1 rows" in str(found)


# --- tables -------------------------------------------------------------------------------------------------------


def _rules(ledger):
    with pytest.raises(BadInput) as error:
        check_tables(ledger)
    for lang in LANGUAGES:
        assert Words(lang).problems(error.value).count("\n") >= len(error.value.problems) - 1
    return {(problem.rule, problem.field) for problem in error.value.problems}


def test_all_faults_of_the_tables_are_told_together():
    ledger = _changed(ledger_w(), "entries", 0, run=5, customer=99)
    ledger = replace(
        ledger, cash=ledger.cash.drop(columns="balance_fen"), orders=ledger.orders.assign(extra=1)
    )
    assert _rules(ledger) >= {
        ("table_unknown_run", "entries.run"),
        ("table_unknown_customer", "entries.customer"),
        ("table_missing_column", "cash.balance_fen"),
        ("table_extra_column", "orders.extra"),
    }


def test_a_column_of_another_type_is_told():
    ledger = ledger_w()
    floats = replace(
        ledger, entries=ledger.entries.assign(amount_fen=ledger.entries["amount_fen"].astype(float))
    )
    assert ("table_wrong_type", "entries.amount_fen") in _rules(floats)
    texts = replace(ledger, entries=ledger.entries.assign(kind=ledger.entries["kind"].astype(str)))
    assert ("table_wrong_type", "entries.kind") in _rules(texts)


def test_an_action_on_no_document_is_told():
    ledger = book(invoice("A", 100), action("dispute_opened", day=3, document="B", amount=1), last=9)
    assert _rules(ledger) == {("table_unknown_document", "actions.document")}


def test_a_payment_against_no_document_is_told():
    assert _rules(_changed(ledger_w(), "entries", -1, against=7_777)) == {
        ("table_unknown_document", "entries.against")
    }


def test_an_invoice_entered_twice_is_told():
    ledger = ledger_w()
    twice = replace(ledger, entries=pd.concat([ledger.entries, ledger.entries[:1]], ignore_index=True))
    assert _rules(twice) == {("table_billed_twice", "entries.document")}


def test_a_ledger_must_say_true_things_of_itself():
    wrong = replace(ledger_w(), coverage=frozenset({"gossip"}), last=ledger_w().first - 1)
    assert {rule for rule, _ in _rules(wrong)} == {"ledger_unknown_coverage", "ledger_ends_before_it_begins"}


def test_an_entry_without_a_day_is_told():
    assert ("table_no_day", "entries.happened_on") in _rules(
        _changed(ledger_w(), "entries", 0, happened_on=NEVER)
    )
