"""Does every number of a day at the desk agree with its ledger rows, with the measures, and with bookkeeping?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from sim.base.days import day_of
from sim.engine import simulate
from sim.measure import METRICS, Books
from sim.model.ledger import Ledger
from sim.model.portfolio import scenario_for
from sim.model.portfolio_files import load_portfolio
from sim.panels.stories.replay_life import Told, life_of
from sim.panels.stories.replay_story import SOURCES, Story
from sim.world import draw
from tests.unit import ledgers as made

FEW = 150  # days


@cache
def two_runs() -> Ledger:
    """Five months of two runs."""
    portfolio = load_portfolio("manufacturer")
    scenario = scenario_for(portfolio, "normal").model_copy(update={"days": FEW})
    return simulate(draw(portfolio, scenario, seed=5, runs=2), portfolio.policy_in_force)[0]


@cache
def stories() -> tuple[Story, ...]:
    return tuple(Story(two_runs(), run=run) for run in two_runs().runs)


def by_month(name: str) -> np.ndarray:
    books = Books(two_runs())
    return METRICS[name].of(books, books.periods("month"))


def summed(run: int, days: np.ndarray) -> np.ndarray:
    """A story's days as months."""
    months = Books(two_runs()).periods("month")
    return np.array(
        [
            days[start - two_runs().first : end + 1 - two_runs().first].sum()
            for start, end in zip(months.starts, months.ends, strict=True)
        ]
    )


@pytest.mark.parametrize(
    ("metric", "days_of"),
    [
        ("invoices", lambda story: story.figures["invoiced"].count),
        ("receipts", lambda story: story.figures["received"].amount),
        ("contacts", lambda story: story.figures["contacts"].count),
        ("collector_minutes", lambda story: story.minutes_used),
        ("held_sales", lambda story: story.figures["orders_held"].amount),
        ("bad_debt", lambda story: story.figures["written_off"].amount),
    ],
)
def test_the_days_of_a_month_add_up_to_the_measure(metric, days_of):
    expected = by_month(metric)
    for run, story in enumerate(stories()):
        np.testing.assert_array_equal(summed(run, days_of(story)), expected[run])
    assert expected.sum() > 0


@pytest.mark.parametrize(("metric", "level"), [("ar", "ar"), ("overdue", "overdue"), ("cash", "till")])
def test_an_evening_stands_where_the_measure_says(metric, level):
    months = Books(two_runs()).periods("month")
    for run, story in enumerate(stories()):
        evenings = getattr(story, level)[months.ends - two_runs().first]
        np.testing.assert_array_equal(evenings, by_month(metric)[run])


@pytest.mark.parametrize(("level", "moved"), [("ar", "ar_moved"), ("till", "till_moved")])
def test_what_a_day_moves_is_the_change_since_the_evening_before(level, moved):
    for story in stories():
        np.testing.assert_array_equal(np.diff(getattr(story, level)), story.figures[moved].amount[1:])


def test_the_first_day_begins_from_the_opening_items():
    for run, story in enumerate(stories()):
        before = Books(two_runs()).ar[run, 0]
        assert story.ar[0] - story.figures["ar_moved"].amount[0] == before


def test_overdue_is_the_sum_of_its_claims_on_any_day():
    for story in stories():
        for day in range(0, story.days, 7):
            claims = story.overdue_claims(day)
            assert claims["amount_fen"].sum() == story.overdue[day]
            assert (claims["late"] > 0).all()


def test_a_number_is_the_sum_of_its_rows_and_no_row_is_counted_twice():
    ledger = two_runs()
    for story in stories():
        for name, figure in story.figures.items():
            assert len(np.unique(figure.rows)) == len(figure.rows), name
            table, source = getattr(ledger, figure.table), SOURCES[name]
            for day in range(0, story.days, 11):
                rows = table.iloc[figure.on(day)]
                assert (rows["run"] == story.run).all()
                assert (rows[source.day] == story.first + day).all()
                assert source.signed(rows["amount_fen"].to_numpy()).sum() == figure.amount[day]


