"""`arlab picture`: one of the lessons' pictures, drawn into a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.base.errors import BadInput, Problem
from sim.commands.futures import DAYS, RUNS, SEEDS, customers_for
from sim.commands.output import together
from sim.commands.spoken import SpokenCommand, Target, argument, option, pass_words
from sim.words import Words


@click.command("picture", cls=SpokenCommand)
@argument("NAME")
@option("--portfolio", default="manufacturer", metavar="NAME|FOLDER")
@option("--policy", metavar="NAME|FILE")
@option("--baseline", metavar="NAME|FILE")
@option("--scenario", metavar="NAME")
@option("--days", type=DAYS, metavar="N")
@option("--runs", type=RUNS, metavar="N")
@option("--seed", type=SEEDS, default=1, metavar="N")
@option("--with", "more", multiple=True, metavar="NAME=VALUE")
@option("--out", needed=True, type=Target(), metavar="FILE")
@option("--force", is_flag=True)
@pass_words
def picture_command(
    words: Words,
    name: str,
    portfolio: str,
    policy: str | None,
    baseline: str | None,
    scenario: str | None,
    days: int | None,
    runs: int | None,
    seed: int,
    more: tuple[str, ...],
    out: Path,
    force: bool,
) -> None:
    """Draw a picture into a file."""
    from sim.plots import plot_named, still

    said = {"policy": policy, "baseline": baseline, "scenario": scenario, "days": days, "runs": runs}
    given = {key: value for key, value in said.items() if value is not None}
    given |= {"portfolio": portfolio, "seed": seed}
    form, _, _, _ = together(
        lambda: format_of(out, force),
        lambda: plot_named(name),
        lambda: customers_for(portfolio, {}),
        lambda: pairs(more),
    )
    picture = still(wanted(name, given, more), words.lang, form)
    write(out, picture.image)
    click.echo(words.say("cli.picture.done", file=out, finding=picture.told.finding))


def wanted(name: str, given: dict[str, Any], more: tuple[str, ...]) -> Any:
    """The scene that was asked for; a value that is to be a list may be a single one. Raises BadInput."""
    from sim.plots import plot_named, scene

    lists = {
        argument.name for argument in plot_named(name).arguments if argument.kind in ("texts", "numbers")
    }
    own = {
        key: [value] if key in lists and not isinstance(value, list) else value
        for key, value in pairs(more).items()
    }
    return scene(name, {**given, **own})


def format_of(out: Path, force: bool) -> Any:
    """As what is the file written? Asked before the work. Raises BadInput."""
    from sim.plots import FORMATS

    form = out.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        known = {"known": ", ".join(f".{each}" for each in FORMATS)}
        raise BadInput([Problem("picture.cannot_draw", "--out", str(out), known)])
    if out.exists() and not force:
        raise BadInput([Problem("report.file_exists", "--out", str(out))])
    return form


def pairs(more: tuple[str, ...]) -> dict[str, Any]:
    """NAME=VALUE as typed: whole numbers, numbers, true and false as such; a,b,c as a list. Raises BadInput."""
    wrong = [text for text in more if not all(text.partition("=")[::2])]
    if wrong:
        raise BadInput(Problem("picture.not_a_pair", "--with", text) for text in wrong)
    found = {}
    for text in more:
        key, _, value = text.partition("=")
        found[key] = [plain(part) for part in value.split(",")] if "," in value else plain(value)
    return found


def plain(text: str) -> Any:
    """A typed value as what it is."""
    if text in ("true", "false"):
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def write(out: Path, image: bytes) -> None:
    """Write the whole file, or leave what was there. Raises BadInput."""
    from sim.base.places import atomic_file

    try:
        with atomic_file(out) as draft:
            draft.write_bytes(image)
    except OSError as error:
        detail = {"detail": error.strerror or type(error).__name__}
        raise BadInput([Problem("cli.cannot_write", "--out", str(out), detail)]) from error
