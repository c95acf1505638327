"""O6: how long does a ready payment wait for the customer's pay run, when runs are missed now and then?

In continuous time: half a cycle, and a cycle for each missed run. The kit knows whole days: a payment that became ready
some time during yesterday is ready this morning, half a day later on average, and is paid today if today is a pay day.
Counted from this morning the wait is therefore the textbook's less half a day.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.policy import Policy
from sim.world import World, draw
from tests.findings import Findings
from tests.known.simulated import always_on, assert_mean_is, by_run, run
from tests.twin.worlds import LET_ALL_THROUGH, customers, one_behaviour, portfolio, scenario

CALM = {"calendar": "every_day", "seasonal": False, "habit": 0.0}
MISSED = 0.2
CYCLES, NET, LAST_CYCLES = 36, 60, 360  # invoices of 36 cycles; all are paid in the year after


def pay_run_world(rule: str, anchor: int) -> World:
    table = customers(
        20,
        orders_per_year=100.0,
        pay_rule=rule,
        pay_anchor=anchor,
        default_bp_year=0,
        dispute_bp=0,
        order_sigma=0.0,
    )
    people = portfolio(table, behaviours=one_behaviour(always_on(0), missed_run=MISSED))
    return draw(people, scenario(30 * CYCLES + NET + LAST_CYCLES, **CALM), seed=1, runs=40)


def waits_from_ready_to_paid(world: World) -> np.ndarray:
    """Mean days from the due day, when every payment is ready, to its receipt; per run."""
    ledger = run(world, Policy().with_levers(LET_ALL_THROUGH))
    entries = ledger.entries
    born = (entries["kind"] == "invoice") & (entries["happened_on"] < ledger.first + 30 * CYCLES)
    paid = entries[(entries["kind"] == "receipt") & (entries["invoiced_on"] < ledger.first + 30 * CYCLES)]
    assert len(paid) == born.sum()
    return by_run(
        ledger, (paid["happened_on"] - paid["due_on"]).to_numpy(dtype=float), paid["run"].to_numpy()
    )


def exact_wait(world: World) -> float:
    """Every ready day and every number of missed runs, weighed by its chance."""
    (is_pay_day,), _ = world.pay_days
    pay_days = np.flatnonzero(is_pay_day)
    ready = np.arange(NET, NET + 30 * CYCLES)
    following = np.searchsorted(pay_days, ready)
    chances = [(missed, (1.0 - MISSED) * MISSED**missed) for missed in range(9)]
    return sum(chance * float((pay_days[following + missed] - ready).mean()) for missed, chance in chances)


@pytest.mark.parametrize(
    ("rule", "anchor", "textbook"),
    [("thirty_days", 7, 22.5), ("twice_monthly", 1, 11.25), ("twice_monthly", 10, 11.25)],
)
def test_o6_a_ready_payment_waits_for_the_pay_run(rule: str, anchor: int, textbook: float, finding: Findings):
    world = pay_run_world(rule, anchor)
    exact = exact_wait(world)
    # Months are not 30 days and their halves not 15: that is worth up to a quarter of a day.
    assert exact == pytest.approx(textbook - 0.5, abs=0.01 if rule == "thirty_days" else 0.25)
    told = (finding, "O6", f"days a ready payment waits for the pay run, {rule}", "d")
    assert_mean_is(waits_from_ready_to_paid(world), exact, within=0.02, told=told)
