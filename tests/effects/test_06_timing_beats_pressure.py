"""Effect 6: with customers bound by their own procedures, timing beats pressure.

Supermarkets whose every statement passes its windows. A message before the window closes saves a missed step; what
comes after the due date, however hard, meets a house that cannot pay yet.
"""

from __future__ import annotations

from functools import cache

from sim.model.behaviour import ARCHETYPE_BEHAVIOURS
from sim.model.mechanisms import Mechanisms
from sim.model.policy import LadderStep, Policy
from sim.world import World, draw
from tests.effects.stage import Values, figures
from tests.findings import Findings
from tests.twin.worlds import LET_ALL_THROUGH, customers, portfolio, scenario

FIGURES = ("days_late", "satisfaction", "collection_cost")
# Terms are 60 days: the statement closes 0 to 30 days after the invoice, its window another month later.
WAYS = {
    "nothing": (),
    "two messages before the window closes": ((-40, "courtesy"), (-28, "courtesy")),
    "the same two messages after the due date": ((3, "courtesy"), (15, "courtesy")),
    "four letters, two by a lawyer, after the due date": (
        (3, "letter"), (10, "lawyer_letter"), (20, "letter"), (30, "lawyer_letter"),
    ),
    "three calls and one by a director after the due date": (
        (3, "phone"), (10, "phone"), (20, "phone"), (30, "senior_call"),
    ),
}  # fmt: skip
NOTHING, EARLY, LATE, LETTERS, CALLS = WAYS


@cache
def supermarkets() -> World:
    kind = tuple(each for each in ARCHETYPE_BEHAVIOURS if each.archetype == "process")
    table = customers(
        60, default_bp_year=0, orders_per_year=24.0, segment="supermarket", pay_rule="monthly", pay_anchor=5
    )
    times = scenario(500, mechanisms=Mechanisms(processes=True, relationship=True))
    return draw(portfolio(table, behaviours=kind), times, seed=1, runs=20)


@cache
def lived(way: str) -> Values:
    ladder = tuple(LadderStep(days=days, move=move) for days, move in WAYS[way])  # type: ignore[arg-type]
    levers = LET_ALL_THROUGH | {"collection.ladder": ladder, "collection.collectors": 10}
    return figures(supermarkets(), Policy().with_levers(levers), FIGURES)


def test_the_same_messages_help_more_before_the_window_closes(finding: Findings):
    saved = {way: lived(NOTHING)["days_late"] - lived(way)["days_late"] for way in (EARLY, LATE)}
    for way, days in saved.items():
        finding.mean("effect-6", f"{way}: days saved", days, expected="> 0", unit="d")
    told = "days saved by the early messages beyond those saved by the late ones"
    gap = finding.mean("effect-6", told, saved[EARLY] - saved[LATE], expected="> 0", unit="d")
    assert gap.low > 0.0


def test_early_messages_do_more_than_letters_and_lawyers_and_cost_neither_money_nor_goodwill(
    finding: Findings,
):
    early, letters = lived(EARLY), lived(LETTERS)
    told = f"{EARLY}, against {LETTERS}: "
    days = finding.mean("effect-6", told + "days saved", letters["days_late"] - early["days_late"],
                        expected="> 0", unit="d")  # fmt: skip
    goodwill = finding.mean(
        "effect-6",
        told + "points of satisfaction",
        early["satisfaction"] - letters["satisfaction"],
        expected="> 0",
    )
    money = finding.mean("effect-6", told + "cost saved", letters["collection_cost"] - early["collection_cost"],
                         expected="> 0", unit="fen")  # fmt: skip
    assert days.low > 0.0
    assert goodwill.low > 0.0
    assert money.low > 0.0


def test_early_messages_do_more_than_calls_after_the_due_date(finding: Findings):
    more = lived(CALLS)["days_late"] - lived(EARLY)["days_late"]
    told = f"{EARLY}, against {CALLS}: days saved"
    assert finding.mean("effect-6", told, more, expected="> 0", unit="d").low > 0.0
