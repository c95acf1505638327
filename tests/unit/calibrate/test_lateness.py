"""Fitted lateness is survival analysis: open invoices count, fast and slow payers are told apart."""

import numpy as np
import pytest

from sim.base.days import NEVER
from sim.calibrate import fit
from sim.calibrate.lateness import fit_lateness
from sim.calibrate.spells import exposure, spells_of
from sim.model.behaviour import hazard_table
from tests.unit.calibrate.ledgers import FIRST, lateness_of, ledger_of


def everything(ledger, customers: int):
    spells = spells_of(ledger)
    return exposure(
        spells,
        np.ones(len(spells), dtype=np.int64),
        customers,
        int(spells.start.min()) + 1,
        int(spells.end.max()),
    )


def test_one_customer_gives_the_kaplan_meier_curve():
    late = [0, 0, 1, 2, 2, 5]
    due = np.full(7, FIRST + 30)
    settled = [*(FIRST + 30 + np.array(late)), NEVER]
    ledger = ledger_of(
        [0] * 7, [FIRST] * 7, due, settled, last=FIRST + 33
    )  # the one 5 days late is open at 3
    seen = everything(ledger, 1)
    unpaid = fit_lateness(seen, seen, seen).unpaid()[0]
    at = {day: unpaid[day - seen.first] for day in (-1, 0, 1, 2, 3)}
    expected = {-1: 1.0, 0: 5 / 7, 1: 4 / 7, 2: 2 / 7, 3: 2 / 7}
    assert {day: round(share, 3) for day, share in at.items()} == {
        day: round(share, 3) for day, share in expected.items()
    }


def test_an_invoice_is_at_risk_only_once_it_is_out():
    ledger = ledger_of(
        [0, 0], [FIRST, FIRST + 25], [FIRST + 30] * 2, [FIRST + 40, FIRST + 41], last=FIRST + 60
    )
    seen = everything(ledger, 1)
    at_risk = dict(zip(seen.days.tolist(), seen.at_risk[0].tolist(), strict=True))
    assert (at_risk[-29], at_risk[-5], at_risk[-4], at_risk[10], at_risk[11]) == (1, 1, 2, 2, 1)


def test_open_invoices_make_the_curve_slower_than_paid_ones_alone():
    ledger = lateness_of(1, [20.0] * 20, 200, last=FIRST + 400)
    spells = spells_of(ledger)
    paid_alone = spells.end[spells.is_paid].mean()
    seen = everything(ledger, 20)
    fitted = fit_lateness(seen, seen, seen)
    mean = seen.first + float(fitted.mix.mean(axis=0) @ fitted.unpaid().sum(axis=1))
    assert paid_alone < 16
    assert mean == pytest.approx(20.5, abs=2.0)  # 20, and half a day for counting whole days


def test_slow_payers_get_a_slow_pace_and_few_invoices_little_of_it():
    means = [5.0] * 20 + [60.0] * 20
    many = fit(lateness_of(2, means, 60, last=FIRST + 1500)).portfolio
    hazard = hazard_table(many.behaviours).sum(axis=1)
    assert np.isfinite(hazard).all()
    unpaid = np.array([b.lateness.still_unpaid(np.array([0, 30]))[1] for b in many.behaviours])
    still = (many.mix * unpaid ** many.column("pace")[:, None]).sum(axis=1)
    assert still[:20].mean() + 0.1 < still[20:].mean()
    few = fit(lateness_of(3, means, 2, last=FIRST + 1500)).portfolio
    assert few.column("pace").std() < many.column("pace").std()


def test_the_mean_pace_does_not_move_the_average():
    found = {
        x.key: x.values for x in fit(lateness_of(4, [3.0, 10.0, 30.0] * 12, 40, last=FIRST + 1500)).findings
    }
    check = found["fit.fitted.check"]
    assert check["late_fitted"] == pytest.approx(check["late_observed"], abs=0.02)
    assert check["mean_fitted"] == pytest.approx(check["mean_observed"], abs=1.5)
