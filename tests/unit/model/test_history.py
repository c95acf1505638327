"""Are a portfolio's history and opening items together a sound ledger of the months before?"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from sim.base.days import day_of
from sim.base.errors import BadInput
from sim.measure import measure
from sim.model.history import history_ledger, history_of
from sim.model.items import ITEM
from sim.model.laws import broken_laws, check_tables, open_by_document
from sim.model.portfolio import NO_HISTORY, Portfolio
from tests.twin.worlds import customers, portfolio

EVE = day_of("2024-12-31")


def with_past(*settled: tuple[str, str, str, int, str, int, str], opening=(), disputed=()) -> Portfolio:
    """`settled`: customer, document, invoiced on, net days, kind, fen, settled on."""
    rows = pd.DataFrame(
        [
            {
                "customer": who,
                "document": document,
                "invoiced_on": day_of(invoiced),
                "due_on": day_of(invoiced) + net,
                "kind": kind,
                "amount_fen": fen,
                "settled_on": day_of(day),
                "disputed": int(document in disputed),
            }
            for who, document, invoiced, net, kind, fen, day in settled
        ]
    )
    return replace(portfolio(customers(3), opening=list(opening)), history=rows)


def entries(found) -> list[tuple[str, str, int]]:
    rows = found.entries
    days = rows["happened_on"].to_numpy().astype("datetime64[D]").astype(str)
    return list(zip(days, rows["kind"].astype(str), rows["amount_fen"], strict=True))


def test_what_was_billed_before_its_first_month_stands_there_as_opening():
    book = history_ledger(with_past(("c0", "A", "2024-03-05", 30, "receipt", 100, "2024-04-20")))
    assert entries(book) == [("2024-03-31", "opening", 100), ("2024-04-20", "receipt", -100)]


def test_it_begins_with_the_month_of_the_earliest_settlement():
    book = history_ledger(
        with_past(
            ("c0", "A", "2024-01-05", 30, "receipt", 100, "2024-02-20"),
            ("c1", "B", "2024-02-05", 30, "receipt", 70, "2024-03-20"),
        )
    )
    assert entries(book) == [
        ("2024-01-31", "opening", 100),
        ("2024-02-05", "invoice", 70),
        ("2024-02-20", "receipt", -100),
        ("2024-03-20", "receipt", -70),
    ]
    assert (book.first, book.last) == (day_of("2024-02-01"), EVE)


def test_what_was_settled_in_parts_was_billed_as_a_whole():
    made = with_past(
        ("c0", "A", "2024-03-05", 30, "receipt", 60, "2024-03-20"),
        ("c0", "A", "2024-03-05", 30, "credit_note", 40, "2024-03-25"),
    )
    assert entries(history_ledger(made))[0] == ("2024-03-05", "invoice", 100)


def test_what_is_left_of_a_credited_invoice_is_the_opening_item():
    made = with_past(
        ("c0", "o0", "2024-11-01", 30, "credit_note", 40, "2024-11-20"),
        opening=[("c0", EVE - day_of("2024-11-01"), 30, 500), ("c1", 10, 30, 7)],
    )
    book = history_ledger(made)
    assert ("2024-11-01", "invoice", 540) in entries(book)
    left = open_by_document(book).groupby("document")["open_fen"].last()
    assert sorted(left) == [7, 500]


def test_instalments_of_one_number_are_two_invoices():
    made = with_past(
        ("c0", "A", "2024-03-05", 30, "receipt", 97, "2024-04-20"),
        ("c0", "A", "2024-03-05", 200, "receipt", 3, "2024-10-20"),
    )
    book = history_ledger(made)
    assert sorted(book.document_ids) == ["A", "A/2"]
    assert broken_laws(book) == []


def test_a_kind_of_settlement_that_never_occurs_is_unknown_and_not_zero():
    paid = ("c0", "A", "2024-03-05", 30, "receipt", 100, "2024-04-20")
    lost = ("c1", "B", "2024-03-05", 30, "write_off", 10, "2024-12-20")
    assert "bad_debt" in measure(history_ledger(with_past(paid)), ["bad_debt"], every="all").refused
    known = measure(history_ledger(with_past(paid, lost)), ["bad_debt"], every="all").table
    assert known["value"].tolist() == [10]


def test_disputes_give_a_rate():
    rows = [("c0", name, "2024-04-05", 30, "receipt", 100, "2024-04-20") for name in "ABCD"]
    book = history_ledger(with_past(*rows, disputed=("B",)))
    assert measure(book, ["dispute_rate"], every="all").table["value"].tolist() == [0.25]


def test_a_ledger_of_the_past_is_a_sound_ledger_and_tells_the_same_past():
    made = with_past(
        ("c0", "A", "2024-01-05", 30, "receipt", 100, "2024-02-20"),
        ("c0", "B", "2024-02-05", 30, "receipt", 60, "2024-03-20"),
        ("c0", "B", "2024-02-05", 30, "discount", 2, "2024-03-20"),
        ("c2", "C", "2024-02-05", 30, "write_off", 5, "2024-12-20"),
        opening=[("c1", 10, 30, 7)],
    )
    book = history_ledger(made)
    check_tables(book)
    assert broken_laws(book) == []
    again = history_of(book, first=book.first, last=book.last)
    keys = [*ITEM, "kind"]
    expected = made.history.sort_values(keys, ignore_index=True)
    pd.testing.assert_frame_equal(again.sort_values(keys, ignore_index=True), expected)


def test_only_what_was_settled_between_two_days_is_their_history():
    made = with_past(
        ("c0", "A", "2024-01-05", 30, "receipt", 100, "2024-02-20"),
        ("c0", "B", "2024-02-05", 30, "receipt", 60, "2024-03-20"),
    )
    book = history_ledger(made)
    assert history_of(book, first=day_of("2024-03-01"), last=EVE)["document"].tolist() == ["B"]
    assert len(history_of(book, first=EVE, last=EVE)) == 0


def test_a_portfolio_without_history_says_so():
    with pytest.raises(BadInput, match="no_history"):
        history_ledger(replace(portfolio(customers(1)), history=NO_HISTORY))
