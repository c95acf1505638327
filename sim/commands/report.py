"""`arlab report`: what would another policy change, told for a meeting: as a PDF, a page, a workbook?"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from sim.commands.futures import DAYS, RUNS, SEEDS, customers_for, policy_for
from sim.commands.output import together
from sim.commands.spoken import SpokenCommand, Target, argument, option, pass_words
from sim.words import Words


@click.command("report", cls=SpokenCommand)
@argument("PORTFOLIO")
@option("--baseline", needed=True, metavar="NAME|FILE")
@option("--alternative", needed=True, metavar="NAME|FILE")
@option("--scenario", default="normal", metavar="NAME")
@option("--days", type=DAYS, metavar="N")
@option("--runs", type=RUNS, default=50, metavar="N")
@option("--seed", type=SEEDS, default=1, metavar="N")
@option("--out", needed=True, multiple=True, type=Target(), metavar="FILE")
@option("--no-why", is_flag=True)
@option("--force", is_flag=True)
@pass_words
def report_command(
    words: Words,
    portfolio: str,
    baseline: str,
    alternative: str,
    scenario: str,
    days: int | None,
    runs: int,
    seed: int,
    out: tuple[Path, ...],
    no_why: bool,
    force: bool,
) -> None:
    """Write a report of a comparison of two policies."""
    from sim.model.portfolio import scenario_for
    from sim.model.scenario import load_scenario
    from sim.reports import Inputs, check_targets, gather, write_report

    _, customers, _ = together(
        lambda: check_targets(out, force=force),
        lambda: customers_for(portfolio, {"--baseline": baseline, "--alternative": alternative}),
        lambda: load_scenario(scenario),
    )
    first, second, _ = together(
        lambda: policy_for("--baseline", baseline, customers),
        lambda: policy_for("--alternative", alternative, customers),
        lambda: scenario_for(customers, scenario, days),
    )
    asked = Inputs(
        customers, first, second, portfolio, baseline, alternative, scenario, days, runs, seed, not no_why
    )
    findings = gather(asked, progress=_told(words))
    for target in write_report(findings, words, out):
        click.echo(words.say("cli.report.done", file=target))


def _told(words: Words) -> Callable[[int, int], None] | None:
    """Say how far it is on one line of the screen; nothing where nobody is looking."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        told = words.say("cli.report.progress", percent=words.percent(done / total, 0))
        click.echo("\r" + (told if done < total else " " * len(told) * 2 + "\r"), nl=False, err=True)

    return tell
