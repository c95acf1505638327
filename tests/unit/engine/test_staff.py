"""How good are our collectors, what changes it, and what do customers feel of it?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.base.draws import Purpose
from sim.engine.collection.diagnosis import Diagnosis
from sim.engine.collection.staff import MONTH_DAYS, Staff
from sim.engine.money.treasury import Till
from sim.engine.records.books import Books
from sim.model.ledger import ACTION_KINDS
from sim.model.mechanisms import Mechanisms
from sim.model.staffing import STAFFING
from sim.model.timeline import Timeline
from sim.world import World, draw
from tests.twin.worlds import customers, portfolio, scenario
from tests.unit.engine.tiny import NO, YES, Order, cash, company, contacts, ladder, live, paid, policy

LEARNING = Mechanisms(staff=True)


def team(runs: int = 1, *, learns: bool = False, days: int = 400, **levers: Any) -> Staff:
    """The staff of a company under this policy, on its first morning."""
    world = draw(
        portfolio(customers(2)), scenario(days, mechanisms=Mechanisms(staff=learns)), seed=1, runs=runs
    )
    books = Books(world, Timeline(policy=policy(**levers)))
    return Staff(books, Till(books))


def lived(staff: Staff, days: int) -> Staff:
    """The same so many days later."""
    first = staff.books.first
    for day in range(first, first + days):
        if staff.books.starts_month(day):
            staff._new_month(day)
        if staff.learns:
            staff._newcomers(day)
        staff._know_team(day)
    return staff


def test_without_the_mechanism_everyone_is_as_told():
    staff = lived(team(collection__collectors=3, collection__minutes_per_day=300), 40)
    assert staff.capacity == 900
    assert staff.strength(np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)) is None


def test_a_novice_learns_with_a_time_constant_of_four_months():
    staff = team(learns=True, collection__collectors=1)
    staff.began_on[:] = staff.books.first
    later = staff.books.first + round(4 * MONTH_DAYS)
    assert staff._skills(staff.books.first) == pytest.approx(0.6)
    assert staff._skills(later) == pytest.approx(1.0 - 0.4 / np.e, abs=0.001)


@pytest.mark.parametrize("praised", [False, True])
def test_a_fifth_leaves_in_a_year_fewer_where_work_is_seen(praised: bool):
    staff = lived(team(200, learns=True, collection__collectors=10, collection__recognition=praised), 365)
    left = sum(len(piece.run) for piece in staff.books.log._actions if piece.kind == _kind("staff_left"))
    chance = STAFFING.turnover_year - STAFFING.recognition_year * praised
    # Each month 1 - (1 - p) ** (1 / 12) of those at a desk; an empty desk loses nobody for about a month.
    monthly = 1 - (1 - chance) ** (1 / 12)
    at_desks = 1 - monthly
    assert left / 2_000 == pytest.approx(12 * monthly * at_desks, abs=4 * np.sqrt(0.2 / 2_000))


def test_a_leaver_is_replaced_by_a_novice_after_a_month():
    staff = lived(team(50, learns=True, collection__collectors=4), 300)
    kinds = [(piece.kind, piece.day, run) for piece in staff.books.log._actions for run in piece.run]
    left = [(day + STAFFING.replaced_days, run) for kind, day, run in kinds if kind == _kind("staff_left")]
    joined = [(day, run) for kind, day, run in kinds if kind == _kind("staff_joined")]
    assert sorted(joined) == sorted(x for x in left if x[0] < staff.books.first + 300)


def test_courses_make_better_and_are_forgotten_and_cost():
    staff = lived(team(collection__collectors=1, collection__training_days=4), 40)
    first = STAFFING.course_skill  # two of the four days, on the first of the first month
    after_a_month = first * (1 - STAFFING.forgotten_year) ** (1 / 12)
    assert staff._skills(0) == pytest.approx(1 + after_a_month, abs=0.001)
    assert int(staff.till._today.sum()) == -2 * STAFFING.course_fen_day


def test_a_larger_team_is_a_weaker_team_at_first():
    world = draw(portfolio(customers(2)), scenario(100, mechanisms=LEARNING), seed=1)
    few, many = policy(collection__collectors=2), policy(collection__collectors=4)
    books = Books(world, Timeline(policy=few, changes=((world.scenario.first + 5, many),)))
    staff = Staff(books, Till(books))
    staff.began_on[:] = -100_000
    everyone = np.array([0])
    staff._know_team(books.first)
    assert staff.skill_of(everyone)[0] == pytest.approx(1.0)
    books.morning(books.first + 5)
    staff._know_team(books.first + 5)
    assert staff.skill_of(everyone)[0] == pytest.approx((2 * 1.0 + 2 * STAFFING.novice) / 4)
    assert staff.capacity == round((2 * 1.0 + 2 * STAFFING.novice) * 360)


def test_a_bonus_on_cash_brings_effort_and_takes_small_claims_first():
    world = company(*(Order(0, 10_000 * (9 - who), customer=who) for who in range(8)), count=8)
    steps = ladder((1, "visit"))
    plain = policy(collection__ladder=steps, collection__collectors=1, collection__worklist="largest")
    paid_by_cash = plain.with_levers({"collection.bonus_kind": "cash"})
    assert [who for day, _, who, _ in contacts(live(world, plain)) if day == 31] == [0]
    assert [who for day, _, who, _ in contacts(live(world, paid_by_cash)) if day == 31] == [6, 7]


def test_the_bonus_is_a_share_of_late_cash_and_never_more_than_a_salary():
    salary = 1_000_000
    for amount, bonus in ((5_000_000, 50_000), (500_000_000, salary)):
        world = company(Order(0, amount, luck=8.0), days=150, collector_fen_per_month=salary)
        rules = policy(collection__collectors=1, collection__bonus_kind="balanced")
        with_bonus, without = (sum(a for _, a in cash(live(world, r), "payroll")) for r in
                               (rules, rules.with_levers({"collection.bonus_kind": "none"})))  # fmt: skip
        assert without - with_bonus == bonus  # paid on day 80, fifty days late


@pytest.mark.parametrize(
    ("archetype", "better"), [("strategic", True), ("strapped", False), ("forgetful", True)]
)
def test_a_harsh_tone_moves_those_who_could_pay(archetype: Any, better: bool):
    world = company(Order(0, 500, luck=8.0), archetype=archetype, script={Purpose.PROMISE: (NO,)})
    steps = ladder((10, "phone"), (24, "visit"))
    days = [
        paid(live(world, policy(collection__ladder=steps, collection__collectors=2, collection__tone=tone)))[
            0
        ][0]
        for tone in ("friendly", "harsh")
    ]
    assert days[1] <= days[0] if better else days[1] >= days[0]


def test_the_channel_follows_the_amount():
    world = company(Order(0, 1_000_000), Order(0, 60_000_000, customer=1), Order(0, 5_000_000, customer=2))
    rules = policy(
        collection__ladder=ladder((5, "phone")), collection__collectors=2, collection__channel="by_amount"
    )
    assert [(move, who) for _, move, who, _ in contacts(live(world, rules))] == [
        ("email", 0), ("senior_call", 1), ("phone", 2),
    ]  # fmt: skip


# --- diagnosis ----------------------------------------------------------------------------------------------------


def revealing(monkeypatch: pytest.MonkeyPatch, luck: float) -> None:
    usual = World.luck_at

    def luck_at(self: World, purpose: Purpose, cells: Any, number: Any) -> Any:
        return (
            np.full(len(cells), luck) if purpose is Purpose.DIAGNOSIS else usual(self, purpose, cells, number)
        )

    monkeypatch.setattr(World, "luck_at", luck_at)


STEPS = ladder((5, "phone"), (15, "phone"), (30, "letter"))
ASKING = policy(collection__ladder=STEPS, collection__collectors=2, collection__diagnose=True)


@pytest.mark.parametrize(
    ("archetype", "moves"),
    [
        ("disputing", ["phone", "clearing", "clearing"]),
        ("strategic", ["phone", "senior_call", "lawyer_letter"]),
        ("forgetful", ["phone", "phone", "letter"]),
        ("prompt", ["phone", "email", "email"]),
    ],
)
def test_what_a_talk_reveals_decides_the_next_move(monkeypatch: Any, archetype: Any, moves: list[str]):
    revealing(monkeypatch, YES)
    assert [
        move for _, move, _, _ in contacts(live(company(Order(0, 500), archetype=archetype), ASKING))
    ] == moves


def test_what_nobody_has_revealed_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    revealing(monkeypatch, NO)
    for archetype in ("disputing", "strategic", "process"):
        ledger = live(company(Order(0, 500), archetype=archetype), ASKING)
        assert [move for _, move, _, _ in contacts(ledger)] == ["phone", "phone", "letter"]


def test_a_process_bound_customer_is_called_before_its_pay_day(monkeypatch: pytest.MonkeyPatch):
    revealing(monkeypatch, YES)
    world = company(Order(0, 500), archetype="process", table={"pay_rule": "monthly", "pay_anchor": 28})
    late = contacts(live(world, ASKING))[1:]
    pay_days = np.array([27, 58, 86, 117])  # 28 January, February, March, April
    assert late
    assert all(
        (pay_days - day > 0).any() and (pay_days - day)[pay_days > day].min() <= 10 for day, *_ in late
    )


def test_talks_reveal_as_often_as_skill_allows():
    world = draw(portfolio(customers(400)), scenario(60), seed=4)
    books = Books(world, Timeline(policy=ASKING))
    cells, chance = np.arange(400), STAFFING.diagnosis * 0.6
    found = []
    for skill in (0.6, 1.0):
        desk = Diagnosis(books)
        desk.learn(cells, np.zeros(400, dtype=np.int64), skill)
        known = desk.known >= 0
        assert (desk.known[known] == desk._hidden[known]).all()
        found.append(known)
    assert found[0].mean() == pytest.approx(chance, abs=4 * np.sqrt(chance * (1 - chance) / 400))
    assert (found[1] >= found[0]).all()  # the same luck: more skill never finds out less


def _kind(name: str) -> int:
    return ACTION_KINDS.index(name)
