"""`arlab measure --out FILE.xlsx`: how do a ledger's figures and tables become an Excel workbook?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands.figures import metric_name, reason_text
from sim.words import Words

if TYPE_CHECKING:
    import pandas as pd

    from sim.measure import Measures, Report
    from sim.model.ledger import Ledger
    from sim.reports.sheets import Column, Sheet


def check_workbook(out: Path | None, force: bool) -> None:
    """May this workbook be written? Asked before the work. Raises BadInput."""
    if out is not None:
        from sim.reports import check_targets

        check_targets([out], force=force, known=(".xlsx",))


def write_figures(words: Words, ledger: Ledger, measures: Measures, out: Path) -> str:
    """Write every figure of every run and period as one long sheet, and what could not be known as another."""
    from sim.reports.sheets import Column, Sheet

    currency = ledger.currency
    rows = [_figure(words, row, currency) for row in measures.table.to_dict("records")]
    sheets = [Sheet(words.say("paper.sheet.data"), _columns(words), rows)]
    if measures.refused:
        unknown = [
            [metric_name(words, name), name, reason_text(words, reason)]
            for name, reason in measures.refused.items()
        ]
        heads = tuple(Column(words.say(f"paper.column.{name}")) for name in ("figure", "name", "reason"))
        sheets.append(Sheet(words.say("format.unknown"), heads, unknown))
    return _write(words, sheets, out)


def _columns(words: Words) -> tuple[Column, ...]:
    from sim.reports.sheets import Column

    names = ("run", "period", "figure", "name", "value", "unit", "reason")
    return tuple(
        Column(words.say(f"paper.column.{name}"), "number" if name in ("run", "value") else "text")
        for name in names
    )


def _figure(words: Words, row: dict[Any, Any], currency: str) -> list[Any]:
    """One figure of one run and period; what is unknown says why."""
    from sim.reports.changes import unit_name
    from sim.reports.sheets import Number

    metric, unit, value, why = str(row["metric"]), str(row["unit"]), float(row["value"]), str(row["reason"])
    reason = ""
    if value != value:
        reason = words.say(why) if why and words.has(why) else words.say("cli.measure.unknown")
    period = words.period(str(row["period"]))
    shown = unit_name(words, unit, currency)
    return [
        Number(row["run"], "whole"),
        period,
        metric_name(words, metric),
        metric,
        Number(value, unit),
        shown,
        reason,
    ]


def write_table(words: Words, ledger: Ledger, report: Report, found: pd.DataFrame, out: Path) -> str:
    """Write one of the ledger's tables: numbers with their units, every run a row of its own."""
    from sim.reports.changes import with_unit
    from sim.reports.sheets import Column, Sheet

    texts = ("name", "date", "bucket", "period", "stage")
    with_run = found["run"].nunique() > 1
    columns = [Column(words.say("paper.column.run"), "whole")] if with_run else []
    for name, kind in report.columns.items():
        head = words.say(f"column.{name}")
        if kind not in texts:
            head = with_unit(words, head, kind, ledger.currency)
        columns.append(Column(head, "text" if kind in texts else kind))
    rows = [
        ([row["run"]] if with_run else [])
        + [_told(words, kind, row[name]) for name, kind in report.columns.items()]
        for row in found.to_dict("records")
    ]
    return _write(words, [Sheet(words.say(f"{report.words_key}.name"), tuple(columns), rows)], out)


def _told(words: Words, kind: str, value: Any) -> Any:
    if kind == "name":
        return str(value)
    if kind == "date":
        return date.fromisoformat(str(value)[:10])
    if kind == "period":
        return words.period(str(value))
    if kind in ("bucket", "stage"):
        return words.say(f"{'ageing' if kind == 'bucket' else kind}.{value}")
    return value


def _write(words: Words, sheets: list[Sheet], out: Path) -> str:
    from sim.reports import write_bytes
    from sim.reports.sheets import workbook

    write_bytes(out, workbook(sheets, words, sheets[0].name))
    return words.say("cli.measure.written", file=out)
