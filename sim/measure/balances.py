"""What is owed, how much of it is late, and how many days of sales does it stand for?"""

import numpy as np
from numpy.typing import NDArray

from sim.measure import formulas
from sim.measure.books import Books
from sim.measure.periods import Periods, periods_between
from sim.measure.registry import NotMeasurable, metric

Floats = NDArray[np.float64]
OPEN_ON_A_DAY = ("invoice_dates", "open_items")
"""What the balance of a day needs: nothing open left out. A list of open items has it, for its own day."""
DUE_ON_A_DAY = ("open_items",)
"""What was overdue on a day needs no invoice dates."""
OPEN_BOOKS = ("invoice", "receipt", *OPEN_ON_A_DAY)
"""What balances set against sales or payments need: these too."""
DUE_BOOKS = ("invoice", "receipt", *DUE_ON_A_DAY)
"""The same for what fell due."""


@metric("ar", unit="fen", needs=OPEN_ON_A_DAY)
def ar(books: Books, periods: Periods) -> Floats:
    """How much do customers owe at the end of the period?

    All open invoices less credits not yet matched, end of day, gross of any allowance.
    """
    return books.at_end(books.ar, periods).astype(np.float64)


@metric("ar_average", unit="fen", needs=OPEN_BOOKS)
def ar_average(books: Books, periods: Periods) -> Floats:
    """How much did customers owe on an average day of the period? Mean of the end-of-day balances."""
    return formulas.ratio(books.total(books.ar, periods), periods.days)


@metric("overdue", unit="fen", better="low", needs=DUE_ON_A_DAY)
def overdue(books: Books, periods: Periods) -> Floats:
    """How much of what is owed at the end of the period is past its due date?"""
    return books.at_end(books.overdue, periods).astype(np.float64)


@metric("overdue_ratio", unit="share", better="low", needs=OPEN_ON_A_DAY, unknown="nothing_owed")
def overdue_ratio(books: Books, periods: Periods) -> Floats:
    """Which share of what is owed at the end of the period is past its due date?"""
    return formulas.ratio(books.at_end(books.overdue, periods), _positive(books.at_end(books.ar, periods)))


@metric("credit_sales", unit="fen", better="high", needs=("invoice",))
def credit_sales(books: Books, periods: Periods) -> Floats:
    """How much was invoiced in the period, less credit notes and cancelled invoices?"""
    _knows_when(books, periods)
    return books.total(books.sales, periods).astype(np.float64)


@metric("invoices", unit="count", needs=("invoice",))
def invoices(books: Books, periods: Periods) -> Floats:
    """How many invoices were issued in the period? Opening items are not counted."""
    _knows_when(books, periods)
    issued = books.is_kind("invoice")
    days = books.ledger.entries["happened_on"].to_numpy()[issued]
    return books.count(periods, books.run_at[issued], days).astype(np.float64)


@metric("receipts", unit="fen", better="high", needs=("receipt",))
def receipts(books: Books, periods: Periods) -> Floats:
    """How much did customers pay in the period, by cash or bill, less what bounced or was undone?"""
    undone = books.is_kind("reversal") & (books.amount > 0)
    reversals = books.by_day(books.run_at[undone], books.day_at[undone], books.amount[undone])
    flows = books.flow("receipt", "bill_received", "bill_bounced") + reversals
    return -books.total(flows, periods).astype(np.float64)


@metric("discounts", unit="fen", better="low", needs=("discount",))
def discounts(books: Books, periods: Periods) -> Floats:
    """How much early-payment discount did customers take in the period?"""
    return -books.total(books.flow("discount"), periods).astype(np.float64)


@metric("dso", unit="d", better="low", needs=OPEN_BOOKS, unknown="no_sales")
def dso(books: Books, periods: Periods) -> Floats:
    """How many days of the period's credit sales are unpaid at its end?

    Balance / credit sales * days of the period. Trap: the figure moves with the season of sales and with the
    length of the period although nobody pays differently. Standard definition: period-end DSO.
    """
    sales = books.total(books.sales, periods)
    return formulas.dso(books.at_end(books.ar, periods), sales, periods.days)


@metric("dso_average", unit="d", better="low", needs=OPEN_BOOKS, unknown="no_sales")
def dso_average(books: Books, periods: Periods) -> Floats:
    """How many days of the period's credit sales was the average balance? Mean of opening and closing balance."""
    return formulas.dso(_average(books, periods), books.total(books.sales, periods), periods.days)


@metric("dso_daily", unit="d", better="low", needs=OPEN_BOOKS, unknown="no_sales")
def dso_daily(books: Books, periods: Periods) -> Floats:
    """How many days of credit sales was the true daily average balance?

    Over a long, steady time this equals the mean days outstanding (Little's law); the other averages do not.
    """
    return formulas.dso(ar_average(books, periods), books.total(books.sales, periods), periods.days)


