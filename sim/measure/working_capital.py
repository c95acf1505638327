"""How much money does the business tie up, how long, who lends it, and could we pay? From the seller's own accounts."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.measure import cycle, formulas
from sim.measure.balances import dso_average
from sim.measure.books import Books
from sim.measure.cost_of_credit import xirr
from sim.measure.periods import Periods
from sim.measure.registry import metric
from sim.measure.reports import grid, report
from sim.model.accounts import ACCOUNTS, Closings, closings_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FACILITIES = ("overdraft", "loan", "factoring")
BORROWED = ("overdraft", "pledge_loan", "factoring_advances")
FINANCING_COST = ("overdraft_interest", "loan_interest", "factoring_fee")
_ACCOUNTS = ("accounts",)
_WITH_SALES = ("accounts", "invoice", "invoice_dates", "receipt", "open_items")


class Statements:
    """The seller's accounts by period: balances at begin and end, and what was earned and spent in between.

    Shape (runs, periods), NaN where the books were not closed on the day.
    """

    def __init__(self, books: Books, periods: Periods):
        closings = books.once("closings", lambda: _closings(books))
        self._closings = closings
        self._begin, self._end = (_place(closings.days, days) for days in (periods.starts - 1, periods.ends))
        running = np.cumsum(closings.amounts, axis=1)
        padded = np.concatenate([np.zeros_like(running[:, :1]), running], axis=1)
        first, last = np.maximum(self._begin, 0), np.maximum(self._end, 0)
        self._known = (self._begin >= 0) & (self._end >= 0)
        self._flows = padded[:, last + 1] - padded[:, first + 1]

    def begin(self, *accounts: str) -> Floats:
        """What stood on these accounts together when the period began."""
        return self._balance(self._begin, accounts)

    def end(self, *accounts: str) -> Floats:
        """What stood on these accounts together when the period ended."""
        return self._balance(self._end, accounts)

    def mean(self, *accounts: str) -> Floats:
        """The mean of both."""
        return (self.begin(*accounts) + self.end(*accounts)) / 2

    def flow(self, *accounts: str) -> Floats:
        """What was earned or spent on these accounts together in the period."""
        which = [ACCOUNTS.index(name) for name in accounts]
        return np.where(self._known, self._flows[:, :, which].sum(axis=2), np.nan)

    def average(self, *accounts: str) -> Floats:
        """What stood on these accounts together on an average day, taken to move evenly between closings."""
        days, balance = self._closings.days.astype(np.float64), self._closings.of(*accounts)
        steps = (balance[:, 1:] + balance[:, :-1]) / 2 * np.diff(days)
        area = np.concatenate([np.zeros((len(balance), 1)), np.cumsum(steps, axis=1)], axis=1)
        first, last = np.maximum(self._begin, 0), np.maximum(self._end, 0)
        mean = formulas.ratio(area[:, last] - area[:, first], days[last] - days[first])
        return np.where(self._known, mean, np.nan)

    def profit(self) -> Floats:
        """Profit after tax of the period."""
        return self.end("retained") - self.begin("retained")

    def debts(self) -> Floats:
        """All that is owed at the end, which is short-term throughout."""
        total = self._closings.total("liability")
        return np.where(self._end >= 0, total[:, np.maximum(self._end, 0)], np.nan)

    def _balance(self, at: Ints, accounts: tuple[str, ...]) -> Floats:
        found = self._closings.of(*accounts)
        return np.where(at >= 0, found[:, np.maximum(at, 0)], np.nan)


def _closings(books: Books) -> Closings:
    closings = closings_of(books.ledger.balance, books.ledger.runs)
    if len(closings.days):
        return closings
    nothing = np.zeros((books.runs, 1, len(ACCOUNTS)), dtype=np.int64)
    return Closings(np.array([NEVER], dtype=np.int32), nothing)  # books that were never closed


def _place(closed: NDArray[np.int32], days: Ints) -> Ints:
    at = np.searchsorted(closed, days)
    hit = closed[np.minimum(at, len(closed) - 1)] == days
    return np.where(hit, at, -1)


def statements(books: Books, periods: Periods) -> Statements:
    """The accounts by period, worked out once."""
    return books.once(("statements", periods.labels), lambda: Statements(books, periods))


# --- the cash cycle ---------------------------------------------------------------------------------------------


@metric("stock_days", unit="d", better="low", needs=_ACCOUNTS, unknown="not_closed")
def stock_days(books: Books, periods: Periods) -> Floats:
    """How many days of the cost of goods sold was the stock? DIO: mean of opening and closing stock."""
    accounts = statements(books, periods)
    return formulas.dso(accounts.mean("stock"), accounts.flow("cost_of_goods"), periods.days)


@metric("payable_days", unit="d", needs=_WITH_SALES, unknown="not_closed")
def payable_days(books: Books, periods: Periods) -> Floats:
    """How many days of the cost of goods sold did we owe suppliers? DPO: mean of opening and closing payables.

    Payables carry VAT where it is modelled, cost does not: cost is grossed up as invoiced sales are to booked sales.
    """
    accounts = statements(books, periods)
    booked = accounts.flow("sales") - accounts.flow("credit_notes")
    gross = formulas.ratio(books.total(books.sales, periods), booked)
    return formulas.dso(accounts.mean("payables"), accounts.flow("cost_of_goods") * gross, periods.days)


@metric("cash_cycle", unit="d", better="low", needs=_WITH_SALES, unknown="not_closed")
def cash_cycle(books: Books, periods: Periods) -> Floats:
    """How many days pass between paying suppliers and being paid? CCC = stock days + average DSO - payable days."""
    days = stock_days(books, periods) + dso_average(books, periods) - payable_days(books, periods)
    return np.asarray(days, dtype=np.float64)


@metric("wcr", unit="fen", better="low", needs=_ACCOUNTS, unknown="not_closed")
def wcr(books: Books, periods: Periods) -> Floats:
    """How much money does the running business tie up at the end of the period? Working-capital requirement.

    Receivables + bills in hand + stock - payables - advances from customers.
    """
    accounts = statements(books, periods)
    return cycle.working_capital_requirement(
        accounts.end("receivables", "bills_held"),
        accounts.end("stock"),
        accounts.end("payables"),
        advances=accounts.end("customer_credit"),
    )


@metric("wcr_days", unit="d", better="low", needs=_WITH_SALES, unknown="not_closed")
def wcr_days(books: Books, periods: Periods) -> Floats:
    """For how many days of sales is money tied up? Not the cash cycle: everything is set against sales here."""
    return formulas.dso(wcr(books, periods), books.total(books.sales, periods), periods.days)


@metric("return_on_working_capital", unit="share", better="high", needs=_ACCOUNTS, unknown="not_closed")
def return_on_working_capital(books: Books, periods: Periods) -> Floats:
    """What did a unit of money tied up earn, a year? Profit before interest and tax / requirement at the end."""
    accounts = statements(books, periods)
    earned = accounts.profit() + accounts.flow("income_tax", *FINANCING_COST)
    return cycle.return_on_working_capital(earned, wcr(books, periods), days=periods.days)


@metric("net_profit", unit="fen", better="high", needs=_ACCOUNTS, unknown="not_closed")
def net_profit(books: Books, periods: Periods) -> Floats:
    """What is the profit of the period after all cost, interest and tax? As the accounts show it, no provision made."""
    return statements(books, periods).profit()


# --- could we pay? ----------------------------------------------------------------------------------------------


@metric("cash_ratio", unit="index", better="high", needs=_ACCOUNTS, unknown="not_closed")
def cash_ratio(books: Books, periods: Periods) -> Floats:
    """Which part of all debts could be paid with the cash at hand at the end of the period? Lines do not count."""
    accounts = statements(books, periods)
    return cycle.cash_ratio(accounts.end("cash"), accounts.debts())


@metric("liquidity_ratio", unit="index", better="high", needs=_ACCOUNTS, unknown="not_closed")
def liquidity_ratio(books: Books, periods: Periods) -> Floats:
    """The same with undrawn bank lines. They may be cut when they are needed most."""
    accounts = statements(books, periods)
    overdraft = np.maximum(accounts.end("overdraft_line") - accounts.end("overdraft"), 0.0)
    pledge = np.maximum(accounts.end("pledge_line") - accounts.end("pledge_loan"), 0.0)
    return cycle.liquidity_ratio(accounts.end("cash"), accounts.debts(), overdraft + pledge)


@metric("line_use", unit="share", needs=_ACCOUNTS, unknown="no_line")
def line_use(books: Books, periods: Periods) -> Floats:
    """Which share of the bank's lines is drawn at the end of the period?"""
    accounts = statements(books, periods)
    return formulas.ratio(
        accounts.end("overdraft", "pledge_loan"), accounts.end("overdraft_line", "pledge_line")
    )


