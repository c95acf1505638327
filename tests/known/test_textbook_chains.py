"""Do the formulas give the textbooks' answers? Receivables as absorbing Markov chains."""

import numpy as np
import pytest

from sim.measure.chains import AbsorbingChain


def exactly(value: float):
    return pytest.approx(value, rel=1e-6)


def printed(values, expected, digits=5):
    """Equal to what is printed, to its last digit."""
    return np.allclose(values, expected, rtol=0, atol=0.5 * 10**-digits + 1e-12)


def test_t19_two_ages():
    """T19: Render, Stair and Hanna; less than one month and one to three months old."""
    chain = AbsorbingChain.of([[0.2, 0.2], [0.3, 0.2]], [[0.6, 0.0], [0.4, 0.1]])
    assert printed(chain.fundamental, [[1.37931, 0.34483], [0.51724, 1.37931]])
    assert printed(chain.absorption, [[0.96552, 0.03448], [0.86207, 0.13793]])
    paid, bad = chain.expected_ends([2_000, 5_000])
    assert paid == exactly(6_241.3793103)
    assert bad == exactly(758.6206897)
    assert printed(chain.mean_months, [1.72414, 1.89655])
    assert printed(chain.variance_months, [1.36742, 1.52200])


def test_t20_the_same_structure_with_other_rates():
    """T20: Anderson, Sweeney and Williams; 0-30 and 31-90 days."""
    chain = AbsorbingChain.of([[0.3, 0.3], [0.3, 0.1]], [[0.4, 0.0], [0.4, 0.2]])
    assert printed(chain.fundamental, [[1.66667, 0.55556], [0.55556, 1.29630]])
    assert printed(chain.absorption[:, 1], [0.11111, 0.25926])
    paid, bad = chain.expected_ends([1_000, 2_000])
    assert paid == exactly(2_370.3703704)
    assert bad == exactly(629.6296296)


def test_t21_department_store_credit():
    """T21: Hillier and Lieberman; .032 and .254 in print."""
    chain = AbsorbingChain.of([[0.2, 0.1], [0.1, 0.2]], [[0.7, 0.0], [0.5, 0.2]])
    assert chain.absorption[0, 1] == exactly(2 / 63)
    assert chain.absorption[1, 1] == exactly(16 / 63)


def test_t22_three_months_to_pay():
    """T22: the A&W store; 0.3 % of current sales are lost."""
    chain = AbsorbingChain.of([[0, 0.2, 0], [0, 0, 0.1], [0, 0, 0]], [[0.8, 0], [0.9, 0], [0.85, 0.15]])
    assert chain.absorption[0, 1] == exactly(0.003)
    paid, bad = chain.expected_ends([150_000, 0, 0])
    assert (paid, bad) == (exactly(149_550), exactly(450))
    assert chain.mean_months[0] == exactly(1.22)


FIVE_AGES = AbsorbingChain.of(
    [
        [0.10, 0.35, 0, 0, 0],
        [0.05, 0.15, 0.40, 0, 0],
        [0.03, 0.05, 0.15, 0.47, 0],
        [0.02, 0.02, 0.05, 0.16, 0.55],
        [0.01, 0.01, 0.02, 0.04, 0.17],
    ],
    [[0.55, 0], [0.40, 0], [0.30, 0], [0.20, 0], [0.10, 0.65]],
)


def test_t23_five_ages():
    """T23: the form of Cyert, Davidson and Thompson with our own rates."""
    assert printed(FIVE_AGES.absorption[:, 1], [0.060258, 0.154950, 0.321736, 0.561533, 0.820540], 6)
    assert printed(FIVE_AGES.mean_months, [2.11787, 2.58880, 2.73646, 2.41067, 1.44364], 4)
    assert printed(FIVE_AGES.fundamental[0], [1.150679, 0.492435, 0.242145, 0.139900, 0.092705], 6)
    collected, lost = FIVE_AGES.expected_ends([1_000, 400, 200, 120, 80])
    assert lost == exactly(319.6127360734)
    assert collected == exactly(1_480.3872639266)
    assert FIVE_AGES.sd_of_end([1_000, 400, 200, 120, 80], 1) == exactly(13.9274481257)


def test_t23_the_steady_state_loses_what_it_takes_in():
    """T23: 600 new a month; the monthly loss is the loss probability of new money times 600."""
    balances = FIVE_AGES.steady_balances([600, 0, 0, 0, 0])
    assert printed(balances, [690.41, 295.46, 145.29, 83.94, 55.62], 2)
    assert balances.sum() == exactly(1_270.7189042224)
    assert (balances @ FIVE_AGES.ends)[1] == exactly(36.1549855189)
    assert (balances @ FIVE_AGES.ends)[1] == exactly(600 * FIVE_AGES.absorption[0, 1])


def test_money_cannot_vanish():
    with pytest.raises(ValueError, match="add up"):
        AbsorbingChain.of([[0.5]], [[0.4]])
