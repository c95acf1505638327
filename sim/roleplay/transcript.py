"""How is a talk kept in a file and replayed? Scenario, seed, temperament and moves are all there is to keep."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml

from sim.base.errors import BadInput, Problem
from sim.base.places import write_text
from sim.roleplay.reading import built_in, file_of, load_scenario_named, read_tree
from sim.roleplay.scenario import Many, Name, Part, Scenario
from sim.roleplay.talk import Talk, replayed


class Transcript(Part):
    """What a transcript file holds."""

    roleplay: str
    scenario_file: str
    scenario_sha256: str
    seed: int
    character: Name
    moves: Many[Name]


def scenario_digest(scenario: Scenario) -> str:
    """A fingerprint of everything a scenario says and does."""
    return hashlib.sha256(scenario.model_dump_json(by_alias=True).encode("utf-8")).hexdigest()


def transcript_of(talk: Talk, name: str) -> Transcript:
    """This talk as it is kept; `name` is the scenario's name or file."""
    return Transcript(
        roleplay=talk.scenario.number,
        scenario_file=file_of(name).name,
        scenario_sha256=scenario_digest(talk.scenario),
        seed=talk.seed,
        character=talk.character.id,
        moves=talk.said,
    )


def write_transcript(talk: Talk, name: str, path: Path) -> None:
    """Keep this talk in a file. Raises OSError."""
    text = yaml.safe_dump(
        transcript_of(talk, name).model_dump(mode="json"), allow_unicode=True, sort_keys=False
    )
    write_text(path, text)


def read_transcript(path: Path) -> Talk:
    """The talk kept in this file, played again move by move. Raises BadInput.

    A scenario that was changed since is refused: the same moves might be answered otherwise now.
    """
    tree, _, found = read_tree(path)
    if found:
        raise BadInput(found)
    return talk_of(tree, path.name)


def talk_of(tree: Any, file: str) -> Talk:
    """The talk of a transcript's plain values. Raises BadInput.

    It names a built-in role-play: a path would let whoever hands in a transcript have any file read.
    """
    kept = Transcript.checked(tree if isinstance(tree, dict) else {})
    built_in(kept.roleplay)
    scenario = load_scenario_named(kept.roleplay)
    if scenario_digest(scenario) != kept.scenario_sha256:
        raise BadInput([Problem("roleplay.scenario_changed", file, kept.roleplay)])
    return replayed(scenario, kept.character, kept.seed, kept.moves)
