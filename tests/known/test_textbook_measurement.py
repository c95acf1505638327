"""Do the formulas give the textbooks' answers? Cost of credit, DSO, CEI, Little's law, collectors, Kaplan-Meier."""

import numpy as np
import pytest

from sim.base.days import day_of
from sim.measure import formulas as f
from sim.measure import measure, tabulate
from sim.measure.queueing import erlang_b, erlang_c, mean_queue, mean_wait, wait_beyond
from sim.measure.survival import km_curve, km_restricted_mean, life_table
from tests.unit.ledgers import book, invoice, receipt

# --- T11: cost of forgoing the discount ---------------------------------------------------------------------------

FORGONE = [
    (0.02, 10, 30, 37.24, 44.59),
    (0.01, 10, 30, 18.43, 20.13),
    (0.02, 10, 40, 24.83, 27.86),
    (0.02, 10, 45, 21.28, 23.45),
    (0.02, 10, 60, 14.90, 15.89),
    (0.03, 15, 60, 25.09, 28.03),
    (0.01, 10, 20, 36.87, 44.32),
    (0.02, 15, 30, 49.66, 63.49),
]


@pytest.mark.parametrize(("discount", "early", "net", "simple", "effective"), FORGONE)
def test_t11_cost_of_not_taking_the_discount(discount, early, net, simple, effective):
    """T11: simple and effective, a year of 365 days."""
    assert 100 * f.cost_of_forgone_discount(discount, early, net) == pytest.approx(simple, abs=0.005)
    assert 100 * f.cost_of_forgone_discount(discount, early, net, effective=True) == pytest.approx(
        effective, abs=0.005
    )


def test_t11_on_a_year_of_360_days():
    """T11: 2/10 net 30 as Ng, Smith and Smith count it."""
    assert 100 * f.cost_of_forgone_discount(0.02, 10, 30, year_days=360) == pytest.approx(36.73, abs=0.005)
    compounded = f.cost_of_forgone_discount(0.02, 10, 30, year_days=360, effective=True)
    assert 100 * compounded == pytest.approx(43.86, abs=0.005)


def test_t11_no_discount_costs_nothing_and_paying_in_time_has_no_rate():
    """T11: the edges."""
    assert f.cost_of_forgone_discount(0.0, 10, 30) == 0
    assert np.isnan(f.cost_of_forgone_discount(0.02, 10, 10))
    assert f.dynamic_discount(100_000, 0.073, 10) == pytest.approx(200)


# --- T14: count-back ----------------------------------------------------------------------------------------------


def test_t14_countback_of_the_web_examples():
    """T14: months of 30 days, periods of 28 days."""
    assert f.countback(212_000, [100_000, 80_000, 70_000], [30] * 3) == pytest.approx(
        60 + 32 / 70 * 30, rel=1e-6
    )
    assert f.dso(212_000, 250_000, 90) == pytest.approx(76.32)
    assert f.countback(12.0, [5, 6, 6], [28] * 3) == pytest.approx(28 + 28 + 28 / 6, rel=1e-6)


# --- T15: CEI -----------------------------------------------------------------------------------------------------


def test_t15_cei_in_both_forms():
    """T15: as printed with the sales of an average month, and in the full-period form."""
    assert 100 * f.cei_published_average(6_200, 10_890, 3, 6_340, 3_590) == pytest.approx(55.93, abs=0.005)
    assert 100 * f.cei(6_200, 10_890, 6_340, 3_590) == pytest.approx(79.63, abs=0.005)
    assert 100 * f.cei(100_000, 1_000_000, 120_000, 100_000) == pytest.approx(98.0)


# --- T16: the same payment pattern, a moving DSO ------------------------------------------------------------------

SALES = np.array([60, 60, 60, 60, 90, 120, 120, 90, 60, 60, 60, 60], dtype=float)
UNPAID = np.array([0.9, 0.6, 0.2])
QUARTERS = {3: (51.0, 51.0, 51.0), 6: (58.0, 69.6, 48.0), 9: (44.0, 49.5, 54.0), 12: (51.0, 40.8, 51.0)}
AGES = {3: (52.9, 35.3, 11.8), 6: (62.1, 31.0, 6.9), 9: (40.9, 40.9, 18.2), 12: (52.9, 35.3, 11.8)}


def _balance(month):
    return float(np.sum(SALES[month - 3 : month][::-1] * UNPAID))


@pytest.mark.parametrize("month", QUARTERS)
def test_t16_dso_moves_although_nobody_pays_differently(month):
    """T16: the textbook's year; DSO on quarter and on year to date, count-back, ageing."""
    on_quarter, on_year, counted_back = QUARTERS[month]
    balance = _balance(month)
    assert f.dso(balance, SALES[month - 3 : month].sum(), 90) == pytest.approx(on_quarter)
    assert f.dso(balance, SALES[:month].sum(), 30 * month) == pytest.approx(on_year)
    assert f.countback(balance, SALES[:month][::-1], [30] * month) == pytest.approx(counted_back)
    ages = 100 * SALES[month - 3 : month][::-1] * UNPAID / balance
    assert np.allclose(ages, AGES[month], atol=0.05)


