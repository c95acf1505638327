"""A fit says what it fitted, what it assumed, and what cannot be known."""

from dataclasses import replace

import numpy as np
import pytest

from sim.base.errors import BadInput
from sim.calibrate import fit
from sim.model.portfolio_files import load_portfolio, write_portfolio
from sim.words import Words
from tests.unit.calibrate.ledgers import FIRST, lateness_of, ledger_of


@pytest.fixture(scope="module")
def ledger():
    return lateness_of(5, [0.0, 10.0, 25.0] * 10, 30, last=FIRST + 800)


def test_every_finding_has_words_in_both_languages(ledger):
    for finding in fit(ledger).findings:
        for lang in ("en", "zh"):
            assert "{" not in Words(lang).say(finding.key, **finding.values)


def test_what_cannot_be_known_is_said(ledger):
    keys = {finding.key for finding in fit(ledger).findings}
    assert {"fit.assumed.archetypes", "fit.assumed.effort", "fit.assumed.defaults"} <= keys
    assert {"fit.unknown.why", "fit.unknown.write_offs", "fit.unknown.orders"} <= keys
    assert fit(ledger).portfolio.basis["archetypes"] == "A"


def test_the_opening_is_what_was_open_on_the_last_day(ledger):
    portfolio = fit(ledger).portfolio
    open_fen = int(ledger.entries["amount_fen"].sum())
    assert portfolio.last_day == ledger.last
    assert int(portfolio.opening["amount_fen"].sum()) == open_fen > 0


def test_settled_items_only_open_with_what_was_open_on_the_last_invoice_day():
    found = fit(lateness_of(6, [5.0] * 10, 40))
    portfolio = found.portfolio
    assert len(portfolio.opening) > 0
    assert (portfolio.opening["invoiced_on"] <= portfolio.last_day).all()
    assert any(finding.key == "fit.unknown.only_settled" for finding in found.findings)


def test_the_policy_in_force_adds_nothing_to_the_lateness_seen(ledger):
    policy = fit(ledger).portfolio.policy_in_force
    assert (policy.collection.ladder, policy.collection.collectors) == ((), 0)
    assert policy.terms.net_days == 30
    assert policy.credit.limit_enforcement == "none"


def test_customers_with_other_terms_keep_them():
    days = FIRST + np.arange(40) * 7
    both = np.concatenate([days, days, days])
    terms = np.repeat([30, 30, 60], 40)
    found = fit(
        ledger_of(np.repeat([0, 1, 2], 40), both, both + terms, both + terms + 3, last=FIRST + 900)
    ).portfolio
    assert found.policy_in_force.terms.net_days == 30
    assert list(found.column("extra_net_days")) == [0, 0, 30]


def test_a_fitted_portfolio_reads_back_as_it_was_written(ledger, tmp_path):
    portfolio = fit(ledger).portfolio
    write_portfolio(portfolio, tmp_path / "fitted")
    again = load_portfolio(tmp_path / "fitted")
    assert again.behaviours == portfolio.behaviours
    assert np.allclose(again.mix, portfolio.mix)
    assert again.opening.equals(portfolio.opening)


def test_a_ledger_without_payments_or_of_many_runs_is_refused(ledger):
    with pytest.raises(BadInput, match="no_payments"):
        fit(replace(ledger, coverage=frozenset({"open_items", "invoice_dates"})))
    with pytest.raises(BadInput, match="several_runs"):
        fit(replace(ledger, runs=(0, 1)))
    with pytest.raises(BadInput, match="too_few_payments"):
        fit(lateness_of(1, [5.0], 10))


def test_the_same_ledger_gives_the_same_fit(ledger):
    one, other = fit(ledger).portfolio, fit(ledger).portfolio
    assert one.customers.equals(other.customers)
    assert (one.mix == other.mix).all()
