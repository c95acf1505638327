"""How good is a customer? Points by block, score, grade, what we misjudge, and how grades wander.

Points and scores run from 0 to 100 (best), grades from 0 (A) to 4 (E); one grade is 20 points. What is not known is
NaN and left out, never 0. Labels as in `sim/model/figures.py`; figures are assumptions unless marked.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.model.figures import figure
from sim.model.rules import GRADE_LIMIT_PCT

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

GRADES: tuple[str, ...] = tuple(GRADE_LIMIT_PCT)
UNGRADED = -1
"""Index of who has no score; as an index into grades it stands for the last, the worst."""

BLOCKS = (
    "identity", "owner", "liquidity", "leverage", "profit", "size", "history", "references", "dependence", "industry",
)  # fmt: skip
"""What is judged: identity and years in business; owner and litigation record; four blocks from the accounts; payment
history with us; trade references and bureau; dependence and relation; industry and region."""
FINANCIAL = slice(BLOCKS.index("liquidity"), BLOCKS.index("size") + 1)
GRADE_POINTS = 20.0


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """Weights of BLOCKS and the lowest score of grades A to D. Weights need not sum to 100."""

    weights: tuple[int, ...] = figure(
        (10, 10, 10, 10, 8, 7, 25, 10, 5, 5),
        basis="A",
        low=(5, 5, 5, 5, 4, 3, 15, 5, 0, 0),
        high=(15, 15, 15, 15, 12, 10, 40, 20, 10, 10),
    )
    cut_offs: tuple[int, ...] = figure(
        (80, 60, 40, 20), basis="A", unit="points", low=(75, 55, 35, 15), high=(85, 65, 45, 25)
    )


SCORECARD = Scorecard()


def score(blocks: Floats, card: Scorecard = SCORECARD) -> Floats:
    """What is the weighted mean of the points in (n, blocks)? Unknown blocks are left out; NaN if nothing is known."""
    weights = np.array(card.weights, dtype=np.float64)
    known = np.where(np.isnan(blocks), 0.0, weights)
    total = known.sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.where(total > 0, (np.nan_to_num(blocks) * known).sum(axis=1) / total, np.nan)


def known_share(blocks: Floats, card: Scorecard = SCORECARD) -> Floats:
    """Which share of the weight do we know anything about? A score on a third of it is no score."""
    weights = np.array(card.weights, dtype=np.float64)
    share: Floats = np.where(np.isnan(blocks), 0.0, weights).sum(axis=1) / weights.sum()
    return share


def grade_of(scores: ArrayLike, card: Scorecard = SCORECARD) -> Ints:
    """Which grade does a score earn? 0 = A ... 4 = E; UNGRADED where it is not known."""
    values = np.asarray(scores, dtype=np.float64)
    lower = (values[..., None] < np.array(card.cut_offs, dtype=np.float64)).sum(axis=-1)
    return np.where(np.isnan(values), UNGRADED, lower).astype(np.int64)


# --- Points from facts --------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Yardsticks:
    """Which value is worth 0 points, which 100? Between them points rise on a straight line."""

    years: tuple[float, ...] = figure((0.0, 10.0), basis="A", low=(0.0, 5.0), high=(2.0, 20.0))
    current_ratio: tuple[float, ...] = figure((0.8, 2.0), basis="R", low=(0.6, 1.5), high=(1.0, 2.5))
    debt_ratio: tuple[float, ...] = figure((0.85, 0.35), basis="R", low=(0.8, 0.2), high=(0.95, 0.5))
    profit_margin: tuple[float, ...] = figure((-0.02, 0.08), basis="A", low=(-0.05, 0.05), high=(0.0, 0.15))
    # Logarithm (base 10) of yearly revenue in yuan: 5 m to 500 m.
    size: tuple[float, ...] = figure((6.7, 8.7), basis="A", low=(6.0, 8.0), high=(7.0, 9.5))
    late_days: tuple[float, ...] = figure((60.0, 0.0), basis="A", low=(30.0, 0.0), high=(120.0, 5.0))
    late_share: tuple[float, ...] = figure((1.0, 0.0), basis="A", low=(0.7, 0.0), high=(1.0, 0.1))
    broken_promises: tuple[float, ...] = figure((3.0, 0.0), basis="A", low=(2.0, 0.0), high=(6.0, 0.0))
    # How days late, frequency and broken promises make up the payment history.
    history_weights: tuple[int, ...] = figure(
        (50, 30, 20), basis="A", unit="%", low=(30, 20, 10), high=(70, 50, 40)
    )


YARDSTICKS = Yardsticks()


def points(value: ArrayLike, worst_and_best: tuple[float, ...]) -> Floats:
    """How many points is this value worth? 0 at the worst, 100 at the best and beyond; NaN stays NaN."""
    worst, best = worst_and_best
    return np.clip((np.asarray(value, dtype=np.float64) - worst) / (best - worst), 0.0, 1.0) * 100.0


def history_points(
    mean_late_days: ArrayLike, late_share: ArrayLike, broken_promises: ArrayLike, by: Yardsticks = YARDSTICKS
) -> Floats:
    """How well did it pay us? From days late, share of invoices late and promises broken in the last year."""
    parts = np.stack(
        (
            points(mean_late_days, by.late_days),
            points(late_share, by.late_share),
            points(broken_promises, by.broken_promises),
        ),
        axis=-1,
    )
    total: Floats = parts @ np.array(by.history_weights, dtype=np.float64)
    return total / sum(by.history_weights)


def financial_points(
    current_ratio: ArrayLike,
    debt_ratio: ArrayLike,
    profit_margin: ArrayLike,
    revenue_yuan: ArrayLike,
    by: Yardsticks = YARDSTICKS,
) -> Floats:
    """How strong are its accounts? Liquidity, leverage, profit and size, shape (n, 4); NaN where not known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.log10(np.asarray(revenue_yuan, dtype=np.float64))
    blocks = (
        points(current_ratio, by.current_ratio),
        points(debt_ratio, by.debt_ratio),
        points(profit_margin, by.profit_margin),
        points(size, by.size),
    )
    return np.stack(blocks, axis=-1)


