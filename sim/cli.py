"""The command `arlab`: which commands are there? Their work is imported only when one of them runs."""

from __future__ import annotations

import click

from sim.commands.futures import simulate_command, whatif_command
from sim.commands.handout import handout_command
from sim.commands.ledgers import fit_command, import_command, measure_command
from sim.commands.lessons import lab_command, show_command
from sim.commands.listing import list_command
from sim.commands.output import use_utf8
from sim.commands.papers import papers_command
from sim.commands.picture import picture_command
from sim.commands.report import report_command
from sim.commands.roleplay import roleplay_group
from sim.commands.spoken import SpokenGroup, SpokenOption

COMMANDS = (
    lab_command, show_command, import_command, measure_command, fit_command, simulate_command, whatif_command,
    report_command, picture_command, roleplay_group, handout_command, papers_command,
    list_command,
)  # fmt: skip


def _version(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        click.echo(f"arlab {version('receivables-lab')}")
        ctx.exit()


@click.group("arlab", cls=SpokenGroup, invoke_without_command=True)
@click.option(
    "--version", cls=SpokenOption, is_flag=True, is_eager=True, expose_value=False, callback=_version
)
@click.pass_context
def arlab(ctx: click.Context) -> None:
    """Manage accounts receivable: measure, simulate, compare."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(2)


for _command in COMMANDS:
    arlab.add_command(_command)


def main() -> None:
    """Run `arlab` with the arguments of this process."""
    use_utf8()
    arlab(prog_name="arlab")


if __name__ == "__main__":
    main()
