"""A small lab for tests, as its file would declare it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomlkit

from sim.panels.labs.declared import Declared
from sim.panels.labs.loading import read_lab


def both(en: str = "text", zh: str = "文字") -> dict[str, str]:
    return {"en": en, "zh": zh}


def option(right: bool = False, reply: str = "reply") -> dict[str, Any]:
    return {
        "text": both(f"option {reply}", f"选项{len(reply)}"),
        "right": right,
        "reply": both(reply, "回应"),
    }


def task(kind: str, name: str, **values: Any) -> dict[str, Any]:
    return {"id": name, "kind": kind, "text": both(), "explanation": both("because", "因为"), **values}


def small_lab(**changes: Any) -> dict[str, Any]:
    tree: dict[str, Any] = {
        "title": both(),
        "minutes": 20,
        "question": both("Why?", "为什么？"),
        "goals": [both()],
        "points": [both("Keep this.", "记住这点。")],
        "panel": {
            "alternative_levers": {"terms.net_days": 45},
            "levers": ["terms.net_days", "terms.discount_bp"],
            "charts": ["ar", "dso"],
            "table": ["ar", "dso", "economic_profit"],
        },
        "predictions": [
            {"id": "way", "kind": "way", "metric": "dso", "text": both("DSO will", "DSO 会")},
            {
                "id": "choice",
                "kind": "choice",
                "text": both(),
                "options": [option(True, "yes"), option(False, "no")],
            },
            {"id": "much", "kind": "number", "text": both(), "unit": "percent", "low": 0, "high": 1,
             "answer": {"formula": "a / b", "a": 1, "b": 2}},
        ],
        "tasks": [
            task("choice", "one", options=[option(False, "too early"), option(True, "just so")]),
            task("choice", "many", many=True, options=[option(True, "a"), option(False, "bad"), option(True, "c")]),
            task("number", "figure", unit="days", answer={"formula": "(ar / sales) * days", "ar": 1_200_000,
                 "sales": 7_300_000, "days": 365}, hints=[both("first", "一"), both("second", "二")],
                 mistakes=[{"formula": "sales / ar", "ar": 1_200_000, "sales": 7_300_000,
                            "reply": both("That is turnover.", "那是周转次数。")}]),
            task("goal", "goal", conditions=[{"metric": "dso", "difference_at_most": -10}],
                 example={"terms.net_days": 40}),
            task("order", "order", items=[both("a", "甲"), both("b", "乙"), both("c", "丙")]),
        ],
        "trainer": {
            "timing": [{"minutes": 20, "what": both()}],
            "solution": both(),
            "wrong": [{"said": both(), "because": both(), "reply": both()}],
            "expected": [{"value": "difference:dso"}],
        },
    }  # fmt: skip
    return {**tree, **changes}


def written(folder: Path, tree: dict[str, Any]) -> Path:
    path = folder / "lab.toml"
    path.write_text(tomlkit.dumps(tree), encoding="utf-8")
    return path


def loaded(folder: Path, **changes: Any) -> Declared:
    return read_lab(written(folder, small_lab(**changes)))
