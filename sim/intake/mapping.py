"""Which column of the export holds what, and how is it read? Guessed once, saved, corrected by hand, used again."""

import difflib
import tomllib
from collections.abc import Mapping as MappingType
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

import tomlkit
from pydantic import Field, model_validator

from sim.base.errors import BadInput, Problem
from sim.base.places import write_text
from sim.intake.amounts import DecimalMark
from sim.intake.dates import DateOrder
from sim.model.settings import BrokenRule, Settings

FieldName = Literal[
    "customer", "name", "document", "invoiced_on", "due_on", "settled_on", "amount", "currency", "net_days",
    "days_to_settle", "days_late", "disputed", "is_open", "company",
]  # fmt: skip
FIELDS: tuple[FieldName, ...] = (
    "customer", "name", "document", "invoiced_on", "due_on", "settled_on", "amount", "currency", "net_days",
    "days_to_settle", "days_late", "disputed", "is_open", "company",
)  # fmt: skip
DATE_FIELDS: tuple[FieldName, ...] = ("invoiced_on", "due_on", "settled_on")
REQUIRED: tuple[FieldName, ...] = ("customer", "amount")
NOT_THERE = ""
"""In a mapping: this export has no such column, do not guess one."""

UNKNOWN_CURRENCY = "XXX"
"""ISO 4217 for "no currency": the export does not say, and nobody said it."""


class Mapping(Settings):
    """How an export is read. What is not stated is guessed from the file and reported with its evidence."""

    columns: dict[str, str] = Field(default_factory=dict)
    dates: dict[str, DateOrder] = Field(default_factory=dict)
    currency: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    decimal: DecimalMark | None = None
    duplicates: Literal["drop", "keep"] = "drop"
    net_days: int | None = Field(default=None, ge=0, le=365)
    as_of: date | None = None
    complete: bool = False  # open invoices are in the export too, though none may be open
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)

    @model_validator(mode="after")
    def _fields_are_known(self) -> Self:
        for name in self.columns:
            if name not in FIELDS:
                near = difflib.get_close_matches(name, FIELDS, n=1)
                hint = near[0] if near else ", ".join(FIELDS)
                raise BrokenRule("import.unknown_part", f"columns.{name}", name, known=hint)
        for name in self.dates:
            if name not in DATE_FIELDS:
                raise BrokenRule("import.unknown_part", f"dates.{name}", name, known=", ".join(DATE_FIELDS))
        return self


def read_mapping(path: Path) -> Mapping:
    """The mapping written in a TOML file. Raises BadInput with every problem found."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadInput([Problem("file_unreadable", str(path), str(path))]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput([Problem("not_toml", str(path), str(error))]) from error
    return Mapping.checked(content)


def write_mapping(mapping: Mapping, path: Path) -> None:
    """Write a mapping as a TOML file that `read_mapping` reads back equal. Atomic."""
    content: MappingType[str, Any] = mapping.model_dump(exclude_none=True)
    document = tomlkit.document()
    for name, value in sorted(content.items(), key=lambda item: isinstance(item[1], dict)):
        document.add(name, tomlkit.item(value))
    write_text(path, tomlkit.dumps(document))
