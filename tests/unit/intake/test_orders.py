"""The order of dates is decided per column, by evidence, or not at all."""

from datetime import date, timedelta

import pytest

from sim.base.days import day_of
from sim.base.errors import BadInput
from sim.intake import Mapping, import_file
from tests.unit.intake.exports import export

DMY, MDY, YMD = "%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d"


def row(number: int, invoiced: date, forms=(DMY, DMY, DMY), terms: int = 30, paid: int | None = 40) -> str:
    days = (invoiced, invoiced + timedelta(terms), None if paid is None else invoiced + timedelta(paid))
    texts = [day.strftime(form) if day else "" for day, form in zip(days, forms, strict=True)]
    return f"C1,{number},{','.join(texts)},100.00"


def both_ways(count: int = 40) -> list[date]:
    """Dates whose day is also a month: each of them can be read in two orders."""
    return [date(2023, 1 + n % 12, 1 + (5 * n + 1) % 12) for n in range(count)]


def found(imported, field: str):
    return next(finding for finding in imported.report.dates if finding.field == field)


def test_one_impossible_value_decides_for_its_whole_column(tmp_path):
    days = [*both_ways(), date(2023, 3, 25)]
    imported = import_file(export(tmp_path, *(row(n, day) for n, day in enumerate(days))))
    finding = found(imported, "invoiced_on")
    assert (finding.order, finding.evidence, finding.impossible) == ("dmy", "only", 1)
    assert finding.example == "25/03/2023"
    assert imported.ledger.first == min(day_of(day) for day in days)


def test_each_column_has_its_own_order(tmp_path):
    days = [date(2023, 1 + n % 12, 13 + n % 15) for n in range(30)]
    imported = import_file(export(tmp_path, *(row(n, day, (DMY, MDY, YMD)) for n, day in enumerate(days))))
    assert [finding.order for finding in imported.report.dates] == ["dmy", "mdy", "ymd"]
    entries = imported.ledger.entries
    assert ((entries["due_on"] - entries["invoiced_on"]) == 30).all()


def test_terms_decide_where_every_date_can_be_read_both_ways(tmp_path):
    days = [
        day for day in both_ways(120) if (day + timedelta(31)).day <= 12 and (day + timedelta(33)).day <= 12
    ]
    rows = [row(n, day, terms=31, paid=33) for n, day in enumerate(days)]
    imported = import_file(export(tmp_path, *rows))
    assert [(finding.order, finding.evidence) for finding in imported.report.dates] == [("dmy", "rules")] * 3
    assert (imported.ledger.entries["due_on"] - imported.ledger.entries["invoiced_on"] == 31).all()


def test_the_supplied_days_to_settle_decide(tmp_path):
    days = [date(2023, 1 + n % 12, 1 + (7 * n) % 12) for n in range(60)]
    rows = [
        f"C1,{n},{day:%d/%m/%Y},,{day + timedelta(n % 9):%d/%m/%Y},100,{n % 9}" for n, day in enumerate(days)
    ]
    rows = [line for line, day in zip(rows, days, strict=True) if (day + timedelta(8)).day <= 12]
    header = "customer_id,invoice_no,invoice_date,due_date,paid_date,amount,days to settle"
    imported = import_file(
        export(tmp_path, *rows, header=header), Mapping(net_days=30, columns={"due_on": ""})
    )
    assert {finding.order for finding in imported.report.dates} == {"dmy"}


def test_without_evidence_nothing_is_guessed(tmp_path):
    rows = [f"C1,{n},{day:%d/%m/%Y},{100 + n}" for n, day in enumerate(both_ways())]
    file = export(tmp_path, *rows, header="customer_id,invoice_no,invoice_date,amount")
    with pytest.raises(BadInput) as caught:
        import_file(file, Mapping(net_days=30))
    (problem,) = caught.value.problems
    assert (problem.rule, problem.field) == ("import.date_order_ambiguous", "dates.invoiced_on")
    stated = Mapping(net_days=30, dates={"invoiced_on": "mdy"})
    assert import_file(file, stated).report.dates[0].evidence == "stated"


def test_days_and_months_turned_in_some_rows_are_told_not_mended(tmp_path):
    good = [row(n, date(2023, 1 + n % 12, 13 + n % 15)) for n in range(20)]
    turned = [row(100 + n, date(2023, 1 + n % 12, 13 + n % 15), (MDY, DMY, DMY)) for n in range(20)]
    with pytest.raises(BadInput) as caught:
        import_file(export(tmp_path, *good, *turned))
    assert [problem.rule for problem in caught.value.problems] == ["import.date_orders_mixed"]
    stated = import_file(export(tmp_path, *good, *turned), Mapping(dates={"invoiced_on": "dmy"}))
    assert stated.report.rows_used == 20
    assert stated.report.left_out[0].reason == "invoice_date_unreadable"


def test_a_column_of_other_texts_is_told_with_an_example(tmp_path):
    rows = [row(n, date(2023, 1 + n % 12, 13 + n % 15)) for n in range(40)] + [
        "C1,77,unknown,2023-01-01,,5"
    ] * 3
    with pytest.raises(BadInput) as caught:
        import_file(export(tmp_path, *rows))
    problem = caught.value.problems[0]
    assert (problem.rule, problem.values["rows"], problem.values["example"]) == (
        "import.dates_unreadable",
        3,
        "unknown",
    )
