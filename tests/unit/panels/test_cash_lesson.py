"""Are the cash forecast and the probability of ruin what the kit's own measures say?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.measure import Books, forecast_on
from sim.panels.live.compute import portfolio_of
from sim.panels.money.cash_forecast_check import (
    SCENARIOS,
    cash_forecast_check,
    error,
    forecast_and_fact,
    future,
    origins,
)
from sim.panels.money.ruin_probability import BEGIN, MOVED, ruin_probability
from sim.panels.money.ruin_runs import Asked, batch, known


def test_the_forecast_is_the_one_that_could_have_been_made_that_evening():
    books = future("growth_rush", 0)
    day = origins(books)[1]
    from_open, from_new, came = forecast_and_fact("growth_rush", 0, day)
    table = forecast_on(books.ledger, day)
    assert np.allclose(table["from_open"], from_open)
    assert np.allclose(table["from_new_sales"], from_new)
    entries = books.ledger.entries
    paid = entries[
        (entries["kind"] == "receipt") & (entries["happened_on"] > day) & (entries["happened_on"] <= day + 91)
    ]
    assert came.sum() == -paid["amount_fen"].sum()


def test_each_forecast_shown_can_be_judged_for_all_its_weeks():
    books = future("normal", 0)
    assert all(day + 91 <= books.ledger.last for day in origins(books))
    assert len(origins(books)) >= 6


def test_growth_is_what_a_forecast_from_the_past_leaves_out():
    """What the lesson says in words: in the rush of growth 13-week forecasts are too low more often than not."""
    gaps = []
    for number in range(3):
        for day in origins(future("growth_rush", number)):
            from_open, from_new, came = forecast_and_fact("growth_rush", number, day)
            gaps.append(error(from_open + from_new, came, 13))
    assert np.mean(np.array(gaps) < 0) > 0.6


def test_one_week_is_forecast_worse_than_thirteen():
    one, thirteen = [], []
    for day in origins(future("normal", 1)):
        from_open, from_new, came = forecast_and_fact("normal", 1, day)
        one.append(abs(error(from_open + from_new, came, 1)))
        thirteen.append(abs(error(from_open + from_new, came, 13)))
    assert np.mean(one) > np.mean(thirteen)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_forecast_panel_answers_every_control(lang: str):
    panel = cash_forecast_check(lang)
    first = panel._finding.value
    panel._origin.value = panel._origin.options[-1][1]
    assert panel._finding.value != first
    for scenario in SCENARIOS[1:]:
        panel._scenario.value = scenario
        assert np.isfinite(panel._line.y).all()


# --- ruin -------------------------------------------------------------------------------------------------------


def policy(**moved: int):
    base = portfolio_of("manufacturer").policy_in_force
    return base.with_levers({f"{name.replace('__', '.')}": value for name, value in moved.items()})


def test_longer_terms_in_the_rush_of_growth_ruin_many_futures_and_shorter_none():
    """What the lesson says in words: more profit, and a till that empties."""
    long, now = (
        known(Asked("manufacturer", "growth_rush", policy(terms__net_days=days)), 3) for days in (90, 60)
    )
    assert long.ruined > now.ruined == 0
    assert long.figures["net_profit"].mean() > now.figures["net_profit"].mean()
    assert long.figures["credit_sales"].mean() > now.figures["credit_sales"].mean()
    saved = known(
        Asked("manufacturer", "growth_rush", policy(terms__net_days=90, finance__supplier_days=60)), 3
    )
    assert saved.ruined < long.ruined


def test_the_interval_holds_the_share_and_narrows_with_more_futures():
    asked = Asked("manufacturer", "growth_rush", policy(terms__net_days=90))
    few, more = known(asked, 2), known(asked, 3)
    for found in (few, more):
        share, low, high = found.probability()
        assert np.all(low <= share + 1e-9)
        assert np.all(share <= high + 1e-9)
        assert np.all(np.diff(share) >= 0)
        assert share[-1] == pytest.approx(found.ruined / found.runs)
    widths = [each.probability()[2][-1] - each.probability()[1][-1] for each in (few, more)]
    assert widths[1] < widths[0]


def test_who_is_ruined_stood_at_the_limit_of_the_overdraft():
    found = batch(Asked("manufacturer", "growth_rush", policy(terms__net_days=90)), 1)
    assert found.overdraft_fen > 0
    fallen = np.isfinite(found.ruined_on)
    assert (found.figures["cash_low"][fallen] <= -0.9 * found.overdraft_fen / 2).all()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_ruin_panel_answers_every_lever(lang: str):
    panel = ruin_probability(lang)
    assert panel._levers["terms.net_days"].value == BEGIN["terms.net_days"]
    first = panel._finding.value
    panel._levers["terms.net_days"].value = 60
    assert panel._finding.value != first
    assert not panel._error.value
    assert set(panel._levers) == set(MOVED)


def test_books_are_those_of_one_future():
    assert isinstance(future("normal", 0), Books)
    assert future("normal", 0).runs == 1
