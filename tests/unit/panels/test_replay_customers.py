"""Is a customer's timeline what the ledger says of this customer?"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.base.days import NEVER
from sim.panels.stories.customer_drawing import LANE_NAMES, Drawing
from sim.panels.stories.customer_story import LANES, SORTS, Customers
from sim.panels.stories.customer_timeline import CustomerTimeline
from sim.panels.stories.replay_life import Life, Told, life_of
from sim.words import LANGUAGES, Words


@cache
def year() -> Life:
    return life_of(Told("distributor"))


@cache
def customers() -> Customers:
    return Customers(year())


def test_all_customers_together_owe_what_the_company_is_owed():
    last = year().story.days - 1
    assert customers().overdue.sum() == year().story.overdue[last]
    assert customers().owed.sum() >= year().story.ar[last]  # credits are not netted
    assert (customers().overdue <= customers().owed).all()


def test_the_worst_is_the_highest_evening_of_the_year():
    found, story = year().story.books.documents, year().story
    for customer in (0, 7, 40):
        mine = found.customer == customer
        evenings = [
            np.where(
                mine & (found.due_on < story.first + day), np.maximum(found.open_at(day + 1), 0), 0
            ).sum()
            for day in range(story.days)
        ]
        assert customers().worst[customer] == max(evenings)
        assert customers().overdue[customer] == evenings[-1]


def test_bars_are_the_customer_s_invoices_and_end_as_they_did():
    entries = year().ledger.entries
    for customer in range(0, 60, 9):
        bars = customers().bars(customer)
        mine = entries[entries["customer"] == customer]
        billed = mine[mine["kind"].isin(("invoice", "opening"))]
        assert sorted(bar.document for bar in bars) == sorted(billed["document"])
        assert sum(bar.billed_fen for bar in bars) == billed["amount_fen"].sum()
        for bar in bars:
            assert (bar.ending == "open") == (bar.settled_on == NEVER) or bar.ending == "written_off"
            assert (bar.left_fen > 0) == (bar.settled_on == NEVER)
            acted = mine[mine["against"] == bar.document]["kind"]
            assert (bar.ending == "written_off") == ("write_off" in set(acted))


def test_marks_are_the_customer_s_actions_each_in_its_lane():
    actions = year().ledger.actions
    shown = {kind for kinds in LANES.values() for kind in kinds}
    for customer in range(0, 60, 9):
        marks = customers().marks(customer)
        mine = actions[(actions["customer"] == customer) & actions["kind"].isin(shown)]
        assert {mark.row for mark in marks if mark.row.startswith("A")} == {f"A{row}" for row in mine.index}
        assert all(mark.lane in LANE_NAMES for mark in marks)
        assert [mark.day for mark in marks] == sorted(mark.day for mark in marks)


def test_customers_are_found_by_number_and_name_and_sorted_as_asked():
    names = year().names("en")
    assert customers().found("d017", "number", names) == [16]
    assert customers().found("  ", "number", names) == list(range(len(names)))
    assert customers().found("no such name", "name", names) == []
    by_name = customers().found("", "name", names)
    assert [names[place] for place in by_name] == sorted(names)
    for by, figures in (
        ("overdue", customers().overdue),
        ("worst", customers().worst),
        ("owed", customers().owed),
    ):
        order = figures[customers().found("", by, names)]
        assert (np.diff(order) <= 0).all()
    assert set(SORTS) == {"overdue", "worst", "owed", "number", "name"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_bar_and_mark_says_what_it_is(lang):
    drawing = Drawing(Words(lang), customers())
    for customer in range(0, 60, 5):
        bars, marks = customers().bars(customer), customers().marks(customer)
        drawn = drawing.of(customer)
        assert drawn.count("<title>") == len(bars) + len(marks)
        for said in [*map(drawing.told, bars), *map(drawing.said, marks)]:
            assert "{" not in said
            assert said.strip()


def test_names_are_safe_in_the_drawing():
    life = year()
    shown = CustomerTimeline("en", life)
    shown._names[int(shown._choice.value)] = "<script>alert(1)</script>"
    shown._show()
    assert "<script>" not in shown._head.value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_finder_lists_shows_and_says_when_nobody_is_found(lang):
    shown = CustomerTimeline(lang, year())
    assert len(shown._choice.options) == len(year().ledger.customers)
    shown._find.value = "D01"
    assert len(shown._choice.options) == 10
    shown._table.value = "actions"
    assert shown._ledger.value.count("<tr>") > 1
    shown._find.value = "???"
    assert shown._choice.options == ()
    assert shown._head.value == Words(lang).say("timeline.nobody")
    shown._find.value = ""
    for by in SORTS:
        shown._sort.value = by
        assert shown._choice.value == customers().found("", by, shown._names)[0]
