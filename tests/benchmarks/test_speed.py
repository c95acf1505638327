"""How fast is what a user waits for? Run with `uv run pytest tests/benchmarks`; docs/benchmarks.md is written
by `uv run python tools/benchmarks.py`. Figures are ratios and rates of one run on one machine, never pass or fail.
"""

import json
import subprocess
import sys
from itertools import count

import numpy as np
import pandas as pd
import pytest

from sim import import_file, load_portfolio, simulate
from sim.measure import measure
from sim.panels.live.compute import BATCHES, lived
from sim.study.compare import HEADLINE
from sim.twin import simulate_plainly
from tests.benchmarks.worlds import manufacturer


@pytest.fixture(scope="module", params=["core", "normal"])
def scenario(request):
    """The core only, and everything."""
    return request.param


@pytest.fixture(scope="module")
def one(scenario):
    return manufacturer(1, scenario)


@pytest.fixture(scope="module")
def hundred(scenario):
    return manufacturer(100, scenario)


@pytest.fixture(scope="module")
def core():
    return manufacturer(1, "core")


def headline(world):
    ledger, _ = simulate(world, world.portfolio.policy_in_force.with_levers({"terms.net_days": 45}))
    return measure(ledger, list(HEADLINE), every="month")


def test_one_run_of_200_customers_for_a_year_with_headline_measures(benchmark, one):
    benchmark.pedantic(headline, args=(one,), rounds=10, warmup_rounds=2)


def test_a_hundred_runs_of_the_same(benchmark, hundred):
    benchmark.pedantic(headline, args=(hundred,), rounds=3, warmup_rounds=1)


def test_the_twin_tells_one_run(benchmark, core):
    benchmark.pedantic(simulate_plainly, args=(core, core.portfolio.policy_in_force), rounds=3)


def test_the_engine_computes_the_same_run(benchmark, core):
    benchmark.pedantic(simulate, args=(core, core.portfolio.policy_in_force), rounds=10, warmup_rounds=2)


def test_drawing_a_hundred_lives(benchmark):
    benchmark.pedantic(manufacturer, kwargs={"runs": 100}, rounds=3, warmup_rounds=1)


def test_the_panel_answers_a_moved_slider(benchmark):
    """What the kernel does between a slider's release and the first picture; every time another value."""
    base = load_portfolio("manufacturer").policy_in_force
    days = count(1)

    def moved():
        policy = base.with_levers({"credit.hold_overdue_days": next(days)})
        return lived("manufacturer", "normal", 1, 0, BATCHES[0], policy)

    benchmark.pedantic(moved, rounds=8, warmup_rounds=2)


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    """A 150,000-row export of settled invoices."""
    rows = np.arange(150_000)
    invoiced = np.datetime64("2021-01-01") + rows % 1_000
    settled = invoiced + 20 + rows % 37
    table = {
        "Customer": np.char.add("C", (rows % 700).astype(str)), "Invoice no": 10_000_000 + rows,
        "Invoice date": invoiced, "Due date": invoiced + 30, "Amount": (rows % 9_973 + 1) / 4, "Settled date": settled,
    }  # fmt: skip
    path = tmp_path_factory.mktemp("export") / "invoices.csv"
    pd.DataFrame(table).to_csv(path, index=False)
    return path


def test_import_of_a_150000_row_export(benchmark, export):
    benchmark.pedantic(import_file, args=(export,), rounds=3, warmup_rounds=1)


@pytest.mark.parametrize("what", ["sim", "sim.cli"])
def test_import(benchmark, what):
    benchmark.pedantic(
        subprocess.run, args=([sys.executable, "-c", f"import {what}"],), kwargs={"check": True}, rounds=5
    )


@pytest.mark.parametrize("copies", [3, 30, 300])
def test_cost_per_invoice_does_not_grow(benchmark, copies):
    """One process per size, so that its peak memory is its own."""

    def alone():
        command = [sys.executable, "-m", "tests.benchmarks.crowd", str(copies)]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    benchmark.extra_info.update(benchmark.pedantic(alone, rounds=1))
