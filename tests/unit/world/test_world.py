"""Does nature draw what was declared, and the same whoever asks?

Statistical bounds are six standard errors of the estimate (or Kolmogorov's distance at level 0.001): a fair draw passes
for practically any seed.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import kstest

from sim.base.days import NEVER, date_of, day_of, months_of
from sim.base.draws import Purpose
from sim.base.errors import BadInput
from sim.engine import simulate
from sim.model.behaviour import ARCHETYPE_BEHAVIOURS, STRAPPED_DEFAULT_FACTOR, Behaviour, Lateness
from sim.model.policy import Policy
from sim.model.portfolio import MOST_FEN
from sim.model.scenario import ORDER_SEASON, Scenario
from sim.world import (
    DEMAND_HEADROOM,
    DISPUTE_FIRST,
    DISPUTE_LAST,
    DISPUTE_VALID,
    DISPUTING_FACTOR,
    Lives,
    demand_factor,
    draw,
    order_season,
)
from sim.world.draw import FUNDS_COST_MEDIAN, MARGIN_DAYS
from tests.twin.worlds import START, customers, portfolio, scenario

SURE = 6.0  # standard errors


def only(name):
    """A mix in which every customer is of this archetype."""
    return [[float(b.name == name) for b in ARCHETYPE_BEHAVIOURS]]


def crowd(count=400, days=365, mix=None, runs=1, plan=None, **columns):
    shares = None if mix is None else np.repeat(mix, count, axis=0)
    plan = plan or scenario(days, calendar="every_day")
    return draw(portfolio(customers(count, **columns), mix=shares), plan, runs=runs)


def orders_of(world):
    return world.lives.opening_due_on == NEVER


def assert_share(found, expected, count):
    assert found == pytest.approx(expected, abs=SURE * np.sqrt(expected * (1 - expected) / count))


@pytest.fixture(scope="module")
def many():
    """Four hundred customers for a year, every day worked: 32,000 potential orders."""
    return crowd()


def test_as_many_orders_are_placed_in_normal_demand_as_declared(many):
    lives = many.lives
    factor = demand_factor(many.portfolio, Policy())
    season = order_season(many.portfolio, many.scenario, np.array([many.scenario.first]))[:, 0]
    assert factor == pytest.approx(1.0)
    placed = int((lives.mark < (season * factor)[lives.customer]).sum())
    assert placed == pytest.approx(400 * 60, abs=SURE * np.sqrt(400 * 60))


def test_in_a_slump_fewer_orders_come():
    count = len(crowd(plan=scenario(365, demand_pct=50, calendar="every_day")).lives.run)
    expected = 400 * 30 * DEMAND_HEADROOM
    assert count == pytest.approx(expected, abs=SURE * np.sqrt(expected))


def test_orders_spread_evenly_over_the_days(many):
    days = many.lives.wanted_on - many.scenario.first
    assert kstest(days / 365, "uniform").statistic < 1.95 / np.sqrt(len(days)) + 1 / 365
    assert (days.min(), days.max()) == (0, 364)


def test_amounts_have_the_declared_median_and_spread(many):
    logs = np.log(many.lives.amount_fen / 5_000_000)
    error = 0.8 / np.sqrt(len(logs))
    assert np.mean(logs) == pytest.approx(0.0, abs=SURE * error)
    assert np.std(logs) == pytest.approx(0.8, abs=SURE * error)
    assert np.median(logs) == pytest.approx(0.0, abs=SURE * error * np.sqrt(np.pi / 2))


def test_no_order_is_worth_nothing_or_more_than_can_be_counted():
    tiny = crowd(20, order_median_fen=0).lives.amount_fen
    assert set(tiny.tolist()) == {1}
    huge = crowd(
        20, order_median_fen=10**13, order_sigma=3.0, orders_per_year=0.05, days=3_000
    ).lives.amount_fen
    assert huge.min() >= 1
    assert huge.max() <= MOST_FEN


def test_luck_is_standard_exponential_and_marks_are_uniform():
    """One order each: within a customer luck is correlated, and the bound is for independent draws."""
    world = crowd(4_000, 30, orders_per_year=12.0)
    _, firsts = np.unique(world.lives.customer, return_index=True)
    bound = 1.95 / np.sqrt(len(firsts))
    assert kstest(world.lives.luck[firsts], "expon").statistic < bound
    assert kstest(world.lives.mark, "uniform").statistic < 1.95 / np.sqrt(len(world.lives.mark))


def neighbours(world):
    """The luck of each order and of the same customer's next one, as normal scores."""
    lives = world.lives
    order = np.lexsort((lives.wanted_on, lives.customer))
    who, score = lives.customer[order], ndtri(-np.expm1(-lives.luck[order]))
    same = who[1:] == who[:-1]
    return score[:-1][same], score[1:][same]


