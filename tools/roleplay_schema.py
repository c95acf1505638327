"""Writes `exercises/roleplays/schema.json`, by which editors check a scenario while it is being written.

The reader takes every word of a file as text and makes of it what its field needs; an editor decides by itself whether
`500` is a number and `yes` a word. So the schema accepts what the reader accepts, whatever an editor takes it for.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sim.roleplay.scenario import Scenario

TARGET = Path(__file__).resolve().parents[1] / "exercises" / "roleplays" / "schema.json"
WORDS = ("yes", "no", "true", "false", "on", "off", "y", "n", "t", "f")
YES_OR_NO: list[Any] = [
    True, False, 0, 1, "0", "1", *(spelt for word in WORDS for spelt in (word, word.capitalize(), word.upper())),
]  # fmt: skip
IN_FIGURES = {"integer": r"^[+-]?[0-9]+(\.0+)?$", "number": r"^[+-]?[0-9]+(\.[0-9]+)?$"}
NULL = {"type": "null"}


def schema() -> str:
    """What should the schema say now?"""
    tree = as_read(Scenario.model_json_schema())
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def as_read(node: Any) -> Any:
    """What says the same of a file as an editor takes it, if this says it of a file as the reader takes it?"""
    if isinstance(node, list):
        return [as_read(each) for each in node]
    if not isinstance(node, dict):
        return node
    if NULL in node.get("anyOf", []):  # a field may be left out; an empty one is refused
        about = {name: value for name, value in node.items() if name not in ("anyOf", "default")}
        return as_read(about | _given(node))
    found = {name: value if name == "propertyNames" else as_read(value) for name, value in node.items()}
    if "patternProperties" in found:
        found["additionalProperties"] = False
    return _scalar(found)


def _given(node: dict[str, Any]) -> dict[str, Any]:
    """The one thing that an optional field is when it is there."""
    (given,) = (each for each in node["anyOf"] if each != NULL)
    return dict(given)


def _scalar(node: dict[str, Any]) -> dict[str, Any]:
    """A single value in whatever shape an editor takes it for: figures in quotes, yes and no, numbers as text."""
    kind = node.get("type")
    if kind == "boolean":
        return {name: value for name, value in node.items() if name != "type"} | {"enum": YES_OR_NO}
    if kind in IN_FIGURES:
        return {**node, "type": [kind, "string"], "pattern": IN_FIGURES[kind]}
    if kind == "string" and not {"enum", "const", "format", "pattern"} & node.keys():
        return {**node, "type": ["string", "number", "boolean"]}
    return node


if __name__ == "__main__":
    TARGET.write_text(schema(), encoding="utf-8", newline="\n")
