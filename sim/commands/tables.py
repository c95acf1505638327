"""How is one of a ledger's tables shown: as rows for a program, as lines for a person?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.commands.figures import reason_text
from sim.words import Words
from sim.words.layout import Side, table

if TYPE_CHECKING:
    import pandas as pd

    from sim.measure import NotMeasurable, Report
    from sim.model.ledger import Ledger

_TEXTS = ("name", "date", "bucket", "period", "stage")


def table_rows(report: Report, found: pd.DataFrame) -> list[dict[str, Any]]:
    """One object per row, dates as YYYY-MM-DD, amounts in fen."""
    plain = found.assign(
        **{name: found[name].astype(str) for name, kind in report.columns.items() if kind in _TEXTS}
    )
    money = [name for name, kind in report.columns.items() if kind == "fen"]
    plain[money] = plain[money].round()
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict(orient="records")]


def table_lines(words: Words, ledger: Ledger, report: Report, found: pd.DataFrame) -> list[str]:
    """The table with its name above and what it means below; several runs are averaged."""
    from sim.measure import mean_over_runs

    shown = mean_over_runs(found) if found["run"].nunique() > 1 else found
    columns = list(report.columns.items())
    cells = [[_cell(words, ledger, kind, value) for value in shown[name].tolist()] for name, kind in columns]
    sides: list[Side] = ["left" if kind in _TEXTS else "right" for _, kind in columns]
    head = [words.say(f"column.{name}") for name, _ in columns]
    lines = [words.say(f"{report.words_key}.name"), "", *table(head, zip(*cells, strict=True), sides)]
    if found["run"].nunique() > 1:
        lines += ["", words.say("cli.measure.mean", runs=words.number(len(ledger.runs)))]
    return [*lines, "", words.say(f"{report.words_key}.help")]


def table_refusal(words: Words, report: Report, refusal: NotMeasurable) -> str:
    """Why this ledger cannot show the table."""
    return words.say(
        "cli.measure.refusal", metric=words.say(f"{report.words_key}.name"), name=report.name,
        reason=reason_text(words, refusal.reason),
    )  # fmt: skip


def _cell(words: Words, ledger: Ledger, kind: str, value: Any) -> str:
    if kind == "name":
        return str(value)
    if kind == "date":
        return words.date(str(value)[:10])
    if kind == "period":
        return words.period(str(value))
    if kind in ("bucket", "stage"):
        return words.say(f"{'ageing' if kind == 'bucket' else kind}.{value}")
    return words.value(value, kind, currency=ledger.currency)
