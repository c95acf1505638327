"""Is a goal reached by what the panel shows, and how sure is that?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

from sim.measure import METRICS
from sim.model.policy import LEVERS
from sim.panels.labs.declared import Condition, GoalTask
from sim.panels.live.compute import Answer
from sim.panels.parts.controls import lever_value
from sim.panels.parts.look import safe
from sim.study.compare import interval
from sim.words import Words

FEN_PER_YUAN = 100.0


class Reached(Enum):
    """Surely: the whole interval keeps the bound. Nearly: the mean does. Or not."""

    SURELY = "surely"
    NEARLY = "nearly"
    NOT = "not"


@dataclass(frozen=True)
class Judged:
    """One condition as a person reads it, and whether it is kept."""

    wanted: str
    has: str
    state: Reached


def reached(words: Words, condition: Condition, found: Answer) -> Judged:
    """Does the panel's answer keep this condition? All its bounds must be kept."""
    judged = list(bounds(words, condition, found))
    worst = max((one.state for one in judged), key=list(Reached).index)
    return Judged(words.listed(one.wanted for one in judged), judged[-1].has, worst)


def bounds(words: Words, condition: Condition, found: Answer) -> Iterator[Judged]:
    """Each bound of a condition, judged."""
    metric = METRICS[condition.metric]
    gap = found.differences[condition.metric]
    own = alternative(found, condition.metric)
    for name, values in (
        ("at_most", own),
        ("at_least", own),
        ("difference_at_most", (gap.difference, gap.low, gap.high)),
        ("difference_at_least", (gap.difference, gap.low, gap.high)),
    ):
        bound = getattr(condition, name)
        if bound is None:
            continue
        limit = bound * (FEN_PER_YUAN if metric.unit == "fen" else 1.0)
        signed = name.startswith("difference")
        shown = words.value(abs(limit), metric.unit, currency=found.currency)
        figure = words.say(f"{metric.words_key}.name")
        wanted = words.say(f"lab.goal.{sentence(name, limit)}", figure=figure, bound=shown)
        yield Judged(
            wanted, value_said(words, values, metric.unit, found.currency, signed), state(values, limit, name)
        )


def sentence(name: str, limit: float) -> str:
    """Which words say this bound: falls by at least, does not rise, rises by at most?"""
    if not name.startswith("difference"):
        return name
    if limit == 0:
        return "no_rise" if name.endswith("at_most") else "no_fall"
    way = "falls" if limit < 0 else "rises"
    is_least = (limit < 0) == name.endswith("at_most")
    return f"{way}_at_{'least' if is_least else 'most'}"


def alternative(found: Answer, metric: str) -> tuple[float, float, float]:
    """The alternative's own figure: mean over the runs, and its interval."""
    values = found.alternative.first_runs(found.runs).values[metric]
    known = values[np.isfinite(values)]
    return (float(known.mean()), *interval(known)) if len(known) else (np.nan, np.nan, np.nan)


def state(values: tuple[float, float, float], limit: float, name: str) -> Reached:
    """Where do the mean and the interval lie against the bound? Unknown is not reached."""
    mean, low, high = values
    most = name.endswith("at_most")
    if (high <= limit) if most else (low >= limit):
        return Reached.SURELY
    return Reached.NEARLY if ((mean <= limit) if most else (mean >= limit)) else Reached.NOT


def value_said(
    words: Words, values: tuple[float, float, float], unit: str, currency: str, signed: bool
) -> str:
    """A figure with its interval."""
    mean, low, high = values
    said = words.beside(mean, low, high, unit, currency=currency, signed=signed)
    if not (np.isfinite(low) and low < high):
        return said
    between = words.interval(low, high, unit, currency=currency, signed=signed)
    return words.say("panel.finding.clear", amount=said, between=between)


def conditions_table(words: Words, judged: list[Judged]) -> str:
    """Every condition with a sign and a word: kept, not sure, not kept."""
    signs = {Reached.SURELY: ("✓", "good"), Reached.NEARLY: ("≈", "unit"), Reached.NOT: ("✗", "bad")}
    rows = []
    for one in judged:
        sign, kind = signs[one.state]
        said = safe(f"{sign} {words.say(f'lab.goal.{one.state.value}')}")
        rows.append(
            f'<tr><td class="arlab-{kind}">{said}</td><td>{safe(one.wanted)}</td><td>{safe(one.has)}</td></tr>'
        )
    return f'<table class="arlab-table arlab-goals">{"".join(rows)}</table>'


def one_way(task: GoalTask, words: Words) -> str:
    """One way to the goal: the policy to begin with, and the levers to be moved."""
    start = words.say(f"policy.{task.example_policy}.name") if task.example_policy else ""
    return words.listed(filter(None, (start, levers_said(task.example, words))))


def levers_said(levers: Mapping[str, Any], words: Words) -> str:
    """Moved levers by their names and values."""
    return words.listed(
        words.say(
            "lab.room.lever",
            name=words.say(f"{LEVERS[path].words_key}.name"),
            value=lever_value(LEVERS[path], value, words),
        )
        for path, value in levers.items()
        if path in LEVERS
    )
