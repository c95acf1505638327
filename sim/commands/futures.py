"""`arlab simulate` and `arlab whatif`: what would happen under this policy, and what would another one change?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.base.errors import BadInput, Problem
from sim.commands.output import check_target, new_folder, show_json, together
from sim.commands.spoken import SpokenCommand, Target, Whole, argument, option, pass_words
from sim.words import Words
from sim.words.layout import table

if TYPE_CHECKING:
    from sim.model.policy import Policy
    from sim.model.portfolio import Portfolio

DAYS, RUNS, SEEDS = Whole(1, 3_653), Whole(1, 10_000), Whole(0, 2**32 - 1)


@click.command("simulate", cls=SpokenCommand)
@argument("PORTFOLIO")
@option("--policy", needed=True, metavar="NAME|FILE")
@option("--out", needed=True, type=Target(), metavar="LEDGER")
@option("--scenario", default="normal", metavar="NAME")
@option("--days", type=DAYS, metavar="N")
@option("--runs", type=RUNS, default=1, metavar="N")
@option("--seed", type=SEEDS, default=1, metavar="N")
@option("--force", is_flag=True)
@pass_words
def simulate_command(
    words: Words,
    portfolio: str,
    policy: str,
    out: Path,
    scenario: str,
    days: int | None,
    runs: int,
    seed: int,
    force: bool,
) -> None:
    """Simulate a portfolio under a policy and write the ledger."""
    from sim.engine import simulate
    from sim.model.ledger_files import write_ledger
    from sim.model.portfolio import scenario_for
    from sim.world import draw

    _, customers = together(
        lambda: check_target(out, "ledger", force), lambda: customers_for(portfolio, {"--policy": policy})
    )
    decided, times = together(
        lambda: policy_for("--policy", policy, customers), lambda: scenario_for(customers, scenario, days)
    )
    ledger, _ = simulate(draw(customers, times, seed=seed, runs=runs), decided)
    with new_folder(out) as draft:
        write_ledger(ledger, draft)
    invoices = int((ledger.entries["kind"] == "invoice").sum())
    told = {"first": words.date(ledger.first), "last": words.date(ledger.last), "runs": words.number(runs)}
    click.echo(words.say("cli.simulate.done", folder=out, invoices=words.number(invoices), **told))


@click.command("whatif", cls=SpokenCommand)
@argument("PORTFOLIO")
@option("--baseline", needed=True, metavar="NAME|FILE")
@option("--alternative", needed=True, metavar="NAME|FILE")
@option("--scenario", default="normal", metavar="NAME")
@option("--days", type=DAYS, metavar="N")
@option("--runs", type=RUNS, default=50, metavar="N")
@option("--seed", type=SEEDS, default=1, metavar="N")
@option("--json", "as_json", is_flag=True)
@pass_words
def whatif_command(
    words: Words,
    portfolio: str,
    baseline: str,
    alternative: str,
    scenario: str,
    days: int | None,
    runs: int,
    seed: int,
    as_json: bool,
) -> None:
    """Compare two policies on the same customers with the same luck."""
    from sim.model.portfolio import scenario_for
    from sim.study import compare
    from sim.world import draw

    customers = customers_for(portfolio, {"--baseline": baseline, "--alternative": alternative})
    first, second, times = together(
        lambda: policy_for("--baseline", baseline, customers),
        lambda: policy_for("--alternative", alternative, customers),
        lambda: scenario_for(customers, scenario, days),
    )
    world = draw(customers, times, seed=seed, runs=runs)
    rows: list[dict[str, Any]] = [
        {str(name): value for name, value in row.items()}
        for row in compare(world, first, second).table.to_dict("records")
    ]
    if as_json:
        show_json([_json_row(words, row) for row in rows])
        return
    names = {"baseline": _policy_name(words, baseline), "alternative": _policy_name(words, alternative)}
    about = {"days": words.days(times.days), "runs": words.number(runs), "seed": seed}
    place = {
        "portfolio": _portfolio_name(words, customers),
        "scenario": words.say(f"scenario.{scenario}.name"),
    }
    click.echo(words.say("cli.whatif.title", **names, **about, **place) + "\n")
    for line in _lines(words, rows, customers.currency):
        click.echo(line)
    click.echo("\n" + words.say("cli.whatif.note"))


def customers_for(portfolio: str, policies: Mapping[str, str]) -> Portfolio:
    """The portfolio of this name or folder. Raises BadInput; then also with policies that cannot be read either."""
    from sim.model.portfolio_files import load_portfolio

    try:
        if (Path(portfolio) / "manifest.toml").is_file():
            raise BadInput([Problem("cli.is_ledger", "PORTFOLIO", portfolio)])
        return load_portfolio(portfolio)
    except BadInput as bad:
        raise BadInput([*bad.problems, *_unreadable(policies)]) from bad


def _unreadable(policies: Mapping[str, str]) -> Iterator[Problem]:
    for option_name, name in policies.items():
        try:
            policy_for(option_name, name, None)
        except BadInput as bad:
            yield from (problem for problem in bad.problems if problem.rule in _NO_MATTER_WHOSE)


_NO_MATTER_WHOSE = ("unknown_policy", "file_unreadable", "not_toml", "unknown_field", "not_a_table")
"""What is wrong with a policy whatever it is a change to."""


def policy_for(option_name: str, name: str, portfolio: Portfolio | None) -> Policy:
    """The policy of this name or file, as a change to the portfolio's policy in force. Raises BadInput."""
    from sim.model.presets import load_policy

    try:
        return load_policy(name, base=portfolio.policy_in_force if portfolio else None)
    except BadInput as bad:
        raise BadInput(_under(option_name, problem) for problem in bad.problems) from bad


def _under(option_name: str, problem: Problem) -> Problem:
    """The same problem, naming the option through which the policy came when it names no field of its own."""
    if problem.rule != "unknown_policy":
        return problem
    return Problem(problem.rule, option_name, problem.value, problem.values)


_COLUMNS = ("baseline", "alternative", "difference", "low", "high", "agree", "runs")


def _json_row(words: Words, row: dict[str, Any]) -> dict[str, Any]:
    shown = {name: row[name] for name in ("metric", "unit", *_COLUMNS)}
    if row["runs"] < 2:
        shown["reason"] = words.say("cli.whatif.one_run" if row["runs"] else "cli.whatif.unknown")
    return shown


def _lines(words: Words, rows: list[dict[str, Any]], currency: str) -> list[str]:
    head = [
        words.say(f"cli.whatif.{name}")
        for name in ("metric", "baseline", "alternative", "difference", "interval", "agree")
    ]
    body = []
    for row in rows:
        unit = str(row["unit"])
        levels = [words.value(row[name], unit, currency=currency) for name in ("baseline", "alternative")]
        change = words.value(row["difference"], unit, currency=currency, signed=True)
        span = words.interval(row["low"], row["high"], unit, currency=currency, signed=True)
        body.append(
            [words.say(f"metric.{row['metric']}.name"), *levels, change, span, words.percent(row["agree"], 0)]
        )
    return table(head, body, ["left", "right", "right", "right", "right", "right"])


def _policy_name(words: Words, name: str) -> str:
    key = f"policy.{name}.name"
    return words.say(key) if words.has(key) else Path(name).stem


def _portfolio_name(words: Words, portfolio: Portfolio) -> str:
    return portfolio.name_zh if words.lang == "zh" else portfolio.name_en
