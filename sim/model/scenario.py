"""In which company, over which time and in which economy does the portfolio live?"""

import tomllib
from datetime import date
from importlib.resources import files

from pydantic import Field

from sim.base.calendar import FIRST_DAY, LAST_DAY, CalendarName
from sim.base.days import Day, day_of
from sim.base.errors import BadInput, Problem
from sim.model.mechanisms import Mechanisms
from sim.model.regimes import RegimeName
from sim.model.settings import Settings


class Company(Settings):
    """The seller's own figures. All assumptions for a mid-size manufacturer, to be replaced by one's own."""

    margin_bp: int = Field(default=2_000, ge=0, le=10_000)  # contribution margin on sales
    fixed_cost_bp: int = Field(default=1_000, ge=0, le=10_000)  # of planned sales
    opening_cash_days: int = Field(default=30, ge=0, le=720)  # days of planned cost
    bank_bp: int = Field(default=450, ge=0, le=5_000)  # yearly rate on the overdraft
    capital_bp: int = Field(default=800, ge=0, le=5_000)  # yearly cost of funds tied up in receivables
    collector_fen_per_month: int = Field(default=1_000_000, ge=0, le=10**12)
    dispute_case_fen: int = Field(default=30_000, ge=0, le=10**12)
    dispute_median_days: int = Field(default=32, ge=1, le=365)  # without a desk
    dispute_desk_median_days: int = Field(default=12, ge=1, le=365)


class Economy(Settings):
    """How far is the time from normal? Percent of normal; assumptions."""

    demand_pct: int = Field(default=100, ge=10, le=300)
    payment_pct: int = Field(default=100, ge=10, le=300)
    default_pct: int = Field(default=100, ge=0, le=1_000)
    bank_extra_bp: int = Field(
        default=0, ge=-1_000, le=5_000
    )  # on the bank's yearly rate; basis points, not percent
    growth_pct: int = Field(default=0, ge=-50, le=200)  # demand grows steadily by so much a year
    # With the mechanism `economy`:
    regime: RegimeName = "normal"  # holds from `from_day` on
    from_day: int = Field(default=0, ge=0, le=3_653)  # days after the first
    wanders: bool = False  # until then, regimes come and go by chance
    shocked_segment: str = "project"  # the segment a sector shock meets
    biggest_fails_after: int = Field(
        default=-1, ge=-1, le=3_653
    )  # days after the first; -1: it does not have to
    payment_law_after: int = Field(
        default=-1, ge=-1, le=3_653
    )  # the 60-day rule holds so many days later; -1: not


class Scenario(Settings):
    """Calendar, horizon, economy and the selling company."""

    name: str = "normal"
    start: date = date(2025, 1, 1)
    days: int = Field(default=365, ge=1, le=3_653)
    calendar: CalendarName = "china"
    seasonal: bool = True
    habit: float = Field(
        default=0.6, ge=0.0, lt=1.0
    )  # correlation of one order's luck with the next of the same customer
    company: Company = Company()
    economy: Economy = Economy()
    mechanisms: Mechanisms = Mechanisms()

    @property
    def first(self) -> Day:
        """The first simulated day."""
        return day_of(self.start)

    @property
    def last(self) -> Day:
        """The last simulated day."""
        return self.first + self.days - 1


ORDER_SEASON = {
    "dealer": (1.05, 0.45, 0.90, 1.05, 1.05, 1.00, 0.90, 0.95, 1.20, 1.15, 1.15, 1.15),
}
"""Monthly multipliers of orders by segment, mean 1 (assumption); other segments order evenly."""

PAYMENT_SEASON = (1.35, 0.55, 0.85, 0.95, 0.95, 1.15, 0.90, 0.90, 1.05, 0.95, 1.05, 1.35)
"""Monthly multipliers of the payment hazard (assumption): debts are cleared before the Spring Festival."""


def scenario_names() -> tuple[str, ...]:
    """Which scenarios are built in?"""
    return tuple(_table())


def load_scenario(name: str) -> Scenario:
    """The built-in scenario of this name, with every mechanism on except in `core`. Raises BadInput."""
    table = _table()
    if name not in table:
        known = {"known": ", ".join(table)}
        raise BadInput([Problem("unknown_scenario", "scenario", name, known)])
    found = {"name": name, "mechanisms": Mechanisms.all_on(), **table[name]}
    if found["mechanisms"] == "none":
        found["mechanisms"] = Mechanisms()
    return Scenario.checked(found)


def covers(scenario: Scenario) -> bool:
    """Does the calendar know every day of the scenario?"""
    return scenario.calendar != "china" or (scenario.first >= FIRST_DAY and scenario.last <= LAST_DAY)


def _table() -> dict[str, dict[str, object]]:
    return tomllib.loads(files("sim.model").joinpath("scenarios.toml").read_text(encoding="utf-8"))
