"""Are alarms, the late-payment scorecard and the provision judged only by what could be known, and counted rightly?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.base.days import NEVER
from sim.measure import METRICS, Books
from sim.measure.by_customer import failed_by
from sim.panels.warning.alarm_rows import LOOKS, MOST_POINTS, SIGNALS, Looked, joined, judged, looked_at
from sim.panels.warning.alarm_threshold import AlarmThreshold, alarm_debrief, really, rows_of
from sim.panels.warning.companies import COMPANIES, company
from sim.panels.warning.late_score import FEATURES, invoices_of, scorecard
from sim.panels.warning.late_scorecard import known_invoices, late_scorecard
from sim.panels.warning.provision_check import became_of, provided, provision_check


@pytest.fixture(scope="module")
def rows() -> Looked:
    return joined([rows_of(number) for number in range(COMPANIES)])


def test_a_signal_is_told_from_what_was_known_that_day_only():
    """The rows of the first look are the same when the ledger ends there, but for what follows."""
    lived = company(0)
    day = lived.first + LOOKS[0]
    whole, early = rows_of(0), looked_at(0, Books(lived.books.ledger.known_by(day)), 0, day)
    mine = whole.look == 0
    assert np.array_equal(early.signals, whole.signals[mine])
    assert np.array_equal(early.customer, whole.customer[mine])


def test_a_failure_counts_once_and_within_180_days(rows: Looked):
    lived = company(0)
    mine = (rows.company == 0) & rows.failed
    assert len(set(rows.customer[mine])) == mine.sum()
    for who, look in zip(rows.customer[mine], rows.look[mine], strict=True):
        day = lived.first + LOOKS[look]
        before, after = failed_by(lived.books, np.array([day, day + 180]))[0][:, who]
        assert not before
        assert after


def test_the_four_counts_are_all_rows_and_the_money_adds_up(rows: Looked):
    for threshold in range(MOST_POINTS + 2):
        found = judged(rows, SIGNALS, threshold, alarm_cost_fen=100.0, saved_share=0.5)
        assert found.hits + found.false_alarms + found.missed + found.quiet == len(rows.failed)
        assert found.lost_fen + found.saved_fen == pytest.approx(rows.loss_fen.sum())
        assert found.alarm_cost_fen == 100.0 * (found.hits + found.false_alarms)
    never = judged(rows, SIGNALS, MOST_POINTS + 1, alarm_cost_fen=100.0, saved_share=0.5)
    assert never.hits == never.false_alarms == 0


def test_a_higher_threshold_gives_fewer_alarms_and_misses_more(rows: Looked):
    every = [judged(rows, SIGNALS, at, alarm_cost_fen=0, saved_share=0.5) for at in range(1, MOST_POINTS + 1)]
    alarms = [each.hits + each.false_alarms for each in every]
    assert alarms == sorted(alarms, reverse=True)
    assert [each.missed for each in every] == sorted(each.missed for each in every)


def test_what_the_lesson_says_of_these_companies_is_so(rows: Looked):
    """False alarms outnumber hits at every threshold that catches anything; dear alarms do not pay; points rank."""
    every = [
        judged(rows, SIGNALS, at, alarm_cost_fen=2e6, saved_share=0.5) for at in range(1, MOST_POINTS + 2)
    ]
    assert all(each.false_alarms > 10 * each.hits for each in every if each.hits)
    assert min(every, key=lambda each: each.total_fen).threshold > 7
    cheap = [
        judged(rows, SIGNALS, at, alarm_cost_fen=5e4, saved_share=0.5) for at in range(1, MOST_POINTS + 2)
    ]
    assert min(cheap, key=lambda each: each.total_fen).threshold == 1
    kinds = np.concatenate([really(rows_of(number), company(number)) for number in range(COMPANIES)])
    alarm = rows.points(SIGNALS) >= 3
    share = {kind: alarm[kinds == kind].mean() for kind in ("prompt", "strategic", "chain")}
    assert share["prompt"] < share["chain"]
    assert share["prompt"] < share["strategic"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_alarm_panel_answers_every_control(lang: str):
    panel = AlarmThreshold(lang)
    for number in range(COMPANIES):
        panel._show(number, number + 1)
    first = panel._finding.value
    panel._threshold.value = MOST_POINTS + 1
    assert panel._finding.value != first
    for control in (panel._cost, panel._saved, panel._threshold):
        for end in (control.min, control.max):
            control.value = end
    panel._company.value = 3
    for tick in panel._ticks.values():
        tick.value = False
    assert "<table" in panel._table.value
    debrief = alarm_debrief(lang)
    debrief._show(0, 1)
    assert debrief._truth.value.count("<tr>") > 6


# --- who will pay late ------------------------------------------------------------------------------------------


def learned(chosen: tuple[str, ...], month: int = 12, late_days: int = 30):
    lived = company(0)
    cutoff = lived.first + round(30.4 * month)
    asked = {"first": lived.first, "cutoff": cutoff, "last": lived.last, "late_days": late_days}
    return scorecard(known_invoices(0), chosen, **asked), cutoff


def test_nothing_is_learned_from_what_came_after_the_cut_off():
    """Turn every outcome known later into its opposite: points and forecasts of the history stay."""
    lived, invoices = company(0), known_invoices(0)
    found, cutoff = learned(FEATURES)
    turned = np.where(invoices.due_on + 30 < cutoff, invoices.paid_on, NEVER)
    changed = type(invoices)(invoices.issued_on, invoices.due_on, turned, invoices.levels, invoices.customers)
    asked = {"first": lived.first, "cutoff": cutoff, "last": lived.last, "late_days": 30}
    again = scorecard(changed, FEATURES, **asked)
    for name in FEATURES:
        assert np.array_equal(found.points[name], again.points[name])
    assert np.array_equal(found.later.forecast, again.later.forecast)


def test_levels_are_told_from_what_was_known_on_the_invoice_day():
    lived = company(0)
    day = lived.first + 300
    then = invoices_of(Books(lived.books.ledger.known_by(day)))
    now = known_invoices(0)
    for name in ("past", "overdue", "size"):
        assert np.array_equal(then.levels[name], now.levels[name][: len(then.due_on)]), name


def test_the_score_ranks_later_invoices_and_remembering_names_flatters_itself():
    plain, _ = learned(("past", "overdue"))
    assert plain.later.auc > 0.65
    assert plain.later.found_in(0.2) > 0.3
    names, _ = learned(("customer",), month=6)
    assert names.history.auc - names.later.auc > 0.1
    assert names.history.skill - names.later.skill > 0.2


def test_calling_everyone_finds_everyone():
    found, _ = learned(("past",))
    assert found.later.found_in(1.0) == 1.0
    assert found.later.found_in(0.0) == 0.0
    assert sum(count for *_, count in found.later.bands()) == len(found.later.late)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_scorecard_panel_answers_every_control(lang: str):
    panel = late_scorecard(lang)
    for control in (panel._cutoff, panel._days):
        for end in (control.min, control.max):
            control.value = end
            assert "<table" in panel._points.value
    for tick in panel._ticks.values():
        tick.value = False
    assert panel._finding.value == panel.words.say("labs.late.nothing")


# --- provision --------------------------------------------------------------------------------------------------


def test_the_matrix_of_the_last_month_is_the_kit_s_own_figure():
    lived = company(0)
    books = Books(lived.books.ledger.known_by(lived.first + 364))
    found = provided(books, 12, loss_of_last=0.60, scalar=1.0)
    assert np.nansum(found.expected) == pytest.approx(METRICS["ecl"].of(books, books.periods("all"))[0, 0])
    assert found.owed.sum() == pytest.approx(METRICS["ar"].of(books, books.periods("all"))[0, 0])


def test_a_later_ledger_does_not_change_the_provision_only_what_came():
    lived = company(0)
    early = provided(Books(lived.books.ledger.known_by(lived.first + 364)), 12, loss_of_last=0.6, scalar=1.0)
    late = provided(lived.books, 12, loss_of_last=0.6, scalar=1.0)
    assert np.array_equal(early.expected, late.expected)
    assert early.written_off.sum() == 0 < late.written_off.sum()


def test_written_off_and_still_open_never_exceed_what_was_owed():
    for number in range(3):
        found = provided(company(number).books, 12, loss_of_last=0.6, scalar=1.0)
        assert (found.written_off + found.still_open <= found.owed + 1).all()
        lost, left = became_of(company(number).books, found.day)
        assert lost.sum() == found.written_off.sum()
        assert left.sum() == found.still_open.sum()


def test_in_most_companies_sixty_percent_provides_more_than_was_lost():
    """What the lesson says in words."""
    found = [provided(company(number).books, 12, loss_of_last=0.6, scalar=1.0) for number in range(COMPANIES)]
    enough = [np.nansum(each.expected) > each.written_off.sum() + each.still_open.sum() for each in found]
    assert sum(enough) > COMPANIES / 2


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_provision_panel_answers_every_control(lang: str):
    panel = provision_check(lang)
    before = panel._table.value
    panel._last.value = 90
    assert panel._table.value != before
    for control in (panel._month, panel._last, panel._scalar):
        for end in (control.min, control.max):
            control.value = end
            assert "<table" in panel._table.value


def test_a_page_that_opens_late_is_told_how_many_alarms(monkeypatch):
    """Where another page has lived the companies, all is said before this page has taken in the panel."""
    told = []
    made = AlarmThreshold("en")
    for widget in (made._finding, made._lines[0]):
        monkeypatch.setattr(
            type(widget), "send_state", lambda self, key=None: told.append((id(self), str(key)))
        )
    made._view_count = 1
    assert {(id(made._finding), "value"), (id(made._table), "value"), (id(made._progress), "value")} <= set(
        told
    )
    assert any(id(made._lines[0]) == told_id and "'x'" in key for told_id, key in told)
