"""Which figures of a real account get onto the cards, and what is said when there are none?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sim.base.errors import BadInput
from sim.engine import simulate
from sim.measure import Books
from sim.model.ledger import Ledger
from sim.roleplay.consequences import standing
from sim.roleplay.dealing import check_dealt, deal
from sim.roleplay.facts import Dealt, Facts
from sim.roleplay.reading import ROLEPLAYS, load_scenario_named
from sim.study.lives import policy_named, world_of


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    world = world_of("manufacturer", "normal", 1, 1, 200, ())
    return simulate(world, policy_named("as_is", "manufacturer"))[0]


def test_what_is_dealt_is_what_the_account_owes(ledger: Ledger):
    owed, overdue = standing(Books(ledger), ledger.last)
    names = [str(name) for name in ledger.customers["customer"]]
    late = [code for code in np.argsort(-overdue)[:20] if overdue[code] > 0]
    for code in late:
        found = deal(ledger, names[code]).figures
        assert found["balance"] == owed[code] // 100
        assert found["overdue"] == overdue[code] // 100
        assert 0 < found["oldest"] <= found["overdue"]
        assert found["days_late"] >= found["average_late"] > 0
        assert found["terms"] > 0
        assert found["broken_promises"] >= 0


def test_what_was_known_that_day_and_no_more(ledger: Ledger):
    day = ledger.first + 100
    then = ledger.known_by(day)
    owed, _ = standing(Books(then), day)
    code = int(np.argmax(owed))
    assert (
        deal(ledger, str(ledger.customers["customer"].iloc[code]), day).figures["balance"]
        == owed[code] // 100
    )


def test_promises_that_were_not_recorded_are_unknown_and_said_so(ledger: Ledger):
    names = [str(name) for name in ledger.customers["customer"]]
    _, overdue = standing(Books(ledger), ledger.last)
    silent = replace(ledger, coverage=ledger.coverage - {"promises"})
    dealt = deal(silent, names[int(np.argmax(overdue))])
    assert "broken_promises" not in dealt.figures
    case = load_scenario_named(str(ROLEPLAYS / "template.yaml"))
    asks = {name for name, fact in case.facts.items() if fact.source == "broken_promises"}
    assert asks
    assert asks <= set(Facts(case, dealt).not_dealt)


def test_nobody_of_that_name_and_nothing_owed_are_told(ledger: Ledger):
    with pytest.raises(BadInput) as caught:
        deal(ledger, "nobody")
    assert caught.value.problems[0].rule == "roleplay.no_such_customer"


@pytest.mark.parametrize(
    ("number", "rule"), [("R16", "roleplay.not_dealable"), ("R04", "roleplay.nothing_late")]
)
def test_a_case_that_cannot_be_dealt_says_why(number: str, rule: str):
    dealt = Dealt("c1", date(2026, 12, 14), {"balance": 5.0, "overdue": 0.0})
    with pytest.raises(BadInput) as caught:
        check_dealt(Facts(load_scenario_named(number), dealt))
    assert caught.value.problems[0].rule == rule
