"""Which plots are there? Each is declared once, in the module that draws it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from sim.base.errors import BadInput, Problem
from sim.plots import ageing, cash, customer, dso_family, sweeps, year
from sim.plots.plot import Plot

_ALL = (year, ageing, cash, dso_family, customer, sweeps)
PLOTS: Mapping[str, Plot] = MappingProxyType({module.PLOT.name: module.PLOT for module in _ALL})


def plot_named(name: str) -> Plot:
    """The plot of this name. Raises BadInput naming those there are."""
    if name not in PLOTS:
        near = get_close_matches(name, PLOTS, n=3, cutoff=0.4) or list(PLOTS)
        raise BadInput([Problem("unknown_plot", "plot", name, {"near": ", ".join(near)})])
    return PLOTS[name]
