"""`arlab roleplay`: check a scenario file, see how automatic players fare in it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.base.errors import BadInput, Problem
from sim.commands.output import show_json, together
from sim.commands.spoken import SpokenCommand, SpokenGroup, Whole, argument, option, pass_words
from sim.words import Words
from sim.words.layout import Side, table

if TYPE_CHECKING:
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
        for line in never_reached(scenario, max(talks, 2_000))
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


roleplay_group.add_command(check_command, "check")


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
