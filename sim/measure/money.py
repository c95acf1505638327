"""What does the credit policy cost and earn, and does the cash last?"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.base.money import WHOLE_BP
from sim.measure import formulas
from sim.measure.balances import OPEN_BOOKS, ar_average, discounts
from sim.measure.bills import bills_on_hand_by_day
from sim.measure.books import Books
from sim.measure.cycle import wilson_interval
from sim.measure.losses import bad_debt, recoveries
from sim.measure.periods import Periods
from sim.measure.registry import METRICS, metric, refuse_unless_known
from sim.measure.reports import ALL_RUNS, report
from sim.measure.working_capital import statements

Floats = NDArray[np.float64]

POLICY_COSTS = (
    "premium", "factoring_fee", "loan_interest", "bank_fee", "commission", "service", "information", "rebate",
)  # fmt: skip
"""What a credit policy costs beside collecting: cover, financing of receivables, sales people, service, rebates."""


@metric("cash", unit="fen", better="high", needs=("cash",))
def cash(books: Books, periods: Periods) -> Floats:
    """How much cash is there at the end of the period? Negative = overdraft used."""
    return books.at_end(books.cash, periods).astype(np.float64)


@metric("cash_low", unit="fen", better="high", needs=("cash",))
def cash_low(books: Books, periods: Periods) -> Floats:
    """How low did the cash stand at the end of its worst day?"""
    spans = zip(periods.opening_at, periods.closing_at, strict=True)
    return np.stack([books.cash[:, begin + 1 : end + 1].min(axis=1) for begin, end in spans], axis=1).astype(
        np.float64
    )


@metric("ruin", unit="share", better="low", needs=("cash",), yes_or_no=True)
def ruin(books: Books, periods: Periods) -> Floats:
    """Has the seller become insolvent by the end of the period? 1 or 0; the mean over runs is the probability."""
    return (_ruined_on(books)[:, None] <= periods.ends).astype(np.float64)


@metric("cash_gap_days", unit="d", better="low", needs=("cash",))
def cash_gap_days(books: Books, periods: Periods) -> Floats:
    """On how many days of the period did cash end the day below zero, that is on borrowed money?"""
    below = (books.cash < 0).astype(np.int64)
    return books.total(below, periods).astype(np.float64)


@metric("days_to_ruin", unit="d", better="high", needs=("cash",), unknown="not_insolvent")
def days_to_ruin(books: Books, periods: Periods) -> Floats:
    """How many days after the ledger's first did the seller become insolvent, if by the end of the period?"""
    first = _ruined_on(books)[:, None]
    return np.where(first <= periods.ends, first - books.ledger.first, np.nan).astype(np.float64)


@report(
    "ruin_risk",
    {"period": "period", "runs": "count", "ruined": "count", "probability": "share", "low": "share", "high": "share",
     "median_days": "d"},
    needs=("cash",),
)  # fmt: skip
def ruin_risk(books: Books) -> pd.DataFrame:
    """How likely is the seller insolvent by the end of each month? Over all runs, with a 95 % interval (Wilson).

    `median_days`: when half of the ruined runs were ruined, in days after the ledger's first. `run` is -1: all runs.
    """
    months, first = books.periods("month"), _ruined_on(books)
    rows = []
    for label, end in zip(months.labels, months.ends, strict=True):
        fallen = first[first <= end]
        low, high = wilson_interval(len(fallen), books.runs)
        when = float(np.median(fallen - books.ledger.first)) if len(fallen) else np.nan
        rows.append((ALL_RUNS, label, books.runs, len(fallen), len(fallen) / books.runs, low, high, when))
    columns = ["run", "period", "runs", "ruined", "probability", "low", "high", "median_days"]
    return pd.DataFrame(rows, columns=columns)


def _ruined_on(books: Books) -> NDArray[np.int64]:
    """On which day did each run become insolvent? NEVER if it did not."""
    fallen = books.actions("insolvent")
    first = np.full(books.runs, NEVER, dtype=np.int64)
    np.minimum.at(first, books.run_index(fallen), fallen["happened_on"].to_numpy().astype(np.int64))
    return first


@metric("carrying_cost", unit="fen", better="low", needs=OPEN_BOOKS, seller=("margin_bp", "capital_bp"))
def carrying_cost(books: Books, periods: Periods) -> Floats:
    """What did it cost to carry the receivables? Opportunity form: only their cost is money put in.

    Mean daily balance * (1 - margin) * cost of funds, for the days of the period.
    """
    average = ar_average(books, periods)
    return formulas.carrying_cost(
        average, _rate(books, "capital_bp"), periods.days, cost_share=1 - _margin(books)
    )


