"""What goes into a portfolio? Every knob of the generator, with its unit. All figures are assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sim.model.behaviour import ARCHETYPE_BEHAVIOURS, Behaviour
from sim.model.policy import Policy
from sim.model.scenario import Company

AS_OF = date(2024, 12, 31)
ARCHETYPES = ("prompt", "forgetful", "strapped", "disputing", "process", "strategic", "chain")
ALL_ASSUMED = dict.fromkeys(("lateness", "orders", "amounts", "defaults", "disputes", "demand"), "A")


@dataclass(frozen=True, kw_only=True)
class Segment:
    """One kind of customer of one seller. Yuan are whole yuan, VAT included; bp are 1/100 of a percent."""

    prefix: str  # of the customers' ids
    segment: str
    names: tuple[str, str]  # what they are called, in English and Chinese
    count: int
    orders_per_year: float  # mean over the customers; a gamma spread lies between them
    median_yuan: int  # of an order
    sigma: float  # spread of all amounts (of the logarithm) ...
    between: float = 0.7  # ... of which so much (as a share of sigma) lies between customers
    extra_net_days: int = 0  # terms beyond the standard net days
    default_bp: int = 250  # chance of failing in a year, mean over the grades
    lgd_bp: int = 6_000  # lost when it fails
    dispute_bp: int = 250  # of invoices
    response_bp: float = 10.0  # orders gained per extra day of term
    patience_days: int = 10  # a held order waits so long
    mix: tuple[
        float, ...
    ]  # % of prompt, forgetful, strapped, disputing, process-bound, strategic, chain debtors
    pace: float = 1.0  # multiplier of the payment clock, beside the recipe's
    pay_rules: Mapping[str, float]  # shares of the ways to fix pay days
    grades: Mapping[str, float] | None = None  # shares of the grades, where not the recipe's
    group_sizes: tuple[int, ...] = ()  # so many of them belong to one group, so many to the next ...
    large: float = 0.0  # share of large enterprises and public bodies
    power_pct: int = 50  # bargaining power over us, mean
    dependence_pct: int = 50  # on our supply, mean
    competitor_days: tuple[int, ...] = (0,)  # what competitors grant beyond our terms, one of these each
    instrument: str = "open_account"
    countries: Mapping[str, tuple[str, float]] | None = (
        None  # name in English: name in Chinese, default multiplier
    )
    retention_bp: int = 0  # of each bill is kept back by the customer ...
    retention_days: tuple[int, ...] = ()  # ... for so long, one of these each time
    deduction_bp: int = 0  # of each payment is taken off for promotion, listing, logistics
    rebate_bp: int = 0  # of the year's purchases is credited on its last day


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """A seller, its policy in force and its kinds of customers."""

    name: str
    titles: tuple[str, str]  # in English and Chinese
    seed: int
    segments: tuple[Segment, ...]
    in_force: Mapping[str, Any]  # levers that differ from the default policy
    ladder: tuple[
        tuple[int, str, int], ...
    ] = ()  # (day, move, least yuan at stake); the standard ladder if empty
    company: Company = field(default_factory=Company)
    seasonal: bool = True
    pace: float = 0.77  # multiplier of everybody's payment clock
    pace_sigma: float = 0.2  # its spread between customers (of the logarithm)
    grades: Mapping[str, float] = field(default_factory=lambda: {"A": 0.15, "B": 0.32, "C": 0.33, "D": 0.20})
    behaviours: tuple[Behaviour, ...] = ARCHETYPE_BEHAVIOURS
    known_pct: int = (
        75  # so far does the past year tell which kind of payer a customer is; the rest is its segment's mix
    )
    idle: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # customer: (idle months, reading)
    places: tuple[tuple[str, str], ...] = (("", ""),)  # invented places that begin the customers' names
    as_of: date = AS_OF
    history_months: int = 12
    burn_in_days: int = 365  # simulated from empty books before the history begins

    def policy(self) -> Policy:
        """The policy in force."""
        steps = tuple({"days": day, "move": move, "min_fen": yuan * 100} for day, move, yuan in self.ladder)
        return Policy().with_levers({**self.in_force, **({"collection.ladder": steps} if steps else {})})

    def rows(self) -> list[Segment]:
        """The segment of each customer, in the order of the customer table."""
        return [segment for segment in self.segments for _ in range(segment.count)]
