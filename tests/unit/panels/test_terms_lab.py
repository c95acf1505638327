"""Do the calculators and the three rules of the lab on terms say what the textbook and the model say?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.panels.terms.best_term import BestTerm
from sim.panels.terms.discount_cost import DiscountCost
from sim.panels.terms.term_rules import DAYS, RULES, against_standard, policy_of
from sim.panels.terms.term_rules_table import TermRules


def change(rule: Any, metric: str) -> Any:
    return against_standard(rule, "manufacturer").table.set_index("metric").loc[metric]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_calculator_begins_with_two_ten_net_thirty(lang: Any):
    said = DiscountCost(lang)._finding.value
    assert "37.24%" in said
    assert "44.59%" in said


def test_who_pays_before_the_discount_ends_gives_up_nothing():
    calculator = DiscountCost("en")
    calculator._sliders["paid"].value = 5
    assert calculator._finding.value == calculator.words.say("labs.credit.discount.said.none")


def test_a_dear_till_lets_the_discount_go():
    calculator = DiscountCost("en")
    calculator._sliders["discount"].value = 0.5
    calculator._sliders["paid"].value = 90
    calculator._sliders["funds"].value = 12.0
    assert calculator._finding.value.endswith("The buyer does better to pay later.")


def test_the_best_term_lies_inside_and_runs_away_with_the_answer_of_orders():
    best = BestTerm("en")
    assert "61.7 days" in best._finding.value
    best._sliders["response"].value = 0.18
    assert best._finding.value == best.words.say("labs.credit.best.said.longest")
    best._sliders["response"].value = 0.0
    assert best._finding.value == best.words.say("labs.credit.best.said.shortest")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_moves_the_days_of_grades_and_nothing_else(rule: Any):
    standard, other = policy_of(None, "manufacturer"), policy_of(rule, "manufacturer")
    days = tuple(other.terms.days_of_grade(grade) for grade in "ABCDE")
    assert days == DAYS[rule]
    assert other.terms.net_days == standard.terms.net_days
    assert other.credit == standard.credit


def test_the_popular_rule_frees_cash_and_loses_sales_and_profit():
    assert change("popular", "cash_low").low > 0
    assert change("popular", "credit_sales").high < 0
    assert change("popular", "economic_profit").high < 0
    assert change("popular", "bad_debt").high > 0  # it does not lower bad debt


def test_longer_terms_for_the_strong_bring_sales_and_tie_up_cash():
    assert change("bargaining", "credit_sales").low > 0
    assert change("bargaining", "cash_low").high < 0


def test_shorter_terms_for_the_weak_show_no_loss_of_profit():
    assert change("risk", "economic_profit").high > 0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_names_every_rule_and_leaves_open_what_is_not_worked_out_yet(lang: Any):
    shown = TermRules(lang)._table.value  # without a running page, one step
    for _rule in RULES:
        assert shown.count("labs.credit") == 0
    assert "…" in shown
    assert "<b>" in shown


def test_the_discount_curve_never_grows_with_the_days():
    calculator = DiscountCost("en")
    rates = np.asarray(calculator._curve.y)
    known = rates[np.isfinite(rates)]
    assert np.all(np.diff(known) < 0)
