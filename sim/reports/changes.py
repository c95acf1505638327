"""What was changed, what are the figures, and why did they change? The tables of a report."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.intake.mapping import UNKNOWN_CURRENCY
from sim.model.levers.collection import LadderStep
from sim.model.policy import LEVERS, Policy
from sim.model.settings import Lever
from sim.reports.answer import Gap, between, gaps
from sim.reports.gather import EXPLAINED, PARTS, Change, Findings, change_of
from sim.reports.inputs import Inputs
from sim.reports.paper import (
    Block,
    Cell,
    Row,
    Section,
    Side,
    Table,
    Text,
    Tone,
    heading,
    plain,
    sentences_joined,
)  # fmt: skip
from sim.study.compare import CONFIDENCE
from sim.words import Words

DASH = "–"
LADDER_BASIS = "R"  # its steps are those of trade practice


def levers_that_differ(inputs: Inputs) -> tuple[Lever, ...]:
    """The levers on which the two policies differ, in the order of the policy."""
    return tuple(
        lever
        for path, lever in LEVERS.items()
        if inputs.baseline.value_of(path) != inputs.alternative.value_of(path)
    )


def ladder_differs(inputs: Inputs) -> bool:
    """Do the dunning ladders differ?"""
    return inputs.baseline.collection.ladder != inputs.alternative.collection.ladder


def lever_value(words: Words, lever: Lever, policy: Policy, currency: str) -> str:
    """A lever's value as people read it."""
    value = policy.value_of(lever.path)
    if lever.kind == "int":
        return words.value(value, lever.unit, currency=currency)
    return words.say(f"choice.{lever.path}.{str(value).lower() if lever.kind == 'bool' else value}")


def unit_name(words: Words, unit: str, currency: str) -> str:
    """How is a unit written in the head of a column or beside a number?"""
    known = {"": "none", "%": "percent"}.get(unit, unit)
    return words.say(f"paper.unit.{known}", currency="" if currency == UNKNOWN_CURRENCY else currency)


def with_unit(words: Words, head: str, unit: str, currency: str) -> str:
    """A column's heading with the unit of its numbers; a share's is %, a plain number has none."""
    if unit in ("count", "index", "name"):
        return head
    shown = words.say("paper.unit.percent") if unit == "share" else unit_name(words, unit, currency)
    return words.say("paper.with_unit", head=head, unit=shown) if shown else head


def levers(words: Words, inputs: Inputs) -> Section:
    """What is changed: each lever, before and after, and how sure we are of its range."""
    head = words.say("paper.levers.head")
    found, with_ladder = levers_that_differ(inputs), ladder_differs(inputs)
    count = len(found) + with_ladder
    if not count:
        return Section("levers", head, (Text(words.say("paper.levers.none")),))
    number = words.number(count)
    lead = words.say("paper.levers.lead_one") if count == 1 else words.say("paper.levers.lead", count=number)
    blocks = (
        Text(lead),
        _lever_table(words, inputs, found, with_ladder),
        Text(words.say("paper.levers.legend"), "note"),
    )
    return Section("levers", head, blocks)


def _lever_table(words: Words, inputs: Inputs, found: tuple[Lever, ...], with_ladder: bool) -> Table:
    rows: list[Row] = []
    for branch in Policy.model_fields:
        mine = [_lever_row(words, inputs, lever) for lever in found if lever.branch == branch]
        if branch == "collection" and with_ladder:
            mine.append(_ladder_row(words, inputs))
        if mine:
            rows += [heading(words.say(f"branch.{branch}"), 4), *mine]
    heads = (
        words.say("paper.levers.lever"),
        words.say("panel.side.baseline"),
        words.say("panel.side.alternative"),
        words.say("paper.levers.basis"),
    )
    sides: tuple[Side, ...] = ("left", "left", "left", "center")
    return Table(words.say("paper.levers.caption"), heads, tuple(rows), (4.6, 4.6, 4.6, 1.2), sides)


def _lever_row(words: Words, inputs: Inputs, lever: Lever) -> Row:
    currency = inputs.portfolio.currency
    values = [lever_value(words, lever, policy, currency) for policy in (inputs.baseline, inputs.alternative)]
    return plain(words.say(f"{lever.words_key}.name"), *values, lever.basis)


