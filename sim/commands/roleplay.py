"""`arlab roleplay`: check a scenario file, print its cards and sheets, replay a talk."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.base.errors import BadInput, Problem
from sim.commands.handout import check_file
from sim.commands.output import show_json, together
from sim.commands.picture import write
from sim.commands.spoken import (
    ExistingFile,
    OneOf,
    SpokenCommand,
    SpokenGroup,
    Target,
    Whole,
    argument,
    option,
    pass_words,
)
from sim.words import Words
from sim.words.layout import Side, table

if TYPE_CHECKING:
    from sim.roleplay.facts import Dealt
    from sim.roleplay.scenario import Scenario

TALKS = Whole(20, 20_000)
LEAST_TRIED = 4_000
"""How many talks look for lines that cannot be reached, if not more are asked for."""


@click.group("roleplay", cls=SpokenGroup)
def roleplay_group() -> None:
    """Talks to practise."""


@click.command("roleplay.check", cls=SpokenCommand)
@argument("FILE", nargs=-1)
@option("--talks", type=TALKS, default=1_000, metavar="N")
@option("--json", "as_json", is_flag=True)
@pass_words
def check_command(words: Words, file: tuple[str, ...], talks: int, as_json: bool) -> None:
    """Is a scenario file sound, can every line be reached, and how do automatic players fare?"""
    from sim.roleplay.reading import file_of

    scenarios = together(*(lambda name=name: _scenario(name) for name in file))
    tried = [
        (path, scenario, _found_in_trying(scenario, path, talks), player_rows(scenario, talks))
        for path, scenario in zip(map(file_of, file), scenarios, strict=True)
    ]
    if as_json:
        show_json({"file": path.name, **row} for path, _, _, rows in tried for row in rows)
    else:
        for path, scenario, found, rows in tried:
            key, title = "fields" if found else "sound", scenario.title.said(words.lang)
            click.echo(
                words.say(f"roleplay.check.{key}", file=path.name, number=scenario.number, title=title)
            )
            click.echo("\n".join(players_table(words, rows)))
    together(*(lambda found=found: _stop_if(found) for _, _, found, _ in tried))


def _found_in_trying(scenario: Scenario, path: Path, talks: int) -> list[Problem]:
    """What only shows beside other files and in many talks: a number given twice, replies and endings never reached."""
    from sim.roleplay.players import never_reached
    from sim.roleplay.reading import number_taken, unreached

    silent = never_reached(scenario, max(talks, LEAST_TRIED))
    return [*number_taken(scenario, path), *unreached(scenario, path, silent)]


def _stop_if(found: list[Problem]) -> None:
    if found:
        raise BadInput(found)


@click.command("roleplay.print", cls=SpokenCommand)
@argument("SCENARIO", nargs=-1)
@option("--out", needed=True, type=Target(), metavar="FILE")
@option("--paper", type=OneOf("a4", "letter"), default="a4", metavar="a4|letter")
@option("--from", "ledger", type=Target(), metavar="LEDGER")
@option("--customer", metavar="CUSTOMER")
@option("--force", is_flag=True)
@pass_words
def print_command(
    words: Words,
    scenario: tuple[str, ...],
    out: Path,
    paper: Any,
    ledger: Path | None,
    customer: str | None,
    force: bool,
) -> None:
    """Role cards, observer's sheets and trainer's sheets as a PDF."""
    from sim.reports.pack import pack_pdf
    from sim.roleplay.dealing import check_dealt
    from sim.roleplay.facts import Facts

    *scenarios, dealt, _ = together(
        *(lambda name=name: _scenario(name) for name in scenario),
        lambda: _dealt(ledger, customer),
        lambda: check_file(out, (".pdf",), force),
    )
    played = [Facts(each, dealt) for each in scenarios]
    together(*(lambda facts=facts: check_dealt(facts) for facts in played))
    image = pack_pdf(played, words, paper)
    write(out, image)
    click.echo(words.say("roleplay.print.done", file=out))


def _dealt(ledger: Path | None, customer: str | None) -> Dealt | None:
    """The figures of an account. Raises BadInput when only one of the two was named, or neither is known."""
    if ledger is None and customer is None:
        return None
    if ledger is None or customer is None:
        missing = "--from" if ledger is None else "--customer"
        raise BadInput([Problem("roleplay.both_or_none", missing)])
    from sim.model.ledger_files import read_ledger
    from sim.roleplay.dealing import deal

    return deal(read_ledger(ledger), customer)


@click.command("roleplay.replay", cls=SpokenCommand)
@argument("TRANSCRIPT", type=ExistingFile())
@pass_words
def replay_command(words: Words, transcript: Path) -> None:
    """A kept talk, played again and told line by line."""
    from sim.roleplay.facts import Facts
    from sim.roleplay.paper import talk_as_text
    from sim.roleplay.transcript import read_transcript

    talk = read_transcript(transcript)
    click.echo(talk_as_text(talk, Facts(talk.scenario), words), nl=False)


for _name, _command in (("check", check_command), ("print", print_command), ("replay", replay_command)):
    roleplay_group.add_command(_command, _name)


def _scenario(name: str) -> Scenario:
    from sim.roleplay.reading import file_of, read_scenario

    return read_scenario(file_of(name))


def player_rows(scenario: Scenario, talks: int) -> list[dict[str, Any]]:
    """One row per automatic player."""
    from sim.roleplay.players import PLAYERS, play_many

    played = [play_many(scenario, player, talks) for player in PLAYERS]
    return [{"scenario": scenario.number, **asdict(each)} for each in played]


def players_table(words: Words, rows: list[dict[str, Any]]) -> list[str]:
    """The players' scores as people read them."""
    heads = ("player", "score", "least", "most", "won", "failed", "moves")
    body = [
        [
            words.say(f"roleplay.player.{row['player']}"),
            *(words.number(row[name], 1) for name in ("score", "least", "most")),
            *(words.percent(row[name], 0) for name in ("won", "failed")),
            words.number(row["moves"], 1),
        ]
        for row in rows
    ]
    sides: list[Side] = ["left", "right", "right", "right", "right", "right", "right"]
    return table([words.say(f"roleplay.check.{name}") for name in heads], body, sides)
