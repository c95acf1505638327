"""Does a normal year of each built-in portfolio look like the firm its data card promises?

The bands are the ones the data cards state. Their sources (statistics of Chinese industrial firms, figures of listed
firms, surveys) measure different things: so there are three calibration profiles beside the portfolios, each held to
its own figure by its own measure. The figures inside the bands are assumptions.
"""

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import draw, load_portfolio, scenario_for, simulate
from sim.base.places import DATASETS
from sim.measure import METRICS, measure
from sim.model.history import history_ledger
from sim.model.ledger import Ledger

SCENARIO = "normal"  # the whole model
RUNS = 20
NO_METRIC = ("agreed_days", "agreed_and_late")
"""What the survey asked for, beside the delay of what came late: days agreed, and both together."""
BANDS = {
    "manufacturer": {
        "dso": (75, 95), "overdue_ratio": (30, 45), "bad_debt_ratio": (0.5, 1.5), "days_late": (12, 30),
    },
    "projects": {
        "dso": (105, 145), "overdue_ratio": (33, 48), "bad_debt_ratio": (0.8, 3), "days_late": (40, 62),
    },
    "distributor": {
        "dso": (45, 62), "overdue_ratio": (22, 33), "bad_debt_ratio": (0.1, 0.8), "days_late": (12, 22),
    },
    "exporter": {
        "dso": (58, 75), "overdue_ratio": (18, 32), "bad_debt_ratio": (0.2, 1), "days_late": (10, 21),
    },
    "industry_67": {"dso_average": (63, 71)},
    "listed_94": {"dso": (88, 100)},
    "survey_141": {"agreed_days": (72, 81), "days_late_positive": (60, 71), "agreed_and_late": (133, 149)},
}  # fmt: skip
"""Days, or percent."""
CASES = [(name, figure) for name, bands in BANDS.items() for figure in bands]
LIKE_THE_PAST_PCT = 20


@cache
def year(name: str, scenario: str = SCENARIO) -> Ledger:
    """A normal year under the policy in force, many times."""
    portfolio = load_portfolio(name)
    world = draw(portfolio, scenario_for(portfolio, scenario), seed=11, runs=RUNS)
    return simulate(world, portfolio.policy_in_force)[0]


@cache
def figures(name: str) -> dict[str, NDArray[np.float64]]:
    """What is banded, in days or percent, shape (runs,)."""
    wanted = [figure for figure in BANDS[name] if figure not in NO_METRIC]
    table = measure(year(name), wanted, every="all").table
    found = {figure: table.loc[table["metric"] == figure, "value"].to_numpy() for figure in wanted}
    found = {figure: values * (100 if is_share(figure) else 1) for figure, values in found.items()}
    if "agreed_days" in BANDS[name]:
        found["agreed_days"] = agreed_days(year(name))
        found["agreed_and_late"] = found["agreed_days"] + found["days_late_positive"]
    return found


def is_share(figure: str) -> bool:
    return figure not in NO_METRIC and METRICS[figure].unit == "share"


def agreed_days(ledger: Ledger) -> NDArray[np.float64]:
    """How many days to pay do the contracts grant, weighted by the bills of the year?"""
    bills = ledger.entries[ledger.entries["kind"] == "invoice"]
    amount = bills["amount_fen"].astype(float)
    days = ((bills["due_on"] - bills["invoiced_on"]) * amount).groupby(bills["run"]).sum()
    return (days / amount.groupby(bills["run"]).sum()).to_numpy()


@pytest.mark.parametrize(("name", "figure"), CASES)
def test_the_policy_in_force_brings_a_normal_year(name, figure, finding):
    low, high = BANDS[name][figure]
    values = figures(name)[figure]
    share, unit = is_share(figure), "share" if is_share(figure) else "d"
    finding.mean(
        name, f"{figure} in a normal year", values / (100 if share else 1),
        expected=f"{low:g} .. {high:g} {'%' if share else 'd'}", unit=unit,
    )  # fmt: skip
    assert len(values) == RUNS
    assert low <= np.mean(values) <= high


@pytest.mark.parametrize(("name", "figure"), CASES)
def test_the_data_card_states_the_same_band_in_both_languages(name, figure):
    low, high = BANDS[name][figure]
    card = (DATASETS / name / "README.md").read_text(encoding="utf-8")
    assert card.count(f" {low:g}–{high:g} |") >= 2


@pytest.mark.parametrize("name", BANDS)
def test_the_past_year_was_like_the_coming_one(name):
    """History and future are lived by the same customers under the same policy: no figure jumps on the first day.

    The past was lived by the core of the model: in the whole one customers leave, and sales fall off more.
    """
    past = measure(history_ledger(load_portfolio(name)), ["dso_daily", "credit_sales"], every="all").table
    coming = measure(year(name, "core"), ["dso_daily", "credit_sales"], every="all").table
    before = past.set_index("metric")["value"]
    after = coming.groupby("metric")["value"].mean()
    assert (100 * (after / before - 1).abs() < LIKE_THE_PAST_PCT).all()
