"""Does the path of an invoice tell what the ledger says of it, from the order to its end?"""

from __future__ import annotations

from functools import cache

import pytest

from sim.base.days import NEVER
from sim.model.ledger import ACTION_KINDS, ENTRY_KINDS
from sim.panels.stories.invoice_path import BRANCHES, InvoicePath, page, told
from sim.panels.stories.path_story import (
    ACTION_DEPARTMENTS,
    ENTRY_DEPARTMENTS,
    PATH_KINDS,
    Path,
    Paths,
    stretches,
)
from sim.panels.stories.replay_life import Life, Told, life_of
from sim.words import LANGUAGES, Words


@cache
def year() -> Life:
    return life_of(Told("manufacturer"))


@cache
def paths() -> Paths:
    return Paths(year())


def some(kind: str) -> list[Path]:
    """A dozen invoices that went this way, from all over the year."""
    among = paths().of_kind(kind)
    return [paths().of(document) for document in among[:: max(len(among) // 12, 1)]]


@pytest.mark.parametrize("kind", PATH_KINDS)
def test_every_kind_of_path_is_there_and_begins_with_its_order(kind):
    found = some(kind)
    assert len(found) >= 5
    for path in found:
        assert path.steps[0].kind == "ordered"
        assert [step.day for step in path.steps] == sorted(step.day for step in path.steps)
        assert {"ordered", "released", "invoice"} <= {step.kind for step in path.steps}


@pytest.mark.parametrize("kind", PATH_KINDS)
def test_the_steps_hold_every_entry_of_the_invoice(kind):
    entries = year().ledger.entries
    for path in some(kind):
        mine = entries[(entries["document"] == path.document) | (entries["against"] == path.document)]
        expected = {f"E{row}" for row in mine.index}
        assert {step.row for step in path.steps if step.row.startswith("E")} == expected
        inside = mine[mine["kind"] != "recovery"]["amount_fen"].sum()
        left = sum(step.amount_fen for step in path.steps if step.kind == "still_open")
        assert inside == left
        assert (left == 0) == (path.settled_on != NEVER)


def test_kinds_are_what_they_say():
    for path in some("on_time"):
        assert path.settled_on <= path.due_on
    for path in some("late"):
        assert path.settled_on - path.due_on >= 10
    for kind, step in (
        ("held", "held"),
        ("promise_broken", "promise_broken"),
        ("disputed", "dispute_opened"),
        ("written_off", "write_off"),
        ("open", "still_open"),
    ):
        for path in some(kind):
            assert step in {found.kind for found in path.steps}
    one = {kind: set(paths().of_kind(kind)) for kind in ("on_time", "late", "written_off", "open")}
    assert sum(map(len, one.values())) == len(set.union(*one.values()))


def test_stretches_are_the_days_between_order_and_end():
    for kind in PATH_KINDS:
        for path in some(kind):
            end = min(path.settled_on, year().ledger.last)
            found = dict(stretches(path, year().ledger.last))
            assert sum(found.values()) == end - path.ordered_on
            assert (found["late"] > 0) == (end > path.due_on)


def test_nobody_is_shown_to_dun_what_is_disputed_promised_or_paid():
    for kind in PATH_KINDS:
        for path in some(kind):
            silent = False
            for step in path.steps:
                silent |= step.kind in ("dispute_opened", "promise_made")
                silent &= step.kind not in ("dispute_settled", "promise_kept", "promise_broken", "receipt")
                if step.kind == "contact":
                    assert not silent or step.day in {s.day for s in path.steps if s.kind == "promise_made"}
                    assert step.day < path.settled_on


def test_a_step_of_the_ladder_is_done_once():
    ladder = year().policy.collection.ladder
    for path in some("written_off") + some("open"):
        done = [
            step for step in path.steps if step.kind == "contact" and step.told["outcome"] != "not_reached"
        ]
        assert len(done) <= len(ladder)


def test_every_entry_and_action_that_can_be_a_step_has_department_and_words():
    kinds = [*ENTRY_DEPARTMENTS, *ACTION_DEPARTMENTS, "ordered", "held", "released", "due", "still_open"]
    assert set(ENTRY_DEPARTMENTS) == set(ENTRY_KINDS) - {"opening"}
    assert set(ACTION_DEPARTMENTS) <= set(ACTION_KINDS)
    for lang in LANGUAGES:
        words = Words(lang)
        assert not [kind for kind in kinds if not words.has(f"path.step.{kind}")]
        departments = {*ENTRY_DEPARTMENTS.values(), *ACTION_DEPARTMENTS.values(), "sales", "nobody"}
        assert not [name for name in departments if not words.has(f"path.department.{name}")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_is_a_whole_sentence(lang):
    words = Words(lang)
    for kind in PATH_KINDS:
        for path in some(kind):
            for step in path.steps:
                said = told(words, year(), step)
                assert said.endswith("。" if lang == "zh" else ".")
                assert not any(mark in said for mark in ("  ", " .", "：。", ": .", "{", "}")), said
    assert set(BRANCHES) == {"reason", "move", "outcome"}


def test_covered_steps_keep_their_place_and_tell_nothing():
    words, path = Words("en"), some("late")[0]
    names = year().names("en")
    first, whole = (page(words, year(), path, shown, names) for shown in (1, len(path.steps)))
    assert first.count("<tr") == whole.count("<tr") == len(path.steps) + 1
    assert first.count("arlab-covered") == len(path.steps) - 1
    assert "Money arrives" in whole
    assert "Money arrives" not in first
    assert "In cash after" in whole
    assert "In cash after" not in first


def test_the_learner_uncovers_step_by_step_and_goes_round_the_invoices():
    shown = InvoicePath("zh", year())
    steps = len(shown.path.steps)
    first = shown.path.document
    for _ in range(steps + 2):
        shown._next.click()
    assert shown._next.disabled
    shown._again.click()
    assert not shown._next.disabled
    shown._another.click()
    assert shown.path.document != first
    for _ in range(len(paths().of_kind("on_time")) - 1):
        shown._another.click()
    assert shown.path.document == first
    shown._kind.value = "written_off"
    shown._all.click()
    assert "核销" in shown._page.value
