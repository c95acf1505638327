"""Does a portfolio come back as it was written, and is every wrong cell of its files named?"""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.base.errors import BadInput
from sim.base.places import DATASETS
from sim.model.behaviour import Behaviour, Lateness
from sim.model.policy import Policy
from sim.model.portfolio import (
    CUSTOMER_COLUMNS,
    MOST_FEN,
    NO_HISTORY,
    Portfolio,
    idle_months_of,
    scenario_for,
)
from sim.model.portfolio_files import load_portfolio, portfolio_names, write_portfolio
from sim.model.scenario import Company, load_scenario
from sim.words import LANGUAGES, Words
from sim.world import draw
from tests.twin.worlds import customers, portfolio, scenario

OPENING = [("c0", 40, 30, 12_345), ("c2", 10, 60, 999)]
OPENING_FILE = """customer,document,invoiced_on,due_on,amount_fen
M056,2024-00001,2023-11-03,2024-01-07,7362465
D062,2024-00002,2023-11-27,2024-01-06,3615300
"""
HISTORY_FILE = """customer,document,invoiced_on,due_on,kind,amount_fen,settled_on
M056,2024-00001,2023-11-03,2024-01-07,credit_note,100,2024-02-01
D001,2024-00003,2024-02-10,2024-03-21,receipt,5000000,2024-04-02
"""


def problems_of(make):
    with pytest.raises(BadInput) as caught:
        make()
    for lang in LANGUAGES:
        assert len(Words(lang).problems(caught.value).splitlines()) == len(caught.value.problems)
    return [(problem.rule, problem.field) for problem in caught.value.problems]


def assert_equal(left: Portfolio, right: Portfolio):
    pd.testing.assert_frame_equal(left.customers, right.customers)
    pd.testing.assert_frame_equal(left.opening, right.opening)
    pd.testing.assert_frame_equal(left.history, right.history)
    np.testing.assert_array_equal(left.mix, right.mix)
    for name in (
        "name_en",
        "name_zh",
        "as_of",
        "behaviours",
        "currency",
        "calendar",
        "seasonal",
        "policy_in_force",
        "company",
    ):
        assert getattr(left, name) == getattr(right, name)
    assert dict(left.basis) == dict(right.basis)


@pytest.fixture
def folder(tmp_path) -> Path:
    """The manufacturer's files, with few items, free to be spoilt."""
    mine = Path(shutil.copytree(DATASETS / "manufacturer", tmp_path / "mine"))
    (mine / "opening.csv").write_text(OPENING_FILE, encoding="utf-8")
    (mine / "history.csv").write_text(HISTORY_FILE, encoding="utf-8")
    return mine


def spoil(folder: Path, file: str, *changes: tuple[str, str]):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8", newline="")
    return problems_of(lambda: load_portfolio(folder))


def test_the_manufacturer_has_all_four_kinds_of_customer():
    found = load_portfolio("manufacturer")
    assert "manufacturer" in portfolio_names()
    assert len(found) == 200
    assert set(found.column("segment")) == {"project", "dealer", "maker", "supermarket"}


def test_a_portfolio_written_down_is_read_back_equal(tmp_path):
    write_portfolio(load_portfolio("manufacturer"), tmp_path / "again")
    assert_equal(load_portfolio(tmp_path / "again"), load_portfolio("manufacturer"))


def test_figures_that_no_decimal_holds_come_back_to_the_last_bit(tmp_path):
    shares = np.random.default_rng(3).dirichlet(np.ones(7), size=3)
    made = portfolio(
        customers(3, pace=[1 / 3, 0.1 + 0.2, np.pi], orders_per_year=[2 / 7, 1e-9, 12.000000000000002]),
        mix=shares,
    )
    write_portfolio(made, tmp_path / "p")
    assert_equal(load_portfolio(tmp_path / "p"), made)


def test_behaviours_ids_and_texts_of_ones_own_come_back(tmp_path):
    kinds = (
        Behaviour(name="early", archetype="prompt", lateness=Lateness(kind="table", unpaid=(0.9, 0.25))),
        Behaviour(
            name="late", archetype="chain", lateness=Lateness(kind="lognormal", centre=40.5, spread=0.7)
        ),
    )
    names = ["007", "NA", 'a,b"c']
    made = portfolio(
        customers(3, customer=names, name_zh=["甲公司", "", "null"]),
        behaviours=kinds, opening=[("NA", 5, 30, 70)],
        in_force=Policy().with_levers({"terms.net_days": 45, "collection.ladder": ()}),
    )  # fmt: skip
    made = replace(made, company=Company(margin_bp=3_500, opening_cash_days=0))
    write_portfolio(made, tmp_path / "p")
    assert_equal(load_portfolio(tmp_path / "p"), made)


