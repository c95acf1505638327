"""Does everything that a lab's file names exist, and does the lab make sense?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from sim.base.errors import BadInput, Problem, Problems
from sim.measure import METRICS
from sim.model.policy import LEVERS, Policy
from sim.model.portfolio_files import portfolio_names
from sim.model.presets import policy_names
from sim.model.scenario import scenario_names
from sim.panels.labs.arithmetic import NotArithmetic, result
from sim.panels.labs.declared import (
    ChoicePrediction,
    ChoiceTask,
    Claim,
    Comparison,
    Condition,
    Declared,
    Figure,
    GoalTask,
    Levers,
    NumberPrediction,
    NumberTask,
    OrderTask,
    Panel,
    Text,
    WayPrediction,
)
from sim.panels.parts.pictures import problems_of

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
BOUNDS = ("at_most", "at_least", "difference_at_most", "difference_at_least")
LEAST_TO_ORDER = 3


def note_problems(lab: Declared) -> list[Problem]:
    """Everything that is wrong between the lines of a lab whose every field has the right form."""
    problems = Problems()
    for at, part in walked(lab):
        match part:
            case Text():
                note_text(part, at, problems)
            case Panel():
                note_panel(part, at, problems)
            case Comparison():
                note_comparison(lab, part, at, problems)
            case Condition():
                note_condition(part, at, problems)
    note_predictions(lab, problems)
    note_tasks(lab, problems)
    note_pictures(lab, problems)
    for name in ("predictions", "tasks", "pictures"):
        twice = [
            found for found, times in Counter(item.id for item in getattr(lab, name)).items() if times > 1
        ]
        for found in twice:
            problems.add("duplicate", name, found)
    return problems.found


def walked(part: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every part of a lab with its path, from the top down."""
    if isinstance(part, BaseModel):
        if at:
            yield at, part
        for name in type(part).model_fields:
            yield from walked(getattr(part, name), f"{at}.{name}" if at else name)
    elif isinstance(part, tuple):
        for number, item in enumerate(part):
            yield from walked(item, f"{at}.{number}")
    elif isinstance(part, dict):
        for name, item in part.items():
            yield from walked(item, f"{at}.{name}")


def note_text(text: Text, at: str, problems: Problems) -> None:
    """Is each language in its own place?"""
    if CHINESE.search(text.en):
        problems.add("lab.chinese_in_english", f"{at}.en", text.en[:60])
    if len(re.findall(r"[A-Za-z]{3,}", text.zh)) > 3 and not CHINESE.search(text.zh):
        problems.add("lab.english_in_chinese", f"{at}.zh", text.zh[:60])


def note_panel(panel: Panel, at: str, problems: Problems) -> None:
    """Do the panel's customers, times, policies, levers and figures exist?"""
    note_names(panel.portfolios or (panel.portfolio,), f"{at}.portfolio", portfolio_names(), problems)
    note_names(panel.scenarios, f"{at}.scenarios", scenario_names(), problems)
    for side in ("baseline", "alternative"):
        note_names((getattr(panel, side),), f"{at}.{side}", policy_names(), problems)
        note_levers(getattr(panel, f"{side}_levers"), f"{at}.{side}_levers", problems)
    note_names(panel.levers, f"{at}.levers", LEVERS, problems)
    note_names(panel.charts, f"{at}.charts", METRICS, problems)
    note_names(panel.table, f"{at}.table", METRICS, problems)


def note_comparison(lab: Declared, part: Comparison, at: str, problems: Problems) -> None:
    """Do the customers, times, policies and figures exist, and is there a panel for what is left out?"""
    given = {"portfolio": portfolio_names(), "scenario": scenario_names()}
    given |= {"baseline": policy_names(), "policy": policy_names()}
    for name, known in given.items():
        value = getattr(part, name)
        if value is not None:
            note_names((value,), f"{at}.{name}", known, problems)
    note_levers(part.baseline_levers, f"{at}.baseline_levers", problems)
    note_levers(part.policy_levers, f"{at}.policy_levers", problems)
    if part.panel and part.panel not in lab.panels:
        problems.add("not_a_choice", f"{at}.panel", part.panel, expected=", ".join(lab.panels))
    if isinstance(part, Figure):
        note_figure(part, at, problems)
    if isinstance(part, WayPrediction):
        note_names((part.metric,), f"{at}.metric", METRICS, problems)
    if isinstance(part, Claim) and part.at_least is None and part.at_most is None:
        problems.add("lab.no_bound", at, part.says)


