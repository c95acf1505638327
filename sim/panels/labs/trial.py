"""Does the simulator bear out what a lab says: its claims, its goals' examples, its computed answers?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sim.panels.labs.answers import BATCHES, Found, question_of, setup_of, worked_out
from sim.panels.labs.declared import (
    Comparison,
    Declared,
    GoalTask,
    NumberPrediction,
    NumberTask,
    WayPrediction,
)
from sim.panels.labs.goals import Reached, reached
from sim.panels.live.compute import answer, edition_of, portfolio_of
from sim.panels.live.predict import went
from sim.panels.live.question import Question
from sim.panels.live.setup import Start
from sim.words import Words


@dataclass(frozen=True)
class Tried:
    """One statement of a lab, what the simulator says, and whether that bears it out."""

    what: str
    came: str
    holds: bool


def tried(lab: Declared) -> Iterator[Tried]:
    """Everything that a lab leaves to the simulator, tried. Slow: a second or two for each comparison."""
    words = Words("en")
    for claim in lab.claims:
        found = worked_out(lab, claim)
        kept = (claim.at_least is None or found.low >= claim.at_least) and (
            claim.at_most is None or found.high <= claim.at_most
        )
        yield Tried(f"claim: {claim.says}", ends(found), kept and found.is_known)
    for item in lab.predictions:
        if isinstance(item, NumberPrediction):
            found = worked_out(lab, item.answer)
            yield Tried(f"prediction {item.id}", ends(found), item.low <= found.value <= item.high)
        elif isinstance(item, WayPrediction):
            gap = answer(question_of(lab, item), BATCHES).differences[item.metric]
            yield Tried(
                f"prediction {item.id}",
                f"{went(gap)}: {gap.difference:,.4g}",
                gap.difference == gap.difference,
            )
    for task in lab.tasks:
        if isinstance(task, NumberTask):
            found = worked_out(lab, task.answer)
            yield Tried(f"task {task.id}", ends(found), found.is_known)
        elif isinstance(task, GoalTask):
            yield goal_tried(lab, task, words)


def goal_tried(lab: Declared, task: GoalTask, words: Words) -> Tried:
    """Does the example reach the goal, and is the goal not reached before anything is moved?"""
    found = answer(example_question(lab, task), BATCHES + 1)
    told = [reached(words, condition, found) for condition in task.conditions]
    opened = answer(question_of(lab, Comparison(panel=task.panel)), BATCHES)
    before = [reached(words, condition, opened).state for condition in task.conditions]
    came = "; ".join(f"{one.wanted}: {one.has} ({one.state.value})" for one in told)
    if all(state == Reached.SURELY for state in before):
        return Tried(f"goal {task.id}", f"reached before anything is moved; {came}", False)
    return Tried(f"goal {task.id}", came, all(one.state == Reached.SURELY for one in told))


def example_question(lab: Declared, task: GoalTask) -> Question:
    """The panel's comparison with the example's levers moved."""
    setup = setup_of(lab, task.panel)
    opened = question_of(lab, Comparison(panel=task.panel))
    customers = portfolio_of(opened.portfolio, edition_of(opened.portfolio))
    start = Start(task.example_policy, {}) if task.example_policy else setup.alternative
    return replace(opened, alternative=start.policy(customers).with_levers(task.example))


def ends(found: Found) -> str:
    """A figure and its interval, for developers."""
    return f"{found.value:,.6g} ({found.low:,.6g} to {found.high:,.6g})"
