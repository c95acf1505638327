"""Effect 9: early-payment discounts are taken by those who would have paid early anyway."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.engine import simulate
from sim.model.ledger import Ledger
from tests.effects.stage import policy, world
from tests.findings import Findings

OFFER = {"terms.discount_bp": 200, "terms.discount_days": 10}


def days_to_pay(ledger: Ledger) -> pd.Series:
    """Days from invoice to last payment of each invoice, by run and document."""
    entries = ledger.entries
    paid = entries[(entries["kind"] == "receipt") & (entries["invoiced_on"] >= ledger.first)]
    days = paid["happened_on"] - paid["invoiced_on"]
    return days.groupby([paid["run"], paid["against"]]).max()


@pytest.fixture(scope="module")
def both() -> pd.DataFrame:
    """Invoices paid in both worlds: how long without an offer, and whether the offer was taken where there was one."""
    without, offered = (simulate(world(), policy(levers))[0] for levers in ({}, OFFER))
    taken = offered.entries[offered.entries["kind"] == "discount"]
    plain, treated = days_to_pay(without), days_to_pay(offered)
    took = plain.index.isin(pd.MultiIndex.from_frame(taken[["run", "against"]]))
    frame = pd.DataFrame({"without": plain, "took": took}).assign(offered=treated)
    return frame.dropna().reset_index()


def by_run(frame: pd.DataFrame, column: str) -> np.ndarray:
    return frame.groupby("run")[column].mean().to_numpy(dtype=float)


def test_who_takes_the_discount_would_have_paid_earlier_than_who_does_not(
    both: pd.DataFrame, finding: Findings
):
    takers, others = both[both["took"]], both[~both["took"]]
    told = "days to pay when there is no offer: customers' invoices that {} it"
    early = by_run(takers, "without")
    late = by_run(others, "without")
    finding.mean("effect-9", told.format("would take"), early, unit="d")
    finding.mean("effect-9", told.format("would not take"), late, unit="d")
    gap = finding.mean("effect-9", "the difference", late - early, expected="> 0", unit="d")
    assert gap.low > 0.0


def test_who_is_late_without_an_offer_is_late_with_it(both: pd.DataFrame, finding: Findings):
    # The offer moves those who could pay early; those whose money is short stay as late as they were.
    late = both[both["without"] > 90]
    share = late.groupby("run")["took"].mean().to_numpy(dtype=float)
    punctual = both[both["without"] <= 60].groupby("run")["took"].mean().to_numpy(dtype=float)
    told = "share of invoices on which the offer is taken, of those paid {} days without it"
    finding.mean("effect-9", told.format("after more than 90"), share, unit="share")
    finding.mean("effect-9", told.format("within 60"), punctual, unit="share")
    gap = finding.mean("effect-9", "the difference", punctual - share, expected="> 0", unit="share")
    assert gap.low > 0.0
