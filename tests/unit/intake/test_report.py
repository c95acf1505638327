"""The quality report reads in both languages, whatever it has to tell."""

import pytest

from sim.intake import Mapping, import_file, render
from sim.intake.dates import DATE_ORDERS
from sim.intake.mapping import FIELDS
from sim.intake.report import LEFT_OUT_REASONS, LEVELS
from sim.model.ledger import COVERAGE
from sim.words import Words
from tests.unit.intake.exports import HEADER, export, numbered


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("left_out", LEFT_OUT_REASONS),
        ("level", LEVELS),
        ("field", FIELDS),
        ("order", DATE_ORDERS),
        ("unknown", COVERAGE),
    ],
)
def test_everything_a_report_can_name_has_words(folder, names):
    assert [name for name in names if not Words("zh").has(f"import.{folder}.{name}")] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_report_names_what_was_read_left_out_and_unknown(tmp_path, lang):
    rows = [
        f"{line},{'USD' if n % 3 else 'CAD'},CO{n % 2},N{n}"
        for n, line in enumerate([*numbered(), *numbered()])
    ]
    rows += [
        "C1,1.93e+09,2024-03-13,2024-04-13,,5.123,USD,CO1,N1",
        "C1,,2024-03-14,2024-03-01,,5,USD,CO1,N2",
        rows[0],
    ]
    file = export(tmp_path, *rows, header=f"{HEADER},currency,company code,customer name")
    text = render(import_file(file).report, Words(lang))
    assert "`invoice_date`" in text
    assert "1.93e+09" in text
    assert "CAD" in text
    assert Words(lang).say("import.unknown.write_off") in text
    assert "{" not in text


def test_an_excel_free_report_says_how_the_file_was_read(tmp_path):
    text = render(import_file(export(tmp_path, *numbered()), Mapping(complete=True)).report, Words("en"))
    assert "encoding utf-8, delimiter `,`, column names in line 1" in text