def _ladder_row(words: Words, inputs: Inputs) -> Row:
    currency = inputs.portfolio.currency
    steps = [ladder_text(words, policy, currency) for policy in (inputs.baseline, inputs.alternative)]
    return plain(words.say("paper.levers.ladder"), *steps, LADDER_BASIS)


def ladder_text(words: Words, policy: Policy, currency: str) -> str:
    """A dunning ladder, one step a line."""
    steps = [step_text(words, step, currency) for step in policy.collection.ladder]
    return "\n".join(steps) or words.say("paper.levers.no_steps")


def step_text(words: Words, step: LadderStep, currency: str) -> str:
    """One step of a ladder: when, what, from which amount on."""
    move = words.say(f"move.{step.move}")
    if step.days == 0:
        told = words.say("paper.levers.step_on", move=move)
    else:
        when = "after" if step.days > 0 else "before"
        told = words.say(f"paper.levers.step_{when}", days=words.days(abs(step.days)), move=move)
    if step.min_fen:
        told = words.say("paper.levers.step_from", step=told, amount=words.money(step.min_fen, currency))
    return told


# --- figures ------------------------------------------------------------------------------------------------------

_HEADS = ("figure", "baseline", "alternative", "difference", "interval", "agree", "verdict")


def figures(words: Words, findings: Findings) -> Section:
    """All headline figures under both policies, their differences and how sure these are."""
    found = gaps(findings)
    currency, runs = findings.inputs.portfolio.currency, findings.inputs.runs
    heads = tuple(words.say(f"panel.table.{name}", percent=f"{CONFIDENCE:.0%}") for name in _HEADS)
    rows = tuple(_figure_row(words, gap, currency) for gap in found.values())
    sides: tuple[Side, ...] = ("left", "right", "right", "right", "right", "right", "left")
    widths = (3.6, 2.2, 2.2, 2.3, 3.7, 1.7, 1.9)
    notes = [
        words.say("paper.figures.note", runs=words.number(runs))
        if runs > 1
        else words.say("paper.figures.note_one")
    ]
    if any(not gap.is_known for gap in found.values()):
        notes.append(words.say("paper.figures.alone"))
    table = Table(words.say("paper.figures.caption"), heads, rows, widths, sides)
    blocks = (table, Text(sentences_joined(words, notes), "note"))
    return Section("figures", words.say("paper.figures.head"), blocks)


def _figure_row(words: Words, gap: Gap, currency: str) -> Row:
    def shown(x: float, signed: bool = False) -> str:
        return words.value(x, gap.unit, currency=currency, signed=signed) if np.isfinite(x) else DASH

    span = between(words, gap, currency) if gap.has_interval else DASH
    agree = words.percent(gap.agree, 0) if gap.has_interval and gap.difference else DASH
    cells = [
        words.say(f"metric.{gap.metric}.name"),
        shown(gap.baseline),
        shown(gap.alternative),
        shown(gap.difference, signed=True),
        span,
        agree,
    ]
    return Row((*(Cell(text) for text in cells), verdict_cell(words, gap)))


def verdict_cell(words: Words, gap: Gap) -> Cell:
    """A sign, a word and a colour; never the colour alone."""
    verdict = gap.verdict
    if verdict == "unknown":
        return Cell(DASH, "soft")
    told = words.say(f"panel.verdict.{verdict}")
    if verdict in ("same", "unclear"):
        return Cell(told, "soft")
    tones: dict[str, Tone] = {"good": "good", "bad": "bad"}
    return Cell(("▲ " if gap.difference > 0 else "▼ ") + told, tones.get(verdict, ""))


# --- why ----------------------------------------------------------------------------------------------------------


def why(words: Words, findings: Findings, pictures: dict[str, Block]) -> Section:
    """Profit part by part, and the difference by group of levers."""
    blocks: list[Block] = [Text(words.say("paper.why.parts_lead")), _parts_table(words, findings)]
    blocks += [pictures[name] for name in ("waterfall", "why_ar") if name in pictures]
    blocks += _groups(words, findings)
    blocks += [pictures[name] for name in ("groups",) if name in pictures]
    return Section("why", words.say("paper.why.head"), tuple(blocks))


def part_changes(findings: Findings) -> dict[str, Change]:
    """How much does each part of economic profit change?"""
    before, after = findings.baseline.parts, findings.alternative.parts
    return {name: change_of(after[name] - before[name]) for name in PARTS}