# --- who lends it, at what cost? --------------------------------------------------------------------------------


@metric("funded_share", unit="share", needs=_ACCOUNTS, unknown="not_closed")
def funded_share(books: Books, periods: Periods) -> Floats:
    """Which share of the receivables has been turned into cash by pledging or selling them?"""
    accounts = statements(books, periods)
    return formulas.ratio(accounts.end("pledge_loan", "factoring_advances"), accounts.end("receivables"))


@metric("insured_share", unit="share", needs=_ACCOUNTS, unknown="not_closed")
def insured_share(books: Books, periods: Periods) -> Floats:
    """Which share of the receivables is insured at the end of the period?"""
    accounts = statements(books, periods)
    return formulas.ratio(accounts.end("insured_receivables"), accounts.end("receivables"))


@metric("funds_rate", unit="share", better="low", needs=_ACCOUNTS, unknown="nothing_borrowed")
def funds_rate(books: Books, periods: Periods) -> Floats:
    """What did borrowed money cost in the period, a year? Interest and fees / average debt of the closings.

    Rough when debt moved within a month; see the table cost_of_funds.
    """
    accounts = statements(books, periods)
    debt = accounts.average(*BORROWED) * periods.days / formulas.YEAR_DAYS
    return formulas.ratio(accounts.flow(*FINANCING_COST), debt)


