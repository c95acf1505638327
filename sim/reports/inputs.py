"""What exactly is compared: which customers, which policies, in which times, with which luck?"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.base.errors import Problems
from sim.model.policy import Policy
from sim.model.portfolio import Portfolio, scenario_for
from sim.model.portfolio_files import portfolio_names
from sim.model.presets import load_policy, policy_names
from sim.model.scenario import Scenario
from sim.words import LANGUAGES, Words

MOST_RUNS, MOST_SEED = 10_000, 2**32 - 1


@dataclass(frozen=True)
class Inputs:
    """Everything a comparison depends on. Checked at birth: raises BadInput with every problem.

    `portfolio_name`: a built-in portfolio's name, or the name of a folder; `baseline_name` and `alternative_name`: a
    ready-made policy's name, a file's, or whatever its author calls it. Only the last part of a path is kept: a report
    names no machine's folders. `days` None: the scenario's own length. `why`: also find out which levers did what.
    """

    portfolio: Portfolio
    baseline: Policy
    alternative: Policy
    portfolio_name: str
    baseline_name: str = "as_is"
    alternative_name: str = "alternative"
    scenario: str = "normal"
    days: int | None = None
    runs: int = 50
    seed: int = 1
    why: bool = True

    def __post_init__(self) -> None:
        problems = Problems()
        for name, low, high in (("runs", 1, MOST_RUNS), ("seed", 0, MOST_SEED)):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool):
                problems.add("not_whole_number", name, value)
            elif not low <= value <= high:
                problems.add("out_of_range", name, value, low=low, high=high)
        try:
            scenario_for(self.portfolio, self.scenario, self.days)
        except ValueError as bad:
            problems.found += getattr(bad, "problems", ())
        problems.stop_if_any()
        object.__setattr__(self, "portfolio_name", last_part(self.portfolio_name))
        for side, name, policy in self.policies():
            object.__setattr__(self, f"{side}_name", self._known_as(last_part(name), policy))

    def _known_as(self, name: str, policy: Policy) -> str:
        """A ready-made policy that is called by its title, in whichever language, is that ready-made policy."""
        for known in policy_names():
            titles = (Words(lang).say(f"policy.{known}.name") for lang in LANGUAGES)
            if name in titles and self.is_ready_made(known, policy):
                return known
        return name

    @property
    def times(self) -> Scenario:
        """The times the customers live in."""
        return scenario_for(self.portfolio, self.scenario, self.days)

    @property
    def is_idle(self) -> bool:
        """Are both policies the same?"""
        return self.baseline == self.alternative

    def policies(self) -> tuple[tuple[str, str, Policy], ...]:
        """Both policies with the side they are on and their names."""
        return ("baseline", self.baseline_name, self.baseline), (
            "alternative",
            self.alternative_name,
            self.alternative,
        )

    def is_ready_made(self, name: str, policy: Policy) -> bool:
        """Is this one of the kit's own policies, as it stands?"""
        return name in policy_names() and policy == load_policy(name, base=self.portfolio.policy_in_force)

    def is_built_in(self) -> bool:
        """Does the portfolio come with the kit?"""
        return self.portfolio_name in portfolio_names()

    def digest(self) -> str:
        """A number that changes when anything the results depend on does: SHA-256 over all inputs."""
        return hashlib.sha256(
            json.dumps(self._plain(), sort_keys=True, ensure_ascii=True).encode()
        ).hexdigest()

    def _plain(self) -> dict[str, Any]:
        customers = self.portfolio
        return {
            "customers": customers.customers.to_csv(index=False, lineterminator="\n"),
            "mix": customers.mix.tolist(),
            "opening": customers.opening.to_csv(index=False, lineterminator="\n"),
            "behaviours": [repr(behaviour) for behaviour in customers.behaviours],
            "as_of": str(customers.as_of),
            "seasonal": customers.seasonal,
            "in_force": customers.policy_in_force.model_dump(mode="json"),
            "baseline": self.baseline.model_dump(mode="json"),
            "alternative": self.alternative.model_dump(mode="json"),
            "scenario": self.times.model_dump(mode="json"),
            "runs": self.runs,
            "seed": self.seed,
        }


def last_part(name: str) -> str:
    """A path's last part, whichever system wrote it."""
    return Path(name.replace("\\", "/").rstrip("/")).name or name


def policy_title(words: Words, name: str) -> str:
    """A policy's name for people: a ready-made one by its words, another as its author calls it."""
    key = f"policy.{name}.name"
    return words.say(key) if words.has(key) else name.removesuffix(".toml")


def portfolio_title(words: Words, portfolio: Portfolio) -> str:
    """A portfolio's name in the reader's language."""
    return portfolio.name_zh if words.lang == "zh" else portfolio.name_en
