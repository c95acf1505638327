"""`arlab lab` and `arlab show`: how does a learner open the lessons?"""

from __future__ import annotations

import click

from sim.base.errors import BadInput, Problem
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
@option("--class", "for_class", is_flag=True)
@option("--address", metavar="IP")
@pass_words
def show_command(
    words: Words, no_browser: bool, port: int | None, trainer: bool, for_class: bool, address: str | None
) -> None:
    """Open the lessons as pages without code, on this machine or to a class."""
    from sim.lessons.serve import open_pages, open_to_class

    if for_class:
        open_to_class(words.lang, not no_browser, port, trainer, address)
    elif address is not None:
        raise BadInput([Problem("serve.only_for_class", "--address", address)])
    else:
        open_pages(words.lang, not no_browser, port, trainer)
