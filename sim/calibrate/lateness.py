"""How late do customers pay? A few curves of lateness, and how fast each customer is on them.

Nonparametric survival analysis by days past due. Customers fall into a few groups, each with its own daily hazard; a
customer's place among the groups is a posterior chance (EM), its speed within them a hazard ratio with gamma shrinkage:
(payments + a) / (expected payments + a). Baseline and speeds are estimated in turn (Breslow), so that the average over
customers stays what was observed. The number of groups is the one that best predicts invoices kept aside.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp

from sim.calibrate.spells import Exposure

Floats = NDArray[np.float64]
_BORROWED = 10.0  # invoices' worth of the pooled curve mixed into each group's
_ROUNDS, _FRAILTY_ROUNDS = 60, 12
_MOST_GROUPS = 4
_MOST_SHARE = (
    0.9  # of those at risk pay on one day; the last day seen of an export of settled items says "all"
)
_STRENGTHS = (1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0, 35.0, 60.0, 120.0)


@dataclass(frozen=True)
class LatenessFit:
    """Hazards by group and day past due, chance of each group and pace by customer."""

    first: int
    hazard: Floats  # (groups, days): -log of the share not paid among those at risk
    mix: Floats  # (customers, groups)
    pace: Floats  # (customers,)
    events: Floats  # payments by customer
    expected: Floats  # payments expected at pace 1
    strength: float  # payments' worth of prior belief that the pace is 1

    def unpaid(self) -> Floats:
        """The share still unpaid at the end of each day past due, by group (as if at risk from the first day)."""
        return np.exp(-np.cumsum(self.hazard, axis=1))


def fit_lateness(whole: Exposure, half: Exposure, other: Exposure) -> LatenessFit:
    """Groups, curves and paces. `half` and `other` hold the invoices in turn, to choose the number of groups."""
    customers = len(whole.ready)
    most = int(min(_MOST_GROUPS, max(1, customers // 15)))
    scores = [_held_out(half, other, groups) for groups in range(1, most + 1)]
    groups = int(np.argmax(scores)) + 1
    quit_share, mix = _groups(whole, groups)
    return _with_pace(whole, mix, quit_share)


def _held_out(half: Exposure, other: Exposure, groups: int) -> float:
    """How well do groups found in one half of the invoices predict the other half?"""
    share, mix = _groups(half, groups)
    with np.errstate(divide="ignore"):
        return float(logsumexp(np.log(mix) + _likelihood(other, share), axis=1).sum())


def _groups(seen: Exposure, groups: int) -> tuple[Floats, Floats]:
    """Each group's daily share of payments among those at risk, and each customer's chance of each group."""
    pooled = _shares(seen.ready.sum(axis=0), seen.at_risk.sum(axis=0), np.zeros(seen.ready.shape[1]), 0.0)
    mix = _first_guess(seen, pooled, groups)
    share = np.tile(pooled, (groups, 1))
    for _ in range(_ROUNDS if groups > 1 else 1):
        share = _shares(mix.T @ seen.ready, mix.T @ seen.at_risk, pooled, _BORROWED)
        weight = np.log(np.maximum(mix.mean(axis=0), 1e-12))
        posterior = weight + _likelihood(seen, share)
        found = np.exp(posterior - logsumexp(posterior, axis=1, keepdims=True))
        if np.abs(found - mix).max() < 1e-4:
            break
        mix = found
    return share, mix


def _first_guess(seen: Exposure, pooled: Floats, groups: int) -> Floats:
    """Customers ranked by how much faster than all they pay, cut into equal parts."""
    ratio = (seen.ready.sum(axis=1) + 1.0) / (seen.at_risk @ -np.log1p(-pooled) + 1.0)
    rank = np.argsort(np.argsort(-ratio, kind="stable"), kind="stable")
    part = rank * groups // max(len(rank), 1)
    sure = 0.9 if groups > 1 else 1.0
    guess = np.full((len(rank), groups), (1.0 - sure) / max(groups - 1, 1))
    guess[np.arange(len(rank)), part] = sure
    return guess


def _shares(ready: Floats, at_risk: Floats, pooled: Floats, borrowed: float) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (ready + borrowed * pooled) / (at_risk + borrowed)
    return np.clip(np.nan_to_num(share), 1e-7, 1.0 - 1e-7)


def _likelihood(seen: Exposure, share: Floats) -> Floats:
    """Log likelihood of each customer's payments under each group. Shape (customers, groups)."""
    return seen.ready @ np.log(share).T + (seen.at_risk - seen.ready) @ np.log1p(-share).T


def _with_pace(seen: Exposure, mix: Floats, share: Floats) -> LatenessFit:
    """Baselines and paces in turn, until they agree.

    Daily shares, not hazards, are scaled by the pace while fitting: then payments expected sum to payments seen on
    each day, and the two steps do not drift apart.
    """
    ready, events = seen.ready.sum(axis=0), seen.ready.sum(axis=1)
    expected, pace, strength = events, np.ones(len(mix)), _STRENGTHS[-1]
    for _ in range(_FRAILTY_ROUNDS):
        expected = (mix * (seen.at_risk @ share.T)).sum(axis=1)
        strength = _strength(events, expected)
        pace = (events + strength) / (expected + strength)
        paced = pace[:, None] * seen.at_risk
        pooled = _shares(ready, paced.sum(axis=0), np.zeros_like(ready), 0.0)
        share = np.minimum(_shares(mix.T @ seen.ready, mix.T @ paced, pooled, _BORROWED), _MOST_SHARE)
    return LatenessFit(seen.first, -np.log1p(-share), mix, pace, events, expected, strength)


def _strength(events: Floats, expected: Floats) -> float:
    """The strength of belief under which the payments seen are likeliest (gamma-Poisson)."""

    def log_likelihood(a: float) -> float:
        terms = gammaln(events + a) - gammaln(a) + a * np.log(a) - (events + a) * np.log(expected + a)
        return float(terms.sum())

    return max(_STRENGTHS, key=log_likelihood)
