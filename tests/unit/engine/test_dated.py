"""What does a single decision on a single day do, and can any day be entered again?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.base.errors import BadInput
from sim.engine import simulate
from sim.model.laws import broken_laws
from sim.model.ledger import TABLES
from sim.model.mechanisms import Mechanisms
from sim.model.policy import Policy
from sim.model.portfolio_files import load_portfolio
from sim.model.scenario import load_scenario
from sim.model.timeline import Action, Timeline
from sim.twin import simulate_plainly
from sim.words import LANGUAGES, Words
from sim.world import World, draw
from tests.unit.engine.tiny import Order, acts, company, contacts, entries, fates, ladder, live, paid, policy


def decided(world: World, *actions: dict[str, Any], **levers: Any) -> Any:
    """The ledger with these actions; days count from the first, customer c0 if none is named."""
    first = world.scenario.first
    made = []
    for action in actions:
        about = {"customer": "c0", **action, "day": first + action["day"]}
        if "until" in about:
            about["until"] += first
        made.append(Action(**about))
    return live(world, Timeline(policy=policy(**levers), actions=tuple(made)))


def test_a_talk_whose_outcome_is_known_reaches_or_does_not():
    world = company(Order(0, 500, luck=8.0), Order(0, 700, luck=8.0))
    ledger = decided(world, {"day": 10, "move": "phone", "outcome": "not_reached"},
                     {"day": 20, "move": "phone", "outcome": "reached", "document": 1})  # fmt: skip
    assert contacts(ledger) == [(10, "phone", 0, "not_reached"), (20, "phone", 0, "reached")]
    assert [day for day, amount in paid(ledger) if amount == 500] == [80]
    assert [day for day, amount in paid(ledger) if amount == 700] < [80]


@pytest.mark.parametrize("points", [30, -30, 0])
def test_a_talk_leaves_an_impression_that_fades(points: int):
    world = company(Order(0, 500, luck=8.0), mechanisms=Mechanisms(relationship=True))
    felt = [
        rows["amount_fen"].iloc[0]
        for ledger in (decided(world, {"day": 10, "kind": "impression", "points": points}), decided(world))
        for rows in [ledger.actions[ledger.actions["kind"] == "satisfaction"]]
    ]
    assert np.sign(felt[0] - felt[1]) == np.sign(points)
    assert abs(felt[0] - felt[1]) <= abs(points) * 100


@pytest.mark.parametrize(("chance", "receipts"), [(100, [(60, 300), (80, 200)]), (0, [(80, 500)])])
def test_a_promise_of_a_part_is_kept_by_its_chance(chance: int, receipts: list[tuple[int, int]]):
    world = company(Order(0, 500, luck=8.0), archetype="prompt")  # whom reminders leave as he is
    promise = {"day": 50, "kind": "promise", "until": 60, "amount_fen": 300, "chance_pct": chance}
    ledger = decided(world, promise, collection__ladder=ladder((25, "email"), (45, "email")))
    assert paid(ledger) == receipts
    kept = "promise_kept" if chance else "promise_broken"
    assert [kind for _, kind, _, _ in acts(ledger, "promise_made", "promise_kept", "promise_broken")] == [
        "promise_made", kept,
    ]  # fmt: skip
    assert [day for day, *_ in contacts(ledger)] == [
        63 if not chance else 60,
        75,
    ]  # nobody asks before the day
    assert broken_laws(ledger) == []


def test_a_plan_agreed_in_a_talk():
    world = company(Order(0, 900))
    plan = {"day": 40, "kind": "plan", "instalments": 1, "down_bp": 0, "every_days": 20}
    ledger = decided(world, plan)
    assert acts(ledger, "plan_made") == [(40, "plan_made", 0, 900)]
    assert sum(amount for _, amount in paid(ledger)) in (0, 900)


def test_a_hold_stands_until_the_release():
    world = company(Order(10, 500), Order(20, 600), Order(40, 700))
    ledger = decided(world, {"day": 15, "kind": "hold"}, {"day": 30, "kind": "release"})
    assert fates(ledger) == [("", None, 10, None), ("hold", 20, 30, None), ("", None, 40, None)]


def test_one_order_may_go_out_over_the_limit():
    world = company(Order(0, 100_000), Order(5, 100_000), Order(6, 100_000))
    levers = {"credit__limit_enforcement": "hold", "credit__limit_pct": 10}
    ledger = decided(world, {"day": 8, "kind": "release", "document": 1}, **levers)
    assert fates(ledger) == [("", None, 0, None), ("limit", 5, 8, None), ("limit", 6, None, None)]


def test_a_new_limit_holds_at_once_and_is_written_down():
    world = company(Order(0, 9_000), Order(5, 9_000))
    ledger = decided(
        world, {"day": 3, "kind": "limit", "amount_fen": 9_500}, credit__limit_enforcement="hold"
    )
    assert acts(ledger, "limit_change") == [(3, "limit_change", 0, 9_500)]
    assert fates(ledger)[1][:2] == ("limit", 5)


def test_a_guarantee_brings_back_part_of_the_loss():
    world = company(Order(0, 1_000_000), fails={0: 40}, days=330, table={"lgd_bp": 6_000})
    plain, secured = (sum(a for *_, a in entries(decided(world, *extra), "recovery")) for extra in
                      ((), ({"day": 5, "kind": "guarantee", "cover_bp": 5_000},)))  # fmt: skip
    assert (-plain, -secured) == (400_000, 700_000)


def test_a_dispute_settled_in_a_talk_is_credited_as_agreed():
    world = company(Order(0, 1_000, luck=4.0, dispute_after=10), dispute_median_days=60)
    settled = {"day": 20, "kind": "dispute_settled", "credited_bp": 1_500, "document": 0}
    ledger = decided(world, settled)
    assert acts(ledger, "dispute_settled") == [(20, "dispute_settled", 0, 150)]
    assert paid(ledger)[0][1] == 850


@pytest.mark.parametrize("to", ["agency", "court", "payment_order"])
def test_a_late_claim_is_handed_over_by_decision(to: str):
    world = company(Order(0, 1_000_000), Order(20, 700))
    ledger = decided(world, {"day": 40, "kind": "hand_over", "to": to})
    rows = ledger.actions[ledger.actions["kind"] == "handed_over"]
    assert rows[["outcome", "amount_fen", "document"]].to_numpy().tolist() == [[to, 1_000_000, 0]]
    assert (rows["happened_on"] - ledger.first).tolist() == [40]
    assert broken_laws(ledger) == []


def test_what_is_set_for_a_day_off_is_done_on_the_next_working_day():
    world = company(Order(0, 900), calendar="weekdays")  # 1 January 2025 is a Wednesday
    assert [day for day, *_ in contacts(decided(world, {"day": 3, "move": "email"}))] == [5]


# --- entering a day again -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["core", "normal"])
def test_until_the_day_of_another_policy_the_ledger_is_the_same_row_by_row(name: str):
    people = load_portfolio("manufacturer")
    world = draw(people, load_scenario(name), seed=6)
    day = world.scenario.first + 170
    mails = tuple(
        Action(day=day + shift, customer=str(people.column("customer")[3]), move="email") for shift in (-9, 9)
    )
    base = Timeline(policy=people.policy_in_force, actions=mails)
    harder = people.policy_in_force.with_levers(
        {"collection.agency_days": 30, "terms.net_days": 30, "collection.collectors": 6}
    )
    once, again = (simulate(world, timeline)[0] for timeline in (base, base.then(day, harder)))
    for table in TABLES:
        left, right = (
            getattr(ledger.known_by(day - 1), table).reset_index(drop=True) for ledger in (once, again)
        )
        pd.testing.assert_frame_equal(left, right)
    assert not once.entries.equals(again.entries)


def test_later_decisions_are_taken_anew():
    one, two, three = (Policy().with_levers({"terms.net_days": days}) for days in (30, 60, 90))
    calls = tuple(Action(day=day, customer="c0", move="phone") for day in (10, 20, 30))
    timeline = Timeline(policy=one, changes=((15, two), (25, three)), actions=calls).then(
        20, three, calls[2:]
    )
    assert timeline.changes == ((15, two), (20, three))
    assert [action.day for action in timeline.actions] == [10, 30]


# --- what cannot be ------------------------------------------------------------------------------------------------


def test_all_that_is_wrong_with_an_action_is_said_at_once_in_both_languages():
    with pytest.raises(BadInput) as error:
        Timeline.checked({"actions": [
            {"day": 10, "customer": "c0", "kind": "promise", "until": 5, "move": "phone", "credited_bp": 3},
            {"day": 10, "customer": "c0", "kind": "hand_over"},
            {"day": 10, "customer": "c0", "kind": "limit", "amount_fen": -1},
        ]})  # fmt: skip
    found = {(problem.rule, problem.field) for problem in error.value.problems}
    assert found == {
        ("not_for_kind", "actions.0.move"), ("not_for_kind", "actions.0.credited_bp"),
        ("promise_not_later", "actions.0.until"), ("missing_for_kind", "actions.1.to"),
        ("at_least", "actions.2.amount_fen"),
    }  # fmt: skip
    for language in LANGUAGES:
        assert "{" not in Words(language).problems(error.value)


def test_customers_and_documents_must_be_there():
    world = company(Order(0, 500), Order(0, 600, customer=1))
    actions = ({"day": 1, "customer": "nobody", "move": "email"}, {"day": 1, "move": "email", "document": 1})
    with pytest.raises(BadInput) as error:
        decided(world, *actions)
    assert [problem.rule for problem in error.value.problems] == ["unknown_customer", "unknown_document"]


def test_the_twin_says_what_it_cannot_carry_out():
    world = company(Order(0, 500))
    first = world.scenario.first
    timeline = Timeline(actions=(
        Action(day=first, customer="c0", move="email"), Action(day=first, customer="c0", kind="hold"),
        Action(day=first, customer="c0", move="phone", outcome="reached"),
    ))  # fmt: skip
    with pytest.raises(BadInput) as error:
        simulate_plainly(world, timeline)
    assert [problem.field for problem in error.value.problems] == ["actions[1].kind", "actions[2].kind"]
    assert np.array_equal(simulate(world, timeline)[0].runs, (0,))
