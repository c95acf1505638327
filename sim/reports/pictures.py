"""Which pictures show the comparison? Drawn by `sim.plots` from what was found out, never from other runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.measure import METRICS
from sim.plots import cash, dot_interval, waterfall, year
from sim.plots.frame import render
from sim.plots.plot import Plot
from sim.plots.spread import sure
from sim.reports.inputs import Inputs, policy_title
from sim.reports.paper import Block, Picture
from sim.study.lives import Life
from sim.words import Words

if TYPE_CHECKING:
    from sim.reports.gather import Findings

SIZES = {"dot_interval": (7.4, 4.8), "year": (7.4, 4.2), "cash": (7.4, 3.2), "waterfall": (7.4, 3.4)}
"""In inches: about the width of a page, so that the smallest letters can be read in print."""
SHOWN = ("differences", "year", "cash", "waterfall", "groups", "why_ar")
NAMED = ("differences", "waterfall", "groups")  # drawn from the tables of the report itself


def measured(lives: Sequence[Life], inputs: Inputs) -> dict[str, Any]:
    """What the pictures need of the books: their own measures, much smaller than the books."""
    names = {"names": tuple(name for _, name, _ in inputs.policies())}
    return {
        "year": year.PLOT.measure(lives, names),
        "cash": cash.PLOT.measure(lives, {**names, "one_run": "yes"}),
        "why_ar": waterfall.PLOT.measure(lives, {**names, "of": "ar"}),
    }


def pictures(findings: Findings, words: Words) -> dict[str, Block]:
    """Each picture by its name; those with nothing to show are left out."""
    names = tuple(policy_title(words, name) for _, name, _ in findings.inputs.policies())
    if findings.inputs.is_idle:
        return {}
    data: dict[str, tuple[Plot, Any]] = {"differences": (dot_interval.PLOT, _gaps(findings, names))}
    data["year"] = (year.PLOT, _renamed(findings.drawn["year"], names))
    data["cash"] = (cash.PLOT, _renamed(findings.drawn["cash"], names))
    data["waterfall"] = (waterfall.PLOT, _profit(findings, names))
    if findings.reasons is not None and len(findings.reasons.groups) > 1:
        data["groups"] = (waterfall.PLOT, _groups(findings, names))
    data["why_ar"] = (waterfall.PLOT, _renamed(findings.drawn["why_ar"], names))
    return {name: _picture(plot, found, words) for name, (plot, found) in data.items()}


def _picture(plot: Plot, data: Any, words: Words) -> Picture:
    sized = replace(plot, size=SIZES[plot.name])
    svg = render(sized, data, words, "svg").decode("utf-8")
    return Picture(svg, plot.describe(data, words).alt)


def _renamed(data: Any, names: tuple[str, ...]) -> Any:
    """The same measures with the policies' names as the report tells them."""
    if hasattr(data, "names"):
        return replace(data, names=names)
    paths = tuple(replace(path, name=name) for path, name in zip(data.paths, names, strict=True))
    return replace(data, paths=paths)


def _gaps(findings: Findings, names: tuple[str, ...]) -> dot_interval.Gaps:
    """The differences that are not nought and can be set against a baseline."""
    rows = [row for row in findings.table.to_dict("records") if row["baseline"] and row["difference"]]
    found = [
        dot_interval.Gap(*(row[name] for name in ("metric", "baseline", "difference", "low", "high")))
        for row in rows
        if np.isfinite(row["difference"]) and METRICS[row["metric"]].unit
    ]
    return dot_interval.Gaps(names, tuple(found), findings.inputs.portfolio.currency)


def _way(findings: Findings, names: tuple[str, ...], parts: Mapping[str, Any]) -> waterfall.Way:
    before, after = (
        side.whole.values["economic_profit"] for side in (findings.baseline, findings.alternative)
    )
    return waterfall.Way(
        "economic_profit",
        names,
        float(before.mean()),
        float(after.mean()),
        {name: sure(values) for name, values in parts.items() if np.any(values)},
        sure(after - before),
        findings.inputs.portfolio.currency,
    )


def _profit(findings: Findings, names: tuple[str, ...]) -> waterfall.Way:
    """From one economic profit to the other, part by part."""
    before, after = findings.baseline.parts, findings.alternative.parts
    return _way(findings, names, {name: after[name] - before[name] for name in before})


def _groups(findings: Findings, names: tuple[str, ...]) -> waterfall.Way:
    """The same, by group of levers."""
    assert findings.reasons is not None
    found = findings.reasons.parts["economic_profit"]
    return _way(findings, names, {f"levers_{group}": values for group, values in found.items()})
