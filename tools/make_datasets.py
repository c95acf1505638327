"""Make the built-in portfolios in `datasets/`: synthetic customers and their past, drawn from fixed seeds.

    uv run python tools/make_datasets.py               # all
    uv run python tools/make_datasets.py distributor   # only these

Every figure is an assumption; the recipes in `tools/datasets/` say which, the data cards how far to trust them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sim.base.places import DATASETS
from sim.model.portfolio_files import write_portfolio
from tools.datasets.past import portfolio_of
from tools.datasets.recipes import RECIPES


def main(names: list[str]) -> None:
    """Write these portfolios; all when none is named."""
    unknown = sorted(set(names) - set(RECIPES))
    if unknown:
        sys.exit(f"no recipe named {', '.join(unknown)}; there are {', '.join(RECIPES)}")
    for name in names or RECIPES:
        write_portfolio(portfolio_of(RECIPES[name]), Path(DATASETS) / name)


if __name__ == "__main__":
    main(sys.argv[1:])
