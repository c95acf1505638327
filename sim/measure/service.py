"""How busy are the collectors, and which sales does the credit policy hold up or lose?"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.calendar import CALENDARS, FIRST_DAY, LAST_DAY, is_workday
from sim.base.days import NEVER
from sim.measure import formulas
from sim.measure.books import Books
from sim.measure.losses import late_receipts
from sim.measure.periods import Periods
from sim.measure.registry import metric
from sim.measure.reports import grid, report

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SUCCESS_DAYS = 14
FUNNEL = ("tried", "reached", "promised", "kept")


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


# --- what contacts bring ----------------------------------------------------------------------------------------


@metric("reach_rate", unit="share", better="high", needs=("contacts",), unknown="no_calls")
def reach_rate(books: Books, periods: Periods) -> Floats:
    """Of the calls and visits of the period, which share reached somebody?"""
    made = books.actions("contact")
    run, days = books.run_index(made), made["happened_on"].to_numpy()
    reached = (made["outcome"] == "reached").to_numpy()
    tried = reached | (made["outcome"] == "not_reached").to_numpy()
    return formulas.ratio(
        books.count(periods, run[reached], days[reached]), books.count(periods, run[tried], days[tried])
    )


@metric(
    "contact_success", unit="share", better="high", needs=("contacts", "receipt"), unknown="no_contact_judged"
)
def contact_success(books: Books, periods: Periods) -> Floats:
    """Of the contacts whose 14 days ended in the period, which share was followed by a payment of that customer?

    Trap: many would have paid anyway. What a contact adds shows only against the same customers without it.
    """
    made = books.actions("contact")
    run, days = books.run_index(made), made["happened_on"].to_numpy().astype(np.int64)
    paid_on = _next_receipt(books, run, made["customer"].to_numpy().astype(np.int64), days)
    good, judged = paid_on - days <= SUCCESS_DAYS, days + SUCCESS_DAYS
    return formulas.ratio(books.count(periods, run[good], judged[good]), books.count(periods, run, judged))


def _next_receipt(books: Books, run: Ints, who: Ints, days: Ints) -> Ints:
    """When did this customer pay next, after each of these days? Far in the future when never."""
    entries, width, never = books.ledger.entries, 2**32, 2**31
    rows = np.flatnonzero(books.is_kind("receipt", "bill_received"))
    count = len(books.ledger.customers)
    account = books.run_at[rows] * count + entries["customer"].to_numpy()[rows]
    keys = np.sort(account * width + entries["happened_on"].to_numpy()[rows])
    mine = run * count + who
    at = np.searchsorted(keys, mine * width + days, side="right")
    found = np.append(keys, -1)[at]
    return np.where(found // width == mine, found % width, days + never)


@metric(
    "promises_per_contact",
    unit="share",
    better="high",
    needs=("contacts", "promises"),
    unknown="nobody_reached",
)
def promises_per_contact(books: Books, periods: Periods) -> Floats:
    """How many promises to pay were made in the period for each customer reached by call or visit?

    Promises are counted by customer and day, however many invoices they cover.
    """
    made, contacted = books.actions("promise_made"), books.actions("contact")
    promised = made.drop_duplicates(["run", "customer", "happened_on"])
    reached = contacted[contacted["outcome"] == "reached"]
    counts = [
        books.count(periods, books.run_index(rows), rows["happened_on"].to_numpy())
        for rows in (promised, reached)
    ]
    return formulas.ratio(*counts)


@metric("contacts_per_day", unit="count", needs=("contacts",), unknown="no_workday")
def contacts_per_day(books: Books, periods: Periods) -> Floats:
    """How many contacts were made on a working day?"""
    return formulas.ratio(contacts(books, periods), _workdays(books, periods))


@metric(
    "late_cash_per_hour",
    unit="fen",
    better="high",
    needs=("contacts", "receipt"),
    unknown="no_collector_time",
)
def late_cash_per_hour(books: Books, periods: Periods) -> Floats:
    """How much overdue money came in for each hour that collectors spent on contacts in the period?

    Trap: much of it would have come anyway, later or not.
    """
    return formulas.ratio(late_receipts(books, periods), collector_minutes(books, periods) / 60.0)


@metric("plans_kept", unit="share", better="high", needs=("plans",), unknown="no_plan_ended")
def plans_kept(books: Books, periods: Periods) -> Floats:
    """Of the payment plans that ended in the period, which share was kept to the end?"""
    ended = [books.actions(kind) for kind in ("plan_kept", "plan_broken")]
    kept, broken = (books.count(periods, books.run_index(p), p["happened_on"].to_numpy()) for p in ended)
    return formulas.ratio(kept, kept + broken)


@metric("handed_over", unit="fen", needs=("handovers",))
def handed_over(books: Books, periods: Periods) -> Floats:
    """How much was given to an agency, a court or into a payment order in the period?"""
    given = books.actions("handed_over")
    run, days = books.run_index(given), given["happened_on"].to_numpy()
    return books.count(periods, run, days, given["amount_fen"].to_numpy().astype(np.int64)).astype(np.float64)


@report(
    "contact_funnel",
    {"period": "period", "step": "stage", "count": "count", "of_step_before": "share"},
    needs=("contacts", "promises"),
)
def contact_funnel(books: Books) -> pd.DataFrame:
    """How many contacts reach somebody, how many of these end in a promise, and how many promises are kept?"""
    months = books.periods("month")
    contacted, made = books.actions("contact"), books.actions("promise_made")
    outcome = contacted["outcome"]
    kept = books.actions("promise_kept").drop_duplicates(["run", "customer", "happened_on"])
    steps = (
        contacted[outcome.isin(["reached", "not_reached"])],
        contacted[outcome == "reached"],
        made.drop_duplicates(["run", "customer", "happened_on"]),
        kept,
    )
    counts = [books.count(months, books.run_index(rows), rows["happened_on"].to_numpy()) for rows in steps]
    count = np.stack(counts, axis=2).astype(np.float64)
    before = np.concatenate([np.full_like(count[:, :, :1], np.nan), count[:, :, :-1]], axis=2)
    columns = {"count": count, "of_step_before": formulas.ratio(count, before)}
    return grid(books, {"period": months.labels, "step": FUNNEL}, columns)


# --- orders -----------------------------------------------------------------------------------------------------


@metric("held_sales", unit="fen", better="low", needs=("orders",))
def held_sales(books: Books, periods: Periods) -> Floats:
    """How much was ordered in orders that were put on hold in the period? Whatever became of them."""
    return _ordered(books, periods, "held_on")


@metric("lost_sales", unit="fen", better="low", needs=("orders",))
def lost_sales(books: Books, periods: Periods) -> Floats:
    """How much was ordered in orders lost in the period, because they were refused or held too long?

    Orders that customers cancelled of themselves are not among them.
    """
    return _ordered(books, periods, "lost_on", _not_cancelled(books))


@metric("blocked_rate", unit="share", better="low", needs=("orders",), unknown="no_orders")
def blocked_rate(books: Books, periods: Periods) -> Floats:
    """Which share (by number) of the orders wanted in the period was held or refused?"""
    orders = books.ledger.orders
    stopped = (orders["held_on"].to_numpy() != NEVER) | (orders["lost_on"].to_numpy() != NEVER)
    stopped &= _not_cancelled(books)
    run, wanted = books.run_index(orders), orders["wanted_on"].to_numpy()
    return formulas.ratio(
        books.count(periods, run[stopped], wanted[stopped]), books.count(periods, run, wanted)
    )


@metric("overrides", unit="count", needs=("orders",))
def overrides(books: Books, periods: Periods) -> Floats:
    """How many orders were let through in the period against the rule of credit?"""
    made = books.actions("override")
    return books.count(periods, books.run_index(made), made["happened_on"].to_numpy()).astype(np.float64)


@metric("lost_share", unit="share", better="low", needs=("orders",), unknown="no_orders")
def lost_share(books: Books, periods: Periods) -> Floats:
    """How much was lost for each unit of value that customers wanted to order in the period?"""
    return formulas.ratio(lost_sales(books, periods), _ordered(books, periods, "wanted_on"))


@metric("orders_changed", unit="share", better="low", needs=("orders",), unknown="no_orders")
def orders_changed(books: Books, periods: Periods) -> Floats:
    """How many orders were changed in the period for each order wanted in it?"""
    return _noted_orders(books, periods, "order_changed")


@metric("orders_cancelled", unit="share", better="low", needs=("orders",), unknown="no_orders")
def orders_cancelled(books: Books, periods: Periods) -> Floats:
    """How many orders did customers cancel in the period for each order wanted in it?"""
    return _noted_orders(books, periods, "order_cancelled")


def _noted_orders(books: Books, periods: Periods, kind: str) -> Floats:
    noted, orders = books.actions(kind), books.ledger.orders
    return formulas.ratio(
        books.count(periods, books.run_index(noted), noted["happened_on"].to_numpy()),
        books.count(periods, books.run_index(orders), orders["wanted_on"].to_numpy()),
    )


def _not_cancelled(books: Books) -> NDArray[np.bool_]:
    return (books.ledger.orders["hold_reason"] != "cancelled").to_numpy()


def _ordered(books: Books, periods: Periods, when: str, chosen: NDArray[np.bool_] | None = None) -> Floats:
    orders = books.ledger.orders if chosen is None else books.ledger.orders[chosen]
    amounts = orders["amount_fen"].to_numpy().astype(np.int64)
    return books.count(periods, books.run_index(orders), orders[when].to_numpy(), amounts).astype(np.float64)
