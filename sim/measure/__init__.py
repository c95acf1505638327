"""Floor 2: figures. Pure functions of a ledger, each registered once, each refusing what was not recorded."""

from sim.measure import (
    ages,
    balances,
    bills,
    disputes,
    early_warning,
    expected_loss,
    exposure,
    forecast,
    gaming,
    lead_times,
    losses,
    money,
    overdue_days,
    payment_pattern,
    payments,
    promises,
    relationship,
    service,
    working_capital,
)
from sim.measure.ages import ageing
from sim.measure.books import Books
from sim.measure.forecast import forecast_on
from sim.measure.overdue_days import delinquency
from sim.measure.periods import Periods, periods_between
from sim.measure.registry import METRICS, Metric, NotMeasurable, Reason
from sim.measure.reports import REPORTS, Report, mean_over_runs, tabulate
from sim.measure.table import DAILY, HEADLINES, Measures, daily, daily_of, measure

__all__ = [
    "DAILY",
    "HEADLINES",
    "METRICS",
    "REPORTS",
    "Books",
    "Measures",
    "Metric",
    "NotMeasurable",
    "Periods",
    "Reason",
    "Report",
    "ageing",
    "ages",
    "balances",
    "bills",
    "daily",
    "daily_of",
    "delinquency",
    "disputes",
    "early_warning",
    "expected_loss",
    "exposure",
    "forecast",
    "forecast_on",
    "gaming",
    "lead_times",
    "losses",
    "mean_over_runs",
    "measure",
    "money",
    "overdue_days",
    "payment_pattern",
    "payments",
    "periods_between",
    "promises",
    "relationship",
    "service",
    "tabulate",
    "working_capital",
]
