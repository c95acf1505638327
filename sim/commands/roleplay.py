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
    from sim.roleplay.players import never_reached

    scenarios = together(*(lambda name=name: _scenario(name) for name in file))
    silent = [
        Problem("roleplay.never_reached", Path(name).name, line)
        for name, scenario in zip(file, scenarios, strict=True)
        for line in never_reached(scenario, max(talks, 4_000))
    ]
    rows = [row for scenario in scenarios for row in player_rows(scenario, talks)]
    if as_json:
        show_json(rows)
    else:
        for scenario in scenarios:
            click.echo(
                words.say(
                    "roleplay.check.sound", number=scenario.number, title=scenario.title.said(words.lang)
                )
            )
            mine = [row for row in rows if row["scenario"] == scenario.number]
            click.echo("\n".join(players_table(words, mine)))
    if silent:
        raise BadInput(silent)


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
