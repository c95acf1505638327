"""What does `--help` show? A page in the user's language, lined up also where Chinese stands in it."""

from __future__ import annotations

import click

from sim.words import Words
from sim.words.layout import definitions, wrap

WIDEST = 100


def help_page(command: click.Command, ctx: click.Context, words: Words, columns: int) -> str:
    """The whole help page of a command or of the group."""
    columns = min(columns, WIDEST)
    key = f"cli.{command.name}"
    lines = [
        words.say("cli.page.usage", usage=_usage(command, ctx)),
        "",
        *_paragraphs(words.say(f"{key}.help"), columns),
    ]
    arguments, options = _parameters(command, ctx, words)
    if isinstance(command, click.Group):
        rows = [(name, words.say(f"cli.{each.name}.short")) for name, each in command.commands.items()]
        lines += ["", words.say("cli.page.commands"), *definitions(rows, columns)]
    if arguments:
        lines += ["", words.say("cli.page.arguments"), *definitions(arguments, columns)]
    lines += ["", words.say("cli.page.options"), *definitions(options, columns)]
    return "\n".join(lines) + "\n"


def _usage(command: click.Command, ctx: click.Context) -> str:
    needed, named = [], []
    for param in command.params:
        if isinstance(param, click.Argument):
            needed.append(str(param.metavar))
        elif getattr(param, "needed", False):
            named.append(f"{param.opts[0]} {param.metavar}")
    after = ["COMMAND", "..."] if isinstance(command, click.Group) else []
    return " ".join([ctx.command_path, *needed, *named, "[OPTIONS]", *after])


def _paragraphs(text: str, columns: int) -> list[str]:
    """Each line of the text wrapped; lines that begin with a space stay as they are."""
    lines: list[str] = []
    for line in text.strip("\n").split("\n"):
        lines += [line] if line.startswith(" ") or not line else wrap(line, columns)
    return lines


def _parameters(
    command: click.Command, ctx: click.Context, words: Words
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    arguments, options = [], []
    for param in command.get_params(ctx):
        name = "help" if "--help" in param.opts else str(param.name)
        keys = (f"cli.{command.name}.help.{name}", f"cli.option.{name}", f"cli.{command.name}.{name}")
        told = words.say(next(filter(words.has, keys)))
        if isinstance(param, click.Argument):
            arguments.append((str(param.metavar), told))
        else:
            shown = " ".join(filter(None, [", ".join(param.opts), param.metavar]))
            options.append((shown, told + _default(param, words)))
    return arguments, options


def _default(param: click.Parameter, words: Words) -> str:
    if getattr(param, "is_flag", False) or not isinstance(param.default, (int, str)):
        return ""
    return words.say("cli.page.default", default=param.default)
