"""How is a slip of an author told so that he can mend it? Parsers' complaints in our own words, with what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel

from sim.base.errors import Problem
from sim.roleplay.scenario import Scenario

KEY = ".[key]"
"""How pydantic marks that the name of an entry is wrong, not its value."""
_NEAR = 0.6
_UNFIT_SIGN = re.compile(r"found character '(.)' that cannot start any token")
_OPEN = {"while parsing a flow sequence": "bracket", "while parsing a flow mapping": "bracket"}


def not_yaml(path: Path, text: str, error: yaml.YAMLError) -> Problem:
    """What is wrong with the file's YAML, and on which line? The usual slips by name, others as such."""
    slip, mark, value = _slip(text, error)
    line = mark.line + 1 if mark is not None else 1
    rule = f"roleplay.not_yaml_{slip}" if slip else "roleplay.not_yaml"
    return Problem(rule, f"{path.name}:{line}", value)


def _slip(text: str, error: yaml.YAMLError) -> tuple[str, yaml.Mark | None, str]:
    """Which slip is it, where did it begin, and with which sign? "" where it is none of the usual ones."""
    what, context = str(getattr(error, "problem", "")), str(getattr(error, "context", ""))
    here, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if context in _OPEN:
        return "bracket", begun, ""
    if context == "while scanning a quoted scalar":
        return "quote", begun, ""
    if what == "could not find expected ':'":
        return "no_colon", begun, ""
    if what == "mapping values are not allowed here":
        return "colon", here, ""
    if found := _UNFIT_SIGN.fullmatch(what.replace("\\t", "\t")):
        return ("tab" if found[1] == "\t" else "sign"), here, found[1]
    if what.startswith("found undefined alias") or what == "second occurrence":
        return "sign", here, "*" if "alias" in what else "&"
    if what.startswith("found unknown escape character"):
        return "backslash", here, ""
    if "but found ']'" in what or "but found '}'" in what:
        return "never_opened", here, what[-2]
    if what.startswith("expected <block end>"):
        return ("quote_within" if _after_a_quote(text, here) else "indent"), here, ""
    return "", here, ""


def _after_a_quote(text: str, mark: yaml.Mark | None) -> bool:
    """Does a quotation mark stand on the same line before this place?"""
    lines = text.splitlines()
    if mark is None or mark.line >= len(lines):
        return False
    return any(sign in lines[mark.line][: mark.column] for sign in "\"'")


def mended(problems: Iterable[Problem]) -> list[Problem]:
    """Complaints about a scenario's fields, in an author's terms; what he meant where a name is nearly one of ours."""
    told = [_mended(problem) for problem in problems]
    meant = {
        f"{problem.field.rpartition('.')[0]}.{problem.values['meant']}".lstrip(".")
        for problem in told
        if problem.rule == "roleplay.field_meant"
    }
    return [problem for problem in told if problem.rule != "missing" or problem.field not in meant]


def _mended(problem: Problem) -> Problem:
    rule, field = problem.rule, problem.field.removesuffix(KEY)
    is_stray_comma = problem.value == "" and "." in field
    if rule == "unknown_field" and not is_stray_comma:
        return _unknown_field(problem)
    if rule == "not_a_choice" and field != problem.field:
        return replace(problem, rule="roleplay.unknown_dimension", field=field)
    if rule == "not_valid" and isinstance(problem.value, str):
        rule = "roleplay.number_pattern" if field == "number" else "roleplay.name_pattern"
        return replace(problem, rule=rule, field=field)
    return problem


def _unknown_field(problem: Problem) -> Problem:
    """A field that there is not, with the one that was meant, or with those that there are."""
    *above, name = problem.field.split(".")
    known = list(fields_at(above))
    for meant in get_close_matches(name.lower(), known, 1, _NEAR):
        return replace(problem, rule="roleplay.field_meant", value=name, values={"meant": meant})
    return replace(problem, rule="roleplay.no_such_field", value=name, values={"known": ", ".join(known)})


def fields_at(path: Iterable[str]) -> Iterator[str]:
    """The names that an author may write at this place of a scenario."""
    part: type[BaseModel] | None = Scenario
    keyed = False
    for step in path:
        if keyed or step.isdigit():  # an entry of a table or a list, not a field
            keyed = False
            continue
        hint = _hints(part).get(step)
        part, keyed = _part_within(hint), get_origin(hint) is dict
    yield from _hints(part)


def _hints(part: type[BaseModel] | None) -> dict[str, Any]:
    """The fields of a part as an author writes them, and what they are."""
    found = part.model_fields if part is not None else {}
    return {field.alias or name: field.annotation for name, field in found.items()}


def _part_within(hint: Any) -> type[BaseModel] | None:
    """The part of which this is one, a list or a table."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint
    return next((part for inner in get_args(hint) if (part := _part_within(inner)) is not None), None)
