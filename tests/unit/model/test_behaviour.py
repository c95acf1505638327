"""Does each kind of payer pay as late as is said, and does the clock say the same?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.base.errors import BadInput
from sim.model.behaviour import (
    ARCHETYPE_BEHAVIOURS,
    FIRST_LATENESS,
    LAST_LATENESS,
    Behaviour,
    Lateness,
    hazard_table,
)
from sim.model.moves import ARCHETYPES, EFFECT_CAP, MOVES, fades
from sim.words import Words

DAYS = np.arange(FIRST_LATENESS, LAST_LATENESS + 1)
KINDS = {
    "normal": Lateness(kind="normal", centre=5.0, spread=4.0),
    "lognormal": Lateness(kind="lognormal", centre=20.0, spread=0.6, start=-3),
    "exponential": Lateness(kind="exponential", centre=40.0, start=2),
    "table": Lateness(kind="table", start=-2, unpaid=(1.0, 0.8, 0.5, 0.5, 0.2)),
    "never": Lateness(kind="never"),
}


def payer(lateness):
    return (Behaviour(name="one", archetype="prompt", lateness=lateness),)


def unpaid(lateness, *days):
    return lateness.still_unpaid(np.array(days)).tolist()


@pytest.mark.parametrize(
    ("name", "median"),
    [("prompt", -1), ("forgetful", 18), ("strapped", 45), ("disputing", 40), ("process", 12), ("chain", 75)],
)
def test_half_of_them_have_paid_by_the_declared_median(name, median):
    lateness = next(b.lateness for b in ARCHETYPE_BEHAVIOURS if b.name == name)
    assert unpaid(lateness, median) == [pytest.approx(0.5)]


def test_a_strategic_payer_takes_180_days_on_average():
    lateness = next(b.lateness for b in ARCHETYPE_BEHAVIOURS if b.name == "strategic")
    assert unpaid(lateness, 0, 180) == [1.0, pytest.approx(np.exp(-1))]


def test_all_seven_archetypes_are_there():
    assert tuple(b.archetype for b in ARCHETYPE_BEHAVIOURS) == ARCHETYPES


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_takes_a_payment_back(kind):
    curve = KINDS[kind].still_unpaid(DAYS)
    assert (np.diff(curve) <= 0).all()
    assert curve.min() >= 0.0
    assert curve.max() <= 1.0


@pytest.mark.parametrize("kind", KINDS)
def test_the_clock_summed_up_gives_the_curve_back(kind):
    curve = KINDS[kind].still_unpaid(DAYS)
    clock = np.cumsum(hazard_table(payer(KINDS[kind]))[0])
    seen = curve > 1e-12
    np.testing.assert_allclose(np.exp(-clock)[seen], curve[seen], rtol=1e-9)


def test_hazards_are_never_negative_and_never_infinite():
    table = hazard_table(ARCHETYPE_BEHAVIOURS)
    assert table.shape == (7, len(DAYS))
    assert np.isfinite(table).all()
    assert table.min() >= 0.0


def test_who_never_pays_by_himself_has_a_clock_that_stands_still():
    assert not hazard_table(payer(KINDS["never"])).any()


def test_a_table_begins_on_its_first_day():
    assert unpaid(KINDS["table"], -4, -3, -2, -1, 0, 1, 2) == [1.0, 1.0, 1.0, 0.8, 0.5, 0.5, 0.2]


def test_after_its_end_a_table_goes_on_at_its_mean_daily_hazard():
    mean_hazard = -np.log(0.2) / 5  # five days, from the end of day -3 to the end of day 2
    assert unpaid(KINDS["table"], 12) == [pytest.approx(0.2 * np.exp(-10 * mean_hazard))]


def test_a_table_on_which_nobody_pays_stays_so_and_one_that_all_have_paid_too():
    assert unpaid(Lateness(kind="table", unpaid=(1.0, 1.0)), 700) == [1.0]
    assert unpaid(Lateness(kind="table", unpaid=(0.5, 0.0)), 0, 1, 700) == [0.5, 0.0, 0.0]


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"kind": "lognormal", "centre": 0.0}, "must_be_positive"),
        ({"kind": "exponential", "centre": -3.0}, "must_be_positive"),
        ({"kind": "table", "unpaid": (0.5,)}, "not_a_survival_curve"),
        ({"kind": "table", "unpaid": (0.5, 0.6)}, "not_a_survival_curve"),
        ({"kind": "table", "unpaid": (1.5, 0.6)}, "not_a_survival_curve"),
        ({"kind": "table", "unpaid": (0.5, float("nan"))}, "not_a_survival_curve"),
        ({"kind": "normal", "spread": 0.0}, "more_than"),
        ({"kind": "normal", "centre": float("inf")}, "not_a_number"),
        ({"kind": "bimodal"}, "not_a_choice"),
    ],
)
def test_what_is_no_distribution_is_refused(values, rule):
    with pytest.raises(BadInput) as caught:
        Lateness.checked(values)
    assert [problem.rule for problem in caught.value.problems] == [rule]
    assert Words("zh").problems(caught.value)


def test_a_move_repeated_works_less_each_time():
    assert fades()[:4] == (1.0, 0.7, pytest.approx(0.49), pytest.approx(0.343))
    assert len(fades()) == 32


def test_no_single_move_is_stronger_than_the_cap():
    for move in MOVES:
        assert len(move.effects) == len(ARCHETYPES)
        assert max(move.effects) <= EFFECT_CAP
        assert 0.0 < move.reach <= 1.0
        assert not move.personal or move.minutes > 0
