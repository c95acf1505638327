"""Which tables stand behind a report, as an Excel workbook?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.measure import METRICS
from sim.model.policy import LEVERS
from sim.model.settings import Lever
from sim.reports.changes import (
    LADDER_BASIS,
    ladder_differs,
    ladder_text,
    lever_value,
    levers_that_differ,
    parts_that_matter,
    unit_name,
    with_unit,
)
from sim.reports.gather import EXPLAINED, MONTHLY, Findings, Lived, change_of
from sim.reports.grounds import PLACES, chosen, command, provenance
from sim.reports.inputs import Inputs, policy_title
from sim.reports.sheets import Column, Number, Sheet, workbook
from sim.study.assumptions import Assumption
from sim.study.compare import HEADLINE
from sim.words import Words

SIDES = ("baseline", "alternative")


def report_workbook(findings: Findings, words: Words) -> bytes:
    """Differences, figures of every run and month, profit by part, levers, assumptions, provenance."""
    inputs = findings.inputs
    sheets = [
        differences(findings, words),
        runs(findings, words),
        months(findings, words),
        parts(findings, words),
        *groups(findings, words),
        levers(inputs, words),
        assumed(inputs, words),
        source(inputs, words),
    ]
    names = {side: policy_title(words, name) for side, name, _ in inputs.policies()}
    return workbook(sheets, words, words.say("paper.title", **names))


def _heads(words: Words, *names: str) -> tuple[Column, ...]:
    return tuple(Column(words.say(f"paper.column.{name}")) for name in names)


def _said(words: Words, inputs: Inputs, unit: str) -> str:
    return unit_name(words, unit, inputs.portfolio.currency)


def differences(findings: Findings, words: Words) -> Sheet:
    """The comparison, figure by figure; differences of shares in percentage points."""
    inputs = findings.inputs
    texts = _heads(words, "figure", "name")
    sides = [Column(policy_title(words, name), "number") for _, name, _ in inputs.policies()]
    rest = _heads(words, "unit", "difference", "low", "high", "difference_unit", "agree", "runs")
    columns = (*texts, *sides, *rest)
    rows: list[list[Any]] = []
    for row in findings.table.to_dict("records"):
        unit = str(row["unit"])
        gap_unit = "points" if unit == "share" else unit
        gaps = [Number(row[name], gap_unit) for name in ("difference", "low", "high")]
        levels = [Number(row[side], unit) for side in SIDES]
        names = [words.say(f"metric.{row['metric']}.name"), row["metric"]]
        sure = [Number(row["agree"], "share"), Number(row["runs"], "whole")]
        rows.append(
            [*names, *levels, _said(words, inputs, unit), *gaps, _said(words, inputs, gap_unit), *sure]
        )
    return Sheet(words.say("paper.sheet.differences"), columns, rows)


def _metric_columns(words: Words, inputs: Inputs, metrics: Sequence[str]) -> tuple[Column, ...]:
    currency = inputs.portfolio.currency
    return tuple(
        Column(
            with_unit(words, words.say(f"metric.{name}.name"), METRICS[name].unit, currency),
            METRICS[name].unit,
        )
        for name in metrics
    )


def runs(findings: Findings, words: Words) -> Sheet:
    """Every headline figure of every run under both policies."""
    inputs = findings.inputs
    columns = (*_heads(words, "run", "policy"), *_metric_columns(words, inputs, HEADLINE))
    rows = [
        [Number(run, "whole"), title, *(float(lived.whole.values[name][run]) for name in HEADLINE)]
        for run in range(inputs.runs)
        for title, lived in _both(findings, words)
    ]
    return Sheet(words.say("paper.sheet.runs"), columns, rows)


def months(findings: Findings, words: Words) -> Sheet:
    """The monthly figures of every run under both policies."""
    inputs = findings.inputs
    columns = (*_heads(words, "run", "policy", "month"), *_metric_columns(words, inputs, MONTHLY))
    rows = [
        [Number(run, "whole"), title, month, *(float(lived.monthly[name][run, at]) for name in MONTHLY)]
        for run in range(inputs.runs)
        for title, lived in _both(findings, words)
        for at, month in enumerate(lived.months)
    ]
    return Sheet(words.say("paper.sheet.months"), columns, rows)


def _both(findings: Findings, words: Words) -> list[tuple[str, Lived]]:
    return [(policy_title(words, name), findings.side(side)) for side, name, _ in findings.inputs.policies()]


def parts(findings: Findings, words: Words) -> Sheet:
    """What economic profit is made of, means over the runs."""
    inputs = findings.inputs
    money = [policy_title(words, name) for _, name, _ in inputs.policies()]
    money += [words.say(f"paper.column.{name}") for name in ("difference", "low", "high")]
    columns = (
        Column(words.say("paper.why.part")),
        *(Column(head, "fen") for head in money),
        *_heads(words, "unit"),
    )
    before, after = findings.baseline, findings.alternative
    named = [
        (words.say(f"paper.part.{name}"), before.parts[name], after.parts[name])
        for name in parts_that_matter(findings)
    ]
    profits = [side.whole.values["economic_profit"] for side in (before, after)]
    named.append((words.say("paper.why.total"), profits[0], profits[1]))
    rows = []
    for name, first, second in named:
        gap = change_of(second - first)
        values = [float(np.mean(first)), float(np.mean(second)), gap.mean, gap.low, gap.high]
        rows.append([name, *values, _said(words, inputs, "fen")])
    return Sheet(words.say("paper.sheet.parts"), columns, rows)


def groups(findings: Findings, words: Words) -> list[Sheet]:
    """The difference by group of levers, where that was found out."""
    if findings.reasons is None:
        return []
    heads = [words.say(f"paper.column.{name}") for name in ("difference", "low", "high")]
    columns = (
        Column(words.say("paper.column.figure")),
        Column(words.say("paper.why.group")),
        *(Column(head, "fen") for head in heads),
        *_heads(words, "unit"),
    )
    rows = []
    for metric in EXPLAINED:
        for group in findings.reasons.groups:
            gap = change_of(findings.reasons.parts[metric][group])
            names = [words.say(f"metric.{metric}.name"), words.say(f"branch.{group}")]
            rows.append([*names, gap.mean, gap.low, gap.high, _said(words, findings.inputs, "fen")])
    return [Sheet(words.say("paper.sheet.groups"), columns, rows)]


def levers(inputs: Inputs, words: Words) -> Sheet:
    """The levers that differ: before, after, unit, range and basis."""
    sides = tuple(Column(policy_title(words, name), "number") for _, name, _ in inputs.policies())
    branch, name = _heads(words, "branch", "name")
    texts = branch, Column(words.say("paper.levers.lever")), name
    bounds = tuple(Column(words.say(f"paper.assumptions.{name}"), "number") for name in ("low", "high"))
    columns = (*texts, *sides, *_heads(words, "unit"), *bounds, Column(words.say("paper.levers.basis")))
    rows = [_lever_row(inputs, words, lever) for lever in levers_that_differ(inputs)]
    if ladder_differs(inputs):
        currency = inputs.portfolio.currency
        steps = [ladder_text(words, policy, currency) for _, _, policy in inputs.policies()]
        names = [words.say("branch.collection"), words.say("paper.levers.ladder"), "collection.ladder"]
        rows.append([*names, *steps, "", "", "", LADDER_BASIS])
    return Sheet(words.say("paper.sheet.levers"), columns, rows)


def _lever_row(inputs: Inputs, words: Words, lever: Lever) -> list[Any]:
    names = [words.say(f"branch.{lever.branch}"), words.say(f"{lever.words_key}.name"), lever.path]
    if lever.kind != "int":
        values = [
            lever_value(words, lever, policy, inputs.portfolio.currency) for _, _, policy in inputs.policies()
        ]
        return [*names, *values, "", "", "", lever.basis]
    numbers = [Number(policy.value_of(lever.path), lever.unit) for _, _, policy in inputs.policies()]
    bounds = [Number(LEVERS[lever.path].low, lever.unit), Number(LEVERS[lever.path].high, lever.unit)]
    return [*names, *numbers, _said(words, inputs, lever.unit), *bounds, lever.basis]


def assumed(inputs: Inputs, words: Words) -> Sheet:
    """The assumptions that matter most, with label and range."""
    texts = (Column(words.say("paper.assumptions.place")), Column(words.say("paper.assumptions.name")))
    values = tuple(
        Column(words.say(f"paper.assumptions.{name}"), "number") for name in ("low", "base", "high")
    )
    rest = (*_heads(words, "unit"), Column(words.say("paper.assumptions.label")), *_heads(words, "name"))
    rows = [
        _assumption_row(inputs, words, one)
        for place in PLACES
        for one in chosen(inputs)
        if one.place == place
    ]
    return Sheet(words.say("paper.sheet.assumptions"), (*texts, *values, *rest), rows)


def _assumption_row(inputs: Inputs, words: Words, one: Assumption) -> list[Any]:
    unit, scale = ("share", 10_000) if one.unit == "bp" else (one.unit, 1)
    values = [Number(value / scale, unit) for value in (one.low, one.base, one.high)]
    name = words.say(f"{one.words_key}")
    return [
        words.say(f"paper.assumptions.{one.place}"),
        name,
        *values,
        _said(words, inputs, unit),
        one.basis,
        one.key,
    ]


def source(inputs: Inputs, words: Words) -> Sheet:
    """Where the figures come from, and the command that makes them again."""
    columns = (Column(words.say("paper.repeat.item")), Column(words.say("paper.repeat.value")))
    rows = [[name, value] for name, value in provenance(words, inputs)]
    rows.append([words.say("paper.repeat.command"), command(inputs, words.lang)])
    notes = [words.say("paper.repeat.digest_note"), words.say("paper.figures.unit_note")]
    rows += [[words.say("paper.repeat.note"), note] for note in notes]
    return Sheet(words.say("paper.sheet.provenance"), columns, rows)