def test_a_portfolio_without_opening_items_needs_no_file_of_them(tmp_path):
    write_portfolio(portfolio(customers(2)), tmp_path / "p")
    (tmp_path / "p" / "opening.csv").unlink()
    found = load_portfolio(tmp_path / "p")
    assert (len(found.opening), len(found.history)) == (0, 0)


def test_a_portfolio_without_history_leaves_no_old_history_behind(folder):
    found = load_portfolio(folder)
    assert len(found.history) == 2
    write_portfolio(replace(found, history=NO_HISTORY), folder)
    assert len(load_portfolio(folder).history) == 0


def test_customers_of_an_older_file_have_the_usual_in_the_newer_columns(folder):
    table = pd.read_csv(folder / "customers.csv", dtype=str, keep_default_na=False)
    newer = [name for name in CUSTOMER_COLUMNS if list(CUSTOMER_COLUMNS).index(name) > 17]
    table.drop(columns=newer).to_csv(folder / "customers.csv", index=False)
    found = load_portfolio(folder)
    assert {name: found.column(name)[0] for name in newer} == {
        name: CUSTOMER_COLUMNS[name].default for name in newer
    }


@pytest.mark.parametrize(("text", "months"), [("1,2", (1, 2)), ("", ()), ("7 8", (7, 8)), ("12，1", (12, 1))])
def test_idle_months_are_written_as_people_write_them(text, months):
    assert idle_months_of(text) == months
    kept = portfolio(customers(1, idle_months=text)).column("idle_months")[0]
    assert kept == ",".join(map(str, months))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_files_saved_by_excel_are_read(folder, encoding):
    """A byte order mark or the Chinese code page, Windows line ends, rows of commas at the end, dates with slashes."""
    plain = load_portfolio(folder)
    for name in ("customers.csv", "opening.csv", "history.csv"):
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        text = "\r\n".join([*lines, "," * lines[0].count(","), ""]).replace("2023-11-03", "2023/11/3")
        (folder / name).write_bytes(text.encode(encoding))
    assert_equal(load_portfolio(folder), plain)


def test_a_column_with_an_obvious_default_may_be_left_out(folder):
    table = pd.read_csv(folder / "customers.csv", dtype=str, keep_default_na=False)
    table.drop(columns=["patience_days", "name_en"]).to_csv(folder / "customers.csv", index=False)
    found = load_portfolio(folder)
    assert set(found.column("patience_days")) == {10}
    assert found.column("patience_days").dtype == np.int64


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (",-10,4.8,", ",-10,many,", ("not_a_number", "customers.orders_per_year[P001]")),
        (",-10,4.8,", ",-10,,", ("missing", "customers.orders_per_year[P001]")),
        (",-10,4.8,", ",-10.5,4.8,", ("not_whole_number", "customers.extra_net_days[P001]")),
        (",-10,4.8,", ",-10,-4.8,", ("out_of_range", "customers.orders_per_year[P001]")),
        (",-10,4.8,", ",-10,nan,", ("not_a_number", "customers.orders_per_year[P001]")),
        (",project,", ",projekt,", ("not_a_choice", "customers.segment")),
        ("order_sigma", "sigma", ("unknown_field", "customers.sigma")),
        ("orders_per_year", "orders", ("missing", "customers.orders_per_year")),
        ("P002,", "P001,", ("duplicate", "customers.customer")),
        ("P001,", ",", ("missing", "customers.customer")),
        (",0.025,0.0125,", ",,0.0125,", ("missing", "customers.mix_prompt[1]")),
        (",0.025,0.0125,", ",some,0.0125,", ("not_a_number", "customers.mix_prompt[1]")),
        (",0.025,0.0125,", ",0.2,0.0125,", ("shares_not_one", "mix[P001]")),
        (",0.025,0.0125,", ",-0.025,0.0625,", ("shares_not_one", "mix[P001]")),
        (",open_account,", ",barter,", ("not_a_choice", "customers.instrument")),
        (",30,,a,open_account,", ",30,13,a,open_account,", ("not_months", "customers.idle_months")),
        (",30,,a,open_account,", ",30,Jan,a,open_account,", ("not_months", "customers.idle_months")),
        (",30,,a,open_account,", ",30,,c,open_account,", ("not_a_choice", "customers.idle_reading")),
        ("mix_prompt", "mix", ("missing", "customers.mix_prompt")),
    ],
)
def test_a_wrong_customer_is_named(folder, old, new, expected):
    assert expected in spoil(folder, "customers.csv", (old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2023-11-03", "03.11.2023", ("not_a_date", "opening.invoiced_on[1]")),
        ("2023-11-03", "2023-02-30", ("not_a_date", "opening.invoiced_on[1]")),
        ("2023-11-03", "", ("missing", "opening.invoiced_on[1]")),
        ("2023-11-03", "2025-01-01", ("after_as_of", "opening.invoiced_on")),
        ("2024-01-07", "2924-01-07", ("out_of_range", "opening.due_on")),
        ("7362465", "7362465.5", ("not_whole_number", "opening.amount_fen")),
        ("7362465", "-7362465", ("must_be_positive", "opening.amount_fen")),
        ("7362465", "much", ("not_a_number", "opening.amount_fen[1]")),
        ("7362465", "7362465000000000", ("out_of_range", "opening.amount_fen")),
        ("7362465", "1e300", ("out_of_range", "opening.amount_fen")),
        ("M056", "X056", ("unknown_customer", "opening.customer")),
        ("due_on", "due", ("missing", "opening.due_on")),
        ("7362465", "7362465,7", ("row_too_long", "opening.csv")),
    ],
)
def test_a_wrong_opening_item_is_named(folder, old, new, expected):
    assert expected in spoil(folder, "opening.csv", (old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2024-02-01", "soon", ("not_a_date", "history.settled_on[1]")),
        ("2024-02-01", "2023-11-02", ("settled_too_early", "history.settled_on")),
        ("2024-02-01", "2025-01-01", ("settled_too_late", "history.settled_on")),
        ("credit_note", "gift", ("not_a_choice", "history.kind")),
        (",100,", ",0,", ("must_be_positive", "history.amount_fen")),
        (",100,", ",1e300,", ("out_of_range", "history.amount_fen")),
        (",100,", ",,", ("missing", "history.amount_fen[1]")),
        ("M056", "X056", ("unknown_customer", "history.customer")),
        ("settled_on", "paid_on", ("missing", "history.settled_on")),
        ("2023-11-03", "2025-01-01", ("after_as_of", "history.invoiced_on")),
    ],
)
def test_a_wrong_row_of_the_history_is_named(folder, old, new, expected):
    assert expected in spoil(folder, "history.csv", (old, new))


