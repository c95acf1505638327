"""Is every concept of the source articles in the kit, at the place docs/coverage.csv names?

One row per concept. `kind`: L lever, S state or process, M measure, E exercise, N notebook, D data. `where`: one or
more references, separated by `;`; each must lead somewhere.
"""

from __future__ import annotations

import csv
import importlib
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sim.measure import METRICS
from sim.measure.reports import REPORTS
from sim.model.mechanisms import Mechanisms
from sim.model.policy import Policy
from sim.model.portfolio_files import portfolio_names
from sim.model.presets import policy_names
from sim.model.scenario import scenario_names
from sim.panels.labs.loading import lab_names
from sim.roleplay.reading import number_in, scenario_files
from sim.training.reading import SESSIONS, cases, guides, quizzes
from sim.words.catalogue import catalogue

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT.parent / "shared" / "domain" / "seed_coverage.md"
COLUMNS = ["id", "concept", "kind", "where"]
ROWS_OF_ARTICLE = {"000": 58, "001": 59, "002": 39, "003": 50, "004": 36}
PLACES = {
    "L": {"lever", "preset", "code"},
    "S": {"code", "mechanism", "scenario", "portfolio", "preset"},
    "M": {"metric", "report"},
    "D": {"code", "word", "dataset", "portfolio", "scenario"},
    "E": {"lab", "roleplay", "case", "quiz", "guide"},
    "N": {"lab"},
}
"""A row of a kind has at least one reference of these. Labs have tasks, so they are exercises as well."""


def rows() -> list[dict[str, str]]:
    with (ROOT / "docs" / "coverage.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def references(row: dict[str, str]) -> list[tuple[str, str]]:
    """(place, name) of each reference of a row."""
    return [
        (place, name) for place, _, name in (each.partition(":") for each in row["where"].split(";")) if name
    ]


# --- does a reference lead somewhere? -----------------------------------------------------------------------------


def is_lever(name: str) -> bool:
    try:
        Policy().value_of(name)
    except (AttributeError, ValueError):
        return False
    return True


@cache
def is_code(name: str) -> bool:
    """Can this dotted name be imported and found? A field of a settings class counts as well."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if part in getattr(found, "model_fields", {}):
                return part == parts[-1]
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return name.startswith("sim.")
    return False


def is_word(name: str) -> bool:
    return any(key.startswith(f"{name}.") for key in catalogue())


def is_lab(name: str) -> bool:
    """Is there a notebook to open, and the file with its tasks?"""
    return name in lab_names() and (ROOT / "notebooks" / "src" / f"{name}.py").is_file()


def is_roleplay(number: str) -> bool:
    return number in {number_in(path) for path in scenario_files().values()}


def is_question(name: str) -> bool:
    return name in {question.id for quiz in quizzes().values() for question in quiz.questions}


def is_guide(name: str) -> bool:
    return name in {SESSIONS, *guides()}


LEADS_SOMEWHERE: dict[str, Callable[[str], bool]] = {
    "lever": is_lever,
    "metric": METRICS.__contains__,
    "report": REPORTS.__contains__,
    "preset": lambda name: name in policy_names(),
    "scenario": lambda name: name in scenario_names(),
    "portfolio": lambda name: name in portfolio_names(),
    "mechanism": Mechanisms.model_fields.__contains__,
    "code": is_code,
    "word": is_word,
    "dataset": lambda name: (ROOT / "datasets" / name).exists(),
    "lab": is_lab,
    "roleplay": is_roleplay,
    "case": lambda number: number in cases(),
    "quiz": is_question,
    "guide": is_guide,
}


# --- the tests ----------------------------------------------------------------------------------------------------


def expected_ids() -> list[str]:
    return [
        f"{article}-{row:02d}" for article, count in ROWS_OF_ARTICLE.items() for row in range(1, count + 1)
    ]


def test_every_concept_has_its_row():
    assert [row["id"] for row in rows()] == expected_ids()


def test_every_row_says_what_it_is():
    concepts = [row["concept"] for row in rows()]
    assert all(concepts)
    assert all(row["where"] for row in rows())
    for row in rows():
        kinds = row["kind"].split(";")
        assert set(kinds) <= set(PLACES), row
        assert len(set(kinds)) == len(kinds), row


def broken(row: dict[str, str]) -> Iterator[str]:
    """What is wrong with the references of a row?"""
    found = references(row)
    if len(found) != row["where"].count(";") + 1:
        yield f"{row['id']}: not all of {row['where']} are references"
    for place, name in found:
        if place not in LEADS_SOMEWHERE:
            yield f"{row['id']}: no such place as {place}"
        elif not LEADS_SOMEWHERE[place](name):
            yield f"{row['id']}: {place}:{name} leads nowhere"
    for kind in row["kind"].split(";"):
        if not PLACES[kind] & {place for place, _ in found}:
            yield f"{row['id']}: nothing for kind {kind} in {row['where']}"


def test_every_reference_leads_somewhere():
    wrong = [told for row in rows() for told in broken(row)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("lab", "13_nowhere"),
        ("lab", "quiz"),
        ("roleplay", "R99"),
        ("roleplay", "04_malicious_delinquent"),
        ("case", "C9"),
        ("quiz", "collection_99"),
        ("quiz", "collection"),
        ("guide", "nowhere"),
    ],
)
def test_a_reference_to_nothing_is_found(place: str, name: str):
    row = {"id": "000-00", "concept": "nothing", "kind": "E", "where": f"{place}:{name};lab:02_dso"}
    assert list(broken(row)) == [f"000-00: {place}:{name} leads nowhere"]


def test_a_row_without_a_place_for_its_kind_is_found():
    row = {"id": "000-00", "concept": "nothing", "kind": "N", "where": "roleplay:R01"}
    assert list(broken(row)) == ["000-00: nothing for kind N in roleplay:R01"]


@pytest.mark.parametrize("where", ["missing", "notebook:planned"])
def test_there_is_no_way_to_put_a_concept_off(where: str):
    assert list(broken({"id": "000-00", "concept": "nothing", "kind": "N", "where": where}))


def test_the_rows_are_those_of_the_source():
    if not SOURCE.exists():
        pytest.skip(
            "the list of concepts is not part of the project: no ../shared/domain/seed_coverage.md here"
        )
    told = re.findall(
        r"^\| (\d{3}-\d{2}) \|[^|]*\|[^|]*\| ([A-Z,]+) \|", SOURCE.read_text(encoding="utf-8"), re.M
    )
    assert [(row["id"], row["kind"].replace(";", ",")) for row in rows()] == told
