"""How does a report become a page? One file with everything in it, to be read, printed and listened to."""

from __future__ import annotations

import base64
from html import escape
from importlib.resources import files
from itertools import groupby

from sim.reports.paper import Block, Cell, Code, Paper, Picture, Points, Row, Section, Side, Table, Text
from sim.reports.pdf import BREAK, fine, split_range
from sim.words import Words
from sim.words.font import font_face

HTML_LANG = {"en": "en", "zh": "zh-CN"}


def html(paper: Paper) -> str:
    """The report as one HTML file. In Chinese it brings its own font, for machines that have none."""
    css = files("sim.reports").joinpath("page.css").read_text(encoding="utf-8")
    lang = HTML_LANG[paper.lang]
    body = "\n".join([_top(paper), _contents(paper), *map(_section, paper.sections)])
    font = font_face(body + paper.title) if paper.lang == "zh" else ""
    head = (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_safe(paper.title)}</title>\n<style>\n{font}{css}</style>\n</head>\n"
    )
    return f'{head}<body lang="{lang}">\n{body}\n</main>\n</body>\n</html>\n'


def _top(paper: Paper) -> str:
    facts = "".join(f"<dt>{_safe(name)}</dt><dd>{_safe(fine(text))}</dd>" for name, text in paper.facts)
    return (
        f'<header>\n<p class="kit">{_safe(paper.kit)}</p>\n<h1>{_safe(paper.title)}</h1>\n'
        f'<p class="subtitle">{_safe(paper.subtitle)}</p>\n<dl class="facts">{facts}</dl>\n</header>'
    )


def _contents(paper: Paper) -> str:
    name = _safe(Words(paper.lang).say("paper.contents"))
    rows = "".join(f'<li><a href="#{one.key}">{_safe(one.head)}</a></li>' for one in paper.sections)
    return f'<nav aria-label="{name}"><ol>{rows}</ol></nav>\n<main>'


def _section(section: Section) -> str:
    parts = [f'<h2 id="{section.key}-head">{_safe(section.head)}</h2>']
    for is_side, blocks in groupby(
        section.blocks, key=lambda one: isinstance(one, Points) and bool(one.tone)
    ):
        told = "\n".join(map(_block, blocks))
        parts.append(f'<div class="sides">{told}</div>' if is_side else told)
    inside = "\n".join(parts)
    return f'<section id="{section.key}" aria-labelledby="{section.key}-head">\n{inside}\n</section>'


def _block(block: Block) -> str:
    if isinstance(block, Text):
        kind = "" if block.kind == "body" else f' class="{block.kind}"'
        return f"<p{kind}>{_safe(fine(block.text))}</p>"
    if isinstance(block, Points):
        return _points(block)
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Picture):
        return _picture(block)
    return _code(block)


def _points(block: Points) -> str:
    tone = f' class="{block.tone}"' if block.tone else ""
    head = f"<h3{tone}>{_safe(block.head)}</h3>" if block.head else ""
    rows = "".join(f"<li>{_safe(fine(item))}</li>" for item in block.items)
    return f"<div>{head}<ul{tone}>{rows}</ul></div>"


def _code(block: Code) -> str:
    return f"<pre><code>{_safe(block.text)}</code></pre>"


def _picture(block: Picture) -> str:
    data = base64.b64encode(block.svg.encode("utf-8")).decode("ascii")
    note = f"<figcaption>{_safe(block.note)}</figcaption>" if block.note else ""
    alt = _safe(block.alt)
    return f'<figure><img src="data:image/svg+xml;base64,{data}" alt="{alt}">{note}</figure>'


def _table(block: Table) -> str:
    heads = "".join(
        f'<th scope="col" class="{side}">{_safe(head)}</th>'
        for head, side in zip(block.heads, block.sides, strict=True)
    )
    rows = "\n".join(_row(row, block.sides) for row in block.rows)
    return (
        f'<div class="wide"><table>\n<caption>{_safe(block.caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table></div>"
    )


def _row(row: Row, sides: tuple[Side, ...]) -> str:
    if row.kind == "head":
        return f'<tr class="head"><th colspan="{len(sides)}" scope="colgroup">{_safe(row.cells[0].text)}</th></tr>'
    first = f'<th scope="row" class="{sides[0]}">{_lines(row.cells[0].text)}</th>'
    rest = "".join(_cell(cell, side) for cell, side in zip(row.cells[1:], sides[1:], strict=True))
    kind = ' class="total"' if row.kind == "total" else ""
    return f"<tr{kind}>{first}{rest}</tr>"


def _cell(cell: Cell, side: Side) -> str:
    classes = " ".join(filter(None, (side, cell.tone)))
    told = _numbers(cell.text) if side == "right" else _lines(cell.text)
    return f'<td class="{classes}">{told}</td>'


def _numbers(text: str) -> str:
    """Numbers break between the ends of a range only."""
    rows = split_range(fine(text)).split("\n")
    return "<br>".join(
        "<wbr>".join(f"<span>{_safe(part)}</span>" for part in row.split(BREAK)) for row in rows
    )


def _lines(text: str) -> str:
    return "<br>".join(_safe(line) for line in fine(text).split("\n"))


def _safe(text: str) -> str:
    return escape(text, quote=True)
