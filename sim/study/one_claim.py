"""What is one overdue claim worth, by each way of going on with it: writing, agency, payment order, suit, write-off?

Worked out from the model's figures of agency, court and relationship, without a simulation: expected cash, what it
costs, when it comes, and what the customer relationship may lose. Whoever would have paid anyway still pays; agency
and court help only with the rest. Every way has a range: all its assumptions at their bad and at their good ends.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, TypeVar

import numpy as np

from sim.model.agency import AGENCY, MONTH_DAYS, Agency, commission_bp, recovery_chance
from sim.model.escalation import ESCALATION
from sim.model.figures import figure, figures_of
from sim.model.law import LIMITATION_YEARS, payment_order_fee
from sim.model.moves import ARCHETYPES, MOVE_INDEX, MOVES
from sim.model.relationship import HANDED_OVER_POINTS, MOVE_POINTS, RELATIONSHIP
from sim.model.suit import DOCUMENTS, PAYMENT_ORDER, SUIT, Documents, Suit, costs_awarded, suit_outlay

Way = Literal["write", "agency", "payment_order", "suit", "suit_preserved", "write_off"]
WAYS: tuple[Way, ...] = ("write", "agency", "payment_order", "suit", "suit_preserved", "write_off")
Debtor = Literal["unknown", "forgetful", "strapped", "disputing", "strategic", "insolvent"]
DEBTORS: tuple[Debtor, ...] = ("unknown", "forgetful", "strapped", "disputing", "strategic", "insolvent")
Group = TypeVar("Group", Agency, Suit, "ClaimFigures")

LIMITATION_MONTHS = 12 * LIMITATION_YEARS
HOUR_FEN = 6_000
"""A collector's hour: 10,000 yuan a month for about 166 hours."""


@dataclass(frozen=True, kw_only=True)
class ClaimFigures:
    """What the model needs no figure for, because there a clock runs: all assumptions."""

    own_days: float = figure(
        90.0, basis="A", unit="d", low=60.0, high=150.0
    )  # until it pays if we go on ourselves
    anyway_least: float = figure(0.02, basis="A", unit="share", low=0.0, high=0.05)  # an insolvent debtor
    added_most: float = figure(
        0.60, basis="A", unit="share", low=0.50, high=0.75
    )  # of an agency's cash, its doing
    order_collected_bp: int = figure(
        3_500, basis="A", unit="bp", low=2_000, high=5_000
    )  # once an order stands
    # A debtor still owing has failed meanwhile: so often a month.
    ruined_per_month: float = figure(0.03, basis="A", unit="1/month", low=0.015, high=0.06)
    lawyer_least_fen: int = figure(300_000, basis="A", unit="fen", low=100_000, high=800_000)


CLAIM = ClaimFigures()

HOURS: Mapping[Way, float] = MappingProxyType(
    {
        "write": 3.0,
        "agency": 3.0,
        "payment_order": 10.0,
        "suit": 30.0,
        "suit_preserved": 34.0,
        "write_off": 1.0,
    }
)
"""Our people's own time, in hours (assumption, half to double)."""


@dataclass(frozen=True)
class OneClaim:
    """A claim as we know it today. `margin_fen`: what we earn a year on this customer, as long as it stays."""

    amount_fen: int
    months_late: float
    documents: Documents = "complete"
    debtor: Debtor = "unknown"
    margin_fen: int = 0
    added_share: float = AGENCY.added_share
    capital_bp: int = 800


@dataclass(frozen=True)
class Worth:
    """What one way brings on average, today's money in fen; `low` and `high` with all assumptions bad or good."""

    way: Way
    chance: float  # that the claim is paid, as a share of its amount
    days: float  # until the money comes
    cash: float  # expected, undiscounted
    costs: float  # fees, commissions, hours
    goodwill: float  # margin expected to be lost with the customer
    net: float  # discounted cash less costs and goodwill
    low: float = math.nan
    high: float = math.nan


def worths(claim: OneClaim) -> tuple[Worth, ...]:
    """Every way's worth, with its range."""
    base = {way: worth(claim, way) for way in WAYS}
    ends = [_at(claim, end) for end in ("low", "high")]
    found = []
    for way, value in base.items():
        others = [value.net, *(worth(its_claim, way, *sets).net for its_claim, sets in ends)]
        found.append(replace(value, low=min(others), high=max(others)))
    return tuple(found)