@pytest.mark.parametrize("name", ["opening.csv", "history.csv"])
def test_a_flag_of_dispute_is_0_or_1_and_may_be_left_out(folder, name):
    text = (folder / name).read_text(encoding="utf-8").splitlines()
    assert set(getattr(load_portfolio(folder), name[:-4])["disputed"]) == {0}
    flagged = "\n".join([text[0] + ",disputed", text[1] + ",2", text[2] + ",1"])
    (folder / name).write_text(flagged, encoding="utf-8")
    assert problems_of(lambda: load_portfolio(folder)) == [("out_of_range", f"{name[:-4]}.disputed")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("as_of = 2024-12-31", 'as_of = "yesterday"', ("not_a_date", "as_of")),
        ("as_of = 2024-12-31", "", ("missing", "as_of")),
        ('calendar = "china"', 'calendar = "mars"', ("not_a_choice", "calendar")),
        ("seasonal = true", 'seasonal = "yes"', ("not_yes_or_no", "seasonal")),
        ('currency = "CNY"', "currency = 7", ("not_text", "currency")),
        ("net_days = 60", "net_days = 60.5", ("not_whole_number", "policy_in_force.terms.net_days")),
        ("[basis]", "[foundation]", ("unknown_field", "foundation")),
        ("seasonal = true", "seasonal = true\nbehaviours = 3", ("not_a_list", "behaviours")),
        ("seasonal = true", "seasonal = yes", ("not_toml", "portfolio.toml")),
    ],
)
def test_a_wrong_setting_of_a_portfolio_is_named(folder, old, new, expected):
    assert expected in spoil(folder, "portfolio.toml", (old, new))


def test_what_is_wrong_in_all_files_is_told_at_once(folder):
    (folder / "portfolio.toml").write_text(
        (folder / "portfolio.toml").read_text(encoding="utf-8").replace("net_days = 60", "net_days = 600"),
        encoding="utf-8",
    )
    (folder / "opening.csv").write_text("customer,document\nM056,1\n", encoding="utf-8")
    (folder / "history.csv").write_text("customer,document\nM056,1\n", encoding="utf-8")
    found = {field for _, field in spoil(folder, "customers.csv", ("project", "projekt"))}
    assert {"policy_in_force.terms.net_days", "opening.due_on", "history.settled_on"} <= found


