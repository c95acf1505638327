"""How is a setting declared? Once, with unit, range, step, default and how sure we are of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Self, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo

from sim.base.errors import BadInput, Problem

Basis = Literal["P", "R", "A"]
"""Published figure, trade practice, or assumption."""

Kind = Literal["int", "bool", "choice"]


class Settings(BaseModel):
    """A frozen group of settings, keyword-only, checked at birth."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, strict=True)

    @classmethod
    def checked(cls, values: Mapping[str, Any]) -> Self:
        """These settings from plain values. Raises BadInput with every problem found."""
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise BadInput(found for detail in error.errors() for found in _problems(detail)) from error


@dataclass(frozen=True)
class Lever:
    """Everything a slider, a file schema, a report or a study needs to know of one lever."""

    path: str
    kind: Kind
    unit: str
    low: int
    high: int
    step: int
    default: int | bool | str
    basis: Basis
    choices: tuple[str, ...] = ()
    headline: bool = False

    @property
    def branch(self) -> str:
        """The branch of the policy it belongs to, e.g. `terms`."""
        return self.path.split(".", 1)[0]

    @property
    def words_key(self) -> str:
        """Where its name (`.name`) and explanation (`.help`) stand in `sim/words`."""
        return f"lever.{self.path}"


def lever(
    default: int | bool | str,
    *,
    basis: Basis,
    unit: str = "",
    low: int = 0,
    high: int = 1,
    step: int = 1,
    headline: bool = False,
) -> Any:
    """Declare a lever as a field of a Settings class. Ranges hold for numbers; choices come from the field's type."""
    about: dict[str, Any] = {
        "unit": unit,
        "low": low,
        "high": high,
        "step": step,
        "basis": basis,
        "headline": headline,
    }
    is_number = isinstance(default, int) and not isinstance(default, bool)
    bounds: dict[str, Any] = {"ge": low, "le": high} if is_number else {}
    return Field(default=default, json_schema_extra={"lever": about}, **bounds)


def levers_of(group: type[BaseModel], prefix: str = "") -> Iterator[Lever]:
    """All levers declared in a settings class and the classes within it, in the order of declaration."""
    for name, field in group.model_fields.items():
        path = f"{prefix}{name}"
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from levers_of(field.annotation, f"{path}.")
        elif isinstance(field.json_schema_extra, dict) and "lever" in field.json_schema_extra:
            yield _read_lever(path, field)


def _read_lever(path: str, field: FieldInfo) -> Lever:
    about: Any = field.json_schema_extra["lever"]  # type: ignore[index]
    choices = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
    kind: Kind = "choice" if choices else "bool" if field.annotation is bool else "int"
    return Lever(path=path, kind=kind, default=field.default, choices=tuple(map(str, choices)), **about)


QUOTE = "'"
_LIMITS = ("ge", "le", "gt", "lt", "min_length", "max_length")
_RULES = {
    "greater_than_equal": "at_least",
    "less_than_equal": "at_most",
    "greater_than": "more_than",
    "less_than": "less_than",
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "literal_error": "not_a_choice",
    "int_type": "not_whole_number",
    "int_from_float": "not_whole_number",
    "int_parsing": "not_whole_number",
    "bool_type": "not_yes_or_no",
    "bool_parsing": "not_yes_or_no",
    "string_type": "not_text",
    "float_type": "not_a_number",
    "float_parsing": "not_a_number",
    "finite_number": "not_a_number",
    "date_type": "not_a_date",
    "date_from_datetime_inexact": "not_a_date",
    "date_from_datetime_parsing": "not_a_date",
    "model_type": "not_a_table",
    "dict_type": "not_a_table",
    "tuple_type": "not_a_list",
    "string_too_short": "empty_text",
    "too_short": "too_few",
    "too_long": "too_many",
    "union_tag_invalid": "not_a_choice",
    "union_tag_not_found": "missing",
}


def _problems(detail: Any) -> Iterator[Problem]:
    """One pydantic complaint as problems: one, or all that a validator of our own has found."""
    cause = detail.get("ctx", {}).get("error")
    if not isinstance(cause, BadInput):
        yield _problem(detail)
        return
    place = "".join(f"{part}." for part in detail["loc"])
    for problem in cause.problems:
        yield replace(problem, field=place + problem.field)


def _problem(detail: Any) -> Problem:
    """One pydantic complaint as a Problem. Rules of our own arrive as ValueErrors holding a Problem."""
    context = detail.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, BrokenRule):
        return cause.problem
    field = ".".join(str(part) for part in detail["loc"])
    value = None if detail["type"] == "missing" else detail["input"]
    if "discriminator" in context:  # which kind of thing it is was not told, or not one of ours
        field, value = f"{field}.{context['discriminator'].strip(QUOTE)}", context.get("tag")
    limits = [context[name] for name in _LIMITS if name in context]
    expected = context.get("expected", context.get("expected_tags", ""))
    values = {"limit": limits[0] if limits else "", "expected": _listed(expected)}
    if isinstance(value, float):
        value = str(value)  # 60.0 is told as 60.0: that is what is wrong with it
    return Problem(_RULES.get(detail["type"], "not_valid"), field, value, values)


def _listed(choices: str) -> str:
    """Pydantic's "'a', 'b' or 'c'" without its English."""
    return choices.replace("'", "").replace(" or ", ", ")


class BrokenRule(ValueError):
    """A rule between several fields is broken; raised inside validators."""

    def __init__(self, rule: str, field: str, value: object, **values: object):
        self.problem = Problem(rule, field, value, values)
        super().__init__(rule)
