"""O5: which share of orders does a credit limit of c unit orders turn away? Erlang's loss formula B(c, a).

Orders of one size come as a Poisson stream, an order above the limit is lost, and a paid invoice frees its place: the
customer's limit is a loss system, and only the mean time to pay matters, not its shape. Places are freed at nine and
orders come at ten, one by one; on whole days this is not quite continuous time, so the exact answer of the daily chain
is worked out where the chance of payment is the same every morning, and shown to be near Erlang's.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.base.days import NEVER
from sim.model.behaviour import Lateness
from sim.model.policy import Policy
from sim.model.rules import LIMIT_LEAST_ORDERS
from sim.world import draw
from tests.findings import Findings
from tests.known.simulated import always_on, assert_mean_is, by_run, exponential, run
from tests.twin.worlds import LET_ALL_THROUGH, customers, one_behaviour, portfolio, scenario

UNIT = 1_000_000
NET, WRITE_OFF, WARM_UP, WINDOW = 180, 720, 900, 2_700
CALM = {"calendar": "every_day", "seasonal": False, "habit": 0.0}


def erlang_b(places: int, load: float) -> float:
    blocked = 1.0
    for place in range(1, places + 1):
        blocked = load * blocked / (place + load * blocked)
    return blocked


def daily_chain(places: int, rate: float, pays: float) -> float:
    """The share turned away if an open invoice is paid each morning with chance `pays` and `rate` orders come a day."""
    orders = np.arange(40)
    chance = stats.poisson.pmf(orders, rate)
    step, lost = np.zeros((places + 1, places + 1)), np.zeros(places + 1)
    for before in range(places + 1):
        for left, kept in enumerate(stats.binom.pmf(np.arange(before + 1), before, 1.0 - pays)):
            np.add.at(step[before], np.minimum(left + orders, places), kept * chance)
            lost[before] += kept * (chance * np.maximum(left + orders - places, 0)).sum()
    long_run = np.linalg.matrix_power(step, 4096)[0]
    return float(long_run @ lost) / rate


def mean_days(lateness: Lateness) -> float:
    """Mean days from invoice to payment. A write-off would keep its place for good: next to nobody is so late."""
    assert lateness.still_unpaid(np.array([WRITE_OFF]))[0] < 1e-4
    return float(lateness.still_unpaid(np.arange(-NET, WRITE_OFF)).sum())


def turned_away(places: int, yearly: float, lateness: Lateness, runs: int) -> np.ndarray:
    """Share of orders lost to the limit, per run."""
    need = max(int(UNIT * yearly) * (NET + 10) * 13 // 3650, LIMIT_LEAST_ORDERS * UNIT)
    limit_pct = round((places + 0.5) * UNIT / need / 0.9 * 100)  # grade C has 90 % of its need
    levers = LET_ALL_THROUGH | {"terms.net_days": NET, "collection.write_off_days": WRITE_OFF}
    policy = Policy().with_levers(
        levers | {"credit.limit_enforcement": "hold", "credit.limit_pct": limit_pct}
    )
    table = customers(
        150, orders_per_year=yearly, order_median_fen=UNIT, order_sigma=0.0, grade="C", patience_days=0,
        default_bp_year=0, dispute_bp=0,
    )  # fmt: skip
    people = portfolio(table, behaviours=one_behaviour(lateness), in_force=policy)
    ledger = run(draw(people, scenario(WARM_UP + WINDOW, **CALM), seed=1, runs=runs), policy)
    orders = ledger.orders[ledger.orders["wanted_on"] >= ledger.first + WARM_UP]
    lost = (orders["lost_on"] != NEVER).to_numpy(dtype=float)
    return by_run(ledger, lost, orders["run"].to_numpy())


@pytest.mark.parametrize(
    ("places", "load", "mean", "share"),
    [(3, 2.0, 120.0, 0.21053), (5, 4.0, 120.0, 0.19907), (5, 3.2, 96.0, 0.12741), (8, 4.0, 120.0, 0.03042)],
)
def test_o5_a_credit_limit_turns_away_erlangs_share(
    places: int, load: float, mean: float, share: float, finding: Findings
):
    # In the third case customers pay 20 % faster: the same limit turns away a third fewer orders.
    rate = load / mean
    exact = daily_chain(places, rate, 1.0 / mean)
    assert erlang_b(places, load) == pytest.approx(share, abs=5e-6)
    assert exact == pytest.approx(share, rel=0.02)  # what whole days do to it
    told = f"orders turned away by a limit of {places} orders at load {load:g}"
    assert_mean_is(
        turned_away(places, rate * 365.0, exponential(mean, start=-NET), runs=24),
        exact,
        within=0.06,
        told=(finding, "O5", told, "share"),
    )


@pytest.mark.parametrize(
    "lateness",
    [always_on(-60), Lateness(kind="lognormal", centre=106.0, spread=0.5, start=-NET)],
    ids=["always after 120 days", "lognormal"],
)
def test_o5_only_the_mean_time_to_pay_matters_not_its_shape(lateness: Lateness, finding: Findings):
    mean = mean_days(lateness)
    shares = turned_away(5, 4.0 / mean * 365.0, lateness, runs=20)
    # On whole days the shape may matter a little: one hundredth of the share is allowed for that.
    expected = daily_chain(5, 4.0 / mean, 1.0 / mean)
    told = f"orders turned away by a limit of 5 orders at load 4, {lateness.kind} time to pay (99 %)"
    finding.mean("O5", told, shares, expected=expected, unit="share", confidence=0.99)
    half = stats.t.ppf(0.995, len(shares) - 1) * stats.sem(shares)
    assert expected == pytest.approx(0.19907, rel=0.01)
    assert half < 0.03 * expected
    assert abs(shares.mean() - expected) < half + 0.01 * expected
