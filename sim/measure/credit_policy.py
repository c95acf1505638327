"""What does a change of credit policy earn? The textbooks' arithmetic, from standards and terms to single orders.

Shares and rates are fractions (0.15 = 15 %), money is in any unit, days are calendar days. Everything before tax unless
a tax rate is asked for.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sim.measure.formulas import YEAR_DAYS

# --- a change of standard, term or discount, seen from the units sold --------------------------------------------


@dataclass(frozen=True)
class PolicyChange:
    """What a change brings and costs a year. A saving is a negative cost."""

    contribution: float
    invested_before: float
    invested_after: float
    carrying: float
    losses: float
    discounts: float

    @property
    def gain(self) -> float:
        """What is left?"""
        return self.contribution - self.carrying - self.losses - self.discounts


@dataclass(frozen=True)
class UnitPolicy:
    """A credit policy as units sold, days to collect, share of sales lost, discount and share of sales taking it."""

    units: float
    collection_days: float
    loss_share: float = 0.0
    discount: float = 0.0
    taking_share: float = 0.0

    def invested(self, unit_cost: float, year_days: float, turnover_digits: int | None) -> float:
        """How much cost is tied up in the receivables?"""
        turnover = year_days / self.collection_days
        if turnover_digits is not None:
            turnover = round(turnover, turnover_digits)
        return unit_cost * self.units / turnover


def policy_change(
    before: UnitPolicy,
    after: UnitPolicy,
    *,
    price: float,
    unit_cost: float,
    required_return: float,
    year_days: float = YEAR_DAYS,
    turnover_digits: int | None = None,
) -> PolicyChange:
    """What does a new policy earn over the old one, when a receivable is valued at variable cost?

    `turnover_digits`: round the turnover as printed books do (never by default).
    """
    invested = [policy.invested(unit_cost, year_days, turnover_digits) for policy in (before, after)]

    def per_sales(share: str) -> float:
        one, other = (getattr(policy, share) * price * policy.units for policy in (before, after))
        return float(other - one)

    discounts = [policy.discount * policy.taking_share * price * policy.units for policy in (before, after)]
    return PolicyChange(
        contribution=(after.units - before.units) * (price - unit_cost),
        invested_before=invested[0],
        invested_after=invested[1],
        carrying=(invested[1] - invested[0]) * required_return,
        losses=per_sales("loss_share"),
        discounts=discounts[1] - discounts[0],
    )


# --- a policy's whole income ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PolicyIncome:
    """The yearly income of a credit policy and what it loses on the way."""

    dso: float
    discounts: float
    carrying: float
    losses: float
    before_tax: float
    net: float


def policy_income(
    sales: float,
    *,
    collection: tuple[tuple[float, float], ...],
    cost_share: float,
    funds_rate: float,
    loss_share: float = 0.0,
    discount: float = 0.0,
    taking_share: float = 0.0,
    discount_on_paid_only: bool = False,
    collection_cost: float = 0.0,
    tax_rate: float = 0.0,
) -> PolicyIncome:
    """What does a year under this policy earn?

    `collection`: (share, day) of the customers' payments. `discount_on_paid_only`: the shares are of paying customers,
    so the discount is taken on sales net of bad debts.
    """
    dso = sum(share * day for share, day in collection)
    paid = sales * (1.0 - loss_share) if discount_on_paid_only else sales
    discounts = discount * taking_share * paid
    carrying = dso * sales / YEAR_DAYS * cost_share * funds_rate
    losses = loss_share * sales
    before_tax = sales * (1.0 - cost_share) - discounts - carrying - losses - collection_cost
    return PolicyIncome(dso, discounts, carrying, losses, before_tax, before_tax * (1.0 - tax_rate))


# --- steps of relaxing, each by itself --------------------------------------------------------------------------


def gain_of_more_sales(
    extra_sales: float,
    margin: float,
    *,
    collection_months: float,
    required_return: float,
    loss_share: float = 0.0,
    old_balance_rise: float = 0.0,
) -> float:
    """What does selling more on credit earn? Margin less losses less the return required of what is put in.

    New receivables tie up their cost; `old_balance_rise`: what old customers now owe longer, at full value (their
    money was already earned).
    """
    invested = extra_sales * collection_months / 12 * (1.0 - margin) + old_balance_rise
    return extra_sales * (margin - loss_share) - invested * required_return


def gain_of_discount(
    sales: float,
    discount: float,
    taking_share: float,
    *,
    months_before: float,
    months_after: float,
    required_return: float,
) -> float:
    """What does a discount earn that shortens the collection period?"""
    freed = sales * (months_before - months_after) / 12
    return freed * required_return - sales * taking_share * discount


def steps_worth_taking(marginal_gains: list[float]) -> int:
    """How many steps of relaxing pay, taken one after the other? Stop where the next one costs more than it brings."""
    return next((at for at, gain in enumerate(marginal_gains) if gain <= 0), len(marginal_gains))


def profit_after_losses(sales: float, cost_share: float, loss_share: float) -> float:
    """What is left of sales after cost and bad debts?"""
    return sales * (1.0 - cost_share - loss_share)


def break_even_loss_share(
    margin: float, *, collection_days: float, funds_rate: float, other_cost_share: float = 0.0
) -> float:
    """Which share of the extra sales may be lost before they stop paying?

    Margin less the cost of carrying their cost for so many days less other costs per unit of sales.
    """
    return margin - funds_rate * (1.0 - margin) * collection_days / YEAR_DAYS - other_cost_share


# --- one order, and what may follow it --------------------------------------------------------------------------


def order_profit(payment_probability: float, revenue: float, cost: float) -> float:
    """What is one order on credit worth, when it may never be paid?"""
    return payment_probability * (revenue - cost) - (1.0 - payment_probability) * cost


def break_even_payment(revenue: float, cost: float, *, repeat_value: float = 0.0) -> float:
    """How likely must payment be for the order to pay? `repeat_value`: what a paid order leads to, today's money."""
    return cost / (revenue + repeat_value)


