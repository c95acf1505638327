"""Are the plans of the labs on dunning, pressure, layers and pay what they say?"""

from __future__ import annotations

import math

import pytest

from sim.engine.selling.upkeep import TENTHS, yearly_cost
from sim.measure.queueing import mean_wait
from sim.model.moves import MOVES
from sim.model.policy import STANDARD_LADDER
from sim.panels.collection.busy_desk import BusyDesk, Desk
from sim.panels.collection.ladder_steps import steps_table
from sim.panels.collection.one_claim import ClaimPanel
from sim.panels.contests.dunning import UPSTREAM, hired_cost, improve, same_money_plans, teams
from sim.panels.contests.pay_plans import BONUS_PLANS, SALES_PLANS, paid_collectors, paid_sales
from sim.panels.contests.pressure import HANDED, handed_over, pressures
from sim.panels.live.compute import portfolio_of
from sim.panels.money.layer_table import layer_table, verdict
from sim.panels.money.layers import LayerPanel, Layers, LayersAsked, protected
from sim.words import LANGUAGES, Words

PORTFOLIOS = ("manufacturer", "projects", "distributor")
MAKER = portfolio_of("manufacturer")


@pytest.mark.parametrize("portfolio", PORTFOLIOS)
@pytest.mark.parametrize("upstream", UPSTREAM)
@pytest.mark.parametrize("hired", [1, 3, 8])
def test_what_is_bought_upstream_costs_what_it_says_and_never_more_than_the_budget(
    portfolio: str, upstream: str, hired: int
):
    customers = portfolio_of(portfolio)
    budget = hired_cost(customers, hired)
    policy, cost = improve(customers, budget, upstream)
    more = (yearly_cost(policy) - yearly_cost(customers.policy_in_force)) / TENTHS
    yearly = int(customers.yearly_sales_fen().sum())
    assert cost == pytest.approx(more / 10_000 * yearly, abs=yearly * 0.5 / TENTHS / 10_000)
    assert cost <= budget


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_money_hires_or_improves_or_does_half_of_each(lang: str):
    plans = same_money_plans(Words(lang), MAKER, 4, "mixed")
    now = MAKER.policy_in_force.collection.collectors
    assert [plan.policy.collection.collectors - now for plan in plans] == [0, 4, 0, 2, 0]
    assert plans[-1].policy.operations.dispute_desk


def test_one_collector_is_the_yardstick_of_the_teams():
    sizes = [plan.policy.collection.collectors for plan in teams(Words("en"), MAKER)]
    assert sizes[0] == 1
    assert len(set(sizes)) == len(sizes)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_of_the_ladder_stands_with_its_words_and_its_price(lang: str):
    words = Words(lang)
    shown = steps_table(words)
    assert shown.count("<tr>") == 1 + len(STANDARD_LADDER)
    for at, step in enumerate(STANDARD_LADDER):
        assert words.say(f"move.{step.move}") in shown.replace("&#x27;", "'")
        assert words.say(f"labs.ladder.says.{at}") in shown


def test_pressure_grows_from_row_to_row():
    plans = [plan.policy.collection for plan in pressures(Words("en"), MAKER)]
    contacts = [len(plan.ladder) for plan in plans]
    assert contacts[0] < contacts[1] == contacts[2] == contacts[3] < contacts[4]
    assert [plan.ladder_shift_days for plan in plans[1:4]] == [14, 0, -10]
    known = {move.name for move in MOVES}
    assert {step.move for step in plans[-1].ladder} <= known


def test_who_keeps_the_claims_hands_nothing_over():
    never, *others = (plan.policy.collection for plan in handed_over(Words("en"), MAKER))
    assert (never.agency_days, never.court_days) == (0, 0)
    assert len(others) == len(HANDED)
    assert all(plan.agency_days or plan.court_days for plan in others)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_plan_of_pay_has_a_name_of_its_own(lang: str):
    for plans, declared in ((paid_sales, SALES_PLANS), (paid_collectors, BONUS_PLANS)):
        names = [plan.name for plan in plans(Words(lang), MAKER)]
        assert len(set(names)) == len(declared)


# The desk that gets fuller -----------------------------------------------------------------------------------------


def test_a_desk_with_one_collector_waits_as_the_formula_says():
    desk = Desk(1, 2.7, 120)  # three cases a day can be done
    assert desk.load == pytest.approx(0.9)
    assert desk.wait == pytest.approx(desk.load / (desk.pace - desk.cases))
    assert desk.wait == desk.alone == mean_wait(1, 2.7, 3)


def test_a_shared_list_waits_less_than_lists_of_ones_own():
    desk = Desk(3, 8, 120)
    assert desk.wait < desk.alone / 3


def test_from_seventy_to_ninety_percent_the_wait_grows_to_four_times():
    quiet, busy = (Desk(1, 1, 120).at_load(load) for load in (0.7, 0.9))
    assert 3.5 < busy.wait / quiet.wait < 4.5


def test_at_full_load_there_is_no_end():
    assert math.isinf(Desk(2, 6, 120).wait)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_desk_says_when_the_line_grows_every_day(lang: str):
    desk = BusyDesk(lang)
    calm = desk._said.value
    desk._cases.value = 60
    assert desk._said.value != calm
    assert desk._here.x[0] == 100


# One claim ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_control_of_the_claim_changes_the_table_at_both_ends(lang: str):
    panel = ClaimPanel(lang)
    for control in panel._controls.values():
        first, seen = control.value, panel._table.value
        values = [value for _, value in getattr(control, "_options_full", ())]
        for value in (values[0], values[-1]) if values else (control.min, control.max):
            control.value = value
            if value != first:
                assert panel._table.value != seen
        control.value = first
        assert panel._table.value == seen


def test_the_claims_line_stands_at_its_age():
    panel = ClaimPanel("en")
    panel._controls["months"].value = 30
    assert list(panel._today.x) == [30, 30]


# Layers ------------------------------------------------------------------------------------------------------------


def test_no_layer_is_the_policy_in_force_without_any():
    bare = Layers().on(MAKER.policy_in_force)
    assert bare.finance.insurance == bare.finance.factoring == bare.credit.guarantee == "none"
    assert Layers().laid == ()


def test_an_owner_is_asked_only_where_a_guarantee_is():
    assert not Layers(owner=True).on(MAKER.policy_in_force).credit.owner_guarantee
    assert Layers(owner=True, guarantee="weak").on(MAKER.policy_in_force).credit.owner_guarantee


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_of_layers_runs_nothing_before_it_is_asked(lang: str):
    panel = LayerPanel(lang)
    panel._lists["insurance"].value = "whole"
    assert panel._table.value == ""


@pytest.mark.slow  # two years of a normal time and of a slump, eight times each
def test_layers_leave_less_and_never_nothing():
    everything = Layers(
        insurance="whole", guarantee="all", owner=True, title=True, factoring="without_recourse"
    )
    found = protected(LayersAsked("manufacturer", everything), 2)
    for standing in found.times.values():
        bare, left = (standing.bad_runs(plan, "loss_left") for plan in (0, 1))
        assert 0 < left < bare
        assert standing.mean(1, "layer_cost") > standing.mean(0, "layer_cost") == 0
    slump, words = found.times["slump"], Words("en")
    assert slump.bad_runs(1, "loss_left") > 0.1 * slump.bad_runs(0, "loss_left")  # the lab's prediction
    assert "is still lost" in verdict(words, found)
    assert layer_table(words, found).count("<tr>") == 1 + 7
