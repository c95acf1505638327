"""Do the commands that show figures say what they know, refuse what they do not, and keep what was there?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import arlab
from sim.model.ledger_files import read_ledger, write_ledger
from sim.words.layout import width
from tests.unit.ledgers import book, invoice, receipt

MONTH = ("--days", 31, "--runs", 2)


def run(*arguments: object, lang: str = "en") -> Result:
    runner = CliRunner(env={"ARLAB_LANG": lang, "COLUMNS": "100"})
    return runner.invoke(arlab, [str(argument) for argument in arguments])


def rows(done: Result) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two invoices, one paid ten days late; no write-offs recorded."""
    folder = tmp_path_factory.mktemp("ledgers") / "small"
    events = (
        invoice("A", 100_00, day="2025-01-01", net=30),
        invoice("B", 50_00, day="2025-01-11", net=30),
        receipt("A", 100_00, day="2025-02-10"),
    )
    covered = {"invoice", "receipt", "invoice_dates", "open_items"}
    write_ledger(book(*events, first="2025-01-01", last="2025-02-28", coverage=covered), folder)
    return folder


def test_json_figures_are_rows_of_run_period_metric_value_unit(small: Path):
    done = run("measure", small, "--metric", "ar", "--metric", "days_to_pay", "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert rows(done)[:2] == [
        {"run": 0, "period": "2025-01", "metric": "ar", "value": 150_00, "unit": "fen"},
        {"run": 0, "period": "2025-02", "metric": "ar", "value": 50_00, "unit": "fen"},
    ]
    paid = {row["period"]: row for row in rows(done) if row["metric"] == "days_to_pay"}
    assert paid["2025-02"]["value"] == 40
    assert paid["2025-01"]["value"] is None
    assert paid["2025-01"]["reason"]


def test_a_metric_asked_for_by_name_and_refused_is_no_success(small: Path):
    done = run("measure", small, "--metric", "bad_debt", "--every", "all", "--json")
    (row,) = rows(done)
    assert done.exit_code == 1
    assert (row["value"], row["period"]) == (None, "all")
    assert "no write-offs" in str(row["reason"])
    assert "no write-offs" in done.stderr


def test_without_names_refused_metrics_are_null_rows_and_a_success(small: Path):
    done = run("measure", small, "--every", "all", "--json", lang="zh")
    found = {str(row["metric"]): row for row in rows(done)}
    assert (done.exit_code, done.stderr) == (0, "")
    assert found["invoices"]["value"] == 2
    assert "核销" in str(found["bad_debt"]["reason"])
    assert found["cash"]["value"] is None


def test_figures_may_be_read_as_they_stood_on_a_day(small: Path):
    done = run("measure", small, "--metric", "ar", "--every", "all", "--as-of", "2025-01-05", "--json")
    assert [row["value"] for row in rows(done)] == [100_00]


def test_a_table_for_people_lines_up_in_chinese(small: Path):
    lines = run("measure", small, lang="zh").stdout.splitlines()
    until = lines.index("")
    assert len({width(line) for line in lines[:until]}) == 1
    assert "未知" in "".join(lines[:until])


def test_an_unknown_metric_is_answered_with_the_nearest(small: Path):
    done = run("measure", small, "--metric", "dsoo")
    assert done.exit_code == 2
    assert "dso" in done.stderr
    assert "arlab list metrics" in done.stderr


def test_a_folder_without_a_ledger_is_said(tmp_path: Path):
    done = run("measure", tmp_path)
    assert done.exit_code == 2
    assert str(tmp_path) in done.stderr


def test_metrics_are_listed_with_unit_and_need():
    found = {str(row["name"]): row for row in rows(run("list", "metrics", "--json"))}
    assert (found["dso"]["unit"], found["dso"]["better"]) == ("d", "low")
    assert "write_off" in found["bad_debt"]["needs"]


# --- simulate and whatif ----------------------------------------------------------------------------------------


def test_a_simulated_ledger_can_be_measured_and_is_not_overwritten(tmp_path: Path):
    out = tmp_path / "ledger"
    first = run("simulate", "manufacturer", "--policy", "strict", *MONTH, "--out", out)
    assert first.exit_code == 0, first.stderr
    assert read_ledger(out).runs == (0, 1)
    again = run("simulate", "manufacturer", "--policy", "growth", *MONTH, "--out", out)
    assert (again.exit_code, "--force" in again.stderr) == (2, True)
    assert (
        run("simulate", "manufacturer", "--policy", "growth", "--days", 31, "--out", out, "--force").exit_code
        == 0
    )
    assert read_ledger(out).runs == (0,)
    assert run("measure", out, "--metric", "ar", "--every", "all", "--json").exit_code == 0


