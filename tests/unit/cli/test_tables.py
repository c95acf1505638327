"""Can a ledger's tables be seen from the command line, by a person and by a program?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import arlab
from sim.measure import REPORTS
from sim.model.ledger_files import write_ledger
from tests.unit.ledgers import EVERYTHING, book, invoice, receipt


def run(*arguments: object, lang: str = "en") -> Result:
    runner = CliRunner(env={"ARLAB_LANG": lang, "COLUMNS": "140"})
    return runner.invoke(arlab, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In one run an invoice is paid after 20 days, in the other after 50."""
    folder = tmp_path_factory.mktemp("ledgers") / "two"
    events = [invoice("A", 100_00, day="2025-01-01", run=run) for run in (0, 1)]
    events += [receipt("A", 100_00, day=day, run=run) for run, day in ((0, "2025-01-21"), (1, "2025-02-20"))]
    covered = EVERYTHING - {"orders", "accounts"}
    write_ledger(book(*events, first="2025-01-01", last="2025-06-30", coverage=covered), folder)
    return folder


@pytest.mark.parametrize(
    ("lang", "name", "month"), [("en", "Payment pattern", "Jan 2025"), ("zh", "回款规律表", "2025年1月")]
)
def test_a_person_sees_the_mean_of_all_runs(two_runs: Path, lang: str, name: str, month: str):
    done = run("measure", two_runs, "--table", "payment_pattern", lang=lang)
    assert done.exit_code == 0
    assert name in done.stdout
    line = next(line for line in done.stdout.splitlines() if line.startswith(month))
    assert line.split(month)[1].strip().startswith("30")
    assert "50.0%" in line


def test_a_program_gets_each_run(two_runs: Path):
    done = run("measure", two_runs, "--table", "payment_pattern", "--json")
    rows = [row for row in json.loads(done.stdout) if (row["cohort"], row["age"]) == ("2025-01", 30)]
    assert [(row["run"], row["collected"], row["sales"]) for row in rows] == [(0, 1, 100_00), (1, 0, 100_00)]


def test_a_table_as_of_a_day(two_runs: Path):
    done = run("measure", two_runs, "--table", "exposures", "--as-of", "2025-01-31", "--json")
    assert [row["balance"] for row in json.loads(done.stdout)] == [0, 100_00]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_table_can_be_shown_or_says_why_not(two_runs: Path, name: str, lang: str):
    done = run("measure", two_runs, "--table", name, lang=lang)
    missing = {"orders", "accounts"} & set(REPORTS[name].needs)
    assert done.exit_code == (1 if missing else 0), done.output
    assert (done.stderr == "") == (not missing)


def test_an_unknown_table_is_told_with_those_there_are(two_runs: Path):
    done = run("measure", two_runs, "--table", "patterns")
    assert done.exit_code == 2
    assert "payment_pattern" in done.stderr


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_tables_are_listed(lang: str):
    rows = json.loads(run("list", "tables", "--json", lang=lang).stdout)
    assert [row["name"] for row in rows] == list(REPORTS)
    assert all(row["title"] in run("list", "tables", lang=lang).stdout for row in rows[:2])
