"""Does the applicants' desk show what the file says, hide what it does not, and count what decisions earn?"""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import numpy as np
import pytest

from sim.model.portfolio import GRADES
from sim.model.scorecard import grade_of
from sim.panels.credit.applicants import (
    NOTHING_BOUGHT,
    Bought,
    applicants,
    as_portfolio,
    chance_of,
    seen_scores,
)
from sim.panels.credit.applicants_desk import SEEDS, ApplicantsDesk, Result, worked
from sim.panels.credit.applicants_year import Decided, Desk, by_the_rule, comes_to, limit_for, year_of
from sim.panels.credit.cut_off import CutOff
from sim.panels.credit.cut_off_curve import CUT_OFFS, Asked, curve
from sim.words.catalogue import catalogue

MANY = applicants(1, 400, with_big_one=False)


def all_of(decision: Any, desk: Desk) -> tuple[Decided, ...]:
    return tuple(Decided(decision) for _ in range(desk.count))


def texts(widget: widgets.Widget) -> str:
    parts = [str(getattr(widget, name, "")) for name in ("value", "description", "options")]
    return " ".join([*parts, *(texts(child) for child in getattr(widget, "children", ()))])


# --- what is read -------------------------------------------------------------------------------------------------


def test_dearer_information_brings_the_score_nearer_to_the_truth():
    known = (NOTHING_BOUGHT, Bought("unaudited"), Bought("audited"), Bought("audited", True))
    near = [np.corrcoef(seen_scores(MANY, [one] * len(MANY)), MANY.standing)[0, 1] for one in known]
    assert near == sorted(near)
    assert near[-1] < 0.99  # no file shows everything


def test_information_costs_what_the_model_says_and_references_on_top():
    costs = [Bought("none").cost_fen, Bought("unaudited").cost_fen, Bought("audited").cost_fen]
    assert costs == [0, 50_000, 300_000]
    assert Bought("audited", True).cost_fen > 300_000


def test_a_better_standing_fails_less_often_and_grades_agree_with_the_scorecard():
    standing = np.array([-5.0, 5.0, 30.0, 50.0, 70.0, 95.0])
    chances = chance_of(standing)
    assert np.all(np.diff(chances) < 0)
    assert chances.max() <= 0.9
    people = as_portfolio(MANY)
    assert list(people.column("grade")) == [GRADES[at] for at in grade_of(MANY.standing)]


def test_the_same_seed_brings_the_same_applicants_and_the_last_one_is_big():
    one, again = Desk(3).people, applicants(3, 8, with_big_one=True)
    assert np.array_equal(one.standing, again.standing)
    assert one.yearly_fen[-1] > 2 * one.yearly_fen[:-1].max()


# --- what decisions earn ------------------------------------------------------------------------------------------


def test_who_is_refused_buys_nothing_and_costs_only_what_was_spent_on_the_file():
    desk = Desk(2)
    year = year_of(desk, tuple(Decided("refuse", Bought("audited")) for _ in range(desk.count)))
    assert year.sales.sum() == 0
    assert np.all(year.earned == -300_000)


def test_a_prepaying_customer_can_not_be_lost():
    desk = Desk(2)
    year = year_of(desk, all_of("prepay", desk))
    assert year.sales.sum() > 0
    assert year.lost.sum() == 0


def test_room_to_owe_brings_sales_and_losses():
    desk = Desk(2)
    small, limit, accept = (year_of(desk, all_of(name, desk)) for name in ("small", "limit", "accept"))
    assert small.sales.sum() < limit.sales.sum() * 1.5 < accept.sales.sum() * 1.5
    assert accept.lost.sum() > limit.lost.sum()
    assert limit_for(desk.people, 0, Decided("accept")) > limit_for(desk.people, 0, Decided("small")) > 0


def test_the_rule_refuses_grade_e_and_reads_unaudited_accounts():
    desk = Desk(SEEDS[0])
    scores = seen_scores(desk.people, [Bought("unaudited")] * desk.count)
    weak = grade_of(scores) == GRADES.index("E")
    assert weak.any()
    assert [decided.decision == "refuse" for decided in by_the_rule(desk)] == list(weak)


def test_a_limit_of_nothing_is_told_as_prepayment():
    desk = Desk(SEEDS[0])
    limits = [limit_for(desk.people, at, Decided("limit")) for at in range(desk.count)]
    told = [comes_to(desk.people, at, Decided("limit")) for at in range(desk.count)]
    assert 0 in limits
    assert told == ["limit" if limit else "prepay" for limit in limits]
    assert "¥0" not in texts(ApplicantsDesk("en")).replace("information: ¥0", "")


