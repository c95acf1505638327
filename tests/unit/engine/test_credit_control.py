"""Do reviews, limits, approvals, security and warnings do what a credit office would see?"""

from __future__ import annotations

import numpy as np
import pytest

from sim import draw, load_portfolio, simulate
from sim.measure import measure
from sim.model.ledger import Ledger
from sim.model.mechanisms import Mechanisms
from sim.model.portfolio import scenario_for

PEOPLE = load_portfolio("manufacturer")


def lived(
    levers: dict[str, object] | None = None, *mechanisms: str, days: int = 365, runs: int = 2
) -> Ledger:
    times = scenario_for(PEOPLE, "core", days=days)
    on = Mechanisms(**dict.fromkeys(mechanisms, True))
    policy = PEOPLE.policy_in_force.with_levers(levers or {})
    return simulate(draw(PEOPLE, times.model_copy(update={"mechanisms": on}), seed=2, runs=runs), policy)[0]


def figure(ledger: Ledger, name: str) -> float:
    return float(measure(ledger, (name,), every="all").table["value"].mean())


def actions(ledger: Ledger, kind: str) -> int:
    return int((ledger.actions["kind"] == kind).sum())


def test_reviews_come_to_every_customer_once_per_rhythm():
    ledger = lived({"credit.review_days": 180, "credit.information": "audited"}, days=360)
    cost = -ledger.cash.loc[ledger.cash["kind"] == "information", "amount_fen"].sum()
    reviews = cost / 300_000 / len(ledger.runs)
    assert 1.9 * len(PEOPLE) <= reviews <= 2.0 * len(PEOPLE)  # twice a year each, but for those that failed


def test_better_information_finds_the_true_grade_more_often():
    """With a standing that never changes, any grade change is an error of ours."""
    poor, good = (
        lived({"credit.review_days": 90, "credit.information": kind}, days=360)
        for kind in ("none", "audited")
    )
    assert actions(good, "grade_change") < actions(poor, "grade_change")


def test_nobody_below_the_cut_off_gets_credit():
    ledger = lived({"credit.cut_off_grade": "D"})
    weak = ledger.customers["grade"].isin(["D", "E"]).to_numpy()
    sold = ledger.entries[ledger.entries["kind"] == "invoice"]
    assert not weak[sold["customer"].to_numpy()].any()
    lost = ledger.orders[ledger.orders["hold_reason"] == "cut_off"]
    assert weak[lost["customer"].to_numpy()].all()


def test_large_orders_wait_for_approval():
    ledger = lived({"credit.approval_fen": 50_000_000, "credit.approval_days": 5})
    orders = ledger.orders
    large = (orders["amount_fen"] >= 50_000_000) & (orders["released_on"] < 2**30)
    assert large.sum() > 20
    assert (orders["released_on"] - orders["wanted_on"])[large].min() >= 5


@pytest.mark.parametrize("rule", ["need", "seller_cap", "loss_budget", "minimum"])
def test_every_limit_rule_runs_a_company(rule):
    ledger = lived({"credit.limit_rule": rule}, days=120)
    assert figure(ledger, "credit_sales") > 0


def test_guarantees_bring_back_more_of_what_is_lost():
    bare, secured = (
        lived({"credit.guarantee": kind, "credit.owner_guarantee": kind != "none"}, days=720)
        for kind in ("none", "all")
    )
    assert figure(secured, "recoveries") > figure(bare, "recoveries")
    assert actions(secured, "guarantee") == pytest.approx(0.55 * 2 * len(PEOPLE), rel=0.15)


def test_warnings_are_read_from_the_ledger_and_act():
    quiet = lived({"credit.alerts": False}, "liquidity", "grading")
    warned = lived({"credit.alerts": True, "credit.alert_action": "limit_cut"}, "liquidity", "grading")
    assert actions(quiet, "alert") == 0
    assert actions(warned, "alert") > 10
    assert figure(warned, "credit_sales") < figure(quiet, "credit_sales")
    told = warned.actions[warned.actions["kind"] == "alert"]
    assert (np.asarray((told["happened_on"] + 3) % 7) == 0).all()  # Mondays


def test_a_relation_that_is_ended_sells_nothing_more():
    ledger = lived({"credit.review_days": 60, "credit.exit_grade": "E"}, "grading")
    ended = ledger.actions[ledger.actions["kind"] == "exited"]
    assert len(ended)
    sold = ledger.entries[ledger.entries["kind"] == "invoice"]
    last = sold.groupby(["run", "customer"])["happened_on"].max()
    for row in ended.itertuples():
        assert last.get((row.run, row.customer), 0) <= row.happened_on


def test_grades_that_wander_change_who_fails():
    still, moving = (
        lived(None, *names, days=720, runs=6) for names in (("contagion",), ("contagion", "grading"))
    )
    assert actions(moving, "default_known") != actions(still, "default_known")
