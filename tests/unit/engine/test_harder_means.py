"""What do stop of supply, an agency and a court bring, and what do they cost?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import sim.engine.collection.agency
from sim.base.days import NEVER
from sim.base.draws import Purpose
from sim.engine import simulate
from sim.model.agency import AGENCY
from sim.model.behaviour import Lateness
from sim.model.law import payment_order_fee, years_after
from sim.model.laws import broken_laws
from sim.model.suit import PAYMENT_ORDER, SUIT, suit_outlay, win_chance
from sim.model.timeline import Action, Timeline
from sim.world import World, draw
from tests.twin.worlds import customers, one_behaviour, portfolio, scenario
from tests.unit.engine.tiny import (
    Order,
    Owed,
    acts,
    cash,
    company,
    contacts,
    entries,
    fates,
    live,
    paid,
    policy,
)

NOBODY_PAYS = Lateness(kind="never", centre=1.0)
OBJECTS, ORDER_ENFORCED, PAPERS, FILING, TRIAL, APPEALS, APPEAL, WINS, ENFORCED = range(9)
SMOOTH = {OBJECTS: 0.999, ORDER_ENFORCED: 0.5, PAPERS: 0.0, FILING: 0.5, TRIAL: 0.5, APPEALS: 0.999, APPEAL: 0.5,
          WINS: 0.0, ENFORCED: 0.5}  # fmt: skip
"""Nobody objects, all papers are there, everything takes its median time, and we win."""


@pytest.fixture
def luck(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Decides what nature says to an agency (one value) and to a court (by the draw of the case)."""
    usual = World.luck_at

    def decide(*, agency: float = 0.5, **court: float) -> None:
        said = SMOOTH | {globals()[name.upper()]: value for name, value in court.items()}

        def luck_at(self: World, purpose: Purpose, cells: Any, number: Any) -> Any:
            if purpose is Purpose.AGENCY:
                return np.full(len(cells), agency)
            if purpose is Purpose.LEGAL:
                return np.array([said[int(n) % 16] for n in np.broadcast_to(number, len(cells))])
            return usual(self, purpose, cells, number)

        monkeypatch.setattr(World, "luck_at", luck_at)

    return decide


def outcomes(ledger: Any, kind: str) -> list[tuple[int, str, int]]:
    """Actions of a kind as (day, outcome, amount)."""
    rows = ledger.actions[ledger.actions["kind"] == kind]
    days = rows["happened_on"] - ledger.first
    return [
        (int(d), str(o), int(a)) for d, o, a in zip(days, rows["outcome"], rows["amount_fen"], strict=True)
    ]


# --- stop of supply -----------------------------------------------------------------------------------------------


def test_who_owes_for_too_long_is_not_supplied_until_it_has_paid():
    # Clock 0.1 a day, from the stop on day 40 (half bound, half free: (3.0 + 1.5) / 2) 0.225: 5.0 is reached on day 45.
    world = company(Order(0, 500, luck=5.0), Order(42, 600), days=80)
    ledger = live(world, policy(collection__stop_supply_days=10))
    assert acts(ledger, "stop_supply", "supply_again") == [
        (40, "stop_supply", 0, 500),
        (45, "supply_again", 0, 0),
    ]
    assert paid(ledger) == [(45, 500)]
    assert fates(ledger) == [("", None, 0, None), ("stop_supply", 42, 45, None)]


def test_a_stop_moves_those_who_depend_on_us():
    days = []
    for dependence in (0, 50, 100):
        world = company(Order(0, 500, luck=5.0), table={"dependence_pct": dependence})
        days.append(paid(live(world, policy(collection__stop_supply_days=10)))[0][0])
    assert days == [47, 45, 44]  # 0.15, 0.225 and 0.3 a day instead of 0.1


def test_others_are_supplied_as_before():
    world = company(Order(0, 500), Order(45, 700, customer=1))
    assert fates(live(world, policy(collection__stop_supply_days=10)))[1] == ("", None, 45, None)


# --- agency -------------------------------------------------------------------------------------------------------


def test_an_agency_from_the_first_day_gets_every_late_claim(luck: Callable[..., None]):
    luck(agency=0.5)
    world = company(*(Order(day, 1_000, luck=5.0) for day in range(0, 40, 10)))
    ledger = live(world, policy(collection__agency_days=1))
    handed = outcomes(ledger, "handed_over")
    assert handed == [(day + 31, "agency", 1_000) for day in range(0, 40, 10)]
    # 3.1 on the clock, then 0.3 a day instead of 0.1: seven days.
    assert paid(ledger) == [(day + 38, 1_000) for day in range(0, 40, 10)]
    assert cash(ledger, "agency") == [(day + 38, -120) for day in range(0, 40, 10)]  # 12 % of young claims


