"""Do the parts of a difference add up to it, and is each part what its name says?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.measure import Books
from sim.model.ledger import CASH_KINDS
from sim.model.portfolio_files import load_portfolio
from sim.model.presets import policy_names
from sim.study.lives import LifeAsked, live, policy_named
from sim.study.why import (
    CASH,
    FROM_CUSTOMERS,
    MOVEMENTS,
    RECEIVABLES,
    _receivables,
    cash_terms,
    receivables_terms,
    unknown_movements,
    why,
)
from tests.unit.ledgers import book, invoice, opening, receipt, write_off

SMALL = {"runs": 3, "days": 150}


def life(name="as_is", **changes):
    return live(LifeAsked("exporter", policy_named(name, "exporter", changes or None), **SMALL))


@pytest.mark.parametrize("name", [name for name in policy_names() if name != "as_is"])
@pytest.mark.parametrize("figure", ["ar", "cash"])
def test_the_parts_add_up_in_every_run(name, figure):
    found = why(figure, life(), life(name))
    assert tuple(found.parts) == (RECEIVABLES if figure == "ar" else CASH)
    assert sum(found.parts.values()) == pytest.approx(found.difference, abs=0.01)
    assert np.abs(found.difference).max() > 0


def test_the_figures_are_those_of_the_measures():
    books = life("strict").books
    found = why("ar", life(), life("strict"))
    assert list(found.alternative) == list(books.ar[:, -1])
    assert list(why("cash", life(), life("strict")).alternative) == list(books.cash[:, -1])


def test_the_same_policy_has_nothing_to_explain():
    for figure in ("ar", "cash"):
        found = why(figure, life(), life())
        assert not any(part.any() for part in found.parts.values())


def test_every_movement_at_the_bank_stands_in_exactly_one_group():
    assert not unknown_movements()
    grouped = [kind for kinds in MOVEMENTS.values() for kind in kinds] + [*FROM_CUSTOMERS, "opening"]
    assert sorted(grouped) == sorted(CASH_KINDS)


def test_cash_is_opening_cash_and_all_its_terms():
    books = life("cash_emergency").books
    total = sum(cash_terms(books).values())
    assert total == pytest.approx(books.cash[:, -1] - books.cash[:, 0])


def test_receivables_are_their_terms():
    books = life().books
    terms = receivables_terms(books)
    total = terms["sales_a_day"] * (terms["days_not_due"] + terms["days_overdue"])
    assert total - terms["written_off"] + terms["unmatched"] == pytest.approx(books.ar[:, -1])


def test_where_nothing_but_invoices_and_receipts_happens_customers_pay_what_they_no_longer_owe():
    in_force = load_portfolio("exporter").policy_in_force
    plain = live(LifeAsked("exporter", in_force, scenario="core", runs=2, days=150))
    books = plain.books
    recovered = books.cash_flow("recovery")[:, 1:].sum(axis=1)
    assert list(cash_terms(books)["otherwise"]) == list(recovered)


# --- by hand: 91 days, sales of 100 a day -------------------------------------------------------------------------


def quarter(sold, overdue, lost=0):
    """Books of 91 days: all sold on day 50, due on day 140; an old item overdue, part of it written off."""
    rows = [invoice("new", sold, day=50, due=140), opening("old", overdue + lost, day=-50, net=30)]
    rows += [invoice("paid", 100, day=1, net=5), receipt("paid", 100, day=6)]
    rows = rows if overdue + lost else [row for row in rows if row.values["document"] != "old"]
    rows += [write_off("old", lost, day=80)] if lost else []
    return Books(book(*rows, first=0, last=90))


def test_only_more_sales_is_an_effect_of_sales():
    before, after = quarter(9_000, 0), quarter(18_100, 0)
    parts = _receivables(before, after)
    assert parts["lateness"] == pytest.approx(0)
    assert parts["written_off"] == pytest.approx(0)
    assert sum(parts.values()) == pytest.approx(9_100)
    # Sales of 100 and 200 a day; 90 and 90.5 days not yet due: nearly all is volume.
    assert parts["sales"] == pytest.approx(100 * (90.0 + 90.5) / 2)
    assert parts["terms"] == pytest.approx(150 * 0.5)


def test_only_more_overdue_is_an_effect_of_lateness():
    parts = _receivables(quarter(9_000, 0), quarter(9_000, 910))
    assert parts["lateness"] == pytest.approx(910)
    assert parts["sales"] == parts["terms"] == parts["written_off"] == 0


def test_what_is_written_off_moves_from_lateness_to_write_offs_and_changes_nothing_else():
    before, after = quarter(9_000, 910, lost=0), quarter(9_000, 0, lost=910)
    parts = _receivables(before, after)
    assert parts["written_off"] == pytest.approx(-910)
    assert parts["lateness"] == pytest.approx(0)
    assert parts["sales"] == pytest.approx(0)
    assert sum(parts.values()) == pytest.approx(after.ar[:, -1] - before.ar[:, -1])


def test_without_any_sales_all_is_left_over_and_no_days_are_made_up():
    idle = Books(book(opening("x", 500, day=-20, net=25), first=0, last=20))
    terms = receivables_terms(idle)
    assert terms["sales_a_day"] == 0
    assert terms["days_overdue"] == 0
    assert terms["unmatched"] == idle.ar[:, -1] == 500
