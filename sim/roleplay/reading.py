"""Which role-plays are there, and what is wrong with a scenario file? Everything at once, by file, line and field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sim.base.errors import BadInput, Problem
from sim.base.places import EXERCISES
from sim.roleplay.rules import broken_rules, replies_of
from sim.roleplay.scenario import Scenario
from sim.roleplay.slips import mended, not_yaml

ROLEPLAYS = EXERCISES / "roleplays"
NOT_SCENARIOS = ("law", "template")
WHOLE = ("too_few", "not_valid")
"""What a list is called too when one of its items is wrong."""
Path_ = tuple[str, ...]


@dataclass
class Lines:
    """On which line of the file does each field stand, and under which name do people know the items of its lists?

    Items without a name are counted from 1.
    """

    line: dict[Path_, int] = field(default_factory=dict)
    name: dict[Path_, str] = field(default_factory=dict)

    def where(self, dotted: str) -> tuple[int, str]:
        """Line and readable path of a field such as `points.2.moves.0.says.en`; the nearest one that is there."""
        path = tuple(dotted.split(".")) if dotted else ()
        shown = ""
        for depth, part in enumerate(path, start=1):
            item = self.name.get(path[:depth], str(int(part) + 1) if part.isdigit() else part)
            shown += f"[{item}]" if part.isdigit() else f".{part}" if shown else part
        while path and path not in self.line:
            path = path[:-1]
        return self.line.get(path, 1), shown


def scenario_files() -> dict[str, Path]:
    """The built-in role-plays: name and file, in their order."""
    return {path.stem: path for path in sorted(ROLEPLAYS.glob("*.yaml")) if path.stem not in NOT_SCENARIOS}


def sound_scenarios() -> tuple[tuple[str, ...], BadInput | None]:
    """The names of the role-plays whose files are sound, and what is wrong with the others, if there are any."""
    sound: list[str] = []
    problems: list[Problem] = []
    for name in scenario_files():
        try:
            load_scenario_named(name)
            sound.append(name)
        except BadInput as bad:
            problems += bad.problems
    return tuple(sound), BadInput(problems) if problems else None


@cache
def load_scenario_named(name: str) -> Scenario:
    """The role-play of this name, number (R04) or file. Raises BadInput with every problem of its file."""
    return read_scenario(file_of(name))


def file_of(name: str) -> Path:
    """The file of a role-play, by its name, its number, or its path. Raises BadInput."""
    if Path(name).suffix.lower() in (".yaml", ".yml") and name not in scenario_files():
        return Path(name)
    return built_in(name)


def built_in(name: str) -> Path:
    """The file of a built-in role-play, by its name or its number. Raises BadInput."""
    files = scenario_files()
    if name in files:
        return files[name]
    for path in files.values():
        if name.upper() == number_in(path):
            return path
    known = {"known": ", ".join(files)}
    raise BadInput([Problem("roleplay.unknown", "scenario", name, known)])


@cache
def number_in(path: Path) -> str:
    """The number that a scenario file gives itself, read from its head."""
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if line.startswith("number:"):
            return line.partition(":")[2].partition("#")[0].strip().strip("\"'").upper()
    return ""


def read_scenario(path: Path) -> Scenario:
    """The scenario in this file. Raises BadInput naming file, line, field and rule of everything that is wrong."""
    tree, lines, found = read_tree(path)
    if found:
        raise BadInput(found)
    try:
        scenario = Scenario.checked(tree)
    except BadInput as bad:
        raise BadInput(located(mended(bad.problems), path, lines)) from bad
    broken = located(broken_rules(scenario), path, lines)
    if broken:
        raise BadInput(broken)
    return scenario


def number_taken(scenario: Scenario, path: Path) -> list[Problem]:
    """Does another file beside it in the folder of the role-plays give itself the same number?"""
    if path.resolve().parent != ROLEPLAYS.resolve():
        return []
    others = [
        other
        for other in scenario_files().values()
        if other.name != path.name and number_in(other) == scenario.number
    ]
    found = [
        Problem("roleplay.number_taken", "number", scenario.number, {"file": other.name}) for other in others
    ]
    return located(found, path, read_tree(path)[1])


def unreached(scenario: Scenario, path: Path, names: Iterable[str]) -> list[Problem]:
    """That no talk reached these replies (`MOVE[number]`) and endings, each with the line where it stands."""
    fields = {f"endings.{at}": ending.id for at, ending in enumerate(scenario.endings)}
    for field_, move, _ in replies_of(scenario):
        fields[field_] = f"{move.id}[{int(field_.rpartition('.')[2]) + 1}]"
    wanted = set(names)
    found = [
        Problem("roleplay.never_reached", place, name) for place, name in fields.items() if name in wanted
    ]
    return located(found, path, read_tree(path)[1])


def read_tree(path: Path) -> tuple[Any, Lines, list[Problem]]:
    """A YAML file as plain texts, lists and tables, and where each stands; fields given twice. Raises BadInput."""
    lines = Lines()
    found: list[Problem] = []
    try:
        text = path.read_text(encoding="utf-8-sig")
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except OSError as error:
        raise BadInput([Problem("file_unreadable", str(path), error.strerror or str(error))]) from error
    except UnicodeDecodeError as error:
        raise BadInput([Problem("roleplay.not_utf8", path.name, str(error.start))]) from error
    except yaml.YAMLError as error:
        raise BadInput([not_yaml(path, text, error)]) from error
    tree = _plain(root, (), lines, found) if root is not None else {}
    return tree, lines, located(found, path, lines)


def _plain(node: yaml.Node, path: Path_, lines: Lines, found: list[Problem]) -> Any:
    """A node's value with all scalars as text; notes lines, and keys that stand twice."""
    lines.line[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        table: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in table:
                rule = "set_twice" if isinstance(value_node, yaml.ScalarNode) else "roleplay.group_twice"
                found.append(Problem(rule, ".".join((*path, key)), value_node.value))
            table[key] = _plain(value_node, (*path, key), lines, found)
            lines.line[(*path, key)] = key_node.start_mark.line + 1
        return table
    if isinstance(node, yaml.SequenceNode):
        items = [_plain(item, (*path, str(at)), lines, found) for at, item in enumerate(node.value)]
        for at, item in enumerate(items):
            if isinstance(item, Mapping) and isinstance(item.get("id"), str):
                lines.name[(*path, str(at))] = item["id"]
        return items
    return node.value


def located(problems: Iterable[Problem], path: Path, lines: Lines) -> list[Problem]:
    """The same problems, each with file and line before its field; of a list and its items, the items'."""
    told = list(problems)
    inner = {part for problem in told for part in _above(problem.field)}
    return [
        _placed(problem, path, lines)
        for problem in told
        if problem.rule not in WHOLE or problem.field not in inner
    ]


def _above(field: str) -> Iterator[str]:
    """The fields around this one."""
    while "." in field:
        field = field.rpartition(".")[0]
        yield field


def _placed(problem: Problem, path: Path, lines: Lines) -> Problem:
    line, shown = lines.where(problem.field)
    value, rule = problem.value, problem.rule
    if rule == "unknown_field" and value == "" and not shown.isidentifier():
        rule = "roleplay.stray_comma"
    if isinstance(value, (Mapping, list, tuple)):
        value = len(value)
    return replace(problem, rule=rule, value=value, field=f"{path.name}:{line} {shown}".strip())
