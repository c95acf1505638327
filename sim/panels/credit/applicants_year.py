"""What do a year's decisions on applicants earn? The same applicants, with the same luck, under any decisions.

Pure: everything follows from (seed, decisions). What is earned is worked out applicant by applicant from the ledger:
margin on sales, less what fails, credit notes, discounts, carrying what is owed, and what was spent on information.
Who failed is read from the model's truth: this is for debriefs only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER
from sim.engine import simulate
from sim.measure.formulas import YEAR_DAYS
from sim.model.ledger import ENTRY_KINDS, OUTSIDE_AR, Ledger
from sim.model.portfolio import Portfolio, scenario_for
from sim.model.scorecard import grade_of
from sim.model.timeline import Action, Timeline
from sim.panels.credit.applicants import (
    NOTHING_BOUGHT,
    RULES_CHOICE,
    Applicants,
    Bought,
    applicants,
    as_portfolio,
    rule_limits,
    seen_scores,
)
from sim.panels.live.remember import remembered
from sim.world import World, draw

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Decision = Literal["accept", "limit", "small", "prepay", "refuse"]
DECISIONS: tuple[Decision, ...] = ("accept", "limit", "small", "prepay", "refuse")

RUNS = 40
DESK_SIZE = 8
LIMITLESS_FEN = 10**13
SMALL_ORDERS = 1.5  # typical orders that may be owed at a time
CUT_OFF_GRADE = 4  # E: the rule gives nobody of this grade credit
WHOLE_BP = 10_000


@dataclass(frozen=True)
class Desk:
    """One applicants' desk: which applicants, in which times."""

    seed: int
    count: int = DESK_SIZE
    scenario: str = "normal"

    @property
    def people(self) -> Applicants:
        """The applicants."""
        return applicants(self.seed, self.count, with_big_one=True)


@dataclass(frozen=True, eq=False)
class Year:
    """What each applicant brought in each run, in fen, shape (runs, applicants); and whether it failed."""

    sales: Floats
    earned: Floats
    lost: Floats
    failed: NDArray[np.bool_]


@dataclass(frozen=True)
class Decided:
    """What was decided on one applicant, and what had been bought about it before."""

    decision: Decision
    bought: Bought = NOTHING_BOUGHT


def by_the_rule(desk: Desk) -> tuple[Decided, ...]:
    """What does the project's rule decide on unaudited accounts? E gets no credit, the others their grade's limit."""
    scores = seen_scores(desk.people, [RULES_CHOICE] * desk.count)
    grades = grade_of(scores)
    return tuple(Decided("refuse" if grade >= CUT_OFF_GRADE else "limit", RULES_CHOICE) for grade in grades)


def limit_for(people: Applicants, at: int, decided: Decided) -> int:
    """How much may this applicant owe us at any time?"""
    if decided.decision in (
        "accept",
        "refuse",
    ):  # who is refused meets a hold, and is not asked for money in advance
        return LIMITLESS_FEN
    if decided.decision == "small":
        return int(SMALL_ORDERS * people.order_fen[at])
    if decided.decision == "limit":
        scores = seen_scores(people, [decided.bought] * len(people))
        return int(rule_limits(people, grade_of(scores))[at])
    return 0


def comes_to(people: Applicants, at: int, decided: Decided) -> Decision:
    """What does a decision mean for this applicant? Within a limit of nothing it can only pay in advance."""
    if decided.decision == "limit" and not limit_for(people, at, decided):
        return "prepay"
    return decided.decision


@remembered(24, shared=True)
def year_of(desk: Desk, decisions: tuple[Decided, ...]) -> Year:
    """How do these applicants live a year under these decisions?"""
    world = world_of(desk)
    timeline = _timeline(world, desk.people, decisions)
    ledger, truth = simulate(world, timeline)
    failed = (truth.failed_on != NEVER).reshape(world.runs, desk.count)
    spent = np.array([decided.bought.cost_fen for decided in decisions], dtype=np.float64)
    return earnings(ledger, world.portfolio, failed, spent)


@lru_cache(maxsize=6)
def world_of(desk: Desk) -> World:
    """What does nature decide about these applicants?"""
    portfolio = as_portfolio(desk.people)
    return draw(portfolio, scenario_for(portfolio, desk.scenario), seed=desk.seed, runs=RUNS)


def _timeline(world: World, people: Applicants, decisions: tuple[Decided, ...]) -> Timeline:
    """The policy in force with a hand-set limit for each, and no deliveries to who was refused."""
    actions, day = [], world.scenario.first
    for at, (name, decided) in enumerate(zip(world.portfolio.column("customer"), decisions, strict=True)):
        if decided.decision == "refuse":
            actions.append(Action(day=day, customer=str(name), kind="hold"))
        limit = limit_for(people, at, decided)
        actions.append(Action(day=day, customer=str(name), kind="limit", amount_fen=limit))
    return Timeline(policy=world.portfolio.policy_in_force, actions=tuple(actions))


def earnings(ledger: Ledger, portfolio: Portfolio, failed: NDArray[np.bool_], spent: Floats) -> Year:
    """What did each customer bring in each run? What a failed one still owes is worth what such estates bring back."""
    money = _by_customer(ledger)
    company = portfolio.company
    margin, rate = company.margin_bp / WHOLE_BP, company.capital_bp / WHOLE_BP
    given_away = -(money["credit_note"] + money["discount"])
    still_owed = money["owed"] - money["write_off"]  # a write-off only says that it will not come
    lgd = portfolio.column("lgd_bp") / WHOLE_BP
    lost = np.where(failed, np.maximum(still_owed, 0.0) * lgd, -money["write_off"] - money["recovery"])
    carried = money["carried"] * (1.0 - margin) * rate
    sales = money["invoice"]
    return Year(sales, sales * margin + money["interest"] - given_away - lost - carried - spent, lost, failed)


def _by_customer(ledger: Ledger) -> dict[str, Floats]:
    """Sums of each kind of entry by run and customer; `owed` at the end, `carried` on average over a year."""
    entries, count = ledger.entries, len(ledger.customers)
    shape = (len(ledger.runs), count)
    place = np.searchsorted(np.array(ledger.runs), entries["run"].to_numpy())
    cell = place * count + entries["customer"].to_numpy()
    amount = entries["amount_fen"].to_numpy().astype(np.float64)
    kind = entries["kind"].astype(str).to_numpy()
    inside = ~np.isin(kind, OUTSIDE_AR)

    def total(rows: NDArray[np.bool_], weights: Floats) -> Floats:
        summed: Floats = np.bincount(cell[rows], weights[rows], minlength=shape[0] * count).astype(np.float64)
        return summed.reshape(shape)

    found = {name: total(kind == name, amount) for name in ENTRY_KINDS}
    found["invoice"] = found["invoice"] + total((kind == "reversal") & (amount < 0), amount)
    days_left = np.maximum(ledger.last + 1 - entries["happened_on"].to_numpy(), 0) / YEAR_DAYS
    return {**found, "owed": total(inside, amount), "carried": total(inside, amount * days_left)}
