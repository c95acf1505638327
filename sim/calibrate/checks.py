"""Does the fitted lateness say what was observed, and does a customer's luck run on from invoice to invoice?"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.base.days import Day
from sim.calibrate.lateness import LatenessFit
from sim.calibrate.spells import Spells, ready_since

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_FEWEST_PAIRS = 100


def predicted(spells: Spells, gaps: Ints, fitted: LatenessFit, last: Day) -> dict[str, float]:
    """Late share and mean days late of the paid invoices: observed, and expected of these invoices by `last`.

    The fit says when a payment is ready; the wait for the pay day is added as it was observed.
    """
    paid = spells.is_paid
    unpaid = _unpaid(fitted)
    columns = unpaid.shape[1] - 1
    who, start = spells.customer, spells.start
    until = np.clip(last - spells.due_on, start + 1, fitted.first - 1 + columns)
    at_start, at_end = start - fitted.first + 1, until - fitted.first + 1
    alive = np.maximum(unpaid[who, at_start], 1e-12)
    ever = 1.0 - unpaid[who, at_end] / alive
    waited = np.concatenate([np.zeros((len(unpaid), 1)), np.cumsum(unpaid, axis=1)], axis=1)
    days = start + (waited[who, at_end] - waited[who, at_start]) / alive - until * (1.0 - ever)
    on_due = np.clip(1 - fitted.first, at_start, at_end)
    late = (unpaid[who, on_due] - unpaid[who, at_end]) / alive
    since, end = ready_since(spells, gaps)[paid], spells.end[paid]
    ready_late = np.clip(end - np.maximum(since - 1, 0), 0, None) / (end - since + 1)
    wait = float((end - (since + end) / 2).mean())
    late_by_waiting = float((end > 0).mean() - ready_late.mean())
    return {
        "late_observed": float((end > 0).mean()), "late_fitted": float(late.sum() / ever.sum()) + late_by_waiting,
        "mean_observed": float(end.mean()), "mean_fitted": float(days.sum() / ever.sum()) + wait,
    }  # fmt: skip


def _unpaid(fitted: LatenessFit) -> Floats:
    """Each customer's share still unpaid at the end of each day, from the evening before the first."""
    total = np.zeros((len(fitted.mix), fitted.hazard.shape[1] + 1))
    for group, running in enumerate(_running(fitted)):
        total += fitted.mix[:, [group]] * np.exp(-fitted.pace[:, None] * running)
    return total


def habit_of(spells: Spells, fitted: LatenessFit) -> dict[str, float]:
    """Correlation of an invoice's luck with that of the customer's next one (NaN: too few pairs)."""
    paid = spells.only(spells.is_paid)
    running = _running(fitted)
    until, since = running[:, paid.end - fitted.first + 1], running[:, paid.start + 1 - fitted.first]
    used = fitted.pace[paid.customer] * (fitted.mix[paid.customer].T * (until - since)).sum(axis=0)
    luck = ndtri(np.clip(-np.expm1(-used), 1e-4, 1 - 1e-4))
    order = np.lexsort((paid.document, paid.due_on, paid.customer))
    who, luck = paid.customer[order], luck[order]
    same = who[1:] == who[:-1]
    if same.sum() < _FEWEST_PAIRS:
        return {"habit": float("nan"), "pairs": float(same.sum())}
    return {"habit": float(np.corrcoef(luck[1:][same], luck[:-1][same])[0, 1]), "pairs": float(same.sum())}


def _running(fitted: LatenessFit) -> Floats:
    """Hazard summed to the end of each day, from the evening before the first. Shape (groups, 1 + days)."""
    return np.concatenate([np.zeros((len(fitted.hazard), 1)), np.cumsum(fitted.hazard, axis=1)], axis=1)
