"""Do the seller's books agree to the fen, whatever is switched on, drawn, insured, sold or pledged?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import simulate
from sim.engine.money.accountant import vat_in
from sim.model.accounts import Closings, closings_of
from sim.model.laws import broken_laws
from sim.model.ledger import CASH_KINDS, Ledger
from sim.model.mechanisms import Mechanisms
from sim.model.policy import LEVERS, Policy
from sim.model.scenario import Scenario
from sim.model.table_checks import check_tables
from sim.model.timeline import Timeline
from sim.world import World, draw
from tests.twin.strategies import CORE_LEVERS, policies, portfolios, scenarios

FINANCED = {
    "finance.insurance": ("none", "key", "whole"),
    "finance.factoring": ("none", "recourse", "without_recourse"),
    "finance.factoring_share_bp": (0, 5_000, 10_000),
    "finance.pledge_bp": (0, 7_000),
    "finance.stock_days": (0, 1, 30),
}
"""Levers of finance, with a liking for values that switch something on."""
STIFF = {"terms.discount_bp": 0, "collection.ladder_shift_days": 0}


@st.composite
def free_policies(draw_: st.DrawFn) -> Policy:
    """Any lever of the whole model anywhere in its range; half of those beyond finance stand still."""
    core = draw_(policies())
    levers: dict[str, Any] = {}
    for path, lever in LEVERS.items():
        if path in CORE_LEVERS:
            continue
        if path in FINANCED:
            levers[path] = draw_(st.sampled_from(FINANCED[path]))
        elif draw_(st.booleans()):
            if lever.kind == "int":
                levers[path] = draw_(st.integers(lever.low, lever.high))
            elif lever.kind == "bool":
                levers[path] = draw_(st.booleans())
            else:
                levers[path] = draw_(st.sampled_from(lever.choices))
    return core.with_levers(levers)


@st.composite
def whole_worlds(draw_: st.DrawFn) -> World:
    """Small worlds with any set of mechanisms, mostly all."""
    times: Scenario = draw_(scenarios())
    chosen = st.fixed_dictionaries({name: st.booleans() for name in Mechanisms.model_fields})
    has = draw_(st.one_of(st.just(Mechanisms.all_on()), chosen.map(lambda on: Mechanisms(**on))))
    times = times.model_copy(update={"mechanisms": has})
    return draw(draw_(portfolios()), times, seed=draw_(st.integers(0, 10_000)), runs=2)


def books(ledger: Ledger) -> Closings:
    return closings_of(ledger.balance, ledger.runs)


def cash_total(ledger: Ledger, *kinds: str) -> np.ndarray:
    rows = ledger.cash[ledger.cash["kind"].isin(kinds)]
    found: np.ndarray = rows.groupby("run")["amount_fen"].sum().reindex(ledger.runs, fill_value=0).to_numpy()
    return found


@pytest.mark.slow  # forty worlds of any policy, each ledger read several times over
@given(st.data())
@settings(max_examples=40)
def test_the_books_agree_to_the_fen_whatever_is_switched_on(data: st.DataObject):
    world: World = data.draw(whole_worlds())
    policy: Policy = data.draw(free_policies())
    line = Timeline(policy=policy)
    if data.draw(st.booleans()):
        turn = data.draw(st.integers(world.scenario.first, world.scenario.last))
        line = Timeline(policy=policy, changes=((turn, data.draw(free_policies())),))
    ledger, _ = simulate(world, line)
    check_tables(ledger)
    assert broken_laws(ledger) == []
    money = books(ledger)
    for debt in ("payables", "pledge_loan", "factoring_advances", "stock", "overdue_payables", "vat_payable"):
        assert (money.of(debt) >= 0).all(), debt
    assert (money.of("overdue_payables") <= money.of("payables")).all()
    assert (money.of("factored_receivables") <= np.maximum(money.of("receivables"), 0)).all()
    # What a financier lent came in and what was repaid went out: nothing is earned by borrowing.
    assert (cash_total(ledger, "loan") == money.of("pledge_loan")[:, -1]).all()
    cover = money.of("factor_cover").sum(axis=1)
    assert (cash_total(ledger, "factoring") == money.of("factoring_advances")[:, -1] + cover).all()


def test_every_movement_at_the_bank_is_in_the_books_once():
    """Costs and incomes of the books are the bank's movements of their kind, where nothing waits."""
    from sim.model.portfolio import scenario_for
    from sim.model.portfolio_files import load_portfolio

    people = load_portfolio("manufacturer")
    world = draw(people, scenario_for(people, days=150), seed=5, runs=2)
    policy = people.policy_in_force.with_levers(
        {"finance.insurance": "whole", "finance.factoring": "recourse", "finance.pledge_bp": 7_000}
    )
    ledger, _ = simulate(world, policy)
    money = books(ledger)
    for kind in set(CASH_KINDS) & {"fixed_cost", "payroll", "premium", "factoring_fee", "loan_interest"}:
        assert (money.of(kind).sum(axis=1) == -cash_total(ledger, kind)).all(), kind
    assert (money.of("indemnity").sum(axis=1) == cash_total(ledger, "indemnity")).all()
    gross = ledger.entries[ledger.entries["kind"] == "invoice"].groupby("run")["amount_fen"].sum().to_numpy()
    cancelled = ledger.entries[(ledger.entries["kind"] == "reversal") & (ledger.entries["amount_fen"] < 0)]
    gross = gross + cancelled.groupby("run")["amount_fen"].sum().reindex(ledger.runs, fill_value=0).to_numpy()
    assert money.of("sales").sum(axis=1) == pytest.approx(gross - vat_in(gross), abs=12)
