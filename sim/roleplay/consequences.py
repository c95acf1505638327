"""What is a talk worth in the ledger? The next 90 days of one account and of the till, with and without it, same luck.

A customer of the simulation of the scenario's segment and hidden kind stands in; sums are taken as shares of what it
owes. Everything the talk brought is sent as dated actions into the same world. For debriefs only: the choice of the
account looks at what is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.base.days import Day
from sim.engine import simulate
from sim.measure import Books
from sim.measure.by_customer import limits
from sim.model.timeline import Action, Timeline
from sim.roleplay.facts import Facts
from sim.roleplay.promise import chance_kept
from sim.roleplay.scenario import Account, Channel, Then
from sim.roleplay.talk import Talk
from sim.study.lives import policy_named, world_of
from sim.world import World

AHEAD = 90
TALK_AFTER = (60, 75, 90, 105, 120)
"""Days after the opening on which the talk may take place: the first on which such a customer is late."""
SEED = 1
SCENARIO, POLICY = "normal", "as_is"
MOVES: dict[Channel, str | None] = {
    "phone": "phone", "visit": "visit", "meeting": "visit", "dinner": "visit", "mail": "email", "letter": "letter",
    "board": None,
}  # fmt: skip
IMPRESSION_SHARE = 0.5
"""How much of the trust won or lost in the talk stays after it (assumption)."""
GUARANTEE_BP = 5_000
NEXT_PROMISE_AFTER = 4
"""Days after one agreed sum's date on which the next one is confirmed."""
Cents = NDArray[np.int64]


@dataclass(frozen=True)
class StandIn:
    """The account on which the consequences are shown."""

    customer: str
    code: int
    day: Day  # of the talk
    owed_fen: int
    overdue_fen: int
    limit_fen: int  # credit limit in force; what it owes where none was ever set


@dataclass(frozen=True, eq=False)
class Aftermath:
    """Day by day from the talk on, for the account and the till; the first row is the evening before the talk."""

    stand_in: StandIn
    days: NDArray[np.int64]
    owed_with: Cents  # still open of what it owed on the evening before the talk
    owed_without: Cents
    cash_with: Cents
    cash_without: Cents
    sold_with: int  # invoiced to it since the talk
    sold_without: int
    actions: tuple[Action, ...]
    chance: float | None  # that an agreed sum is paid on its day; None when nothing was agreed

    @property
    def days_earlier(self) -> float:
        """By how many days earlier was what it owed settled, on average over the money and within 90 days?"""
        return float((self.owed_without - self.owed_with).sum() / max(self.stand_in.owed_fen, 1))


@lru_cache(maxsize=2)
def _plain_life(portfolio: str) -> tuple[Books, NDArray[np.object_]]:
    """One year's luck without any talk, and what kind of payer each customer really is."""
    world = _world(portfolio)
    ledger, truth = simulate(world, policy_named(POLICY, portfolio))
    return Books(ledger), truth.customers()["archetype"].to_numpy(dtype=object)


def _world(portfolio: str) -> World:
    return world_of(portfolio, SCENARIO, SEED, 1, TALK_AFTER[-1] + AHEAD + 5, ())


def stand_in_for(account: Account) -> StandIn:
    """Which customer stands in, and on which day is the talk? Raises BadInput for an unknown portfolio.

    Of the segment and hidden kind the one most overdue on the first day on which one is; else of the segment alone.
    """
    books, kinds = _plain_life(account.portfolio)
    segments = books.ledger.customers["segment"].to_numpy(dtype=object)
    of_segment = segments == account.segment
    wanted = (of_segment & (kinds == account.archetype), of_segment, np.ones(len(kinds), dtype=np.bool_))
    first = books.ledger.first
    for who in wanted:
        for after in TALK_AFTER:
            day = _workday(account.portfolio, first + after)
            owed, overdue = standing(books, day - 1)
            late = np.where(who, overdue, 0)
            if late.max(initial=0) > 0:
                code = int(late.argmax())
                name = str(books.ledger.customers["customer"].iloc[code])
                limit = limits(books, np.array([day - 1]))[0, 0, code]
                in_force = int(owed[code]) if np.isnan(limit) else int(limit)
                return StandIn(name, code, day, int(owed[code]), int(overdue[code]), in_force)
    raise LookupError(f"nobody in {account.portfolio} is ever late")


def _workday(portfolio: str, day: Day) -> Day:
    return int(_world(portfolio).workday_for(day))


def standing(books: Books, day: Day) -> tuple[Cents, Cents]:
    """What does each customer owe at the end of this day, and how much of it is past due? Shape (customers,) each."""
    entries, count = books.ledger.entries, len(books.ledger.customers)
    until = books.in_ar & (entries["happened_on"].to_numpy() <= day)
    late = until & (entries["due_on"].to_numpy() < day)
    who, amount = entries["customer"].to_numpy(), books.amount
    owed, overdue = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    np.add.at(owed, who[until], amount[until])
    np.add.at(overdue, who[late], amount[late])
    return owed, overdue


