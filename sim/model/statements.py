"""What do a customer's own accounts say, and what do its other suppliers grant it? Facts for the limit rules.

Nobody sees them for nothing: how many customers show their accounts depends on the information we ask for. All figures
are assumptions of the kit, each with its range; they follow the customer's grade, so that rules can be compared.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.model.figures import figure
from sim.model.limit_rules import UNKNOWN_FEN
from sim.model.rules import GRADE_LIMIT_PCT
from sim.model.scorecard import INFORMATION, Information

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
DRAWS = 8
"""Uniform draws each customer's file is made from: shown, size, equity, liquidity, and four of its references."""


@dataclass(frozen=True, kw_only=True)
class StatementFigures:
    """From what a customer buys of us to its balance sheet."""

    # Of our customers, those who show us their accounts, by INFORMATION.
    shown: tuple[float, ...] = figure(
        (0.0, 0.6, 0.85), basis="A", unit="share", low=(0.0, 0.4, 0.7), high=(0.2, 0.8, 1.0)
    )
    # Its yearly sales as a multiple of what it buys of us, and how far that spreads (of the logarithm).
    sales_multiple: float = figure(15.0, basis="A", unit="factor", low=5.0, high=40.0)
    sales_spread: float = figure(0.6, basis="A", low=0.3, high=1.0)
    assets_of_sales: float = figure(0.7, basis="A", unit="share", low=0.5, high=1.0)
    # Net worth as a share of all assets, by grade A to E, and its spread.
    equity: tuple[float, ...] = figure(
        (0.55, 0.45, 0.35, 0.22, 0.08), basis="A", unit="share",
        low=(0.40, 0.35, 0.25, 0.10, -0.10), high=(0.70, 0.60, 0.50, 0.35, 0.20),
    )  # fmt: skip
    equity_spread: float = figure(0.08, basis="A", unit="share", low=0.03, high=0.15)
    current_of_assets: float = figure(0.6, basis="A", unit="share", low=0.4, high=0.8)
    stock_of_current: float = figure(0.35, basis="A", unit="share", low=0.2, high=0.5)
    short_of_debt: float = figure(0.75, basis="A", unit="share", low=0.5, high=0.95)
    # Suppliers we may ask, how many of them answer, and how far their limits spread.
    references: int = figure(4, basis="R", unit="suppliers", low=2, high=6)
    answered: float = figure(0.6, basis="A", unit="share", low=0.3, high=0.9)
    reference_spread: float = figure(0.4, basis="A", low=0.2, high=0.7)


STATEMENTS = StatementFigures()


@dataclass(frozen=True, eq=False)
class Statements:
    """Shape (n,) in fen, UNKNOWN_FEN where nothing is shown; references (n, k)."""

    net_worth_fen: Ints
    current_assets_fen: Ints
    stock_fen: Ints
    short_debt_fen: Ints
    total_debt_fen: Ints
    references_fen: Ints


def statements(
    yearly_purchases_fen: Ints, need_fen: Ints, grade: Ints, information: Information, luck: Floats
) -> Statements:
    """What do these customers' files say? `grade` true, by index; `luck` uniform draws, shape (DRAWS, n)."""
    told = STATEMENTS
    luck = np.clip(luck, 1e-9, 1.0 - 1e-9)
    shown = luck[0] < told.shown[INFORMATION.index(information)]
    sales = yearly_purchases_fen * told.sales_multiple * np.exp(told.sales_spread * ndtri(luck[1]))
    assets = sales * told.assets_of_sales
    equity = np.array(told.equity)[grade] + told.equity_spread * ndtri(luck[2])
    worth = assets * np.clip(equity, -0.5, 0.9)
    debt = assets - worth
    current = assets * told.current_of_assets
    stock = current * told.stock_of_current * 2.0 * luck[3]

    def fen(amounts: Floats) -> Ints:
        return np.where(shown, np.rint(amounts), UNKNOWN_FEN).astype(np.int64)

    return Statements(
        net_worth_fen=fen(worth), current_assets_fen=fen(current), stock_fen=fen(stock),
        short_debt_fen=fen(debt * told.short_of_debt), total_debt_fen=fen(debt),
        references_fen=_references(need_fen, grade, information, luck[4:]),
    )  # fmt: skip


def _references(need_fen: Ints, grade: Ints, information: Information, luck: Floats) -> Ints:
    """Limits that other suppliers grant: what their own grade tables say of it, each with an error of its own."""
    if information == "none":
        return np.full((len(need_fen), STATEMENTS.references), UNKNOWN_FEN)
    by_grade = np.array(list(GRADE_LIMIT_PCT.values()), dtype=np.float64)[grade] / 100.0
    found = []
    for one in luck[: STATEMENTS.references]:
        answers = one < STATEMENTS.answered
        spread = STATEMENTS.reference_spread * ndtri(np.clip(one / STATEMENTS.answered, 1e-9, 1 - 1e-9))
        limit = np.rint(need_fen * by_grade * np.exp(spread))
        found.append(np.where(answers, limit, UNKNOWN_FEN).astype(np.int64))
    return np.stack(found, axis=1)
