"""Does a ledger come back from its files as it was, and is everything wrong with the files told?"""

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from sim.base.errors import BadInput
from sim.model.ledger import TABLES
from sim.model.ledger_files import is_ledger, read_ledger, write_ledger
from sim.words import LANGUAGES, Words
from tests.laws.handmade import ledgers
from tests.unit.ledgers import action, book, invoice, ledger_w, order


def same(left, right):
    """Are two ledgers equal in every part?"""
    tables = all(getattr(left, name).equals(getattr(right, name)) for name in (*TABLES, "customers"))
    plain = ("first", "last", "runs", "currency", "coverage", "seller")
    ids = left.document_ids.tolist() == right.document_ids.tolist()
    return tables and ids and all(getattr(left, name) == getattr(right, name) for name in plain)


@given(ledgers())
@settings(max_examples=15)
def test_a_ledger_comes_back_as_it_was(tmp_path_factory, ledger):
    folder = tmp_path_factory.mktemp("ledgers") / "ledger"
    write_ledger(ledger, folder)
    assert same(ledger, read_ledger(folder))


def test_orders_and_actions_come_back_too(tmp_path):
    ledger = book(
        invoice("A", 100), order(5, wanted=0, held=1, lost=4), order(6, wanted=2, released=2),
        action("promise_made", day=3, document="A", amount=100, until=9, move="phone", outcome="reached", minutes=9),
        action("insolvent", day=4, customer=None), last=9, seller={"margin_bp": 2_000},
    )  # fmt: skip
    write_ledger(ledger, tmp_path / "ledger")
    assert same(ledger, read_ledger(tmp_path / "ledger"))


def test_on_disk_days_are_dates_and_what_has_not_come_is_empty(tmp_path):
    write_ledger(
        book(order(5, wanted="2025-01-02", released="2025-01-03"), last="2025-02-01"), tmp_path / "l"
    )
    row = pq.read_table(tmp_path / "l" / "orders.parquet").to_pylist()[0]
    assert str(row["wanted_on"]) == "2025-01-02"
    assert row["lost_on"] is None
    assert row["hold_reason"] == ""


def test_writing_again_replaces_the_ledger_and_leaves_nothing_behind(tmp_path):
    write_ledger(ledger_w(), tmp_path / "l")
    write_ledger(book(invoice("A", 1), last=3), tmp_path / "l")
    assert len(read_ledger(tmp_path / "l").entries) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["l"]


def test_a_folder_with_other_things_is_not_touched(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(BadInput) as error:
        write_ledger(ledger_w(), tmp_path)
    assert error.value.problems[0].rule == "folder_in_use"
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_a_write_that_fails_leaves_the_old_ledger(tmp_path, monkeypatch):
    write_ledger(ledger_w(), tmp_path / "l")
    monkeypatch.setattr("sim.model.ledger_files._head_of", lambda ledger: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_ledger(book(invoice("A", 1), last=3), tmp_path / "l")
    assert same(ledger_w(), read_ledger(tmp_path / "l"))
    assert [path.name for path in tmp_path.iterdir()] == ["l"]


def told(folder):
    """The problems of reading this folder, after saying them in both languages."""
    with pytest.raises(BadInput) as error:
        read_ledger(folder)
    assert all(Words(lang).problems(error.value) for lang in LANGUAGES)
    return {(problem.rule, problem.field) for problem in error.value.problems}


def test_where_no_ledger_lies(tmp_path):
    assert told(tmp_path / "nowhere") == {("no_ledger_here", "ledger")}
    assert told(tmp_path) == {("no_ledger_here", "ledger")}
    (tmp_path / "manifest.toml").write_text("not = [toml")
    assert told(tmp_path) == {("no_ledger_here", "ledger")}
    assert not is_ledger(tmp_path)


def test_a_ledger_of_a_later_kit(tmp_path):
    write_ledger(ledger_w(), tmp_path / "l")
    manifest = tmp_path / "l" / "manifest.toml"
    manifest.write_text(manifest.read_text().replace("version = 1", "version = 9"))
    assert told(tmp_path / "l") == {("ledger_version", "manifest.toml: version")}


def test_a_manifest_with_parts_missing_or_wrong(tmp_path):
    write_ledger(ledger_w(), tmp_path / "l")
    manifest = tmp_path / "l" / "manifest.toml"
    text = manifest.read_text().replace('currency = "CNY"\n', "").replace("runs = [0]", "runs = 0")
    manifest.write_text(text)
    assert told(tmp_path / "l") == {
        ("missing", "manifest.toml: currency"),
        ("not_valid", "manifest.toml: runs"),
    }


def test_all_damaged_tables_are_told_together(tmp_path):
    folder = tmp_path / "l"
    write_ledger(ledger_w(), folder)
    (folder / "cash.parquet").write_bytes(b"rubbish")
    (folder / "orders.parquet").unlink()
    entries = pq.read_table(folder / "entries.parquet").drop_columns("due_on")
    kinds = entries["kind"].to_pylist()
    entries = entries.set_column(entries.column_names.index("kind"), "kind", [["gift", *kinds[1:]]])
    pq.write_table(entries, folder / "entries.parquet")
    assert told(folder) == {
        ("file_unreadable", "cash.parquet"),
        ("file_unreadable", "orders.parquet"),
        ("table_missing_column", "entries.due_on"),
        ("not_a_choice", "entries.kind"),
    }


def test_texts_where_numbers_belong_are_told(tmp_path):
    folder = tmp_path / "l"
    write_ledger(ledger_w(), folder)
    entries = pq.read_table(folder / "entries.parquet")
    at = entries.column_names.index("amount_fen")
    texts = [[f"{amount} yuan" for amount in entries["amount_fen"].to_pylist()]]
    pq.write_table(entries.set_column(at, "amount_fen", texts), folder / "entries.parquet")
    assert told(folder) == {("table_wrong_type", "entries.amount_fen")}
