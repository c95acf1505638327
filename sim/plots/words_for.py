"""What are a picture's controls and their values called?"""

from __future__ import annotations

from typing import Any

from sim.model.policy import LEVERS
from sim.plots.plot import Plot
from sim.plots.units import named, policy_label
from sim.study.lives import portfolio_of
from sim.words import Words


def control_label(words: Words, name: str) -> str:
    """What is chosen with this control?"""
    return named(words, f"lever.{name}.name", named(words, f"plot.argument.{name}", name))


def choice_label(words: Words, plot: Plot | None, name: str, value: Any) -> str:
    """One of the values that can be chosen."""
    if name in ("policy", "baseline", "alternative"):
        return policy_label(words, str(value))
    if name == "scenario":
        return named(words, f"scenario.{value}.name", value)
    if name == "portfolio":
        portfolio = portfolio_of(str(value))
        return portfolio.name_zh if words.lang == "zh" else portfolio.name_en
    if name in LEVERS:
        return lever_value(words, name, value)
    if name == "lever":
        return control_label(words, str(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return words.number(value)
    return named(words, f"plot.choice.{plot.name}.{name}.{value}" if plot else "", value)


def lever_value(words: Words, path: str, value: Any) -> str:
    """A value of a lever, with its unit."""
    declared = LEVERS.get(path)
    if declared is None:
        return str(value) if isinstance(value, str) else words.number(value)
    if declared.kind == "int":
        return words.value(value, declared.unit)
    return words.say(f"choice.{path}.{str(value).lower() if isinstance(value, bool) else value}")
