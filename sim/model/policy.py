"""What does the seller decide? Every lever, declared once, as one frozen, checked tree."""

import tomllib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, Self

import tomlkit
from pydantic import Field, model_validator

from sim.base.errors import BadInput, Problem, Problems
from sim.base.places import write_text
from sim.model.moves import MoveName
from sim.model.settings import BrokenRule, Lever, Settings, lever, levers_of

WorklistRule = Literal["oldest", "largest", "value", "ease"]
LimitEnforcement = Literal["hold", "none"]


class Terms(Settings):
    """What we promise a customer about time and price of credit."""

    net_days: int = lever(60, unit="d", low=0, high=180, step=5, basis="R", headline=True)
    discount_bp: int = lever(0, unit="bp", low=0, high=500, step=25, basis="R", headline=True)
    discount_days: int = lever(10, unit="d", low=0, high=60, step=5, basis="R", headline=True)

    @model_validator(mode="after")
    def _discount_comes_before_due(self) -> Self:
        if self.discount_bp and self.discount_days >= self.net_days:
            raise BrokenRule(
                "discount_after_due", "terms.discount_days", self.discount_days, net_days=self.net_days
            )
        return self


class Credit(Settings):
    """Whom do we let owe us how much, and when do we stop?"""

    limit_enforcement: LimitEnforcement = lever("hold", basis="R")
    limit_pct: int = lever(100, unit="%", low=10, high=600, step=10, basis="R", headline=True)
    hold_when_overdue: bool = lever(True, basis="R")
    hold_overdue_days: int = lever(45, unit="d", low=0, high=180, step=5, basis="R", headline=True)
    hold_overdue_fen: int = lever(5_000_000, unit="fen", low=0, high=100_000_000, step=500_000, basis="A")


class LadderStep(Settings):
    """One step of the dunning ladder: so many days after the due date, this move.

    A step with `min_fen` is passed over when less than that is at stake.
    """

    days: int = Field(ge=-60, le=365)
    move: MoveName
    min_fen: int = Field(default=0, ge=0, le=10**15)


STANDARD_LADDER = (
    LadderStep(days=-7, move="courtesy"),
    LadderStep(days=3, move="email"),
    LadderStep(days=7, move="phone"),
    LadderStep(days=15, move="phone"),
    LadderStep(days=25, move="visit", min_fen=10_000_000),
    LadderStep(days=30, move="letter"),
    LadderStep(days=45, move="senior_call"),
    LadderStep(days=60, move="lawyer_letter", min_fen=5_000_000),
)


class Collection(Settings):
    """Who asks for the money, when, how, and for how long?"""

    ladder: tuple[LadderStep, ...] = Field(default=STANDARD_LADDER, strict=False)
    ladder_shift_days: int = lever(0, unit="d", low=-20, high=60, step=1, basis="R", headline=True)
    worklist: WorklistRule = lever("oldest", basis="R")
    collectors: int = lever(2, unit="person", low=0, high=20, step=1, basis="A", headline=True)
    minutes_per_day: int = lever(360, unit="min", low=240, high=480, step=30, basis="A")
    promise_in_writing: bool = lever(False, basis="A")
    write_off_days: int = lever(365, unit="d", low=90, high=720, step=5, basis="R")

    @model_validator(mode="after")
    def _ladder_goes_up(self) -> Self:
        days = [step.days for step in self.ladder]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise BrokenRule("ladder_not_ascending", "collection.ladder", days)
        return self


class Operations(Settings):
    """How well does our own house work?"""

    dispute_desk: bool = lever(False, basis="A", headline=True)


class Finance(Settings):
    """Where does the money come from while customers have not paid?"""

    supplier_days: int = lever(30, unit="d", low=0, high=120, step=5, basis="R")
    overdraft_days: int = lever(20, unit="d", low=0, high=120, step=5, basis="A", headline=True)


