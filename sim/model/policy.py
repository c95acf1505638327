"""What does the seller decide? Every lever, declared once, as one frozen, checked tree."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit

from sim.base.errors import BadInput, Problem, Problems
from sim.base.places import write_text
from sim.model.levers.collection import STANDARD_LADDER, Collection, LadderStep, WorklistRule
from sim.model.levers.credit import Credit, LimitEnforcement
from sim.model.levers.finance import Finance
from sim.model.levers.operations import Operations
from sim.model.levers.people import People
from sim.model.levers.terms import Terms
from sim.model.settings import Lever, Settings, levers_of

__all__ = [
    "LEVERS", "STANDARD_LADDER", "Collection", "Credit", "Finance", "LadderStep", "LimitEnforcement", "Operations",
    "People", "Policy", "Terms", "WorklistRule", "read_policy", "write_policy",
]  # fmt: skip


class Policy(Settings):
    """Every lever the seller holds."""

    terms: Terms = Terms()
    credit: Credit = Credit()
    collection: Collection = Collection()
    operations: Operations = Operations()
    finance: Finance = Finance()
    people: People = People()

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
    if isinstance(content.get("add"), dict) and "terms.net_days" in content["add"]:
        changes = _with_room_for_a_discount(changes)
    try:
        policy = base.with_levers(changes)
    except BadInput as error:
        raise BadInput([*problems.found, *error.problems]) from error
    problems.stop_if_any()
    return policy


def _with_room_for_a_discount(changes: dict[str, Any]) -> dict[str, Any]:
    """A term that was moved may leave no time for the discount the same file offers: then none is offered."""
    offers = changes.get("terms.discount_bp", 0)
    if offers and changes.get("terms.discount_days", 0) >= changes.get("terms.net_days", 0):
        return {**changes, "terms.discount_bp": 0}
    return changes


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
