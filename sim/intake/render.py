"""How does the quality report read, in English or Chinese? As Markdown, the urgent first."""

from collections.abc import Iterable, Iterator, Mapping

from sim.base.days import date_of
from sim.intake.columns import ColumnChoice
from sim.intake.mapping import UNKNOWN_CURRENCY, FieldName
from sim.intake.orders import Agreement, OrderFinding
from sim.intake.report import LEVELS, Content, Note, Report
from sim.intake.rows import EXAMPLES
from sim.model.ledger import COVERAGE
from sim.words import Words


def render(report: Report, words: Words) -> str:
    """The whole report as Markdown."""
    parts = [
        f"# {words.say('import.report.title', source=report.source)}",
        _summary(report, words),
        *_section("content", _contents(report, words), words),
        *_section("notes", _notes(report, words), words, "no_notes"),
        *_section("left_out", _left_out(report, words), words, "nothing_left_out"),
        *_section("columns", _columns(report, words), words),
        *_section("dates", _dates(report, words), words),
        *_section("gaps", _gaps(report, words), words, "no_gaps"),
        *_section("unknown", _unknown(report, words), words),
        words.say("import.report.save_mapping"),
    ]
    return "\n\n".join(parts) + "\n"


def _summary(report: Report, words: Words) -> str:
    number = words.number
    count = words.say(
        "import.report.summary", read=number(report.rows_read), used=number(report.rows_used),
        left_out=number(report.rows_read - report.rows_used),
    )  # fmt: skip
    if report.sheet:
        file = words.say("import.report.file_excel", sheet=report.sheet, header=report.header_line)
    else:
        mark = {"\t": "TAB"}.get(report.delimiter, report.delimiter)
        file = words.say(
            "import.report.file_text",
            encoding=report.encoding,
            delimiter=f"`{mark}`",
            header=report.header_line,
        )
    return words.say("import.report.two", first=count, second=file)


def _section(name: str, lines: list[str], words: Words, empty: str = "") -> Iterator[str]:
    if lines or empty:
        yield f"## {words.say(f'import.report.{name}')}"
        yield "\n".join(lines) if lines else words.say(f"import.report.{empty}")


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]], words: Words) -> list[str]:
    names = [words.say(f"import.head.{head}") for head in heads]
    body = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names), *body] if body else []


def _money(amount: int, currency: str, words: Words) -> str:
    return words.money(amount, currency, exact=True)


def _contents(report: Report, words: Words) -> list[str]:
    def row(content: Content) -> list[str]:
        return [
            words.say("format.unknown") if content.currency == UNKNOWN_CURRENCY else content.currency,
            words.number(content.invoices), words.number(content.open_items), words.number(content.customers),
            _money(content.amount_fen, content.currency, words), words.date(content.first), words.date(content.last),
        ]  # fmt: skip

    heads = ("currency", "invoices", "open_items", "customers", "amount", "first", "last")
    return _table(heads, map(row, report.contents), words)


def _notes(report: Report, words: Words) -> list[str]:
    several = len(report.contents) > 1
    names = {choice.field: choice.column for choice in report.columns}
    ranked = sorted(report.notes, key=lambda note: LEVELS.index(note.level))
    return [
        f"- **{words.say(f'import.level.{note.level}')}** {_note(note, names, several, words)}"
        for note in ranked
    ]


def _note(note: Note, names: Mapping[FieldName, str], several: bool, words: Words) -> str:
    shown = {name: _shown(name, value, names, words) for name, value in note.values.items()}
    text = words.say(f"import.note.{note.rule}", **shown)
    if several and "currency" in note.values and note.rule != "currency_from_header":
        text = words.say("import.note.in_currency", currency=note.values["currency"], text=text)
    if not note.lines:
        return text
    rows = note.values.get("rows", 0)
    more = isinstance(rows, int) and rows > EXAMPLES
    key = "import.report.lines_more" if more else "import.report.lines"
    lines = words.say(key, lines=words.listed(map(str, note.lines)))
    return words.say("import.report.two", first=text, second=lines)