class Policy(Settings):
    """Every lever the seller holds."""

    terms: Terms = Terms()
    credit: Credit = Credit()
    collection: Collection = Collection()
    operations: Operations = Operations()
    finance: Finance = Finance()

    def value_of(self, path: str) -> Any:
        """The value of the lever at a path such as `terms.net_days`."""
        branch, name = path.split(".", 1)
        return getattr(getattr(self, branch), name)

    def with_levers(self, changes: Mapping[str, Any]) -> "Policy":
        """This policy with some levers moved. Raises BadInput with every problem found."""
        tree = self.model_dump()
        problems = Problems()
        for path, value in changes.items():
            branch, _, name = path.partition(".")
            if name not in tree.get(branch, {}):
                problems.add("unknown_field", path, value)
            else:
                tree[branch][name] = value
        try:
            policy = Policy.checked(tree)
        except BadInput as error:
            raise BadInput([*problems.found, *error.problems]) from error
        problems.stop_if_any()
        return policy


LEVERS: dict[str, Lever] = {found.path: found for found in levers_of(Policy)}


def read_policy(path: Path, *, base: Policy | None = None) -> Policy:
    """The policy written in a TOML file: a change to `base` (the policy in force; default: all defaults).

    Tables `[terms]`, `[credit]`, ... set levers. `[add]` with lines such as `"terms.net_days" = -15` moves a lever from
    where the base has it, `[scale]` with `"credit.limit_pct" = 75` to so many percent of it; both stay within the
    lever's range (and the term longer than a discount in force). `[about]` is for people. Raises BadInput.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except OSError as error:
        raise BadInput([Problem("file_unreadable", str(path), error.strerror or str(error))]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput([Problem("not_toml", str(path), str(error))]) from error
    return _changed(base or Policy(), content)


def _changed(base: Policy, content: dict[str, Any]) -> Policy:
    problems = Problems()
    changes: dict[str, Any] = {}
    for branch, values in content.items():
        if branch in ("about", *_RELATIVE):
            continue
        if branch not in Policy.model_fields:
            problems.add("unknown_field", branch, values)
        elif not isinstance(values, dict):
            problems.add("not_a_table", branch, values)
        else:
            changes |= {f"{branch}.{name}": value for name, value in values.items()}
    for how in _RELATIVE:
        changes = _moved(base, how, content.get(how, {}), changes, problems) | changes
    try:
        policy = base.with_levers(changes)
    except BadInput as error:
        raise BadInput([*problems.found, *error.problems]) from error
    problems.stop_if_any()
    return policy


_RELATIVE = ("add", "scale")


def _moved(
    base: Policy, how: str, steps: Any, changes: Mapping[str, Any], problems: Problems
) -> dict[str, Any]:
    """Where do the levers stand that are moved (`add`) or scaled from where the base has them?"""
    moved: dict[str, Any] = {}
    if not isinstance(steps, dict):
        problems.add("not_a_table", how, steps)
        return moved
    keeps_discount = base.terms.discount_bp > 0 and not any("discount" in name for name in changes)
    for path, step in steps.items():
        declared = LEVERS.get(path)
        if declared is None or declared.kind != "int":
            problems.add("unknown_field", f"{how}.{path}", step)
        elif path in changes:
            problems.add("set_twice", f"{how}.{path}", step)
        elif not isinstance(step, int) or isinstance(step, bool):
            problems.add("not_whole_number", f"{how}.{path}", step)
        else:
            low = declared.low
            if path == "terms.net_days" and keeps_discount:
                low = base.terms.discount_days + 1  # the discount in force still ends before the due date
            now = base.value_of(path)
            moved[path] = min(max(now + step if how == "add" else now * step // 100, low), declared.high)
    return moved


def write_policy(policy: Policy, path: Path) -> None:
    """Write the whole policy as a TOML file that `read_policy` reads back equal. Atomic."""
    document = tomlkit.document()
    for branch, values in policy.model_dump(mode="json").items():
        document.add(branch, tomlkit.item(values))
    write_text(path, tomlkit.dumps(document))
