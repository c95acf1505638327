"""`arlab lab` and `arlab show`: how does a learner open the lessons?"""

from __future__ import annotations

import click

from sim.commands.spoken import SpokenCommand, Whole, option, pass_words
from sim.words import Words


@click.command("lab", cls=SpokenCommand)
@option("--no-browser", is_flag=True)
@option("--port", type=Whole(1024, 65535), metavar="N")
@pass_words
def lab_command(words: Words, no_browser: bool, port: int | None) -> None:
    """Open JupyterLab on the start lesson."""
    from sim.lessons.serve import open_lab

    open_lab(words.lang, not no_browser, port)


@click.command("show", cls=SpokenCommand)
@option("--no-browser", is_flag=True)
@option("--port", type=Whole(1024, 65535), metavar="N")
@option("--trainer", is_flag=True)
@pass_words
def show_command(words: Words, no_browser: bool, port: int | None, trainer: bool) -> None:
    """Open the lessons as pages without code."""
    from sim.lessons.serve import open_pages

    open_pages(words.lang, not no_browser, port, trainer)
