"""Does a company whose customers never change show what the mathematics of DSO say?"""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.panels.measures.dso_company import FAMILY, Steady, ledger_of, read
from sim.panels.measures.dso_explorer import dso_explorer

THE_DAYS_TO_PAY = ("dso", "dso_average", "dso_daily", "dso_countback", "days_to_pay")


def test_without_growth_and_season_every_formula_says_the_true_days():
    found = read(Steady(net_days=30, paid_after_days=45), "quarter", FAMILY)
    for name in THE_DAYS_TO_PAY:
        assert np.allclose(found.values[name], 45.0), name
    assert np.allclose(found.values["dso_best_possible"] + found.values["days_delinquent"], 45.0)


@pytest.mark.parametrize(("every", "window"), [("year", 365), ("quarter", 91)])
@pytest.mark.parametrize("growth", [20, 40, -20])
def test_growth_alone_bends_dso_as_in_closed_form(every: str, window: int, growth: int):
    """Payment after exactly D days, sales growing at h a day: DSO = ((1 - e^-hD) / h) * w * h / (1 - e^-hw)."""
    h, days = math.log1p(growth / 100) / 365, 60
    exact = (1 - math.exp(-h * days)) / h * window * h / (1 - math.exp(-h * window))
    found = read(Steady(growth_pct=growth, paid_after_days=days), every, ("dso", "days_to_pay"))
    assert np.allclose(found.values["dso"], exact, rtol=0.004)
    assert np.allclose(found.values["days_to_pay"], days)


def test_the_season_moves_period_end_dso_far_and_count_back_the_other_way():
    found = read(Steady(season_pct=40), "quarter", ("dso", "dso_countback", "days_to_pay"))
    dso, back = found.values["dso"] - 45, found.values["dso_countback"] - 45
    assert np.ptp(dso) > 10
    assert np.ptp(back) < np.ptp(dso) / 3
    assert np.ptp(found.values["days_to_pay"]) < 0.01


def test_turnover_times_average_dso_is_the_length_of_the_period():
    found = read(Steady(growth_pct=20, season_pct=30), "quarter", ("turnover", "dso_average"))
    assert np.allclose(found.values["turnover"] * found.values["dso_average"], found.days)


def test_the_ledger_adds_up_and_nobody_pays_before_or_after_the_day():
    entries = ledger_of(Steady(season_pct=50, paid_after_days=80)).entries
    paid = entries[entries["kind"] == "receipt"]
    assert set(paid["happened_on"] - paid["invoiced_on"]) == {80}
    open_ = entries.groupby("document")["amount_fen"].sum()
    assert (open_ >= 0).all()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_moving_a_slider_changes_the_finding_and_ticking_a_figure_shows_it(lang: str):
    panel = dso_explorer(lang)
    before = panel._finding.value
    panel._sliders["season_pct"].value = 40
    assert panel._finding.value != before
    panel._ticks["dso_average"].value = True
    assert panel._family_lines["dso_average"].visible
    assert not panel._family_lines["dso_daily"].visible


@pytest.mark.parametrize("every", ["month", "quarter", "year"])
def test_every_end_of_every_slider_can_be_drawn(every: str):
    panel = dso_explorer("en")
    panel._every.value = every
    for control in panel._sliders.values():
        for end in (control.min, control.max):
            control.value = end
            assert np.isfinite(panel._family_lines["dso"].y).all()
            assert "unknown" not in panel._table.value
