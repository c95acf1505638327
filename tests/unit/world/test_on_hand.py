"""Which orders are on hand on the first morning, and does the company go on as if it had always been there?"""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from sim.base.days import NEVER
from sim.engine import simulate
from sim.model.laws import broken_laws
from sim.model.mechanisms import Mechanisms
from sim.model.order_to_cash import FULFILMENT, entry_days, way_days
from sim.model.policy import Policy
from sim.world import Lives, World, draw
from tests.twin.worlds import LET_ALL_THROUGH, customers, portfolio, scenario

SURE = 5.0  # standard errors
ON_ITS_WAY = Mechanisms(fulfilment=True)
PEOPLE = customers(20, orders_per_year=120.0, order_median_fen=100_000, order_sigma=0.5, default_bp_year=0.0)


def world(rules: Policy | None = None, days: int = 200, opening=(("c1", 10, 30, 100),), **about) -> World:
    about = {"calendar": "every_day", "mechanisms": ON_ITS_WAY, **about}
    people = portfolio(PEOPLE, in_force=rules or Policy(), opening=opening)
    return draw(people, scenario(days, **about), seed=4, runs=30)


def on_hand(lives: Lives) -> np.ndarray:
    return np.flatnonzero(lives.on_hand_until != NEVER)


def test_where_orders_take_no_time_none_is_on_hand():
    assert len(on_hand(world(mechanisms=Mechanisms()).lives)) == 0


def test_a_business_that_begins_on_the_first_day_has_none():
    assert len(on_hand(world(opening=()).lives)) == 0


def test_nothing_else_is_drawn_differently_for_them():
    with_, without = world().lives, world(mechanisms=Mechanisms()).lives
    kept = np.flatnonzero(with_.on_hand_until == NEVER)
    for each in fields(Lives):
        if each.name != "number":
            ours, plain = getattr(with_, each.name), getattr(without, each.name)
            assert np.array_equal(ours[kept] if ours.ndim == 1 else ours, plain), each.name


def test_their_numbers_follow_those_of_all_other_documents_of_the_run():
    lives = world().lives
    for run in range(30):
        mine = lives.run == run
        assert np.array_equal(lives.number[mine], np.arange(mine.sum()))
        others = lives.number[mine & (lives.on_hand_until == NEVER)]
        assert lives.number[mine & (lives.on_hand_until != NEVER)].min() > others.max()


@pytest.mark.parametrize("calendar", ["every_day", "china"])
def test_they_were_placed_before_the_first_day_and_are_invoiced_on_a_workday_after(calendar):
    found = world(calendar=calendar)
    rows = on_hand(found.lives)
    assert len(rows) > 100
    assert (found.lives.wanted_on[rows] < found.scenario.first).all()
    assert (found.lives.on_hand_until[rows] >= found.scenario.first).all()
    days = np.concatenate([found.lives.on_hand_until[rows], found.lives.wanted_on[rows]])
    assert np.array_equal(found.calendar.next_workday(days), days)


@pytest.mark.parametrize("lag", [0, 4, 12])
def test_there_are_as_many_as_orders_a_day_times_days_on_the_way(lag):
    """Little's law, with the mean way worked out from the figures."""
    rules = Policy().with_levers({"operations.invoice_lag_days": lag})
    found = world(rules)
    luck = np.linspace(0.0, 1.0, 4_001)[:-1]
    none = np.zeros(len(luck), dtype=np.bool_)
    entry = entry_days(rules.operations, luck, none).mean() + FULFILMENT.changed * FULFILMENT.change_days
    way = way_days(rules.operations, luck, np.roll(luck, 1_234)).mean()
    kept = 1.0 - FULFILMENT.cancelled - FULFILMENT.cancelled_per_day * entry
    expected = len(PEOPLE) * 120.0 / 365.0 * (entry + way) * kept
    counts = np.bincount(found.lives.run[on_hand(found.lives)], minlength=30)
    assert abs(counts.mean() - expected) < SURE * np.sqrt(expected / 30)


def test_the_first_weeks_bring_as_many_invoices_as_later_ones():
    rules = Policy().with_levers(LET_ALL_THROUGH)
    ledger = simulate(world(rules), rules)[0]
    invoices = ledger.entries[ledger.entries["kind"] == "invoice"]
    day = invoices["happened_on"].to_numpy() - ledger.first
    early, late = (((day >= start) & (day < start + 14)).sum() for start in (0, 100))
    assert abs(early - late) < SURE * np.sqrt(early + late)
    assert broken_laws(ledger) == []


def test_they_are_invoiced_on_their_day_and_stand_among_the_orders():
    found = world()
    ledger = simulate(found, Policy().with_levers(LET_ALL_THROUGH))[0]
    rows = on_hand(found.lives)
    mine = ledger.orders.merge(
        ledger.entries[ledger.entries["kind"] == "invoice"],
        left_on=["run", "order"],
        right_on=["run", "against"],
    )
    mine = mine[mine["wanted_on"] < ledger.first].sort_values(["run", "order"])
    by_place = np.lexsort((found.lives.number[rows], found.lives.run[rows]))
    assert mine["happened_on"].tolist() == found.lives.on_hand_until[rows][by_place].tolist()


def test_they_count_for_the_limit_before_they_are_invoiced():
    """With next to no limit, what is on its way keeps the first orders waiting."""
    rules = Policy().with_levers({"credit.limit_enforcement": "hold", "credit.limit_pct": 20})
    found = world(rules, days=30)
    bare = replace(found, lives=without_on_hand(found.lives))
    held = [(simulate(each, rules)[0].orders["hold_reason"] == "limit").sum() for each in (found, bare)]
    assert held[0] > held[1]


def without_on_hand(lives: Lives) -> Lives:
    kept = lives.on_hand_until == NEVER
    return Lives(
        **{
            each.name: values[kept] if (values := getattr(lives, each.name)).ndim == 1 else values
            for each in fields(Lives)
        }
    )


def test_their_goods_are_stock_until_they_are_invoiced():
    found = world(days=60)
    rows = on_hand(found.lives)
    margin = found.scenario.company.margin_bp
    cost = found.lives.amount_fen[rows].astype(float) * (1 - margin / 10_000)
    by_run = np.bincount(found.lives.run[rows], cost, minlength=30)
    balance = simulate(found, Policy().with_levers(LET_ALL_THROUGH))[0].balance
    stock = balance[(balance["account"] == "stock") & (balance["closed_on"] == balance["closed_on"].min())]
    assert np.allclose(stock.sort_values("run")["amount_fen"], by_run, atol=len(rows))