def test_the_debtor_of_an_old_claim_may_not_react(luck: Callable[..., None]):
    luck(agency=0.9)  # above the chance of any claim older than a month
    ledger = live(company(Order(0, 1_000, luck=10.0)), policy(collection__agency_days=40))
    assert paid(ledger) == [(100, 1_000)]
    assert cash(ledger, "agency") == [(100, -120)]  # it keeps its share all the same


def test_what_the_agency_cannot_collect_comes_back_once():
    ledger = live(
        company(Order(0, 1_000), days=500), policy(collection__agency_days=10, collection__write_off_days=720)
    )
    assert outcomes(ledger, "handed_over") == [(40, "agency", 1_000)]
    assert outcomes(ledger, "handed_back") == [(220, "closed", 1_000)]


def test_nobody_else_asks_while_the_agency_does():
    rules = policy(
        collection__agency_days=10,
        collection__ladder=({"days": 5, "move": "email"}, {"days": 20, "move": "email"}),
    )
    ledger = live(company(Order(0, 1_000), days=260), rules)
    assert [day for day, *_ in contacts(ledger)] == [35]


def test_an_agency_that_breaks_the_law_costs_us(luck: Callable[..., None]):
    luck(agency=0.0)
    ledger = live(company(Order(0, 1_000)), policy(collection__agency_days=10))
    assert outcomes(ledger, "contact") == [(40, "unlawful", 1_000)]
    assert cash(ledger, "legal") == [(40, -AGENCY.breach_fen)]


def test_a_partner_who_was_looked_into_breaks_the_law_less_often(luck: Callable[..., None]):
    luck(agency=(AGENCY.breach + AGENCY.breach_checked) / 2)
    world = company(Order(0, 1_000), Order(5, 1_000, customer=1))
    ledger = live(world, policy(collection__agency_days=10, collection__agency_checked=True))
    assert outcomes(ledger, "contact") == []
    assert cash(ledger, "information") == [(40, -AGENCY.check_fen)]  # once


def test_a_stronger_agency_never_brings_money_later(monkeypatch: pytest.MonkeyPatch):
    people = portfolio(customers(20, orders_per_year=24.0))
    world = draw(people, scenario(300), seed=5, runs=2)
    rules = policy(collection__agency_days=15, collection__write_off_days=720)
    usual = sim.engine.collection.agency.agency_effect
    found = []
    for factor in (1.0, 1.7):
        monkeypatch.setattr(
            sim.engine.collection.agency, "agency_effect", lambda kind, factor=factor: usual(kind) * factor
        )
        receipts = simulate(world, rules)[0].entries.query("kind == 'receipt'")
        found.append(receipts.groupby(["run", "against"])["happened_on"].max())
    weak, strong = (days.reindex(found[0].index.union(found[1].index), fill_value=NEVER) for days in found)
    assert (strong <= weak).all()
    assert (strong < weak).any()


# --- court --------------------------------------------------------------------------------------------------------


def test_a_payment_order_to_which_nobody_objects(luck: Callable[..., None]):
    luck()
    world = company(Order(0, 1_000_000), lateness=NOBODY_PAYS, days=420)
    ledger = live(world, policy(collection__court_days=60, collection__payment_order=True))
    median = PAYMENT_ORDER.enforcement.median_days
    assert outcomes(ledger, "handed_over") == [(90, "payment_order", 1_000_000)]
    assert outcomes(ledger, "court_ruling") == [(125, "accepted", 1_000_000)]
    assert paid(ledger) == [(125 + median, 350_000)]
    assert entries(ledger, "write_off") == [(395, "write_off", 0, -650_000)]  # the rest, when it is too old
    assert cash(ledger, "legal") == [(90, -int(payment_order_fee(np.array([1_000_000]))[0]))]
    assert broken_laws(ledger) == []


def test_an_objection_leads_to_a_suit(luck: Callable[..., None]):
    luck(objects=0.0)
    world = company(Order(0, 1_000_000), lateness=NOBODY_PAYS, days=500)
    rules = policy(collection__court_days=60, collection__payment_order=True, collection__preservation=True)
    ledger = live(world, rules)
    judged = 125 + SUIT.filing.median_days + SUIT.simplified.median_days
    assert outcomes(ledger, "court_ruling") == [(125, "objected", 1_000_000), (judged, "won", 1_000_000)]
    assert paid(ledger) == [(judged + SUIT.enforcement.median_days, 750_000)]
    claim, yes = np.array([1_000_000]), np.array([True])
    outlay = payment_order_fee(claim) + suit_outlay(claim, yes, yes)
    assert -sum(amount for _, amount in cash(ledger, "legal")) == int(outlay[0])


def test_a_suit_that_is_lost_ends_the_claim(luck: Callable[..., None]):
    luck(wins=0.999)
    world = company(Order(0, 1_000_000), lateness=NOBODY_PAYS, days=400)
    ledger = live(world, policy(collection__court_days=60))
    judged = 90 + SUIT.filing.median_days + SUIT.simplified.median_days
    assert outcomes(ledger, "handed_back") == [(judged, "lost", 1_000_000)]
    assert entries(ledger, "write_off") == [(judged, "write_off", 0, -1_000_000)]
    assert paid(ledger) == []


