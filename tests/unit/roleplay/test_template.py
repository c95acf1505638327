"""Does the template teach the whole format by an example that holds, and does its guide speak of what is there?"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, get_args

import click
import pytest
from pydantic import BaseModel

from sim.cli import arlab
from sim.roleplay import scenario as classes
from sim.roleplay.conditions import QUANTITIES, understood
from sim.roleplay.facts import Facts
from sim.roleplay.players import PLAYERS, negotiator, never_reached, play, play_many
from sim.roleplay.promise import is_complete
from sim.roleplay.reading import ROLEPLAYS, read_scenario, read_tree, scenario_files
from sim.roleplay.rubric import DIMENSIONS, PASS
from sim.roleplay.rules import replies_of, texts_of
from sim.roleplay.scenario import Part, Scenario
from sim.training.guides import Grid, Guide
from sim.training.reading import GUIDES, guides
from sim.words.catalogue import entries

TEMPLATE = ROLEPLAYS / "template.yaml"
SOURCE = TEMPLATE.read_text(encoding="utf-8")
GUIDE = (GUIDES / "write_your_own.yaml").read_text(encoding="utf-8")
LANGUAGES = ("en", "zh")
TALKS, CLEARLY = 1_000, 20.0


@pytest.fixture(scope="module")
def template() -> Scenario:
    return read_scenario(TEMPLATE)


@pytest.fixture(scope="module")
def guide() -> Guide:
    return guides()["write_your_own"]


def parts_within(part: BaseModel) -> Iterator[BaseModel]:
    """A part of a scenario and all parts within it."""
    yield part
    for name in type(part).model_fields:
        value = getattr(part, name)
        items = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
        for item in items:
            if isinstance(item, BaseModel):
                yield from parts_within(item)


def fields(kind: type[BaseModel]) -> set[str]:
    """The names of a part's fields as an author writes them."""
    return {field.alias or name for name, field in kind.model_fields.items()}


def grid(guide: Guide, section: str) -> Grid:
    """The table of a section of a guide."""
    found = next(each for each in guide.sections if each.id == section)
    return next(part for part in found.parts if isinstance(part, Grid))


def first_cells(table: Grid, lang: str) -> list[str]:
    """The first column of a table."""
    return [
        cell if isinstance(cell, str) else cell.said(lang) for cell, *_ in (row.cells for row in table.rows)
    ]


# --- the template as a role-play --------------------------------------------------------------------------------------


def test_the_template_is_no_built_in_role_play_and_shares_no_number(template: Scenario):
    assert "template" not in scenario_files()
    assert template.number == "T1"


def test_every_line_of_it_can_be_heard_and_every_ending_reached(template: Scenario):
    assert never_reached(template, 4_000) == ()


@pytest.mark.slow(reason="four thousand talks")
def test_its_negotiator_is_clearly_ahead_and_its_bully_never_wins(template: Scenario):
    played = {name: play_many(template, name, TALKS) for name in PLAYERS}
    others = max(played[name].score for name in PLAYERS if name != "negotiator")
    assert played["negotiator"].score >= others + CLEARLY
    assert played["negotiator"].least >= 80
    assert played["negotiator"].failed == 0
    assert played["bully"].won == 0
    assert played["bully"].most < PASS


def test_with_every_temperament_the_model_talk_ends_firmly_and_its_sums_make_up_the_debt(template: Scenario):
    facts = Facts(template)
    for character in template.character:
        talk = play(template, negotiator, 1, character)
        assert talk.said == template.model
        assert talk.ending is not None
        assert talk.ending.kind == "firm"
        assert is_complete(talk.agreed)
        assert talk.agreed.fallback
        assert sum(each.amount for each in facts.instalments(talk.agreed)) == facts.values["owed"]


def test_no_text_of_one_language_stands_in_the_other(template: Scenario):
    for path, text in texts_of(template):
        assert not re.search("[\u4e00-\u9fff]", text.en), path
        assert re.search("[\u4e00-\u9fff]", text.zh), path
        assert not re.search("[\u3000-\u9fff] [\u3000-\u9fff]", text.zh), f"{path}: a broken line left a gap"


# --- the template as a description of the format ----------------------------------------------------------------------


def test_it_shows_every_field_that_an_author_may_write(template: Scenario):
    written: dict[str, set[str]] = {}
    for part in parts_within(template):
        names = {type(part).model_fields[name].alias or name for name in part.model_fields_set}
        written.setdefault(type(part).__name__, set()).update(names)
    kinds = {
        name: kind
        for name, kind in vars(classes).items()
        if isinstance(kind, type) and issubclass(kind, Part) and kind is not Part
    }
    missing = {name: fields(kind) - written.get(name, set()) for name, kind in kinds.items()}
    assert {name: names for name, names in missing.items() if names} == {}