def note_figure(figure: Figure, at: str, problems: Problems) -> None:
    """Is it a metric that exists, or a formula that can be worked out?"""
    if figure.metric:
        note_names((figure.metric,), f"{at}.value", METRICS, problems)
        if figure.formula:
            problems.add("lab.metric_and_formula", f"{at}.formula", figure.formula)
        return
    try:
        result(figure.formula, figure.facts)
    except NotArithmetic as error:
        problems.add("lab.formula", f"{at}.formula", figure.formula, detail=str(error))


def note_names(names: Any, at: str, known: Any, problems: Problems) -> None:
    """Is each of these names one that we know?"""
    for name in names:
        if name not in known:
            problems.add("lab.no_such", at, name, known=nearest(name, known))


def nearest(name: str, known: Any) -> str:
    """The few names that look most like this one; all of them when there are few."""
    from difflib import get_close_matches

    names = list(known)
    return ", ".join(names if len(names) <= 12 else get_close_matches(name, names, n=5, cutoff=0.3))


def note_levers(levers: Levers, at: str, problems: Problems) -> None:
    """Are these levers, and are the values within their ranges?"""
    try:
        Policy().with_levers(levers)
    except BadInput as bad:
        for found in bad.problems:
            problems.found.append(Problem(found.rule, f'{at}."{found.field}"', found.value, found.values))


def note_condition(condition: Condition, at: str, problems: Problems) -> None:
    """Is there a figure and a bound?"""
    note_names((condition.metric,), f"{at}.metric", METRICS, problems)
    if all(getattr(condition, name) is None for name in BOUNDS):
        problems.add("lab.no_bound", at, condition.metric)


def note_predictions(lab: Declared, problems: Problems) -> None:
    """Can each prediction be judged?"""
    for number, found in enumerate(lab.predictions):
        at = f"predictions.{number}"
        if isinstance(found, WayPrediction) and not has_comparison(lab, found):
            problems.add("lab.nothing_to_compare", at, found.metric)
        if isinstance(found, ChoicePrediction):
            note_right(sum(option.right for option in found.options), 1, f"{at}.options", problems)
        if isinstance(found, NumberPrediction) and found.low >= found.high:
            problems.add("less_than", f"{at}.low", found.low, limit=found.high)


def has_comparison(lab: Declared, part: Comparison) -> bool:
    """Is it known which two policies are meant, on which customers?"""
    return lab.panel_named(part.panel) is not None or (part.portfolio is not None and part.policy is not None)


def note_tasks(lab: Declared, problems: Problems) -> None:
    """Can each task be solved, and only in the right way?"""
    for number, task in enumerate(lab.tasks):
        at = f"tasks.{number}"
        if isinstance(task, ChoiceTask):
            right = sum(option.right for option in task.options)
            note_right(right, max(right, 1) if task.many else 1, f"{at}.options", problems)
        if isinstance(task, NumberTask):
            note_mistakes(task, at, problems)
        if isinstance(task, GoalTask):
            note_goal(lab, task, at, problems)
        if isinstance(task, OrderTask) and len(task.items) < LEAST_TO_ORDER:
            problems.add("too_few", f"{at}.items", len(task.items), limit=LEAST_TO_ORDER)


def note_pictures(lab: Declared, problems: Problems) -> None:
    """Can every picture be drawn with what its file says?"""
    for number, picture in enumerate(lab.pictures):
        try:
            problems_of(picture)
        except BadInput as bad:
            problems.found += [
                replace(found, field=f"pictures.{number}.{found.field}") for found in bad.problems
            ]


def note_goal(lab: Declared, task: GoalTask, at: str, problems: Problems) -> None:
    """Is there a panel to reach it on, and can the example be tried there?"""
    panel = lab.panel_named(task.panel)
    if panel is None:
        problems.add("lab.no_panel", at, task.panel)
        return
    note_levers(task.example, f"{at}.example", problems)
    if task.example_policy is not None:
        note_names((task.example_policy,), f"{at}.example_policy", policy_names(), problems)
    for path in task.example:
        if path not in panel.levers:
            problems.add("lab.not_on_panel", f'{at}.example."{path}"', task.example[path])


def note_mistakes(task: NumberTask, at: str, problems: Problems) -> None:
    """Can every typical wrong number be told from the right one? Those of the simulator are not known here."""
    for number, mistake in enumerate(task.mistakes):
        try:
            right, wrong = (result(found.formula, found.facts) for found in (task.answer, mistake))
        except NotArithmetic:  # told elsewhere, or a figure of the simulator
            continue
        if abs(right - wrong) <= max(task.tolerance * abs(right), task.within):
            problems.add("lab.mistake_is_right", f"{at}.mistakes.{number}", wrong, right=right)


def note_right(found: int, wanted: int, at: str, problems: Problems) -> None:
    """Are so many options marked as right?"""
    if found != wanted:
        problems.add("lab.right_options", at, found, wanted=wanted)
