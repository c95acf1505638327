"""How fast is what a user waits for? Run with `uv run pytest tests/benchmarks`; the table is written to docs/benchmarks.md
by `uv run python tools/benchmarks.py`. Figures are ratios and rates of one run on one machine, never pass or fail.
"""

import json
import subprocess
import sys

import pytest

from sim import load_policy, measure, simulate
from sim.panels.compute import HEADLINE_SERIES
from sim.study.compare import HEADLINE
from sim.twin import simulate_plainly
from tests.benchmarks.worlds import manufacturer


@pytest.fixture(scope="module")
def one():
    return manufacturer(runs=1)


@pytest.fixture(scope="module")
def hundred():
    return manufacturer(runs=100)


def headline(world):
    ledger, _ = simulate(world, load_policy("strict", base=world.portfolio.policy_in_force))
    return measure(ledger, list(HEADLINE), every="month")


def test_one_run_of_200_customers_for_a_year_with_headline_measures(benchmark, one):
    benchmark.pedantic(headline, args=(one,), rounds=10, warmup_rounds=2)


def test_a_hundred_runs_of_the_same(benchmark, hundred):
    benchmark.pedantic(headline, args=(hundred,), rounds=3, warmup_rounds=1)


def test_the_twin_tells_one_run(benchmark, one):
    benchmark.pedantic(simulate_plainly, args=(one, one.portfolio.policy_in_force), rounds=3)


def test_the_engine_computes_the_same_run(benchmark, one):
    benchmark.pedantic(simulate, args=(one, one.portfolio.policy_in_force), rounds=10, warmup_rounds=2)


def test_drawing_a_hundred_lives(benchmark):
    benchmark.pedantic(manufacturer, kwargs={"runs": 100}, rounds=3, warmup_rounds=1)


@pytest.mark.parametrize("what", ["sim", "sim.cli"])
def test_import(benchmark, what):
    benchmark.pedantic(subprocess.run, args=([sys.executable, "-c", f"import {what}"],), kwargs={"check": True}, rounds=5)


@pytest.mark.parametrize("copies", [3, 30, 300])
def test_cost_per_invoice_does_not_grow(benchmark, copies):
    """One process per size, so that its peak memory is its own."""

    def alone():
        command = [sys.executable, "-m", "tests.benchmarks.crowd", str(copies)]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    benchmark.extra_info.update(benchmark.pedantic(alone, rounds=1))
