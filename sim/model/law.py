"""What does Chinese law charge, allow and forbid a creditor? Fees, late interest, limitation, longest terms.

Money in fen (int64), rates in basis points, arrays of shape (n,). What a court case takes and brings is in
`sim/model/suit.py`. Labels as in `sim/model/figures.py`.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.base.days import NEVER, Day
from sim.base.money import FenArray, nearest_fraction
from sim.model.figures import figure

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

YUAN = 100  # fen

Tiers = tuple[tuple[int, int], ...]
"""(from this many yuan, so many basis points of what lies above it), ascending."""

# Fees by Decree 481 of 2006, articles 13 and 14 (P): a fixed part, then by tiers.
COURT_FIXED_FEN = 50 * YUAN
COURT_TIERS: Tiers = (
    (0, 0), (10_000, 250), (100_000, 200), (200_000, 150), (500_000, 100), (1_000_000, 90),
    (2_000_000, 80), (5_000_000, 70), (10_000_000, 60), (20_000_000, 50),
)  # fmt: skip
PRESERVATION_FIXED_FEN, PRESERVATION_MOST_FEN = 30 * YUAN, 5_000 * YUAN
PRESERVATION_TIERS: Tiers = ((0, 0), (1_000, 100), (100_000, 50))
ENFORCEMENT_FIXED_FEN = 50 * YUAN
ENFORCEMENT_TIERS: Tiers = ((0, 0), (10_000, 150), (500_000, 100), (5_000_000, 50), (10_000_000, 10))

# Ceiling of a contingent fee over all stages, on what is finally recovered (opinion of 2021, P).
CONTINGENT_TIERS: Tiers = (
    (0, 1_800), (1_000_000, 1_500), (5_000_000, 1_200), (10_000_000, 900), (50_000_000, 600),
)  # fmt: skip


def court_fee(claim_fen: FenArray) -> Ints:
    """What does the court ask for accepting a claim of this amount?"""
    return _nearest(_ten_thousandths(claim_fen, COURT_FIXED_FEN, COURT_TIERS), 1)


def court_fee_halved(claim_fen: FenArray) -> Ints:
    """What does it ask in simplified procedure, or when the case is mediated or withdrawn? Half."""
    return _nearest(_ten_thousandths(claim_fen, COURT_FIXED_FEN, COURT_TIERS), 2)


def payment_order_fee(claim_fen: FenArray) -> Ints:
    """What does a payment order cost? A third of the fee for a suit."""
    return _nearest(_ten_thousandths(claim_fen, COURT_FIXED_FEN, COURT_TIERS), 3)


def preservation_fee(amount_fen: FenArray) -> Ints:
    """What does the court ask for preserving assets of this amount? At most 5,000 yuan."""
    fee = _nearest(_ten_thousandths(amount_fen, PRESERVATION_FIXED_FEN, PRESERVATION_TIERS), 1)
    return np.minimum(fee, PRESERVATION_MOST_FEN)


def enforcement_fee(amount_fen: FenArray) -> Ints:
    """What does enforcement cost? Not paid beforehand; the debtor pays it when something is collected."""
    return _nearest(_ten_thousandths(amount_fen, ENFORCEMENT_FIXED_FEN, ENFORCEMENT_TIERS), 1)


def contingent_ceiling(recovered_fen: FenArray) -> Ints:
    """How much may a lawyer who is paid by success ask at most, on what was finally recovered?"""
    return _nearest(_ten_thousandths(recovered_fen, 0, CONTINGENT_TIERS), 1)


def _ten_thousandths(amount_fen: FenArray, fixed_fen: int, tiers: Tiers) -> Ints:
    """The fixed part and the tiers' parts, in ten thousandths of a fen: nothing is rounded yet."""
    total = np.full(len(amount_fen), fixed_fen * 10_000, dtype=np.int64)
    uppers = [*(start for start, _ in tiers[1:]), None]
    for (start, bp), upper in zip(tiers, uppers, strict=True):
        top = amount_fen if upper is None else np.minimum(amount_fen, upper * YUAN)
        total += np.maximum(top - start * YUAN, 0) * bp
    return total


def _nearest(ten_thousandths: Ints, parts: int) -> Ints:
    """One of so many equal parts, rounded half up to the fen, once."""
    return (ten_thousandths + 5_000 * parts) // (10_000 * parts)


# --- Interest on what is late ------------------------------------------------------------------------------------

SME_DAILY_PER_10_000 = 5
"""A small or medium seller's claim on a large or public buyer, when no rate was agreed: 0.05 % a day (P)."""
JUDGMENT_DAILY_PER_MILLION = 175
"""What a debtor owes beyond the interest for each day after a judgment's deadline: 0.0175 % (Pm)."""
SALE_TIMES_PCT = 150
"""Late payment of a sale without an agreed rate: 130-150 % of the 1-year loan prime rate (Pm)."""