@pytest.mark.parametrize(
    ("sales", "expected"), [((60, 60, 60), 51.0), ((30, 60, 90), 61.5), ((90, 60, 30), 40.5)]
)
def test_t16_one_quarter_flat_rising_falling(sales, expected):
    """T16: one quarter of flat, rising and falling sales."""
    balance = np.sum(np.array(sales)[::-1] * UNPAID)
    assert f.dso(balance, sum(sales), 90) == pytest.approx(expected)


def test_t16_on_a_ledger():
    """T16: the rising quarter as a real ledger: each month billed on its first day, paid in thirds of the pattern."""
    events = []
    for month, sales in ((1, 30_000), (2, 60_000), (3, 90_000)):
        for part, paid_in in ((0.1, month), (0.3, month + 1), (0.4, month + 2)):
            name = f"{month}-{paid_in}"
            events.append(invoice(name, int(sales * part), day=f"2025-{month:02d}-01"))
            if paid_in <= 3:
                events.append(receipt(name, int(sales * part), day=f"2025-{paid_in:02d}-28"))
        events.append(invoice(f"{month}-late", int(sales * 0.2), day=f"2025-{month:02d}-01"))
    table = measure(book(*events, first="2025-01-01", last="2025-03-31"), every="quarter").table
    value = table.set_index("metric")["value"]
    assert value["ar"] == pytest.approx(123_000)
    assert value["dso"] == pytest.approx(61.5)  # 90 days in this quarter


def hanover() -> list:
    """A year of seasonal sales, each month billed on its first day and paid on four days of the same pattern."""
    events = []
    for at, sales in enumerate(SALES):
        for after, part in enumerate((0.1, 0.3, 0.4, 0.2)):
            name, amount = f"{at}-{after}", round(sales * 1_000 * part)
            year, month = divmod(at + after, 12)
            events.append(invoice(name, amount, day=f"2025-{at + 1:02d}-01"))
            if not year:
                events.append(receipt(name, amount, day=f"2025-{month + 1:02d}-28"))
    return events


def test_t16_seasonal_sales_move_dso_on_a_ledger_while_nobody_behaves_differently():
    """T16: DSO of the quarters 51, 58, 44, 51 (on true days), the uncollected balances 90, 60, 20 % throughout."""
    ledger = book(*hanover(), first="2025-01-01", last="2025-12-31")
    quarters = measure(ledger, ["dso", "dso_countback", "overdue_ratio"], every="quarter")
    dso = quarters.values("dso").loc[0]
    expected = [51.0, 58.0 * 91 / 90, 44.0 * 92 / 90, 51.0 * 92 / 90]
    assert dso.tolist() == pytest.approx(expected, rel=1e-6)
    back = quarters.values("dso_countback").loc[0]
    assert dso["2025Q2"] > dso["2025Q1"] > dso["2025Q3"]
    assert back["2025Q2"] < back["2025Q1"] < back["2025Q3"]  # the other way round: no one figure tells
    open_share = tabulate(ledger, "uncollected_balances").pivot(
        index="cohort", columns="months_after", values="open"
    )
    assert np.allclose(open_share.loc["2025-01":"2025-10", [0, 1, 2]], [0.9, 0.6, 0.2])
    assert np.allclose(open_share.loc["2025-01":"2025-09", 3], 0.0)
    pattern = tabulate(ledger, "payment_pattern").pivot(index="cohort", columns="age", values="collected")
    assert np.allclose(pattern.loc["2025-01":"2025-08", [30, 60, 90, 120]], [0.1, 0.4, 0.8, 1.0])
    assert np.isnan(pattern.loc["2025-12", 60])  # December has not come so far


# --- T17: Little's law --------------------------------------------------------------------------------------------


def test_t17_littles_law():
    """T17: one kind of customer, and a mix."""
    assert f.littles_law(100_000, 52) == 5_200_000
    mean = f.weighted_mean([30, 50, 90], [0.6, 0.3, 0.1])
    assert mean == pytest.approx(42)
    assert f.littles_law(250_000, mean) == pytest.approx(10_500_000)


def test_t17_daily_dso_of_a_steady_ledger_is_the_days_to_pay():
    """T17: one invoice a day, each paid after 52 days: after the run-in, the daily balance is 52 days of sales."""
    events = [invoice(str(day), 100_000, day=day) for day in range(300)]
    events += [receipt(str(day), 100_000, day=day + 52) for day in range(248)]
    ledger = book(*events, first=day_of("1970-01-01"), last=299)
    table = measure(ledger, ["dso_daily", "ar", "days_to_pay"]).table.set_index(["metric", "period"])["value"]
    assert table["ar", "1970-06"] == 5_200_000
    assert table["dso_daily", "1970-06"] == pytest.approx(52)
    assert table["days_to_pay", "1970-06"] == pytest.approx(52)


