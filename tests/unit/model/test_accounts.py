"""Do the seller's accounts say what they should, and is it told when they do not agree?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.model.accounts import ACCOUNTS, CHART, Closings, closings_of
from sim.model.laws import broken_laws
from sim.model.ledger import BALANCE_DTYPES, Ledger, table
from sim.model.ledger_files import read_ledger, write_ledger
from tests.unit.ledgers import book, cash, invoice, receipt

JANUARY, FEBRUARY = 30, 58
"""Month ends, counted from 1 January 1970: the ledgers here begin on day 0."""


def balance(*closings: tuple[int, dict[str, int]], run: int = 0) -> pd.DataFrame:
    """A table of balances: what is not named is 0."""
    rows = [(run, day, place, of.get(name, 0)) for day, of in closings for place, name in enumerate(ACCOUNTS)]
    columns = np.array(rows).T
    return table(BALANCE_DTYPES, dict(zip(BALANCE_DTYPES, columns, strict=True)))


def sound() -> Ledger:
    """Goods for 80 on credit, sold for 100; 60 of it was paid by the end of January."""
    ledger = book(
        invoice("A", 100, day=3), receipt("A", 60, day=20), cash("opening", 50, day=-1), cash("receipt", 60, day=20),
        first=0, last=JANUARY,
    )  # fmt: skip
    start = {"cash": 50, "capital": 50}
    end = {"cash": 110, "receivables": 40, "payables": 80, "capital": 50, "retained": 20, "sales": 100}
    return replace(ledger, balance=balance((-1, start), (JANUARY, {**end, "cost_of_goods": 80})))


def changed(ledger: Ledger, account: str, by: int) -> Ledger:
    rows = ledger.balance.copy()
    rows.loc[(rows["account"] == account) & (rows["closed_on"] == JANUARY), "amount_fen"] += by
    return replace(ledger, balance=rows)


def test_no_account_stands_twice_in_the_chart():
    assert len(set(ACCOUNTS)) == len(CHART)


def test_sound_books_break_no_law():
    assert broken_laws(sound()) == []


@pytest.mark.parametrize(
    ("account", "laws"),
    [
        ("stock", {"assets = liabilities + equity", "cash flow = change at the bank"}),
        ("sales", {"retained = profit so far", "cash flow = change at the bank"}),
        ("cash", {"assets = liabilities + equity", "cash in the accounts = bank account",
                  "cash flow = change at the bank"}),
        ("receivables", {"assets = liabilities + equity", "receivables = what is open",
                         "cash flow = change at the bank"}),
    ],
)  # fmt: skip
def test_one_wrong_fen_is_told(account: str, laws: set[str]):
    assert {broken.law for broken in broken_laws(changed(sound(), account, 1))} == laws


def test_a_missing_account_is_told():
    ledger = sound()
    cut = replace(ledger, balance=ledger.balance[ledger.balance["account"] != "stock"])
    assert [broken.law for broken in broken_laws(cut)] == ["every account on every closing day"]


def test_a_ledger_without_accounts_breaks_no_law_and_has_no_closings():
    ledger = book(invoice("A", 100))
    assert broken_laws(ledger) == []
    assert closings_of(ledger.balance, ledger.runs).days.tolist() == []


def test_cash_flow_begins_with_profit_and_ends_at_the_bank():
    flow = closings_of(sound().balance, (0,)).cash_flow()
    told = {name: line[0].tolist() for name, line in flow.items() if line.any()}
    assert told == {"profit": [20], "receivables": [-40], "payables": [80], "total": [60]}


def test_loans_are_financing_and_no_business():
    start, end = {"cash": 5, "capital": 5}, {"cash": 75, "pledge_loan": 70, "capital": 5}
    flow = closings_of(balance((-1, start), (JANUARY, end)), (0,)).cash_flow()
    assert flow["financing"].tolist() == [[70]]


def test_runs_come_in_the_order_asked_for():
    rows = pd.concat([balance((-1, {"cash": 10 * run}), run=run) for run in (4, 7)], ignore_index=True)
    closings: Closings = closings_of(rows, (7, 4))
    assert closings.of("cash").tolist() == [[70], [40]]


def test_sums_are_over_the_accounts_named():
    closings = closings_of(sound().balance, (0,))
    assert closings.of("cash", "receivables").tolist() == [[50, 150]]
    assert closings.total("income").tolist() == [[0, 100]]
    assert closings.profit.tolist() == [[0, 20]]


def test_what_is_read_on_a_day_holds_no_later_closing():
    view = sound().known_by(10)
    assert view.balance["closed_on"].unique().tolist() == [-1]


def test_accounts_come_back_from_files_as_they_were(tmp_path: Path):
    write_ledger(sound(), tmp_path / "ledger")
    pd.testing.assert_frame_equal(read_ledger(tmp_path / "ledger").balance, sound().balance)


def test_a_ledger_written_before_there_were_accounts_is_still_read(tmp_path: Path):
    write_ledger(sound(), tmp_path / "ledger")
    (tmp_path / "ledger" / "balance.parquet").unlink()
    assert len(read_ledger(tmp_path / "ledger").balance) == 0