def aftermath(talk: Talk, facts: Facts) -> Aftermath:
    """The 90 days after this talk. Raises BadInput when the account's portfolio is unknown."""
    scenario = talk.scenario
    stand_in = stand_in_for(scenario.account)
    actions = tuple(actions_of(talk, facts, stand_in))
    portfolio = scenario.account.portfolio
    without, _ = _plain_life(portfolio)
    timeline = Timeline(policy=policy_named(POLICY, portfolio), actions=actions)
    with_talk = Books(simulate(_world(portfolio), timeline)[0]) if actions else without
    days = np.arange(stand_in.day - 1, stand_in.day + AHEAD)
    (owed, cash, sold), (owed_0, cash_0, sold_0) = (
        _course(books, stand_in, days) for books in (with_talk, without)
    )
    chance = chance_kept(talk.state, talk.agreed) if talk.agreed.pay else None
    return Aftermath(stand_in, days, owed, owed_0, cash, cash_0, sold, sold_0, actions, chance)


def _course(books: Books, stand_in: StandIn, days: NDArray[np.int64]) -> tuple[Cents, Cents, int]:
    """What is open of the old debt and what is in the till at the end of each of these days; what was sold since."""
    entries = books.ledger.entries
    theirs = (entries["customer"].to_numpy() == stand_in.code) & books.in_ar
    happened, amount = entries["happened_on"].to_numpy(), books.amount
    old = theirs & (entries["invoiced_on"].to_numpy() < stand_in.day)
    new = theirs & books.is_kind("invoice") & (happened >= stand_in.day) & (happened <= days[-1])
    cash = books.ledger.cash
    at = np.searchsorted(cash["happened_on"].to_numpy(), days, side="right") - 1
    return (
        _running(happened[old], amount[old], days),
        cash["balance_fen"].to_numpy()[at],
        int(amount[new].sum()),
    )


def _running(happened: NDArray[np.int32], amount: Cents, days: NDArray[np.int64]) -> Cents:
    """The sum of these amounts up to the end of each day."""
    order = np.argsort(happened, kind="stable")
    total = np.concatenate(([0], np.cumsum(amount[order])))
    return total[np.searchsorted(happened[order], days, side="right")].astype(np.int64)


def actions_of(talk: Talk, facts: Facts, stand_in: StandIn) -> Iterator[Action]:
    """The talk as dated actions on the account that stands in: contact, impression, promises, what the ending brings.

    A talk that was broken off, or ended unlawfully, brings nothing but the impression it left and what its ending does;
    one that was refused or handed over, no promise either (`UNBINDING`: nothing is agreed any more).
    """
    if not talk.turns or talk.ending is None:
        return
    day, customer = stand_in.day, stand_in.customer
    spoilt = talk.ending.kind in ("unlawful", "broke_off")
    move = MOVES[talk.scenario.channel[0]]
    if move is not None and not spoilt:
        yield Action(day=day, customer=customer, kind="contact", move=move, outcome="reached")  # type: ignore[arg-type]
    points = round(IMPRESSION_SHARE * (talk.state["trust"] - talk.character.start.trust))
    if points:
        yield Action(day=day, customer=customer, kind="impression", points=max(min(points, 60), -60))
    yield from _promises(talk, facts, stand_in)
    for then in talk.ending.then:
        if then.do != "plan" or not talk.agreed.pay:  # dated sums say more than a plan
            yield _then(then, stand_in)


def _promises(talk: Talk, facts: Facts, stand_in: StandIn) -> Iterator[Action]:
    """One promise after the other: the next sum is confirmed once the day of the last one has passed."""
    chance = round(100 * chance_kept(talk.state, talk.agreed))
    day = stand_in.day
    for instalment in facts.instalments(talk.agreed):
        until = max(stand_in.day + instalment.days, day + 1)
        if until > stand_in.day + AHEAD:
            break
        amount = round(min(instalment.share, 1.0) * stand_in.owed_fen)
        yield Action(
            day=day,
            customer=stand_in.customer,
            kind="promise",
            until=until,
            amount_fen=amount,
            chance_pct=chance,
        )
        day = until + NEXT_PROMISE_AFTER


def _then(then: Then, stand_in: StandIn) -> Action:
    """What an ending brings, as an action on the account."""
    day, customer = stand_in.day, stand_in.customer
    percent = then.percent or 0.0
    if then.do == "limit":
        return Action(
            day=day, customer=customer, kind="limit", amount_fen=round(percent / 100 * stand_in.limit_fen)
        )
    if then.do == "guarantee":
        cover = round(percent * 100) if then.percent is not None else GUARANTEE_BP
        return Action(day=day, customer=customer, kind="guarantee", cover_bp=min(cover, 10_000))
    if then.do == "dispute_settled":
        return Action(
            day=day, customer=customer, kind="dispute_settled", credited_bp=min(round(percent * 100), 10_000)
        )
    if then.do == "hand_over":
        return Action(day=day, customer=customer, kind="hand_over", to=then.to)
    if then.do == "plan":
        return Action(day=day, customer=customer, kind="plan", instalments=then.instalments or 3)
    if then.do == "visit":
        return Action(day=day, customer=customer, kind="contact", move="visit", outcome="reached")
    return Action(day=day, customer=customer, kind=then.do)
