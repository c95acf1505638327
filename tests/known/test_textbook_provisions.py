"""Do the formulas give the textbooks' answers? Provisions, portfolio losses, and how good a score is."""

import numpy as np
import pytest

from sim.measure import credit_risk as risk
from sim.measure import formulas as f
from sim.measure.provisions import cohort_loss, discounted_loss, roll_forward


def exactly(value: float):
    return pytest.approx(value, rel=1e-6)


def test_t25_the_illustrative_provision_matrix():
    """T25: IFRS 9 Illustrative Example 12."""
    balances = np.array([15e6, 7.5e6, 4e6, 2.5e6, 1e6])
    rates = np.array([0.003, 0.016, 0.036, 0.066, 0.106])
    assert np.allclose(balances * rates, [45_000, 120_000, 144_000, 165_000, 106_000])
    assert f.provision(balances, rates) == exactly(580_000)


def test_t26_the_cohort_method():
    """T26: sales of 100,000 followed to the end, 2,000 never paid."""
    cohort = cohort_loss([50_000, 27_000, 15_000, 6_000], 2_000)
    assert cohort.reached.tolist() == [100_000, 50_000, 23_000, 8_000, 2_000]
    assert np.allclose(cohort.loss_rates, [0.02, 0.04, 2 / 23, 0.25, 1.0])
    provision = f.provision([300_000, 140_000, 60_000, 23_000, 5_000], cohort.loss_rates)
    assert provision == exactly(27_567.3913043)


def test_expected_cash_that_comes_late_is_worth_less():
    """100 due, 60 expected in 180 days at 8 %: worth 57.77."""
    assert 100 - discounted_loss(100, 60, 180, 0.08) == pytest.approx(57.77, abs=0.005)


def test_an_allowance_rolls_forward():
    """Opening + new - release - write-offs = closing, whatever happened to each item."""
    items = {"opening": [45, 30, 0, 10, 7], "closing": [0, 0, 5, 12, 7], "write_offs": [100, 0, 0, 0, 0]}
    each = {name: np.array(values, dtype=float) for name, values in items.items()}
    moved = roll_forward(**each, group=np.array([0, 0, 0, 0, 1]), groups=2)
    assert (moved.opening[0], moved.closing[0], moved.write_offs[0]) == (85, 17, 100)
    assert moved.new[0] == 55 + 5 + 2  # what a write-off had not been covered for; a new item; one that aged
    assert moved.release[0] == 30  # one that was paid
    assert moved.charge.tolist() == [32, 0]
    assert np.allclose(moved.opening + moved.new - moved.release - moved.write_offs, moved.closing)


def test_o8_concentration_widens_the_loss():
    """O8: the same expected loss of 120,000, four times the spread."""
    assert f.expected_loss(0.02, 0.60, 10e6) == exactly(120_000)
    assert risk.loss_sd(0.02, 0.60, 10e6, 0.01) == exactly(84_000)
    assert risk.loss_sd(0.02, 0.60, 10e6, 0.18) == exactly(356_381.8177180)


@pytest.mark.parametrize(
    ("correlation", "level", "expected"),
    [(0.05, 0.99, 0.0578129841), (0.15, 0.99, 0.1055873433), (0.05, 0.999, 0.0810334119),
     (0.15, 0.999, 0.1763289391)],
)  # fmt: skip
def test_o8_customers_fail_together(correlation, level, expected):
    """O8: the default rate that a bad year reaches, with one common factor."""
    assert risk.default_rate_quantile(0.02, correlation, level) == exactly(expected)


# --- worked numbers of concentration and score quality ------------------------------------------------------------

EIGHT = np.array([30, 20, 15, 10, 10, 5, 5, 5])
PD = np.array([0.02, 0.03, 0.05, 0.08, 0.10, 0.15, 0.20, 0.30, 0.40, 0.60])
FAILED = np.array([0, 0, 0, 1, 0, 0, 1, 0, 1, 1])


def test_concentration_of_eight_customers():
    """Shares 30, 20, 15, 10, 10, 5, 5, 5 %: HHI 0.18, 5.56 effective names, 65 % with three."""
    assert float(risk.hhi(EIGHT)) == exactly(0.18)
    assert 1 / float(risk.hhi(EIGHT)) == exactly(5.5555556)
    assert float(risk.top_share(EIGHT, 3)) == exactly(0.65)
    assert float(risk.normalised_hhi(EIGHT)) == exactly((0.18 - 1 / 8) / (1 - 1 / 8))


def test_credits_are_no_share_of_anything():
    assert risk.shares([60, 40, -50]).tolist() == [0.6, 0.4, 0.0]
    assert np.isnan(risk.hhi([0, -5]))
    assert risk.top_share([[3, 1], [0, 0]], 1).tolist() == pytest.approx([0.75, np.nan], nan_ok=True)


def test_how_well_a_score_ranks():
    """Ten obligors: 20 of 24 pairs right."""
    assert risk.auc(PD, FAILED) == exactly(20 / 24)
    assert risk.gini(PD, FAILED) == exactly(2 / 3)
    assert risk.ks(PD, FAILED) == exactly(0.75 - 1 / 6)
    assert risk.auc([1, 1, 1], [0, 1, 0]) == 0.5
    assert np.isnan(risk.auc(PD, np.zeros(10)))
    assert np.isnan(risk.ks(PD, np.ones(10)))


def test_how_right_a_score_is():
    """Expected 1.93 failures against 4: too low, by 1.86 standard deviations."""
    assert risk.brier(PD, FAILED) == exactly(0.21327)
    assert risk.brier_skill(PD, FAILED) == exactly(1 - 0.21327 / 0.24)
    assert risk.calibration_z(PD, FAILED) == pytest.approx(1.86, abs=0.005)
    by_hand = (1 - 0.28) ** 2 / (5 * 0.056 * 0.944) + (3 - 1.65) ** 2 / (5 * 0.33 * 0.67)
    assert risk.hosmer_lemeshow(PD, FAILED, 2) == exactly(by_hand)
    assert by_hand == pytest.approx(3.61, abs=0.005)


def test_whether_the_customers_are_still_the_same():
    assert risk.psi([20, 30, 30, 20], [15, 25, 35, 25]) == pytest.approx(0.0424, abs=5e-5)
    assert risk.psi([1, 2, 0], [2, 4, 0]) == 0
    assert risk.psi([1, 1], [2, 0]) == np.inf
