"""What do people do for the way they are paid? Commissions of sales, bonuses of collectors."""

from __future__ import annotations

import ipywidgets as widgets

from sim.model.portfolio import Portfolio
from sim.panels.contests.panel import ContestPanel, Entry, Setting
from sim.words import Language, Words

COMMISSIONS = Setting(
    figures=("credit_sales", "bad_debt_ratio", "ecl", "cash_low", "pay_for_sales", "economic_profit"),
)
BONUSES = Setting(figures=("collector_load", "contacts", "overdue", "ecl", "satisfaction", "economic_profit"))
PUSHED = {"people.commission_kind": "booked", "people.quarter_end_push": True}
SALES_PLANS: dict[str, dict[str, object]] = {
    "none": {},
    "booked": {"people.commission_kind": "booked"},
    "pushed": PUSHED,
    "override": {**PUSHED, "people.override_by_sales": 50},
    "shared": {**PUSHED, "people.override_by_sales": 50, "people.shared_scorecard_pct": 50},
    "collected": {"people.commission_kind": "collected"},
}
BONUS_PLANS: dict[str, dict[str, object]] = {
    "none": {"collection.bonus_kind": "none"},
    "cash": {"collection.bonus_kind": "cash"},
    "cash_high": {"collection.bonus_kind": "cash", "collection.bonus_bp": 200},
    "balanced": {"collection.bonus_kind": "balanced"},
    "largest": {"collection.bonus_kind": "none", "collection.worklist": "value"},
}


def commission_plans(lang: Language = "en") -> widgets.Widget:
    """Six ways of paying sales: what do they sell, what is lost, what is left?"""
    say = Words(lang).say
    note = say("labs.pay.note")
    return ContestPanel(lang, COMMISSIONS, paid_sales, note=note).widget


def paid_sales(words: Words, customers: Portfolio) -> list[Entry]:
    """The policy in force with each plan for sales."""
    return [
        Entry(
            words.say(f"labs.pay.{name}"),
            words.say(f"labs.pay.{name}.about"),
            customers.policy_in_force.with_levers(levers),
        )
        for name, levers in SALES_PLANS.items()
    ]


def bonus_plans(lang: Language = "en") -> widgets.Widget:
    """Five ways of steering collectors: what do they work at, and what comes of it?"""
    say = Words(lang).say
    note = say("labs.bonus.note")
    return ContestPanel(lang, BONUSES, paid_collectors, note=note).widget


def paid_collectors(words: Words, customers: Portfolio) -> list[Entry]:
    """The policy in force with each plan for collectors."""
    return [
        Entry(
            words.say(f"labs.bonus.{name}"),
            words.say(f"labs.bonus.{name}.about"),
            customers.policy_in_force.with_levers(levers),
        )
        for name, levers in BONUS_PLANS.items()
    ]
