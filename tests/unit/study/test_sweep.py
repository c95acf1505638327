"""Does a sweep move one thing only, and pair every value with the one in force?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.base.errors import BadInput
from sim.model.policy import Policy
from sim.study import compare, sweep
from sim.study.compare import Outcome
from sim.study.lives import LifeAsked, live, policy_named, world_of
from sim.study.sweep import COLUMNS, asked_for, in_force, ordered, outcome_of, swept, variant
from sim.world import draw
from tests.twin.worlds import customers, portfolio, scenario

FEW = ("ar", "dso", "credit_sales")


@pytest.fixture(scope="module")
def world():
    return draw(portfolio(customers(15)), scenario(120), seed=4, runs=4)


@pytest.fixture(scope="module")
def terms(world):
    return sweep(world, Policy(), "terms.net_days", [90, 30], FEW)


def of(**values):
    return Outcome({name: np.array(column, dtype=float) for name, column in values.items()})


def test_the_value_in_force_is_lived_too_and_differs_from_itself_by_nothing(terms):
    assert (terms.values, terms.reference) == ((30, 60, 90), 60)
    now = terms.table[terms.table["value"] == 60]
    assert list(now["metric"]) == list(FEW)
    assert (now[["difference", "difference_low", "difference_high"]] == 0).all(axis=None)


def test_differences_are_those_of_a_comparison_on_the_same_world(world, terms):
    compared = compare(world, Policy(), Policy().with_levers({"terms.net_days": 30}), FEW).table.set_index(
        "metric"
    )
    for metric in FEW:
        row = terms.of(metric).set_index("value").loc[30]
        expected = compared.loc[metric]
        assert row["difference"] == pytest.approx(expected["difference"])
        assert (row["difference_low"], row["difference_high"]) == pytest.approx(
            (expected["low"], expected["high"])
        )
        assert row["mean"] == pytest.approx(expected["alternative"])
        assert (row["agree"], row["runs"], row["unit"]) == (expected["agree"], 4, expected["unit"])


def test_shorter_terms_tie_up_less(terms):
    ar = terms.of("ar")["mean"]
    assert list(ar) == sorted(ar)
    assert terms.is_clear("ar", 30, 90)
    assert not terms.is_clear("ar", 60, 60)


def test_the_best_value_is_best_in_the_metrics_good_direction():
    found = swept(
        "terms.net_days",
        60,
        {30: of(dso=[40, 50], credit_sales=[9, 9]), 60: of(dso=[70, 60], credit_sales=[9, 10])},
    )
    assert (found.best("dso"), found.best("credit_sales")) == (30, 60)


def test_a_figure_without_a_good_direction_has_no_best_and_unknown_is_unknown():
    found = swept(
        "terms.net_days",
        60,
        {60: of(ar=[1, 2], dso=[np.nan, np.nan]), 90: of(ar=[3, 4], dso=[np.nan, np.nan])},
    )
    assert found.best("ar") is None
    assert found.best("dso") is None
    row = found.of("dso").iloc[0]
    assert np.isnan(row["mean"])
    assert np.isnan(row["difference"])
    assert row["runs"] == 0


def test_runs_that_do_not_know_both_are_left_out_of_the_difference():
    found = swept("terms.net_days", 1, {1: of(dso=[10, 20, np.nan]), 2: of(dso=[11, np.nan, 5])})
    row = found.of("dso").set_index("value").loc[2]
    assert (row["difference"], row["runs"], row["mean"]) == (1.0, 1, 8.0)
    assert np.isnan(row["difference_low"])


def test_the_table_is_tidy(terms):
    assert tuple(terms.table.columns) == COLUMNS
    assert len(terms.table) == len(terms.values) * len(FEW)


def test_a_choice_keeps_its_order_and_numbers_are_sorted():
    assert ordered(["value", "oldest", "value"]) == ["value", "oldest"]
    assert ordered([90, 30, 60, 30]) == [30, 60, 90]


def test_a_figure_of_the_times_can_be_swept_with_the_same_luck(world):
    found = sweep(world, Policy(), "company.margin_bp", [1000, 3000], ("economic_profit", "ar"))
    assert found.values == (1000, 2000, 3000)
    profit = found.of("economic_profit")["mean"]
    assert list(profit) == sorted(profit)
    assert found.of("ar")["mean"].nunique() == 1  # the margin changes no customer's behaviour


def test_whoever_waits_is_told_after_each_value(world):
    said = []
    sweep(
        world,
        Policy(),
        "collection.collectors",
        [0, 2],
        ("ar",),
        told=lambda done, count: said.append((done, count)),
    )
    assert said == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("path", "value"), [("terms.frog", 3), ("frog", 3), ("terms.net_days", 9999), ("company", 1)]
)
def test_what_is_no_lever_and_no_value_of_it_is_refused(world, path, value):
    with pytest.raises(BadInput):
        sweep(world, Policy(), path, [value], ("ar",))


def test_a_variant_leaves_the_world_alone_when_a_lever_is_moved(world):
    same, moved = variant(world, Policy(), "terms.net_days", 45)
    assert same is world
    assert moved.terms.net_days == 45
    other, policy = variant(world, Policy(), "economy.demand_pct", 120)
    assert other.scenario.economy.demand_pct == 120
    assert policy == Policy()
    assert (other.seed, other.run_names) == (world.seed, world.run_names)


# --- lives --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def asked():
    return LifeAsked("exporter", policy_named("as_is", "exporter"), runs=2, days=40)


def test_a_life_is_lived_once_and_remembered(asked):
    assert live(asked) is live(asked)
    assert live(asked).books.runs == 2


def test_a_life_is_that_of_the_engine_on_the_same_world(asked):
    found = outcome_of(live(asked), ("ar",)).values["ar"]
    again = sweep(
        world_of("exporter", "normal", 1, 2, 40, ()),
        asked.policy,
        "terms.net_days",
        [asked.policy.terms.net_days],
        ("ar",),
    )
    assert list(found) == list(next(iter(again.outcomes.values())).values["ar"])


def test_a_life_with_one_thing_changed(asked):
    assert asked_for(asked, "terms.net_days", 10).policy.terms.net_days == 10
    changed = asked_for(asked, "company.margin_bp", 1234)
    assert changed.policy == asked.policy
    assert live(changed).books.ledger.seller["margin_bp"] == 1234


def test_causes_are_told_by_run_and_customer(asked):
    life = live(asked)
    causes = life.causes()
    assert causes.shape == (2, len(life.portfolio))
    table = life.truth.customers()
    row = table[(table["run"] == 1)].reset_index(drop=True)
    assert list(causes[1]) == list(row["archetype"])


def test_a_policy_is_named_and_moved():
    moved = policy_named("strict", "exporter", {"terms.net_days": 7})
    assert moved.terms.net_days == 7
    assert moved.with_levers(
        {"terms.net_days": policy_named("strict", "exporter").terms.net_days}
    ) == policy_named("strict", "exporter")


def test_what_stands_now_is_read_from_levers_or_times(asked):
    assert in_force(asked.policy, None, "terms.net_days") == asked.policy.terms.net_days
    with pytest.raises(BadInput):
        in_force(asked.policy, None, "company.margin_bp")
