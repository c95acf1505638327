"""Does the desk's replay show the day it is asked for, in both languages, in places that do not move?"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from sim.base.days import date_of
from sim.base.errors import BadInput
from sim.panels.stories.customer_drawing import Drawing
from sim.panels.stories.customer_story import Customers
from sim.panels.stories.invoice_path import told
from sim.panels.stories.path_story import PATH_KINDS, Paths
from sim.panels.stories.replay import SOUGHT, SPEEDS, TRACED, Replay, replay
from sim.panels.stories.replay_life import Life, Told, life_of
from sim.panels.stories.replay_rows import MOST_ROWS, Rows
from sim.panels.stories.replay_scene import CARDS, MOST_LINES, Scene
from sim.words import LANGUAGES, Words

SOME_DAYS = range(0, 365, 23)


@cache
def year() -> Life:
    return life_of(Told())


def figures_of(html: str) -> dict[str, str]:
    """The numbers on the page, by figure."""
    return dict(re.findall(r'data-figure="(\w+)"><b>([^<]*)</b>', html))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_the_story_s_numbers(lang):
    scene, story = Scene(Words(lang), year()), year().story
    for day in SOME_DAYS:
        shown = figures_of(scene.stage(day))
        for card in CARDS.values():
            for name in card:
                assert shown[name] == Words(lang).number(int(story.figures[name].count[day]))
        contacts = story.figures["contacts"].count[day]
        assert int(shown["personal"]) + int(shown["sent"]) == contacts
        page = scene.stage(day)
        for level in ("ar", "overdue", "till"):
            assert Words(lang).money(int(getattr(story, level)[day])) in page


def test_every_day_has_the_same_places():
    scene = Scene(Words("en"), year())
    frames = {
        tuple(
            re.findall(
                r'<(?:section|h4|div) class="(arlab-(?:card|head|when|date|news|level|figures|lines)[^"]*)"',
                page,
            )
        )
        for page in map(scene.stage, SOME_DAYS)
    }
    assert len({len(frame) for frame in frames}) == 1
    assert max(scene.stage(day).count('class="arlab-line"') for day in SOME_DAYS) <= 4 * MOST_LINES


def test_customers_names_are_safe_in_the_page():
    named = year().ledger.customers.assign(name_en="<script>")
    life = replace(year(), ledger=replace(year().ledger, customers=named))
    for day in SOME_DAYS:
        assert "<script>" not in Scene(Words("en"), life).stage(day)
        assert "<script>" not in Rows(Words("en"), life).behind("received", day)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("figure", TRACED)
def test_the_rows_behind_a_number_can_be_read(lang, figure):
    story, rows = year().story, Rows(Words(lang), year())
    busiest = 100
    if figure in story.figures and story.figures[figure].count.any():
        busiest = int(story.figures[figure].count.argmax())
    said = rows.behind(figure, busiest)
    assert Words(lang).date(story.first + busiest) in said
    if figure == "overdue":
        assert said.count("<tr>") - 1 == min(len(story.overdue_claims(busiest)), MOST_ROWS)
    else:
        assert said.count("<tr>") - 1 == min(len(story.rows_behind(figure, busiest)[1]), MOST_ROWS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_stepping_jumping_and_dates_lead_to_the_right_day(lang):
    desk = Replay(lang, Told())
    first = year().story.first
    assert year().story.is_worked[desk.day]
    start = desk.day
    forward, back = desk._buttons[3], desk._buttons[1]
    forward.click()
    assert desk.day == start + 1
    back.click()
    back.click()
    assert desk.day == start - 1
    desk._date.value = date_of(first + 200)
    assert desk.day == desk._slider.value == desk._ticker.value == 200
    desk._slider.value = 31
    assert Words(lang).date(first + 31) in desk._stage.value
    for name in SOUGHT:
        desk.go(0)
        desk._sought.value = name
        desk._seek.click()
        assert year().story.figures[name].count[desk.day] > 0
    desk.go(364)
    desk._seek.click()
    assert desk._note.value == Words(lang).say("replay.next.none")


def test_the_browser_keeps_time_and_the_days_stop_at_the_end():
    desk = Replay("en", Told())
    desk._play.click()
    assert desk._ticker.playing
    assert desk._play.description == "Pause"
    desk._ticker.value = 120  # what a tick does
    assert desk.day == 120
    desk._play.click()
    assert desk._play.description == "Play"
    for speed in SPEEDS:
        desk._speed.value = speed
        assert desk._ticker.interval == 1000 // speed
    desk.go(10_000)
    assert desk.day == 364
    desk._play.click()  # from the end it starts over
    assert desk.day == 0


def test_rows_are_traced_when_the_days_stand_still_only():
    desk = Replay("en", Told())
    desk._behind.value = "received"
    desk._ticker.playing = True
    stood = desk._rows.value
    desk._ticker.value = 77
    assert desk._rows.value == stood
    desk._ticker.playing = False
    assert Words("en").date(year().story.first + 77) in desk._rows.value


def test_another_policy_is_another_year():
    desk = Replay("zh", Told())
    desk.go(300)
    before = desk._stage.value
    desk._choices["policy"].value = "hands_off"
    assert desk.day == 300
    assert desk._stage.value != before
    assert figures_of(desk._stage.value)["personal"] == "0"  # nobody is called
    assert desk._note.value == "&nbsp;"


def test_unknown_customers_times_or_policies_are_refused():
    for wrong in ({"portfolio": "nowhere"}, {"policy": "none_such"}, {"scenario": "doomsday"}):
        with pytest.raises(BadInput):
            replay("en", **wrong)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("policy", ["collect_hard", "cash_emergency"])
def test_a_hard_year_can_be_told_too(lang, policy):
    """Agencies, courts, stopped deliveries, plans, bills and deposits all have words."""
    life = life_of(Told(policy=policy, scenario="slump"))
    words = Words(lang)
    scene, paths, customers = Scene(words, life), Paths(life), Customers(life)
    drawing = Drawing(words, customers)
    for day in SOME_DAYS:
        assert "arlab-stage" in scene.stage(day)
    for kind in PATH_KINDS:
        for document in paths.of_kind(kind)[::40]:
            assert all(told(words, life, step) for step in paths.of(document).steps)
    for customer in range(0, len(life.ledger.customers), 20):
        assert all(drawing.said(mark) for mark in customers.marks(customer))