def test_a_customer_decided_on_alike_earns_the_same_beside_other_decisions():
    # Only collectors' time is shared: what is decided on one applicant hardly moves another.
    desk = Desk(SEEDS[0])
    alone = year_of(desk, all_of("limit", desk)).earned[:, 0].mean()
    mixed = year_of(desk, (Decided("limit"), *all_of("refuse", desk)[1:])).earned[:, 0].mean()
    assert mixed == pytest.approx(alone, rel=0.25)


# --- the desk -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_hidden_stands_on_the_page_before_the_year_has_passed(lang: Any):
    desk = ApplicantsDesk(lang)
    people, shown = desk.desk.people, texts(desk)
    hidden = [desk.words.percent(chance, 1) for chance in people.default_chance]
    known = {desk.words.percent(margin, 1) for margin in people.facts["profit_margin"]}
    assert not [said for said in hidden if said in shown and said not in known]
    for late in people.facts["reference_late"]:
        assert desk.words.say("labs.credit.desk.references", days=desk.words.days(int(late))) not in shown


def test_the_desk_asks_for_every_decision_first():
    desk = ApplicantsDesk("en")
    desk.cards[0]._decision.value = "accept"
    desk.close_desk()
    assert "First decide on B" in desk._state.value
    assert desk._finding.value == ""


def test_buying_changes_the_file_and_the_bill_once():
    desk = ApplicantsDesk("en")
    card = desk.cards[0]
    before = card._text.value
    card._buttons["audited"].click()
    card._buttons["unaudited"].click()  # audited statements are there already
    assert card.bought == Bought("audited")
    assert card._text.value != before
    assert "Audited" in card._text.value
    assert desk.words.money(300_000) in desk._state.value


def test_closing_the_desk_tells_the_year_and_what_was_behind_it():
    desk = ApplicantsDesk("en")
    for card in desk.cards:
        card._decision.value = "limit"
    desk.close_desk()
    year = year_of(desk.desk, tuple(Decided("limit") for _ in range(desk.desk.count)))
    assert desk.words.money(year.earned.sum(axis=1)[0]) in desk._finding.value
    assert desk.words.percent(desk.desk.people.default_chance[0], 1) in desk._debrief.value
    assert all(card._decision.disabled for card in desk.cards)
    desk._reopen()
    assert desk._debrief.value == ""
    assert not desk.cards[0]._decision.disabled


def test_the_best_decision_is_the_one_that_earns_most():
    desk = Desk(SEEDS[0])
    found: Result = worked((desk, all_of("limit", desk)), 2)
    for at, best in enumerate(found.best):
        means = {
            name: year_of(desk, all_of(name, desk)).earned[:, at].mean()
            for name in ("accept", "refuse", best)
        }
        assert means[best] == max(means.values())


# --- the cut-off --------------------------------------------------------------------------------------------------


def test_a_thin_margin_draws_the_line_higher():
    best = [CUT_OFFS[curve(Asked(margin_bp=margin)).best] for margin in (400, 600, 1_000, 2_000)]
    assert best == sorted(best, reverse=True)
    assert best[0] > best[-1] == 0
    assert 0 < CUT_OFFS[curve(Asked(margin_bp=600)).best] < CUT_OFFS[-1]


def test_bad_times_draw_the_line_higher():
    lines = [CUT_OFFS[curve(Asked(scenario=name)).best] for name in ("normal", "slump")]
    assert lines[1] >= lines[0]
    assert curve(Asked(scenario="slump")).lost[1, 0] > curve(Asked()).lost[1, 0]


def test_a_higher_line_accepts_fewer_and_loses_less():
    found = curve(Asked())
    assert np.all(np.diff(found.accepted) <= 0)
    assert found.accepted[0] == 1.0
    assert found.lost[1, found.best] < found.lost[1, 0]
    assert np.all(found.profit[0] <= found.profit[1])
    assert np.all(found.profit[1] <= found.profit[2])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_cut_off_panel_says_whether_a_line_is_strict_or_lax(lang: Any):
    panel = CutOff(lang)
    panel._line.value = CUT_OFFS[-1]
    strict = panel._finding.value
    panel._line.value = int(panel._found.cut_offs[panel._found.best])
    assert panel._finding.value == panel.words.say("labs.credit.cut.said.best")
    strict_says = catalogue()["labs.credit.cut.said.strict"][lang].split("{")[0]
    assert strict.startswith(strict_says)
