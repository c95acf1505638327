"""A file is read as text, whatever its encoding, delimiter and header row."""

import openpyxl
import pytest

from sim.base.errors import BadInput
from sim.intake import Mapping, import_file
from sim.intake.source import read_source
from tests.unit.intake.exports import HEADER, export, numbered


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_chinese_exports_are_read_in_every_usual_encoding(tmp_path, encoding):
    rows = [
        f"甲公司{n},FP{n},2024-03-{13 + n},2024-04-{13 + n},2024-05-{13 + n},{n + 1}00.00" for n in range(9)
    ]
    file = export(
        tmp_path, *rows, header="客户名称,发票号码,开票日期,到期日,回款日期,价税合计", encoding=encoding
    )
    imported = import_file(file)
    assert imported.report.rows_used == 9
    assert imported.ledger.customers["customer"].iloc[0] == "甲公司0"


def test_western_accents_are_not_taken_for_chinese(tmp_path):
    rows = [f"Müller & Söhne {n},R{n},2024-03-{13 + n},2024-04-{13 + n},,{n + 1}" for n in range(5)]
    file = export(tmp_path, *rows, encoding="cp1252")
    assert import_file(file).report.encoding == "cp1252"
    assert "Müller & Söhne 0" in set(import_file(file).ledger.customers["customer"])


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path, mark):
    rows = [line.replace(",", mark) for line in numbered()]
    imported = import_file(export(tmp_path, *rows, header=HEADER.replace(",", mark)))
    assert (imported.report.delimiter, imported.report.rows_used) == (mark, 20)


def test_titles_above_the_header_and_a_total_below_are_not_invoices(tmp_path):
    rows = [HEADER, *numbered(), "", "合计,,,,,2190.00"]
    imported = import_file(export(tmp_path, *rows, header="应收账款明细表,,,,,\n单位：元,,,,,"))
    assert (imported.report.header_line, imported.report.rows_used) == (3, 20)
    assert [(found.reason, found.rows) for found in imported.report.left_out] == [("total_line", 1)]


def test_blanks_are_blank_however_they_are_written(tmp_path):
    rows = [
        f"C1,{n},2024-03-13,2024-04-13,{blank},5"
        for n, blank in enumerate(["", "NULL", "NaN", "-", " ", "None"])
    ]
    assert import_file(export(tmp_path, *rows)).report.contents[0].open_items == 6


def test_excel_dates_numbers_and_text_are_read_alike(tmp_path):
    from datetime import datetime

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Receivables", None, None, None, None, None])
    sheet.append(HEADER.split(","))
    for line in numbered():
        customer, number, invoiced, due, paid, amount = line.split(",")
        sheet.append([customer, int(number), datetime.fromisoformat(invoiced), due, paid, float(amount)])
    book.save(tmp_path / "export.xlsx")
    from_excel, from_text = import_file(tmp_path / "export.xlsx"), import_file(export(tmp_path, *numbered()))
    assert from_excel.ledger.entries.equals(from_text.ledger.entries)
    assert list(from_excel.ledger.document_ids) == list(from_text.ledger.document_ids)
    assert from_excel.report.sheet == "Sheet"


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("empty.csv", b"", "import.no_table"),
        ("one.csv", b"a\n1\n", "import.no_table"),
        ("picture.csv", b"\x89PNG\x00\x00,\n1,2\n", "import.not_text"),
        ("broken.xlsx", b"no zip", "import.not_excel"),
        ("ragged.csv", b"a,b\n1,2\n1,2,3\n", "import.broken_line"),
    ],
)
def test_a_file_that_is_no_table_is_told_so(tmp_path, name, content, rule):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput) as caught:
        import_file(tmp_path / name)
    assert [problem.rule for problem in caught.value.problems] == [rule]


def test_a_missing_file_a_wrong_sheet_and_a_wrong_encoding_are_told(tmp_path):
    with pytest.raises(BadInput):
        read_source(tmp_path / "nowhere.csv", Mapping())
    file = export(tmp_path, "甲,1", header="客户,金额", encoding="gb18030")
    with pytest.raises(BadInput, match="encoding"):
        read_source(file, Mapping(encoding="utf-8"))
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    with pytest.raises(BadInput, match="no_such_sheet"):
        read_source(tmp_path / "book.xlsx", Mapping(sheet="Data"))