def _shown(name: str, value: object, names: Mapping[FieldName, str], words: Words) -> object:
    if name == "part":
        return words.say(f"import.field.{value}")
    if name == "column":
        return f"`{next((column for field, column in names.items() if field == value), value)}`"
    if name == "last" and isinstance(value, int):
        return words.date(date_of(value))
    if isinstance(value, tuple):
        return words.listed(_counted(str(what), int(count), words) for what, count in value)
    return words.number(value) if isinstance(value, int) else value


def _counted(name: str, count: int, words: Words) -> str:
    shown = words.say("format.unknown") if name == UNKNOWN_CURRENCY else name
    return words.say("import.report.counted", name=shown, number=words.number(count))


def _left_out(report: Report, words: Words) -> list[str]:
    rows = [
        [
            words.say(f"import.left_out.{found.reason}"), words.number(found.rows),
            words.money(found.amount_fen, found.currency, exact=True),
            words.listed(map(str, found.lines)),
        ]
        for found in report.left_out
    ]  # fmt: skip
    return _table(("reason", "rows", "amount", "lines"), rows, words)


def _columns(report: Report, words: Words) -> list[str]:
    rows = [[words.say(f"import.field.{c.field}"), f"`{c.column}`", _why(c, words)] for c in report.columns]
    lines = _table(("part", "column", "why"), rows, words)
    for choice in report.turned_down:
        field = words.say(f"import.field.{choice.field}")
        fit = words.percent(choice.fit)
        lines += [
            "",
            words.say("import.report.turned_down", column=f"`{choice.column}`", field=field, fit=fit),
        ]
    if report.unused:
        listed = words.listed(f"`{column}`" for column in report.unused)
        lines += ["", words.say("import.report.unused", columns=listed)]
    return lines


def _why(choice: ColumnChoice, words: Words) -> str:
    if choice.evidence == "stated":
        return words.say("import.why.stated")
    fit = words.percent(choice.fit)
    if choice.others:
        others = words.listed(f"`{column}`" for column in choice.others)
        return words.say("import.why.header_others", fit=fit, others=others)
    return words.say("import.why.header", fit=fit)


def _dates(report: Report, words: Words) -> list[str]:
    rows = [
        [
            words.say(f"import.field.{found.field}"), f"`{found.column}`", words.say(f"import.order.{found.order}"),
            words.say("import.report.semicolon").join(_evidence(found, words)),
        ]
        for found in report.dates
    ]  # fmt: skip
    return _table(("part", "column", "order", "why"), rows, words)


def _evidence(found: OrderFinding, words: Words) -> Iterator[str]:
    number = words.number
    if not found.filled:
        yield words.say("import.date.blank")
        return
    if found.evidence != "only":
        yield words.say(f"import.date.{found.evidence}")
    elif found.impossible == found.filled:
        yield words.say("import.date.only_this", filled=number(found.filled))
    else:
        yield words.say(
            "import.date.only", impossible=number(found.impossible), filled=number(found.filled),
            other=words.say(f"import.order.{found.other}"), example=found.example,
        )  # fmt: skip
    if found.unread:
        yield words.say("import.date.unread", rows=number(found.unread), example=found.unread_example)
    for agreement in found.agreements:
        yield _agreement(agreement, words)


def _agreement(agreement: Agreement, words: Words) -> str:
    rule = agreement.rule.partition(".")[0]
    return words.say(f"import.agree.{rule}", share=words.percent(agreement.share), detail=agreement.detail)


def _gaps(report: Report, words: Words) -> list[str]:
    lines = []
    for gap in report.gaps:
        key = "gap_together" if len(gap.columns) > 1 else "gap"
        columns = words.listed(f"`{column}`" for column in gap.columns)
        lines.append("- " + words.say(f"import.report.{key}", columns=columns, rows=words.number(gap.rows)))
    return lines


def _unknown(report: Report, words: Words) -> list[str]:
    missing = [kind for kind in COVERAGE if any(kind not in content.coverage for content in report.contents)]
    return [f"- {words.say(f'import.unknown.{kind}')}" for kind in missing]
