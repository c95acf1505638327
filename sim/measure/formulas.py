"""How is each figure calculated? The field's formulas on plain numbers and arrays, nothing else.

Scalars or arrays in, float64 arrays (or floats) out. A ratio whose denominator is zero is NaN: unknown, never 0.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

YEAR_DAYS = 365


def ratio(numerator: ArrayLike, denominator: ArrayLike) -> Floats:
    """How much is one part of the other? NaN where there is nothing to divide by."""
    top, bottom = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(bottom == 0, np.nan, top / bottom)


def dso(ar: ArrayLike, sales: ArrayLike, days: ArrayLike) -> Floats:
    """How many days of credit sales does this balance stand for? NaN without (net) sales.

    The same formula with the average balance is average DSO, with the part not yet due best-possible DSO, with the
    overdue part average days delinquent.
    """
    sold = np.asarray(sales, dtype=np.float64)
    return ratio(ar, np.where(sold > 0, sold, 0.0)) * np.asarray(days, dtype=np.float64)


def turnover(sales: ArrayLike, average_ar: ArrayLike) -> Floats:
    """How many times did the receivables turn over? Net credit sales / average balance."""
    balance = np.asarray(average_ar, dtype=np.float64)
    return ratio(sales, np.where(balance > 0, balance, 0.0))


def countback(ar: ArrayLike, sales: ArrayLike, days: ArrayLike) -> Floats:
    """How many days of recent sales are still unpaid?

    Eats backwards through the sales of the months (newest first: `ar` (n,), `sales` (n, months), `days` (months,)).
    A month with net negative sales counts as none and carries its amount to the month before it. NaN where the
    balance exceeds all sales given: the history is too short, nothing is extrapolated. Shape of `ar`.
    """
    left = np.atleast_1d(np.asarray(ar, dtype=np.float64)).copy()
    months = np.atleast_2d(np.asarray(sales, dtype=np.float64))
    counted, carried = np.zeros_like(left), np.zeros_like(left)
    for month, length in enumerate(np.asarray(days, dtype=np.float64)):
        net = months[:, month] + carried
        carried, sold = np.minimum(net, 0.0), np.maximum(net, 0.0)
        whole = left > sold
        part = np.divide(left, sold, out=np.zeros_like(left), where=sold > 0)
        counted += np.where(left <= 0, 0.0, np.where(whole, 1.0, part)) * length
        left = np.where(whole, left - sold, 0.0)
    return np.where(left > 0, np.nan, counted).reshape(np.shape(ar))


def cei(ar_begin: ArrayLike, sales: ArrayLike, ar_end: ArrayLike, ar_end_current: ArrayLike) -> Floats:
    """Which share of what could be collected in the period was collected? (Full-period form.)"""
    available = np.asarray(ar_begin, dtype=np.float64) + np.asarray(sales, dtype=np.float64)
    return ratio(available - np.asarray(ar_end), available - np.asarray(ar_end_current))


def cei_published_average(
    ar_begin: ArrayLike, sales: ArrayLike, months: int, ar_end: ArrayLike, ar_end_current: ArrayLike
) -> Floats:
    """What do texts print that put the sales of one average month into the collection effectiveness index?

    Inconsistent (one month's sales beside the balance change of several months); here only to recognise such figures.
    """
    return cei(ar_begin, np.asarray(sales, dtype=np.float64) / months, ar_end, ar_end_current)


def weighted_mean(values: ArrayLike, weights: ArrayLike) -> float:
    """What is the mean of these values, each counted by its weight? NaN without weight."""
    heavy = np.asarray(weights, dtype=np.float64)
    return float(ratio(np.sum(np.asarray(values, dtype=np.float64) * heavy), np.sum(heavy)))


def roll_rates(buckets: ArrayLike) -> Floats:
    """Which share of each bucket stood one bucket older a month later? Shape (months - 1, buckets - 1).

    Net (stock) rates from month-end balances, rows = months, columns = buckets of one month's width, current first.
    Can exceed 1 (late postings); NaN where the bucket was empty.
    """
    stock = np.asarray(buckets, dtype=np.float64)
    return ratio(stock[1:, 1:], stock[:-1, :-1])


def pooled_roll_rates(buckets: ArrayLike) -> Floats:
    """What is the roll rate over several months? Sums of numerators over sums of denominators.

    Months with an empty bucket are left out of both.
    """
    stock = np.asarray(buckets, dtype=np.float64)
    known = stock[:-1, :-1] != 0
    return ratio(np.sum(stock[1:, 1:] * known, axis=0), np.sum(stock[:-1, :-1] * known, axis=0))


def flow_loss_rates(rolls: ArrayLike, loss_of_last: float, scalar: float = 1.0) -> Floats:
    """Which share of each bucket will be lost? Products of the roll rates up to the last bucket, times its loss.

    `scalar` looks forward (each rate is capped at 1). First axis = buckets, one more out than in. Where nothing rolls
    on, nothing is lost, whatever rates beyond are unknown.
    """
    steps = np.asarray(rolls, dtype=np.float64)
    onward = [np.full(steps.shape[1:], loss_of_last, dtype=np.float64)]
    for roll in steps[::-1]:
        onward.append(np.where(roll == 0, 0.0, roll * onward[-1]))
    return np.minimum(np.stack(onward[::-1]) * scalar, 1.0)


def provision(balances: ArrayLike, loss_rates: ArrayLike) -> float:
    """How much of these balances is expected to be lost?"""
    return float(np.sum(np.asarray(balances, dtype=np.float64) * np.asarray(loss_rates, dtype=np.float64)))


def expected_loss(default_probability: float, loss_given_default: float, exposure: float) -> float:
    """What is the expected loss? PD * LGD * EAD."""
    return default_probability * loss_given_default * exposure


def loss_given_default(exposure: float, recovered_value: float) -> float:
    """Which share is lost when a customer defaults? 1 - present value of (recoveries - cost) / exposure."""
    return 1.0 - float(ratio(recovered_value, exposure))


def present_value(amount: float, days: float, yearly_rate: float) -> float:
    """What is an amount due in so many days worth today?"""
    return float(amount / (1.0 + yearly_rate) ** (days / YEAR_DAYS))


def cost_of_forgone_discount(
    discount: float,
    discount_days: float,
    paid_days: float,
    *,
    year_days: int = YEAR_DAYS,
    effective: bool = False,
) -> float:
    """What does a buyer pay a year for not taking the early-payment discount?

    `paid_days`: the net day, or the true day of payment where later. Simple rate, or effective (compounded). NaN when
    paid no later than the discount day.
    """
    if paid_days <= discount_days:
        return float("nan")
    price, times = discount / (1.0 - discount), year_days / (paid_days - discount_days)
    return float((1.0 + price) ** times - 1.0) if effective else price * times


def dynamic_discount(face: float, yearly_rate: float, days_early: float) -> float:
    """How much discount is fair for paying so many days early at a yearly rate?"""
    return face * yearly_rate * days_early / YEAR_DAYS


def carrying_cost(
    average_ar: ArrayLike, yearly_rate: float, days: ArrayLike, *, cost_share: float = 1.0
) -> Floats:
    """What does it cost to carry this balance for so many days?

    Funding form: `cost_share` 1, the bank line behind the whole balance. Opportunity form: `cost_share` = variable
    cost ratio (1 - margin): the profit in a receivable is not invested cash.
    """
    balance, length = np.asarray(average_ar, dtype=np.float64), np.asarray(days, dtype=np.float64)
    return balance * cost_share * yearly_rate * length / YEAR_DAYS


def economic_profit(
    sales: ArrayLike,
    margin: float,
    *,
    losses: ArrayLike,
    carrying: ArrayLike,
    collection: ArrayLike,
    discounts: ArrayLike = 0.0,
    fees: ArrayLike = 0.0,
) -> Floats:
    """What does the credit policy earn? Margin on sales less discounts, losses, carrying, collection and fees."""
    costs = sum(
        np.asarray(cost, dtype=np.float64) for cost in (discounts, losses, carrying, collection, fees)
    )
    return np.asarray(np.asarray(sales, dtype=np.float64) * margin - costs, dtype=np.float64)


def cash_conversion_days(inventory_days: float, receivable_days: float, payable_days: float) -> float:
    """For how many days is money tied up between paying suppliers and being paid?"""
    return inventory_days + receivable_days - payable_days


def kept_by_amount(paid: ArrayLike, promised: ArrayLike) -> float:
    """Which share of the promised money came? What was paid beyond a promise does not count."""
    due = np.asarray(promised, dtype=np.float64)
    return float(ratio(np.sum(np.minimum(np.asarray(paid, dtype=np.float64), due)), np.sum(due)))


def promises_until_kept(kept_probability: float) -> float:
    """How many promises does it take until one is kept, when a broken one is renewed at once? One less are broken."""
    return float(ratio(1.0, kept_probability))


def schedule_value(parts: ArrayLike, days: ArrayLike, yearly_rate: float) -> float:
    """What is a payment schedule (shares of the price, days from now) worth today?"""
    due = np.asarray(days, dtype=np.float64) / YEAR_DAYS
    return float(np.sum(np.asarray(parts, dtype=np.float64) * (1.0 + yearly_rate) ** -due))


def lifetime_value(
    margin_a_month: Floats | float, retention: ArrayLike, yearly_rate: float, *, months: int
) -> Floats:
    """What is a customer worth, over so many months, when each month this share of customers stays?

    Sum of margin * retention^t / (1 + k)^t for t = 0, 1 ... months - 1, k the monthly rate.
    """
    monthly = (1.0 + yearly_rate) ** (1.0 / 12.0)
    kept = np.asarray(retention, dtype=np.float64)[..., None] / monthly
    months_of_margin = np.sum(kept ** np.arange(months), axis=-1)
    return np.asarray(margin_a_month * months_of_margin, dtype=np.float64)


def littles_law(sales_per_day: float, mean_days: float) -> float:
    """How much is outstanding in the long run? Sales a day times mean days outstanding."""
    return sales_per_day * mean_days