@report(
    "cost_of_funds",
    {"facility": "stage", "mean_debt": "fen", "cost": "fen", "rate": "share"},
    needs=("cash",),
)
def cost_of_funds(books: Books) -> pd.DataFrame:
    """What does each facility cost all in, a year? The rate at which all dated movements cancel out (XIRR).

    What is still owed on the last day is taken as repaid then. Unknown where a facility was not used.
    """
    moved = {name: _drawn_and_paid(books, name) for name in FACILITIES}
    cells = [
        [_all_in(*(each[run] for each in moved[name])) for name in FACILITIES] for run in range(books.runs)
    ]
    found = np.array(cells, dtype=np.float64).reshape(books.runs, len(FACILITIES), 3)
    columns = {name: found[:, :, at] for at, name in enumerate(("mean_debt", "cost", "rate"))}
    return grid(books, {"facility": FACILITIES}, columns)


def _drawn_and_paid(books: Books, facility: str) -> tuple[Ints, Ints, Ints]:
    """What was drawn (repaid: negative) on each day, what it cost, and what was owed at the end of each.

    Shape of the day matrices. What an account says is owed on the last day counts, where the accounts are there.
    """
    if facility == "overdraft":
        owed = np.maximum(-books.cash, 0)
        return np.diff(owed, prepend=0, axis=1), -books.cash_flow("interest"), owed
    cost, account = {
        "loan": ("loan_interest", "pledge_loan"),
        "factoring": ("factoring_fee", "factoring_advances"),
    }[facility]
    drawn = books.cash_flow(facility)
    owed = np.maximum(np.cumsum(drawn, axis=1), 0)
    closings = books.once("closings", lambda: _closings(books))
    if closings.days[-1] == books.ledger.last:
        owed[:, -1] = closings.of(account)[:, -1]
    return drawn, -books.cash_flow(cost), owed


def _all_in(drawn: Ints, cost: Ints, owed: Ints) -> tuple[float, float, float]:
    """Mean debt, cost, and the rate of what was received against what was repaid, paid and is still owed."""
    flows = drawn - cost
    flows[-1] -= owed[-1]
    days = np.flatnonzero(flows)
    rate = xirr(flows[days], days) if owed.any() else float("nan")
    return float(owed[1:].mean()), float(cost.sum()), rate