def choices() -> Iterator[tuple[str, str]]:
    """Every word that an author may choose somewhere, with the name of its field."""

    def words(hint: Any) -> Iterator[str]:
        if typing.get_origin(hint) is typing.Literal:
            yield from get_args(hint)
        else:
            for inner in get_args(hint):
                yield from words(inner)

    for kind in vars(classes).values():
        if isinstance(kind, type) and issubclass(kind, Part):
            for name, hint in typing.get_type_hints(kind).items():
                yield from ((name, word) for word in words(hint))


@pytest.mark.parametrize(("field", "word"), sorted(set(choices())))
def test_it_names_every_choice(field: str, word: str):
    assert re.search(rf"\b{re.escape(word)}\b", SOURCE), f"{field}: {word}"


def test_it_uses_every_kind_way_and_tone_and_every_sort_of_ending(template: Scenario):
    moves = template.move.values()
    assert {move.kind for move in moves} == set(get_args(classes.Kind))
    assert {move.way for move in moves} == set(get_args(classes.Way))
    assert {move.tone for move in moves} == set(get_args(classes.Tone))
    assert {ending.kind for ending in template.endings} == set(get_args(classes.EndingKind))
    assert {name for move in moves for name in move.marks} == set(DIMENSIONS)


def test_it_uses_every_sort_of_condition(template: Scenario):
    used = [text for _, _, reply in replies_of(template) for text in reply.when]
    used += [text for move in template.move.values() for text in move.needs]
    assert all(understood(text) for text in used)
    wanted = (*QUANTITIES, "character is not", "archetype is", "said", "not said", "harsh >=", "repeated")
    assert [start for start in wanted if not any(text.startswith(start) for text in used)] == []
    assert any(re.fullmatch(r"character is (?!not )\w+", text) for text in used)


def test_its_first_line_lets_editors_check_it():
    assert SOURCE.splitlines()[0] == "# yaml-language-server: $schema=schema.json"
    assert (ROLEPLAYS / "schema.json").is_file()


def test_every_field_at_the_top_is_explained_in_both_languages():
    tree, _, found = read_tree(TEMPLATE)
    assert found == []
    lines = SOURCE.splitlines()
    for name in tree:
        at = next(number for number, line in enumerate(lines) if line.startswith(f"{name}:"))
        if name == "first":  # explained together with the line above it
            continue
        above = []
        while lines[at - 1].startswith("#"):
            at -= 1
            above.append(lines[at])
        assert any(re.search("[\u4e00-\u9fff]", line) for line in above), name
        assert any(re.match(r"# (Required|Optional)\b", line) for line in above), name


# --- the guide --------------------------------------------------------------------------------------------------------


NOT_A_COMMAND = {"is"}
"""What may follow the program's name in a sentence."""


@pytest.mark.parametrize("text", [GUIDE, SOURCE], ids=["guide", "template"])
def test_only_commands_and_options_are_named_that_exist(text: str):
    options = {"--lang"}
    for line in re.findall(r"\barlab((?: [a-z]+)+)", text):
        command: click.Command = arlab
        words = line.split()
        while isinstance(command, click.Group) and words[0] not in NOT_A_COMMAND:
            assert words[0] in command.commands, line
            command = command.commands[words.pop(0)]
            options |= {name for param in command.params for name in param.opts}
    assert set(re.findall(r"(?<!-)--[a-z][a-z-]*", text)) <= options


def texts_in(guide: Guide) -> Iterator[Any]:
    """Every text of a guide that stands in both languages."""
    return (part for part in parts_within(guide) if hasattr(part, "said"))


def test_the_guide_names_check_print_and_replay_in_both_languages(guide: Guide):
    for lang in LANGUAGES:
        said = " ".join(text.said(lang) for text in texts_in(guide))
        assert set(re.findall(r"arlab roleplay (\w+)", said)) == {"check", "print", "replay"}
        assert f"arlab roleplay print my_case.yaml --lang {lang} --out cards.pdf" in said


def test_the_hour_is_sixty_minutes_without_a_gap(guide: Guide):
    spans = [tuple(map(int, cell.split("-"))) for cell in first_cells(grid(guide, "hour"), "en")]
    assert (spans[0][0], spans[-1][1]) == (0, 60)
    assert all(before[1] == after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_quotes_the_messages_as_they_are(guide: Guide, lang: str):
    told = [text[lang].replace("`", "") for _, key, text in entries() if key.startswith("problem.")]
    for cell in first_cells(grid(guide, "check"), lang):
        quoted = re.split(r"\.\.\.|……|[(（]", cell)[0].strip()
        assert any(quoted in message for message in told), quoted


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_calls_the_players_as_the_table_does(guide: Guide, lang: str):
    names = {
        key.rpartition(".")[2]: text[lang] for _, key, text in entries() if key.startswith("roleplay.player.")
    }
    assert first_cells(grid(guide, "players"), lang) == [names[player] for player in PLAYERS]
