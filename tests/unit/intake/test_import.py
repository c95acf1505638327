"""An export becomes a ledger; every row left out and every doubt is told."""

from datetime import date

import pytest

from sim.base.days import NEVER, day_of
from sim.base.errors import BadInput
from sim.intake import Mapping, import_file, read_mapping, write_mapping
from sim.model.laws import broken_laws, check_tables
from sim.words import Words
from tests.unit.intake.exports import HEADER, export, numbered


def reasons(imported) -> dict[str, int]:
    return {found.reason: found.rows for found in imported.report.left_out}


def notes(imported) -> dict[str, object]:
    return {note.rule: note.values.get("rows") for note in imported.report.notes}


def test_a_sound_export_is_read_whole_and_keeps_the_laws(tmp_path):
    imported = import_file(export(tmp_path, *numbered()))
    ledger = imported.ledger
    assert imported.report.rows_used == imported.report.rows_read == 20
    assert ledger.entries["amount_fen"].sum() == 0
    assert ledger.first == day_of("2024-01-13")
    assert broken_laws(ledger) == []
    check_tables(ledger)


def test_the_order_of_rows_makes_no_difference(tmp_path):
    one = import_file(export(tmp_path, *numbered())).ledger
    other = import_file(export(tmp_path, *reversed(numbered()), name="other.csv")).ledger
    assert one.entries.equals(other.entries)
    assert list(one.document_ids) == list(other.document_ids)


def test_each_bad_row_is_left_out_under_its_reason(tmp_path):
    bad = [
        numbered()[0],
        ",1,2024-03-13,2024-04-13,,5",
        "C1,2,2024-03-13,2024-04-13,,",
        "C1,3,2024-03-13,2024-04-13,,five",
        "C1,4,2024-03-13,2024-04-13,,0.00",
        "C1,5,2024-03-13,2024-04-13,,-7",
        "C1,6,,2024-04-13,,5",
        "C1,7,2024-03-13,,,5",
        "C1,8,2024-03-13,2024-04-13,2024-03-01,5",
        "C1,9,2031-03-13,2031-04-13,,5",
        "C1,10,2024-03-13,2024-04-13,2031-03-13,5",
    ]
    imported = import_file(export(tmp_path, *numbered(), *bad), today=date(2025, 6, 1))
    assert imported.report.rows_used == 20
    assert reasons(imported) == {
        "duplicate": 1, "no_customer": 1, "no_amount": 1, "amount_unreadable": 1, "zero_amount": 1,
        "negative_amount": 1, "no_invoice_date": 1, "no_due_date": 1, "settled_before_invoiced": 1,
        "invoiced_in_future": 1, "settled_in_future": 1,
    }  # fmt: skip
    negative = next(found for found in imported.report.left_out if found.reason == "negative_amount")
    assert (negative.amount_fen, negative.lines) == (-700, (27,))


def test_duplicates_can_be_kept(tmp_path):
    file = export(tmp_path, *numbered(), numbered()[0])
    assert import_file(file, Mapping(duplicates="keep")).report.rows_used == 21
    assert "1000/2" in set(import_file(file, Mapping(duplicates="keep")).ledger.document_ids)
    assert notes(import_file(file, Mapping(duplicates="keep")))["duplicates_kept"] == 1


def test_open_invoices_stay_open_and_the_day_of_the_export_can_be_stated(tmp_path):
    rows = [*numbered(), "C9,99,2024-12-30,2025-01-29,,80"]
    imported = import_file(export(tmp_path, *rows))
    assert imported.report.contents[0].open_items == 1
    assert "as_of_assumed" in notes(imported)
    stated = import_file(export(tmp_path, *rows), Mapping(as_of=date(2025, 6, 30)))
    assert stated.ledger.last == day_of("2025-06-30")
    assert "as_of_assumed" not in notes(stated)
    early = import_file(export(tmp_path, *numbered()), Mapping(as_of=date(2024, 12, 31)))
    assert early.report.contents[0].open_items == 1  # paid in January: open on the day stated
    assert notes(early)["settled_after_as_of"] == 1


def test_settled_items_only_and_open_items_only_are_told_apart(tmp_path):
    settled = import_file(export(tmp_path, *numbered()))
    assert "open_items" not in settled.ledger.coverage
    assert "settled_items_only" in notes(settled)
    complete = import_file(export(tmp_path, *numbered()), Mapping(complete=True))
    assert "open_items" in complete.ledger.coverage
    rows = [",".join([*line.split(",")[:4], "", line.split(",")[5]]) for line in numbered()]
    opened = import_file(export(tmp_path, *rows)).ledger
    assert opened.coverage == {"open_items", "invoice_dates"}
    assert set(opened.entries["kind"]) == {"opening"}
    assert opened.first == opened.last == day_of("2024-12-24")


