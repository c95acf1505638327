"""`arlab handout`: guides, session plans, case studies and quizzes on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.base.errors import BadInput, Problem
from sim.commands.output import together
from sim.commands.picture import write
from sim.commands.spoken import OneOf, SpokenCommand, Target, argument, option, pass_words
from sim.words import Words

FORMATS = (".pdf", ".xlsx")


@click.command("handout", cls=SpokenCommand)
@argument("NAME")
@option("--out", needed=True, type=Target(), metavar="FILE")
@option("--answers", is_flag=True)
@option("--paper", type=OneOf("a4", "letter"), default="a4", metavar="a4|letter")
@option("--force", is_flag=True)
@pass_words
def handout_command(words: Words, name: str, out: Path, answers: bool, paper: Any, force: bool) -> None:
    """Training material as a PDF, or a case's spreadsheet as a workbook."""
    from sim.reports.handout import handout_pdf
    from sim.reports.training import handout, workbook

    (title, blocks), _ = together(
        lambda: handout(name, words, answers=answers), lambda: check_file(out, FORMATS, force)
    )
    image = (
        workbook(name, words) if out.suffix.lower() == ".xlsx" else handout_pdf(title, blocks, words, paper)
    )
    write(out, image)
    click.echo(words.say("cli.handout.done", file=out))


def check_file(out: Path, formats: tuple[str, ...], force: bool) -> None:
    """May this file be written, and is it of one of these kinds? Raises BadInput."""
    if out.suffix.lower() not in formats:
        raise BadInput([Problem("handout.format", "--out", str(out), {"known": ", ".join(formats)})])
    if out.exists() and not force:
        raise BadInput([Problem("report.file_exists", "--out", str(out))])
