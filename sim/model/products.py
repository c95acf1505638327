"""What do the products cost, advance and cover that turn receivables into money or carry their risk?

Factoring, pledge loan, bills, a core buyer's certificate, early payment offered by the buyer. Money in fen (int64),
arrays of shape (n,). Credit insurance is in `sim/model/insurance.py`. Chinese banks count a year of 360 days.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.base.days import NEVER
from sim.base.money import WHOLE_BP, FenArray, nearest_fraction, share
from sim.model.figures import figure

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

BANK_YEAR_DAYS = 360
LPR_BP = 305
"""1-year loan prime rate: 3.00-3.10 % in 2024-25 (Pm)."""


def bank_interest(amount_fen: FenArray, yearly_bp: int | Ints, days: int | Ints) -> Ints:
    """What do so many days of this amount cost at a bank's yearly rate (360 days, rounded half up)?"""
    return nearest_fraction(amount_fen, yearly_bp * np.asarray(days), WHOLE_BP * BANK_YEAR_DAYS)


def yearly_cost(cost: ArrayLike, received: ArrayLike, days: ArrayLike) -> tuple[Floats, Floats]:
    """What does money cost a year that costs so much for so many days? Simple and effective rate, 365 days."""
    period = np.asarray(cost, dtype=np.float64) / np.asarray(received, dtype=np.float64)
    times = 365.0 / np.asarray(days, dtype=np.float64)
    return period * times, np.power(1.0 + period, times) - 1.0


# --- Factoring ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Factoring:
    """An invoice sold: an advance now, the rest when the buyer pays. Interest and fee are kept back at the start.

    With recourse we buy it back when it is too late; without, only a dispute or a deduction is still ours.
    """

    recourse: bool
    advance_bp: int = figure(8_000, basis="R", unit="bp", low=7_000, high=9_000)
    interest_bp: int = figure(550, basis="R", unit="bp", low=450, high=700)  # a year, on the advance
    fee_bp: int = figure(60, basis="R", unit="bp", low=30, high=100)  # of the face
    # Of the face, for taking the buyer's risk.
    risk_bp: int = figure(0, basis="R", unit="bp", low=0, high=150)
    month_bp: int = figure(0, basis="P", unit="bp")  # of the face per 30 days begun (US spot factoring)
    buy_back_days: int = figure(75, basis="R", unit="d", low=60, high=90)  # late, with recourse


FACTORING_RECOURSE = Factoring(recourse=True)
FACTORING_NON_RECOURSE = Factoring(recourse=False, risk_bp=100)
COMMERCIAL_FACTORING = Factoring(recourse=True, interest_bp=700, fee_bp=50)  # 8-14 % all in (R)
US_SPOT_RECOURSE = Factoring(recourse=True, advance_bp=8_500, interest_bp=0, fee_bp=0, month_bp=200)
US_SPOT_NON_RECOURSE = Factoring(recourse=False, advance_bp=8_500, interest_bp=0, fee_bp=0, month_bp=400)


def advance(face_fen: FenArray, product: Factoring) -> Ints:
    """How much of the face does the factor lend against?"""
    return share(face_fen, product.advance_bp)


