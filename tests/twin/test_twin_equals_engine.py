"""Do the fast engine and the readable twin, written apart from one page of rules, write the same ledger?"""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.base.errors import BadInput
from sim.engine import simulate
from sim.model.behaviour import ARCHETYPE_BEHAVIOURS
from sim.model.ledger import TABLES, Ledger
from sim.model.policy import LadderStep, Policy
from sim.model.portfolio import scenario_for
from sim.model.portfolio_files import load_portfolio
from sim.model.presets import load_policy, policy_names
from sim.model.scenario import Scenario
from sim.model.timeline import Action, Timeline
from sim.twin import simulate_plainly
from sim.twin.core import core_of
from sim.world import World, draw
from tests.twin.strategies import timelines, worlds
from tests.twin.worlds import LET_ALL_THROUGH, customers, portfolio, scenario


def same(left: Ledger, right: Ledger) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(left, name), getattr(right, name), obj=name)
    pd.testing.assert_frame_equal(left.customers, right.customers)
    plain = ("first", "last", "runs", "currency", "coverage", "seller")
    assert [getattr(left, name) for name in plain] == [getattr(right, name) for name in plain]


@pytest.mark.slow  # eighty whole worlds are lived through twice, one of them customer by customer
@given(st.data())
@settings(max_examples=80)
def test_engine_and_twin_write_the_same_ledger_row_by_row(data: st.DataObject):
    world: World = data.draw(worlds())
    timeline: Timeline = data.draw(timelines(world))
    same(simulate(world, timeline)[0], simulate_plainly(world, timeline))


@pytest.mark.parametrize("name", policy_names())
def test_ready_made_policies_on_the_built_in_customers_give_the_same_ledger(name: str):
    people = load_portfolio("manufacturer")
    world = draw(people, scenario_for(people, "core", days=100), seed=1)
    policy = core_of(load_policy(name, base=people.policy_in_force))
    same(simulate(world, policy)[0], simulate_plainly(world, policy))


def test_the_twin_refuses_what_goes_beyond_the_core_all_at_once():
    people = load_portfolio("manufacturer")
    world = draw(people, scenario_for(people, "normal", days=5), seed=1)
    with pytest.raises(BadInput) as refused:
        simulate_plainly(world, Policy().with_levers({"terms.instalments": 3, "finance.insurance": "whole"}))
    fields = {problem.field for problem in refused.value.problems}
    assert {"terms.instalments", "finance.insurance", "mechanisms.economy", "mechanisms.company"} <= fields
    assert {problem.rule for problem in refused.value.problems} == {"outside_core"}


@pytest.mark.parametrize("first", [date(2025, 12, day) for day in range(20, 32)])
def test_ten_oclock_comes_once_a_day_also_before_long_holidays(first: date):
    # Hours are fractions of a day: a week off right after the start once made ten o'clock come twice.
    few = portfolio(customers(2, orders_per_year=400.0))
    world = draw(few, Scenario(start=first, days=20), seed=1)
    same(simulate(world, Policy())[0], simulate_plainly(world, Policy()))


def test_dated_contact_with_a_stranger_is_refused():
    world = draw(portfolio(customers(2)), scenario(5))
    stranger = Timeline(actions=(Action(day=world.scenario.first, customer="nobody", move="phone"),))
    for tell in (simulate, simulate_plainly):
        with pytest.raises(BadInput) as refused:
            tell(world, stranger)
        assert [problem.rule for problem in refused.value.problems] == ["unknown_customer"]


def test_twin_and_engine_fill_the_collectors_day_to_the_last_minute():
    people = portfolio(
        customers(5, orders_per_year=0.0), opening=[(f"c{n}", 40, 30, 100 + n) for n in range(5)]
    )
    world = draw(people, scenario(3), seed=1)
    visits = Policy().with_levers(
        {
            "collection.ladder": (LadderStep(days=11, move="visit"),),  # due on the first working day
            "collection.collectors": 1,
            "collection.minutes_per_day": 400,
        }
    )
    ledger = simulate_plainly(world, visits)
    same(simulate(world, visits)[0], ledger)
    contacts = ledger.actions[ledger.actions["kind"] == "contact"]
    assert (contacts.groupby("happened_on").size() == 2).all()


@pytest.mark.parametrize("gap", [20, 21])
def test_twin_and_engine_know_the_last_day_of_a_repeat(gap: int):
    forgetful = tuple(kind for kind in ARCHETYPE_BEHAVIOURS if kind.name == "forgetful")
    names = [f"c{number}" for number in range(40)]
    people = portfolio(
        customers(40, orders_per_year=0.0),
        behaviours=forgetful,
        opening=[(name, 30, 30, 100) for name in names],
    )
    world = draw(people, scenario(80, calendar="every_day"), seed=1, runs=3)
    days = range(world.scenario.first, world.scenario.last, gap)
    mails = tuple(Action(day=day, customer=name, move="email") for day in days for name in names)
    line = Timeline(policy=Policy().with_levers(LET_ALL_THROUGH), actions=mails)
    same(simulate(world, line)[0], simulate_plainly(world, line))
