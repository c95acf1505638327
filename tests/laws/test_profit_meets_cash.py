"""Does economic profit tell the same story as the bank account?"""

import numpy as np
import pytest

from sim.base.money import share_of
from sim.engine import simulate
from sim.measure import measure
from sim.model.portfolio import scenario_for
from sim.model.portfolio_files import load_portfolio
from sim.model.presets import load_policy
from sim.world import draw

OWED_TO_US = ("invoice", "receipt", "discount", "credit_note", "write_off")
NOT_CREDIT = ("opening", "fixed_cost", "interest")
"""Movements of cash that are no part of the economic profit of credit."""


@pytest.mark.parametrize("name", ["as_is", "balanced", "growth"])
def test_profit_before_carrying_cost_is_cash_plus_what_is_owed_to_us_less_what_we_owe(name):
    """Nothing is counted twice and nothing is forgotten: credit notes, discounts, losses, suppliers, collectors."""
    people = load_portfolio("manufacturer")
    times = scenario_for(people, "core", days=200)  # VAT and tax are no part of economic profit
    decided = load_policy(name, base=people.policy_in_force)
    ledger, _ = simulate(draw(people, times, seed=3, runs=1), decided)
    found = measure(ledger, ["economic_profit", "carrying_cost"], "all").table.set_index("metric")["value"]
    entries, cash = ledger.entries, ledger.cash

    credit_cash = int(cash.loc[~cash["kind"].isin(NOT_CREDIT), "amount_fen"].sum())
    owed_to_us = entries["kind"].isin(OWED_TO_US)
    invoices = entries[entries["kind"] == "invoice"]
    cost = [
        share_of(int(amount), 10_000 - times.company.margin_bp) for amount in invoices["amount_fen"].tolist()
    ]
    unpaid = (invoices["happened_on"] + decided.finance.supplier_days > ledger.last).to_numpy()
    yearly = int(people.yearly_sales_fen().sum())
    before = share_of(yearly, 10_000 - times.company.margin_bp) // 365
    owed_before = people.policy_in_force.finance.supplier_days * before
    owed_after = int(np.array(cost, dtype=np.int64)[unpaid].sum())

    earned = credit_cash + int(entries.loc[owed_to_us, "amount_fen"].sum()) - (owed_after - owed_before)
    assert found["economic_profit"] + found["carrying_cost"] == pytest.approx(earned, abs=len(invoices))
