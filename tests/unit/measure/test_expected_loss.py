"""Roll rates, provision matrix, roll-forward, losses by month of sale: small ledgers, answers by hand."""

import numpy as np
import pytest

from sim.measure import Books, measure, tabulate
from sim.measure.expected_loss import LOSS_OF_LAST, balances_by_bucket, provision_matrix
from tests.unit.ledgers import EVERYTHING, book, invoice, ledger_w, receipt, recovery, write_off


def month(at: int, day: int = 1) -> str:
    return f"{2025 + (at - 1) // 12}-{(at - 1) % 12 + 1:02d}-{day:02d}"


def steady(months=12, *, never=10):
    """Each month 100 billed on the first, due on the 15th: 60 paid on the 10th, 30 in the next month, `never` never."""
    events = []
    for at in range(1, months + 1):
        events += [
            invoice(f"soon{at}", 60, day=month(at), net=14), receipt(f"soon{at}", 60, day=month(at, 10)),
            invoice(f"late{at}", 40 - never, day=month(at), net=14),
            invoice(f"never{at}", never, day=month(at), net=14),
        ]  # fmt: skip
        if at < months:
            events.append(receipt(f"late{at}", 40 - never, day=month(at + 1, 10)))
    return events


def test_balances_by_bucket_add_up_to_what_is_owed():
    ledger = book(*steady(), last="2025-12-31")
    owed = balances_by_bucket(Books(ledger), np.array([ledger.last]))[:, 0, 0]
    assert owed.tolist() == [0, 40, 10, 10, 90]
    assert measure(ledger, ["ar"], "all").table["value"].tolist() == [owed.sum()]


def test_roll_rates_by_month_net_and_item_by_item():
    table = tabulate(book(*steady(), last="2025-12-31"), "roll_rates").set_index(["period", "bucket"])
    assert table.loc[("2025-06", "1_30"), ["balance", "net", "gross"]].tolist() == [40, 0.25, 0.25]
    assert table.loc[("2025-06", "31_60"), ["net", "gross"]].tolist() == [1, 1]
    assert np.isnan(table.loc[("2025-01", "1_30"), "net"])  # nothing stood there yet


def test_the_provision_matrix_multiplies_the_roll_rates():
    table = tabulate(book(*steady(), last="2025-12-31"), "provision_matrix").set_index("bucket")
    assert table.loc["1_30", "roll_rate"] == pytest.approx(0.25)
    assert table.loc["31_60":"61_90", "loss_rate"].tolist() == pytest.approx([LOSS_OF_LAST] * 2)
    assert table.loc["1_30", "loss_rate"] == pytest.approx(0.25 * LOSS_OF_LAST)
    assert table["expected_loss"].sum() == pytest.approx(LOSS_OF_LAST * (40 * 0.25 + 10 + 10 + 90))


def test_the_scalar_looks_forward_and_no_rate_passes_one():
    books = Books(book(*steady(), last="2025-12-31"))
    base, worse = (provision_matrix(books, scalar=scalar)["loss_rate"].to_numpy() for scalar in (1.0, 1.2))
    assert worse == pytest.approx(np.minimum(base * 1.2, 1.0), nan_ok=True)
    assert (provision_matrix(books, loss_of_last=0.9, scalar=2.0)["loss_rate"].dropna() <= 1).all()


def test_where_nothing_rolls_on_nothing_is_lost_though_later_rates_are_unknown():
    events = [invoice(str(at), 100, day=month(at), net=14) for at in range(1, 13)]
    events += [receipt(str(at), 100, day=month(at + 1, 10)) for at in range(1, 12)]
    table = tabulate(book(*events, last="2025-12-31"), "provision_matrix").set_index("bucket")
    assert table.loc["1_30", ["roll_rate", "loss_rate", "expected_loss"]].tolist() == [0, 0, 0]
    assert np.isnan(table.loc["31_60", "roll_rate"])
    assert table.loc["31_60", "expected_loss"] == 0  # nothing stands there


