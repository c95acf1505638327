"""Real ledgers, read by us and by plain pandas: the same figures. And a fit that pays as the customers did."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim.base.days import NEVER, day_of
from sim.calibrate import fit
from sim.calibrate.spells import spells_of
from sim.engine import simulate
from sim.intake import import_file
from sim.measure import measure
from sim.model.laws import broken_laws, check_tables
from sim.model.portfolio import scenario_for
from sim.words import Words
from sim.world import draw

FULL = ("ibm_mdy", "ibm_dmy", "ibm_leadingzeros_mdy")


@pytest.fixture(scope="module")
def imported(shared_data):
    found = {}

    def read(name: str, currency: str | None = None):
        if (name, currency) not in found:
            found[name, currency] = import_file(shared_data(f"{name}.csv"), currency=currency)
        return found[name, currency]

    return read


def figure(ledger, name: str) -> float:
    table = measure(ledger, [name], every="all").table
    return float(table["value"].iloc[0])


@pytest.mark.parametrize("name", FULL)
def test_the_ibm_files_give_the_published_figures(imported, name):
    ledger = imported(f"ibm_late_payment/{name}").ledger
    assert len(ledger.customers) == 100
    assert figure(ledger, "invoices") == 2_466
    assert figure(ledger, "late_share") == pytest.approx(0.356, abs=5e-4)
    assert figure(ledger, "days_to_pay_count") == pytest.approx(26.4, abs=0.05)
    assert figure(ledger, "days_to_pay") == pytest.approx(26.7, abs=0.05)


def test_three_ways_of_writing_give_one_ledger(imported):
    first, *others = [imported(f"ibm_late_payment/{name}").ledger for name in FULL]
    for other in others:
        for table in ("entries", "orders", "actions", "cash", "customers"):
            pd.testing.assert_frame_equal(getattr(first, table), getattr(other, table))
        assert list(first.document_ids) == list(other.document_ids)
        kept = ("first", "last", "runs", "currency", "coverage", "seller")
        assert [getattr(first, part) for part in kept] == [getattr(other, part) for part in kept]


def test_the_ibm_ledger_is_what_pandas_reads(imported, shared_data):
    ledger = imported("ibm_late_payment/ibm_mdy").ledger
    plain = pd.read_csv(shared_data("ibm_late_payment/ibm_mdy.csv"), dtype=str)
    for column in ("InvoiceDate", "DueDate", "SettledDate"):
        plain[column] = pd.to_datetime(plain[column], format="%m/%d/%Y")
    receipts = ledger.dated("entries").query("kind == 'receipt'")
    ours = pd.DataFrame(
        {
            "invoiceNumber": ledger.document_ids[receipts["against"]], "customerID": receipts["customer"],
            "InvoiceDate": receipts["invoiced_on"], "DueDate": receipts["due_on"],
            "SettledDate": receipts["happened_on"], "InvoiceAmount": -receipts["amount_fen"],
        }
    )  # fmt: skip
    plain["InvoiceAmount"] = (plain["InvoiceAmount"].astype(float) * 100).round().astype("int64")
    columns = list(ours.columns)
    ours, plain = (
        table[columns].sort_values("invoiceNumber").reset_index(drop=True) for table in (ours, plain)
    )
    for column in columns:
        assert (ours[column].to_numpy() == plain[column].to_numpy()).all(), column


def test_ibm_rows_from_another_source_show_in_the_gaps(imported):
    report = imported("ibm_late_payment/ibm_with_missing").report
    assert (report.rows_read, report.rows_used) == (2_586, 2_586)
    assert [(gap.columns, gap.rows) for gap in report.gaps] == [(("PaperlessDate", "PaperlessBill"), 120)]


def test_yellevate_is_ibm_at_a_hundred_times_the_amounts_in_dollars(imported):
    ibm, other = (
        imported("ibm_late_payment/ibm_mdy").ledger,
        imported("ibm_late_payment/yellevate_invoices_iso").ledger,
    )
    assert other.currency == "USD"
    assert other.entries["amount_fen"].abs().sum() == 100 * ibm.entries["amount_fen"].abs().sum()
    assert figure(other, "late_share") == figure(ibm, "late_share")


def test_highradius_closed_items_are_known_by_due_date_and_duplicates_left_out(imported):
    found = imported("highradius/closed_items_recovered")
    assert {x.reason: x.rows for x in found.report.left_out} == {"duplicate": 930}
    rules = {note.rule: note.values for note in found.report.notes}
    assert rules["look_alike"]["rows"] == 30  # 930 + 30 are the 960 duplicates of the original
    assert rules["several_names"]["most"] == 11
    assert {"currency_not_stated", "no_invoice_dates", "settled_items_only"} <= set(rules)
    ledger = found.ledger
    assert ledger.currency == "XXX"
    assert (ledger.entries["invoiced_on"] == NEVER).all()
    measured = measure(ledger, ["late_share", "days_to_pay", "dso", "bad_debt"], every="all")
    assert set(measured.refused) == {"days_to_pay", "dso", "bad_debt"}
    assert figure(ledger, "late_share") == pytest.approx(0.4197, abs=1e-3)


def test_highradius_open_items_are_an_opening_balance_in_dollars(imported):
    found = imported("highradius/open_items_dmy_nulldata")
    ledger = found.ledger
    assert (ledger.currency, len(ledger.entries), len(ledger.customers)) == ("USD", 9_681, 553)
    assert set(ledger.entries["kind"]) == {"opening"}
    assert [x.order for x in found.report.dates if x.filled] == ["dmy", "dmy"]
    assert ledger.last == day_of("2020-05-22")


def test_highradius_raw_rows_are_two_ledgers_with_damaged_numbers(imported):
    found = imported("highradius/raw_format_rows_from_notebooks")
    assert [(x.currency, x.invoices) for x in found.report.contents] == [("USD", 140), ("CAD", 22)]
    assert any(note.rule == "document_id_damaged" for note in found.report.notes)
    customers = set(found.ledgers[0].customers["customer"])
    assert "0200769623" in customers  # leading zero kept
    assert len(customers) == 66  # not merged because of their many names


@pytest.mark.parametrize(
    "name",
    [
        *(f"ibm_late_payment/{name}" for name in (*FULL, "ibm_with_missing", "yellevate_invoices_iso")),
        *(f"highradius/{name}" for name in ("closed_items_recovered", "open_items_dmy_nulldata")),
        "highradius/raw_format_rows_from_notebooks",
    ],
)
def test_every_real_ledger_keeps_the_laws(imported, name):
    for ledger in imported(name).ledgers:
        assert broken_laws(ledger) == []
        check_tables(ledger)


@pytest.fixture(scope="module")
def fitted(imported):
    ledger = imported("ibm_late_payment/ibm_mdy").ledger
    return ledger, fit(ledger)


@pytest.fixture(scope="module")
def lived(fitted):
    """Two years of the fitted customers under the policy in force, in six runs."""
    portfolio = fitted[1].portfolio
    world = draw(portfolio, scenario_for(portfolio, "core", days=730), seed=1, runs=6)
    return simulate(world, portfolio.policy_in_force)[0]


def single(ledger, run: int):
    parts = {name: getattr(ledger, name) for name in ("entries", "orders", "actions", "cash")}
    return replace(ledger, **{name: table[table["run"] == run] for name, table in parts.items()}, runs=(run,))


def old_enough(ledger):
    spells = spells_of(ledger)
    return spells.only(spells.is_invoice & (spells.due_on < ledger.last - 120))


def test_the_fitted_customers_pay_as_the_real_ones_did(fitted, lived):
    real = spells_of(fitted[0])
    runs = [old_enough(single(lived, run)) for run in lived.runs]
    late = [float((run.end[run.is_paid] > 0).mean()) for run in runs]
    mean = [float(run.end[run.is_paid].mean()) for run in runs]
    assert np.mean(late) == pytest.approx((real.end > 0).mean(), abs=0.03)
    assert np.mean(mean) == pytest.approx(real.end.mean(), abs=1.0)


def test_the_fitted_customers_order_as_the_real_ones_did(fitted, lived):
    real, portfolio = spells_of(fitted[0]), fitted[1].portfolio
    years = (portfolio.last_day - fitted[0].first + 1) / 365
    simulated = lived.entries[lived.entries["kind"] == "invoice"]
    assert len(simulated) / 2 / 6 == pytest.approx(len(real) / years, rel=0.05)
    assert simulated["amount_fen"].mean() == pytest.approx(real.amount_fen.mean(), rel=0.03)


def test_a_fit_to_what_the_fitted_customers_did_finds_them_again(fitted, lived):
    truth = fitted[1].portfolio
    again = fit(single(lived, 0))
    rates, low, high = (
        truth.column("orders_per_year"),
        *(again.uncertainty[f"orders_per_year_{x}"] for x in ("low", "high")),
    )
    assert ((low <= rates) & (rates <= high)).mean() >= 0.8
    sizes = again.portfolio.column("order_median_fen") / truth.column("order_median_fen")
    assert np.median(sizes) == pytest.approx(1.0, abs=0.05)
    check = next(x.values for x in again.findings if x.key == "fit.fitted.check")
    assert check["late_fitted"] == pytest.approx(0.356, abs=0.05)


def test_the_fit_tells_what_the_ibm_ledger_cannot_say(fitted):
    keys = {finding.key for finding in fitted[1].findings}
    assert {"fit.assumed.disputes_flagged", "fit.unknown.only_settled", "fit.unknown.write_offs"} <= keys
    assert "22.7%" in Words("en").say("fit.assumed.disputes_flagged", **fitted[1].findings[0].values)
