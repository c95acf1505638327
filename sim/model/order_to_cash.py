"""What happens between order and cash besides the invoice itself, and how often? Figures, all in one place.

Terms that not every customer accepts, orders that are entered, changed, shipped and invoiced late or wrongly, payments
that are posted to the wrong invoice, and what a better-run house costs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.model.figures import figure
from sim.model.levers.operations import Operations

Floats = NDArray[np.float64]
Days = NDArray[np.int16]


@dataclass(frozen=True, kw_only=True)
class TermsFigures:
    """How do customers answer to terms other than days and discount?"""

    # Chance that a customer pays a deposit.
    deposit_usual: float = figure(0.25, basis="A", unit="share", low=0.15, high=0.40)
    deposit_dependent: float = figure(0.40, basis="A", unit="share", low=0.25, high=0.55)
    deposit_strong: float = figure(0.05, basis="A", unit="share", low=0.0, high=0.15)
    dependent_from_pct: int = figure(60, basis="A", unit="%", low=50, high=80)  # dependence on our supply
    strong_from_pct: int = figure(
        80, basis="A", unit="%", low=60, high=95
    )  # bargaining power; supermarkets always
    unearned_share: float = figure(0.08, basis="A", unit="share", low=0.03, high=0.15)  # of discount takers
    unearned_days: int = figure(10, basis="A", unit="d", low=5, high=20)  # so late at most
    interest_paid_share: float = figure(
        0.15, basis="A", unit="share", low=0.05, high=0.40
    )  # the rest is waived
    interest_haste: float = figure(
        0.01, basis="A", unit="1/bp", low=0.0, high=0.03
    )  # payment hazard per bp a day
    bill_least_days: int = figure(90, basis="R", unit="d", low=60, high=120)
    bill_most_days: int = figure(180, basis="P", unit="d", low=150, high=184)


@dataclass(frozen=True, kw_only=True)
class FulfilmentFigures:
    """How long do orders take, and how often does something go wrong on the way?"""

    entry_days_automatic: float = figure(0.5, basis="A", unit="d", low=0.1, high=1.0)
    ship_days: int = figure(3, basis="A", unit="d", low=1, high=7)
    late_days: int = figure(5, basis="A", unit="d", low=2, high=10)  # more, for deliveries that are late
    invoice_days_automatic: float = figure(0.3, basis="A", unit="d", low=0.0, high=1.0)
    error_manual: float = figure(0.04, basis="A", unit="share", low=0.02, high=0.08)  # of invoices
    error_automatic: float = figure(0.008, basis="A", unit="share", low=0.002, high=0.02)
    error_if_changed: float = figure(3.0, basis="A", unit="factor", low=1.0, high=5.0)
    error_found_first: int = figure(
        2, basis="A", unit="d", low=1, high=5
    )  # days until the customer complains
    error_found_last: int = figure(15, basis="A", unit="d", low=10, high=30)
    # The other wrong invoices are just sent back. Administrative causes are 20 % of all disputes.
    error_disputed: float = figure(0.15, basis="A", unit="share", low=0.05, high=0.5)
    administrative_share: float = figure(0.20, basis="R", unit="share", low=0.1, high=0.3)
    correction_days_manual: int = figure(10, basis="A", unit="d", low=5, high=20)
    correction_days_automatic: int = figure(3, basis="A", unit="d", low=1, high=5)
    misposted_manual: float = figure(0.01, basis="A", unit="share", low=0.005, high=0.02)  # of payments
    misposted_automatic: float = figure(0.001, basis="A", unit="share", low=0.0, high=0.003)
    reposting_days: int = figure(12, basis="A", unit="d", low=5, high=30)
    reminder_missed_manual: float = figure(0.15, basis="A", unit="share", low=0.05, high=0.25)
    changed: float = figure(0.03, basis="A", unit="share", low=0.01, high=0.06)  # of orders
    change_days: int = figure(2, basis="A", unit="d", low=1, high=5)
    cancelled: float = figure(0.005, basis="A", unit="share", low=0.0, high=0.02)  # of orders at once
    cancelled_per_day: float = figure(
        0.003, basis="A", unit="1/d", low=0.0, high=0.01
    )  # and for each day of entry
    returned: float = figure(0.015, basis="A", unit="share", low=0.005, high=0.03)  # of invoices
    return_least_bp: int = figure(1_000, basis="A", unit="bp", low=500, high=2_000)  # of what is open
    return_most_bp: int = figure(5_000, basis="A", unit="bp", low=3_000, high=10_000)
    return_first: int = figure(5, basis="A", unit="d", low=1, high=10)
    return_last: int = figure(25, basis="A", unit="d", low=15, high=60)


@dataclass(frozen=True, kw_only=True)
class HouseFigures:
    """What do service, clear contracts and automation do, and what do they cost?"""

    # 95 % on time: 3 % of invoices disputed, 90 %: 5 %. So 40 % of late deliveries are disputed, and 1 % besides.
    dispute_base: float = figure(0.03, basis="A", unit="share", low=0.02, high=0.05)
    dispute_other: float = figure(0.01, basis="A", unit="share", low=0.005, high=0.02)
    dispute_if_late: float = figure(0.40, basis="A", unit="share", low=0.2, high=0.6)
    clarity_disputes: float = figure(
        0.5, basis="A", unit="share", low=0.2, high=0.8
    )  # more at 0, fewer at 100
    misses_kept: float = figure(0.5, basis="A", unit="share", low=0.3, high=0.8)  # with electronic settlement
    lag_effect_per_day: float = figure(0.01, basis="A", unit="1/d", low=0.0, high=0.02)
    # Yearly cost in basis points of planned sales, against the policy in force.
    competitiveness_bp: int = figure(10, basis="A", unit="bp/point", low=5, high=20)
    service_bp: int = figure(3, basis="A", unit="bp/point", low=1, high=10)
    clarity_bp: float = figure(0.4, basis="A", unit="bp/point", low=0.1, high=1.0)
    automation_bp: float = figure(0.15, basis="A", unit="bp/point", low=0.05, high=0.4)
    settlement_bp: int = figure(5, basis="A", unit="bp", low=2, high=10)


@dataclass(frozen=True, kw_only=True)
class TradeFigures:
    """How do buyers abroad pay against documents?"""

    credit_fee_bp: int = figure(20, basis="R", unit="bp", low=10, high=30)  # letter of credit, of the amount
    discrepancy: float = figure(0.60, basis="Pm", unit="share", low=0.5, high=0.7)  # on first presentation
    refused: float = figure(0.03, basis="A", unit="share", low=0.01, high=0.06)  # of these
    cured: float = figure(0.85, basis="A", unit="share", low=0.7, high=0.95)  # of these
    cure_days: int = figure(7, basis="A", unit="d", low=3, high=14)
    waiver_days: int = figure(
        21, basis="A", unit="d", low=10, high=45
    )  # the others, until the buyer waives it
    collection_fee_bp: int = figure(5, basis="R", unit="bp", low=2, high=10)
    collection_refused: float = figure(0.05, basis="A", unit="share", low=0.02, high=0.10)
    renegotiation_days: int = figure(20, basis="A", unit="d", low=10, high=45)
    refusal_discount_bp: int = figure(3_000, basis="A", unit="bp", low=1_000, high=5_000)


TERMS, FULFILMENT, HOUSE, TRADE = TermsFigures(), FulfilmentFigures(), HouseFigures(), TradeFigures()


def between(manual: float, automatic: float, automation_pct: int) -> float:
    """What holds when so much is automated?"""
    return manual + (automatic - manual) * automation_pct / 100.0


def entry_days(operations: Operations, luck: Floats, changed: NDArray[np.bool_]) -> Days:
    """Working days from the wish until each order is entered; `changed`: by the customer, after it was placed."""
    manual = max(0.0, operations.order_entry_days - 0.5)  # days begun: half a day less on average
    mean = between(manual, min(manual, FULFILMENT.entry_days_automatic), operations.automation_pct)
    days = np.floor(mean + luck) + np.where(changed, FULFILMENT.change_days, 0)
    return days.astype(np.int16)


def way_days(operations: Operations, luck: Floats, shipment: Floats) -> Days:
    """Days from release to the invoice: shipment, later where it is late, and the lag of the invoice behind it."""
    manual = float(operations.invoice_lag_days)
    lag = between(manual, min(manual, FULFILMENT.invoice_days_automatic), operations.automation_pct)
    late = shipment * 100 < 100 - operations.service_pct
    days = FULFILMENT.ship_days + np.where(late, FULFILMENT.late_days, 0) + np.floor(lag + luck)
    return days.astype(np.int16)


def cancelled_share(days: Days) -> Floats:
    """Which share of orders is cancelled when entry takes so many working days?"""
    found: Floats = FULFILMENT.cancelled + FULFILMENT.cancelled_per_day * days.astype(np.float64)
    return found
