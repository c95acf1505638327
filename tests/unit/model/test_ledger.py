"""What could be read on a day, and how does a person read it?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.base.days import NEVER
from sim.engine import simulate
from sim.model.ledger import ENTRY_DTYPES, ENTRY_KINDS, TABLES, empty, table
from sim.model.policy import Policy
from sim.world import draw
from tests.twin.worlds import customers, portfolio, scenario
from tests.unit.ledgers import action, book, cash, invoice, open_on, order, receipt


def small():
    return book(
        invoice("A", 100, day=10),
        receipt("A", 60, day=20, known=25),
        order(70, wanted=12, held=12, released=22),
        order(80, wanted=13, held=13, lost=23),
        order(90, wanted=14, lost=14, reason="overdue"),
        action("contact", day=21),
        cash("receipt", 60, day=25),
        first=0,
        last=30,
    )


def test_a_part_payment_leaves_the_rest_open():
    assert open_on(small(), 19) == {"A": 100}
    assert open_on(small(), 20) == {"A": 40}


def test_a_payment_is_known_when_the_statement_has_come():
    assert len(small().known_by(24).entries) == 1
    assert len(small().known_by(25).entries) == 2


def test_actions_and_cash_of_later_days_are_not_known():
    view = small().known_by(20)
    assert (len(view.actions), len(view.cash), view.last) == (0, 0, 20)


def test_an_order_held_is_seen_as_held_until_its_fate_is_known():
    seen = small().known_by(21).orders
    assert seen["released_on"].tolist() == [NEVER, NEVER, NEVER]
    assert seen["lost_on"].tolist() == [NEVER, NEVER, 14]
    assert small().known_by(13).orders["wanted_on"].tolist() == [12, 13]


def test_an_order_lost_at_once_keeps_its_reason():
    assert small().known_by(20).orders["hold_reason"].tolist() == ["limit", "limit", "overdue"]


def test_on_the_last_day_everything_is_known():
    ledger = simulate(
        draw(portfolio(customers(6, patience_days=2, default_bp_year=4_000)), scenario(200)), Policy()
    )[0]
    view = ledger.known_by(ledger.last)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(view, name), getattr(ledger, name))


def test_an_earlier_view_is_never_changed_by_a_later_one():
    ledger = simulate(draw(portfolio(customers(6, patience_days=9)), scenario(120)), Policy())[0]
    for day in range(ledger.first, ledger.last, 17):
        early, through = ledger.known_by(day), ledger.known_by(day + 10).known_by(day)
        for name in TABLES:
            pd.testing.assert_frame_equal(
                getattr(early, name).reset_index(drop=True), getattr(through, name).reset_index(drop=True)
            )


def test_people_read_dates_and_names():
    entries = small().dated("entries")
    assert str(entries["due_on"].dtype).startswith("datetime64")
    assert entries["customer"].tolist() == ["C1", "C1"]
    assert small().dated("orders")["released_on"].isna().tolist() == [False, True, True]


def test_what_concerns_no_customer_names_none():
    ledger = book(invoice("A", 100), action("insolvent", day=3, customer=None), first=0, last=9)
    assert ledger.dated("actions")["customer"].tolist() == [""]


def test_named_values_are_stored_as_codes():
    codes = {name: np.zeros(2, dtype=np.int64) for name in ENTRY_DTYPES} | {"kind": np.array([0, 2])}
    made = table(ENTRY_DTYPES, codes)
    assert made["kind"].tolist() == ["opening", "receipt"]
    assert tuple(made["kind"].cat.categories) == ENTRY_KINDS
    assert made["amount_fen"].dtype == np.int64
    assert len(empty(ENTRY_DTYPES)) == 0
