"""What do times, failures of others and a lack of money do to customers?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from sim import draw, load_portfolio, simulate
from sim.base.days import NEVER
from sim.measure import measure
from sim.model.mechanisms import Mechanisms
from sim.model.policy import Policy
from sim.model.portfolio import scenario_for
from sim.model.regimes import REGIMES, TABLE, regime_path
from sim.world import World

PEOPLE = load_portfolio("manufacturer")


def world(*mechanisms: str, runs: int = 4, days: int = 240, **economy: object) -> World:
    core = scenario_for(PEOPLE, "core", days=days)
    economy_now = core.economy.model_copy(update=economy)
    on = Mechanisms(**dict.fromkeys(mechanisms, True))
    return draw(PEOPLE, core.model_copy(update={"mechanisms": on, "economy": economy_now}), seed=5, runs=runs)


def figure(ledger: object, name: str) -> float:
    table = measure(ledger, (name,), every="all").table  # type: ignore[arg-type]
    return float(table["value"].mean())


def test_a_life_with_nothing_dangerous_in_it_ends_as_in_the_core():
    """Days are used up one by one: the live clock of failures and the day drawn beforehand agree."""
    lived = simulate(world("fulfilment"), Policy())[1]  # any mechanism makes failures live
    drawn = world().lives.default_on.ravel()
    assert (drawn != NEVER).any()
    np.testing.assert_array_equal(lived.failed_on, drawn)


@pytest.mark.parametrize("regime", [name for name in REGIMES if name != "normal"])
def test_bad_times_bring_fewer_orders_slower_payment_and_more_failures(regime):
    shocked = {"shocked_segment": "dealer"}
    good = simulate(world("economy", runs=8, **shocked), Policy())
    bad = simulate(world("economy", runs=8, regime=regime, from_day=30, **shocked), Policy())
    assert figure(bad[0], "credit_sales") < figure(good[0], "credit_sales")
    assert figure(bad[0], "overdue_ratio") > figure(good[0], "overdue_ratio")
    assert (bad[1].failed_on != NEVER).sum() >= (good[1].failed_on != NEVER).sum()


def test_before_it_comes_nothing_is_different():
    good = simulate(world("economy"), Policy())[0]
    bad = simulate(world("economy", regime="slump", from_day=100), Policy())[0]
    day = good.first + 99
    for name in ("entries", "actions", "cash"):
        one, other = (getattr(ledger.known_by(day), name).reset_index(drop=True) for ledger in (good, bad))
        pd.testing.assert_frame_equal(one, other)


def test_regimes_wander_as_their_chances_say():
    """Over many runs the share of months in each regime meets the chain's long-run share within a fifth."""
    path = regime_path(
        1, tuple(range(3000)), 20_000, 20_000 + 3_650, given="normal", since=NEVER, wanders=True
    )
    chain = np.zeros((4, 4))
    chain[0] = [1 - sum(TABLE[r].enters for r in REGIMES), *(TABLE[r].enters for r in REGIMES[1:])]
    for k, name in enumerate(REGIMES[1:], start=1):
        chain[k, 0], chain[k, k] = TABLE[name].leaves, 1 - TABLE[name].leaves
    long_run = np.linalg.matrix_power(chain, 500)[0]
    found = np.bincount(path[:, -1], minlength=4) / 3000
    np.testing.assert_allclose(found, long_run, rtol=0.2)


def test_runs_keep_their_times_whatever_runs_beside_them():
    many = regime_path(1, (0, 1, 2), 20_000, 21_000, given="normal", since=NEVER, wanders=True)
    one = regime_path(1, (2,), 20_000, 21_000, given="normal", since=NEVER, wanders=True)
    np.testing.assert_array_equal(many[2], one[0])


def test_failures_come_together_but_not_more_often():
    """One factor spreads the number of failures over the runs; a single customer's chance stays what it was."""
    alone, shared = (
        (world(*names, runs=400).lives.default_on != NEVER).sum(axis=1) for names in ((), ("contagion",))
    )
    assert shared.std() > 1.2 * alone.std()
    assert shared.mean() == pytest.approx(alone.mean(), rel=0.15)


def test_the_biggest_customer_can_be_made_to_fail():
    biggest = int(np.argmax(PEOPLE.yearly_sales_fen()))
    truth = simulate(world("economy", biggest_fails_after=50), Policy())[1]
    failed = truth.failed_on.reshape(4, -1)[:, biggest]
    assert (failed <= truth.world.scenario.first + 50).all()


def test_one_failure_pulls_at_others():
    calm = simulate(world("contagion", runs=2), Policy())[1]
    hit = simulate(world("contagion", runs=2, biggest_fails_after=10), Policy())[1]
    assert (hit.failed_on <= calm.failed_on).all()  # a shock only ever shortens lives


def test_who_is_short_of_cash_pays_in_parts():
    core, short = (simulate(world(*names), Policy())[0] for names in ((), ("liquidity",)))
    parts = {}
    for name, ledger in (("core", core), ("short", short)):
        receipts = ledger.entries[ledger.entries["kind"] == "receipt"]
        parts[name] = int(receipts.duplicated(["run", "against"]).sum())
    assert parts["core"] == 0
    assert parts["short"] > 0


def test_growing_demand_sells_more_and_the_same_on_the_first_day():
    flat, grown = (simulate(world(growth_pct=pct, days=365), Policy())[0] for pct in (0, 40))
    ratio = figure(grown, "credit_sales") / figure(flat, "credit_sales")
    assert 1.08 < ratio < 1.25  # the mean of growing to 1.4 is 1.19; limits hold some of it back


def test_a_group_of_companies_falls_together():
    biggest = int(np.argmax(PEOPLE.yearly_sales_fen()))
    mates = [biggest, (biggest + 1) % len(PEOPLE), (biggest + 2) % len(PEOPLE)]
    groups = np.full(len(PEOPLE), "", dtype=object)
    groups[mates] = "G1"
    people = dataclasses.replace(PEOPLE, customers=PEOPLE.customers.assign(group=groups))
    times = world("contagion", biggest_fails_after=50).scenario
    truth = simulate(draw(people, times, seed=5, runs=2), Policy())[1]
    failed = truth.failed_on.reshape(2, -1)[:, mates]
    assert (failed <= times.first + 51).all()


def test_the_payment_law_shortens_the_terms_of_large_buyers_only():
    people = dataclasses.replace(
        PEOPLE, customers=PEOPLE.customers.assign(is_large=np.arange(len(PEOPLE)) % 2)
    )
    before = world("economy", payment_law_after=30).scenario
    ledger = simulate(draw(people, before, seed=5, runs=1), Policy().with_levers({"terms.net_days": 120}))[0]
    sold = ledger.entries[
        (ledger.entries["kind"] == "invoice") & (ledger.entries["happened_on"] > before.first + 30)
    ]
    short = (sold["due_on"] - sold["invoiced_on"]) <= 60
    large = sold["customer"] % 2 == 1
    by_customer = short[large].groupby(sold["customer"][large]).mean()
    assert not short[~large].any()
    assert set(by_customer) <= {0.0, 1.0}
    assert 0.45 < by_customer.mean() < 0.75  # six in ten comply