def test_whatif_shows_paired_differences(tmp_path: Path):
    line = ("whatif", "manufacturer", "--baseline", "as_is", "--alternative", "strict", *MONTH)
    done = run(*line, "--json")
    found = {str(row["metric"]): row for row in rows(done)}
    keys = ["metric", "unit", "baseline", "alternative", "difference", "low", "high", "agree", "runs"]
    assert (done.exit_code, done.stderr) == (0, "")
    assert list(found["dso"]) == keys
    assert (
        float(str(found["ar"]["low"]))
        <= float(str(found["ar"]["difference"]))
        <= float(str(found["ar"]["high"]))
    )
    told = run(*line, lang="zh")
    assert "差异" in told.stdout
    assert "基准方案：维持现状。备选方案：从严。" in told.stdout


def test_a_policy_without_change_makes_no_difference(tmp_path: Path):
    same = tmp_path / "same.toml"
    same.write_text("[about]\nwho = 'me'\n", encoding="utf-8")
    done = run("whatif", "manufacturer", "--baseline", "as_is", "--alternative", same, *MONTH, "--json")
    assert {row["difference"] for row in rows(done)} <= {0, None}


def test_one_run_has_no_interval_and_says_why():
    done = run(
        "whatif",
        "manufacturer",
        "--baseline",
        "as_is",
        "--alternative",
        "strict",
        "--days",
        31,
        "--runs",
        1,
        "--json",
    )
    ar = next(row for row in rows(done) if row["metric"] == "ar")
    assert (ar["low"], ar["high"], ar["runs"]) == (None, None, 1)
    assert "two runs" in str(ar["reason"])


def test_wrong_levers_in_a_policy_file_are_all_told_by_name(tmp_path: Path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        "[terms]\nnet_days = 900\n[collection]\nworklist = 'newest'\ncolectors = 1\n", encoding="utf-8"
    )
    done = run("whatif", "manufacturer", "--baseline", wrong, "--alternative", "strict", lang="zh")
    assert done.exit_code == 2
    assert "信用期（terms.net_days）：900" in done.stderr
    assert "催收清单排序规则（collection.worklist）：newest" in done.stderr
    assert "collection.colectors" in done.stderr


# --- import -----------------------------------------------------------------------------------------------------


def test_an_export_becomes_a_ledger_with_report_and_mapping(
    shared_data: Callable[[str], Path], tmp_path: Path
):
    file, out = shared_data("ibm_late_payment") / "ibm_mdy.csv", tmp_path / "ibm"
    done = run("import", file, "--out", out, lang="zh")
    assert done.exit_code == 0, done.stderr
    assert {"manifest.toml", "mapping.toml", "quality.md"} <= {path.name for path in out.iterdir()}
    figures = run("measure", out, "--every", "all", "--json")
    found = {str(row["metric"]): row for row in rows(figures)}
    assert found["invoices"]["value"] == 2_466
    assert round(float(str(found["late_share"]["value"])), 3) == 0.356
    assert round(float(str(found["days_to_pay_count"]["value"])), 1) == 26.4
    assert round(float(str(found["days_to_pay"]["value"])), 1) == 26.7
    assert found["bad_debt"]["value"] is None
    assert run("import", file, "--mapping", out / "mapping.toml", "--out", tmp_path / "again").exit_code == 0


def test_an_export_that_cannot_be_read_writes_nothing(tmp_path: Path):
    file = tmp_path / "export.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    done = run("import", file, "--out", tmp_path / "ledger")
    assert done.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["export.csv"]


def test_a_fitted_portfolio_says_what_is_assumed_and_can_be_compared(
    shared_data: Callable[[str], Path], tmp_path: Path
):
    file = shared_data("ibm_late_payment") / "ibm_mdy.csv"
    assert run("import", file, "--out", tmp_path / "ledger").exit_code == 0
    done = run("fit", tmp_path / "ledger", "--out", tmp_path / "customers", lang="zh")
    assert done.exit_code == 0, done.stderr
    assert "假设" in done.stdout
    assert "无从得知" in done.stdout
    line = (
        "whatif",
        tmp_path / "customers",
        "--baseline",
        "as_is",
        "--alternative",
        "strict",
        *MONTH,
        "--json",
    )
    assert {"low", "high", "agree"} <= set(rows(run(*line))[0])
    again = run("fit", tmp_path / "ledger", "--out", tmp_path / "customers")
    assert (again.exit_code, "--force" in again.stderr) == (2, True)