def factoring_cost(face_fen: FenArray, days: int | Ints, product: Factoring) -> Ints:
    """What does the factor keep for so many days until the buyer pays? Interest, fee and the price of the risk."""
    interest = bank_interest(advance(face_fen, product), product.interest_bp, days)
    months = -(-np.asarray(days) // 30)
    return interest + share(face_fen, product.fee_bp + product.risk_bp + product.month_bp * months)


def factoring_cash(face_fen: FenArray, days: int | Ints, product: Factoring) -> Ints:
    """How much reaches our account on the day of the sale?"""
    return advance(face_fen, product) - factoring_cost(face_fen, days, product)


def reserve(face_fen: FenArray, paid_fen: FenArray, product: Factoring) -> Ints:
    """What is passed on when the buyer has paid so much? What the advance left; deductions are ours, never below 0."""
    left: Ints = np.maximum(paid_fen - advance(face_fen, product), 0)
    return left


def buy_back_on(due_on: Ints, disputed: Bools, product: Factoring) -> Ints:
    """On which day must we take an unpaid invoice back? NEVER without recourse, unless it is disputed."""
    late_on = due_on + product.buy_back_days
    return late_on if product.recourse else np.where(disputed, late_on, NEVER).astype(np.int64)


# --- Pledge loan --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PledgeLoan:
    """A loan against pledged receivables: all risk stays with us, and the base melts as receivables age."""

    advance_bp: int = figure(7_000, basis="R", unit="bp", low=6_000, high=8_000)  # of eligible receivables
    spread_bp: int = figure(150, basis="R", unit="bp", low=50, high=250)  # over the 1-year loan prime rate
    most_late_days: int = figure(90, basis="R", unit="d", low=60, high=120)
    # One debtor, of all eligible.
    most_share_bp: int = figure(2_500, basis="R", unit="bp", low=1_500, high=3_000)
    # On the advance, if insured.
    insured_extra_bp: int = figure(700, basis="A", unit="bp", low=500, high=1_000)


PLEDGE_LOAN = PledgeLoan()


def eligible(
    open_fen: FenArray,
    late_days: Ints,
    disputed: Bools,
    cell: Ints,
    cells: int,
    loan: PledgeLoan = PLEDGE_LOAN,
) -> Ints:
    """How much of each debtor's invoices may be pledged? Undisputed and not too late; `cell` 0..cells-1; (cells,)."""
    takes = ~disputed & (late_days <= loan.most_late_days)
    sums = np.zeros(cells, dtype=np.int64)
    np.add.at(sums, cell[takes], open_fen[takes])
    return sums


def borrowing_base(
    eligible_fen: FenArray, insured: Bools | None = None, loan: PledgeLoan = PLEDGE_LOAN
) -> Ints:
    """How much may be borrowed? Of (runs, debtors) eligible money; what one debtor has above its share counts not.

    The share is taken of all that is eligible before the cap. Insured debtors raise the advance. Shape (runs,).
    """
    most = share(eligible_fen.sum(axis=-1), loan.most_share_bp)
    counted = np.minimum(eligible_fen, most[..., None])
    extra = 0 if insured is None else share(np.where(insured, counted, 0).sum(axis=-1), loan.insured_extra_bp)
    return share(counted.sum(axis=-1), loan.advance_bp) + extra


def pledge_rate_bp(lpr_bp: int = LPR_BP, loan: PledgeLoan = PLEDGE_LOAN) -> int:
    """Which yearly rate does the pledge loan bear?"""
    return lpr_bp + loan.spread_bp


# --- Bills, a core buyer's certificate, the buyer's own early payment ----------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Bill:
    """A bill of exchange turned into cash before it falls due: here one that a bank has accepted. Rates are yearly."""

    recourse: bool = False
    discount_bp: int = figure(140, basis="Pm", unit="bp", low=80, high=200)
    stress_bp: int = figure(300, basis="Pm", unit="bp", low=200, high=400)  # in tight money
    longest_days: int = figure(184, basis="Pm", unit="d")  # at most 6 months, since 2023
    advance_bp: int = figure(WHOLE_BP, basis="Pm", unit="bp")  # of the face; the rest when it falls due


@dataclass(frozen=True, kw_only=True)
class CommercialBill(Bill):
    """The same accepted by the buyer alone: dearer, and it comes back if he does not pay."""

    recourse: bool = True
    discount_bp: int = figure(500, basis="R", unit="bp", low=300, high=700)
    stress_bp: int = figure(700, basis="A", unit="bp", low=500, high=1_000)


@dataclass(frozen=True, kw_only=True)
class Certificate(Bill):
    """A core buyer's electronic certificate of what it owes, sold on its platform; the buyer's risk is the holder's."""

    discount_bp: int = figure(475, basis="R", unit="bp", low=350, high=600)
    stress_bp: int = figure(600, basis="A", unit="bp", low=475, high=800)
    longest_days: int = figure(365, basis="A", unit="d", low=180, high=365)
    advance_bp: int = figure(9_800, basis="R", unit="bp", low=9_500, high=10_000)


BANK_BILL, COMMERCIAL_BILL, CERTIFICATE = Bill(), CommercialBill(), Certificate()

DYNAMIC_DISCOUNT_BP = 800
"""What a buyer asks a year for paying before the due date: 6-10 % (R)."""


def bill_discount(face_fen: FenArray, days_left: int | Ints, bill: Bill, *, stress: bool = False) -> Ints:
    """What does the bank keep who buys the bill so many days before it is due?"""
    yearly = bill.stress_bp if stress else bill.discount_bp
    return bank_interest(share(face_fen, bill.advance_bp), yearly, days_left)


def bill_cash(face_fen: FenArray, days_left: int | Ints, bill: Bill, *, stress: bool = False) -> Ints:
    """How much cash does the bill bring today? A certificate's rest comes when the buyer pays."""
    return share(face_fen, bill.advance_bp) - bill_discount(face_fen, days_left, bill, stress=stress)


def dynamic_discount(
    face_fen: FenArray, days_early: int | Ints, yearly_bp: int = DYNAMIC_DISCOUNT_BP
) -> Ints:
    """What does a buyer keep for paying so many days early? A yearly rate of 365 days on the face."""
    return nearest_fraction(face_fen, yearly_bp * np.asarray(days_early), WHOLE_BP * 365)


# --- The financier is a risk as well ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Financier:
    """How often does a factor or bank leave us alone? Yearly chances."""

    withdraws: float = figure(0.04, basis="A", unit="share", low=0.01, high=0.10)
    withdraws_tight: float = figure(3.0, basis="A", low=1.5, high=5.0)  # times, in tight money
    fails: float = figure(0.005, basis="A", unit="share", low=0.001, high=0.02)
    check_fen: int = figure(500_000, basis="A", unit="fen", low=200_000, high=1_500_000)
    checked: float = figure(0.5, basis="A", low=0.3, high=0.8)  # times, when we looked before signing


FINANCIER = Financier()


def withdrawal_chance(tight: Bools, checked: bool, financier: Financier = FINANCIER) -> Floats:
    """How likely does a financier take back its line within a year?"""
    times = np.where(tight, financier.withdraws_tight, 1.0) * (financier.checked if checked else 1.0)
    return financier.withdraws * times


def failure_chance(checked: bool, financier: Financier = FINANCIER) -> float:
    """How likely does a financier itself fail within a year?"""
    return financier.fails * (financier.checked if checked else 1.0)