def test_neighbouring_orders_of_a_customer_have_luck_in_common(many):
    before, after = neighbours(many)
    # Orders of one day may stand in another order here than in the world: a little is lost.
    assert np.corrcoef(before, after)[0, 1] == pytest.approx(0.6, abs=0.05)


def test_without_habit_every_order_has_its_own_luck():
    before, after = neighbours(crowd(100, plan=scenario(365, habit=0.0, calendar="every_day")))
    assert np.corrcoef(before, after)[0, 1] == pytest.approx(0.0, abs=SURE / np.sqrt(len(before)))


def test_patience_is_even_between_nothing_and_twice_the_declared(many):
    patience = many.lives.patience_days
    assert (patience.min(), patience.max()) == (0, 20)
    assert patience.mean() == pytest.approx(10.0, abs=SURE * 6 / np.sqrt(len(patience)))
    assert not crowd(20, patience_days=0).lives.patience_days.any()


def test_customers_fail_as_often_as_their_grade_says():
    world = crowd(5_000, mix=only("prompt"), default_bp_year=1_000, orders_per_year=0.0)
    failed = world.lives.default_on[0]
    assert_share((failed != NEVER).mean(), -np.expm1(-0.1), 5_000)
    assert failed[failed != NEVER].min() >= world.scenario.first
    assert failed[failed != NEVER].max() <= world.scenario.last


def test_strapped_customers_fail_more_often_and_a_slump_fells_more():
    strapped = crowd(5_000, mix=only("strapped"), default_bp_year=1_000, orders_per_year=0.0)
    assert_share(
        (strapped.lives.default_on != NEVER).mean(), -np.expm1(-0.1 * STRAPPED_DEFAULT_FACTOR), 5_000
    )
    slump = scenario(365, default_pct=300)
    felled = crowd(5_000, mix=only("prompt"), plan=slump, default_bp_year=1_000, orders_per_year=0.0)
    assert_share((felled.lives.default_on != NEVER).mean(), -np.expm1(-0.3), 5_000)
    assert (crowd(50, default_bp_year=0).lives.default_on == NEVER).all()


def test_kinds_of_payer_come_in_their_declared_shares():
    shares = np.array([[0.4, 0.3, 0.0, 0.1, 0.1, 0.05, 0.05]])
    kinds = crowd(5_000, mix=shares, orders_per_year=0.0).lives.behaviour[0]
    for kind, share in enumerate(shares[0]):
        assert_share((kinds == kind).mean(), share, 5_000)


def test_missed_pay_runs_are_geometric_for_those_with_pay_runs():
    misses = crowd(mix=only("process"), pay_rule="monthly", pay_anchor=15).lives.misses
    for count in range(4):
        assert_share((misses == count).mean(), 0.8 * 0.2**count, len(misses))
    assert not crowd(20, mix=only("process"), pay_rule="any").lives.misses.any()
    assert not crowd(20, mix=only("prompt"), pay_rule="monthly").lives.misses.any()


def test_disputes_are_as_frequent_as_declared_and_more_so_with_the_disputing():
    for name, factor in (("prompt", 1.0), ("disputing", DISPUTING_FACTOR)):
        lives = crowd(mix=only(name), dispute_bp=1_000).lives
        disputed = lives.dispute_after != NEVER
        assert_share(disputed.mean(), 0.1 * factor, len(disputed))
        after = lives.dispute_after[disputed]
        assert (after.min(), after.max()) == (DISPUTE_FIRST, DISPUTE_LAST)
        assert np.median(lives.dispute_scale) == pytest.approx(1.0, abs=0.03)
        assert_share((lives.credited_bp > 0).mean(), DISPUTE_VALID, len(disputed))


def test_a_discount_needs_cash_at_hand():
    cost = crowd(mix=only("prompt")).lives.funds_cost  # seven in ten orders
    assert_share(np.isfinite(cost).mean(), 0.7, len(cost))
    assert np.median(cost[np.isfinite(cost)]) == pytest.approx(FUNDS_COST_MEDIAN, rel=0.03)