def sme_late_interest(late_fen: FenArray, days: int | Ints) -> Ints:
    """What is owed for so many days late under the rule for small and medium sellers, no rate being agreed?"""
    return nearest_fraction(late_fen, SME_DAILY_PER_10_000 * days, 10_000)


def agreed_late_interest(late_fen: FenArray, days: int | Ints, agreed_bp: int | Ints, lpr_bp: int) -> Ints:
    """The same where a yearly rate was agreed: it may not be below the 1-year loan prime rate."""
    yearly: Ints = np.maximum(agreed_bp, lpr_bp).astype(np.int64)
    return nearest_fraction(late_fen, yearly * days, 10_000 * 365)


def sale_late_interest(
    late_fen: FenArray, days: int | Ints, lpr_bp: int, times_pct: int = SALE_TIMES_PCT
) -> Ints:
    """What may any seller claim for so many days late when the contract names no rate?"""
    return nearest_fraction(late_fen, lpr_bp * times_pct * days, 10_000 * 100 * 365)


def judgment_interest(judged_fen: FenArray, days: int | Ints) -> Ints:
    """What does a debtor owe in addition for so many days after the deadline set by a judgment?"""
    return nearest_fraction(judged_fen, JUDGMENT_DAILY_PER_MILLION * days, 1_000_000)


# --- Limitation (Civil Code, articles 188, 192 and 195; Pm) -------------------------------------------------------

LIMITATION_YEARS, OUTER_YEARS = 3, 20

Restart = Literal["demand", "acknowledgement", "part_payment"]
RESTARTS: tuple[Restart, ...] = ("demand", "acknowledgement", "part_payment")
"""What starts the three years again: a written demand that arrived, the debtor's written word, money on account."""


