"""`arlab papers`: everything that has to be printed for a planned day, in one folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from sim.commands.output import check_target, new_folder, together
from sim.commands.spoken import OneOf, SpokenCommand, Target, argument, option, pass_words
from sim.words import Words


@click.command("papers", cls=SpokenCommand)
@argument("PLAN")
@option("--out", needed=True, type=Target(), metavar="FOLDER")
@option("--figures", is_flag=True)
@option("--paper", type=OneOf("a4", "letter"), default="a4", metavar="a4|letter")
@option("--force", is_flag=True)
@pass_words
def papers_command(words: Words, plan: str, out: Path, figures: bool, paper: Any, force: bool) -> None:
    """Programme, labs' sheets, cards, quizzes and keys of a planned day, as PDFs in a folder."""
    from sim.reports.papers import papers
    from sim.training.plans import plan_named

    found, _ = together(lambda: plan_named(plan), lambda: check_target(out, "papers", force))
    files = papers(found, words, paper, with_figures=figures, tell=_told(words))
    with new_folder(out) as draft:
        draft.mkdir()
        for name, image in files.items():
            (draft / name).write_bytes(image)
    click.echo(words.say("cli.papers.done", folder=out))
    for name in files:
        click.echo(f"  {name}")


def _told(words: Words) -> Callable[[int, int], None] | None:
    """Say how many figures are worked out, on one line of the screen; nothing where nobody is looking."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        told = words.say("cli.papers.progress", done=done, total=total)
        click.echo("\r" + (told if done < total else " " * len(told) * 2 + "\r"), nl=False, err=True)

    return tell