def parts_that_matter(findings: Findings) -> tuple[str, ...]:
    """The parts that are not nought throughout under both policies."""
    sides = (findings.baseline, findings.alternative)
    return tuple(name for name in PARTS if any(side.parts[name].any() for side in sides))


def _parts_table(words: Words, findings: Findings) -> Table:
    currency, changes = findings.inputs.portfolio.currency, part_changes(findings)
    heads = (
        words.say("paper.why.part"),
        *(
            words.say(f"panel.table.{name}", percent=f"{CONFIDENCE:.0%}")
            for name in ("baseline", "alternative", "difference", "interval")
        ),
    )
    rows = []
    for name in parts_that_matter(findings):
        levels = [float(side.parts[name].mean()) for side in (findings.baseline, findings.alternative)]
        rows.append(_money_row(words, words.say(f"paper.part.{name}"), levels, changes[name], currency))
    profit = gaps(findings)["economic_profit"]
    whole = Change(profit.difference, profit.low, profit.high)
    levels = [profit.baseline, profit.alternative]
    total = _money_row(words, words.say("paper.why.total"), levels, whole, currency)
    rows.append(Row(total.cells, "total"))
    sides: tuple[Side, ...] = ("left", "right", "right", "right", "right")
    return Table(words.say("paper.why.parts_caption"), heads, tuple(rows), (4, 2.4, 2.4, 2.4, 4), sides)


def _money_row(words: Words, name: str, levels: list[float], change: Change, currency: str) -> Row:
    shown = [words.money(level, currency) for level in levels]
    return plain(
        name, *shown, words.money(change.mean, currency, signed=True), _span(words, change, "fen", currency)
    )


def _span(words: Words, change: Change, unit: str, currency: str) -> str:
    if not np.isfinite(change.low):
        return DASH
    return words.interval(change.low, change.high, unit, currency=currency, signed=True)


def _groups(words: Words, findings: Findings) -> list[Block]:
    reasons = findings.reasons
    if reasons is None:
        return [] if findings.inputs.is_idle else [Text(words.say("paper.why.left_out"), "note")]
    if len(reasons.groups) == 1:
        group = words.say(f"branch.{reasons.groups[0]}")
        return [Text(words.say("paper.why.one_group", group=group))]
    lead = words.say("paper.why.groups_lead") if reasons.is_exact else words.say("paper.why.groups_lead_two")
    blocks: list[Block] = [Text(lead), _groups_table(words, findings)]
    if findings.inputs.runs > 1:
        blocks.append(Text(words.say("paper.why.interval_below"), "note"))
    return blocks


def _groups_table(words: Words, findings: Findings) -> Table:
    assert findings.reasons is not None
    currency, parts = findings.inputs.portfolio.currency, findings.reasons.parts
    heads = (words.say("paper.why.group"), *(words.say(f"metric.{name}.name") for name in EXPLAINED))
    rows = [
        plain(
            words.say(f"branch.{group}"),
            *(_group_cell(words, change_of(parts[metric][group]), currency) for metric in EXPLAINED),
        )
        for group in findings.reasons.groups
    ]
    found = gaps(findings)
    sums = [_total_cell(words, found[metric], currency) for metric in EXPLAINED]
    rows.append(Row(plain(words.say("panel.table.difference"), *sums).cells, "total"))
    sides: tuple[Side, ...] = ("left", "right", "right", "right", "right")
    return Table(words.say("paper.why.groups_caption"), heads, tuple(rows), (1.6, 3, 3, 3, 3), sides)


def _group_cell(words: Words, change: Change, currency: str) -> str:
    amount = words.money(change.mean, currency, signed=True)
    if not np.isfinite(change.low):
        return amount
    return amount + "\n" + _bracketed(words, _span(words, change, "fen", currency))


def _total_cell(words: Words, gap: Gap, currency: str) -> str:
    return _group_cell(words, Change(gap.difference, gap.low, gap.high), currency)


def _bracketed(words: Words, text: str) -> str:
    return words.say("paper.bracket", text=text)


def monthly_rows(findings: Findings) -> list[dict[str, Any]]:
    """Every monthly figure of every run under both policies, one row per run and month."""
    rows = []
    for side in ("baseline", "alternative"):
        lived = findings.side(side)
        for run in range(findings.inputs.runs):
            for at, month in enumerate(lived.months):
                values = {name: float(grid[run, at]) for name, grid in lived.monthly.items()}
                rows.append({"side": side, "run": run, "month": month, **values})
    return rows
