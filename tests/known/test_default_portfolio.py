"""Does a normal year of the built-in manufacturer look like the firm its data card promises?

The bands are the ones the data card states; their sources are statistics of Chinese industrial and listed firms and
surveys, which measure different things, so the bands are wide and the figures inside them are assumptions.
"""

import numpy as np
import pytest

from sim import draw, load_portfolio, scenario_for, simulate
from sim.measure import METRICS, measure

RUNS = 20
BANDS = {
    "dso": (75.0, 95.0),
    "overdue_ratio": (0.30, 0.45),
    "bad_debt_ratio": (0.005, 0.015),
    "days_late": (12.0, 30.0),
}


@pytest.fixture(scope="module")
def year():
    portfolio = load_portfolio("manufacturer")
    world = draw(portfolio, scenario_for(portfolio), seed=11, runs=RUNS)
    ledger, _ = simulate(world, portfolio.policy_in_force)
    table = measure(ledger, list(BANDS), every="all").table
    return {name: table.loc[table["metric"] == name, "value"].to_numpy() for name in BANDS}


@pytest.mark.parametrize("name", BANDS)
def test_the_policy_in_force_brings_a_normal_year(year, name, finding):
    low, high = BANDS[name]
    unit = METRICS[name].unit
    band = f"{low:g} .. {high:g} d" if unit == "d" else f"{100 * low:g} .. {100 * high:g} %"
    finding.mean("manufacturer", f"{name} in a normal year", year[name], expected=band, unit=unit)
    assert len(year[name]) == RUNS
    assert low <= np.mean(year[name]) <= high
