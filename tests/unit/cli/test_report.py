"""Does `arlab report` write what was asked, and `arlab measure --out` a workbook of what it would show?"""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from sim.cli import arlab
from sim.model.policy import write_policy
from sim.model.portfolio_files import load_portfolio, write_portfolio
from sim.words import Words

CHINESE = re.compile(r"[\u4e00-\u9fff]")
QUICK = ("--days", "40", "--runs", "2", "--no-why")


def run(*arguments: object, lang: str = "en") -> Result:
    return CliRunner(env={"ARLAB_LANG": lang}).invoke(arlab, [str(argument) for argument in arguments])


def test_one_command_writes_all_three_forms(tmp_path: Path):
    outs = [tmp_path / f"meeting.{end}" for end in ("pdf", "html", "xlsx")]
    given = [word for out in outs for word in ("--out", out)]
    done = run(
        "report", "projects", "--baseline", "as_is", "--alternative", "growth", *QUICK, *given, lang="zh"
    )
    assert done.exit_code == 0, done.stderr
    assert all(out.stat().st_size > 5_000 for out in outs)
    assert all(str(out) in done.stdout for out in outs)
    assert CHINESE.search(PdfReader(outs[0]).pages[0].extract_text())
    assert 'lang="zh-CN"' in outs[1].read_text("utf-8")


def test_the_report_gives_the_figures_of_whatif(tmp_path: Path):
    out = tmp_path / "a.xlsx"
    asked = (
        "distributor",
        "--baseline",
        "as_is",
        "--alternative",
        "strict",
        "--days",
        60,
        "--runs",
        3,
        "--seed",
        9,
    )
    assert run("report", *asked, "--no-why", "--out", out).exit_code == 0
    expected = {row["metric"]: row for row in json.loads(run("whatif", *asked, "--json").stdout)}
    sheet = openpyxl.load_workbook(out)[Words("en").say("paper.sheet.differences")]
    for row in sheet.iter_rows(min_row=2, values_only=True):
        found = expected[row[1]]
        if found["unit"] == "fen" and found["difference"] is not None:
            assert row[5] * 100 == pytest.approx(found["difference"], abs=1)
    assert sheet.max_row == len(expected) + 1


def test_own_customers_and_own_policy_from_a_file(tmp_path: Path):
    customers = load_portfolio("projects")
    write_portfolio(customers, tmp_path / "ours")
    policy = tmp_path / "shorter.toml"
    write_policy(customers.policy_in_force.with_levers({"terms.net_days": 20}), policy)
    out = tmp_path / "a.html"
    done = run(
        "report", tmp_path / "ours", "--baseline", "as_is", "--alternative", policy, *QUICK, "--out", out
    )
    assert done.exit_code == 0, done.stderr
    page = out.read_text("utf-8")
    assert "arlab report ours --baseline as_is --alternative shorter.toml" in page
    assert "net_days = 20" in page
    assert str(tmp_path) not in page


def test_everything_wrong_is_told_at_once(tmp_path: Path):
    (tmp_path / "there.pdf").write_text("mine")
    wrong = ("report", "nobody", "--baseline", "asis", "--alternative", "strct", "--scenario", "boom")
    done = run(*wrong, "--out", tmp_path / "a.doc", "--out", tmp_path / "there.pdf")
    assert done.exit_code == 2
    fields = [line.split(":")[0] for line in done.stderr.splitlines()]
    assert fields == ["--out", "--out", "portfolio", "--baseline", "--alternative", "scenario"]
    assert CHINESE.search(run(*wrong, "--out", "a.doc", lang="zh").stderr)
    assert (tmp_path / "there.pdf").read_text() == "mine"


def test_a_file_that_is_there_is_replaced_only_when_asked(tmp_path: Path):
    out = tmp_path / "a.xlsx"
    asked = ("report", "projects", "--baseline", "as_is", "--alternative", "growth", *QUICK, "--out", out)
    assert run(*asked).exit_code == 0
    before = out.read_bytes()
    assert run(*asked).exit_code == 2
    assert run(*asked, "--force").exit_code == 0
    assert out.read_bytes() == before  # the same inputs, the same bytes


def test_nothing_to_write_is_told(tmp_path: Path):
    done = run("report", "projects", "--baseline", "as_is", "--alternative", "growth")
    assert (done.exit_code, done.stderr.strip()) == (2, "--out: is missing")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_measured_figures_become_a_workbook(tmp_path: Path, lang: str):
    out = tmp_path / "figures.xlsx"
    asked = ("measure", "manufacturer", "--every", "quarter", "--metric", "dso", "--metric", "ar")
    assert run(*asked, "--out", out, lang=lang).exit_code == 0
    expected = json.loads(run(*asked, "--json").stdout)
    rows = list(openpyxl.load_workbook(out).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(expected)
    for row, found in zip(rows, expected, strict=True):
        assert row[3] == found["metric"]
        assert row[4] == pytest.approx(found["value"] / (100 if found["unit"] == "fen" else 1), abs=0.01)


@pytest.mark.parametrize(
    "name", ["ageing", "payment_pattern", "exposures", "cash_forecast", "provision_matrix"]
)
def test_a_table_becomes_a_workbook_with_its_numbers(tmp_path: Path, name: str):
    out = tmp_path / "table.xlsx"
    assert run("measure", "manufacturer", "--table", name, "--out", out, lang="zh").exit_code == 0
    expected = json.loads(run("measure", "manufacturer", "--table", name, "--json").stdout)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert sheet.title == Words("zh").say(f"report.{name}.name")
    assert sheet.max_row == len(expected) + 1
    numbers = [cell for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, float)]
    assert numbers
    assert all(cell.number_format != "General" for cell in numbers)


def test_a_metric_that_cannot_be_known_is_no_success_in_a_workbook_either(tmp_path: Path):
    out = tmp_path / "a.xlsx"
    done = run("measure", "manufacturer", "--metric", "discounts", "--out", out)
    assert done.exit_code == 1
    assert "no discounts were recorded" in done.stderr
    assert openpyxl.load_workbook(out).worksheets[1]["B2"].value == "discounts"


def test_a_workbook_must_be_one(tmp_path: Path):
    done = run("measure", "nobody", "--out", tmp_path / "a.pdf")
    assert done.exit_code == 2
    assert done.stderr.splitlines()[0].endswith("must end in .xlsx")