# --- What we see of it --------------------------------------------------------------------------------------------

Information = Literal["none", "unaudited", "audited"]
INFORMATION: tuple[Information, ...] = ("none", "unaudited", "audited")
"""What accounts we have, by index: none (a guess from the trade), unaudited, audited."""


@dataclass(frozen=True, kw_only=True)
class InformationFigures:
    """How wrong, how dear and how late is each kind of information on a customer's accounts? By INFORMATION."""

    noise_grades: tuple[float, ...] = figure(
        (1.0, 0.7, 0.3), basis="A", unit="grade", low=(0.7, 0.4, 0.1), high=(1.5, 1.0, 0.5)
    )  # standard deviation on the financial blocks
    cost_fen: tuple[int, ...] = figure(
        (0, 50_000, 300_000), basis="A", unit="fen", low=(0, 20_000, 100_000), high=(0, 150_000, 800_000)
    )
    lag_days: tuple[int, ...] = figure((0, 5, 20), basis="A", unit="d", low=(0, 2, 10), high=(0, 10, 45))
    # The accounts themselves are so old when they come: last year's close.
    age_days: tuple[int, ...] = figure((0, 90, 180), basis="A", unit="d", low=(0, 30, 90), high=(0, 180, 360))


INFORMATION_FIGURES = InformationFigures()


def measured_blocks(
    blocks: Floats, information: Ints, luck: Floats, figures: InformationFigures = INFORMATION_FIGURES
) -> Floats:
    """What do we read for the true points in (n, blocks)? One error per customer bends all financial blocks alike.

    `information` by INFORMATION, `luck` standard normal, both (n,). The other blocks are what we saw ourselves.
    """
    seen = blocks.copy()
    error = luck * np.array(figures.noise_grades)[information] * GRADE_POINTS
    seen[:, FINANCIAL] = np.clip(blocks[:, FINANCIAL] + error[:, None], 0.0, 100.0)
    return seen


