"""When does each stretch of a planned day begin, what does it need, and does the plan hold together?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from sim.base.errors import BadInput, Problem, Problems
from sim.base.places import EXERCISES
from sim.roleplay.reading import number_in, scenario_files
from sim.training.guides import DayPlan, Session, Sessions, Step
from sim.training.reading import CASES, QUIZZES, SESSIONS, read_as, sessions

MINUTES_OF_AN_HOUR = 60
OWN_FILE = (".yaml", ".yml")


def timed(day: DayPlan) -> Iterator[tuple[str, str, Step]]:
    """Each stretch of the day with the clock's times at which it begins and ends."""
    hours, minutes = map(int, day.start.split(":"))
    at = hours * MINUTES_OF_AN_HOUR + minutes
    for step in day.rows:
        yield clock(at), clock(at + step.minutes), step
        at += step.minutes


def clock(minutes: int) -> str:
    """09:05."""
    return f"{minutes // MINUTES_OF_AN_HOUR:02d}:{minutes % MINUTES_OF_AN_HOUR:02d}"


def needed(plan: Session, kind: str) -> tuple[str, ...]:
    """The labs, role-plays, cases or quizzes of a plan, each once, in the order in which they come."""
    found = (each for day in plan.days for step in day.rows for each in step.material)
    return tuple(dict.fromkeys(each.id for each in found if each.kind == kind))


def plan_named(name: str) -> Session:
    """The ready plan of this name, or the one in this file. Raises BadInput naming all that is there, or wrong."""
    if name.endswith(OWN_FILE):
        return own_plan(Path(name))
    plans = {plan.id: plan for plan in sound_plans().sessions}
    if name not in plans:
        raise BadInput([Problem("plan.unknown", "PLAN", name, {"known": ", ".join(plans)})])
    return plans[name]


def own_plan(path: Path) -> Session:
    """The plan a trainer wrote. Raises BadInput naming file, line, field and rule of all that is wrong."""
    plan = read_as(Session, path)
    note_problems((plan,), known(), path.name)
    return plan


@cache
def sound_plans() -> Sessions:
    """The ready plans. Raises BadInput where the minutes of a day do not add up or something named is not there."""
    note_problems(sessions().sessions, known())
    return sessions()


@cache
def known() -> Mapping[str, tuple[str, ...]]:
    """What a plan may name, by its kind."""
    return {
        "lab": tuple(path.stem for path in sorted((EXERCISES / "labs").glob("*.toml"))),
        "roleplay": tuple(number_in(path) for path in scenario_files().values()),
        "case": tuple(number_in(path) for path in sorted(CASES.glob("*.yaml"))),
        "quiz": tuple(path.stem for path in sorted(QUIZZES.glob("*.yaml"))),
    }


def note_problems(
    plans: Sequence[Session], names: Mapping[str, tuple[str, ...]], file: str = f"{SESSIONS}.yaml"
) -> None:
    """Do the stretches fill their day, and is all that they name there? Raises BadInput with everything wrong."""
    problems = Problems()
    for plan in plans:
        for number, day in enumerate(plan.days, 1):
            at = f"{file} {plan.id}, days[{number}]"
            if (summed := sum(step.minutes for step in day.rows)) != day.total:
                problems.add("plan.minutes", at, day.total, summed=summed)
            for each in (each for step in day.rows for each in step.material):
                if each.id not in names[each.kind]:
                    there = ", ".join(names[each.kind])
                    problems.add("plan.no_such", f"{at}: {each.kind}", each.id, known=there)
    problems.stop_if_any()
