"""How are a ledger's figures shown: as rows for a program, as a table for a person?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sim.words import Words
from sim.words.layout import Side, table, width, wrap

if TYPE_CHECKING:
    import pandas as pd

    from sim.measure import Measures, Reason
    from sim.model.ledger import Ledger

_MARK = "*"  # a period the ledger covers only in part


def figure_rows(
    words: Words, ledger: Ledger, measures: Measures, every: Any, as_of: date | None
) -> list[dict[str, Any]]:
    """One row per metric, run and period; an unknown value is None with its reason."""
    rows = []
    for run, period, metric, value, unit, reason in _columns(measures.table):
        row = {"run": run, "period": period, "metric": metric, "value": value, "unit": unit}
        rows.append(row if value == value else {**row, "value": None, "reason": _said(words, reason)})
    return rows + _refused_rows(words, ledger, measures, every, as_of)


def _columns(frame: pd.DataFrame) -> Any:
    names = ("run", "period", "metric", "value", "unit", "reason")
    return zip(*(frame[name].tolist() for name in names), strict=True)


def _refused_rows(
    words: Words, ledger: Ledger, measures: Measures, every: Any, as_of: date | None
) -> list[dict[str, Any]]:
    from sim.base.days import day_of
    from sim.measure import METRICS, periods_between

    last = min(ledger.last, day_of(as_of)) if as_of else ledger.last
    return [
        {"run": run, "period": period, "metric": name, "value": None, "unit": METRICS[name].unit,
         "reason": reason_text(words, reason)}
        for name, reason in measures.refused.items()
        for run in ledger.runs
        for period in periods_between(ledger.first, last, every).labels
    ]  # fmt: skip


def refusal_lines(words: Words, measures: Measures) -> list[str]:
    """Which figures this ledger cannot show, and why."""
    return [
        words.say(
            "cli.measure.refusal",
            metric=metric_name(words, name),
            name=name,
            reason=reason_text(words, reason),
        )
        for name, reason in measures.refused.items()
    ]


def refusals_by_reason(words: Words, measures: Measures) -> list[str]:
    """The same for reading: each reason once, with the figures it makes unknown."""
    found: dict[str, list[str]] = {}
    for name, reason in measures.refused.items():
        found.setdefault(reason_text(words, reason), []).append(metric_name(words, name))
    lines = []
    for why, names in found.items():
        told = wrap(words.say("cli.measure.between").join(names), max(screen_columns() - 4, 40))
        lines += ["  " + why, *("    " + line for line in told)]
    return lines


def reason_text(words: Words, reason: Reason) -> str:
    """Why a figure is unknown."""
    return (
        words.say(reason.key, **reason.values) if words.has(reason.key) else words.say("cli.measure.unknown")
    )


def _said(words: Words, key: str) -> str:
    return words.say(key) if words.has(key) else words.say("cli.measure.unknown")


def metric_name(words: Words, name: str) -> str:
    """A metric's name for people."""
    return words.say(f"metric.{name}.name")


def figure_lines(words: Words, ledger: Ledger, measures: Measures) -> list[str]:
    """Metrics down, periods across, as many periods side by side as the screen holds; several runs are averaged."""
    frame = measures.table
    if frame.empty:
        return []
    mean = frame.groupby(["metric", "period"], observed=True, sort=False)["value"].mean().unstack("period")
    units = frame.drop_duplicates("metric").set_index("metric")["unit"]
    partial = set(frame.loc[~frame["complete"], "period"])
    body = [
        [
            metric_name(words, str(metric)),
            *(words.value(x, str(units[metric]), currency=ledger.currency) for x in row),
        ]
        for metric, row in zip(mean.index, mean.to_numpy(), strict=True)
    ]
    head = [words.period(str(name)) + (_MARK if name in partial else "") for name in mean.columns]
    lines = _blocks([words.say("cli.measure.metric"), *head], body)
    if partial:
        lines += ["", words.say("cli.measure.partial", mark=_MARK)]
    if len(ledger.runs) > 1:
        lines += ["", words.say("cli.measure.mean", runs=words.number(len(ledger.runs)))]
    return lines


def _blocks(head: list[str], body: list[list[str]]) -> list[str]:
    """One table, or several below each other when it is wider than the screen."""
    room = max(screen_columns(), 60)
    widths = [max(width(row[at]) for row in [head, *body]) + 2 for at in range(len(head))]
    lines: list[str] = []
    sides: list[Side] = ["left"]
    sides += ["right"] * (len(head) - 1)
    at = 1
    while at < len(head):
        until, used = at, widths[0]
        while until < len(head) and (until == at or used + widths[until] <= room):
            used += widths[until]
            until += 1
        chosen = [0, *range(at, until)]
        rows = [[row[c] for c in chosen] for row in body]
        lines += ([""] if lines else []) + table([head[c] for c in chosen], rows, sides[: until - at + 1])
        at = until
    return lines


def screen_columns() -> int:
    """How many columns has the screen (100 when there is none)?"""
    import shutil

    return shutil.get_terminal_size((100, 24)).columns
