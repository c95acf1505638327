"""O3 and O4: what do competing risks of payment, default and write-off leave, and how long is an invoice open?

The kit looks at invoices once a morning. Where the textbook has hazards in continuous time, the chance of each morning
is set so that the mean in whole days is the textbook's; what then differs is derived in the tests.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.base.days import NEVER
from sim.engine import simulate
from sim.model.behaviour import Behaviour, Lateness
from sim.model.ledger import Ledger
from sim.model.policy import Policy
from sim.world import World, draw
from tests.findings import Findings
from tests.known.simulated import assert_mean_is, by_run, exponential, run
from tests.twin.worlds import LET_ALL_THROUGH, customers, portfolio, scenario

CALM = {"calendar": "every_day", "seasonal": False, "habit": 0.0}
DEFAULT_BP = 730  # a hazard of 0.0002 a day
FAILS = -math.expm1(-DEFAULT_BP * 1e-4 / 365.0)  # chance of failing on a day
CLOCK = -math.log1p(-(1.0 / 45.0) / (1.0 - FAILS))  # hazard that pays 1/45 of the open invoices each morning


def one_invoice_each(count: int = 2_000) -> World:
    """Many customers that owe one invoice each, until hardly any is open: losses are rare, 4,000 among 480,000."""
    table = customers(count, orders_per_year=0.0, default_bp_year=DEFAULT_BP, dispute_bp=0)
    kind = Behaviour(
        name="all",
        archetype="process",
        lateness=Lateness(kind="exponential", centre=1.0 / CLOCK),
        takes_discount=0.0,
    )
    opening = [(f"c{number}", 0, 0, 100) for number in range(count)]
    return draw(
        portfolio(table, behaviours=(kind,), opening=opening), scenario(600, **CALM), seed=3, runs=240
    )  # losses are rare: about 4,000 among 480,000


def lost_share_and_days_open(world: World, policy: Policy) -> tuple[np.ndarray, np.ndarray]:
    """Per run: the share of invoices lost by default, and the mean days until payment or failure."""
    ledger, truth = simulate(world, policy)
    runs, count = world.lives.behaviour.shape
    paid_on = np.full((runs, count), NEVER)
    receipts = ledger.entries[ledger.entries["kind"] == "receipt"]
    paid_on[receipts["run"], receipts["customer"]] = receipts["happened_on"]
    failed_on = truth.world.lives.default_on
    ended = np.minimum(paid_on, failed_on)
    assert (ended == NEVER).mean() < 1e-4
    days = np.where(ended == NEVER, ledger.last, ended) - (ledger.first - 1)
    return (failed_on < paid_on).mean(axis=1), days.mean(axis=1)


@pytest.mark.parametrize(("has_desk", "share", "days"), [(False, 0.008920, 44.599), (True, 0.006875, 34.377)])
def test_o3_default_competes_with_payment(has_desk: bool, share: float, days: float, finding: Findings):
    # A dispute desk makes the clock of process-bound customers run 1.3 times as fast: the textbook's "dunning".
    policy = Policy().with_levers(
        LET_ALL_THROUGH | {"operations.dispute_desk": has_desk, "collection.write_off_days": 720}
    )
    lost, open_days = lost_share_and_days_open(one_invoice_each(), policy)
    pays = (1.0 - FAILS) * -math.expm1(-CLOCK * (1.3 if has_desk else 1.0))
    exact_share, exact_days = FAILS / (FAILS + pays), 1.0 / (FAILS + pays)
    # Whole days differ from continuous time by less than 0.5 % here (a 1.3-fold hazard is not a 1.3-fold chance).
    assert exact_share == pytest.approx(share, rel=0.005)
    assert exact_days == pytest.approx(days, rel=0.005)
    clock = "clock 1.3 times as fast" if has_desk else "payment 1/45 a day"
    assert_mean_is(
        lost, exact_share, within=0.06, told=(finding, "O3", f"invoices lost by default, {clock}", "share")
    )
    assert_mean_is(
        open_days, exact_days, within=0.005, told=(finding, "O3", f"days an invoice is open, {clock}", "d")
    )


def days_in_receivables(ledger: Ledger) -> np.ndarray:
    """Mean days from invoice to payment or write-off per run, of invoices old enough to have ended."""
    entries = ledger.entries
    ended = entries[entries["kind"].isin(["receipt", "write_off"])]
    ended = ended[ended["invoiced_on"] <= ledger.last - 365]
    born = entries[(entries["kind"] == "invoice") & (entries["happened_on"] <= ledger.last - 365)]
    assert len(ended) == len(born)
    days = (ended["happened_on"] - ended["invoiced_on"]).to_numpy(dtype=float)
    return by_run(ledger, days, ended["run"].to_numpy())


def test_o4_a_few_never_pay_and_are_written_off_after_a_year(finding: Findings):
    kinds = tuple(
        Behaviour(name=name, archetype="prompt", lateness=lateness, takes_discount=0.0)
        for name, lateness in (("pays", exponential(45.0)), ("never", Lateness(kind="never")))
    )
    count = 1_000
    table = customers(count, orders_per_year=4.0, order_sigma=0.0, default_bp_year=0, dispute_bp=0)
    levers = LET_ALL_THROUGH | {"terms.net_days": 30, "collection.write_off_days": 335}
    policy = Policy().with_levers(levers)
    people = portfolio(table, behaviours=kinds, mix=[[0.99, 0.01]] * count, in_force=policy)
    ledger = run(draw(people, scenario(600, **CALM), seed=1, runs=120), policy)
    still_open = (1.0 - 1.0 / 45.0) ** 335  # payers that are written off too
    exact = 0.99 * (30.0 + 45.0 * (1.0 - still_open)) + 0.01 * 365.0
    assert exact == pytest.approx(77.874, abs=0.005)
    told = (finding, "O4", "days in receivables when one in a hundred never pays", "d")
    assert_mean_is(days_in_receivables(ledger), exact, within=0.005, told=told)
