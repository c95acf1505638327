"""What did the manufacturer's figures look like when they were last agreed to?

    uv run python -m tests.frozen.regenerate

writes `manufacturer_monthly.csv` anew: three runs of a year under two ready-made policies, month by month. It is a
regression test and validates nothing: it says that figures moved, not that they were right. Whoever moves them on
purpose runs the command, reads the difference line by line and says in the commit what evidence is behind it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.base.places import write_text
from sim.engine import simulate
from sim.measure import METRICS, measure
from sim.model.portfolio import scenario_for
from sim.model.portfolio_files import load_portfolio
from sim.model.presets import load_policy
from sim.world import draw

TABLE = Path(__file__).with_name("manufacturer_monthly.csv")
POLICIES = ("as_is", "strict")
RUNS, SEED = 3, 1
FIGURES = (
    "credit_sales", "receipts", "ar", "overdue", "bad_debt", "lost_sales", "cash", "contacts", "dso", "days_late",
    "promises_kept",
)  # fmt: skip
WHOLE = ("fen", "count")  # units of figures that are whole numbers


def monthly_figures() -> pd.DataFrame:
    """The figures as they are now: one row per policy, run and month, as text."""
    people = load_portfolio("manufacturer")
    world = draw(people, scenario_for(people), seed=SEED, runs=RUNS)
    parts = []
    for name in POLICIES:
        ledger, _ = simulate(world, load_policy(name, base=people.policy_in_force))
        measured = measure(ledger, FIGURES, every="month").table
        wide = measured.pivot(index=["run", "period"], columns="metric", values="value")
        texts = {figure: [_text(value, METRICS[figure].unit) for value in wide[figure]] for figure in FIGURES}
        parts.append(wide.index.to_frame(index=False).assign(policy=name, **texts))
    return pd.concat(parts, ignore_index=True)[["policy", "run", "period", *FIGURES]].astype("str")


def _text(value: float, unit: str) -> str:
    if pd.isna(value):
        return ""
    return f"{value:.0f}" if unit in WHOLE else f"{value:.4f}"


def main() -> None:
    """Write the table."""
    write_text(TABLE, monthly_figures().to_csv(index=False, lineterminator="\n"))


if __name__ == "__main__":
    main()