def test_a_longer_term_never_brings_fewer_orders():
    world = crowd(3, term_response_bp=[0.0, 10.0, 100.0])
    factors = np.array(
        [demand_factor(world.portfolio, Policy().with_levers({"terms.net_days": net})) for net in range(181)]
    )
    assert (np.diff(factors, axis=0) >= 0).all()
    assert (factors[:, 0] == 1.0).all()
    assert factors.min() >= 0.5
    assert factors.max() <= DEMAND_HEADROOM
    ten_more = demand_factor(world.portfolio, Policy().with_levers({"terms.net_days": 70}))
    assert ten_more[1] == pytest.approx(1.01, abs=0.001)  # 10 bp a day for ten days, a little faded


def test_dealers_order_by_season_and_others_evenly():
    made = portfolio(customers(2, segment=["dealer", "maker"]), seasonal=True)
    days = np.arange(day_of("2025-01-01"), day_of("2026-01-01"), dtype=np.int32)
    season = order_season(made, scenario(), days)
    assert season.max() * DEMAND_HEADROOM == pytest.approx(1.0)
    quiet, busy = (season[0, months_of(days) == month][0] for month in (1, 8))
    assert quiet / busy == pytest.approx(ORDER_SEASON["dealer"][1] / ORDER_SEASON["dealer"][8])
    assert np.unique(season[1]) == pytest.approx(1 / DEMAND_HEADROOM)


def test_orders_of_a_season_come_to_the_declared_number_in_a_year():
    world = draw(
        portfolio(customers(400, segment="dealer"), seasonal=True), scenario(365, calendar="every_day")
    )
    lives, first = world.lives, world.scenario.first
    season = order_season(world.portfolio, world.scenario, np.arange(first, first + 365))
    placed = lives.mark < season[lives.customer, lives.wanted_on - first]
    assert placed.sum() == pytest.approx(400 * 60, abs=SURE * np.sqrt(400 * 60) + 0.005 * 400 * 60)


def test_orders_come_on_working_days_only():
    """The last two days are the Labour Day holiday: what falls on them would be wanted after the end."""
    world = draw(portfolio(customers(50)), scenario(122))
    assert all(world.calendar.is_workday(int(day)) for day in np.unique(world.lives.wanted_on))
    assert date_of(int(world.lives.wanted_on.max())) == date_of(day_of("2025-04-30"))


def test_documents_are_numbered_by_opening_item_then_day_then_customer():
    made = portfolio(customers(4), opening=[("c3", 9, 30, 50), ("c1", 5, 30, 60)])
    lives = draw(made, scenario(60), runs=2).lives
    for run in (0, 1):
        mine = lives.run == run
        assert lives.number[mine].tolist() == list(range(mine.sum()))
        assert lives.customer[mine][:2].tolist() == [3, 1]
        days = lives.wanted_on[mine][2:].astype(np.int64) * 10 + lives.customer[mine][2:]
        assert (np.diff(days) >= 0).all()


def test_opening_items_are_not_disputed_and_owe_what_stands_in_the_table():
    made = portfolio(customers(2, dispute_bp=10_000), opening=[("c0", 40, 30, 12_345)])
    lives = draw(made, scenario(30)).lives
    assert (lives.amount_fen[0], lives.dispute_after[0]) == (12_345, NEVER)
    first = day_of(START)
    assert (lives.wanted_on[0], lives.opening_due_on[0]) == (first - 41, first - 11)


def test_opening_items_move_with_a_later_start():
    made = portfolio(customers(2), opening=[("c0", 40, 30, 12_345)])
    later = scenario(30).model_copy(update={"start": date_of(day_of(START) + 100)})
    assert draw(made, later).lives.wanted_on[0] == day_of(START) + 100 - 41


@pytest.mark.parametrize(
    ("rule", "anchor", "expected"),
    [
        ("weekly", 4, ["2025-01-03", "2025-01-10", "2025-01-17", "2025-01-24", "2025-02-05", "2025-02-07"]),
        # The 25th is a Saturday; the Sunday after it is worked.
        ("twice_monthly", 10, ["2025-01-10", "2025-01-26", "2025-02-10"]),
        ("monthly", 1, ["2025-01-02", "2025-02-05"]),  # New Year's Day; Spring Festival
        ("monthly", 31, ["2025-02-05"]),  # the 28th at the latest: the eve of the Spring Festival
        ("thirty_days", 10, ["2025-01-22"]),  # day number 20,110: a remainder of 10
    ],
)
def test_pay_days_that_fall_on_a_holiday_move_to_the_next_workday(rule, anchor, expected):
    world = draw(portfolio(customers(1, pay_rule=rule, pay_anchor=anchor)), scenario(41))
    table, kind = world.pay_days
    days = [str(date_of(world.scenario.first + int(at))) for at in np.flatnonzero(table[kind[0]])]
    assert days == expected


