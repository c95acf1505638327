"""Does every ledger the engine writes keep the laws, whatever the world and the policy, and however runs are cut?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.base.days import NEVER
from sim.engine import simulate
from sim.model.laws import broken_laws
from sim.model.ledger import TABLES, Ledger
from sim.model.policy import LadderStep, Policy
from sim.model.table_checks import check_tables
from sim.model.timeline import Timeline
from sim.world import World, draw
from tests.twin.strategies import policies, portfolios, scenarios, timelines, worlds
from tests.twin.worlds import customers, portfolio, scenario

LIVELY = customers(
    6,
    pay_rule=["any", "weekly", "twice_monthly", "monthly", "thirty_days", "any"],
    grade=["A", "B", "C", "D", "B", "C"],
    default_bp_year=5_000,
    dispute_bp=2_000,
    order_median_fen=2_000_000,
)
DISCOUNT = Policy().with_levers({"terms.discount_bp": 200, "collection.collectors": 1})


@pytest.mark.slow  # broken_laws reads each of sixty arbitrary ledgers several times over
@given(st.data())
@settings(max_examples=60)
def test_every_ledger_keeps_the_laws_of_bookkeeping(data: st.DataObject):
    world: World = data.draw(worlds())
    ledger, _ = simulate(world, data.draw(timelines(world)))
    check_tables(ledger)
    assert broken_laws(ledger) == []


@given(st.data())
@settings(max_examples=30)
def test_every_released_order_and_no_other_is_invoiced_once(data: st.DataObject):
    world: World = data.draw(worlds())
    ledger, _ = simulate(world, data.draw(timelines(world)))
    orders = ledger.orders[ledger.orders["released_on"] != NEVER]
    invoices = ledger.entries[ledger.entries["kind"] == "invoice"].sort_values(["run", "document"])
    left = orders[["run", "order", "customer", "released_on", "amount_fen"]].to_numpy()
    right = invoices[["run", "document", "customer", "happened_on", "amount_fen"]].to_numpy()
    np.testing.assert_array_equal(left, right)


@given(st.data())
@settings(max_examples=30)
def test_nobody_works_or_pays_on_days_off_and_failed_customers_never_pay(data: st.DataObject):
    world: World = data.draw(worlds())
    ledger, truth = simulate(world, data.draw(timelines(world)))
    receipts = ledger.entries[ledger.entries["kind"] == "receipt"]
    contacts = ledger.actions[ledger.actions["kind"] == "contact"]
    for day in {*receipts["happened_on"], *contacts["happened_on"]}:
        assert world.calendar.is_workday(day)
    failed_on = truth.world.lives.default_on[
        [world.run_names.index(run) for run in receipts["run"]], receipts["customer"].to_numpy()
    ]
    assert (receipts["happened_on"].to_numpy() < failed_on).all()


@given(st.data())
@settings(max_examples=30)
def test_collectors_work_no_longer_than_their_day(data: st.DataObject):
    world: World = data.draw(worlds())
    policy: Policy = data.draw(policies())
    ledger, _ = simulate(world, policy)
    minutes = ledger.actions.groupby(["run", "happened_on"])["minutes"].sum()
    assert (minutes <= policy.collection.collectors * policy.collection.minutes_per_day).all()


@given(st.data())
@settings(max_examples=30)
def test_a_promise_ends_once_kept_or_broken(data: st.DataObject):
    world: World = data.draw(worlds())
    ledger, _ = simulate(world, data.draw(timelines(world)))
    actions = ledger.actions[ledger.actions["kind"].isin(["promise_made", "promise_kept", "promise_broken"])]
    step = np.where(actions["kind"] == "promise_made", 1, -1)
    # On one day an old promise ends (in the morning) before a new one is made.
    in_time = actions.assign(step=step, end=step).sort_values(["run", "document", "happened_on", "end"])
    standing = in_time.groupby(["run", "document"])["step"].cumsum()
    assert standing.isin([0, 1]).all()


def part(ledger: Ledger, runs: tuple[int, ...]) -> dict[str, pd.DataFrame]:
    tables = {name: getattr(ledger, name) for name in TABLES}
    return {name: table[table["run"].isin(runs)].reset_index(drop=True) for name, table in tables.items()}


def assert_same_tables(left: dict[str, pd.DataFrame], right: dict[str, pd.DataFrame]) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(left[name], right[name], obj=name)


@pytest.mark.slow  # a hundred single runs are the point
def test_a_hundred_runs_at_once_equal_a_hundred_single_runs_bit_for_bit():
    people = portfolio(LIVELY, opening=[("c0", 90, 60, 700_000), ("c3", 20, 60, 900_000)], seasonal=True)
    when = scenario(120)
    together, _ = simulate(draw(people, when, seed=11, runs=100), DISCOUNT)
    assert set(together.entries["kind"]) > {"receipt", "discount", "credit_note", "write_off"}
    for run in range(100):
        alone, _ = simulate(draw(people, when, seed=11, runs=1, first_run=run), DISCOUNT)
        assert_same_tables(part(together, (run,)), part(alone, (run,)))


@given(portfolios(), scenarios(), policies(), st.integers(0, 999), st.integers(1, 4))
@settings(max_examples=20)
def test_runs_in_two_parts_equal_runs_in_one(people, when, policy: Policy, seed: int, cut: int):
    whole, _ = simulate(draw(people, when, seed=seed, runs=5), policy)
    first, _ = simulate(draw(people, when, seed=seed, runs=cut), policy)
    second, _ = simulate(draw(people, when, seed=seed, runs=5 - cut, first_run=cut), policy)
    assert whole.runs == first.runs + second.runs
    for name in TABLES:
        joined = pd.concat([getattr(first, name), getattr(second, name)], ignore_index=True)
        pd.testing.assert_frame_equal(getattr(whole, name), joined, obj=name)


def test_same_world_and_policy_give_the_same_ledger_twice():
    world = draw(portfolio(LIVELY), scenario(120), seed=2, runs=3)
    assert_same_tables(
        part(simulate(world, DISCOUNT)[0], (0, 1, 2)), part(simulate(world, DISCOUNT)[0], (0, 1, 2))
    )


def test_the_past_does_not_know_of_a_later_change_of_policy():
    world = draw(portfolio(LIVELY, seasonal=True), scenario(150), seed=4, runs=3)
    change = world.scenario.first + 70
    other = Policy().with_levers(
        {"terms.net_days": 30, "collection.ladder": (LadderStep(days=1, move="phone"),)}
    )
    plain, _ = simulate(world, DISCOUNT)
    turned, _ = simulate(world, Timeline(policy=DISCOUNT, changes=((change, other),)))
    before, after = plain.known_by(change - 1), turned.known_by(change - 1)
    runs = tuple(world.run_names)
    assert_same_tables(part(before, runs), part(after, runs))
    assert not plain.entries.equals(turned.entries)
