"""What happens at the ends of what is possible? There the answer is known without any formula."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sim.base.days import NEVER
from sim.engine import simulate
from sim.model import moves
from sim.model.behaviour import Lateness
from sim.model.laws import broken_laws
from sim.model.ledger import Ledger
from sim.model.policy import LadderStep, Policy
from sim.model.table_checks import check_tables
from sim.twin import simulate_plainly
from sim.world import World, draw
from tests.twin.worlds import LET_ALL_THROUGH, customers, one_behaviour, portfolio, scenario

Teller = Callable[[World, Policy], Ledger]
NEVER_PAYS = one_behaviour(Lateness(kind="never"))
PAYS_NEXT_DAY = one_behaviour(Lateness(kind="table", start=-59, unpaid=(0.0, 0.0)))  # invoices are net 60
FREE = Policy().with_levers(LET_ALL_THROUGH)
MANY_CALLS = Policy().with_levers(
    LET_ALL_THROUGH | {"collection.ladder": (LadderStep(days=-50, move="phone"),)}
)


@pytest.fixture(params=["engine", "twin"])
def tell(request: pytest.FixtureRequest) -> Teller:
    """Both ways of telling the story."""
    return simulate_plainly if request.param == "twin" else lambda world, policy: simulate(world, policy)[0]


def sound(ledger: Ledger) -> Ledger:
    check_tables(ledger)
    assert broken_laws(ledger) == []
    return ledger


def total(ledger: Ledger, *kinds: str) -> int:
    return int(ledger.entries.loc[ledger.entries["kind"].isin(kinds), "amount_fen"].sum())


def test_if_nobody_pays_all_that_was_sold_is_written_off_on_its_day(tell: Teller):
    people = portfolio(customers(5, default_bp_year=0, dispute_bp=0), behaviours=NEVER_PAYS)
    ledger = sound(
        tell(draw(people, scenario(200), runs=2), FREE.with_levers({"collection.write_off_days": 90}))
    )
    assert total(ledger, "receipt", "discount", "recovery") == 0
    assert "receipt" not in set(ledger.cash["kind"])
    written_off = ledger.entries[ledger.entries["kind"] == "write_off"]
    assert (written_off["happened_on"] - written_off["due_on"] == 90).all()
    hopeless = (ledger.entries["kind"] == "invoice") & (ledger.entries["due_on"] + 90 <= ledger.last)
    assert total(ledger, "write_off") == -ledger.entries.loc[hopeless, "amount_fen"].sum() < 0


def test_if_nobody_pays_pressing_changes_nothing(tell: Teller):
    world = draw(portfolio(customers(5), behaviours=NEVER_PAYS), scenario(120))
    pressed = MANY_CALLS.with_levers({"collection.collectors": 20})
    ledger = sound(tell(world, pressed))
    assert (ledger.actions["kind"] == "contact").any()
    kept = ledger.actions[ledger.actions["kind"] == "promise_kept"]
    assert len(kept) == (ledger.entries["kind"] == "receipt").sum()  # only a given word brings money


def test_if_all_pay_at_once_only_one_day_of_sales_is_open(tell: Teller):
    people = portfolio(customers(5, default_bp_year=0, dispute_bp=0), behaviours=PAYS_NEXT_DAY)
    ledger = sound(tell(draw(people, scenario(120, calendar="every_day"), runs=2), FREE))
    receipts = ledger.entries[ledger.entries["kind"] == "receipt"]
    invoices = ledger.entries[ledger.entries["kind"] == "invoice"]
    assert (receipts["happened_on"] - receipts["invoiced_on"] == 1).all()
    assert len(receipts) == (invoices["happened_on"] < ledger.last).sum()


def test_without_collectors_nobody_is_phoned_or_paid_for(tell: Teller):
    world = draw(portfolio(customers(5)), scenario(150))
    ledger = sound(tell(world, Policy().with_levers({"collection.collectors": 0})))
    contacts = ledger.actions[ledger.actions["kind"] == "contact"]
    by_hand = {move.name for move in moves.MOVES if move.minutes}
    assert len(contacts) > 0
    assert not set(contacts["move"]) & by_hand
    assert not (ledger.actions["kind"] == "promise_made").any()
    assert not (ledger.cash["kind"] == "payroll").any()


def test_with_infinite_limits_no_order_is_held_or_lost(tell: Teller):
    world = draw(portfolio(customers(5, grade="E", default_bp_year=0)), scenario(150), runs=2)
    ledger = sound(tell(world, FREE))
    assert len(ledger.orders) > 0
    assert (ledger.orders["released_on"] == ledger.orders["wanted_on"]).all()
    assert (ledger.orders[["held_on", "lost_on"]] == NEVER).all(axis=None)


def test_with_no_limit_at_all_nothing_is_sold(tell: Teller):
    world = draw(portfolio(customers(5, grade="E", patience_days=0)), scenario(150))
    ledger = sound(tell(world, Policy()))
    assert len(ledger.entries) == 0
    assert (ledger.orders["lost_on"] == ledger.orders["wanted_on"]).all()
    assert set(ledger.orders["hold_reason"]) == {"limit"}


def test_without_orders_only_the_opening_items_live_on(tell: Teller):
    people = portfolio(customers(3, orders_per_year=0.0), opening=[("c1", 10, 30, 5_000)])
    ledger = sound(tell(draw(people, scenario(200)), Policy()))
    assert len(ledger.orders) == 0
    assert set(ledger.entries["against"]) == {0}
    assert set(ledger.cash["kind"]) <= {"opening", "receipt", "payroll", "collection", "interest"}


def test_without_orders_and_opening_items_nothing_happens_but_wages(tell: Teller):
    ledger = sound(tell(draw(portfolio(customers(3, orders_per_year=0.0)), scenario(30)), Policy()))
    assert len(ledger.entries) == len(ledger.orders) == 0
    assert set(ledger.cash["kind"]) == {"opening", "payroll", "interest"}
    assert list(ledger.actions["kind"]) == ["insolvent"]  # no plan, no overdraft


def test_a_horizon_of_one_day_is_a_ledger(tell: Teller):
    people = portfolio(customers(8, orders_per_year=5_000.0), opening=[("c0", 40, 30, 100_000)])
    ledger = sound(tell(draw(people, scenario(1, calendar="every_day"), runs=2), Policy()))
    assert ledger.first == ledger.last
    assert set(ledger.entries["kind"]) >= {"opening", "invoice"}
    assert set(ledger.cash["happened_on"]) == {ledger.first - 1, ledger.first}


def test_if_all_fail_all_that_is_open_is_lost_less_what_comes_back(tell: Teller):
    ruin = customers(6, default_bp_year=10_000, lgd_bp=6_000, dispute_bp=0)
    world = draw(portfolio(ruin, behaviours=NEVER_PAYS), scenario(365, default_pct=1_000), runs=2)
    ledger = sound(tell(world, FREE))
    failed = ledger.actions[ledger.actions["kind"] == "default_known"]
    assert len(failed) == 12
    assert total(ledger, "invoice") == -total(ledger, "write_off") == failed["amount_fen"].sum()
    early = failed.loc[failed["happened_on"] + 240 <= ledger.last, "amount_fen"].sum()
    assert -total(ledger, "recovery") == pytest.approx(0.4 * early, abs=len(ledger.entries))


def test_with_collectors_without_end_every_promise_that_fell_due_was_kept_or_broken(
    tell: Teller,
):
    people = portfolio(customers(6, default_bp_year=0, dispute_bp=0))
    world = draw(people, scenario(300))
    ladder = (LadderStep(days=5, move="phone"),)
    ledger = sound(
        tell(world, MANY_CALLS.with_levers({"collection.collectors": 20, "collection.ladder": ladder}))
    )
    settled = ledger.actions[ledger.actions["until"] < ledger.last - 10]
    made, kept, broken = (int((settled["kind"] == kind).sum()) for kind in
                          ("promise_made", "promise_kept", "promise_broken"))  # fmt: skip
    assert made == kept + broken
    assert made > 0