def test_no_order_wanted_in_time_is_left_out():
    ledger = two_runs()
    for story in stories():
        mine = ledger.orders[ledger.orders["run"] == story.run]
        assert story.figures["orders_in"].count.sum() == (mine["wanted_on"] >= ledger.first).sum()
        lost = mine["lost_on"] <= ledger.last
        assert story.figures["orders_lost"].count.sum() == lost.sum()


def test_a_run_of_many_tells_the_same_story_as_that_run_alone():
    ledger = two_runs()
    alone = ledger.runs[1]
    cut = {
        name: getattr(ledger, name)[getattr(ledger, name)["run"] == alone].reset_index(drop=True)
        for name in ("entries", "orders", "actions", "cash", "balance")
    }
    story = Story(replace(ledger, runs=(alone,), **cut))
    for name, figure in stories()[1].figures.items():
        np.testing.assert_array_equal(story.figures[name].amount, figure.amount)
        np.testing.assert_array_equal(story.figures[name].count, figure.count)
    np.testing.assert_array_equal(story.overdue, stories()[1].overdue)


def handmade() -> Story:
    """Thursday to Wednesday, written down by hand; 26 January 2025 is a Sunday that is worked."""
    return Story(
        made.book(
            made.invoice("A", 100, day="2025-01-23", net=2),
            made.invoice("B", 50, day="2025-01-24", net=30),
            made.receipt("A", 60, day="2025-01-27"),
            made.reversal("A", 10, day="2025-01-27"),
            made.action("contact", day="2025-01-26", amount=100, minutes=9, move="phone", outcome="reached"),
            made.action("contact", day="2025-01-26", amount=100, move="email", outcome="sent"),
            made.action("staff_left", day="2025-01-27", customer=None),
            made.write_off("B", 20, day="2025-01-28"),
            made.recovery("B", 5, day="2025-01-29"),
            made.cash("opening", 1_000, day="2025-01-22"),
            made.cash("receipt", 60, day="2025-01-27"),
            made.cash("payroll", -7, day="2025-01-27"),
            first="2025-01-23",
            last="2025-01-29",
            seller={"calendar": 2, "collector_minutes_per_day": 720},
        ),
        collectors=2,
    )


def test_a_week_written_by_hand_is_told_as_it_was_written():
    story = handmade()
    assert story.ar.tolist() == [100, 150, 150, 150, 100, 80, 80]
    assert story.overdue.tolist() == [0, 0, 0, 100, 50, 50, 50]
    assert story.till.tolist() == [1_000, 1_000, 1_000, 1_000, 1_053, 1_053, 1_053]
    assert story.figures["received"].amount.tolist() == [0, 0, 0, 0, 50, 0, 0]
    assert story.figures["written_off"].amount.tolist() == [0, 0, 0, 0, 0, 20, 0]
    assert story.figures["recovered"].amount.tolist() == [0, 0, 0, 0, 0, 0, 5]
    assert story.minutes_used.tolist() == [0, 0, 0, 9, 0, 0, 0]


def test_days_off_have_no_minutes_and_an_empty_desk_has_none_either():
    story = handmade()
    assert [story.kind_of(day) for day in range(7)] == [
        "workday", "workday", "weekend", "makeup", "workday", "holiday", "holiday",
    ]  # fmt: skip
    assert story.minutes_there.tolist() == [720, 720, 0, 720, 360, 0, 0]


def test_a_date_outside_the_year_leads_to_its_nearest_day():
    story = handmade()
    assert story.place_of(day_of("2024-01-01")) == 0
    assert story.place_of(day_of("2025-01-26")) == 3
    assert story.place_of(day_of("2030-01-01")) == 6


def test_the_next_day_with_something_is_found_or_there_is_none():
    story = handmade()
    assert story.next_day_with("contacts", 0) == 3
    assert story.next_day_with("contacts", 3) is None


def test_no_invoice_is_paid_on_a_day_off():
    """What lab 1 asks its learners to see."""
    for name in ("manufacturer", "distributor"):
        story = life_of(Told(name)).story
        received = story.figures["received"].count
        assert received[~story.is_worked].sum() == 0
        assert received.sum() > 1_000
