"""How do figures reach the screen, and folders the disk, without losing anything a person made?"""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Literal

import click

from sim.base.errors import BadInput, Problem
from sim.words.formats import is_unknown

Kind = Literal["ledger", "portfolio", "papers"]
_OURS: dict[Kind, tuple[str, ...]] = {
    "ledger": ("manifest.toml", "*.parquet", "mapping.toml", "quality.md"),
    "portfolio": ("portfolio.toml", "customers.csv", "opening.csv", "history.csv", "findings.md"),
    "papers": ("1-trainer.pdf", "2-everybody.pdf", "3-cards.pdf", "4-cards-trainer.pdf", "C*.xlsx"),
}
"""The files each kind of folder is made of; the first one tells the kind."""


def use_utf8() -> None:
    """Write UTF-8 also where the system's code page is another (cmd and PowerShell pipes on Windows)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            with contextlib.suppress(ValueError, OSError):
                stream.reconfigure(encoding="utf-8", errors="replace")


def show_json(rows: Iterable[Mapping[str, Any]]) -> None:
    """A JSON list on stdout, one row a line; what is unknown is null."""
    lines = (json.dumps(_plain(row), ensure_ascii=False, allow_nan=False) for row in rows)
    click.echo("[" + ",\n ".join(lines) + "]")


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row for JSON; amounts of money, also means over runs, in whole fen."""
    whole = row.get("unit") == "fen"
    values = {name: plain_value(value) for name, value in row.items()}
    return {
        name: round(value) if whole and isinstance(value, float) and name != "agree" else value
        for name, value in values.items()
    }


def plain_value(value: Any) -> Any:
    """A value as JSON knows it: whole floats as integers, unknown and infinite as None."""
    if isinstance(value, (str, bool)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain_value(item) for item in value]
    if isinstance(value, Mapping):
        return {name: plain_value(item) for name, item in value.items()}
    if is_unknown(value):
        return None
    if hasattr(value, "item"):  # a NumPy scalar
        return plain_value(value.item())
    if isinstance(value, int):
        return value
    number = float(value)
    if number in (float("inf"), float("-inf")):
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def together(*loads: Callable[[], Any]) -> list[Any]:
    """The result of each; when some fail, the problems of all of them. Raises BadInput."""
    results: list[Any] = []
    problems: list[Problem] = []
    for load in loads:
        try:
            results.append(load())
        except BadInput as bad:
            problems += bad.problems
    if problems:
        raise BadInput(problems)
    return results


def check_target(folder: Path, kind: Kind, force: bool) -> None:
    """May this folder be written? Asked before the work, so that nobody waits in vain. Raises BadInput.

    A new or empty folder: yes. One of the same kind: with `force`. Anything else, or with other files in it: never.
    """
    if folder.is_file():
        raise BadInput([Problem("cli.target_is_file", "--out", str(folder))])
    inside = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    others = [name for name in inside if not any(fnmatch(name, ours) for ours in _OURS[kind])]
    if others or (inside and _OURS[kind][0] not in inside):
        values = {"names": ", ".join((others or inside)[:5])}
        raise BadInput([Problem("cli.target_has_others", "--out", str(folder), values)])
    if inside and not force:
        raise BadInput([Problem("cli.target_exists", "--out", str(folder))])


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A draft folder that takes the place of `folder` only when the block ends well. Raises BadInput."""
    folder = folder.resolve()
    mark = uuid.uuid4().hex[:8]
    draft, old = (folder.with_name(f".{folder.name}.{mark}.{state}") for state in ("new", "old"))
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        yield draft
        if folder.exists():
            folder.replace(old)
        try:
            draft.replace(folder)
        except OSError:
            if old.exists():
                old.replace(folder)
            raise
    except OSError as error:
        detail = {"detail": error.strerror or type(error).__name__}
        raise BadInput([Problem("cli.cannot_write", "--out", str(folder), detail)]) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
