"""How often and how much does each customer order? Few invoices borrow from all customers (empirical Bayes)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_SIGMA_BORROWED = 5.0  # invoices' worth of the pooled spread in each customer's


@dataclass(frozen=True)
class Orders:
    """Orders per year with a 90 % interval, and median and spread (sigma of the logarithm) of their amounts."""

    per_year: Floats
    low: Floats
    high: Floats
    median_fen: Ints
    sigma: Floats

    def yearly_fen(self) -> float:
        """What do all customers together buy in a year? Expected value."""
        return float((self.median_fen * np.exp(self.sigma**2 / 2) * self.per_year).sum())


def fit_orders(customer: Ints, amount_fen: Ints, customers: int, years: float) -> Orders:
    """Rates and sizes of orders from the invoices issued within so many years."""
    counts = np.bincount(customer, minlength=customers).astype(np.float64)
    shape, rate = _prior(counts, years)
    after = counts + shape
    per_year = after / (years + rate)
    low = np.asarray(gammaincinv(after, 0.05), dtype=np.float64) / (years + rate)
    high = np.asarray(gammaincinv(after, 0.95), dtype=np.float64) / (years + rate)
    median, sigma = _sizes(customer, amount_fen, counts)
    mean = median * np.exp(sigma**2 / 2)
    scale = amount_fen.sum() / max(float((counts * mean).sum()), 1.0)  # the total stays what was invoiced
    return Orders(per_year, low, high, np.maximum(np.rint(median * scale), 1).astype(np.int64), sigma)


def _prior(counts: Floats, years: float) -> tuple[float, float]:
    """Shape and rate of the gamma distribution of customers' order rates, by moments."""
    mean, spread = counts.mean(), counts.var()
    excess = max(spread - mean, 1e-3 * max(mean, 1e-9))
    shape = float(np.clip(mean**2 / excess, 1e-3, 1e4))
    return shape, shape * years / max(float(mean), 1e-9)


def _sizes(customer: Ints, amount_fen: Ints, counts: Floats) -> tuple[Floats, Floats]:
    logs = np.log(np.maximum(amount_fen, 1).astype(np.float64))
    customers = len(counts)
    known = np.maximum(counts, 1.0)
    mean = np.bincount(customer, weights=logs, minlength=customers) / known
    squares = np.bincount(customer, weights=(logs - mean[customer]) ** 2, minlength=customers)
    freedom = np.maximum(counts - 1.0, 0.0)
    pooled = squares.sum() / max(freedom.sum(), 1.0)
    pooled = pooled if freedom.sum() >= 2 else max(float(logs.var()), 1e-4)
    sigma2 = (squares + _SIGMA_BORROWED * pooled) / (freedom + _SIGMA_BORROWED)
    seen = counts > 0
    middle = float(np.average(mean[seen])) if seen.any() else 0.0
    between = max(float(mean[seen].var()) - float(np.mean(pooled / known[seen])), 1e-6)
    weight = counts / pooled if pooled > 0 else counts * 1e6
    centre = (weight * mean + middle / between) / (weight + 1.0 / between)
    return np.exp(centre), np.clip(np.sqrt(sigma2), 0.0, 3.0)
