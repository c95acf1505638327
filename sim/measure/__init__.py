"""Floor 2: figures. Pure functions of a ledger, each registered once, each refusing what was not recorded."""

from sim.measure import balances, losses, money, payments
from sim.measure.books import Books
from sim.measure.periods import Periods, periods_between
from sim.measure.registry import METRICS, Metric, NotMeasurable, Reason
from sim.measure.table import DAILY, HEADLINES, Measures, daily, daily_of, measure

__all__ = [
    "DAILY", "HEADLINES", "METRICS", "Books", "Measures", "Metric", "NotMeasurable", "Periods", "Reason", "balances",
    "daily", "daily_of", "losses", "measure", "money", "payments", "periods_between",
]  # fmt: skip
