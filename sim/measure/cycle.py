"""How long is money tied up in the business, and will the cash last? Cycle, working capital, liquidity, ruin.

Formulas on plain numbers and arrays; ratios without a denominator are NaN.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.measure.formulas import YEAR_DAYS, cash_conversion_days, dso, ratio

Floats = NDArray[np.float64]

# --- the cash cycle ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cycle:
    """Days of stock, of receivables and of payables, each on its own turnover."""

    stock_days: float
    receivable_days: float
    payable_days: float

    @property
    def operating(self) -> float:
        """How many days from buying to being paid?"""
        return self.stock_days + self.receivable_days

    @property
    def cash_conversion(self) -> float:
        """How many days between paying suppliers and being paid?"""
        return cash_conversion_days(self.stock_days, self.receivable_days, self.payable_days)


def cycle(
    *,
    stock: float,
    cost_of_sales: float,
    receivables: float,
    credit_sales: float,
    payables: float,
    purchases: float | None = None,
    days: float = YEAR_DAYS,
) -> Cycle:
    """How many days is money in stock, in receivables and from suppliers? `purchases`: default the cost of sales."""
    bought = cost_of_sales if purchases is None else purchases
    each = ((stock, cost_of_sales), (receivables, credit_sales), (payables, bought))
    return Cycle(*(float(dso(balance, flow, days)) for balance, flow in each))


def resources(
    lengths: Cycle, *, sales: float, cost_of_sales: float, purchases: float, days: float = YEAR_DAYS
) -> float:
    """How much money does a cycle of these lengths tie up? Stock + receivables - payables."""
    tied = lengths.stock_days * cost_of_sales + lengths.receivable_days * sales
    return (tied - lengths.payable_days * purchases) / days


# --- working capital and liquidity ------------------------------------------------------------------------------


def working_capital_requirement(
    receivables: ArrayLike,
    stock: ArrayLike,
    payables: ArrayLike,
    *,
    prepaid: ArrayLike = 0.0,
    advances: ArrayLike = 0.0,
) -> Floats:
    """How much money does the running business tie up?

    Receivables, stock and what was prepaid to suppliers, less payables and advances from customers.
    """
    ours = np.asarray(receivables, dtype=np.float64) + np.asarray(stock) + np.asarray(prepaid)
    return np.asarray(ours - np.asarray(payables) - np.asarray(advances), dtype=np.float64)


def funding_gap(requirement: ArrayLike, permanent_funds: ArrayLike) -> Floats:
    """How much of the requirement must short-term lines bear? Requirement less the permanent funds left for it."""
    return np.asarray(requirement, dtype=np.float64) - np.asarray(permanent_funds, dtype=np.float64)


def cash_ratio(cash: ArrayLike, current_liabilities: ArrayLike, *, restricted: ArrayLike = 0.0) -> Floats:
    """Which share of the short-term debts could be paid with the cash at hand?

    Restricted cash (margin deposits for bills) does not count.
    """
    free = np.asarray(cash, dtype=np.float64) - np.asarray(restricted, dtype=np.float64)
    return ratio(free, current_liabilities)


def liquidity_ratio(
    cash: ArrayLike, current_liabilities: ArrayLike, undrawn_lines: ArrayLike, *, restricted: ArrayLike = 0.0
) -> Floats:
    """The same when undrawn bank lines count too. They are not cash: the bank may cut them when they are needed."""
    with_lines = np.asarray(cash, dtype=np.float64) + np.asarray(undrawn_lines, dtype=np.float64)
    return cash_ratio(with_lines, current_liabilities, restricted=restricted)


def return_on_working_capital(
    profit: ArrayLike, requirement: ArrayLike, *, days: ArrayLike = YEAR_DAYS
) -> Floats:
    """What does a unit of money in working capital earn a year? NaN where none is tied up."""
    tied = np.asarray(requirement, dtype=np.float64)
    earned = np.asarray(profit, dtype=np.float64) * YEAR_DAYS / np.asarray(days, dtype=np.float64)
    return ratio(earned, np.where(tied > 0, tied, 0.0))


# --- how much cash to hold --------------------------------------------------------------------------------------


def baumol_balance(outflow: float, fee: float, rate: float) -> float:
    """How much cash to take at a time when it flows out evenly? Square-root rule; per year all three."""
    return math.sqrt(2.0 * fee * outflow / rate)


@dataclass(frozen=True)
class CashBand:
    """Between which limits may cash wander (Miller-Orr), and to which balance is it brought back?"""

    low: float
    spread_third: float

    @property
    def target(self) -> float:
        """To which balance is it brought back?"""
        return self.low + self.spread_third

    @property
    def high(self) -> float:
        """Above which balance is the rest invested?"""
        return self.low + 3.0 * self.spread_third

    @property
    def mean(self) -> float:
        """Where does cash stand on average?"""
        return (4.0 * self.target - self.low) / 3.0


def miller_orr(low: float, *, fee: float, sigma: float, rate: float) -> CashBand:
    """Which band for cash that wanders at random? `sigma` and `rate` are of one day (or any one period)."""
    return CashBand(low, (0.75 * fee * sigma**2 / rate) ** (1.0 / 3.0))


# --- ruin -------------------------------------------------------------------------------------------------------


def wilson_interval(happened: int, runs: int, confidence: float = 0.95) -> tuple[float, float]:
    """Between which probabilities does the truth lie when something happened in so many runs? NaN without runs."""
    if runs == 0:
        return float("nan"), float("nan")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share, room = happened / runs, z * z / runs
    half = z * math.sqrt(share * (1.0 - share) / runs + room / (4.0 * runs))
    low, high = ((share + room / 2 + side) / (1.0 + room) for side in (-half, half))
    return max(low, 0.0) if happened else 0.0, min(high, 1.0) if happened < runs else 1.0


def share_difference_interval(
    before: tuple[float, float, float], after: tuple[float, float, float], likeness: float = 0.0
) -> tuple[float, float]:
    """Between which values does the difference of two shares lie, within -1 and 1? Each share with its own interval.

    `before` and `after`: (share, low, high), by `wilson_interval`. `likeness`: the correlation phi of yes and no where
    both were asked of the same runs. Newcombe's square-and-add of Wilson intervals (1998).
    """
    (first, low_1, high_1), (second, low_2, high_2) = after, before
    down = (
        (first - low_1) ** 2 + (high_2 - second) ** 2 - 2.0 * likeness * (first - low_1) * (high_2 - second)
    )
    up = (high_1 - first) ** 2 + (second - low_2) ** 2 - 2.0 * likeness * (high_1 - first) * (second - low_2)
    change = first - second
    return change - math.sqrt(max(down, 0.0)), change + math.sqrt(max(up, 0.0))


def days_below(path: ArrayLike, floor: float = 0.0) -> NDArray[np.int64]:
    """On how many days did the cash stand below the floor? Last axis = days."""
    return np.asarray(np.sum(np.asarray(path) < floor, axis=-1), dtype=np.int64)


def first_passage(path: ArrayLike, floor: float = 0.0) -> Floats:
    """On which day (0 = the first) did the cash first stand below the floor? NaN where it never did."""
    below = np.asarray(path) < floor
    return np.where(below.any(axis=-1), np.argmax(below, axis=-1).astype(np.float64), np.nan)


def ruin_of_drifting_cash(start: float, drift: float, sigma: float, days: float) -> float:
    """How likely does cash that drifts and wanders (Brownian motion) touch zero within so many days?"""
    normal, width = NormalDist(), sigma * math.sqrt(days)
    straight = normal.cdf((-start - drift * days) / width)
    mirrored = math.exp(-2.0 * drift * start / sigma**2) * normal.cdf((-start + drift * days) / width)
    return straight + mirrored