def test_who_pays_on_any_day_pays_on_every_workday():
    world = draw(portfolio(customers(1)), scenario(41))
    table, kind = world.pay_days
    days = np.arange(world.scenario.first, world.scenario.last + 1)
    assert table[kind[0]].tolist() == [world.calendar.is_workday(int(day)) for day in days]


def test_customers_with_the_same_rule_share_a_kind_of_pay_day():
    world = draw(
        portfolio(customers(3, pay_rule=["weekly", "any", "weekly"], pay_anchor=[2, 0, 2])), scenario(30)
    )
    table, kind = world.pay_days
    assert len(table) == 2
    assert kind[0] == kind[2] != kind[1]


def test_runs_are_the_same_drawn_together_or_alone():
    made, plan = portfolio(customers(8, dispute_bp=2_000, default_bp_year=3_000)), scenario(90)
    together = draw(made, plan, seed=5, runs=4)
    for run in range(4):
        alone = draw(made, plan, seed=5, runs=1, first_run=run)
        assert alone.run_names == (run,)
        for field in fields(Lives):
            here, there = getattr(alone.lives, field.name), getattr(together.lives, field.name)
            if here.ndim == 2:
                np.testing.assert_array_equal(here[0], there[run])
            elif field.name != "run":
                np.testing.assert_array_equal(here, there[together.lives.run == run])


def test_another_seed_is_another_world():
    made, plan = portfolio(customers(8)), scenario(90)
    assert draw(made, plan, seed=1).lives.luck[0] != draw(made, plan, seed=2).lives.luck[0]


def test_an_answer_does_not_depend_on_who_else_is_asked():
    world = crowd(5, 30, runs=3)
    run, customer, contact = (np.array(column) for column in ([0, 2, 1], [4, 4, 0], [0, 7, 3]))
    together = world.answer(Purpose.REACH, run, customer, contact)
    for at in range(3):
        alone = world.answer(Purpose.REACH, run[at : at + 1], customer[at : at + 1], contact[at : at + 1])
        assert alone[0] == together[at]


def test_the_calendar_reaches_well_beyond_the_horizon():
    world = crowd(1, 10)
    assert (world.calendar.first, world.calendar.last) == (
        world.scenario.first - MARGIN_DAYS,
        world.scenario.last + MARGIN_DAYS,
    )


def test_customers_who_never_order_have_no_documents():
    assert len(crowd(3, orders_per_year=0.0).lives.run) == 0


def test_impossible_worlds_are_refused_with_every_reason():
    beyond = scenario(365).model_copy(update={"start": date_of(day_of("2030-06-01"))})
    with pytest.raises(BadInput) as caught:
        draw(portfolio(customers(1)), beyond, seed=-1, runs=0, first_run=-2)
    assert {problem.field for problem in caught.value.problems} == {
        "runs",
        "seed",
        "first_run",
        "scenario.start",
    }


def test_what_waits_for_a_pay_day_is_paid_on_it():
    """A daily hazard of 1/20 and a pay day every month: of what is open, 1 - exp(-30/20) is paid on the first one."""
    steady = Behaviour(
        name="steady", archetype="prompt", lateness=Lateness(kind="exponential", centre=20.0, start=-180)
    )
    count = 4_000
    items = [(f"c{k}", 100, 60, 100) for k in range(count)]
    people = portfolio(
        customers(count, pay_rule="monthly", pay_anchor=15, orders_per_year=0.0, dispute_bp=0, default_bp_year=0),
        behaviours=(steady,), opening=items,
    )  # fmt: skip
    times = Scenario(start=date(2025, 4, 14), days=3, calendar="every_day", seasonal=False, habit=0.0)
    ledger, _ = simulate(draw(people, times, seed=1), Policy().with_levers({"collection.collectors": 0}))
    paid = (ledger.entries["kind"] == "receipt").sum() / count
    assert paid == pytest.approx(-np.expm1(-30 / 20), abs=0.03)
