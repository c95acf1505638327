"""Does the notebook under the bonnet show what the model really does?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.model.behaviour import ARCHETYPE_BEHAVIOURS, FIRST_LATENESS
from sim.model.moves import ARCHETYPES
from sim.panels import nouns, one_life, payment_clock, same_luck, twin_check
from sim.panels.bonnet.clock import EFFECT_DAYS, clock
from sim.panels.bonnet.life import CUSTOMERS, life
from sim.panels.bonnet.luck import FIGURES, differences
from sim.panels.bonnet.small import POLICIES
from sim.panels.bonnet.twin import both_lived, equal_rows, told
from sim.words import Words


@pytest.mark.parametrize("policy", POLICIES)
def test_engine_and_twin_agree_before_the_learners_eyes(policy):
    found = both_lived(policy, 60, 3)
    assert found.all_rows > 300
    assert found.equal_rows == found.all_rows
    assert f"{found.all_rows:,}" in told(Words("en"), found)


def test_a_row_that_differs_is_noticed():
    one = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"]})
    other = pd.DataFrame({"a": [1, 2, 3, 4], "b": ["x", "Y", "z", "w"]})
    assert equal_rows(one, other) == 2
    assert equal_rows(one, one.rename(columns={"a": "c"})) == 0


@pytest.mark.parametrize("metric", FIGURES)
def test_the_same_luck_makes_the_interval_narrower(metric):
    found = differences("strict", metric, 20)
    assert found.half_width("same") < found.half_width("other")


def test_the_clock_reads_what_the_curve_of_the_kind_says():
    forgetful = ARCHETYPE_BEHAVIOURS[ARCHETYPES.index("forgetful")]
    found = clock("forgetful", "", 0)
    days = np.arange(-30, 121)
    unpaid = forgetful.lateness.still_unpaid(days) / forgetful.lateness.still_unpaid(
        np.array([FIRST_LATENESS - 1])
    )
    np.testing.assert_allclose(found.unpaid("alone"), unpaid, atol=1e-6)
    np.testing.assert_array_equal(found.alone, found.moved)
    ready = found.ready("alone", 0.5)
    assert ready is not None
    assert forgetful.lateness.still_unpaid(np.array([ready]))[0] <= 0.5


def test_a_call_brings_the_forgetful_forward_and_does_nothing_to_the_prompt():
    moved = clock("forgetful", "phone", 7)
    assert moved.ready("moved", 0.8) < moved.ready("alone", 0.8)
    assert int((moved.moved != moved.alone).sum()) <= EFFECT_DAYS
    prompt = clock("prompt", "phone", 7)
    np.testing.assert_array_equal(prompt.moved, prompt.alone)  # the task says so


def test_nature_stays_the_same_whatever_the_policy():
    drawn = ["number", "wanted_on", "amount_fen", "luck", "patience_days", "dispute_after"]
    for customer in range(CUSTOMERS):
        one, other = life(customer, 0, "as_is").orders, life(customer, 0, "hands_off").orders
        pd.testing.assert_frame_equal(one[drawn], other[drawn])
    fates = [
        (life(customer, 0, policy).orders["fate"]).tolist()
        for policy in ("as_is", "hands_off")
        for customer in range(CUSTOMERS)
    ]
    assert fates[:CUSTOMERS] != fates[CUSTOMERS:]


def test_without_credit_management_no_order_is_lost():
    for customer in range(CUSTOMERS):
        orders = life(customer, 0, "hands_off").orders
        assert not (orders["fate"] == "lost").any()
        paid = orders["paid_on"].dropna()
        assert (paid >= orders.loc[paid.index, "wanted_on"]).all()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("make", [nouns, one_life, payment_clock, same_luck, twin_check])
def test_every_widget_opens_in_both_languages(make, lang):
    assert make(lang).children