# --- T18: the collectors' desk ------------------------------------------------------------------------------------

WAITING = {
    (1, 0.5): 0.5,
    (2, 1): 0.33333,
    (3, 2): 0.44444,
    (5, 4): 0.55411,
    (10, 8): 0.40918,
    (20, 16): 0.25608,
}
BLOCKED = {
    (1, 0.5): 0.33333,
    (2, 1): 0.2,
    (3, 2): 0.21053,
    (5, 4): 0.19907,
    (10, 8): 0.12166,
    (20, 16): 0.06441,
}


@pytest.mark.parametrize(("servers", "load"), WAITING)
def test_t18_erlang_formulas(servers, load):
    """T18: waiting and blocking."""
    assert erlang_c(servers, load) == pytest.approx(WAITING[servers, load], abs=5e-6)
    assert erlang_b(servers, load) == pytest.approx(BLOCKED[servers, load], abs=5e-6)


def test_t18_waiting_grows_out_of_proportion():
    """T18: three collectors at 40, 45 and 55 cases a day."""
    waits = [mean_wait(3, cases / 8, 2.5) for cases in (40, 45, 55)]
    assert waits == pytest.approx([0.17778, 0.30280, 1.35471], abs=5e-6)
    assert mean_queue(3, 55 / 8, 2.5) == pytest.approx(9.3136, abs=5e-5)
    assert wait_beyond(1, 3, 55 / 8, 2.5) == pytest.approx(0.45320, abs=5e-6)
    assert wait_beyond(2, 3, 55 / 8, 2.5) == pytest.approx(0.24258, abs=5e-6)


def test_t18_a_fourth_collector():
    """T18: a fourth collector at 55 cases a day."""
    assert mean_wait(4, 55 / 8, 2.5) == pytest.approx(0.13103, abs=5e-6)
    assert mean_queue(4, 55 / 8, 2.5) == pytest.approx(0.90083, abs=5e-6)


def test_t18_an_overloaded_desk_never_gets_done():
    """T18: the edges."""
    assert mean_wait(1, 3, 2.5) == float("inf")
    assert wait_beyond(1, 1, 3, 2.5) == 1.0
    assert erlang_c(1, 2) == 1.0


# --- T24: Kaplan-Meier --------------------------------------------------------------------------------------------

FREIREICH = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
SURVIVAL = {6: 0.857143, 7: 0.806723, 10: 0.752941, 13: 0.690196, 16: 0.627451, 22: 0.537815, 23: 0.448179}
TEN_INVOICES = "25 30 30+ 35 40+ 45 60 60+ 75 90+"
UNPAID_AFTER = {25: 0.9, 30: 0.8, 35: 0.685714, 45: 0.548571, 60: 0.411429, 75: 0.205714}


def _observed(text):
    return [int(each.rstrip("+")) for each in text.split()], [not each.endswith("+") for each in text.split()]


@pytest.mark.parametrize(("text", "expected"), [(FREIREICH, SURVIVAL), (TEN_INVOICES, UNPAID_AFTER)])
def test_t24_kaplan_meier_curves(text, expected):
    """T24: Freireich's patients and ten invoices."""
    curve = km_curve(*life_table(*_observed(text)))
    assert {age: round(float(curve[age]), 6) for age in expected} == expected


def test_t24_the_mean_of_paid_invoices_is_too_short():
    """T24: 45.0 days of the paid, 57.8 with those still open."""
    days, paid = _observed(TEN_INVOICES)
    assert np.mean(np.array(days)[paid]) == 45.0
    assert float(km_restricted_mean(*life_table(days, paid))) == pytest.approx(57.843, abs=5e-4)


def test_t24_ten_invoices_as_a_ledger():
    """T24: on the last day each invoice is as old as it was watched; the paid ones were paid at that age."""
    days, paid = _observed(TEN_INVOICES)
    events = []
    for number, (age, is_paid) in enumerate(zip(days, paid, strict=True)):
        billed = 0 if is_paid else 90 - age
        events.append(invoice(f"N{number}", 1_000 * (number + 1), day=billed))
        if is_paid:
            events.append(receipt(f"N{number}", 1_000 * (number + 1), day=age))
    table = measure(book(*events, first=0, last=90), every="all").table.set_index("metric")["value"]
    assert table["days_to_pay_count"] == pytest.approx(45.0)
    assert table["days_to_pay_km"] == pytest.approx(57.843, abs=5e-4)


def test_t24_nobody_watched_is_unknown():
    """T24: the edge."""
    assert np.isnan(km_restricted_mean(np.zeros(5, dtype=int), np.zeros(5, dtype=int)))
