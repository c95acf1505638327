"""Does every figure say how sure we are of it, and in which range it may be varied?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.model import agency, insurance, law, limit_rules, products, scorecard, suit
from sim.model.figures import figures_of

GROUPS = [
    agency.Agency,
    insurance.CreditInsurance,
    law.PaymentRules,
    limit_rules.LimitFigures,
    products.Bill,
    products.Certificate,
    products.CommercialBill,
    products.Factoring,
    products.Financier,
    products.PledgeLoan,
    scorecard.GradeFigures,
    scorecard.InformationFigures,
    scorecard.Scorecard,
    scorecard.Yardsticks,
    suit.PaymentOrder,
    suit.Suit,
]
FIGURES = [
    pytest.param(found, id=f"{group.__name__}.{found.name}")
    for group in GROUPS
    for found in figures_of(group)
]


@pytest.mark.parametrize("found", FIGURES)
def test_the_base_lies_in_the_range(found):
    low, base, high = (np.array(value, dtype=float) for value in (found.low, found.base, found.high))
    assert low.shape == base.shape == high.shape
    assert (low <= base).all()
    assert (base <= high).all()


@pytest.mark.parametrize("found", FIGURES)
def test_what_is_assumed_can_be_varied(found):
    assert found.basis in ("P", "Pm", "R", "A")
    assert found.basis != "A" or found.low != found.high


def test_an_object_tells_its_own_figures():
    careful = dataclasses.replace(agency.AGENCY, breach=0.02)
    assert {found.name: found.base for found in figures_of(careful)}["breach"] == 0.02


@pytest.mark.parametrize("group", GROUPS)
def test_nobody_changes_a_figure_in_place(group):
    assert group.__dataclass_params__.frozen
