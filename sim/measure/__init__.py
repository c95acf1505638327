"""Floor 2: figures. Pure functions of a ledger, each registered once, each refusing what was not recorded."""

from sim.measure import ages, balances, disputes, losses, money, overdue_days, payments, promises, service
from sim.measure.ages import ageing
from sim.measure.books import Books
from sim.measure.overdue_days import delinquency
from sim.measure.periods import Periods, periods_between
from sim.measure.registry import METRICS, Metric, NotMeasurable, Reason
from sim.measure.table import DAILY, HEADLINES, Measures, daily, daily_of, measure

__all__ = [
    "DAILY",
    "HEADLINES",
    "METRICS",
    "Books",
    "Measures",
    "Metric",
    "NotMeasurable",
    "Periods",
    "Reason",
    "ageing",
    "ages",
    "balances",
    "daily",
    "daily_of",
    "delinquency",
    "disputes",
    "losses",
    "measure",
    "money",
    "overdue_days",
    "payments",
    "periods_between",
    "promises",
    "service",
]