# --- Grades and default -------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class GradeFigures:
    """How often does each grade fail in a year, and how many customers have it?"""

    pd_bp: tuple[int, ...] = figure(
        (30, 100, 250, 700, 2_000),
        basis="A",
        unit="bp",
        low=(10, 50, 150, 400, 1_200),
        high=(60, 200, 400, 1_000, 3_000),
    )
    mix_pct: tuple[int, ...] = figure(
        (15, 30, 30, 18, 7), basis="A", unit="%", low=(5, 20, 20, 10, 3), high=(25, 40, 40, 25, 12)
    )


GRADE_FIGURES = GradeFigures()

# Rows from, columns to A B C D E default, in one year, hundredths of a percent (A).
MIGRATION_BP: tuple[tuple[int, ...], ...] = (
    (8_800,   950,   160,    50,    10,     30),
    (  500, 8_200,   950,   200,    50,    100),
    (   80,   700, 7_800,   950,   220,    250),
    (   20,   100,   900, 7_200, 1_080,    700),
    (    0,    40,   200, 1_100, 6_660,  2_000),
    (    0,     0,     0,     0,     0, 10_000),
)  # fmt: skip


def pd_of(grade: Ints, figures: GradeFigures = GRADE_FIGURES) -> Floats:
    """How likely does a customer of this grade fail within a year? Who is ungraded counts as the worst."""
    return np.array(figures.pd_bp, dtype=np.float64)[grade] / 10_000


def score_of_pd(pd: ArrayLike, figures: GradeFigures = GRADE_FIGURES) -> Floats:
    """Which score has a customer with this chance of failing, if nothing were misjudged?

    The middle of a grade's points stands at the grade's chance; between them on a line in its logarithm: 10 to 90.
    """
    middles = 100.0 - GRADE_POINTS * (np.arange(len(GRADES)) + 0.5)
    known = np.log(np.array(figures.pd_bp) / 10_000)
    with np.errstate(divide="ignore"):
        asked = np.log(np.asarray(pd, dtype=np.float64))
    scores: Floats = np.interp(asked, known, middles)
    return scores


@cache
def yearly_migration() -> Floats:
    """How do grades wander in a year? Rows from A-E and default, columns to; rows sum to 1. Read only."""
    return _kept(np.array(MIGRATION_BP) / 10_000)


@cache
def monthly_migration() -> Floats:
    """How do they wander in a month? The 12th root of a year; what the root makes negative is cut off. Read only."""
    values, vectors = np.linalg.eig(yearly_migration())
    root = ((vectors * values ** (1 / 12)) @ np.linalg.inv(vectors)).real
    clipped = np.maximum(root, 0.0)
    return _kept(clipped / clipped.sum(axis=1, keepdims=True))


def stressed(migration: Floats, factor: float) -> Floats:
    """How do grades wander when they fall `factor` times as often? At the expense of those that stay."""
    worse: Floats = np.triu(migration, 1)
    falls: Floats = worse.sum(axis=1)
    room: Floats = migration.diagonal() + falls
    most = np.divide(room, falls, out=np.ones(len(falls)), where=falls > 0)
    moved: Floats = np.tril(migration, -1) + worse * np.minimum(factor, most)[:, None]
    np.fill_diagonal(moved, moved.diagonal() + 1.0 - moved.sum(axis=1))
    return moved


def of_survivors(migration: Floats) -> Floats:
    """How do grades wander among those that do not fail? Shape (grades, grades), for models with their own default."""
    alive = migration[:-1, :-1]
    rows: Floats = alive / alive.sum(axis=1, keepdims=True)
    return rows


def next_grade(grade: Ints, luck: Floats, migration: Floats) -> Ints:
    """Which grade comes next, at each uniform draw? A low draw is a rise; column len(GRADES) is default."""
    climbing = np.cumsum(migration, axis=1)[grade]
    reached: Ints = (np.asarray(luck)[:, None] >= climbing[:, :-1]).sum(axis=1)
    return reached


def _kept(matrix: Floats) -> Floats:
    matrix.setflags(write=False)
    return matrix
