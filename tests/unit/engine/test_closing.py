"""Is a company that has had its day forgotten at once?"""

import gc
import weakref
from contextlib import closing

import pytest

from sim import draw, load_portfolio
from sim.engine.run import Simulation
from sim.model.portfolio import scenario_for


@pytest.mark.parametrize("scenario", ["core", "normal"])
def test_a_closed_company_leaves_ledger_and_truth_and_nothing_else(scenario: str):
    portfolio = load_portfolio("manufacturer")
    world = draw(portfolio, scenario_for(portfolio, scenario), seed=90_114)
    gc.disable()  # or Python might come across it by chance
    try:
        with closing(Simulation(world, portfolio.policy_in_force)) as company:
            company.live_until(company.first + 40)
            ledger, truth = company.ledger(), company.truth()
            known = [weakref.ref(each) for each in (company.books, company.till, company.till.flows)]
        del company
        assert [each() for each in known] == [None, None, None]
    finally:
        gc.enable()
    assert len(ledger.entries) > 100
    assert len(truth.trust) == len(portfolio)