@metric("carrying_cost_funding", unit="fen", better="low", needs=OPEN_BOOKS, seller=("capital_bp",))
def carrying_cost_funding(books: Books, periods: Periods) -> Floats:
    """What did it cost to fund the receivables? Funding form: a bank line behind the whole balance."""
    return formulas.carrying_cost(ar_average(books, periods), _rate(books, "capital_bp"), periods.days)


@metric("collection_cost", unit="fen", better="low", needs=("cash",))
def collection_cost(books: Books, periods: Periods) -> Floats:
    """What did collecting cost: collectors' pay and training, contacts, dispute desk, agencies and courts?"""
    return books.total(books.collection_cost, periods).astype(np.float64)


@metric(
    "economic_profit",
    unit="fen",
    better="high",
    needs=(*OPEN_BOOKS, "discount", "credit_note", "write_off", "recovery", "cash"),
    seller=("margin_bp", "capital_bp"),
)
def economic_profit(books: Books, periods: Periods) -> Floats:
    """What did the credit policy earn?

    Invoiced sales * margin + late interest - credit notes - discounts - (write-offs - recoveries - what insurer and
    factor bore) - carrying cost (opportunity form) - collection cost - fees and service; before tax. A credit note
    costs its whole amount, not its margin: the goods are with the customer and have been paid for. Carried is what is
    not yet money: receivables and bills in hand, less what was borrowed on them, whose interest is among the fees.
    Trap: losses come long after the sales that caused them; and profit can rise while the risk of running out of cash
    rises too: read cash_low and ruin beside it.
    """
    credited = -books.total(books.flow("credit_note"), periods).astype(np.float64)
    charged = books.total(books.flow("interest"), periods)
    fees = -books.total(books.cash_flow(*POLICY_COSTS), periods)
    return formulas.economic_profit(
        books.total(books.sales, periods) + credited,
        _margin(books),
        discounts=discounts(books, periods) + credited,
        losses=bad_debt(books, periods) - recoveries(books, periods) - _borne_by_others(books, periods),
        carrying=carrying_cost(books, periods) + _carried_besides(books, periods),
        collection=collection_cost(books, periods),
        fees=fees - charged,
    )


def profit_parts(books: Books, periods: Periods) -> dict[str, Floats]:
    """What is economic profit made of? Each part by run and period, gains positive, costs negative; their sum is it."""
    refuse_unless_known(books, METRICS["economic_profit"].needs, METRICS["economic_profit"].seller)
    credited = -books.total(books.flow("credit_note"), periods).astype(np.float64)
    lost = bad_debt(books, periods) - recoveries(books, periods) - _borne_by_others(books, periods)
    parts = {
        "margin": (books.total(books.sales, periods) + credited) * _margin(books),
        "interest": books.total(books.flow("interest"), periods),
        "credit_notes": -credited,
        "discounts": -discounts(books, periods),
        "losses": -lost,
        "carrying": -(carrying_cost(books, periods) + _carried_besides(books, periods)),
        "collection": -collection_cost(books, periods),
        "fees": books.total(books.cash_flow(*POLICY_COSTS), periods),
    }
    return {name: np.asarray(values, dtype=np.float64) + 0.0 for name, values in parts.items()}


def _borne_by_others(books: Books, periods: Periods) -> Floats:
    """Which losses did the insurer or the factor bear? The factor's part needs the seller's accounts."""
    if not len(books.ledger.balance):
        return books.total(books.cash_flow("indemnity"), periods).astype(np.float64)
    return np.nan_to_num(statements(books, periods).flow("indemnity", "factor_cover"))


def _carried_besides(books: Books, periods: Periods) -> Floats:
    """What does it cost to carry bills in hand, less what is borrowed on receivables?"""
    rate, cost_share = _rate(books, "capital_bp"), 1 - _margin(books)
    bills = formulas.ratio(books.total(bills_on_hand_by_day(books), periods), periods.days)
    carried = formulas.carrying_cost(bills, rate, periods.days, cost_share=cost_share)
    if not len(books.ledger.balance):
        return carried
    lent = np.nan_to_num(statements(books, periods).average("pledge_loan", "factoring_advances"))
    return carried - formulas.carrying_cost(lent, rate, periods.days)


def _rate(books: Books, figure: str) -> float:
    return books.ledger.seller[figure] / WHOLE_BP


def _margin(books: Books) -> float:
    return _rate(books, "margin_bp")
