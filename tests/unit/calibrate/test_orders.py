"""Orders: those of whom little is known borrow from all."""

import numpy as np
import pytest

from sim.calibrate.orders import fit_orders


def test_the_total_of_orders_and_money_stays_what_was_invoiced():
    stream = np.random.default_rng(1)
    customer = np.repeat(np.arange(30), stream.integers(1, 60, 30))
    amount = np.exp(10 + 0.6 * stream.standard_normal(len(customer))).astype(np.int64)
    found = fit_orders(customer, amount, 30, 2.0)
    assert found.per_year.sum() * 2.0 == pytest.approx(len(customer), rel=1e-6)
    counts = np.bincount(customer, minlength=30)
    assert (counts * found.median_fen * np.exp(found.sigma**2 / 2)).sum() == pytest.approx(
        amount.sum(), rel=1e-3
    )


def test_a_single_invoice_says_little_of_its_customer():
    customer = np.array([*[0] * 50, *[1] * 50, 2])
    amount = np.array([*[10_000] * 25, *[20_000] * 25, *[10_000] * 25, *[20_000] * 25, 1_000_000])
    found = fit_orders(customer, amount, 3, 1.0)
    assert found.median_fen[2] < 1_000_000
    assert found.low[2] < found.per_year[2] < found.high[2]
    assert (found.sigma > 0).all()


def test_the_interval_holds_the_true_rate_nine_times_in_ten():
    stream = np.random.default_rng(7)
    rates = stream.gamma(4.0, 3.0, 400)
    counts = stream.poisson(rates * 2.0)
    customer = np.repeat(np.arange(400), counts)
    found = fit_orders(customer, np.full(len(customer), 100), 400, 2.0)
    held = ((found.low <= rates) & (rates <= found.high)).mean()
    assert 0.85 <= held <= 0.95
