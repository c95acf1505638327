"""Is every picture whole, in both languages, and is what it says computed from what it shows?"""

from __future__ import annotations

import re
import warnings
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest

from sim.base import palette
from sim.base.errors import BadInput
from sim.measure import METRICS, REPORTS
from sim.plots import FORMATS, PLOTS, Plot, Told, figure_of, look, measured, plot_named, render, scene, still
from sim.plots.marks import apart, folded, pieces
from sim.plots.scene import note_of
from sim.plots.words_for import choice_label, control_label
from sim.study.lives import live
from sim.words import LANGUAGES, Words
from sim.words.catalogue import catalogue
from tests.unit.plots.looks import cut_off, overlapping

SMALL = {"portfolio": "exporter", "runs": 3, "days": 212}  # seven whole months
CHINESE = re.compile(r"[\u3400-\u9fff]")
OTHERWISE = {
    "year": {"baseline": "as_is", "alternative": "balanced"},
    "ageing": {"as": "share"},
    "cash": {"baseline": "as_is", "alternative": "balanced"},
    "funnel": {"baseline": "as_is", "alternative": "balanced"},
    "lateness": {"by": "cause"},
    "roll_rates": {"as": "net"},
    "payment_pattern": {"as": "open"},
    "waterfall": {"of": "cash"},
    "sweep": {
        "lever": "collection.worklist",
        "values": ["oldest", "value"],
        "metrics": ["overdue", "dso", "ar"],
    },
}
CASES = [(name, {}) for name in PLOTS] + list(OTHERWISE.items())


def of(name, **given):
    return scene(name, {**SMALL, **given})


def data_of(name, **given):
    return measured(of(name, **given))


@pytest.mark.parametrize(("name", "given"), CASES, ids=[f"{name}-{len(given)}" for name, given in CASES])
def test_a_picture_is_whole_in_both_languages(name, given):
    wanted = of(name, **given)
    data = measured(wanted)
    for lang in LANGUAGES:
        words = Words(lang)
        with look(), warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            figure, axes = figure_of(wanted.drawn_by, data, words, note_of(words, wanted))
            assert not cut_off(figure)
            assert not overlapping(figure)
        assert axes
        assert all(panel.has_data() for panel in axes)
        told = wanted.drawn_by.describe(data, words)
        assert told.finding
        assert told.shows
        assert told.finding in told.alt
        assert len(told.alt) > len(told.finding)
        assert bool(CHINESE.search(told.alt + told.shows)) == (lang == "zh")


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_picture_is_the_same_file(form):
    wanted = of("ageing")
    first = still(wanted, "zh", form)
    words = Words("zh")
    again = render(wanted.drawn_by, measured(wanted), words, form, note_of(words, wanted))
    assert first.image == again
    assert first.image[:4] == {"png": b"\x89PNG", "svg": b"<?xm", "pdf": b"%PDF"}[form]


def test_nothing_global_stays_changed():
    before = dict(mpl.rcParams)
    still(of("ageing"), "en")
    assert dict(mpl.rcParams) == before


def test_a_sign_without_a_glyph_is_an_error_and_no_square():
    def draw(_data, _words, figure):
        axes = figure.subplots()
        axes.set_title("\u0e01")
        return [axes]

    plot = Plot("test", lambda *_: None, lambda *_: Told("finding", "alt", "shows"), draw)
    with pytest.raises(UserWarning, match="Glyph"):
        render(plot, None, Words("en"))


def test_a_picture_fits_a_laptops_page():
    assert all(width <= 9.6 and height <= 6.0 for width, height in (plot.size for plot in PLOTS.values()))


def test_every_plot_argument_and_choice_has_words():
    needed = set()
    for plot in PLOTS.values():
        needed |= {f"{plot.words_key}.name", f"{plot.words_key}.help"}
        for argument in plot.arguments:
            needed |= {f"plot.choice.{plot.name}.{argument.name}.{choice}" for choice in argument.choices}
            if argument.kind in ("choice", "whole", "number", "text"):
                needed.add(f"plot.argument.{argument.name}")
    assert not needed - set(catalogue())


def test_colours_of_ages_and_shares_can_be_told_apart_in_grey():
    for scale in (palette.AGES, palette.HEAT):
        lightness = [luminance(colour) for colour in scale]
        assert lightness == sorted(lightness, reverse=True)
        assert min(np.abs(np.diff(lightness))) > 0.01
    assert abs(luminance(palette.BASELINE) - luminance(palette.ALTERNATIVE)) > 0.0
    assert palette.DASHES["baseline"] != palette.DASHES["alternative"]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# --- what they say is what the books say --------------------------------------------------------------------------


def whole(books, metric):
    return METRICS[metric].of(books, books.periods("all"))[:, -1]


def books_of(name="as_is"):
    return live(of("year", policy=name).asked[0]).books


def test_the_year_shows_the_metrics_of_each_month():
    data, books = data_of("year"), books_of()
    months = books.periods("month")
    assert data.months == months.labels
    for metric in ("credit_sales", "ar", "overdue", "cash"):
        assert (data.runs[0][metric] == METRICS[metric].of(books, months)).all()


