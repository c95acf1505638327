"""Effect 2: the same move helps one cause of late payment and not another.

Portfolios of one kind of payer each, orders and contacts held fixed: what does a move take off the days that a yuan of
sales is open?
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.model.behaviour import ARCHETYPE_BEHAVIOURS
from sim.model.policy import LadderStep, Policy
from sim.world import World, draw
from tests.effects.stage import figures
from tests.findings import Findings
from tests.twin.worlds import LET_ALL_THROUGH, customers, portfolio, scenario

NOTHING = Policy().with_levers(LET_ALL_THROUGH)
CURES = {
    "reminder": NOTHING.with_levers({"collection.ladder": (LadderStep(days=3, move="email"),)}),
    "lawyer's letter": NOTHING.with_levers(
        {"collection.ladder": (LadderStep(days=20, move="lawyer_letter"),)}
    ),
    "dispute desk": NOTHING.with_levers({"operations.dispute_desk": True}),
}


@cache
def only(archetype: str) -> World:
    kind = tuple(each for each in ARCHETYPE_BEHAVIOURS if each.archetype == archetype)
    table = customers(60, default_bp_year=0, orders_per_year=24.0)
    return draw(portfolio(table, behaviours=kind), scenario(400), seed=1, runs=12)


@cache
def days_saved(archetype: str, cure: str) -> NDArray[np.float64]:
    """By how many days is the mean balance shorter?"""
    where = only(archetype)
    without, treated = (
        figures(where, decided, ["dso_daily"])["dso_daily"] for decided in (NOTHING, CURES[cure])
    )
    return without - treated


@pytest.mark.parametrize(
    ("cure", "helps", "leaves_cold"),
    [
        ("reminder", "forgetful", ("strategic", "disputing")),
        ("lawyer's letter", "strategic", ("disputing", "process")),
        ("dispute desk", "disputing", ("strategic", "forgetful")),
    ],
)
def test_a_move_helps_its_cause_ten_times_as_much_as_another(
    cure: str, helps: str, leaves_cold: tuple[str, ...], finding: Findings
):
    told = f"{cure}, {{}} customers: days saved"
    saved = days_saved(helps, cure)
    helped = finding.mean("effect-2", told.format(helps), saved, expected="> 0", unit="d")
    assert helped.low > 0.0
    for archetype in leaves_cold:
        wasted = days_saved(archetype, cure)
        other = finding.mean("effect-2", told.format(archetype), wasted, expected="a tenth at most", unit="d")
        assert other.high < helped.low / 10


def test_pressing_a_disputing_customer_is_no_cure_but_the_desk_is(finding: Findings):
    # The same customers: what presses strategic payers most leaves them cold, what settles disputes does not.
    desk, letter = days_saved("disputing", "dispute desk"), days_saved("disputing", "lawyer's letter")
    more = finding.mean(
        "effect-2", "disputing customers: days saved by the desk beyond a lawyer's letter", desk - letter,
        expected="> 0", unit="d",
    )  # fmt: skip
    assert more.low > 0.0