def best(claim: OneClaim) -> Worth:
    """Which way is worth most?"""
    return max((worth(claim, way) for way in WAYS), key=lambda value: value.net)


Sets = tuple[Agency, Suit, ClaimFigures]


def worth(
    claim: OneClaim, way: Way, agency: Agency = AGENCY, suit: Suit = SUIT, figures: ClaimFigures = CLAIM
) -> Worth:
    """What is this way worth on average?"""
    anyway = paid_anyway(claim, agency, figures)
    if way == "write_off":
        return _told(claim, way, 0.0, 0.0, HOURS[way] * HOUR_FEN)
    if way == "write":
        costs = MOVES[MOVE_INDEX["letter"]].cost_fen + HOURS[way] * HOUR_FEN
        return _told(claim, way, anyway, figures.own_days, costs)
    if way == "agency":
        return _by_agency(claim, anyway, agency, figures)
    if way == "payment_order":
        return _by_order(claim, anyway, figures)
    return _by_suit(claim, anyway, way == "suit_preserved", suit, figures)


def paid_anyway(claim: OneClaim, agency: Agency = AGENCY, figures: ClaimFigures = CLAIM) -> float:
    """How likely does it pay without agency or court? What is ever collected, less an agency's share in it."""
    if claim.debtor == "insolvent":
        return figures.anyway_least
    return float(recovery_chance(claim.months_late, agency)) * (1.0 - claim.added_share)


def added_by_agency(claim: OneClaim, agency: Agency = AGENCY, figures: ClaimFigures = CLAIM) -> float:
    """How much more likely does it pay because an agency asks? By what moves this debtor."""
    if claim.debtor == "insolvent":
        return 0.0
    excess = np.array(ESCALATION.agency)[1:] - 1.0  # whoever pays promptly is not with an agency
    share = claim.added_share
    if claim.debtor != "unknown":
        own = max(float(ESCALATION.agency[ARCHETYPES.index(claim.debtor)]) - 1.0, 0.0)
        share = min(share * own / float(np.maximum(excess, 0.0).mean()), figures.added_most)
    return float(recovery_chance(claim.months_late, agency)) * share


def churn_added(points: float) -> float:
    """How much more likely does a customer leave within a year that is so many points less satisfied?"""
    now, then = (_churn(RELATIONSHIP.start + gone) for gone in (0.0, points))
    return then - now


def _churn(satisfaction: float) -> float:
    figures = RELATIONSHIP
    hazard = figures.churn_year * math.exp(
        figures.churn_slope * (figures.churn_middle - max(satisfaction, 0.0))
    )
    return -math.expm1(-hazard)


FIXED = {"breach_fen", "breach_reputation"}
"""What stays in the middle of its range: one unlawful visit would drown everything else."""

POINTS: Mapping[Way, float] = MappingProxyType(
    {
        "write": MOVE_POINTS["letter"][1],
        "agency": HANDED_OVER_POINTS["agency"],
        "payment_order": HANDED_OVER_POINTS["payment_order"],
        "suit": HANDED_OVER_POINTS["court"],
        "suit_preserved": HANDED_OVER_POINTS["court"],
        "write_off": 0.0,
    }
)
"""What each way costs in satisfaction."""


def _told(claim: OneClaim, way: Way, chance: float, days: float, costs: float) -> Worth:
    points = 0.0 if claim.debtor == "insolvent" else POINTS[way]
    goodwill = claim.margin_fen * churn_added(points)
    cash = claim.amount_fen * chance
    today = cash / (1.0 + claim.capital_bp / 10_000 * days / 365)
    return Worth(way, chance, days, cash, costs, goodwill, today - costs - goodwill)


def _by_agency(claim: OneClaim, anyway: float, agency: Agency, figures: ClaimFigures) -> Worth:
    chance = min(anyway + added_by_agency(claim, agency, figures), 1.0)
    months, amount = np.array([claim.months_late]), np.array([claim.amount_fen])
    kept = float(commission_bp(months, amount, agency)[0]) / 10_000
    costs = claim.amount_fen * chance * kept + agency.breach * agency.breach_fen + HOURS["agency"] * HOUR_FEN
    return _told(claim, "agency", chance, agency.mean_days, costs)