def order_with_repeat(first: float, later: float, *, revenue: float, cost: float, rate: float) -> float:
    """What is an order worth when a paid one brings a second? Probabilities of payment of the first and the second."""
    again = order_profit(later, revenue, cost) / (1.0 + rate)
    return order_profit(first, revenue, cost) + first * again


# --- from cash to credit, month by month ------------------------------------------------------------------------


@dataclass(frozen=True)
class Switch:
    """What giving one month's credit to all customers costs once and brings each month."""

    cost: float
    benefit: float
    rate: float

    @property
    def npv(self) -> float:
        """What is the switch worth today?"""
        return self.benefit / self.rate - self.cost

    @property
    def carrying(self) -> float:
        """What does the money in the receivables cost a month?"""
        return self.cost * self.rate


def switch_to_credit(
    price: float, unit_cost: float, *, units_before: float, units_after: float, rate: float
) -> Switch:
    """What does it cost and bring to sell on one month's credit instead of for cash?"""
    more = units_after - units_before
    return Switch(cost=price * units_before + unit_cost * more, benefit=(price - unit_cost) * more, rate=rate)


def break_even_units(price: float, unit_cost: float, *, units_before: float, rate: float) -> float:
    """How many more units a month must credit sell to pay?"""
    return price * units_before / ((price - unit_cost) / rate - unit_cost)


def credit_with_discount(
    cash_price: float,
    credit_price: float,
    *,
    units: float,
    discount: float,
    default_share: float,
    rate: float,
) -> float:
    """What is it worth to raise the price, give a month's credit and a discount for cash, when some never pay?"""
    return units * (credit_price * (discount - default_share) / rate - cash_price)


def break_even_default(discount: float, rate: float) -> float:
    """Which share of buyers may fail to pay before credit with a cash discount stops paying?"""
    return discount - rate * (1.0 - discount)


def grant_once(price: float, unit_cost: float, default_probability: float, rate: float) -> float:
    """What is one sale on credit to a new customer worth?"""
    return (1.0 - default_probability) * price / (1.0 + rate) - unit_cost


def grant_repeatedly(price: float, unit_cost: float, default_probability: float, rate: float) -> float:
    """What is the first sale worth when a customer who pays once buys for ever and pays each time?"""
    return (1.0 - default_probability) * (price - unit_cost) / rate - unit_cost


def break_even_default_once(price: float, unit_cost: float, rate: float) -> float:
    """How likely may default be for one sale to a new customer to pay?"""
    return 1.0 - unit_cost * (1.0 + rate) / price


def break_even_default_repeatedly(price: float, unit_cost: float, rate: float) -> float:
    """How likely may default be when a customer who pays once comes back for ever?"""
    return 1.0 - unit_cost * rate / (price - unit_cost)


# --- what a cut-off costs ---------------------------------------------------------------------------------------


def cut_off_costs(
    amounts: ArrayLike, refused: ArrayLike, pays: ArrayLike, *, margin: float
) -> tuple[float, float]:
    """What did refusing those who would have paid cost, and what granting those who did not?

    Lost margin of the false refusals, lost cost of the false acceptances. `pays`: what only a fully informed judge
    knows, so this is for debriefs, never for a decision.
    """
    value = np.asarray(amounts, dtype=np.float64)
    stopped, good = np.asarray(refused, dtype=bool), np.asarray(pays, dtype=bool)
    return float(value[stopped & good].sum() * margin), float(value[~stopped & ~good].sum() * (1.0 - margin))


# --- the best term ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TermsResponse:
    """How sales and losses answer to the net days, in straight lines around 30 days."""

    sales_at_30: float
    sales_per_day: float  # share of sales gained by one more net day
    loss_at_30: float
    loss_per_day: float
    margin: float
    lateness: float  # mean days late
    funds_rate: float

    @property
    def _kept(self) -> tuple[float, float]:
        """Profit per unit of sales at 30 days, and what each further day takes from it."""
        per_day = self.funds_rate * (1.0 - self.margin) / YEAR_DAYS
        return self.margin - self.loss_at_30 - per_day * (30 + self.lateness), self.loss_per_day + per_day

    def profit(self, net_days: float) -> float:
        """What does a year with these net days earn?"""
        kept, taken = self._kept
        more = net_days - 30
        return self.sales_at_30 * (1.0 + self.sales_per_day * more) * (kept - taken * more)

    def best_net_days(self) -> float:
        """Which net days earn most? Where one more day of sales is worth what it costs; can lie outside all terms."""
        kept, taken = self._kept
        return 30 + (self.sales_per_day * kept - taken) / (2 * self.sales_per_day * taken)
