"""Make the built-in portfolios in `datasets/`: synthetic customers, drawn from a fixed seed.

    uv run python tools/make_datasets.py

Every figure is an assumption for a Chinese mid-size manufacturer; the ranges and their standing are in the data cards.
"""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from sim.base.days import day_of
from sim.base.places import DATASETS
from sim.engine import simulate
from sim.model.behaviour import ARCHETYPE_BEHAVIOURS
from sim.model.policy import Policy
from sim.model.portfolio import NO_OPENING, Portfolio
from sim.model.portfolio_files import write_portfolio
from sim.model.scenario import Scenario
from sim.world import draw

SEED = 20_250_101
AS_OF = date(2024, 12, 31)
HISTORY_START = date(2023, 7, 1)

SEGMENTS = {
    #             customers orders/yr median yuan  sigma  extra  default  lgd   response  patience
    "project":     (30,      9.0,     350_000,    1.0,    -10,  350,  6_500,    8.0,      20),
    "dealer":      (90,     18.0,      60_000,    0.8,    -20,  250,  6_000,   15.0,       8),
    "maker":       (60,     12.0,     200_000,    0.9,      5,  150,  5_000,   10.0,      12),
    "supermarket": (20,     40.0,      60_000,    0.7,    -15,   60,  7_000,    5.0,      15),
}  # fmt: skip
MIX = {
    "project":     (10, 5, 20, 15, 20, 10, 20),
    "dealer":      (35, 20, 22, 6, 5, 9, 3),
    "maker":       (40, 15, 15, 10, 15, 5, 0),
    "supermarket": (15, 0, 5, 20, 55, 5, 0),
}  # fmt: skip
PAY_RULES = {
    "project": {"any": 0.4, "monthly": 0.6},
    "dealer": {"any": 0.5, "weekly": 0.35, "twice_monthly": 0.15},
    "maker": {"weekly": 0.2, "twice_monthly": 0.4, "monthly": 0.4},
    "supermarket": {"twice_monthly": 0.5, "monthly": 0.5},
}
GRADE_SHARES = {"A": 0.15, "B": 0.32, "C": 0.33, "D": 0.20}
GRADE_RISK = {"A": 0.15, "B": 0.45, "C": 1.0, "D": 2.6}
NAMES = {
    "project": ("Contractor", "工程公司"), "dealer": ("Dealer", "经销商"), "maker": ("Factory", "工厂"),
    "supermarket": ("Supermarket", "商超"),
}  # fmt: skip
WAITS = {"any": 0, "weekly": 3, "twice_monthly": 7, "monthly": 15}
BETWEEN = 0.7  # share of the spread of amounts (as sigma) that lies between customers


def customers(rng: np.random.Generator) -> pd.DataFrame:
    """200 customers of four kinds."""
    return pd.concat([_segment(rng, segment) for segment in SEGMENTS], ignore_index=True)


def _segment(rng: np.random.Generator, segment: str) -> pd.DataFrame:
    count, orders, yuan, sigma, extra, default_bp, lgd_bp, response, patience = SEGMENTS[segment]
    rules = PAY_RULES[segment]
    rule = rng.choice(list(rules), count, p=list(rules.values()))
    grade = rng.choice(list(GRADE_SHARES), count, p=list(GRADE_SHARES.values()))
    risk = np.array([GRADE_RISK[g] for g in grade])
    within = sigma * np.sqrt(1 - BETWEEN**2)
    median = yuan * np.exp(BETWEEN * sigma * rng.standard_normal(count))
    number = np.arange(1, count + 1)
    english, chinese = NAMES[segment]
    return pd.DataFrame(
        {
            "customer": [f"{segment[0].upper()}{n:03d}" for n in number],
            "name_en": [f"{english} {n:03d}" for n in number],
            "name_zh": [f"{chinese}{n:03d}" for n in number],
            "segment": segment,
            "grade": grade,
            "extra_net_days": extra,
            "orders_per_year": np.round(orders * rng.gamma(4.0, 0.25, count) + 1.0, 1),
            "order_median_fen": np.rint(median / 1_000).astype(np.int64) * 100_000,
            "order_sigma": round(within, 3),
            "pay_rule": rule,
            "pay_anchor": [_anchor(rng, r) for r in rule],
            "lead_days": [WAITS[r] for r in rule],
            "pace": np.round(0.75 * np.exp(0.2 * rng.standard_normal(count)), 3),
            "default_bp_year": np.rint(np.minimum(default_bp * risk / risk.mean(), 3_000)).astype(int),
            "lgd_bp": lgd_bp,
            "dispute_bp": 250,
            "term_response_bp": response,
            "patience_days": patience,
        }
    )


def _anchor(rng: np.random.Generator, rule: str) -> int:
    choices = {"any": [0], "weekly": [1, 2, 3, 4], "twice_monthly": [5, 10], "monthly": [10, 15, 20, 25, 28]}
    return int(rng.choice(choices[rule]))


def with_opening(portfolio: Portfolio) -> Portfolio:
    """The same portfolio with what is open after eighteen months under the policy in force."""
    days = day_of(AS_OF) - day_of(HISTORY_START) + 1
    world = draw(portfolio, Scenario(start=HISTORY_START, days=days), seed=SEED, runs=1)
    ledger, _ = simulate(world, portfolio.policy_in_force)
    entries = ledger.entries[ledger.entries["kind"] != "recovery"]
    open_fen = entries.groupby("against")["amount_fen"].sum()
    open_fen = open_fen[open_fen > 0]
    first = entries[entries["kind"] == "invoice"].set_index("against").loc[open_fen.index]
    opening = pd.DataFrame(
        {
            "customer": portfolio.column("customer")[first["customer"]],
            "document": [f"2024-{number:05d}" for number in range(1, len(first) + 1)],
            "invoiced_on": first["invoiced_on"].to_numpy(),
            "due_on": first["due_on"].to_numpy(),
            "amount_fen": open_fen.to_numpy(),
        }
    )
    return _replaced(portfolio, opening)


def _replaced(portfolio: Portfolio, opening: pd.DataFrame) -> Portfolio:
    return Portfolio(**{**portfolio.__dict__, "opening": opening})


def manufacturer() -> Portfolio:
    """A mid-size manufacturer that sells to contractors, dealers, factories and supermarkets."""
    rng = np.random.Generator(np.random.PCG64(SEED))
    table = customers(rng)
    mix = np.array([MIX[segment] for segment in table["segment"]]) / 100
    in_force = Policy().with_levers(
        {
            "credit.limit_pct": 400,
            "credit.hold_overdue_days": 90,
            "credit.hold_overdue_fen": 30_000_000,
            "collection.collectors": 1,
            "collection.ladder_shift_days": 7,
        }
    )
    plain = Portfolio(
        name_en="Mid-size manufacturer", name_zh="中型制造企业", customers=table, mix=mix, as_of=AS_OF,
        opening=NO_OPENING, behaviours=ARCHETYPE_BEHAVIOURS, policy_in_force=in_force,
        basis=dict.fromkeys(("lateness", "orders", "amounts", "defaults", "disputes", "demand"), "A"),
    )  # fmt: skip
    return with_opening(plain)


def main() -> None:
    """Write every built-in portfolio."""
    for name, portfolio in {"manufacturer": manufacturer()}.items():
        write_portfolio(portfolio, Path(DATASETS) / name)


if __name__ == "__main__":
    main()
