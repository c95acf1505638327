"""What do customers' files, common limits of groups and complaints to the authorities do?"""

from __future__ import annotations

import numpy as np
import pytest

from sim import draw, simulate
from sim.model.ledger import Ledger
from sim.model.limit_rules import UNKNOWN_FEN
from sim.model.mechanisms import Mechanisms
from sim.model.policy import Policy
from sim.model.statements import DRAWS, STATEMENTS, Statements, statements
from tests.twin.worlds import customers, portfolio, scenario

MANY = 400
LUCK = np.random.default_rng(7).random((DRAWS, MANY))


def files(grade: int, information: str = "audited") -> Statements:
    purchases = np.full(MANY, 100_000_000, dtype=np.int64)
    grades = np.full(MANY, grade, dtype=np.int64)
    return statements(purchases, purchases // 10, grades, information, LUCK)  # type: ignore[arg-type]


def lived(table: dict[str, object], levers: dict[str, object], days: int = 365, **mechanisms: bool) -> Ledger:
    people = portfolio(customers(20, orders_per_year=30.0, **table))
    times = scenario(days, mechanisms=Mechanisms(**mechanisms))
    return simulate(draw(people, times, seed=3, runs=2), Policy().with_levers(levers))[0]


def count(ledger: Ledger, kind: str) -> int:
    return int((ledger.actions["kind"] == kind).sum())


def test_nobody_shows_accounts_to_who_does_not_ask():
    assert (files(0, "none").net_worth_fen == UNKNOWN_FEN).all()
    assert (files(0, "none").references_fen == UNKNOWN_FEN).all()


@pytest.mark.parametrize("information", ["unaudited", "audited"])
def test_as_many_show_their_accounts_as_the_figures_say(information: str):
    told = (files(2, information).net_worth_fen != UNKNOWN_FEN).mean()
    expected = STATEMENTS.shown[("none", "unaudited", "audited").index(information)]
    assert told == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / MANY))


def test_a_balance_sheet_adds_up_and_better_grades_own_more():
    means = []
    for grade in range(5):
        found = files(grade)
        known = found.net_worth_fen != UNKNOWN_FEN
        assets = found.net_worth_fen[known] + found.total_debt_fen[known]
        assert (found.current_assets_fen[known] <= assets).all()
        assert (found.stock_fen[known] <= found.current_assets_fen[known]).all()
        assert (found.short_debt_fen[known] <= found.total_debt_fen[known]).all()
        means.append((found.net_worth_fen[known] / assets).mean())
    assert means == sorted(means, reverse=True)


def test_a_common_limit_holds_a_group_that_single_limits_let_through():
    group = {"group": "one", "order_median_fen": 5_000_000, "order_sigma": 0.2}
    alone = lived(group, {"credit.limit_pct": 400})
    together = lived(group, {"credit.limit_pct": 400, "credit.group_limit_pct": 5})
    assert (together.orders["hold_reason"] == "limit").sum() > (alone.orders["hold_reason"] == "limit").sum()


def test_a_common_limit_leaves_customers_without_a_group_alone():
    levers = {"credit.group_limit_pct": 5}
    assert lived({}, {}).orders.equals(lived({}, levers).orders)


def test_we_complain_only_of_large_buyers_and_not_again_for_half_a_year():
    slow = {"is_large": [n % 2 for n in range(20)], "pace": 0.2}
    ledger = lived(
        slow, {"collection.complain_days": 30, "collection.write_off_days": 720}, relationship=True
    )
    filed = ledger.actions[ledger.actions["kind"] == "complaint"]
    assert len(filed)
    assert (filed["customer"] % 2 == 1).all()
    gaps = (
        filed.sort_values(["run", "customer", "happened_on"])
        .groupby(["run", "customer"])["happened_on"]
        .diff()
    )
    assert (gaps.dropna() >= 180).all()


def test_a_complaint_presses_the_large_buyers_to_pay():
    slow = {"is_large": 1, "pace": 0.3}
    rules = {"collection.write_off_days": 720}
    paid = []
    for days in (0, 20):
        entries = lived(slow, rules | {"collection.complain_days": days}).entries
        paid.append(entries.loc[entries["kind"] == "receipt", "amount_fen"].sum())
    assert abs(paid[1]) > abs(paid[0])


def test_harsh_words_bring_complaints_about_us():
    rules = {"collection.collectors": 10}
    slow = {"pace": 0.3}
    friendly, harsh = (
        count(lived(slow, rules | {"collection.tone": tone}, relationship=True), "grievance")
        for tone in ("friendly", "harsh")
    )
    assert harsh > friendly
