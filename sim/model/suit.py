"""What does going to court take, cost and bring? The payment order, the suit, the lawyer, preserved assets.

No draws here: who knows the luck (uniform draws in [0, 1)) hands it in. Chances are assumptions.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.base.money import FenArray, share
from sim.model.figures import figure
from sim.model.law import court_fee, court_fee_halved, preservation_fee

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """How long does one stage take? Lognormal days between a shortest and a longest."""

    median_days: int
    sigma: float
    shortest_days: int
    longest_days: int

    def days_at(self, luck: Floats, slowness: float = 1.0) -> Ints:
        """The duration at each uniform draw: whole days; a slow court stretches the median, not the bounds."""
        days = slowness * self.median_days * np.exp(self.sigma * ndtri(np.asarray(luck, dtype=np.float64)))
        whole: Ints = np.rint(np.clip(days, self.shortest_days, self.longest_days)).astype(np.int64)
        return whole


# --- Payment order ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PaymentOrder:
    """The court's order to pay, without a trial: 5 days to accept, 15 to issue, 15 to object (P).

    An objection, even one without reasons, ends it; the fee is then ours, to be claimed again in the suit (Pm). The
    whole path takes 3 to 6 months with enforcement (P). Objection chances by archetype: process .55, strategic .85,
    disputed 1.00 as sourced, the others ours.
    """

    accept_days: int = figure(5, basis="P", unit="d")
    order_days: int = figure(15, basis="P", unit="d")
    object_days: int = figure(15, basis="P", unit="d")
    objects: tuple[float, ...] = figure(
        #  prompt forget strap  disp  proc strat chain
        (0.30, 0.20, 0.50, 1.00, 0.55, 0.85, 0.50),
        basis="A",
        unit="share",
        low=(0.10, 0.05, 0.30, 1.00, 0.35, 0.70, 0.30),
        high=(0.50, 0.40, 0.70, 1.00, 0.75, 0.95, 0.70),
    )
    slowness: float = figure(1.0, basis="A", low=0.7, high=1.4)  # of enforcement
    # Pays or is enforced against after the order stands: with the 35 days before it 3 to 6 months (P, spread A).
    enforcement: Stage = Stage(median_days=100, sigma=0.3, shortest_days=55, longest_days=145)


PAYMENT_ORDER = PaymentOrder()


def order_possible(preserved_before: Bools, served: Bools, owes_counterpart: Bools) -> Bools:
    """Is the way of the payment order open? (P)

    Not after preservation before suit, not if the debtor cannot be served, not if the creditor still owes something.
    """
    return ~preserved_before & served & ~owes_counterpart


def objection_chance(archetype: Ints, disputed: Bools, path: PaymentOrder = PAYMENT_ORDER) -> Floats:
    """How likely does the debtor object? `archetype` by `moves.ARCHETYPES`; to a disputed invoice always."""
    return np.where(disputed, 1.0, np.array(path.objects)[archetype])


def objection_ends_on(filed_on: Ints, path: PaymentOrder = PAYMENT_ORDER) -> Ints:
    """On which day is the time to object over? Until then we do not know whether the order stands."""
    return filed_on + path.accept_days + path.order_days + path.object_days


def order_enforced_on(stands_on: Ints, luck: Floats, path: PaymentOrder = PAYMENT_ORDER) -> Ints:
    """On which day does an order that stands bring money, at each uniform draw?"""
    return stands_on + path.enforcement.days_at(luck, path.slowness)


# --- Suit ---------------------------------------------------------------------------------------------------------

Documents = Literal["complete", "no_delivery_note", "verbal"]
DOCUMENTS: tuple[Documents, ...] = ("complete", "no_delivery_note", "verbal")
"""What we can show, by index: contract, signed delivery note and statement; no signed delivery note; words only."""


@dataclass(frozen=True, kw_only=True)
class Suit:
    """How long does a suit take, how often is it won, and what is collected after it?

    By law: simplified procedure 3 months (+1), ordinary 6 (+6), appeal 3 (Pm). Filing to money takes 9 to 18 months in
    practice (mixed sources), hence the medians below (A).
    """

    filing: Stage = Stage(median_days=20, sigma=0.3, shortest_days=7, longest_days=45)
    simplified: Stage = Stage(median_days=75, sigma=0.3, shortest_days=30, longest_days=120)
    ordinary: Stage = Stage(median_days=165, sigma=0.35, shortest_days=60, longest_days=365)
    appeal: Stage = Stage(median_days=100, sigma=0.25, shortest_days=45, longest_days=180)
    enforcement: Stage = Stage(median_days=180, sigma=0.5, shortest_days=30, longest_days=540)
    slowness: float = figure(1.0, basis="A", low=0.7, high=1.6)  # of all stages
    appealed_simplified: float = figure(0.15, basis="A", unit="share", low=0.05, high=0.30)
    appealed_ordinary: float = figure(0.25, basis="A", unit="share", low=0.10, high=0.40)
    # By DOCUMENTS.
    won: tuple[float, ...] = figure(
        (0.92, 0.65, 0.40), basis="A", unit="share", low=(0.85, 0.50, 0.25), high=(0.97, 0.80, 0.55)
    )
    collected_preserved_bp: int = figure(7_500, basis="A", unit="bp", low=6_000, high=9_000)
    collected_free_bp: int = figure(3_500, basis="A", unit="bp", low=2_000, high=5_000)
    collected_insolvent_bp: int = figure(1_000, basis="A", unit="bp", low=300, high=2_000)
    lawyer_bp: int = figure(500, basis="R", unit="bp", low=300, high=800)  # of the claim, if not by success
    bond_bp: int = figure(20, basis="R", unit="bp", low=10, high=30)  # insurance of the preservation bond
    ruling_days: int = figure(2, basis="Pm", unit="d")  # preservation before suit: decided in 48 hours ...
    sue_within_days: int = figure(30, basis="Pm", unit="d")  # ... and lifted if no suit follows


SUIT = Suit()


def is_simplified(documents: Ints, disputed: Bools) -> Bools:
    """Does the court take the short way? When the facts are clear: complete documents, nothing disputed (A)."""
    clear: Bools = documents == DOCUMENTS.index("complete")
    return clear & ~disputed


def trial_days(simplified: Bools, luck: Floats, suit: Suit = SUIT) -> Ints:
    """How long does the first instance take from filing to judgment? `luck` (2, n): acceptance and trial."""
    slow = suit.slowness
    trial = np.where(simplified, suit.simplified.days_at(luck[1], slow), suit.ordinary.days_at(luck[1], slow))
    return suit.filing.days_at(luck[0], slow) + trial


def appeal_days(simplified: Bools, luck: Floats, suit: Suit = SUIT) -> Ints:
    """How long does the appeal take, 0 where none is lodged? `luck` (2, n): whether, and how long."""
    lodged = luck[0] < np.where(simplified, suit.appealed_simplified, suit.appealed_ordinary)
    return np.where(lodged, suit.appeal.days_at(luck[1], suit.slowness), 0)


def enforcement_days(luck: Floats, suit: Suit = SUIT) -> Ints:
    """How long from a judgment nobody obeys to the money, at each uniform draw?"""
    return suit.enforcement.days_at(luck, suit.slowness)


def win_chance(documents: Ints, suit: Suit = SUIT) -> Floats:
    """How likely does the court find for us, by what we can show?"""
    return np.array(suit.won)[documents]


def collected_after_judgment(
    judged_fen: FenArray, preserved: Bools, insolvent: Bools, suit: Suit = SUIT
) -> Ints:
    """How much of a judgment becomes money? Insolvency undoes preservation."""
    solvent_bp = np.where(preserved, suit.collected_preserved_bp, suit.collected_free_bp)
    return share(judged_fen, np.where(insolvent, suit.collected_insolvent_bp, solvent_bp))


def bond_premium(amount_fen: FenArray, suit: Suit = SUIT) -> Ints:
    """What does the insurance of the bond cost without which no court preserves assets?"""
    return share(amount_fen, suit.bond_bp)


def lawyer_fee(claim_fen: FenArray, suit: Suit = SUIT) -> Ints:
    """What does a lawyer ask who is paid by the claim, win or lose?"""
    return share(claim_fen, suit.lawyer_bp)


def suit_outlay(claim_fen: FenArray, halved: Bools, preserved: Bools, suit: Suit = SUIT) -> Ints:
    """What must be paid before the first hearing? Court fee, lawyer and, if wanted, preservation with its bond."""
    security = np.where(preserved, preservation_fee(claim_fen) + bond_premium(claim_fen, suit), 0)
    return _court(claim_fen, halved) + lawyer_fee(claim_fen, suit) + security


def costs_awarded(claim_fen: FenArray, halved: Bools, preserved: Bools) -> Ints:
    """Which of these costs does the loser bear? Court and preservation fees, not our lawyer (Pm)."""
    return _court(claim_fen, halved) + np.where(preserved, preservation_fee(claim_fen), 0)


def _court(claim_fen: FenArray, halved: Bools) -> Ints:
    return np.where(halved, court_fee_halved(claim_fen), court_fee(claim_fen))
