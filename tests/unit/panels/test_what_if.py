"""Does the panel's every control follow its lever, and does it say what it finds, in both languages?"""

from __future__ import annotations

import dataclasses
import os

import numpy as np
import pytest

from sim.base.places import IN_CLASS, ROOT
from sim.model.policy import LEVERS, Policy, read_policy
from sim.model.portfolio_files import load_portfolio, write_portfolio
from sim.panels.live.compute import Difference, answer, edition_of
from sim.panels.live.findings import verdict
from sim.panels.live.predict import verdict_on, went
from sim.panels.live.question import Question
from sim.panels.live.what_if import OWN, WhatIf, policy_file, portfolio_folder, shown
from sim.panels.parts.charts import axis_unit, nice_ticks, quantiles, tick_format
from sim.panels.parts.controls import HEADLINE, lever_value, make_input, meant
from sim.words import Words


@pytest.fixture(scope="module", params=["en", "zh"])
def panel(request) -> WhatIf:
    return WhatIf(request.param)


@pytest.mark.parametrize("lever", HEADLINE, ids=lambda lever: lever.path)
def test_a_control_has_its_levers_range_step_and_default(lever):
    made = make_input(lever, Words("en"))
    assert meant(lever, made.value) == lever.default
    if lever.kind == "int":
        ends = tuple(meant(lever, end) for end in (made.min, made.max, made.step))
        assert ends == (lever.low, lever.high, lever.step)
        assert not made.continuous_update


def test_a_share_is_set_and_told_in_percent():
    lever = LEVERS["terms.discount_bp"]
    assert (make_input(lever, Words("en")).max, meant(lever, 2.25)) == (5.0, 225)
    assert lever_value(lever, 225, Words("zh")) == "2.25%"


def test_every_kind_of_lever_gets_a_control():
    kinds = {lever.kind: make_input(lever, Words("zh")) for lever in LEVERS.values()}
    assert set(kinds) == {"int", "bool", "choice"}


def test_it_opens_with_figures_and_without_complaint(panel):
    assert panel._error.value == ""
    assert "arlab-table" in panel._table.value
    assert panel._finding.value.endswith((".", "。"))


def test_moving_a_lever_makes_the_policy_ones_own(panel):
    panel._presets["alternative"].value = "strict"
    assert panel._levers.policy("alternative") != panel._levers.policy("baseline")
    panel._levers._inputs["alternative"]["terms.net_days"].value = 100
    assert panel._presets["alternative"].value == ""
    assert panel._question().alternative.value_of("terms.net_days") == 100
    assert panel._presets["baseline"].value == "as_is"


def test_a_refused_setting_is_explained_and_the_last_figures_stay(panel):
    inputs = panel._levers._inputs["alternative"]
    inputs["terms.discount_bp"].value = 2.0
    table = panel._table.value
    inputs["terms.net_days"].value = 5
    assert "10" in panel._error.value
    assert panel._table.value == table
    inputs["terms.net_days"].value = 60
    assert panel._error.value == ""


def test_an_own_folder_that_is_not_there_is_explained(panel):
    panel._portfolio.value = OWN
    panel._path.value = "/nowhere/at/all"
    assert "/nowhere/at/all" in panel._error.value
    panel._portfolio.value = "manufacturer"
    assert panel._error.value == ""


def test_a_saved_policy_reads_back_equal(panel, tmp_path):
    panel._file.value = str(tmp_path / "deep" / "ours.toml")
    panel._save.click()
    assert read_policy(tmp_path / "deep" / "ours.toml") == panel._levers.policy("alternative")
    panel._levers._inputs["alternative"]["terms.net_days"].value = 120
    panel._load.click()
    assert panel._levers.policy("alternative").value_of("terms.net_days") != 120


def test_in_a_class_a_crafted_click_writes_and_reads_no_file(panel, tmp_path, monkeypatch):
    monkeypatch.setenv(IN_CLASS, "1")
    shown = WhatIf(panel.words.lang)
    mine = tmp_path / "mine.toml"
    mine.write_text("not a policy", encoding="utf-8")
    shown._file.value = str(mine)
    shown._save.click()
    shown._load.click()
    assert mine.read_text(encoding="utf-8") == "not a policy"
    assert shown._file_error.value == ""


