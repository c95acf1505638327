"""Who asks for credit, and what do we read of it? Applicants drawn by a seed, with a file that money can sharpen.

Each takes its trade, orders and ways of paying from a customer of the built-in manufacturer, so that its year in the
model is like theirs. Its standing follows from facts (years in business, court records, accounts, references), which
the project's scorecard judges, and from what no file shows. How facts and standing hang together is an assumption.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.model import scorecard
from sim.model.limit_rules import CreditFacts, limits, need
from sim.model.moves import ARCHETYPES
from sim.model.portfolio import GRADES, NO_HISTORY, NO_OPENING, Portfolio
from sim.model.portfolio_files import load_portfolio
from sim.model.scorecard import BLOCKS, FINANCIAL, INFORMATION, YARDSTICKS, Information

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TEMPLATE = "manufacturer"
TRADES = ("dealer", "maker", "project")
TRADE_CHANCES = (0.6, 0.25, 0.15)
REFERENCES_FEN = 30_000
"""What asking the bureau and three other suppliers costs (assumption, 10,000-100,000 fen)."""
TRADE_POINTS = {"dealer": 55.0, "maker": 70.0, "project": 35.0}
"""Points of the block `industry` by trade (assumption)."""
LAWSUIT_POINTS = (100.0, 55.0, 20.0, 0.0)
"""Points of the block `owner` for so many court records against firm or owner (assumption)."""
UNSEEN_POINTS = 10.0
"""Standard deviation, in points, of what no file shows: half a grade (assumption, 5-20)."""
TILT = 0.9
"""How much likelier a weak applicant is to be a payer that pays late for want of money or will (assumption)."""
QUALITY_MEAN, QUALITY_SPREAD = -0.35, 1.1
"""Who asks for credit is weaker than who already has it, and differs more (assumption)."""
LATE_KINDS = tuple(ARCHETYPES.index(name) for name in ("strapped", "strategic", "chain"))
MARGIN_BP = 600
"""The applicants come to a trading house that keeps 6 % of a sale (assumption, 3-20 %)."""


@dataclass(frozen=True, eq=False)
class Applicants:
    """Some applicants. `blocks`, `error` and `standing` are hidden: only debriefs and nature read them.

    `facts`: what stands in the file or can be bought, by name, each of shape (n,). `rows`: which customer of the
    template each resembles. `standing`: true score.
    """

    rows: Ints
    facts: dict[str, Floats]
    scale: Floats
    blocks: Floats
    error: Floats
    standing: Floats

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def trades(self) -> list[str]:
        """The trade of each."""
        return [str(name) for name in template().column("segment")[self.rows]]

    @property
    def order_fen(self) -> Ints:
        """A typical order of each."""
        return np.rint(template().column("order_median_fen")[self.rows] * self.scale).astype(np.int64)

    @property
    def yearly_fen(self) -> Ints:
        """What each would like to buy in a year."""
        return np.rint(template().mean_yearly_sales()[self.rows] * self.scale).astype(np.int64)

    @property
    def default_chance(self) -> Floats:
        """How likely does each fail within a year? Hidden."""
        return chance_of(self.standing)


@dataclass(frozen=True)
class Bought:
    """What was bought about one applicant: which accounts, and whether others were asked."""

    accounts: Information = "none"
    references: bool = False

    @property
    def cost_fen(self) -> int:
        """What did that cost?"""
        accounts = scorecard.INFORMATION_FIGURES.cost_fen[INFORMATION.index(self.accounts)]
        return accounts + (REFERENCES_FEN if self.references else 0)


RULE_LIMIT_PCT = 200
"""Of the grade table: orders are few and large, payers late, and a bare need would stop good ones (assumption)."""
NOTHING_BOUGHT = Bought()
RULES_CHOICE = Bought("unaudited")
"""What the rule reads of everybody: unaudited accounts, as the policy in force does."""


@lru_cache(maxsize=1)
def template() -> Portfolio:
    """The customers whom applicants resemble."""
    return load_portfolio(TEMPLATE)


@lru_cache(maxsize=8)
def applicants(seed: int, count: int, *, with_big_one: bool) -> Applicants:
    """The applicants of this seed; the last one, where asked for, wants to buy far more than anybody else."""
    nature = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(303,)))
    rows, scale = _businesses(nature, count, with_big_one)
    quality = QUALITY_MEAN + QUALITY_SPREAD * nature.standard_normal(count)
    facts = _facts(nature, quality)
    blocks = _blocks(facts, [str(name) for name in template().column("segment")[rows]])
    standing = scorecard.score(blocks) + UNSEEN_POINTS * nature.standard_normal(count)
    return Applicants(rows, facts, scale, blocks, nature.standard_normal(count), standing)


def _businesses(nature: np.random.Generator, count: int, with_big_one: bool) -> tuple[Ints, Floats]:
    segment = template().column("segment")
    trades = nature.choice(len(TRADES), size=count, p=TRADE_CHANCES)
    if with_big_one:
        trades[-1] = TRADES.index("project")
    rows = np.array([nature.choice(np.flatnonzero(segment == TRADES[trade])) for trade in trades])
    yearly = template().mean_yearly_sales()[rows]
    wanted = (
        np.exp(0.35 * nature.standard_normal(count)) * 1.2e8
    )  # so that no single name outweighs the others
    if with_big_one:
        wanted[-1] = 9e8
    return rows.astype(np.int64), np.clip(wanted / yearly, 0.05, 20.0)


def _facts(nature: np.random.Generator, quality: Floats) -> dict[str, Floats]:
    def around(middle: float, by_quality: float, spread: float) -> Floats:
        return middle + by_quality * quality + spread * nature.standard_normal(len(quality))

    return {
        "years": np.clip(np.rint(np.exp(around(1.6, 0.35, 0.6))), 1, 40),
        "lawsuits": np.minimum(nature.poisson(np.exp(-0.7 - 0.9 * quality)), 3).astype(np.float64),
        "current_ratio": np.clip(around(1.30, 0.38, 0.12), 0.4, 4.0),
        "debt_ratio": np.clip(around(0.64, -0.14, 0.05), 0.1, 1.1),
        "profit_margin": np.clip(around(0.025, 0.035, 0.012), -0.15, 0.2),
        "revenue": 1e7 * np.exp(around(1.2, 0.6, 0.5)),
        "reference_late": np.clip(np.rint(around(18.0, -15.0, 7.0)), 0, 90),
    }


def _blocks(facts: dict[str, Floats], trades: list[str]) -> Floats:
    """The true points of each block; payment history with us and dependence are not known of anybody."""
    points = np.full((len(trades), len(BLOCKS)), np.nan)
    points[:, BLOCKS.index("identity")] = scorecard.points(facts["years"], YARDSTICKS.years)
    points[:, BLOCKS.index("owner")] = np.array(LAWSUIT_POINTS)[facts["lawsuits"].astype(np.int64)]
    points[:, FINANCIAL] = scorecard.financial_points(
        facts["current_ratio"], facts["debt_ratio"], facts["profit_margin"], facts["revenue"]
    )
    points[:, BLOCKS.index("references")] = scorecard.points(facts["reference_late"], YARDSTICKS.late_days)
    points[:, BLOCKS.index("industry")] = [TRADE_POINTS[trade] for trade in trades]
    return points


# --- what we read -------------------------------------------------------------------------------------------------


def seen_blocks(people: Applicants, bought: list[Bought]) -> Floats:
    """The points we read of each: accounts are as wrong as what we paid for them, references may be unknown."""
    kind = np.array([INFORMATION.index(one.accounts) for one in bought], dtype=np.int64)
    seen = scorecard.measured_blocks(people.blocks, kind, people.error)
    asked = np.array([one.references for one in bought])
    references = BLOCKS.index("references")
    seen[:, references] = np.where(asked, seen[:, references], np.nan)
    return seen


def seen_scores(people: Applicants, bought: list[Bought]) -> Floats:
    """The scorecard's judgement of each on what was bought."""
    return scorecard.score(seen_blocks(people, bought))