def _by_order(claim: OneClaim, anyway: float, figures: ClaimFigures) -> Worth:
    stands = 1.0 - _objects(claim)
    path = PAYMENT_ORDER
    days = path.accept_days + path.order_days + path.object_days + path.enforcement.median_days
    got = stands * _in_hand(claim, figures.order_collected_bp, days, figures)
    chance = anyway + (1.0 - anyway) * got
    fee = float(payment_order_fee(np.array([claim.amount_fen]))[0])
    return _told(claim, "payment_order", chance, days, fee + HOURS["payment_order"] * HOUR_FEN)


def _objects(claim: OneClaim) -> float:
    """How likely does the debtor object to a payment order?"""
    if claim.debtor == "insolvent":
        return PAYMENT_ORDER.objects[ARCHETYPES.index("strapped")]
    if claim.debtor == "unknown":
        return float(np.mean(PAYMENT_ORDER.objects[1:]))
    return PAYMENT_ORDER.objects[ARCHETYPES.index(claim.debtor)]


def _in_hand(claim: OneClaim, solvent_bp: int, days: float, figures: ClaimFigures) -> float:
    """Which share of a title becomes money? The debtor may have failed by then, and time may have run out before."""
    if claim.months_late >= LIMITATION_MONTHS:
        return 0.0  # the debtor refuses, and the court agrees
    months = claim.months_late + days / MONTH_DAYS
    solvent = 0.0 if claim.debtor == "insolvent" else math.exp(-figures.ruined_per_month * months)
    return (solvent * solvent_bp + (1.0 - solvent) * SUIT.collected_insolvent_bp) / 10_000


def _by_suit(claim: OneClaim, anyway: float, preserved: bool, suit: Suit, figures: ClaimFigures) -> Worth:
    way: Way = "suit_preserved" if preserved else "suit"
    short = claim.documents == "complete" and claim.debtor != "disputing"
    won = suit.won[DOCUMENTS.index(claim.documents)]
    trial, appealed = (
        (suit.simplified, suit.appealed_simplified) if short else (suit.ordinary, suit.appealed_ordinary)
    )
    stages = suit.filing.median_days + trial.median_days + suit.enforcement.median_days
    days = suit.slowness * (stages + appealed * suit.appeal.median_days)
    # What is seized today is there at the end; without that, what is left when the judgment is enforced.
    wait, solvent_bp = (0.0, suit.collected_preserved_bp) if preserved else (days, suit.collected_free_bp)
    got = won * _in_hand(claim, solvent_bp, wait, figures)
    chance = anyway + (1.0 - anyway) * got
    amount, flags = np.array([claim.amount_fen]), (np.array([short]), np.array([preserved]))
    lawyer = max(figures.lawyer_least_fen - claim.amount_fen * suit.lawyer_bp / 10_000, 0.0)
    outlay = float(suit_outlay(amount, *flags, suit)[0]) + lawyer
    back = float(costs_awarded(amount, *flags)[0]) * got  # what the loser really pays of them
    return _told(claim, way, chance, days, outlay - back + HOURS[way] * HOUR_FEN)


def _at(claim: OneClaim, end: Literal["low", "high"]) -> tuple[OneClaim, Sets]:
    """The claim and the figures with all assumptions bad (`low`) or good (`high`) for whoever wants the money."""
    other = "high" if end == "low" else "low"
    agency = _moved(AGENCY, end, other, {"decay_per_month", "commission_bp", "mean_days", "breach"})
    bad = {"slowness", "appealed_simplified", "appealed_ordinary", "lawyer_bp", "bond_bp"}
    figures = _moved(CLAIM, end, other, {"own_days", "lawyer_least_fen", "ruined_per_month"})
    added = {"low": 0.75, "high": 1.25}[end] * claim.added_share
    return replace(claim, added_share=added), (agency, _moved(SUIT, end, other, bad), figures)


def _moved(group: Group, end: str, other: str, costs: set[str]) -> Group:
    """A group of figures at one end of their ranges; those in `costs` at the other."""
    moved = {
        about.name: getattr(about, other if about.name in costs else end)
        for about in figures_of(group)
        if about.basis in ("A", "R") and about.name not in FIXED
    }
    return replace(group, **moved)