def test_a_file_that_cannot_be_used_is_explained_beside_it(panel, tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[terms]\nnet_days = 999\n[collection]\ncollectors = -4\n", encoding="utf-8")
    panel._file.value = str(wrong)
    panel._load.click()
    assert "999" in panel._file_error.value
    assert "-4" in panel._file_error.value
    panel._file.value = str(tmp_path)
    panel._save.click()
    assert panel._file_error.value.count(tmp_path.name) >= 1
    panel._file.value = str(tmp_path / "right.toml")
    panel._save.click()
    assert panel._file_error.value == ""


def test_no_machine_path_is_shown(panel):
    assert WhatIf(panel.words.lang)._file.value == "my_policies/policy.toml"
    panel._file.value = "not_there_at_all.toml"
    panel._load.click()
    assert "my_policies/not_there_at_all.toml" in panel._file_error.value
    assert str(ROOT) not in panel._file_error.value
    assert policy_file("mine.toml") == ROOT / "my_policies" / "mine.toml"
    assert policy_file("team/mine.toml") == ROOT / "team" / "mine.toml"
    assert shown(policy_file("mine.toml")) == "my_policies/mine.toml"


def test_a_pasted_path_is_understood(tmp_path):
    assert portfolio_folder(f'  "{tmp_path}" ') == tmp_path
    assert portfolio_folder(str(tmp_path / "portfolio.toml")) == tmp_path


def test_a_page_that_opens_late_is_told_everything(panel, monkeypatch):
    told = []
    for widget in (panel._finding, panel._table, *(mark for mark in panel._charts["ar"].figure.marks)):
        monkeypatch.setattr(
            type(widget), "send_state", lambda self, key=None: told.append((id(self), str(key)))
        )
    panel.widget._view_count = 1
    for mark in panel._charts["ar"].figure.marks:
        assert any(id(mark) == told_id and "'x'" in key for told_id, key in told)
    assert (id(panel._table), "value") in told


def test_it_says_on_what_the_figures_rest(panel):
    said = panel._grounds.value
    word = {"en": "who leaves", "zh": "流失的客户"}[panel.words.lang]
    assert word in said
    assert "arlab-basis-A" in said


def test_own_customers_bring_their_own_grounds(tmp_path):
    own = dataclasses.replace(
        load_portfolio("manufacturer"), currency="XXX", basis={"lateness": "F", "defaults": "A"}
    )
    write_portfolio(own, tmp_path)
    mine = WhatIf("en")
    mine._portfolio.value = OWN
    mine._path.value = str(tmp_path)
    assert mine._error.value == ""
    assert "names no currency" in mine._grounds.value
    assert "collection effort" in mine._grounds.value
    assert "XXX" not in mine._table.value + mine._charts["ar"].title.value
    assert edition_of(str(tmp_path)) > 0
    first = mine._question()
    os.utime(tmp_path / "portfolio.toml", ns=(0, 10))  # another file, though an older one
    assert mine._question() != first


def test_a_guess_is_compared_with_what_happened():
    words = Words("en")
    question = Question("manufacturer", "normal", Policy(), Policy().with_levers({"terms.net_days": 30}))
    found = answer(question, 2)
    said = verdict_on(words, {"dso": "fall", "credit_sales": "rise"}, found)
    assert "✓ DSO will fall" in said
    assert "✗ Credit sales will rise (in fact: fell)" in said
    assert verdict_on(words, {}, found) == ""
    assert verdict_on(words, {"dso": "fall"}, answer(question, 1)) == ""


def test_a_change_below_one_percent_is_hardly_one():
    small = Difference("credit_sales", "fen", "high", 1000.0, 1005.0, 5.0, 4.0, 6.0, 1.0)
    large = Difference("credit_sales", "fen", "high", 1000.0, 1050.0, 50.0, 40.0, 60.0, 1.0)
    assert (went(small), went(large)) == ("stay", "rise")


def test_ticks_are_round_and_hold_everything():
    for low, high in ((0, 1), (0, 132.4), (-3.2, 7.9), (0, 0), (-5e8, 0), (0, 0.031)):
        ticks = nice_ticks(low, high)
        assert ticks[0] <= low
        assert high <= ticks[-1]
        assert 2 <= len(ticks) <= 7
    assert tick_format(np.array([0, 0.5, 1.0])) == ",.1f"


def test_money_is_written_as_each_language_counts_it():
    assert axis_unit(Words("zh"), "fen", "CNY", 2.5e8).factor == 1e6
    assert axis_unit(Words("zh"), "fen", "CNY", 2.5e8).label == "万元"
    assert axis_unit(Words("zh"), "fen", "CNY", 2.5e10).label == "亿元"
    assert axis_unit(Words("en"), "fen", "CNY", 2.5e8).label == "¥ m"
    assert axis_unit(Words("en"), "d", "CNY", 90).factor == 1


def test_a_month_that_no_run_knows_stays_empty():
    lower, middle, upper = quantiles(np.array([[1.0, np.nan], [3.0, np.nan]]))
    assert (lower[0], middle[0], upper[0]) == pytest.approx((1.2, 2.0, 2.8))
    assert np.isnan(middle[1])


def test_the_verdict_is_never_told_by_colour_alone():
    good = Difference("bad_debt", "fen", "low", 2.0, 1.0, -1.0, -1.5, -0.5, 1.0)
    assert "▼ better" in verdict(Words("en"), good)
    unclear = Difference("bad_debt", "fen", "low", 2.0, 1.0, -1.0, -2.5, 0.5, 0.6)
    assert "不明确" in verdict(Words("zh"), unclear)
