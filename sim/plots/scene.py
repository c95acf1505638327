"""Which picture of which companies is wanted? Frozen inputs, so that the same picture is made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sim.base.errors import BadInput, Problem
from sim.model.policy import LEVERS
from sim.model.scenario import load_scenario
from sim.plots.frame import Format, render
from sim.plots.plot import Plot, Told
from sim.plots.registry import plot_named
from sim.plots.units import policy_label
from sim.plots.words_for import control_label, lever_value
from sim.study.lives import LifeAsked, live, policy_named, portfolio_of
from sim.words import Language, Words

COMMON = (
    "portfolio",
    "scenario",
    "policy",
    "policies",
    "baseline",
    "alternative",
    "levers",
    "runs",
    "seed",
    "days",
)
"""What every picture can be told, beside the levers by their paths and the plot's own arguments."""
PORTFOLIO, SCENARIO = "manufacturer", "normal"
MOST_RUNS = 1000


@dataclass(frozen=True)
class Scene:
    """A plot, the lives it is of (one for each policy, with the policies' names), and its further arguments."""

    plot: str
    asked: tuple[LifeAsked, ...]
    names: tuple[str, ...]
    arguments: tuple[tuple[str, Any], ...]
    moved: tuple[
        tuple[str, Any], ...
    ] = ()  # levers of the last policy that stand elsewhere than its name says

    @property
    def drawn_by(self) -> Plot:
        """The plot itself."""
        return plot_named(self.plot)

    @property
    def given(self) -> dict[str, Any]:
        """What the plot's `measure` and `plan` are told."""
        return {**dict(self.arguments), "names": self.names, "asked": self.asked}

    @property
    def needs(self) -> tuple[LifeAsked, ...]:
        """Which lives must be lived before it can be drawn?"""
        return self.drawn_by.needs(self.asked, self.given)


@dataclass(frozen=True, eq=False)
class Still:
    """A picture as a file, what it tells, and the note below it."""

    image: bytes
    form: Format
    told: Told
    note: str
    size: tuple[float, float]  # inches


def scene(plot: str, given: Mapping[str, Any], edition: int = 0) -> Scene:
    """The picture that flat arguments describe, as a lab's file or a command gives them. Raises BadInput.

    `portfolio`, `scenario`, `runs`, `seed`, `days`; `policy` (one), `baseline` and `alternative` (two) or `policies`,
    by name or file; `levers` (a table, or single paths such as `terms.net_days`) move levers of the last policy; all
    else is the plot's own.
    """
    found = plot_named(plot)
    own = {name: value for name, value in given.items() if name not in COMMON and name not in LEVERS}
    names = policy_names_in(found, given)
    moved = {**given.get("levers", {}), **{path: value for path, value in given.items() if path in LEVERS}}
    portfolio, scenario = (
        str(given.get(name, usual)) for name, usual in (("portfolio", PORTFOLIO), ("scenario", SCENARIO))
    )
    checked, runs, seed, days, _, *policies = _together(
        lambda: found.checked(own),
        lambda: _whole(given, "runs", found.runs, 1, MOST_RUNS),
        lambda: _whole(given, "seed", 1, 0, 2**32 - 1),
        lambda: _whole(given, "days", found.days or 0, 0, 3_653) or None,
        lambda: load_scenario(scenario),
        *(
            lambda name=name, at=at: policy_named(
                name, portfolio, moved if at == len(names) else None, edition
            )
            for at, name in enumerate(names, 1)
        ),
    )
    asked = [LifeAsked(portfolio, policy, scenario, seed, runs, days, (), edition) for policy in policies]
    frozen = tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in sorted(checked.items()))
    shown = (*names[:-1], "own") if moved and len(names) == 1 else names
    shown = (*names[:-1], "alternative") if moved and len(names) > 1 else shown
    made = Scene(plot, tuple(asked), shown, frozen, tuple(moved.items()))
    found.needs(made.asked, made.given)  # said now, not when it is drawn
    return made


def policy_names_in(plot: Plot, given: Mapping[str, Any]) -> tuple[str, ...]:
    """Which policies are to be shown? The policy in force when nothing is said, and against it where two are needed."""
    if "policies" in given:
        return tuple(map(str, given["policies"]))
    last = given.get("alternative", given.get("policy"))
    if "baseline" in given or (plot.least == 2 and last is not None):
        return str(given.get("baseline", "as_is")), str(last if last is not None else "as_is")
    if plot.least == 2:
        return "as_is", "as_is" if given.get("levers") or any(
            path in LEVERS for path in given
        ) else "balanced"
    return (str(last if last is not None else plot.policy),)


def _whole(given: Mapping[str, Any], name: str, usual: int, low: int, high: int) -> int:
    value = given.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadInput([Problem("not_whole_number", name, value)])
    if not low <= value <= high:
        raise BadInput([Problem("out_of_range", name, value, {"low": low, "high": high})])
    return value


def _together(*reads: Callable[[], Any]) -> list[Any]:
    """What each reads; when some fail, the problems of all of them, each once. Raises BadInput."""
    found: list[Any] = []
    problems: list[Problem] = []
    for read in reads:
        try:
            found.append(read())
        except BadInput as bad:
            problems += [problem for problem in bad.problems if problem not in problems]
    if problems:
        raise BadInput(problems)
    return found


def kept(wanted: Scene, asked: LifeAsked) -> Any:
    """Let one of the needed lives be lived; what the picture needs of it. Raises BadInput."""
    return live(asked) if wanted.drawn_by.keep is None else _digest(wanted, asked)


@lru_cache(maxsize=256)
def _digest(wanted: Scene, asked: LifeAsked) -> Any:
    """What is kept of a life is small, so much of it is remembered."""
    keep = wanted.drawn_by.keep
    return live(asked) if keep is None else keep(live(asked), wanted.given)


@lru_cache(maxsize=64)
def measured(wanted: Scene) -> Any:
    """The measures the picture shows: lived and worked out once. Raises BadInput."""
    return wanted.drawn_by.measure([kept(wanted, one) for one in wanted.needs], wanted.given)


@lru_cache(maxsize=128)
def still(wanted: Scene, lang: Language, form: Format = "png") -> Still:
    """The picture in one language as a file. Raises BadInput."""
    return drawn(wanted, measured(wanted), lang, form)


def drawn(wanted: Scene, data: Any, lang: Language, form: Format = "png") -> Still:
    """The picture of these measures in one language."""
    words, plot = Words(lang), wanted.drawn_by
    note = note_of(words, wanted)
    image = render(plot, data, words, form, note)
    return Still(image, form, plot.describe(data, words), note, plot.size)


def note_of(words: Words, wanted: Scene) -> str:
    """Of whom, when, under which policy, with how many runs?"""
    first = wanted.asked[0]
    portfolio = portfolio_of(first.portfolio, first.edition)
    runs = wanted.needs[0].runs
    policy = words.say("plot.against").join(policy_label(words, name) for name in wanted.names)
    if wanted.moved:
        levers = (
            words.say("plot.alt.part", name=control_label(words, path), value=lever_value(words, path, value))
            for path, value in wanted.moved
        )
        policy = words.say("plot.in_unit", name=policy, unit=words.listed(levers))
    return words.say(
        "plot.note" if runs > 1 else "plot.note_one",
        portfolio=portfolio.name_zh if words.lang == "zh" else portfolio.name_en,
        scenario=words.say(f"scenario.{first.scenario}.name"),
        policy=policy,
        runs=words.number(runs),
    )