def test_files_that_are_not_there_or_not_tables_are_told(folder):
    (folder / "customers.csv").write_text("", encoding="utf-8")
    assert problems_of(lambda: load_portfolio(folder)) == [("empty", "customers.csv")]
    (folder / "customers.csv").unlink()
    assert problems_of(lambda: load_portfolio(folder)) == [("file_unreadable", "customers.csv")]
    shutil.rmtree(folder)
    assert problems_of(lambda: load_portfolio(folder)) == [("unknown_portfolio", "portfolio")]


def test_a_portfolio_needs_a_customer():
    assert ("empty", "customers") in problems_of(lambda: portfolio(customers(0)))


def test_the_mix_has_one_row_for_each_customer():
    assert problems_of(lambda: portfolio(customers(2), mix=np.ones((3, 7)) / 7)) == [("wrong_shape", "mix")]
    unknown = np.full((2, 7), np.nan)
    assert problems_of(lambda: portfolio(customers(2), mix=unknown))[0] == ("shares_not_one", "mix[c0]")


def test_whole_numbers_given_as_decimals_are_taken_as_whole_numbers():
    made = portfolio(customers(2, lead_days=15.0))
    assert made.column("lead_days").dtype == np.int64
    assert problems_of(lambda: portfolio(customers(2, lead_days=15.5))) == [
        ("not_whole_number", "customers.lead_days[c0]"), ("not_whole_number", "customers.lead_days[c1]"),
    ]  # fmt: skip


def test_ids_given_as_numbers_are_taken_as_text():
    made = portfolio(customers(2, customer=[7, 8]), opening=[(7, 9, 30, 50)])
    assert (made.column("customer").tolist(), made.opening["customer"].tolist()) == (["7", "8"], ["7"])
    assert len(draw(made, scenario(5)).lives.run) > 0


def test_two_kinds_of_payer_of_one_name_are_refused():
    kind = Behaviour(name="same", archetype="prompt", lateness=Lateness(kind="never"))
    assert problems_of(lambda: portfolio(customers(1), behaviours=(kind, kind))) == [
        ("duplicate", "behaviours")
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("portfolio.toml", "as_of = 2024-12-31", "as_of = 9999-12-31", "as_of"),
        (
            "portfolio.toml",
            "min_fen = 10000000",
            "min_fen = 100000000000000000000",
            "policy_in_force.collection.ladder",
        ),
        (
            "portfolio.toml",
            "[company]",
            "[company]\ndispute_case_fen = 100000000000000000000",
            "company.dispute_case_fen",
        ),
    ],
)
def test_figures_beyond_all_measure_are_refused(folder, file, old, new, field):
    text = (folder / file).read_text(encoding="utf-8").replace("dispute_case_fen = 30000\n", "")
    (folder / file).write_text(text, encoding="utf-8")
    found = spoil(folder, file, (old, new))
    assert [rule for rule, name in found if name.startswith(field)] == ["at_most"]


def test_a_portfolio_keeps_its_own_copy_of_the_table():
    table = customers(2)
    made = portfolio(table)
    table.loc[0, "pace"] = 99.0
    assert made.column("pace").tolist() == [1.0, 1.0]


def test_amounts_beyond_counting_are_refused():
    huge = customers(1, order_median_fen=10**13, orders_per_year=10_000.0, order_sigma=3.0)
    assert problems_of(lambda: portfolio(huge)) == [("out_of_range", "customers.yearly_sales_fen")]
    most = customers(1, order_median_fen=10**13, orders_per_year=100.0, order_sigma=0.0)
    assert portfolio(most).yearly_sales_fen().tolist() == [MOST_FEN]


def test_yearly_sales_are_orders_times_their_mean_amount():
    made = portfolio(customers(2, orders_per_year=[12.0, 0.0], order_median_fen=1_000_000, order_sigma=1.0))
    assert made.yearly_sales_fen().tolist() == [round(12_000_000 * np.exp(0.5)), 0]


def test_the_simulated_time_begins_on_the_day_after_the_opening_balances():
    scenario = scenario_for(load_portfolio("manufacturer"), "slump", 90)
    assert (str(scenario.start), scenario.days) == ("2025-01-01", 90)
    assert (scenario.name, scenario.economy) == ("slump", load_scenario("slump").economy)
    assert problems_of(lambda: scenario_for(load_portfolio("manufacturer"), "normal", 0)) == [
        ("at_least", "days")
    ]


def test_the_committed_settings_name_the_basis_of_each_group():
    for name in portfolio_names():
        about = tomllib.loads(
            (Path(__file__).parents[3] / "datasets" / name / "portfolio.toml").read_text("utf-8")
        )
        assert set(about["basis"].values()) <= {"P", "R", "A"}
