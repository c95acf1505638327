"""How busy are the collectors, and which sales does the credit policy hold up or lose?"""

import numpy as np
from numpy.typing import NDArray

from sim.base.calendar import CALENDARS, FIRST_DAY, LAST_DAY, is_workday
from sim.measure import formulas
from sim.measure.books import Books
from sim.measure.periods import Periods
from sim.measure.registry import metric

Floats = NDArray[np.float64]


@metric("contacts", unit="count", needs=("contacts",))
def contacts(books: Books, periods: Periods) -> Floats:
    """How many contacts with customers about money were there in the period, by letter, call or visit?"""
    made = books.actions("contact")
    return books.count(periods, books.run_index(made), made["happened_on"].to_numpy()).astype(np.float64)


@metric("collector_minutes", unit="min", needs=("contacts",))
def collector_minutes(books: Books, periods: Periods) -> Floats:
    """How many minutes did the collectors spend on contacts in the period?"""
    made = books.actions("contact")
    minutes = made["minutes"].to_numpy().astype(np.int64)
    return books.count(periods, books.run_index(made), made["happened_on"].to_numpy(), minutes).astype(
        np.float64
    )


@metric(
    "collector_load",
    unit="share",
    needs=("contacts",),
    seller=("collector_minutes_per_day",),
    unknown="no_collectors",
)
def collector_load(books: Books, periods: Periods) -> Floats:
    """Which share of the collectors' working time was used? Minutes used / minutes available on working days.

    Near 1 the worklist is not finished and what is left out waits; see queueing.
    """
    available = books.ledger.seller["collector_minutes_per_day"] * _workdays(books, periods)
    return formulas.ratio(collector_minutes(books, periods), available)


def _workdays(books: Books, periods: Periods) -> NDArray[np.int64]:
    """How many working days has each period? Calendar not stated: China's in CNY ledgers, else weekdays."""
    ledger = books.ledger
    usual = CALENDARS.index("china" if ledger.currency == "CNY" else "weekdays")
    calendar = CALENDARS[ledger.seller.get("calendar", usual)]
    if calendar == "china" and not FIRST_DAY <= ledger.first <= ledger.last <= LAST_DAY:
        calendar = "weekdays"
    worked = [is_workday(day, calendar) for day in range(ledger.first, ledger.last + 1)]
    running = np.concatenate([[0], np.cumsum(worked)])
    return np.asarray(running[periods.closing_at] - running[periods.opening_at], dtype=np.int64)


@metric("held_sales", unit="fen", better="low", needs=("orders",))
def held_sales(books: Books, periods: Periods) -> Floats:
    """How much was ordered in orders that were put on hold in the period? Whatever became of them."""
    return _ordered(books, periods, "held_on")


@metric("lost_sales", unit="fen", better="low", needs=("orders",))
def lost_sales(books: Books, periods: Periods) -> Floats:
    """How much was ordered in orders lost in the period, because they were refused or held too long?"""
    return _ordered(books, periods, "lost_on")


@metric("lost_share", unit="share", better="low", needs=("orders",), unknown="no_orders")
def lost_share(books: Books, periods: Periods) -> Floats:
    """How much was lost for each unit of value that customers wanted to order in the period?"""
    return formulas.ratio(lost_sales(books, periods), _ordered(books, periods, "wanted_on"))


def _ordered(books: Books, periods: Periods, when: str) -> Floats:
    orders = books.ledger.orders
    amounts = orders["amount_fen"].to_numpy().astype(np.int64)
    return books.count(periods, books.run_index(orders), orders[when].to_numpy(), amounts).astype(np.float64)