@metric("dso_countback", unit="d", better="low", needs=OPEN_BOOKS, unknown="history_too_short")
def dso_countback(books: Books, periods: Periods) -> Floats:
    """How many days of the most recent sales are still unpaid?

    Eats backwards through the monthly sales until the balance is used up, so the level of sales long ago does not
    matter. Trap: it too moves when sales move, the other way round. Unknown when the balance exceeds all sales
    recorded.
    """
    months = periods_between(books.ledger.first, books.ledger.last, "month")
    sales = books.total(books.sales, months)
    balances = books.at_end(books.ar, periods)
    found = np.full(balances.shape, np.nan)
    for column, end in enumerate(periods.ends):
        past = months.ends <= end
        newest_first = sales[:, past][:, ::-1], months.days[past][::-1]
        found[:, column] = formulas.countback(balances[:, column], *newest_first)
    return found


@metric("dso_best_possible", unit="d", better="low", needs=OPEN_BOOKS, unknown="no_sales")
def dso_best_possible(books: Books, periods: Periods) -> Floats:
    """What would DSO be if every overdue invoice had been paid?

    The balance not yet due / credit sales * days. Credits not matched count against it.
    """
    sales = books.total(books.sales, periods)
    return formulas.dso(books.at_end(books.ar - books.overdue, periods), sales, periods.days)


@metric("days_delinquent", unit="d", better="low", needs=OPEN_BOOKS, unknown="no_sales")
def days_delinquent(books: Books, periods: Periods) -> Floats:
    """How many days does lateness add to DSO? Average days delinquent = DSO - best-possible DSO."""
    sales = books.total(books.sales, periods)
    return formulas.dso(books.at_end(books.overdue, periods), sales, periods.days)


@metric("turnover", unit="times", better="high", needs=OPEN_BOOKS, unknown="nothing_owed")
def turnover(books: Books, periods: Periods) -> Floats:
    """How many times did the receivables turn over in the period?

    Net credit sales / mean of opening and closing balance. The reciprocal of average DSO: turnover * DSO = days.
    """
    return formulas.turnover(books.total(books.sales, periods), _average(books, periods))


@metric("turnover_year", unit="times", better="high", needs=OPEN_BOOKS, unknown="nothing_owed")
def turnover_year(books: Books, periods: Periods) -> Floats:
    """How many times would the receivables turn over in a year at this rate?"""
    return turnover(books, periods) * formulas.YEAR_DAYS / periods.days


@metric("cei", unit="share", better="high", needs=OPEN_BOOKS, unknown="nothing_collectable")
def cei(books: Books, periods: Periods) -> Floats:
    """Which share of what could be collected in the period was collected? Collection effectiveness index.

    Full-period form. What was written off counts as not collected (it would otherwise raise the index); discounts,
    interest and corrections are taken out on both sides. Raw, not capped: it can exceed 1 when invoices not yet due
    are paid.
    """
    collected = receipts(books, periods)
    sales, written_off = books.total(books.sales, periods), -books.total(books.flow("write_off"), periods)
    begin, end = books.at_begin(books.ar, periods), books.at_end(books.ar, periods)
    corrections = end - begin - sales + collected + written_off
    current = end - books.at_end(books.overdue, periods)
    return formulas.cei(begin + corrections, sales, end + written_off, current)


@metric("overdue_of_due", unit="share", better="low", needs=DUE_BOOKS, unknown="nothing_fell_due")
def overdue_of_due(books: Books, periods: Periods) -> Floats:
    """Of the invoices that fell due in the period, which share (by amount) was still open at its end?"""
    documents = books.documents
    due = books.count(periods, documents.run, documents.due_on, documents.billed)
    left = np.zeros(due.shape, dtype=np.int64)
    for column, (start, end) in enumerate(zip(periods.starts, periods.ends, strict=True)):
        mine = (documents.due_on >= start) & (documents.due_on <= end)
        still_open = np.maximum(documents.open_at(int(periods.closing_at[column])), 0)
        np.add.at(left[:, column], documents.run[mine], still_open[mine])
    return formulas.ratio(left, due)


def _knows_when(books: Books, periods: Periods) -> None:
    """Without invoice dates only the whole is known, not when."""
    if len(periods) > 1 and "invoice_dates" not in books.ledger.coverage:
        raise NotMeasurable("reason.not_recorded.invoice_dates")


def _average(books: Books, periods: Periods) -> Floats:
    return (books.at_begin(books.ar, periods) + books.at_end(books.ar, periods)) / 2


def _positive(amount: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.maximum(amount, 0)