def test_without_invoice_dates_an_invoice_stands_on_the_first_day_that_proves_it(tmp_path):
    rows = [f"C1,{n},2024-04-{13 + n},2024-04-{20 - n},5" for n in range(10)]
    header = "customer_id,invoice_no,due_date,paid_date,amount"
    ledger = import_file(export(tmp_path, *rows, header=header)).ledger
    invoices = ledger.entries[ledger.entries["kind"] == "invoice"]
    assert (invoices["invoiced_on"] == NEVER).all()
    assert "invoice_dates" not in ledger.coverage
    assert sorted(invoices["happened_on"])[0] == day_of("2024-04-11")
    assert broken_laws(ledger) == []


def test_due_days_can_come_from_terms(tmp_path):
    rows = [f"C1,{n},2024-04-{13 + n},net {30 + n % 2},2024-06-{13 + n},5" for n in range(10)]
    header = "customer_id,invoice_no,invoice_date,payment terms,paid_date,amount"
    entries = import_file(export(tmp_path, *rows, header=header)).ledger.entries
    assert set(entries["due_on"] - entries["invoiced_on"]) == {30, 31}
    plain = [",".join(row.split(",")[:3] + row.split(",")[4:]) for row in rows]
    file = export(tmp_path, *plain, header="customer_id,invoice_no,invoice_date,paid_date,amount")
    with pytest.raises(BadInput, match="no_due_date"):
        import_file(file)
    entries = import_file(file, Mapping(net_days=45)).ledger.entries
    assert set(entries["due_on"] - entries["invoiced_on"]) == {45}


def test_two_currencies_are_never_added(tmp_path):
    rows = [f"{line},{'USD' if n % 3 else 'CAD'}" for n, line in enumerate(numbered())]
    file = export(tmp_path, *rows, header=f"{HEADER},currency")
    imported = import_file(file)
    assert [ledger.currency for ledger in imported.ledgers] == ["USD", "CAD"]
    assert sum(content.invoices for content in imported.report.contents) == 20
    with pytest.raises(BadInput, match="several_currencies"):
        _ = imported.ledger
    one = import_file(file, currency="cad")
    assert (one.ledger.currency, one.report.contents[0].invoices) == ("CAD", 7)
    assert reasons(one) == {"other_currency": 13}
    bad = [f"C1,{n},2024-03-13,2024-04-13,,-5,{name}" for n, name in enumerate(["USD", "CAD"])]
    mixed = import_file(export(tmp_path, *rows, *bad, header=f"{HEADER},currency")).report.left_out[0]
    assert (mixed.rows, mixed.amount_fen) == (2, None)


def test_a_currency_not_stated_is_unknown_and_warned_of(tmp_path):
    silent = import_file(export(tmp_path, *numbered()))
    assert silent.ledger.currency == "XXX"
    assert "currency_not_stated" in notes(silent)
    assert import_file(export(tmp_path, *numbered()), currency="EUR").ledger.currency == "EUR"
    named = export(tmp_path, *numbered(), header=HEADER.replace("amount", "金额（元）"))
    assert import_file(named).ledger.currency == "CNY"


def test_supplied_days_are_checked_against_the_dates(tmp_path):
    rows = [f"C1,{n},2024-04-13,2024-05-13,2024-05-{8 + n},5,{max(0, n - 5)}" for n in range(12)]
    floored = import_file(export(tmp_path, *rows, header=f"{HEADER},days_late"))
    assert next(note.values["floored"] for note in floored.report.notes if note.rule == "days_floored") == 5
    rows[11] = rows[11].removesuffix("6") + "9"
    assert notes(import_file(export(tmp_path, *rows, header=f"{HEADER},days_late")))["days_differ"] == 1


def test_a_dispute_flag_gives_a_rate_and_no_days(tmp_path):
    rows = [f"{line},{'Yes' if n < 5 else 'No'}" for n, line in enumerate(numbered())]
    ledger = import_file(export(tmp_path, *rows, header=f"{HEADER},disputed")).ledger
    assert "dispute_flags" in ledger.coverage
    assert "disputes" not in ledger.coverage
    assert len(ledger.actions) == 5
    assert "dispute_flags" not in ledger.known_by(ledger.last - 1).coverage


