"""Which plots are there? Each is declared once, in the module that draws it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from sim.base.errors import BadInput, Problem
from sim.plots import (
    ageing,
    alarms,
    cash,
    customer,
    dot_interval,
    dso_family,
    ecl,
    forecast_13_weeks,
    funnel,
    heat,
    lateness,
    layers,
    sweeps,
    waterfall,
    year,
)
from sim.plots.plot import Plot

_ALL = (
    year.PLOT, ageing.PLOT, cash.PLOT, dso_family.PLOT, funnel.PLOT, lateness.PLOT, heat.ROLLS, heat.PATTERN,
    waterfall.PLOT, dot_interval.PLOT, sweeps.PLOT, customer.PLOT, forecast_13_weeks.PLOT, ecl.PLOT, alarms.PLOT,
    layers.PLOT,
)  # fmt: skip
PLOTS: Mapping[str, Plot] = MappingProxyType({plot.name: plot for plot in _ALL})


def plot_named(name: str) -> Plot:
    """The plot of this name. Raises BadInput naming those there are."""
    if name not in PLOTS:
        near = get_close_matches(name, PLOTS, n=3, cutoff=0.4) or list(PLOTS)
        raise BadInput([Problem("unknown_plot", "plot", name, {"near": ", ".join(near)})])
    return PLOTS[name]
