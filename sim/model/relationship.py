"""How do customers take what we do, and what do they do then? Figures of satisfaction, demand and the sales department.

All are assumptions unless labelled otherwise; each names the range in which it may be varied.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.model.figures import figure

MOVE_POINTS: Mapping[str, tuple[float, float]] = {
    #               friendly  otherwise
    "courtesy":      (+0.3, +0.3),
    "email":         (-0.2, -0.2),
    "phone":         (-0.5, -0.5),
    "visit":         (+0.5, -1.0),
    "senior_call":   (+0.0, +0.0),
    "letter":        (-3.0, -3.0),
    "lawyer_letter": (-8.0, -8.0),
    "complaint":     (-12.0, -12.0),
    "clearing":      (+3.0, +3.0),
    "message":       (-0.2, -0.2),
}  # fmt: skip
"""Points of satisfaction (of 100) that a contact costs or brings when it arrives (assumption; half to double)."""

EVENT_POINTS: Mapping[str, float] = {
    "plan_made": 2.0, "supply_again": 1.0, "exited": -20.0, "complaint": -12.0,
}  # fmt: skip
"""Points for what happens to a customer, by kind of action (assumption; half to double)."""

HANDED_OVER_POINTS: Mapping[str, float] = {"agency": -20.0, "court": -40.0, "payment_order": -20.0}
"""Points for being handed over to others, by whom (assumption; half to double)."""

WORD_POINTS: Mapping[str, float] = {
    "promise_kept": 1.0, "promise_broken": -3.0, "plan_kept": 1.0, "plan_broken": -5.0,
}  # fmt: skip
"""Points of trust for a word kept or broken, theirs or ours (assumption; half to double)."""

THREAT_RANK: Mapping[str, int] = {"letter": 1, "lawyer_letter": 2}
"""A letter of demand threatens a stop of supply or a lawyer, a lawyer's letter a suit."""
STOP_RANK, HAND_OVER_RANK = 2, 3
"""What carries a threat out: stopping supply answers a letter of demand; agency and court answer every threat."""

TONE_WEIGHT: Mapping[str, float] = {"friendly": 1.0, "firm": 1.3, "harsh": 1.6}
"""What a contact costs is multiplied by this (assumption: harsher by .15 of the scale is 1.3 times)."""

BONUS_ON_CASH_WEIGHT = 1.3
"""And by this where collectors have a bonus on cash alone: it makes them harsher (assumption; 1.1 to 1.6)."""


GRIEVANCE_CHANCE: Mapping[str, float] = {"friendly": 0.001, "firm": 0.004, "harsh": 0.02}
"""Chance that a customer complains about a contact that costs satisfaction, by tone (assumption; a third to triple)."""
GRIEVANCE_IF_TOO_MANY = 3.0
"""So many times oftener where it is contacted too often (assumption; 1.5 to 5)."""


@dataclass(frozen=True, kw_only=True)
class RelationshipFigures:
    """Satisfaction, trust, credibility, churn."""

    start: float = figure(70.0, basis="A", unit="points", low=60.0, high=80.0)
    half_life_days: float = figure(90.0, basis="A", unit="d", low=45.0, high=180.0)
    trust_half_life_days: float = figure(180.0, basis="A", unit="d", low=90.0, high=365.0)
    # More than 3 contacts in 10 working days: so much more each.
    fatigue_contacts: int = figure(3, basis="A", unit="contacts", low=2, high=5)
    fatigue_workdays: int = figure(10, basis="A", unit="d", low=5, high=20)
    fatigue_points: float = figure(-1.0, basis="A", unit="points", low=-2.0, high=-0.5)
    held_points: float = figure(-1.0, basis="A", unit="points", low=-2.0, high=0.0)
    lost_points: float = figure(-2.0, basis="A", unit="points", low=-4.0, high=0.0)
    # Stop of supply: a customer that depends on us bears it, one with other suppliers looks there.
    stop_points: float = figure(-10.0, basis="A", unit="points", low=-15.0, high=-5.0)
    stop_points_free: float = figure(-15.0, basis="A", unit="points", low=-25.0, high=-10.0)
    dispute_points: float = figure(-2.0, basis="A", unit="points", low=-4.0, high=-1.0)
    rejected_points: float = figure(-3.0, basis="A", unit="points", low=-6.0, high=-1.0)
    credited_points: float = figure(1.0, basis="A", unit="points", low=0.0, high=2.0)
    slow_settlement_points: float = figure(
        -2.0, basis="A", unit="points", low=-4.0, high=0.0
    )  # without a desk
    desk_points: float = figure(3.0, basis="A", unit="points", low=1.0, high=5.0)
    # The mean of satisfaction: per point of service, and where late suppliers make all deliveries late.
    service_points: float = figure(0.5, basis="A", unit="points/point", low=0.2, high=1.0)
    slip_points: float = figure(-20.0, basis="A", unit="points", low=-40.0, high=-10.0)
    # A threat that is not carried out in time works half as well the next time; belief comes back slowly.
    threat_days: int = figure(30, basis="A", unit="d", low=15, high=45)
    bluff_factor: float = figure(0.5, basis="A", unit="factor", low=0.3, high=0.8)
    bluff_trust: float = figure(-2.0, basis="A", unit="points", low=-4.0, high=0.0)
    belief_half_life_days: float = figure(180.0, basis="A", unit="d", low=90.0, high=365.0)
    carried_out_share: float = figure(0.5, basis="A", unit="share", low=0.2, high=1.0)
    # Churn per year at 60 points, and how much more of it per point less.
    churn_year: float = figure(0.10, basis="A", unit="per year", low=0.05, high=0.20)
    churn_slope: float = figure(0.035, basis="A", unit="1/point", low=0.02, high=0.05)
    churn_middle: float = figure(60.0, basis="A", unit="points", low=50.0, high=70.0)
    competitor_days: int = figure(30, basis="A", unit="d", low=15, high=45)
    competitor_churn: float = figure(1.5, basis="A", unit="factor", low=1.2, high=2.0)
    competitive_churn: float = figure(0.9, basis="A", unit="factor per 10 points", low=0.8, high=0.95)
    # What satisfaction and trust do to payment and to orders; at the starting points nothing.
    haste_per_point: float = figure(0.0033, basis="A", unit="1/point", low=0.0, high=0.006)
    haste_most: float = figure(0.10, basis="A", unit="share", low=0.05, high=0.20)
    churned_haste: float = figure(0.9, basis="A", unit="factor", low=0.7, high=1.0)
    appetite_per_point: float = figure(0.003, basis="A", unit="1/point", low=0.0, high=0.006)
    appetite_most: float = figure(0.10, basis="A", unit="share", low=0.05, high=0.20)


