"""One comparison for all tests of reports: small, but with every kind of lever and figure in it."""

from __future__ import annotations

import pytest

from sim.model.portfolio_files import load_portfolio
from sim.model.presets import load_policy
from sim.reports import Findings, Inputs, gather
from sim.reports.compose import compose
from sim.reports.paper import Paper
from sim.words import Words

RUNS, DAYS, SEED = 3, 150, 7


@pytest.fixture(scope="session")
def inputs() -> Inputs:
    customers = load_portfolio("projects")
    before, after = (load_policy(name, base=customers.policy_in_force) for name in ("as_is", "strict"))
    return Inputs(customers, before, after, "projects", "as_is", "strict", "slump", DAYS, RUNS, SEED)


@pytest.fixture(scope="session")
def findings(inputs: Inputs) -> Findings:
    return gather(inputs)


@pytest.fixture(scope="session")
def papers(findings: Findings) -> dict[str, Paper]:
    return {lang: compose(findings, Words(lang)) for lang in ("en", "zh")}  # type: ignore[arg-type]