def test_ageing_adds_up_to_what_is_owed():
    data, books = data_of("ageing"), books_of()
    assert (data.totals == books.at_end(books.ar, books.periods("month"))).all()
    made = replace(data, balances=np.array([[[60.0, 20, 8, 2, 5, 5, 0, 0]]]), months=("2025-01",))
    said = PLOTS["ageing"].describe(made, Words("en")).finding
    assert said.startswith("40% of what is owed at the end of Jan 2025 is past due, 10% by more than 90 days")


def test_cash_marks_the_low_point_of_the_run_in_the_middle():
    data, books = data_of("cash"), books_of()
    path = data.paths[0]
    assert list(path.lows) == list(whole(books, "cash_low"))
    assert path.lows[path.middle_run] == np.sort(path.lows)[1]
    assert path.ruined == whole(books, "ruin").mean()


def test_the_turnover_beside_the_family_is_its_reciprocal():
    data = data_of("dso_family", runs=1)
    months = books_of().periods("month").days
    known = np.isfinite(data.turnover)
    assert data.turnover[known] * data.values["dso_average"][known] == pytest.approx(365, rel=1e-9)
    assert len(data.values) == 7
    assert len(months) == len(data.months)


def test_orders_go_somewhere_and_the_lost_ones_are_the_lost_sales():
    data, books = data_of("funnel"), books_of()
    orders = books.ledger.orders
    wanted = np.bincount(books.run_index(orders), orders["amount_fen"], minlength=books.runs)
    assert data.wanted(0) == pytest.approx(wanted)
    lost = data.ways[0]["lost"] + data.ways[0]["lost_held"]
    assert lost == pytest.approx(whole(books, "lost_sales"))
    assert sum(data.why[0].values()) == pytest.approx(lost)


@pytest.mark.parametrize("by", ["segment", "cause"])
def test_lateness_counts_every_watched_invoice_once(by):
    data = data_of("lateness", by=by)
    assert len(data.groups) > (by == "cause")
    for group in data.groups:
        assert group.shares.sum() == pytest.approx(1)
        assert 0 <= group.very_late.mean <= group.late.mean <= 1
    order = [group.very_late.mean for group in data.groups]
    assert order == sorted(order)


def test_hidden_causes_are_shown_only_when_asked_for():
    names = {group.name for group in data_of("lateness").groups}
    assert names <= {key.removeprefix("segment.") for key in catalogue() if key.startswith("segment.")}


@pytest.mark.parametrize(
    ("name", "report", "column"),
    [("roll_rates", "roll_rates", "gross"), ("payment_pattern", "payment_pattern", "collected")],
)
def test_tables_show_the_reports_numbers(name, report, column):
    data = data_of(name)
    table = REPORTS[report].of(books_of())
    assert np.array_equal(data.shares.ravel(), table[column].to_numpy(), equal_nan=True)


def test_a_waterfall_ends_where_the_alternative_stands():
    for figure in ("ar", "cash"):
        data = data_of("waterfall", of=figure)
        drawn = sum(part.mean for part in data.drawn.values())
        assert data.baseline + drawn == pytest.approx(data.alternative)
        assert abs(data.parts[data.largest].mean) == max(abs(part.mean) for part in data.parts.values())


def test_gaps_are_told_by_how_sure_they_are():
    data = data_of("dot_interval")
    for gap in data.gaps:
        assert gap.is_clear == (gap.low > 0 or gap.high < 0)
        if METRICS[gap.metric].better == "none":
            assert gap.is_better is None
    better = sum(gap.is_better is True for gap in data.gaps)
    assert (
        f"{better} of {len(data.gaps)} figures clearly better"
        in PLOTS["dot_interval"].describe(data, Words("en")).finding
    )


def test_a_forecasts_error_is_what_was_expected_too_much():
    data = data_of("forecast_13_weeks")
    made = replace(data, run=0, expected=np.full((1, 13), 110.0), came=np.full((1, 13), 100.0))
    assert made.error(13) == pytest.approx(0.10)
    assert "10% too much was expected" in PLOTS["forecast_13_weeks"].describe(made, Words("en")).finding
    assert not made.band.has_band


def test_a_forecast_needs_time_to_be_judged():
    with pytest.raises(BadInput):
        data_of("forecast_13_weeks", days=120)


def test_expected_loss_is_the_metric_and_follows_its_assumption():
    data, books = data_of("ecl"), books_of()
    assert data.total == pytest.approx(whole(books, "ecl"), nan_ok=True)
    assert (data_of("ecl", loss_of_last=0.3).total < data.total).all()


def test_alarms_are_judged_like_the_metrics():
    wanted = of("alarms", days=400, runs=3)
    data, books = measured(wanted), live(wanted.asked[0]).books
    assert wanted.names == ("balanced",)
    periods = books.periods("all")
    assert data.hit_share.mean == pytest.approx(np.nanmean(METRICS["alarm_hits"].of(books, periods)))
    failures = data.warned + data.unwarned
    assert data.warned / failures == pytest.approx(
        METRICS["failures_warned"].of(books, periods)[:, -1], nan_ok=True
    )
    raised = sum(data.total(verdict) for verdict in ("hit", "false", "open"))
    assert (raised <= METRICS["alarms"].of(books, periods)[:, -1]).all()


