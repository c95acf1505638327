"""How far can losses be from the expected, and how good is a score of default? Formulas on plain arrays."""

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.measure.formulas import ratio

Floats = NDArray[np.float64]
_NORMAL = NormalDist()


# --- a portfolio's loss -----------------------------------------------------------------------------------------


def loss_sd(default_probability: float, loss_given_default: float, exposure: float, hhi: float) -> float:
    """How much does the yearly loss vary when customers fail independently? Concentration (HHI) widens it."""
    p = default_probability
    return float(loss_given_default * exposure * np.sqrt(p * (1.0 - p) * hhi))


def default_rate_quantile(default_probability: float, correlation: float, level: float) -> float:
    """Which default rate is exceeded only in 1 - level of the years? One common factor, many customers."""
    common = np.sqrt(correlation) * _NORMAL.inv_cdf(level)
    return _NORMAL.cdf(float((_NORMAL.inv_cdf(default_probability) + common) / np.sqrt(1.0 - correlation)))


# --- concentration ----------------------------------------------------------------------------------------------


def shares(balances: ArrayLike) -> Floats:
    """Which share of the whole is each one's? Credits (negative balances) are dropped first. Last axis = customers."""
    positive = np.maximum(np.asarray(balances, dtype=np.float64), 0.0)
    return ratio(positive, positive.sum(axis=-1, keepdims=True))


def hhi(balances: ArrayLike) -> Floats:
    """How concentrated is it? Sum of squared shares, from 1 / n (even) to 1 (one name)."""
    return _where_any(balances, np.sum(shares(balances) ** 2, axis=-1))


def normalised_hhi(balances: ArrayLike) -> Floats:
    """How concentrated, between 0 (all equal) and 1 (one name), whatever the number of names?"""
    count = np.sum(np.asarray(balances) > 0, axis=-1)
    even = ratio(1.0, count)
    return ratio(hhi(balances) - even, 1.0 - even)


def top_share(balances: ArrayLike, names: int) -> Floats:
    """Which share of the whole do the largest names hold?"""
    largest = np.sort(shares(balances), axis=-1)[..., ::-1][..., :names]
    return _where_any(balances, np.sum(largest, axis=-1))


def _where_any(balances: ArrayLike, values: Floats) -> Floats:
    """These values, NaN where nobody owes anything."""
    return np.where(np.any(np.asarray(balances) > 0, axis=-1), values, np.nan)


# --- a score's quality: does it rank, and is it right? ----------------------------------------------------------


def auc(score: ArrayLike, failed: ArrayLike) -> float:
    """How likely does one who failed score higher than one who did not? Ties count half; NaN without both kinds."""
    scores, bad = np.asarray(score, dtype=np.float64), np.asarray(failed, dtype=bool)
    bads, goods = int(bad.sum()), int((~bad).sum())
    if not bads or not goods:
        return float("nan")
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    mean_rank = np.cumsum(count) - (count - 1) / 2
    return float((mean_rank[place][bad].sum() - bads * (bads + 1) / 2) / (bads * goods))


def gini(score: ArrayLike, failed: ArrayLike) -> float:
    """How well does the score tell apart, 0 (not at all) to 1? 2 * AUC - 1."""
    return 2.0 * auc(score, failed) - 1.0


def ks(score: ArrayLike, failed: ArrayLike) -> float:
    """How far apart do the cumulative curves of failed and good come at most (Kolmogorov-Smirnov)?"""
    scores, bad = np.asarray(score, dtype=np.float64), np.asarray(failed, dtype=bool)
    if bad.all() or not bad.any():
        return float("nan")
    levels, place = np.unique(scores, return_inverse=True)
    curves = [np.cumsum(np.bincount(place[kind], minlength=len(levels))) / kind.sum() for kind in (bad, ~bad)]
    return float(np.max(np.abs(curves[0] - curves[1])))


def brier(probability: ArrayLike, failed: ArrayLike) -> float:
    """How far from the truth were the probabilities? Mean squared difference; 0 is perfect."""
    gap = np.asarray(probability, dtype=np.float64) - np.asarray(failed, dtype=np.float64)
    return float(np.mean(gap**2)) if gap.size else float("nan")


def brier_skill(probability: ArrayLike, failed: ArrayLike) -> float:
    """How much better than giving everyone the average? 1 is perfect, 0 is no better."""
    happened = float(np.mean(np.asarray(failed, dtype=np.float64)))
    return float(1.0 - ratio(brier(probability, failed), happened * (1.0 - happened)))


def calibration_z(probability: ArrayLike, failed: ArrayLike) -> float:
    """By how many standard deviations were there more failures than expected? Calibration in the large."""
    p = np.asarray(probability, dtype=np.float64)
    return float(ratio(np.sum(failed) - p.sum(), np.sqrt(np.sum(p * (1.0 - p)))))


def hosmer_lemeshow(probability: ArrayLike, failed: ArrayLike, groups: int) -> float:
    """How far are failures from expectation, group by group in order of probability? Compare with chi-squared."""
    p, bad = np.asarray(probability, dtype=np.float64), np.asarray(failed, dtype=np.float64)
    total = 0.0
    for mine in np.array_split(np.argsort(p, kind="stable"), groups):
        mean = p[mine].mean()
        total += (bad[mine].sum() - len(mine) * mean) ** 2 / (len(mine) * mean * (1.0 - mean))
    return float(total)


def psi(before: ArrayLike, after: ArrayLike) -> float:
    """How far has a distribution moved? Population stability index; below 0.10 is stable, above 0.25 has moved.

    A class that is empty on one side makes it infinite: join classes first.
    """
    one, other = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    one, other = one / one.sum(), other / other.sum()
    both_empty = (one == 0) & (other == 0)
    one, other = one[~both_empty], other[~both_empty]
    with np.errstate(divide="ignore"):
        return float(np.sum((other - one) * (np.log(other) - np.log(one))))
