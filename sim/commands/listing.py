"""`arlab list`: what is built in?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from sim.commands.figures import screen_columns
from sim.commands.output import show_json
from sim.commands.spoken import OneOf, SpokenCommand, argument, option, pass_words
from sim.words import Words
from sim.words.layout import definitions

Row = dict[str, Any]


@click.command("list", cls=SpokenCommand)
@argument(
    "WHAT",
    type=OneOf(
        "portfolios",
        "policies",
        "scenarios",
        "metrics",
        "tables",
        "pictures",
        "levers",
        "roleplays",
        "handouts",
    ),
)
@option("--json", "as_json", is_flag=True)
@pass_words
def list_command(words: Words, what: str, as_json: bool) -> None:
    """Which portfolios, policies, scenarios, metrics, tables, pictures, levers, role-plays or handouts are there?"""
    rows = _LISTS[what](words)
    if as_json:
        show_json(rows)
    else:
        for line in definitions(
            [(row["name"], _told(words, what, row)) for row in rows], _columns(), indent=0
        ):
            click.echo(line)


def _columns() -> int:
    return max(min(screen_columns(), 120), 60)


def _told(words: Words, what: str, row: Row) -> str:
    told = [row["title"]]
    if what == "portfolios":
        told = [words.say("cli.list.customers", title=row["title"], number=words.number(row["customers"]))]
    if what == "levers":
        told.append(words.say("cli.list.lever", **_lever_texts(words, row)))
    if what == "metrics":
        told.append(words.say("cli.list.metric", kind=words.say(f"cli.unit.{row['unit']}"), unit=row["unit"]))
    return (
        words.say("cli.list.line", title=" ".join(told), help=row["help"])
        if row.get("help")
        else " ".join(told)
    )


def _lever_texts(words: Words, row: Row) -> dict[str, str]:
    unit, kind = row["unit"], row["kind"]
    if kind == "int":
        span, default = words.interval(row["low"], row["high"], unit), words.value(row["default"], unit)
    else:
        named = {typed: words.say(f"choice.{row['name']}.{typed}") for typed in map(_typed, row["choices"])}
        span = words.listed(
            words.say("cli.list.choice", value=value, name=name) for value, name in named.items()
        )
        default = _typed(row["default"])
    return {"span": span, "default": default, "basis": words.say(f"basis.{row['basis']}")}


def _typed(value: object) -> str:
    """A choice as it is written in a file of settings: true and false small, grades as they are."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _portfolios(words: Words) -> list[Row]:
    from sim.model.portfolio_files import load_portfolio, portfolio_names

    rows = []
    for name in portfolio_names():
        portfolio = load_portfolio(name)
        title = portfolio.name_zh if words.lang == "zh" else portfolio.name_en
        rows.append({"name": name, "title": title, "customers": len(portfolio), "as_of": str(portfolio.as_of),
                     "currency": portfolio.currency})  # fmt: skip
    return rows


def _policies(words: Words) -> list[Row]:
    from sim.model.presets import policy_names

    return [_named(words, f"policy.{name}", name, "why") for name in policy_names()]


def _scenarios(words: Words) -> list[Row]:
    from sim.model.scenario import scenario_names

    return [_named(words, f"scenario.{name}", name, "help") for name in scenario_names()]


def _metrics(words: Words) -> list[Row]:
    from sim.measure import METRICS

    return [
        {**_named(words, found.words_key, name, "help"), "unit": found.unit, "better": found.better,
         "needs": list(found.needs)}
        for name, found in METRICS.items()
    ]  # fmt: skip


def _tables(words: Words) -> list[Row]:
    from sim.measure import REPORTS

    return [
        {
            **_named(words, found.words_key, name, "help"),
            "columns": list(found.columns),
            "needs": list(found.needs),
        }
        for name, found in REPORTS.items()
    ]


def _pictures(words: Words) -> list[Row]:
    from sim.plots import PLOTS

    return [
        {**_named(words, plot.words_key, name, "help"), "policies": [plot.least, plot.most],
         "arguments": {argument.name: argument.default for argument in plot.arguments}}
        for name, plot in PLOTS.items()
    ]  # fmt: skip


def _roleplays(words: Words) -> list[Row]:
    from sim.roleplay.reading import load_scenario_named, sound_scenarios

    found = ((name, load_scenario_named(name)) for name in sound_scenarios()[0])
    return [
        {"name": each.number, "file": name, "title": each.title.said(words.lang), "cause": each.cause,
         "minutes": each.minutes.total, "difficulty": each.difficulty}
        for name, each in found
    ]  # fmt: skip


def _handouts(words: Words) -> list[Row]:
    from sim.reports.training import handout, handout_names

    return [{"name": name, "title": handout(name, words)[0]} for name in handout_names()]


def _levers(words: Words) -> list[Row]:
    from sim.model.policy import LEVERS

    return [
        {**_named(words, lever.words_key, path, "help"), "kind": lever.kind, "unit": lever.unit,
         "low": lever.low if lever.kind == "int" else None, "high": lever.high if lever.kind == "int" else None,
         "step": lever.step if lever.kind == "int" else None, "default": lever.default,
         "choices": list(lever.choices) or ([False, True] if lever.kind == "bool" else []), "basis": lever.basis}
        for path, lever in LEVERS.items()
    ]  # fmt: skip


def _named(words: Words, key: str, name: str, explained: str) -> Row:
    return {"name": name, "title": words.say(f"{key}.name"), "help": words.say(f"{key}.{explained}")}


_LISTS: dict[str, Callable[[Words], list[Row]]] = {
    "portfolios": _portfolios, "policies": _policies, "scenarios": _scenarios, "metrics": _metrics,
    "tables": _tables, "pictures": _pictures, "levers": _levers, "roleplays": _roleplays, "handouts": _handouts,
}  # fmt: skip
