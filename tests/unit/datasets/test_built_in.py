"""Do the built-in portfolios hold what their data cards say, and is each past a sound ledger?"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pandas as pd
import pytest

from sim import compare, draw, load_policy, scenario_for
from sim.base.days import day_of, months_of
from sim.base.places import DATASETS
from sim.model.history import history_ledger, history_of
from sim.model.items import ITEM
from sim.model.laws import broken_laws, check_tables, open_by_document
from sim.model.ledger import Ledger
from sim.model.portfolio import Portfolio
from sim.model.portfolio_files import load_portfolio, portfolio_names
from tools.datasets.customers import customers, mix_of
from tools.datasets.recipes import RECIPES

NAMES = portfolio_names()
FIRST_OF_2024 = day_of("2024-01-01")
MOST_BYTES = 1_000_000
POLICIES = ("strict", "growth")


@cache
def made(name: str) -> Portfolio:
    return load_portfolio(name)


@cache
def past(name: str) -> Ledger:
    return history_ledger(made(name))


def settled(name: str, segment: str, kind: str) -> pd.DataFrame:
    rows = made(name).history
    of = dict(zip(made(name).column("customer"), made(name).column("segment"), strict=True))
    return rows[(rows["customer"].map(of) == segment) & (rows["kind"] == kind)]


def test_the_manufacturer_is_offered_first_and_every_recipe_is_built():
    assert NAMES[0] == "manufacturer"
    assert set(NAMES) == set(RECIPES)


@pytest.mark.parametrize("name", NAMES)
def test_the_customers_are_those_the_script_draws(name):
    """The tables that no simulation touches: whoever turns a knob makes the files anew."""
    table, kind = customers(RECIPES[name])
    found = made(name).customers
    pd.testing.assert_frame_equal(found, table, check_dtype=False)
    np.testing.assert_allclose(made(name).mix, mix_of(RECIPES[name], kind), atol=1e-6)
    assert made(name).policy_in_force == RECIPES[name].policy()


@pytest.mark.parametrize("name", NAMES)
def test_the_past_year_is_a_sound_ledger_of_twelve_months(name):
    check_tables(past(name))
    assert broken_laws(past(name)) == []
    assert (past(name).first, past(name).last) == (FIRST_OF_2024, day_of("2024-12-31"))
    assert {"invoice", "receipt", "credit_note", "write_off", "dispute_flags"} <= past(name).coverage


@pytest.mark.parametrize("name", NAMES)
def test_what_is_open_at_the_end_of_the_past_is_the_opening_to_the_fen(name):
    ledger = past(name)
    rows = open_by_document(ledger).groupby("document").last()
    rows = rows[rows["open_fen"] > 0]
    found = pd.DataFrame(
        {
            "customer": ledger.customers["customer"].to_numpy()[rows["customer"]],
            "document": ledger.document_ids[rows.index.to_numpy()],
            "amount_fen": rows["open_fen"].to_numpy(),
        }
    )
    expected = made(name).opening[list(found.columns)]
    by = ["customer", "document"]
    pd.testing.assert_frame_equal(
        found.sort_values(by, ignore_index=True),
        expected.sort_values(by, ignore_index=True),
        check_dtype=False,
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_ledger_of_the_past_tells_the_history_it_was_made_from(name):
    keys = [*ITEM, "kind", "settled_on", "amount_fen"]
    again = history_of(past(name), first=past(name).first, last=past(name).last)
    expected = made(name).history
    pd.testing.assert_frame_equal(
        again[keys].sort_values(keys, ignore_index=True), expected[keys].sort_values(keys, ignore_index=True)
    )


@pytest.mark.parametrize("name", NAMES)
def test_nearly_every_customer_has_a_past(name):
    known = set(made(name).history["customer"]) | set(made(name).opening["customer"])
    assert len(known) >= 0.95 * len(made(name))


@pytest.mark.parametrize("name", NAMES)
def test_customers_have_numbered_names_in_both_languages(name):
    table = made(name).customers
    assert table["name_en"].str.fullmatch(r"[\x20-\x7e]+ \d{2,3}").all()
    assert table["name_zh"].str.fullmatch(r"[\u4e00-\u9fff]+\d{2,3}").all()
    assert table["name_en"].is_unique
    assert table["name_zh"].is_unique


@pytest.mark.parametrize("name", NAMES)
def test_a_card_in_both_languages_lies_beside_it_and_no_file_is_large(name):
    card = (DATASETS / name / "README.md").read_text(encoding="utf-8")
    english, chinese = card.split("\n## English\n")[1].split("\n## 简体中文\n")
    rows = [re.findall(r"^\| `?[^|]+\|", part, re.MULTILINE) for part in (english, chinese)]
    assert len(rows[0]) == len(rows[1]) > 4
    assert max(path.stat().st_size for path in (DATASETS / name).iterdir()) < MOST_BYTES


@pytest.mark.parametrize("name", NAMES)
def test_ready_made_policies_can_be_compared_on_it(name):
    world = draw(made(name), scenario_for(made(name), days=20), seed=3, runs=2)
    in_force = made(name).policy_in_force
    for policy in POLICIES:
        table = compare(world, in_force, load_policy(policy, base=in_force)).table.set_index("metric")
        assert table.loc[["dso", "ar", "credit_sales"], "difference"].notna().all()


# --- what makes each trade -----------------------------------------------------------------------------------------


def test_project_customers_keep_three_percent_back_for_a_year_or_more():
    items = made("projects").opening
    kept = items[items["document"].str.endswith("-R")]
    assert ((kept["due_on"] - kept["invoiced_on"]) >= 365).all()
    rest = made("projects").history.groupby("document")["amount_fen"].sum()
    bills = rest.reindex(kept["document"].str.removesuffix("-R")).to_numpy()
    share = kept["amount_fen"].to_numpy() / (kept["amount_fen"].to_numpy() + bills)
    assert np.nanmedian(share) == pytest.approx(0.03, abs=0.0005)
    not_yet = kept["due_on"] > made("projects").last_day
    assert kept["amount_fen"][not_yet].sum() > 0.05 * items["amount_fen"].sum()


def test_supermarkets_take_four_to_five_percent_off_what_they_pay():
    credited = settled("distributor", "supermarket", "credit_note")
    taken = credited["amount_fen"][credited["disputed"] == 0].sum()
    paid = settled("distributor", "supermarket", "receipt")["amount_fen"].sum()
    assert 0.035 <= taken / (taken + paid) <= 0.06


def test_dealers_are_credited_at_most_two_percent_on_the_last_day_of_the_year():
    credited = settled("distributor", "dealer", "credit_note")
    rebate = credited[credited["settled_on"] == made("distributor").last_day]
    bought = past("distributor").entries
    segment = made("distributor").column("segment")[bought["customer"]]
    sales = bought["amount_fen"][(bought["kind"] == "invoice") & (segment == "dealer")].sum()
    assert 0.015 <= rebate["amount_fen"].sum() / sales <= 0.021


@pytest.mark.parametrize(("customer", "reading"), [("D016", "a"), ("D019", "b")])
def test_a_ten_month_agent_orders_nothing_in_january_and_february(customer, reading):
    portfolio = made("distributor")
    mine = portfolio.customers.set_index("customer").loc[customer]
    assert (mine["idle_months"], mine["idle_reading"]) == ("1,2", reading)
    bills = pd.concat([portfolio.history, portfolio.opening])
    bills = bills[bills["customer"] == customer]
    assert len(bills) > 20
    assert not np.isin(months_of(bills["invoiced_on"].to_numpy()), [0, 1]).any()
    if reading == "a":
        paid = portfolio.history["settled_on"][portfolio.history["customer"] == customer]
        assert np.isin(months_of(paid.to_numpy()), [0, 1]).mean() < 0.05


def test_the_exporter_sells_by_all_three_instruments_and_keeps_its_books_in_yuan():
    portfolio = made("exporter")
    assert set(portfolio.column("instrument")) == {"open_account", "collection", "letter_of_credit"}
    assert (portfolio.currency, portfolio.seasonal) == ("CNY", False)
    sales = pd.Series(portfolio.yearly_sales_fen()).groupby(portfolio.column("instrument")).sum()
    assert sales.idxmax() == "open_account"


def test_one_chain_buys_a_fifth_of_the_distributors_sales():
    portfolio = made("distributor")
    sales = pd.Series(portfolio.yearly_sales_fen()).groupby(portfolio.column("group")).sum()
    assert 0.15 <= sales["K-G1"] / portfolio.yearly_sales_fen().sum() <= 0.30


def test_groups_have_at_least_two_members():
    for name in NAMES:
        groups = pd.Series(made(name).column("group"))
        assert groups[groups != ""].value_counts().min() >= 2
