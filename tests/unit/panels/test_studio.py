"""Can every lever of two policies be found, moved, put back, kept and explained in the studio, in both languages?"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.base.errors import BadInput
from sim.measure import METRICS
from sim.model.policy import LEVERS, Policy, read_policy, write_policy
from sim.panels.parts.controls import SIDES
from sim.panels.studio import files as studio_files
from sim.panels.studio import report as studio_report
from sim.panels.studio.draft import LADDER, PATHS, Desk, Draft, History
from sim.panels.studio.inputs import Number
from sim.panels.studio.levers import BRANCHES
from sim.panels.studio.metrics import GROUPS, group_of
from sim.panels.studio.panel import Studio
from sim.panels.studio.steps import STEPS, Steps
from sim.panels.studio.why import parts_of

DISPUTE = {"en": "DISPUTE desk", "zh": "争议 专岗"}


@pytest.fixture(scope="module", params=["en", "zh"])
def opened(request) -> Studio:
    return Studio(request.param)


@pytest.fixture
def studio(opened: Studio) -> Studio:
    """The studio as it opens: one of each language serves all tests."""
    opened.levers.search.value = ""
    opened.levers.only_differing.value = False
    opened.levers._branch.value = BRANCHES[0]
    opened.place.from_month.value = 1
    opened.pages.open("charts")
    opened.history._done, opened.history._undone = [opened._first_desk()], []
    opened.refresh()
    return opened


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(studio_files, "MY_POLICIES", tmp_path)
    return tmp_path


def page(studio: Studio, name: str) -> Any:
    studio.pages.open(name)
    return studio.pages._made[name]


def moved(studio: Studio, path: str, value: Any, side: str = "alternative") -> None:
    """As a person moves it: the slider, the tick box or the list."""
    row = studio.levers.row(path)
    row.show(studio.desk)
    shown = row.inputs[side]
    (shown.slider if isinstance(shown, Number) else shown.widget).value = value


# levers -------------------------------------------------------------------------------------------------------------


def test_it_opens_with_figures_and_without_complaint(studio):
    assert studio._error.value == ""
    assert studio.current is not None
    assert "arlab-table" in page(studio, "figures")._table.value
    assert studio._finding.value.endswith((".", "。"))


def test_every_lever_and_the_ladder_stand_in_a_branch(studio):
    seen: list[str] = []
    for branch in BRANCHES:
        studio.levers._branch.value = branch
        seen += studio.levers.shown_paths()
    assert sorted(seen) == sorted([*LEVERS, LADDER]) == sorted(PATHS)
    for path in PATHS:
        studio.levers.row(path).show(studio.desk)


def test_rows_are_made_only_when_they_are_looked_at():
    fresh = Studio("en")
    first = len(fresh.levers._rows)
    assert first == len([path for path in PATHS if path.startswith(BRANCHES[0])])
    fresh.levers._branch.value = "people"
    assert len(fresh.levers._rows) > first


def test_levers_are_found_by_name_and_by_what_they_do(studio):
    lang = studio.words.lang
    studio.levers.search.value = DISPUTE[lang]
    assert "operations.dispute_desk" in studio.levers.shown_paths()
    help_word = {"en": "reminder", "zh": "首次催收"}[
        lang
    ]  # stands in the explanation of the term, not in its name
    studio.levers.search.value = help_word
    assert "terms.net_days" in studio.levers.shown_paths()
    assert len(studio.levers._list.children) == len(studio.levers.shown_paths())
    studio.levers.search.value = "zzzz"
    assert studio.levers._list.children == ()
    assert studio.levers._said.value


def test_only_what_differs_is_listed_and_put_back_one_by_one(studio):
    studio.levers.only_differing.value = True
    listed = studio.levers.shown_paths()
    assert listed == studio.desk.differing
    assert LADDER not in listed  # "balanced" has the ladder in force
    path = listed[0]
    row = studio.levers.row(path)
    assert not row.reset.disabled
    row.reset.click()
    assert path not in studio.desk.differing
    assert path not in studio.levers.shown_paths()
    assert studio.desk.alternative.values[path] == studio.desk.baseline.values[path]


def test_the_number_follows_the_slider_and_the_slider_the_number(studio):
    shown = studio.levers.row("terms.net_days").inputs["alternative"]
    shown.slider.value = 45
    assert shown.number.value == 45
    shown.number.value = 37
    assert shown.slider.value == 37
    assert studio.question().alternative.terms.net_days == 37


def test_money_is_typed_in_yuan(studio):
    shown = studio.levers.row("credit.hold_overdue_fen").inputs["alternative"]
    shown.number.value = 12_345
    assert studio.question().alternative.credit.hold_overdue_fen == 1_234_500


@pytest.mark.parametrize("path", PATHS)
def test_every_control_moves_its_lever_to_both_ends(studio, path):
    shown = studio.levers.row(path).inputs["baseline"]
    studio.levers.row(path).show(studio.desk)
    if isinstance(shown, Number):
        ends = [shown.slider.max, shown.slider.min]
    elif path == LADDER or LEVERS[path].kind == "choice":
        ends = [value for _, value in shown.widget.options if value != ":own:"]
    else:
        ends = [True, False]
    told = []
    quiet, studio.refiner._work = (
        studio.refiner._work,
        lambda question, step: None,
    )  # the policy, not its runs
    try:
        for end in ends:
            moved(studio, path, end, "baseline")
            told.append(studio.desk.baseline.values[path])
    finally:
        studio.refiner._work = quiet
    assert len(set(map(str, told))) == len(ends)


# desk ---------------------------------------------------------------------------------------------------------------


def test_moves_are_taken_back_and_made_after_all(studio):
    before = studio.desk
    moved(studio, "terms.net_days", 40)
    moved(studio, "collection.collectors", 5)
    after = studio.desk
    studio._undo.click()
    assert studio.desk.alternative.values["collection.collectors"] != 5
    studio._undo.click()
    assert studio.desk == before
    assert studio.names["alternative"].widget.value == "preset:balanced"
    assert studio._undo.disabled
    studio._redo.click()
    studio._redo.click()
    assert studio.desk == after
    assert studio._redo.disabled
    studio.levers._branch.value = "terms"
    assert studio.levers.row("terms.net_days").inputs["alternative"].number.value == 40


def test_a_new_move_forgets_what_was_undone():
    history = History(1)
    history.keep(2)
    history.undo()
    history.keep(3)
    assert not history.can_redo
    assert history.undo() == 1
    assert history.undo() == 1


def test_a_moved_policy_is_nobodys_ready_made_one(studio):
    moved(studio, "terms.net_days", 100)
    assert studio.desk.name("alternative") == ""
    assert studio.desk.name("baseline") == "preset:as_is"
    studio._swap.click()
    assert studio.desk.differing == ()
    assert studio.words.say("panel.finding.idle") in studio._finding.value


def test_what_does_not_fit_together_is_explained_and_the_last_figures_stay(studio):
    figures = page(studio, "figures")
    table = figures._table.value
    moved(studio, "terms.net_days", 5)
    table = figures._table.value
    moved(studio, "terms.discount_bp", 2.0)
    assert "10" in studio._error.value
    assert figures._table.value == table
    moved(studio, "terms.discount_days", 0)
    assert studio._error.value == ""


def test_a_draft_gives_back_the_policy_it_was_made_of():
    policy = Policy().with_levers({"terms.net_days": 33, "people.quarter_end_push": True})
    assert Draft.of(policy).policy() == policy
    desk = Desk(Draft.of(policy), Draft.of(Policy()))
    assert desk.differing == ("terms.net_days", "people.quarter_end_push")


def test_the_alternative_may_begin_later(studio):
    moved(studio, "terms.net_days", 20)
    at_once = studio.current.alternative.monthly["ar"].copy()
    studio.place.from_month.value = 7
    later, baseline = studio.current.alternative.monthly["ar"], studio.current.baseline.monthly["ar"]
    np.testing.assert_array_equal(later[:, :6], baseline[:, :6])
    assert (later[:, 6:] != baseline[:, 6:]).any()
    assert (later != at_once).any()


# figures ------------------------------------------------------------------------------------------------------------


def test_every_figure_belongs_to_a_subject():
    assert {group_of(name) for name in METRICS} <= set(GROUPS)


def test_figures_are_chosen_from_all_there_are(studio):
    chooser = page(studio, "figures").chooser
    assert len(chooser.matches()) == len(METRICS)
    chooser.search.value = studio.words.say("metric.dso_countback.name")
    assert "dso_countback" in chooser.matches()
    chooser.there_is.value = ("dso_countback",)
    chooser.add.click()
    assert studio.words.say("metric.dso_countback.name") in page(studio, "figures")._table.value
    chooser.chosen.value = ("dso_countback",)
    chooser.draw.click()
    assert studio.current.question.charts[0] == "dso_countback"
    assert "dso_countback" in studio.current.alternative.monthly
    chooser.chosen.value = ("dso_countback",)
    chooser.remove.click()
    assert "dso_countback" not in chooser.table
    chooser.usual.click()
    chooser.search.value = ""
    assert studio.current.question.charts[0] == "ar"


# files --------------------------------------------------------------------------------------------------------------


def test_policies_are_kept_under_names_and_read_back(studio, shelf):
    pages = page(studio, "policies")
    moved(studio, "terms.net_days", 45)
    pages._name.value = "ours 1"
    pages.keep["alternative"].click()
    assert read_policy(shelf / "ours 1.toml") == studio.desk.alternative.policy()
    assert studio.desk.name("alternative") == "mine:ours 1"
    moved(studio, "terms.net_days", 90)
    pages._name.value = "second"
    pages.keep["alternative"].click()
    assert tuple(pages.list.options) == ("ours 1", "second")
    pages.list.value = "ours 1"
    assert 'download="ours 1.toml"' in pages._link.value
    pages.take["baseline"].click()
    assert studio.desk.baseline.policy().terms.net_days == 45
    assert studio.names["baseline"].widget.value == "mine:ours 1"


def test_a_file_handed_over_by_the_browser_is_taken_in_or_explained(studio, shelf, tmp_path):
    pages = page(studio, "policies")
    path = tmp_path / "elsewhere" / "theirs.toml"
    write_policy(Policy().with_levers({"terms.net_days": 75}), path)
    pages._handed_over({"new": ({"name": "theirs.toml", "content": memoryview(path.read_bytes())},)})
    assert studio.desk.alternative.policy().terms.net_days == 75
    assert (shelf / "theirs.toml").is_file()
    wrong = b"[terms]\nnet_days = 999\n[collection]\ncollectors = -4\n"
    pages._handed_over({"new": ({"name": "wrong.toml", "content": wrong},)})
    assert "999" in pages._error.value
    assert "-4" in pages._error.value
    assert not (shelf / "wrong.toml").exists()
    assert studio.desk.alternative.policy().terms.net_days == 75


@pytest.mark.parametrize("name", ["", "  ", "../up", "a/b", "a:b", ".hidden", "x" * 99])
def test_what_cannot_be_a_files_name_is_refused(name):
    with pytest.raises(BadInput):
        studio_files.file_of(name)


def test_a_refused_name_is_explained_where_the_person_looks(studio, shelf):
    pages = page(studio, "policies")
    pages._name.value = "../../oops"
    pages.keep["alternative"].click()
    assert "oops" in pages._error.value
    assert list(shelf.iterdir()) == []


# why, assumptions, report -------------------------------------------------------------------------------------------


def test_the_parts_add_up_to_the_whole_difference(studio):
    studio._swap.click()
    moved(studio, "collection.promise_in_writing", True)
    moved(studio, "terms.net_days", 45)
    pages = page(studio, "why")
    pages.run.press()
    assert pages.run.error.value == ""
    assert pages._why is not None
    assert pages._why.by_lever
    found = pages._why.reasons.parts["economic_profit"]
    assert set(found) == {"terms.net_days", "collection.promise_in_writing"}
    whole = sum(found.values())
    runs = studio.current.runs
    gap = (
        studio.current.alternative.whole.values["economic_profit"]
        - studio.current.baseline.whole.values["economic_profit"]
    )
    np.testing.assert_allclose(whole[:runs], gap[:runs], rtol=1e-9)
    bars = parts_of(studio.words, pages._why, "economic_profit")
    assert bars[-1].mean == pytest.approx(sum(bar.mean for bar in bars[:-1]))
    assert "arlab-waterfall-table" in pages._chart.value
    moved(studio, "terms.net_days", 40)
    assert "arlab-waterfall-table" not in pages._chart.value  # that was another question


def test_the_assumptions_page_counts_the_levers_that_rest_on_one(studio):
    studio._swap.click()
    pages = page(studio, "assumptions")
    moved(studio, "terms.net_days", 45)
    moved(studio, "collection.promise_in_writing", True)
    assert LEVERS["collection.promise_in_writing"].basis == "A"
    assert re.search(r"\b1\b", pages._levers.value)
    assert studio.words.say("lever.collection.promise_in_writing.name") in pages._levers.value
    assert studio.words.say("lever.terms.net_days.name") not in pages._levers.value
    assert studio.words.say("assumption.customers.term_response_bp") in pages._table.value
    assert pages.chosen.value


def test_a_report_has_a_name_of_its_own_each_time():
    noon = datetime(2025, 6, 1, 12, 0, 5, tzinfo=UTC)
    assert studio_report.file_name("Board: Q2/Q3?", noon) == "Board Q2 Q3 2025-06-01 120005"
    assert studio_report.file_name("", noon).startswith("report ")


def test_a_report_is_refused_when_the_alternative_begins_later(studio):
    pages = page(studio, "report")
    studio.place.from_month.value = 4
    pages.run.press()
    assert pages.run.error.value
    assert pages._links.value == ""


def test_the_list_ticks_off_what_was_tried(studio, shelf):
    steps = Steps(studio)
    assert steps.done == set()
    moved(studio, "terms.net_days", 45)
    studio.place.from_month.value = 3
    pages = page(studio, "policies")
    pages._name.value = "kept"
    pages.keep["alternative"].click()
    assert steps.done == {"own", "dated", "saved"}
    assert steps.widget.value.count("☑") == 3
    assert steps.widget.value.count("☐") == len(STEPS) - 3


def test_no_machine_path_is_shown(studio, shelf):
    pages = page(studio, "policies")
    pages._name.value = "x"
    pages.keep["baseline"].click()
    assert str(shelf) not in pages._note.value
    assert set(SIDES) == set(pages.keep)
