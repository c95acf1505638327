"""How much may a customer owe us? Eight rules, each an array of fen (int64) of shape (n,).

A rule that lacks its facts says UNKNOWN_FEN, never 0 and never "no limit"; `limits` then falls back to the grade table.
The rules of thumb are those of the trade's textbooks; labels stand beside the figures.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from sim.base.money import FenArray, fraction, nearest_fraction, share
from sim.model.figures import figure
from sim.model.rules import GRADE_LIMIT_PCT, LIMIT_GRACE_DAYS, LIMIT_LEAST_ORDERS
from sim.model.scorecard import GRADE_FIGURES

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

UNKNOWN_FEN = int(np.iinfo(np.int64).min)
"""A fact nobody has told us, or a limit that cannot be found."""
MOST_FEN = 10**15
"""No limit is larger; stands where a rule sets no bound."""

LimitRule = Literal[
    "need", "net_worth", "seller_cap", "references", "working_assets", "loss_budget", "grade_table", "minimum"
]
LIMIT_RULES: tuple[LimitRule, ...] = get_args(LimitRule)
NEED_A_FILE = frozenset({"net_worth", "references", "working_assets", "minimum"})
"""Rules that ask for more than our own books know."""


@dataclass(frozen=True, kw_only=True)
class LimitFigures:
    """The figures of the rules. Grace days, the factor 1.3 and the grade table stand in `sim/model/rules.py`."""

    net_worth_bp: int = figure(1_000, basis="P", unit="bp", low=500, high=1_500)
    seller_cap_bp: int = figure(1_000, basis="P", unit="bp")  # of our own yearly sales, for one name
    budget_bp: int = figure(
        50, basis="A", unit="bp", low=20, high=150
    )  # expected loss we accept, of its purchases
    lgd_bp: int = figure(
        6_000, basis="A", unit="bp", low=5_000, high=7_000
    )  # where the customer's own is not given
    warn_pct: int = figure(80, basis="R", unit="%", low=70, high=95)  # utilisation at which we warn
    temporary_pct: int = figure(20, basis="R", unit="%", low=10, high=30)  # more, with approval ...
    temporary_days: int = figure(60, basis="R", unit="d", low=30, high=90)  # ... for so long


LIMIT_FIGURES = LimitFigures()


@dataclass(frozen=True, kw_only=True)
class CreditFacts:
    """What is known about customers when limits are set. Shape (n,); UNKNOWN_FEN or None: not known.

    `grade` is an index (0 = A). `references_fen`: limits that other suppliers grant, shape (n, k). `retention_fen`:
    what we are ready to bear beyond the insurer's limit. `seller_yearly_fen`: our own yearly sales (default: those of
    all customers here; give it when the rows are those of several runs).
    """

    yearly_sales_fen: FenArray
    order_median_fen: FenArray
    net_days: NDArray[np.integer]
    grade: NDArray[np.integer]
    seller_yearly_fen: int | None = None
    net_worth_fen: FenArray | None = None
    current_assets_fen: FenArray | None = None
    stock_fen: FenArray | None = None
    short_debt_fen: FenArray | None = None
    total_debt_fen: FenArray | None = None
    references_fen: FenArray | None = None
    pd_bp: NDArray[np.integer] | None = None
    lgd_bp: NDArray[np.integer] | None = None
    insurer_limit_fen: FenArray | None = None
    retention_fen: FenArray | None = None
    figures: LimitFigures = field(default=LIMIT_FIGURES)

    def __len__(self) -> int:
        return len(self.yearly_sales_fen)

    def told(self, amounts: FenArray | None) -> Ints:
        """These amounts, or UNKNOWN_FEN for every customer."""
        return np.full(len(self), UNKNOWN_FEN, dtype=np.int64) if amounts is None else amounts


def limits(rule: LimitRule, facts: CreditFacts, limit_pct: int = 100) -> Ints:
    """Which limits does this rule give, times the lever's percentage? What it cannot know comes from the grade table.

    With `minimum` the percentage moves the need only: a cap is a cap.
    """
    by_grade = grade_table(facts, limit_pct)
    if rule == "grade_table":
        return by_grade
    if rule == "minimum":
        return minimum(facts, limit_pct)
    found = _RULES[rule](facts)
    known = found != UNKNOWN_FEN
    return np.where(known, share(np.where(known, found, 0), limit_pct * 100), by_grade)


def need(facts: CreditFacts) -> Ints:
    """What does it buy in its term and ten days, times 1.3? At least three typical orders."""
    purchases = fraction(facts.yearly_sales_fen, (facts.net_days + LIMIT_GRACE_DAYS) * 13, 3650)
    return np.maximum(purchases, LIMIT_LEAST_ORDERS * facts.order_median_fen)


def net_worth(facts: CreditFacts) -> Ints:
    """What is a tenth of its net worth (P: 5-15 %)? Nothing for who owes more than he owns."""
    worth = facts.told(facts.net_worth_fen)
    limit = share(np.maximum(worth, 0), facts.figures.net_worth_bp)
    return np.where(worth == UNKNOWN_FEN, UNKNOWN_FEN, limit)


def seller_cap(facts: CreditFacts) -> Ints:
    """What is a tenth of our own yearly business (P)? The same for every name: a cap against concentration."""
    own = int(facts.yearly_sales_fen.sum()) if facts.seller_yearly_fen is None else facts.seller_yearly_fen
    cap = share(np.array([own], dtype=np.int64), facts.figures.seller_cap_bp)
    return np.repeat(cap, len(facts))


def references(facts: CreditFacts) -> Ints:
    """What do other suppliers grant? The median of those we asked (P), half a fen rounded down."""
    if facts.references_fen is None or facts.references_fen.shape[1] == 0:
        return facts.told(None)
    asked = np.sort(facts.references_fen, axis=1)  # UNKNOWN_FEN comes first
    unknown = (asked == UNKNOWN_FEN).sum(axis=1)
    heard = asked.shape[1] - unknown
    rows, last = np.arange(len(facts)), asked.shape[1] - 1
    low = np.take(asked, rows * (last + 1) + np.minimum(unknown + (heard - 1) // 2, last))
    high = np.take(asked, rows * (last + 1) + np.minimum(unknown + heard // 2, last))
    return np.where(heard > 0, low + (high - low) // 2, UNKNOWN_FEN)


WORKING_ASSET_EDGES = (-4.6, -3.9, -3.2, -2.5, -1.8, -1.1, -0.4, 0.3, 1.0)
WORKING_ASSET_BP = (0, 250, 500, 750, 1_000, 1_250, 1_500, 1_750, 2_000, 2_500)
"""Share of working assets by assessed value: each edge belongs to the step below it (Chinese textbooks, Pm)."""


def assessed_value(facts: CreditFacts) -> Floats:
    """How sound is it? Current + quick ratio - short-term debt / net worth - total debt / net worth; NaN: not known.

    Without net worth the ratios would turn from bad to good by their sign: minus infinity.
    """
    assets, stock, short, debt, worth = (column.astype(np.float64) for column in _statement(facts))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = assets / short + (assets - stock) / short - short / worth - debt / worth
        value = np.where(worth > 0, value, -np.inf)
    return np.where(_has_statement(facts), np.round(value, 9), np.nan)  # an edge is met exactly


def working_asset_bp(value: Floats) -> Ints:
    """Which share of the working assets does this assessed value allow? Undefined for NaN."""
    return np.array(WORKING_ASSET_BP)[np.searchsorted(WORKING_ASSET_EDGES, value, side="left")]


def working_assets(facts: CreditFacts) -> Ints:
    """Which part of its working assets, the mean of working capital and net worth, may it owe us?"""
    assets, _, short, _, worth = (np.where(_has_statement(facts), column, 0) for column in _statement(facts))
    value = assessed_value(facts)
    doubled = np.maximum(assets - short + worth, 0)
    limit = nearest_fraction(doubled, working_asset_bp(np.nan_to_num(value, nan=0.0)), 20_000)
    return np.where(np.isnan(value), UNKNOWN_FEN, limit)


def loss_budget(facts: CreditFacts) -> Ints:
    """How much may it owe so that the expected loss stays within its budget? Budget / (PD * LGD)."""
    graded = np.array(GRADE_FIGURES.pd_bp, dtype=np.int64)[facts.grade]
    pd_bp = graded if facts.pd_bp is None else facts.pd_bp.astype(np.int64)
    lgd_bp = facts.figures.lgd_bp if facts.lgd_bp is None else facts.lgd_bp.astype(np.int64)
    budget = share(facts.yearly_sales_fen, facts.figures.budget_bp)
    expected = pd_bp * lgd_bp  # per 10^8 fen owed
    loss = np.maximum(expected, 1)
    unbound = (expected == 0) | (budget // loss >= MOST_FEN // 10**8)
    return np.where(unbound, MOST_FEN, fraction(np.where(unbound, 0, budget), 10**8, loss))


def grade_table(facts: CreditFacts, limit_pct: int = 100) -> Ints:
    """Which multiple of its need does its grade allow? A 1.5, B 1.2, C .9, D .5, E 0: the rule of the core."""
    by_grade = np.array(list(GRADE_LIMIT_PCT.values()), dtype=np.int64)[facts.grade]
    return share(need(facts), limit_pct * by_grade)


def minimum(facts: CreditFacts, limit_pct: int = 100) -> Ints:
    """What is the least of need, risk caps, and the insurer's limit with what we bear ourselves?

    Risk caps: net worth, our own concentration, the loss budget. What is not known does not bind.
    """
    caps = [net_worth(facts), seller_cap(facts), loss_budget(facts), _insured(facts)]
    binding = [np.where(cap == UNKNOWN_FEN, MOST_FEN, cap) for cap in caps]
    least: Ints = np.minimum.reduce([share(need(facts), limit_pct * 100), *binding])
    return least


_RULES: Mapping[str, Callable[[CreditFacts], Ints]] = MappingProxyType(
    {
        "need": need,
        "net_worth": net_worth,
        "seller_cap": seller_cap,
        "references": references,
        "working_assets": working_assets,
        "loss_budget": loss_budget,
    }
)


def utilisation_warning(
    exposure_fen: FenArray, limit_fen: FenArray, figures: LimitFigures = LIMIT_FIGURES
) -> Bools:
    """Who has used so much of the limit that we warn?"""
    return (exposure_fen > 0) & (exposure_fen >= share(limit_fen, figures.warn_pct * 100))


def temporary_limit(limit_fen: FenArray, figures: LimitFigures = LIMIT_FIGURES) -> Ints:
    """Which limit holds for the time of an approved exception?"""
    return share(limit_fen, (100 + figures.temporary_pct) * 100)


def _insured(facts: CreditFacts) -> Ints:
    granted = facts.told(facts.insurer_limit_fen)
    own = np.zeros(len(facts), dtype=np.int64) if facts.retention_fen is None else facts.retention_fen
    return np.where(granted == UNKNOWN_FEN, UNKNOWN_FEN, np.where(granted == UNKNOWN_FEN, 0, granted) + own)


def _statement(facts: CreditFacts) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    return (
        facts.told(facts.current_assets_fen),
        facts.told(facts.stock_fen),
        facts.told(facts.short_debt_fen),
        facts.told(facts.total_debt_fen),
        facts.told(facts.net_worth_fen),
    )


def _has_statement(facts: CreditFacts) -> Bools:
    known: Bools = np.all(np.stack(_statement(facts)) != UNKNOWN_FEN, axis=0)
    return known