def test_expected_loss_of_a_month_uses_the_months_before_only():
    short = measure(book(*steady(6), last="2025-06-30"), ["ecl", "ecl_rate"])
    long = measure(book(*steady(12), last="2025-12-31"), ["ecl", "ecl_rate"])
    for name in ("ecl", "ecl_rate"):
        assert short.values(name).loc[0, "2025-06"] == pytest.approx(long.values(name).loc[0, "2025-06"])
    assert np.isnan(long.values("ecl").loc[0, "2025-01"])  # no month before shows how money rolls
    reasons = long.table[long.table["value"].isna()]["reason"]
    assert set(reasons.astype(str)) == {"reason.no_roll_rates"}


def test_the_allowance_rolls_forward_to_what_the_figures_say():
    lost = [write_off(f"never{at}", 10, day=month(at + 5, 20)) for at in range(1, 8)]
    ledger = book(*steady(), *lost, last="2025-12-31")
    table = tabulate(ledger, "ecl_roll_forward").set_index("period")
    moved = table["opening"] + table["new"] - table["release"] - table["write_offs"]
    assert np.allclose((moved - table["closing"]).dropna(), 0)
    measures = measure(ledger, ["ecl", "ecl_charge"])
    assert table["closing"].tolist() == pytest.approx(measures.values("ecl").loc[0].tolist(), nan_ok=True)
    charge = (table["new"] - table["release"]).to_numpy()
    assert charge == pytest.approx(measures.values("ecl_charge").loc[0].to_numpy(), nan_ok=True)
    assert table.loc["2025-12", "write_offs"] == 10
    assert table.loc["2025-11", "closing"] == table.loc["2025-12", "opening"]


def test_losses_by_month_of_sale_once_all_is_settled():
    """T26 as a ledger: 100,000 sold; 50,000 paid in time, then 27,000, 15,000, 6,000; 2,000 written off."""
    amounts = [(50_000, 20), (27_000, 40), (15_000, 70), (6_000, 100)]
    events = [invoice(str(at), amount, net=30) for at, (amount, _) in enumerate(amounts)]
    events += [receipt(str(at), amount, day=day) for at, (amount, day) in enumerate(amounts)]
    events += [invoice("never", 2_000, net=30), write_off("never", 2_000, day=200)]
    table = tabulate(book(*events, last=210), "vintage_losses")
    january = table[table["cohort"] == "1970-01"]
    assert january["reached"].tolist() == [100_000, 50_000, 23_000, 8_000, 2_000]
    assert january["loss_rate"].tolist() == pytest.approx([0.02, 0.04, 2 / 23, 0.25, 1.0])


def test_a_month_still_open_has_no_loss_rate_and_recoveries_lower_it():
    still = tabulate(book(invoice("A", 100), receipt("A", 40, day=50), last=90), "vintage_losses")
    assert still["loss_rate"].isna().all()
    back = book(invoice("A", 100), write_off("A", 100, day=200), recovery("A", 30, day=220), last=230)
    rates = tabulate(back, "vintage_losses").query("cohort == '1970-01'")["loss_rate"]
    assert rates.tolist() == pytest.approx([0.7] * 5)


def test_ageing_by_month_adds_up():
    table = tabulate(ledger_w(), "ageing")
    totals = table.groupby("period", sort=False)["balance"].sum()
    assert totals[["2025-03", "2025-04", "2025-05", "2025-06"]].tolist() == [450, 570, 510, 790]
    june = table[table["period"] == "2025-06"].set_index("bucket")
    assert june.loc[["current", "1_30", "31_60", "61_90"], "balance"].tolist() == [340, 240, 60, 150]
    assert june["share"].sum() == pytest.approx(1.0)


def test_without_open_items_nothing_can_be_provided_for():
    refused = measure(ledger_w(coverage=EVERYTHING - {"open_items"}), ["ecl"]).refused
    assert refused["ecl"].key == "reason.not_recorded.open_items"
