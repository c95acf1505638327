"""How does a command speak the user's language? Click's parsing; our words, help pages and messages.

A parameter's help stands in `sim/words/cli.toml` under `cli.<command>.<parameter>` or `cli.option.<parameter>`.
All that is wrong with a command line is told at once: types note their problems, the command raises them together.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from sim.base.errors import BadInput, Problem
from sim.commands.helppage import help_page
from sim.commands.trouble import tell_trouble
from sim.words import Words
from sim.words.language import language_in

_PROBLEMS = "arlab.problems"
STOPPED = 130  # what shells expect after Ctrl-C


def words_of(ctx: click.Context) -> Words:
    """The words of the language in which this command line was written."""
    return ctx.ensure_object(Words)


pass_words: Callable[[Callable[..., Any]], Callable[..., Any]] = click.make_pass_decorator(Words)
"""Gives a command the words of the language as its first argument."""


class SpokenCommand(click.Command):
    """A command whose help and complaints stand in sim.words."""

    def __init__(self, name: str | None, **values: Any) -> None:
        super().__init__(name, **values)
        self.context_settings = {"allow_extra_args": True, **self.context_settings}
        self.params.append(
            SpokenOption(["--lang"], type=OneOf("en", "zh"), metavar="en|zh", expose_value=False)
        )

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page in the user's language."""
        formatter.write(help_page(self, ctx, words_of(ctx), formatter.width))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, unless something is wrong with the command line: then say all of it."""
        problems: list[Problem] = ctx.meta.get(_PROBLEMS, [])
        told = {problem.field for problem in problems}
        for param in self.params:
            needed = getattr(param, "needed", False)
            if needed and not ctx.params.get(param.name or "") and shown_name(param) not in told:
                problems.append(Problem("missing", shown_name(param)))
        problems += [Problem("cli.unexpected", extra, extra) for extra in ctx.args]
        if problems:
            raise BadInput(problems)
        return super().invoke(ctx)


class SpokenGroup(click.Group):
    """The command `arlab`: finds the language, and turns every failure into a sentence and an exit code."""

    command_class = SpokenCommand

    def __init__(self, name: str | None = None, **values: Any) -> None:
        super().__init__(name, **values)
        self.params.append(
            SpokenOption(["--lang"], type=OneOf("en", "zh"), metavar="en|zh", expose_value=False)
        )

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page in the user's language."""
        formatter.write(help_page(self, ctx, words_of(ctx), formatter.width))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order in which one meets them."""
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Find the language first, so that even a wrong command line is answered in it."""
        above = ctx.parent.find_object(Words) if ctx.parent is not None else None
        ctx.obj = Words(language_in(args, {"ARLAB_LANG": above.lang} if above is not None else os.environ))
        with told_kindly(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of this name. Raises BadInput naming all of them."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            known = self.list_commands(ctx)
            near = get_close_matches(args[0], known, n=1)
            values = {"known": ", ".join(known), "nearest": near[0] if near else known[0]}
            raise BadInput([Problem("cli.no_such_command", args[0], args[0], values)])
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever goes wrong is told in a sentence."""
        with told_kindly(ctx):
            return super().invoke(ctx)


@contextmanager
def told_kindly(ctx: click.Context) -> Iterator[None]:
    """Within this block no traceback reaches a person: failures become a sentence and an exit code."""
    words = words_of(ctx)
    try:
        yield
    except BadInput as bad:
        click.echo(words.problems(bad), err=True)
        raise click.exceptions.Exit(2) from None
    except click.exceptions.NoArgsIsHelpError as bare:
        click.echo(bare.format_message(), err=True)
        raise click.exceptions.Exit(2) from None
    except click.UsageError as wrong:
        click.echo(words.problem(_usage_problem(wrong)), err=True)
        path = wrong.ctx.command_path if wrong.ctx else f"{ctx.command_path} {ctx.invoked_subcommand or ''}"
        click.echo(words.say("cli.try_help", command=path.strip()), err=True)
        raise click.exceptions.Exit(2) from None
    except (KeyboardInterrupt, EOFError, click.Abort):
        click.echo(words.say("cli.stopped"), err=True)
        raise click.exceptions.Exit(STOPPED) from None
    except (click.exceptions.Exit, BrokenPipeError):
        raise
    except Exception as failure:
        click.echo(tell_trouble(words, failure), err=True)
        raise click.exceptions.Exit(1) from None


def _usage_problem(wrong: click.UsageError) -> Problem:
    if isinstance(wrong, click.NoSuchOption):
        known = [name for param in wrong.ctx.command.params for name in param.opts] if wrong.ctx else []
        near = get_close_matches(wrong.option_name, known, n=1)
        values = {"nearest": near[0] if near else "--help"}
        return Problem("cli.no_such_option", wrong.option_name, wrong.option_name, values)
    if isinstance(wrong, click.BadOptionUsage):
        return Problem("cli.option_needs_value", wrong.option_name)
    return Problem("cli.unreadable", "arlab", wrong.format_message())


def shown_name(param: click.Parameter) -> str:
    """How does a person write this parameter?"""
    return param.opts[0] if isinstance(param, click.Option) else (param.metavar or str(param.name)).upper()


class SpokenOption(click.Option):
    """An option that may be `needed`: left out, that is one problem among all the others."""

    def __init__(self, names: Sequence[str], *, needed: bool = False, **values: Any) -> None:
        super().__init__(names, **values)
        self.needed = needed


class SpokenArgument(click.Argument):
    """An argument without which the command cannot run; told like any other problem."""

    def __init__(self, names: Sequence[str], **values: Any) -> None:
        super().__init__(names, required=False, **values)
        self.needed = True


def option(*names: str, **values: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An option whose help stands in the words."""
    return click.option(*names, cls=SpokenOption, **values)


def argument(name: str, **values: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A needed argument whose help stands in the words."""
    return click.argument(name.lower(), cls=SpokenArgument, metavar=name, **values)


class Checked(click.ParamType):
    """A kind of value whose faults are collected, not told one by one."""

    name = "value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value, or None with a problem noted."""
        found = self.read(value)
        if not isinstance(found, Problem):
            return found
        if ctx is not None:
            field = shown_name(param) if param is not None else found.field
            noted = Problem(found.rule, field, value, found.values)
            ctx.meta.setdefault(_PROBLEMS, []).append(noted)
        return None

    def read(self, value: Any) -> Any:
        """The value as it is used, or a Problem."""
        raise NotImplementedError


class Whole(Checked):
    """A whole number within bounds."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def read(self, value: Any) -> Any:
        """The number, or what is wrong with it."""
        try:
            number = int(value)
        except ValueError:
            return Problem("not_whole_number", "")
        if not self.low <= number <= self.high:
            return Problem("out_of_range", "", values={"low": self.low, "high": self.high})
        return number


class OneOf(Checked):
    """One of a few words."""

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    def read(self, value: Any) -> Any:
        """The word, or what is wrong with it."""
        if value not in self.choices:
            return Problem("not_a_choice", "", values={"expected": ", ".join(self.choices)})
        return value


class Date(Checked):
    """A calendar date, YYYY-MM-DD."""

    def read(self, value: Any) -> Any:
        """The date, or what is wrong with it."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            return Problem("cli.not_a_date", "")


class ExistingFile(Checked):
    """A file that is there."""

    def read(self, value: Any) -> Any:
        """Its path, or what is wrong with it."""
        path = Path(value)
        if path.is_dir():
            return Problem("cli.is_folder", "")
        return path if path.is_file() else Problem("cli.no_such_file", "")


class Target(Checked):
    """A folder to be written."""

    def read(self, value: Any) -> Any:
        """Its path."""
        return Path(value)
