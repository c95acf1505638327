"""Does the schema, by which editors check, say of a scenario what the reader says, whatever types an editor guesses?"""

from __future__ import annotations

import copy
import importlib.util
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from sim.base.errors import BadInput
from sim.base.places import ROOT
from sim.roleplay.reading import ROLEPLAYS, scenario_files
from sim.roleplay.scenario import Scenario

jsonschema = pytest.importorskip("jsonschema", reason="comes with the notebooks' own format")
SCHEMA = json.loads((ROLEPLAYS / "schema.json").read_text(encoding="utf-8"))
FILES = [*scenario_files().values(), ROLEPLAYS / "template.yaml"]


class AsAnEditorReads(yaml.SafeLoader):
    """YAML 1.2: only true and false are booleans, a date is text."""


AsAnEditorReads.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in found if not tag.endswith((":bool", ":timestamp"))]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
AsAnEditorReads.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


def complaints(tree: Any) -> list[str]:
    """What an editor would underline."""
    found: Iterator[Any] = jsonschema.Draft202012Validator(SCHEMA).iter_errors(tree)
    return [f"{'.'.join(map(str, each.absolute_path))}: {each.message}"[:200] for each in found]


@pytest.fixture(scope="module")
def template() -> Any:
    return yaml.load((ROLEPLAYS / "template.yaml").read_text(encoding="utf-8"), Loader=AsAnEditorReads)


def test_it_is_made_from_the_classes_as_they_are_now():
    spec = importlib.util.spec_from_file_location("roleplay_schema", ROOT / "tools" / "roleplay_schema.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert (ROLEPLAYS / "schema.json").read_text(encoding="utf-8") == tool.schema()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_editor_finds_nothing_wrong_with_a_sound_scenario(path: Any):
    assert complaints(yaml.load(path.read_text(encoding="utf-8"), Loader=AsAnEditorReads)) == []


def role(tree: Any) -> Any:
    return tree["roles"][0]


def agreed(tree: Any) -> Any:
    return next(
        reply["agrees"]
        for point in tree["points"]
        for move in point["moves"]
        for reply in move["replies"]
        if reply.get("agrees", {}).get("pay")
    )


def as_text(value: Any) -> Any:
    """The same tree as the reader has it: every scalar as text."""
    if isinstance(value, dict):
        return {name: as_text(each) for name, each in value.items()}
    if isinstance(value, list):
        return [as_text(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def is_sound(tree: Any) -> bool:
    """Do the fields satisfy the reader?"""
    try:
        Scenario.checked(as_text(tree))
    except BadInput:
        return False
    return True


@pytest.mark.parametrize("written", ["yes", "no", "Yes", "off", "true", True, False, 1])
def test_yes_and_no_may_be_written_as_people_write_them(template: Any, written: Any):
    tree = copy.deepcopy(template)
    agreed(tree)["written"] = written
    assert (complaints(tree), is_sound(tree)) == ([], True)


@pytest.mark.parametrize(("amount", "on"), [(500, 4), ("500", "4"), ("rest", "friday")])
def test_sums_and_days_may_be_figures_or_names(template: Any, amount: Any, on: Any):
    tree = copy.deepcopy(template)
    agreed(tree)["pay"] = [{"amount": amount, "on": on}]
    assert (complaints(tree), is_sound(tree)) == ([], True)


def test_figures_may_stand_in_quotes(template: Any):
    tree = {**template, "patience": "12", "difficulty": "2"}
    assert (complaints(tree), is_sound(tree)) == ([], True)


@pytest.mark.parametrize(
    "slip",
    [
        {"patience": 99}, {"patience": "many"}, {"cause": "laziness"}, {"number": "Case 1"}, {"first": "The Door"},
        {"roles": "none"}, {"colour": "red"}, {"currency": None}, {"facts": {"Owed": {"kind": "money", "value": 1}}},
        {"title": {"en": "only one"}},
    ],
    ids=str,
)  # fmt: skip
def test_what_the_reader_refuses_an_editor_underlines(template: Any, slip: dict[str, Any]):
    tree = {**template, **slip}
    assert complaints(tree)
    assert not is_sound(tree)


@pytest.mark.parametrize("plays", ["perhaps", 2, "2"])
def test_a_role_plays_or_not(template: Any, plays: Any):
    tree = copy.deepcopy(template)
    role(tree)["plays"] = plays
    assert complaints(tree)
    assert not is_sound(tree)


def test_an_unknown_dimension_is_underlined(template: Any):
    tree = copy.deepcopy(template)
    tree["endings"][0]["marks"] = {"asking": 1}
    assert complaints(tree)
    assert not is_sound(tree)