def test_what_others_bear_is_no_loss_of_ours():
    wanted = of("layers")
    data = measured(wanted)
    for step, asked in zip(data.steps, wanted.needs, strict=True):
        books = live(asked).books
        gross = whole(books, "bad_debt") - whole(books, "recoveries")
        assert step.amounts["loss"] + step.amounts["borne"] == pytest.approx(gross)
    assert len(data.steps) == 4
    assert not data.steps[0].amounts["borne"].any()


# --- asking for one -----------------------------------------------------------------------------------------------


def test_all_that_is_wrong_with_a_wish_is_told_at_once():
    with pytest.raises(BadInput) as caught:
        scene("ageing", {"portfolio": "nowhere", "runs": 0, "as": "pie", "frog": 1, "scenario": "mars"})
    rules = {(problem.rule, problem.field) for problem in caught.value.problems}
    assert {("out_of_range", "runs"), ("not_a_choice", "as"), ("unknown_field", "frog")} <= rules
    assert len(caught.value.problems) >= 5


def test_an_unknown_plot_is_told_its_neighbours():
    with pytest.raises(BadInput) as caught:
        plot_named("agein")
    assert "ageing" in Words("en").problems(caught.value)


@pytest.mark.parametrize(
    ("name", "given", "names"),
    [
        ("ageing", {}, ("as_is",)),
        ("ageing", {"policy": "strict"}, ("strict",)),
        ("ageing", {"terms.net_days": 30}, ("own",)),
        ("alarms", {}, ("balanced",)),
        ("year", {"baseline": "as_is", "policy": "strict"}, ("as_is", "strict")),
        ("waterfall", {"policy": "strict"}, ("as_is", "strict")),
        ("waterfall", {}, ("as_is", "balanced")),
        ("waterfall", {"levers": {"terms.net_days": 20}}, ("as_is", "alternative")),
        ("year", {"policies": ["growth", "strict"]}, ("growth", "strict")),
    ],
)
def test_policies_are_named_in_one_or_two_words(name, given, names):
    assert of(name, **given).names == names


def test_levers_move_the_last_policy_only():
    wanted = of("waterfall", **{"terms.net_days": 20})
    assert wanted.asked[1].policy.terms.net_days == 20
    assert wanted.asked[0].policy.terms.net_days != 20


def test_one_policy_too_many_is_refused():
    with pytest.raises(BadInput):
        of("ageing", policies=["as_is", "strict"])
    with pytest.raises(BadInput):
        of("waterfall", policies=["as_is"])


@pytest.mark.parametrize(
    "given", [{"values": [30]}, {"metrics": ["frog"]}, {"metrics": []}, {"lever": "no.lever"}]
)
def test_a_sweep_of_nothing_is_refused(given):
    with pytest.raises(BadInput):
        of("sweep", **given)


def test_a_layer_that_is_no_lever_is_refused():
    with pytest.raises(BadInput):
        of("layers", layers=["finance.insurance"])
    assert of("layers", layers=["finance.pledge_bp=6000"]).needs[1].policy.finance.pledge_bp == 6000


def test_controls_and_their_values_are_called_by_their_names():
    words = Words("zh")
    assert control_label(words, "terms.net_days") == words.say("lever.terms.net_days.name")
    assert choice_label(words, PLOTS["ageing"], "as", "share") == "占比"
    assert choice_label(words, None, "policy", "strict") == words.say("policy.strict.name")
    assert choice_label(words, None, "terms.net_days", 30) == "30天"


# --- where labels stand -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(30))
def test_labels_keep_their_order_and_distance_and_stay_inside(seed):
    draws = np.random.default_rng(seed)
    heights = np.sort(draws.uniform(-0.2, 1.2, draws.integers(1, 9)))
    found = apart(list(heights), 0.1, 0.0, 1.0)
    assert len(found) == len(heights)
    assert (np.diff(found) >= 0.1 - 1e-6).all()
    assert min(found) >= -1e-6
    assert max(found) <= 1 + 1e-6


def test_labels_that_have_room_stay_where_they_are():
    assert apart([0.1, 0.5, 0.9], 0.1, 0.0, 1.0) == [0.1, 0.5, 0.9]


def test_a_line_never_begins_with_a_closing_sign_or_a_numbers_unit():
    assert pieces("应收账款，逾期（30天）。") == ["应", "收", "账", "款，", "逾", "期", "（", "30天）。"]
    assert pieces("当天3,200万") == ["当", "天", "3,200万"]
    assert "".join(pieces("Cash falls to ¥2.0m (80%).")) == "Cash falls to ¥2.0m (80%)."


def test_names_fold_into_the_room_there_is():
    assert folded("highest expected value first", 0.9).count("\n") >= 1
    assert folded("short", 2.0) == "short"
    assert "".join(folded("预期收回价值最高优先", 0.5).split("\n")) == "预期收回价值最高优先"
