"""Does the invoice calculator say what the figures of a ledger with the same invoice say?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.base.days import date_of, day_of
from sim.measure import METRICS, Books, periods_between
from sim.panels.measures.overdue_calculator import clauses, overdue_calculator, said_result
from sim.panels.measures.overdue_case import OPEN, Case, work
from sim.words import Words
from tests.unit.ledgers import action, book, invoice, receipt

BILLED = day_of("2025-09-01")
CASE = Case(
    BILLED, 100_000, part_pct=40, part_after=50, disputed_after=45, disputed_days=20, extended_days=10
)


def test_an_invoice_due_in_the_national_holiday_is_due_after_it():
    assert str(date_of(work(CASE).due_first)) == "2025-10-09"
    assert str(date_of(work(replace(CASE, next_workday=False)).due_first)) == "2025-10-01"
    assert (
        str(date_of(work(replace(CASE, pay_run_day=25)).due_first)) == "2025-10-27"
    )  # the 25th is a Saturday


@pytest.mark.parametrize("asked_after", [20, 49, 60, 64, 90, 150])
def test_the_case_agrees_with_the_ledger_s_own_figures(asked_after: int):
    found = work(replace(CASE, asked_after=asked_after))
    events = [
        invoice("I1", 100_000, day=BILLED, due=found.due_on, original_due=found.due_first),
        receipt("I1", 40_000, day=BILLED + 50),
        action("dispute_opened", day=BILLED + 45, document="I1", amount=60_000),
        action("dispute_settled", day=BILLED + 65, document="I1"),
    ]
    events = [event for event in events if event.values["happened_on"] <= found.on]
    books = Books(book(*events, first=BILLED, last=found.on))
    whole = periods_between(BILLED, found.on, "all")
    for name, mine in (
        ("overdue_days", found.weighted),
        ("overdue_days_original", found.weighted_original),
        ("overdue_days_ex_dispute", found.weighted_ex_dispute),
    ):
        assert METRICS[name].of(books, whole)[0, 0] == pytest.approx(mine, nan_ok=True), name


def test_the_paid_part_stops_counting_on_the_day_the_cash_came():
    early, late = (work(replace(CASE, asked_after=after)) for after in (60, 120))
    part = {found.on: found.parts[0] for found in (early, late)}
    assert part[early.on].days == part[late.on].days > 0
    assert late.parts[1].days == early.parts[1].days + 60


def test_a_dispute_stops_only_the_second_clock_and_only_after_the_due_date():
    found = work(replace(CASE, extended_days=0, asked_after=90))
    rest = found.parts[1]
    assert rest.days - rest.days_ex_dispute == 20
    early = work(replace(CASE, extended_days=0, disputed_after=0, disputed_days=30, asked_after=90)).parts[1]
    assert early.days == early.days_ex_dispute


def test_an_extension_hides_nothing():
    plain, moved = (work(replace(CASE, extended_days=days, asked_after=90)) for days in (0, 30))
    assert moved.parts[1].days == plain.parts[1].days - 30
    assert moved.parts[1].days_original == plain.parts[1].days_original


def test_within_grace_nothing_is_overdue_and_after_it_all_days_count():
    ask = Case(BILLED, 100, next_workday=False, grace_days=5, asked_after=35)
    assert work(ask).parts[0].days == 0
    assert work(replace(ask, asked_after=36)).parts[0].days == 6


def test_interest_is_five_in_ten_thousand_a_day():
    found = work(Case(BILLED, 20_000_000, net_days=0, next_workday=False, asked_after=45))
    assert found.interest_fen == 450_000  # 200,000 yuan, 45 days late: 4,500 yuan


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_clause_that_matters_is_said_and_no_other(lang: str):
    words = Words(lang)
    plain = Case(BILLED, 100, next_workday=False)
    assert len(clauses(words, work(plain))) == 2
    rich = replace(CASE, grace_days=3, asked_after=90)
    assert len(clauses(words, work(rich))) == 7
    paid = work(replace(CASE, rest_after=60, asked_after=90))
    assert said_result(words, paid) == words.say("labs.overdue.result_paid", on=words.date(paid.on))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_end_of_every_control_can_be_drawn(lang: str):
    panel = overdue_calculator(lang)
    for control in panel._numbers.values():
        for end in (control.min, control.max):
            control.value = end
            assert "<svg" in panel._picture.value
    panel._rest.value = 45
    assert panel.case.rest_after == 45 != OPEN
