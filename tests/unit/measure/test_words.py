"""Has every figure, every refusal and every bucket its words in both languages?"""

import pytest

from sim.measure import METRICS, REPORTS
from sim.measure.ages import DUE_BUCKETS, INVOICE_BUCKETS
from sim.measure.expected_loss import BUCKETS
from sim.measure.lead_times import STAGES
from sim.measure.service import FUNNEL
from sim.measure.working_capital import FACILITIES
from sim.model.ledger import COVERAGE
from sim.words import LANGUAGES, Words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_metric_has_a_name_and_an_explanation(lang):
    words = Words(lang)
    missing = [
        key
        for name in METRICS
        for key in (f"metric.{name}.name", f"metric.{name}.help")
        if not words.has(key)
    ]
    assert missing == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_for_not_knowing_can_be_said(lang):
    words = Words(lang)
    reasons = {metric.unknown for metric in METRICS.values() if metric.unknown}
    reasons |= {f"reason.not_recorded.{kind}" for kind in COVERAGE}
    reasons |= {f"reason.no_figure.{figure}" for metric in METRICS.values() for figure in metric.seller}
    assert [reason for reason in sorted(reasons) if not words.has(reason)] == []


def test_every_age_bucket_has_a_name():
    words = Words("en")
    assert all(words.has(f"ageing.{name}") for name, _ in (*DUE_BUCKETS, *INVOICE_BUCKETS))
    assert all(words.has(f"ageing.{name}") for name in BUCKETS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_its_columns_and_its_stages_have_names(lang):
    words = Words(lang)
    keys = {f"{report.words_key}.{part}" for report in REPORTS.values() for part in ("name", "help")}
    keys |= {f"column.{name}" for report in REPORTS.values() for name in ("run", *report.columns)}
    keys |= {f"stage.{name}" for name in (*STAGES, *FUNNEL, *FACILITIES)}
    assert [key for key in sorted(keys) if not words.has(key)] == []


def test_what_a_table_needs_is_something_a_ledger_can_record():
    assert {kind for report in REPORTS.values() for kind in report.needs} <= set(COVERAGE)


def test_what_a_metric_needs_is_something_a_ledger_can_record():
    needed = {kind for metric in METRICS.values() for kind in metric.needs}
    assert needed <= set(COVERAGE)


def test_metric_names_are_told_apart():
    for lang in LANGUAGES:
        words = Words(lang)
        names = [words.say(f"metric.{name}.name") for name in METRICS]
        assert len(set(names)) == len(names)
