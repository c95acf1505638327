"""What is the right answer, worked out from the simulator or from the facts a text gives?

Runs are those of the panels, lived once and remembered; what a lab's panel has shown is not lived again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.measure import METRICS
from sim.measure.cycle import wilson_interval
from sim.model.policy import Policy
from sim.panels.labs.arithmetic import result
from sim.panels.labs.declared import (
    Comparison,
    Declared,
    Figure,
    GoalTask,
    NumberPrediction,
    NumberTask,
    Panel,
    WayPrediction,
)
from sim.panels.live.compute import BATCHES as RUNS
from sim.panels.live.compute import answer, edition_of, lives, portfolio_of
from sim.panels.live.question import Figures, Question
from sim.panels.live.setup import Setup, Start
from sim.study.compare import interval

BATCHES = len(RUNS)  # all of a panel's runs, so that an answer is the figure that stands on the screen
FEN_PER_YUAN = 100.0
YES_OR_NO = frozenset({"ruin"})  # 1 or 0 in each run: the mean is a share of runs


@dataclass(frozen=True)
class Found:
    """A figure in the answer's own unit (yuan, a share, days) and where it lies; an exact one has no width."""

    value: float
    low: float
    high: float

    @property
    def is_known(self) -> bool:
        """Is there a value at all?"""
        return math.isfinite(self.value)


def setup_of(lab: Declared, name: str = "") -> Setup:
    """The live panel of this lab, measuring all that its tasks and predictions ask about."""
    panel = lab.panel_named(name)
    if panel is None:
        raise KeyError(f"no such panel: {name!r}")
    return Setup(
        portfolios=panel.offered,
        own_portfolio=False,
        scenarios=panel.scenarios,
        scenario=panel.scenarios[0],
        baseline=Start(panel.baseline, panel.baseline_levers),
        alternative=Start(panel.alternative, panel.alternative_levers),
        presets=panel.presets,
        levers=panel.levers,
        sides=("alternative",) if panel.sides == "alternative" else ("baseline", "alternative"),
        charts=panel.charts,
        table=panel.table,
        also=asked_about(lab, name),
        files=panel.files,
        again=True,
    )


def asked_about(lab: Declared, name: str) -> tuple[str, ...]:
    """The metrics that the lab's texts ask about, on this panel or on none."""
    found: list[str] = []
    for figure in figures_of(lab):
        if figure.panel == name:
            found.append(figure.metric)
    found += [
        item.metric for item in lab.predictions if isinstance(item, WayPrediction) and item.panel == name
    ]
    for task in lab.tasks:
        if isinstance(task, GoalTask) and task.panel == name:
            found += [condition.metric for condition in task.conditions]
    return tuple(dict.fromkeys(metric for metric in found if metric))


def figures_of(lab: Declared) -> list[Figure]:
    """Every figure that the lab works out."""
    found: list[Figure] = [*lab.claims, *lab.trainer.expected]
    found += [item.answer for item in lab.predictions if isinstance(item, NumberPrediction)]
    for task in lab.tasks:
        if isinstance(task, NumberTask):
            found += [task.answer, *task.mistakes]
    return found


def question_of(lab: Declared, part: Comparison) -> Question:
    """Which two policies, on which customers, in which times? What is left out is the panel's own."""
    panel = lab.panel_named(part.panel)
    portfolio = part.portfolio or (panel.offered[0] if panel else "manufacturer")
    scenario = part.scenario or (panel.scenarios[0] if panel else "normal")
    edition = edition_of(portfolio)
    customers = portfolio_of(portfolio, edition)
    starts = baseline_of(part, panel), alternative_of(part, panel)
    baseline, alternative = (start.policy(customers) for start in starts)
    figures = measured_with(lab, part)
    return Question(portfolio, scenario, baseline, alternative, edition=edition, figures=figures)


def baseline_of(part: Comparison, panel: Panel | None) -> Start:
    """The policy that is compared with: named here, else the panel's, else the one in force."""
    if part.baseline is not None or part.baseline_levers or panel is None:
        return Start(part.baseline or "as_is", part.baseline_levers)
    return Start(panel.baseline, panel.baseline_levers)


def alternative_of(part: Comparison, panel: Panel | None) -> Start:
    """The policy that is looked at: named here, else the panel's, else the one in force."""
    if part.policy is not None or part.policy_levers or panel is None:
        return Start(part.policy or "as_is", part.policy_levers)
    return Start(panel.alternative, panel.alternative_levers)


def measured_with(lab: Declared, part: Comparison) -> Figures:
    """The same figures as on the panel, so that its runs serve; without a panel, all that is asked about."""
    if lab.panel_named(part.panel) is not None:
        return setup_of(lab, part.panel).figures
    return Figures((), asked_about(lab, part.panel))


def worked_out(lab: Declared, figure: Figure, batches: int = BATCHES) -> Found:
    """The figure, with the interval it lies in. Pure and slow: a second or so when nothing is known yet."""
    if not figure.metric:
        value = result(figure.formula, figure.facts)
        return Found(value, value, value)
    question = question_of(lab, figure)
    if figure.is_difference:
        gap = answer(question, batches).differences[figure.metric]
        return in_yuan(figure.metric, gap.difference, gap.low, gap.high)
    return mean_under(question, question.alternative, figure.metric, batches)


def mean_under(question: Question, policy: Policy, metric: str, batches: int) -> Found:
    """The mean of a figure over the runs of one policy."""
    known_runs = sum(RUNS[:batches])  # the same ones however many are known already
    values = lives(question, policy, batches).first_runs(known_runs).values[metric]
    known = values[~(values != values)]
    if not len(known):
        return Found(math.nan, math.nan, math.nan)
    low, high = wilson_interval(int(known.sum()), len(known)) if metric in YES_OR_NO else interval(known)
    return in_yuan(metric, float(known.mean()), low, high)


def in_yuan(metric: str, value: float, low: float, high: float) -> Found:
    """Money in yuan instead of fen; everything else as it is."""
    size = FEN_PER_YUAN if METRICS[metric].unit == "fen" else 1.0
    return Found(value / size, low / size, high / size)
