"""Fix it upstream or collect harder for the same money? And what do more collectors bring?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets

from sim.model.order_to_cash import HOUSE
from sim.model.policy import LEVERS, Policy
from sim.model.portfolio import Portfolio
from sim.panels.contests.panel import ContestPanel, Entry, Setting
from sim.panels.parts.controls import dropdown
from sim.words import Language, Words

MONTHS = 12
MOST_HIRED = 8
UPSTREAM = ("automation", "clarity", "service", "mixed")
PATHS = {
    "automation": "operations.automation_pct",
    "clarity": "operations.contract_clarity_pct",
    "service": "operations.service_pct",
}
BP_PER_POINT = {
    "automation": HOUSE.automation_bp,
    "clarity": HOUSE.clarity_bp,
    "service": float(HOUSE.service_bp),
}
SAME_MONEY = Setting(
    figures=("upstream_cost", "days_late", "overdue", "satisfaction", "bad_debt", "economic_profit")
)
CAPACITY = Setting(
    figures=("collector_load", "contacts", "days_late", "overdue", "collection_cost", "economic_profit")
)
TEAMS = (0, 1, 2, 3, 5, 8)


def same_money(lang: Language = "en") -> widgets.Widget:
    """The same yearly sum for collectors, for the house's own quality, or half and half: which brings more?"""
    return SameMoney(lang).widget


class SameMoney:
    """A budget and what to buy upstream; four plans follow from them."""

    def __init__(self, lang: Language):
        say = Words(lang).say
        wide = widgets.Layout(width="520px")
        style = {"description_width": "250px"}
        self._hired = widgets.IntSlider(
            value=3, min=1, max=MOST_HIRED, description=say("labs.money.budget"), tooltip=say("labs.money.budget"),
            continuous_update=False, layout=wide, style=style,
        )  # fmt: skip
        self._hired.add_class("arlab-named")
        options = {name: say(f"labs.money.upstream.{name}") for name in UPSTREAM}
        self._upstream = dropdown(say("labs.money.upstream"), options, "mixed", "440px")
        row = widgets.HBox(
            [self._hired, self._upstream], layout=widgets.Layout(flex_flow="row wrap", overflow="visible")
        )
        self._panel = ContestPanel(
            lang,
            SAME_MONEY,
            self._plans,
            note=say("labs.money.note"),
            controls=[row],
        )
        for control in (self._hired, self._upstream):
            control.observe(self._panel.moved, names="value")
        self.widget = self._panel.widget

    def _plans(self, words: Words, customers: Portfolio) -> Sequence[Entry]:
        return same_money_plans(words, customers, int(self._hired.value), str(self._upstream.value))


def same_money_plans(words: Words, customers: Portfolio, hired: int, upstream: str) -> list[Entry]:
    """As it is; so many more collectors; the same sum upstream; a dispute desk, paid by the case."""
    now = customers.policy_in_force
    collect = hire(now, hired)
    fixed, cost = improve(customers, hired_cost(customers, hired), upstream)
    half, half_cost = improve(customers, hired_cost(customers, hired - hired // 2), upstream)
    half = hire(half, hired // 2)
    paid = {
        "collect": hired_cost(customers, hired),
        "upstream": cost,
        "both": half_cost + hired_cost(customers, hired // 2),
    }
    told = {name: words.money(fen, customers.currency) for name, fen in paid.items()}
    bought = words.listed(purchases(words, now, fixed)) or words.say("labs.money.nothing")
    both = words.listed(purchases(words, now, half)) or words.say("labs.money.nothing")
    say = words.say
    plans = [
        Entry(say("labs.plan.as_is"), "", now),
        Entry(
            say("labs.money.collect"),
            say("labs.money.collect.about", hired=hired, cost=told["collect"]),
            collect,
        ),
        Entry(
            say("labs.money.fix"), say("labs.money.fix.about", bought=bought, cost=told["upstream"]), fixed
        ),
    ]
    if hired > 1:
        about = say("labs.money.both.about", hired=hired // 2, bought=both, cost=told["both"])
        plans.append(Entry(say("labs.money.both"), about, half))
    desk = now.with_levers({"operations.dispute_desk": True})
    per_case = words.money(customers.company.dispute_case_fen, customers.currency)
    plans.append(Entry(say("labs.money.desk"), say("labs.money.desk.about", cost=per_case), desk))
    return plans


def hired_cost(customers: Portfolio, hired: int) -> int:
    """What do so many more collectors cost a year, in fen?"""
    return hired * MONTHS * customers.company.collector_fen_per_month


def hire(policy: Policy, hired: int) -> Policy:
    """The policy with so many more collectors."""
    path = "collection.collectors"
    return policy.with_levers({path: min(int(policy.value_of(path)) + hired, LEVERS[path].high)})


def improve(customers: Portfolio, budget_fen: int, upstream: str) -> tuple[Policy, int]:
    """The policy with as much quality as this sum buys a year, and what it really costs (points are whole)."""
    policy, left = customers.policy_in_force, float(budget_fen)
    yearly = int(customers.yearly_sales_fen().sum())
    names = ("automation", "clarity", "service") if upstream == "mixed" else (upstream,)
    spent = 0.0
    for at, name in enumerate(names):
        lever = LEVERS[PATHS[name]]
        step_fen = yearly * BP_PER_POINT[name] / 10_000 * lever.step
        share = left / (len(names) - at)
        room = (lever.high - int(policy.value_of(lever.path))) // lever.step
        steps = min(int(share // step_fen), room)
        policy = policy.with_levers({lever.path: int(policy.value_of(lever.path)) + steps * lever.step})
        spent += steps * step_fen
        left -= steps * step_fen
    return policy, round(spent)


def purchases(words: Words, before: Policy, after: Policy) -> list[str]:
    """Which levers stand elsewhere, from where to where?"""
    moved = [path for path in PATHS.values() if before.value_of(path) != after.value_of(path)]
    return [
        words.say(
            "labs.money.bought",
            lever=words.say(f"{LEVERS[path].words_key}.name"),
            before=before.value_of(path),
            after=after.value_of(path),
        )
        for path in moved
    ]


def capacity(lang: Language = "en") -> widgets.Widget:
    """No collector, one, two, three, five, eight: who is contacted, what is overdue, what is left?"""
    say = Words(lang).say
    return ContestPanel(lang, CAPACITY, teams, note=say("labs.team.note")).widget


def teams(words: Words, customers: Portfolio) -> list[Entry]:
    """The policy in force with teams of other sizes; one collector is the yardstick."""
    now = customers.policy_in_force
    sizes: list[Any] = [1, *(size for size in TEAMS if size != 1)]
    return [
        Entry(
            words.say("labs.team.one") if size == 1 else words.say("labs.team.many", people=size),
            "",
            now.with_levers({"collection.collectors": size}),
        )
        for size in sizes
    ]
