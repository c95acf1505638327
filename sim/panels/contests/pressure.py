"""How hard should we press, and when should others take over? Five ways of asking, and seven of letting go."""

from __future__ import annotations

import ipywidgets as widgets

from sim.model.policy import LadderStep
from sim.model.portfolio import Portfolio
from sim.panels.contests.panel import ContestPanel, Entry, Setting
from sim.words import Language, Words

PRESSURE = Setting(
    figures=("days_to_pay_km", "overdue", "satisfaction", "churned", "bad_debt", "economic_profit"),
    days=730,  # who leaves in the first year is missed in the second
)
HAND_OVER = Setting(
    figures=("others_cost", "bad_debt", "overdue", "satisfaction", "churned", "economic_profit")
)
EVERYTHING = ("courtesy", "phone", "email", "letter", "phone", "lawyer_letter", "visit", "senior_call")
"""The siege: every four days the next of these, from a week before the due date to three months after it."""
SIEGE_STEPS, SIEGE_EVERY, SIEGE_FROM = 25, 4, -7
REMINDERS = (LadderStep(days=-7, move="courtesy"), LadderStep(days=7, move="email"))
HANDED: dict[str, dict[str, object]] = {
    "agency_90": {"collection.agency_days": 90},
    "agency_180": {"collection.agency_days": 180},
    "agency_360": {"collection.agency_days": 360},
    "order_120": {"collection.court_days": 120, "collection.payment_order": True},
    "court_120": {"collection.court_days": 120, "collection.preservation": True},
    "court_360": {"collection.court_days": 360, "collection.preservation": True},
}


def pressure(lang: Language = "en") -> widgets.Widget:
    """Five pressures, each harsher than the one before: what do they bring, and whom do they drive away?"""
    say = Words(lang).say
    return ContestPanel(lang, PRESSURE, pressures, note=say("labs.pressure.note")).widget


def pressures(words: Words, customers: Portfolio) -> list[Entry]:
    """Reminders only; the ladder in force, later and earlier; and a siege."""
    now = customers.policy_in_force
    siege = tuple(
        LadderStep(days=SIEGE_FROM + SIEGE_EVERY * at, move=EVERYTHING[at % len(EVERYTHING)])  # type: ignore[arg-type]
        for at in range(SIEGE_STEPS)
    )
    ladder = now.collection.ladder
    ways = {
        "reminders": (REMINDERS, 0, 1, "friendly"),
        "later": (ladder, 14, 2, "friendly"),
        "standard": (ladder, 0, 2, "friendly"),
        "earlier": (ladder, -10, 4, "friendly"),
        "siege": (siege, 0, 8, "harsh"),
    }
    levers = ("ladder", "ladder_shift_days", "collectors", "tone")
    return [
        Entry(
            words.say(f"labs.pressure.{name}"),
            words.say(f"labs.pressure.{name}.about"),
            now.with_levers({f"collection.{lever}": value for lever, value in zip(levers, way, strict=True)}),
        )
        for name, way in ways.items()
    ]


def hand_over(lang: Language = "en") -> widgets.Widget:
    """Never, or after so many days to an agency, for a payment order, to court: what does it cost and bring?"""
    say = Words(lang).say
    return ContestPanel(lang, HAND_OVER, handed_over, note=say("labs.hand.note")).widget


def handed_over(words: Words, customers: Portfolio) -> list[Entry]:
    """The policy in force, which keeps every claim itself, and six that let go."""
    never = customers.policy_in_force.with_levers({"collection.agency_days": 0, "collection.court_days": 0})
    plans = [Entry(words.say("labs.hand.never"), "", never)]
    return plans + [
        Entry(words.say(f"labs.hand.{name}"), "", never.with_levers(levers))
        for name, levers in HANDED.items()
    ]
