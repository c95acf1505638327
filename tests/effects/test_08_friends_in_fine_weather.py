"""Effect 8: insurers and banks shrink their lines when they are needed most."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine import simulate
from sim.measure import measure
from sim.model.ledger import Ledger
from tests.effects.stage import policy, world
from tests.findings import Findings

FINANCED = {
    "finance.insurance": "whole",
    "finance.pledge_bp": 7_000,
    "finance.factoring": "recourse",
    "finance.factoring_share_bp": 2_000,
}
RUNS = 60


def taken_away(ledger: Ledger, kind: str) -> np.ndarray:
    """By how much were lines cut in the year? Fen per run."""
    actions = ledger.actions
    mine = actions[actions["kind"] == kind]
    return np.bincount(mine["run"], weights=mine["amount_fen"], minlength=len(ledger.runs))


@pytest.fixture(scope="module")
def years() -> dict[str, dict[str, np.ndarray]]:
    """A year of each kind, insured, factored and pledged: what was lost, and what was taken away."""
    found = {}
    for name in ("normal", "slump", "tight_money"):
        ledger, _ = simulate(world(name, runs=RUNS), policy(FINANCED))
        measured = measure(ledger, ["bad_debt", "insured_share"], every="all")
        found[name] = {
            "bad_debt": measured.values("bad_debt")["all"].to_numpy(),
            "insured_share": measured.values("insured_share")["all"].to_numpy(),
            "insurer": taken_away(ledger, "insurance_cut"),
            "lines": taken_away(ledger, "line_cut"),
        }
    return found


@pytest.mark.slow  # three economies, each for sixty years: lines are seldom cut
@pytest.mark.parametrize("times", ["slump", "tight_money"])
def test_more_is_lost_and_less_is_insured_in_bad_times(
    years: dict[str, dict[str, np.ndarray]], times: str, finding: Findings
):
    change = {name: years[times][name] - years["normal"][name] for name in years["normal"]}
    told = f"{times} against a normal year: change of "
    lost = finding.mean("effect-8", told + "bad debt", change["bad_debt"], expected="> 0", unit="fen")
    cut = finding.mean(
        "effect-8", told + "limits that the insurer cut", change["insurer"], expected="> 0", unit="fen"
    )
    insured = finding.mean("effect-8", told + "the insured share of receivables", change["insured_share"],
                           expected="< 0", unit="share")  # fmt: skip
    assert lost.low > 0.0
    assert cut.low > 0.0
    assert insured.high < 0.0


@pytest.mark.slow  # the same
@pytest.mark.parametrize("times", ["slump", "tight_money"])
def test_bank_and_factor_withdraw_in_bad_times(
    years: dict[str, dict[str, np.ndarray]], times: str, finding: Findings
):
    for name in ("normal", times):
        finding.share(
            "effect-8", f"runs of a {name} year in which bank or factor cut a line", years[name]["lines"] > 0
        )
    change = years[times]["lines"] - years["normal"]["lines"]
    told = f"{times} against a normal year: change of lines that bank and factor cut"
    assert finding.mean("effect-8", told, change, expected="> 0", unit="fen").low > 0.0
