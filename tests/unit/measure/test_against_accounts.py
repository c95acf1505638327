"""Do the measures of the sub-ledger and the bank say what the seller's own books say, in the whole model?"""

import numpy as np
import pytest

from sim.engine import simulate
from sim.measure import METRICS, REPORTS, Books, measure, tabulate
from sim.measure.bills import bills_on_hand_by_day
from sim.measure.forecast import forecast_on
from sim.measure.working_capital import statements
from sim.model.portfolio import scenario_for
from sim.model.portfolio_files import load_portfolio
from sim.world import draw

EVERY_FACILITY = {
    "terms.bill_share_bp": 5_000, "finance.factoring": "recourse", "finance.factoring_share_bp": 3_000,
    "finance.pledge_bp": 5_000, "credit.alerts": True, "credit.review_days": 30,
}  # fmt: skip


@pytest.fixture(scope="module")
def ledger():
    """Four months of the whole model, with bills, factoring, a pledge loan, alarms and reviews."""
    people = load_portfolio("manufacturer")
    world = draw(people, scenario_for(people, "normal", days=130), seed=2, runs=2)
    found, _ = simulate(world, people.policy_in_force.with_levers(EVERY_FACILITY))
    return found


def test_receivables_bills_and_cash_are_those_of_the_accounts(ledger):
    books = Books(ledger)
    months = books.periods("month")
    accounts = statements(books, months)
    assert (books.at_end(books.ar, months) == accounts.end("receivables")).all()
    assert (books.at_end(bills_on_hand_by_day(books), months) == accounts.end("bills_held")).all()
    assert (books.at_end(books.cash, months) == accounts.end("cash") - accounts.end("overdraft")).all()
    assert (accounts.end("bills_held") > 0).any()


def test_the_loans_of_the_accounts_are_what_the_bank_moved(ledger):
    table = tabulate(ledger, "cost_of_funds").set_index(["run", "facility"])
    assert (table.xs("loan", level="facility")["rate"] > 0).all()
    assert (table.xs("factoring", level="facility")["rate"] > 0).all()


def test_the_allowance_rolls_forward_in_the_whole_model(ledger):
    table = tabulate(ledger, "ecl_roll_forward")
    moved = table["opening"] + table["new"] - table["release"] - table["write_offs"] - table["closing"]
    assert np.allclose(moved.dropna(), 0, atol=1e-3)
    grid = measure(ledger, ["ecl"]).values("ecl")
    assert np.allclose(table.pivot(index="run", columns="period", values="closing"), grid)


def test_every_figure_and_table_can_be_asked_of_the_whole_model(ledger):
    measured = measure(ledger)
    assert not measured.refused
    assert set(measured.table["metric"]) == set(METRICS)
    infinite = measured.table[np.isinf(measured.table["value"])]
    assert infinite.empty
    for name in REPORTS:
        assert len(tabulate(ledger, name))


def test_shares_are_shares(ledger):
    """What can be no more than all of something is not."""
    table = measure(ledger, every="all").table
    bounded = {
        "overdue_ratio", "late_share", "on_time_share", "collected_30", "collected_60", "collected_90",
        "collected_120", "top_1_share", "top_5_share", "top_10_share", "reach_rate", "contact_success", "repeat_rate",
        "churn_rate", "blocked_rate", "lost_share", "bill_share", "alarm_hits", "failures_warned", "ecl_rate",
        "over_limit_share", "hhi", "grade_auc",
    }  # fmt: skip
    found = table[table["metric"].isin(bounded)]["value"].dropna()
    assert found.between(0, 1).all()


def test_a_forecast_is_blind_to_what_comes_after(ledger):
    day = ledger.last - 30
    cut = ledger.known_by(day)
    assert forecast_on(ledger, day)["receipts"].tolist() == forecast_on(cut, day)["receipts"].tolist()


def test_figures_of_a_past_day_do_not_change(ledger):
    """Whatever is measured of the first three months is the same when the fourth has come."""
    early = [name for name in METRICS if name not in LOOK_AHEAD]
    day = ledger.first + 89  # the last of March
    then = measure(ledger, early, as_of=day).table
    now = measure(ledger, early).table
    both = then.merge(now, on=["run", "period", "metric"], suffixes=("_then", "_now"))
    assert len(both) == len(then)
    same = np.isclose(both["value_then"], both["value_now"], equal_nan=True)
    assert sorted(both.loc[~same, "metric"].astype(str).unique()) == []


LOOK_AHEAD = {
    "dispute_rate",  # of an invoice issued then: it may be disputed later
    "dispute_rate_amount",
    "recovery_rate",  # what has come back by the ledger's end, as its help says
    "vintage_loss_ratio",  # followed to the end
    "promises_kept",  # a promise of the last days is judged after its grace
    "promises_kept_amount",
    "blocked_rate",  # an order of the last days may be stopped later
    "credit_and_rebill",  # the new invoice may come ten days later
}  # fmt: skip
