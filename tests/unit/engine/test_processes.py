"""Do customers' own calendars hold payment back, and what helps against a calendar?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from sim import draw, load_portfolio, simulate
from sim.base.days import date_of, day_of
from sim.engine.customers.processes import CYCLE_DAYS, day_of_next_month, statement_close
from sim.measure import measure
from sim.model.ledger import Ledger
from sim.model.mechanisms import Mechanisms
from sim.model.policy import LadderStep, Policy
from sim.model.portfolio import Portfolio, scenario_for

DISTRIBUTOR = load_portfolio("distributor")


def only(segment: str, **changes: object) -> Portfolio:
    """The distributor's portfolio with every customer of one kind."""
    customers = DISTRIBUTOR.customers.assign(segment=segment, **changes)
    return dataclasses.replace(DISTRIBUTOR, customers=customers)


def lived(people: Portfolio, policy: Policy, *mechanisms: str, days: int = 300, runs: int = 2) -> Ledger:
    times = scenario_for(people, "core", days=days)
    on = Mechanisms(**dict.fromkeys(mechanisms, True))
    return simulate(draw(people, times.model_copy(update={"mechanisms": on}), seed=4, runs=runs), policy)[0]


def figure(ledger: Ledger, name: str) -> float:
    return float(measure(ledger, (name,), every="all").table["value"].mean())


@pytest.mark.parametrize(
    ("invoiced", "closes", "handed_in"),
    [("2025-03-10", "2025-03-25", "2025-04-17"), ("2025-03-25", "2025-03-25", "2025-04-17"),
     ("2025-03-26", "2025-04-25", "2025-05-17"), ("2025-12-26", "2026-01-25", "2026-02-17")],
)  # fmt: skip
def test_astatement_closes_on_the_twenty_fifth(invoiced, closes, handed_in):
    close = statement_close(np.array([day_of(invoiced)]))
    assert str(date_of(int(close[0]))) == closes
    assert str(date_of(int(day_of_next_month(close, 17)[0]))) == handed_in


def test_no_supermarket_pays_before_its_statement_is_handed_in():
    ledger = lived(only("supermarket"), Policy(), "processes")
    paid = ledger.entries[ledger.entries["kind"] == "receipt"]
    paid = paid[paid["invoiced_on"] >= ledger.first]
    earliest = day_of_next_month(statement_close(paid["invoiced_on"].to_numpy().astype(np.int64)), 17)
    assert len(paid) > 100
    assert (
        paid["happened_on"].to_numpy() >= earliest - CYCLE_DAYS
    ).all()  # a saved cycle counts back from a missed one
    assert (paid["happened_on"].to_numpy() >= earliest).mean() > 0.99


def test_supermarkets_deduct_about_five_percent():
    ledger = lived(only("supermarket", dispute_bp=0), Policy(), "processes")
    of = ledger.entries.groupby("kind", observed=False)["amount_fen"].sum()
    assert -of["credit_note"] / of["invoice"] == pytest.approx(0.05, abs=0.012)


def test_who_rests_two_months_neither_orders_nor_pays_then():
    people = only("dealer", idle_months="1,2", idle_reading="a")
    ledger = lived(people, Policy(), "processes", days=365)
    month = pd.to_datetime(ledger.dated("orders")["wanted_on"]).dt.month
    assert set(month[ledger.orders["released_on"].to_numpy() < 2**30]).isdisjoint({1, 2})
    others = lived(only("dealer"), Policy(), "processes", days=60)
    rest = lived(people, Policy(), "processes", days=60)
    assert figure(rest, "receipts") < 0.7 * figure(
        others, "receipts"
    )  # promises made to a few calls are kept


def test_who_settles_accounts_in_the_idle_months_pays_then():
    rests, settles = (
        lived(only("dealer", idle_months="1,2", idle_reading=reading), Policy(), "processes", days=60)
        for reading in "ab"
    )
    assert figure(settles, "receipts") > 1.5 * figure(rests, "receipts")


def test_projects_and_makers_pay_later_for_their_papers():
    for segment in ("project", "maker"):
        freely = lived(only(segment), Policy())
        papers = lived(only(segment), Policy(), "processes")
        assert figure(papers, "days_to_pay_km") > figure(freely, "days_to_pay_km")


def test_a_call_before_the_window_beats_many_after_it():
    """Timing beats pressure: one courtesy call before the statement window against a hard ladder after the due date."""
    people = only("supermarket")
    before = Policy().with_levers({"collection.ladder": (LadderStep(days=-25, move="phone"),)})
    after = Policy().with_levers(
        {
            "collection.ladder": tuple(
                LadderStep(days=d, move=m) for d, m in ((5, "phone"), (15, "letter"), (30, "lawyer_letter"))
            )
        }
    )
    early, late = (lived(people, policy, "processes", runs=6) for policy in (before, after))
    assert figure(early, "days_to_pay_km") < figure(late, "days_to_pay_km")


def test_shipping_by_the_statement_brings_cash_earlier():
    people = only("supermarket")
    late, aligned = (
        lived(people, Policy().with_levers({"operations.statement_cut_off": on}), "processes", runs=4)
        for on in (False, True)
    )
    assert figure(aligned, "days_to_pay_km") < figure(late, "days_to_pay_km")


def test_dealers_get_their_rebate_once_a_year_and_not_a_fen_more():
    people = only("dealer", dispute_bp=0, default_bp_year=0)
    bare, paid = (lived(people, Policy().with_levers({"terms.rebate_bp": bp}), days=365) for bp in (0, 200))
    sold = bare.entries[(bare.entries["kind"] == "invoice")]
    day = day_of("2025-12-22")  # the 20th is a Saturday
    earned = sold[sold["happened_on"] < day].groupby(["run", "customer"])["amount_fen"].sum()
    due = sum((amount * 200 + 5_000) // 10_000 for amount in earned)
    notes = -paid.entries.loc[paid.entries["kind"] == "credit_note", "amount_fen"].sum()
    cash = -paid.cash.loc[paid.cash["kind"] == "rebate", "amount_fen"].sum()
    assert notes + cash == due
    assert set(paid.entries.loc[paid.entries["kind"] == "credit_note", "happened_on"]) == {day}