def years_after(days: NDArray[np.integer], years: int) -> Ints:
    """Which day is the same date so many years later? 29 February becomes 28 February where there is none."""
    dates = np.asarray(days).astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    later = months + 12 * years
    last = (later + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    moved = later.astype("datetime64[D]") + (dates - months.astype("datetime64[D]"))
    reached: Ints = np.minimum(moved, last).astype(np.int64)
    return reached


def limitation_ends(due_on: NDArray[np.integer]) -> Ints:
    """On which day can a claim last be sued for in time, if nothing restarts the three years?"""
    return years_after(due_on, LIMITATION_YEARS)


def limitation_restarted(
    due_on: NDArray[np.integer],
    ends_on: NDArray[np.integer],
    happened_on: NDArray[np.integer],
    kind: Restart,
) -> Ints:
    """On which day does the claim's time end now that this has happened? NEVER in `happened_on`: nothing happened.

    Twenty years after the due date it is over whatever happens. Once the time has run out, only the debtor's new
    acknowledgement gives the defence up; a demand or a payment on account does not bring the rest back.
    """
    counts = (happened_on <= ends_on) if kind != "acknowledgement" else (happened_on != NEVER)
    restarted = years_after(np.where(counts, happened_on, due_on), LIMITATION_YEARS)
    longest = years_after(due_on, OUTER_YEARS)
    return np.where(counts, np.minimum(np.maximum(restarted, ends_on), longest), ends_on)


def is_time_barred(ends_on: NDArray[np.integer], today: Day) -> Bools:
    """Has the debtor the defence of limitation today? The claim lives on, but a court no longer helps."""
    return np.asarray(ends_on) < today


# --- The longest terms (Decree 802 from 2025-06-01, Decree 728 from 2020-09-01, retail rule of 2006) --------------

Buyer = Literal["small", "large", "public", "retailer"]
BUYERS: tuple[Buyer, ...] = ("small", "large", "public", "retailer")
"""Kinds of buyer, by index: small or medium, large, public body, large retailer (a large buyer as well)."""
_LARGE, _PUBLIC, _RETAILER = BUYERS.index("large"), BUYERS.index("public"), BUYERS.index("retailer")


def buyer_kinds(is_public: Bools, is_retail: Bools, is_large: Bools) -> Ints:
    """Which kind of buyer, by index in BUYERS? A retailer counts as one only when it is large."""
    large = np.where(is_large, np.where(is_retail, _RETAILER, _LARGE), 0)
    return np.where(is_public, _PUBLIC, large).astype(np.int64)


@dataclass(frozen=True, kw_only=True)
class PaymentRules:
    """Which terms does the law impose, from when, and who keeps to it?

    Terms count from delivery, not from the invoice. The rules for small and medium sellers bind only if the seller is
    one and has said so when the contract was made; the retail rule binds for every seller.
    """

    public_from: int = figure(18_506, basis="P", unit="day")  # 2020-09-01
    large_from: int = figure(20_240, basis="P", unit="day")  # 2025-06-01
    retail_from: int = figure(13_467, basis="Pm", unit="day")  # 2006-11-15
    public_default_days: int = figure(30, basis="P", unit="d")
    public_most_days: int = figure(60, basis="P", unit="d")  # by contract, and not a day more
    # No hard cap for large buyers: a contract may follow the usage of the trade (Pm).
    large_default_days: int = figure(60, basis="P", unit="d")
    retail_most_days: int = figure(60, basis="P", unit="d")
    # Of large buyers; public bodies all.
    complied: float = figure(0.6, basis="A", unit="share", low=0.3, high=0.9)
    complaint_effect: float = figure(1.6, basis="A", low=1.0, high=2.5)  # on the payment clock
    complaint_satisfaction: float = figure(-12.0, basis="A", unit="points", low=-20.0, high=-5.0)
    complaint_lasts_days: int = figure(60, basis="A", unit="d", low=30, high=90)
    complaint_again_days: int = figure(180, basis="A", unit="d", low=90, high=365)
    complaint_cost_fen: int = figure(50_000, basis="A", unit="fen", low=0, high=200_000)
    retention_most_bp: int = figure(300, basis="P", unit="bp")  # of a construction contract
    defect_period_most_months: int = figure(24, basis="Pm", unit="month")
    state_progress_least_bp: int = figure(8_000, basis="Pm", unit="bp")  # state-funded works, of work done


PAYMENT_RULES = PaymentRules()


def term_cap(
    buyer: Ints, declared: Bools, agreed_on: NDArray[np.integer], rules: PaymentRules = PAYMENT_RULES
) -> Ints:
    """How many days from delivery may this buyer agree at most? NEVER where the law sets no hard cap.

    `buyer` by BUYERS; `declared`: the seller is small or medium and said so; `agreed_on`: day of the contract.
    """
    cap = np.full(len(buyer), NEVER, dtype=np.int64)
    public = (buyer == _PUBLIC) & declared & (agreed_on >= rules.public_from)
    retail = (buyer == _RETAILER) & (agreed_on >= rules.retail_from)
    return np.where(public, rules.public_most_days, np.where(retail, rules.retail_most_days, cap))


def term_by_default(
    buyer: Ints, declared: Bools, agreed_on: NDArray[np.integer], rules: PaymentRules = PAYMENT_RULES
) -> Ints:
    """Within how many days from delivery must be paid when the contract is silent? NEVER: the law does not say."""
    public = (buyer == _PUBLIC) & declared & (agreed_on >= rules.public_from)
    large = _is_large(buyer) & declared & (agreed_on >= rules.large_from)
    term = np.where(large, rules.large_default_days, NEVER)
    return np.where(public, rules.public_default_days, term).astype(np.int64)


def term_under_law(
    net_days: Ints,
    buyer: Ints,
    declared: Bools,
    agreed_on: NDArray[np.integer],
    luck: NDArray[np.float64],
    rules: PaymentRules = PAYMENT_RULES,
) -> Ints:
    """Which term does a buyer grant who wants `net_days` from delivery? Uniform `luck` decides who complies.

    Public bodies come down to the cap; large buyers (retailers too) come down to 60 days with the compliance chance.
    """
    cap = term_cap(buyer, declared, agreed_on, rules)
    pulled = np.minimum(
        cap, np.where(_is_large(buyer), term_by_default(buyer, declared, agreed_on, rules), NEVER)
    )
    obeys = (buyer == _PUBLIC) | (luck < rules.complied)
    return np.where(obeys, np.minimum(net_days, pulled), net_days)


def pay_when_paid_is_void(
    buyer: Ints, declared: Bools, agreed_on: NDArray[np.integer], rules: PaymentRules = PAYMENT_RULES
) -> Bools:
    """May the buyer not wait until its own customer has paid? A large buyer may not, from 2025-06-01 (P)."""
    return _is_bound(buyer) & declared & (agreed_on >= rules.large_from)


def may_complain(
    buyer: Ints, declared: Bools, late_days: Ints, today: Day, rules: PaymentRules = PAYMENT_RULES
) -> Bools:
    """Is the complaints channel open for this late claim?"""
    since = np.where(buyer == _PUBLIC, rules.public_from, rules.large_from)
    return _is_bound(buyer) & declared & (late_days > 0) & (since <= today)


def _is_large(buyer: Ints) -> Bools:
    return np.isin(buyer, (_LARGE, _RETAILER))


def _is_bound(buyer: Ints) -> Bools:
    return np.isin(buyer, (_LARGE, _RETAILER, _PUBLIC))