@dataclass(frozen=True, kw_only=True)
class DemandFigures:
    """What orders answer to besides our payment term."""

    price_elasticity: float = figure(-1.5, basis="A", unit="elasticity", low=-2.5, high=-0.8)
    service_response: float = figure(0.002, basis="A", unit="1/point", low=0.0, high=0.005)
    # Competitiveness takes effect with a lag; ten points more: on-time share +3 points, about 1.06 times the clock.
    competitive_lag_months: float = figure(6.0, basis="A", unit="month", low=3.0, high=12.0)
    competitive_haste: float = figure(1.06, basis="A", unit="factor per 10 points", low=1.02, high=1.10)
    competitive_response: float = figure(0.01, basis="A", unit="share per 10 points", low=0.0, high=0.03)
    # Days by which competitors' terms newly exceed ours count so much of our own response to terms again.
    competitor_weight: float = figure(0.5, basis="A", unit="share", low=0.0, high=1.0)
    fade_days: float = figure(90.0, basis="A", unit="d", low=60.0, high=180.0)
    # Of the orders we block, so many are paid in advance and go out at once.
    prepaid_share: float = figure(0.15, basis="A", unit="share", low=0.05, high=0.25)
    # Adverse selection: who comes because of longer terms, by grade A-E against the average customer.
    selection: tuple[float, ...] = figure(
        (0.5, 0.75, 1.0, 1.5, 2.0), basis="A", unit="factor",
        low=(1.0, 1.0, 1.0, 1.0, 1.0), high=(0.3, 0.6, 1.0, 2.0, 3.0),
    )  # fmt: skip
    selection_danger: tuple[float, ...] = figure(
        (0.0, 0.0, 0.05, 0.15, 0.15), basis="A", unit="per 30 d or doubled limit",
        low=(0.0, 0.0, 0.0, 0.0, 0.0), high=(0.0, 0.05, 0.10, 0.30, 0.30),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SalesFigures:
    """What sales people do for their commission."""

    usual_bp: int = figure(200, basis="A", unit="bp", low=100, high=400)
    # Booked revenue: customers accepted half a grade worse. By grade A-E: more orders, more failures.
    booked_orders: tuple[float, ...] = figure(
        (0.0, 0.01, 0.04, 0.08, 0.10), basis="A", unit="share",
        low=(0.0, 0.0, 0.02, 0.04, 0.05), high=(0.01, 0.02, 0.08, 0.15, 0.20),
    )  # fmt: skip
    # Half a grade is 1.67 times the default rate (square root of the step between grades); half of the weak names
    # are taken in through sales in the meantime.
    booked_danger: tuple[float, ...] = figure(
        (0.0, 0.0, 0.17, 0.34, 0.34), basis="A", unit="share",
        low=(0.0, 0.0, 0.08, 0.17, 0.17), high=(0.0, 0.17, 0.34, 0.67, 0.67),
    )  # fmt: skip
    push_orders: float = figure(0.15, basis="A", unit="share", low=0.05, high=0.30)
    push_borrowed: float = figure(0.5, basis="A", unit="share", low=0.0, high=1.0)  # missing a month later
    push_late_days: int = figure(10, basis="A", unit="d", low=5, high=20)
    push_danger: float = figure(0.4, basis="A", unit="share", low=0.2, high=0.8)
    collected_orders: float = figure(-0.04, basis="A", unit="share", low=-0.08, high=0.0)
    collected_days: int = figure(90, basis="R", unit="d", low=60, high=120)
    first_contacts: float = figure(0.30, basis="A", unit="share", low=0.10, high=0.50)
    most: float = field(
        default=2.0
    )  # a commission moves people at most so many times as much as the usual one


RELATIONSHIP, DEMAND, SALES = RelationshipFigures(), DemandFigures(), SalesFigures()