def rule_limits(people: Applicants, grades: Ints) -> Ints:
    """How much would the rule let each owe, by the grade we see? The grade table on the need of its term."""
    return limits("grade_table", _credit_facts(people, grades), RULE_LIMIT_PCT)


def need_limits(people: Applicants) -> Ints:
    """How much would each owe, buying what it wants and paying about in time?"""
    return need(_credit_facts(people, np.zeros(len(people), dtype=np.int64)))


def _credit_facts(people: Applicants, grades: Ints) -> CreditFacts:
    return CreditFacts(
        yearly_sales_fen=people.yearly_fen,
        order_median_fen=people.order_fen,
        net_days=np.full(len(people), template().policy_in_force.terms.net_days, dtype=np.int64),
        grade=grades,
    )


# --- as customers of the model ------------------------------------------------------------------------------------


def chance_of(standing: Floats) -> Floats:
    """How likely does a customer of this true score fail within a year? The grades' chances, on a straight log line."""
    middles = 100.0 - scorecard.GRADE_POINTS * (np.arange(len(GRADES)) + 0.5)
    logs = np.log(np.array(scorecard.GRADE_FIGURES.pd_bp) / 10_000)
    found = np.interp(standing, middles[::-1], logs[::-1])
    beyond = (logs[-1] - logs[-2]) / scorecard.GRADE_POINTS
    found = np.where(standing < middles[-1], logs[-1] + beyond * (middles[-1] - standing), found)
    chances: Floats = np.minimum(np.exp(found), 0.9)
    return chances


def as_portfolio(people: Applicants, margin_bp: int = MARGIN_BP) -> Portfolio:
    """These applicants as a seller's only customers, with nothing owed on the first day."""
    base = template()
    table = base.customers.iloc[people.rows].reset_index(drop=True)
    yearly_bp = np.rint(people.default_chance * 10_000).astype(np.int64)
    table = table.assign(
        customer=[f"N{number:03d}" for number in range(1, len(people) + 1)],
        grade=[GRADES[at] for at in scorecard.grade_of(people.standing)],
        default_bp_year=np.minimum(yearly_bp, 9_000),
        order_median_fen=people.order_fen,
        group="",
        extra_net_days=0,
    )
    return Portfolio(
        name_en="Applicants",
        name_zh="申请赊销的客户",
        customers=table,
        mix=_tilted(base.mix[people.rows], people.standing),
        as_of=base.as_of,
        opening=NO_OPENING,
        history=NO_HISTORY,
        behaviours=base.behaviours,
        calendar=base.calendar,
        policy_in_force=base.policy_in_force,
        company=base.company.model_copy(update={"margin_bp": margin_bp}),
        basis=base.basis,
    )


def _tilted(mix: Floats, standing: Floats) -> Floats:
    weights = mix.copy()
    weights[:, LATE_KINDS] *= np.exp(TILT * (50.0 - standing) / 50.0)[:, None]
    tilted: Floats = weights / weights.sum(axis=1, keepdims=True)
    return tilted