def test_every_problem_of_a_mapping_is_told_at_once(tmp_path):
    columns = {"customer": "cust", "amount": "invoice_no", "document": "invoice_no"}
    with pytest.raises(BadInput) as caught:
        import_file(export(tmp_path, *numbered()), Mapping(columns=columns, dates={"due_on": "dmy"}))
    assert [(problem.rule, problem.field) for problem in caught.value.problems] == [
        ("import.no_such_column", "columns.customer"),
        ("import.column_twice", "columns.amount"),
        ("import.dates_unreadable", "dates.due_on"),
    ]


def test_a_mapping_reads_back_as_it_was_written_and_gives_the_same_ledger(tmp_path):
    first = import_file(export(tmp_path, *numbered()), currency="EUR")
    write_mapping(first.mapping, tmp_path / "m.toml")
    assert read_mapping(tmp_path / "m.toml") == first.mapping
    again = import_file(tmp_path / "export.csv", read_mapping(tmp_path / "m.toml"))
    assert again.ledger.entries.equals(first.ledger.entries)
    assert again.mapping == first.mapping


def test_a_mapping_of_unknown_parts_is_refused(tmp_path):
    (tmp_path / "m.toml").write_text(
        '[columns]\ncustommer = "x"\n[dates]\namount = "dmy"\n', encoding="utf-8"
    )
    with pytest.raises(BadInput, match="unknown_part"):
        read_mapping(tmp_path / "m.toml")
    (tmp_path / "m.toml").write_text('currency = "euro"\nnet_days = 999\n', encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_mapping(tmp_path / "m.toml")
    assert len(caught.value.problems) == 2
    (tmp_path / "m.toml").write_text("nonsense", encoding="utf-8")
    with pytest.raises(BadInput, match="not_toml"):
        read_mapping(tmp_path / "m.toml")


def test_nothing_usable_is_told_with_its_reasons(tmp_path):
    rows = [f"C1,{n},2024-03-{13 + n},2024-04-{13 + n},,-5" for n in range(5)]
    with pytest.raises(BadInput, match="nothing_left"):
        import_file(export(tmp_path, *rows))


CHINESE = "客户编码,单据编号,业务日期,到期日,币别,应收金额,已收金额,未收金额,结清日期"
KINGDEE = (
    'C001,YS01,2024/1/5,2024/3/5,人民币,"120,000.00","120,000.00",0.00,2024/3/20',
    'C002,YS02,2024/1/15,2024/3/15,人民币,"80,500.50","30,000.00","50,500.50",',
    'C001,YS03,2024/2/5,2024/4/5,人民币,"60,000.00",0.00,"60,000.00",',
    '合计,,,,,"260,500.50","150,000.00","110,500.50",',
)


def test_invoices_paid_in_part_are_told_because_they_stand_at_their_full_amount(tmp_path):
    file = export(tmp_path, *KINGDEE, header=CHINESE, encoding="gbk")
    imported = import_file(file)
    note = next(note for note in imported.report.notes if note.rule == "paid_in_part")
    assert (note.level, dict(note.values)) == ("warning", {"rows": 1, "column": "已收金额"})
    assert note.lines == (3,)
    assert imported.ledger.entries["amount_fen"].sum() == 14_050_050


def test_a_line_of_totals_is_no_second_currency(tmp_path):
    imported = import_file(export(tmp_path, *KINGDEE, header=CHINESE, encoding="gbk"))
    assert "several_currencies" not in notes(imported)
    assert imported.ledger.currency == "CNY"


def test_a_column_of_the_right_name_with_the_wrong_values_is_named_with_one_of_them(tmp_path):
    rows = ["C1,1,2024-01-13,2024-02-13,,12.50", "C1,2,2024-01-14,2024-02-14,,many"]
    with pytest.raises(BadInput) as caught:
        import_file(export(tmp_path, *rows))
    assert [(found.rule, found.field, found.value) for found in caught.value.problems] == [
        ("import.field_misfit", "columns.amount", "amount")
    ]
    assert "many" in Words("en").problems(caught.value)
    assert "50%" in Words("zh").problems(caught.value)


def test_the_reason_why_nothing_is_left_is_said_in_words(tmp_path):
    with pytest.raises(BadInput) as caught:
        import_file(export(tmp_path, "C1,1,2024-01-13,2024-02-13,,0"))
    assert "the amount is 0" in Words("en").problems(caught.value)
    assert "金额为 0" in Words("zh").problems(caught.value)
