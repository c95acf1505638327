"""Which words does the kit have, in each language? All of sim/words/*.toml, read once."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every key with its text by language; of two equal keys the first one counts (a test forbids it)."""
    found: dict[str, Mapping[str, str]] = {}
    for _, key, entry in entries():
        found.setdefault(key, entry)
    return found


def entries() -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Every (file, key, text by language) as it stands in the files."""
    folder = files("sim.words")
    for path in sorted(
        (item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name
    ):
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
        for key, entry in _leaves(tree, ""):
            yield path.name, key, entry


def _leaves(tree: Mapping[str, Any], above: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The entries below a table. `["a.b"]` and `[a.b]` are the same key; an entry may have others below."""
    texts = {name: text for name, text in tree.items() if isinstance(text, str)}
    if texts:
        yield above, texts
    for name, below in tree.items():
        if isinstance(below, dict):
            yield from _leaves(below, f"{above}.{name}" if above else name)


def placeholders(text: str) -> frozenset[str]:
    """Which values does this text want to be filled in?"""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
