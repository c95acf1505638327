"""Do cases, moves and calendars of the lab on causes say what ledger and model say?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.behaviour import ARCHETYPE_BEHAVIOURS
from sim.panels.causes.case_desk import CaseDesk
from sim.panels.causes.case_timeline import bars_of, events_of
from sim.panels.causes.cases import cases, clearest, year
from sim.panels.causes.cause_moves import CAP_DAYS, CAUSES, EACH, MOVE_KINDS, effects, led_to, payers
from sim.panels.causes.settlement import FIRST, Settlement, steps_of
from sim.panels.causes.ten_months import lived
from sim.panels.causes.ten_months_view import GROUPS, TenMonths


def saved(move: Any, cause: Any) -> float:
    return -effects(move, "days")[cause].mean


# --- moves and causes ---------------------------------------------------------------------------------------------


def test_every_group_has_one_cause_only():
    people = payers()
    kinds = [behaviour.archetype for behaviour in ARCHETYPE_BEHAVIOURS]
    assert [kind.archetype for kind in people.behaviours] == kinds
    for at, cause in enumerate(CAUSES):
        mine = people.mix[at * EACH : (at + 1) * EACH]
        assert np.all(mine[:, kinds.index(cause)] == 1.0)


def test_lateness_lies_between_nothing_and_the_cap():
    days = led_to(None)["days"]
    assert np.all(days > 0)
    assert np.all(days < CAP_DAYS)


@pytest.mark.parametrize(
    ("move", "helps", "wasted"),
    [
        ("reminders", "forgetful", ("disputing", "strategic", "chain")),
        ("clearing", "disputing", ("strategic", "chain", "strapped")),
        ("calendar", "process", ("strategic", "chain", "disputing")),
        ("stop", "strategic", ("disputing", "process")),
    ],
)
def test_a_move_helps_its_cause_and_leaves_others_cold(move: Any, helps: Any, wasted: tuple[Any, ...]):
    assert effects(move, "days")[helps].high < 0
    assert all(saved(move, helps) > 3 * max(saved(move, other), 0.0) for other in wasted)


def test_what_the_lab_says_of_the_table_is_so():
    assert not effects("reminders", "days")["disputing"].is_clear  # written reminders against a complaint
    assert not effects("stop", "days")["disputing"].is_clear
    assert saved("calls", "strapped") > saved("plans", "strapped")  # plans are slower in this model
    assert max(saved("reminders", cause) for cause in CAUSES) == saved("reminders", "forgetful")
    assert all(effect.high < -2 for effect in effects("letters", "satisfaction").values())
    helped = [cause for cause in CAUSES if effects("calls", "days")[cause].high < 0]
    assert len(helped) >= 5


# --- cases --------------------------------------------------------------------------------------------------------


def test_there_is_one_case_for_each_cause_and_the_truth_agrees():
    _, _, truth = year()
    found = cases(1)
    assert sorted(case.cause for case in found) == sorted(CAUSES)
    assert all(truth["archetype"].iloc[case.customer] == case.cause for case in found)


def test_clear_cases_show_their_marks():
    facts = {case.cause: case.facts for case in cases(1)}
    assert facts["strapped"].in_parts > 0.4
    assert facts["disputing"].disputes >= 3
    assert facts["process"].pay_days_share > 0.8
    assert facts["strategic"].broken > 0.5 * facts["strategic"].promises
    assert facts["forgetful"].soon_after > 0.8
    assert facts["forgetful"].mean_late < 20
    assert facts["chain"].mean_late > 60
    assert all(len(clearest(cause)) == 3 for cause in CAUSES)


def test_bars_and_events_are_those_of_the_ledger():
    _, ledger, _ = year()
    customer = cases(1)[0].customer
    mine = ledger.actions[ledger.actions["customer"].to_numpy() == customer]
    contacts = set(mine.loc[mine["kind"].astype(str) == "contact", "happened_on"])
    assert set(events_of(ledger, customer)["contact"]) == contacts
    bars = bars_of(ledger, customer)
    assert any(bar.parts for bar in bars)
    for bar in bars:
        assert bar.invoiced_on <= bar.due_on
        assert bar.ended_on >= bar.invoiced_on
        assert all(bar.invoiced_on <= day <= ledger.last for day in bar.parts)
        assert not bar.is_open or bar.ended_on == ledger.last


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_cause_is_told_after_the_answer_only(lang: Any):
    desk = CaseDesk(lang)
    say = desk.words.say
    assert say(f"labs.credit.case.signs.{desk.case.cause}") not in desk._finding.value
    desk.commit()
    assert desk._finding.value == say("labs.credit.case.both")
    desk._cause.value, desk._move.value = desk.case.cause, MOVE_KINDS[0]
    desk.commit()
    assert (
        say("labs.credit.case.cause_right", cause=say(f"archetype.{desk.case.cause}.name"))
        in desk._finding.value
    )
    assert desk._cause.disabled
    wrong = next(cause for cause in CAUSES if cause != desk._cases[1].cause)
    desk._which.value = 1
    desk._cause.value, desk._move.value = wrong, MOVE_KINDS[1]
    desk.commit()
    name = say(f"archetype.{desk.case.cause}.name")
    assert say("labs.credit.case.cause_wrong", cause=name) in desk._finding.value
    assert "1" in desk._score.value


def test_talks_end_after_three():
    desk = CaseDesk("en")
    for _ in range(5):
        desk._ask_them()
    assert desk._talk.disabled
    assert "Talks left: 0" in desk._heard.value


# --- calendars ----------------------------------------------------------------------------------------------------


def test_one_day_after_the_close_costs_a_month():
    march = np.array([FIRST + 24, FIRST + 25])  # 25 and 26 March
    ready = steps_of(march, aligned=False, missed=0)["ready"]
    assert ready[1] - ready[0] == 30
    ahead = steps_of(march, aligned=True, missed=0)["ready"]
    assert ahead[1] == ready[0]
    assert np.all(steps_of(march, aligned=False, missed=1)["ready"] == ready + 30)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_window_panel_names_day_and_wait(lang: Any):
    panel = Settlement(lang)
    panel._day.value = 25
    waited = panel._finding.value
    panel._day.value = 26
    assert panel._finding.value != waited


def test_both_readings_order_nothing_and_only_one_pays():
    rests, settles = lived("a"), lived("b")
    at = rests.labels.index("2025-02")
    before = rests.figures["credit_sales"][:, at - 2].mean()
    for months in (rests, settles):
        assert months.figures["credit_sales"][:, at].mean() < 0.05 * before
        assert months.alarms[:, at].mean() > 3 * months.alarms[:, at - 2].mean()
    january = [months.figures["receipts"][:, at - 1].mean() for months in (rests, settles)]
    assert january[1] > 2 * january[0]


def test_which_group_is_which_is_told_on_demand():
    view = TenMonths("en")
    assert view._finding.value == ""
    view._reveal.click()
    assert view._finding.value.index("Group 1") < view._finding.value.index("Group 2")
    assert GROUPS[1] == "b"
