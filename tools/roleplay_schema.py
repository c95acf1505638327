"""Writes `exercises/roleplays/schema.json`, by which editors check a scenario while it is being written."""

from __future__ import annotations

import json
from pathlib import Path

from sim.roleplay.scenario import Scenario

TARGET = Path(__file__).resolve().parents[1] / "exercises" / "roleplays" / "schema.json"


def schema() -> str:
    """What should the schema say now?"""
    tree = Scenario.model_json_schema()
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(schema(), encoding="utf-8", newline="\n")