def test_nothing_is_given_up_while_the_court_is_at_work(luck: Callable[..., None]):
    luck()
    world = company(Order(0, 1_000_000), lateness=NOBODY_PAYS, days=400)
    ledger = live(world, policy(collection__court_days=60, collection__write_off_days=90))
    won = 90 + SUIT.filing.median_days + SUIT.simplified.median_days
    assert [day for day, *_ in entries(ledger, "write_off")] == [won + SUIT.enforcement.median_days]


def test_all_late_claims_of_a_customer_go_to_court_together(luck: Callable[..., None]):
    luck()
    world = company(Order(0, 1_000), Order(20, 2_000), Order(60, 4_000), lateness=NOBODY_PAYS, days=100)
    ledger = live(world, policy(collection__court_days=60))
    assert outcomes(ledger, "handed_over") == [
        (90, "court", 1_000),
        (90, "court", 2_000),
    ]  # the third is not late


def test_a_debtor_who_pays_meanwhile_ends_the_case(luck: Callable[..., None]):
    luck()
    ledger = live(company(Order(0, 1_000, luck=9.6), days=300), policy(collection__court_days=60))
    assert [amount for _, amount in paid(ledger)] == [1_000]
    assert outcomes(ledger, "court_ruling") == []


@pytest.mark.parametrize(
    ("days_left", "letter_on", "filed"), [(9, None, 0), (9, 0, 1), (-1, 0, 0), (25, None, 1)]
)
def test_a_claim_can_be_sued_for_within_three_years_or_of_a_letter_that_came_in_time(
    luck: Callable[..., None], days_left: int, letter_on: int | None, filed: int
):
    luck()
    world = company(Owed(1_000, 1_000_000, net=30), lateness=NOBODY_PAYS, days=60)
    first = world.scenario.first
    item = Owed(int(first - 1 + 30 - years_after(np.array([first + days_left]), -3)[0]), 1_000_000, net=30)
    world = company(item, lateness=NOBODY_PAYS, days=60)
    quiet, suing = (policy(collection__court_days=days) for days in (0, 60))
    letters = [Action(day=first + letter_on, customer="c0", move="letter")] if letter_on is not None else []
    rules = Timeline(policy=quiet, changes=((first + 20, suing),), actions=tuple(letters))
    assert len(outcomes(live(world, rules), "handed_over")) == filed


def test_what_was_written_off_is_sued_for_and_comes_back_as_a_recovery(luck: Callable[..., None]):
    luck()
    world = company(Order(0, 1_000_000), lateness=NOBODY_PAYS, days=500)
    ledger = live(world, policy(collection__court_days=120, collection__write_off_days=100))
    money_on = 150 + SUIT.filing.median_days + SUIT.simplified.median_days + SUIT.enforcement.median_days
    assert entries(ledger, "write_off", "recovery") == [
        (130, "write_off", 0, -1_000_000),
        (money_on, "recovery", 0, -350_000),
    ]
    assert cash(ledger, "recovery") == [(money_on, 350_000)]
    assert broken_laws(ledger) == []


def test_time_and_money_of_many_payment_orders_agree_with_the_formula():
    people = portfolio(
        customers(500, orders_per_year=0.0, default_bp_year=0),
        behaviours=one_behaviour(NOBODY_PAYS, archetype="forgetful"),
        opening=[(f"c{who}", 90, 30, 1_000_000) for who in range(500)],
    )
    world = draw(people, scenario(1_100, calendar="every_day"), seed=11)
    rules = policy(collection__court_days=60, collection__payment_order=True, collection__write_off_days=720)
    ledger = simulate(world, rules)[0]
    objects = PAYMENT_ORDER.objects[1]
    rulings = ledger.actions[ledger.actions["kind"] == "court_ruling"]
    accepted = rulings[rulings["outcome"] == "accepted"]
    assert len(accepted) / 500 == pytest.approx(1 - objects, abs=4 * np.sqrt(objects * (1 - objects) / 500))
    receipts = ledger.entries[ledger.entries["kind"] == "receipt"].set_index("customer")
    days = receipts.loc[accepted["customer"], "happened_on"].to_numpy() - ledger.first
    grid = (np.arange(100_000) + 0.5) / 100_000
    enforced = PAYMENT_ORDER.enforcement.days_at(grid)
    assert days.mean() == pytest.approx(35 + enforced.mean(), abs=4 * enforced.std() / np.sqrt(len(days)))
    wins = float(np.dot([0.5, 0.4, 0.1], win_chance(np.arange(3))))
    expected = (1 - objects + objects * wins) * 0.35
    collected = -receipts["amount_fen"].sum() / (500 * 1_000_000)
    assert collected == pytest.approx(expected, abs=4 * 0.35 * np.sqrt(0.05 / 500))
    assert broken_laws(ledger) == []
