"""`arlab import`, `arlab measure` and `arlab fit`: what does our own ledger say?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.base.places import write_text
from sim.commands.figures import figure_lines, figure_rows, refusal_lines, refusals_by_reason
from sim.commands.output import check_target, new_folder, show_json, together
from sim.commands.sheets import check_workbook, write_figures, write_table
from sim.commands.spoken import Date, ExistingFile, OneOf, SpokenCommand, Target, argument, option, pass_words
from sim.commands.tables import table_lines, table_refusal, table_rows
from sim.words import Words

if TYPE_CHECKING:
    from sim.model.ledger import Ledger


@click.command("measure", cls=SpokenCommand)
@argument("LEDGER")
@option("--as-of", type=Date(), metavar="DATE")
@option("--metric", "metrics", multiple=True, metavar="NAME")
@option(
    "--every",
    type=OneOf("month", "quarter", "year", "all"),
    default="month",
    metavar="month|quarter|year|all",
)
@option("--table", "report", metavar="NAME")
@option("--json", "as_json", is_flag=True)
@option("--out", type=Target(), metavar="FILE.xlsx")
@option("--force", is_flag=True)
@pass_words
@click.pass_context
def measure_command(
    ctx: click.Context,
    words: Words,
    ledger: str,
    as_of: date | None,
    metrics: tuple[str, ...],
    every: Any,
    report: str | None,
    as_json: bool,
    out: Path | None,
    force: bool,
) -> None:
    """What are the figures of a ledger?"""
    from sim.base.days import day_of
    from sim.measure import measure

    _, book = together(lambda: check_workbook(out, force), lambda: _ledger_or_history(ledger))
    day = day_of(as_of) if as_of else None
    if report is not None:
        if not _show_table(words, book, report, day, as_json, out):
            ctx.exit(1)
        return
    measures = measure(book, metrics or None, every, as_of=day)
    if out is not None:
        click.echo(write_figures(words, book, measures, out))
        if metrics and measures.refused:
            for line in refusal_lines(words, measures):
                click.echo(line, err=True)
            ctx.exit(1)
        return
    if as_json:
        show_json(figure_rows(words, book, measures, every, as_of))
    else:
        for line in figure_lines(words, book, measures):
            click.echo(line)
    refused = refusal_lines(words, measures)
    if metrics and refused:
        for line in refused:
            click.echo(line, err=True)
        ctx.exit(1)
    if refused and not as_json:
        click.echo("\n" + words.say("cli.measure.refused"))
        for line in refusals_by_reason(words, measures):
            click.echo(line)


def _show_table(
    words: Words, book: Ledger, name: str, day: int | None, as_json: bool, out: Path | None
) -> bool:
    """Show one of the ledger's tables, or write it down; or say why it cannot be known, and answer false."""
    from sim.measure import REPORTS, NotMeasurable, tabulate

    try:
        found = tabulate(book, name, as_of=day)
    except NotMeasurable as refusal:
        click.echo(table_refusal(words, REPORTS[name], refusal), err=True)
        return False
    if out is not None:
        click.echo(write_table(words, book, REPORTS[name], found, out))
    elif as_json:
        show_json(table_rows(REPORTS[name], found))
    else:
        for line in table_lines(words, book, REPORTS[name], found):
            click.echo(line)
    return True


def _ledger_or_history(name: str) -> Ledger:
    """The ledger in this folder, or the past months of the portfolio of this name or in this folder."""
    from sim.model.history import history_ledger
    from sim.model.ledger_files import is_ledger, read_ledger
    from sim.model.portfolio_files import load_portfolio, portfolio_names

    folder = Path(name)
    if not is_ledger(folder) and (name in portfolio_names() or (folder / "portfolio.toml").is_file()):
        return history_ledger(load_portfolio(name))
    return read_ledger(folder)


@click.command("import", cls=SpokenCommand)
@argument("FILE", type=ExistingFile())
@option("--mapping", type=ExistingFile(), metavar="M.toml")
@option("--currency", metavar="CODE")
@option("--out", needed=True, type=Target(), metavar="LEDGER")
@option("--force", is_flag=True)
@pass_words
def import_command(
    words: Words, file: Path, mapping: Path | None, currency: str | None, out: Path, force: bool
) -> None:
    """Read an ERP export into a ledger, with a quality report."""
    from sim.intake import import_file, read_mapping, write_mapping
    from sim.intake.render import render
    from sim.model.ledger_files import write_ledger

    _, stated = together(
        lambda: check_target(out, "ledger", force), lambda: read_mapping(mapping) if mapping else None
    )
    imported = import_file(file, stated, currency=currency)
    report = render(imported.report, words)
    if len(imported.ledgers) > 1:
        click.echo(report + "\n", err=True)  # says which currencies there are; the next line asks to choose
    ledger = imported.ledger
    with new_folder(out) as draft:
        write_ledger(ledger, draft)
        write_mapping(imported.mapping, draft / "mapping.toml")
        write_text(draft / "quality.md", report + "\n")
    click.echo(report)
    click.echo("\n" + words.say("cli.import.done", folder=out))


@click.command("fit", cls=SpokenCommand)
@argument("LEDGER")
@option("--out", needed=True, type=Target(), metavar="PORTFOLIO")
@option("--force", is_flag=True)
@pass_words
def fit_command(words: Words, ledger: str, out: Path, force: bool) -> None:
    """Fit a portfolio to a ledger, and say what cannot be known from it."""
    from sim.calibrate import fit
    from sim.model.ledger_files import read_ledger
    from sim.model.portfolio_files import write_portfolio

    _, book = together(lambda: check_target(out, "portfolio", force), lambda: read_ledger(Path(ledger)))
    found = fit(book)
    with new_folder(out) as draft:
        write_portfolio(found.portfolio, draft)
    for finding in found.findings:
        click.echo("- " + words.say(finding.key, **finding.values))
    click.echo("\n" + words.say("cli.fit.done", folder=out))
