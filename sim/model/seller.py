"""Which of the seller's own figures does a ledger carry, because measures need them?"""

from sim.base.calendar import CALENDARS
from sim.model.policy import Policy
from sim.model.scenario import Scenario


def seller_figures(scenario: Scenario, policy: Policy) -> dict[str, int]:
    """Margin, cost of capital, the calendar (a place in CALENDARS) and the collectors' minutes per working day.

    `policy` is the one in force on the last day.
    """
    return {
        "margin_bp": scenario.company.margin_bp,
        "capital_bp": scenario.company.capital_bp,
        "calendar": CALENDARS.index(scenario.calendar),
        "collector_minutes_per_day": policy.collection.collectors * policy.collection.minutes_per_day,
    }
