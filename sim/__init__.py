"""Receivables Lab (应收账款实训室): learn and test how a company manages the money its customers owe it.

    >>> from sim import draw, load_policy, load_portfolio, load_scenario, simulate
    >>> portfolio = load_portfolio("manufacturer")
    >>> world = draw(portfolio, load_scenario("normal"), seed=1, runs=10)
    >>> ledger, truth = simulate(world, load_policy("strict", base=portfolio.policy_in_force))

Figures come from `sim.measure.measure`: the name `sim.measure` is the package's own.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.base.errors import BadInput
    from sim.calibrate.fit import fit
    from sim.engine import simulate
    from sim.intake import import_file
    from sim.measure import METRICS
    from sim.model.ledger import Ledger
    from sim.model.ledger_files import read_ledger, write_ledger
    from sim.model.policy import LEVERS, Policy, read_policy, write_policy
    from sim.model.portfolio import Portfolio, scenario_for
    from sim.model.portfolio_files import load_portfolio, write_portfolio
    from sim.model.presets import load_policy
    from sim.model.scenario import Scenario, load_scenario
    from sim.model.timeline import Timeline
    from sim.study import compare
    from sim.words import Words
    from sim.world import draw

_HOME = {
    "BadInput": "sim.base.errors", "LEVERS": "sim.model.policy", "Ledger": "sim.model.ledger", "METRICS": "sim.measure",
    "Policy": "sim.model.policy", "Portfolio": "sim.model.portfolio", "Scenario": "sim.model.scenario",
    "Timeline": "sim.model.timeline", "Words": "sim.words", "compare": "sim.study", "draw": "sim.world",
    "fit": "sim.calibrate.fit", "import_file": "sim.intake", "load_policy": "sim.model.presets",
    "load_portfolio": "sim.model.portfolio_files", "load_scenario": "sim.model.scenario",
    "read_ledger": "sim.model.ledger_files", "read_policy": "sim.model.policy", "scenario_for": "sim.model.portfolio",
    "simulate": "sim.engine", "write_ledger": "sim.model.ledger_files", "write_policy": "sim.model.policy",
    "write_portfolio": "sim.model.portfolio_files",
}  # fmt: skip

__all__ = [
    "LEVERS", "METRICS", "BadInput", "Ledger", "Policy", "Portfolio", "Scenario", "Timeline", "Words", "compare",
    "draw", "fit", "import_file", "load_policy", "load_portfolio", "load_scenario", "read_ledger", "read_policy",
    "scenario_for", "simulate", "write_ledger", "write_policy", "write_portfolio",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Names are fetched when first used, so `import sim` is quick."""
    if name not in _HOME:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
