"""Do all departments keep their hours, and are runs independent?"""

from __future__ import annotations

import pandas as pd
import pytest

from sim.base.calendar import WorkCalendar
from sim.engine import simulate
from sim.engine.timetable import ELEVEN, FOURTEEN, NINE, SEVENTEEN, SIX, SIXTEEN, TEN, Timetable
from sim.model.ledger import COVERAGE, TABLES
from sim.model.policy import Policy
from sim.model.timeline import Timeline
from sim.study.lives import policy_named, world_of
from sim.world import draw
from tests.twin.worlds import customers, portfolio, scenario
from tests.unit.engine.tiny import Order, Owed, company, live, policy

BUSY = customers(
    12, dispute_bp=3_000, default_bp_year=3_000, patience_days=8,
    grade=["A", "B", "C", "D"] * 3, pay_rule=["any", "weekly", "monthly"] * 4,
)  # fmt: skip


@pytest.mark.parametrize("hour", [SIX, NINE, TEN, ELEVEN, FOURTEEN, SIXTEEN, SEVENTEEN])
def test_every_department_works_once_a_day_for_ten_years(hour):
    days = 3_653
    time, seen = Timetable(WorkCalendar("every_day", 0, days - 1), 0, days - 1), []

    def department():
        while True:
            seen.append((yield time.every_day(hour)))

    time.env.process(department())
    time.run()
    assert seen == list(range(days))


def test_departments_rest_when_nobody_works():
    first = 20_089
    calendar = WorkCalendar("china", first - 10, first + 90)
    time, seen = Timetable(calendar, first, first + 59), []

    def department():
        while True:
            seen.append((yield time.workdays(TEN)))

    time.env.process(department())
    time.run()
    assert seen == [day for day in range(first, first + 60) if calendar.is_workday(day)]


def test_runs_lived_together_are_runs_lived_alone():
    people = portfolio(BUSY, opening=[("c1", 50, 30, 700_000)])
    together = simulate(draw(people, scenario(150), seed=3, runs=3), Policy())[0]
    for run in range(3):
        alone = simulate(draw(people, scenario(150), seed=3, runs=1, first_run=run), Policy())[0]
        assert alone.runs == (run,)
        for name in TABLES:
            mine = getattr(together, name)
            pd.testing.assert_frame_equal(
                getattr(alone, name), mine[mine["run"] == run].reset_index(drop=True), obj=name
            )


def test_the_same_world_and_policy_give_the_same_ledger_again():
    world = draw(portfolio(BUSY), scenario(100), seed=3, runs=2)
    first, second = (simulate(world, Policy())[0] for _ in range(2))
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))


def test_a_later_change_leaves_what_came_before_as_it_was():
    world = draw(portfolio(BUSY), scenario(120), seed=3)
    turn = world.scenario.first + 60
    changed = Timeline(policy=Policy(), changes=((turn, Policy().with_levers({"terms.net_days": 15})),))
    before, after = simulate(world, Policy())[0], simulate(world, changed)[0]
    for name in ("entries", "actions", "cash"):
        old, new = (getattr(ledger, name) for ledger in (before, after))
        pd.testing.assert_frame_equal(old[old["happened_on"] < turn], new[new["happened_on"] < turn])
    assert not before.entries.equals(after.entries)


def test_a_simulated_ledger_has_recorded_everything():
    ledger = live(company(Order(1, 500)), policy(collection__collectors=2))
    assert ledger.coverage == frozenset(COVERAGE)
    assert ledger.seller["collector_minutes_per_day"] == 720
    assert ledger.customers["customer"].tolist() == ["c0", "c1", "c2"]
    assert (ledger.first, ledger.last) == (20_089, 20_208)


def test_rows_stand_in_their_order():
    ledger = simulate(draw(portfolio(BUSY), scenario(150), seed=3, runs=2), Policy())[0]
    for name, keys in {
        "entries": ["run", "happened_on", "document", "kind", "against"], "orders": ["run", "order"],
        "actions": ["run", "happened_on", "customer", "kind", "document"], "cash": ["run", "happened_on", "kind"],
    }.items():  # fmt: skip
        table = getattr(ledger, name)
        ranked = table.assign(kind=table["kind"].cat.codes) if "kind" in table else table
        pd.testing.assert_frame_equal(ranked.sort_values(keys, kind="stable"), ranked)


def test_opening_items_belong_to_the_evening_before():
    ledger = live(company(Owed(40, 700), Order(0, 500)))
    kinds = ledger.entries["kind"].astype(str).tolist()
    assert kinds == ["opening", "invoice"]
    assert ledger.entries["happened_on"].tolist() == [ledger.first - 1, ledger.first]


def test_nothing_is_left_in_the_world_of_what_a_policy_did():
    """Pay runs missed under one policy are still to be missed under the next."""
    world = company(Order(1, 500, luck=0.15, misses=2), table={"pay_rule": "weekly", "pay_anchor": 2})
    before = world.lives.misses.copy()
    first, second = live(world), live(world)
    assert (world.lives.misses == before).all()
    assert first.entries.equals(second.entries)


@pytest.mark.parametrize("name", ["manufacturer", "distributor", "exporter"])
def test_nobody_pays_credits_disputes_or_promises_on_a_day_of_rest(name):
    """Only what happens by itself does: customers fail (and are written off), limits and moods follow the month."""
    world = world_of(name, "normal", 1, 2, 365, ())
    ledger = simulate(world, policy_named("collect_hard", name))[0]
    rests = [day for day in range(ledger.first, ledger.last + 1) if not world.calendar.is_workday(day)]
    assert len(rests) > 100
    by_itself = {
        "write_off",
        "default_known",
        "satisfaction",
        "limit_change",
        "churned",
        "staff_joined",
        "insolvent",
    }
    for found in (ledger.entries, ledger.actions):
        assert set(found.loc[found["happened_on"].isin(rests), "kind"].astype(str)) <= by_itself
