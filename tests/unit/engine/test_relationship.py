"""How do customers take what we do, and what do they do then?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.records.books import Books
from sim.model.ledger import OUTCOMES
from sim.model.mechanisms import Mechanisms
from sim.model.moves import MOVE_INDEX
from sim.model.relationship import RELATIONSHIP as FIGURES
from sim.model.timeline import Timeline
from sim.world import World, draw
from tests.twin.worlds import customers, portfolio, scenario
from tests.unit.engine.tiny import Order, Owed, acts, company, entries, ladder, live, policy

ON = Mechanisms(relationship=True)
START = FIGURES.start


def books(*documents: Order, rules=None, **scene) -> Books:
    """The morning of the first day of a company with three customers."""
    return Books(company(*documents, mechanisms=ON, **scene), Timeline.of(rules or policy()))


def contact(desk: Books, move: str, day: int = 0, customer: int = 0, *, reached: bool = True) -> None:
    desk.relationship.contacted(
        np.array([customer]), np.array([MOVE_INDEX[move]]), np.array([reached]), desk.first + day
    )


def of(values, customer: int = 0) -> float:
    return float(values[customer])


# --- satisfaction -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("move", "points"),
    [("courtesy", 0.3), ("email", -0.2), ("phone", -0.5), ("letter", -3), ("lawyer_letter", -8)],
)
def test_each_move_costs_its_points_when_it_arrives(move: str, points: float):
    desk = books()
    contact(desk, move, customer=1)
    contact(desk, move, customer=2, reached=False)
    assert desk.relationship.satisfaction == pytest.approx([START, START + points, START])


@pytest.mark.parametrize(
    ("levers", "visit", "letter"),
    [
        ({}, 0.5, -3.0),
        ({"collection__tone": "firm"}, -1.3, -3.9),
        ({"collection__tone": "harsh"}, -1.6, -4.8),
        ({"collection__bonus_kind": "cash"}, 0.5, -3.9),
        ({"collection__bonus_kind": "balanced"}, 0.5, -3.0),
    ],
)
def test_the_tone_makes_the_music(levers: dict, visit: float, letter: float):
    desk = books(rules=policy(**levers))
    contact(desk, "visit")
    contact(desk, "letter", customer=1)
    assert desk.relationship.satisfaction == pytest.approx([START + visit, START + letter, START])


def test_a_fourth_contact_within_ten_workdays_annoys_in_itself():
    desk = books()
    for day in (0, 3, 6, 9):
        contact(desk, "senior_call", day)
    assert of(desk.relationship.satisfaction) == pytest.approx(START - 1.0)
    contact(
        desk, "senior_call", 13
    )  # the contacts of days 6 and 9 lie within ten days, that of day 3 no more
    assert of(desk.relationship.satisfaction) == pytest.approx(START - 1.0)


def test_half_of_a_grudge_is_gone_after_its_half_life():
    desk = books(days=400)
    contact(desk, "lawyer_letter")
    contact(desk, "letter", customer=1)
    desk.relationship._week(desk.first - 1 + 90)
    assert desk.relationship.satisfaction == pytest.approx([START - 4.0, START - 1.5, START])


def test_better_service_lifts_the_mean_to_which_satisfaction_returns():
    desk = books(rules=policy(operations__service_pct=99), days=4_000 // 2)
    for day in range(7, 1_800, 7):
        desk.relationship._week(desk.first + day)
    assert of(desk.relationship.satisfaction) == pytest.approx(START + 4 * FIGURES.service_points, abs=0.01)


def test_satisfaction_stays_between_none_and_full():
    desk = books()
    desk.relationship.shift(np.array([0, 0, 1]), np.array([-90.0, -90.0, 300.0]))
    desk.relationship._week(desk.first)
    low, high, _ = desk.relationship.satisfaction
    assert (low, high) == (0.0, 100.0)


def test_every_month_satisfaction_is_written_down_in_hundredths_of_a_point():
    ledger = live(company(days=120, mechanisms=ON))
    assert [(day, amount) for day, _, customer, amount in acts(ledger, "satisfaction") if customer == 0] == [
        (30, 7_000), (58, 7_000), (89, 7_000), (119, 7_000),
    ]  # fmt: skip


def test_a_rejected_dispute_leaves_bad_blood_and_a_desk_soothes():
    quarrel = Order(1, 900, dispute_after=1, dispute_scale=0.1)

    def mood(desk: bool) -> int:
        world = company(quarrel, mechanisms=ON, days=31, net_days=30)
        return acts(live(world, policy(operations__dispute_desk=desk)), "satisfaction")[0][3]

    assert mood(False) < mood(True) < 7_000


def test_held_orders_annoy_and_lost_ones_more():
    stop = {"credit__hold_when_overdue": True, "credit__hold_overdue_days": 0, "credit__hold_overdue_fen": 0}

    def mood(patience: int) -> int:
        world = company(Owed(60, 10**6), Order(2, 500, patience=patience), mechanisms=ON, days=31)
        return acts(live(world, policy(**stop)), "satisfaction")[0][3]

    assert mood(3) < mood(1_000) < 7_000


# --- threats ----------------------------------------------------------------------------------------------------


def test_a_bluff_halves_the_belief_in_the_next_threat():
    desk = books(Owed(60, 10**6), archetype="strategic", days=200)
    contact(desk, "lawyer_letter")
    desk.relationship._judge_threats(desk.first + FIGURES.threat_days - 1)
    assert of(desk.relationship.credibility) == 1.0
    desk.relationship._judge_threats(desk.first + FIGURES.threat_days)
    assert desk.relationship.credibility == pytest.approx([0.5, 1.0, 1.0])
    effect, move = np.array([1.9]), np.array([MOVE_INDEX["lawyer_letter"]])
    assert desk.relationship.believed(effect, move, np.array([0])) == pytest.approx([1.45])
    call = np.array([MOVE_INDEX["phone"]])
    assert desk.relationship.believed(effect, call, np.array([0])) == pytest.approx([1.9])


def test_a_threat_that_was_paid_or_carried_out_is_no_bluff():
    paid = books(days=200)
    contact(paid, "lawyer_letter")
    paid.relationship._judge_threats(paid.first + 60)
    assert of(paid.relationship.credibility) == 1.0
    done = books(Owed(60, 10**6), days=200)
    done.relationship.credibility[:] = 0.5
    contact(done, "letter")
    contact(done, "lawyer_letter", 20)
    assert of(done.relationship.credibility) == pytest.approx(0.75)
    done.relationship._carry_out(np.array([0]), 3)
    done.relationship._judge_threats(done.first + 100)
    assert of(done.relationship.credibility) == pytest.approx(0.875)


def test_belief_comes_back_slowly():
    desk = books(days=400)
    desk.relationship.credibility[:] = 0.5
    desk.relationship._week(desk.first - 1 + 180)
    assert desk.relationship.credibility == pytest.approx([0.75] * 3)


def test_threats_work_less_on_a_strategic_payer_who_has_seen_a_bluff():
    letters = ladder((1, "letter"), (61, "letter"), (121, "letter"))
    # An exponential clock of 0.1 a day: the first letter is a bluff, the later ones shorten the wait less.
    late = company(Owed(30, 10**6, luck=16.2), archetype="strategic", days=300, mechanisms=ON)
    plain = company(Owed(30, 10**6, luck=16.2), archetype="strategic", days=300)
    rules = policy(collection__ladder=letters)
    assert entries(live(late, rules), "receipt")[0][0] > entries(live(plain, rules), "receipt")[0][0]


# --- churn and effects ------------------------------------------------------------------------------------------


def crowd(count: int = 400, runs: int = 20, days: int = 365, **columns) -> World:
    table = customers(count, default_bp_year=0, orders_per_year=12.0, **columns)
    return draw(portfolio(table), scenario(days, mechanisms=ON, calendar="every_day"), seed=3, runs=runs)


def churned(world: World, rules=None) -> np.ndarray:
    """Share of customers that left, per run."""
    actions = live(world, rules).actions
    gone = actions[actions["kind"] == "churned"].groupby("run").size()
    return gone.reindex(world.run_names, fill_value=0).to_numpy() / len(world.portfolio)


@pytest.mark.parametrize(("competitor_days", "factor"), [(0, 1.0), (15, 1.5**0.5), (30, 1.5), (90, 1.5)])
def test_content_customers_leave_at_the_stated_rate(competitor_days: int, factor: float):
    """Nobody calls, nothing is held: satisfaction stays 70, the hazard is .10 exp(.035 (60 - 70)) a year."""
    rate = factor * 0.10 * np.exp(0.035 * (60.0 - 70.0))
    as_now = policy(terms__net_days=60)
    found = churned(crowd(competitor_days=competitor_days, dispute_bp=0), as_now)
    error = found.std(ddof=1) / np.sqrt(len(found))
    assert abs(found.mean() - -np.expm1(-rate)) < 3.0 * error


def test_cutting_our_term_is_as_good_as_a_competitor_who_lengthens_his():
    usual, cut = policy(terms__net_days=60), policy(terms__net_days=30)
    ahead = [books(rules=rules, net_days=60).market.competitors_ahead()[0] for rules in (usual, cut)]
    assert ahead == [0.0, 30.0]


def test_who_left_orders_no_more_and_owes_what_he_owes():
    world = crowd(count=60, runs=4)
    ledger = live(world)
    gone = ledger.actions[ledger.actions["kind"] == "churned"].set_index(["run", "customer"])["happened_on"]
    orders = ledger.orders.join(gone.rename("gone"), on=["run", "customer"], how="inner")
    assert len(gone)
    assert len(orders)
    assert (orders["wanted_on"] <= orders["gone"]).all()


def test_an_angrier_customer_leaves_no_later():
    """The same luck decides: whoever leaves a patient seller leaves a harsh one too."""
    world = crowd(count=60, runs=4)
    harsh = {"collection__ladder": ladder((-20, "lawyer_letter"), (-10, "letter"), (1, "lawyer_letter"))}

    def left(rules) -> dict:
        actions = live(world, rules).actions
        gone = actions[actions["kind"] == "churned"]
        return dict(zip(zip(gone["run"], gone["customer"], strict=True), gone["happened_on"], strict=True))

    calm, angry = left(policy()), left(policy(**harsh))
    assert len(angry) > len(calm)
    assert all(angry[who] <= day for who, day in calm.items())


def test_who_likes_us_pays_sooner_and_orders_more():
    desk = books()
    state = desk.relationship
    state.satisfaction[:] = state.trust[:] = (START + 20, START, START - 20)
    state._take_effect()
    liked, usual, disliked = desk.haste.product
    assert (liked, usual, disliked) == pytest.approx((1.066, 1.0, 0.934))
    assert desk.appetite.product == pytest.approx([1.06, 1.0, 0.94])
    state.satisfaction[:] = 0.0
    state._take_effect()
    assert (desk.haste.product >= 0.9).all()


def test_without_the_mechanism_nobody_remembers_anything():
    desk = Books(company(Owed(60, 10**6)), Timeline.of(policy()))
    contact(desk, "lawyer_letter")
    assert (desk.relationship.satisfaction == START).all()
    assert not acts(live(company(Owed(60, 10**6), days=200)), "satisfaction", "churned")


# --- what other departments do to customers -----------------------------------------------------------------------


def heard(kind: str, outcome: str = "", invoices: int = 1, **scene) -> Books:
    """After a week in which this happened to some invoices of the first customer."""
    desk = books(*(Owed(60, 10**6) for _ in range(invoices)), **scene)
    rows = np.arange(invoices)
    code = OUTCOMES.index(outcome)
    desk.log.on_invoices(kind, desk.first + 1, rows, desk.open_fen[rows], outcome=code)
    desk.relationship._hear()
    return desk


@pytest.mark.parametrize(
    ("kind", "outcome", "points"),
    [
        ("handed_over", "agency", -20.0),
        ("handed_over", "court", -40.0),
        ("plan_made", "", 2.0),
        ("exited", "", -20.0),
    ],
)
def test_what_happens_to_many_invoices_of_a_customer_is_felt_once(kind: str, outcome: str, points: float):
    for invoices in (1, 5):
        found = heard(kind, outcome, invoices).relationship.satisfaction
        assert found == pytest.approx([START + points, START, START])


def test_each_dispute_is_a_quarrel_of_its_own():
    assert (
        of(heard("dispute_opened", invoices=3).relationship.satisfaction)
        == START + 3 * FIGURES.dispute_points
    )


@pytest.mark.parametrize(("dependence", "points"), [(100, -10.0), (0, -15.0), (50, -12.5)])
def test_a_stop_of_supply_hurts_most_who_can_buy_elsewhere(dependence: int, points: float):
    found = heard("stop_supply", table={"dependence_pct": dependence}).relationship
    assert of(found.satisfaction) == pytest.approx(START + points)


def test_words_kept_and_broken_move_trust():
    assert of(heard("promise_kept").relationship.trust) == START + 1.0
    assert of(heard("promise_broken", invoices=4).relationship.trust) == START - 3.0
    assert of(heard("plan_broken").relationship.trust) == START - 5.0


def test_an_agency_answers_a_lawyers_letter_and_a_stop_of_supply_a_letter():
    for move, kind, outcome, answered in (
        ("lawyer_letter", "handed_over", "agency", True),
        ("lawyer_letter", "stop_supply", "", False),
        ("letter", "stop_supply", "", True),
    ):
        desk = books(Owed(60, 10**6), days=200)
        contact(desk, move)
        row = np.array([0])
        desk.log.on_invoices(kind, desk.first + 5, row, desk.open_fen[row], outcome=OUTCOMES.index(outcome))
        desk.relationship._hear()
        desk.relationship._judge_threats(desk.first + 60)
        assert of(desk.relationship.credibility) == (1.0 if answered else 0.5)


def test_late_suppliers_of_ours_spoil_the_mean():
    desk = books()
    desk.service_slip = np.array([0.5])
    assert desk.relationship._mean() == pytest.approx([START + 0.5 * FIGURES.slip_points] * 3)
