"""O14: three desks of one collector each, or one desk of three?

Visits make the collectors' desk a queue with servers: a visit takes 200 of a collector's 240 minutes, so each makes one
a day, and meets the right person in 70 of 100 cases; a case is tried again next day. The textbook's desk counts hours,
the kit whole days: the daily chain is worked out exactly, and the ratio of its waits is nearly the textbook's.
Customers never pay by themselves, so nobody leaves the queue.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.measure.queueing import mean_wait
from sim.model import moves
from sim.model.behaviour import Lateness
from sim.model.ledger import Ledger
from sim.model.policy import LadderStep, Policy
from sim.world import draw
from tests.findings import Findings
from tests.known.simulated import assert_mean_is, by_run, run
from tests.twin.worlds import LET_ALL_THROUGH, customers, one_behaviour, portfolio, scenario

CALM = {"calendar": "every_day", "seasonal": False, "habit": 0.0}
MEETS = moves.MOVES[moves.MOVE_INDEX["visit"]].reach
STEP, MANY = 1, 3_000
WARM_UP, DAYS, COOL_DOWN = 300, 1_500, 200  # cases of the last days may still wait at the end


def desk(collectors: int) -> Policy:
    """One visit a day for each collector, once an invoice is a day late."""
    levers = {
        "terms.net_days": 0,
        "collection.ladder": (LadderStep(days=STEP, move="visit"),),
        "collection.collectors": collectors,
        "collection.minutes_per_day": 240,
        "collection.write_off_days": 720,
    }
    return Policy().with_levers(LET_ALL_THROUGH | levers)


def nights_waited(ledger: Ledger) -> np.ndarray:
    """Mean nights a case waits for its turn, per run: from the step's day until somebody is met, less the nights that
    tries in vain take.
    """
    invoices = ledger.entries[ledger.entries["kind"] == "invoice"]
    cases = invoices.assign(day=invoices["due_on"] + STEP)[["run", "customer", "day"]]
    cases = cases[cases["day"].between(ledger.first + WARM_UP, ledger.last - COOL_DOWN)]
    contacts = ledger.actions[ledger.actions["outcome"] == "reached"]
    met = contacts.assign(day=contacts["happened_on"], met_on=contacts["happened_on"])
    found = pd.merge_asof(
        cases.sort_values("day"),
        met.sort_values("day")[["run", "customer", "day", "met_on"]],
        on="day",
        by=["run", "customer"],
        direction="forward",
    )
    nights = (found["met_on"] - found["day"]).to_numpy(dtype=float)
    assert np.isfinite(nights).all()
    return by_run(ledger, nights, found["run"].to_numpy()) - (1.0 / MEETS - 1.0)


def waits(load: float, collectors: int, runs: int) -> np.ndarray:
    """Cases come as a Poisson stream, each from another customer of a great many."""
    rate = load * collectors * MEETS
    table = customers(
        MANY, orders_per_year=rate * 365.0 / MANY, order_sigma=0.0, default_bp_year=0, dispute_bp=0
    )
    people = portfolio(table, behaviours=one_behaviour(Lateness(kind="never")), in_force=desk(collectors))
    world = draw(people, scenario(DAYS, **CALM), seed=1, runs=runs)
    return nights_waited(run(world, desk(collectors)))


def daily_chain(load: float, collectors: int, most: int = 250) -> float:
    """The same figure, exactly: cases left in the evening = those of before + new ones - visits that met somebody."""
    rate = load * collectors * MEETS
    new = stats.poisson.pmf(np.arange(40), rate)
    step = np.zeros((most + 1, most + 1))
    for before in range(most + 1):
        for arrived, chance in enumerate(new):
            cases = min(before + arrived, most)
            visits = min(cases, collectors)
            for met, share in enumerate(stats.binom.pmf(np.arange(visits + 1), visits, MEETS)):
                step[before, cases - met] += chance * share
    evening = np.linalg.matrix_power(step, 2**16)[0] @ np.arange(most + 1)
    return float(evening) / rate - (1.0 / MEETS - 1.0)


@pytest.mark.slow  # a queue at load 0.75 forgets slowly: it is watched for 120 times four years
def test_o14_one_pooled_desk_of_three_against_three_single_desks(finding: Findings):
    single, pooled = (daily_chain(0.75, collectors) for collectors in (1, 3))
    textbook = mean_wait(1, 1.875, 2.5) / mean_wait(3, 5.625, 2.5)
    assert textbook == pytest.approx(1.2 / 0.3028, rel=1e-4)
    assert single / pooled == pytest.approx(textbook, rel=0.03)  # what whole days do to it
    found = {}
    for collectors, exact in ((1, single), (3, pooled)):
        told = f"nights a case waits at load 0.75, a desk of {collectors}"
        found[collectors] = waits(0.75, collectors, runs=120)
        assert_mean_is(found[collectors], exact, within=0.1, told=(finding, "O14", told, "d"))
    ratio = found[1].mean() / found[3].mean()
    told = f"wait at three single desks / at a pooled desk, against the daily chain (textbook {textbook:.2f})"
    finding("O14", told, ratio, expected=single / pooled, runs=120, unit="times")
    assert ratio == pytest.approx(textbook, rel=0.15)
